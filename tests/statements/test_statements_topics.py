"""Topics are copied field by field, by hand and fast: no field may be forgotten."""

from __future__ import annotations

import dataclasses

from extract.statements.windows import Topic


def test_a_copy_has_every_field_of_its_topic() -> None:
    topic = Topic("budget_revenue", "thu ngân sách")
    for position, field in enumerate(dataclasses.fields(Topic)):
        setattr(topic, field.name, f"value {position}")
    copied = topic.copy()
    assert all(getattr(copied, field.name) == getattr(topic, field.name) for field in dataclasses.fields(Topic))
