"""One page, asked for politely: conditions, redirects, limits, retries.

Belongs here: everything about a single address. Does not belong here: which addresses to ask (``crawl``), robots.txt
(``robots``) or connections (``connect``).
"""

from __future__ import annotations

import datetime as dt
import random
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

import httpx
from courlan import normalize_url

from extract.reading.response import HTML_TYPES, OFFICE_TYPES
from extract.reading.sources import WebSource, host_and_port
from extract.reading.web import pace
from extract.reading.web.connect import CONNECTION_ERRORS, PoliteTransport, PrivateAddressError, deadline

PAGES = (*HTML_TYPES, *OFFICE_TYPES)
LISTINGS = (
    "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/plain",
    "application/gzip", "application/x-gzip", "application/octet-stream", *HTML_TYPES,
)  # fmt: skip

_MOST_REDIRECTS = 5
_ATTEMPTS = 3
_LONGEST_REST = 120.0  # seconds; a host that asks for a longer rest is left alone until the next run
_TRY_AGAIN = {429, 500, 502, 503, 504}
_MEGABYTE = 2**20


class NotFetchedError(Exception):
    """An address that gave nothing. ``field`` names what was at fault; ``lasting`` says that asking again is idle."""

    def __init__(self, field: str, reason: str, remedy: str, lasting: bool = False) -> None:
        super().__init__(f"{field}: {reason}; {remedy}")
        self.field, self.reason, self.remedy, self.lasting = field, reason, remedy, lasting


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``raw`` is the body as it came over the wire, ``body`` unpacked; empty where nothing had changed."""

    url: str
    status: int
    headers: httpx.Headers
    raw: bytes = b""
    body: bytes = b""

    @property
    def unchanged(self) -> bool:
        """True where the server said that nothing changed since the last time (304)."""
        return self.status == 304

    @property
    def content_type(self) -> str:
        """Media type without parameters, lower case, empty where the server did not say."""
        return str(self.headers.get("content-type", "")).split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Charset of the content type, None where the server did not say."""
        for part in str(self.headers.get("content-type", "")).split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request takes: media types (``accept``, none: all), the pause before it (``delay_seconds``), the largest
    body (``megabytes``) and the headers of a conditional request (``conditions``)."""

    accept: tuple[str, ...]
    delay_seconds: float
    megabytes: float
    conditions: Mapping[str, str] = field(default_factory=dict)


def normal_address(url: str, base: str = "") -> str:
    """An absolute address in its normal form: lower-case host, no default port, no fragment, no tracking parameters."""
    try:
        return str(normalize_url(urldefrag(urljoin(base, url.strip()))[0]))
    except ValueError:
        return ""


class Client:
    """Asks the hosts of one source until ``stopped``, in any thread; counts ``requests`` and ``bytes_received``."""

    def __init__(self, source: WebSource, stopped: Callable[[], bool]) -> None:
        self._source, self._stopped = source, stopped
        self._http = httpx.Client(
            transport=PoliteTransport(source.private_addresses, max_connections=max(2, source.at_once)),
            headers={
                "User-Agent": source.user_agent, "Accept-Encoding": "gzip", "Accept-Language": "vi,en;q=0.5",
            },
            timeout=httpx.Timeout(min(30.0, source.timeout_seconds)), follow_redirects=False, trust_env=False,
        )  # fmt: skip
        self.requests = 0
        self.bytes_received = 0

    def close(self) -> None:
        """Closes all connections."""
        self._http.close()

    def get(self, url: str, wish: Wish, allowed: Callable[[str], None] | None = None) -> Fetched:
        """The page at ``url``, following redirects within the source's hosts. ``allowed`` is asked before each hop and
        raises where it is not. Raises NotFetchedError, and StoppedError after a stop."""
        asked = [url]
        while True:
            here = asked[-1]
            if host_and_port(here) not in self._source.hosts:
                raise NotFetchedError(
                    "redirect" if len(asked) > 1 else "host",
                    f"{here} is on a host that the source does not name ({', '.join(self._source.hosts)})",
                    "add the host under hosts: if it belongs to the site", lasting=True,
                )  # fmt: skip
            if allowed:
                allowed(here)
            answer = self._try(here, wish)
            if not answer.headers.get("location") or answer.status not in (301, 302, 303, 307, 308):
                return answer
            target = normal_address(answer.headers["location"], here)
            if target in asked or len(asked) > _MOST_REDIRECTS:
                raise NotFetchedError(
                    "redirect", f"redirects in a circle or more than {_MOST_REDIRECTS} times, at {here}",
                    "nothing to do: the site is broken there", lasting=True,
                )  # fmt: skip
            asked.append(target)

    def _try(self, url: str, wish: Wish) -> Fetched:
        host = host_and_port(url)
        for attempt in range(1, _ATTEMPTS + 1):
            begun = time.monotonic()
            rest = self._source.retry_seconds * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)
            try:
                with pace.shared.turn(host, wish.delay_seconds, self._source.at_once, self._stopped):
                    answer = self._once(url, wish)
            except PrivateAddressError as error:
                raise NotFetchedError(
                    "address", str(error), "set private_addresses: true if the source is your own server", lasting=True
                ) from error
            except CONNECTION_ERRORS as error:
                if time.monotonic() - begun >= self._source.timeout_seconds:
                    raise self._too_slow() from error
                problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            else:
                if answer.status not in _TRY_AGAIN:
                    return answer
                problem = f"the server answered {answer.status}"
                asked_rest = _retry_after(answer.headers)
                if asked_rest > _LONGEST_REST:
                    raise NotFetchedError(
                        "answer",
                        f"{problem} and asked for {asked_rest:.0f} s of rest",
                        "it is tried again in a later run",
                    )
                rest = max(rest, asked_rest)
            if attempt < _ATTEMPTS:
                pace.shared.hold(host, rest)
        raise NotFetchedError("answer", f"{problem}, {_ATTEMPTS} times", "it is tried again in a later run")

    def _once(self, url: str, wish: Wish) -> Fetched:
        headers = {"Accept": ", ".join((*wish.accept[:4], "*/*;q=0.1")), **wish.conditions}
        with deadline(self._source.timeout_seconds) as end, self._http.stream("GET", url, headers=headers) as answer:
            self.requests += 1
            if answer.status_code != 200:
                self._refuse_for_good(url, answer)
                return Fetched(url, answer.status_code, answer.headers)
            fetched = Fetched(url, 200, answer.headers)
            if wish.accept and fetched.content_type and fetched.content_type not in wish.accept:
                raise NotFetchedError(
                    "content type", f"{fetched.content_type} is no page of text", "exclude it with not_articles:",
                    lasting=True,
                )  # fmt: skip
            raw, body = self._read(answer, end, int(wish.megabytes * _MEGABYTE))
            return Fetched(url, 200, answer.headers, raw, body)

    def _refuse_for_good(self, url: str, answer: httpx.Response) -> None:
        status = answer.status_code
        if status in (404, 410):
            raise NotFetchedError("answer", f"the page does not exist ({status})", "nothing to do", lasting=True)
        if 400 <= status < 500 and status not in _TRY_AGAIN:
            raise NotFetchedError(
                "answer", f"the server refuses the page ({status})", "ask the site's owner", lasting=True
            )
        if status not in (304, *_TRY_AGAIN) and not answer.is_redirect:
            raise NotFetchedError("answer", f"the server answered {status}", "it is tried again in a later run")

    def _read(self, answer: httpx.Response, end: float, limit: int) -> tuple[bytes, bytes]:
        """(body as it came, body unpacked), neither longer than ``limit``: nothing is unpacked beyond it."""
        announced = answer.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            raise _too_large(f"the server announces {int(announced) / _MEGABYTE:.0f} MB")
        encoding = answer.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
            raise NotFetchedError(
                "encoding", f"packed as {encoding}, which was not asked for", "ask the site's owner", lasting=True
            )
        unpack = Unpacker(limit) if encoding.endswith(("gzip", "deflate")) else None
        raw, body = bytearray(), bytearray()
        for chunk in answer.iter_raw(65536):
            self.bytes_received += len(chunk)
            raw += chunk
            if len(raw) > limit:
                raise _too_large("the body does not end")
            if unpack:
                body += unpack(chunk)
            if time.monotonic() > end:
                raise self._too_slow()
        if unpack is None:
            return bytes(raw), bytes(raw)
        unpack.finish()
        return bytes(raw), bytes(body)

    def _too_slow(self) -> NotFetchedError:
        return NotFetchedError(
            "time", f"not done after {self._source.timeout_seconds:g} s", "it is tried again in a later run"
        )


class Unpacker:
    """gzip or zlib data piece by piece, never more than ``limit`` bytes of it. Raises NotFetchedError beyond."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def finish(self) -> None:
        """Raises NotFetchedError where the packed data broke off."""
        if not self._inflate.eof:
            raise NotFetchedError("encoding", "the gzip data breaks off", "it is tried again in a later run")

    def __call__(self, chunk: bytes) -> bytes:
        try:
            unpacked = self._inflate.decompress(chunk, self._left + 1)
        except zlib.error as error:
            raise NotFetchedError(
                "encoding", f"broken gzip data: {error}", "it is tried again in a later run"
            ) from error
        self._left -= len(unpacked)
        if self._left < 0:
            raise _too_large("the packed body grows beyond it (a gzip bomb)")
        return unpacked


def _too_large(reason: str) -> NotFetchedError:
    return NotFetchedError(
        "size", f"larger than the limit: {reason}", "raise max_megabytes: if the page is an article", lasting=True
    )


def _retry_after(headers: httpx.Headers) -> float:
    """Seconds that a server asks to wait; 0 where it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - dt.datetime.now(dt.UTC)).total_seconds()) if value else 0.0
    except (ValueError, TypeError):
        return 0.0
