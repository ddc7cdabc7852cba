"""Kostnad och kvalitet: a four-field of changes, its numbers, and one sentence a service."""

from collections.abc import Sequence

from kvalitetslib.context import CostQuality, QualityPart
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Field, Place
from kvalitetslib.render.parts import Cell, Chapter, Figure, Table, chapter
from kvalitetslib.render.sentences.costs import (
    VERDICTS,
    cost_unit,
    headline,
    how_cost_was_counted,
    how_quality_was_counted,
    pair_sentence,
)
from kvalitetslib.render.sentences.notes import SYMBOLS
from kvalitetslib.report import Report

HELD_LIMIT = -1.0
"""Relevant differences above which the whole interval has to lie when a quality is held."""
NAMES = (
    "Högre kvalitet, lägre kostnad",
    "Högre kvalitet, högre kostnad",
    "Lägre kvalitet, lägre kostnad",
    "Lägre kvalitet, högre kostnad",
)


def kostnad_kvalitet(report: Report) -> Chapter:
    """The cost of each service beside its quality."""
    pairs = report.costs
    return chapter(
        "kostnad-kvalitet",
        "Kostnad och kvalitet",
        "kostnad_kvalitet.html.j2",
        sentences=_told(pairs),
        figure=_figure(pairs) if pairs else None,
        table=_table(pairs) if pairs else None,
        how=(how_quality_was_counted(), how_cost_was_counted(pairs)) if pairs else (),
    )


def _told(pairs: Sequence[CostQuality]) -> list[str]:
    """A sentence a service; none when the heading has said it all."""
    told = [pair_sentence(each) for each in pairs]
    return [] if told == [f"{headline(pairs)}."] else told


def _figure(pairs: Sequence[CostQuality]) -> Figure:
    sources = dict.fromkeys(each.source for each in pairs)
    return Figure(
        anchor="kostnad-kvalitet-falt",
        title=headline(pairs),
        subtitle=f"Ändring {_span(pairs)} · strecken är felmarginaler",
        charts=(_chart(pairs),),
        source=f"Källa: {'; '.join(sources)}.",
        tables=(),
        note="Kvaliteten är bibehållen när hela felmarginalen ligger över den streckade linjen, "
        f"{wording.number(HELD_LIMIT)}, och inget mått har försämrats.",
        more=tuple(_parts(each) for each in pairs),
        more_title="Visa måtten bakom varje tjänst",
    )


def _chart(pairs: Sequence[CostQuality]) -> Chart:
    places = [
        Place(
            each.name,
            each.cost,
            each.quality,
            low=each.cost_low,
            high=each.cost_high,
            y_low=each.quality_low,
            y_high=each.quality_high,
        )
        for each in pairs
    ]
    field = Field(
        "kostnad, procent",
        "kvalitet, relevanta skillnader",
        0.0,
        0.0,
        NAMES,
        fmts=(wording.plain, wording.plain),
        limit=HELD_LIMIT,
    )
    told = "; ".join(
        f"{each.name}: kvalitet {wording.signed(each.quality, 1)}, "
        f"kostnad {wording.signed(each.cost, 1)}{wording.NBSP}{cost_unit(each)}"
        for each in pairs
    )
    return charts.quadrants(
        places,
        field,
        id="kostnad-kvalitet-diagram",
        title="Kostnad och kvalitet",
        description=f"{told}.",
    )


def _table(pairs: Sequence[CostQuality]) -> Table:
    head = ("Tjänst", "Slutsats", "Kvalitet", "Kostnad", "Kostnad före och nu")
    return Table(
        "Hur kvalitet och kostnad har ändrats",
        head,
        tuple(_row(each) for each in pairs),
        numeric=frozenset({2, 3, 4}),
        as_cards=True,
        note="Kvalitet i relevanta skillnader. Inom parentes står felmarginalen.",
    )


def _row(pair: CostQuality) -> tuple[str | Cell, ...]:
    verdict = VERDICTS[pair.field]
    indicator = pair.cost_indicator
    before = wording.number(pair.cost_before, indicator.decimals)
    parts = wording.number(len(pair.parts)), wording.number(len(pair.quality_indicators))
    return (
        Cell(pair.name, note=f"{_span((pair,))}, {parts[0]} av {parts[1]} mått"),
        Cell(wording.capital(pair.field), sign=SYMBOLS[verdict], tone=verdict.name.lower()),
        Cell(wording.signed(pair.quality, 1), note=_margin(pair.quality_low, pair.quality_high)),
        Cell(
            f"{wording.signed(pair.cost, 1)}{wording.NBSP}{cost_unit(pair)}",
            note=_margin(pair.cost_low, pair.cost_high),
        ),
        Cell(f"{before} → {wording.of(pair.cost_now, indicator)}", note=_beside(pair)),
    )


def _margin(low: float, high: float) -> str:
    return f"({wording.number(low, 1)} till {wording.number(high, 1)})".replace(" ", wording.NBSP)


def _beside(pair: CostQuality) -> str:
    """The title of the cost measure, and how the peers' cost has changed."""
    title = pair.cost_indicator.title
    if pair.peers_cost is None:
        return title
    return f"{title}; {pair.peers} {wording.signed(pair.peers_cost, 1)}{wording.NBSP}%"


def _parts(pair: CostQuality) -> Table:
    head = ("Mått", "Före", "Nu", "Ändring", "95\u00a0% konfidensintervall")
    rows = tuple(_part(each) for each in pair.parts)
    return Table(
        f"{pair.name}: kvalitetens mått, ändring i relevanta skillnader",
        head,
        rows,
        numeric=frozenset({1, 2, 3, 4}),
    )


def _part(part: QualityPart) -> tuple[str | Cell, ...]:
    before, now = wording.pair(part.before, part.now, part.indicator)
    title: str | Cell = part.indicator.title
    if part.has_fallen:
        title = Cell(part.indicator.title, note="har försämrats")
    interval = f"{wording.number(part.low, 1)} till {wording.number(part.high, 1)}"
    return title, before, now, wording.signed(part.change, 1), interval


def _span(pairs: Sequence[CostQuality]) -> str:
    """``från 2021–2023 till 2024–2025``; when the pairs differ, where the years stand."""
    years = {(each.before, each.now) for each in pairs}
    if len(years) > 1:
        return "mellan åren i tabellen"
    ((before, now),) = years
    return f"från {_years(before)} till {_years(now)}"


def _years(span: tuple[str, str]) -> str:
    first, last = (times.short_period(each) for each in span)
    return first if first == last else f"{first}–{last}"
