"""Förbättringssprång: a better level told apart from a trend, with the change it is named after.

Limits move only at a change that is named and dated in the settings (``omstart``). A leap that
nothing dated explains is told as it is.
"""

from collections.abc import Iterator, Sequence

from kvalitetslib.analysis.courses import Course, course_of
from kvalitetslib.case import FaultKey
from kvalitetslib.model import Break
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard
from kvalitetslib.report import Report, Verdict
from kvalitetslib.stats import leap as stats
from kvalitetslib.wheel import Leap

SURE_P = 0.05
NEAREST = 2
"""Periods within which an åtgärd must have started to be named."""


def leaps_of(report: Report) -> tuple[Leap, ...]:
    """The leaps of all own series, in the nämnd's order and then in that of time."""
    found: list[Leap] = []
    # An åtgärd whose own effect is not secured is not named as what a leap falls in with.
    unproven = {each.atgard for each in report.effects if each.verdict is not Verdict.BETTER}
    for result in report.indicators:
        course = course_of(report, FaultKey(result.indicator.id))
        if course is not None:
            own = [
                each
                for each in report.atgarder
                if _is_about(each, course) and each.id not in unproven
            ]
            found += _leaps(course, own)
    return tuple(each for each in found if each.change > 0)


def _is_about(atgard: Atgard, course: Course) -> bool:
    is_its = atgard.indicator == course.indicator.id and atgard.group.is_total
    return is_its and atgard.start is not None


def _leaps(course: Course, atgarder: Sequence[Atgard]) -> Iterator[Leap]:
    """One at each named change that moved the level, and the surest one since the last of them."""
    restarts = _restarts(course)
    bounds = [0, *(place for _, place in restarts), len(course.periods)]
    for number, (restart, place) in enumerate(restarts, start=1):
        first, end = bounds[number - 1], bounds[number + 1]
        found = _found(course, first, end, place=place)
        if found is not None:
            yield _told(course, found, first, cause=restart.cause, is_rebased=True)
    first, end = bounds[-2], bounds[-1]
    started = [place for each in atgarder if first < (place := _place(course, each)) < end]
    tried = [_found(course, first, end, place=each) for each in sorted(set(started), reverse=True)]
    found = next((each for each in tried if each is not None), None)
    found = found or _found(course, first, end)
    if found is not None:
        near = _near(course, first + found.place, atgarder)
        yield _told(course, found, first, cause=near.title if near else "", atgard=near)


def _found(course: Course, first: int, end: int, *, place: int | None = None) -> stats.Leap | None:
    """The leap within a stretch of the series, when it is sure."""
    at_place = None if place is None else place - first
    found = stats.leap(course.values[first:end], course.at[first:end], place=at_place)
    if found is None or found.p > SURE_P:
        return None
    is_relevant = abs(found.after - found.before) >= course.indicator.delta
    return found if is_relevant else None


def _told(
    course: Course,
    found: stats.Leap,
    first: int,
    *,
    cause: str,
    atgard: Atgard | None = None,
    is_rebased: bool = False,
) -> Leap:
    return Leap(
        indicator=course.indicator.id,
        period=course.periods[first + found.place],
        before=course.sign * found.before,
        after=course.sign * found.after,
        change=found.after - found.before,
        p=found.p,
        cause=cause,
        atgard=atgard.id if atgard is not None else "",
        is_rebased=is_rebased,
    )


def _restarts(course: Course) -> list[tuple[Break, int]]:
    """The named changes within the series, each with the place of the first value after it."""
    found: dict[int, Break] = {}
    for each in course.indicator.restarts:
        number = course.number(parse_period(each.period).start)
        place = int((course.at < number).sum())
        if 0 < place < len(course.periods):
            found[place] = each
    return [(found[place], place) for place in sorted(found)]


def _place(course: Course, atgard: Atgard) -> int:
    """The first value from when the åtgärd started on."""
    assert atgard.start is not None
    return int((course.at < course.number(atgard.start)).sum())


def _near(course: Course, place: int, atgarder: Sequence[Atgard]) -> Atgard | None:
    """The åtgärd that started nearest to the leap, within two periods."""
    apart = [(abs(_place(course, each) - place), each.id, each) for each in atgarder]
    near = [each for each in sorted(apart, key=lambda each: each[:2]) if each[0] <= NEAREST]
    return near[0][2] if near else None
