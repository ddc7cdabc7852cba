"""Lessons that concern what happens now, and the finished åtgärder that have taught nothing yet."""

from collections.abc import Iterator

from kvalitetslib.case import Case, Stage
from kvalitetslib.model import Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Lesson, Status
from kvalitetslib.report import Finding, Report
from kvalitetslib.service import Trendword
from kvalitetslib.wheel import LessonReason, LessonUse

OPEN = (Stage.UNMET, Stage.REFUSED, Stage.PLANNED, Stage.RUNNING, Stage.DONE)
"""Where a case stands as long as its fault is not gone."""
_TO_MEND = (Quadrant.WEAKNESS, Quadrant.THREAT)
_TRIED = (Status.DONE, Status.STOPPED)


def lesson_uses(report: Report) -> tuple[LessonUse, ...]:
    """Lessons of any nämnd, or of others, about an indicator or category that moves again.

    One that was learnt in the quarter itself is new, and does not come back yet. The nämnd's own
    stand first, then the newest.
    """
    start = parse_period(report.quarter).start
    indicators, categories = _moving_indicators(report), _moving_categories(report)
    found = []
    for lesson in report.lessons:
        about, reason = indicators.get(lesson.indicator, ""), LessonReason.SAME_INDICATOR
        if not about:
            about, reason = categories.get(lesson.category, ""), LessonReason.SAME_CATEGORY
        if about and lesson.dated < start:
            found.append(_use(lesson, reason, about))
    found.sort(key=lambda each: (each.namnd != report.namnd, -each.dated.toordinal(), each.lesson))
    return tuple(found)


def without_lesson(report: Report) -> tuple[Atgard, ...]:
    """The åtgärder that are finished or given up, and have no lesson."""
    taught = {each.atgard for each in report.lessons}
    return tuple(
        each for each in report.atgarder if each.status in _TRIED and each.id not in taught
    )


def open_cases(report: Report) -> tuple[Case, ...]:
    """The cases whose fault is not gone."""
    return tuple(each for each in report.cases if each.stage in OPEN)


def faults(report: Report) -> tuple[tuple[Finding, str], ...]:
    """The weaknesses and threats about an indicator, with it; those on the page first."""
    evidence = {each.id: each for each in report.all_evidence}
    found = [
        (each, evidence[each.evidence[0]].indicator)
        for each in report.findings
        if each.quadrant in _TO_MEND and not each.doubted and each.evidence[0] in evidence
    ]
    found.sort(key=lambda each: (not each[0].shown, -each[0].score, each[0].id))
    return tuple(each for each in found if each[1])


def _use(lesson: Lesson, reason: LessonReason, about: str) -> LessonUse:
    return LessonUse(
        lesson=lesson.id,
        text=lesson.text,
        dated=lesson.dated,
        namnd=lesson.namnd,
        own=lesson.own,
        reason=reason,
        about=about,
        used_in=lesson.used_in,
    )


def _moving_indicators(report: Report) -> dict[str, str]:
    """Indicators that are weak or threatened, with the finding or else the case that says so."""
    found: dict[str, str] = {}
    for finding, indicator in faults(report):
        found.setdefault(indicator, finding.id)
    for about, case in _case_subjects(report):
        found.setdefault(about, case.key.about)
    return found


def _moving_categories(report: Report) -> dict[str, str]:
    """Categories of synpunkter that grow, or have an open case."""
    counted = report.feedback.categories if report.feedback is not None else ()
    found = {each.category: each.category for each in counted if each.trend is Trendword.GROWS}
    for about, case in _case_subjects(report):
        found.setdefault(about, case.key.about)
    return found


def _case_subjects(report: Report) -> Iterator[tuple[str, Case]]:
    """The open cases by indicator or category; a broken promise by those that it is measured by."""
    promises = {each.id: each for each in report.promises}
    for case in open_cases(report):
        promise = promises.get(case.key.about)
        subjects = (case.key.about,) if promise is None else (promise.indicator, promise.category)
        yield from ((each, case) for each in subjects if each)
