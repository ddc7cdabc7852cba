"""Gaps between two groups: how large, how noisy, and whether they grow or close.

A gap is group a minus group b in the unit of the values; NaN = missing in either group.

Worked example: women 70, 72, 75 and men 60, 60, 60 have gaps 10, 12, 15: 17 %, 20 % and 25 % of the
men's level, growing in all 3 pairs of years.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error
from kvalitetslib.stats.noise import year_noise
from kvalitetslib.stats.trend import mann_kendall

GAP_DECIMALS = 9
"""Gaps are rounded here, as 0.3 - 0.1 and 0.2 would else not count as the same gap."""


@dataclass(frozen=True, eq=False)
class Gap:
    """Gap of each period and the noise of the gap series.

    absolute : (..., periods), a - b.
    relative : (..., periods), (a - b) / b as a share; NaN unless b is above 0.
    sigma, df : (...), noise of the absolute gap between years (`noise.year_noise`); NaN when
        fewer than 5 periods have a gap.
    """

    absolute: Floats
    relative: Floats
    sigma: Floats
    df: Floats


@dataclass(frozen=True, eq=False)
class GapTrend:
    """Trend of the size of each gap, arrays of shape (...).

    side : which group is ahead over the series: 1 group a, -1 group b, 0 neither.
    s : Mann-Kendall S of the gap seen from that side; above 0 it grows, below 0 it closes.
    n, p : periods with a gap, and the two-sided p of S.
    """

    side: Floats
    s: npt.NDArray[np.int64]
    n: npt.NDArray[np.int64]
    p: Floats


@dataclass(frozen=True, eq=False)
class GapChange:
    """Gap now minus gap then.

    change : now - then, sign as it falls.
    growth : the same seen from the side of the group that is ahead; above 0 the gap has grown.
    se : standard error of both; NaN when one of the two is unknown.
    """

    change: Floats
    growth: Floats
    se: Floats


def gap(a: npt.ArrayLike, b: npt.ArrayLike) -> Gap:
    """Absolute and relative gap of each period, with noise from the gap series itself.

    Parameters
    ----------
    a, b : (..., periods) values of the two groups in time order, NaN = missing.

    Raises
    ------
    ValueError : if the shapes differ or a value is infinite.

    Notes
    -----
    What moves both groups alike cancels in the gap, so its noise is not that of either group.
    """
    first, second = finite_or_missing(a, "a"), finite_or_missing(b, "b")
    if first.shape != second.shape:
        raise ValueError(f"a has shape {first.shape} but b has {second.shape}")
    absolute = np.round(first - second, GAP_DECIMALS)
    noise = year_noise(absolute)
    relative = absolute / np.where(second > 0, second, np.nan)
    return Gap(absolute=absolute, relative=relative, sigma=noise.sigma, df=noise.df)


def gap_trend(gaps: npt.ArrayLike) -> GapTrend:
    """Is the gap growing or closing?

    Parameters
    ----------
    gaps : (..., periods), a - b in time order, NaN = missing.

    Returns
    -------
    GapTrend with the exact p of `trend.mann_kendall`. The side is the sign of the median gap (of
    the mean, should the median be 0). Neither depends on the order of the years, so the p value
    stays exact; the sign of the latest gap would not do. A gap that passes 0 and goes on counts
    as closing: it is one steady change, though the other group may now be ahead.
    """
    series = finite_or_missing(gaps, "gaps")
    side = _side_ahead(series)
    trend = mann_kendall(series * side[..., None])
    return GapTrend(side=side, s=trend.s, n=trend.n, p=trend.p)


def gap_change(
    now: npt.ArrayLike,
    then: npt.ArrayLike,
    *,
    se_now: npt.ArrayLike = np.nan,
    se_then: npt.ArrayLike = np.nan,
) -> GapChange:
    """Change of a gap between two independent measurements; `compare.difference_test` tests it.

    Parameters
    ----------
    now, then : gaps a - b, any shapes that fit together, NaN = missing.
    se_now, se_then : their standard errors, NaN = unknown.

    Returns
    -------
    GapChange. The group ahead is read from the sum of the two gaps, so neither wave decides.

    Raises
    ------
    ValueError : if a gap is infinite or a standard error negative.
    """
    latest, earlier = finite_or_missing(now, "now"), finite_or_missing(then, "then")
    change = latest - earlier
    se = np.hypot(standard_error(se_now, "se_now"), standard_error(se_then, "se_then"))
    return GapChange(
        change=change,
        growth=change * np.sign(latest + earlier),
        se=np.where(np.isnan(change), np.nan, se),
    )


def _side_ahead(series: Floats) -> Floats:
    present = ~np.isnan(series)
    # A row of zeros stands in for an empty one: numpy warns at the median of nothing.
    filled = np.where(present.any(axis=-1, keepdims=True), series, 0.0)
    middle = np.asarray(np.nanmedian(filled, axis=-1))
    return np.sign(np.where(middle == 0, np.nansum(filled, axis=-1), middle))
