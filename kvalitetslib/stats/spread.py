"""Values of many areas drawn together until their spread is that of the true values.

Of the spread between municipalities some is noise, so the best seem better than they are.

Worked example: 4, 6, 8, 10 has variance 6.67. With noise 1 in each, the true variance is near
5.67: each value keeps sqrt(5.67 / 6.67) = 0.92 of its distance to the median 7.
"""

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error


def without_noise(values: npt.ArrayLike, sigma: npt.ArrayLike) -> Floats:
    """Values that spread about their median as the true ones do.

    Parameters
    ----------
    values : (areas, indicators), NaN = missing.
    sigma : noise of each value, the same shape; NaN = unknown, taken as the known ones' mean.

    Returns
    -------
    (areas, indicators): all at the median when noise alone explains the spread; as they are where
    no noise is known or fewer than two areas have a value.

    Raises
    ------
    ValueError : if the shapes differ, a value is infinite or a sigma negative.

    Notes
    -----
    Constrained empirical Bayes: Louis (1984), J. Am. Stat. Assoc. 79, 393-398; Ghosh (1992),
    J. Am. Stat. Assoc. 87, 533-540.
    """
    given, noise = finite_or_missing(values, "values"), standard_error(sigma, "sigma")
    if given.shape != noise.shape:
        raise ValueError(f"values has shape {given.shape} but sigma has {noise.shape}")
    known = ~np.isnan(given)
    n = known.sum(axis=0)
    filled = np.where(known, given, 0.0)
    mean = filled.sum(axis=0) / np.maximum(n, 1)
    apart = np.where(known, filled - mean, 0.0)
    variance = (apart**2).sum(axis=0) / np.maximum(n - 1, 1)
    measured = known & ~np.isnan(noise)
    squares = np.where(measured, noise, 0.0) ** 2
    noisy = squares.sum(axis=0) / np.maximum(measured.sum(axis=0), 1)
    kept = np.sqrt(np.clip(1 - noisy / np.where(variance > 0, variance, np.inf), 0.0, 1.0))
    middle = np.nanmedian(np.where(n > 0, given, 0.0), axis=0)
    return np.asarray(middle + kept * (given - middle))
