"""Did a series leap, or did it climb? One step of level told apart from a straight line.

Three models are held against each other, all with errors that remember each other (AR(1)): no
change, a straight line, and a step at one place. A leap is a step that explains the values better
than the line does, and that is sure also beside a line of its own.

Worked example: twelve months round 20 and then twelve round 12, with a standard deviation of 2,
leap by -8. Twenty-four months that fall evenly from 20 to 12 do not: the line fits them better.

Sure leaps (p <= 0.05) in per cent of 300 series of 36 values a cell, sizes in standard deviations
of the noise; a climb (up) is the whole of it, from the first value to the
last; named is tried at a dated place, in a climb of 0 or 4:

| rho | none | up 2 | up 4 | up 6 | step 2 | step 3 | step 4 | named 0 | named up 4 |
| --- | ---- | ---- | ---- | ---- | ------ | ------ | ------ | ------- | ---------- |
| 0   | 1.7  | 1.3  | 1.0  | 0.0  | 37     | 78     | 96     | 3.0     | 2.0        |
| 0.3 | 2.0  | 2.3  | 1.3  | 0.3  | 24     | 52     | 82     | 3.7     | 3.0        |
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.autoregression import gls_ar1, linear_sums, ols
from kvalitetslib.stats.intervals import Floats, finite_or_missing

SHORTEST_SIDE = 4
"""Values that must lie on each side of a leap."""
FEWEST = 12
MARGIN = 2.0
"""How much lower the corrected AIC of the step must be than that of the line."""
_RHOS = np.linspace(-0.3, 0.8, 23)
_PLACE = 1
"""A place that is searched for counts as one more estimate."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Leap:
    """A step before value number ``place``, of the values that are known.

    ``p`` is that of the step beside a straight line, corrected for the places that were searched.
    """

    place: int
    before: float
    after: float
    p: float


def leap(values: npt.ArrayLike, at: npt.ArrayLike, *, place: int | None = None) -> Leap | None:
    """The leap of a series; None when it holds none.

    Parameters
    ----------
    values : (n,), finite.
    at : (n,) whole, rising period numbers.
    place : number of the first value after a dated change; None searches all places.

    Raises
    ------
    ValueError : if the shapes differ or a value is missing.

    Notes
    -----
    Corrected AIC: Hurvich & Tsai (1989), Biometrika 76, 297-307. The p of a searched place is that
    of the best one times the number of places (Bonferroni), which is strict.
    """
    own, times = finite_or_missing(values, "values"), np.asarray(at, dtype=np.float64)
    if own.ndim != 1 or times.shape != own.shape or np.isnan(own).any():
        raise ValueError("values and at must be of one length, without missing values")
    places = _places(own.size, place)
    if own.size < FEWEST or places.size == 0 or np.ptp(own) == 0:
        return None
    ones, line = np.ones(own.size), (times - times.mean()) / np.ptp(times)
    steps = (np.arange(own.size)[:, None] >= places).astype(np.float64)
    fits = _costs(own, ones[:, None], steps, times)
    best = int(np.argmin(fits))
    searched = _PLACE if place is None else 0
    step = _corrected(float(fits[best]), own.size, 4 + searched)
    climb = float(_costs(own, ones[:, None], line[:, None], times)[0])
    climbing = _corrected(climb, own.size, 4)
    if step + MARGIN > climbing:
        return None
    p = min(1.0, places.size * _step_p(own, np.column_stack([ones, line, steps[:, best]]), times))
    at_place = int(places[best])
    return Leap(at_place, float(own[:at_place].mean()), float(own[at_place:].mean()), p)


def _places(n: int, place: int | None) -> npt.NDArray[np.int64]:
    found = np.arange(SHORTEST_SIDE, n - SHORTEST_SIDE + 1)
    return found if place is None else found[found == place]


def _corrected(cost: float, n: int, k: int) -> float:
    """The corrected AIC of a model with ``k`` estimates."""
    return cost + 2 * k + 2 * k * (k + 1) / (n - k - 1)


def _costs(own: Floats, design: Floats, steps: Floats, at: Floats) -> Floats:
    """(places,) -2 x log likelihood of design and one step at the best rho, for each step.

    What all models share is left out.
    """
    whole = np.column_stack([own, design, steps])
    costs = [_costs_at(rho, whole, design.shape[1], at) for rho in _RHOS]
    return np.asarray(np.min(np.stack(costs), axis=0), dtype=np.float64)


def _costs_at(rho: float, whole: Floats, k: int, at: Floats) -> Floats:
    tie = rho ** np.diff(at)[:, None]
    news = np.sqrt(1 - tie**2)
    white = np.vstack([whole[:1], (whole[1:] - tie * whole[:-1]) / news])
    basis = np.linalg.qr(white[:, 1 : 1 + k])[0]
    rest = white - basis @ (basis.T @ white)
    own, steps = rest[:, 0], rest[:, 1 + k :]
    left = own @ own - (own @ steps) ** 2 / np.sum(steps**2, axis=0)
    least = _ROUNDING * float(whole[:, 0] @ whole[:, 0])
    cost = own.size * np.log(np.maximum(left, least)) + 2 * np.sum(np.log(news))
    return np.asarray(cost, dtype=np.float64)


def _step_p(own: Floats, design: Floats, at: Floats) -> float:
    """Two-sided p of the last column; 0 when the values lie on the lines."""
    fit = ols(own, design)
    if np.abs(own - design @ fit.coefficients).max() <= _ROUNDING * np.abs(own).max():
        return 0.0
    last = np.eye(design.shape[1])[-1:]
    return float(linear_sums(gls_ar1(own, design, at), last).p[0])
