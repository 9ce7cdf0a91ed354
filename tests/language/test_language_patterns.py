"""The pattern language of the lexicon: optional parts, alternatives, macros, longest hits, clear errors."""

from __future__ import annotations

import pytest

from extract.language.patterns import PatternError, PatternSet
from extract.language.tokens import words_of


def _hits(
    patterns: list[str], text: str, macros: dict[str, list[str]] | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    words = words_of(text)
    matcher = PatternSet([(pattern, pattern) for pattern in patterns], macros)
    return [(" ".join(words[first:last]), found) for first, last, found in matcher.find(words)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("hộ nghèo", "tỷ lệ hộ nghèo giảm", ["hộ nghèo"]),
        ("[tỷ lệ] hộ nghèo", "tỷ lệ hộ nghèo và hộ nghèo", ["tỷ lệ hộ nghèo", "hộ nghèo"]),
        ("(tỷ|tỉ) lệ", "Tỷ lệ này, tỉ lệ kia", ["tỷ lệ", "tỉ lệ"]),
        ("số (xã|thôn [bản])", "số thôn bản, số xã, số thôn", ["số thôn bản", "số xã", "số thôn"]),
        ("{who} giao", "tỉnh giao, huyện giao", ["tỉnh giao", "huyện giao"]),
        ("{outer} giao", "hđnd tỉnh giao", ["hđnd tỉnh giao"]),
        ("hộ nghèo", "hộ cận nghèo", []),
        ("hộ", "hộp hộ", ["hộ"]),
        ("nông-lâm", "nông - lâm, nông–lâm", ["nông - lâm", "nông - lâm"]),
    ],
)
def test_pattern(pattern: str, text: str, found: list[str]) -> None:
    macros = {"who": ["tỉnh", "huyện"], "outer": ["hđnd {who}"]}
    assert [hit for hit, _ in _hits([pattern], text, macros)] == found


def test_the_longest_hit_wins_and_hits_do_not_overlap() -> None:
    assert _hits(["hộ", "hộ nghèo", "nghèo đa chiều"], "hộ nghèo đa chiều") == [("hộ nghèo", ("hộ nghèo",))]


def test_a_hit_carries_the_payload_of_every_pattern_that_ends_there() -> None:
    found = PatternSet([("[số] hộ nghèo", 1), ("hộ [cận] nghèo", 2)]).find(words_of("hộ nghèo"))
    assert found == [(0, 2, (1, 2))]


def test_match_at_looks_only_where_it_is_told() -> None:
    patterns = PatternSet([("hộ nghèo", 1)])
    words = words_of("số hộ nghèo")
    assert patterns.match_at(words, 0) is None
    assert patterns.match_at(words, 1) == (3, (1,))
    assert patterns.match_at(words, 9) is None


@pytest.mark.parametrize("pattern", ["[hộ]", "", "[hộ] [nghèo]", "(hộ", "hộ)", "[hộ", "hộ]", "{missing} hộ"])
def test_a_pattern_that_cannot_be_read_is_named(pattern: str) -> None:
    with pytest.raises(PatternError, match="pattern"):
        PatternSet([(pattern, 1)])
