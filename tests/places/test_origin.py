"""What addresses, hosts and datelines say."""

from __future__ import annotations

import pytest

from extract.places.origin import dateline_province, origin, province_of_city_in, site_said, slugged


@pytest.mark.parametrize(
    ("publisher", "province", "sure", "portal"),
    [
        ("baobackan.com.vn", "06", True, None), ("www.quangngai.gov.vn", "51", True, None),
        ("khoaichau.hungyen.gov.vn", "33", True, "330"), ("huyenhaiha.quangninh.gov.vn", "22", True, "201"),
        ("banngoai.daitu.thainguyen.gov.vn", "19", True, "171"), ("babe.gov.vn", None, False, "061"),
        ("sotnmt.angiang.gov.vn", "89", True, None), ("tinhuyhoabinh.vn", "17", False, None),
        ("kinhtedothi.vn", "01", False, None), ("vnexpress.net", None, False, None),
        ("tanphu.gov.vn", None, False, None),
        ("Báo Thanh Hóa", "38", True, None), ("Cổng thông tin điện tử huyện Na Rì", None, False, "066"),
        ("", None, False, None), (None, None, False, None),
    ],
)  # fmt: skip
def test_publisher(publisher: str | None, province: str | None, sure: bool, portal: str | None) -> None:
    found = origin(None, publisher)
    assert (found.province_code, found.sure) == (province, sure)
    assert {unit.code for unit in found.portal} == ({portal} if portal else set())


@pytest.mark.parametrize(
    ("path", "codes", "typed", "commune"),
    [
        ("/xa-hoi/huyen-chu-puh-thu-ngan-sach-123.html", {"639"}, True, False),
        ("/kinh-te/na-ri-khai-thac-the-manh.html", {"066"}, False, False),
        ("/Xa-Son-Lang/Tin-tuc.aspx", set(), False, False),
        ("/tin/xa-chu-prong-post5.html", set(), False, True),
        ("/tin/tinh-quang-ninh-hop.html", set(), False, False),
        ("/thoi-su/%C4%91o%C3%A0n-huy%E1%BB%87n-ba-v%C3%AC.html", {"271"}, True, False),
    ],
)
def test_names_in_an_address(path: str, codes: set[str], typed: bool, commune: bool) -> None:
    found, in_commune = slugged(path)
    assert {unit.code for units, _ in found for unit in units} == codes
    assert any(is_typed for _, is_typed in found) == typed
    assert in_commune == commune


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("BBK - Sáng nay, huyện họp.", "06"), ("(QNO) - Huyện họp.", "49"), ("Menu\n\n(GLO)- Huyện họp.", "64"),
        ("(Baonghean.vn) - Huyện họp.", "40"), ("UBND - Huyện họp.", None), ("ABC - Huyện họp.", None), ("", None),
    ],
)  # fmt: skip
def test_dateline(text: str, province: str | None) -> None:
    assert dateline_province(text) == province


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Huyện họp.\n(Theo baolamdong.vn)", "68"), ("Huyện họp. Nguồn: www.baolamdong.vn", "68"),
        ("Huyện họp.\nNguồn tin báo https://baobentre.vn/x.html", "83"), ("Theo nhandan.vn", None),
        ("Liên hệ baolamdong.vn", None), ("Theo baolamdong.vn, huyện họp." + " Huyện bàn việc." * 40, None), ("", None),
    ],
)  # fmt: skip
def test_site_that_a_text_was_taken_from(text: str, province: str | None) -> None:
    assert site_said(text) == province


@pytest.mark.parametrize(
    ("host", "province"),
    [
        ("dalat-info.vn", "68"), ("tinnhatrang.com", "56"), ("hoianrt.vn", "49"), ("donghai.com", None),
        ("vanhoavaphattrien.vn", None), ("hue-tours.blogspot.com", None), ("", None),
    ],
)  # fmt: skip
def test_host_named_like_a_city(host: str, province: str | None) -> None:
    assert province_of_city_in(host) == province


@pytest.mark.parametrize("url", ["", "không phải địa chỉ", "http://", "https://[::1", "//", "mailto:x@y.vn"])
def test_broken_addresses_say_nothing(url: str) -> None:
    assert origin(url, None).province_code is None
