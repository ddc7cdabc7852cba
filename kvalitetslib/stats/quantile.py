"""Weighted quantiles with Woodruff intervals.

The quantile is the smallest answer at or above which the weighted distribution function reaches
p. Its interval inverts the interval of the distribution function at the quantile.

Worked example: answers 1, 2, 3, 4 of equal weight have the median 2.

Source: Woodruff (1952), J. Am. Stat. Assoc. 47, 635-646.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import Design, FloatArray
from kvalitetslib.stats.intervals import t_interval
from kvalitetslib.stats.survey import mean

SLACK = 1e-12
"""Relative slack when a cumulated weight is compared with p; sums carry rounding errors."""


@dataclass(frozen=True)
class Quantile:
    """A quantile in the unit of y; a bound is NaN where the sample cannot give one."""

    value: float
    low: float
    high: float
    df: int
    n: int


def quantile(
    y: npt.ArrayLike,
    design: Design,
    p: float = 0.5,
    *,
    domain: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Quantile:
    """Quantile p of y in a domain; NaN in y is left out.

    Raises
    ------
    ValueError : unless 0 < p < 1 and somebody answered.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, found {p}")
    values = np.asarray(y, dtype=np.float64)
    base = mean(values, design, domain).base
    answers, weight = values[base], design.weight[base]
    value = _inverse(answers, weight, p)
    below = np.where(np.isnan(values), np.nan, values <= value)
    reached = mean(below, design, base)
    if reached.df < 1:
        return Quantile(value, float("nan"), float("nan"), reached.df, reached.n)
    low, high = t_interval(reached.value, reached.se, reached.df, level)
    return Quantile(
        value=value,
        low=_inverse(answers, weight, float(low)),
        high=_inverse(answers, weight, float(high)),
        df=reached.df,
        n=reached.n,
    )


def _inverse(answers: FloatArray, weight: FloatArray, p: float) -> float:
    if not 0 <= p <= 1:
        return float("nan")
    order = np.argsort(answers, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    at = int(np.searchsorted(reached, p - SLACK))
    return float(answers[order][min(at, len(order) - 1)])
