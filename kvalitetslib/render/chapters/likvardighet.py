"""Likvärdighet: women and men, ages and areas, side by side."""

from collections.abc import Sequence

from kvalitetslib.model import Group
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor, slug
from kvalitetslib.render.area_drawings import READING, READING_FOUND, area_tiles
from kvalitetslib.render.group_drawings import dotplot, gap
from kvalitetslib.render.lookup import Lookup, estimate, point_at, series_of
from kvalitetslib.render.parts import Cell, Chapter, Figure, Table, chapter, table_of
from kvalitetslib.render.said import Said, plain
from kvalitetslib.render.sentences.claims import cell_text, people, sure, title
from kvalitetslib.render.sentences.gaps import among, untested
from kvalitetslib.render.sentences.notes import source_line, unit_words
from kvalitetslib.report import (
    Estimate,
    Evidence,
    IndicatorResult,
    Question,
    Report,
    Verdict,
)

GAP_WORDS = {
    Verdict.BETTER: "skillnad",
    Verdict.WORSE: "skillnad",
    Verdict.LEVEL: "ingen relevant skillnad",
    Verdict.UNDECIDED: "kan inte avgöras",
    Verdict.NOT_JUDGED: "bedöms inte",
}
DIRECTION_WORDS = {
    Verdict.BETTER: "krymper",
    Verdict.WORSE: "växer",
    Verdict.LEVEL: "består",
    Verdict.UNDECIDED: "kan inte avgöras",
    Verdict.NOT_JUDGED: "bedöms inte",
}


IN_PARENTHESES = "Inom parentes står skillnadens 95\u00a0% konfidensintervall."
INTERVALS = " · streck visar 95\u00a0% konfidensintervall"
DIRECTION_CHIPS = {
    Verdict.BETTER: ("↘", "Skillnaden krymper"),
    Verdict.WORSE: ("↗", "Skillnaden växer"),
    Verdict.LEVEL: ("→", "Skillnaden består"),
    Verdict.UNDECIDED: ("?", "Riktningen kan inte avgöras"),
    Verdict.NOT_JUDGED: ("–", "För få värden för en riktning"),
}


def likvardighet(report: Report) -> Chapter:
    """Who the service reaches, and whether the differences grow or shrink."""
    look = Lookup(report)
    split = [each for each in report.indicators if _has_both(each)]
    unsplit = [each.indicator.title for each in report.indicators if not _has_both(each)]
    broken_down = [each for each in report.indicators if each.breakdown]
    parts = [_parts_figure(each, look) for each in broken_down]
    return chapter(
        "likvardighet",
        "Likvärdighet",
        "likvardighet.html.j2",
        table=_table(split, look) if split else None,
        gaps=[figure for each in split if (figure := _gap_figure(each, look)) is not None],
        parts=parts,
        mapped=any(each.is_wide for each in parts),
        unsplit=sorted(unsplit, key=wording.collation),
        has_indicators=bool(report.indicators),
    )


def _has_both(result: IndicatorResult) -> bool:
    """Whether there is a series for women and one for men, withheld or not."""
    return series_of(result, "K") is not None and series_of(result, "M") is not None


def _table(results: list[IndicatorResult], look: Lookup) -> Table:
    head = ("Indikator", "Kvinnor, flickor", "Män, pojkar", "Skillnad", "Bedömning", "Riktning")
    rows = tuple(_row(each, look) for each in results)
    return Table("Kvinnor och män", head, rows, numeric=frozenset({1, 2, 3}), as_cards=True)


