"""Questions to own monthly and quarterly indicators: level, direction, chart and pace."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.dense import Answer, Asked, dense_claim, since
from kvalitetslib.analysis.process import CHART_POINTS, asked_of, last_restart
from kvalitetslib.analysis.process_claims import is_moved_towards, process_claims
from kvalitetslib.model import Kommun, ReferenceKind
from kvalitetslib.register import Goal
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.year_means import (
    YearModel,
    YearSum,
    latest_year,
    year_change,
    year_model,
    year_pace,
)

METHOD = "t-prov där perioder hänger ihop (GLS-AR1, REML)"
PACE_YEARS = 5
"""A pace is relevant when it moves a relevant difference in this many years."""
_DAYS = 365.25
_SHORTEST_LEFT = 0.5


def monthly_claims(
    kommun: Kommun,
    own: pd.DataFrame,
    goals: tuple[Goal, ...],
    *,
    on: date,
) -> Iterator[Claim]:
    """Claims about the kommun's own series with several values a year.

    Parameters
    ----------
    own : the kommun's protected rows since each indicator's last series break.
    on : the day from which a goal is due or still to come.
    """
    for asked in asked_of(kommun, own, goals):
        recent = since_restart(asked)
        series = recent.series
        model = year_model(series.values, series.at, window=series.window)
        year = latest_year(model)
        if series.n >= CHART_POINTS or series is asked.series:
            yield from _year_claims(recent, model, year, on=on)
        yield from process_claims(asked, on=on, year_mean=year.recent)


def since_restart(asked: Asked) -> Asked:
    """The same question to the values since the last named change alone.

    A mean over a change of the process itself is of neither the old nor the new order.
    """
    place = last_restart(asked.indicator, asked.series)
    return asked if place == 0 else replace(asked, series=since(asked.series, place))


def _year_claims(asked: Asked, model: YearModel, year: YearSum, *, on: date) -> Iterator[Claim]:
    """Level, direction and pace. After a named change they wait for twelve values."""
    target = None if asked.goal is None else asked.goal.target
    if target is not None:
        yield _level(asked, year, target)
    yield from _direction(asked, year_change(model))
    if is_moved_towards(asked, on=on, year_mean=year.recent):
        yield from _pace(asked, model)


def _level(asked: Asked, year: YearSum, target: float) -> Claim:
    """The mean of the latest year of periods against the goal."""
    answer = _tested(
        asked,
        replace(year, estimate=year.recent - target),
        held=(ReferenceKind.GOAL, "målet", target),
    )
    return dense_claim(asked, Question.LEVEL, EvidenceKind.OWN, answer)


def _direction(asked: Asked, change: YearSum) -> Iterator[Claim]:
    """The latest year of periods against the same periods the year before."""
    if np.isnan(change.estimate):
        return
    answer = _tested(
        asked, change, held=(ReferenceKind.EARLIER, "tolv månader tidigare", change.before)
    )
    yield dense_claim(asked, Question.TREND, EvidenceKind.DIRECTION, answer)


def _pace(asked: Asked, model: YearModel) -> Iterator[Claim]:
    """Utvecklingsmål: the pace from year to year against the pace that reaches it when it is due.

    The line through the means of the two years is drawn out to the due date. How far it ends from
    the target, per year that is left, is what the pace lacks.
    """
    series, goal = asked.series, asked.goal
    if goal is None or goal.target is None or goal.due is None:
        return
    # The mean of a year stands in the middle of it.
    middle = series.at[series.latest] - (series.window - 1) / 2
    due = (goal.due.year + (goal.due.timetuple().tm_yday - 1) / _DAYS) * series.window
    left = max((due - middle) / series.window, _SHORTEST_LEFT)
    there = year_pace(model, left=left)
    if np.isnan(there.estimate):
        return
    answer = replace(
        _tested(
            asked,
            replace(there, estimate=there.estimate - goal.target / left),
            held=(ReferenceKind.GOAL, "målet", goal.target),
        ),
        delta=asked.indicator.delta / PACE_YEARS,
        beside=there.recent - there.before,
    )
    yield dense_claim(asked, Question.MOVE, EvidenceKind.DIRECTION, answer)


def _tested(asked: Asked, found: YearSum, *, held: tuple[ReferenceKind, str, float]) -> Answer:
    """The answer of a t test of the estimate, turned so that positive is good."""
    difference = float(asked.sign * found.estimate)
    test = difference_test(difference, found.se, found.df)
    return Answer(
        value=found.recent,
        held=held,
        difference=difference,
        method=METHOD,
        bounds=(float(test.low), float(test.high)),
        p=float(test.p),
        firm=found.settled,
    )
