"""What reading a dump costs: articles a second, megabytes a second and peak memory, beside plain trafilatura.

    python benchmarks/reading.py                            200,000 articles of text, 20,000 pages of HTML
    python benchmarks/reading.py --articles 50000 --pages 2000
    python benchmarks/reading.py --only html --pages 200000 --jobs 2
    python benchmarks/reading.py --folder some/folder       keep the dumps there

The articles are made up: phrases of district reports with figures drawn anew, dressed in pages with menu, scripts,
sidebar and other headlines. One in ten is published a second time on another site within the month. Each measurement
runs in a process of its own, on a dump that was written before. Memory is that of the process at its highest, and that
of the largest of its workers; processor time, of all processes, is what a busy machine changes least. Plain trafilatura
gets the same pages out of the same dump and does main text and metadata (title and date) only: no encodings, no
cleaning, no date with its source, no judging.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard

PHRASES = (
    "Tổng thu ngân sách nhà nước trên địa bàn ước đạt {} tỷ đồng, bằng {}% kế hoạch tỉnh giao, tăng {}% so với cùng kỳ",
    "Tổng diện tích gieo trồng cây hằng năm thực hiện được {}ha, đạt {}% kế hoạch, sản lượng lương thực {} tấn",
    "Công tác giảm nghèo được quan tâm, tỷ lệ hộ nghèo giảm còn {}%, giải quyết việc làm cho {} lao động",
    "Toàn huyện trồng mới {}ha rừng, tỷ lệ che phủ rừng duy trì ở mức {}%",
    "Giá trị sản xuất công nghiệp, tiểu thủ công nghiệp đạt {} tỷ đồng, tăng {}% so với năm trước",
    "Thu nhập bình quân đầu người đạt {} triệu đồng/năm, {} xã đạt chuẩn nông thôn mới",
    "Sự nghiệp giáo dục có chuyển biến, {} trường đạt chuẩn quốc gia, tỷ lệ tham gia bảo hiểm y tế đạt {}%",
    "Quốc phòng, an ninh được giữ vững, tuyển quân đạt {}% chỉ tiêu, số vụ tai nạn giao thông giảm {} vụ",
    "Các đại biểu thảo luận về {} nhóm giải pháp, tập trung tháo gỡ khó khăn về giải phóng mặt bằng cho {} dự án",
    "Huyện phấn đấu năm tới thu ngân sách {} tỷ đồng, trồng rừng {}ha, giảm nghèo {}%",
)
JOINS = (". ", "; bên cạnh đó, ", ". Cùng với đó, ", ". Đáng chú ý, ", ". Đến nay, ")
FIRST_DAY = dt.date(2015, 1, 1)
DAYS = 4000


def made_up(number: int) -> dict[str, Any]:
    """One article. Every tenth repeats the one before it, with another address, a few days later."""
    copy = number % 10 == 9
    dice = random.Random(number - 1 if copy else number)
    day = FIRST_DAY + dt.timedelta(days=(number - copy) * DAYS // 200_000 % DAYS + 2 * copy)
    paragraphs = []
    for _ in range(dice.randint(6, 12)):
        sentences = [
            phrase.format(*(f"{dice.uniform(1, 900):.{dice.randint(0, 2)}f}".replace(".", ",") for _ in range(3)))
            for phrase in dice.sample(PHRASES, 3)
        ]
        paragraphs.append(dice.choice(JOINS).join(sentences) + ".")
    return {
        "url": f"https://{'bao' if copy else 'cong'}{number % 63}.example.vn/tin/{number}.html",
        "title": f"Huyện số {dice.randint(1, 700)} bàn nhiệm vụ phát triển kinh tế - xã hội",
        "published_on": day.isoformat(),
        "text": "\n".join(paragraphs),
    }


def as_page(article: dict[str, Any]) -> str:
    """The article as a web page of some 25 kB."""
    links = "".join(f'<li><a href="/muc/{n}.html">Chuyên mục số {n} của trang tin</a></li>' for n in range(60))
    others = "".join(f'<li><a href="/tin/k{n}.html">Tin khác số {n}: thu {n},5 tỷ đồng</a></li>' for n in range(40))
    script = "<script>var a = [" + ",".join(map(str, range(2500))) + "];</script>"
    body = "".join(f'<p style="text-align:justify"><span>{p}</span></p>' for p in article["text"].split("\n"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{article["title"]}</title>'
        f'<meta property="article:published_time" content="{article["published_on"]}T08:00:00+07:00">{script}</head>'
        f'<body><div class="header"><ul class="menu">{links}</ul></div><div class="detail"><h1>{article["title"]}</h1>'
        f'<div class="content">{body}</div></div><div class="related"><h3>Tin liên quan</h3><ul>{others}</ul></div>'
        '<div class="footer"><p>Bản quyền của trang tin. Đã truy cập: 5592676</p></div></body></html>'
    )


def write_dump(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Rows as JSON lines, packed."""
    with path.open("wb") as raw, zstandard.ZstdCompressor(level=3).stream_writer(raw) as packed:
        for row in rows:
            packed.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


# -- what is measured: each takes a dump and gives (articles, characters taken in)


