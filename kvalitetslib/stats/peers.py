"""Own value among peers: median, best quartile, place, and how sure a rank is.

Worked example: own 7 among peers 4, 6, 8, 10 with high as good. The median is 7, the best quartile
8.5 (a quarter of the way from 8 to 10), half of the peers are below (percentile 50), and the place
is 3 of 5.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.intervals import Floats, finite_or_missing, standard_error

RANK_LEVEL = 0.95
BEST_QUARTILE = 0.75


@dataclass(frozen=True, eq=False)
class PeerComparison:
    """Where each indicator stands among its peers; arrays of shape (indicators,).

    median, best_quartile : of the peers, own value left out.
    n_peers : peers with a value.
    percentile : 0 to 100, peers that are worse, ties counted half.
    place : 1 = best, and 1 more for each peer that is strictly better, so ties share the best
        place ("1, 2, 2, 4"). NaN when own is missing.
    out_of : places in all, peers with a value and own when it has one.
    """

    median: Floats
    best_quartile: Floats
    n_peers: npt.NDArray[np.int64]
    percentile: Floats
    place: Floats
    out_of: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RankInterval:
    """Middle rank and 95 % interval of each area, 1 = best; NaN where the estimate is missing."""

    median: Floats
    low: Floats
    high: Floats


def peer_comparison(
    own: npt.ArrayLike, others: npt.ArrayLike, direction: npt.ArrayLike
) -> PeerComparison:
    """Compare own values with those of the peers, each indicator by itself.

    Parameters
    ----------
    own : (indicators,), NaN = missing.
    others : (peers, indicators), NaN = missing. Own is not among them.
    direction : (indicators,) or one number; 1 when high is good, -1 when low is, 0 when neither:
        then there is no best quartile, percentile or place (NaN).

    Raises
    ------
    ValueError : if the shapes do not fit, a value is infinite, or a direction is another number.

    Notes
    -----
    Quartiles of type 7 in Hyndman & Fan (1996), Am. Stat. 50, 361-365.
    """
    mine, peers = finite_or_missing(own, "own"), finite_or_missing(others, "others")
    if peers.ndim != 2 or mine.shape != peers.shape[1:]:
        raise ValueError(f"own has shape {mine.shape} but others has {peers.shape}")
    sign = _signs(direction, mine.shape)
    n_peers = np.asarray(np.sum(~np.isnan(peers), axis=0), dtype=np.int64)
    has_own = ~np.isnan(mine)
    mine, ranked = sign * mine, np.sort(sign * peers, axis=0)
    better = np.sum(ranked > mine, axis=0)
    worse = np.sum(ranked < mine, axis=0)
    known = ~np.isnan(mine)
    place = np.where(known, 1.0 + better, np.nan)
    # Ties are what is left: n - better - worse.
    percentile = 50 * (n_peers + worse - better) / np.where(known & (n_peers > 0), n_peers, np.nan)
    return PeerComparison(
        median=_quantile(np.sort(peers, axis=0), n_peers, 0.5),
        best_quartile=sign * _quantile(ranked, n_peers, BEST_QUARTILE),
        n_peers=n_peers,
        percentile=percentile,
        place=place,
        out_of=n_peers + has_own,
    )


def rank_interval(
    estimates: npt.ArrayLike,
    se: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    direction: int = 1,
    draws: int = 1000,
) -> RankInterval:
    """95 % interval of each area's rank, from draws of what the true values may be.

    Parameters
    ----------
    estimates, se : (areas,) values and standard errors; an area where one is NaN has no rank.
    rng : source of the draws; the same seed gives the same intervals.
    direction : 1 when high is good, -1 when low is.
    draws : number of draws from normal distributions round the estimates.

    Returns
    -------
    RankInterval of whole ranks, 1 = best, equal values share the best rank.

    Raises
    ------
    ValueError : if the shapes differ, a standard error is negative, draws is below 1, or the
        direction is neither 1 nor -1.

    Notes
    -----
    Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159, 385-443.
    """
    centre, spread = finite_or_missing(estimates, "estimates"), standard_error(se, "se")
    if centre.ndim != 1 or centre.shape != spread.shape:
        raise ValueError(f"estimates has shape {centre.shape} but se has {spread.shape}")
    if direction not in (1, -1) or draws < 1:
        raise ValueError(f"direction must be 1 or -1 and draws 1 or more: {direction}, {draws}")
    known = ~np.isnan(centre + spread)
    bounds = np.full((3, centre.size), np.nan)
    if known.any():
        shape = (draws, int(known.sum()))
        drawn = direction * (centre[known] + spread[known] * rng.standard_normal(shape))
        tail = (1 - RANK_LEVEL) / 2
        bounds[:, known] = np.quantile(
            _ranks(drawn), [0.5, tail, 1 - tail], axis=0, method="inverted_cdf"
        )
    return RankInterval(median=bounds[0], low=bounds[1], high=bounds[2])


def _signs(direction: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    """1 and -1, with NaN for 0, one for each indicator."""
    sign = np.broadcast_to(np.asarray(direction, dtype=np.float64), shape)
    if not np.isin(sign, (-1, 0, 1)).all():
        raise ValueError("direction must be 1, -1 or 0")
    return np.where(sign == 0, np.nan, sign)


def _quantile(rising: Floats, count: npt.NDArray[np.int64], share: float) -> Floats:
    """Type 7 quantile of the first `count` rows of each column; NaN where count is 0."""
    padded = np.concatenate([rising, np.full((1, rising.shape[1]), np.nan)])
    position = np.maximum(count - 1, 0) * share
    below = np.floor(position).astype(np.int64)
    above = np.ceil(position).astype(np.int64)
    low = np.take_along_axis(padded, below[None], axis=0)[0]
    high = np.take_along_axis(padded, above[None], axis=0)[0]
    return np.asarray(low + (position - below) * (high - low), dtype=np.float64)


def _ranks(drawn: Floats) -> Floats:
    """Rank from the top in each row; equals share the best rank."""
    order = np.argsort(-drawn, axis=1, kind="stable")
    falling = np.take_along_axis(drawn, order, axis=1)
    ahead = np.ones(drawn.shape)
    ahead[:, 1:] = np.where(np.diff(falling, axis=1) < 0, np.arange(2, drawn.shape[1] + 1), 1)
    ranks = np.empty(drawn.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(ahead, axis=1), axis=1)
    return ranks
