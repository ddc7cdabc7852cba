"""Which questions go with the overall grade: how R2 is shared out between the drivers.

The importance of a driver is its mean contribution to R2 over all orders in which the drivers
can enter (LMG, the Shapley value); they add up to R2. Above fifteen drivers Johnson's relative
weights stand in. Importance is association, not effect.

Worked example: two uncorrelated drivers with correlations 0.6 and 0.3 to the grade have the
importances 0.36 and 0.09.

Sources: Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis,
p. 119; Gromping (2007), Am. Stat. 61, 139-147; Johnson (2000), Multivar. Behav. Res. 35, 1-19.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import factorial

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import Design, FloatArray

MOST_EXACT = 15
REPLICATES = 500
SMALLEST_RESIDUAL = 1e-10
"""Share of a driver's variance the others must leave unexplained."""


class Priority(StrEnum):
    """Place in the matrix of importance and level."""

    PRIORITISE = "prioritise"
    KEEP = "keep"
    WATCH = "watch"
    LEAVE = "leave"


@dataclass(frozen=True, eq=False)
class KeyDrivers:
    """Importance of each driver, arrays (p,), in shares of the variance of the grade.

    low, high : bootstrap interval. sign : -1, 0, 1 of the coefficient in the model with all.
    vif : variance inflation. level : weighted mean of the driver. n : complete answers.
    """

    importance: FloatArray
    low: FloatArray
    high: FloatArray
    sign: FloatArray
    vif: FloatArray
    level: FloatArray
    r2: float
    n: int
    method: str


