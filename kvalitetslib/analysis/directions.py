"""Questions to yearly indicators about where they are going: alone, to a goal, beside the peers."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import special

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.row_claims import (
    FIRM_DF,
    LONG_SERIES,
    WOMEN,
    Answers,
    Asked,
    Bools,
    row_claims,
    signs,
)
from kvalitetslib.analysis.standing import at_latest, held_once
from kvalitetslib.model import ReferenceKind
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.carryover import trend_inflation
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.equity import gap, gap_trend
from kvalitetslib.stats.line import landing, straight_line
from kvalitetslib.stats.trend import mann_kendall, theil_sen

TREND_YEARS = 5
"""A trend is relevant when it moves a relevant difference in this many years (or its own span)."""
RECENT = 5
"""Values at the end of a series that must go the same way as the whole."""
FEWEST_FOR_PACE = 5
"""Values from which a pace is drawn out towards a goal."""
RANK_METHOD = "Mann-Kendall, Theil-Sen"
LINE_METHOD = "rät linje mot variationen mellan år"
SHORTEST_LEFT = 0.5
"""Years that at least are left: a goal due at once would ask for an endless pace."""
_DAYS = 365.25


def direction_claims(followed: Followed) -> Iterator[Claim]:
    """All claims about direction, of all rows that have a latest value."""
    yield from _trend_claims(followed)
    yield from _move_claims(followed)
    yield from _peer_trend_claims(followed)
    yield from _gap_trend_claims(followed)


def _trend_claims(followed: Followed) -> Iterator[Claim]:
    """Exact Mann-Kendall and the Theil-Sen slope per year."""
    total = followed.own[:, 0]
    yield from row_claims(
        followed,
        Asked(
            question=Question.TREND,
            kind=EvidenceKind.DIRECTION,
            rows=np.flatnonzero(followed.is_fresh),
            held=None,
            answers=_ranked(followed, total, signs(followed)),
            firm=_is_long(total),
            opened=_goes_on(total, followed),
            delta=_yearly_delta(followed, total),
            method=RANK_METHOD,
        ),
    )


def _move_claims(followed: Followed) -> Iterator[Claim]:
    """Utvecklingsmål: the pace so far against the pace that reaches the goal when it is due.

    A straight line is drawn out to the due date. How far it ends from the target, per year that is
    left, is what the pace lacks; its noise is that of the years about the line.
    """
    line = straight_line(followed.own[:, 0], followed.at)
    left = _years_left(followed)
    due = followed.at[np.maximum(followed.latest, 0)] + left
    there = landing(line, due, followed.noise.sigma)
    lacking = signs(followed) * (there.value - followed.aim.value) / left
    test = difference_test(lacking, there.se / left, followed.noise.df)
    yield from row_claims(
        followed,
        Asked(
            question=Question.MOVE,
            kind=EvidenceKind.DIRECTION,
            rows=np.flatnonzero(
                ~np.isnan(lacking) & (line.n >= FEWEST_FOR_PACE) & (followed.is_fresh)
            ),
            held=followed.aim,
            answers=Answers(lacking, test.low, test.high, test.p),
            firm=followed.noise.df >= FIRM_DF,
            delta=followed.delta / TREND_YEARS,
            method=LINE_METHOD,
            beside=line.slope,
        ),
    )


def _peer_trend_claims(followed: Followed) -> Iterator[Claim]:
    """Does the distance to the peers' median grow or shrink, year by year?

    What moves all alike cancels. With independent years the test finds 1.7 % of series without a
    difference at 5 or 6 years and 4 to 4.7 % at 9 to 12. Peers that drift apart bend their own
    median.
    """
    held = followed.held[1]
    total, peers = followed.own[:, 0], held.course
    distance = total - peers
    pace = theil_sen(np.where(np.isnan(total), np.nan, peers), followed.at).slope
    yield from row_claims(
        followed,
        Asked(
            question=Question.PEER_TREND,
            kind=EvidenceKind.COMPARISON,
            rows=np.flatnonzero(
                ((~np.isnan(distance)).sum(axis=1) >= FEWEST_FOR_PACE) & followed.is_fresh
            ),
            held=replace(held, value=pace, sigma=np.zeros(len(pace))),
            answers=_ranked(followed, distance, signs(followed)),
            firm=_is_long(distance),
            opened=_goes_on(distance, followed),
            delta=_yearly_delta(followed, distance),
            method=RANK_METHOD,
        ),
    )


def _gap_trend_claims(followed: Followed) -> Iterator[Claim]:
    """Does the distance between women and men grow? Positive when it closes."""
    women, men = followed.own[:, 1], followed.own[:, 2]
    gaps = gap(women, men).absolute
    growth = gap_trend(gaps)
    away = -np.where(growth.side == 0, 1.0, growth.side)
    answers = _ranked(followed, gaps, away)
    # Past zero the other group is ahead, and what shrank has begun to grow.
    crossed = at_latest(gaps, followed.latest) * growth.side < 0
    value = at_latest(men, followed.latest)
    yield from row_claims(
        followed,
        Asked(
            question=Question.GAP_TREND,
            kind=EvidenceKind.DIRECTION,
            rows=np.flatnonzero(~np.isnan(at_latest(gaps, followed.latest)) & followed.is_fresh),
            held=held_once(
                ReferenceKind.GROUP, ("män",) * len(value), value, followed.gap_noise.sigma
            ),
            answers=answers,
            firm=_is_long(gaps),
            opened=_goes_on(gaps, followed) & ~crossed,
            delta=followed.delta / TREND_YEARS,
            group=WOMEN,
            method=RANK_METHOD,
        ),
    )


def _ranked(followed: Followed, series: Floats, sign: Floats) -> Answers:
    """Slope per year with its bounds, turned by ``sign``.

    The exact p is held back by what carries over between years, as two years alike are then less.
    """
    test, slope = mann_kendall(series), theil_sen(series, followed.at)
    ends = np.sort(np.stack([sign * slope.low, sign * slope.high]), axis=0)
    z = special.ndtri(test.p / 2) / np.sqrt(trend_inflation(test.n, followed.carried))
    return Answers(sign * slope.slope, ends[0], ends[1], 2 * special.ndtr(z))


def _goes_on(series: Floats, followed: Followed) -> Bools:
    """Do the latest values still go the way of the whole series?"""
    known = ~np.isnan(series)
    from_end = known[:, ::-1].cumsum(axis=1)[:, ::-1]
    recent = np.where(known & (from_end <= RECENT), series, np.nan)
    whole, latest = (theil_sen(each, followed.at).slope for each in (series, recent))
    return np.asarray(whole * latest > 0)


def _is_long(series: Floats) -> Bools:
    return np.asarray((~np.isnan(series)).sum(axis=1) >= LONG_SERIES)


def _yearly_delta(followed: Followed, series: Floats) -> Floats:
    first = np.argmax(~np.isnan(series), axis=1)
    span = followed.at[np.maximum(followed.latest, 0)] - followed.at[first]
    return np.asarray(followed.delta / np.clip(span, 1.0, TREND_YEARS))


def _years_left(followed: Followed) -> Floats:
    """(rows,) years from the end of the latest year to the due date; NaN without such a goal."""
    left = np.full(len(followed.dues), np.nan)
    for row, due in enumerate(followed.dues):
        if due is not None:
            at_due = due.year + due.timetuple().tm_yday / _DAYS
            ended = followed.at[max(followed.latest[row], 0)] + 1
            left[row] = max(at_due - ended, SHORTEST_LEFT)
    return left
