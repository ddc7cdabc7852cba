"""Many questions at once: a group against the rest, with the error of the difference.

The same estimator as `contrast.against_rest`, vectorised over questions, so that every question
can be compared in every group of a survey.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.contrast import Comparison
from kvalitetslib.stats.design import BoolArray, Design, FloatArray


@dataclass(frozen=True, eq=False)
class Contrasts:
    """Differences of m questions, arrays (m,); NaN where one side has no answers."""

    value: FloatArray
    se: FloatArray
    df: FloatArray
    p: FloatArray
    low: FloatArray
    high: FloatArray

    def one(self, question: int) -> Comparison:
        """A single question's, for the functions of `contrast`."""
        at = question
        return Comparison(
            value=float(self.value[at]),
            se=float(self.se[at]),
            df=float(self.df[at]),
            low=float(self.low[at]),
            high=float(self.high[at]),
            p=float(self.p[at]),
        )


def domain_contrasts(
    y: npt.ArrayLike, design: Design, inside: npt.ArrayLike, outside: npt.ArrayLike
) -> Contrasts:
    """Mean inside less mean outside for each question.

    Parameters
    ----------
    y : (n, m), NaN = missing. inside, outside : (n,) booleans, or (n, m) when the groups are not
        the same for all questions; they may overlap.
    """
    values = np.asarray(y, dtype=np.float64)
    first = _means(values, design, np.asarray(inside, dtype=np.bool_))
    second = _means(values, design, np.asarray(outside, dtype=np.bool_))
    difference = first.value - second.value
    known = ~np.isnan(difference)
    se = np.sqrt(design.variance(np.where(known, first.influence - second.influence, 0.0)))
    base = first.base | second.base
    df = design.dfs(base)
    testable = known & (df >= 1)
    se = np.where(testable, se, np.nan)
    test = difference_test(difference, se, np.maximum(df, 1))
    return Contrasts(difference, se, df, test.p, test.low, test.high)


def independent_contrasts(now: Contrasts, then: Contrasts) -> Contrasts:
    """Change of differences (or means) between separate samples.

    Notes
    -----
    Degrees of freedom by Welch (1947), Biometrika 34, 28-35.
    """
    first, second = now.se**2, then.se**2
    whole = first + second
    with np.errstate(invalid="ignore", divide="ignore"):
        df = whole**2 / (first**2 / np.maximum(now.df, 1) + second**2 / np.maximum(then.df, 1))
    change, se = now.value - then.value, np.sqrt(whole)
    test = difference_test(change, se, np.where(np.isnan(df), 1.0, df))
    return Contrasts(change, se, df, test.p, test.low, test.high)


def plain_means(y: npt.ArrayLike, design: Design, inside: npt.ArrayLike) -> Contrasts:
    """Means as contrasts against zero, to be compared between waves."""
    values = np.asarray(y, dtype=np.float64)
    found = _means(values, design, np.asarray(inside, dtype=np.bool_))
    se = np.sqrt(design.variance(np.where(np.isnan(found.value), 0.0, found.influence)))
    df = design.dfs(found.base)
    se = np.where(np.isnan(found.value) | (df < 1), np.nan, se)
    nothing = np.full(len(df), np.nan)
    return Contrasts(found.value, se, df, nothing, nothing, nothing)


@dataclass(frozen=True, eq=False)
class _Means:
    value: FloatArray
    influence: FloatArray
    base: BoolArray


def _means(values: FloatArray, design: Design, domain: BoolArray) -> _Means:
    groups = domain if domain.ndim == 2 else domain[:, None]
    base = ~np.isnan(values) & groups & (design.weight > 0)[:, None]
    weight = np.where(base, design.weight[:, None], 0.0)
    known = np.where(base, values, 0.0)
    size = weight.sum(axis=0)
    mean = np.divide(
        (weight * known).sum(axis=0), size, out=np.full(len(size), np.nan), where=size > 0
    )
    influence = np.where(
        base, weight * (known - np.nan_to_num(mean)) / np.where(size > 0, size, 1.0), 0.0
    )
    return _Means(mean, influence, base)
