"""One article as a web page that a person can audit: each figure marked in the text, its row beside it.

Belongs here: cutting the text into marked pieces and filling ``preview.html``. Does not belong here: reading the
article (``reader.py``), or how the page looks and moves (``preview.html``, which holds its style and its script).
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.article import Article
from extract.extraction import DocumentPlace, Extraction, Row, SkippedFigure
from extract.lexicon.load import lexicon_file
from extract.schemas import contract

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = Path(__file__).with_name("preview.html")

_COMPARATORS = {"eq": "", "gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}
_UNIT_TYPES = {
    "huyen": "huyện",
    "quan": "quận",
    "thi_xa": "thị xã",
    "thanh_pho": "thành phố",
    "thanh_pho_thuoc_tp": "thành phố",
}
_EVIDENCE = {"statement_id", "article_id", "quote", "sentence", "char_start", "char_end", "confidence", "rules"}
_PRINTABLE = str.maketrans(
    {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
)
"""What would make the page invalid, cannot be written as UTF-8, or would turn the reading direction of the text: each
such character is shown as another one, so that nothing is hidden and offsets stay."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same marks. ``rows`` and ``skipped`` are numbers from 1, as on the page;
    ``opens`` holds those rows and ``opens_skipped`` those skipped figures whose mark begins here. ``kind`` is that of
    its rows: target, outcome, both, or None where there is no row."""

    text: str
    kind: str | None = None
    rows: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    opens_skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it.

    ``name`` is the indicator's Vietnamese name; ``value`` is in the canonical unit with a decimal point; ``details``
    are the other fields that are set, as (name, what it means, value); ``elsewhere`` is the row's district where it is
    not the article's; ``misplaced`` says that the quote is not at its span.
    """

    number: int
    row: Row
    name: str | None
    value: str
    details: tuple[tuple[str, str, str], ...]
    elsewhere: str | None
    misplaced: bool


def render(article: Article, extraction: Extraction) -> str:
    """A self-contained HTML page (no network, no other file) of ``article`` with the figures of ``extraction``.

    Any text is safe: it is escaped, and the page forbids every script but its own. Rows whose span lies outside the
    text are listed with a warning and not marked.
    """
    rows = sorted(extraction.rows, key=lambda row: (row.char_start, row.char_end, row.measure))
    skipped = sorted(extraction.skipped, key=lambda figure: (figure.char_start, figure.char_end))
    page: str = _template().render(
        article=article,
        link=article.url if re.match(r"https?://", article.url or "", re.IGNORECASE) else None,
        place=extraction.place,
        district=_district(extraction.place.district_code, article.published_on),
        figures_seen=extraction.figures_seen,
        pieces=list(cut(article.text, rows, skipped)),
        rows=[_shown(number, row, article, extraction.place) for number, row in enumerate(rows, 1)],
        skipped=skipped,
    )
    return page


