"""From a survey's results to charts: answers, groups, change, drivers and who answered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from kvalitetslib.codebook import Measure
from kvalitetslib.estimate import Estimate, Withheld
from kvalitetslib.model import Indicator
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import (
    Answer,
    Chart,
    Field,
    Mark,
    Place,
    Role,
    Row,
    Slope,
    Tone,
    Wave,
)
from kvalitetslib.render.drawings import HALF
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.splits import Split, is_group
from kvalitetslib.report import Evidence
from kvalitetslib.survey_result import (
    Driver,
    DriverResult,
    ItemResult,
    SliceResult,
    SurveyResult,
)

DETRACTORS, PROMOTERS = 7, 9
"""The lowest answers on 0-10 that are not critics, and that are promoters (NPS)."""
ONE_COLUMN = 10
"""Most rows and headings that are drawn in one column."""
BAR_ROWS = 3
_ROLES = {"K": Role.WOMEN, "M": Role.MEN}


def answer_bar(item: ItemResult, *, id: str) -> Chart | None:
    """How the answers are spread; None when a share is withheld or there is none."""
    cells = [(each, each.share) for each in item.answers]
    if not cells or any(isinstance(share, Withheld) for _, share in cells):
        return None
    parts = [
        Answer(each.label, cell.value, surveys.share(cell.value), _tone(item, place))
        for place, (each, cell) in enumerate(cells)
        if isinstance(cell, Estimate)
    ]
    good = ""
    if item.item.measure is Measure.POSITIVE and isinstance(item.total, Estimate):
        good = f"positiva svar {wording.of(item.total.value, item.indicator)}"
    told = ", ".join(f"{each.label} {each.text}" for each in parts)
    return charts.shares(
        parts,
        id=id,
        title=f"Svaren på frågan: {item.item.text}",
        description=f"{told}.",
        good_text=good,
        width=HALF,
    )


def by_group(
    item: ItemResult, divided: Sequence[Split], found: Sequence[Evidence], *, id: str, title: str
) -> tuple[Chart, ...]:
    """Each group's estimate with its interval, in two charts with one scale when there are many."""
    groups = [
        charts.Group(
            split.label, tuple(_row(each, item, found, split.slices) for each in split.slices)
        )
        for split in divided
    ]
    spots = [v for each in groups for row in each.rows for v in (row.low, row.high, row.before)]
    bar = BAR_ROWS if item.answers else 0
    halves = [half for half in _halves(groups, bar) if half]
    return tuple(
        _groups_chart(half, item, spots, id=f"{id}-{place}", title=title)
        for place, half in enumerate(halves, 1)
    )


def _halves(groups: list[charts.Group], bar: int) -> tuple[list[charts.Group], list[charts.Group]]:
    """The groups in two columns; a bar of answers, as high as so many rows, is over the first."""
    total = sum(len(each.rows) + 1 for each in groups)
    if total <= ONE_COLUMN:
        return groups, []
    sizes = [sum(len(each.rows) + 1 for each in groups[: i + 1]) for i in range(len(groups))]
    first = min(range(len(groups)), key=lambda i: (abs(2 * (sizes[i] + bar) - total), i))
    return groups[: first + 1], groups[first + 1 :]


def _groups_chart(
    groups: list[charts.Group],
    item: ItemResult,
    span: Sequence[float | None],
    *,
    id: str,
    title: str,
) -> Chart:
    whole = item.total
    reference = None
    if isinstance(whole, Estimate):
        reference = Mark(whole.value, f"alla {wording.of(whole.value, item.indicator)}")
    told = "; ".join(f"{row.label} {row.withheld or row.text}" for g in groups for row in g.rows)
    return charts.dotplot(
        groups,
        id=id,
        title=title,
        description=f"{told}.",
        fmt=_format(item.indicator),
        reference=reference,
        span=span,
        width=HALF,
    )


