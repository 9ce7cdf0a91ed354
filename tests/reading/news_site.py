"""A small news site on loopback, with the good and the bad manners of real ones.

``python tests/reading/news_site.py`` serves it on port 8899.

District, figures and people are invented. The site counts what it is asked for and how many bytes it gives.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

MEGABYTE = 2**20
_MODIFIED = 1_700_000_000  # unix seconds of Last-Modified of pages that never change

MENU = """<div class="header"><a href="/">Trang chủ</a><ul class="menu"><li><a href="/gioi-thieu">Giới thiệu</a></li>
<li><a href="/tin-tuc">Tin tức</a></li><li><a href="/van-ban">Văn bản</a></li></ul><p>{clock}</p></div>"""
SIDE = """<div class="sidebar"><h3>Thống kê truy cập</h3><p>Hôm nay: 1746</p><p>Đã truy cập: 5592676</p></div>
<div class="footer"><p>Cơ quan chủ quản: UBND huyện Mẫu Sơn. Giấy phép số 12/GP-TTĐT ngày 01/02/2019</p></div>"""
RELATED = """<div class="related"><h3>Tin liên quan</h3><ul>
<li><a href="/tin/a1.html">Huyện bên thu ngân sách 99 tỷ đồng</a>
(12/12/2023)</li><li><a href="/tin/a2.html">Xã bên đạt 19/19 tiêu chí nông thôn mới</a> (10/12/2023)</li></ul></div>"""

FIRST = "Sáng {day}, UBND huyện Mẫu Sơn họp đánh giá tình hình kinh tế - xã hội, bàn nhiệm vụ thời gian tới."
LAST = "Kết luận hội nghị, lãnh đạo huyện đề nghị các xã, thị trấn bám sát chỉ tiêu được giao ngay từ đầu năm."
MIDDLES = (
    "Tổng thu ngân sách trên địa bàn ước đạt {a} tỷ đồng, bằng 105% kế hoạch tỉnh giao, tăng 8,3% so với cùng kỳ.",
    "Diện tích rừng trồng mới được {b}ha, đạt 110% kế hoạch; sản lượng lương thực có hạt ước đạt {c} tấn.",
    "Tỷ lệ hộ nghèo giảm 3,5% so với năm trước; toàn huyện giải quyết việc làm cho {b} lao động.",
    "Năm tới, huyện phấn đấu thu nhập bình quân đầu người {a} triệu đồng/năm, có thêm 2 xã đạt chuẩn nông thôn mới.",
)
TABLE = """<table><tr><th>Chỉ tiêu</th><th>ĐVT</th><th>KH 2024</th></tr><tr><td>Thu ngân sách</td><td>tỷ đồng</td>
<td>22,4</td></tr><tr><td><p>Lương thực có hạt</p></td><td><p>tấn</p></td><td><p>18.250</p></td></tr></table>"""


@dataclass
class Article:
    """One page of the site. ``meta`` prints the date as a tag, ``line`` as a line above the text."""

    slug: str
    title: str
    day: str  # YYYY-MM-DD
    number: int
    meta: bool = True
    line: bool = True
    table: bool = False
    extra: str = ""

    def html(self, clock: str = "", charset: str = "utf-8") -> str:
        year, month, date = self.day.split("-")
        tag = f'<meta property="article:published_time" content="{self.day}T08:30:00+07:00">' if self.meta else ""
        line = f'<div class="date">Thứ sáu, {date}/{month}/{year} | 08:30</div>' if self.line else ""
        middles = "".join(
            f"<p>{text.format(a=20 + self.number, b=500 + 7 * self.number, c=18_000 + self.number)}</p>"
            for text in MIDDLES[self.number % 4 :] + MIDDLES[: self.number % 4]
        )
        return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="{charset}">
<title>{self.title}</title>{tag}</head><body>
{MENU.format(clock=clock)}<div class="main"><div class="content-detail"><h1>{self.title}</h1>
<div class="tools"><span>Tăng cỡ chữ</span> <span>Giảm cỡ chữ</span> <a href="#">In trang</a></div>{line}
<div class="views">1.234 lượt xem</div><h2 class="sapo">{FIRST.format(day=f"{int(date)}/{int(month)}")}</h2>
<div class="body">{middles}{TABLE if self.table else ""}{self.extra}<p>{LAST}</p>
<p style="text-align:right"><b>Hoàng Văn</b></p></div>{RELATED}</div></div>{SIDE}</body></html>"""


