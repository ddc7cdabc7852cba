"""Choose kommun, nämnd, indicator, group and comparison, and see what the report says of them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kvalitetslib.batch.opening import data_folder, open_assessment, report_of
from kvalitetslib.batch.reading import chosen_kommuner
from kvalitetslib.render.explore import View, comparisons, group_names
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import kommun_keys

_NAMES = ("Kommun", "Nämnd", "Indikator", "Grupp", "Jämförelse")
_WIDE = {"width": "40rem"}


class Explorer:
    """Five lists to choose from, each filled by the choices before it, and the view they give."""

    def __init__(self, kommun: str, namnd: str, kvartal: str, data: Path) -> None:
        self._assessment = lru_cache(maxsize=4)(
            lambda nyckel: open_assessment(nyckel, kvartal, data=str(data))
        )
        self._report = lru_cache(maxsize=64)(
            lambda nyckel, namnd: report_of(self._assessment(nyckel), namnd)
        )
        self._lists = {name: widgets.Dropdown(description=name, layout=_WIDE) for name in _NAMES}
        self._shown = widgets.HTML()
        self._is_filling = False
        self._report(kommun, namnd)
        _fill(self._lists["Kommun"], [(each, each) for each in kommun_keys(data)], kommun)
        self._follow(1, namnd)
        for level, each in enumerate(self._lists.values(), start=1):
            each.observe(lambda _, level=level: self._follow(level), "value")

    def choose(self) -> widgets.VBox:
        """The lists, and below them what they give; it follows each new choice."""
        return widgets.VBox([*self._lists.values(), self._shown])

    def view(self) -> View:
        """What is chosen now."""
        _, _, indicator, group, comparison = self._chosen
        return View(self._current_report(), indicator, group, comparison)

    @property
    def _chosen(self) -> tuple[Any, ...]:
        return tuple(each.value for each in self._lists.values())

    def _current_report(self) -> Report:
        kommun, namnd, *_ = self._chosen
        return self._report(kommun, namnd)

    def _follow(self, level: int, wanted: str | None = None) -> None:
        """Fill the lists from ``level`` on again; a list that is being filled is not followed."""
        if self._is_filling:
            return
        self._is_filling = True
        try:
            for name in _NAMES[level:]:
                _fill(self._lists[name], self._options(name), wanted)
        finally:
            self._is_filling = False
        self._shown.value = self.view()._repr_html_()

    def _options(self, name: str) -> list[tuple[str, Any]]:
        kommun, _, indicator, *_ = self._chosen
        if name == "Nämnd":
            namnder = self._assessment(kommun).kommun.namnder
            return [(each.namn, each.nyckel) for each in namnder]
        report = self._current_report()
        if name == "Indikator":
            return [(each.indicator.title, each.indicator.id) for each in report.indicators]
        if name == "Grupp":
            return list(group_names(report, indicator).items())
        return [(each, each) for each in comparisons(report, indicator)]


def indicators(kommun: str, namnd: str, kvartal: str, *, data: str = "data") -> Explorer:
    """The lists with a kommun and a nämnd chosen (KvalitetError when one is unknown)."""
    folder = data_folder(data)
    (known,) = chosen_kommuner(folder, (kommun,))
    return Explorer(known, namnd, kvartal, folder)


def _fill(dropdown: widgets.Dropdown, options: list[tuple[str, Any]], wanted: str | None) -> None:
    """Give the list its options, with the wanted or else the first one chosen."""
    values = [value for _, value in options]
    dropdown.options = options
    dropdown.value = wanted if wanted in values else values[0]
