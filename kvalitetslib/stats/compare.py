"""Is a difference from a reference real, and is it small enough to call it none?

Both questions take a difference d, its standard error sigma and the degrees of freedom of
sigma. For a register figure sigma is the noise between years (`noise.year_noise`).

Worked example: d = 3 points with sigma 1 and 4 degrees of freedom has t = 3 and p = 0.040. Within
5 points? ``equivalence_p(3, 1, 4, delta=5)`` is 0.058: not shown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from kvalitetslib.stats.intervals import (
    ROUNDING,
    Floats,
    finite_or_missing,
    standard_error,
    t_interval,
)

FEW_EXPECTED = 20
"""Two shares are compared exactly when fewer are expected in any of their four cells.

The usual 5 is meant for p near 0.05. Worked out for a tenth against the rest and 5 expected, the
normal approximation says p <= 0.001 twice as often as it should and p <= 0.0001 four times; with
20 expected 1.2 and 1.8 times. Many tests are decided that far out.
"""


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
    return _upper_tail((_margin(delta) - np.abs(difference)) / noise, df)


def noninferiority_p(
    d: npt.ArrayLike, sigma: npt.ArrayLike, df: npt.ArrayLike, *, delta: npt.ArrayLike
) -> Floats:
    """One-sided p value for d > -delta: small means "not worse by as much as matters".

    Parameters
    ----------
    d : differences turned so that above 0 is better, NaN = missing.
    sigma, df : as in `difference_test`.
    delta : smallest loss that matters, above 0, in the unit of d.

    Returns
    -------
    p, at most 0.025 when the 95 % interval of d lies above -delta. A large gain passes too: that
    is what sets it apart from `equivalence_p`, of whose two tests it is one.

    Raises
    ------
    ValueError : if a delta is zero or less, or as in `difference_test`.

    Notes
    -----
    Blackwelder (1982), Control. Clin. Trials 3, 345-353.
    """
    difference, noise = finite_or_missing(d, "d"), _known_noise(sigma)
    return _upper_tail((difference + _margin(delta)) / noise, df)


def two_shares_p(
    x1: npt.ArrayLike, n1: npt.ArrayLike, x2: npt.ArrayLike, n2: npt.ArrayLike
) -> Floats:
    """Two-sided p that two independent shares are equal; 1 without spread.

    The pooled z test, or an exact test where few are expected (`FEW_EXPECTED`).

    Parameters
    ----------
    x1, n1, x2, n2 : counts in favour and in all of the two, arrays of one shape; every n above 0.

    Notes
    -----
    Exact is Fisher's test with the p of the nearer tail doubled: its p is at most alpha in at most
    alpha of all samples. Fay (2010), Biostatistics 11, 373-374.

    Worked example: 2 of 6 against 10 of 1029 has z = 7.3, p = 2e-13, but exactly p = 0.004.
    """
    hits, n = (np.asarray(each, dtype=np.float64) for each in ((x1, x2), (n1, n2)))
    pooled = hits.sum(axis=0) / n.sum(axis=0)
    se = np.sqrt(pooled * (1 - pooled) * (1 / n).sum(axis=0))
    share = hits / n
    z = np.abs(share[0] - share[1]) / np.where(se > 0, se, np.inf)
    p = np.asarray(2 * special.ndtr(-z), dtype=np.float64)
    few = np.asarray(n.min(axis=0) * np.minimum(pooled, 1 - pooled) < FEW_EXPECTED)
    p[few] = _exact_p(hits[:, few], n[:, few])
    return p


def equal_shares_p(hits: Floats, n: Floats, table: npt.ArrayLike = 0) -> Floats:
    """p of Pearson's chi-square that a table's independent shares are equal; 1 without spread.

    Parameters
    ----------
    hits, n : (groups,) counts, every n above 0.
    table : (groups,) which table each group belongs to, whole numbers from 0; one by default.

    Returns
    -------
    (tables,); a table needs at least two groups.
    """
    owner = np.broadcast_to(np.asarray(table, dtype=np.int64), np.shape(hits))
    pooled = (np.bincount(owner, hits) / np.bincount(owner, n))[owner]
    variance = n * pooled * (1 - pooled)
    distance = (hits - n * pooled) ** 2 / np.where(variance > 0, variance, np.inf)
    statistic, groups = np.bincount(owner, distance), np.bincount(owner)
    return np.asarray(special.chdtrc(groups - 1, statistic), dtype=np.float64)


def _exact_p(hits: Floats, n: Floats) -> Floats:
    """Fisher's p, the nearer tail doubled; (2, tests) counts.

    Counts that are not whole, as of mean years, are moved to whole ones towards no difference.
    """
    expected = n * (hits.sum(axis=0) / n.sum(axis=0))
    people = np.round(n)
    whole = np.where(hits > expected, np.floor(hits + ROUNDING), np.ceil(hits - ROUNDING))
    whole = np.clip(whole, 0, people)
    law = stats.hypergeom(people.sum(axis=0), whole.sum(axis=0), people[0])
    tail = np.minimum(law.cdf(whole[0]), law.sf(whole[0] - 1))
    return np.minimum(2 * np.asarray(tail, dtype=np.float64), 1.0)


def _margin(delta: npt.ArrayLike) -> Floats:
    margin = finite_or_missing(delta, "delta")
    if (margin <= 0).any():
        raise ValueError("delta must be above 0")
    return margin


def _known_noise(sigma: npt.ArrayLike) -> Floats:
    noise = standard_error(sigma, "sigma")
    return np.where(noise > 0, noise, np.nan)


def _upper_tail(t: Floats, df: npt.ArrayLike) -> Floats:
    freedom = np.asarray(df, dtype=np.float64)
    usable = np.where(freedom > 0, freedom, np.nan)
    return np.asarray(special.stdtr(usable, -t), dtype=np.float64)
