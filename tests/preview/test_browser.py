"""The page in a real browser: its script is allowed to run, cards appear, keys work, hostile text does nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.preview import render

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

TEXT = "Trồng rừng 673/550ha. <img src=x onerror=\"document.title='owned'\"> Ngân sách trên 23 tỷ đồng, 120 đại biểu."


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, tmp_path: Path, article_of, read_as, make_row, skip) -> Iterator[Any]:
    rows = [
        make_row(TEXT, "673/550ha", indicator="forest_planted_area", value=673.0, unit="ha"),
        make_row(TEXT, "673/550ha", indicator="forest_planted_area", value=550.0, unit="ha", kind="target"),
        make_row(TEXT, "trên 23 tỷ đồng", comparator="gt", value=23.0, rules="kind.header.result"),
    ]
    file = tmp_path / "preview.html"
    file.write_text(render(article_of(TEXT), read_as(rows, [skip(TEXT, "120 đại biểu", "people")])), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.complaints, opened.requests = [], []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_nothing_is_fetched_and_nothing_complains(page) -> None:
    page.hover("a.figure >> nth=0")
    assert page.requests == [page.url]
    assert page.complaints == []
    assert page.title() == "Na Rì"


def test_hovering_shows_every_row_of_the_figure_and_lights_it_in_the_table(page) -> None:
    assert page.is_hidden("#card")
    page.hover("a.figure.both")
    assert page.is_visible("#card")
    assert page.locator("#card section").count() == 2
    assert "kind.cue" in page.inner_text("#card")
    assert "0.91" in page.inner_text("#card")
    assert page.locator("tr.lit").evaluate_all("rows => rows.map(row => row.id)") == ["row-1", "row-2"]


def test_the_keyboard_reaches_figures_and_closes_the_card(page) -> None:
    page.focus("a.figure.outcome:not(.both)")
    assert "kind.header.result" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")
    page.focus("span.skipped[data-skipped]")
    assert "people" in page.inner_text("#card")


def test_clicking_goes_to_the_row_and_back(page) -> None:
    page.click("a.figure.outcome:not(.both)")
    assert page.url.endswith("#row-3")
    page.click("#row-3 th a")
    assert page.url.endswith("#figure-3")


def test_kinds_can_be_hidden(page) -> None:
    page.uncheck("#show-target")
    assert page.is_hidden("#row-2")
    assert page.is_visible("#row-3")
