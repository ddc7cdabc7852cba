"""Areas round one target: funnel limits, and which areas are further off than chance allows.

Worked example: target 50 % and 10 answers. At most 1 yes has probability 0.0107 and at most 2 has
0.0547, so the 2.5 % point lies (0.0547 - 0.025) / (0.0547 - 0.0107) = 0.675 below 2 yes. Likewise
the 97.5 % point lies 0.324 below 8, and one count is added, since it is at least 9 yes that has a
probability below 2.5 %. The 95 % limits are 13.2 % and 86.8 %, each other's mirror images.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import ROUNDING, Floats, Interval, finite_or_missing
from kvalitetslib.stats.overdispersion import Overdispersion, overdispersion

WARNING_LEVEL = 0.95
ALARM_LEVEL = 0.998
"""The two funnels of Spiegelhalter (2005): about 2 and 3 standard deviations."""


@dataclass(frozen=True, eq=False)
class Funnel:
    """Each area against the target, arrays of shape (..., areas), NaN for a missing area.

    value, se : share or rate, and the standard error an area of this size has on target.
    z : distance from target in those standard errors.
    p : exact two-sided p that only chance moved the area (twice the smaller tail).
    p_spread : the same when the spread between areas is allowed for, never below p; NaN for an
        area without company.
    spread : that spread, from the winsorised z; p_spread uses its tau2.
    """

    value: Floats
    se: Floats
    z: Floats
    p: Floats
    p_spread: Floats
    spread: Overdispersion


def share_limits(
    target: npt.ArrayLike,
    n: npt.ArrayLike,
    level: float = WARNING_LEVEL,
    *,
    published: bool = False,
) -> Interval:
    """Exact control limits of a share, interpolated between whole counts.

    Parameters
    ----------
    target : share aimed at, 0 < target < 1, NaN = missing.
    n : answers, any shape that fits together with target; an effective n need not be whole and
        0 gives NaN.
    level : least share of areas on target inside the limits.
    published : give the upper limit as published, one count lower.

    Returns
    -------
    Interval in shares (0 to 1). An area lies outside exactly when p of `share_funnel` is below
    1 - level.

    Raises
    ------
    ValueError : if a target, an n or the level is out of range.

    Notes
    -----
    Spiegelhalter (2005), Stat. Med. 24, 1185-1202, appendix A.1. With r the smallest count whose
    probability F(r) reaches the tail q, the limit is r - (F(r) - q) / (F(r) - F(r - 1)) answers.
    At the upper end that is where at most, not at least, so many has the tail probability. It
    puts 13.3 % of areas on target 90 % with n = 20 outside 95 % limits (all that have 20 of 20);
    one count further out the share is 1.1 %, and the same rule seen from the other end.
    """
    aim, total = _on_target(target, n, highest=1.0)

    def at_most(count: Floats) -> Floats:
        return _share_tails(count, total, aim)[0]

    low, high = _limits(at_most, np.ceil(total), level, published=published)
    return Interval(np.clip(low / total, 0, 1), np.clip(high / total, 0, 1))


def rate_limits(
    target: npt.ArrayLike,
    exposure: npt.ArrayLike,
    level: float = WARNING_LEVEL,
    *,
    published: bool = False,
) -> Interval:
    """Exact control limits of a rate, events per unit of exposure; as `share_limits`.

    Parameters
    ----------
    target : rate aimed at, above 0, NaN = missing.
    exposure : persons or person-years, 0 gives NaN. With expected counts as exposure and target 1
        these are the limits of a standardised ratio.
    level, published : as in `share_limits`.
    """
    aim, total = _on_target(target, exposure, highest=np.inf)
    mean = aim * total
    # Further out than any level asks for: 40 standard deviations and more.
    ceiling = np.ceil(mean + 40 * np.sqrt(mean) + 800)

    def at_most(count: Floats) -> Floats:
        return _rate_tails(count, mean)[0]

    low, high = _limits(at_most, ceiling, level, published=published)
    return Interval(low / total, high / total)


def share_funnel(hits: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> Funnel:
    """Shares of areas against a target.

    Parameters
    ----------
    hits, n : (..., areas) answers in favour and in all, as in `intervals.wilson_interval`; NaN or
        n = 0 is a missing area.
    target : (...) share aimed at, 0 < target < 1: set beforehand, or that of all areas together.

    Returns
    -------
    Funnel. Correct its p values by `multiplicity`; one area in twenty is below 0.05 by chance.

    Raises
    ------
    ValueError : if a count or a target is out of range, or the shapes do not fit.

    Notes
    -----
    The exact p never finds more than it says: of areas on target 90 % with n = 20 it finds 1.1 %
    at the 5 % level and with n = 100 4.4 %, where the normal z finds 4.3 and 6.4 %. With a true
    spread between 8 to 60 areas p_spread finds 3 to 5 % of them.
    """
    count, total, aim = _counts(hits, n, target, highest=1.0)
    if (count > total * (1 + ROUNDING)).any():
        raise ValueError("counts must satisfy 0 <= hits <= n")
    tails = _share_tails(np.minimum(count, total), total, aim)
    return _funnel(count / total, np.sqrt(aim * (1 - aim) / total), aim, tails)


def rate_funnel(events: npt.ArrayLike, exposure: npt.ArrayLike, target: npt.ArrayLike) -> Funnel:
    """Rates of areas against a target; as `share_funnel`, with Poisson counts.

    Parameters
    ----------
    events, exposure : (..., areas) events, and persons or years; NaN or 0 exposure is missing.
    target : (...) rate aimed at, above 0.
    """
    count, total, aim = _counts(events, exposure, target, highest=np.inf)
    return _funnel(count / total, np.sqrt(aim / total), aim, _rate_tails(count, aim * total))


def _funnel(value: Floats, se: Floats, aim: Floats, tails: tuple[Floats, Floats]) -> Funnel:
    z = (value - aim) / se
    spread = overdispersion(z, np.where(np.isnan(z), np.nan, se))
    p = np.minimum(2 * np.minimum(*tails), 1.0)
    z_spread = (value - aim) / np.hypot(se, np.sqrt(spread.tau2)[..., None])
    p_spread = np.maximum(2 * special.ndtr(-np.abs(z_spread)), p)
    return Funnel(value=value, se=se, z=z, p=p, p_spread=p_spread, spread=spread)


def _counts(
    counts: npt.ArrayLike, total: npt.ArrayLike, target: npt.ArrayLike, *, highest: float
) -> tuple[Floats, Floats, Floats]:
    """Counts, totals and targets of one shape (..., areas); NaN counts where there is no total."""
    count = finite_or_missing(counts, "counts")
    aim, size = _on_target(np.asarray(target, dtype=np.float64)[..., None], total, highest=highest)
    if count.ndim == 0 or count.shape != size.shape:
        raise ValueError(f"counts have shape {count.shape} but their totals {size.shape}")
    if (count < 0).any():
        raise ValueError("counts must not be negative")
    return np.where(np.isnan(size), np.nan, count), size, aim


def _on_target(
    target: npt.ArrayLike, total: npt.ArrayLike, *, highest: float
) -> tuple[Floats, Floats]:
    """Target and total of one shape; total is NaN where it is 0."""
    aim, size = finite_or_missing(target, "target"), finite_or_missing(total, "total")
    if (aim <= 0).any() or (aim >= highest).any():
        raise ValueError(f"target must lie between 0 and {highest:g}")
    if (size < 0).any():
        raise ValueError("n or exposure must not be negative")
    aim, size = np.broadcast_arrays(aim, size)
    return aim, np.where(size > 0, size, np.nan)


def _share_tails(count: Floats, n: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Binomial probability of at most, and of at least, so many."""
    below = np.where(count >= n, 1.0, special.betaincc(count + 1, n - count, p))
    above = np.where(count > n, 0.0, special.betainc(count, n - count + 1, p))
    return np.where(count < 0, 0.0, below), np.where(count <= 0, 1.0, above)


