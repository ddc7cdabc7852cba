"""Nytt sedan förra rapporten: what is new, turned, gone, revised or unchanged. Nothing vanishes."""

from dataclasses import dataclass

from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.render import times
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.news import (
    NO_EARLIER,
    UNREAD,
    named,
    overview,
    remark,
    unchanged,
)
from kvalitetslib.report import Report

CASES = "Fel som har öppnats, stängts eller säkrats"
GONE = "Det som är borta eller väger mindre nu"
_VALUES = (NewsKind.VALUES, NewsKind.REVISED)


@dataclass(frozen=True)
class _Line:
    """One line: what it is about, perhaps a claim that leads to its evidence, and what happened."""

    what: Cell
    remark: str


@dataclass(frozen=True)
class _Part:
    name: str
    lines: tuple[_Line, ...]


def nytt(report: Report) -> Chapter:
    """The news in groups; what stands beyond the shown findings is folded."""
    look = Lookup(report)
    told = [each for each in report.news if each.kind is not NewsKind.UNCHANGED]
    shown = [each for each in told if each.shown]
    still = tuple(each for each in report.news if each.kind is NewsKind.UNCHANGED)
    return chapter(
        "nytt",
        "Nytt sedan förra rapporten",
        "nytt.html.j2",
        empty=UNREAD if report.earlier_unread else "" if report.earlier else NO_EARLIER,
        since=f"Jämfört med rapporten för {times.period(report.earlier)}.",
        overview=overview(look),
        parts=_parts(shown, look),
        folded=_parts([each for each in told if not each.shown], look),
        more=len(told) - len(shown),
        unchanged=unchanged(still) if still else "",
        still=[_line(each, look) for each in still],
    )


def _parts(items: list[NewsItem], look: Lookup) -> list[_Part]:
    """The groups that have any line, in reading order."""
    grouped: dict[str, list[NewsItem]] = {
        "Nya fynd": [],
        "Det som har vänt": [],
        CASES: [],
        GONE: [],
        "Nya och ändrade värden": [],
        "Mål, åtgärder och det som följs": [],
    }
    for each in items:
        grouped[_group(each)].append(each)
    return [
        _Part(name, tuple(_line(each, look) for each in found))
        for name, found in grouped.items()
        if found
    ]


def _group(item: NewsItem) -> str:
    if item.about is NewsAbout.CASE:
        return CASES
    hides_values = item.reason is NewsReason.WITHHELD and item.about is NewsAbout.INDICATOR
    if item.kind in _VALUES or hides_values:
        return "Nya och ändrade värden"
    is_judged = item.about is NewsAbout.INDICATOR and item.kind is NewsKind.TURNED
    if item.about is not NewsAbout.FINDING and not is_judged:
        return "Mål, åtgärder och det som följs"
    return {NewsKind.NEW: "Nya fynd", NewsKind.TURNED: "Det som har vänt"}.get(item.kind, GONE)


def _line(item: NewsItem, look: Lookup) -> _Line:
    """New and turned findings are told by their own claim; what is gone by its name alone."""
    evidence = look.evidence.get(item.evidence)
    finding = look.finding(evidence) or look.doubted.get(item.evidence) if evidence else None
    href = ""
    if finding is not None:
        href = f"#{finding_anchor(finding.id)}"
    elif evidence is not None:
        href = f"#{evidence_anchor(evidence.id)}"
    elif anchor := look.figure(item.indicator):
        href = f"#{anchor}"
    is_told = finding is not None and item.kind in (NewsKind.NEW, NewsKind.TURNED)
    text = claim(evidence, look) if is_told and evidence is not None else named(item, look)
    return _Line(Cell(text, href=href), remark(item, look))
