"""Linear models for time series whose errors lean on the one before: GLS with AR(1) errors.

The error of one period is ``rho`` times that of the period before plus news. ``rho`` is found by
REML (the likelihood of what is left when the lines are taken out), which does not pull it towards
zero in short series as plain likelihood does. All series of a call share design and times:
values are ``(..., n)``, the design ``(n, k)``.

Worked example: with rho = 0.5 and times 0, 1, 3 the second value is compared with 0.5 of the first
and the third with 0.5^2 = 0.25 of the second: a gap weakens the tie. The 24 points of a series
with rho = 0.4 know about as much of a mean as 24 x 0.6 / 1.4 = 10 unrelated ones.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from kvalitetslib.stats.intervals import Floats

RHO_GRID = np.linspace(-0.95, 0.99, 40)
_GOLDEN = (5**0.5 - 1) / 2
_ROUNDS = 28
"""Rounds of the golden section: rho to about 1e-7, where the likelihood is flat to the digit."""
_STEP = 0.1
"""Step in artanh(rho) for the curvature of the likelihood; wide, so that a bump does not rule."""
_WIDEST_RHO = 0.97
"""Nearest to 1 that the curvature is measured; nearer, a step changes next to nothing."""
_FLATTEST = 1e-6


@dataclass(frozen=True, eq=False)
class LinearFit:
    """Coefficients (..., k) with their covariance (..., k, k), and how sure rho (...) is.

    ``near`` (2, ..., k, k) holds the covariances a step below and above rho, ``curvature`` (...)
    the precision of artanh(rho); infinite where rho is not estimated. n points, k coefficients.
    """

    coefficients: Floats
    covariance: Floats
    rho: Floats
    near: Floats
    curvature: Floats
    n: int


@dataclass(frozen=True, eq=False)
class LinearSums:
    """Weighted sums of coefficients with standard errors and degrees of freedom, (..., m)."""

    estimate: Floats
    se: Floats
    df: Floats

    @property
    def p(self) -> Floats:
        """Two-sided p of no effect."""
        return np.asarray(2 * special.stdtr(self.df, -np.abs(self.estimate) / self.se))


def gls_ar1(values: Floats, design: Floats, at: Floats) -> LinearFit:
    """Generalised least squares with AR(1) errors, rho by REML.

    Parameters
    ----------
    values : (..., n), finite, not all on the fitted line.
    design : (n, k) of full rank, n > k + 1.
    at : (n,) whole, rising period numbers; a gap of d periods has correlation rho^d.

    Notes
    -----
    Harville (1977), J. Am. Stat. Assoc. 72, 320-338 (REML); Prais & Winsten (1954), Cowles
    Commission Discussion Paper 383 (keeping the first point). rho stays in -0.95 to 0.99.
    """
    rhos = RHO_GRID.reshape(-1, *(1 for _ in values.shape[:-1]))
    grid = _profile(rhos, values, design, at)[0]
    best = np.clip(np.argmin(grid, axis=0), 1, RHO_GRID.size - 2)
    rho = _golden_section(values, design, at, bracket=(RHO_GRID[best - 1], RHO_GRID[best + 1]))
    _, coefficients, covariance = _profile(rho, values, design, at)
    z = np.arctanh(np.clip(rho, -_WIDEST_RHO, _WIDEST_RHO))
    below, here, above = (
        _profile(np.tanh(z + step), values, design, at) for step in (-_STEP, 0.0, _STEP)
    )
    return LinearFit(
        coefficients=coefficients,
        covariance=covariance,
        rho=rho,
        near=np.stack([below[2], above[2]]),
        curvature=np.maximum((below[0] - 2 * here[0] + above[0]) / (2 * _STEP**2), _FLATTEST),
        n=design.shape[0],
    )


def ols(values: Floats, design: Floats) -> LinearFit:
    """Ordinary least squares, the limit rho = 0; shapes as in `gls_ar1`."""
    inverse = np.linalg.inv(design.T @ design)
    coefficients = values @ design @ inverse
    free = design.shape[0] - design.shape[1]
    variance = np.sum((values - coefficients @ design.T) ** 2, axis=-1) / free
    return _with_known_rho(coefficients, inverse * variance[..., None, None], design.shape[0])


def newey_west(values: Floats, design: Floats) -> LinearFit:
    """Least squares with a covariance that allows for autocorrelation, for comparison only.

    Notes
    -----
    Newey & West (1987), Econometrica 55, 703-708: Bartlett weights up to lag
    floor(4 (n / 100)^(2/9)). Far too sure of itself in short series; see `interrupted`.
    """
    n = design.shape[0]
    coefficients = ols(values, design).coefficients
    scores = design * (values - coefficients @ design.T)[..., None]
    meat = _turned(scores) @ scores
    lags = int(4 * (n / 100) ** (2 / 9))
    for lag in range(1, lags + 1):
        shared = _turned(scores[..., lag:, :]) @ scores[..., :-lag, :]
        meat = meat + (1 - lag / (lags + 1)) * (shared + _turned(shared))
    bread = np.linalg.inv(design.T @ design)
    return _with_known_rho(coefficients, bread @ meat @ bread, n)


def linear_sums(fit: LinearFit, rows: Floats) -> LinearSums:
    """Sums of the coefficients weighted by each row of (m, k), ready for t intervals.

    Notes
    -----
    Degrees of freedom are the harmonic mean of two counts, each kept between 1 and n - k.
    The effective points n (1 - r) / (1 + r) - k, r = max(rho, 0), of Bayley & Hammersley (1946),
    J. R. Stat. Soc. Suppl. 8, 184-197, forget that rho is a guess: 8-12 % false positives at
    n = 12. Satterthwaite's (1946), Biometrics Bull. 2, 110-114, as used for mixed models by Fai &
    Cornelius (1996), J. Stat. Comput. Simul. 54, 363-378, weigh in how the standard error moves
    with rho: 2 / (2 / (n - k) + slope^2 / curvature). They are strict for slopes, lax for steps.
    """
    estimate = fit.coefficients @ rows.T
    free = fit.n - rows.shape[1]
    r = np.maximum(fit.rho, 0)[..., None]
    effective = np.clip(fit.n * (1 - r) / (1 + r) - rows.shape[1], 1, free)
    lean = np.log(_variance(rows, fit.near[1]) / _variance(rows, fit.near[0])) / (2 * _STEP)
    unsure = np.clip(2 / (2 / free + lean**2 / fit.curvature[..., None]), 1, free)
    df = 2 / (1 / effective + 1 / unsure)
    return LinearSums(estimate, np.sqrt(_variance(rows, fit.covariance)), df)


def joint_p(fit: LinearFit, rows: Floats) -> Floats:
    """p of the F test that all sums are zero, (...), with the fewest degrees of freedom of them."""
    sums = linear_sums(fit, rows)
    between = rows @ fit.covariance @ rows.T
    solved = np.linalg.solve(between, sums.estimate[..., None])[..., 0]
    f = np.sum(sums.estimate * solved, axis=-1) / rows.shape[0]
    return np.asarray(special.fdtrc(rows.shape[0], sums.df.min(axis=-1), f), dtype=np.float64)


def _profile(
    rho: Floats, values: Floats, design: Floats, at: Floats
) -> tuple[Floats, Floats, Floats]:
    """-2 x log restricted likelihood (without constants), coefficients and covariance at rho."""
    x, log_det = _whitened(design, rho, at)
    y, _ = _whitened(values[..., None], rho, at)
    cross = _turned(x) @ x
    coefficients = np.asarray(np.linalg.solve(cross, _turned(x) @ y), dtype=np.float64)
    free = design.shape[0] - design.shape[1]
    variance = np.sum((y - x @ coefficients) ** 2, axis=(-2, -1)) / free
    cost: Floats = free * np.log(variance) + log_det + np.linalg.slogdet(cross)[1]
    covariance: Floats = np.linalg.inv(cross) * variance[..., None, None]
    return cost, coefficients[..., 0], covariance


def _whitened(columns: Floats, rho: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Columns (..., n, m) with unrelated errors of one variance, and log det of the correlation."""
    tie = np.asarray(rho)[..., None] ** np.diff(at)
    news = np.sqrt(1 - tie**2)
    later = (columns[..., 1:, :] - tie[..., None] * columns[..., :-1, :]) / news[..., None]
    first = np.broadcast_to(columns[..., :1, :], (*later.shape[:-2], 1, later.shape[-1]))
    return np.concatenate([first, later], axis=-2), 2 * np.sum(np.log(news), axis=-1)


