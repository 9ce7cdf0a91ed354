"""Articles find their district, and none where there is none to find."""

from __future__ import annotations

from typing import Any

import pytest
from case_files import FOLDER, article, cases, fault

from extract.places.gazetteer import gazetteer
from extract.places.resolver import resolve


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_article_finds_its_place(case: dict[str, Any]) -> None:
    assert fault(case, resolve(article(case))) is None


@pytest.mark.parametrize("case", cases("known_faults", FOLDER.parent), ids=lambda case: str(case["id"]))
def test_known_fault_stands(case: dict[str, Any]) -> None:
    """What is known not to work is told, and noticed when it does."""
    assert fault(case, resolve(article(case))) is not None, f"{case['id']} is resolved now: move it to cases/"


def test_cases_cover_the_country() -> None:
    """At least 150 cases, 50 of them hard and 70 of odd forms of pages, each province at least once, no id twice."""
    named = {gazetteer().unit_on(case["district"], None).province_code for case in cases() if case.get("district")}
    assert len(cases()) >= 150
    assert len(cases("hard")) >= 50
    assert len(cases("pages")) >= 70
    assert named == set(gazetteer().provinces)
    assert len({case["id"] for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_decision_explains_itself(case: dict[str, Any]) -> None:
    """Every decision names its evidence; a district comes with the unit that held on the day and with a score."""
    place = resolve(article(case))
    assert place.resolved_by
    if place.district_code is None:
        assert place.unit_id is None
        assert place.score == 0
    else:
        assert place.unit_level == "district"
        assert place.candidates[0][0] == place.district_code
        assert 0 < place.score <= 1
        assert place.unit_id in {unit.unit_id for unit in gazetteer().by_code[place.district_code]}
