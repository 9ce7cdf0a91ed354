"""What the address, the publisher and the dateline of an article say of its place.

Belongs here: hosts, subdomains, address slugs, dateline tags. Does not belong here: names in title and text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final
from urllib.parse import unquote

from extract.places.cues import forms, words
from extract.places.gazetteer import District, Province, gazetteer
from extract.places.readings import readings
from extract.places.scanner import is_marked, scan
from extract.places.spelling import accentless, slug

_HOST: Final = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$")
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST_CITY: Final = 5  # letters: Đà Lạt; Huế and Vinh are part of too much else


class Origin:
    """``province_code`` by the outlet (``sure`` where it serves that province alone); ``portal`` is the district whose
    own site it is; ``path`` is the address after the host (see :func:`slugged`), ``host`` is empty for a paper's name.
    """

    def __init__(
        self, province_code: str | None = None, sure: bool = False, portal: tuple[District, ...] = (), path: str = "",
        host: str = "",
    ) -> None:  # fmt: skip
        self.province_code, self.sure, self.portal, self.path, self.host = province_code, sure, portal, path, host


def origin(url: str | None, publisher: str | None) -> Origin:
    """Read the address and the publisher, a host or the name of a paper (either may be missing)."""
    host, path = _parts(url) if url else ("", "")
    if not host and publisher:
        name = publisher.strip().lower()
        host = _parts(name)[0] or (name.removeprefix("www.") if _HOST.match(name) else "")
        if not host:
            province_code, sure, portal = _named(publisher)
            return Origin(province_code, sure, portal, path)
    province_code, sure, portal = _served(host) if host else (None, False, ())
    return Origin(province_code, sure, portal, path, host)


@lru_cache(maxsize=4096)
def _named(publisher: str) -> tuple[str | None, bool, tuple[District, ...]]:
    """The same as :func:`_served` for a name: "Báo Thanh Hóa", "Cổng thông tin điện tử huyện Na Rì"."""
    found = readings(scan(publisher, is_marked(publisher)), None)
    provinces = {province.code for reading in found.provinces for province in reading.provinces}
    portal = next((reading.districts for reading in found.districts if reading.typed), ())
    return (provinces.pop(), True, portal) if len(provinces) == 1 else (None, False, portal)


def _parts(url: str) -> tuple[str, str]:
    """Host without www and port, and the rest; both empty where ``url`` is no address."""
    url = url.strip()
    start = url.find("//") + 2
    if start < 2:
        return "", ""
    stop = url.find("/", start)
    return (_host(url[start:]), "") if stop < 0 else (_host(url[start:stop]), url[stop + 1 :])


@lru_cache(maxsize=4096)
def _host(authority: str) -> str:
    """The host alone, without user, port and www."""
    host = authority.rpartition("@")[2].partition(":")[0].partition("?")[0].lower()
    return host.removeprefix("www.")


@lru_cache(maxsize=4096)
def _served(host: str) -> tuple[str | None, bool, tuple[District, ...]]:
    """The province that the host serves, whether it serves no other, and the district whose own site it is."""
    province_code, sure, label = _outlet(host)
    return province_code, sure, _portal(label, host, province_code)


def _outlet(host: str) -> tuple[str | None, bool, str]:
    """The province that the host serves, whether it serves no other, and the labels before the known domain."""
    labels = host.split(".")
    for size in range(len(labels)):
        domain = ".".join(labels[size:])
        if known := gazetteer().domains.get(domain):
            return known[0], known[1] == "strong", ".".join(labels[:size])
    named = max((known for known in _province_slugs() if _is_named(labels, known)), key=len, default=None)
    return (_province_slugs()[named] if named else None), False, ""


def _is_named(labels: list[str], province: str) -> bool:
    """Whether a label of the host begins or ends with a province: ``tinhuyhoabinh.vn``, ``truyenhinhnghean.vn``."""
    return any(label.startswith(province) or label.endswith(province) for label in labels)


@cache
def _province_slugs() -> dict[str, str]:
    """Slugs long enough to be no accident in a longer word -> code of the province."""
    return {province.slug: province.code for province in gazetteer().provinces.values() if len(province.slug) > 5}


@lru_cache(maxsize=4096)
def province_of_city_in(host: str) -> str | None:
    """The province whose city begins or ends a label of ``host``: ``dalat-info.vn``. A hint, where nothing else is.

    The longest name counts: ``donghai.com`` is Đông Hải, no Đông Hà. Districts other than cities have names like words.
    """
    labels = host.split(".")
    long_enough = (name for name in _squeezed() if len(name) >= _SHORTEST_CITY)
    units = _squeezed().get(max((name for name in long_enough if _is_named(labels, name)), key=len, default=""), ())
    codes = {unit.province_code for unit in units}
    return min(codes) if len(codes) == 1 and any(unit.unit_type.startswith("thanh_pho") for unit in units) else None


def _portal(label: str, host: str, province_code: str | None) -> tuple[District, ...]:
    """The district whose slug is a label of the host: ``khoaichau.hungyen.gov.vn``, ``babe.gov.vn``."""
    if province_code is None:
        if not host.endswith(".gov.vn"):
            return ()
        label = host.removesuffix(".gov.vn")
    for part in reversed(label.split(".")):
        for prefix in ("", *words("portals")):
            if not part.startswith(prefix):
                continue
            units = _squeezed().get(part[len(prefix) :].replace("-", ""), ())
            units = tuple(u for u in units if province_code in (None, u.province_code))
            if units and len({u.code for u in units}) == 1:
                return units
    return ()


@cache
def _slug_sizes() -> dict[str, tuple[int, ...]]:
    """First word of a slug -> the numbers of words that slugs beginning with it have, largest first."""
    sizes: dict[str, set[int]] = {}
    for key in gazetteer().slugs:
        parts = key.split("-")
        sizes.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(numbers, reverse=True)) for first, numbers in sizes.items()}


@cache
def _squeezed() -> dict[str, tuple[District, ...]]:
    table: dict[str, list[District]] = {}
    for key, units in gazetteer().slugs.items():
        table.setdefault(key.replace("-", ""), []).extend(units)
    return {key: tuple(units) for key, units in table.items()}


@cache
def _type_slugs() -> dict[str, str]:
    """Words of a type in an address -> the type."""
    return {slug: unit_type for unit_type, slugs in words("slugs").items() for slug in slugs}


@lru_cache(maxsize=64)
def slugged(path: str) -> tuple[tuple[tuple[tuple[District, ...], bool], ...], bool]:
    """Districts named in the words of an address, each with whether its type stands there too, and whether a commune is
    named there.
    """
    parts = _WORD.findall(accentless(unquote(path).lower()))
    slugs, sizes = gazetteer().slugs, _slug_sizes()
    found: list[tuple[tuple[District, ...], bool]] = []
    commune = False
    at = 0
    while at < len(parts):
        for size in sizes.get(parts[at], ()):
            key = "-".join(parts[at : at + size])
            if key in slugs and (size > 1 or len(key) > 3):
                before = parts[max(0, at - 2) : at]
                kind = _type_slugs().get("-".join(before)) or _type_slugs().get("-".join(before[-1:]))
                if kind == "xa":
                    commune = True
                elif kind != "tinh":
                    found.append((tuple(slugs[key]), kind is not None))
                at += size - 1
                break
        at += 1
    return tuple(found), commune


@lru_cache(maxsize=64)
def in_section_of_commune(path: str) -> bool:
    """Whether the address lies among the pages of a commune on its district's site: ``Xa-Son-Lang/Gioi-thieu/``."""
    for section in path.split("/")[:-1]:
        said = accentless(unquote(section).lower())
        for unit_type in words("slugs")["xa"]:
            if said.startswith(f"{unit_type}-") and said.removeprefix(f"{unit_type}-") in _commune_slugs():
                return True
    return False


