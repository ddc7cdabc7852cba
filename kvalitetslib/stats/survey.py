"""What the answers say: means, shares, totals and ratios of a domain, with linearised errors.

A domain is a group of respondents. The others stay in the sample with influence 0, so that strata
keep their sizes. NaN in y is an answer that is missing; it is left out of the base. One estimate
at a time, any design; for every crossing of a large survey see `stats.cube`.

Worked example: `mean([0, 0, 1, 1], sample_design([1, 1, 1, 1]))` is 0.5 with standard error
0.289 = sqrt(1 / 12) and 3 degrees of freedom.

Sources: Binder (1983), Int. Stat. Rev. 51, 279-292; Lumley (2010), Complex Surveys; Kish (1965),
Survey Sampling, for the design effect and the effective n.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import BoolArray, Design, FloatArray


@dataclass(frozen=True)
class SurveyEstimate:
    """One figure from a sample.

    value, se : the figure and its standard error, in the unit of y.
    df : clusters less strata in the base. n : respondents in the base.
    n_eff : Kish's effective n, (sum w)^2 / sum w^2. deff : variance over that of a simple random
    sample without replacement; NaN when the weights do not add up to more than n.
    influence, base : what comparisons need, shape (n,).
    """

    value: float
    se: float
    df: int
    n: int
    n_eff: float
    deff: float
    influence: FloatArray = field(repr=False, compare=False)
    base: BoolArray = field(repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class DomainTable:
    """Means of m questions in d domains; every array has shape (d, m), NaN where n is 0."""

    value: FloatArray
    se: FloatArray
    df: FloatArray
    n: FloatArray
    n_eff: FloatArray


def mean(y: npt.ArrayLike, design: Design, domain: npt.ArrayLike | None = None) -> SurveyEstimate:
    """Weighted mean of y in a domain; with y in 0 and 1 a share.

    Parameters
    ----------
    y : (n,), NaN = missing, left out of the base.
    domain : (n,) booleans, all rows when None.

    Raises
    ------
    ValueError : when nobody in the domain answered with a positive weight.
    """
    return ratio(y, np.ones(len(design.weight)), design, domain)


def share(
    answers: npt.ArrayLike,
    design: Design,
    domain: npt.ArrayLike | None = None,
    *,
    chosen: tuple[float, ...],
) -> SurveyEstimate:
    """Share whose answer is among `chosen` (a top-box when there are several)."""
    values = np.asarray(answers, dtype=np.float64)
    hit = np.where(np.isnan(values), np.nan, np.isin(values, chosen))
    return mean(hit, design, domain)


def ratio(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    design: Design,
    domain: npt.ArrayLike | None = None,
) -> SurveyEstimate:
    """Total of y over total of x in a domain, over rows where both are known."""
    top, bottom = _column(y, design), _column(x, design)
    base = _base(top + bottom, design, domain)
    weight = np.where(base, design.weight, 0.0)
    top, bottom = np.where(base, top, 0.0), np.where(base, bottom, 0.0)
    size = weight @ bottom
    if size == 0:
        raise ValueError("the total of x is zero in the domain")
    value = float(weight @ top / size)
    return _estimate(value, weight * (top - value * bottom) / size, base, design)


def total(y: npt.ArrayLike, design: Design, domain: npt.ArrayLike | None = None) -> SurveyEstimate:
    """Estimated total of y in a domain; the weights must count persons."""
    values = _column(y, design)
    base = _base(values, design, domain)
    influence = np.where(base, design.weight, 0.0) * np.where(base, values, 0.0)
    return _estimate(float(influence.sum()), influence, base, design)


def domain_means(y: npt.ArrayLike, design: Design, domains: npt.ArrayLike) -> DomainTable:
    """Means of many questions in many domains, any design (clusters, calibration).

    Parameters
    ----------
    y : (n, m), NaN = missing. domains : (d, n) booleans, which may overlap.
    """
    values = np.asarray(y, dtype=np.float64)
    rows = [_domain_row(values, design, np.asarray(domain)) for domain in np.asarray(domains)]
    stacked = np.stack(rows) if rows else np.empty((0, 5, values.shape[1]))
    return DomainTable(*np.moveaxis(stacked, 1, 0))


def _domain_row(values: FloatArray, design: Design, domain: BoolArray) -> FloatArray:
    """Value, se, df, n and n_eff of each question, shape (5, m)."""
    base = ~np.isnan(values) & (domain & (design.weight > 0))[:, None]
    weight = np.where(base, design.weight[:, None], 0.0)
    known = np.where(base, values, 0.0)
    n, size, square = base.sum(axis=0), weight.sum(axis=0), (weight**2).sum(axis=0)
    with np.errstate(invalid="ignore"):
        value = (weight * known).sum(axis=0) / size
        influence = np.where(base, weight * (known - value) / size, 0.0)
        se = np.where(n > 0, np.sqrt(design.variance(influence)), np.nan)
        n_eff = size**2 / square
    return np.stack([value, se, design.dfs(base), n, n_eff])


def _column(y: npt.ArrayLike, design: Design) -> FloatArray:
    values = np.asarray(y, dtype=np.float64)
    if values.shape != design.weight.shape:
        raise ValueError(f"expected {len(design.weight)} values, found shape {values.shape}")
    return values


def _base(values: FloatArray, design: Design, domain: npt.ArrayLike | None) -> BoolArray:
    base = ~np.isnan(values) & (design.weight > 0)
    if domain is not None:
        base &= np.asarray(domain, dtype=np.bool_)
    if not base.any():
        raise ValueError("nobody in the domain has answered with a positive weight")
    return np.asarray(base)


def _estimate(
    value: float, influence: FloatArray, base: BoolArray, design: Design
) -> SurveyEstimate:
    variance = float(design.variance(influence))
    weight = design.weight[base]
    simple = _simple_variance(influence[base] / weight, weight)
    return SurveyEstimate(
        value=value,
        se=float(np.sqrt(variance)),
        df=design.df(base),
        n=int(base.sum()),
        n_eff=float(weight.sum() ** 2 / (weight @ weight)),
        deff=variance / simple if simple > 0 else float("nan"),
        influence=influence,
        base=base,
    )


def _simple_variance(unit: FloatArray, weight: FloatArray) -> float:
    """Variance of the total of `unit` in a simple random sample without replacement."""
    n, size = len(unit), float(weight.sum())
    if n < 2 or size <= n:
        return float("nan")
    deviation = unit - (weight @ unit) / size
    spread = float(weight @ deviation**2) / size * n / (n - 1)
    return spread * size * (size - n) / n
