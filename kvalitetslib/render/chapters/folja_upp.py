"""Följa upp: all indicators in a table, then a figure for each that has a finding or a goal."""

from collections.abc import Sequence
from dataclasses import replace

from kvalitetslib.context import ProcessChart
from kvalitetslib.model import Indicator, ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import finding_anchor, indicator_anchor, slug, topic_anchor
from kvalitetslib.render.cards import indicator_cards, latest_value, verdict_cell
from kvalitetslib.render.drawings import strip, timeline
from kvalitetslib.render.lookup import Lookup, estimate, point_at, series_of
from kvalitetslib.render.parts import Cell, Chapter, Figure, Table, chapter, table_of
from kvalitetslib.render.process_drawings import control, heading, method, process_table, signs
from kvalitetslib.render.said import Said, plain
from kvalitetslib.render.sentences.claims import cell_text, title, trend_word
from kvalitetslib.render.sentences.notes import (
    VERDICT_WORDS,
    breaks_note,
    freshness,
    question_name,
    source_line,
    unit_words,
)
from kvalitetslib.render.sentences.terms import DECIDED, is_weak_signal
from kvalitetslib.report import (
    Estimate,
    Evidence,
    IndicatorResult,
    Peers,
    Point,
    Question,
    Report,
    Verdict,
)

_HEADINGS = (
    Question.LEVEL,
    Question.ASSURANCE,
    Question.TREND,
    Question.CHANGE,
    Question.MOVE,
    Question.EFFECT,
)
"""Questions whose finding may be the title of an indicator's figure."""


def folja_upp(report: Report) -> Chapter:
    """The follow-up of every indicator."""
    look = Lookup(report)
    return chapter(
        "folja-upp",
        "Följa upp",
        "folja_upp.html.j2",
        heading=counted(report),
        has_goals=any(each.goal is not None for each in report.indicators),
        cards=indicator_cards(report.indicators, look, name="Alla indikatorer i korthet"),
        overview=overview(report.indicators, look, caption="Alla indikatorer")
        if report.indicators
        else None,
        figures=[_figure(each, look) for each in look.figured],
    )


def counted(report: Report) -> str:
    """How the indicators stand: ``Fyra av 16 indikatorer är sämre och två är bättre``."""
    held = [each.verdict for each in report.indicators]
    worse, better = held.count(Verdict.WORSE), held.count(Verdict.BETTER)
    if len(held) == 1:
        word = "sämre" if worse else "bättre" if better else "varken säkert bättre eller sämre"
        return f"Den enda indikatorn är {word}"
    many = f"{wording.number(len(held))} indikatorer"
    if not worse and not better:
        return f"Ingen av {many} är säkert bättre eller sämre"
    return (
        f"{wording.capital(wording.count(worse) if worse else 'ingen')} av {many} är sämre och "
        f"{wording.count(better) if better else 'ingen'} är bättre"
    )


def overview(results: Sequence[IndicatorResult], look: Lookup, *, caption: str) -> Table:
    """One row an indicator: verdict, latest value, reference, trend and age of the data."""
    head = ("Indikator", "Senaste värde", "Jämförs med", "Bedömning", "Trend", "Aktualitet")
    rows = tuple(_row(each, look) for each in results)
    return Table(caption, head, rows, numeric=frozenset({1, 2}), as_cards=True)


