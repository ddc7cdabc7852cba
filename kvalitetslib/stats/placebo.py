"""One municipality's change held against the same change in all others that began as it did.

The others have not done what the one has. Their changes tell how much a value moves by itself,
and, among those that were as far below their own usual when the one began, how much it comes back
by itself (regression to the mean). What is left over is the change beyond that, and how far out it
lies among the others' own leftovers is its p.

Worked example: the others' values come back by 60 % of what they were below their usual. A
municipality 5 points below its own usual gains 8: 3 were to come anyway, and 5 is the change. If
4 of 99 others have a leftover as large in their own noise, p = (1 + 4) / (1 + 99) = 0.05.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from kvalitetslib.stats.intervals import Floats, finite_or_missing

FEWEST_OTHERS = 30
FEWEST_BEFORE = 3
"""Periods before that it takes to tell what is usual, and how much the values vary."""
MOST = 3
"""Periods on each side that the means are of: the last ones before, the last ones after."""
BORROWED_DF = 4.0
"""What the others' usual variance counts for, in degrees of freedom, beside a unit's own."""
TAIL_FROM = 0.9
"""Beyond this share of the others p is drawn out by a t curve, as counting cannot tell."""
TAIL_DF = 8.0
FAR = 3.0
"""Leftovers this many robust standard deviations out are pulled in when the line is fitted."""
LEVEL = 0.95


@dataclass(frozen=True)
class Placebo:
    """The change beyond the others', in the unit of the values; NaN when it cannot be tried.

    ``plain`` is the mean after less the mean before, ``expected`` what the ``n`` others changed
    from the same start, ``change`` the difference with its 95 % interval. ``start`` is how far the
    last value before was from the unit's own earlier mean, in standard deviations of its noise.
    """

    plain: float = np.nan
    expected: float = np.nan
    change: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    n: int = 0
    start: float = np.nan


UNTRIED = Placebo()


def placebo_change(before: npt.ArrayLike, after: npt.ArrayLike, own: int) -> Placebo:
    """The own change beyond that of all others with the same starting point.

    Parameters
    ----------
    before, after : (units, periods) values before and after the own start, in time order; a unit
        that misses any (NaN) takes no part.
    own : place of the unit that is asked about.

    Returns
    -------
    Placebo; not tried where the own values are missing, fewer than three periods lie before, or
    fewer than thirty others have all periods.

    Raises
    ------
    ValueError : if a value is infinite.

    Notes
    -----
    Placebo tests as in Abadie, Diamond & Hainmueller (2010), J. Am. Stat. Assoc. 105, 493-505. The
    starting point is taken in by regression on all that was known before the start: the unit's
    level and how its last three values lay to its own mean. A start chosen by any of these is then
    chosen by what is held equal. Beyond the ninth tenth of the others p follows a t curve with 8
    degrees of freedom through it, heavier than the normal one.
    """
    earlier, later = finite_or_missing(before, "before"), finite_or_missing(after, "after")
    complete = np.asarray(~np.isnan(np.column_stack([earlier, later])).any(axis=1))
    known = complete.copy()
    known[own] = False
    is_short = earlier.shape[1] < FEWEST_BEFORE or later.shape[1] < 1
    if is_short or not complete[own] or known.sum() < FEWEST_OTHERS:
        return UNTRIED
    rows = np.append(own, np.flatnonzero(known))
    return _placebo(earlier[rows], later[rows])


def _placebo(before: Floats, after: Floats) -> Placebo:
    """The first unit against all others."""
    plain = after[:, -MOST:].mean(axis=1) - before[:, -MOST:].mean(axis=1)
    sigma = _noise(before)
    drift = float(np.median(plain[1:]))
    start = _starting_points(before, sigma)
    score = (plain - drift) / sigma
    line, lever = _line(start, score)
    left = score - start @ line
    own = float(left[0] / np.sqrt(1 + lever[0]))
    others = np.abs(left[1:] / np.sqrt(np.maximum(1 - lever[1:], 0.1)))
    expected = drift + float(sigma[0] * (start[0] @ line))
    half = float(np.quantile(others, LEVEL) * sigma[0] * np.sqrt(1 + lever[0]))
    change = float(plain[0]) - expected
    return Placebo(
        plain=float(plain[0]),
        expected=expected,
        change=change,
        low=change - half,
        high=change + half,
        p=_placebo_p(own, others),
        n=len(others),
        start=float((before[0, -1] - before[0, :-1].mean()) / sigma[0]),
    )


def _noise(before: Floats) -> Floats:
    """(units,) noise between periods, each weighed with the usual one; never 0."""
    steps = np.diff(before, axis=1)
    own, df = np.mean(steps**2, axis=1) / 2, steps.shape[1]
    usual = float(np.median(own))
    usual = usual if usual > 0 else float(np.mean(own))
    if usual <= 0:
        return np.ones(len(own))
    return np.asarray(np.sqrt((BORROWED_DF * usual + df * own) / (BORROWED_DF + df)))


def _starting_points(before: Floats, sigma: Floats) -> Floats:
    """(units, columns) 1, the level among all, and the last three values beside the own mean."""
    level = before.mean(axis=1)
    spread = float(np.std(level)) or 1.0
    last = (before - level[:, None])[:, -MOST:] / sigma[:, None]
    return np.column_stack([np.ones(len(level)), (level - np.median(level)) / spread, last])


def _line(start: Floats, score: Floats) -> tuple[Floats, Floats]:
    """Coefficients fitted to the others, and each unit's leverage; outliers are pulled in once."""
    others = start[1:]
    inverse = np.linalg.pinv(others.T @ others)
    line = inverse @ others.T @ score[1:]
    left = score[1:] - others @ line
    far = FAR * 1.4826 * float(np.median(np.abs(left - np.median(left))))
    pulled = others @ line + np.clip(left, -far, far) if far > 0 else score[1:]
    lever = np.einsum("ij,jk,ik->i", start, inverse, start)
    return np.asarray(inverse @ others.T @ pulled), np.asarray(lever)


def _placebo_p(own: float, others: Floats) -> float:
    edge = float(np.quantile(others, TAIL_FROM))
    counted = (1 + int(np.sum(others >= abs(own)))) / (1 + len(others))
    if abs(own) <= edge or edge <= 0:
        return counted
    at_edge = -float(special.stdtrit(TAIL_DF, (1 - TAIL_FROM) / 2))
    drawn = 2 * float(special.stdtr(TAIL_DF, -at_edge * abs(own) / edge))
    return min(counted, drawn) if counted <= 1 / (1 + len(others)) else max(counted, drawn)
