"""Ordinary variation of a process: the control chart, and the XmR chart.

A chart has a centre and limits at each point, so that limits which follow a denominator (p and u
charts) and limits which step at a named change (phases) have one shape. Missing values (NaN) are
left out, so that a range or a run reaches over the gap; nothing reaches over a change of phase.

Worked example: 10, 12, 10, 12 has moving ranges 2, 2, 2 and mean 11, so the limits are
11 +- 2.66 x 2 = 5.68 and 16.32.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing
from kvalitetslib.stats.no_change import Law, NormalLaw
from kvalitetslib.stats.order_chance import is_tied
from kvalitetslib.stats.phases import EVERY, Bools, Phases, Places, phases
from kvalitetslib.stats.run_rules import (
    Signs,
    outside_limits,
    run_on_one_side,
    steady_trend,
    two_of_three_in_outer_third,
)

LIMIT_FACTOR = 2.66
"""3 / d2: three standard deviations, counted in mean moving ranges."""
SCREEN_FACTOR = 3.267
"""Shewhart's D4 for n = 2: a range above this many mean ranges is not ordinary."""
LIMIT_SIGMAS = 3.0
SETTLED_POINTS = 13


class ChartKind(StrEnum):
    """What the limits are made of."""

    XMR = "xmr"
    P = "p"
    U = "u"
    C = "c"
    LANEY_P = "laney_p"
    LANEY_U = "laney_u"


@dataclass(frozen=True, eq=False)
class Chart:
    """A series with its centre, limits and signals at each of its n points.

    All arrays have shape (n,). `sigma` is the standard deviation of one point, `phase` numbers
    the phases from 0. The four rules hold one number a point: 1 for a signal upwards, -1
    downwards, 0 for none. The limits are NaN in a phase with fewer than two baseline points.
    `preliminary` is true when fewer than 13 points made the limits of the latest phase, and `law`
    is how the points of that phase would vary had nothing changed. `has_runs` is true when a side
    of that phase's centre says something: see `drawn`.
    """

    kind: ChartKind
    values: Floats
    centre: Floats
    sigma: Floats
    lower: Floats
    upper: Floats
    phase: npt.NDArray[np.int64]
    preliminary: bool
    law: Law
    outside: Signs
    run: Signs
    trend: Signs
    outer_third: Signs
    has_runs: bool

    @property
    def flagged(self) -> Bools:
        """True at points where some rule signals."""
        rules = np.stack([self.outside, self.run, self.trend, self.outer_third])
        return np.asarray((rules != 0).any(axis=0))

    @property
    def latest(self) -> int:
        """Place of the last point that is not missing; ValueError when all are."""
        places = np.flatnonzero(~np.isnan(self.values))
        if places.size == 0:
            raise ValueError("a chart without points has no latest point")
        return int(places[-1])

    @property
    def mean(self) -> float:
        """Centre at the latest point, NaN without points."""
        return float(self.centre[self.latest]) if not np.isnan(self.values).all() else np.nan


def xmr_chart(
    values: npt.ArrayLike, *, baseline: Places = EVERY, rebase: Sequence[int] = ()
) -> Chart:
    """Limits and signals of one series, its noise measured by the moving range.

    Parameters
    ----------
    values : (n,), in time order, NaN = missing. A missing point never signals.
    baseline, rebase : see `phases`. ``baseline=slice(12)`` freezes the limits after the twelfth
        point; ``rebase=(24,)`` draws new ones from the twenty-fifth.

    Returns
    -------
    Chart. A constant baseline has both limits at its mean.

    Raises
    ------
    ValueError : if values is not one series or holds an infinite value, or a place is wrong.

    Notes
    -----
    Shewhart (1931); Wheeler (2000), Understanding Variation. Moving ranges above 3.267 times
    their mean are left out once before the limits are drawn, as in "Making Data Count" of NHS
    England.
    """
    series = one_series(values, "values")
    parts = phases(~np.isnan(series), baseline=baseline, rebase=rebase)
    centre, sigma = np.full(series.shape, np.nan), np.full(series.shape, np.nan)
    for part, basis in parts:
        centre[part] = _mean(series[basis])
        sigma[part] = moving_sigma(series[basis])
    points, basis, inside = parts.current
    n = int(basis.sum())
    error = np.full(points.sum(), 0.0 if inside or n == 0 else 1 / np.sqrt(n))
    return drawn(ChartKind.XMR, parts, series, (centre, sigma), law=NormalLaw(n, error))


