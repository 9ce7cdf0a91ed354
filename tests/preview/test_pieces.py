"""The text is cut without loss, whatever the marks are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.extraction import SkippedFigure
from extract.preview import cut

TEXT = "trồng rừng 673/550ha, đạt 122,5% kế hoạch"


def test_without_marks_the_text_is_one_piece() -> None:
    assert [piece.text for piece in cut(TEXT, [])] == [TEXT]


def test_an_empty_text_has_no_piece() -> None:
    assert list(cut("", [])) == []


def test_two_rows_of_both_kinds_on_one_span(make_row) -> None:
    rows = [make_row(TEXT, "673/550ha", kind="outcome"), make_row(TEXT, "673/550ha", kind="target")]
    marked = [piece for piece in cut(TEXT, rows) if piece.rows]
    assert [(piece.text, piece.rows, piece.opens, piece.kind) for piece in marked] == [
        ("673/550ha", (1, 2), (1, 2), "both")
    ]


def test_overlapping_rows_are_cut_where_they_meet(make_row) -> None:
    rows = [make_row(TEXT, "673/550ha"), make_row(TEXT, "550ha, đạt", kind="target")]
    assert [(piece.text, piece.rows, piece.kind) for piece in cut(TEXT, rows) if piece.rows] == [
        ("673/", (1,), "outcome"),
        ("550ha", (1, 2), "both"),
        (", đạt", (2,), "target"),
    ]


def test_a_nested_row_opens_once(make_row) -> None:
    rows = [make_row(TEXT, "đạt 122,5% kế hoạch"), make_row(TEXT, "122,5%")]
    assert [(piece.text, piece.opens) for piece in cut(TEXT, rows) if piece.rows] == [
        ("đạt ", (1,)),
        ("122,5%", (2,)),
        (" kế hoạch", ()),
    ]


def test_a_skipped_figure_may_lie_in_a_row(make_row, skip) -> None:
    pieces = cut(TEXT, [make_row(TEXT, "673/550ha")], [skip(TEXT, "550", "a second figure")])
    assert [(piece.text, piece.rows, piece.skipped) for piece in pieces if piece.skipped] == [("550", (1,), (1,))]


def test_marks_outside_the_text_are_left_out(make_row) -> None:
    rows = [make_row(TEXT, "673", char_start=-3, char_end=2), make_row(TEXT, "673", char_end=len(TEXT) + 1)]
    assert [piece.rows for piece in cut(TEXT, rows)] == [()]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=12))
def test_no_letter_is_lost_and_each_mark_covers_its_span(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [SkippedFigure(start, end, "", "") for start, end in spans]
    offset, covered = 0, dict[int, str]()
    for piece in cut(text, [], marks):
        assert piece.text == text[offset : offset + len(piece.text)]
        offset += len(piece.text)
        for number in piece.skipped:
            covered[number] = covered.get(number, "") + piece.text
    assert offset == len(text)
    assert covered == {
        number: text[start:end] for number, (start, end) in enumerate(spans, 1) if 0 <= start < end <= len(text)
    }
