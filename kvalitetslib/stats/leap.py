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
    climb, *fits = _costs(own, np.column_stack([line, steps]), times).tolist()
    best = int(np.argmin(fits))
    searched = _PLACE if place is None else 0
    step = _corrected(fits[best], own.size, 4 + searched)
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


def _costs(own: Floats, changes: Floats, at: Floats) -> Floats:
    """(m,) -2 x log likelihood of a level and one change (n, m) at the best rho, for each change.

    What all models share is left out.
    """
    whole = np.column_stack([np.ones(own.size), own, changes])
    tie = _RHOS[:, None, None] ** np.diff(at)[:, None]
    news = np.sqrt(1 - tie**2)
    first = np.broadcast_to(whole[:1], (_RHOS.size, 1, whole.shape[1]))
    white = np.concatenate([first, (whole[1:] - tie * whole[:-1]) / news], axis=1)
    level = white[..., :1]
    rest = white[..., 1:] - level * (_sums(level * white[..., 1:]) / _sums(level**2))
    values, turned = rest[..., :1], rest[..., 1:]
    left = _sums(values**2) - _sums(values * turned) ** 2 / _sums(turned**2)
    least = _ROUNDING * float(own @ own)
    costs = own.size * np.log(np.maximum(left, least)) + 2 * _sums(np.log(news))
    return np.asarray(costs.min(axis=(0, 1)), dtype=np.float64)


def _sums(values: Floats) -> Floats:
    """(rhos, 1, m) sums over the values of each series."""
    return np.asarray(np.sum(values, axis=1, keepdims=True))


def _step_p(own: Floats, design: Floats, at: Floats) -> float:
    """Two-sided p of the last column; 0 when the values lie on the lines."""
    fit = ols(own, design)
    if np.abs(own - design @ fit.coefficients).max() <= _ROUNDING * np.abs(own).max():
        return 0.0
    last = np.eye(design.shape[1])[-1:]
    return float(linear_sums(gls_ar1(own, design, at), last).p[0])