def read_text(dump: Path, jobs: int) -> tuple[int, int]:
    """Articles of text through reading and judging."""
    from extract.reading import ArticleRecord, read_folder

    taken = characters = 0
    for item in read_folder(dump.parent, jobs):
        if not isinstance(item, ArticleRecord):
            raise SystemExit(f"refused: {item}")
        taken += 1
        characters += len(item.text)
    return taken, characters


def read_pages(dump: Path, jobs: int) -> tuple[int, int]:
    """Pages of HTML through reading and judging."""
    return read_text(dump, jobs)


def plain_trafilatura(dump: Path, jobs: int) -> tuple[int, int]:
    """The same pages through trafilatura alone."""
    import multiprocessing

    if jobs == 1:
        return _sum(map(_plain, _pages(dump)))
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        found = _sum(pool.imap(_plain, _pages(dump), chunksize=16))
        pool.close()
        pool.join()  # so that the workers' time and memory are counted
    return found


def _sum(lengths: Iterable[int]) -> tuple[int, int]:
    taken = characters = 0
    for length in lengths:
        taken += 1
        characters += length
    return taken, characters


def _plain(html: str) -> int:
    from trafilatura import bare_extraction

    document = bare_extraction(html, with_metadata=True, include_comments=False)
    return len(document.text) if document else 0


def _pages(dump: Path) -> Iterator[str]:
    import io

    with dump.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as unpacked:
        for line in io.BufferedReader(unpacked):
            yield json.loads(line)["html"]


def group(dump: Path, jobs: int) -> tuple[int, int]:
    """Articles of text through the search for same reports, month by month."""
    import polars as pl

    from extract.reading import ArticleRecord, read_folder
    from extract.reading.sameness import find_same_reports

    def months() -> Iterator[pl.DataFrame]:
        items = (item for item in read_folder(dump.parent) if isinstance(item, ArticleRecord))
        while batch := list(islice(items, 2000)):
            rows = [(a.article_id, a.url, a.published_on, a.text) for a in batch]
            yield pl.DataFrame(rows, schema=["article_id", "url", "published_on", "text"], orient="row")

    found = find_same_reports(months())
    return found["report_id"].n_unique(), found.height


MEASURES: dict[str, Callable[[Path, int], tuple[int, int]]] = {
    "text": read_text, "pages": read_pages, "trafilatura": plain_trafilatura, "same reports": group,
}  # fmt: skip


def measure(name: str, dump: Path, jobs: int) -> dict[str, float]:
    """Runs one measurement in a process of its own."""
    command = [sys.executable, __file__, "--measure", name, "--folder", str(dump), "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return dict(json.loads(answer.stdout.splitlines()[-1]))


def _measure_here(name: str, dump: Path, jobs: int) -> None:
    begun = time.perf_counter()
    first, second = MEASURES[name](dump, jobs)
    seconds = time.perf_counter() - begun
    here, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "first": first, "second": second, "seconds": seconds,
        "processor": here.ru_utime + here.ru_stime + below.ru_utime + below.ru_stime,
        "peak": here.ru_maxrss / 1024, "workers": below.ru_maxrss / 1024,
    }  # fmt: skip
    print(json.dumps(found))


def main() -> None:
    """Writes the dumps, measures, prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="processes that read HTML")
    parser.add_argument("--only", choices=("text", "html", "same"), nargs="+", default=["text", "html", "same"])
    parser.add_argument("--measure", choices=MEASURES)
    arguments = parser.parse_args()
    if arguments.measure:
        _measure_here(arguments.measure, arguments.folder, arguments.jobs[0])
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        columns = ("what", "articles", "processes", "seconds", "articles/s", "MB/s", "processor ms/article", "peak MB")
        print(f"| {' | '.join(columns)} | largest worker MB |")
        print("|---" * (len(columns) + 1) + "|", flush=True)
        only = arguments.only
        for count in (arguments.articles // 10, arguments.articles) if "text" in only else ():
            _row("text", "text", _text(folder, count), 1, count)
        for count in (arguments.pages // 10, arguments.pages) if "html" in only else ():
            rows = ({"url": a["url"], "html": as_page(a)} for a in map(made_up, range(count)))
            dump = _dump(folder / f"pages-{count}", rows)
            for jobs in arguments.jobs:
                _row("HTML", "pages", dump, jobs, count)
                _row("HTML, plain trafilatura", "trafilatura", dump, jobs, count)
        for count in (arguments.articles // 10, arguments.articles) if "same" in only else ():
            _row("grouping the same reports", "same reports", _text(folder, count), 1, count)


def _text(folder: Path, count: int) -> Path:
    return _dump(folder / f"text-{count}", map(made_up, range(count)))


def _dump(folder: Path, rows: Iterable[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dump.jsonl.zst"
    if not path.exists():
        write_dump(path, rows)
    return path


def _row(label: str, name: str, dump: Path, jobs: int, count: int) -> None:
    found = measure(name, dump, jobs)
    with dump.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as unpacked:
        size = sum(len(piece) for piece in iter(lambda: unpacked.read(2**20), b"")) / 2**20
    seconds = found["seconds"]
    workers = f"{found['workers']:.0f}" if jobs > 1 else "-"
    print(
        f"| {label} | {count:,} | {jobs} | {seconds:.1f} | {count / seconds:,.0f} | {size / seconds:.1f} |"
        f" {found['processor'] * 1000 / count:.2f} | {found['peak']:.0f} | {workers} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
