"""Two pooled shares, before and after, when the months of each vary by more than chance.

The counts of each span are put together. How much the months of one span vary among themselves
tells how much more than chance a share moves by itself; the counts are worth so much less.

Worked example: 20 and 40 of 100 before, 60 and 60 of 100 after. The shares are 30 % and 60 %. The
months before vary by chi-square 2 x 10^2 / (100 x 0.3 x 0.7) = 9.52, those after by 0; on 4 - 2
degrees of freedom phi is 4.76, and 200 answers are worth as much as 42.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.compare import two_shares_p
from kvalitetslib.stats.intervals import (
    Floats,
    finite_or_missing,
    newcombe_difference,
    two_sided_quantile,
)

LEVEL = 0.95


@dataclass(frozen=True)
class ShareShift:
    """The shares of both spans, after - before with its interval and p, and the excess spread.

    Shares are 0 to 1. ``phi`` is 1 when the points vary no more than chance gives; ``df`` is what
    it rests on. All NaN with fewer than four points, or none in one of the spans.
    """

    before: float = np.nan
    after: float = np.nan
    difference: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    phi: float = np.nan
    df: int = 0


UNKNOWN = ShareShift()


def share_shift(
    events: npt.ArrayLike,
    n: npt.ArrayLike,
    is_after: npt.ArrayLike,
    *,
    same_people: bool = False,
) -> ShareShift:
    """The pooled share after held against the pooled share before.

    Parameters
    ----------
    events, n : (points,) 0 <= events <= n; a point with NaN in either, or n = 0, is missing.
    is_after : (points,) which points belong to the second span.
    same_people : each point counts the same people again, so that a span is worth one point's n.

    Returns
    -------
    ShareShift, two-sided. Months that hang together make p too small; see the notes.

    Raises
    ------
    ValueError : if the shapes differ or a count is out of range.

    Notes
    -----
    Overdispersion by Pearson's chi-square over its degrees of freedom, never below 1, and a t
    quantile with those degrees of freedom (McCullagh & Nelder 1989, Generalized Linear Models,
    4.5). The interval is Newcombe's on the counts divided by what both widen it with. p is the
    larger of that of the t test and of the plain test of two shares.
    """
    x, size = finite_or_missing(events, "events"), finite_or_missing(n, "n")
    later = np.asarray(is_after, dtype=np.bool_)
    if not x.shape == size.shape == later.shape:
        raise ValueError("events, n and is_after must be of one length")
    known = ~np.isnan(x) & (size > 0)
    x, size, later = x[known], size[known], later[known]
    if (x < 0).any() or (x > size).any():
        raise ValueError("counts must satisfy 0 <= events <= n")
    df = int(x.size - 2)
    if df < 2 or later.all() or not later.any():
        return UNKNOWN
    spans = [(x[side], size[side]) for side in (~later, later)]
    phi = max(1.0, sum(_pearson(*span) for span in spans) / df)
    hits, people = _pooled(spans, same_people)
    return _tested(hits, people, phi, df)


def _pooled(spans: list[tuple[Floats, Floats]], same_people: bool) -> tuple[Floats, Floats]:
    times = [len(n) if same_people else 1 for _, n in spans]
    hits, people = (np.array([span[which].sum() for span in spans]) for which in (0, 1))
    return hits / times, people / times


def _tested(hits: Floats, people: Floats, phi: float, df: int) -> ShareShift:
    share = hits / people
    pooled = hits.sum() / people.sum()
    se = np.sqrt(phi * pooled * (1 - pooled) * np.sum(1 / people))
    difference = float(share[1] - share[0])
    t = difference / se if se > 0 else 0.0
    p = 2 * float(special.stdtr(df, -abs(t)))
    wider = phi * (two_sided_quantile(df, LEVEL) / two_sided_quantile(np.inf, LEVEL)) ** 2
    worth = people / float(wider)
    bounds = newcombe_difference(share[1] * worth[1], worth[1], share[0] * worth[0], worth[0])
    plain = float(two_shares_p(hits[1:], people[1:], hits[:1], people[:1])[0])
    return ShareShift(
        before=float(share[0]),
        after=float(share[1]),
        difference=difference,
        low=float(bounds.low),
        high=float(bounds.high),
        p=min(max(p, plain), 1.0),
        phi=phi,
        df=df,
    )


def _pearson(x: Floats, n: Floats) -> float:
    share = x.sum() / n.sum()
    chance = n * share * (1 - share)
    return float(np.sum((x - n * share) ** 2 / chance)) if 0 < share < 1 else 0.0
