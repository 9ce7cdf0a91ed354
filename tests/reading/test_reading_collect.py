"""Sources of files: only what is new or changed comes out, once it is committed; archives of others are filtered."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import zstandard
from news_site import Site
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.reading import ArticleRecord, Quarantined
from extract.reading.archive import ArchiveWriter
from extract.reading.collect import Collection, collect
from extract.reading.sources import Sources
from extract.reading.web.ledger import Ledger, LedgerInUseError

Declare = Callable[..., Sources]
BODY = "UBND huyện Mẫu Sơn họp. Thu ngân sách phấn đấu đạt 23 tỷ đồng, tăng 5% so với năm trước."


def run(sources: Sources, state: Path, commit: bool = True) -> tuple[Collection, list[str], list[Quarantined]]:
    collection = collect(sources, state)
    items = list(collection)
    if commit:
        collection.commit()
    return (
        collection,
        [item.origin for item in items if isinstance(item, ArticleRecord)],
        [item for item in items if isinstance(item, Quarantined)],
    )


def test_a_folder_gives_what_is_new_or_changed(tmp_path: Path, declare: Declare) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("2024-01-02-a.txt", "2024-02-03-b.txt"):
        (folder / name).write_text(f"Tiêu đề\n\n{BODY} {name}", encoding="utf-8")
    sources = declare("name: inbox, kind: folder, path: in")
    assert run(sources, tmp_path / "s", commit=False)[1] == ["inbox/2024-01-02-a.txt", "inbox/2024-02-03-b.txt"]
    assert len(run(sources, tmp_path / "s")[1]) == 2, "not committed before"
    assert run(sources, tmp_path / "s")[1] == []
    (folder / "2024-02-03-b.txt").write_text(f"Tiêu đề\n\n{BODY} sửa lại", encoding="utf-8")
    collection, origins, _ = run(sources, tmp_path / "s")
    assert origins == ["inbox/2024-02-03-b.txt"]
    assert dict(collection.months) == {"2024-02": 1}


def test_a_dump_with_other_column_names(tmp_path: Path, declare: Declare) -> None:
    html = (
        f"<html><head><title>Huyện họp</title></head><body><article><p>{BODY}</p><p>{BODY}</p></article></body></html>"
    )
    rows = [
        {"headline": "Huyện họp", "body": BODY, "when": "05/01/2024", "n": 7},
        {"page": html, "when": "2024-03"},
        {"headline": "Huyện họp", "body": BODY},
    ]
    with gzip.open(tmp_path / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    sources = declare(
        "name: dump, kind: dump, path: d.jsonl.gz,"
        " columns: {title: headline, text: body, published_on: when, html: page, id: n}"
    )
    collection, origins, refused = run(sources, tmp_path / "s")
    assert origins == ["dump/d.jsonl.gz:1", "dump/d.jsonl.gz:2"]
    assert dict(collection.months) == {"2024-01": 1, "2024-03": 1}
    assert [(item.file, item.field) for item in refused] == [("dump/d.jsonl.gz:3", "published_on")]


@pytest.mark.parametrize("key", ["dump/d.jsonl:1", "https://a.vn/1"])
def test_an_undated_article_of_a_dump_takes_the_date_that_is_given(tmp_path: Path, declare: Declare, key: str) -> None:
    row = {"title": "Huyện họp", "text": BODY, "url": "https://a.vn/1"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run(declare("name: dump, kind: dump, path: d.jsonl"), tmp_path / "s")[2][0].field == "published_on"
    assert run(declare("name: dump, kind: dump, path: d.jsonl"), tmp_path / "s")[2] == [], "told once"
    (tmp_path / "dates.csv").write_text(f"origin,published_on\n{key},2024-05\n", encoding="utf-8")
    collection = run(declare("name: dump, kind: dump, path: d.jsonl"), tmp_path / "s")[0]
    assert dict(collection.months) == {"2024-05": 1}


def test_an_archive_of_others_is_filtered_and_a_torn_end_is_told(tmp_path: Path, declare: Declare) -> None:
    article = Site().articles["a3.html"].html().encode()
    writer = ArchiveWriter(tmp_path / "cc", "news")
    html = [("Content-Type", "text/html; charset=utf-8")]
    writer.write("https://nari.backan.gov.vn/tin/1", 200, html, article)
    writer.write("https://example.com/tin/2", 200, html, article)
    writer.write("https://b.vn/video/3", 200, html, article)
    writer.write("https://b.vn/anh.jpg", 200, [("Content-Type", "image/jpeg")], b"\xff\xd8")
    name, _ = writer.write("https://b.vn/nen/4", 200, [*html, ("Content-Encoding", "gzip")], gzip.compress(article))
    _, last = writer.write("https://b.vn/tin/5", 200, html, article)
    writer.close()
    path = tmp_path / "cc" / name
    path.write_bytes(path.read_bytes()[: last + 900])
    sources = declare("name: cc, kind: warc, path: cc, hosts: [vn], not_articles: '/video/'")
    _, origins, refused = run(sources, tmp_path / "s")
    assert origins == [f"cc/{name}:2", f"cc/{name}:6"]
    assert [item.field for item in refused] == ["archive"]


def test_a_missing_path_is_told_and_the_other_sources_go_on(tmp_path: Path, declare: Declare) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2024-01-02-a.txt").write_text(f"Tiêu đề\n{BODY}", encoding="utf-8")
    _, origins, refused = run(
        declare("name: gone, kind: folder, path: nowhere", "name: here, kind: folder, path: in"), tmp_path / "s"
    )
    assert origins == ["here/2024-01-02-a.txt"]
    assert "nowhere" in refused[0].reason


def test_two_collections_at_once_are_refused(tmp_path: Path, declare: Declare) -> None:
    (tmp_path / "in").mkdir()
    sources = declare("name: inbox, kind: folder, path: in")
    with Ledger(tmp_path / "s" / "inbox"), pytest.raises(LedgerInUseError, match="in use by another process"):
        list(collect(sources, tmp_path / "s"))


COLUMNS = "columns: {title: headline, text: body, published_on: when}"
ROWS = [{"headline": "Huyện họp", "body": BODY, "when": f"2024-0{month}-02"} for month in (1, 2)]


@pytest.mark.parametrize("name", ["d.csv", "d.csv.gz", "d.tsv.zst", "d.parquet"])
def test_tables_take_column_names_packed_or_not(tmp_path: Path, declare: Declare, name: str) -> None:
    frame = pl.DataFrame(ROWS)
    if name == "d.parquet":
        frame.write_parquet(tmp_path / name)
    else:
        written = frame.write_csv(separator="\t" if "tsv" in name else ",").encode()
        packed = {"gz": gzip.compress, "zst": zstandard.compress}.get(name.rpartition(".")[2], bytes)(written)
        (tmp_path / name).write_bytes(packed)
    collection, origins, refused = run(declare(f"name: dump, kind: dump, path: {name}, {COLUMNS}"), tmp_path / "s")
    assert refused == []
    assert len(origins) == 2
    assert dict(collection.months) == {"2024-01": 1, "2024-02": 1}


@pytest.mark.parametrize("name", ["d.csv", "d.parquet"])
def test_a_column_that_is_not_there_is_told_once_and_not_with_every_row(
    tmp_path: Path, declare: Declare, name: str
) -> None:
    frame = pl.DataFrame(ROWS)
    frame.write_parquet(tmp_path / name) if name == "d.parquet" else frame.write_csv(tmp_path / name)
    wrong = COLUMNS.replace("headline", "heading")
    _, origins, refused = run(declare(f"name: dump, kind: dump, path: {name}, {wrong}"), tmp_path / "s")
    assert origins == []
    assert [(item.file, item.field) for item in refused] == [(f"dump/{name}", "columns")]
    assert "no column 'heading' (for title) among headline, body, when" in refused[0].reason
    assert "sources file" in refused[0].remedy


def test_an_archive_in_the_style_of_news_crawls(tmp_path: Path, declare: Declare) -> None:
    """Not packed, with the requests beside the responses, chunked, and with parts that are no pages."""
    html = Site().articles["a3.html"].html().encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(html), html)
    path = tmp_path / "news.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        writer.write_record(writer.create_warcinfo_record("news.warc", {"software": "another"}))
        url = "https://nari.backan.gov.vn/tin/1"
        for kind, body, status, headers in (
            ("request", b"", "GET /tin/1 HTTP/1.1", [("Host", "nari.backan.gov.vn")]),
            ("response", chunked, "200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]),
            ("response", b"", "301 Moved", [("Location", "/")]),
        ):
            protocol = "" if kind == "request" else "HTTP/1.1"
            about = StatusAndHeaders(status, headers, protocol=protocol, is_http_request=kind == "request")
            writer.write_record(writer.create_warc_record(url, kind, io.BytesIO(body), http_headers=about))
        writer.write_record(writer.create_warc_record(url, "metadata", io.BytesIO(b"fetchTimeMs: 1")))
    _, origins, refused = run(declare("name: cc, kind: warc, path: news.warc, hosts: [vn]"), tmp_path / "s")
    assert (origins, refused) == (["cc/news.warc:3"], [])
