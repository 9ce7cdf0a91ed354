"""How many articles find their district, and what it costs: this resolver beside two address parsers.

    python benchmarks/places.py                          the cases of tests/places, as Markdown tables
    python benchmarks/places.py --gold FILE.jsonl        annotated articles (title, text, unit_level, district_code ...)
    python benchmarks/places.py --faults                 and what went wrong with ours

``vietnamadminunits`` and ``underthesea.address`` read postal addresses: they are given the title, or title and text,
and asked for the district of the 63 provinces. An article that is about no district must find none. Every parser runs
on the same articles in this process, one after the other. Resolving is set beside the whole extraction as well, for
these articles and for the bundled ones (``extraction.py``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "places"))

from case_files import article, cases
from extraction import plan_articles

from extract.article import Article
from extract.language.normalise import joined
from extract.places.gazetteer import Gazetteer, gazetteer
from extract.places.mentions import find_district_mentions
from extract.places.resolver import resolve
from extract.places.scanner import scan
from extract.reader import read_article

_GROUPS = ("hard", "pages")
ROUNDS = 40
Finder = Callable[[Article], str | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """An article with the district that it is about, or None, and the group that it is counted in."""

    article: Article
    district: str | None
    group: str


def from_cases() -> list[Expected]:
    """The cases of the tests: plain, hard and odd forms of pages."""
    return [
        Expected(article(case), case.get("district"), case["file"] if case["file"] in _GROUPS else "plain")
        for case in cases()
    ]


def from_gold(path: Path) -> list[Expected]:
    """Annotated articles, one JSON object a line."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold: dict[str, Any] = json.loads(line)
        text = Article(gold["id"], gold["title"], gold["text"], gold["url"], gold["publisher"], gold["published_on"])
        found.append(Expected(text, gold["district_code"] if gold["unit_level"] == "district" else None, path.stem))
    return found


def ours(text: Article) -> str | None:
    """The resolver of this project, with the address and the outlet of the article."""
    return resolve(text).district_code


def ours_text_only(text: Article) -> str | None:
    """The same without address and outlet."""
    return resolve(Article(text.article_id, text.title, text.text, None, None, text.published_on)).district_code


def vietnamadminunits(whole: bool) -> Finder:
    """``parse_address`` for the 63 provinces, at the level of districts."""
    from vietnamadminunits import parse_address

    def find(text: Article) -> str | None:
        unit = parse_address(f"{text.title}\n{text.text}" if whole else text.title, mode="LEGACY", level=2)
        return unit.district_code or None

    return find


def underthesea_address(whole: bool) -> Finder:
    """``parse_address`` of ``underthesea.address``, its names looked up in our gazetteer."""
    from underthesea.address.parser import parse_address

    def find(text: Article) -> str | None:
        unit = parse_address(f"{text.title}, {text.text}" if whole else text.title)
        for name in (unit.district, unit.province):
            words = name.lower().split()
            for start in range(len(words)):
                known = gazetteer().names.get(" ".join(words[start:]))
                if known and len({district.code for district in known.districts}) == 1:
                    return known.districts[0].code
        return None

    return find


def measure(
    name: str, find: Finder, expected: Iterable[Expected]
) -> tuple[list[str], list[tuple[Expected, str | None]]]:
    """One row of the table, and what was answered wrongly or not at all."""
    counts: Counter[str] = Counter()
    faults = []
    spent = 0.0
    for item in expected:
        scan.cache_clear()
        start = time.process_time()
        found = find(item.article)
        spent += time.process_time() - start
        about = "district" if item.district else "other"
        counts[about] += 1
        counts[f"{about} right"] += found == item.district
        counts["wrong"] += found is not None and found != item.district
        if found != item.district:
            faults.append((item, found))
    total = counts["district"] + counts["other"]
    row = [
        name, f"{counts['district right']}/{counts['district']}", f"{counts['other right']}/{counts['other']}",
        str(counts["wrong"]), f"{spent / total * 1e6:.0f}",
    ]  # fmt: skip
    return row, faults


