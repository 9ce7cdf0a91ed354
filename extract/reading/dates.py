"""When an article was published, and how that is known.

Belongs here: reading dates that a source declares, that a page prints above its text, that an address holds, and
ranking them. Does not belong here: the years and periods that figures are about (``language/``), or the tags of HTML
(``html``).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from extract.reading.words import phrase_pattern

Precision = Literal["day", "month"]
Source = Literal["declared", "meta", "url", "dateline", "feed"]
Certainty = Literal["sure", "likely", "guess"]
"""sure: stated by the source, or two traces give the same day. likely: one trace that means the day of publication.
guess: a bare printed date, or the month of the event."""

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_HEAD_LINES = 14  # share bar, breadcrumb, title, sapo: the printed date is never further down
_LONGEST_DATE_LINE = 120

_DAY_MONTH_YEAR = re.compile(
    r"(?<![\d/.\-])(?P<d>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})(?![\d/])"
)
_IN_WORDS = re.compile(r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})(?!\d)")
_ISO = re.compile(r"(?<![\d/.\-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_FULL_DATES = (_DAY_MONTH_YEAR, _IN_WORDS, _ISO)
_CORPUS_HEADER = re.compile(r"\s*date\s+(?P<date>\d{4}-\d{2}(?:-\d{2})?)(?!\d)[ \t]*")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:hg]\s?\d{2}(?!\d)")

_DECLARED_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?$")
_DECLARED_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})$")
_DECLARED_VIETNAMESE = re.compile(r"(?P<d>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<y>\d{4})(?:\D.*)?$")

# Addresses: /2021/10/07/, /2021-10-7/, /20211007/, ...-20200912223334716.htm (date and time of the editing system), and
# the month folders /202006/ of several provincial papers.
_URL_DAY = (
    re.compile(r"/(?P<y>20\d{2})[/\-](?P<m>\d{1,2})[/\-](?P<d>\d{1,2})(?=[/\-_.]|$)"),
    re.compile(
        r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d[0-5]\d\d{0,3})(?!\d)"
    ),
    re.compile(r"/(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=/)"),
)
_URL_MONTH = (
    re.compile(r"/(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?=/)"),
    re.compile(r"/(?P<y>20\d{2})/(?P<m>0[1-9]|1[0-2])(?=/)"),
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of publication. ``day`` is the first of the month where ``precision`` is month."""

    day: dt.date
    precision: Precision
    source: Source
    certainty: Certainty = "likely"

    def iso(self) -> str:
        """``YYYY-MM-DD``, or ``YYYY-MM`` where only the month is known."""
        return self.day.isoformat() if self.precision == "day" else self.day.strftime("%Y-%m")


def today_in_vietnam() -> dt.date:
    """The calendar day in Vietnam, by which a date counts as lying in the future."""
    return dt.datetime.now(_VIETNAM).date()


def earliest_known() -> dt.date:
    """Vietnamese papers came online in 1997: an older date is a slip or a default such as 1970-01-01."""
    return dt.date(1997, 1, 1)


