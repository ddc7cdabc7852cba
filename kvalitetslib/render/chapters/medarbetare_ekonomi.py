"""Medarbetare och ekonomi: the staff's engagement, and the money beside the quality."""

from collections.abc import Sequence

from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Perspective
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart
from kvalitetslib.render.drawings import HALF
from kvalitetslib.render.parts import Cell, Chapter, Figure, Table, chapter
from kvalitetslib.render.sentences import resources as said
from kvalitetslib.render.sentences.notes import OWN_SOURCE
from kvalitetslib.report import Report
from kvalitetslib.resources import EconomyLine, StaffIndex, Whose

MONEY = (Perspective.ECONOMY, Perspective.VOLUME)
"""What no quality is told by."""
_HEADINGS = {Whose.OWN: "Nämndens verksamhet", Whose.ALL: "Hela kommunen"}


def medarbetare_ekonomi(report: Report) -> Chapter:
    """HME with its margins, then the year's money."""
    return chapter(
        "medarbetare-ekonomi",
        "Medarbetare och ekonomi",
        "medarbetare_ekonomi.html.j2",
        staff=_staff(report.staff) if report.staff else None,
        economy=_economy(report) if report.economy else None,
    )


def _staff(indexes: Sequence[StaffIndex]) -> dict[str, object]:
    total = indexes[0]
    heading = said.staff_title(total)
    subtitle = f"{total.name}, {times.period(total.period)} · index 0–100"
    if total.earlier_period:
        subtitle += f" · ring: {times.wave(total.earlier_period)}"
    figure = Figure(
        anchor="hme",
        title=heading,
        subtitle=subtitle,
        charts=(_index_chart(indexes, title=heading),),
        source=f"Egen bearbetning av svar från {total.name}.",
        tables=(_index_table(indexes),),
    )
    return {"figure": figure, "change": said.staff_change(total), "how": said.HME_HOW}


def _index_chart(indexes: Sequence[StaffIndex], *, title: str) -> Chart:
    groups = [
        charts.Group(
            _HEADINGS[whose], tuple(_index_row(each) for each in indexes if each.whose is whose)
        )
        for whose in Whose
        if any(each.whose is whose for each in indexes)
    ]
    told = "; ".join(
        f"{said.PARTS[each.part]}, {each.whose.value}: {said.index_text(each.cell)}"
        for each in indexes
    )
    return charts.dotplot(
        groups, id="hme-index", title=title, description=f"{told}.", fmt=wording.plain, width=HALF
    )


def _index_row(index: StaffIndex) -> charts.Row:
    name = said.PARTS.get(index.part, wording.capital(index.part))
    cell = index.cell
    if not isinstance(cell, Estimate):
        return charts.Row(name, None, withheld=said.index_text(cell))
    before = index.earlier.value if isinstance(index.earlier, Estimate) else None
    n = wording.sample(cell.n) if cell.n is not None else ""
    text = said.index_text(cell)
    return charts.Row(name, cell.value, cell.low, cell.high, text=text, note=n, before=before)


def _index_table(indexes: Sequence[StaffIndex]) -> Table:
    head = ("Index", "Värde", "Mätningen före", "Förändring")
    rows = tuple(_index_cells(each) for each in indexes)
    return Table(
        "HME och dess delar",
        head,
        rows,
        numeric=frozenset({1, 2, 3}),
        as_cards=True,
        note="Inom parentes står 95\u00a0% konfidensintervall.",
    )


def _index_cells(index: StaffIndex) -> tuple[str | Cell, ...]:
    change, ends = said.change_text(index.change)
    name = said.PARTS.get(index.part, wording.capital(index.part))
    return (
        Cell(name, note=index.whose.value),
        _with_margin(said.index_text(index.cell), said.interval(index.cell)),
        _with_margin(said.index_text(index.earlier), said.interval(index.earlier)),
        _with_margin(change, ends),
    )


def _with_margin(text: str, margin: str) -> Cell:
    return Cell(text, note=f"({margin})" if margin else "")


def _economy(report: Report) -> dict[str, object]:
    whole = report.economy[-1]
    results = [each for each in report.indicators if each.indicator.perspective not in MONEY]
    return {
        "heading": said.forecast_title(whole),
        "so_far": said.so_far(whole),
        "table": _economy_table(report.economy),
        "spread": said.SPREAD if whole.is_spread else "",
        "quality": said.quality(results),
        "pairs": [said.field(each) for each in report.costs],
        "alone": said.ALONE,
        "source": f"Källa: {OWN_SOURCE}.",
    }


def _economy_table(lines: Sequence[EconomyLine]) -> Table:
    head = (
        "Verksamhet",
        "Budget hittills",
        "Utfall hittills",
        "Skillnad",
        "Årets budget",
        "Prognos",
        "Skillnad för året",
    )
    return Table(
        f"Ekonomi till och med {times.period(lines[-1].last)}, miljoner kronor",
        head,
        tuple(_economy_row(each, lines[-1].last) for each in lines),
        numeric=frozenset(range(1, len(head))),
        as_cards=True,
        note="Skillnad är budget minus utfall eller prognos. Minus är mer än budget.",
    )


def _economy_row(line: EconomyLine, last: str) -> tuple[str | Cell, ...]:
    left = line.year_left
    note = "" if line.last == last else f"till och med {times.period(line.last)}"
    return (
        Cell(line.verksamhet or "Hela nämnden", note=note),
        said.millions(line.budget),
        said.millions(line.outcome),
        wording.signed(line.left / said.MILLION, 1),
        said.millions(line.year_budget),
        "saknas" if line.forecast is None else said.millions(line.forecast),
        "–" if left is None else wording.signed(left / said.MILLION, 1),
    )
