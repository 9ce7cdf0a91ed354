"""Encodings: Unicode in all its forms, windows-1258, and the letters of VNI and TCVN3 fonts."""

import pytest
from news_site import to_windows_1258

from extract.reading.encoding import NotTextError, decode
from extract.reading.legacy import _letters, _pairs, repair

TEXT = "Huyện Mẫu Sơn phấn đấu thu ngân sách đạt 23,5 tỷ đồng; tỷ lệ hộ nghèo giảm 3,5%.\nCác xã đã được giao chỉ tiêu."


def to_tcvn3(text: str) -> str:
    back = {letter: legacy for legacy, letter in _pairs("tcvn3").items()}
    return "".join(back.get(letter, letter) for letter in text)


def to_vni(text: str) -> str:
    back = {letter: legacy for legacy, letter in _pairs("vni").items()}
    return "".join(back.get(letter, letter) for letter in text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode(encoding: str) -> None:
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT


@pytest.mark.parametrize("declared", [None, "windows-1258", "iso-8859-1", "no-such-charset"])
def test_windows_1258_whatever_was_declared(declared: str | None) -> None:
    assert decode(to_windows_1258(TEXT), declared) == TEXT


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(TEXT.encode(), "iso-8859-1") == TEXT
    assert decode(TEXT.encode(), "windows-1258") == TEXT


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_letters_of_old_fonts(encode: object) -> None:
    old = encode(TEXT)  # type: ignore[operator]
    assert old != TEXT
    assert decode(old.encode("latin-1")) == TEXT
    assert repair(old) == TEXT


def test_known_words_of_old_fonts() -> None:
    assert "HuyÖn Na R×".translate(_letters("tcvn3")) == "Huyện Na Rì"
    assert to_vni("Huyện ủy Đảng bộ") == "Huyeän uûy Ñaûng boä"


@pytest.mark.parametrize("text", [TEXT, "", "Only English words here, naïve café", "Thông báo", "Đắk Lắk 2024"])
def test_proper_text_is_left_alone(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x00\x01", "zip"), (b"%PDF-1.7\x00", "PDF"), (b"ab\x00cd", "NUL byte at 2"),
        ("naïve café".encode("latin-1"), "not UTF-8"), (b"\xff\xfea", "breaks"),
    ],
)  # fmt: skip
def test_what_is_no_text(data: bytes, words: str) -> None:
    with pytest.raises(NotTextError, match=words):
        decode(data)
