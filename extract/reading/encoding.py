"""Bytes to text: which encoding an article is in.

Belongs here: the Unicode encodings, windows-1258 and the refusal of binary data. Does not belong here: legacy
letters that only look Latin (``legacy``).
"""

from __future__ import annotations

import codecs
import unicodedata

from extract.reading.legacy import from_legacy_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotTextError(ValueError):
    """The bytes are no text in any encoding that Vietnamese pages use."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of ``data`` with line ends as ``\\n``: UTF-8 wins wherever it fits, then byte order marks, then ``declared``
    (the charset of a header or a meta tag), then windows-1258, VNI and TCVN3 by what yields Vietnamese words.

    Raises NotTextError for binary data and for bytes that fit nothing.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _lines(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise NotTextError(f"starts like {encoding} and breaks at byte {error.start}") from error
    if b"\x00" in data:
        raise NotTextError(f"binary data ({_kind(data)}NUL byte at {data.index(0)})")
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken_at = error.start
    if declared and (text := _declared(data, declared)) is not None:
        return _lines(text)
    if (text := from_legacy_bytes(data)) is not None:
        return _lines(text)
    raise NotTextError(f"not UTF-8 (byte {broken_at}: 0x{data[broken_at]:02x}) and no Vietnamese in an older encoding")


def _declared(data: bytes, declared: str) -> str | None:
    try:
        codec = codecs.lookup(declared.strip().strip("\"'")).name
    except LookupError:
        return None
    if codec in ("utf-8", "ascii", "iso8859-1", "cp1252"):
        return None  # UTF-8 has failed; Latin charsets are what servers declare by default, never what Vietnamese is in
    try:
        return unicodedata.normalize("NFC", data.decode(codec))
    except (UnicodeDecodeError, LookupError):  # the latter for codecs that are no charsets, such as uu
        return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(data: bytes) -> str:
    """A word on well-known kinds of file, for the message."""
    for start, name in (
        (b"%PDF", "PDF, "), (b"PK\x03\x04", "zip or Office file, "), (b"\x1f\x8b", "gzip, "), (b"\xff\xd8", "JPEG, "),
        (b"\x89PNG", "PNG, "), (b"\xd0\xcf\x11\xe0", "old Office file, "), (b"PAR1", "Parquet, "),
    ):  # fmt: skip
        if data.startswith(start):
            return name
    return ""
