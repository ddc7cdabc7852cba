"""The kommun's own values as series side by side, each beside what is usual for it elsewhere."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.analysis.panel import GENDERS, Floats, Panel, without_broken
from kvalitetslib.model import Group, Indicator
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.stats.doubts import Bools, UsualChange, usual_change

FEWEST_KOMMUNER = 10
"""Other municipalities needed to tell what is usual."""
UNUSUAL = 0.99
"""The limit for a change is the largest change of this share of the other municipalities."""
_YEARLY = (PeriodKind.YEAR, PeriodKind.SCHOOL_YEAR)
_GROUP = ["gender", "age", "area"]
_KINDS = tuple(PeriodKind)
_WHOLE = tuple(Group(gender) for gender in GENDERS)

Breaks = tuple[tuple[str, float], ...]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OwnValues:
    """The kommun's values that are shown, one a place, in order of indicator, group and time.

    ``place`` is that of the indicator; ``groups`` and ``periods`` are what ``group`` and ``period``
    count; ``hits`` and ``people`` are numerators and denominators, NaN when unknown.
    """

    place: Places
    group: Places
    period: Places
    kind: Places
    at: Floats
    value: Floats
    hits: Floats
    people: Floats
    groups: tuple[Group, ...]
    periods: tuple[str, ...]


def own_values(own: pd.DataFrame, indicators: tuple[Indicator, ...]) -> OwnValues:
    """Values of ``indicators`` among the kommun's protected rows, without those that are hidden."""
    place = pd.Index([each.id for each in indicators]).get_indexer(own["indicator"])
    value = own["value"].to_numpy(dtype=float)
    shown = (place >= 0) & ~np.isnan(value) & ~own["withheld"].to_numpy(dtype=bool)
    shown &= (own["enhet"] == "").to_numpy(dtype=bool)
    rows = own.loc[shown, [*_GROUP, "period", "at", "numerator", "denominator"]]
    group, groups = _groups(rows)
    period, periods = pd.factorize(rows["period"])
    kinds = np.array([_KINDS.index(parse_period(text).kind) for text in periods], dtype=np.int64)
    at = rows["at"].to_numpy(dtype=float)
    order = np.lexsort((at, kinds[period], group, place[shown]))
    return OwnValues(
        place=place[shown][order],
        group=group[order],
        period=period[order],
        kind=kinds[period][order],
        at=at[order],
        value=value[shown][order],
        hits=rows["numerator"].to_numpy(dtype=float)[order],
        people=rows["denominator"].to_numpy(dtype=float)[order],
        groups=groups,
        periods=tuple(str(each) for each in periods),
    )


def _groups(rows: pd.DataFrame) -> tuple[Places, tuple[Group, ...]]:
    """(rows,) which group each row is about, and the groups in order."""
    parts = [pd.factorize(rows[name], sort=True) for name in _GROUP]
    shape = tuple(max(len(texts), 1) for _, texts in parts)
    joined = np.ravel_multi_index(tuple(codes for codes, _ in parts), shape)
    seen, group = np.unique(joined, return_inverse=True)
    found = zip(*np.unravel_index(seen, shape), strict=True)
    names = [
        Group(*(str(texts[place]) for (_, texts), place in zip(parts, places, strict=True)))
        for places in found
    ]
    return group, tuple(names)


@dataclass(frozen=True, eq=False)
class OwnSeries:
    """Series of one indicator, group and kind of period, (series, periods), missing values last.

    Attributes
    ----------
    row : (series, periods) place of each value in `OwnValues`; -1 is padding.
    values : the published values.
    still : values less what all municipalities have changed; the same as ``values`` without others.
    indicator, kind : (series,) place of the indicator, and of the kind of period in PeriodKind.
    sigma, limit : (series,) usual noise and largest usual change (in sigma); NaN without others.
    chance : (series, periods) noise that counting alone gives, from numerators; 0 when unknown.
    """

    row: Places
    values: Floats
    still: Floats
    indicator: Places
    kind: Places
    sigma: Floats
    limit: Floats
    chance: Floats

    @property
    def n(self) -> Places:
        """(series,) values in each."""
        return np.asarray(np.sum(self.row >= 0, axis=1), dtype=np.int64)


