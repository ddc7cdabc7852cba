"""The kommun's own series with several values a year, and what a question to one of them gives."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kvalitetslib.analysis.claims import PACE_SO_FAR, WEIGHTS, Claim
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.model import Group, Indicator, Namnd, ReferenceKind
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.register import Goal
from kvalitetslib.report import Estimate, EvidenceKind, Question

PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
UNKNOWN = (np.nan, np.nan)
"""Bounds that do not exist."""


@dataclass(frozen=True, eq=False)
class Dense:
    """One group's values at every period in time order; NaN is withheld or missing.

    ``at`` numbers the months (or quarters) from year 0; ``numerator`` and ``denominator`` are the
    counts behind the values, NaN when unknown. At least one value is known.
    """

    periods: tuple[str, ...]
    at: Floats
    values: Floats
    numerator: Floats
    denominator: Floats

    @property
    def window(self) -> int:
        """Periods in a year."""
        return PER_YEAR[parse_period(self.periods[-1]).kind]

    @property
    def latest(self) -> int:
        return int(np.flatnonzero(~np.isnan(self.values))[-1])

    @property
    def n(self) -> int:
        """Known values."""
        return int(np.isfinite(self.values).sum())

    @property
    def now(self) -> float:
        """The latest value."""
        return float(self.values[self.latest])

    def number(self, day: date) -> int:
        """The number of the period that a day falls in."""
        return _number(day, self.window)


def dense_totals(own: pd.DataFrame) -> dict[str, Dense]:
    """The monthly or quarterly series for all people, by indicator.

    Months and quarters of one indicator are not mixed: the kind of its latest period is read.
    """
    whole = np.logical_and.reduce(
        [own["gender"] == "T", own["age"] == "", own["area"] == "", own["enhet"] == ""]
    )
    several = {text for text in own["period"].unique() if parse_period(text).kind in PER_YEAR}
    rows = own[whole & own["period"].isin(several).to_numpy()].sort_values("at")
    found = {}
    for id, part in rows.groupby("indicator", observed=True):
        kinds = np.array([parse_period(text).kind for text in part["period"]])
        series = _dense(part[kinds == kinds[-1]])
        if not np.isnan(series.values).all():
            found[str(id)] = series
    return found


def since(series: Dense, place: int) -> Dense:
    """The series from a place on, which must not be after its latest known value."""
    return Dense(
        series.periods[place:],
        series.at[place:],
        series.values[place:],
        series.numerator[place:],
        series.denominator[place:],
    )


def _dense(part: pd.DataFrame) -> Dense:
    periods = tuple(part["period"])
    window = PER_YEAR[parse_period(periods[-1]).kind]
    at = [_number(parse_period(each).start, window) for each in periods]
    values, numerator, denominator = (
        part[name].to_numpy(dtype=float) for name in ("value", "numerator", "denominator")
    )
    return Dense(periods, np.array(at, dtype=float), values, numerator, denominator)


def _number(day: date, window: int) -> int:
    return day.year * window + (day.month - 1) * window // 12


@dataclass(frozen=True, eq=False)
class Asked:
    """A nämnd's indicator with its series and goal, to ask questions of."""

    namnd: Namnd
    indicator: Indicator
    series: Dense
    goal: Goal | None

    @property
    def polarity(self) -> float:
        """1 high is good, -1 low is, NaN neither."""
        return POLARITY.get(self.indicator.direction, np.nan)

    @property
    def sign(self) -> float:
        """What turns a difference so that positive is good; 1 without a good direction."""
        return 1.0 if np.isnan(self.polarity) else self.polarity

    def turned(self, low: float, high: float) -> tuple[float, float]:
        """Bounds turned so that positive is good, the lower one first."""
        first, last = sorted((self.sign * low, self.sign * high))
        return first, last


def goal_of(goals: tuple[Goal, ...], namnd: Namnd, id: str) -> Goal | None:
    """The nämnd's first goal with a target for the whole of the indicator."""
    for goal in goals:
        is_its = (goal.namnd, goal.indicator) == (namnd.nyckel, id)
        if is_its and goal.group.is_total and goal.target is not None:
            return goal
    return None


@dataclass(frozen=True)
class Answer:
    """What a question gave: differences turned so that positive is good, NaN = does not exist.

    ``held`` is the kind, name and value of what was held against; ``value`` is what was held.
    ``delta`` is the indicator's own relevant difference unless given.
    """

    value: float
    held: tuple[ReferenceKind, str, float]
    difference: float
    method: str
    bounds: tuple[float, float] = UNKNOWN
    p: float = float("nan")
    firm: bool = False
    delta: float | None = None
    signal: str = ""
    note: str = ""
    beside: float = float("nan")


def dense_claim(asked: Asked, question: Question, kind: EvidenceKind, answer: Answer) -> Claim:
    """The claim that an answer makes about all people."""
    series, indicator = asked.series, asked.indicator
    reference, label, value = answer.held
    return Claim(
        namnd=asked.namnd,
        indicator=indicator,
        group=Group(),
        question=question,
        kind=kind,
        period=series.periods[series.latest],
        cell=Estimate(answer.value, None, None, None, None, answer.method, ""),
        reference_kind=reference,
        reference_label=label,
        reference_value=value,
        reference_members=0,
        difference=answer.difference,
        low=answer.bounds[0],
        high=answer.bounds[1],
        delta=indicator.delta if answer.delta is None else answer.delta,
        p=answer.p,
        n_periods=series.n,
        first_period=series.periods[0],
        method=answer.method,
        polarity=asked.polarity,
        weight=WEIGHTS[reference],
        firm=answer.firm,
        signal=answer.signal,
        note=answer.note,
        beside=answer.beside,
        beside_label=PACE_SO_FAR if not np.isnan(answer.beside) else "",
    )
