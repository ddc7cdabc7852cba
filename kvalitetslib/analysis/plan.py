"""A draft of the next period's plan: what goes on, what is not reached, and what was learnt."""

from collections.abc import Iterator

from kvalitetslib.analysis.lessons import faults, open_cases
from kvalitetslib.analysis.priorities import GOING, serving, title_of
from kvalitetslib.case import Case, Stage
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import GoalKind, Status
from kvalitetslib.report import Report
from kvalitetslib.wheel import Attainment, GoalState, PlanKind, PlanReason, PlanRow, ThreadGap


def plan(report: Report) -> tuple[PlanRow, ...]:
    """The rows in the order they are worked through; each indicator and group has one new row."""
    rows = [*_going(report)]
    new = [*_goals(report), *_weaknesses(report), *_cases(report)]
    taken: set[tuple[str, str, Group]] = set()
    for row in new:
        key = (row.indicator, row.category, row.group)
        if any(key[:2]) and key in taken:
            continue
        taken.add(key)
        rows.append(row)
    return (*rows, *_assignments(report), *_lessons(report))


def _going(report: Report) -> Iterator[PlanRow]:
    """Åtgärder that are planned or go on, and those that should have ended."""
    for each in report.atgarder:
        if each.status in GOING:
            is_late = each.planned_done is not None and each.planned_done < report.data_through
            planned = each.status is Status.PLANNED
            usual = PlanReason.PLANNED if planned else PlanReason.RUNNING
            yield PlanRow(
                kind=PlanKind.ATGARD,
                name=each.title,
                why=PlanReason.OVERDUE if is_late else usual,
                about=each.id,
                indicator=each.indicator,
                category=each.category,
                group=each.group,
                atgard=each.id,
                goal=", ".join(each.goals),
                role=each.role,
                due=each.planned_done,
            )


def _goals(report: Report) -> Iterator[PlanRow]:
    """Goals that are not reached and have no åtgärd under way."""
    states = {each.goal: each for each in report.goal_states}
    for goal in report.goals:
        state = states.get(goal.id)
        if goal.kind is GoalKind.ASSIGNMENT or state is None or not _is_unmet(state):
            continue
        if _has_work(report, state):
            continue
        yield PlanRow(
            kind=PlanKind.GOAL,
            name=goal.title,
            why=PlanReason.LATE if state.is_late else PlanReason.NOT_REACHED,
            about=goal.id,
            indicator=goal.indicator,
            group=goal.group,
            goal=goal.id,
            due=None if state.is_late else goal.due,
            evidence=state.evidence,
        )


def _is_unmet(state: GoalState) -> bool:
    return state.attainment is Attainment.MISSED or (
        state.attainment is Attainment.UNDECIDED and state.is_late
    )


def _has_work(report: Report, state: GoalState) -> bool:
    going = {each.id for each in report.atgarder if each.status in GOING}
    return ThreadGap.PRACTICE not in state.broken and bool(going.intersection(state.atgarder))


def _weaknesses(report: Report) -> Iterator[PlanRow]:
    """Shown weaknesses that no åtgärd under way concerns, but for those decided against."""
    evidence = {each.id: each for each in report.all_evidence}
    refused = {each.indicator for each in report.atgarder if each.status is Status.REFUSED}
    for finding, indicator in faults(report):
        found = evidence[finding.evidence[0]]
        if finding.quadrant is not Quadrant.WEAKNESS or not finding.shown:
            continue
        if indicator in refused or serving(report, indicator, found.group) is not None:
            continue
        yield PlanRow(
            kind=PlanKind.WEAKNESS,
            name=title_of(report, indicator),
            why=PlanReason.NO_ATGARD,
            about=finding.id,
            indicator=indicator,
            group=found.group,
            evidence=found.id,
        )


def _cases(report: Report) -> Iterator[PlanRow]:
    """Open cases without åtgärd, and those where the åtgärd is done but the fault is there."""
    for each in open_cases(report):
        if each.stage in (Stage.UNMET, Stage.DONE):
            indicator, category = _subject(report, each)
            yield PlanRow(
                kind=PlanKind.CASE,
                name=each.name,
                why=PlanReason.RECURRING if each.is_recurring else PlanReason.NO_ATGARD,
                about=each.key.about,
                indicator=indicator,
                category=category,
                group=each.key.group,
                evidence=each.evidence,
            )


def _subject(report: Report, case: Case) -> tuple[str, str]:
    """The indicator or category of a case; of a promise those that it is measured by."""
    about = case.key.about
    promise = next((each for each in report.promises if each.id == about), None)
    if promise is not None:
        return promise.indicator, promise.category
    known = {each.indicator.id for each in report.indicators}
    known |= {item.indicator.id for survey in report.surveys for item in survey.items}
    return (about, "") if about in known else ("", about)


def _assignments(report: Report) -> Iterator[PlanRow]:
    """Assignments that are not carried out."""
    states = {each.goal: each for each in report.goal_states}
    for goal in report.goals:
        state = states.get(goal.id)
        if goal.kind is not GoalKind.ASSIGNMENT or state is None:
            continue
        if state.attainment is Attainment.REACHED or _has_work(report, state):
            continue
        yield PlanRow(
            kind=PlanKind.ASSIGNMENT,
            name=goal.title,
            why=PlanReason.LATE if state.is_late else PlanReason.NOT_DONE,
            about=goal.id,
            indicator=goal.indicator,
            group=goal.group,
            goal=goal.id,
            due=None if state.is_late else goal.due,
        )


def _lessons(report: Report) -> Iterator[PlanRow]:
    """Lessons about what happens now, that nothing has used yet."""
    known = {each.id: each for each in report.lessons}
    for use in report.lesson_uses:
        if not use.used_in:
            lesson = known[use.lesson]
            yield PlanRow(
                kind=PlanKind.LESSON,
                name=use.text,
                why=PlanReason.NOT_USED,
                about=use.about,
                indicator=lesson.indicator,
                category=lesson.category,
                lesson=use.lesson,
            )
