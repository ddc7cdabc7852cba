"""How the points of a chart's latest phase vary when nothing has changed.

A law answers for z, the distance to the centre in sigmas, as the chart measures it: with a centre
and a sigma that are themselves estimates. `beyond` is the chance of the latest point, `tails` the
chance of each point under a set of equally likely errors of the estimates. Within one of them the
points are independent, so that the chance of a run is the mean of products.

Worked example: with a centre from 12 points before it, a point has a centre error of
1 / sqrt(12) sigma. Seven next points on one side are then 3.4 % likely, not 2 / 2**7 = 1.6 %, as
one wrong centre is wrong for all seven.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import special, stats

from kvalitetslib.stats.intervals import Floats
from kvalitetslib.stats.noise import noise_df

_ERRORS = 48
_SLACK = 1e-7
"""In counts: a bound this near a whole number is that number."""
_REACHED = 1 - 1e-6
"""Share of a distance at which a count counts as having gone all of it."""


@dataclass(frozen=True, eq=False)
class NormalLaw:
    """Independent normal values with sigma from moving ranges (XmR, Laney).

    `n` is the number of baseline points; `centre_error` (points,) the standard error of the
    centre in sigmas of each point, 0 where the point itself is in the baseline, as it then pulls
    the centre towards it.
    """

    n: int
    centre_error: Floats

    def beyond(self, z: float) -> float:
        """Two-sided chance of the latest point at z or farther, by Student's t.

        A baseline without any variation has measured no noise, and z is infinite. Then only order
        tells: of n + 1 equal chances, one is that the odd value comes last.
        """
        if np.isinf(z):
            return 1 / (self.n + 1)
        spread = np.sqrt(1 + self.centre_error[-1] ** 2)
        return float(2 * stats.t.sf(abs(z) / spread, self._df))

    def tails(self, k: float, side: int) -> Floats:
        """Chance of each point farther out than k on the side, (errors, points)."""
        share = (np.arange(_ERRORS) + 0.5) / _ERRORS
        scale = np.sqrt(stats.chi2.ppf(share, self._df) / self._df)[:, None, None]
        error = _normal_errors()[None, :, None] * self.centre_error
        return np.asarray(special.ndtr(-(k * scale + side * error))).reshape(-1, error.shape[-1])

    @property
    def _df(self) -> float:
        return float(noise_df(self.n))


@dataclass(frozen=True, eq=False)
class CountLaw:
    """Binomial (at most one event each of n) or Poisson counts, with their exact tails.

    `n` (points,) are the denominators, `sigma` and `centre_error` as in the chart.
    """

    n: Floats
    centre: float
    sigma: Floats
    centre_error: Floats
    binomial: bool

    def beyond(self, z: float) -> float:
        """Two-sided chance of the latest point at z or farther.

        Without an event (or a miss) in the baseline z is infinite. Then only order tells: the
        chance that the odd one of all cases is among the latest.
        """
        if np.isinf(z):
            return float(self.centre_error[-1] ** 2 / (1 + self.centre_error[-1] ** 2))
        k = abs(z) * _REACHED
        return float((self.tails(k, 1) + self.tails(k, -1))[:, -1].mean())

    def tails(self, k: float, side: int) -> Floats:
        """Chance of each point farther out than k on the side, (errors, points)."""
        error = _normal_errors()[:, None] * self.centre_error * self.sigma
        true = np.clip(self.centre + error, 0.0, 1.0 if self.binomial else np.inf)
        law = stats.binom(self.n, true) if self.binomial else stats.poisson(self.n * true)
        bound = self.n * (self.centre + side * k * self.sigma) + side * _SLACK
        return np.asarray(law.sf(np.floor(bound)) if side > 0 else law.cdf(np.ceil(bound) - 1))


Law: TypeAlias = NormalLaw | CountLaw


def _normal_errors() -> Floats:
    return np.asarray(special.ndtri((np.arange(_ERRORS) + 0.5) / _ERRORS))
