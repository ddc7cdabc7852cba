"""What may be worked out from periods that hold each other: a month from its quarter and year.

A period is withheld with any shorter one that it holds, as the others could be subtracted from it.
A withheld period whose parts are all shown is their sum; then the smallest part goes too.

Worked example: 20, 18 and 3 people in January to March. March is hidden, so the first quarter, the
year and the school year are hidden as well: 41 - 20 - 18 would give it away.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.period import Period, parse_period

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Nested:
    """The rows by slice and period, and which period holds which.

    ``holds`` (periods, periods) is true where the first holds the second; ``months`` (periods,
    months) what each covers.
    """

    slices: Ints
    periods: Ints
    people: npt.NDArray[np.float64]
    holds: Bools
    months: Bools


def nested_periods(values: pd.DataFrame, same: list[str]) -> Nested:
    """The periods of each slice: of rows alike in the columns ``same``; one row at least."""
    codes, texts = pd.factorize(values["period"])
    spans = [parse_period(str(text)) for text in texts]
    first, last = (
        np.array([_month(each, end=end) for each in spans], dtype=np.int64) for end in (False, True)
    )
    holds = (first[:, None] <= first) & (last <= last[:, None])
    at = np.arange(first.min(), last.max() + 1)
    return Nested(
        slices=values.groupby(same, observed=True, sort=False).ngroup().to_numpy(dtype=np.int64),
        periods=codes.astype(np.int64),
        people=np.nan_to_num(values["denominator"].to_numpy(dtype=float), nan=np.inf),
        holds=holds & ~np.eye(len(spans), dtype=bool),
        months=(first[:, None] <= at) & (at <= last[:, None]),
    )


def told_by_periods(nested: Nested, withheld: Bools) -> Bools:
    """The shown rows that would give a withheld one away."""
    chosen = np.zeros(len(withheld), dtype=bool)
    if not nested.holds.any() or not withheld.any():
        return chosen
    rows = np.flatnonzero(np.isin(nested.slices, np.unique(nested.slices[withheld])))
    slices = np.unique(nested.slices[rows], return_inverse=True)[1]
    periods = nested.periods[rows]
    hidden, shown = (
        np.zeros((slices.max() + 1, len(nested.holds)), dtype=np.float32) for _ in range(2)
    )
    hidden[slices[withheld[rows]], periods[withheld[rows]]] = 1
    shown[slices[~withheld[rows]], periods[~withheld[rows]]] = 1
    longer = hidden @ nested.holds.T.astype(np.float32) > 0
    chosen[rows] = longer[slices, periods] & ~withheld[rows]
    for whole in np.flatnonzero((hidden > 0).any(axis=0) & nested.holds.any(axis=1)):
        parts = shown * nested.holds[whole]
        covered = (parts @ nested.months[:, nested.months[whole]].astype(np.float32) > 0).all(
            axis=1
        )
        is_sum = covered & (hidden[:, whole] > 0)
        is_part = is_sum[slices] & nested.holds[whole][periods] & ~withheld[rows]
        chosen[_smallest(rows[is_part], slices[is_part], nested.people)] = True
    return chosen


def _smallest(rows: Ints, tables: Ints, people: npt.NDArray[np.float64]) -> Ints:
    """The row of the fewest people in each table, the first of those alike."""
    order = np.lexsort((rows, people[rows], tables))
    return rows[order[np.unique(tables[order], return_index=True)[1]]]


def _month(period: Period, *, end: bool) -> int:
    day = period.end if end else period.start
    return 12 * day.year + day.month
