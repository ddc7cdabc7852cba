"""The monthly or quarterly series that a fault shows in, as a report holds it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kvalitetslib.analysis.dense import PER_YEAR
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.case import FaultKey
from kvalitetslib.model import Group, Indicator
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.report import Estimate, IndicatorResult, Report


@dataclass(frozen=True, eq=False)
class Course:
    """An indicator's totals that are shown and not doubted, turned so that high is good."""

    indicator: Indicator
    periods: tuple[str, ...]
    at: Floats
    values: Floats
    window: int

    @property
    def latest(self) -> str:
        """The period of the newest value."""
        return self.periods[-1]

    def number(self, day: date) -> int:
        """The number of the period that a day falls in."""
        return day.year * self.window + (day.month - 1) * self.window // 12

    def after(self, day: date) -> int:
        """The first period that begins on the day or later."""
        number = self.number(day)
        return number if number > self.number(day - timedelta(days=1)) else number + 1

    @property
    def newest(self) -> int:
        """The first period of the quarter of the latest value."""
        quarter = max(self.window // 4, 1)
        return int(self.at[-1]) // quarter * quarter

    @property
    def sign(self) -> float:
        return POLARITY[self.indicator.direction]


def course_of(report: Report, key: FaultKey) -> Course | None:
    """The series of the indicator that a fault is about; None without several values a year."""
    if not key.group.is_total:
        return None
    result = next((each for each in report.indicators if each.indicator.id == key.about), None)
    if result is None or result.latest is None or result.indicator.direction not in POLARITY:
        return None
    kind = parse_period(result.latest.period).kind
    if kind not in PER_YEAR:
        return None
    doubted = {each.period for each in report.doubts if each.indicator == key.about}
    known = _known(result, doubted, kind)
    if result.latest.period not in known:
        return None
    window = PER_YEAR[kind]
    turned = POLARITY[result.indicator.direction]
    starts = [parse_period(each).start for each in known]
    return Course(
        result.indicator,
        tuple(known),
        np.array([each.year * window + (each.month - 1) * window // 12 for each in starts], float),
        turned * np.array(list(known.values()), dtype=float),
        window,
    )


def _known(result: IndicatorResult, doubted: set[str], kind: PeriodKind) -> dict[str, float]:
    """The values for all people by period, in the order of time, since the last series break."""
    breaks = [parse_period(each.period).start for each in result.indicator.breaks]
    first = max(breaks, default=date.min)
    totals = next((each for each in result.series if each.group == Group()), None)
    return {
        each.period: each.cell.value
        for each in (totals.points if totals is not None else ())
        if isinstance(each.cell, Estimate)
        and each.period not in doubted
        and parse_period(each.period).kind is kind
        and parse_period(each.period).start >= first
    }
