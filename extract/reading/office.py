"""Word and PDF documents: their text, with tables as rows.

Belongs here: ``.docx`` and ``.pdf``. Does not belong here: scanned pages (they need OCR first) and old ``.doc`` files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extract.reading.dates import FoundDate, confirmed, find_in_text, find_in_url, read_declared
from extract.reading.legacy import repair
from extract.reading.plain import first_title
from extract.reading.records import MAX_TEXT_CHARACTERS, Page, Quarantined
from extract.reading.tables import table_lines

_LARGEST_UNPACKED = 200 * 2**20  # bytes of all parts of a .docx
_MOST_PAGES = 500


class _UnreadableError(ValueError):
    """The document cannot be opened; holds (reason, remedy)."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def read_office(
    origin: str,
    data: bytes,
    kind: str,
    url: str | None = None,
    known: Mapping[str, Any] | None = None,
    listed: FoundDate | None = None,
) -> Page | Quarantined:
    """The article of a document; ``kind`` is ``docx`` or ``pdf``. Fields in ``known`` win over the document's own.

    A printed date comes before the date of the file, which is often that of a template.
    """
    known = known or {}
    try:
        text, title, created = _docx(data) if kind == "docx" else _pdf(data)
    except _UnreadableError as error:
        return Quarantined(origin, "file", error.reason, error.remedy)
    text = repair(text).strip("\n")
    problem, date = None, None
    try:
        date = read_declared(known.get("published_on"))
    except ValueError:
        problem = str(known["published_on"])
    if date is None and problem is None:
        date = confirmed(find_in_text(text), listed, find_in_url(url), created)
    return Page(
        origin=origin, text=text, title=known.get("title") or repair(title or "") or first_title(text), url=url,
        publisher=known.get("publisher"), article_id=known.get("id"), date=date, date_problem=problem,
    )  # fmt: skip


def _docx(data: bytes) -> tuple[str, str | None, FoundDate | None]:
    import docx  # heavy: only when a document is met
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise _UnreadableError("unpacks to more than 200 MB", "save it again without pictures")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        if isinstance(error, _UnreadableError):
            raise
        raise _UnreadableError(
            f"not a whole .docx file: {error}", "open it in Word and save it again as .docx"
        ) from error
    properties = document.core_properties
    created = read_declared(properties.created, "meta") if properties.created else None
    return "\n".join(_docx_lines(document)), properties.title or None, created


def _docx_lines(document: Any) -> Iterator[str]:
    """Paragraphs and table rows in the order of the document."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from table_lines([list(_cells(row.cells)) for row in block.rows])
        else:
            yield block.text


def _cells(cells: Sequence[Any]) -> Iterator[str | None]:
    """The text of a row's cells; a merged cell comes once for each column and row that it spans."""
    for number, cell in enumerate(cells):
        spans = number > 0 and cell._tc is cells[number - 1]._tc
        yield None if spans else " ".join(cell.text.split())


def _pdf(data: bytes) -> tuple[str, str | None, FoundDate | None]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    pieces: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > _MOST_PAGES:
            raise _UnreadableError(f"{len(reader.pages)} pages are more than {_MOST_PAGES}", "split the document")
        size = 0
        for page in reader.pages:
            pieces.append(page.extract_text())
            size += len(pieces[-1])
            if size > MAX_TEXT_CHARACTERS:
                break  # refused for its length later, with that reason
        created = read_declared(reader.metadata.creation_date, "meta") if reader.metadata else None
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        if isinstance(error, _UnreadableError):
            raise
        # pypdf meets broken files with whatever its parser stumbles over
        raise _UnreadableError(f"not a readable PDF: {error}", "print it to PDF again, or save its text") from error
    text = "\n".join(pieces)
    if not text.strip():
        raise _UnreadableError(
            "the PDF holds pictures only, no text", "run OCR on it first (for instance ocrmypdf -l vie)"
        )
    return text, title or None, created
