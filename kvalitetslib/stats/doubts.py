"""Values that may be faults in the data: far from their own series, ten times off, or frozen.

A fault and a result can look alike, so the rules ask much: a value must be far from every other
value of its series, counted in what is usual for such a series. A step that has lasted for two
periods is never doubted; it is a change.

Worked example: 71, 72, 70, 7.1, 71 where the usual noise is 1. The distance from 7.1 to the nearest
other value is 62.9, that is 63 sigma; and 7.1 / 71 = 0.1, a decimal point that has slipped.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing
from kvalitetslib.stats.noise import D2

Bools = npt.NDArray[np.bool_]

FEWEST_OTHERS = 3
"""Other values of a series needed before one of them can be called strange."""
SLIP = 0.15
"""How near 10, 100 or 1000 a ratio must be, as a share of it."""
STEADY = 2.0
"""Largest over smallest of the other values of a series that is steady enough to see a slip."""
FROZEN_PERIODS = 4
FROZEN_NOISE = 5.0
"""Noise, in published steps, from which four equal values in a row are hardly chance."""
_MAD = 1.4826
_HALF_NORMAL_MEDIAN = 0.6745
_FEWEST_CHANGES = 5


@dataclass(frozen=True, eq=False)
class UsualChange:
    """How much values usually change from one period to the next, in many municipalities.

    sigma : (indicators, kommuner, groups) noise of one value; NaN where nothing is known.
    largest : the same shape, each series' largest change in sigma; NaN without a change.
    drift : (indicators, groups, periods) what all municipalities have changed since the first
        period (running sum of the median changes).
    """

    sigma: Floats
    largest: Floats
    drift: Floats


def usual_change(values: npt.ArrayLike) -> UsualChange:
    """What is usual for each indicator and group, times what is usual for each municipality.

    Parameters
    ----------
    values : (indicators, kommuner, groups, periods), in time order, NaN = missing. Only changes
        between neighbouring periods that both have values are used.

    Notes
    -----
    Medians throughout, so that a fault does not hide itself: sigma is 1.4826 x the median absolute
    change / sqrt(2), with the median change of all municipalities taken off each period. Small
    municipalities vary more, in all that they do: their factor is the median of their absolute
    changes in units of each indicator's own.
    """
    block = finite_or_missing(values, "values")
    change = np.diff(block, axis=-1)
    common = np.nan_to_num(_median(change, 1))
    own = np.abs(change - common[:, None])
    usual = _MAD * _median(_last(own, (1, 3)), -1) / np.sqrt(2)
    usual = np.where(usual > 0, usual, np.nan)
    relative = own / (np.sqrt(2) * usual[:, None, :, None])
    by_kommun = _last(relative, (0, 2, 3))
    factor = _median(by_kommun, -1) / _HALF_NORMAL_MEDIAN
    few = np.sum(~np.isnan(by_kommun), axis=-1) < _FEWEST_CHANGES
    factor = np.where(few | np.isnan(factor), 1.0, np.maximum(factor, 0.5))
    sigma = usual[:, None] * factor[None, :, None]
    drift = np.concatenate([np.zeros((*common.shape[:-1], 1)), np.cumsum(common, axis=-1)], axis=-1)
    scaled = np.nan_to_num(own / sigma[..., None], nan=-np.inf)
    largest = scaled.max(axis=-1, initial=-np.inf)
    return UsualChange(sigma, np.where(np.isfinite(largest), largest, np.nan), drift)


def nearest_other(series: npt.ArrayLike) -> Floats:
    """Distance from each value to the nearest other value of its series.

    Parameters
    ----------
    series : (..., periods), NaN = missing (gives NaN, as does a value that is alone).
    """
    values = finite_or_missing(series, "series")
    order = np.argsort(values, axis=-1)
    steps = np.diff(np.take_along_axis(values, order, axis=-1), axis=-1)
    edge = np.full((*values.shape[:-1], 1), np.nan)
    nearest = np.fmin(
        np.concatenate([edge, steps], axis=-1), np.concatenate([steps, edge], axis=-1)
    )
    found = np.empty_like(values)
    np.put_along_axis(found, order, nearest, axis=-1)
    return found


def noise_of_rest(series: npt.ArrayLike) -> Floats:
    """Noise of each series when the value in question is left out: mean moving range / 1.128.

    Parameters
    ----------
    series : (..., periods), missing values last. NaN with fewer than four values.
    """
    values = finite_or_missing(series, "series")
    n = np.sum(~np.isnan(values), axis=-1, keepdims=True)
    edge = np.full((*values.shape[:-1], 1), np.nan)
    ranges = np.abs(np.diff(values, axis=-1))
    before = np.nan_to_num(np.concatenate([edge, ranges], axis=-1))
    after = np.nan_to_num(np.concatenate([ranges, edge], axis=-1))
    past = np.concatenate([edge, values[..., :-1]], axis=-1)
    coming = np.concatenate([values[..., 1:], edge], axis=-1)
    bridge = np.nan_to_num(np.abs(coming - past))
    total = np.nansum(ranges, axis=-1, keepdims=True)
    mean = (total - before - after + bridge) / np.maximum(n - 2, 1)
    return np.where((n > FEWEST_OTHERS) & ~np.isnan(values), mean / D2, np.nan)


def slipped(series: npt.ArrayLike) -> Bools:
    """Where a value is 10, 100 or 1000 times the median of its otherwise steady series, or 1/that.

    Parameters
    ----------
    series : (..., periods), NaN = missing. Series with a value of 0 or below are left alone.
    """
    values = finite_or_missing(series, "series")
    n = np.sum(~np.isnan(values), axis=-1)
    positive = np.nanmin(np.where(np.isnan(values), np.inf, values), axis=-1) > 0
    able = positive & (n > FEWEST_OTHERS)
    found = np.zeros(values.shape, dtype=bool)
    if not able.any():
        return found
    logs = np.log10(values[able])
    # Only a value at either end can be ten times off when the others are within twice each other.
    ranked = np.sort(logs, axis=-1)
    count, rows = n[able], np.arange(len(logs))
    for end, first, last in ((0, 1, count - 1), (count - 1, 0, count - 2)):
        rest = np.where(logs == ranked[rows, end][:, None], np.nan, logs)
        steady = ranked[rows, last] - ranked[rows, first] <= np.log10(STEADY)
        away = np.abs(ranked[rows, end] - _median(rest, -1))
        tens = np.rint(away)
        near = np.abs(10 ** (away - tens) - 1) <= SLIP
        hit = steady & (tens >= 1) & (tens <= 3) & near
        found[able] |= hit[:, None] & (logs == ranked[rows, end][:, None])
    return found


def frozen(series: npt.ArrayLike, sigma: npt.ArrayLike, step: npt.ArrayLike) -> Bools:
    """Values in a row of at least four that are exactly equal, in a series that ought to move.

    Parameters
    ----------
    series : (..., periods), missing values last; 0 and 100 are ends of a scale and never frozen.
    sigma : (...,) noise to be expected; NaN is not known, and nothing is called frozen.
    step : (...,) the smallest difference that the published numbers can show.
    """
    values = finite_or_missing(series, "series")
    moves = np.asarray(sigma, dtype=float) >= FROZEN_NOISE * np.asarray(step, dtype=float)
    same = values[..., 1:] == values[..., :-1]
    inside = ~np.isin(values, (0.0, 100.0)) & ~np.isnan(values) & moves[..., None]
    found = np.zeros(values.shape, dtype=bool)
    runs = FROZEN_PERIODS - 1
    if values.shape[-1] <= runs:
        return found
    windows = np.lib.stride_tricks.sliding_window_view(same, runs, axis=-1).all(axis=-1)
    for offset in range(FROZEN_PERIODS):
        found[..., offset : offset + windows.shape[-1]] |= windows
    return np.asarray(found & inside)


def _last(values: Floats, axes: tuple[int, ...]) -> Floats:
    """The named axes moved last and made one."""
    kept = [axis for axis in range(values.ndim) if axis not in axes]
    moved = np.transpose(values, (*kept, *axes))
    return moved.reshape(*(values.shape[axis] for axis in kept), -1)


def _median(values: Floats, axis: int) -> Floats:
    """Median of the known values along an axis; NaN, without a warning, when none is known."""
    if values.shape[axis] == 0:
        return np.full(np.delete(values.shape, axis), np.nan)
    ranked = np.sort(values, axis=axis)
    count = np.sum(~np.isnan(values), axis=axis, keepdims=True)
    low = np.take_along_axis(ranked, np.maximum(count - 1, 0) // 2, axis=axis)
    high = np.take_along_axis(ranked, np.minimum(count // 2, values.shape[axis] - 1), axis=axis)
    return np.where(count > 0, (low + high) / 2, np.nan).squeeze(axis)
