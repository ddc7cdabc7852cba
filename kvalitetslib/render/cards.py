"""All indicators of a nämnd at a glance: one small card each, with its course and its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor
from kvalitetslib.render.charts.canvas import Chart
from kvalitetslib.render.drawings import LONGEST_UNIT, spark
from kvalitetslib.render.lookup import Lookup, estimate, series_of
from kvalitetslib.render.parts import Cell, render
from kvalitetslib.render.sentences.claims import cell_text
from kvalitetslib.render.sentences.notes import SYMBOLS, VERDICT_WORDS
from kvalitetslib.render.sentences.reasons import is_yearly_mean
from kvalitetslib.report import Evidence, IndicatorResult, Question, Verdict


@dataclass(frozen=True)
class IndicatorCard:
    """One indicator: its name, its course, its latest value and how that stands."""

    title: Cell
    spark: Chart | None
    span: str
    value: str
    period: str
    verdict: Cell
    against: str


@dataclass(frozen=True)
class Cards:
    """Small multiples as a list, which is a grid where there is room."""

    name: str
    cards: tuple[IndicatorCard, ...]

    def __html__(self) -> str:
        return render("cards.html.j2", cards=self)

    def _repr_html_(self) -> str:
        return self.__html__()


def indicator_cards(results: Sequence[IndicatorResult], look: Lookup, *, name: str) -> Cards:
    """A card for each indicator, in the order of the nämnd."""
    return Cards(name, tuple(_card(each, look) for each in results))


def verdict_cell(verdict: Verdict) -> Cell:
    """The verdict in words with its sign."""
    return Cell(VERDICT_WORDS[verdict], sign=SYMBOLS[verdict], tone=verdict.name.lower())


def latest_value(result: IndicatorResult, level: Evidence | None) -> tuple[str, str]:
    """The value that the verdict is about, and its period: of months, the mean of twelve."""
    if result.latest is None:
        return cell_text(None, result.indicator), ""
    told = times.period(result.latest.period)
    if level is not None and is_yearly_mean(level):
        return (
            cell_text(level.cell, result.indicator),
            f"medel för tolv månader till {told}",
        )
    return cell_text(result.latest.cell, result.indicator), told


def _card(result: IndicatorResult, look: Lookup) -> IndicatorCard:
    indicator = result.indicator
    level = look.one(indicator.id, Question.LEVEL)
    value, period = _short_value(*latest_value(result, level), result)
    held = level.reference if level is not None else None
    return IndicatorCard(
        title=Cell(indicator.title, href=_door(result, look)),
        spark=spark(result),
        span=_span(result),
        value=value,
        period=period,
        verdict=verdict_cell(result.verdict),
        against=f"{wording.capital(held.label)}: {wording.of(held.value, indicator)}"
        if held
        else "",
    )


def _short_value(text: str, period: str, result: IndicatorResult) -> tuple[str, str]:
    """A long unit moves from the value to the small words under it."""
    unit = wording.unit_text(result.indicator.unit).removeprefix("antal ")
    bare = text.removesuffix(f"{wording.NBSP}{unit}").removesuffix(f" {unit}")
    if len(unit) < LONGEST_UNIT or bare == text:
        return text, period
    return bare, f"{unit}, {period}"


def _door(result: IndicatorResult, look: Lookup) -> str:
    """To the figure of the indicator, or else to its evidence."""
    anchor = look.figure(result.indicator.id)
    if anchor:
        return f"#{anchor}"
    first = next(iter(look.about(result.indicator.id)), None)
    return f"#{evidence_anchor(first.id)}" if first is not None else ""


def _span(result: IndicatorResult) -> str:
    """``2014–2025``: the periods that the line goes through."""
    series = series_of(result)
    shown = [each for each in series.points if estimate(each)] if series is not None else []
    if len(shown) < 2:
        return ""
    return f"{times.short_period(shown[0].period)}–{times.short_period(shown[-1].period)}"
