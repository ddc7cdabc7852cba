"""Försättsblad: whose report, when, from which data, and the improvement wheel."""

from dataclasses import replace

from markupsafe import Markup

from kvalitetslib.render import charts, times
from kvalitetslib.render.parts import Chapter, chapter, style
from kvalitetslib.report import Report

FOLLOW_UP = 3


def cover(report: Report) -> Chapter:
    """The head of the page. Its html carries the style first, so that a notebook shows it too."""
    quarter = times.period(report.quarter)
    facts = [
        ("Data till och med", times.day(report.data_through)),
        ("Sammanträde", times.day(report.meeting) if report.meeting else "inte bestämt"),
        ("Status", "utkast"),
    ]
    wheel = charts.wheel(
        FOLLOW_UP,
        id="forsatt-hjul",
        title="Förbättringshjulet",
        description="Hjulets fem steg: planera, genomföra, följa upp, åtgärda och kvalitetssäkra. "
        "Rapporten hör till steget följa upp.",
    )
    head = chapter(
        "forsatt",
        "Försättsblad",
        "cover.html.j2",
        style=Markup(style()),
        report=report,
        quarter=quarter,
        facts=facts,
        wheel=wheel,
    )
    return replace(head, document=f"{report.namnd_namn}, {quarter}, {report.kommun_namn}")
