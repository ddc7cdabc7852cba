"""Chances of a chart's signals from the order of its points alone, whatever their distribution.

Skewed, clustered or tied values make a law of chance promise too much: the mean of lognormal values
lies well above most of them, so that seven in a row below it are no coin tossed seven times. What
always holds is that unchanged points could have come in any order. So of n points the farthest is
the last with chance 1 / n, and no single value can be rarer than that.

Worked example: of 24 points 16 lie below the mean. The last seven do so in 16 x 15 x ... x 10 /
(24 x 23 x ... x 18) = 3.3 % of all orders, not in 1 / 2**7 = 0.8 %.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from kvalitetslib.stats.intervals import Floats

FEWEST_TO_JUDGE = 20
"""Fewest points whose shape can be judged: of 15 lognormal ones every fifth looks normal."""
FEWEST_FOR_TIES = 12
MOST_TIES = 1 / 3
"""Share of neighbours that may be equal; beyond it values are lumps, not a scale."""
_SKEWNESS, _KURTOSIS = 1.1, 1.1
"""Most standard errors of a normal sample's; strict, as a wrong yes costs more than a wrong no."""
FEWEST_EVENTS = 10


def is_tied(points: Floats) -> bool:
    """Are more than a third of all neighbours equal? False for fewer than twelve points."""
    return points.size >= FEWEST_FOR_TIES and bool(np.mean(np.diff(points) == 0) > MOST_TIES)


def is_near_normal(points: Floats) -> bool:
    """Twenty points or more, few ties, and no more skewness or kurtosis than normal values have.

    Notes
    -----
    Standard errors sqrt(6 / n) and sqrt(24 / n). Chosen by simulation of `signal_p`: of lognormal
    series (sd 0.8) 0.5 % had p <= 0.001 at 1.5 standard errors. Tails shorter than the normal
    ones are let through: they signal less often than the law says.
    """
    n = points.size
    if n < FEWEST_TO_JUDGE or is_tied(points) or np.ptp(points) == 0:
        return False
    skewness, kurtosis = stats.skew(points), stats.kurtosis(points)
    is_even = abs(skewness) <= _SKEWNESS * np.sqrt(6 / n)
    return bool(is_even and kurtosis <= _KURTOSIS * np.sqrt(24 / n))


def varies_like_poisson(counts: Floats, *, p: float = 0.01) -> bool:
    """Neither more nor less spread between neighbours than chance alone gives; True when unknown.

    Notes
    -----
    The mean square of neighbouring differences over twice the mean is 1 for Poisson counts, with
    about chi-square's spread on 2 (n - 1)**2 / (3 n - 4) degrees of freedom; a smaller p says no.
    A step between two levels is one difference of many. Fewer than ten events tell nothing.
    """
    n = counts.size
    if n < 2 or counts.sum() < FEWEST_EVENTS:
        return True
    ratio = float(np.mean(np.diff(counts) ** 2) / (2 * counts.mean()))
    df = 2 * (n - 1) ** 2 / (3 * n - 4)
    low, high = stats.chi2.ppf((p / 2, 1 - p / 2), df) / df
    return bool(low <= ratio <= high)


@dataclass(frozen=True, eq=False)
class Order:
    """Points (n,) as distances from their own centre in sigmas, in time order."""

    z: Floats

    def beyond(self, k: float) -> float:
        """Chance that the latest is one of those at k or farther."""
        # A distance is itself counted, in spite of rounding.
        return float(np.mean(np.abs(self.z) >= abs(k) * (1 - 1e-9)))

    @property
    def runs(self) -> Floats:
        """Chance that the last 1, 2, ..., n are all on one side of the centre."""
        n = self.z.size
        left = n - np.arange(n)
        sides = (np.maximum(np.sum(side) - np.arange(n), 0) for side in (self.z > 0, self.z < 0))
        return np.asarray(sum(np.cumprod(side / left) for side in sides))

    def outer_third(self, inner: float, outer: float) -> float:
        """Most chance that the latest and one of the two before it lie between k inner and outer.

        Of m such points on a side, two places are both theirs in m (m - 1) / n (n - 1) of all
        orders, and there are two pairs of places.
        """
        n = self.z.size
        if n < 3:
            return 0.0
        many = [np.sum((side * self.z > inner) & (side * self.z <= outer)) for side in (1, -1)]
        return float(min(1.0, sum(2 * m * (m - 1) for m in many) / (n * (n - 1))))
