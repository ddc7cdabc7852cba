"""Is a series at another level in one phase than in another? Each phase has a mean of its own.

The months of a phase vary round the phase's own mean, with one spread for all phases and errors
that remember the one before (AR(1), by REML). What a fault and its åtgärd did to the level is
thereby not taken for spread.

Worked example: nine calm months of mean 10 and standard deviation 1, and then three of mean 13:
the difference is 3, its standard error 1 x sqrt(1/9 + 1/3) = 0.67, and t = 4.5.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.autoregression import LinearFit, gls_ar1, linear_sums, ols
from kvalitetslib.stats.intervals import Floats, finite_or_missing

FEWEST_FOR_RHO = {12: 12, 4: 24}
FREE_FOR_RHO = 8
"""Points, by periods in a year, and points beyond the coefficients, that rho needs; else it is
taken for 0. Quarters remember less than months do, and short series of them pay dearly for rho."""
FEWEST_FREE = 3
SEASON_P = 0.001
"""A season is let in below this p; errors with rho = 0.4 alone seldom reach it."""
_ROUNDING = 1e-9

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shift:
    """The mean of one phase less that of another, or less a fixed value; NaN when unknown."""

    estimate: float
    se: float
    df: float

    @property
    def p_above(self) -> float:
        """One-sided p of no difference or one below zero: small means surely above."""
        return float(special.stdtr(self.df, -self.estimate / self.se))

    def less(self, value: float) -> "Shift":
        """The same with ``value`` taken from the difference."""
        return Shift(self.estimate - value, self.se, self.df)


UNKNOWN = Shift(np.nan, np.nan, np.nan)


@dataclass(frozen=True, eq=False)
class PhaseLevels:
    """A series (n,) without its missing values, the phase of each, and how its errors behave.

    ``fit`` is None where that cannot be known: too few values, or none that varies.
    """

    values: Floats
    phase: Whole
    fit: LinearFit | None

    def count(self, phase: int) -> int:
        return int(np.sum(self.phase == phase))

    def mean(self, phase: int) -> float:
        """The plain mean of a phase's values; NaN without any."""
        return float(self.values[self.phase == phase].mean()) if self.count(phase) else np.nan

    def level(self, phase: int) -> Shift:
        """The level of one phase; unknown where it has no values."""
        return self._sum({phase: 1.0})

    def shift(self, now: int, then: int) -> Shift:
        """The level of phase ``now`` less that of ``then``."""
        return self._sum({now: 1.0, then: -1.0})

    def _sum(self, weights: dict[int, float]) -> Shift:
        known = list(np.unique(self.phase))
        if self.fit is None or any(each not in known for each in weights):
            return UNKNOWN
        row = np.zeros((1, self.fit.coefficients.size))
        for phase, weight in weights.items():
            row[0, known.index(phase)] = weight
        found = linear_sums(self.fit, row)
        return Shift(float(found.estimate[0]), float(found.se[0]), float(found.df[0]))


def phase_levels(
    values: npt.ArrayLike, at: npt.ArrayLike, phase: npt.ArrayLike, *, year: int
) -> PhaseLevels:
    """The series as levels of its phases.

    Parameters
    ----------
    values : (periods,), NaN = missing; such periods are left out.
    at : (periods,) whole, rising period numbers.
    phase : (periods,) whole numbers; equal ones share a mean.
    year : periods in a year, 12 or 4.

    Raises
    ------
    ValueError : if the shapes differ or a value is infinite.

    Notes
    -----
    A season (one sine and cosine) is let in when two years show it plainly; left out it makes the
    spread look larger, which costs power but no truth.
    """
    own, times = finite_or_missing(values, "values"), np.asarray(at, dtype=np.float64)
    labels = np.asarray(phase, dtype=np.int64)
    if own.ndim != 1 or times.shape != own.shape or labels.shape != own.shape:
        raise ValueError(
            "values, at and phase must be of one length, found shapes "
            f"{own.shape}, {times.shape} and {labels.shape}"
        )
    present = ~np.isnan(own)
    own, times, labels = own[present], times[present], labels[present]
    return PhaseLevels(own, labels, _fitted(own, times, labels, year))


def _fitted(own: Floats, times: Floats, labels: Whole, year: int) -> LinearFit | None:
    known = np.unique(labels)
    design = (labels[:, None] == known).astype(np.float64)
    if own.size - known.size < FEWEST_FREE:
        return None
    design = _with_season(own, design, times, year)
    n, k = design.shape
    fit = ols(own, design)
    if np.abs(own - design @ fit.coefficients).max() <= _ROUNDING * np.abs(own).max():
        return None
    settled = n >= FEWEST_FOR_RHO[year] and n - k >= FREE_FOR_RHO
    return gls_ar1(own, design, times) if settled else fit


def _with_season(own: Floats, design: Floats, times: Floats, year: int) -> Floats:
    """The design with the season, when the values span two years and an F test calls for it."""
    angle = 2 * np.pi * times / year
    larger = np.column_stack([design, np.cos(angle), np.sin(angle)])
    n, k = larger.shape
    spans_years = times.size > 0 and times[-1] - times[0] + 1 >= 2 * year
    if not spans_years or n - k < FREE_FOR_RHO or np.linalg.matrix_rank(larger) < k:
        return design
    left, less = (_squares_left(own, each) for each in (design, larger))
    f = np.inf if less == 0 else (left - less) / 2 / (less / (n - k))
    return larger if special.fdtrc(2, n - k, f) < SEASON_P else design


def _squares_left(own: Floats, design: Floats) -> float:
    residual = own - design @ np.linalg.lstsq(design, own)[0]
    return float(residual @ residual)
