"""What reading an article costs: articles a second beside underthesea's word_tokenize, growth with length, memory.

    python -m benchmarks.extraction                  as Markdown tables; a minute or two
    python -m benchmarks.extraction --full           memory over 100,000 articles, more rounds
    python -m benchmarks.extraction --only speed     one of speed, length, memory

Speed is the whole of ``read_article`` (place, figures, rows with evidence) against ``word_tokenize`` alone, on the same
texts, in the same process, on one core, in turns: first on the bundled articles, which hold plan figures, then on
ordinary news that holds none (``general_news.yaml``). Both are warmed up. Seconds are those of the processor, since the
machine may be shared. Its speed may change from one second to the next, so turns are short and many: the ratio is the
median of those of neighbouring turns, beside it the middle half of them.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from extract.article import Article
from extract.compiled import is_compiled
from extract.reader import read_article

REPOSITORY = Path(__file__).parent.parent
DAY = "2023-12-20"
TURN = 0.2  # seconds of work in one turn
SAMPLES = 10  # readings of memory


def plan_articles() -> list[Article]:
    """The bundled articles: results and plans of districts."""
    found = []
    for path in sorted((REPOSITORY / "data" / "articles").glob("*.md")):
        head, text = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
        fields = yaml.safe_load(head)
        found.append(
            Article(
                path.stem,
                fields["title"],
                text,
                fields.get("url"),
                fields.get("publisher"),
                str(fields.get("published_on")),
            )
        )
    return found


def general_articles() -> list[Article]:
    """Ordinary news without any plan figure."""
    path = Path(__file__).parent / "general_news.yaml"
    news = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Article(str(at), item["title"], item["text"], published_on=DAY) for at, item in enumerate(news)]


def one_core() -> None:
    """Keep this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def per_second(call: Callable[[Article], object], articles: list[Article]) -> float:
    """Articles a second of processor time over at least one pass and ``TURN`` seconds."""
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < TURN:
        for article in articles:
            call(article)
        done += len(articles)
    return done / spent


def speed(rounds: int) -> None:
    """Print articles a second of both readers on both kinds of articles."""
    from underthesea import word_tokenize

    readers: dict[str, Callable[[Article], object]] = {
        "read_article": read_article,
        "underthesea.word_tokenize": lambda article: word_tokenize(article.text),
    }
    print(
        "| articles | count | characters each | rows each | read_article a second | word_tokenize a second | ratio "
        "| middle half |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind, articles in (("plan-like", plan_articles()), ("general news", general_articles())):
        rows = sum(len(read_article(article).rows) for article in articles)
        rates: dict[str, list[float]] = {name: [] for name in readers}
        for call in readers.values():
            per_second(call, articles)
        for _ in range(rounds):
            for name, call in readers.items():
                rates[name].append(per_second(call, articles))
        ours, theirs = (statistics.median(rates[name]) for name in readers)
        ratios = [one / other for one, other in zip(*(rates[name] for name in readers), strict=True)]
        low, ratio, high = statistics.quantiles(ratios, n=4)
        length = sum(len(article.text) for article in articles) // len(articles)
        print(
            f"| {kind} | {len(articles)} | {length:,} | {rows / len(articles):.1f} | {ours:,.0f} | {theirs:,.1f} "
            f"| {ratio:,.1f} | {low:,.1f}-{high:,.1f} |",
            flush=True,
        )


def length(rounds: int) -> None:
    """Print what one article costs when its text is said once, ten times and a hundred times."""
    article = max(plan_articles(), key=lambda article: len(article.text))
    print("| text | characters | milliseconds | microseconds for 1,000 characters |")
    print("|---|---:|---:|---:|")
    for times in (1, 10, 100):
        text = "\n\n".join([article.text] * times)
        longer = Article(article.article_id, article.title, text, article.url, article.publisher, article.published_on)
        read_article(longer)
        seconds = statistics.median(1 / per_second(read_article, [longer]) for _ in range(rounds))
        print(f"| {times} x | {len(text):,} | {seconds * 1e3:,.2f} | {seconds * 1e9 / len(text):,.0f} |", flush=True)


def memory(count: int) -> None:
    """Print the memory of the process while it reads ``count`` articles, each with other figures."""
    print("| articles read | megabytes now | megabytes at the highest |")
    print("|---:|---:|---:|")
    for done, article in enumerate(_other_figures(count), start=1):
        read_article(article)
        if done % max(1, count // SAMPLES) == 0:
            gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {done:,} | {_resident():,.1f} | {peak:,.1f} |", flush=True)


def _other_figures(count: int) -> Iterator[Article]:
    """The bundled articles and the general news again and again, every digit that is not of a year drawn anew."""
    rng = random.Random(count)
    articles = plan_articles() + general_articles()
    for at in range(count):
        article = articles[at % len(articles)]
        text = re.sub(r"\b(?!(?:19|20)\d\d\b)\d+", lambda match: _drawn(rng, match.group()), article.text)
        yield Article(str(at), article.title, text, article.url, article.publisher, article.published_on)


def _drawn(rng: random.Random, digits: str) -> str:
    return digits[0] + "".join(rng.choice("0123456789") for _ in digits[1:])


def _resident() -> float:
    """Megabytes of this process in memory now (Linux; elsewhere the peak)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Run the benchmarks that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=["speed", "length", "memory"], help="one part only")
    parser.add_argument("--full", action="store_true", help="memory over 100,000 articles, more rounds")
    parser.add_argument("--articles", type=int, help="how many articles for memory")
    options = parser.parse_args()
    one_core()
    rounds = 3 if options.full else 1
    parts: dict[str, Callable[[], None]] = {
        "speed": lambda: speed(15 * rounds),
        "length": lambda: length(3 * rounds),
        "memory": lambda: memory(options.articles or (100_000 if options.full else 5_000)),
    }
    print(f"\nThe reader runs {'compiled' if is_compiled() else 'in plain Python (`make compile` makes it faster)'}.")
    for name, run in parts.items():
        if options.only in (None, name):
            print(f"\n## {name}\n")
            run()


if __name__ == "__main__":
    main()
