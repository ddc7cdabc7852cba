"""What each nämnd follows up: one row a nämnd and indicator, with everything to hold it against."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.panel import (
    GENDERS,
    Floats,
    Panel,
    last_breaks,
    peer_group,
    without_broken,
)
from kvalitetslib.model import Direction, Goal, Indicator, Kommun, Namnd, PeerGroup, ReferenceKind
from kvalitetslib.stats.noise import YearNoise, pooled_noise
from kvalitetslib.stats.peers import peer_comparison

POLARITY = {Direction.HIGH: 1.0, Direction.LOW: -1.0}
_MEDIAN_VARIANCE = np.pi / 2
"""Variance of a median against that of a mean, normal values (Kenney & Keeping 1962)."""


@dataclass(frozen=True, eq=False)
class Held:
    """A reference for every row: value and noise in the latest period, and how many kommuner.

    Arrays of shape (rows,); NaN where the reference does not exist.
    """

    kind: ReferenceKind
    labels: tuple[str, ...]
    value: Floats
    sigma: Floats
    members: npt.NDArray[np.int64]


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
    best : the peers' best quartile.
    place, out_of : among the peers.
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
    best: Held
    place: Floats
    out_of: npt.NDArray[np.int64]
    goals: tuple[Goal | None, ...]
    peer_gap: Floats

    @property
    def value(self) -> Floats:
        """(rows,) latest total value."""
        return at_latest(self.own[:, 0], self.latest)


def at_latest(series: Floats, latest: npt.NDArray[np.int64]) -> Floats:
    """(rows,) the value of each series (rows, periods) at ``latest``; NaN where that is -1."""
    taken = np.take_along_axis(series, np.maximum(latest, 0)[:, None], axis=1)[:, 0]
    return np.where(latest >= 0, taken, np.nan)


def follow(kommun: Kommun, panel: Panel, goals: tuple[Goal, ...]) -> Followed:
    """Line up own values, goals and comparisons for all nämnder of a kommun."""
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
    found_goals = tuple(
        _goal_for(goals, namnd, indicator)
        for namnd, indicator in zip(namnder, indicators, strict=True)
    )
    own_total = own[:, 0]
    all_rows = _Rows(
        namnder, block[rows, :, 0], unbroken.noise.sigma[rows], own_total, latest, polarity
    )
    by_kind = {group.kind: group for group in kommun.peer_groups}
    peers = _standing(
        all_rows,
        panel,
        lambda namnd: peer_group(kommun, namnd.peer_group),
        kind=ReferenceKind.PEERS,
        fewest=kommun.policy.peers_smallest,
    )
    county = _standing(
        all_rows,
        panel,
        lambda _: by_kind.get(ReferenceKind.COUNTY),
        kind=ReferenceKind.COUNTY,
        fewest=kommun.policy.peers_smallest,
    )
    country = _standing(
        all_rows,
        panel,
        lambda _: by_kind.get(ReferenceKind.COUNTRY),
        kind=ReferenceKind.COUNTRY,
        fewest=1,
    )
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
            _goal_values(found_goals, bounds),
            *(_only_one_way(each.middle, bounds) for each in (peers, county, country)),
        ),
        best=_only_one_way(peers.best, bounds),
        place=peers.place,
        out_of=peers.out_of,
        goals=found_goals,
        peer_gap=_standing(
            replace(all_rows, total=(block[:, :, 1] - block[:, :, 2])[rows]),
            panel,
            lambda namnd: peer_group(kommun, namnd.peer_group),
            kind=ReferenceKind.PEERS,
            fewest=kommun.policy.peers_smallest,
        ).middle.value,
    )


@dataclass(frozen=True, eq=False)
class _Unbroken:
    """All values since each indicator's last break, and a last row without values for -1."""

    block: Floats
    noise: YearNoise
    gap_noise: YearNoise


@lru_cache(maxsize=2)
def _unbroken(panel: Panel, breaks: tuple[tuple[str, float], ...]) -> _Unbroken:
    """Worked out once for all kommuner that share the panel."""
    block = np.concatenate([without_broken(panel, breaks), _no_values(panel)])
    return _Unbroken(
        block, pooled_noise(block[:, :, 0]), pooled_noise(block[:, :, 1] - block[:, :, 2])
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


def _goal_for(goals: tuple[Goal, ...], namnd: Namnd, indicator: Indicator) -> Goal | None:
    fitting = [
        goal
        for goal in goals
        if goal.indicator == indicator.id
        and goal.namnd == namnd.nyckel
        and goal.group.is_total
        and goal.target is not None
    ]
    return fitting[0] if fitting else None


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


def _goal_values(goals: tuple[Goal | None, ...], bounds: Floats) -> Held:
    decided = np.array([np.nan if goal is None else goal.target for goal in goals], dtype=float)
    value = np.where(np.isnan(decided), bounds, decided)
    none = np.zeros(len(goals), dtype=np.int64)
    return Held(ReferenceKind.GOAL, ("målet",) * len(goals), value, np.zeros(len(goals)), none)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Behind the rows: all kommuner's totals (rows, kommuner, periods), their noise, and own."""

    namnder: tuple[Namnd, ...]
    total: Floats
    noise: Floats
    own: Floats
    latest: npt.NDArray[np.int64]
    polarity: Floats


@dataclass(frozen=True, eq=False)
class _Standing:
    middle: Held
    best: Held
    place: Floats
    out_of: npt.NDArray[np.int64]


def _standing(
    rows: _Rows,
    panel: Panel,
    group_of: Callable[[Namnd], PeerGroup | None],
    *,
    kind: ReferenceKind,
    fewest: int,
) -> _Standing:
    """Where the own value stands among the municipalities of ``group_of(namnd)``."""
    n = len(rows.namnder)
    value, best, sigma, place = (np.full(n, np.nan) for _ in range(4))
    members, out_of = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    labels = [""] * n
    for namnd in dict.fromkeys(rows.namnder):
        here = np.flatnonzero([each is namnd for each in rows.namnder])
        group = group_of(namnd)
        columns = panel.columns(group.kommuner) if group else panel.columns(())
        if group is None or not len(columns):
            continue
        series, latest = rows.total[here][:, columns], rows.latest[here]
        now = np.stack([at_latest(series[:, each], latest) for each in range(len(columns))])
        found = peer_comparison(
            at_latest(rows.own[here], latest), now, np.nan_to_num(rows.polarity[here])
        )
        enough = found.n_peers >= fewest
        value[here] = np.where(enough, found.median, np.nan)
        best[here] = np.where(enough, found.best_quartile, np.nan)
        place[here] = np.where(enough, found.place, np.nan)
        sigma[here] = _median_noise(rows.noise[here][:, columns], found.n_peers)
        members[here], out_of[here] = found.n_peers, found.out_of
        for row in here:
            labels[row] = group.namn
    middle = Held(kind, tuple(labels), value, sigma, members)
    return _Standing(
        middle, Held(ReferenceKind.BEST, tuple(labels), best, sigma, members), place, out_of
    )


def _median_noise(noise: Floats, members: npt.NDArray[np.int64]) -> Floats:
    """Noise of the median of members whose own years vary; noise (rows, members)."""
    typical = np.array(
        [np.median(row[~np.isnan(row)]) if (~np.isnan(row)).any() else 0.0 for row in noise]
    )
    return typical * np.sqrt(_MEDIAN_VARIANCE / np.maximum(members, 1))


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
