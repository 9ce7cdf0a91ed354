"""A folder of files of every kind, good and bad: each is taken or refused with a reason, and the rest goes on."""

import datetime as dt
import gzip
import json
from pathlib import Path

import polars as pl
import pytest
import zstandard

from extract.reading import ArticleRecord, Quarantined, read_any, read_folder, read_jsonl

BODY = "UBND huyện Na Rì họp bàn kế hoạch năm tới. Thu ngân sách phấn đấu đạt 23 tỷ đồng, tăng 5% so với năm trước.\n"
MARKDOWN = f"""---
title: Na Rì bàn kế hoạch
url: https://nari.example.vn/tin/1
publisher: nari.example.vn
published_on: 2023-07-18
---

{BODY}"""


def read(folder: Path) -> tuple[dict[str, ArticleRecord], dict[str, Quarantined]]:
    taken, refused = {}, {}
    for item in read_folder(folder):
        if isinstance(item, Quarantined):
            refused[item.file] = item
        else:
            taken[item.origin] = item
    return taken, refused


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    article = read(tmp_path)[0]["a.md"]
    assert article.title == "Na Rì bàn kế hoạch"
    assert (article.published_on, article.date_precision, article.date_source) == (
        dt.date(2023, 7, 18),
        "day",
        "declared",
    )
    assert article.publisher == "nari.example.vn"
    assert article.text == BODY.strip()
    assert len(article.article_id) == 16


@pytest.mark.parametrize(
    ("name", "text", "title", "published_on", "precision"),
    [
        ("bar.txt", f"Tăng cỡ chữ Giảm cỡ chữ Gửi thư In\n\nHuyện A họp\n\n( Cập nhật ngày: 18/07/2023 )\n\n{BODY}",
         "Huyện A họp", dt.date(2023, 7, 18), "day"),
        ("corpus.txt", f" date 2024-01 Huyện B triển khai nhiệm vụ\n\n{BODY}", "Huyện B triển khai nhiệm vụ",
         dt.date(2024, 1, 1), "month"),
        ("clock.txt", f"UBND TX họp\n\n15/09/2023 21:00\n\n{BODY}", "UBND TX họp", dt.date(2023, 9, 15), "day"),
        ("page-clock.txt", 
         f"Chủ nhật, 29/01/2023, 03:12[GMT+7]\nHĐND họp\nThứ 5, 15/12/2022 | 15:06:54\n1,888 lượt xem\n{BODY}",
         "HĐND họp", dt.date(2022, 12, 15), "day"),
        ("event.txt", f"Huyện D họp\n\nSáng ngày 18/7/2023, huyện D họp. {BODY}", "Huyện D họp",
         dt.date(2023, 7, 1), "month"),
        ("2024-01-10-e.txt", f"Huyện E họp\n\n{BODY}", "Huyện E họp", dt.date(2024, 1, 10), "day"),
    ],
)  # fmt: skip
def test_bare_text(tmp_path: Path, name: str, text: str, title: str, published_on: dt.date, precision: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    article = read(tmp_path)[0][name]
    assert (article.title, article.published_on, article.date_precision) == (title, published_on, precision)


def test_documents_in_a_text_are_not_its_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Xã họp\n\nTheo Quyết định số 2072/QĐ-UBND, ngày 17/11/2021 của UBND tỉnh, xã họp. {BODY}", encoding="utf-8"
    )
    assert read(tmp_path)[1]["a.txt"].field == "published_on"


def test_html_page(tmp_path: Path) -> None:
    html = f"""<html><head><title>Huyện C họp</title>
    <meta property="article:published_time" content="2022-12-15T15:06:54+07:00">
    </head><body><nav><a href="/">Trang chủ</a></nav><article><h1>Huyện C họp</h1><p>{BODY}</p><p>{BODY[::1] * 3}</p>
    </article></body></html>"""
    (tmp_path / "c.html").write_text(html, encoding="utf-8")
    article = read(tmp_path)[0]["c.html"]
    assert (article.title, article.published_on, article.date_source) == ("Huyện C họp", dt.date(2022, 12, 15), "meta")
    assert "23 tỷ đồng" in article.text
    assert "Trang chủ" not in article.text


ROW = {"id": "x1", "title": "Huyện họp", "text": BODY, "url": None, "publisher": "", "published_on": "2024-01"}


def test_every_kind_of_dump_gives_the_same_article(tmp_path: Path) -> None:
    line = (json.dumps(ROW, ensure_ascii=False) + "\n").encode()
    (tmp_path / "a.jsonl").write_bytes(line)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line))
    (tmp_path / "c.jsonl.zst").write_bytes(zstandard.compress(line) + zstandard.compress(line))
    frame = pl.DataFrame([ROW], schema_overrides={"url": pl.String})
    frame.write_csv(tmp_path / "d.csv")
    frame.write_parquet(tmp_path / "e.parquet")
    taken, refused = read(tmp_path)
    assert not refused
    assert list(taken) == ["a.jsonl:1", "b.jsonl.gz:1", "c.jsonl.zst:1", "c.jsonl.zst:2", "d.csv:3", "e.parquet:1"]
    assert {(a.article_id, a.text, a.title, a.published_on, a.publisher) for a in taken.values()} == {
        ("x1", BODY, "Huyện họp", dt.date(2024, 1, 1), None)
    }


