"""Questions to a control chart: does the latest point signal, and is the goal always reached?"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.dense import Answer, Asked, dense_claim
from kvalitetslib.analysis.goal_rows import is_pending
from kvalitetslib.analysis.process import CHART_POINTS, assurance_of, chart_of, factor_of
from kvalitetslib.context import CHART_METHOD
from kvalitetslib.model import ReferenceKind
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.chart_signal import Assurance, Rule, latest_signals, signal_p
from kvalitetslib.stats.process import Chart

RULES = {
    Rule.OUTSIDE: "utanför gränserna",
    Rule.RUN: "sju i rad på samma sida",
    Rule.TREND: "sju i rad åt samma håll",
    Rule.OUTER_THIRD: "två av tre i yttre tredjedelen",
}
ASSURED = {Assurance.ALWAYS: "alltid", Assurance.NEVER: "aldrig"}


def process_claims(asked: Asked, *, on: date, year_mean: float) -> Iterator[Claim]:
    """The claims of one chart; none of a series too short for limits.

    ``year_mean`` tells whether a goal that is not yet due on the day ``on`` is reached already.
    """
    if asked.series.n < CHART_POINTS:
        return
    chart = chart_of(asked.indicator, asked.series)
    factor = factor_of(asked.indicator, asked.series)
    yield _signal(asked, chart, factor)
    if not is_moved_towards(asked, on=on, year_mean=year_mean):
        yield from _assured(asked, chart, factor)


def is_moved_towards(asked: Asked, *, on: date, year_mean: float) -> bool:
    """Is the goal a utvecklingsmål that is neither due nor reached?"""
    goal = asked.goal
    if goal is None or goal.target is None or not is_pending(goal, on):
        return False
    return asked.sign * (year_mean - goal.target) < 0


def _signal(asked: Asked, chart: Chart, factor: float) -> Claim:
    """Does the latest point break a rule? Without a signal the p is 1 and counts all the same.

    Notes
    -----
    Simulated without change, p <= 0.05 comes in at most 2 % of series of unrelated months, 5 % with
    autocorrelation 0.2 and 12 % with 0.4. A signal alone is therefore never more than *trolig*.
    """
    mean = factor * chart.mean
    fired = latest_signals(chart)
    answer = Answer(
        value=asked.series.now,
        held=(ReferenceKind.EARLIER, "medelvärdet", mean),
        difference=asked.sign * (asked.series.now - mean),
        method=CHART_METHOD,
        p=signal_p(chart),
        firm=not fired,
        signal=f"{RULES[fired[0].rule]}{'+' if fired[0].sign > 0 else '-'}" if fired else "",
    )
    return dense_claim(asked, Question.CHANGE, EvidenceKind.OWN, answer)


def _assured(asked: Asked, chart: Chart, factor: float) -> Iterator[Claim]:
    """The goal lies outside the limits. That is no test of chance, so it has no p.

    Limits tell what is to be expected only of a process that has been left alone: one with a
    signal in its latest year is not assured of anything.
    """
    if chart.flagged[-asked.series.window :].any():
        return
    assured = ASSURED.get(assurance_of(asked, chart))
    if assured is None or asked.goal is None or asked.goal.target is None:
        return
    target = asked.goal.target
    answer = Answer(
        value=asked.series.now,
        held=(ReferenceKind.GOAL, "målet", target),
        difference=asked.sign * (factor * chart.mean - target),
        method=CHART_METHOD,
        bounds=(np.nan, np.nan),
        signal=assured,
    )
    yield dense_claim(asked, Question.ASSURANCE, EvidenceKind.OWN, answer)
