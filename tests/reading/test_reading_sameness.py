"""Which articles are one report: over sites, over months, with other figures, and which are not."""

import datetime as dt
import random

import polars as pl

from extract.reading.sameness import find_same_reports
from extract.schemas import split_valid

VOCABULARY = "thu ngân sách huyện xã kế hoạch phát triển kinh tế hội nghị nhiệm vụ rừng lúa ngô đường trường trạm người"
WORDS = VOCABULARY.split()


def text(seed: int, paragraphs: int = 6) -> str:
    """An article of its own words."""
    dice = random.Random(seed)
    return "\n".join(
        " ".join(dice.choice(WORDS) for _ in range(40)) + f" đạt {dice.randint(10, 99)},{dice.randint(1, 9)} tỷ đồng."
        for _ in range(paragraphs)
    )


def frame(*rows: tuple[str, str, str | None, str]) -> pl.DataFrame:
    """(id, day, url, text) as an article frame."""
    return pl.DataFrame(
        [(i, dt.date.fromisoformat(day), url, body) for i, day, url, body in rows],
        schema={"article_id": pl.String, "published_on": pl.Date, "url": pl.String, "text": pl.String}, orient="row",
    )  # fmt: skip


def groups(*frames: pl.DataFrame) -> dict[str, tuple[str, str, str]]:
    """article -> (report, version, relation)."""
    found = find_same_reports(frames)
    accepted, rejected = split_valid("same_report", found)
    assert rejected.is_empty()
    rows = accepted.select("article_id", "report_id", "version_id", "relation").rows()
    return {row[0]: row[1:] for row in rows}


def test_copies_on_other_sites_are_one_report_over_the_end_of_the_month() -> None:
    report = text(1)
    january = frame(
        ("portal", "2024-01-30", "https://a.vn/1", report), ("other", "2024-01-31", "https://a.vn/2", text(2))
    )
    february = frame(
        ("paper", "2024-02-01", "https://b.vn/9", "Tăng cỡ chữ Giảm cỡ chữ\n" + report + "\n355 lượt xem"),
        ("aggregator", "2024-02-03", "https://c.vn/x", report.replace("huyện", "huyện nhà", 2) + "\nNguồn: b"),
    )
    assert groups(january, february) == {
        "portal": ("portal", "portal", "original"),
        "paper": ("portal", "portal", "same"),
        "aggregator": ("portal", "portal", "near"),
    }


def test_a_changed_figure_is_another_version_of_the_report() -> None:
    report = text(3)
    changed = report.replace("đạt ", "đạt 1", 1)
    assert groups(
        frame(("a", "2024-01-01", None, report), ("b", "2024-01-05", None, changed), ("c", "2024-01-06", None, changed))
    ) == {
        "a": ("a", "a", "original"),
        "b": ("a", "b", "revised"),
        "c": ("a", "b", "same"),
    }


def test_another_day_of_the_event_is_no_other_figure() -> None:
    one, other = (
        f"Sáng {day}, ngày {day}/2024, lúc 08:30, huyện họp. {text(8)} 26/34 chỉ tiêu" for day in ("15/4", "16/4")
    )
    assert groups(frame(("a", "2024-04-15", None, one), ("b", "2024-04-16", None, other)))["b"][2] == "near"
    fewer = other.replace("26/34", "25/34")
    assert groups(frame(("a", "2024-04-15", None, one), ("b", "2024-04-16", None, fewer)))["b"][2] == "revised"


def test_one_address_with_a_reworked_text_is_linked() -> None:
    paragraphs = text(4, 10).split("\n")
    reworked = "\n".join(paragraphs[:8]) + "\n" + text(5, 2)
    pair = ("a", "2024-01-01", "https://a.vn/1", "\n".join(paragraphs))
    assert groups(frame(pair, ("b", "2024-01-02", "https://a.vn/1", reworked)))["b"][2] == "revised"
    assert groups(frame(pair, ("b", "2024-01-02", "https://b.vn/1", reworked))) == {}


def test_same_phrases_with_other_figures_are_another_report() -> None:
    def monthly(number: int) -> str:
        return "\n".join(
            f"Thu ngân sách tháng {number} ước đạt {10 * number + i},{i} tỷ đồng, bằng {80 + number + i}% kế hoạch;"
            f" trồng {i}{number}5 ha rừng."
            for i in range(8)
        )

    assert groups(frame(*((f"m{n}", f"2024-0{n}-05", None, monthly(n)) for n in range(1, 5)))) == {}


def test_the_next_year_is_not_compared() -> None:
    assert groups(frame(("a", "2023-01-01", None, text(6)), ("b", "2024-01-01", None, text(6)))) == {}


def test_short_texts_need_the_same_words() -> None:
    notes = frame(
        ("a", "2024-01-01", None, "Thông báo nghỉ lễ"),
        ("b", "2024-01-01", None, "Thông báo nghỉ Tết"),
        ("c", "2024-01-02", None, "Thông báo  nghỉ lễ"),
    )
    assert groups(notes) == {"a": ("a", "a", "original"), "c": ("a", "a", "same")}


def test_an_article_that_joins_two_groups_makes_them_one() -> None:
    paragraphs = text(7, 24).split("\n")
    left, right, both = paragraphs[:21], paragraphs[3:], paragraphs[1:23]
    found = groups(
        frame(
            ("a", "2024-01-01", None, "\n".join(left)),
            ("b", "2024-01-02", None, "\n".join(right)),
            ("c", "2024-01-03", None, "\n".join(both)),
        )
    )
    assert {row[0] for row in found.values()} == {"a"}
    assert len(found) == 3


def test_the_cut_into_frames_does_not_matter() -> None:
    rows = [(f"a{n:03d}", f"2024-01-{n % 28 + 1:02d}", None, text(n % 40)) for n in range(90)]
    rows.sort(key=lambda row: (row[1], row[0]))
    whole = find_same_reports([frame(*rows)])
    pieces = find_same_reports(frame(*rows[i : i + 7]) for i in range(0, len(rows), 7))
    assert whole.equals(pieces)
    assert whole.height > 40