def own_series(
    own: OwnValues,
    kept: Bools,
    *,
    indicators: tuple[Indicator, ...],
    kod: str,
    usual: "Usual",
) -> OwnSeries:
    """Line up the ``kept`` values, at least one, of the kommun ``kod``."""
    rows = np.flatnonzero(kept)
    key = np.stack([own.place[rows], own.group[rows], own.kind[rows]])
    new = np.append(True, (np.diff(key) != 0).any(axis=0))
    first = np.flatnonzero(new)
    number = np.cumsum(new) - 1
    column = np.arange(len(rows)) - first[number]
    shape = (len(first), int(column.max()) + 1)
    lined = np.full(shape, -1, dtype=np.int64)
    lined[number, column] = rows
    padding = lined < 0
    heads = rows[first]
    at = usual.cells(own, heads, indicators=indicators, kod=kod)
    drift = usual.drift(at, own.periods)[number, own.period[rows]]
    values = np.where(padding, np.nan, own.value[lined])
    still = values.copy()
    still[number, column] -= drift
    return OwnSeries(
        lined,
        values,
        still,
        own.place[heads],
        own.kind[heads],
        usual.sigma(at),
        usual.limit(at),
        np.where(padding, 0.0, _chance(own, indicators)[lined]),
    )


def _chance(own: OwnValues, indicators: tuple[Indicator, ...]) -> Floats:
    """Poisson noise of a rate, value / sqrt(hits), and of a plain count, sqrt(value)."""
    size = np.abs(own.value)
    counts = np.array([each.unit == "antal" and each.decimals == 0 for each in indicators])
    noise = np.where(np.isnan(own.hits), 0.0, size / np.sqrt(np.fmax(own.hits, 1)))
    return np.asarray(np.where(counts[own.place], np.sqrt(size), noise), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Cells:
    """(series,) places in the panel; ``known`` marks those where the others are enough."""

    row: Places
    group: Places
    column: int
    known: Bools


@dataclass(frozen=True, eq=False)
class Usual:
    """What the panel tells of how values change, since each indicator's last break."""

    panel: Panel
    change: UsualChange

    def cells(
        self, own: OwnValues, heads: Places, *, indicators: tuple[Indicator, ...], kod: str
    ) -> Cells:
        """Where the series that begin at ``heads`` stand."""
        row = self.panel.rows([indicators[place].id for place in own.place[heads]])
        places = [_WHOLE.index(each) if each in _WHOLE else -1 for each in own.groups]
        group = np.array(places, dtype=np.int64)[own.group[heads]]
        column = self.panel.columns((kod,))
        yearly = np.isin(own.kind[heads], [_KINDS.index(each) for each in _YEARLY])
        known = yearly & (row >= 0) & (group >= 0) & (len(column) > 0)
        known &= self._measured[row, group] > FEWEST_KOMMUNER
        return Cells(row, group, int(column[0]) if len(column) else -1, known)

    def drift(self, at: Cells, periods: tuple[str, ...]) -> Floats:
        """(series, periods) what all municipalities have changed; 0 where they are not known."""
        place = pd.Index(self.panel.periods).get_indexer(list(periods))
        found = self.change.drift[at.row, at.group][:, place]
        return np.where(at.known[:, None] & (place >= 0), found, 0.0)

    def sigma(self, at: Cells) -> Floats:
        return np.where(at.known, self.change.sigma[at.row, at.column, at.group], np.nan)

    def limit(self, at: Cells) -> Floats:
        """The kommun's own changes take no part, or a fault would hide itself."""
        largest = self.change.largest.swapaxes(1, 2)[at.row, at.group]
        largest[:, at.column] = np.nan
        others = np.sort(largest, axis=1)
        count = np.sum(~np.isnan(others), axis=1)
        last = np.ceil(UNUSUAL * np.maximum(count - 1, 0)).astype(np.int64)
        found = np.take_along_axis(others, last[:, None], axis=1)[:, 0]
        return np.where(at.known, found, np.nan)

    @cached_property
    def _measured(self) -> Places:
        return np.asarray(np.sum(~np.isnan(self.change.largest), axis=1), dtype=np.int64)


@lru_cache(maxsize=2)
def usual_in(panel: Panel, breaks: Breaks) -> Usual:
    """Worked out once for all kommuner that share the panel."""
    return Usual(panel, usual_change(without_broken(panel, breaks)))
