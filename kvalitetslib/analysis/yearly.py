"""Questions to yearly indicators: level, potential, trend, change, and women against men."""

from collections.abc import Iterator

import numpy as np
from scipy import special

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.followed import Followed, Held, at_latest
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.report import Estimate, EvidenceKind, Question
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.equity import gap, gap_trend
from kvalitetslib.stats.trend import mann_kendall, theil_sen

WEIGHTS = {
    ReferenceKind.GOAL: 1.0,
    ReferenceKind.PEERS: 0.8,
    ReferenceKind.COUNTY: 0.7,
    ReferenceKind.COUNTRY: 0.6,
    ReferenceKind.BEST: 0.6,
    ReferenceKind.GROUP: 0.8,
    ReferenceKind.EARLIER: 0.8,
}
WHOLE = Group()
TREND_YEARS = 5
"""A trend is relevant when it moves a relevant difference in this many years (or its own span)."""
LONG_SERIES = 8
"""From this many years an exact trend is called säkerställd and not trolig."""
FIRM_DF = 5.0
"""Degrees of freedom of the noise from which a difference is called säkerställd."""
_Z95 = float(special.ndtri(0.975))


def yearly_claims(followed: Followed) -> Iterator[Claim]:
    """All claims about all rows that have a latest value."""
    yield from _level_claims(followed)
    yield from _potential_claims(followed)
    yield from _trend_claims(followed)
    yield from _change_claims(followed)
    yield from _gap_claims(followed)


def _register_figure(value: float, half_width: float) -> Estimate:
    """A register figure, with a published margin when there is one."""
    known = not np.isnan(half_width)
    return Estimate(
        value=float(value),
        low=float(value - half_width) if known else None,
        high=float(value + half_width) if known else None,
        n=None,
        n_eff=None,
        method="publicerat värde",
        quality="A" if known else "",
    )


def _level_claims(followed: Followed) -> Iterator[Claim]:
    """The latest value against the first reference available: goal, peers, county, country."""
    chosen = np.full(len(followed.indicators), -1)
    for rank, held in reversed(list(enumerate(followed.held))):
        chosen[~np.isnan(held.value)] = rank
    own_sigma, df = _own_noise(followed)
    for rank, held in enumerate(followed.held):
        difference = _toward_good(followed, held.value)
        test = difference_test(difference, np.hypot(own_sigma, held.sigma), df)
        for row in np.flatnonzero((chosen == rank) & (followed.latest >= 0)):
            yield _row_claim(
                followed,
                int(row),
                question=Question.LEVEL,
                kind=EvidenceKind.OWN
                if held.kind is ReferenceKind.GOAL
                else EvidenceKind.COMPARISON,
                held=held,
                numbers=(difference[row], test.low[row], test.high[row], test.p[row]),
            )


def _potential_claims(followed: Followed) -> Iterator[Claim]:
    """How far the peers' best quartile is ahead; positive when there is something to win."""
    own_sigma, df = _own_noise(followed)
    ahead = -_toward_good(followed, followed.best.value)
    test = difference_test(ahead, np.hypot(own_sigma, followed.best.sigma), df)
    for row in np.flatnonzero(~np.isnan(ahead) & (followed.latest >= 0)):
        yield _row_claim(
            followed,
            int(row),
            question=Question.POTENTIAL,
            kind=EvidenceKind.COMPARISON,
            held=followed.best,
            numbers=(ahead[row], test.low[row], test.high[row], test.p[row]),
        )


def _trend_claims(followed: Followed) -> Iterator[Claim]:
    """Exact Mann-Kendall and the Theil-Sen slope per year, turned so that positive is good."""
    total = followed.own[:, 0]
    test, slope = mann_kendall(total), theil_sen(total, followed.at)
    first = np.argmax(~np.isnan(total), axis=1)
    for row in np.flatnonzero(followed.latest >= 0):
        sign = followed.polarity[row] if not np.isnan(followed.polarity[row]) else 1.0
        bounds = sorted((sign * slope.low[row], sign * slope.high[row]))
        span = followed.at[followed.latest[row]] - followed.at[first[row]]
        yield _row_claim(
            followed,
            int(row),
            question=Question.TREND,
            kind=EvidenceKind.DIRECTION,
            held=None,
            numbers=(sign * slope.slope[row], bounds[0], bounds[1], test.p[row]),
            delta=followed.delta[row] / max(1.0, min(span, TREND_YEARS)),
            method="Mann-Kendall, Theil-Sen",
        )


def _change_claims(followed: Followed) -> Iterator[Claim]:
    """The latest value against the one before it."""
    total = followed.own[:, 0]
    before = np.array(
        [_before(series, place) for series, place in zip(total, followed.latest, strict=True)]
    )
    difference = _toward_good(followed, before)
    test = difference_test(difference, np.sqrt(2) * followed.noise.sigma, followed.noise.df)
    held = Held(
        ReferenceKind.EARLIER,
        ("perioden före",) * len(before),
        before,
        followed.noise.sigma,
        np.zeros(len(before), dtype=np.int64),
    )
    for row in np.flatnonzero(~np.isnan(before)):
        yield _row_claim(
            followed,
            int(row),
            question=Question.CHANGE,
            kind=EvidenceKind.OWN,
            held=held,
            numbers=(difference[row], test.low[row], test.high[row], test.p[row]),
        )


