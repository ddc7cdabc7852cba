"""Yearly values of all municipalities as one block of numbers, so that tests can be vectorised."""

from dataclasses import dataclass
from functools import cached_property

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


def yearly_panel(values: pd.DataFrame) -> Panel:
    """The block of all yearly values for whole kommuner by sex.

    Parameters
    ----------
    values : rows of schema.VALUES for any number of kommuner.
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


def without_broken(panel: Panel, indicators: tuple[Indicator, ...]) -> Floats:
    """The block with all values before an indicator's last series break blanked."""
    block = panel.values.copy()
    for indicator, row in zip(indicators, panel.rows([i.id for i in indicators]), strict=True):
        if row >= 0 and indicator.breaks:
            start = max(parse_period(each.period).at for each in indicator.breaks)
            block[row, :, :, panel.at < start] = np.nan
    return block


def peer_group(kommun: Kommun, namnd_group: str) -> PeerGroup | None:
    """The nämnd's own peer group, else the one called "liknande", else none."""
    groups = {group.nyckel: group for group in kommun.peer_groups}
    return groups.get(namnd_group) or groups.get("liknande")
