"""What each nämnd follows up: one row a nämnd and indicator, with everything to hold it against."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.goal_rows import goal_rows
from kvalitetslib.analysis.panel import (
    GENDERS,
    Floats,
    Panel,
    last_breaks,
    peer_group,
    without_broken,
)
from kvalitetslib.analysis.standing import Held, Rows, at_latest, held_once, standing
from kvalitetslib.model import Direction, Indicator, Kommun, Namnd, PeerGroup, ReferenceKind
from kvalitetslib.register import Goal
from kvalitetslib.stats.carryover import carry_over
from kvalitetslib.stats.noise import YearNoise, pooled_noise

UNKNOWN_CARRY_OVER = 0.2
"""Carry-over between years of an indicator that too few others have."""
OLDEST_YEARS = 3
"""A value that is older than this many years says nothing of the present."""
POLARITY = {Direction.HIGH: 1.0, Direction.LOW: -1.0}


@dataclass(frozen=True, eq=False)
class Followed:
    """One row a nämnd and yearly indicator.

    Attributes
    ----------
    own : (rows, genders T K M, periods) since the last series break.
    noise, gap_noise : (rows,) noise between years of the totals and of women minus men, pooled
        with that of all other municipalities.
    margin : (rows,) half-width of a published 95 % interval of the latest value; NaN when none.
    latest : (rows,) place of the latest total value on the time axis; -1 when there is none.
    polarity : (rows,) 1 high is good, -1 low is, NaN neither.
    held : references in order of rank: goal, peers, county, country.
    aim : the target of a utvecklingsmål that is neither reached nor due: where to move.
    carried : (rows,) how much of a year's noise carries over to the next, learnt from all kommuner.
    best : the peers' best quartile.
    place, out_of : among the peers.
    goals : the goal that is shown; is_kkf : whether there is a kritisk kvalitetsfaktor, with a
        target or without; dues : when the goal of ``aim`` is due; on : the day of the report.
    peer_gap : median of the peers' women minus men in the latest period; NaN with too few peers.
    """

    namnder: tuple[Namnd, ...]
    indicators: tuple[Indicator, ...]
    periods: tuple[str, ...]
    at: Floats
    own: Floats
    noise: YearNoise
    gap_noise: YearNoise
    margin: Floats
    latest: npt.NDArray[np.int64]
    polarity: Floats
    delta: Floats
    held: tuple[Held, ...]
    aim: Held
    carried: Floats
    best: Held
    place: Floats
    out_of: npt.NDArray[np.int64]
    goals: tuple[Goal | None, ...]
    is_kkf: npt.NDArray[np.bool_]
    dues: tuple[date | None, ...]
    on: date
    peer_gap: Floats

    @property
    def is_fresh(self) -> npt.NDArray[np.bool_]:
        """(rows,) is the latest value young enough to be judged today?"""
        age = self.on.year - self.at[np.maximum(self.latest, 0)]
        return np.asarray((self.latest >= 0) & (age <= OLDEST_YEARS))

    @property
    def value(self) -> Floats:
        """(rows,) latest total value."""
        return at_latest(self.own[:, 0], self.latest)


def follow(kommun: Kommun, panel: Panel, goals: tuple[Goal, ...], *, on: date) -> Followed:
    """Line up own values, goals and comparisons for all nämnder of a kommun.

    A utvecklingsmål that is not reached and not yet due on the day ``on`` tells where to move, not
    what to hold: it is the last reference of a level.
    """
    pairs = [(namnd, id) for namnd in kommun.namnder for id in namnd.indicators]
    namnder = tuple(namnd for namnd, _ in pairs)
    known = {each.id: each for each in kommun.indicators}
    indicators = tuple(known[id] for _, id in pairs)
    unbroken = _unbroken(panel, last_breaks(kommun.indicators))
    block = unbroken.block
    rows = panel.rows([each.id for each in indicators])
    own_column = panel.columns((kommun.kod,))
    own = (
        block[rows, own_column[0]]
        if len(own_column)
        else np.full((len(pairs), len(GENDERS), len(panel.periods)), np.nan)
    )
    latest = _latest(own[:, 0])
    polarity, bounds = _polarity(indicators, at_latest(own[:, 0], latest))
    own_total = own[:, 0]
    aims = goal_rows(
        goals,
        [(namnd.nyckel, id) for namnd, id in pairs],
        reached=polarity * at_latest(own_total, latest),
        polarity=polarity,
        on=on,
    )
    all_rows = Rows(
        namnder, block[rows, :, 0], unbroken.noise.sigma[rows], own_total, latest, polarity
    )
    fewest = kommun.policy.peers_smallest
    by_kind = {group.kind: group for group in kommun.peer_groups}

    def own_peers(namnd: Namnd) -> PeerGroup | None:
        return peer_group(kommun, namnd.peer_group)

    peers = standing(all_rows, panel, own_peers, kind=ReferenceKind.PEERS, fewest=fewest)
    county, country = (
        standing(all_rows, panel, _always(by_kind.get(kind)), kind=kind, fewest=least)
        for kind, least in ((ReferenceKind.COUNTY, fewest), (ReferenceKind.COUNTRY, 1))
    )
    gaps = replace(all_rows, total=(block[:, :, 1] - block[:, :, 2])[rows])
    return Followed(
        namnder=namnder,
        indicators=indicators,
        periods=panel.periods,
        at=panel.at,
        own=own,
        noise=_own_noise(unbroken.noise, rows, own_column),
        gap_noise=_own_noise(unbroken.gap_noise, rows, own_column),
        margin=_margins(panel, indicators, own_column, latest),
        latest=latest,
        polarity=polarity,
        delta=np.array([each.delta for each in indicators], dtype=float),
        held=(
            _goal_values(np.where(np.isnan(aims.target), bounds, aims.target)),
            *(_only_one_way(each.middle, bounds) for each in (peers, county, country)),
        ),
        aim=_goal_values(aims.aim),
        carried=unbroken.carried[rows],
        best=_only_one_way(peers.best, bounds),
        place=peers.place,
        out_of=peers.out_of,
        goals=aims.shown,
        is_kkf=aims.is_kkf,
        dues=aims.dues,
        on=on,
        peer_gap=standing(
            gaps, panel, own_peers, kind=ReferenceKind.PEERS, fewest=fewest
        ).middle.value,
    )


def _always(group: PeerGroup | None) -> Callable[[Namnd], PeerGroup | None]:
    return lambda _: group


@dataclass(frozen=True, eq=False)
class _Unbroken:
    """All values since each indicator's last break, and a last row without values for -1."""

    block: Floats
    noise: YearNoise
    gap_noise: YearNoise
    carried: Floats


