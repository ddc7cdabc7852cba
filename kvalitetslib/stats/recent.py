"""The mean of a series' latest values, and how much noise it keeps.

Worked example: of 4, 6, NaN, 8, 9 the latest three up to the last place are 6, 8 and 9, mean 7.67.
With correlation 0.3 between neighbours the mean of three keeps 0.70 of the noise of one value; it
would be 0.58 without.
"""

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing


def mean_until(
    values: npt.ArrayLike, last: npt.NDArray[np.int64], most: int
) -> tuple[Floats, Floats]:
    """Mean of the latest values of each series, and how many they are.

    Parameters
    ----------
    values : (series, periods), NaN = missing.
    last : (series,) the last place that counts; below 0 none does.
    most : the mean is of at most so many values.

    Returns
    -------
    (series,) means, NaN where there is no value, and numbers of values.

    Raises
    ------
    ValueError : if a value is infinite.
    """
    series = finite_or_missing(values, "values")
    known = ~np.isnan(series) & (np.arange(series.shape[1]) <= last[:, None])
    from_end = known[:, ::-1].cumsum(axis=1)[:, ::-1]
    taken = known & (from_end <= most)
    count = taken.sum(axis=1).astype(np.float64)
    total = np.where(taken, series, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan), count


def mean_noise(count: npt.ArrayLike, correlation: float) -> Floats:
    """Noise of a mean of ``count`` neighbours as a share of that of one, each correlated so.

    Notes
    -----
    Variance of the mean of a first-order autoregression: Box, Jenkins & Reinsel (2008), Time
    Series Analysis, ch. 2.
    """
    n = np.asarray(count, dtype=np.float64)
    lag = np.arange(1, int(n.max(initial=1)))
    weight = np.maximum(1 - lag / np.maximum(n[..., None], 1), 0) * correlation**lag
    return np.asarray(np.sqrt((1 + 2 * weight.sum(axis=-1)) / np.maximum(n, 1)))
