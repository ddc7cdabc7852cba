"""The line from vision to the resident's meeting (röd tråd), and where it is broken."""

from collections.abc import Sequence

from kvalitetslib.register import Atgard, Goal, GoalKind, Status
from kvalitetslib.report import Report
from kvalitetslib.wheel import ThreadGap

_GIVEN_UP = (Status.STOPPED, Status.REFUSED)


def practices_of(report: Report, goal: Goal) -> tuple[Atgard, ...]:
    """The åtgärder that serve the goal: they name it, or concern its indicator and group."""
    return tuple(
        each
        for each in report.atgarder
        if each.status not in _GIVEN_UP and (goal.id in each.goals or _is_about(each, goal))
    )


def meetings_of(report: Report, goal: Goal) -> tuple[str, ...]:
    """Ids of the promises and survey questions where a resident meets the goal, each once."""
    asked = [item.indicator.id for survey in report.surveys for item in survey.items]
    found = [*goal.meetings]
    if goal.indicator:
        found += [each.id for each in report.promises if each.indicator == goal.indicator]
        found += [each for each in asked if each == goal.indicator]
    return tuple(dict.fromkeys(found))


def vision_of(report: Report, goal: Goal) -> str:
    """The goal's vision, else that of the goal it is a part of."""
    by_id = {each.id: each for each in report.goals}
    seen: set[str] = set()
    above: Goal | None = goal
    while above is not None and above.id not in seen:
        if above.vision:
            return above.vision
        seen.add(above.id)
        above = by_id.get(above.part_of)
    return ""


def broken_links(
    report: Report, goal: Goal, *, practices: Sequence[Atgard], meetings: Sequence[str]
) -> tuple[ThreadGap, ...]:
    """Where the line is broken. An assignment is a thing to do and needs no indicator."""
    is_unmeasured = not goal.indicator and goal.kind is not GoalKind.ASSIGNMENT
    breaks = {
        ThreadGap.VISION: not vision_of(report, goal),
        ThreadGap.DECISION: not goal.decision,
        ThreadGap.INDICATOR: is_unmeasured,
        ThreadGap.PRACTICE: not practices,
        ThreadGap.MEETING: not meetings,
    }
    return tuple(link for link, is_broken in breaks.items() if is_broken)


def without_goal(report: Report) -> tuple[Atgard, ...]:
    """Åtgärder that serve no goal: they name none, and their indicator has none."""
    ids = {each.id for each in report.goals}
    aimed = {each.indicator for each in report.goals if each.indicator}
    return tuple(
        each
        for each in report.atgarder
        if each.status not in _GIVEN_UP
        and not ids.intersection(each.goals)
        and each.indicator not in aimed
    )


def _is_about(atgard: Atgard, goal: Goal) -> bool:
    is_same = bool(goal.indicator) and atgard.indicator == goal.indicator
    return is_same and (atgard.group.is_total or atgard.group == goal.group)
