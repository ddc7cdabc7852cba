"""Questions to own monthly and quarterly indicators: level, direction and the latest signal."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kvalitetslib.analysis.claims import WEIGHTS, Claim
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.model import Goal, Group, Indicator, Kommun, Namnd, ReferenceKind
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.report import Estimate, EvidenceKind, Question
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.noise import year_noise
from kvalitetslib.stats.process import xmr_chart

PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
CHART_POINTS = 12
"""Fewest points for a control chart (METHODS: XmR from twelve)."""


@dataclass(frozen=True, eq=False)
class Dense:
    """One group's values at every period in time order; NaN is withheld or missing."""

    periods: tuple[str, ...]
    values: Floats

    @property
    def window(self) -> int:
        """Periods in a year."""
        return PER_YEAR[parse_period(self.periods[-1]).kind]

    @property
    def latest(self) -> int:
        return int(np.flatnonzero(~np.isnan(self.values))[-1])


def dense_totals(own: pd.DataFrame) -> dict[str, Dense]:
    """The monthly or quarterly series for all people, by indicator."""
    whole = np.logical_and.reduce(
        [own["gender"] == "T", own["age"] == "", own["area"] == "", own["enhet"] == ""]
    )
    several = {text for text in own["period"].unique() if parse_period(text).kind in PER_YEAR}
    rows = own[whole & own["period"].isin(several).to_numpy()].sort_values("at")
    found = {}
    for id, part in rows.groupby("indicator", observed=True):
        values = part["value"].to_numpy(dtype=float)
        if not np.isnan(values).all():
            found[str(id)] = Dense(tuple(part["period"]), values)
    return found


def monthly_claims(kommun: Kommun, own: pd.DataFrame, goals: tuple[Goal, ...]) -> Iterator[Claim]:
    """Claims about the kommun's own series with several values a year."""
    known = {each.id: each for each in kommun.indicators}
    dense = dense_totals(own)
    for namnd in kommun.namnder:
        for id in namnd.indicators:
            if id not in dense:
                continue
            series = dense[id]
            target = _target(goals, namnd, id)
            asked = _Asked(namnd, known[id], series)
            if target is not None:
                yield _level(asked, target)
            if np.isfinite(series.values).sum() >= 2 * series.window:
                yield _direction(asked)
            if np.isfinite(series.values).sum() >= CHART_POINTS:
                yield _signal(asked)


@dataclass(frozen=True, eq=False)
class _Asked:
    namnd: Namnd
    indicator: Indicator
    series: Dense

    @property
    def polarity(self) -> float:
        return POLARITY.get(self.indicator.direction, np.nan)


def _target(goals: tuple[Goal, ...], namnd: Namnd, id: str) -> float | None:
    for goal in goals:
        if (goal.namnd, goal.indicator) == (namnd.nyckel, id) and goal.group.is_total:
            return goal.target
    return None


def _level(asked: _Asked, target: float) -> Claim:
    """The mean of the latest year of periods against the goal."""
    recent = _recent(asked.series)
    noise = year_noise(asked.series.values)
    sign = 1.0 if np.isnan(asked.polarity) else asked.polarity
    difference = sign * (recent.mean() - target)
    return _claim(
        asked,
        question=Question.LEVEL,
        kind=EvidenceKind.OWN,
        reference=(ReferenceKind.GOAL, "målet", target),
        numbers=_tested(difference, noise.sigma / np.sqrt(len(recent)), noise.df),
        value=float(recent.mean()),
    )


def _direction(asked: _Asked) -> Claim:
    """The latest year of periods against the year before it."""
    values = asked.series.values[np.isfinite(asked.series.values)]
    window = asked.series.window
    recent, before = values[-window:], values[-2 * window : -window]
    noise = year_noise(values)
    sign = 1.0 if np.isnan(asked.polarity) else asked.polarity
    difference = sign * (recent.mean() - before.mean())
    return _claim(
        asked,
        question=Question.TREND,
        kind=EvidenceKind.DIRECTION,
        reference=(ReferenceKind.EARLIER, "tolv månader tidigare", float(before.mean())),
        numbers=_tested(difference, noise.sigma * np.sqrt(2 / window), noise.df),
        value=float(recent.mean()),
    )


def _signal(asked: _Asked) -> Claim:
    """Does the latest point break the run rules of its control chart?"""
    chart = xmr_chart(asked.series.values)
    last = asked.series.latest
    rules = {
        "utanför gränserna": chart.outside[last],
        "sju i rad på samma sida": chart.run[last],
        "sju i rad åt samma håll": chart.trend[last],
        "två av tre i yttre tredjedelen": chart.outer_third[last],
    }
    fired = [(name, sign) for name, sign in rules.items() if sign]
    sign = 1.0 if np.isnan(asked.polarity) else asked.polarity
    value = float(asked.series.values[last])
    return _claim(
        asked,
        question=Question.CHANGE,
        kind=EvidenceKind.OWN,
        reference=(ReferenceKind.EARLIER, "medelvärdet", chart.mean),
        numbers=(sign * (value - chart.mean), np.nan, np.nan, np.nan),
        value=value,
        signal=f"{fired[0][0]}{'+' if fired[0][1] > 0 else '-'}" if fired else "",
    )


def _tested(difference: float, sigma: Floats, df: Floats) -> tuple[float, float, float, float]:
    test = difference_test(difference, sigma, df)
    return difference, float(test.low), float(test.high), float(test.p)


def _recent(series: Dense) -> Floats:
    return series.values[np.isfinite(series.values)][-series.window :]


def _claim(
    asked: _Asked,
    *,
    question: Question,
    kind: EvidenceKind,
    reference: tuple[ReferenceKind, str, float],
    numbers: tuple[float, float, float, float],
    value: float,
    signal: str = "",
) -> Claim:
    series = asked.series
    held, label, held_value = reference
    difference, low, high, p = numbers
    method = "kontrolldiagram" if question is Question.CHANGE else "t-prov mot månadsvariationen"
    return Claim(
        namnd=asked.namnd,
        indicator=asked.indicator,
        group=Group(),
        question=question,
        kind=kind,
        period=series.periods[series.latest],
        cell=Estimate(value, None, None, None, None, method, ""),
        reference_kind=held,
        reference_label=label,
        reference_value=held_value,
        reference_members=0,
        difference=float(difference),
        low=low,
        high=high,
        delta=asked.indicator.delta,
        p=p,
        n_periods=int(np.isfinite(series.values).sum()),
        first_period=series.periods[0],
        method=method,
        polarity=asked.polarity,
        weight=WEIGHTS[held],
        firm=not signal,
        signal=signal,
    )
