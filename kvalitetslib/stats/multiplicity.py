"""Adjusted p values, so that many tests do not give findings by chance alone.

A q value is the smallest false discovery rate at which the test would still count as a find.
NaN is a test that could not be made: it stays NaN and is not counted.

Worked example: p = 0.01, 0.02, 0.03, 0.50 are four tests; 0.01 x 4/1, 0.02 x 4/2 and 0.03 x 4/3
are all 0.04, so q = 0.04, 0.04, 0.04, 0.50.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from kvalitetslib.stats.intervals import Floats, finite_or_missing


@dataclass(frozen=True, eq=False)
class FamilyAdjusted:
    """q values, and m, the number of tests made in the family of each; arrays of one shape."""

    q: Floats
    m: npt.NDArray[np.int64]


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """q values of one family of tests, any shape.

    Raises
    ------
    ValueError : if a p value lies outside 0 to 1.

    Notes
    -----
    Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300. Sound for tests that are
    independent or pull the same way.
    """
    return _adjusted(p, "bh")


def benjamini_yekutieli(p: npt.ArrayLike) -> Floats:
    """q values of one family under any dependence between the tests; stricter, any shape.

    Raises
    ------
    ValueError : if a p value lies outside 0 to 1.

    Notes
    -----
    Benjamini & Yekutieli (2001), Ann. Stat. 29, 1165-1188.
    """
    return _adjusted(p, "by")


def benjamini_hochberg_by_family(p: npt.ArrayLike, family: npt.ArrayLike) -> FamilyAdjusted:
    """q values adjusted inside each family on its own.

    Parameters
    ----------
    p : p values, any shape, NaN = not tested.
    family : labels of the same shape, whole numbers or text.

    Raises
    ------
    ValueError : if the shapes differ or a p value lies outside 0 to 1.
    """
    return _adjusted_by_family(p, family, benjamini_hochberg)


def benjamini_yekutieli_by_family(p: npt.ArrayLike, family: npt.ArrayLike) -> FamilyAdjusted:
    """Sensitivity twin of `benjamini_hochberg_by_family`, with the same arguments."""
    return _adjusted_by_family(p, family, benjamini_yekutieli)


def _adjusted(p: npt.ArrayLike, method: str) -> Floats:
    values = finite_or_missing(p, "p")
    if (values < 0).any() or (values > 1).any():
        raise ValueError("p must lie between 0 and 1")
    tested = ~np.isnan(values)
    q = np.full(values.shape, np.nan)
    if tested.any():
        q[tested] = stats.false_discovery_control(values[tested], method=method)
    return q


def _adjusted_by_family(
    p: npt.ArrayLike, family: npt.ArrayLike, adjust: Callable[[npt.ArrayLike], Floats]
) -> FamilyAdjusted:
    values, labels = finite_or_missing(p, "p"), np.asarray(family)
    if values.shape != labels.shape:
        raise ValueError(f"p has shape {values.shape} but family has {labels.shape}")
    flat = values.ravel()
    names, member = np.unique(labels.ravel(), return_inverse=True)
    tested = np.bincount(member[~np.isnan(flat)], minlength=names.size)
    q = np.full(flat.shape, np.nan)
    # One sort puts the families side by side; a mask for each would read all p every time.
    order = np.argsort(member, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(member, minlength=names.size))[:-1]):
        q[rows] = adjust(flat[rows])
    m = tested[member].astype(np.int64)
    return FamilyAdjusted(q=q.reshape(values.shape), m=m.reshape(values.shape))
