"""Interrupted time series: did the level or the slope change when something was introduced?

y = b0 + b1 t + b2 step + b3 periods since the start. The effect at the last point is
b2 + b3 (last - start): how far the new line is from where the old one would have led (the
counterfactual). The others' mean can be taken from the series first, so that what happened
everywhere is not counted as an effect.

Worked example: 10, 11, 12, ... rises by 1 a month from month 0. In month 8 it falls by 5 and then
rises by 2 a month: month 8 would have been 18 and is 13, month 11 would have been 21 and is 19.
Level change -5, slope change +1, effect at the last point -5 + 1 x 3 = -2.

False positives of a two-sided 5 % test in per cent, 5 000 series without effect a row, half of the
points after the start (a third at n = 12), step and slope. Newey-West alone is not used for this:

| n  | rho | level | slope | last | any change | Newey-West: level | last |
|----|-----|-------|-------|------|------------|-------------------|------|
| 12 | 0   | 6.1   | 5.7   | 6.0  | 6.8        | 28.7              | 25.9 |
| 12 | 0.2 | 8.0   | 6.5   | 7.0  | 8.6        | 32.9              | 32.3 |
| 12 | 0.4 | 7.4   | 8.1   | 9.3  | 10.3       | 36.1              | 39.6 |
| 16 | 0   | 6.1   | 5.7   | 5.8  | 6.0        | 24.8              | 24.8 |
| 16 | 0.2 | 5.9   | 6.3   | 6.3  | 6.4        | 27.5              | 30.0 |
| 16 | 0.4 | 7.3   | 8.0   | 8.1  | 8.2        | 32.7              | 38.0 |
| 24 | 0   | 5.6   | 4.9   | 5.5  | 5.1        | 18.2              | 19.7 |
| 24 | 0.2 | 6.6   | 5.8   | 5.9  | 6.2        | 22.2              | 23.7 |
| 24 | 0.4 | 6.1   | 5.4   | 5.4  | 5.3        | 26.1              | 30.4 |
| 48 | 0   | 5.4   | 5.5   | 5.2  | 5.3        | 14.4              | 14.1 |
| 48 | 0.2 | 5.5   | 4.6   | 4.9  | 5.2        | 17.0              | 17.8 |
| 48 | 0.4 | 6.2   | 5.1   | 5.3  | 5.3        | 20.5              | 22.3 |
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.autoregression import (
    LinearFit,
    gls_ar1,
    joint_p,
    newey_west,
    ols,
)
from kvalitetslib.stats.intervals import Floats, finite_or_missing
from kvalitetslib.stats.segment_effects import (
    NO_EFFECTS,
    NO_LINE,
    Effects,
    Line,
    effects_of,
    line_of,
)
from kvalitetslib.stats.segments import Segments, change_rows, segment_design, unchanged_design

FEWEST_BEFORE = 8
FEWEST_AFTER = 4
FEWEST_FOR_RHO = 12
"""Shorter series get least squares, as rho cannot be told from them (Turner et al. 2021)."""
FREE_FOR_RHO = 8
"""Points beyond the coefficients that rho needs: what 12 points have without a season."""
SHORTEST_BEFORE = 3
SHORTEST_AFTER = 2
SHORTEST_FREE = 2
ROUNDING = 1e-9
"""Scatter round the lines below this share of the largest value is rounding, not noise."""


class Basis(StrEnum):
    """What the result may carry: a claim, an indication, or nothing and why."""

    CLAIM = "claim"
    INDICATION = "indication"
    TOO_FEW = "too_few"
    NO_SCATTER = "no_scatter"


class Method(StrEnum):
    """How the lines were fitted."""

    GLS = "gls-ar1-reml"
    OLS = "ols"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Interrupted:
    """What an interrupted series shows.

    ``effect_p`` is the F test of no change at all, ``newey_west`` a row for sensitivity only.
    The lines have the periods with a value, the counterfactual those from the start on. rho is 0
    where it is taken for granted (least squares). With basis TOO_FEW all numbers are NaN and the
    lines empty; with NO_SCATTER (all points on the lines) only intervals, errors and p are NaN.
    """

    basis: Basis
    method: Method
    n_before: int
    n_after: int
    rho: float = np.nan
    effects: Effects = NO_EFFECTS
    effect_p: float = np.nan
    newey_west: Effects = NO_EFFECTS
    fitted: Line = NO_LINE
    counterfactual: Line = NO_LINE


STEP_AND_SLOPE = Segments()


def interrupted(
    values: npt.ArrayLike,
    at: npt.ArrayLike,
    *,
    start: int,
    comparison: npt.ArrayLike | None = None,
    segments: Segments = STEP_AND_SLOPE,
) -> Interrupted:
    """Change of level and slope from a given period on, and the line that would have been.

    Parameters
    ----------
    values : (periods,), NaN = missing; such periods are left out and the others keep their times.
    at : (periods,) whole, rising period numbers (months or quarters counted from anywhere).
    start : first period of the new order, set before the series was looked at.
    comparison : (periods,) the others' mean. The difference values - comparison is then analysed,
        and the lines are differences; a period where either is missing is left out.
    segments : what may change, and the season.

    Returns
    -------
    Interrupted, in the unit of the values, with 95 % intervals. A claim needs 8 points before, 4
    after and 8 beyond the coefficients.

    Raises
    ------
    ValueError : if the shapes differ, times are not whole and rising, or a value is infinite.

    Notes
    -----
    Wagner, Soumerai, Zhang & Ross-Degnan (2002), J. Clin. Pharm. Ther. 27, 299-309; Turner et al.
    (2021), BMC Med. Res. Methodol. 21, 181: REML, and least squares below 12 points.
    """
    own, times = _present(values, at, comparison)
    after = times >= start
    n_before, n_after = int(np.sum(~after)), int(np.sum(after))
    design = segment_design(times, start, segments)
    if not _can_be_fitted(design, n_before, n_after):
        return Interrupted(Basis.TOO_FEW, Method.NONE, n_before, n_after)
    fit, method, basis = _fitted(own, times, design)
    if basis is Basis.CLAIM and (n_before < FEWEST_BEFORE or n_after < FEWEST_AFTER):
        basis = Basis.INDICATION
    rows = change_rows(float(times[-1]), start, segments)
    unchanged = unchanged_design(times, start, segments)[after]
    sensitivity = newey_west(own, design) if basis is not Basis.NO_SCATTER else fit
    return Interrupted(
        basis,
        method,
        n_before,
        n_after,
        rho=float(fit.rho),
        effects=effects_of(fit, rows),
        effect_p=float(joint_p(fit, np.stack([row for k, row in rows.items() if k != "last"]))),
        newey_west=effects_of(sensitivity, rows),
        fitted=line_of(fit, times, design),
        counterfactual=line_of(fit, times[after], unchanged),
    )


def _present(
    values: npt.ArrayLike, at: npt.ArrayLike, comparison: npt.ArrayLike | None
) -> tuple[Floats, Floats]:
    own, times = finite_or_missing(values, "values"), np.asarray(at, dtype=np.float64)
    others = (
        np.zeros(own.shape) if comparison is None else finite_or_missing(comparison, "comparison")
    )
    if own.ndim != 1 or times.shape != own.shape or others.shape != own.shape:
        raise ValueError(
            "values, at and comparison must be of one length, found shapes "
            f"{own.shape}, {times.shape} and {others.shape}"
        )
    if (np.diff(times) <= 0).any() or (times != np.round(times)).any():
        raise ValueError("at must be whole numbers that rise from each period to the next")
    difference = own - others
    present = ~np.isnan(difference)
    return difference[present], times[present]


def _can_be_fitted(design: Floats, n_before: int, n_after: int) -> bool:
    n, k = design.shape
    return bool(
        n_before >= SHORTEST_BEFORE
        and n_after >= SHORTEST_AFTER
        and n - k >= SHORTEST_FREE
        and np.linalg.matrix_rank(design) == k
    )


def _fitted(own: Floats, times: Floats, design: Floats) -> tuple[LinearFit, Method, Basis]:
    fit = ols(own, design)
    scatter = np.abs(own - design @ fit.coefficients).max()
    if scatter <= ROUNDING * np.abs(own).max():
        unknown = np.full_like(fit.covariance, np.nan)
        return (
            replace(fit, covariance=unknown, near=np.stack([unknown] * 2)),
            Method.OLS,
            Basis.NO_SCATTER,
        )
    n, k = design.shape
    if n < FEWEST_FOR_RHO or n - k < FREE_FOR_RHO:
        return fit, Method.OLS, Basis.INDICATION
    return gls_ar1(own, design, times), Method.GLS, Basis.CLAIM
