"""Several pattern sets in one walk find what each would find alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.language.layers import Layers
from extract.language.patterns import PatternSet

KINDS = {"5": "nn", "7": "nn"}
NOTED = ["c", "x"]
FIRST = PatternSet([("a b [c]", 1), ("a", 2), ("b (c|5) a", 3), ("7", 4), ("c 5", 5)])
SECOND = PatternSet([("b c", "bc"), ("[a] nn b", "nb"), ("c", "c"), ("a b c nn", "abcn")])
THIRD = PatternSet([("nn [nn]", "n"), ("a nn", "an"), ("b b", "bb")])
LAYERS = Layers((FIRST, SECOND, THIRD), KINDS, NOTED)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "5", "7", "9", "x", "\n"]), max_size=25), st.data())
def test_one_walk_finds_what_three_find(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words)))
    stop = data.draw(st.integers(start, len(words)))
    known = [word if word in KINDS else "nn" if word.isdecimal() else word for word in words]
    plain = ["nn" if word.isdecimal() else word for word in words]
    alone = [FIRST.find(words, start, stop), SECOND.find(plain, start, stop), THIRD.find(plain, start, stop)]
    noted: list[int] = []
    assert LAYERS.find(known, start, stop, noted) == alone
    assert noted == [at for at in range(start, stop) if words[at] in NOTED]


def test_a_set_goes_on_where_another_has_ended() -> None:
    assert LAYERS.find(["a", "b", "c", "5"], 0, 4, []) == [[(0, 3, (1,))], [(0, 4, ("abcn",))], [(3, 4, ("n",))]]
