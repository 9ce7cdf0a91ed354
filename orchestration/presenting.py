"""How figures of a run look in the user interface: small tables and bars.

Belongs here: turning counts and frames into Dagster metadata. Does not belong here: what is counted.
"""

from collections.abc import Mapping

import polars as pl
from dagster import MarkdownMetadataValue, MetadataValue

_BAR = 24  # characters of the longest bar
_ROWS = 60  # bars before the rest is summed up


def table(frame: pl.DataFrame, rows: int = 10) -> MarkdownMetadataValue:
    """The first ``rows`` rows as a table, long texts cut."""
    if frame.is_empty():
        return MetadataValue.md("*none*")
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in frame.head(rows).iter_rows()]
    if frame.height > rows:
        lines.append(f"\n*and {frame.height - rows:,} more*")
    return MetadataValue.md("\n".join(lines))


def bars(counts: Mapping[str, int]) -> MarkdownMetadataValue:
    """Counts as horizontal bars, one line a key in the given order."""
    if not counts:
        return MetadataValue.md("*none*")
    shown = dict(list(counts.items())[-_ROWS:])
    longest, widest = max(shown.values()), max(map(len, shown))
    lines = [f"{key:<{widest}} {'█' * max(1, round(_BAR * count / longest)) if count else '·'} {count:,}"
             for key, count in shown.items()]  # fmt: skip
    if len(counts) > len(shown):
        lines.insert(0, f"({len(counts) - len(shown)} earlier: {sum(counts.values()) - sum(shown.values()):,})")
    return MetadataValue.md("```\n" + "\n".join(lines) + "\n```")


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:,.4g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= 120 else text[:119] + "…"
