"""The bundled articles are whole, dated, and read as what they say they are."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
FILES = sorted(ARTICLES.glob("*.md"))
FIELDS = ["title", "url", "publisher", "published_on"]


def parts(file: Path) -> tuple[dict[str, Any], str]:
    opening, header, text = file.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(header), text


def test_there_are_enough_for_a_demo() -> None:
    assert len(FILES) >= 14


def test_the_folder_holds_nothing_else() -> None:
    assert sorted(ARTICLES.iterdir()) == FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
class TestEach:
    def test_front_matter_has_exactly_the_four_fields(self, file: Path) -> None:
        fields, text = parts(file)
        assert list(fields) == FIELDS
        assert fields["title"].strip()
        assert 400 < len(text) < 3500

    def test_the_date_is_a_day_or_a_month_and_in_the_file_name(self, file: Path) -> None:
        published_on = parts(file)[0]["published_on"]
        assert isinstance(published_on, str)
        day = dt.date.fromisoformat(published_on if len(published_on) == 10 else f"{published_on}-01")
        assert dt.date(2015, 1, 1) <= day <= dt.date(2025, 12, 31)
        assert published_on[:7] in file.stem

    def test_publisher_is_the_host_of_the_address_or_both_are_unknown(self, file: Path) -> None:
        fields, _ = parts(file)
        if fields["url"] is None:
            assert fields["publisher"] is None
        else:
            host = re.fullmatch(r"https?://(?:www\.)?([^/]+)/.+", fields["url"])
            assert host is not None
            assert fields["publisher"] == host[1]

    def test_the_text_is_composed_vietnamese(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert re.search("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", text)


def test_addresses_are_told_apart() -> None:
    addresses = [parts(file)[0]["url"] for file in FILES]
    known = [address for address in addresses if address is not None]
    assert len(set(known)) == len(known)
    assert len(addresses) - len(known) <= 1


def test_one_report_stands_on_two_sites() -> None:
    _, paper = parts(ARTICLES / "pac-nam-2023-07.md")
    _, aggregator = parts(ARTICLES / "pac-nam-2023-07-baomoi.md")
    figures = re.compile(r"\d[\d.,]*%?")
    assert figures.findall(paper) == figures.findall(aggregator)
    assert paper != aggregator