def test_bad_input_is_refused_with_reason_and_remedy_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps(ROW, ensure_ascii=False).encode()
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-binary.txt").write_bytes(b"PK\x03\x04\x00\x00data")
    (tmp_path / "c-undated.md").write_text(f"---\ntitle: A\n---\n{BODY}", encoding="utf-8")
    (tmp_path / "d-lines.jsonl").write_bytes(b"\n".join([good, b'{"title": "A", ', b"[1]", b"\xff\xfe{}", good]))
    with (tmp_path / "e-huge.html").open("wb") as file:
        file.truncate(50 * 2**20)
    (tmp_path / "f-untitled.md").write_text(f"---\npublished_on: 2024-01-02\n---\n{BODY}", encoding="utf-8")
    (tmp_path / "g-latin.txt").write_bytes("Señor à la carte".encode("latin-1"))
    (tmp_path / "h-future.md").write_text(MARKDOWN.replace("2023-07-18", "2093-07-18"), encoding="utf-8")
    (tmp_path / "i-not-a-date.md").write_text(MARKDOWN.replace("2023-07-18", "hôm qua"), encoding="utf-8")
    (tmp_path / "j-front.md").write_text(f"---\ntitle: a: b\n---\n{BODY}", encoding="utf-8")
    (tmp_path / "k.xyz").write_bytes(b"x")
    (tmp_path / "l-columns.csv").write_text("tieu_de,noi_dung\na,b\n", encoding="utf-8")
    (tmp_path / "m-cut.parquet").write_bytes(b"PAR1 and nothing more")
    (tmp_path / "n-cut.jsonl.gz").write_bytes(gzip.compress(good + b"\n" + good)[:-12])
    (tmp_path / "o-long.jsonl").write_bytes(b'{"text": "' + b"x" * (9 * 2**20) + b'"}\n' + good)
    (tmp_path / "p-fine.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    (tmp_path / "half.txt.part").write_bytes(b"x")
    taken, refused = read(tmp_path)
    assert {origin for origin in taken if not origin.startswith("n-")} == {
        "d-lines.jsonl:1", "d-lines.jsonl:5", "o-long.jsonl:2", "p-fine.md",
    }  # fmt: skip
    expected = {
        "a-empty.txt": ("file", "empty"), "b-binary.txt": ("file", "binary"),
        "c-undated.md": ("published_on", "no date"),
        "d-lines.jsonl:2": ("line", "broken JSON"), "d-lines.jsonl:3": ("line", "not an object"),
        "d-lines.jsonl:4": ("line", "not UTF-8"), "e-huge.html": ("file", "50 MB"),
        "f-untitled.md": ("title", "no title"),
        "g-latin.txt": ("file", "not UTF-8"), "h-future.md": ("published_on", "future"),
        "i-not-a-date.md": ("published_on", "hôm qua"), "j-front.md": ("front matter", "line 2"),
        "k.xyz": ("file", "unknown kind"), "l-columns.csv": ("columns", "noi_dung"),
        "m-cut.parquet": ("file", "Parquet"),
        "n-cut.jsonl.gz": ("file", "breaks off"), "o-long.jsonl:1": ("line", "longer than"),
    }  # fmt: skip
    assert refused.keys() == expected.keys()
    for file, (field, words) in expected.items():
        assert refused[file].field == field
        assert words in refused[file].reason, refused[file]
        assert refused[file].remedy


def test_missing_folder_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere"):
        list(read_folder(tmp_path / "nowhere"))


def test_lenient_reading_keeps_undated_articles_and_every_letter_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"  # any name will do for read_jsonl
    texts = ["a\r\nb\u00a0 c", "  hòa hoà  \n", ""]
    rows = [{"id": number, "text": text, "title": None, "published_on": None} for number, text in enumerate(texts)]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n{broken\n", encoding="utf-8")
    refused: list[Quarantined] = []
    articles = list(read_jsonl(path, refused.append))
    assert [article.text for article in articles] == texts[:2]
    assert [article.article_id for article in articles] == ["0", "1"]
    assert {article.published_on for article in articles} == {None}
    assert [(item.file, item.field) for item in refused] == [("in.txt:3", "text"), ("in.txt:4", "line")]


def test_lenient_reading_names_a_date_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "thu 3 tỷ", "published_on": "20/13/2023"}) + "\n", encoding="utf-8")
    refused: list[Quarantined] = []
    assert list(read_jsonl(path, refused.append)) == []
    assert [(item.field, "20/13/2023" in item.reason) for item in refused] == [("published_on", True)]


def test_front_matter_with_a_day_that_is_none_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(MARKDOWN.replace("published_on:", "published_on: 2023-13-45 #", 1), "utf-8")
    (tmp_path / "good.md").write_text(MARKDOWN, encoding="utf-8")
    assert len(list(read_any(tmp_path))) == 1


def test_read_any_takes_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    pl.DataFrame([ROW], schema_overrides={"url": pl.String}).write_parquet(tmp_path / "b.parquet")
    assert [a.title for a in read_any(tmp_path)] == ["Na Rì bàn kế hoạch", "Huyện họp"]
    assert [a.article_id for a in read_any(tmp_path / "b.parquet")] == ["x1"]
