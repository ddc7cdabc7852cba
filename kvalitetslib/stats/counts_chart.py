"""Control charts of counts: p and u of those with denominators, Laney's p' and u', and c.

A p chart is of shares (at most one event for each of n), a u chart of rates (events per unit), a c
chart of events in periods that are alike. Their limits follow n: a month with few cases has wide
ones. They trust that chance alone moves the count. With large n that is hardly ever so, as mix and
season move it too; the limits are then absurdly tight, and Laney's chart widens them by what the
points show.

Worked example: 20 of 100 and 30 of 100 have the centre 0.25 and sigma sqrt(0.25 x 0.75 / 100) =
0.0433, so the limits are 0.25 +- 0.13. The z scores are -1.15 and 1.15 with moving range 2.31, so
Laney's sigma_z is 2.31 / 1.128 = 2.05 and the limits 0.25 +- 0.266, the lower clipped at 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats
from kvalitetslib.stats.no_change import CountLaw, Law, NormalLaw
from kvalitetslib.stats.phases import EVERY, Phases, Places, phases
from kvalitetslib.stats.process import (
    Chart,
    ChartKind,
    drawn,
    moving_sigma,
    one_series,
    standardised,
)

LARGE_N = 500
"""Median denominator above which chance alone is small beside all else that varies."""
OVERDISPERSED = 1.2
"""sigma_z above which limits are absurdly tight: three sigma then let 1.2 % out, not 0.27 %."""


RARE = 2.0
"""Expected events (or misses) below which most points lie on one side of their mean by nature."""


class Dispersion(StrEnum):
    """Whether the limits hold chance alone, or what the points show beside it."""

    CHANCE = "chance"
    LANEY = "laney"
    CHOSEN = "chosen"
    """Laney's where `is_overdispersed` says so."""


@dataclass(frozen=True, eq=False)
class _Counts:
    """Events and denominators (n,), NaN at points where either is missing or n is 0.

    ``is_alone`` when there are no denominators but ones.
    """

    events: Floats
    n: Floats
    is_share: bool
    is_alone: bool = False

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.n)

    def centre(self, basis: npt.NDArray[np.bool_]) -> float:
        return float(self.events[basis].sum() / self.n[basis].sum())

    def chance_sigma(self, centre: Floats) -> Floats:
        return np.sqrt(centre * (1 - centre if self.is_share else 1.0) / self.n)


def p_chart(
    events: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    baseline: Places = EVERY,
    rebase: Sequence[int] = (),
    dispersion: Dispersion = Dispersion.CHOSEN,
) -> Chart:
    """Limits and signals of shares, events of n.

    Parameters
    ----------
    events, n : (n,), in time order, 0 <= events <= n. A point with NaN in either, or n = 0, is
        missing.
    baseline, rebase : see `phases.phases`.
    dispersion : chance alone, Laney's, or the one that `is_overdispersed` chooses.

    Returns
    -------
    Chart of shares (0 to 1), limits clipped there; `kind` tells which chart it became.

    Raises
    ------
    ValueError : if the counts are out of range or not two equal series, or a place is wrong.

    Notes
    -----
    Montgomery, Introduction to Statistical Quality Control, ch. 7; Laney (2002), Qual. Eng. 14,
    531-537. Ranges of z are screened once as in `xmr_chart`. Laney lets the extra variation shrink
    with n as chance does. Where it does not, and n varies fivefold, `signal_p` after limits
    frozen at 12 points is a little small: p <= 0.01 comes in 1.4 % of charts without change.
    """
    counts = _checked(events, n, is_share=True)
    return _chart(counts, phases(counts.present, baseline=baseline, rebase=rebase), dispersion)


def u_chart(
    events: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    baseline: Places = EVERY,
    rebase: Sequence[int] = (),
    dispersion: Dispersion = Dispersion.CHOSEN,
) -> Chart:
    """Limits and signals of rates, events per unit of n; else as `p_chart`, clipped at 0 alone."""
    counts = _checked(events, n, is_share=False)
    return _chart(counts, phases(counts.present, baseline=baseline, rebase=rebase), dispersion)


