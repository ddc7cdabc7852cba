"""The four run rules of a control chart, each a small function of one series in time order.

The rules read one phase of a process at a time, without its missing values. Each gives one number
a point: 1 for a signal upwards, -1 downwards, 0 for none.

Worked example: 1, 2, 1, 2, 1, 2, 1 are seven on the upper side of 0, so `run_on_one_side` gives 1
at all seven; with a 0 among them there is no run.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats

Signs: TypeAlias = npt.NDArray[np.int8]

RUN_LENGTH = 7


def outside_limits(points: Floats, lower: Floats | float, upper: Floats | float) -> Signs:
    """1 above the upper limit, -1 below the lower, else 0; on the limit is inside."""
    return (points > upper).astype(np.int8) - (points < lower).astype(np.int8)


def run_on_one_side(points: Floats, centre: Floats | float) -> Signs:
    """Side of the centre at all points in runs of seven or more; on the centre breaks a run."""
    above, below = points > centre, points < centre
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
    is not counted here. Where limits differ from point to point, give standardised values.
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
