"""A straight line through each short series, and where it lands at a later time.

Series lie along the last axis; NaN is a missing period and is left out.

Worked example: 10, 12, 14 in 2021 to 2023 has slope 2 and mean 12 at 2022. With noise 1 between
years it lands at 18 in 2025, standard error sqrt(1/3 + 3**2/2) x 1 = 2.2.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing


@dataclass(frozen=True, eq=False)
class Line:
    """Least squares of each series; arrays of shape (...), NaN for fewer than two values.

    ``mean`` is the line's height at the mean time ``centre``; ``spread`` is the sum of squared
    distances in time from it.
    """

    n: Floats
    mean: Floats
    centre: Floats
    spread: Floats
    slope: Floats


@dataclass(frozen=True, eq=False)
class Landing:
    """Where a line lands, and its standard error."""

    value: Floats
    se: Floats


def straight_line(values: npt.ArrayLike, at: npt.ArrayLike) -> Line:
    """The least squares line of each series.

    Parameters
    ----------
    values : (..., periods), NaN = missing.
    at : (periods,) times in years.

    Raises
    ------
    ValueError : if a value is infinite.
    """
    series, times = finite_or_missing(values, "values"), np.asarray(at, dtype=np.float64)
    known = ~np.isnan(series)
    n = known.sum(axis=-1).astype(np.float64)
    usable = np.where(n >= 2, n, np.nan)
    heights = np.where(known, series, 0.0)
    mean = heights.sum(axis=-1) / usable
    centre = np.where(known, times, 0.0).sum(axis=-1) / usable
    apart = np.where(known, times - centre[..., None], 0.0)
    spread = np.where(np.isnan(usable), np.nan, (apart**2).sum(axis=-1))
    return Line(n, mean, centre, spread, (apart * heights).sum(axis=-1) / spread)


def landing(line: Line, when: npt.ArrayLike, sigma: npt.ArrayLike) -> Landing:
    """The line carried on to ``when`` (years), with ``sigma`` the noise of one period.

    The standard error is that of the line itself, not of a single coming value (Draper & Smith
    1998, Applied Regression Analysis, ch. 3).
    """
    ahead = np.asarray(when, dtype=np.float64) - line.centre
    noise = finite_or_missing(sigma, "sigma")
    counted = np.where(line.n >= 2, line.n, np.nan)
    return Landing(
        value=np.asarray(line.mean + line.slope * ahead),
        se=np.asarray(noise * np.sqrt(1 / counted + ahead**2 / line.spread)),
    )
