"""Cost beside quality: has the quality been held, and what has the cost done meanwhile?

A low cost is never good by itself. The question is "högre eller bibehållen kvalitet till en lägre
kostnad", and "bibehållen" has to be shown: the whole interval of the change in quality lies above
minus one relevant difference (non-inferiority), which a change that is not significant need not do.

The mean of the last two years is held against that of the three years before. The latest year alone
would be simpler, but then noise hides twice as much: for a change that goes on at the same pace,
change over standard error is 2.5 / 0.91 against 2 / 1.15.

Worked example: three indicators have changed by +0.2, -0.4 and +0.5 relevant differences, so the
quality by +0.1. Its standard error is 0.3 and its interval -0.5 to +0.7: above -1, so it is held.
The cost has changed by -6 % beside the peers, -9 to -3: it is apart from zero and -6 is more than a
relevant change of 5 %, so it is lower. Together: a gain.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kvalitetslib.analysis.cost_change import (
    Block,
    Columns,
    CostChange,
    Spans,
    block_of,
    cost_change,
    is_deviation,
)
from kvalitetslib.analysis.panel import Floats, Panel, peer_group
from kvalitetslib.catalogue.cost_pairs import is_quality
from kvalitetslib.context import CostQuality, FourField, Move, QualityPart
from kvalitetslib.model import CostPair, Direction, Indicator, Kommun, Namnd, PeerGroup
from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.intervals import t_interval
from kvalitetslib.stats.two_spans import TwoSpans, mean_variance, noise_together, two_spans

YEARS_NOW = 2
YEARS_BEFORE = 3
FEWEST_BEFORE = 2
"""Years of the cost before, at least; one now is enough."""
FEWEST_PARTS = 2
"""Indicators of quality with values in both spans, unless the pair names only one."""
OLDEST = 3
"""Years that the last common year may lie behind the newest values of any municipality."""
RELEVANT = 1.0
"""The smallest change in quality that matters, in relevant differences."""
ALPHA = 0.05
OWN_PROCESSING = "egen bearbetning"
_TURN = {Direction.HIGH: 1.0, Direction.LOW: -1.0}

FIELDS: Mapping[tuple[Move, Move], FourField] = {
    (Move.HIGHER, Move.LOWER): FourField.GAIN,
    (Move.HELD, Move.LOWER): FourField.GAIN,
    (Move.HIGHER, Move.HELD): FourField.BETTER,
    (Move.HIGHER, Move.HIGHER): FourField.BOUGHT,
    (Move.HELD, Move.HELD): FourField.STEADY,
    (Move.HELD, Move.HIGHER): FourField.DEARER,
    (Move.LOWER, Move.LOWER): FourField.SAVED,
    (Move.LOWER, Move.HELD): FourField.LOSS,
    (Move.LOWER, Move.HIGHER): FourField.LOSS,
}
"""Quality and cost; all else is undecided, also a cost that has moved beside a quality unknown."""


def four_field(quality: Move, cost: Move) -> FourField:
    """The field in which the two moves meet."""
    return FIELDS.get((quality, cost), FourField.UNDECIDED)


def quality_move(change: float, low: float, high: float) -> Move:
    """Higher or lower by a relevant difference, held (not lower by one), or undecided."""
    if low > 0 and change >= RELEVANT:
        return Move.HIGHER
    if high < 0 and change <= -RELEVANT:
        return Move.LOWER
    return Move.HELD if low > -RELEVANT else Move.UNDECIDED


def cost_move(change: float, low: float, high: float, *, relevant: float) -> Move:
    """Higher or lower by what matters, held (the interval within what matters), or undecided."""
    if low > 0 and change >= relevant:
        return Move.HIGHER
    if high < 0 and change <= -relevant:
        return Move.LOWER
    return Move.HELD if -relevant < low and high < relevant else Move.UNDECIDED


@dataclass(frozen=True, eq=False)
class _Quality:
    """The parts of a pair's quality, arrays of shape (parts,).

    ``change`` and ``error`` are in relevant differences, positive when better. ``mean_error`` is
    the standard error of their mean, its degrees of freedom the fewest of ``df``.
    """

    parts: tuple[Indicator, ...]
    before: Floats
    now: Floats
    change: Floats
    error: Floats
    df: Floats
    mean_error: float


@dataclass(frozen=True, eq=False)
class _Measured:
    """A pair with enough values: changes and standard errors, not yet judged."""

    pair: CostPair
    years: tuple[tuple[str, str], tuple[str, str]]
    quality: _Quality
    cost_indicator: Indicator
    cost_levels: tuple[float, float]
    cost: CostChange
    peers: str


def cost_quality(
    kommun: Kommun, namnd: Namnd, panel: Panel, *, sources: Mapping[str, str]
) -> tuple[CostQuality, ...]:
    """The pairs whose quality the nämnd follows and whose values are enough, in order.

    Parameters
    ----------
    panel : values of all municipalities, without the own ones that may not be shown.
    sources : name of the source of the own values, by indicator; else the catalogue's is used.

    Notes
    -----
    The intervals hold together: with m pairs each has the level 1 - 0.05 / m (Bonferroni). A gain
    is claimed only when both tests say so (intersection-union), so one is falsely claimed somewhere
    in the nämnd at most 2.5 times in a hundred, whatever the truth is.
    """
    if kommun.kod not in panel.kommuner:
        return ()
    followed = set(namnd.indicators)
    pairs = [each for each in kommun.cost_pairs if followed & set(each.quality)]
    group = peer_group(kommun, namnd.peer_group)
    found = [_measured(kommun, panel, each, group) for each in pairs]
    measured = [each for each in found if each is not None]
    return tuple(_judged(each, 1 - ALPHA / len(measured), sources) for each in measured)


def _measured(
    kommun: Kommun, panel: Panel, pair: CostPair, group: PeerGroup | None
) -> _Measured | None:
    """The pair's changes; None when the cost or the quality has too few values."""
    block, own = block_of(kommun, panel), int(panel.columns((kommun.kod,))[0])
    asked = tuple(each for id in pair.quality if is_quality(each := kommun.indicator(id)))
    rows = np.array([block.rows[each.id] for each in asked], dtype=np.int64)
    cost_row, indicator = block.rows[pair.cost], kommun.indicator(pair.cost)
    spans = _spans(block.counted[cost_row, own], block.values[rows, own], panel.at)
    if spans is None:
        return None
    levels = two_spans(block.values[cost_row, [own]], spans.before, spans.now)
    beside = () if group is None or is_deviation(indicator) else group.kommuner
    columns = panel.columns(beside)
    cost = cost_change(block, cost_row, spans, own=own, peers=columns)
    if cost.members < kommun.policy.peers_smallest:
        cost = cost_change(block, cost_row, spans, own=own, peers=columns[:0])
    quality = _quality(block, rows, own, spans, asked)
    if quality is None or not (cost.error > 0 and cost.df > 0):
        return None
    return _Measured(
        pair=pair,
        years=_years(levels, panel.periods),
        quality=quality,
        cost_indicator=indicator,
        cost_levels=(float(levels.before[0]), float(levels.now[0])),
        cost=cost,
        peers=group.namn if group is not None and cost.members else "",
    )


