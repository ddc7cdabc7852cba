"""Weights that make the answers add up to what is known about the population.

Order: design weight, non-response by response group (`nonresponse_weights`), calibration to
known totals (`poststratify`, `rake`, `calibrate`), trimming (`trimmed_weights`). A calibrated
design keeps what the variance needs, so that every estimate from it has the standard error of
the calibrated estimator. With d the weight before, g the correction and B the regression of the
influence on the auxiliaries x with weight d, the influence becomes g d (u - x B).

Worked example: weights 1, 1, 1, 1 in cells a, a, a, b with 60 and 40 persons in the population
become 20, 20, 20, 40.

Sources: Deville & Sarndal (1992), J. Am. Stat. Assoc. 87, 376-382; Deville, Sarndal & Sautory
(1993), J. Am. Stat. Assoc. 88, 1013-1020; Sarndal & Lundstrom (2005), Estimation in Surveys
with Nonresponse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.calibration import (
    TOLERANCE,
    NotConverged,
    Totals,
    fitted_weights,
    linear,
    logit_bounds,
    solved_corrections,
)
from kvalitetslib.stats.design import Design, FloatArray, IntArray, calibration_basis

__all__ = [
    "NotConverged",
    "Totals",
    "WeightReport",
    "calibrate",
    "consistent_margins",
    "nonresponse_weights",
    "poststratify",
    "rake",
    "response_rates",
    "trimmed_weights",
    "weight_report",
]

TRIM_RATIO = 5.0


@dataclass(frozen=True)
class WeightReport:
    """What the weights cost and how uneven they are.

    deff : Kish's design effect of weighting, n sum w^2 / (sum w)^2. spread : largest over median.
    """

    n: int
    n_eff: float
    deff: float
    smallest: float
    largest: float
    spread: float


def weight_report(weight: npt.ArrayLike) -> WeightReport:
    """Report on the positive weights among `weight` (n,)."""
    w = np.asarray(weight, dtype=np.float64)
    w = w[w > 0]
    if len(w) == 0:
        raise ValueError("no weight is positive")
    n_eff = float(w.sum() ** 2 / (w @ w))
    return WeightReport(
        n=len(w),
        n_eff=n_eff,
        deff=len(w) / n_eff,
        smallest=float(w.min()),
        largest=float(w.max()),
        spread=float(w.max() / np.median(w)),
    )


def response_rates(
    responded: npt.ArrayLike, group: npt.ArrayLike, *, weight: npt.ArrayLike | None = None
) -> FloatArray:
    """Share that responded in each group 0, 1, 2 …; (groups,), NaN where nobody was asked."""
    answered, codes, w = _sampled(responded, group, weight)
    asked = np.bincount(codes, w)
    got = np.bincount(codes, w * answered, minlength=len(asked))
    rates: FloatArray = np.divide(got, asked, out=np.full(len(asked), np.nan), where=asked > 0)
    return rates


def nonresponse_weights(
    weight: npt.ArrayLike, responded: npt.ArrayLike, group: npt.ArrayLike
) -> FloatArray:
    """Weights of the sample (n,) moved to those who responded in the same response group.

    Raises
    ------
    ValueError : naming the groups where nobody responded.
    """
    answered, codes, w = _sampled(responded, group, weight)
    asked = np.bincount(codes, w)
    got = np.bincount(codes, w * answered, minlength=len(asked))
    silent = np.flatnonzero((asked > 0) & (got == 0))
    if len(silent):
        raise ValueError(f"nobody responded in groups {silent.tolist()}")
    factor = np.divide(asked, got, out=np.zeros(len(asked)), where=got > 0)
    return np.asarray(w * answered * factor[codes])


def consistent_margins(margins: Sequence[Totals]) -> tuple[list[Totals], FloatArray]:
    """Margins rescaled to the total of the first, and the factor used on each."""
    whole = margins[0].persons.sum()
    factors = np.array([whole / margin.persons.sum() for margin in margins])
    scaled = [Totals(m.cell, m.persons * f) for m, f in zip(margins, factors, strict=True)]
    return scaled, factors


def poststratify(design: Design, margin: Totals) -> Design:
    """Weights that add up to the persons of every cell.

    Raises
    ------
    ValueError : naming cells that have persons but no respondents, or the reverse.
    """
    now = _cell_weights(design.weight, margin)
    factor = np.divide(margin.persons, now, out=np.zeros(len(now)), where=now > 0)
    indicators = np.eye(len(now))[margin.cell][:, now > 0]
    return _calibrated(design, design.weight * factor[margin.cell], indicators, design.weight)


def rake(
    design: Design,
    margins: Sequence[Totals],
    *,
    equal_residuals: bool = False,
    max_rounds: int = 1000,
) -> Design:
    """Weights that meet several margins, by proportional fitting.

    Parameters
    ----------
    margins : with one common total (`consistent_margins` makes it so).
    equal_residuals : take the residuals of the variance from an unweighted regression, as `rake`
        of R's survey does, instead of one with the design weights (Deville & Sarndal).

    Raises
    ------
    ValueError : if the totals differ or a cell is empty.
    NotConverged : if a margin is still off by more than 1e-9 of it after `max_rounds`.
    """
    sums = np.array([margin.persons.sum() for margin in margins])
    if (np.abs(sums - sums[0]) > TOLERANCE * sums[0]).any():
        raise ValueError(f"the margins have different totals: {sums.tolist()}")
    for margin in margins:
        _cell_weights(design.weight, margin)
    weight = fitted_weights(design.weight, margins, max_rounds)
    indicators = np.hstack([np.eye(len(m.persons))[m.cell] for m in margins])
    regression = (design.weight > 0).astype(np.float64) if equal_residuals else design.weight
    return _calibrated(design, weight, indicators, regression)


def calibrate(
    design: Design,
    auxiliary: npt.ArrayLike,
    totals: npt.ArrayLike,
    *,
    bounds: tuple[float, float] | None = None,
    max_rounds: int = 100,
) -> Design:
    """Weights that meet the totals of auxiliaries, moved as little as possible.

    Parameters
    ----------
    auxiliary : (n, p), no missing values; include a column of ones to meet the population size.
    totals : (p,).
    bounds : None gives linear calibration (GREG); a pair such as (0.5, 2.5) keeps each weight
        within those multiples of what it was (logit distance), low < 1 < high.

    Raises
    ------
    ValueError : if shapes or bounds are wrong or a value is missing.
    NotConverged : if the totals cannot be met (often: within the bounds).
    """
    x, wanted = np.asarray(auxiliary, np.float64), np.asarray(totals, np.float64)
    if x.ndim != 2 or x.shape != (len(design.weight), len(wanted)):
        raise ValueError(f"auxiliary {x.shape} does not fit totals {wanted.shape}")
    if not (np.isfinite(x).all() and np.isfinite(wanted).all()):
        raise ValueError("auxiliaries and totals must be finite")
    correction = linear if bounds is None else logit_bounds(*bounds)
    weight = design.weight * solved_corrections(design.weight, x, wanted, correction, max_rounds)
    return _calibrated(design, weight, x, design.weight)


def trimmed_weights(weight: npt.ArrayLike, ratio: float = TRIM_RATIO) -> FloatArray:
    """Weights of at most `ratio` times the median; what is cut goes to the others in proportion.

    Raises
    ------
    ValueError : if ratio is not above 1.
    NotConverged : if the weights cannot all be that small and keep their sum.
    """
    if not ratio > 1:
        raise ValueError(f"ratio must be above 1, found {ratio}")
    w = np.array(weight, dtype=np.float64)
    cap = ratio * float(np.median(w[w > 0]))
    whole = w.sum()
    if cap * (w > 0).sum() <= whole:
        raise NotConverged(f"weights of at most {cap:g} cannot add up to {whole:g}")
    cut = w > cap
    while (w > cap).any():
        cut |= w > cap
        w[cut] = cap
        w[~cut] *= (whole - cap * cut.sum()) / w[~cut].sum()
    return w


def _cell_weights(weight: FloatArray, margin: Totals) -> FloatArray:
    """Weight in each cell, after a check that sample and population have the same cells."""
    if margin.cell.shape != weight.shape or int(margin.cell.max()) >= len(margin.persons):
        raise ValueError("every row needs a cell that has a total")
    now: FloatArray = np.bincount(margin.cell, weight, minlength=len(margin.persons)).astype(float)
    wrong = np.flatnonzero((now > 0) != (margin.persons > 0))
    if len(wrong):
        raise ValueError(f"cells without respondents or without persons: {wrong.tolist()}")
    return now


def _calibrated(
    design: Design, weight: FloatArray, auxiliary: FloatArray, regression: FloatArray
) -> Design:
    kept = calibration_basis(auxiliary, regression, weight)
    return replace(design, weight=weight, calibrations=(*design.calibrations, kept))


def _sampled(
    responded: npt.ArrayLike, group: npt.ArrayLike, weight: npt.ArrayLike | None
) -> tuple[npt.NDArray[np.bool_], IntArray, FloatArray]:
    answered = np.asarray(responded, dtype=np.bool_)
    codes = np.asarray(group, dtype=np.int32)
    w = np.ones(len(answered)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not answered.shape == codes.shape == w.shape:
        raise ValueError("responded, group and weight must have one value a row each")
    return answered, codes, w