def _row(result: IndicatorResult, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = result.indicator
    level = look.one(indicator.id, Question.LEVEL)
    held = Cell("–")
    if level is not None and level.reference is not None:
        held = Cell(wording.of(level.reference.value, indicator), note=level.reference.label)
    anchor = look.figure(indicator.id)
    value, told = latest_value(result, level)
    return (
        Cell(indicator.title, href=f"#{anchor}" if anchor else ""),
        Cell(value, note=told),
        held,
        verdict_cell(result.verdict),
        trend_word(look.one(indicator.id, Question.TREND), indicator),
        freshness(result),
    )


def _figure(result: IndicatorResult, look: Lookup) -> Figure:
    if result.process is not None:
        return _process_figure(result, result.process, look)
    indicator, report = result.indicator, look.report
    evidence = _leading(result, look)
    said: str | Said = title(evidence, look) if evidence else indicator.title
    name = slug(indicator.id)
    charts = [timeline(result, report, id=f"tid-{name}", title=plain(said))]
    tables = [_series_table(result, report)]
    if result.peers is not None:
        charts.append(strip(result, report, result.peers, id=f"alla-{name}"))
        tables.append(_peers_table(result, result.peers, report))
    source = source_line(result, report, own_processing=False)
    if result.reference_series or result.peers:
        source += " Medianer och kvartiler är egen bearbetning."
    return Figure(
        anchor=indicator_anchor(indicator.id),
        title=said,
        subtitle=_subtitle(result),
        charts=tuple(charts),
        source=source,
        tables=tuple(tables),
        note=breaks_note(indicator),
        chips=(_held(result, look.one(indicator.id, Question.LEVEL)),),
        links=links_of(indicator.id, look),
    )


def _process_figure(result: IndicatorResult, process: ProcessChart, look: Lookup) -> Figure:
    """The control chart of an own series, with its two signs beside the verdict."""
    indicator = result.indicator
    evidence = _leading(result, look)
    is_told = evidence is not None and evidence.verdict in DECIDED
    said = title(evidence, look) if evidence and is_told else heading(result, process, look)
    change = look.one(indicator.id, Question.CHANGE)
    is_weak = change is not None and is_weak_signal(change)
    chart = control(result, process, look, id=f"tid-{slug(indicator.id)}", title=plain(said))
    held = _held(result, look.one(indicator.id, Question.LEVEL), name="målet")
    return Figure(
        anchor=indicator_anchor(indicator.id),
        title=said,
        subtitle=_subtitle(result),
        charts=(chart,),
        source=source_line(result, look.report, own_processing=False),
        tables=(process_table(result, process),),
        note=" ".join(part for part in (method(process), breaks_note(indicator)) if part),
        chips=(*([held] if result.goal is not None else []), *signs(process, is_weak=is_weak)),
        links=links_of(indicator.id, look),
    )


def _held(result: IndicatorResult, level: Evidence | None, *, name: str = "") -> Cell:
    """The verdict with what it is held against: ``Mot målet: sämre``."""
    verdict = verdict_cell(result.verdict)
    reference = level.reference if level is not None else None
    name = name or (reference.label if reference is not None else "")
    text = f"Mot {name}: {VERDICT_WORDS[result.verdict].lower()}"
    return replace(verdict, text=text) if name else verdict


def _leading(result: IndicatorResult, look: Lookup) -> Evidence | None:
    """The claim that the figure's title states: that of the heaviest finding, else the level."""
    claims = [
        (each, look.finding(each))
        for each in look.about(result.indicator.id)
        if each.question in _HEADINGS and each.group.is_total
    ]
    found = [(each, finding) for each, finding in claims if finding is not None]
    if found:
        return min(found, key=lambda pair: (-pair[1].score, pair[1].id))[0]
    return look.one(result.indicator.id, Question.LEVEL)


def _subtitle(result: IndicatorResult) -> str:
    """Title, unit, period and n of the latest value."""
    latest = estimate(result.latest)
    parts = [result.indicator.title, unit_words(result.indicator).lower()]
    if result.latest is not None:
        parts.append(f"senast {times.period(result.latest.period)}")
    if latest is not None and latest.n is not None:
        parts.append(f"n = {wording.number(latest.n)}".replace(" ", wording.NBSP))
    points = series_of(result)
    shown = sum(isinstance(each.cell, Estimate) for each in points.points) if points else 0
    noun = "mätning" if shown == 1 else "mätningar"
    parts.append(f"{wording.number(shown)}{wording.NBSP}{noun}")
    return " · ".join(parts)


def links_of(indicator: str, look: Lookup) -> tuple[Cell, ...]:
    """Back to the findings on the page and on to the evidence."""
    about = look.about(indicator)
    found = [(each, look.finding(each)) for each in about]
    shown = [(each, finding) for each, finding in found if finding is not None and finding.shown]
    quadrants = [finding.quadrant for _, finding in shown]
    kinds = [(each.question, finding.quadrant) for each, finding in shown]
    links = []
    for each, finding in shown:
        text = wording.capital(finding.quadrant)
        # Two findings of one kind are told apart by what they are about, or by whom.
        if kinds.count((each.question, finding.quadrant)) > 1:
            text += f" ({_whom(each, look)})"
        elif quadrants.count(finding.quadrant) > 1:
            name = question_name(each, is_asked=look.is_asked(each))
            text += f" ({wording.lower_first(name).rstrip('?')})"
        links.append(Cell(text, href=f"#{finding_anchor(finding.id)}"))
    if about:
        links.append(Cell("Alla belägg", href=f"#{topic_anchor(indicator)}"))
    return tuple(links)


def _whom(evidence: Evidence, look: Lookup) -> str:
    indicator = look.indicator(evidence.indicator)
    children = indicator is not None and indicator.concerns_children
    return wording.group_name(evidence.group, children=children, areas=look.report.areas)


def _series_table(result: IndicatorResult, report: Report) -> Table:
    series = series_of(result)
    points = series.points if series else ()
    has_interval = any(isinstance(p.cell, Estimate) and p.cell.low is not None for p in points)
    names = [label for label, _ in result.reference_series]
    head = [
        times.period_column(points[-1].period) if points else "Period",
        report.kommun_namn,
        *(["95\u00a0% konfidensintervall"] if has_interval else []),
        *names,
    ]
    rows = [_series_row(each, result, has_interval=has_interval) for each in points]
    return table_of(f"{result.indicator.title} över tid", head, rows)


def _series_row(point: Point, result: IndicatorResult, *, has_interval: bool) -> list[str]:
    indicator = result.indicator
    row = [times.short_period(point.period), cell_text(point.cell, indicator)]
    if has_interval:
        row.append(
            interval_text(point.cell if isinstance(point.cell, Estimate) else None, indicator)
        )
    for _, series in result.reference_series:
        other = next((each.cell for each in series if each.period == point.period), None)
        row.append(cell_text(other, indicator) if isinstance(other, Estimate) else "–")
    return row


def interval_text(cell: Estimate | None, indicator: Indicator) -> str:
    """``61,0 till 72,4 %``; a dash when there is no interval."""
    if cell is None or cell.low is None or cell.high is None:
        return "–"
    low = wording.number(cell.low, indicator.decimals)
    return f"{low} till {wording.of(cell.high, indicator)}"


def _peers_table(result: IndicatorResult, peers: Peers, report: Report) -> Table:
    indicator = result.indicator
    own = estimate(point_at(series_of(result), peers.period))
    rows = [[report.kommun_namn, wording.of(own.value, indicator) if own else "visas inte", "1"]]
    for each in peers.references:
        name = each.label
        if each.kind is ReferenceKind.BEST:
            name = f"bästa fjärdedelen av {each.label}"
        members = wording.number(each.members) if each.members else "–"
        rows.append([wording.capital(name), wording.of(each.value, indicator), members])
    if peers.values:
        rows.append(["Lägst av alla", wording.of(min(peers.values), indicator), "1"])
        rows.append(["Högst av alla", wording.of(max(peers.values), indicator), "1"])
    caption = f"Jämfört med andra, {times.period(peers.period)}"
    return table_of(caption, ("Vem", "Värde", "Kommuner"), rows)
