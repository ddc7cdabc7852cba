"""The own values of one indicator and group round the start of an åtgärd.

Another åtgärd, or a named change, in the same series would be taken for a part of this one's
effect. So the values begin at the last such change before, and end at the first one after, as far
as enough are left; what began nearer than that cannot be told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.analysis.dense import PER_YEAR, Dense
from kvalitetslib.analysis.effect_found import Beside, Drawn, named
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.model import Group
from kvalitetslib.period import Period, PeriodKind, parse_period
from kvalitetslib.stats.interrupted import FEWEST_AFTER, FEWEST_BEFORE

NEAR = 4
"""Changes that begin nearer than so many months, quarters or years cannot be told apart."""


@dataclass(frozen=True, eq=False)
class Course:
    """Values at each period in time order, NaN where withheld or missing.

    ``series.at`` numbers the periods and ``start`` is the first one of the new order; ``per_year``
    is 1 for years. ``shared`` are other åtgärder that began within the values.
    """

    series: Dense
    per_year: int
    start: int
    shared: tuple[str, ...] = ()

    @property
    def is_after(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.series.at >= self.start)

    @property
    def n_before(self) -> int:
        return int(np.sum(self._known & ~self.is_after))

    @property
    def n_after(self) -> int:
        return int(np.sum(self._known & self.is_after))

    @property
    def before(self) -> tuple[str, str]:
        """The first and the last period before with a value."""
        return self._ends(~self.is_after)

    @property
    def after(self) -> tuple[str, str]:
        return self._ends(self.is_after)

    @property
    def drawn(self) -> Drawn:
        """The known values by period."""
        return drawn(self.series.periods, self.series.values)

    @property
    def _known(self) -> npt.NDArray[np.bool_]:
        return np.asarray(~np.isnan(self.series.values))

    def _ends(self, side: npt.NDArray[np.bool_]) -> tuple[str, str]:
        places = np.flatnonzero(side & self._known)
        return self.series.periods[places[0]], self.series.periods[places[-1]]


def drawn(periods: Sequence[str], values: Floats) -> Drawn:
    """The known values by period."""
    pairs = zip(periods, values.tolist(), strict=True)
    return tuple((period, value) for period, value in pairs if not np.isnan(value))


def rows_of(own: pd.DataFrame, indicator: str, group: Group) -> pd.DataFrame:
    """The kommun's protected rows about an indicator and a group, in time order."""
    kept = np.logical_and.reduce(
        [
            own["indicator"] == indicator,
            own["gender"] == group.gender,
            own["age"] == group.age,
            own["area"] == group.area,
            own["enhet"] == "",
        ]
    )
    return own[kept & (group.other == "")].sort_values("at")


def course_of(rows: pd.DataFrame, start: date, beside: Sequence[Beside]) -> Course | None:
    """The values round a start; None when none is known.

    Months and quarters go before years, and of these the kind of the latest period is read. The
    period in which an åtgärd begins is the first of the new order, but a year that had come past
    its first quarter is neither before nor after.
    """
    kinds = [parse_period(text).kind for text in rows["period"]]
    dense = [each for each in kinds if each in PER_YEAR]
    kind = dense[-1] if dense else kinds[-1] if kinds else PeriodKind.YEAR
    part = rows[np.array([each is kind for each in kinds], dtype=bool)]
    if part["value"].isna().all():
        return None
    per_year = PER_YEAR.get(kind, 1)
    periods = [parse_period(text) for text in part["period"]]
    values, events, n = (
        part[name].to_numpy(dtype=float) for name in ("value", "numerator", "denominator")
    )
    if per_year == 1:
        values = np.where([_is_mixed(each, start) for each in periods], np.nan, values)
    at = np.array([_number(each.start, per_year) for each in periods], dtype=float)
    first = next((x for x, each in zip(at, periods, strict=True) if each.end >= start), at[-1] + 1)
    if per_year > 1:
        first = _number(start, per_year)
    whole = Course(Dense(tuple(part["period"]), at, values, events, n), per_year, int(first))
    return _between(whole, [(_number(each.on, per_year), each) for each in beside])


def _is_mixed(period: Period, start: date) -> bool:
    """Is more than a quarter of the year of the old order, and the rest of the new?"""
    return period.start < start <= period.end and (start - period.start).days > 92


def _between(course: Course, beside: Sequence[tuple[int, Beside]]) -> Course:
    """The values from the last change before to the first one after, where enough are left."""
    at, start = course.series.at, course.start
    known = ~np.isnan(course.series.values)
    later = min((x for x, _ in beside if x >= start + NEAR), default=None)
    earlier = max((x for x, _ in beside if x <= start - NEAR), default=None)
    kept = np.ones(len(at), dtype=bool)
    if later is not None and np.sum(known & (at >= start) & (at < later)) >= FEWEST_AFTER:
        kept &= at < later
    if earlier is not None and np.sum(known & (at >= earlier) & (at < start)) >= FEWEST_BEFORE:
        kept &= at >= earlier
    left = at[kept]
    inside = [each for x, each in beside if len(left) and left[0] < x <= left[-1]]
    series = course.series
    cut = Dense(
        tuple(p for p, keep in zip(series.periods, kept, strict=True) if keep),
        left,
        series.values[kept],
        series.numerator[kept],
        series.denominator[kept],
    )
    return replace(course, series=cut, shared=named(inside))


def _number(day: date, per_year: int) -> int:
    return day.year * per_year + (day.month - 1) * per_year // 12
