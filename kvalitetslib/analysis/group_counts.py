"""Counts of each group of the kommun over the latest year of periods, for all indicators at once.

Decisions and alarms are new in every period and add up. Residents are the same: a year of months
tells of no more people than one month does. So their year counts as one period of mean size, which
is exact when nobody's answer changes within the year and careful when some do.

Worked example: 40 of 100 pupils in spring and 44 of 100 in autumn are 42 of 100, but 84 of 200 if
they were decisions.

Withheld cells take no part, neither as a group nor in "the rest", so that nothing can be derived
from a comparison.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.analysis.panel import Floats
from kvalitetslib.period import PeriodKind, parse_period

DIMENSIONS = ("gender", "age", "area")
PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
_WHOLE = {"gender": "T", "age": "", "area": ""}

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class GroupCounts:
    """One row an indicator and group along one dimension, sorted; arrays of shape (rows,).

    hits, n : people or events counted over the latest year of periods, as independent ones; hits
        need not be whole.
    rest_hits, rest_n : the same of the indicator's other groups.
    first, last, periods : the first and last period counted, and how many they are.
    """

    dimension: str
    indicator: tuple[str, ...]
    group: tuple[str, ...]
    hits: Floats
    n: Floats
    rest_hits: Floats
    rest_n: Floats
    table: Ints
    first: tuple[str, ...]
    last: tuple[str, ...]
    periods: Ints


def group_counts(own: pd.DataFrame, dimension: str, events: Set[str] = frozenset()) -> GroupCounts:
    """The groups along one dimension; cells are whole in the other dimensions.

    A group that is withheld or missing in some of the periods is left out: its year would not be
    whole. So is an indicator with fewer than two groups.

    Parameters
    ----------
    own : protected rows of the kommun, the columns of ``sources.indicators``.
    events : the indicators whose denominators are events, each counted once.
    """
    rows = _counted(own, dimension)
    at, window = _clock(rows["period"])
    # Factorising in sorted order makes rows of an indicator, its groups and periods comparable.
    indicator, ids = pd.factorize(rows["indicator"].astype(str), sort=True)
    group, names = pd.factorize(rows[dimension].astype(str), sort=True)
    recent, wanted, first, last = _latest_year(np.asarray(indicator), at, window)
    texts = rows["period"].astype(str).to_numpy()
    cell = indicator.astype(np.int64) * len(names) + group
    cells, member = np.unique(cell[recent], return_inverse=True)
    hits, n = (
        np.bincount(member, rows[name].to_numpy(dtype=float)[recent], minlength=len(cells))
        for name in ("numerator", "denominator")
    )
    seen = np.bincount(member, minlength=len(cells))
    owner = cells // max(len(names), 1)
    kept = seen == wanted[owner]
    kept &= np.bincount(owner[kept], minlength=len(ids))[owner] >= 2
    owner, hits, n = owner[kept], hits[kept], n[kept]
    table = np.unique(owner, return_inverse=True)[1]
    all_hits, all_n = (np.bincount(table, each)[table] for each in (hits, n))
    adds_up = np.isin(ids.to_numpy(dtype=object), list(events))
    times = np.where(adds_up, 1, wanted)[owner]
    people = _independent(hits, n, times)
    others = _independent(all_hits - hits, all_n - n, times)
    return GroupCounts(
        dimension=dimension,
        indicator=tuple(ids[owner].tolist()),
        group=tuple(names[cells[kept] % max(len(names), 1)].tolist()),
        hits=people[0],
        n=people[1],
        rest_hits=others[0],
        rest_n=others[1],
        table=table,
        first=tuple(texts[first[owner]].tolist()),
        last=tuple(texts[last[owner]].tolist()),
        periods=wanted[owner],
    )


def _independent(hits: Floats, n: Floats, times: Ints) -> tuple[Floats, Floats]:
    """The same share of a whole number of people, each counted once and not ``times``."""
    people = np.maximum(np.round(n / times), 1.0)
    return hits / n * people, people


def _counted(own: pd.DataFrame, dimension: str) -> pd.DataFrame:
    kept = (
        own["numerator"].notna().to_numpy(dtype=bool)
        & (own["denominator"] > 0).to_numpy(dtype=bool)
        & ~own["withheld"].to_numpy(dtype=bool)
        & (own["enhet"] == "").to_numpy(dtype=bool)
        & (own[dimension] != _WHOLE[dimension]).to_numpy(dtype=bool)
    )
    for other in DIMENSIONS:
        if other != dimension:
            kept &= (own[other] == _WHOLE[other]).to_numpy(dtype=bool)
    return own[kept]


def _clock(periods: pd.Series) -> tuple[Floats, Ints]:
    """Time of each row's period, and how many such periods make a year."""
    codes, names = pd.factorize(periods)
    known = [parse_period(str(text)) for text in names]
    at = np.array([each.at for each in known], dtype=float)
    window = np.array([PER_YEAR.get(each.kind, 1) for each in known], dtype=np.int64)
    return at[codes], window[codes]


def _latest_year(
    indicator: Ints, at: Floats, window: Ints
) -> tuple[npt.NDArray[np.bool_], Ints, Ints, Ints]:
    """Which rows lie in their indicator's latest year of periods of the latest kind.

    Also, for each indicator: how many periods that year holds, and a row of its first and last.
    """
    size = int(indicator.max(initial=-1)) + 1
    order = np.lexsort((at, indicator))
    last = np.zeros(size, dtype=np.int64)
    last[indicator[order]] = order
    same_kind = window == window[last][indicator]
    moments, place = np.unique(
        np.stack([indicator[same_kind], at[same_kind]], axis=1), axis=0, return_inverse=True
    )
    owner = moments[:, 0].astype(np.int64)
    count = np.bincount(owner, minlength=size)
    from_end = np.cumsum(count)[owner] - np.arange(len(owner))
    recent = np.zeros(len(at), dtype=bool)
    recent[same_kind] = (from_end <= window[last][owner])[place.ravel()]
    first = np.zeros(size, dtype=np.int64)
    kept = order[recent[order]][::-1]
    first[indicator[kept]] = kept
    return recent, np.minimum(count, window[last]), first, last
