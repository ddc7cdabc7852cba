"""One survey question looked at closely: estimates in any cut and wave, tests and drivers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from markupsafe import escape
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.render import times, wording
from kvalitetslib.render.explore import Text
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Table
from kvalitetslib.render.seaborn_style import OWN, TARGET, Drawing, canvas, drawn
from kvalitetslib.render.sentences.claims import cell_text, certainty, claim
from kvalitetslib.report import Report
from kvalitetslib.survey_result import Contrast, ItemResult, SliceResult, SurveyResult

WHOLE = "alla"
_NAMES = {"kon": "Kön", "alder": "Ålder", "omrade": "Område"}
_QUALITY = {"A": "säker", "B": "osäker", "": ""}
_HIDDEN = "visas inte, för få svar"


@dataclass(frozen=True)
class SurveyView:
    """What a survey says of one question, cut in one way, in the latest or the earlier wave."""

    report: Report
    survey: str
    item: str
    cut: str
    wave: str

    @cached_property
    def result(self) -> SurveyResult:
        return next(each for each in self.report.surveys if each.key == self.survey)

    @cached_property
    def question(self) -> ItemResult:
        return next(each for each in self.result.items if each.item.id == self.item)

    @property
    def title(self) -> str:
        """The question and the wave in words."""
        return f"{self.question.item.text} {times.period(self.wave).capitalize()}"

    def chart(self) -> Drawing:
        """Each group's value with its 95\u00a0% interval, and the value for all as a line."""
        shown = [(label, cell) for label, cell, _ in self._rows if isinstance(cell, Estimate)]
        total = self._of_wave(self.question.total, self.question.earlier)
        with canvas() as (figure, axes):
            places = np.arange(len(shown))[::-1]
            for place, (_, cell) in zip(places, shown, strict=True):
                low, high = _bounds(cell)
                axes.plot([low, high], [place, place], color=OWN, linewidth=2)
                axes.plot(cell.value, place, marker="o", color=OWN)
            if isinstance(total, Estimate):
                axes.axvline(total.value, color=TARGET, linestyle="--", linewidth=1)
            axes.set_yticks(places, [label for label, _ in shown])
            axes.set(xlabel=self.question.indicator.unit, ylabel="")
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: wording.plain(value)))
            figure.subplots_adjust(left=0.34, right=0.96)
            return drawn(figure, self._description(len(shown)))

    def estimates(self) -> Table:
        """Value, interval, number of answers and quality class of each group."""
        rows = tuple(
            (label, *_estimate_cells(cell, self.question)) for label, cell, _ in self._rows
        )
        head = ("Grupp", "Värde", "95\u00a0% intervall", "Svar", "Kvalitet")
        return Table(f"Skattningar: {self.title}", head, rows)

    def tests(self) -> Table:
        """Each group against the rest of those who answered, and all against the earlier wave."""
        rows = [
            (each.slice.label, *_contrast_cells(each.against_rest))
            for each in self._slices(single=True)
        ]
        if self.question.change is not None:
            rows.append(("alla mot förra mätningen", *_contrast_cells(self.question.change)))
        head = ("Jämförelse", "Skillnad", "95\u00a0% intervall", "p-värde, högst")
        return Table(f"Jämförelser: {self.question.item.text}", head, tuple(rows))

    def verdict(self) -> Text:
        """What the report says of the question, one sentence a claim."""
        look = Lookup(self.report)
        about = [self.report.evidence(id) for id in self.question.evidence]
        said = [f"{claim(each, look).text} {certainty(each)}." for each in about if each.rule]
        return Text(tuple(said) or ("Inget fynd gäller frågan.",))

    def drivers(self) -> Table | Text:
        """What goes with the overall grade."""
        found = self.result.drivers
        if found is None:
            return Text(("Enkäten har inget helhetsbetyg med drivande frågor.",))
        texts = {each.item.id: each.item.text for each in self.result.items}
        rows = tuple(
            (
                texts.get(each.item, each.item),
                f"{wording.plain(round(each.importance))} %",
                f"{wording.plain(round(each.low))}–{wording.plain(round(each.high))} %",
                wording.plain(round(each.level)),
                each.quadrant.value,
            )
            for each in sorted(found.drivers, key=lambda each: -each.importance)
        )
        share = wording.plain(round(100 * found.r2))
        caption = f"Samband med helhetsbetyget, {found.n} svar. Frågorna följer {share} % av det."
        return Table(caption, ("Fråga", "Betydelse", "95\u00a0% intervall", "Nivå", "Fält"), rows)

    def _repr_html_(self) -> str:
        parts = (
            self.chart().svg,
            *(
                each._repr_html_()
                for each in (self.verdict(), self.estimates(), self.tests(), self.drivers())
            ),
        )
        return f"<h3>{escape(self.title)}</h3>\n{''.join(parts)}"

    @property
    def _rows(self) -> list[tuple[str, Cell, int | None]]:
        total = self._of_wave(self.question.total, self.question.earlier)
        rows: list[tuple[str, Cell, int | None]] = [] if total is None else [(WHOLE, total, None)]
        for each in self._slices():
            cell = self._of_wave(each.cell, each.earlier)
            if cell is not None:
                rows.append((each.slice.label, cell, each.n))
        return rows

    def _slices(self, *, single: bool = False) -> list[SliceResult]:
        wanted = tuple(self.cut.split("×")) if self.cut != WHOLE else ()
        every = [*self.question.groups, *(() if single else self.question.crossings)]
        return [each for each in every if tuple(key for key, _ in each.slice.parts) == wanted]

    def _of_wave(self, now: Cell, earlier: Cell | None) -> Cell | None:
        return now if self.wave == self.result.period else earlier

    def _description(self, count: int) -> str:
        return f"Punktdiagram med intervall. {self.title} {count} grupper visas."


def cuts(question: ItemResult) -> dict[str, str]:
    """The ways a question can be cut, by name: each background, each crossing, not at all."""
    keys = dict.fromkeys(
        "×".join(key for key, _ in each.slice.parts)
        for each in (*question.groups, *question.crossings)
    )
    named = {
        " × ".join(_NAMES.get(key, key.capitalize()) for key in each.split("×")): each
        for each in keys
    }
    return named | {"Alla": WHOLE}


def waves(result: SurveyResult) -> dict[str, str]:
    """The latest wave and the one before it, by name."""
    periods = [each for each in (result.period, result.earlier_period) if each]
    return {times.period(each): each for each in periods}


def _estimate_cells(cell: Cell, question: ItemResult) -> tuple[str, str, str, str]:
    if not isinstance(cell, Estimate):
        return _HIDDEN, "", "", ""
    low, high = (wording.plain(each) for each in _bounds(cell))
    n = wording.plain(cell.n) if cell.n is not None else ""
    return cell_text(cell, question.indicator), f"{low}–{high}", n, _QUALITY[cell.quality]


def _contrast_cells(found: Contrast | None) -> tuple[str, str, str]:
    if found is None:
        return "prövas inte", "", ""
    low, high = (wording.signed(each, 0) for each in (found.low, found.high))
    return wording.signed(found.difference, 0), f"{low} till {high}", wording.probability(found.p)


def _bounds(cell: Estimate) -> tuple[float, float]:
    return (
        cell.value if cell.low is None else cell.low,
        cell.value if cell.high is None else cell.high,
    )
