"""The cases of ``cases/*.yaml``: short articles of our own wording, with the unit that each is about."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.article import Article
from extract.extraction import DocumentPlace

FOLDER = Path(__file__).parent / "cases"


@cache
def cases(name: str = "*", folder: Path = FOLDER) -> tuple[dict[str, Any], ...]:
    """All cases, or those of one file, with the name of their file under ``file``."""
    return tuple(
        {**case, "file": path.stem}
        for path in sorted(folder.glob(f"{name}.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def article(case: dict[str, Any]) -> Article:
    """The article of a case, in the Unicode form that it asks for."""
    form = case.get("form", "NFC")
    title, text = (unicodedata.normalize(form, case[key]) for key in ("title", "text"))
    published = case.get("published_on")
    return Article(case["id"], title, text, case.get("url"), case.get("publisher"), published and str(published))


def fault(case: dict[str, Any], place: DocumentPlace) -> str | None:
    """What is wrong with ``place``, or None. A case of level ``open`` only asks that no district is taken."""
    if place.district_code != case.get("district"):
        return f"district {place.district_code}, not {case.get('district')} ({place.resolved_by})"
    for key, value in (
        ("unit_level", case["level"]),
        ("unit_id", case.get("unit")),
        ("province_code", case.get("province")),
    ):
        if value not in (None, "open") and getattr(place, key) != value:
            return f"{key} {getattr(place, key)}, not {value} ({place.resolved_by})"
    return None
