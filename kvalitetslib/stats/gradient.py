"""Inequality along an ordered social scale: slope and relative index of inequality (SII, RII).

Each group gets a place from 0 to 1, the middle of its part of the population when all are lined up
in the order of the scale. A straight line through the group values, weighted by population, is
read at both ends.

Worked example: five equal groups from the least to the best off with 60, 63, 66, 69 and 72 %. Their
places are 0.1, 0.3, 0.5, 0.7 and 0.9, the line runs from 58.5 to 73.5: SII = 15 points and
RII = 73.5 / 58.5 = 1.26. The gap of 12 between the end groups leaves out what lies inside them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error

FEWEST_GROUPS = 3
"""Two groups have a gap; a scale starts at three."""
STRAIGHT = 1e-12
"""Scatter round the line below this share of the values is rounding: the groups lie on it."""


@dataclass(frozen=True, eq=False)
class Gradient:
    """Inequality along the scale, arrays of shape (...); NaN with fewer than 3 groups.

    bottom, top : fitted values at the first and the last end of the scale.
    sii : top - bottom, with standard error, interval, and two-sided p that it is 0.
    rii : top / bottom with interval; NaN unless both are above 0.
    df : degrees of freedom, infinite when the standard errors were given.
    n : groups with a value.
    """

    bottom: Floats
    top: Floats
    sii: Floats
    se: Floats
    p: Floats
    low: Floats
    high: Floats
    rii: Floats
    rii_low: Floats
    rii_high: Floats
    df: Floats
    n: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Line:
    """A fitted line whose ends are sums of weights x values; variance and df of the values."""

    bottom: Floats
    top: Floats
    values: Floats
    variance: Floats
    df: Floats

    def sum(self, weights: Floats) -> Floats:
        return np.asarray(np.sum(weights * self.values, axis=-1), dtype=np.float64)

    def se(self, weights: Floats) -> Floats:
        return np.asarray(np.sqrt(np.sum(weights**2 * self.variance, axis=-1)), dtype=np.float64)


def gradient(
    values: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    se: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Gradient:
    """Slope and relative index of inequality of grouped values.

    Parameters
    ----------
    values : (..., groups) in the order of the scale, from the least to the best off, NaN = missing.
    population : (..., groups) or (groups,) size of each group, 0 or more. A group without a value
        keeps its place on the scale.
    se : standard errors of the values, in their shape; a group where it is NaN is left out. None
        for register figures: the scatter round the line then measures the uncertainty, with
        groups - 2 degrees of freedom.
    level : coverage of the intervals as a share.

    Returns
    -------
    Gradient. sii above 0 and rii above 1: the best off have higher values. There is no p and no
        interval where nothing is uncertain (every se 0, or all groups on the line).

    Raises
    ------
    ValueError : if shapes do not fit, a value is infinite, a population is missing or negative, a
        standard error is negative or the level is out of range.

    Notes
    -----
    Mackenbach & Kunst (1997), Soc. Sci. Med. 44, 757-771: least squares weighted by population,
    and the ratio of the ends as RII; divide sii by the mean for the RII of Pamuk (1985), Popul.
    Stud. 39, 17-31. The interval of the ratio is that of log rii by the delta method. Known
    standard errors do not tell whether the line fits: look at the groups too.
    """
    y, size = finite_or_missing(values, "values"), _population(population, np.shape(values))
    known = ~np.isnan(y) & (size > 0)
    error = None if se is None else _errors(se, y.shape)
    known = known if error is None else known & ~np.isnan(error)
    n = np.asarray(known.sum(axis=-1), dtype=np.int64)
    enough = n >= FEWEST_GROUPS
    weight, y = np.where(known, size, 0.0), np.where(known, y, 0.0)
    bottom, top = (_end_weights(places(size), weight, enough, at) for at in (0.0, 1.0))
    if error is None:
        df = np.where(enough, n - 2.0, np.nan)
        variance = _scatter(y, weight, places(size), df)
    else:
        df, variance = np.where(enough, np.inf, np.nan), np.where(known, error, 0.0) ** 2
    return _gradient(_Line(bottom, top, y, variance, df), n, level)


def places(population: npt.ArrayLike) -> Floats:
    """Middle of each group's part of the population, (..., groups), 0 to 1: its ridit."""
    size = np.asarray(population, dtype=np.float64)
    total = size.sum(axis=-1, keepdims=True)
    return (np.cumsum(size, axis=-1) - size / 2) / np.where(total > 0, total, np.nan)


def _gradient(line: _Line, n: npt.NDArray[np.int64], level: float) -> Gradient:
    bottom, top, slope = line.sum(line.bottom), line.sum(line.top), line.top - line.bottom
    sii_se = line.se(slope)
    sii = difference_test(top - bottom, sii_se, line.df, level=level)
    below, above = (np.where((bottom > 0) & (top > 0), end, np.nan) for end in (bottom, top))
    log_rii = np.log(above / below)
    log_se = line.se(line.top / above[..., None] - line.bottom / below[..., None])
    ratio = difference_test(log_rii, log_se, line.df, level=level)
    return Gradient(
        bottom=bottom,
        top=top,
        sii=top - bottom,
        se=sii_se,
        p=sii.p,
        low=sii.low,
        high=sii.high,
        rii=above / below,
        rii_low=np.exp(ratio.low),
        rii_high=np.exp(ratio.high),
        df=line.df,
        n=n,
    )


def _end_weights(place: Floats, weight: Floats, enough: npt.NDArray[np.bool_], at: float) -> Floats:
    """Weight of each group value in the fitted value at a place; NaN with too few groups."""
    share, centre, lever = _levers(place, weight)
    return np.where(enough[..., None], share + lever * (at - centre), np.nan)


def _levers(place: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights of the group values in their mean, the mean place, and their weights in the slope."""
    total = weight.sum(axis=-1, keepdims=True)
    share = weight / np.where(total > 0, total, np.nan)
    centre = np.sum(share * np.where(weight > 0, place, 0.0), axis=-1, keepdims=True)
    moment = share * (place - centre)
    spread = np.sum(moment * (place - centre), axis=-1, keepdims=True)
    return share, centre, moment / np.where(spread > 0, spread, np.nan)


def _scatter(y: Floats, weight: Floats, place: Floats, df: Floats) -> Floats:
    """Variance of each group value, as its weight and the scatter round the line imply it."""
    share, centre, lever = _levers(place, weight)
    mean, slope = (np.sum(part * y, axis=-1, keepdims=True) for part in (share, lever))
    squares = np.sum(weight * (y - mean - slope * (place - centre)) ** 2, axis=-1)
    straight = squares <= STRAIGHT**2 * np.sum(weight * y**2, axis=-1)
    residual = np.where(straight, 0.0, squares) / df
    return residual[..., None] / np.where(weight > 0, weight, np.inf)


def _population(population: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    size = np.asarray(population, dtype=np.float64)
    if not (np.isfinite(size).all() and (size >= 0).all()):
        raise ValueError("population must be known and not negative in every group")
    if not shape or size.ndim == 0 or size.shape not in (shape, shape[-1:]):
        raise ValueError(f"values has shape {shape} but population has {size.shape}")
    return np.broadcast_to(size, shape)


def _errors(se: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    error = standard_error(se, "se")
    if error.shape != shape:
        raise ValueError(f"values has shape {shape} but se has {error.shape}")
    return error
