"""Change of a series' mean from one span of years to the next, and of many series together.

Worked example: 10, 11, 12 before and 14, 15 now is a change of 14.5 - 11 = 3.5. With a noise of 1
between years its standard error is sqrt(1/2 + 1/3) = 0.91. The mean change of two such series has
0.91 / sqrt(2) = 0.65 when their years vary by themselves, and 0.91 when they vary as one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats

FEWEST_STEPS = 30
"""Steps between years that it takes to tell how two series vary together."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TwoSpans:
    """Means of many series before and now, (series,), and which years they rest on.

    ``used_before`` and ``used_now`` have shape (series, periods). NaN where a span has no value.
    """

    before: Floats
    now: Floats
    used_before: Bools
    used_now: Bools

    @property
    def change(self) -> Floats:
        return self.now - self.before

    @property
    def variance(self) -> Floats:
        """(series,) variance of the change when the noise of each year is 1."""
        n, m = self.used_now.sum(axis=1), self.used_before.sum(axis=1)
        known = (n > 0) & (m > 0)
        return np.where(known, 1 / np.maximum(n, 1) + 1 / np.maximum(m, 1), np.nan)


def two_spans(values: Floats, before: Bools, now: Bools) -> TwoSpans:
    """The means of each series in the two spans.

    Parameters
    ----------
    values : (series, periods), NaN = missing and left out.
    before, now : (periods,) which periods belong to each span.
    """
    used_before, used_now = ~np.isnan(values) & before, ~np.isnan(values) & now
    return TwoSpans(_mean(values, used_before), _mean(values, used_now), used_before, used_now)


def mean_variance(spans: TwoSpans, sigma: Floats, together: Floats) -> float:
    """Variance of the mean of the changes of all series.

    Parameters
    ----------
    spans : series whose change is known.
    sigma : (series,) noise between years of each.
    together : (series, series) correlation of their noise in the same year; NaN when it is not
        known, which is taken as full.

    Notes
    -----
    Noise without memory: two series share only the years that both were measured. Where the
    correlation is unknown the bound of Cauchy and Schwarz is used.
    """
    own = np.sqrt(spans.variance)
    shared = np.zeros(together.shape)
    for used in (spans.used_before, spans.used_now):
        years = used.astype(float)
        n = years.sum(axis=1)
        shared += years @ years.T / np.outer(n, n)
    covariance = np.where(np.isnan(together), np.outer(own, own), together * shared)
    return float(sigma @ covariance @ sigma) / len(sigma) ** 2


def noise_together(values: Floats) -> Floats:
    """How the noise of series varies together in the same year, never below 0.

    Parameters
    ----------
    values : (series, kommuner, periods) in units of each kommun's own noise, turned so that
        positive is good; NaN = missing.

    Returns
    -------
    (series, series) correlation of the steps from one common year to the next, over all kommuner;
    1 on the diagonal and NaN where there are fewer than 30 steps. A negative one is taken as 0, so
    that it never makes a mean surer.
    """
    count = len(values)
    found = np.full((count, count), np.nan)
    np.fill_diagonal(found, 1.0)
    for i in range(count):
        for j in range(i):
            found[i, j] = found[j, i] = _of_two(values[i], values[j])
    return found


def _of_two(first: Floats, second: Floats) -> float:
    common = ~np.isnan(first) & ~np.isnan(second)
    order = np.argsort(~common, axis=1, kind="stable")
    steps = [
        np.diff(np.take_along_axis(np.where(common, each, np.nan), order, axis=1), axis=1)
        for each in (first, second)
    ]
    known = ~np.isnan(steps[0])
    one, other = (each[known] for each in steps)
    size = np.sqrt((one**2).sum() * (other**2).sum())
    if len(one) < FEWEST_STEPS or size == 0:
        return float("nan")
    return max(0.0, float((one * other).sum() / size))


def _mean(values: Floats, used: Bools) -> Floats:
    n = used.sum(axis=1)
    total = np.where(used, values, 0.0).sum(axis=1)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)
