"""How fast a dated goal is being approached, and how fast it has to be."""

from dataclasses import dataclass
from datetime import date

from kvalitetslib.analysis.goal_standing import Standing
from kvalitetslib.model import ReferenceKind
from kvalitetslib.register import Goal
from kvalitetslib.report import Evidence, Question, Report

SHORTEST_LEFT = 0.5
"""Years that at least are left: a goal due at once would ask for an endless pace."""
_DAYS = 365.25


@dataclass(frozen=True)
class Pace:
    """Change a year in the indicator's own unit and direction; None when unknown."""

    needed: float | None = None
    so_far: float | None = None


def pace_of(report: Report, goal: Goal, standing: Standing) -> Pace:
    """The pace to a target that is not reached and not yet due; empty for others.

    Where the movement is tested, both are those of the test.
    """
    target, due = goal.target, goal.due
    if target is None or due is None or due <= report.data_through:
        return Pace()
    if standing.ahead(target)[0] >= 0:
        return Pace()
    about = [
        each
        for each in report.all_evidence
        if (each.indicator, each.group) == (goal.indicator, goal.group)
    ]
    for each in about:
        held = each.reference
        is_own = held is not None and held.value == target
        if each.question is Question.MOVE and is_own and each.beside and each.difference:
            so_far = each.beside.value
            return Pace(so_far - standing.sign * each.difference, so_far)
    left = max(_years(report.data_through, due), SHORTEST_LEFT)
    return Pace((target - standing.value) / left, _trend(about, standing.sign))


def _trend(about: list[Evidence], sign: float) -> float | None:
    """The slope a year, or the change from one year of months to the next."""
    trend = next((each for each in about if each.question is Question.TREND), None)
    if trend is None or trend.difference is None:
        return None
    held = trend.reference
    is_wave = held is not None and held.kind is not ReferenceKind.EARLIER
    return None if is_wave else sign * trend.difference


def _years(first: date, last: date) -> float:
    return (last - first).days / _DAYS
