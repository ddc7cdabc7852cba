"""Values of two reports held against each other: newer, revised, taken away or as they were.

A number is told only when both reports show it. A cell that one of them withholds is counted.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.model import Group
from kvalitetslib.report import (
    Cell,
    Estimate,
    Evidence,
    Freshness,
    IndicatorResult,
    Question,
    Report,
    Withheld,
    WithheldReason,
)

_Place = tuple[Group, str]
_SEXES = ("K", "M")


def value_news(now: IndicatorResult, before: IndicatorResult) -> Iterator[NewsItem]:
    """What has happened to an indicator's values; one line at least."""
    item = NewsItem(
        NewsKind.UNCHANGED,
        NewsAbout.INDICATOR,
        key=now.indicator.id,
        name=now.indicator.title,
        indicator=now.indicator.id,
        period_before=before.latest.period if before.latest is not None else "",
        period=now.latest.period if now.latest is not None else "",
        next_publication=now.next_publication,
    )
    told = [*_ended(item, now, before), *_changed(item, now, before)]
    if now.latest is not None and item.period != item.period_before:
        told.insert(0, replace(item, kind=NewsKind.VALUES))
    yield from told or [item]


def is_withheld(result: IndicatorResult, evidence: Evidence) -> bool:
    """Whether a value that the evidence rested on is withheld now. A gap rests on both sexes."""
    groups = {evidence.group}
    if evidence.question in (Question.GAP, Question.GAP_TREND):
        groups |= {replace(evidence.group, gender=each) for each in ("T", *_SEXES)}
    cells = _cells(result)
    return any(_is_small(cells.get((group, evidence.period))) for group in groups)


def survey_keys(report: Report) -> frozenset[str]:
    """The surveys of a report, also those that came as finished tables."""
    return frozenset(
        [each.key for each in report.surveys] + [each.key for each in report.published]
    )


def _ended(item: NewsItem, now: IndicatorResult, before: IndicatorResult) -> Iterator[NewsItem]:
    if now.freshness is Freshness.ENDED and before.freshness is not Freshness.ENDED:
        yield replace(item, kind=NewsKind.GONE, reason=NewsReason.ENDED)


def _changed(item: NewsItem, now: IndicatorResult, before: IndicatorResult) -> Iterator[NewsItem]:
    cells, shown = _cells(now), _cells(before)
    known = {place: cell for place, cell in shown.items() if isinstance(cell, Estimate)}
    hidden = [place for place in known if _is_small(cells.get(place))]
    lost = [
        place
        for place in known
        if place not in hidden and not isinstance(cells.get(place), Estimate)
    ]
    revised = [place for place in known if _differs(known[place], cells.get(place))]
    if revised:
        yield _revised(item, revised, known, cells)
    if lost:
        yield replace(
            item, kind=NewsKind.REVISED, reason=NewsReason.REMOVED, count=len(lost), period=""
        )
    if hidden:
        yield replace(
            item, kind=NewsKind.GONE, reason=NewsReason.WITHHELD, count=len(hidden), period=""
        )


def _revised(
    item: NewsItem,
    places: list[_Place],
    shown: dict[_Place, Estimate],
    cells: dict[_Place, Cell],
) -> NewsItem:
    """The newest revised value, that of all before that of a group, and how many there are."""
    newest = max(places, key=lambda place: (place[0].is_total, place[1], place[0]))
    now = cells[newest]
    return replace(
        item,
        kind=NewsKind.REVISED,
        group=newest[0],
        period=newest[1],
        period_before=newest[1],
        before=shown[newest].value,
        now=now.value if isinstance(now, Estimate) else None,
        count=len(places),
    )


def _cells(result: IndicatorResult) -> dict[_Place, Cell]:
    return {
        (series.group, point.period): point.cell
        for series in (*result.series, *result.breakdown)
        for point in series.points
    }


def _differs(before: Estimate, now: Cell | None) -> bool:
    return isinstance(now, Estimate) and not math.isclose(before.value, now.value, rel_tol=1e-9)


def _is_small(cell: Cell | None) -> bool:
    return isinstance(cell, Withheld) and cell.reason is WithheldReason.SMALL_GROUP
