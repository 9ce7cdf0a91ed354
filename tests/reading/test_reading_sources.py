"""The sources file: every mistake is told with line, field, reason and remedy; the starter list is complete and off."""

import re
from pathlib import Path

import pytest
import yaml

from extract.reading.sources import DumpSource, SourcesError, WebSource, load_sources

STARTER = Path(__file__).parents[2] / "data" / "sources.yaml"


def mistakes(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError) as error:
        load_sources(path)
    return [line.removeprefix(f"{path}:") for line in str(error.value).splitlines()]


CONTACT = "contact: me@x.vn\n"
FEED = "sources:\n  - name: f\n    kind: feed\n    url: "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sources:\n  - name: a\n    kind: folder\n", "2: sources[a]: field 'path' is missing; add it"),
        ("sources:\n  - {name: a, kind: web}\n", "2: sources[a].kind: 'web' is not one of folder, dump"),
        (
            "sources:\n  - name: a\n    kind: folder\n    path: x\n    colour: red\n",
            "5: sources[a].colour: unknown field 'colour'",
        ),
        (CONTACT + FEED + "ftp://x\n", "5: sources[f].url: 'ftp://x' is not allowed"),
        (
            CONTACT + FEED + "http://x.vn/\n    articles: '('\n",
            "6: sources[f].articles: '(' is not a regular expression",
        ),
        (CONTACT + "sources:\n  - {name: f, kind: pages}\n", "3: sources[f]: give urls"),
        (CONTACT + "sources:\n  - {name: f, kind: pages, index: ['http://x.vn/']}\n", "3: sources[f]: give urls"),
        (FEED + "http://x.vn/rss\n", "2: sources[f].enabled: sites must be able to reach you"),
        (
            "sources:\n  - {name: a, kind: folder, path: x}\n  - {name: a, kind: folder, path: y}\n",
            "3: sources[a].name: already used at line 2",
        ),
        ("sources:\n  - name: a\n    name: b\n    kind: folder\n    path: x\n", "3: name: set twice"),
        ("sources:\n  - name: a\n   kind: folder\n", "3: broken YAML"),
        (
            CONTACT + "sources:\n  - {name: f, kind: feed, url: 'http://x.vn', since: 2020-02-30}\n",
            "3: sources[f].since: no such day",
        ),
        (CONTACT + "web: {delay_seconds: -1}\nsources: []\n", "2: web.delay_seconds: -1 is less than the minimum"),
        ("", "1: file: None is not of type object"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(tmp_path: Path, text: str, expected: str) -> None:
    told = mistakes(tmp_path, text)
    assert any(line.startswith(expected) for line in told), told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "sources:\n  - {name: A, kind: folder, path: x}\n  - {name: b, kind: dump}\n"
    assert len(mistakes(tmp_path, text)) == 2


def test_dates_file_mistakes_are_named(tmp_path: Path) -> None:
    (tmp_path / "dates.csv").write_text("origin,published_on\nx,yesterday\n", encoding="utf-8")
    told = mistakes(tmp_path, "dates: dates.csv\nsources: []\n")
    assert "dates.csv:2: published_on" in told[0]


def test_settings_come_from_the_source_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "contact: me@x.vn\nweb: {delay_seconds: 5, max_pages: 7}\nsources:\n"
        "  - {name: f, kind: feed, url: 'https://www.x.vn/rss', delay_seconds: 1, hosts: [y.vn]}\n"
        "  - {name: idle, kind: feed, url: 'https://z.vn/rss', enabled: false}\n"
        "  - {name: d, kind: dump, path: d.csv, columns: {text: body}}\n",
        encoding="utf-8",
    )
    sources = load_sources(path)
    feed, dump = sources.enabled
    assert isinstance(feed, WebSource)
    assert (feed.delay_seconds, feed.max_pages, sources.switched_off) == (1, 7, 1)
    assert set(feed.hosts) == {"x.vn", "www.x.vn", "y.vn", "www.y.vn"}
    assert "me@x.vn" in feed.user_agent
    assert dump == DumpSource("d", tmp_path / "d.csv", {"text": "body"})


def test_the_starter_list_has_a_paper_and_a_portal_for_each_of_the_63_provinces_and_is_switched_off(
    tmp_path: Path,
) -> None:
    assert load_sources(STARTER).enabled == ()
    names = [entry["name"] for entry in yaml.safe_load(STARTER.read_text(encoding="utf-8"))["sources"]]
    portals = {name[:2] for name in names if re.fullmatch(r"\d\d-.*\.gov\.vn", name)}
    papers = {name[:2] for name in names if re.match(r"\d\d-", name) and not name.endswith(".gov.vn")}
    assert len(portals) == len(papers) == 63
    on = (
        STARTER.read_text(encoding="utf-8").replace("enabled: false", "enabled: true").replace("# contact:", "contact:")
    )
    (tmp_path / "sources.yaml").write_text(on, encoding="utf-8")
    assert len(load_sources(tmp_path / "sources.yaml").enabled) == len(names)
