"""Questions to yearly indicators about where they stand: level, change, women and men."""

from collections.abc import Iterator

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.directions import direction_claims
from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.row_claims import (
    FIRM_DF,
    WOMEN,
    Answers,
    Asked,
    own_noise,
    row_claims,
    toward_good,
)
from kvalitetslib.analysis.standing import Held, at_latest
from kvalitetslib.model import GoalKind, ReferenceKind
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.equity import gap

HELD_YEARS = 3
"""A kritisk kvalitetsfaktor is held against the mean of at most this many years before."""
FEWEST_HELD = 2
_YEARS_BEFORE = {2: "de två åren före", 3: "de tre åren före"}


def yearly_claims(followed: Followed) -> Iterator[Claim]:
    """All claims about all rows that have a latest value."""
    yield from _level_claims(followed)
    yield from _potential_claims(followed)
    yield from _change_claims(followed)
    yield from _hold_claims(followed)
    yield from _gap_claims(followed)
    yield from direction_claims(followed)


def _level_claims(followed: Followed) -> Iterator[Claim]:
    """The latest value against the first reference available: goal, peers, county, country."""
    references = (*followed.held, followed.aim)
    chosen = np.full(len(followed.indicators), -1)
    for rank, held in reversed(list(enumerate(references))):
        chosen[~np.isnan(held.value)] = rank
    sigma, df = own_noise(followed)
    for rank, held in enumerate(references):
        is_goal = held.kind is ReferenceKind.GOAL
        yield from row_claims(
            followed,
            Asked(
                question=Question.LEVEL,
                kind=EvidenceKind.OWN if is_goal else EvidenceKind.COMPARISON,
                rows=np.flatnonzero((chosen == rank) & (followed.latest >= 0)),
                held=held,
                answers=_tested(
                    toward_good(followed, followed.value - held.value),
                    np.hypot(sigma, held.sigma),
                    df,
                ),
                firm=_is_firm(followed),
            ),
        )


def _potential_claims(followed: Followed) -> Iterator[Claim]:
    """How far the peers' best quartile is ahead; positive when there is something to win."""
    sigma, df = own_noise(followed)
    ahead = toward_good(followed, followed.best.value - followed.value)
    yield from row_claims(
        followed,
        Asked(
            question=Question.POTENTIAL,
            kind=EvidenceKind.COMPARISON,
            rows=np.flatnonzero(~np.isnan(ahead) & (followed.latest >= 0)),
            held=followed.best,
            answers=_tested(ahead, np.hypot(sigma, followed.best.sigma), df),
            firm=_is_firm(followed),
        ),
    )


def _change_claims(followed: Followed) -> Iterator[Claim]:
    """The latest value against the one before it."""
    before, _ = _mean_before(followed, 1)
    held = _earlier(before, ("perioden före",) * len(before), followed.noise.sigma)
    yield from row_claims(
        followed,
        Asked(
            question=Question.CHANGE,
            kind=EvidenceKind.OWN,
            rows=np.flatnonzero(~np.isnan(before)),
            held=held,
            answers=_tested(
                toward_good(followed, followed.value - before),
                np.sqrt(2) * followed.noise.sigma,
                followed.noise.df,
            ),
            firm=followed.noise.df >= FIRM_DF,
        ),
    )


def _hold_claims(followed: Followed) -> Iterator[Claim]:
    """Kritiska kvalitetsfaktorer: has the level been held against the years before?"""
    before, years = _mean_before(followed, HELD_YEARS)
    is_kkf = [goal is not None and goal.kind is GoalKind.KKF for goal in followed.goals]
    labels = tuple(_YEARS_BEFORE.get(int(count), "") for count in years)
    yield from row_claims(
        followed,
        Asked(
            question=Question.HOLD,
            kind=EvidenceKind.OWN,
            rows=np.flatnonzero(np.array(is_kkf, dtype=bool) & (years >= FEWEST_HELD)),
            held=_earlier(before, labels, followed.noise.sigma),
            answers=_tested(
                toward_good(followed, followed.value - before),
                followed.noise.sigma * np.sqrt(1 + 1 / np.maximum(years, 1)),
                followed.noise.df,
            ),
            firm=followed.noise.df >= FIRM_DF,
        ),
    )


def _gap_claims(followed: Followed) -> Iterator[Claim]:
    """Women minus men in the latest year; negative by its size, as a gap is never good."""
    women, men = followed.own[:, 1], followed.own[:, 2]
    now = at_latest(gap(women, men).absolute, followed.latest)
    side = np.where(np.nan_to_num(now) < 0, -1.0, 1.0)
    test = difference_test(now, followed.gap_noise.sigma, followed.gap_noise.df)
    ends = np.sort(np.stack([-side * test.low, -side * test.high]), axis=0)
    yield from row_claims(
        followed,
        Asked(
            question=Question.GAP,
            kind=EvidenceKind.COMPARISON,
            rows=np.flatnonzero(~np.isnan(now)),
            held=men_now(followed),
            answers=Answers(-np.abs(now), ends[0], ends[1], test.p),
            firm=followed.gap_noise.df >= FIRM_DF,
            group=WOMEN,
            beside=followed.peer_gap,
        ),
    )


def men_now(followed: Followed) -> Held:
    """The men's latest values, which the women's are held against."""
    value = at_latest(followed.own[:, 2], followed.latest)
    return _held(ReferenceKind.GROUP, value, ("män",) * len(value), followed.gap_noise.sigma)


def _tested(difference: Floats, sigma: Floats, df: Floats) -> Answers:
    test = difference_test(difference, sigma, df)
    return Answers(difference, test.low, test.high, test.p)


def _earlier(value: Floats, labels: tuple[str, ...], sigma: Floats) -> Held:
    return _held(ReferenceKind.EARLIER, value, labels, sigma)


def _held(kind: ReferenceKind, value: Floats, labels: tuple[str, ...], sigma: Floats) -> Held:
    return Held(kind, labels, value, sigma, np.zeros(len(value), dtype=np.int64))


def _is_firm(followed: Followed) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Is the noise well measured: by a published margin, or long series or borrowed strength?"""
    return ~np.isnan(followed.margin) | (followed.noise.df >= FIRM_DF)


def _mean_before(followed: Followed, most: int) -> tuple[Floats, Floats]:
    """(rows,) mean of at most so many values before the latest, and how many they are."""
    total = followed.own[:, 0]
    earlier = np.where(np.arange(total.shape[1]) < followed.latest[:, None], total, np.nan)
    known = ~np.isnan(earlier)
    from_end = known[:, ::-1].cumsum(axis=1)[:, ::-1]
    taken = known & (from_end <= most)
    count = taken.sum(axis=1).astype(float)
    total_taken = np.where(taken, earlier, 0.0).sum(axis=1)
    return np.where(count > 0, total_taken / np.maximum(count, 1), np.nan), count