def _spans(cost: Floats, quality: Floats, at: Floats) -> Spans | None:
    """The two spans that end with the last year of both; None when the cost has too few values."""
    common = ~np.isnan(cost) & (~np.isnan(quality)).any(axis=0)
    if not common.any():
        return None
    end = at[np.flatnonzero(common)[-1]]
    age = np.round(end - at, 2)
    now = (age >= 0) & (age < YEARS_NOW)
    before = (age >= YEARS_NOW) & (age < YEARS_NOW + YEARS_BEFORE)
    is_old = at[-1] - end > OLDEST
    few = (before & ~np.isnan(cost)).sum() < FEWEST_BEFORE
    return None if is_old or few else Spans(before, now)


def _years(levels: TwoSpans, periods: tuple[str, ...]) -> tuple[tuple[str, str], tuple[str, str]]:
    """First and last period of the cost in each span."""
    places = [np.flatnonzero(used[0]) for used in (levels.used_before, levels.used_now)]
    before, now = ((periods[each[0]], periods[each[-1]]) for each in places)
    return before, now


def _quality(
    block: Block, rows: Columns, own: int, spans: Spans, asked: tuple[Indicator, ...]
) -> _Quality | None:
    """The parts with values in both spans; None when they are too few."""
    sigma, df = block.noise.sigma[rows, own], block.noise.df[rows, own]
    moved = two_spans(block.values[rows, own], spans.before, spans.now)
    kept = np.flatnonzero(~np.isnan(moved.variance) & (sigma > 0) & (df > 0))
    if not len(asked) or len(kept) < min(FEWEST_PARTS, len(asked)):
        return None
    moved = two_spans(block.values[rows[kept], own], spans.before, spans.now)
    parts = tuple(asked[each] for each in kept)
    turn = np.array([_TURN[each.direction] / each.delta for each in parts])
    noise = block.noise.sigma[rows[kept]]
    usual = np.where(noise > 0, noise, np.nan)[:, :, None]
    together = noise_together(block.values[rows[kept]] * np.sign(turn)[:, None, None] / usual)
    scaled = sigma[kept] * np.abs(turn)
    return _Quality(
        parts=parts,
        before=moved.before,
        now=moved.now,
        change=moved.change * turn,
        error=np.sqrt(moved.variance) * scaled,
        df=df[kept],
        mean_error=math.sqrt(mean_variance(moved, scaled, together)),
    )


