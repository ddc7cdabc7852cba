"""Is a difference from a reference real, and is it small enough to call it none?

Both questions take a difference d, its standard error sigma and the degrees of freedom of
sigma. For a register figure sigma is the noise between years (`noise.year_noise`).

Worked example: d = 3 points with sigma 1 and 4 degrees of freedom has t = 3 and p = 0.040. Within
5 points? ``equivalence_p(3, 1, 4, delta=5)`` is 0.058: not shown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error, t_interval


@dataclass(frozen=True, eq=False)
class DifferenceTest:
    """t value, two-sided p and interval of a difference; arrays of one shape, NaN = untested."""

    t: Floats
    p: Floats
    low: Floats
    high: Floats


def difference_test(
    d: npt.ArrayLike, sigma: npt.ArrayLike, df: npt.ArrayLike, *, level: float = 0.95
) -> DifferenceTest:
    """Two-sided t test and interval of differences.

    Parameters
    ----------
    d : differences, NaN = missing.
    sigma : their standard errors in the same unit. Zero is taken as missing: a series that has
        not varied holds no measure of its noise, and would else make every difference certain.
    df : degrees of freedom of sigma; infinite means normal.
    level : coverage of the interval as a share.

    Raises
    ------
    ValueError : if d or sigma is infinite, sigma is negative or the level is out of range.
    """
    difference, noise = finite_or_missing(d, "d"), _known_noise(sigma)
    t = difference / noise
    low, high = t_interval(difference, noise, df, level)
    return DifferenceTest(t=t, p=2 * _upper_tail(np.abs(t), df), low=low, high=high)


def equivalence_p(
    d: npt.ArrayLike, sigma: npt.ArrayLike, df: npt.ArrayLike, *, delta: npt.ArrayLike
) -> Floats:
    """p value for |d| < delta by two one-sided tests: small means "as good as equal".

    Parameters
    ----------
    d, sigma, df : as in `difference_test`.
    delta : smallest difference that matters, above 0, in the unit of d.

    Returns
    -------
    The larger of the two one-sided p values. It is at most 0.05 when the 90 % interval of d lies
    inside +-delta; asking the same of the 95 % interval is p <= 0.025.

    Raises
    ------
    ValueError : if a delta is zero or less, or as in `difference_test`.

    Notes
    -----
    Schuirmann (1987), J. Pharmacokinet. Biopharm. 15, 657-680.
    """
    difference, noise = finite_or_missing(d, "d"), _known_noise(sigma)
    margin = finite_or_missing(delta, "delta")
    if (margin <= 0).any():
        raise ValueError("delta must be above 0")
    return _upper_tail((margin - np.abs(difference)) / noise, df)


def two_shares_p(x1: float, n1: float, x2: float, n2: float) -> float:
    """Two-sided p of the pooled z test that two independent shares are equal; 1 without spread."""
    pooled = (x1 + x2) / (n1 + n2)
    se = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return 1.0 if se == 0 else float(2 * special.ndtr(-abs(x1 / n1 - x2 / n2) / se))


def equal_shares_p(hits: Floats, n: Floats) -> float:
    """p of Pearson's chi-square that several independent shares are equal; 1 without spread.

    Parameters
    ----------
    hits, n : (groups,) counts, at least two groups, every n above 0.
    """
    pooled = hits.sum() / n.sum()
    if pooled in (0.0, 1.0):
        return 1.0
    statistic = (((hits - n * pooled) ** 2) / (n * pooled * (1 - pooled))).sum()
    return float(special.chdtrc(len(hits) - 1, statistic))


def _known_noise(sigma: npt.ArrayLike) -> Floats:
    noise = standard_error(sigma, "sigma")
    return np.where(noise > 0, noise, np.nan)


def _upper_tail(t: Floats, df: npt.ArrayLike) -> Floats:
    freedom = np.asarray(df, dtype=np.float64)
    usable = np.where(freedom > 0, freedom, np.nan)
    return np.asarray(special.stdtr(usable, -t), dtype=np.float64)
