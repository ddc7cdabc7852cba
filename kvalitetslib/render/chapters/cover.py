"""Försättsblad: whose report, when, from which data, and the improvement wheel."""

from dataclasses import replace

from markupsafe import Markup

from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts.canvas import Chart
from kvalitetslib.render.parts import Chapter, chapter, style
from kvalitetslib.report import Report

FOLLOW_UP = 3
_STATUS = ("Status", "utkast")


def cover(report: Report) -> Chapter:
    """The head of the page. Its html carries the style first, so that a notebook shows it too."""
    meeting = times.day(report.meeting) if report.meeting else "inte bestämt"
    facts = [_through(report), ("Sammanträde", meeting), _STATUS]
    wheel = charts.wheel(
        FOLLOW_UP,
        id="forsatt-hjul",
        title="Förbättringshjulet",
        description="Hjulets fem steg: planera, genomföra, följa upp, åtgärda och kvalitetssäkra. "
        "Rapporten hör till steget följa upp.",
    )
    quarter = times.period(report.quarter)
    head = _head(report, f"Kvalitetsrapport, {quarter}", facts, wheel)
    return replace(head, document=f"{report.namnd_namn}, {quarter}, {report.kommun_namn}")


def edition_cover(report: Report, rubric: str) -> Chapter:
    """The head of another edition of the same report, without the wheel."""
    quarter = times.period(report.quarter)
    head = _head(report, f"{rubric}, {quarter}", [_through(report), _STATUS], None)
    title = f"{report.namnd_namn}, {wording.lower_first(rubric)}, {quarter}, {report.kommun_namn}"
    return replace(head, document=title)


def kommun_cover(report: Report) -> Chapter:
    """The head of the kommun's overview, from any of its nämnder's reports."""
    quarter = times.period(report.quarter)
    whole = replace(report, namnd_namn="Kommunöversikt")
    head = _head(whole, f"För kommunstyrelsen, {quarter}", [_through(report), _STATUS], None)
    return replace(head, document=f"Kommunöversikt, {quarter}, {report.kommun_namn}")


def _head(
    report: Report, rubric: str, facts: list[tuple[str, str]], wheel: Chart | None
) -> Chapter:
    return chapter(
        "forsatt",
        "Försättsblad",
        "cover.html.j2",
        style=Markup(style()),
        synthetic=report.synthetic,
        kommun=report.kommun_namn,
        heading=report.namnd_namn,
        rubric=rubric,
        facts=facts,
        wheel=wheel,
    )


def _through(report: Report) -> tuple[str, str]:
    return "Data till och med", times.day(report.data_through)