def _articles() -> dict[str, Article]:
    pages = [
        Article(f"a{n}.html", f"Mẫu Sơn: tình hình kinh tế - xã hội kỳ {n}", f"{2023 + n // 13}-{n % 12 + 1:02d}-15", n)
        for n in range(1, 19)
    ]
    pages += [
        Article("bang.html", "Mẫu Sơn giao chỉ tiêu năm 2024", "2024-01-10", 30, table=True),
        Article("chi-co-dong-ngay.html", "Mẫu Sơn sơ kết quý I", "2024-04-05", 31, meta=False),
        Article("khong-ngay.html", "Mẫu Sơn họp phiên thường kỳ", "2024-02-02", 32, meta=False, line=False),
        Article("doi.html", "Mẫu Sơn công bố số liệu", "2024-05-06", 33),
        Article("trung-lap.html", "Mẫu Sơn: tình hình kinh tế - xã hội kỳ 3", "2023-04-16", 3),
        Article("sai-bang-ma.html", "Mẫu Sơn tổng kết công tác", "2024-06-07", 34),
        Article("1258.html", "Mẫu Sơn triển khai nhiệm vụ", "2024-07-08", 35),
        Article("loi-tam.html", "Mẫu Sơn sau giờ bảo trì", "2024-08-09", 36),
        Article("moi-tren-rss.html", "Mẫu Sơn: tin mới trên RSS", "2024-09-10", 37, meta=False, line=False),
    ]
    return {page.slug: page for page in pages}


BAD = ("cham.html", "vong.html", "mat.html", "to.html", "to-bao-truoc.html", "bom.html", "ra-ngoai.html", "anh.html")
"""Pages that cannot be had, each in its own way; ``/noi-bo/`` is closed by robots.txt."""

WITHOUT_TAG = "a2.html"
"""This page has a Last-Modified and no ETag."""


@dataclass
class Request:
    """One request as the site saw it."""

    path: str
    status: int
    bytes_sent: int
    agent: str
    at: float