@lru_cache(maxsize=2)
def _unbroken(panel: Panel, breaks: tuple[tuple[str, float], ...]) -> _Unbroken:
    """Worked out once for all kommuner that share the panel."""
    block = np.concatenate([without_broken(panel, breaks), _no_values(panel)])
    return _Unbroken(
        block,
        pooled_noise(block[:, :, 0]),
        pooled_noise(block[:, :, 1] - block[:, :, 2]),
        carry_over(block[:, :, 0], unknown=UNKNOWN_CARRY_OVER),
    )


def _no_values(panel: Panel) -> Floats:
    """One more row, so that -1 (an indicator without values) reads as missing."""
    return np.full((1, *panel.values.shape[1:]), np.nan)


def _own_noise(
    noise: YearNoise, rows: npt.NDArray[np.int64], own_column: npt.NDArray[np.int64]
) -> YearNoise:
    if not len(own_column):
        unknown = np.full(len(rows), np.nan)
        return YearNoise(unknown, unknown, np.zeros(len(rows), dtype=np.int64))
    own = own_column[0]
    return YearNoise(noise.sigma[rows, own], noise.df[rows, own], noise.n[rows, own])


def _latest(series: Floats) -> npt.NDArray[np.int64]:
    present = ~np.isnan(series)
    last = series.shape[1] - 1 - np.argmax(present[:, ::-1], axis=1)
    return np.where(present.any(axis=1), last, -1)


def _polarity(indicators: tuple[Indicator, ...], value: Floats) -> tuple[Floats, Floats]:
    """1, -1 or NaN for each row, and for an interval the bound that the value is nearest to.

    Below the middle of the interval more is better, above it less is; the bound is the goal.
    """
    polarity = np.array([POLARITY.get(each.direction, np.nan) for each in indicators])
    bounds = np.full(len(indicators), np.nan)
    for row, indicator in enumerate(indicators):
        if indicator.interval is not None and not np.isnan(value[row]):
            low, high = indicator.interval
            below = value[row] < (low + high) / 2
            polarity[row], bounds[row] = (1.0, low) if below else (-1.0, high)
    return polarity, bounds


def _only_one_way(held: Held, bounds: Floats) -> Held:
    """Without the rows whose good values are an interval: others' values say nothing there."""
    return replace(held, value=np.where(np.isnan(bounds), held.value, np.nan))


def _goal_values(value: Floats) -> Held:
    return held_once(ReferenceKind.GOAL, ("målet",) * len(value), value, np.zeros(len(value)))


def _margins(
    panel: Panel,
    indicators: tuple[Indicator, ...],
    own_column: npt.NDArray[np.int64],
    latest: npt.NDArray[np.int64],
) -> Floats:
    rows = panel.rows([each.margin_indicator for each in indicators])
    if not len(own_column):
        return np.full(len(indicators), np.nan)
    block = np.concatenate([panel.values, _no_values(panel)])
    return at_latest(block[rows, own_column[0], 0], latest)
