"""Do areas differ beyond chance, and by how much?

Worked example: three areas at 60, 70 and 80 with standard error 5 each. Q = (100 + 0 + 100) / 25
= 8 on 2 degrees of freedom, p = 0.018, and I2 = (8 - 2) / 8 = 75 % of the spread is real. The true
values vary by tau = sqrt(100 - 25) = 8.7; `shrinkage.shrunken` takes it from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import Floats
from kvalitetslib.stats.shrinkage import known_areas, precision

GRID = np.concatenate([[0.0], np.geomspace(1e-6, 1.0, 40)])
"""Where REML looks first, as shares of the squared range of the estimates."""
_HALVINGS = 80


@dataclass(frozen=True, eq=False)
class Heterogeneity:
    """How much areas differ, arrays of shape (...); all but n are NaN with fewer than 2 areas.

    n : areas with an estimate and a standard error above 0.
    q, p : Cochran's Q and its p on n - 1 degrees of freedom, for "all areas are alike".
    i2 : share of the spread that is not chance, 0 to 1. It grows with the number of answers.
    tau : standard deviation between the areas' true values (REML), in their unit: the index of
        differences between areas, as it grows neither with n nor with the number of areas.
    tau_low, tau_high : its interval (Q profile). NaN when the areas are more alike than chance
        lets even equal areas be: then no tau fits.
    tau2_reml, tau2_dl : squares of tau, and by the method of DerSimonian and Laird.
    """

    n: npt.NDArray[np.int64]
    q: Floats
    p: Floats
    i2: Floats
    tau: Floats
    tau_low: Floats
    tau_high: Floats
    tau2_reml: Floats
    tau2_dl: Floats


def heterogeneity(
    estimates: npt.ArrayLike, se: npt.ArrayLike, *, level: float = 0.95
) -> Heterogeneity:
    """Test and size of the differences between areas.

    Parameters
    ----------
    estimates, se : (..., areas) values and standard errors, as in `shrinkage.known_areas`.
    level : coverage of the interval of tau as a share.

    Raises
    ------
    ValueError : if the level is out of range, or as in `shrinkage.known_areas`.

    Notes
    -----
    Cochran (1954), Biometrics 10, 101-129; Higgins & Thompson (2002), Stat. Med. 21, 1539-1558
    (I2); DerSimonian & Laird (1986), Control. Clin. Trials 7, 177-188; Viechtbauer (2005), J.
    Educ. Behav. Stat. 30, 261-293 (REML); Viechtbauer (2007), Stat. Med. 26, 37-52 (Q profile).
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    y, v = known_areas(estimates, se)
    n = np.asarray((~np.isnan(y)).sum(axis=-1), dtype=np.int64)
    df = np.where(n >= 2, n - 1.0, np.nan)
    q = np.where(n >= 2, _q(y, v, np.zeros(n.shape)), np.nan)
    reml = np.where(n >= 2, _reml(y, v), np.nan)
    high = _q_profile(y, v, df, (1 - level) / 2)
    low = np.where(np.isnan(high), np.nan, np.nan_to_num(_q_profile(y, v, df, (1 + level) / 2)))
    return Heterogeneity(
        n=n,
        q=q,
        p=special.chdtrc(df, q),
        i2=np.maximum(q - df, 0) / np.where(q > 0, q, 1.0),
        tau=np.sqrt(reml),
        tau_low=np.sqrt(low),
        tau_high=np.sqrt(high),
        tau2_reml=reml,
        tau2_dl=_dersimonian_laird(v, q - df),
    )


def _fit(y: Floats, v: Floats, tau2: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights, their sum (1 when there are none), and distances from the weighted mean."""
    weight, value = precision(v, tau2), np.nan_to_num(y)
    total = weight.sum(axis=-1)
    total = np.where(total == 0, 1.0, total)
    return weight, total, value - (weight * value).sum(axis=-1, keepdims=True) / total[..., None]


def _q(y: Floats, v: Floats, tau2: Floats) -> Floats:
    """Weighted sum of squares round the weighted mean."""
    weight, _, distance = _fit(y, v, tau2)
    return np.asarray((weight * distance**2).sum(axis=-1), dtype=np.float64)


def _dersimonian_laird(v: Floats, excess: Floats) -> Floats:
    weight, total, _ = _fit(v, v, np.zeros(v.shape[:-1]))
    scale = total - (weight**2).sum(axis=-1) / total
    return np.maximum(excess, 0) / np.where(scale > 0, scale, np.nan)


def _reml(y: Floats, v: Floats) -> Floats:
    """tau2 with the highest restricted likelihood: the best on a grid, then the score's root."""
    grid = GRID * _squared_range(y)[..., None]
    likelihood = np.stack([_restricted(y, v, grid[..., i]) for i in range(GRID.size)], axis=-1)
    best = np.argmax(likelihood, axis=-1)[..., None]
    low = np.take_along_axis(grid, np.maximum(best - 1, 0), axis=-1)[..., 0]
    high = np.take_along_axis(grid, np.minimum(best + 1, GRID.size - 1), axis=-1)[..., 0]
    root = _root(lambda tau2: _score(y, v, tau2), low, high)
    return np.where((low == 0) & (_score(y, v, low) <= 0), 0.0, root)


def _restricted(y: Floats, v: Floats, tau2: Floats) -> Floats:
    """Restricted log likelihood, but for a constant."""
    weight, total, distance = _fit(y, v, tau2)
    logs = np.log(np.where(weight > 0, weight, 1.0)).sum(axis=-1)
    return np.asarray((logs - np.log(total) - (weight * distance**2).sum(axis=-1)) / 2)


def _score(y: Floats, v: Floats, tau2: Floats) -> Floats:
    """Twice the slope of the restricted log likelihood."""
    weight, total, distance = _fit(y, v, tau2)
    squares = (weight * distance) ** 2 + weight**2 / total[..., None] - weight
    return np.asarray(squares.sum(axis=-1), dtype=np.float64)


def _q_profile(y: Floats, v: Floats, df: Floats, share: float) -> Floats:
    """tau2 at which Q is the chi-square quantile of that share; NaN when Q is always below."""
    aim = special.chdtri(np.where(np.isnan(df), 1.0, df), 1 - share)
    # With all weights at most 1 / tau2, Q is below n range^2 / tau2.
    highest = (np.nan_to_num(df) + 1) * _squared_range(y) / aim
    zero = np.zeros(aim.shape)
    root = _root(lambda tau2: _q(y, v, tau2) - aim, zero, highest)
    return np.where(_q(y, v, zero) >= aim, root, np.nan)


def _root(falling: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Where a function passes from above 0 to below it, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_above = falling(middle) > 0
        low, high = np.where(is_above, middle, low), np.where(is_above, high, middle)
    return (low + high) / 2


def _squared_range(y: Floats) -> Floats:
    known = ~np.isnan(y)
    highest = np.where(known, y, -np.inf).max(axis=-1, initial=-np.inf)
    lowest = np.where(known, y, np.inf).min(axis=-1, initial=np.inf)
    return np.where(highest >= lowest, highest - lowest, 0.0) ** 2