def c_chart(
    events: npt.ArrayLike, *, baseline: Places = EVERY, rebase: Sequence[int] = ()
) -> Chart:
    """Limits and signals of counts without denominators, as a u chart of one unit a point.

    Raises
    ------
    ValueError : if events are not one series, negative or not whole, or a place is wrong.
    """
    series = one_series(events, "events")
    if (series != np.round(series))[~np.isnan(series)].any():
        raise ValueError("events must be whole numbers")
    checked = _checked(series, np.ones(series.shape), is_share=False)
    counts = replace(checked, is_alone=True)
    parts = phases(counts.present, baseline=baseline, rebase=rebase)
    return _chart(counts, parts, Dispersion.CHANCE)


def is_overdispersed(sigma_z: float, n: npt.ArrayLike) -> bool:
    """Is Laney's chart called for: large denominators and points that vary more than by chance?

    Parameters
    ----------
    sigma_z : standard deviation of the z scores by their moving range, 1 for chance alone.
    n : denominators of the points, NaN = missing.

    Notes
    -----
    The median n must exceed 500 and sigma_z 1.2. Mere chance gives that to 14 % of series of
    24 points and 24 % of those of 12; the price is limits somewhat too wide. A true 1.2 missed
    costs four times the false alarms.
    """
    sizes = np.asarray(n, dtype=np.float64)
    sizes = sizes[~np.isnan(sizes)]
    return bool(sizes.size > 0 and np.median(sizes) > LARGE_N and sigma_z > OVERDISPERSED)


def _checked(events: npt.ArrayLike, n: npt.ArrayLike, *, is_share: bool) -> _Counts:
    events, n = one_series(events, "events"), one_series(n, "n")
    if events.shape != n.shape:
        raise ValueError(f"events and n must be as many, found {events.size} and {n.size}")
    if (events < 0).any() or (n < 0).any():
        raise ValueError("events and n must not be negative")
    if is_share and (events > n).any():
        raise ValueError("events must be at most n")
    known = ~np.isnan(events) & (n > 0)
    return _Counts(np.where(known, events, np.nan), np.where(known, n, np.nan), is_share)


def _chart(counts: _Counts, parts: Phases, dispersion: Dispersion) -> Chart:
    shape = counts.n.shape
    centre, sigma_z = np.full(shape, np.nan), np.full(shape, np.nan)
    for part, basis in parts:
        if basis.sum() >= 2:
            centre[part] = counts.centre(basis)
    chance = counts.chance_sigma(centre)
    # A share that equals the centre but for rounding is on the centre.
    raw = counts.events / counts.n
    values = np.where(np.isclose(raw, centre, rtol=1e-12, atol=0), centre, raw)
    z = standardised(values, centre, chance)
    for part, basis in parts:
        sigma_z[part] = moving_sigma(z[basis])
    choice = is_overdispersed(moving_sigma(z[parts.basis & ~np.isnan(z)]), counts.n)
    laney = dispersion is Dispersion.LANEY or (dispersion is Dispersion.CHOSEN and choice)
    sigma = chance * sigma_z if laney else chance
    return drawn(
        _kind(counts, laney),
        parts,
        values,
        (centre, sigma),
        law=_law(counts, parts, (centre, sigma), laney),
        bounds=(0.0, 1.0 if counts.is_share else np.inf),
        is_rare=counts.n * np.minimum(centre, 1 - centre if counts.is_share else centre) < RARE,
    )


def _kind(counts: _Counts, laney: bool) -> ChartKind:
    if counts.is_alone:
        return ChartKind.C
    if counts.is_share:
        return ChartKind.LANEY_P if laney else ChartKind.P
    return ChartKind.LANEY_U if laney else ChartKind.U


def _law(counts: _Counts, parts: Phases, level: tuple[Floats, Floats], laney: bool) -> Law:
    points, basis, inside = parts.current
    n = counts.n[points]
    whole = counts.n[basis].sum()
    error = np.zeros(n.shape) if inside or whole == 0 else np.sqrt(n / whole)
    if laney:
        return NormalLaw(int(basis.sum()), error)
    centre = level[0][points]
    return CountLaw(
        n=n,
        centre=float(centre[-1]) if centre.size else np.nan,
        sigma=level[1][points],
        centre_error=error,
        binomial=counts.is_share,
    )
