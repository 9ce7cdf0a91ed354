"""Value objects are copied field by field, by hand and fast: no field may be forgotten."""

from __future__ import annotations

import inspect

import pytest

from extract.language.numbers import Figure
from extract.statements.events import Event, Sentence
from extract.statements.windows import Topic, Window

FIGURE = Figure(3, 5, 1.5, 2.5, 3.5, "pct", "ha", 4.5, 5.5, True, 6, 7, "date")
EVENT = Event("cue", 1, 2, "up", None, FIGURE, None, True, True, 8)
SENTENCE = Sentence(0, 9, 1, True, [EVENT])
TOPIC = Topic("yield", "lúa", "rice", EVENT, True, True, "pct", True, True, EVENT, "growth", True, True, True)
WINDOW = Window([EVENT], [EVENT], SENTENCE, EVENT, FIGURE, 4, 2, 8, "plan")


@pytest.mark.parametrize("original", [FIGURE, EVENT, TOPIC], ids=lambda original: type(original).__name__)
def test_a_copy_has_every_field(original: Figure | Event | Topic) -> None:
    assert original.copy() is not original
    assert _fields(original.copy()) == _fields(original)


def test_a_window_about_another_figure_has_every_other_field() -> None:
    other = FIGURE.copy()
    assert _fields(WINDOW.about(other)) == {**_fields(WINDOW), "figure": other}


def test_the_examples_leave_no_field_at_its_default() -> None:
    for example in (FIGURE, EVENT, TOPIC, WINDOW):
        defaults = {name: p.default for name, p in inspect.signature(type(example)).parameters.items()}
        told = {name for name, value in _fields(example).items() if value is not defaults[name]}
        assert told == set(defaults) - {"name", "time"}


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in inspect.signature(type(value)).parameters}