def _judged(measured: _Measured, level: float, sources: Mapping[str, str]) -> CostQuality:
    quality, cost = measured.quality, measured.cost
    mean = float(quality.change.mean())
    low, high = _interval(mean, quality.mean_error, float(quality.df.min()), level)
    parts = _parts(quality)
    better = quality_move(mean, low, high)
    if better in (Move.HIGHER, Move.HELD) and any(each.has_fallen for each in parts):
        better = Move.UNDECIDED
    indicator, (before, now) = measured.cost_indicator, measured.cost_levels
    told = _as_is if is_deviation(indicator) else _percent
    relevant = indicator.delta * (1 if is_deviation(indicator) else 100 / before)
    cost_low, cost_high = map(told, _interval(cost.change, cost.error, cost.df, level))
    change = told(cost.change)
    moved = cost_move(change, cost_low, cost_high, relevant=relevant)
    return CostQuality(
        name=measured.pair.namn,
        field=four_field(better, moved),
        quality_move=better,
        cost_move=moved,
        before=measured.years[0],
        now=measured.years[1],
        quality=mean,
        quality_low=low,
        quality_high=high,
        parts=parts,
        quality_indicators=measured.pair.quality,
        cost_indicator=indicator,
        cost_before=before,
        cost_now=now,
        cost=change,
        cost_low=cost_low,
        cost_high=cost_high,
        cost_relevant=relevant,
        peers=measured.peers,
        members=cost.members,
        peers_cost=None if cost.peers_change is None else told(cost.peers_change),
        source=_source([indicator, *quality.parts], sources),
    )


def _parts(quality: _Quality) -> tuple[QualityPart, ...]:
    test = difference_test(quality.change, quality.error, quality.df)
    fallen = (quality.change <= -RELEVANT) & (test.p * len(quality.parts) <= ALPHA)
    return tuple(
        QualityPart(
            indicator=part,
            before=float(quality.before[row]),
            now=float(quality.now[row]),
            change=float(quality.change[row]),
            low=float(test.low[row]),
            high=float(test.high[row]),
            has_fallen=bool(fallen[row]),
        )
        for row, part in enumerate(quality.parts)
    )


def _interval(change: float, error: float, df: float, level: float) -> tuple[float, float]:
    found = t_interval(change, error, df, level)
    return float(found.low), float(found.high)


def _as_is(points: float) -> float:
    return points


def _percent(logarithmic: float) -> float:
    return 100 * math.expm1(logarithmic / 100)


def _source(indicators: list[Indicator], sources: Mapping[str, str]) -> str:
    names = dict.fromkeys(sources.get(each.id, each.source) for each in indicators)
    return "; ".join([*sorted(names), OWN_PROCESSING])
