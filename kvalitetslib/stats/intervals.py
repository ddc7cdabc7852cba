"""Intervals for shares, differences of shares and estimates with a standard error.

All functions work element by element on arrays that fit together (broadcasting). NaN means
missing and gives NaN; an infinite number is an error.

Worked example: 56 of 70 against 48 of 80 is 80 % against 60 %, and
``newcombe_difference(56, 70, 48, 80)`` is 0.0524 to 0.3339: between 5 and 33 points.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

Floats: TypeAlias = npt.NDArray[np.float64]

ROUNDING = 1e-9
"""Slack when a count is compared with its n; effective counts carry rounding errors."""


class Interval(NamedTuple):
    """Lower and upper bound, arrays of one shape; NaN where there is no interval."""

    low: Floats
    high: Floats


def finite_or_missing(values: npt.ArrayLike, name: str) -> Floats:
    """Array of floats where NaN is allowed (missing) and infinity is not.

    Raises
    ------
    ValueError : if a value is infinite.
    """
    array = np.asarray(values, dtype=np.float64)
    if np.isinf(array).any():
        raise ValueError(f"{name} must be finite or NaN (missing), found an infinite value")
    return array


def wilson_interval(
    successes: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95, *, df: npt.ArrayLike = np.inf
) -> Interval:
    """Share with a score interval, sound also near 0 and 1.

    Parameters
    ----------
    successes, n : answers in favour and in all, 0 <= successes <= n. Effective numbers from a
        weighted survey are welcome: they need not be whole. n = 0 gives NaN.
    level : coverage as a share, 0 < level < 1.
    df : degrees of freedom; the t quantile then replaces the normal one (surveys).

    Returns
    -------
    Interval in shares (0 to 1).

    Raises
    ------
    ValueError : if the counts or the level are out of range.

    Notes
    -----
    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; on the effective n with the t quantile:
    Franco, Little, Louis & Slud (2019), J. Surv. Stat. Methodol. 7, 334-364.
    Missing answers must be dropped before counting.
    """
    share, total = _share(successes, n)
    z2 = two_sided_quantile(df, level) ** 2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    variance = share * (1 - share) / total + z2 / (4 * total**2)
    half = np.sqrt(z2 * variance) / (1 + z2 / total)
    low = np.where(share == 0, 0.0 * half, np.clip(centre - half, 0, 1))
    high = np.where(share == 1, 1 + 0.0 * half, np.clip(centre + half, 0, 1))
    return Interval(low, high)


def newcombe_difference(
    x1: npt.ArrayLike,
    n1: npt.ArrayLike,
    x2: npt.ArrayLike,
    n2: npt.ArrayLike,
    level: float = 0.95,
) -> Interval:
    """Difference of two independent shares, x1/n1 - x2/n2, with a hybrid score interval.

    Parameters
    ----------
    x1, n1, x2, n2 : answers in favour and in all, as in `wilson_interval`.
    level : coverage as a share, 0 < level < 1.

    Returns
    -------
    Interval in shares (-1 to 1).

    Notes
    -----
    Newcombe (1998), Stat. Med. 17, 873-890, method 10 (no continuity correction).
    """
    first, second = _share(x1, n1)[0], _share(x2, n2)[0]
    low1, high1 = wilson_interval(x1, n1, level)
    low2, high2 = wilson_interval(x2, n2, level)
    difference = first - second
    return Interval(
        difference - np.hypot(first - low1, high2 - second),
        difference + np.hypot(high1 - first, second - low2),
    )


def t_interval(
    estimate: npt.ArrayLike, se: npt.ArrayLike, df: npt.ArrayLike, level: float = 0.95
) -> Interval:
    """Estimate plus and minus a t quantile times its standard error.

    Parameters
    ----------
    estimate, se : the value and its standard error in the same unit, se >= 0.
    df : degrees of freedom; infinite means normal, zero or less gives NaN.
    level : coverage as a share, 0 < level < 1.

    Raises
    ------
    ValueError : if a standard error is negative or the level is out of range.

    Notes
    -----
    Student (1908), Biometrika 6, 1-25.
    """
    centre = finite_or_missing(estimate, "estimate")
    half = two_sided_quantile(df, level) * standard_error(se, "se")
    return Interval(centre - half, centre + half)


def two_sided_quantile(df: npt.ArrayLike, level: float) -> Floats:
    """t quantile that leaves half of 1 - level in each tail; NaN when df is zero or less."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    freedom = np.asarray(df, dtype=np.float64)
    usable = np.where(freedom > 0, freedom, np.nan)
    return np.asarray(special.stdtrit(usable, (1 + level) / 2), dtype=np.float64)


def standard_error(values: npt.ArrayLike, name: str) -> Floats:
    """Array of standard errors: zero, positive or NaN (missing).

    Raises
    ------
    ValueError : if a value is negative or infinite.
    """
    array = finite_or_missing(values, name)
    if (array < 0).any():
        raise ValueError(f"{name} must not be negative, found {array[array < 0].flat[0]}")
    return array


def _share(successes: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Share and n, both NaN where n is 0 or a count is missing."""
    count, total = finite_or_missing(successes, "successes"), finite_or_missing(n, "n")
    if (total < 0).any() or (count < 0).any() or (count > total * (1 + ROUNDING)).any():
        raise ValueError("counts must satisfy 0 <= successes <= n")
    total = np.where(total > 0, total, np.nan)
    return np.minimum(count / total, 1.0), total
