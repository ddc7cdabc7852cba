"""The noise of a register figure between periods, alone and with strength borrowed from others.

A municipality's register figure has no sampling error, yet it varies from year to year. Five years
measure that variation badly (about 3 degrees of freedom). The other municipalities and indicators
tell what is usual, and `pooled_noise` weighs the two together.

Worked example: 10, 12, 10, 12 has moving ranges 2, 2, 2, so the noise is 2 / 1.128 = 1.77. Where
the usual noise is 1.0 and worth 4 degrees of freedom against 2.3 of its own, the pooled noise is
sqrt((4 x 1.0 + 2.3 x 3.14) / 6.3) = 1.34 with 6.3 degrees of freedom.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from kvalitetslib.stats.intervals import Floats, finite_or_missing

D2 = 1.128
"""Mean range of two normal values in standard deviations (Shewhart's d2 for n = 2)."""
SHORTEST_NOISE = 5
SHORTEST_POOLED = 3
FEWEST_TO_POOL = 10
"""Municipalities needed for an indicator's usual noise."""
MOST_BORROWED_DF = 30.0
_ROUNDS = 20


@dataclass(frozen=True, eq=False)
class YearNoise:
    """Standard deviation between years of each series, its degrees of freedom, and n values."""

    sigma: Floats
    df: Floats
    n: npt.NDArray[np.int64]


def year_noise(values: npt.ArrayLike, *, shortest: int = SHORTEST_NOISE) -> YearNoise:
    """Year-to-year noise of many series: mean moving range / 1.128.

    Parameters
    ----------
    values : (..., periods), in time order, NaN = missing.
    shortest : fewest values that give a noise, at least 2.

    Returns
    -------
    YearNoise with arrays of shape (...), in the unit of the values; NaN below ``shortest``.
    sigma is 0 for a constant series.

    Notes
    -----
    A trend hardly moves the ranges: a slope of half a standard deviation a year adds 6 %, one of a
    whole standard deviation 24 %. The ordinary standard deviation would take the trend for noise.

    The ranges overlap, so sigma is worth about 0.62 (n - 1) degrees of freedom. `noise_df` has
    the formula. A t test with them is strict rather than lax, as sigma is unbiased where s is
    not: of true null differences it finds 3.5 % at n = 5 and 4.3 % at n = 12, not 5 %.
    """
    series = finite_or_missing(values, "values")
    ranges = _moving_ranges(series)
    n = np.asarray(np.sum(~np.isnan(series), axis=-1, dtype=np.int64))
    enough = n >= shortest
    total = np.sum(np.nan_to_num(ranges), axis=-1)
    sigma = np.where(enough, total / np.maximum(n - 1, 1) / D2, np.nan)
    return YearNoise(sigma=sigma, df=np.where(enough, noise_df(n), np.nan), n=n)


def noise_df(n: npt.ArrayLike) -> Floats:
    """Degrees of freedom of the mean moving range of n independent normal values; NaN for n < 2.

    Notes
    -----
    The squared coefficient of variation of the mean of m = n - 1 ranges is
    (V + 2 C (m - 1) / m) / m, with V = pi/2 - 1 for one range and, as neighbouring differences
    correlate by -1/2, C = sqrt(3)/2 + pi/12 - 1 for two neighbours (Cryer & Ryan 1990, J. Qual.
    Technol. 22, 187-192). A chi distribution with that variation has
    1/df = -2 + 2 sqrt(1 + 2 cv2) (Patnaik 1950, Biometrika 37, 78-87; Duncan, Quality Control and
    Industrial Statistics).
    """
    count = np.asarray(n, dtype=np.float64)
    m = np.where(count >= 2, count - 1, np.nan)
    one, neighbours = np.pi / 2 - 1, np.sqrt(3) / 2 + np.pi / 12 - 1
    cv2 = (one + 2 * neighbours * (m - 1) / m) / m
    return np.asarray(1 / (2 * np.sqrt(1 + 2 * cv2) - 2), dtype=np.float64)


def pooled_noise(values: npt.ArrayLike) -> YearNoise:
    """Each series' noise, weighed together with what is usual for its row and column.

    Parameters
    ----------
    values : (indicators, kommuner, periods), in time order, NaN = missing.

    Returns
    -------
    YearNoise of shape (indicators, kommuner). The usual variance is a product of one factor an
    indicator and one a kommun (small ones vary more); it counts as many degrees of freedom as the
    spread round it shows. A series too short to have noise of its own gets the usual one.
    Indicators with fewer than ten measured kommuner keep their own noise.

    Notes
    -----
    Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3, art. 3: the moderated variance, here with a
    two-way prior scale fitted to the log variances.
    """
    noise = year_noise(values, shortest=SHORTEST_POOLED)
    measured = (noise.sigma > 0) & np.isfinite(noise.df)
    rows = measured.sum(axis=1) >= FEWEST_TO_POOL
    if not rows.any():
        return year_noise(values)
    use = measured & rows[:, None]
    half = np.where(use, noise.df, 2.0) / 2
    logs = np.where(use, 2 * np.log(np.where(use, noise.sigma, 1.0)), 0.0)
    centred = np.where(use, logs - special.digamma(half) + np.log(half), 0.0)
    usual, spread = _two_way(centred, use)
    borrowed = _borrowed_df(spread - float(special.polygamma(1, half[use]).mean()))
    scale = np.exp(usual + special.digamma(borrowed / 2) - np.log(borrowed / 2))
    own_df = np.nan_to_num(noise.df)
    variance = (borrowed * scale + own_df * np.nan_to_num(noise.sigma) ** 2) / (borrowed + own_df)
    alone = year_noise(values)
    known = rows[:, None] & (noise.n > 0)
    return YearNoise(
        sigma=np.where(known, np.sqrt(variance), alone.sigma),
        df=np.where(known, borrowed + own_df, alone.df),
        n=noise.n,
    )


def _two_way(values: Floats, use: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """Row plus column fit by least squares, columns shrunk, and the variance of what is left."""
    row_n, column_n = use.sum(axis=1), use.sum(axis=0)
    rows, columns = np.zeros(values.shape[0]), np.zeros(values.shape[1])
    for _ in range(_ROUNDS):
        rows = np.where(use, values - columns, 0).sum(axis=1) / np.maximum(row_n, 1)
        columns = np.where(use, values - rows[:, None], 0).sum(axis=0) / np.maximum(column_n, 1)
        columns = np.where(column_n > 0, columns - columns[column_n > 0].mean(), 0.0)
    left = np.where(use, values - rows[:, None] - columns, 0.0)
    free = use.sum() - (row_n > 0).sum() - (column_n > 0).sum() + 1
    spread = float((left**2).sum() / max(free, 1))
    error = spread / np.maximum(column_n, 1)
    seen = column_n > 0
    true = max(0.0, float(columns[seen].var() - error[seen].mean()))
    reliability = true / (true + error) if true > 0 else np.zeros(columns.shape)
    return rows[:, None] + columns * reliability, spread


def _borrowed_df(excess: float) -> float:
    """Degrees of freedom whose log variance has variance ``excess`` (inverse of trigamma)."""
    if excess <= float(special.polygamma(1, MOST_BORROWED_DF / 2)):
        return MOST_BORROWED_DF
    return 2 * float(
        optimize.brentq(lambda half: special.polygamma(1, half) - excess, 1e-3, MOST_BORROWED_DF)
    )


def _moving_ranges(series: Floats) -> Floats:
    """Distances between neighbouring present values, NaN after the last of them."""
    order = np.argsort(np.isnan(series), axis=-1, kind="stable")
    return np.abs(np.diff(np.take_along_axis(series, order, axis=-1), axis=-1))
