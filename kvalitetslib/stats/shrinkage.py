"""Mean of many areas, and each area's value drawn towards it.

Worked example: three areas at 60, 70 and 80 with standard error 5 each, whose true values vary by a
variance of 75 (`heterogeneity.heterogeneity` finds it). Each keeps 75 / (75 + 25) = 3/4 of its
distance to the mean 70, so the shrunken values are 62.5, 70 and 77.5.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error


@dataclass(frozen=True, eq=False)
class PooledMean:
    """Mean of the areas, each weighed by 1 / (se^2 + tau2), and its standard error; shape (...)."""

    value: Floats
    se: Floats


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Each area drawn towards the mean, shape (..., areas); to show beside the raw value.

    value, se : the drawn value and its standard error.
    kept : share of the distance to the mean that is kept, tau2 / (tau2 + se^2).
    """

    value: Floats
    se: Floats
    kept: Floats


def pooled_mean(estimates: npt.ArrayLike, se: npt.ArrayLike, tau2: npt.ArrayLike) -> PooledMean:
    """Mean of areas that may differ truly by tau2; tau2 = 0 weighs by precision alone.

    Parameters
    ----------
    estimates, se : as in `known_areas`; one area is enough.
    tau2 : (...) variance between areas, NaN gives NaN; `heterogeneity.Heterogeneity.tau2_reml`.

    Raises
    ------
    ValueError : if tau2 is negative, or as in `known_areas`.
    """
    y, v = known_areas(estimates, se)
    weight = precision(v, standard_error(tau2, "tau2"))
    total = weight.sum(axis=-1)
    total = np.where(total > 0, total, np.nan)
    return PooledMean(value=np.nansum(weight * y, axis=-1) / total, se=1 / np.sqrt(total))


def shrunken(estimates: npt.ArrayLike, se: npt.ArrayLike, tau2: npt.ArrayLike) -> Shrunken:
    """Empirical Bayes estimates: small areas lean on the mean of all, large ones on themselves.

    Parameters
    ----------
    estimates, se, tau2 : as in `pooled_mean`. An area without a value of its own gets NaN.

    Returns
    -------
    Shrunken. se allows for tau2 being estimated from the same areas (REML): value +- 1.96 se holds
    the true value of 93 to 100 % of areas, measured with 5 to 20 areas; without, of 83 to 97 %.

    Notes
    -----
    Morris (1983), J. Am. Stat. Assoc. 78, 47-55; squared error g1 + g2 + 2 g3 of Prasad & Rao
    (1990), J. Am. Stat. Assoc. 85, 163-171, for REML as in Datta & Lahiri (2000), Stat. Sin. 10,
    613-627.
    """
    y, v = known_areas(estimates, se)
    variance = standard_error(tau2, "tau2")
    between = variance[..., None]
    mean = pooled_mean(estimates, se, tau2)
    kept = between / (between + v)
    centre, doubt = mean.value[..., None], mean.se[..., None]
    squares = np.sum(precision(v, variance) ** 2, axis=-1, keepdims=True)
    tau2_variance = 2 / np.where(squares > 0, squares, np.nan)
    errors = kept * v, ((1 - kept) * doubt) ** 2, v**2 / (v + between) ** 3 * tau2_variance
    return Shrunken(
        value=centre + kept * (y - centre),
        se=np.sqrt(errors[0] + errors[1] + 2 * errors[2]),
        kept=kept,
    )


def known_areas(estimates: npt.ArrayLike, se: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Values and variances, both NaN where an area is left out.

    Parameters
    ----------
    estimates, se : (..., areas) values and standard errors, NaN = missing. An area with standard
        error 0 is left out: few answers that happen to agree are no certainty.

    Raises
    ------
    ValueError : if the shapes differ, a value is infinite or a standard error negative.
    """
    y, error = finite_or_missing(estimates, "estimates"), standard_error(se, "se")
    if y.ndim == 0 or y.shape != error.shape:
        raise ValueError(f"estimates has shape {y.shape} but se has {error.shape}")
    known = ~np.isnan(y) & (error > 0)
    return np.where(known, y, np.nan), np.where(known, error**2, np.nan)


def precision(v: Floats, tau2: Floats) -> Floats:
    """1 / (v + tau2), and 0 for an area left out; NaN where tau2 is."""
    between = tau2[..., None]
    return np.where(np.isnan(v), 0.0 * between, 1 / (np.where(np.isnan(v), 1.0, v) + between))
