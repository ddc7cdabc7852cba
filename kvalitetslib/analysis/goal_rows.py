"""The goals of each followed row by kind: a level to reach, a level to hold, a place to move to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.panel import Floats
from kvalitetslib.register import Goal, GoalKind


@dataclass(frozen=True, eq=False)
class GoalRows:
    """Goals for the whole kommun, one entry a row.

    Attributes
    ----------
    shown : the goal that stands beside the value: the one whose target decides.
    target : (rows,) a level to be reached by now; NaN when there is none.
    aim : (rows,) the target of a utvecklingsmål that is neither reached nor due; NaN without.
    dues : when the goal of ``aim`` is due.
    is_kkf : (rows,) is the indicator a kritisk kvalitetsfaktor, with a target or without?
    """

    shown: tuple[Goal | None, ...]
    target: Floats
    aim: Floats
    dues: tuple[date | None, ...]
    is_kkf: npt.NDArray[np.bool_]


def goal_rows(
    goals: Sequence[Goal],
    asked: Sequence[tuple[str, str]],
    *,
    reached: Floats,
    polarity: Floats,
    on: date,
) -> GoalRows:
    """The goals of rows (nämnd, indicator), whatever their order in mal.csv.

    Parameters
    ----------
    reached, polarity : (rows,) latest value times polarity, and polarity.
    on : the day of the report.
    """
    about: dict[tuple[str, str], list[Goal]] = {}
    for goal in goals:
        if goal.group.is_total and goal.indicator:
            about.setdefault((goal.namnd, goal.indicator), []).append(goal)
    rows = [
        _row(about.get(key, []), value, sign, on)
        for key, value, sign in zip(asked, reached.tolist(), polarity.tolist(), strict=True)
    ]
    return GoalRows(
        shown=tuple(level or aim or kept for level, aim, kept in rows),
        target=np.array([_target(level) for level, _, _ in rows], dtype=float),
        aim=np.array([_target(aim) for _, aim, _ in rows], dtype=float),
        dues=tuple(aim.due if aim else None for _, aim, _ in rows),
        is_kkf=np.array([kept is not None for _, _, kept in rows], dtype=bool),
    )


def is_pending(goal: Goal, on: date) -> bool:
    """A utvecklingsmål whose due date is still to come."""
    return goal.kind is GoalKind.DEVELOPMENT and goal.due is not None and goal.due > on


def _row(
    goals: Sequence[Goal], reached: float, sign: float, on: date
) -> tuple[Goal | None, Goal | None, Goal | None]:
    """The goal whose level is to be reached, the one to move to, and the one to hold."""
    with_target = [each for each in goals if each.target is not None]
    moving = [
        each for each in with_target if is_pending(each, on) and reached < sign * _target(each)
    ]
    levels = [each for each in with_target if each not in moving]
    kept = [each for each in goals if each.kind is GoalKind.KKF]
    # A kritisk kvalitetsfaktor goes before a utvecklingsmål, and that before an uppdrag.
    levels.sort(key=lambda each: list(GoalKind).index(each.kind))
    return next(iter(levels), None), next(iter(moving), None), next(iter(kept), None)


def _target(goal: Goal | None) -> float:
    return np.nan if goal is None or goal.target is None else goal.target
