"""Choose from lists that follow each other, and see what the report says of the choice."""

from abc import ABC, abstractmethod
from functools import lru_cache
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from markupsafe import escape

from kvalitetslib.batch.opening import data_folder, open_assessment, report_of
from kvalitetslib.batch.reading import chosen_kommuner
from kvalitetslib.errors import ConfigError
from kvalitetslib.render.explore import View, comparisons, group_names
from kvalitetslib.render.explore_survey import SurveyView, cuts, waves
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import kommun_keys

_WIDE = {"width": "40rem"}
_Options = list[tuple[str, Any]]


class Explorer(ABC):
    """Lists to choose from, each filled by the choices before it, and the view they give.

    The first two are kommun and nämnd; a subclass names the rest and says what they hold.
    """

    names: tuple[str, ...] = ("Kommun", "Nämnd")

    def __init__(self, kommun: str, namnd: str, kvartal: str, data: Path) -> None:
        self._assessment = lru_cache(maxsize=4)(
            lambda nyckel: open_assessment(nyckel, kvartal, data=str(data))
        )
        self._report = lru_cache(maxsize=64)(
            lambda nyckel, namnd: report_of(self._assessment(nyckel), namnd)
        )
        self._lists = {
            name: widgets.Dropdown(description=name, layout=_WIDE) for name in self.names
        }
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

    @abstractmethod
    def view(self) -> View | SurveyView:
        """What is chosen now."""

    def _html(self) -> str:
        try:
            return self.view()._repr_html_()
        except ConfigError as error:
            return f"<p>{escape(str(error))}</p>"

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
            for name in self.names[level:]:
                _fill(self._lists[name], self._options(name), wanted)
        finally:
            self._is_filling = False
        self._shown.value = self._html()

    def _options(self, name: str) -> _Options:
        namnder = self._assessment(self._chosen[0]).kommun.namnder
        return [(each.namn, each.nyckel) for each in namnder]


class IndicatorExplorer(Explorer):
    """Kommun, nämnd, indicator, group and comparison."""

    names = (*Explorer.names, "Indikator", "Grupp", "Jämförelse")

    def view(self) -> View:
        """What is chosen now."""
        _, _, indicator, group, comparison = self._chosen
        return View(self._current_report(), indicator, group, comparison)

    def _options(self, name: str) -> _Options:
        if name not in self.names[2:]:
            return super()._options(name)
        report, indicator = self._current_report(), self._chosen[2]
        if name == "Indikator":
            return [(each.indicator.title, each.indicator.id) for each in report.indicators]
        if name == "Grupp":
            return list(group_names(report, indicator).items())
        return [(each, each) for each in comparisons(report, indicator)]


class SurveyExplorer(Explorer):
    """Kommun, nämnd, survey, question, cut and wave."""

    names = (*Explorer.names, "Enkät", "Fråga", "Uppdelning", "Mätning")

    def view(self) -> SurveyView:
        """What is chosen now (KvalitetError when the nämnd has no survey)."""
        _, namnd, survey, item, cut, wave = self._chosen
        if survey is None:
            raise ConfigError(f"Nämnden {namnd} har ingen enkät. Välj en annan nämnd.")
        return SurveyView(self._current_report(), survey, item, cut, wave)

    def _options(self, name: str) -> _Options:
        if name not in self.names[2:]:
            return super()._options(name)
        surveys = self._current_report().surveys
        if name == "Enkät":
            return [(each.name, each.key) for each in surveys]
        result = next((each for each in surveys if each.key == self._chosen[2]), None)
        if result is None:
            return []
        if name == "Fråga":
            return [(each.item.text, each.item.id) for each in result.items]
        question = next(each for each in result.items if each.item.id == self._chosen[3])
        return list((cuts(question) if name == "Uppdelning" else waves(result)).items())


def indicators(kommun: str, namnd: str, kvartal: str, *, data: str = "data") -> IndicatorExplorer:
    """Indicators, with a kommun and a nämnd chosen (KvalitetError when one is unknown)."""
    folder = data_folder(data)
    (known,) = chosen_kommuner(folder, (kommun,))
    return IndicatorExplorer(known, namnd, kvartal, folder)


def surveys(kommun: str, namnd: str, kvartal: str, *, data: str = "data") -> SurveyExplorer:
    """Surveys, with a kommun and a nämnd chosen (KvalitetError when one is unknown)."""
    folder = data_folder(data)
    (known,) = chosen_kommuner(folder, (kommun,))
    return SurveyExplorer(known, namnd, kvartal, folder)


def _fill(dropdown: widgets.Dropdown, options: list[tuple[str, Any]], wanted: str | None) -> None:
    """Give the list its options, with the wanted or else the first one chosen."""
    values = [value for _, value in options]
    dropdown.options = options
    dropdown.value = wanted if wanted in values else next(iter(values), None)
