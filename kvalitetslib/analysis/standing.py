"""Where the own values stand among other municipalities."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.panel import Floats, Panel
from kvalitetslib.model import Namnd, PeerGroup, ReferenceKind
from kvalitetslib.stats.peers import peer_comparison
from kvalitetslib.stats.spread import without_noise

_MEDIAN_VARIANCE = np.pi / 2
"""Variance of a median against that of a mean, normal values (Kenney & Keeping 1962)."""


@dataclass(frozen=True, eq=False)
class Held:
    """A reference for every row: value and noise in the latest period, and how many kommuner.

    Arrays of shape (rows,); NaN where the reference does not exist. ``course`` holds the values of
    all periods, (rows, periods): NaN where the reference has but one, as a goal.
    """

    kind: ReferenceKind
    labels: tuple[str, ...]
    value: Floats
    sigma: Floats
    members: npt.NDArray[np.int64]
    course: Floats


def held_once(kind: ReferenceKind, labels: tuple[str, ...], value: Floats, sigma: Floats) -> Held:
    """A reference with one value a row, which no other kommuner stand behind."""
    none = np.zeros(len(value), dtype=np.int64)
    return Held(kind, labels, value, sigma, none, np.full((len(value), 1), np.nan))


def at_latest(series: Floats, latest: npt.NDArray[np.int64]) -> Floats:
    """(rows,) the value of each series (rows, periods) at ``latest``; NaN where that is -1."""
    taken = np.take_along_axis(series, np.maximum(latest, 0)[:, None], axis=1)[:, 0]
    return np.where(latest >= 0, taken, np.nan)


@dataclass(frozen=True, eq=False)
class Rows:
    """Behind the rows: all kommuner's totals (rows, kommuner, periods), their noise, and own."""

    namnder: tuple[Namnd, ...]
    total: Floats
    noise: Floats
    own: Floats
    latest: npt.NDArray[np.int64]
    polarity: Floats


@dataclass(frozen=True, eq=False)
class Standing:
    """The median and the best quartile of a group, and the own place."""

    middle: Held
    best: Held
    place: Floats
    out_of: npt.NDArray[np.int64]


def standing(
    rows: Rows,
    panel: Panel,
    group_of: Callable[[Namnd], PeerGroup | None],
    *,
    kind: ReferenceKind,
    fewest: int,
) -> Standing:
    """Where the own value stands among the municipalities of ``group_of(namnd)``."""
    n = len(rows.namnder)
    value, best, sigma, place = (np.full(n, np.nan) for _ in range(4))
    medians = np.full(rows.own.shape, np.nan)
    members, out_of = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    labels = [""] * n
    groups = [group_of(namnd) for namnd in rows.namnder]
    for group in dict.fromkeys(groups):
        here = np.flatnonzero([each is group for each in groups])
        columns = panel.columns(group.kommuner) if group else panel.columns(())
        if group is None or not len(columns):
            continue
        series, latest = rows.total[here][:, columns], rows.latest[here]
        now = np.stack([at_latest(series[:, each], latest) for each in range(len(columns))])
        own, polarity = at_latest(rows.own[here], latest), np.nan_to_num(rows.polarity[here])
        found = peer_comparison(own, now, polarity)
        # The best of noisy values seem better than they are.
        truer = without_noise(now, rows.noise[here][:, columns].T)
        enough = found.n_peers >= fewest
        value[here] = np.where(enough, found.median, np.nan)
        best[here] = np.where(enough, peer_comparison(own, truer, polarity).best_quartile, np.nan)
        place[here] = np.where(enough, found.place, np.nan)
        sigma[here] = _median_noise(rows.noise[here][:, columns], found.n_peers)
        members[here], out_of[here] = found.n_peers, found.out_of
        medians[here] = _medians(series, fewest)
        for row in here:
            labels[row] = group.namn
    middle = Held(kind, tuple(labels), value, sigma, members, medians)
    return Standing(
        middle=middle,
        best=Held(ReferenceKind.BEST, tuple(labels), best, sigma, members, medians),
        place=place,
        out_of=out_of,
    )


def _median_noise(noise: Floats, members: npt.NDArray[np.int64]) -> Floats:
    """Noise of the median of members whose own years vary; noise (rows, members)."""
    known = np.asarray((~np.isnan(noise)).any(axis=1))
    typical = np.nanmedian(np.where(known[:, None], noise, 0.0), axis=1)
    return typical * np.sqrt(_MEDIAN_VARIANCE / np.maximum(members, 1))


def _medians(series: Floats, fewest: int) -> Floats:
    """(rows, periods) median over the members; NaN where fewer than ``fewest`` have a value."""
    enough = (~np.isnan(series)).sum(axis=1) >= fewest
    middle = np.nanmedian(np.where(enough[:, None], series, 0.0), axis=1)
    return np.where(enough, middle, np.nan)
