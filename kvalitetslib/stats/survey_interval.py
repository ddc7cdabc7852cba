"""Intervals of survey estimates, and whether an estimate is good enough to print.

Worked example: a share of 0.5 with standard error 0.1, 40 respondents and 30 degrees of freedom
has an effective n of 0.25 / 0.01 = 25 and the interval 0.311 to 0.689.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import Interval, two_sided_quantile, wilson_interval


class Quality(StrEnum):
    """A: certain enough to judge by. B: shown with its interval. C: not shown."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class QualityRule:
    """Thresholds of the classes; widths in shares (0.2 = 20 points). METHODS section 4.

    The relative width is that of the National Center for Health Statistics, Data Presentation
    Standards for Proportions (Parker et al. 2017): interval over share.
    """

    smallest_n: int = 5
    certain_n: float = 30
    certain_width: float = 0.20
    shown_width: float = 0.30
    shown_relative_width: float = 1.30
    smallest_df: int = 8


def effective_n(
    share: npt.ArrayLike, se: npt.ArrayLike, n: npt.ArrayLike, kish: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """n of the simple sample that would give this standard error, never above n.

    Kish's effective n where the share is 0 or 1 and the standard error says nothing.
    """
    p, error, count = np.broadcast_arrays(*(np.asarray(a, float) for a in (share, se, n)))
    spread = p * (1 - p)
    flat = (error == 0) | (spread <= 0)
    from_error = np.divide(spread, error**2, out=np.array(count), where=~flat)
    edge = (p <= 0) | (p >= 1)
    found = np.minimum(count, np.where(edge, np.asarray(kish, float), from_error))
    return np.asarray(found, dtype=np.float64)


def share_interval(
    share: npt.ArrayLike, n_eff: npt.ArrayLike, df: npt.ArrayLike, *, level: float = 0.95
) -> Interval:
    """Wilson interval on the effective n with the t quantile; 0 to 1 when df is below 1.

    Notes
    -----
    Franco, Little, Louis & Slud (2019), J. Surv. Stat. Methodol. 7, 334-364.
    """
    p, n, freedom = np.broadcast_arrays(*(np.asarray(a, float) for a in (share, n_eff, df)))
    found = wilson_interval(p * n, n, level, df=freedom)
    silent = (freedom < 1) & (n > 0)
    return Interval(np.where(silent, 0.0, found.low), np.where(silent, 1.0, found.high))


def korn_graubard_interval(
    share: npt.ArrayLike,
    n_eff: npt.ArrayLike,
    n: npt.ArrayLike,
    df: npt.ArrayLike,
    *,
    level: float = 0.95,
) -> Interval:
    """Clopper-Pearson interval on the effective n, adjusted for the degrees of freedom.

    Notes
    -----
    Korn & Graubard (1998), Survey Methodology 24, 193-201.
    """
    p, size, count = (np.asarray(a, float) for a in (share, n_eff, n))
    quantiles = two_sided_quantile(count - 1, level) / two_sided_quantile(df, level)
    size = size * quantiles**2
    tail = (1 - level) / 2
    low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
    high = special.betaincinv(size * p + 1, size * (1 - p), 1 - tail)
    silent = np.isnan(size) & ~np.isnan(p)
    return Interval(np.where(silent | (p <= 0), 0.0, low), np.where(silent | (p >= 1), 1.0, high))


def quality(
    share: npt.ArrayLike,
    interval: Interval,
    *,
    n: npt.ArrayLike,
    n_eff: npt.ArrayLike,
    df: npt.ArrayLike,
    rule: QualityRule | None = None,
) -> npt.NDArray[np.str_]:
    """Class A, B or C of each share; means on another scale are divided by its length first.

    The relative width counts from the nearer end: 2 % is as uncertain as 98 %.
    """
    limits = rule or QualityRule()
    width = np.asarray(interval.high) - np.asarray(interval.low)
    p = np.asarray(share, float)
    nearer = np.minimum(p, 1 - p)
    relative = np.divide(width, nearer, out=np.full(width.shape, np.inf), where=nearer > 0)
    certain = (np.asarray(n) >= limits.certain_n) & (np.asarray(n_eff) >= limits.certain_n)
    certain &= width <= limits.certain_width
    shown = (np.asarray(n) >= limits.smallest_n) & (np.asarray(df) >= limits.smallest_df)
    shown &= (width <= limits.shown_width) | (relative <= limits.shown_relative_width)
    return np.where(certain & shown, Quality.A, np.where(shown, Quality.B, Quality.C))