@cache
def _commune_slugs() -> frozenset[str]:
    return frozenset(map(slug, gazetteer().commune_names))


@lru_cache(maxsize=64)
def province_in_address(path: str) -> str | None:
    """The only province (code) whose name stands in the words of an address: ``/tra-vinh/huyen-...``."""
    path = "-".join(["", *_WORD.findall(accentless(unquote(path).lower())), ""])
    found = {province.code for key, province in _province_words().items() if key in path}
    return found.pop() if len(found) == 1 else None


@cache
def _province_words() -> dict[str, Province]:
    return {f"-{slug(province.name)}-": province for province in gazetteer().provinces.values()}


_TAG: Final = re.compile(r"\n[\s(\[]*([A-ZĐ]{3,5})[)\]]*\s*[-–—]")
_ENDS_OF_HOSTS: Final = (".vn", ".com", ".org", ".net")
_HOST_NAME: Final = r"[A-Za-z0-9.-]+\.(?:vn|com|org|net)"
_SITE: Final = re.compile(rf"\(\s*({_HOST_NAME})\s*\)")


_HEAD: Final = 1500  # characters in which a dateline stands, after the menus of a portal
_TAIL: Final = 400  # characters at the end of a text, with its source and a widget or two


def dateline_province(text: str) -> str | None:
    """The province of a newspaper's tag or address in the text: "BBK - ", "(QNO)", "(Baonghean.vn) - "."""
    head = f"\n{text[:_HEAD]}"
    for match in _TAG.finditer(head):
        if province := gazetteer().tags.get(match.group(1)):
            return province.code
    for match in _SITE.finditer(head):
        code, _, _ = _outlet(match.group(1).lower())
        if code:
            return code
    return None


def site_said(text: str) -> str | None:
    """The province of the site that the end of the folded ``text`` gives as its source: "(Theo baolamdong.vn)"."""
    tail = text[-_TAIL:]
    if not any(end in tail for end in _ENDS_OF_HOSTS):
        return None
    for match in _source_site().finditer(tail):
        code, _, _ = _outlet(match.group(1).lower())
        if code:
            return code
    return None


@cache
def _source_site() -> re.Pattern[str]:
    said = "|".join(form for word in words("says_source") for marked in (True, False) for form in forms(word, marked))
    return re.compile(rf"\b(?:{said})\b(?: \w+(?=[ :]))?:? *(?:https?://)?(?:www\.)?({_HOST_NAME})", re.IGNORECASE)