def _golden_section(
    values: Floats, design: Floats, at: Floats, *, bracket: tuple[Floats, Floats]
) -> Floats:
    low, high = bracket
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    cost_a, cost_b = (_profile(rho, values, design, at)[0] for rho in (a, b))
    for _ in range(_ROUNDS):
        left = cost_a < cost_b
        low, high = np.where(left, low, a), np.where(left, b, high)
        width = _GOLDEN * (high - low)
        probe = np.where(left, high - width, low + width)
        cost = _profile(probe, values, design, at)[0]
        a, b = np.where(left, probe, b), np.where(left, a, probe)
        cost_a, cost_b = np.where(left, cost, cost_b), np.where(left, cost_a, cost)
    return np.asarray((low + high) / 2)


def _variance(rows: Floats, covariance: Floats) -> Floats:
    return np.asarray(np.einsum("mi,...ij,mj->...m", rows, covariance, rows), dtype=np.float64)


def _with_known_rho(coefficients: Floats, covariance: Floats, n: int) -> LinearFit:
    series = coefficients.shape[:-1]
    near = np.stack([covariance, covariance])
    return LinearFit(coefficients, covariance, np.zeros(series), near, np.full(series, np.inf), n)


def _turned(matrix: Floats) -> Floats:
    return np.swapaxes(matrix, -1, -2)