def change(
    items: Sequence[ItemResult],
    survey: SurveyResult,
    moved: Mapping[str, str],
    *,
    id: str,
    title: str,
) -> Chart:
    """The two latest waves, question by question; all items share one measure.

    ``moved`` are the indicators whose change is found, with a word for it.
    """
    drawn, told = [], []
    for item in items:
        now, before = item.total, item.earlier
        if not isinstance(now, Estimate) or not isinstance(before, Estimate):
            continue
        word = moved.get(item.indicator.id, "")
        then, latest = (Wave(each.value, each.low, each.high) for each in (before, now))
        drawn.append(
            Slope(item.item.text.rstrip("."), then, latest, has_moved=bool(word), word=word)
        )
        ends = [wording.of(each.value, item.indicator) for each in (before, now)]
        told.append(f"”{item.item.text}” från {ends[0]} till {ends[1]}")
    names = times.period(survey.earlier_period), times.period(survey.period)
    return charts.slope(
        drawn,
        names,
        id=id,
        title=title,
        description=f"{names[0]} och {names[1]}. {'; '.join(told)}.",
        fmt=_format(items[0].indicator),
    )


def matrix(
    drivers: DriverResult, ranked: Sequence[Driver], own: frozenset[str], *, id: str
) -> Chart:
    """Importance against level; a point's number is its place among the drivers."""
    middle = sum(each.importance for each in ranked) / len(ranked)
    level = sum(each.level for each in ranked) / len(ranked)
    places = [
        Place(
            str(place),
            each.importance,
            each.level,
            Role.OWN if each.item in own else Role.PEERS,
            each.low,
            each.high,
        )
        for place, each in enumerate(ranked, 1)
    ]
    field = Field(
        "betydelse för helhetsbetyget",
        "bättre svar",
        middle,
        level,
        ("Lägre prioritet", "Vårda", "Bevaka", "Prioritera"),
    )
    told = "; ".join(f"{place} {each.quadrant}" for place, each in enumerate(ranked, 1))
    return charts.quadrants(
        places,
        field,
        id=id,
        title="Prioriteringsmatris",
        description=f"{wording.number(len(drivers.drivers))} frågor efter betydelse: {told}.",
    )


def _row(
    part: SliceResult, item: ItemResult, found: Sequence[Evidence], beside: Sequence[SliceResult]
) -> Row:
    label = part.slice.label
    if isinstance(part.cell, Withheld):
        return Row(label, None, withheld=f"visas inte, {surveys.WITHHELD[part.cell.reason]}")
    is_uncertain = part.cell.quality == "B"
    n = f"n{wording.NBSP}={wording.NBSP}{wording.number(part.n)}" if part.n is not None else ""
    codes = {each.slice.parts[0][1] for each in beside}
    is_found = any(is_group(part, each.group) for each in found)
    return Row(
        label,
        part.cell.value,
        part.cell.low,
        part.cell.high,
        text=wording.of(part.cell.value, item.indicator),
        note=", ".join(each for each in (n, "osäkert" if is_uncertain else "") if each),
        role=_ROLES.get(part.slice.parts[0][1], Role.OWN) if codes >= set(_ROLES) else Role.OWN,
        is_highlighted=is_found,
        before=part.earlier.value if isinstance(part.earlier, Estimate) else None,
        is_uncertain=is_uncertain,
    )


def _tone(item: ItemResult, place: int) -> Tone:
    if item.item.measure is Measure.NPS:
        if place < DETRACTORS:
            return Tone.BAD
        return Tone.GOOD if place >= PROMOTERS else Tone.PLAIN
    if item.item.measure is not Measure.POSITIVE:
        return Tone.PLAIN
    return Tone.GOOD if item.answers[place].positive else Tone.BAD


def _format(indicator: Indicator) -> Callable[[float], str]:
    return partial(_axis_number, indicator)


def _axis_number(indicator: Indicator, value: float) -> str:
    text = wording.plain(value, 1)
    return f"{text}{wording.NBSP}%" if wording.is_share(indicator.unit) else text
