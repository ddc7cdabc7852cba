"""Logistic regression of a yes/no answer with the design taken into account.

Coefficients solve the weighted score equations; their covariance is the linearised sandwich:
influence w (y - mu) x A^-1, with A the weighted information.

Worked example: with a constant alone the coefficient is the log odds of the weighted share.

Source: Binder (1983), Int. Stat. Rev. 51, 279-292.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.calibration import NotConverged
from kvalitetslib.stats.design import Design, FloatArray
from kvalitetslib.stats.intervals import Interval, t_interval

STEP = 1e-12
"""Newton's method ends when no coefficient moves more than this."""
ROUNDS = 60


@dataclass(frozen=True, eq=False)
class LogitFit:
    """Log odds ratios (p,), covariance (p, p), residual degrees of freedom and respondents."""

    coefficient: FloatArray
    covariance: FloatArray
    df: int
    n: int

    @property
    def se(self) -> FloatArray:
        """Standard errors, (p,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def interval(self, level: float = 0.95) -> Interval:
        """t intervals of the coefficients."""
        return t_interval(self.coefficient, self.se, self.df, level)

    def p_values(self) -> FloatArray:
        """Two-sided p of each coefficient."""
        return np.asarray(2 * special.stdtr(self.df, -np.abs(self.coefficient / self.se)))


def logistic_regression(
    y: npt.ArrayLike, x: npt.ArrayLike, design: Design, *, domain: npt.ArrayLike | None = None
) -> LogitFit:
    """Fit y (n,) in 0 and 1 on x (n, p); add a column of ones for the constant.

    Rows with a missing value are left out. df = clusters - strata + 1 - p.

    Raises
    ------
    ValueError : if y has other values than 0 and 1, or the columns of x are collinear.
    NotConverged : if the coefficients run away (an answer is certain in some group).
    """
    answers, columns = np.asarray(y, np.float64), np.asarray(x, np.float64)
    base = ~np.isnan(answers) & ~np.isnan(columns).any(axis=1) & (design.weight > 0)
    if domain is not None:
        base &= np.asarray(domain, dtype=np.bool_)
    if not np.isin(answers[base], (0, 1)).all():
        raise ValueError("y must be 0, 1 or NaN")
    weight = design.weight[base] / design.weight[base].mean()
    known = columns[base]
    if np.linalg.matrix_rank(known) < known.shape[1]:
        raise ValueError("the columns of x are collinear among those who answered")
    coefficient, information = _fitted(answers[base], known, weight)
    mu = special.expit(known @ coefficient)
    influence = np.zeros(columns.shape)
    score = (weight * (answers[base] - mu))[:, None] * known
    influence[base] = np.linalg.solve(information, score.T).T
    return LogitFit(
        coefficient=coefficient,
        covariance=design.covariance(influence),
        df=design.df(base) + 1 - known.shape[1],
        n=int(base.sum()),
    )


def _fitted(y: FloatArray, x: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    coefficient = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        mu = special.expit(x @ coefficient)
        information = (x * (weight * mu * (1 - mu))[:, None]).T @ x
        if np.linalg.cond(information) > 1e14:
            break
        step = np.linalg.solve(information, x.T @ (weight * (y - mu)))
        coefficient = coefficient + step
        if np.max(np.abs(step)) < STEP * max(1.0, float(np.max(np.abs(coefficient)))):
            return coefficient, information
    raise NotConverged("the coefficients run away: an answer is certain in some group")
