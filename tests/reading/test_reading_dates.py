"""Dates of publication: as they are declared, printed and built into addresses, and what is none."""

import datetime as dt

import pytest

from extract.reading.dates import find_in_text, find_in_url, find_printed, read_declared


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-10", "2024-01-10"),
        ("2024-01", "2024-01"),
        ("10/01/2024", "2024-01-10"),
        ("1.2.2024 08:30", "2024-02-01"),
        (dt.date(2024, 1, 10), "2024-01-10"),
        ("2024-01-09T18:30:00Z", "2024-01-10"),
        ("2024-01-10 23:59", "2024-01-10"),
        (dt.datetime(2024, 1, 9, 18, tzinfo=dt.UTC), "2024-01-10"),
        ("2024-01-10T25:99", "2024-01-10"),
        (None, None),
        ("", None),
        ("null", None),
    ],
)
def test_declared(value: object, expected: str | None) -> None:
    found = read_declared(value)
    assert (found.iso() if found else None) == expected


@pytest.mark.parametrize("value", ["hôm qua", "2024-13-01", "31/02/2024", "2024", "20240110", 2024])
def test_declared_nonsense_is_an_error_and_not_a_guess(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message differs by kind
        read_declared(value)


PROSE = "UBND huyện họp đánh giá tình hình, theo Nghị quyết số 12/NQ-HĐND ngày 15/12/2020 của HĐND huyện."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("( Cập nhật ngày: 18/07/2023 )", "2023-07-18"), ("15/09/2023 21:00", "2023-09-15"),
        ("Thứ Năm, 06-08-2020, 17:01", "2020-08-06"), ("07:00:20 19/08/2019 | Các cuộc vận động", "2019-08-19"),
        ("Cập nhật lúc 17:02, Thứ Tư, 12/06/2019 (GMT+7)", "2019-06-12"), ("2020-08-26 09:27:00.0", "2020-08-26"),
        ("Ngày đăng: 24/07/2018, 10:57 am", "2018-07-24"), ("Mẫu Sơn, ngày 15 tháng 12 năm 2023", "2023-12-15"),
        ("Chủ nhật, 29/01/2023, 03:12[GMT+7]\nHuyện họp\nThứ 5, 15/12/2022 | 15:06:54", "2022-12-15"),
        ("Hà Nội, ngày 29-03-2020\nHuyện họp\n28/01/2019 08:44 | 0", "2019-01-28"),
        ("date 2024-01 Huyện họp", "2024-01"), ("date 2024-01 Huyện họp\n15/01/2024 08:30", "2024-01-15"),
        ("Huyện họp\nSáng ngày 18/7/2023, UBND huyện họp.", "2023-07"),
        ("Huyện họp", None), ("Huyện họp ngày 32/07/2023", None),
    ],
)  # fmt: skip
def test_printed(head: str, expected: str | None) -> None:
    found = find_in_text(f"{head}\n\n{PROSE}")
    assert (found.iso() if found else None) == expected


def test_only_a_line_with_a_clock_or_a_cue_is_sure_enough_to_beat_the_tags() -> None:
    assert find_printed("Hà Nội, ngày 29-03-2020\n" + PROSE) is None
    assert find_printed("Cập nhật: 29-03-2020\n" + PROSE) is not None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.vn/pages/2021-10-7/Ket-qua.aspx", "2021-10-07"),
        ("https://a.vn/2024/01/10/tin", "2024-01-10"),
        ("https://a.vn/tin-20200912223334716.htm", "2020-09-12"),
        ("http://a.vn/kinhte/202006/tin-3007657/", "2020-06"),
        ("https://a.vn/2019/05/tin/", "2019-05"),
        ("https://a.vn/tin-1258004.html", None),
        ("https://a.vn/2024/13/45/x", None),
        ("https://a.vn/kinh-te/20991301/", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, expected: str | None) -> None:
    found = find_in_url(url)
    assert (found.iso() if found else None) == expected
