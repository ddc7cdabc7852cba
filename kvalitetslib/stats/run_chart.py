"""Run charts by the Anhøj rules: is the order of the values random about their median?

A run chart needs no distribution and fits skewed values and short series. A shift shows itself as
an unusually long run on one side of the median, or as unusually few crossings of it.

Worked example: ten values, five below the median and then five above, have a longest run of 5 (6
is allowed) and cross once (at least 2 are needed), so their order is not random.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

from kvalitetslib.stats.phases import EVERY, Places, phases
from kvalitetslib.stats.process import one_series

FEWEST_USEFUL = 10
CROSSINGS_LEVEL = 0.05
RUN_BEYOND_LOG = 3


class Order(StrEnum):
    """Verdict of a run chart."""

    RANDOM = "random"
    NON_RANDOM = "non_random"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RunChart:
    """Median and the two Anhøj numbers, each with its limit.

    `useful` counts the values that are not on the median. The limits are 0 when there are fewer
    than ten, and the order then unknown.
    """

    median: float
    useful: int
    longest_run: int
    longest_allowed: int
    crossings: int
    fewest_crossings: int

    @property
    def order(self) -> Order:
        if self.useful < FEWEST_USEFUL:
            return Order.UNKNOWN
        is_long = self.longest_run > self.longest_allowed
        is_rarely_crossed = self.crossings < self.fewest_crossings
        return Order.NON_RANDOM if is_long or is_rarely_crossed else Order.RANDOM


def run_chart(values: npt.ArrayLike, *, baseline: Places = EVERY) -> RunChart:
    """Runs and crossings of one series about the median.

    Parameters
    ----------
    values : (n,), in time order, NaN = missing and skipped. Values on the median neither break a
        run nor lengthen it.
    baseline : the points that make the median, all by default.

    Raises
    ------
    ValueError : if values is not one series or holds an infinite value.

    Notes
    -----
    Anhøj & Olesen (2014), PLoS ONE 9, e113825; Anhøj & Wentzel-Larsen (2018), BMC Med. Res.
    Methodol. 18, 118. Of random series the two rules call 1 % non-random at
    ten values, 3 % at 24 and 4 % at 36.
    """
    series = one_series(values, "values")
    basis = series[phases(~np.isnan(series), baseline=baseline).basis]
    median = float(np.median(basis)) if basis.size else np.nan
    sides = np.sign(series - median)
    sides = sides[np.abs(sides) == 1]
    changes = np.flatnonzero(np.diff(sides)) + 1
    lengths = np.diff(np.concatenate([[0], changes, [sides.size]]))
    longest, fewest = run_limits(sides.size)
    return RunChart(
        median=median,
        useful=int(sides.size),
        longest_run=int(lengths.max()),
        longest_allowed=longest,
        crossings=int(changes.size),
        fewest_crossings=fewest,
    )


def run_limits(useful: int) -> tuple[int, int]:
    """Longest ordinary run and fewest ordinary crossings of that many useful values.

    log2(n) + 3, rounded, and the 5 % point of n - 1 tosses of a coin; 0 and 0 below ten values.
    """
    if useful < FEWEST_USEFUL:
        return 0, 0
    longest = round(float(np.log2(useful)) + RUN_BEYOND_LOG)
    return longest, int(stats.binom.ppf(CROSSINGS_LEVEL, useful - 1, 0.5))
