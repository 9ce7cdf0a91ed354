"""Counts of targets: "29/34 chỉ tiêu đạt và vượt", "7 chỉ tiêu chưa đạt", and counts that say nothing about results.

Belongs here: only the indicator ``targets_met``, whose figures are about the plan itself.
"""

from __future__ import annotations

from extract.language.tokens import Tokens
from extract.statements.windows import Window


def read_targets_met(window: Window, tokens: Tokens) -> tuple[float, float | None, str | None] | None:
    """(targets, of how many, segment) or None where the figure only counts targets that were set."""
    figure = window.figure
    words = tokens.words
    after: list[str] = []
    for word in words[figure.last : figure.last + 9]:
        if word in (";", ".", "(", "\n", ",") or word[0].isdigit():
            break
        after.append(word)
    before: list[str] = []
    for word in reversed(words[max(window.sentence.first, figure.first - 8) : figure.first]):
        if word in (";", ".", "(", "\n", ",", ":"):
            break
        before.insert(0, word)
    around = before[-6:] + after
    of = figure.second if figure.second is not None and figure.second >= figure.value else None
    if "chưa" in after or ("không" in after and "đạt" in after):
        return figure.value, of, "chưa đạt"
    exceeded = "vượt" in after or "vượt" in before[-5:]
    met = "đạt" in after or "đạt" in before[-5:] or "hoàn" in around
    if of is not None:
        if exceeded and not met and "thành" not in around:
            return figure.value, of, "vượt"
        if "vượt" in before[-3:] and "hoàn" in before and "đạt" not in around and "và" not in before:
            return figure.value, of, "vượt"
        return figure.value, of, None
    if exceeded and not met:
        return figure.value, None, "vượt"
    if met and exceeded:
        return figure.value, None, None
    if "đạt" in after:
        return figure.value, None, "đạt"
    return None
