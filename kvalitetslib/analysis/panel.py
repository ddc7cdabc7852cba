"""Yearly values of all municipalities as one block of numbers, so that tests can be vectorised."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.model import Indicator, Kommun, PeerGroup
from kvalitetslib.period import PeriodKind, parse_period

Floats = npt.NDArray[np.float64]
GENDERS = ("T", "K", "M")
_NO_YEAR = "1900"
_YEARLY = (PeriodKind.YEAR, PeriodKind.SCHOOL_YEAR)


@dataclass(frozen=True, eq=False)
class Panel:
    """``values`` has shape (indicators, kommuner, genders T K M, periods); NaN is not published."""

    indicators: tuple[str, ...]
    kommuner: tuple[str, ...]
    periods: tuple[str, ...]
    at: Floats
    values: Floats

    def rows(self, ids: list[str]) -> npt.NDArray[np.int64]:
        """Places of ``ids`` on the first axis; -1 for an indicator without any value."""
        return np.array([self._row.get(id, -1) for id in ids], dtype=np.int64)

    def columns(self, codes: tuple[str, ...]) -> npt.NDArray[np.int64]:
        """Places on the second axis of those ``codes`` that have values."""
        return np.array([self._column[c] for c in codes if c in self._column], dtype=np.int64)

    @cached_property
    def _row(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.indicators)}

    @cached_property
    def _column(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.kommuner)}


def shared_panel(values: pd.DataFrame) -> Panel:
    """`yearly_panel`, worked out once for all kommuner that read the same table."""
    return _panel_of(_Shared(values))


def with_protected(panel: Panel, kod: str, own: pd.DataFrame) -> Panel:
    """The panel without the cells of ``own`` (rows with ``withheld``) that may not be shown."""
    hidden = own[own["withheld"].to_numpy(dtype=bool)]
    if hidden.empty or kod not in panel.kommuner:
        return panel
    block = panel.values.copy()
    whole = hidden[(hidden["age"] == "") & (hidden["area"] == "") & (hidden["enhet"] == "")]
    genders, periods = pd.Index(GENDERS), pd.Index(panel.periods)
    rows = panel.rows(whole["indicator"].tolist())
    places = (genders.get_indexer(whole["gender"]), periods.get_indexer(whole["period"]))
    known = (rows >= 0) & (places[0] >= 0) & (places[1] >= 0)
    column = panel.columns((kod,))[0]
    block[rows[known], column, places[0][known], places[1][known]] = np.nan
    return replace(panel, values=block)


class _Shared:
    """A table by its identity: tables that many kommuner share are the same object."""

    def __init__(self, values: pd.DataFrame) -> None:
        self.values = values

    def __hash__(self) -> int:
        return id(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and self.values is other.values


@lru_cache(maxsize=2)
def _panel_of(shared: _Shared) -> Panel:
    return yearly_panel(shared.values)


def yearly_panel(values: pd.DataFrame) -> Panel:
    """The block of all yearly values for whole kommuner by sex.

    Parameters
    ----------
    values : rows of contracts.VALUES for any number of kommuner.
    """
    periods = {
        text: parse_period(text).at
        for text in values["period"].unique()
        if parse_period(text).kind in _YEARLY
    }
    # One blank year when there is none, so that every indicator has a place where it is missing.
    periods = periods or {_NO_YEAR: parse_period(_NO_YEAR).at}
    axis = sorted(periods, key=lambda text: (periods[text], text))
    at = np.array([periods[text] for text in axis], dtype=float)
    whole = (
        (values["age"] == "").to_numpy()
        & (values["area"] == "").to_numpy()
        & (values["enhet"] == "").to_numpy()
    )
    place = [
        _codes(values["indicator"]),
        _codes(values["kommun"]),
        (pd.Index(GENDERS).get_indexer(values["gender"]), pd.Index(GENDERS)),
        (pd.Index(axis).get_indexer(values["period"]), pd.Index(axis)),
    ]
    keep = whole & np.logical_and.reduce([codes >= 0 for codes, _ in place])
    block = np.full([len(names) for _, names in place], np.nan)
    block[tuple(codes[keep] for codes, _ in place)] = values["value"].to_numpy(dtype=float)[keep]
    return Panel(tuple(place[0][1]), tuple(place[1][1]), tuple(axis), at, block)


def _codes(column: pd.Series) -> tuple[npt.NDArray[np.int64], pd.Index]:
    codes, names = pd.factorize(column, sort=True)
    return codes, pd.Index(names)


def last_breaks(indicators: tuple[Indicator, ...]) -> tuple[tuple[str, float], ...]:
    """Id and time of the last series break of each indicator that has one."""
    return tuple(
        (each.id, max(parse_period(broken.period).at for broken in each.breaks))
        for each in indicators
        if each.breaks
    )


def without_broken(panel: Panel, breaks: tuple[tuple[str, float], ...]) -> Floats:
    """The block with all values before an indicator's last series break blanked."""
    block = panel.values.copy()
    for row, (_, start) in zip(panel.rows([id for id, _ in breaks]), breaks, strict=True):
        if row >= 0:
            block[row, :, :, panel.at < start] = np.nan
    return block


def peer_group(kommun: Kommun, namnd_group: str) -> PeerGroup | None:
    """The nämnd's own peer group, else the one called "liknande", else none."""
    groups = {group.nyckel: group for group in kommun.peer_groups}
    return groups.get(namnd_group) or groups.get("liknande")
