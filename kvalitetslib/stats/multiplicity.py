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


def hierarchical_by_family(
    p: npt.ArrayLike, family: npt.ArrayLike, parent: npt.ArrayLike, *, level: float
) -> FamilyAdjusted:
    """q values of families that are looked into only where their parent's families hold anything.

    First it is asked in which families of a parent anything is found at all: each is one test, by
    the smallest of its own q values (Simes), adjusted among the parent's families. In the R of F
    that pass, the tests are held to R / F of the level. So a parent where nothing is true gives a
    find at most as often as the level says, however many families it has.

    Parameters
    ----------
    p : (tests,) p values, NaN = not tested.
    family : (tests,) labels; a family belongs to one parent.
    parent : (tests,) labels.
    level : false discovery rate that is held, as a share.

    Returns
    -------
    FamilyAdjusted: a test is a find when its q is at most `level` (q is made for this level and
    means nothing at another), and m counts the tests of its own family.

    Raises
    ------
    ValueError : if the shapes differ or a p value lies outside 0 to 1.

    Notes
    -----
    Benjamini & Bogomolov (2014), J. R. Stat. Soc. B 76, 297-318; Simes (1986), Biometrika 73.

    Worked example: two families with the q values 0.01, 0.30 and 0.60, 0.80 have the family tests
    0.01 and 0.60, adjusted 0.02 and 0.60. At 5 % one of the two passes, so its q are doubled:
    0.02 is a find, 0.60 is not.
    """
    within = benjamini_hochberg_by_family(p, family)
    flat, parents = within.q.ravel(), np.asarray(parent).ravel()
    if parents.size != flat.size:
        raise ValueError(f"p has {flat.size} tests but parent has {parents.size}")
    names, member = np.unique(np.asarray(family).ravel(), return_inverse=True)
    simes = np.full(names.size, np.inf)
    tested = ~np.isnan(flat)
    np.minimum.at(simes, member[tested], flat[tested])
    simes = np.where(np.isinf(simes), np.nan, simes)
    belongs = np.empty(names.size, dtype=parents.dtype)
    belongs[member] = parents
    among = benjamini_hochberg_by_family(simes, belongs)
    passed = among.q <= level
    _, owner = np.unique(belongs, return_inverse=True)
    kept = np.bincount(owner[passed], minlength=owner.max(initial=-1) + 1)[owner]
    stretch = np.where(passed, among.m / np.maximum(kept, 1), np.nan)
    q = np.where(
        passed[member],
        np.minimum(flat * stretch[member], 1.0),
        np.fmax(flat, among.q[member]),
    )
    q = np.where(tested, q, np.nan).reshape(within.q.shape)
    return FamilyAdjusted(q=q, m=within.m)


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