def key_drivers(
    grade: npt.ArrayLike,
    drivers: npt.ArrayLike,
    design: Design,
    *,
    rng: np.random.Generator,
    replicates: int = REPLICATES,
    level: float = 0.95,
) -> KeyDrivers:
    """Drivers of a grade among those who answered everything.

    Parameters
    ----------
    grade : (n,). drivers : (n, p). NaN = missing: the respondent is left out.
    rng : seeds the bootstrap, which draws first-stage clusters within strata.

    Raises
    ------
    ValueError : with too few complete answers, a constant grade or driver, or a driver that the
        others determine (named by its place).
    """
    table = np.column_stack([np.asarray(grade, np.float64), np.asarray(drivers, np.float64)])
    complete = ~np.isnan(table).any(axis=1) & (design.weight > 0)
    known, weight = table[complete], design.weight[complete]
    p = known.shape[1] - 1
    if len(known) < p + 3:
        raise ValueError(f"{len(known)} complete answers are too few for {p} drivers")
    whole = weighted_correlation(known, weight)
    inverse = _checked_inverse(whole[1:, 1:])
    coefficient = inverse @ whole[1:, 0]
    shares = lmg if p <= MOST_EXACT else relative_weights
    drawn = _bootstrap(known, design, complete, rng, replicates)
    tails = np.quantile(shares(drawn), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return KeyDrivers(
        importance=shares(whole[None])[0],
        low=tails[0],
        high=tails[1],
        sign=np.sign(coefficient),
        vif=np.diag(inverse).copy(),
        level=weight @ known[:, 1:] / weight.sum(),
        r2=float(coefficient @ whole[1:, 0]),
        n=len(known),
        method="lmg" if p <= MOST_EXACT else "johnson",
    )


def priorities(found: KeyDrivers) -> list[Priority]:
    """Prioritise: importance surely above the mean importance, level below the mean level.

    Keep: as important, level at or above it. Watch and leave: not surely important, low and high.
    """
    important = found.low > found.importance.mean()
    below = found.level < found.level.mean()
    names = np.where(
        important,
        np.where(below, Priority.PRIORITISE, Priority.KEEP),
        np.where(below, Priority.WATCH, Priority.LEAVE),
    )
    return [Priority(name) for name in names]


def weighted_correlation(table: FloatArray, weight: FloatArray) -> FloatArray:
    """Weighted correlation matrix of the columns of `table` (n, k)."""
    centred = table - weight @ table / weight.sum()
    covariance = (centred * weight[:, None]).T @ centred
    spread = np.sqrt(np.diag(covariance))
    constant = np.flatnonzero(spread <= 1e-12 * np.sqrt(weight.sum()) * (1 + abs(table).max()))
    if len(constant):
        raise ValueError(f"everybody gave the same answer in columns {constant.tolist()}")
    return np.asarray(covariance / np.outer(spread, spread))


def lmg(correlation: FloatArray) -> FloatArray:
    """Shapley values of R2, (b, p), from correlations (b, p + 1, p + 1) with the grade first.

    Walks all subsets once, sweeping one driver a step, all b matrices side by side.
    """
    p = correlation.shape[1] - 1
    r2 = np.zeros((1 << p, len(correlation)))
    _sweep(np.moveaxis(correlation, 0, -1), 0, 0, r2)
    sizes = np.array([bin(subset).count("1") for subset in range(1 << p)])
    order = [factorial(s) * factorial(p - s - 1) / factorial(p) for s in range(p)]
    result = np.empty((len(correlation), p))
    for j in range(p):
        without = np.flatnonzero(~np.arange(1 << p) & (1 << j))
        gain = r2[without | (1 << j)] - r2[without]
        result[:, j] = np.array(order)[sizes[without]] @ gain
    return result


def relative_weights(correlation: FloatArray) -> FloatArray:
    """Johnson's relative weights, (b, p); they add up to R2."""
    values, vectors = np.linalg.eigh(correlation[:, 1:, 1:])
    roots = np.sqrt(np.maximum(values, 0.0))
    turned = (vectors * roots[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    beta = np.linalg.solve(turned, correlation[:, 1:, :1])
    return np.asarray((turned**2 @ beta**2)[..., 0])


def _sweep(matrix: FloatArray, subset: int, start: int, r2: FloatArray) -> None:
    """Record R2 of `subset`, then of every subset that adds later drivers.

    `matrix` (1 + left, 1 + left, b) is the residual covariance of the grade and drivers `start`
    and on, given the subset.
    """
    r2[subset] = 1 - matrix[0, 0]
    for k in range(1, len(matrix)):
        keep = [0, *range(k + 1, len(matrix))]
        column = matrix[keep, k]
        swept = matrix[np.ix_(keep, keep)] - column[:, None] * column[None] / matrix[k, k]
        _sweep(swept, subset | (1 << (start + k - 1)), start + k, r2)


def _checked_inverse(correlation: FloatArray) -> FloatArray:
    values = np.linalg.eigvalsh(correlation)
    if values[0] < SMALLEST_RESIDUAL:
        vector = np.linalg.eigh(correlation)[1][:, 0]
        tied = np.flatnonzero(np.abs(vector) > 0.1).tolist()
        raise ValueError(f"drivers {tied} determine one another; leave one out")
    return np.asarray(np.linalg.inv(correlation))


def _bootstrap(
    known: FloatArray,
    design: Design,
    complete: npt.NDArray[np.bool_],
    rng: np.random.Generator,
    replicates: int,
) -> FloatArray:
    """Correlations (replicates, p + 1, p + 1) of clusters redrawn within strata.

    A draw where a question has no spread is drawn again.
    """
    cluster = design.first.cluster[complete]
    weight = design.weight[complete]
    used = np.unique(cluster)
    strata = design.first.stratum[used]
    members = [used[strata == s] for s in np.unique(strata)]
    drawn: list[FloatArray] = []
    for _ in range(20 * replicates):
        picked = np.concatenate([rng.choice(units, len(units)) for units in members])
        times = np.bincount(picked, minlength=len(design.first.stratum))[cluster]
        try:
            drawn.append(weighted_correlation(known, weight * times))
        except ValueError:
            continue
        if len(drawn) == replicates:
            return np.stack(drawn)
    raise ValueError("too few respondents for a bootstrap: draws lack spread")
