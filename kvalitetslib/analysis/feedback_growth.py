"""Which categories of synpunkter grow beside what is usual.

The quarter is held against four before it, one of each season: the latest of its kind that had not
itself grown. So a category that has grown is held against what was before until it is back. The
test is exact (`stats.rate_change`), and q is adjusted over the nämnd's categories. The number must
be above the same season of earlier years too, or it may be the season.

All is worked out from numbers that are shown; where a sum is only known within bounds, the bound
that is against a finding is used. A number that is withheld is too small to be a growth.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from kvalitetslib.analysis.feedback_counts import Counted, Span
from kvalitetslib.service import Trendword
from kvalitetslib.stats.multiplicity import benjamini_hochberg
from kvalitetslib.stats.rate_change import rate_change

SEASONS = 4
USUAL_P = 0.05
"""Chance under which a number is not what is usual."""
SEASON_P, ONE_SEASON_P = 0.025, 0.20
"""Chance over which it may be the season; one earlier quarter can show little by itself."""
MOST_SEASONS = 3


@dataclass(frozen=True)
class Growth:
    """A category in a quarter against what is usual; NaN where nothing was tested.

    ``usual`` is the sum of the quarters at the places ``base``.
    """

    base: tuple[int, ...] = ()
    usual: Span | None = None
    ratio: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    q: float = np.nan
    p_fewer: float = np.nan
    trend: Trendword = Trendword.UNDECIDED
    is_seasonal: bool = False
    """It differs from the four before, but not from the same season of earlier years."""


@dataclass(eq=False)
class _Past:
    """The quarters of each category that had grown, as they come."""

    grown: set[tuple[int, int]] = field(default_factory=set)

    def base(self, quarter: int, category: int) -> tuple[int, ...]:
        """The latest quarter of each season that had not grown; empty unless all four exist."""
        found = []
        for back in range(1, SEASONS + 1):
            places = range(quarter - back, -1, -SEASONS)
            free = (each for each in places if (each, category) not in self.grown)
            found.append(next(free, -1))
        return () if -1 in found else tuple(sorted(found))

    def same_season(self, quarter: int, category: int) -> tuple[int, ...]:
        places = range(quarter - SEASONS, -1, -SEASONS)
        return tuple(e for e in places if (e, category) not in self.grown)[:MOST_SEASONS]


def growth(counted: Counted, *, fdr: float) -> tuple[tuple[Growth, ...], ...]:
    """Every category in every quarter, [quarter][category], in the order of time.

    A quarter's answer rests on it and those before it alone, so that it is the same in every later
    report.
    """
    past, every = _Past(), []
    for quarter in range(len(counted.quarters)):
        tested = [_tested(counted, past, quarter, each) for each in range(len(counted.categories))]
        found = _judged(tested, counted, past, quarter, fdr)
        past.grown |= {
            (quarter, place) for place, each in enumerate(found) if each.trend is Trendword.GROWS
        }
        every.append(found)
    return tuple(every)


def _tested(counted: Counted, past: _Past, quarter: int, category: int) -> Growth:
    base = past.base(quarter, category)
    if not base:
        return Growth()
    usual = counted.span(category, base)
    if not counted.shown[quarter, category]:
        largest = counted.smallest - 1
        fewer = rate_change(largest, usual.low, time_before=SEASONS).p_fewer
        return Growth(base, usual, p_fewer=fewer)
    now = int(counted.counts[quarter, category])
    most, least = (rate_change(now, each, time_before=SEASONS) for each in (usual.high, usual.low))
    middle = usual.middle / SEASONS
    return Growth(
        base,
        usual,
        ratio=now / middle if middle else np.inf,
        low=most.low,
        high=least.high,
        p=most.p_more,
        p_fewer=least.p_fewer,
    )


def _judged(
    tested: list[Growth], counted: Counted, past: _Past, quarter: int, fdr: float
) -> tuple[Growth, ...]:
    """The same with q and a word."""
    q = benjamini_hochberg([each.p for each in tested])
    q_fewer = benjamini_hochberg([each.p_fewer for each in tested])
    return tuple(
        _worded(
            each, counted, past, (quarter, place), (float(q[place]), float(q_fewer[place]), fdr)
        )
        for place, each in enumerate(tested)
    )


def _worded(
    each: Growth,
    counted: Counted,
    past: _Past,
    at: tuple[int, int],
    levels: tuple[float, float, float],
) -> Growth:
    q, q_fewer, fdr = levels
    if not each.base:
        return each
    if q <= fdr:
        if _is_beyond_season(counted, past, at, upwards=True):
            return replace(each, q=q, trend=Trendword.GROWS)
        return replace(each, q=q, is_seasonal=True)
    if q_fewer <= fdr:
        is_seasonal = not _is_beyond_season(counted, past, at, upwards=False)
        trend = Trendword.SAME if is_seasonal else Trendword.SHRINKS
        return replace(each, q=q, trend=trend, is_seasonal=is_seasonal)
    if np.isnan(each.p) or (each.p > USUAL_P and each.p_fewer > USUAL_P):
        return replace(each, q=q, trend=Trendword.SAME)
    return replace(each, q=q)


def _is_beyond_season(counted: Counted, past: _Past, at: tuple[int, int], *, upwards: bool) -> bool:
    """Is it beyond the same season of earlier years too?"""
    quarter, category = at
    places = past.same_season(quarter, category)
    level = SEASON_P if len(places) > 1 else ONE_SEASON_P
    numbers, shown = counted.counts[:, category], counted.shown[:, category]
    few = counted.smallest - 1
    # A withheld number is as large, or before a fall as small, as it can be.
    before = sum(int(numbers[each]) if shown[each] else (few if upwards else 0) for each in places)
    now = int(numbers[quarter]) if shown[quarter] else few
    change = rate_change(now, before, time_before=len(places))
    return (change.p_more if upwards else change.p_fewer) <= level