def _rate_tails(count: Floats, mean: Floats) -> tuple[Floats, Floats]:
    """Poisson probability of at most, and of at least, so many."""
    below = np.where(count < 0, 0.0, special.gammaincc(count + 1, mean))
    return below, np.where(count <= 0, 1.0, special.gammainc(count, mean))


def _limits(
    at_most: Callable[[Floats], Floats], ceiling: Floats, level: float, *, published: bool
) -> tuple[Floats, Floats]:
    """Both limits as counts, the lower at least 0."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    low = _interpolated(at_most, (1 - level) / 2, ceiling)
    high = _interpolated(at_most, (1 + level) / 2, ceiling)
    return np.maximum(low, 0), np.maximum(high, 0) if published else np.maximum(high + 1, 0)


def _interpolated(at_most: Callable[[Floats], Floats], tail: float, ceiling: Floats) -> Floats:
    """Count where a rising distribution reaches the tail, found by halving, then interpolated."""
    low, high = np.full(ceiling.shape, -1.0), ceiling
    for _ in range(int(np.nanmax(ceiling, initial=1)).bit_length() + 1):
        middle = np.floor((low + high) / 2)
        reached = at_most(middle) >= tail
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    reaches, before = at_most(high), at_most(high - 1)
    return high - (reaches - tail) / (reaches - before)