def share_of_reading(articles: list[Article]) -> str:
    """What resolving costs of the whole extraction: one article after the other, with naming the units of the text
    besides, and in place, where reading another article has taken the caches in between.
    """
    places = [resolve(text) for text in articles]

    def name_units() -> None:
        for text, place in zip(articles, places, strict=True):
            resolve(text)
            if place.unit_level == "district":
                find_district_mentions(joined(text.text), place, text.published_on)

    works: list[Callable[[], object]] = [
        lambda: [resolve(text) for text in articles], name_units, lambda: [read_article(text) for text in articles]
    ]  # fmt: skip
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):  # in turns: the machine may be shared
        for at, work in enumerate(works):
            scan.cache_clear()
            start = time.process_time()
            work()
            best[at] = min(best[at], time.process_time() - start)
    resolving, naming, reading = (seconds / len(articles) * 1e6 for seconds in best)
    placed = _in_place(articles) / len(articles) * 1e6
    return (
        f"Resolving takes {resolving:.0f} of {reading:.0f} µs an article ({resolving / reading:.1%}), "
        f"with the units that the text names {naming:.0f} ({naming / reading:.1%}), "
        f"between two readings {placed:.0f} ({placed / reading:.1%})"
    )


def _in_place(articles: list[Article]) -> float:
    """Seconds that resolving takes for all ``articles``, each right after another was read: the best of all rounds."""
    best = [float("inf")] * len(articles)
    for _ in range(ROUNDS):
        for at, text in enumerate(articles):
            read_article(articles[at - 1])
            scan.cache_clear()
            start = time.process_time()
            resolve(text)
            best[at] = min(best[at], time.process_time() - start)
    return sum(best)


def main() -> None:
    """Print one table a group."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument(
        "--gold", type=Path, action="append", default=[], help="annotated articles instead of the cases"
    )
    arguments.add_argument(
        "--faults", action="store_true", help="print what our resolver answers wrongly or not at all"
    )
    chosen = arguments.parse_args()
    expected = [item for path in chosen.gold for item in from_gold(path)] or from_cases()

    start = time.process_time()
    Gazetteer()
    loaded = time.process_time() - start
    finders: list[tuple[str, Finder]] = [
        ("this resolver", ours), ("this resolver, title and text only", ours_text_only),
        ("vietnamadminunits, title", vietnamadminunits(whole=False)),
        ("vietnamadminunits, title and text", vietnamadminunits(whole=True)),
        ("underthesea.address, title", underthesea_address(whole=False)),
        ("underthesea.address, title and text", underthesea_address(whole=True)),
    ]  # fmt: skip
    without_marks = Article("", "Huyen Na Ri", "Huyen Na Ri thu ngan sach")
    for _, find in finders:  # what is loaded at first use is not the cost of an article
        find(expected[0].article)
        find(without_marks)
    print(f"Gazetteer loads in {loaded:.2f} s. Seconds are those of the processor.")
    about_districts = [item.article for item in expected if item.district]
    for kind, articles in (("cases", about_districts), ("plan-like", plan_articles())):
        print(f"{share_of_reading(articles)}: {len(articles)} articles, {kind}.")
    for group in dict.fromkeys(item.group for item in expected):
        inside = [item for item in expected if item.group == group]
        print(f"\n{group}: {len(inside)} articles\n")
        print("| parser | district right | no district, none found | wrong district | µs an article |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, find in finders:
            row, faults = measure(name, find, inside)
            print("| " + " | ".join(row) + " |")
            for item, answer in faults if chosen.faults and find is ours else ():
                why = resolve(item.article).resolved_by
                print(f"  {item.article.article_id}: {answer}, not {item.district}: {why}")


if __name__ == "__main__":
    main()
