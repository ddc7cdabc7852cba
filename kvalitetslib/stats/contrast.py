"""Differences between survey estimates, with the standard error of the difference.

Two groups of one survey share strata and may overlap, so their influence values are subtracted
before the variance is taken; two waves are separate samples, so their variances are added.

Worked example: 0.60 (se 0.03, df 100) now and 0.50 (se 0.04, df 80) then differ by 0.10 with
standard error 0.05; t = 2.00 and p = 0.047.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.design import BoolArray, Design, FloatArray
from kvalitetslib.stats.intervals import two_sided_quantile
from kvalitetslib.stats.survey import SurveyEstimate, mean

PUBLISHED_QUANTILE = 1.959963984540054
"""Published margins are taken to be half of a 95 % normal interval."""


class Uncertain(Protocol):
    """Anything with a value, a standard error and degrees of freedom."""

    @property
    def value(self) -> float: ...
    @property
    def se(self) -> float: ...
    @property
    def df(self) -> float: ...


@dataclass(frozen=True)
class Comparison:
    """A difference, its standard error, t test and interval (NaN when it cannot be tested).

    `knows_reference_error` is False when the figure compared with came without a margin: the
    text must then say that it lacks one. `influence` is empty for separate samples.
    """

    value: float
    se: float
    df: float
    low: float
    high: float
    p: float
    knows_reference_error: bool = True
    influence: FloatArray = field(repr=False, compare=False, default_factory=lambda: np.empty(0))


def difference(
    a: SurveyEstimate, b: SurveyEstimate, design: Design, *, level: float = 0.95
) -> Comparison:
    """a - b in one survey; the groups may overlap or share strata."""
    return combination([a, b], [1.0, -1.0], design, level=level)


def combination(
    estimates: Sequence[SurveyEstimate],
    coefficients: Sequence[float],
    design: Design,
    *,
    level: float = 0.95,
) -> Comparison:
    """Sum of coefficient times estimate in one survey: a gap, or an index of several questions."""
    value = sum(c * e.value for c, e in zip(coefficients, estimates, strict=True))
    influence = np.zeros(len(design.weight))
    for c, e in zip(coefficients, estimates, strict=True):
        influence = influence + c * e.influence
    base = np.any([e.base for e in estimates], axis=0)
    se = float(np.sqrt(design.variance(influence)))
    return _comparison(value, se, design.df(base), level=level, influence=influence)


def against_rest(
    y: npt.ArrayLike,
    design: Design,
    domain: npt.ArrayLike,
    *,
    estimator: Callable[[npt.ArrayLike, Design, BoolArray], SurveyEstimate] = mean,
    level: float = 0.95,
) -> Comparison:
    """The domain less everyone outside it who answered."""
    inside = np.asarray(domain, dtype=np.bool_)
    a, b = estimator(y, design, inside), estimator(y, design, ~inside)
    return difference(a, b, design, level=level)


def independent_difference(now: Uncertain, then: Uncertain, *, level: float = 0.95) -> Comparison:
    """now - then for separate samples: two waves, or the gaps of two waves.

    Notes
    -----
    Degrees of freedom by Welch (1947), Biometrika 34, 28-35.
    """
    v1, v2 = now.se**2, then.se**2
    parts = (_over(v1**2, now.df), _over(v2**2, then.df))
    df = _over((v1 + v2) ** 2, sum(parts)) if v1 + v2 > 0 else min(now.df, then.df)
    return _comparison(now.value - then.value, float(np.sqrt(v1 + v2)), df, level=level)


def difference_from_published(
    own: Uncertain,
    published: float,
    *,
    margin: float | None = None,
    n: int | None = None,
    level: float = 0.95,
) -> Comparison:
    """own - published. Give the margin (half of a 95 % interval), or n if it is a share.

    With neither the published figure is taken as exact and the result says so.

    Raises
    ------
    ValueError : if the margin is negative, or n is given and the figure is not a share.
    """
    if margin is not None and margin < 0:
        raise ValueError(f"a margin is not negative, found {margin}")
    if margin is None and n is not None and not (0 <= published <= 1 and n > 0):
        raise ValueError("n gives a standard error only to a share between 0 and 1")
    known = margin is not None or n is not None
    error = 0.0
    if margin is not None:
        error = margin / PUBLISHED_QUANTILE
    elif n is not None:
        error = float(np.sqrt(published * (1 - published) / n))
    variance = own.se**2 + error**2
    df = own.df * (variance / own.se**2) ** 2 if own.se > 0 else own.df
    difference_ = own.value - published
    return _comparison(difference_, float(np.sqrt(variance)), df, level=level, known=known)


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else float("inf")


def _comparison(
    value: float,
    se: float,
    df: float,
    *,
    level: float,
    known: bool = True,
    influence: FloatArray | None = None,
) -> Comparison:
    testable = se > 0 and df > 0
    half = float(two_sided_quantile(df, level)) * se if testable else float("nan")
    p = 2 * float(special.stdtr(df, -abs(value) / se)) if testable else float("nan")
    kept = np.empty(0) if influence is None else influence
    return Comparison(value, se, df, value - half, value + half, p, known, kept)
