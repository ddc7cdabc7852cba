"""How long something takes, when some have not come to an end yet.

Those who still wait have waited at least as long as they have. Leaving them out, or counting them
as done today, makes times too short; the product limit of Kaplan and Meier does neither.

Worked example: three were answered after 2, 4 and 9 days and one has waited for 5. After 2 days
3 / 4 are left, after 4 days 3 / 4 x 2 / 3 = 1 / 2, after 9 days none: the median is 4 days.
"""

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats

SLACK = 1e-12
"""Products of shares carry rounding errors."""


def waiting_quantile(times: npt.ArrayLike, is_over: npt.ArrayLike, shares: npt.ArrayLike) -> Floats:
    """The time within which each share of all has come to an end.

    Parameters
    ----------
    times : (n,) time until the end, or so far; 0 or more.
    is_over : (n,) whether it has come to an end. Ends come before those who wait as long.
    shares : (k,) shares of all, 0 < share < 1.

    Returns
    -------
    (k,) times; NaN where so many have not come to an end within any time seen.

    Raises
    ------
    ValueError : if the series differ, or a time or a share is out of range.

    Notes
    -----
    Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457-481. Without anyone waiting it is the
    smallest time that the share has reached.
    """
    waited = np.asarray(times, dtype=np.float64)
    over = np.asarray(is_over, dtype=np.bool_)
    asked = np.atleast_1d(np.asarray(shares, dtype=np.float64))
    if waited.ndim != 1 or waited.shape != over.shape:
        raise ValueError("times and is_over must be two series of one length")
    if not (waited >= 0).all() or not ((asked > 0) & (asked < 1)).all():
        raise ValueError("times must be 0 or more and shares between 0 and 1")
    ends, counts = np.unique(waited[over], return_counts=True)
    waiting = (waited[:, None] >= ends).sum(axis=0)
    done = 1 - np.cumprod(1 - counts / np.maximum(waiting, 1))
    at = np.searchsorted(done + SLACK, asked)
    return np.append(ends, np.nan)[at]
