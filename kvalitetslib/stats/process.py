"""Ordinary variation of a process: XmR chart, its run rules, and the noise between years.

Both measure noise by the moving range, the distance between one value and the next. Missing
values (NaN) are left out, so that a range or a run reaches over the gap.

Worked example: 10, 12, 10, 12 has moving ranges 2, 2, 2 and mean 11, so the limits are
11 +- 2.66 x 2 = 5.68 and 16.32, and the noise is 2 / 1.128 = 1.77.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing

Signs: TypeAlias = npt.NDArray[np.int8]

LIMIT_FACTOR = 2.66
"""3 / d2: three standard deviations, counted in mean moving ranges."""
SCREEN_FACTOR = 3.267
"""Shewhart's D4 for n = 2: a range above this many mean ranges is not ordinary."""
RUN_LENGTH = 7
SETTLED_POINTS = 13


class Assurance(StrEnum):
    """What the limits say about a target that is to be reached again and again."""

    ALWAYS = "always"
    NEVER = "never"
    SOMETIMES = "sometimes"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class XmrChart:
    """Mean and limits of a series, and the signals at each of its points.

    The four rules hold one number a point: 1 for a signal upwards, -1 downwards, 0 for none.
    `preliminary` is true when fewer than 13 points made the limits.
    """

    mean: float
    lower: float
    upper: float
    preliminary: bool
    outside: Signs
    run: Signs
    trend: Signs
    outer_third: Signs

    @property
    def flagged(self) -> npt.NDArray[np.bool_]:
        """True at points where some rule signals."""
        rules = np.stack([self.outside, self.run, self.trend, self.outer_third])
        return np.asarray((rules != 0).any(axis=0))


def xmr_chart(values: npt.ArrayLike, *, baseline: slice = slice(None)) -> XmrChart:
    """Limits and signals of one series.

    Parameters
    ----------
    values : (n,), in time order, NaN = missing. A missing point never signals.
    baseline : the points that make the limits, all by default. ``slice(12)`` freezes the limits
        after the twelfth point; the rules still read every point.

    Returns
    -------
    XmrChart. The limits are NaN for fewer than two baseline points; a constant baseline has both
    limits at its mean.

    Raises
    ------
    ValueError : if values is not one series or holds an infinite value.

    Notes
    -----
    Shewhart (1931); Wheeler (2000), Understanding Variation. Moving ranges above 3.267 times
    their mean are left out once before the limits are drawn, as in "Making Data Count" of NHS
    England.
    """
    series = finite_or_missing(values, "values")
    if series.ndim != 1:
        raise ValueError(f"values must be one series, found shape {series.shape}")
    present = ~np.isnan(series)
    basis = series[baseline][present[baseline]]
    mean, lower, upper = _limits(basis)
    points = series[present]

    def at_points(signs: Signs) -> Signs:
        every = np.zeros(series.shape, dtype=np.int8)
        every[present] = signs
        return every

    return XmrChart(
        mean=mean,
        lower=lower,
        upper=upper,
        preliminary=bool(basis.size < SETTLED_POINTS),
        outside=at_points(outside_limits(points, lower, upper)),
        run=at_points(run_on_one_side(points, mean)),
        trend=at_points(steady_trend(points)),
        outer_third=at_points(two_of_three_in_outer_third(points, lower, upper)),
    )


def outside_limits(points: Floats, lower: float, upper: float) -> Signs:
    """1 above the upper limit, -1 below the lower, else 0; on the limit is inside."""
    return (points > upper).astype(np.int8) - (points < lower).astype(np.int8)


def run_on_one_side(points: Floats, mean: float) -> Signs:
    """Side of the mean at all points in runs of seven or more on it; on the mean breaks a run."""
    above, below = points > mean, points < mean
    return _marked(_whole(above), points.size) - _marked(_whole(below), points.size)


def steady_trend(points: Floats) -> Signs:
    """Direction at all points in seven or more that each rise (or each fall); equals break it."""
    steps = np.diff(points)
    rises = _marked(_whole(steps > 0, RUN_LENGTH - 1), points.size)
    falls = _marked(_whole(steps < 0, RUN_LENGTH - 1), points.size)
    # A peak between two trends is in both and counts as the rise.
    return np.where(rises == 1, rises, -falls)


def two_of_three_in_outer_third(points: Floats, lower: float, upper: float) -> Signs:
    """Side at points in the outer third, where two of three neighbours on one side are there.

    All three must be on the same side of the mean. A point beyond the limit has its own rule and
    is not counted here.
    """
    mean, near = (lower + upper) / 2, (upper - lower) / 3
    result = np.zeros(points.shape, dtype=np.int8)
    if points.size < 3:
        return result
    for side, limit in ((1, upper), (-1, lower)):
        outer = (side * (points - mean) > near) & (side * (points - limit) <= 0)
        same_side = _windows(side * (points - mean) > 0, 3).all(axis=-1)
        hits = same_side & (_windows(outer, 3).sum(axis=-1) >= 2)
        result += np.int8(side) * _marked(hits, points.size) * outer.astype(np.int8)
    return result


def assurance(limits: XmrChart, target: float, direction: int) -> Assurance:
    """Does the process reach the target always, never or sometimes?

    Parameters
    ----------
    limits : a chart; only its limits are read.
    target : NaN gives UNKNOWN, as do missing limits.
    direction : 1 when high is good, -1 when low is. Standing on the target reaches it.

    Raises
    ------
    ValueError : if the direction is neither 1 nor -1.
    """
    if direction not in (1, -1):
        raise ValueError(f"direction must be 1 or -1, found {direction}")
    worst, best = sorted((direction * limits.lower, direction * limits.upper))
    goal = direction * target
    if np.isnan([worst, best, goal]).any():
        return Assurance.UNKNOWN
    if worst >= goal:
        return Assurance.ALWAYS
    return Assurance.NEVER if best < goal else Assurance.SOMETIMES


def _limits(basis: Floats) -> tuple[float, float, float]:
    if basis.size == 0:
        return np.nan, np.nan, np.nan
    # Measured from the first value, the mean of equal values is that value to the last bit.
    mean = float(basis[0] + np.mean(basis - basis[0]))
    if basis.size == 1:
        return mean, np.nan, np.nan
    ranges = np.abs(np.diff(basis))
    ordinary = ranges[ranges <= SCREEN_FACTOR * ranges.mean()]
    half = LIMIT_FACTOR * float(ordinary.mean())
    return mean, mean - half, mean + half


def _windows(truth: npt.NDArray[np.bool_], width: int) -> npt.NDArray[np.bool_]:
    return np.lib.stride_tricks.sliding_window_view(truth, width)


def _whole(truth: npt.NDArray[np.bool_], width: int = RUN_LENGTH) -> npt.NDArray[np.bool_]:
    """For each window of the width: is all of it true? Empty when there are fewer values."""
    if truth.size < width:
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(_windows(truth, width).all(axis=-1))


def _marked(hits: npt.NDArray[np.bool_], size: int) -> Signs:
    """1 at each of `size` points that lies in a window that hit; windows begin at 0, 1, 2, ..."""
    if hits.size == 0:
        return np.zeros(size, dtype=np.int8)
    width = size - hits.size + 1
    return np.minimum(np.convolve(hits, np.ones(width, dtype=np.int64)), 1).astype(np.int8)
