"""How much of a year's noise carries over to the next, and what that does to a test of trend.

Worked example: series that only wander (each year is the last one and a step) have yearly changes
that know nothing of each other, correlation 0, so the carry-over is 1 + 2 x 0 = 1. Independent
years have changes with correlation -0.5, so it is 0.
"""

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing

FEWEST_SERIES = 20
HIGHEST = 0.8
"""Beyond this a short series holds no trend that could be told from wandering."""


def carry_over(values: npt.ArrayLike, *, unknown: float) -> Floats:
    """First-order autocorrelation of each indicator's noise, pooled over its series.

    Parameters
    ----------
    values : (indicators, series, periods), NaN = missing.
    unknown : what is given for an indicator with fewer than 20 series to learn from.

    Returns
    -------
    (indicators,) from 0 to 0.8. What is common to all series in a year, and each series' own
    steady movement, are taken away first.

    Raises
    ------
    ValueError : if a value is infinite.

    Notes
    -----
    Changes of a first-order autoregression have lag correlation -(1 - rho) / 2 (Box, Jenkins &
    Reinsel 2008, Time Series Analysis, ch. 3). The means taken away in series of m changes draw
    it down by about (1 - rho) / m**2 + rho / m, which is given back.
    """
    block = finite_or_missing(values, "values")
    steps = np.diff(block, axis=2)
    some = (~np.isnan(steps)).any(axis=1, keepdims=True)
    steps = steps - np.nanmedian(np.where(some, steps, 0.0), axis=1, keepdims=True)
    known = ~np.isnan(steps)
    m = known.sum(axis=2, keepdims=True)
    mean = np.where(known, steps, 0.0).sum(axis=2, keepdims=True) / np.maximum(m, 1)
    apart = np.where(known & (m >= 3), steps - mean, 0.0)
    pairs = (apart[..., 1:] * apart[..., :-1]).sum(axis=(1, 2))
    # A lag pair needs both; the share of pairs evens out series with gaps.
    both = (known[..., 1:] & known[..., :-1] & (m >= 3)).sum(axis=(1, 2))
    squares = (apart**2).sum(axis=(1, 2))
    counted = (known & (m >= 3)).sum(axis=(1, 2))
    series = (m[..., 0] >= 3).sum(axis=1)
    usable = (series >= FEWEST_SERIES) & (squares > 0) & (both > 0)
    scale = np.where(usable, squares / np.maximum(counted, 1), 1.0)
    correlation = pairs / np.maximum(both, 1) / scale
    length = np.where(series > 0, counted / np.maximum(series, 1), np.inf)
    given_back = 2 / length**2
    rho = (1 + 2 * correlation + given_back) / (1 + given_back - 2 / length)
    rho = np.clip(rho, 0.0, HIGHEST)
    return np.where(usable, rho, unknown)


def trend_inflation(n: npt.ArrayLike, rho: npt.ArrayLike) -> Floats:
    """How many times larger the variance of Mann-Kendall's S is when years carry over.

    Parameters
    ----------
    n : values in the series.
    rho : carry-over from one year to the next, 0 to 1.

    Notes
    -----
    Hamed & Rao (1998), J. Hydrol. 204, 182-196, with the autocorrelation rho**lag.
    """
    count, carried = (np.asarray(each, dtype=np.float64) for each in (n, rho))
    lag = np.arange(1, max(int(count.max(initial=2)), 2))
    left = count[..., None] - lag
    weight = np.where(left > 0, left * (left - 1) * (left - 2), 0.0)
    total = (weight * carried[..., None] ** lag).sum(axis=-1)
    size = count * (count - 1) * (count - 2)
    return np.asarray(1 + 2 * total / np.where(size > 0, size, np.inf))