def drawn(
    kind: ChartKind,
    parts: Phases,
    values: Floats,
    level: tuple[Floats, Floats],
    *,
    law: Law,
    bounds: tuple[float, float] = (-np.inf, np.inf),
    is_rare: Bools | None = None,
) -> Chart:
    """Chart with limits three sigma from the centre, within bounds, and its signals.

    The rules read the value in sigmas from the centre, but a trend is one of the values as drawn.
    Which side of the centre a value is on says nothing where more than a third of all neighbours
    in the baseline are equal, or where most points (n,) are of too rare a count, as most then lie
    below their mean by nature: there is no run of seven.
    """
    centre, sigma = level
    z = standardised(values, centre, sigma)
    signs = np.zeros((4, values.size), dtype=np.int8)
    has_runs = True
    for part, basis in parts:
        here = part & parts.present
        rare = is_rare is not None and bool(is_rare[here].any() and np.mean(is_rare[here]) > 0.5)
        has_runs = not rare and not is_tied(values[basis])
        signs[0, here] = outside_limits(z[here], -LIMIT_SIGMAS, LIMIT_SIGMAS)
        signs[1, here] = has_runs * run_on_one_side(values[here], centre[here])
        signs[2, here] = steady_trend(values[here])
        signs[3, here] = two_of_three_in_outer_third(z[here], -LIMIT_SIGMAS, LIMIT_SIGMAS)
    return Chart(
        kind=kind,
        values=values,
        centre=centre,
        sigma=sigma,
        lower=np.maximum(centre - LIMIT_SIGMAS * sigma, bounds[0]),
        upper=np.minimum(centre + LIMIT_SIGMAS * sigma, bounds[1]),
        phase=parts.phase,
        preliminary=bool(parts.current[1].sum() < SETTLED_POINTS),
        law=law,
        outside=signs[0],
        run=signs[1],
        trend=signs[2],
        outer_third=signs[3],
        has_runs=has_runs,
    )


def standardised(values: Floats, centre: Floats, sigma: Floats) -> Floats:
    """Distance to the centre in sigmas; where sigma is 0, infinite, or 0 on the centre itself."""
    distance = values - centre
    flat = np.where(distance > 0, np.inf, np.where(distance < 0, -np.inf, distance))
    return np.where(sigma == 0, flat, distance / np.where(sigma == 0, 1.0, sigma))


def moving_sigma(basis: Floats) -> float:
    """Standard deviation from the mean moving range, screened once; NaN for fewer than two."""
    if basis.size < 2:
        return np.nan
    ranges = np.abs(np.diff(basis))
    ordinary = ranges[ranges <= SCREEN_FACTOR * ranges.mean()]
    # Where most neighbours are equal, the few steps are all the noise there is.
    kept = ordinary if ordinary.any() else ranges
    return LIMIT_FACTOR / LIMIT_SIGMAS * float(kept.mean())


def one_series(values: npt.ArrayLike, name: str) -> Floats:
    """One series of finite or missing values, else ValueError."""
    series = finite_or_missing(values, name)
    if series.ndim != 1:
        raise ValueError(f"{name} must be one series, found shape {series.shape}")
    return series


def _mean(basis: Floats) -> float:
    if basis.size == 0:
        return np.nan
    # Measured from the first value, the mean of equal values is that value to the last bit.
    return float(basis[0] + np.mean(basis - basis[0]))