def read_declared(value: object, source: Source = "declared") -> FoundDate | None:
    """A date that a source states: a date, a datetime, or text in ISO or Vietnamese order. None where there is none.

    Raises ValueError where something is stated that is not a date.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        local = value.astimezone(_VIETNAM) if value.tzinfo else value
        return FoundDate(local.date(), "day", source, _certainty_of(source))
    if isinstance(value, dt.date):
        return FoundDate(value, "day", source, _certainty_of(source))
    text = str(value).strip()
    if not text or text.lower() in ("null", "none", "nan"):
        return None
    if "T" in text and _DECLARED_DAY.match(text):
        try:  # an instant with an offset belongs to the Vietnamese day
            return read_declared(dt.datetime.fromisoformat(text), source)
        except ValueError:
            pass  # the day in front may still be good
    for pattern in (_DECLARED_DAY, _DECLARED_VIETNAMESE):
        if found := pattern.match(text):
            return _dated(found, "day", source)
    if found := _DECLARED_MONTH.match(text):
        return _dated(found, "month", source)
    raise ValueError(f"not a date: {text!r}")


def corpus_header(text: str) -> tuple[FoundDate | None, str]:
    """A leading ``date YYYY-MM`` as text corpora put it, and the text behind it."""
    found = _CORPUS_HEADER.match(text)
    if not found:
        return None, text
    try:
        return read_declared(found["date"], "dateline"), text[found.end() :]
    except ValueError:
        return None, text


def find_in_text(text: str) -> FoundDate | None:
    """The date that a page prints above its text, or None.

    Lines with a clock time or a word such as "cập nhật" come first: bare dates are often the day on which the page was
    opened. Of several such lines the earliest day counts, since a page clock never runs behind the article.
    Last comes the day of the event in the opening words ("Sáng ngày 18/7/2023, huyện ..."), by its month only.
    """
    header, rest = corpus_header(text)
    if (best := _best_date_line(rest)) and (header is None or best[1].replace(day=1) == header.day.replace(day=1)):
        return FoundDate(best[1], "day", "dateline", "guess" if best[0] else "likely")
    return header or _event_month(rest)


def find_printed(text: str) -> FoundDate | None:
    """The date of a line with a clock or a word such as "cập nhật" above the text, or None."""
    best = _best_date_line(text)
    return FoundDate(best[1], "day", "dateline") if best and best[0] == 0 else None


def confirmed(*traces: FoundDate | None) -> FoundDate | None:
    """The first of some traces, in the order in which they are believed; sure where another one gives the same day."""
    known = [trace for trace in traces if trace]
    if not known or known[0].precision != "day":
        return known[0] if known else None
    best = known[0]
    agrees = any(
        other.source != best.source and other.precision == "day" and other.day == best.day for other in known[1:]
    )
    return replace(best, certainty="sure") if agrees else best


def is_date_line(line: str) -> bool:
    """True where a line holds a full date and hardly anything else."""
    return _rank_of_date_line(unicodedata.normalize("NFC", line)) is not None


def find_in_url(url: str | None) -> FoundDate | None:
    """The date that an address holds, or None."""
    if not url:
        return None
    for patterns, precision in ((_URL_DAY, "day"), (_URL_MONTH, "month")):
        for pattern in patterns:
            for found in pattern.finditer(url):
                try:
                    date = _dated(found, precision, "url")  # type: ignore[arg-type]
                except ValueError:
                    continue
                if earliest_known() <= date.day <= today_in_vietnam():
                    return date
    return None


def _dated(found: re.Match[str], precision: Precision, source: Source) -> FoundDate:
    """A match as a date. Raises ValueError for the 31st of February."""
    day = int(found["d"]) if precision == "day" else 1
    return FoundDate(dt.date(int(found["y"]), int(found["m"]), day), precision, source, _certainty_of(source))


def _certainty_of(source: Source) -> Certainty:
    return "sure" if source == "declared" else "likely"


def _best_date_line(text: str) -> tuple[int, dt.date] | None:
    ranks = (_rank_of_date_line(line) for line in _head(text))
    return min((rank for rank in ranks if rank is not None), default=None)


def _head(text: str) -> list[str]:
    lines = []
    for line in unicodedata.normalize("NFC", text[:6000]).splitlines():
        if line.strip():
            lines.append(line.strip())
            if len(lines) == _HEAD_LINES:
                break
    return lines


def _rank_of_date_line(line: str) -> tuple[int, dt.date] | None:
    """(0 with a clock or a cue, 1 without; the day) of a line that is all date, else None."""
    if len(line) > _LONGEST_DATE_LINE:
        return None
    lowered = line.lower()
    for pattern in _FULL_DATES:
        if found := pattern.search(lowered):
            break
    else:
        return None
    try:
        day = _dated(found, "day", "dateline").day
    except ValueError:
        return None
    cued = phrase_pattern("date_cues").search(lowered) is not None
    around = lowered[: found.start()] + " " + lowered[found.end() :]
    clocked = _CLOCK.search(around) is not None
    around = _CLOCK.sub(" ", around)
    for kind in ("date_cues", "date_company", "furniture"):
        around = phrase_pattern(kind).sub(" ", around)
    letters = sum(character.isalpha() for character in around)
    if letters > (40 if clocked or cued else 12):  # a section name beside the date, a place in front of it
        return None
    return (0 if clocked or cued else 1), day


def _event_month(text: str) -> FoundDate | None:
    opening = unicodedata.normalize("NFC", text[:1500]).lower()
    for found in _DAY_MONTH_YEAR.finditer(opening):
        before = opening[max(0, found.start() - 25) : found.start()]
        if phrase_pattern("event_openers").search(before) and before.rstrip().endswith(
            ("ngày", "(", "sáng", "chiều", "tối")
        ):
            try:
                day = _dated(found, "day", "dateline").day
            except ValueError:
                continue
            return FoundDate(day.replace(day=1), "month", "dateline", "guess")
    return None