@dataclass
class Site:
    """The site as a context manager; ``url`` is its address. ``changed`` publishes another figure on doi.html."""

    port: int = 0
    slow_seconds: float = 30.0
    pause: float = 0.0  # before every answer
    changed: bool = False
    robots_down: bool = False
    requests: list[Request] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=_articles)

    def __enter__(self) -> Site:
        self._failed_once = threading.Event()
        site = self

        class Handler(_Handler):
            pass

        Handler.site = site
        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def asked(self) -> Counter[str]:
        """Number of requests by path."""
        return Counter(request.path for request in self.requests)

    def bytes_sent(self) -> int:
        """Bytes of all bodies."""
        return sum(request.bytes_sent for request in self.requests)

    # -- what is served: (status, headers, body)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(path)
        name = parts.path.rpartition("/")[2]
        html = {"Content-Type": "text/html; charset=utf-8"}
        if parts.path == "/robots.txt":
            if self.robots_down:
                return 503, html, b""
            rules = f"User-agent: *\nDisallow: /noi-bo/\nCrawl-delay: 0.01\nSitemap: {self.url}/sitemap.xml\n"
            return 200, {"Content-Type": "text/plain"}, rules.encode()
        if parts.path == "/sitemap.xml":
            return 200, {"Content-Type": "application/xml"}, self._sitemap_index()
        if parts.path == "/sitemap-2023.xml":
            return 200, {"Content-Type": "application/xml"}, self._sitemap("2023")
        if parts.path == "/sitemap-2024.xml.gz":
            return 200, {"Content-Type": "application/gzip"}, gzip.compress(self._sitemap("2024"), mtime=0)
        if parts.path == "/rss":
            return 200, {"Content-Type": "application/rss+xml"}, self._rss()
        if parts.path == "/tin-tuc":
            return 200, html, self._index(int((parts.query or "page=1").removeprefix("page=")))
        if parts.path.startswith("/tin/"):
            return self._page(name)
        if parts.path == "/noi-bo/bi-mat.html":
            return 200, html, self.articles["a1.html"].html().encode()
        return 404, html, b"<html><body>404</body></html>"

    def _page(self, name: str) -> tuple[int, dict[str, str], bytes]:
        html = {"Content-Type": "text/html; charset=utf-8"}
        if name == "vong.html":
            return 302, {"Location": "/tin/vong-2.html"}, b""
        if name == "vong-2.html":
            return 302, {"Location": "/tin/vong.html"}, b""
        if name == "chuyen.html":
            return 301, {"Location": "/tin/a5.html"}, b""
        if name == "ra-ngoai.html":
            return 302, {"Location": "http://example.org/"}, b""
        if name == "bom.html":
            return 200, {**html, "Content-Encoding": "gzip"}, _bomb()
        if name == "anh.html":
            return 200, {"Content-Type": "image/jpeg"}, b"\xff\xd8" * 100
        if name == "loi-tam.html" and not self._failed_once.is_set():
            self._failed_once.set()
            return 500, html, b"loi"
        if name not in self.articles:
            return 404, html, b"<html><body>404</body></html>"
        article = self.articles[name]
        if name == "doi.html" and self.changed:
            body = article.html().replace("53 tỷ đồng", "59 tỷ đồng")
            return 200, html, body.encode()
        if name == "sai-bang-ma.html":
            return 200, {"Content-Type": "text/html; charset=iso-8859-1"}, article.html().encode()
        if name == "1258.html":
            return 200, {"Content-Type": "text/html"}, to_windows_1258(article.html(charset="windows-1258"))
        return 200, html, article.html().encode()

    def _sitemap_index(self) -> bytes:
        return f"""<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{self.url}/sitemap-2023.xml</loc><lastmod>2023-12-31</lastmod></sitemap>
<sitemap><loc>{self.url}/sitemap-2024.xml.gz</loc></sitemap></sitemapindex>""".encode()

    def _sitemap(self, year: str) -> bytes:
        slugs = [a.slug for a in self.articles.values() if a.day.startswith(year) and a.slug != "moi-tren-rss.html"]
        if year == "2024":
            slugs += [*BAD, "chuyen.html"]
        urls = [f"{self.url}/tin/{slug}" for slug in slugs] + [
            f"{self.url}/noi-bo/bi-mat.html",
            f"{self.url}/gioi-thieu",
        ]
        return (
            '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            + "".join(f"<url><loc>{url}</loc></url>" for url in urls)
            + "</urlset>"
        ).encode()

    def _rss(self) -> bytes:
        items = "".join(
            f"<item><title>{a.title}</title><link>{self.url}/tin/{a.slug}?utm_source=rss</link>"
            f"<pubDate>{_rss_date(a.day)}</pubDate></item>"
            for a in list(self.articles.values())[-6:]
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Mẫu Sơn</title>{items}</channel></rss>'.encode()
        )

    def _index(self, page: int) -> bytes:
        slugs = sorted(self.articles)[(page - 1) * 10 : page * 10]
        links = "".join(f'<li><a href="/tin/{slug}">{self.articles[slug].title}</a></li>' for slug in slugs)
        further = f'<a href="/tin-tuc?page={page + 1}">Trang sau</a>' if slugs else ""
        return f"<html><body>{MENU.format(clock='')}<ul>{links}</ul>{further}{SIDE}</body></html>".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up, as it should where a body is too large, is no error."""


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(self.site.pause)
        name = urlsplit(self.path).path
        if name == "/tin/cham.html":
            self._drip()
        elif name == "/tin/to.html":
            self._flood()
        elif name == "/tin/to-bao-truoc.html":
            self._send(200, {"Content-Type": "text/html", "Content-Length": str(100 * MEGABYTE)}, b"x" * 65536)
            self.close_connection = True
        else:
            self._plain(*self.site.answer(self.path))

    def _plain(self, status: int, headers: dict[str, str], body: bytes) -> None:
        tag, modified = f'"{hashlib.sha256(body).hexdigest()[:16]}"', formatdate(_MODIFIED, usegmt=True)
        if status == 200 and self.path.endswith(WITHOUT_TAG):
            headers = {**headers, "Last-Modified": modified}
            if self.headers.get("If-Modified-Since") == modified:
                status, body = 304, b""
        elif status == 200:
            headers = {**headers, "ETag": tag, "Last-Modified": modified}
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
        self._send(status, {**headers, "Content-Length": str(len(body))}, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        sent = self._write(body)
        self._count(status, sent)

    def _write(self, body: bytes) -> int:
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
            return 0
        return len(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        end, sent = time.monotonic() + self.site.slow_seconds, 0
        while time.monotonic() < end and self._write(b"<p>") and not self.close_connection:
            sent += 3
            time.sleep(0.05)
        self.close_connection = True
        self._count(200, sent)

    def _flood(self) -> None:
        """100 MB without saying so beforehand."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        sent = 0
        while sent < 100 * MEGABYTE and self._write(b"10000\r\n" + b"x" * 65536 + b"\r\n"):
            sent += 65536
        self.close_connection = True
        self._count(200, sent)

    def _count(self, status: int, sent: int) -> None:
        agent = self.headers.get("User-Agent", "")
        self.site.requests.append(Request(self.path, status, sent, agent, time.monotonic()))

    def log_message(self, *_: object) -> None:
        pass


def _bomb() -> bytes:
    """About 100 kB of gzip that unpack to 100 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join([*(packer.compress(b"<p>" * (MEGABYTE // 3)) for _ in range(100)), packer.flush()])


def to_windows_1258(text: str) -> bytes:
    """Text in windows-1258, where most letters with two marks are a letter and a combining tone."""
    import unicodedata

    encoded = bytearray()
    for letter in text:
        try:
            encoded += letter.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        parts = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", parts.replace(tone, ""))
        encoded += rest.encode("cp1258") + tone.encode("cp1258")
    return bytes(encoded)


def _rss_date(day: str) -> str:
    year, month, date = map(int, day.split("-"))
    return formatdate(time.mktime((year, month, date, 12, 0, 0, 0, 0, 0)), usegmt=True)


if __name__ == "__main__":
    with Site(port=8899) as served:
        print(f"serving {served.url}; end with Ctrl-C")
        try:
            while True:
                time.sleep(60)
        except KeyboardInterrupt:
            pass
