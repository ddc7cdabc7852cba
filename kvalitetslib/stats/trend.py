"""Trends in short yearly series: Mann-Kendall test and Theil-Sen slope.

Series lie along the last axis, any number of axes before it: ``(periods,)``, ``(series, periods)``.
NaN is a missing period; it is left out and the others keep their real times.

Worked example: 1, 2, 4, 7, 11 rises in all 10 pairs, so S = 10. Of the 120 orders five values can
have, one has S = 10 and one has S = -10: p = 2/120 = 0.017. The median of the 10 slopes is 2.5.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import Floats, finite_or_missing, two_sided_quantile

Counts: TypeAlias = npt.NDArray[np.int64]

EXACT_UP_TO = 12
"""Longest series tested with the exact null distribution; above it the normal is close."""
SHORTEST_TESTED = 3
SHORTEST_JUDGED = 5
SHORTEST_STRICT = 8
LOOSE_LEVEL = 0.10
STRICT_LEVEL = 0.05
ROUNDING = 1e-12
"""Slack when p meets a level exactly, as 1 - 0.95 is not 0.05 to the last bit."""


@dataclass(frozen=True, eq=False)
class MannKendall:
    """Result for each series: S (rises minus falls over all pairs), n values present, p."""

    s: Counts
    n: Counts
    p: Floats


@dataclass(frozen=True, eq=False)
class TheilSen:
    """Median slope per year for each series with its bounds; NaN where there are too few."""

    slope: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Projection:
    """Value of the Sen line at one time, and its values with the bounds of the slope."""

    value: Floats
    low: Floats
    high: Floats


def mann_kendall(values: npt.ArrayLike) -> MannKendall:
    """Test of a steady rise or fall, two-sided.

    Parameters
    ----------
    values : (..., periods), in time order, NaN = missing.

    Returns
    -------
    MannKendall with arrays of shape (...). p is exact for n <= 12 without ties; else normal with
    continuity correction and a variance corrected for ties. p is NaN for n < 3 and 1 for a
    constant series.

    Raises
    ------
    ValueError : if a value is infinite.

    Notes
    -----
    Mann (1945), Econometrica 13, 245-259; Kendall (1970), Rank Correlation Methods, ch. 4-5.
    The test takes the years as independent; strong year-to-year dependence gives too small p.
    """
    series = finite_or_missing(values, "values")
    s, n, ties = _pair_counts(series)
    sigma = _null_sigma(n, ties)
    z = np.maximum(np.abs(s) - 1, 0) / np.where(sigma > 0, sigma, 1)
    exact = (ties == 0) & (n <= EXACT_UP_TO)
    table = _exact_p_table()
    looked_up = table[np.where(exact, n, 0), np.where(exact, np.abs(s), 0)]
    p = np.where(exact, looked_up, 2 * special.ndtr(-z))
    return MannKendall(s=s, n=n, p=np.where(n < SHORTEST_TESTED, np.nan, p))


def theil_sen(values: npt.ArrayLike, at: npt.ArrayLike, *, level: float = 0.95) -> TheilSen:
    """Median of the slopes between all pairs of points, with bounds from Kendall's S.

    Parameters
    ----------
    values : (..., periods), NaN = missing.
    at : (periods,) times in years, rising, no gaps. The slope is then per year.
    level : coverage of the bounds as a share.

    Returns
    -------
    TheilSen with arrays of shape (...). The slope needs two values. The bounds are those slopes
    which `mann_kendall` would not reject at 1 - level, exact for n <= 12 without ties; they are
    NaN where n is too small for that level to be reached (n < 5 at 0.95).

    Raises
    ------
    ValueError : if `at` does not match or rise, a value is infinite, or the level is out of range.

    Notes
    -----
    Theil (1950), Proc. K. Ned. Akad. Wet. 53; Sen (1968), J. Am. Stat. Assoc. 63, 1379-1389;
    Hollander & Wolfe (1999), Nonparametric Statistical Methods, sec. 9.3. Takes memory for
    periods x (periods - 1) / 2 slopes a series.
    """
    series, times = finite_or_missing(values, "values"), _rising_times(values, at)
    first, second = np.triu_indices(times.size, k=1)
    slopes = (series[..., second] - series[..., first]) / (times[second] - times[first])
    slopes = np.sort(slopes, axis=-1)
    n, ties = _pair_counts(series)[1:]
    pairs = n * (n - 1) // 2
    rank = _lower_rank(n, ties, level)
    return TheilSen(
        slope=_sorted_median(slopes, pairs),
        low=_ranked(slopes, rank),
        high=_ranked(slopes, np.where(rank > 0, pairs + 1 - rank, 0)),
    )


def projected(
    values: npt.ArrayLike, at: npt.ArrayLike, when: float, *, level: float = 0.95
) -> Projection:
    """Sen line carried on to a later time.

    Each observed point is moved along the slope to `when`; the value is the median of where they
    land. The bounds do the same with the bounds of the slope. They hold the doubt about the
    direction, not the scatter of single years, so a coming year may fall outside them.

    Parameters
    ----------
    values, at, level : as in `theil_sen`.
    when : time in years, not before the last of `at`.

    Raises
    ------
    ValueError : if `when` is before the last time, or as in `theil_sen`.
    """
    line = theil_sen(values, at, level=level)
    series, times = finite_or_missing(values, "values"), _rising_times(values, at)
    if not times.max(initial=-np.inf) <= when < np.inf:
        raise ValueError(f"when must not be before the last time in at, found {when}")
    ahead = when - times
    present = np.sum(~np.isnan(series), axis=-1)

    def carried(slope: Floats) -> Floats:
        return _sorted_median(np.sort(series + slope[..., None] * ahead, axis=-1), present)

    return Projection(carried(line.slope), carried(line.low), carried(line.high))


def smallest_exact_p(n: npt.ArrayLike) -> Floats:
    """Smallest two-sided p an unbroken rise of n values can give, 2 / n!; NaN for n < 3."""
    count = np.asarray(n)
    usable = np.where(count >= SHORTEST_TESTED, count, np.nan)
    return np.asarray(2 * np.exp(-special.gammaln(usable + 1)), dtype=np.float64)


def significance_level(n: npt.ArrayLike) -> Floats:
    """Level at which a trend of n values is called real: NaN (no test), 0.10 or 0.05."""
    count = np.asarray(n)
    level = np.where(count >= SHORTEST_STRICT, STRICT_LEVEL, LOOSE_LEVEL)
    return np.where(count >= SHORTEST_JUDGED, level, np.nan)


def _pair_counts(series: Floats) -> tuple[Counts, Counts, Counts]:
    """S, number of values, and the tie term sum t(t-1)(2t+5) of each series."""
    s = np.zeros(series.shape[:-1], dtype=np.int64)
    ties = np.zeros_like(s)
    for i in range(series.shape[-1]):
        here = series[..., i : i + 1]
        later = series[..., i + 1 :]
        s += np.sum(later > here, axis=-1) - np.sum(later < here, axis=-1)
        # Each of the t members of a tied group adds (t-1)(2t+5); a lone value adds 0.
        alike = np.sum(series == here, axis=-1)
        ties += np.where(alike > 0, (alike - 1) * (2 * alike + 5), 0)
    return s, np.sum(~np.isnan(series), axis=-1, dtype=np.int64), ties


def _null_sigma(n: Counts, ties: Counts) -> Floats:
    return np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)


@lru_cache(maxsize=1)
def _exact_p_table() -> Floats:
    """p of |S| >= s as table[n, s], for n up to the longest exact series.

    The number of orders of n values with k falls is the coefficient of x^k in the product of
    1 + x + ... + x^(i-1) for i = 1..n, and S = n(n-1)/2 - 2k.
    """
    widest = EXACT_UP_TO * (EXACT_UP_TO - 1) // 2
    table = np.ones((EXACT_UP_TO + 1, widest + 1))
    orders = np.ones(1)
    for n in range(1, EXACT_UP_TO + 1):
        orders = np.convolve(orders, np.ones(n))
        top = n * (n - 1) // 2
        size = np.abs(top - 2 * np.arange(top + 1))
        at_least = size[:, None] >= np.arange(widest + 1)
        table[n] = orders @ at_least / orders.sum()
    table.flags.writeable = False
    return table


def _lower_rank(n: Counts, ties: Counts, level: float) -> Counts:
    """Rank from below of the slope that is the lower bound; 0 where there is none.

    With k the smallest |S| the test rejects, the bound is slope number (pairs - k) / 2 + 1.
    """
    rejected = _exact_p_table() <= 1 - level + ROUNDING
    smallest = np.argmax(rejected, axis=-1)
    exact = (ties == 0) & (n <= EXACT_UP_TO)
    normal = two_sided_quantile(np.inf, level) * _null_sigma(n, ties) + 1
    reject_from = np.where(exact, smallest[np.where(exact, n, 0)], normal)
    rank = np.floor((n * (n - 1) / 2 - reject_from) / 2).astype(np.int64) + 1
    reachable = smallest_exact_p(n) <= 1 - level + ROUNDING
    return np.where(reachable, np.maximum(rank, 0), 0)


def _rising_times(values: npt.ArrayLike, at: npt.ArrayLike) -> Floats:
    times = np.asarray(at, dtype=np.float64)
    if times.shape != np.shape(values)[-1:]:
        raise ValueError(f"at has shape {times.shape} but values has {np.shape(values)}")
    if not (np.isfinite(times).all() and (np.diff(times) > 0).all()):
        raise ValueError("at must be finite and rise from each period to the next")
    return times


def _ranked(rising: Floats, rank: Counts) -> Floats:
    """Value number `rank` (1 = smallest) along the last axis; NaN where rank is 0."""
    padded = np.concatenate([np.full((*rising.shape[:-1], 1), np.nan), rising], axis=-1)
    return np.take_along_axis(padded, rank[..., None], axis=-1)[..., 0]


def _sorted_median(rising: Floats, count: Counts) -> Floats:
    """Median of the first `count` values along the last axis; NaN where count is 0."""
    return (_ranked(rising, (count + 1) // 2) + _ranked(rising, (count + 2) // 2 * (count > 0))) / 2
