"""Kvalitetssäkra: the wedge. Faults that come back, are watched, and are gone for good."""

from kvalitetslib.render import case_drawings
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.render.sentences import cases, leaps
from kvalitetslib.report import Report


def kvalitetssakra(report: Report) -> Chapter:
    """Where every fault stands, then what has come back, is watched, is secured, and has leapt."""
    look = Lookup(report)
    return chapter(
        "kvalitetssakra",
        "Kvalitetssäkra",
        "kvalitetssakra.html.j2",
        wedge=cases.wedge(report),
        gaps=[each for each in (cases.missing(report), _unread(report)) if each],
        figure=case_drawings.wheel_figure(look) if report.cases else None,
        no_cases=cases.NO_CASES,
        parts=(
            ("Återkommande fel", case_drawings.recurring_table(look), cases.NONE_RECURRING),
            ("Fel som bevakas", case_drawings.watched_table(look), cases.NONE_WATCHED),
            ("Säkrade fel", case_drawings.secured_table(look), cases.NONE_SECURED),
        ),
        left=case_drawings.left_table(look),
        leaps=case_drawings.leap_table(look),
        how_leaps=leaps.HOW,
        no_leaps=leaps.NONE,
        practices=case_drawings.practice_table(look),
        no_practices=cases.NOT_STANDARD,
    )


def _unread(report: Report) -> str:
    return cases.UNREAD if report.earlier_unread else ""
