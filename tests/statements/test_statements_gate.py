"""The gate lets through what the reader would read, however its words are written."""

from __future__ import annotations

import pytest

from extract.article import Article
from extract.gate import NOTHING, PLACE_ONLY, READ, first_look

TITLE = "Huyện Na Rì"


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ hộ nghèo còn 3,4%",
        "Tỷ Lệ Hộ Nghèo còn 3,4%",
        "TỶ LỆ HỘ NGHÈO CÒN 3,4%",
        "tỷ lệ HỘ nghèo còn 3,4%",
        "xã NÔNG THÔN mới",
        "thu đạt 105%KH",
        "thu đạt 105% Kh",
        "về Kinh tế-Xã hội",
        "tỷ lệ hộ  nghèo còn 3,4%",
        "tỷ  lệ hộ\nnghèo còn 3,4%",
        "tỷ lệ hộ\u00a0nghèo còn 3,4%",
        "tỷ lệ hộ\u200b nghèo còn 3,4%",
        "tỷ lệ h\u2060ộ nghèo còn 3,4%",
        "tỷ lệ hộ nghe\u0300o còn 3,4%",
    ],
)
def test_words_are_seen_however_they_are_written(text: str) -> None:
    assert first_look(Article("a", TITLE, text)) == READ


@pytest.mark.parametrize(
    ("title", "text", "look"),
    [
        ("Trời mưa", "Đội bóng thắng 2-0.", NOTHING),
        ("Trời mưa", "Tỷ lệ hộ nghèo còn 3,4%.", NOTHING),
        (TITLE, "Đội bóng thắng 2-0.", PLACE_ONLY),
        ("Trời mưa", "UBND cho biết, tỷ lệ hộ nghèo còn 3,4%.", READ),
        ("", "", NOTHING),
    ],
)
def test_words_of_both_lists_are_asked_for(title: str, text: str, look: str) -> None:
    assert first_look(Article("a", title, text)) == look