def _gap_claims(followed: Followed) -> Iterator[Claim]:
    """Women minus men in the latest year, and whether the distance grows."""
    women, men = followed.own[:, 1], followed.own[:, 2]
    gaps = gap(women, men)
    now = at_latest(gaps.absolute, followed.latest)
    side = np.where(np.nan_to_num(now) < 0, -1.0, 1.0)
    test = difference_test(now, followed.gap_noise.sigma, followed.gap_noise.df)
    growth, slope = gap_trend(gaps.absolute), theil_sen(gaps.absolute, followed.at)
    men_now = at_latest(men, followed.latest)
    held = Held(
        ReferenceKind.GROUP,
        ("män",) * len(now),
        men_now,
        followed.gap_noise.sigma,
        np.zeros(len(now), dtype=np.int64),
    )
    for row in np.flatnonzero(~np.isnan(now)):
        outward = sorted((-side[row] * test.low[row], -side[row] * test.high[row]))
        yield _row_claim(
            followed,
            int(row),
            question=Question.GAP,
            kind=EvidenceKind.COMPARISON,
            held=held,
            numbers=(-abs(now[row]), outward[0], outward[1], test.p[row]),
            group=Group("K"),
            beside=float(followed.peer_gap[row]),
        )
        sign = growth.side[row] or 1.0
        closing = sorted((-sign * slope.low[row], -sign * slope.high[row]))
        yield _row_claim(
            followed,
            int(row),
            question=Question.GAP_TREND,
            kind=EvidenceKind.DIRECTION,
            held=held,
            numbers=(-sign * slope.slope[row], closing[0], closing[1], growth.p[row]),
            delta=followed.delta[row] / TREND_YEARS,
            group=Group("K"),
            method="Mann-Kendall, Theil-Sen",
        )


def _row_claim(
    followed: Followed,
    row: int,
    *,
    question: Question,
    kind: EvidenceKind,
    held: Held | None,
    numbers: tuple[float, float, float, float],
    delta: float | None = None,
    group: Group = WHOLE,
    method: str = "t-prov mot variationen mellan år",
    beside: float = np.nan,
) -> Claim:
    indicator = followed.indicators[row]
    series = followed.own[row, 1 if group.gender == "K" else 0]
    present = np.flatnonzero(~np.isnan(series))
    reference = held.kind if held else ReferenceKind.EARLIER
    value = series[followed.latest[row]]
    difference, low, high, p = (float(number) for number in numbers)
    return Claim(
        namnd=followed.namnder[row],
        indicator=indicator,
        group=group,
        question=question,
        kind=kind,
        period=followed.periods[followed.latest[row]],
        cell=_register_figure(value, followed.margin[row] if group.is_total else np.nan),
        reference_kind=reference,
        reference_label=held.labels[row] if held else "egna tidigare värden",
        reference_value=float(held.value[row]) if held else np.nan,
        reference_members=int(held.members[row]) if held else 0,
        difference=difference,
        low=low,
        high=high,
        delta=float(followed.delta[row] if delta is None else delta),
        p=p,
        n_periods=len(present),
        first_period=followed.periods[present[0]],
        method=method,
        polarity=float(followed.polarity[row]),
        weight=WEIGHTS[reference],
        reach=1.0 if group.is_total else 0.5,
        firm=_is_firm(followed, row, question),
        beside=beside,
        beside_label=followed.held[1].labels[row],
    )


def _is_firm(followed: Followed, row: int, question: Question) -> bool:
    """Is the noise behind the test well measured: a margin, long series or borrowed strength?"""
    if question is Question.TREND:
        return bool((~np.isnan(followed.own[row, 0])).sum() >= LONG_SERIES)
    if question is Question.GAP_TREND:
        gaps = followed.own[row, 1] - followed.own[row, 2]
        return bool((~np.isnan(gaps)).sum() >= LONG_SERIES)
    if question in (Question.LEVEL, Question.POTENTIAL) and not np.isnan(followed.margin[row]):
        return True
    noise = followed.gap_noise if question is Question.GAP else followed.noise
    return bool(noise.df[row] >= FIRM_DF)


def _own_noise(followed: Followed) -> tuple[Floats, Floats]:
    """A published margin where there is one, else the noise between years."""
    published = ~np.isnan(followed.margin)
    return (
        np.where(published, followed.margin / _Z95, followed.noise.sigma),
        np.where(published, np.inf, followed.noise.df),
    )


def _toward_good(followed: Followed, reference: Floats) -> Floats:
    """Own value minus reference, turned so that positive is good.

    Without a good direction the plain difference is given: it is shown, never judged.
    """
    sign = np.where(np.isnan(followed.polarity), 1.0, followed.polarity)
    return sign * (followed.value - reference)


def _before(series: Floats, place: int) -> float:
    earlier = series[: max(place, 0)]
    known = earlier[~np.isnan(earlier)]
    return float(known[-1]) if len(known) else np.nan
