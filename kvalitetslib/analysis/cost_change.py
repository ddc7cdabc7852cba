"""All municipalities' values of quality and cost with their noise, and the change of a cost.

A cost in kronor is taken as 100 x its logarithm, so that a change is in percent, and is held beside
the median change of the peers over the same years: prices that rise for all are no rise.

Worked example: 500 kronor became 540 (+8 %), and the peers' median change was +5 %. The change
beside them is 1.08 / 1.05 - 1 = +2.9 %.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.panel import Floats, Panel, last_breaks, without_broken
from kvalitetslib.model import Indicator, Kommun
from kvalitetslib.stats.noise import FEWEST_TO_POOL, YearNoise, pooled_noise
from kvalitetslib.stats.two_spans import Bools, two_spans

_MEDIAN_VARIANCE = np.pi / 2
"""Variance of a median against that of a mean, normal values (Kenney & Keeping 1962)."""
_SHARE = "procent"

Columns = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Block:
    """Totals of indicators (indicators, kommuner, periods) since their last break.

    ``values`` are as published; ``counted`` has costs in kronor as 100 x logarithm. ``noise`` is
    that of ``counted``, for costs in kronor beside all municipalities' median course.
    """

    rows: dict[str, int]
    values: Floats
    counted: Floats
    noise: YearNoise


@dataclass(frozen=True)
class CostChange:
    """A cost's change, its standard error and what it is held beside. Percent, logarithmic when
    the cost is in kronor."""

    change: float
    error: float
    df: float
    members: int
    peers_change: float | None


def is_deviation(indicator: Indicator) -> bool:
    """Whether the cost is counted in percent of what is expected, and so relative already."""
    return indicator.unit == _SHARE


def block_of(kommun: Kommun, panel: Panel) -> Block:
    """The indicators of all the kommun's pairs; worked out once for all its nämnder."""
    costs = {each.cost for each in kommun.cost_pairs}
    in_kronor = tuple(sorted(id for id in costs if not is_deviation(kommun.indicator(id))))
    ids = sorted(costs | {id for each in kommun.cost_pairs for id in each.quality})
    return _block(panel, tuple(ids), in_kronor, last_breaks(kommun.indicators))


@lru_cache(maxsize=2)
def _block(
    panel: Panel,
    ids: tuple[str, ...],
    in_kronor: tuple[str, ...],
    breaks: tuple[tuple[str, float], ...],
) -> Block:
    whole = without_broken(panel, breaks)[:, :, 0]
    places = panel.rows(list(ids))
    values = np.where((places < 0)[:, None, None], np.nan, whole[places])
    rows = {id: row for row, id in enumerate(ids)}
    counted, level = values.copy(), values.copy()
    for id in in_kronor:
        counted[rows[id]] = _logarithm(values[rows[id]])
        level[rows[id]] = beside_all(counted[rows[id]])
    return Block(rows, values, counted, pooled_noise(level))


def _logarithm(values: Floats) -> Floats:
    """100 x the natural logarithm; what is not above 0 is missing."""
    return 100 * np.log(np.where(values > 0, values, np.nan))


def beside_all(counted: Floats) -> Floats:
    """The values less the course that the median municipality has taken since the first year.

    Parameters
    ----------
    counted : (kommuner, periods). With fewer than ten municipalities they are left as they are:
        their noise then holds the prices too, and is too large rather than too small.
    """
    steps = np.diff(counted, axis=1)
    enough = (~np.isnan(steps)).sum(axis=0) >= FEWEST_TO_POOL
    middle = np.where(enough, np.nanmedian(np.where(enough, steps, 0.0), axis=0), 0.0)
    return np.asarray(counted - np.concatenate([[0.0], np.cumsum(middle)]))


@dataclass(frozen=True, eq=False)
class Spans:
    """(periods,) which periods are before and which are now."""

    before: Bools
    now: Bools


def cost_change(block: Block, row: int, spans: Spans, *, own: int, peers: Columns) -> CostChange:
    """The change of the cost in ``row`` for the municipality in column ``own``.

    Parameters
    ----------
    peers : columns to hold it beside; those without values in exactly the own years are left out.
        None at all gives the plain change.
    """
    moved = two_spans(block.counted[row], spans.before, spans.now)
    sigma, part = block.noise.sigma[row], moved.variance[own]
    same = (moved.used_before[peers] == moved.used_before[own]).all(axis=1)
    same &= (moved.used_now[peers] == moved.used_now[own]).all(axis=1)
    beside = peers[same]
    variance = part * sigma[own] ** 2
    if len(beside):
        noise = sigma[beside]
        typical = float(np.nanmedian(noise)) if (~np.isnan(noise)).any() else sigma[own]
        variance += part * typical**2 * _MEDIAN_VARIANCE / len(beside)
    theirs = float(np.median(moved.change[beside])) if len(beside) else None
    return CostChange(
        change=float(moved.change[own]) - (theirs or 0.0),
        error=float(np.sqrt(variance)),
        df=float(block.noise.df[row, own]),
        members=len(beside),
        peers_change=theirs,
    )