def cut(text: str, rows: Sequence[Row], skipped: Sequence[SkippedFigure] = ()) -> Iterator[Piece]:
    """``text`` in pieces, in order and without loss. Marks may share a span, nest and overlap."""
    row_edges = _Edges.of(text, rows)
    skipped_edges = _Edges.of(text, skipped)
    cuts = sorted({0, len(text), *row_edges.starts, *row_edges.ends, *skipped_edges.starts, *skipped_edges.ends})
    open_rows: dict[int, None] = {}
    open_skipped: dict[int, None] = {}
    for start, end in itertools.pairwise(cuts):
        row_edges.cross(start, open_rows)
        skipped_edges.cross(start, open_skipped)
        kinds = {rows[number - 1].kind for number in open_rows}
        yield Piece(
            text=text[start:end],
            kind="both" if len(kinds) > 1 else next(iter(kinds), None),
            rows=tuple(open_rows),
            skipped=tuple(open_skipped),
            opens=tuple(row_edges.starts.get(start, ())),
            opens_skipped=tuple(skipped_edges.starts.get(start, ())),
        )


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where marks begin and end: offset to their numbers (from 1). Marks that reach outside the text are left out."""

    starts: dict[int, list[int]]
    ends: dict[int, list[int]]

    @classmethod
    def of(cls, text: str, marks: Sequence[Row | SkippedFigure]) -> _Edges:
        edges = cls({}, {})
        for number, mark in enumerate(marks, 1):
            if _lies_in(text, mark):
                edges.starts.setdefault(mark.char_start, []).append(number)
                edges.ends.setdefault(mark.char_end, []).append(number)
        return edges

    def cross(self, offset: int, under_way: dict[int, None]) -> None:
        """Bring ``under_way``, the marks that cover the text so far (in order of beginning), past ``offset``."""
        for number in self.ends.get(offset, ()):
            del under_way[number]
        under_way.update(dict.fromkeys(self.starts.get(offset, ())))


def _lies_in(text: str, mark: Row | SkippedFigure) -> bool:
    return 0 <= mark.char_start < mark.char_end <= len(text)


def _shown(number: int, row: Row, article: Article, place: DocumentPlace) -> ShownRow:
    details = tuple(
        (column["name"], column["description"], _as_text(getattr(row, column["name"])))
        for column in contract("statement")["columns"]
        if column["name"] not in _EVIDENCE and getattr(row, column["name"]) not in (None, "", False)
    )
    return ShownRow(
        number=number,
        row=row,
        name=_indicator_names().get(row.indicator or ""),
        value=_value(row),
        details=details,
        elsewhere=None
        if row.district_code == place.district_code
        else _district(row.district_code, article.published_on),
        misplaced=not _lies_in(article.text, row) or article.text[row.char_start : row.char_end] != row.quote,
    )


@cache
def _indicator_names() -> dict[str, str]:
    """Vietnamese name by indicator code."""
    return {entry["code"]: entry["name_vi"] for entry in lexicon_file("indicators")["indicators"]}


def _district(code: str | None, day: str | None) -> str:
    """``huyện Pác Nặm, Bắc Kạn``: the unit as it was on ``day``; the code where the gazetteer does not know it."""
    if code is None:
        return "no district"
    from extract.places.gazetteer import gazetteer

    if code not in gazetteer().by_code:
        return f"district {code}"
    unit = gazetteer().unit_on(code, day)
    return f"{_UNIT_TYPES[unit.unit_type]} {unit.name}, {gazetteer().provinces[unit.province_code].name}"


def _value(row: Row) -> str:
    """``> 507.736``, ``9 – 10``, ``29 / 34``, ``+8.3``: the figure in its canonical unit.

    A bounded decrease is shown as its size, ``↓ ≥ 4`` (at least four down), since its bound is one of size.
    """
    bound = _COMPARATORS.get(row.comparator, row.comparator + " ")
    moves = row.measure in ("change", "growth")
    if moves and row.value < 0 and bound:
        numbers = [-row.value] + ([] if row.value_max is None else [-row.value_max])
        return f"↓ {bound}" + " – ".join(map(_number, numbers))
    sign = "+" if moves and row.value > 0 and not bound else ""
    shown = bound + sign + _number(row.value)
    if row.value_max is not None:
        shown += f" – {_number(row.value_max)}"
    return shown if row.of is None else f"{shown} / {_number(row.of)}"


def _number(value: float) -> str:
    """At most ten digits, decimal point, thin spaces between thousands (``1 234.5``)."""
    plain = f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"
    return plain.replace(",", "\u202f").replace("-", "\u2212")


def _as_text(value: Any) -> str:
    if value is True:
        return "yes"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalize
    )
    environment.filters["source_hash"] = _source_hash
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))


def _finalize(value: Any) -> Any:
    """Every text that reaches the page, made printable; marked-up text (ours) is left as it is."""
    return value.translate(_PRINTABLE) if type(value) is str else value


def _source_hash(source: str) -> str:
    """The Content-Security-Policy hash of an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
