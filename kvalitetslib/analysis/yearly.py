"""Questions to yearly indicators about where they stand: level, change, women and men."""

from collections.abc import Iterator

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.directions import direction_claims
from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.row_claims import (
    FIRM_DF,
    NOISE_METHOD,
    WOMEN,
    Answers,
    Asked,
    Bools,
    own_noise,
    row_claims,
    toward_good,
)
from kvalitetslib.analysis.standing import Held, at_latest, held_once
from kvalitetslib.model import ReferenceKind
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.equity import gap
from kvalitetslib.stats.recent import mean_noise, mean_until

LEVEL_YEARS = 3
"""A level is held against others' by the mean of at most this many years."""
LONGEST_SPAN = 4.0
"""Years that the mean of a level may reach over."""
CARRIED_OVER = 0.3
"""Correlation between neighbouring years that the noise of a mean is reckoned with."""
HELD_YEARS = 3
"""A kritisk kvalitetsfaktor is held against the mean of at most this many years before."""
FEWEST_HELD = 2
FEWEST_FIRM = 3
"""Own values from which a verdict may be säkerställd, however much noise is borrowed."""
_MEAN_METHODS = {
    2: "t-prov av skillnaden i medeltal över två år",
    3: "t-prov av skillnaden i medeltal över tre år",
}
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
    """The kommun against the first reference available: goal, peers, county, country."""
    references = (*followed.held, followed.aim)
    chosen = np.full(len(followed.indicators), -1)
    for rank, held in reversed(list(enumerate(references))):
        chosen[~np.isnan(held.value)] = rank
    for rank, held in enumerate(references):
        is_here = (chosen == rank) & followed.is_fresh
        yield from _levels(followed, held, is_here)


def _levels(followed: Followed, held: Held, is_here: Bools) -> Iterator[Claim]:
    """The mean difference of up to three years; a goal is to be reached now, so by the latest.

    One year of a small municipality says little. The latest value must point the same way, by at
    least half a relevant difference.
    """
    is_goal = held.kind is ReferenceKind.GOAL
    latest = toward_good(followed, followed.value - held.value)
    last = followed.at[np.maximum(followed.latest, 0)][:, None]
    young = np.where(followed.at > last - LONGEST_SPAN, followed.own[:, 0], np.nan)
    several, years = mean_until(young - held.course, followed.latest, LEVEL_YEARS)
    mean = np.where(years > 1, toward_good(followed, several), latest)
    sigma, df = own_noise(followed)
    spread = np.hypot(sigma, held.sigma) * mean_noise(np.maximum(years, 1), CARRIED_OVER)
    same_way = (latest * np.sign(mean) >= followed.delta / 2) | (years <= 1)
    for count in range(LEVEL_YEARS + 1):
        yield from row_claims(
            followed,
            Asked(
                question=Question.LEVEL,
                kind=EvidenceKind.OWN if is_goal else EvidenceKind.COMPARISON,
                rows=np.flatnonzero(is_here & (years == count)),
                held=held,
                answers=_tested(mean, spread, df),
                firm=_is_firm(followed),
                opened=same_way,
                near=np.abs(latest) <= followed.delta,
                years=max(count, 1),
                method=_MEAN_METHODS.get(count, NOISE_METHOD),
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
            rows=np.flatnonzero(~np.isnan(ahead) & followed.is_fresh),
            held=followed.best,
            answers=_tested(ahead, np.hypot(sigma, followed.best.sigma), df),
            firm=_is_firm(followed),
        ),
    )


def _change_claims(followed: Followed) -> Iterator[Claim]:
    """The latest value against the one before it."""
    before, _ = mean_until(followed.own[:, 0], followed.latest - 1, 1)
    held = _earlier(before, ("perioden före",) * len(before), followed.noise.sigma)
    yield from row_claims(
        followed,
        Asked(
            question=Question.CHANGE,
            kind=EvidenceKind.OWN,
            rows=np.flatnonzero(~np.isnan(before) & followed.is_fresh),
            held=held,
            answers=_tested(
                toward_good(followed, followed.value - before),
                np.sqrt(2) * followed.noise.sigma,
                followed.noise.df,
            ),
            firm=_is_borrowed(followed),
        ),
    )


def _hold_claims(followed: Followed) -> Iterator[Claim]:
    """Kritiska kvalitetsfaktorer: has the level been held against the years before?"""
    before, years = mean_until(followed.own[:, 0], followed.latest - 1, HELD_YEARS)
    labels = tuple(_YEARS_BEFORE.get(int(count), "") for count in years)
    yield from row_claims(
        followed,
        Asked(
            question=Question.HOLD,
            kind=EvidenceKind.OWN,
            rows=np.flatnonzero(followed.is_kkf & followed.is_fresh & (years >= FEWEST_HELD)),
            held=_earlier(before, labels, followed.noise.sigma),
            answers=_tested(
                toward_good(followed, followed.value - before),
                followed.noise.sigma * np.sqrt(1 + 1 / np.maximum(years, 1)),
                followed.noise.df,
            ),
            firm=_is_borrowed(followed),
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
            rows=np.flatnonzero(~np.isnan(now) & followed.is_fresh),
            held=men_now(followed),
            answers=Answers(-np.abs(now), ends[0], ends[1], test.p),
            firm=(followed.gap_noise.df >= FIRM_DF) & (followed.gap_noise.n >= FEWEST_FIRM),
            group=WOMEN,
            beside=followed.peer_gap,
        ),
    )


def men_now(followed: Followed) -> Held:
    """The men's latest values, which the women's are held against."""
    value = at_latest(followed.own[:, 2], followed.latest)
    return held_once(ReferenceKind.GROUP, ("män",) * len(value), value, followed.gap_noise.sigma)


def _tested(difference: Floats, sigma: Floats, df: Floats) -> Answers:
    test = difference_test(difference, sigma, df)
    return Answers(difference, test.low, test.high, test.p)


def _earlier(value: Floats, labels: tuple[str, ...], sigma: Floats) -> Held:
    return held_once(ReferenceKind.EARLIER, labels, value, sigma)


def _is_firm(followed: Followed) -> Bools:
    """Is the noise well measured: by a published margin, or borrowed and three own values?"""
    return np.asarray(~np.isnan(followed.margin) | _is_borrowed(followed))


def _is_borrowed(followed: Followed) -> Bools:
    return np.asarray((followed.noise.df >= FIRM_DF) & (followed.noise.n >= FEWEST_FIRM))
