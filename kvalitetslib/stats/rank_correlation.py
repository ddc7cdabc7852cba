"""Spearman's rank correlation of one row of numbers with many, each over what both have.

Worked example: 1 2 3 4 5 with 2 1 4 3 5. The ranks differ by 1 1 1 1 0, so the correlation is
1 - 6 x 4 / (5 x 24) = 0.8.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from kvalitetslib.stats.intervals import Floats, finite_or_missing


@dataclass(frozen=True, eq=False)
class RankCorrelation:
    """Arrays of shape (rows,). rho and p are NaN with fewer than three pairs or no variation."""

    rho: Floats
    p: Floats
    n: npt.NDArray[np.int64]


def spearman_with_each(one: npt.ArrayLike, others: npt.ArrayLike) -> RankCorrelation:
    """How ``one`` goes together with each of ``others``.

    Parameters
    ----------
    one : (units,), NaN = missing.
    others : (rows, units) or (units,) of the same units, NaN = missing.

    Raises
    ------
    ValueError : if the number of units differs or a value is infinite.

    Notes
    -----
    Spearman (1904), Am. J. Psychol. 15, 72-101. Ties share their mean rank. Two-sided p from t
    with n - 2 degrees of freedom.
    """
    rows = np.atleast_2d(finite_or_missing(others, "others"))
    mine = np.broadcast_to(finite_or_missing(one, "one"), rows.shape)
    missing = np.isnan(mine) | np.isnan(rows)
    first, second = (_centred_ranks(np.where(missing, np.nan, each)) for each in (mine, rows))
    n = (~missing).sum(axis=1)
    scale = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    known = (n > 2) & (scale > 0)
    rho = np.full(len(rows), np.nan)
    product = (first * second).sum(axis=1)
    rho[known] = np.clip(product[known] / scale[known], -1, 1)
    return RankCorrelation(rho, _two_sided(rho, n), n.astype(np.int64))


def _centred_ranks(values: Floats) -> Floats:
    """Ranks less their mean; 0 where the value is missing."""
    ranks = stats.rankdata(values, axis=1, nan_policy="omit")
    n = (~np.isnan(ranks)).sum(axis=1, keepdims=True)
    centred: Floats = np.nan_to_num(ranks - (n + 1) / 2, nan=0.0)
    return centred


def _two_sided(rho: Floats, n: npt.NDArray[np.int64]) -> Floats:
    """P value of t = rho sqrt((n - 2) / (1 - rho^2)), as an incomplete beta function."""
    df = np.maximum(n - 2, 1)
    p: Floats = special.betainc(df / 2, 0.5, 1 - rho**2)
    return p
