"""How each goal stands: whether it is reached, how far it has come, and when it was reached.

Worked example: a utvecklingsmål from 70 to 80 that stands at 76, interval 74 to 78, is 60 % of the
way, interval 40 to 80, and is not reached. A kritisk kvalitetsfaktor that held its target four of
the latest five years has degree 80, Wilson interval 38 to 96.
"""

from dataclasses import dataclass, replace
from datetime import date

from kvalitetslib.analysis.goal_course import Course, course_of
from kvalitetslib.analysis.goal_pace import pace_of
from kvalitetslib.analysis.goal_standing import (
    Standing,
    attainment_of,
    goal_evidence,
    held_level,
    standing_of,
)
from kvalitetslib.analysis.thread import broken_links, meetings_of, practices_of
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Goal, GoalKind, Status
from kvalitetslib.report import Report
from kvalitetslib.stats.intervals import wilson_interval
from kvalitetslib.wheel import Attainment, GoalState

LATEST = {1: 5, 4: 8, 12: 12}
"""How many of the latest periods a kritisk kvalitetsfaktor is held against, by values in a year."""
OLDEST_START = 5
"""Years back that the start of a goal is sought, when neither it nor the decision is dated."""


@dataclass(frozen=True)
class Degree:
    """How much of a goal is fulfilled, 0-100, with its interval and the periods behind it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    periods: int = 0


def goal_states(report: Report) -> tuple[GoalState, ...]:
    """The state of each goal of the report, in the order of the goals."""
    return tuple(_with_thread(report, goal, _state(report, goal)) for goal in report.goals)


def carried_out(goal: Goal, atgarder: tuple[Atgard, ...]) -> date | None:
    """The day an assignment was carried out: its own, else when all åtgärder that name it ended."""
    if goal.done is not None:
        return goal.done
    naming = [each for each in atgarder if goal.id in each.goals]
    ends = [each.done for each in naming if each.status is Status.DONE and each.done is not None]
    return max(ends) if ends and len(ends) == len(naming) else None


def _with_thread(report: Report, goal: Goal, state: GoalState) -> GoalState:
    practices, meetings = practices_of(report, goal), meetings_of(report, goal)
    has_passed = goal.due is not None and goal.due < report.data_through
    return replace(
        state,
        is_late=has_passed and state.attainment is not Attainment.REACHED,
        atgarder=tuple(each.id for each in practices),
        meetings=meetings,
        broken=broken_links(report, goal, practices=practices, meetings=meetings),
    )


def _state(report: Report, goal: Goal) -> GoalState:
    if goal.kind is GoalKind.ASSIGNMENT:
        done = carried_out(goal, report.atgarder)
        if done is not None:
            late = _months_late(goal.due, done, done)
            return GoalState(goal.id, Attainment.REACHED, "", degree=100.0, months_late=late)
        if goal.target is None:
            return GoalState(goal.id, Attainment.MISSED, "", degree=0.0)
    evidence = goal_evidence(report, goal)
    if evidence is None:
        return GoalState(goal.id, Attainment.NOT_TRIED, "")
    if goal.target is None:
        return GoalState(goal.id, held_level(evidence), evidence.id)
    standing = standing_of(report, evidence)
    if standing is None:
        return GoalState(goal.id, Attainment.NOT_TRIED, evidence.id)
    attainment = attainment_of(standing, evidence, goal.target, fdr=report.policy.fdr)
    state = GoalState(goal.id, attainment, evidence.id)
    return _measured(report, goal, state, standing, goal.target)


def _measured(
    report: Report, goal: Goal, state: GoalState, standing: Standing, target: float
) -> GoalState:
    course = course_of(report, goal)
    start = start_of(goal, course, report.data_through)
    is_move = goal.kind is GoalKind.DEVELOPMENT
    degree = {
        GoalKind.DEVELOPMENT: lambda: way_gone(standing, start, target),
        GoalKind.KKF: lambda: periods_held(course, standing.sign, target),
        GoalKind.ASSIGNMENT: lambda: _all_or_nothing(state.attainment),
    }[goal.kind]()
    pace = pace_of(report, goal, standing)
    reached = _reached_in(course, standing.sign, target)
    if state.attainment is not Attainment.REACHED or course is None:
        reached = ""
    when = parse_period(reached) if reached else None
    return replace(
        state,
        degree=degree.value,
        low=degree.low,
        high=degree.high,
        periods=degree.periods,
        start=start if is_move else None,
        left=-standing.ahead(target)[0],
        pace_needed=pace.needed,
        pace=pace.so_far,
        reached_in=reached,
        months_late=_months_late(goal.due, when.start, when.end) if when else 0,
    )


def way_gone(standing: Standing, start: float | None, target: float) -> Degree:
    """How much of the way from the start to the target is gone, with the value's own interval.

    A start at the target or past it leaves no way to go: then all or nothing.
    """
    if start is None:
        return Degree()
    way = standing.sign * (target - start)
    if way <= 0:
        return Degree(100.0 if standing.ahead(target)[0] >= 0 else 0.0)

    def gone(value: float | None) -> float | None:
        if value is None:
            return None
        return min(max(100 * standing.sign * (value - start) / way, 0.0), 100.0) + 0.0

    ends = (standing.low, standing.high) if standing.sign > 0 else (standing.high, standing.low)
    return Degree(gone(standing.value), gone(ends[0]), gone(ends[1]))


def periods_held(course: Course | None, sign: float, target: float) -> Degree:
    """The share of the latest periods whose value held the target, with its Wilson interval."""
    if course is None:
        return Degree()
    latest = course.values[-LATEST[course.per_year] :]
    held = sum(sign * (each - target) >= 0 for each in latest)
    share = wilson_interval(held, len(latest))
    low, high = 100 * float(share.low), 100 * float(share.high)
    return Degree(100 * held / len(latest), low, high, len(latest))


def start_of(goal: Goal, course: Course | None, on: date) -> float | None:
    """Where the way to the goal began: as decided, else the latest value before the decision.

    Without a dated decision it is the oldest value within five years.
    """
    if goal.start is not None or course is None:
        return goal.start
    pairs = list(zip(course.periods, course.yearly, strict=True))
    if goal.decided is not None:
        before = [value for period, value in pairs if parse_period(period).end < goal.decided]
        return before[-1] if before else None
    earliest = on.year - OLDEST_START
    young = [value for period, value in pairs if parse_period(period).at >= earliest]
    return young[0] if len(young) > 1 else None


def _all_or_nothing(attainment: Attainment) -> Degree:
    known = {Attainment.REACHED: 100.0, Attainment.MISSED: 0.0}
    return Degree(known.get(attainment))


def _reached_in(course: Course | None, sign: float, target: float) -> str:
    """The period since when all values have held the target; empty when the latest does not."""
    found = ""
    pairs = zip(course.periods, course.yearly, strict=True) if course is not None else ()
    for period, value in reversed(list(pairs)):
        if sign * (value - target) < 0:
            break
        found = period
    return found


def _months_late(due: date | None, first: date, last: date) -> int:
    """Months from the due date to the last day; 0 when the first day is not after it."""
    if due is None or first <= due:
        return 0
    return max((last.year - due.year) * 12 + last.month - due.month, 1)
