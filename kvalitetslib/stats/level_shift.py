"""One sudden step in a series with autocorrelated errors, so that it is not taken for noise.

A level that shifts in the middle of a year looks, to a model without steps, like errors that
remember each other almost for ever; then nothing is ever sure. The step is looked for at every
place, and only one far beyond what such a search finds in errors alone is believed.

Worked example: 26 months round 30 and 7 round 60 with a standard deviation of 9 have a step that
lowers the cost (degrees of freedom x log of the squares left) by about 18; errors with rho = 0.4
and no step do so by 12 or more in 2-3 % of series.
"""

import numpy as np

from kvalitetslib.stats.intervals import Floats

BELIEVED = 12.0
"""Fall of the cost from which a step is believed: 1-3 % of series without a step reach it."""
SHORTEST_SIDE = 4
"""Values that must lie on each side."""
_RHOS = np.linspace(0.0, 0.6, 7)
"""Beyond these no step can be told from errors that wander."""
_SAME = 1e-6
"""Share of a step that must be left when the design is taken out, else it is in it already."""


def level_shift(
    values: Floats,
    design: Floats,
    at: Floats,
    *,
    shortest: int = SHORTEST_SIDE,
    believed: float = BELIEVED,
) -> Floats | None:
    """The column (n,) of the step, 0 before and 1 after; None when there is none to believe.

    Parameters
    ----------
    values, at : (n,), finite, at whole and rising period numbers.
    design : (n, k) of full rank, n > k + 1: what else moves the level.
    shortest : values that must lie on each side.
    believed : fall of the cost from which a step is believed.

    Notes
    -----
    The supremum of likelihood ratios over places, as Andrews (1993), Econometrica 61, 821-856,
    here with AR(1) errors profiled out at each place.
    """
    n, k = design.shape
    places = np.arange(shortest, n - shortest + 1)
    if places.size == 0 or n - k < 3:
        return None
    steps = (np.arange(n)[:, None] >= places).astype(np.float64)
    without, beside = [], []
    for rho in _RHOS:
        left, gain, log_det = _fits(rho, values, design, steps, at)
        without.append((n - k) * np.log(left) + log_det)
        beside.append((n - k) * np.log(np.maximum(left - gain, left * _SAME)) + log_det)
    costs = np.min(np.stack(beside), axis=0)
    best = int(np.argmin(costs))
    return steps[:, best] if min(without) - costs[best] > believed else None


def _fits(
    rho: float, values: Floats, design: Floats, steps: Floats, at: Floats
) -> tuple[float, Floats, float]:
    """Squares left by the design, what each step takes of them, and log det of the errors."""
    tie = rho ** np.diff(at)[:, None]
    news = np.sqrt(1 - tie**2)
    whole = np.column_stack([values, design, steps])
    white = np.vstack([whole[:1], (whole[1:] - tie * whole[:-1]) / news])
    k = design.shape[1]
    basis = np.linalg.qr(white[:, 1 : 1 + k])[0]
    rest = white - basis @ (basis.T @ white)
    own, others = rest[:, 0], rest[:, 1 + k :]
    size = np.sum(others**2, axis=0)
    is_new = size > _SAME * np.sum(white[:, 1 + k :] ** 2, axis=0)
    gain = np.where(is_new, (own @ others) ** 2 / np.where(is_new, size, 1.0), 0.0)
    return float(own @ own), gain, float(2 * np.sum(np.log(news)))