def _row(result: IndicatorResult, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = result.indicator
    held = look.one(indicator.id, Question.GAP)
    period = held.period if held else (result.latest.period if result.latest else "")
    women, men = (point_at(series_of(result, gender), period) for gender in ("K", "M"))
    pair = estimate(women), estimate(men)
    size = "–"
    if pair[0] is not None and pair[1] is not None:
        size = wording.distance(pair[0].value - pair[1].value, indicator.unit, indicator.decimals)
    has_figure = held is not None and _is_found(held)
    return (
        Cell(
            indicator.title,
            href=f"#gap-{slug(indicator.id)}" if has_figure else "",
            note=times.period(period) if period else "",
        ),
        cell_text(women.cell if women else None, indicator),
        cell_text(men.cell if men else None, indicator),
        size,
        _gap_cell(held),
        _direction(look.one(indicator.id, Question.GAP_TREND)),
    )


def _is_found(evidence: Evidence) -> bool:
    return evidence.verdict in (Verdict.BETTER, Verdict.WORSE)


def _gap_cell(evidence: Evidence | None) -> Cell:
    if evidence is None:
        return Cell("inte prövad")
    word = GAP_WORDS[evidence.verdict]
    if not _is_found(evidence):
        return Cell(word)
    return Cell(f"{sure(evidence)} {word}", sign="◆", tone="worse")


def _direction(evidence: Evidence | None) -> str:
    return DIRECTION_WORDS[evidence.verdict] if evidence is not None else "för få värden"


def _gap_figure(result: IndicatorResult, look: Lookup) -> Figure | None:
    """Women and men over time, for the indicators where a gap has been found."""
    held = look.one(result.indicator.id, Question.GAP)
    if held is None or not _is_found(held):
        return None
    name = slug(result.indicator.id)
    heading = title(held, look)
    chart = gap(result, id=f"kon-{name}", title=heading.text, held=held)
    if chart is None:
        return None
    return Figure(
        anchor=f"gap-{name}",
        title=heading,
        subtitle=f"{result.indicator.title} · {unit_words(result.indicator).lower()}, "
        f"skillnad i {wording.counted_in(result.indicator.unit)} · "
        f"senast {times.period(held.period)}",
        charts=(chart,),
        source=source_line(result, look.report, own_processing=True),
        tables=(_gap_table(result),),
        chips=(_heading_for(look.one(result.indicator.id, Question.GAP_TREND)),),
        note=IN_PARENTHESES if "(" in chart.svg.partition("</desc>")[2] else "",
        links=_back(held, look),
    )


def _heading_for(evidence: Evidence | None) -> Cell:
    """Where the difference is going, beside the chart of it."""
    verdict = evidence.verdict if evidence is not None else Verdict.NOT_JUDGED
    sign, text = DIRECTION_CHIPS[verdict]
    return Cell(text, sign=sign, tone=verdict.name.lower())


def _gap_table(result: IndicatorResult) -> Table:
    indicator = result.indicator
    women, men = series_of(result, "K"), series_of(result, "M")
    rows = []
    for point in women.points if women else ():
        other = point_at(men, point.period)
        rows.append(
            [
                times.short_period(point.period),
                cell_text(point.cell, indicator),
                cell_text(other.cell if other else None, indicator),
                _size(point.cell, other.cell if other else None, result),
            ]
        )
    names = [wording.capital(each) for each in people(indicator)]
    return table_of(f"{indicator.title} efter kön", ["Period", *names, "Skillnad"], rows)


def _size(first: object, second: object, result: IndicatorResult) -> str:
    if not isinstance(first, Estimate) or not isinstance(second, Estimate):
        return "–"
    indicator = result.indicator
    return wording.distance(first.value - second.value, indicator.unit, indicator.decimals)


def _parts_figure(result: IndicatorResult, look: Lookup) -> Figure:
    """Ages and areas at their latest period; withheld ones in words."""
    indicator, name = result.indicator, slug(result.indicator.id)
    tested = [
        each
        for each in look.about(indicator.id)
        if each.question is Question.GAP and (each.group.age or each.group.area)
    ]
    found = [each for each in tested if _is_found(each)]
    heaviest = min(found, key=lambda each: (_score(each, look), each.id), default=None)
    heading: str | Said = untested(result.breakdown, indicator)
    if heaviest is not None:
        heading = title(heaviest, look)
    elif tested:
        heading = among(tested, indicator)
    map_ = area_tiles(result, look.report, found, id=f"karta-{name}", title=plain(heading))
    chart, rows = dotplot(result, look.report, found, id=f"delar-{name}", title=plain(heading))
    periods = [each.points[-1].period for each in result.breakdown if each.points]
    latest = max(periods, key=lambda text: (len(text), text), default="")
    has_intervals = any(
        isinstance(cell := each.points[-1].cell, Estimate) and cell.low is not None
        for each in result.breakdown
        if each.points
    )
    table = table_of(f"{indicator.title} efter grupp", ("Grupp", "Värde", "n"), rows)
    return Figure(
        anchor=f"grupper-{name}",
        title=heading,
        subtitle=f"{indicator.title} · {unit_words(indicator).lower()} · {times.period(latest)}"
        f"{INTERVALS if has_intervals else ''}",
        charts=(chart, *((map_,) if map_ is not None else ())),
        source=source_line(result, look.report, own_processing=True),
        tables=(table,),
        note=_map_note(map_ is not None, found),
        is_wide=map_ is not None,
        links=_back(heaviest, look) if heaviest else (),
    )


def _map_note(is_drawn: bool, found: Sequence[Evidence]) -> str:
    """How the map is read; nothing when there is none."""
    if not is_drawn:
        return ""
    differs = any(each.group == Group(area=each.group.area) for each in found)
    return f"{READING}{READING_FOUND if differs else ''}".strip()


def _score(evidence: Evidence, look: Lookup) -> float:
    finding = look.finding(evidence)
    return -finding.score if finding else 0.0


def _back(evidence: Evidence, look: Lookup) -> tuple[Cell, ...]:
    finding = look.finding(evidence)
    links = [Cell(f"Belägg {evidence.id}", href=f"#{evidence_anchor(evidence.id)}")]
    if finding is not None and finding.shown:
        links.insert(
            0, Cell(wording.capital(finding.quadrant), href=f"#{finding_anchor(finding.id)}")
        )
    return tuple(links)
