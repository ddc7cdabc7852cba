"""Bilaga A: the values of all indicators, in one table for each kind of period."""

from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.render import times, wording
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences.notes import unit_words
from kvalitetslib.report import Estimate, IndicatorResult, Report, Series, Withheld

MOST_PERIODS = {PeriodKind.MONTH: 6, PeriodKind.QUARTER: 6}
MOST_YEARS = 6
_NAMES = {
    PeriodKind.YEAR: "Årsvärden",
    PeriodKind.SCHOOL_YEAR: "Läsårsvärden",
    PeriodKind.QUARTER: "Kvartalsvärden",
    PeriodKind.MONTH: "Månadsvärden",
}
_NONE = "–"


def tables(report: Report) -> Chapter:
    """The latest values for all, women and men; longer series stand with each figure."""
    by_kind = {kind: _of_kind(report, kind) for kind in PeriodKind}
    return chapter(
        "tabeller",
        "Bilaga A. Tabeller",
        "tables.html.j2",
        tables=[_table(kind, results) for kind, results in by_kind.items() if results],
    )


def _of_kind(report: Report, kind: PeriodKind) -> list[IndicatorResult]:
    return [
        each
        for each in report.indicators
        if each.latest is not None and parse_period(each.latest.period).kind is kind
    ]


def _table(kind: PeriodKind, results: list[IndicatorResult]) -> Table:
    known = {
        point.period
        for result in results
        for series in result.series
        for point in series.points
        if parse_period(point.period).kind is kind
    }
    periods = sorted(known)[-MOST_PERIODS.get(kind, MOST_YEARS) :]
    rows = tuple(_row(result, series, periods) for result in results for series in result.series)
    head = ("Indikator", "Grupp", *(times.short_period(each) for each in periods))
    return Table(_NAMES[kind], head, rows, numeric=frozenset(range(2, len(head))))


def _row(result: IndicatorResult, series: Series, periods: list[str]) -> tuple[str | Cell, ...]:
    indicator = result.indicator
    cells = {each.period: each.cell for each in series.points}
    group = wording.gender_name(series.group.gender, children=indicator.concerns_children)
    return (
        Cell(indicator.title, note=unit_words(indicator)),
        group,
        *(_value(cells.get(each), indicator.decimals) for each in periods),
    )


def _value(cell: Estimate | Withheld | None, decimals: int) -> str:
    if isinstance(cell, Withheld):
        return "visas inte"
    return _NONE if cell is None else wording.number(cell.value, decimals)
