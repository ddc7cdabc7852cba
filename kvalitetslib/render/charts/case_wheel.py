"""Where each case stands on the improvement wheel: a count in each step, and a mark a case.

A case that has come back is a diamond, one that is gone for good a filled circle, one that is
watched a ring: the shape tells it, not the colour alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import pi

from kvalitetslib.render.charts.canvas import Chart, circle, diamond, document, draw, number
from kvalitetslib.render.charts.lettering import block
from kvalitetslib.render.charts.wheel import SIZE, STEPS, ground, hub, segment, spot, wedge_shape

MOST_MARKS = 11
"""Marks that a step has room for; its count tells of all."""
_RIM = 93.0
_TEXT = 60.0
_LINE = 5.0
_APART = 0.104
"""Radians between two marks."""


class Mark(StrEnum):
    """What a case's mark looks like."""

    OPEN = "case"
    BACK = "case back"
    WATCHED = "case open"
    SECURED = "case good"


@dataclass(frozen=True)
class Standing:
    """The marks of the cases at one step of the wheel, the most pressing first."""

    marks: tuple[Mark, ...]


def case_wheel(standings: Sequence[Standing], *, id: str, title: str, description: str) -> Chart:
    """The wheel with its cases, one standing a step in the order of `STEPS`.

    Raises
    ------
    ValueError : if there is not one standing a step.
    """
    if len(standings) != len(STEPS):
        raise ValueError(f"{len(standings)} standings of a wheel with {len(STEPS)} steps")
    turn = 2 * pi / len(STEPS)
    body = [ground(), *hub()]
    for place, standing in enumerate(standings):
        is_last = place == len(STEPS) - 1
        body += _step(place, turn, standing)
        body += [wedge_shape()] if is_last else []
    return document("casewheel", body, id=id, title=title, description=description, size=SIZE)


def _step(place: int, turn: float, standing: Standing) -> Iterable[str]:
    middle = pi + turn * (place + 1.5)
    kind = " secured" if place == len(STEPS) - 1 else ""
    yield f'<path class="step{kind}" d="{segment(middle, turn)}"/>'
    name = block(STEPS[place].name, 92, 2)
    x, y = spot(middle, _TEXT)
    rise = _LINE * (len(name.lines) + 0.6)
    yield draw(name, x, y - rise, anchor="middle")
    count = len(standing.marks)
    cls = "count" if count else "count none"
    yield draw(block(number(count), 60), x, y + 2 * _LINE, cls=cls, anchor="middle")
    shown = standing.marks[:MOST_MARKS]
    first = middle - _APART * (len(shown) - 1) / 2
    for number_, mark in enumerate(shown):
        yield _mark(mark, spot(first + number_ * _APART, _RIM))


def _mark(mark: Mark, at: tuple[float, float]) -> str:
    if mark is Mark.BACK:
        return diamond(*at, 4.8, mark)
    return circle(*at, 3.4 if mark is Mark.WATCHED else 3.9, mark)
