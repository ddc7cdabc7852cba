"""Is a fault gone, and is it back? Asked of a case's own monthly or quarterly series.

The level of each phase is told apart: while the fault was there, while the åtgärd was under way,
and since it was done. A fault is gone when the level since then is surely better than while it was
there, and surely within a relevant difference of the goal. It is back when the newest quarter is
surely worse than the level since the åtgärd.

Worked example: 30 dagar while the fault was there, 20 since the åtgärd, with a relevant difference
of 4. A newest quarter of 29 that is surely above 20 is the fault again; one of 22 is not, however
sure, as it is neither half-way back (25) nor a relevant difference (24) worse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kvalitetslib.analysis.case_steps import is_over
from kvalitetslib.analysis.courses import Course, course_of
from kvalitetslib.case import Case, CaseEvent, CaseStep, FaultSign, Sign
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard
from kvalitetslib.report import Question, Report
from kvalitetslib.stats.phase_levels import PhaseLevels, phase_levels

FALSE_REOPENINGS = 0.05
"""Chance that a fault that is gone is said to be back during its watch, over all its quarters."""
GONE_P = 0.05
_SEEN = (CaseEvent.OPENED, CaseEvent.REOPENED)
_OF_LEVEL = (Question.LEVEL, Question.ASSURANCE)
_BEFORE, _FAULT, _ACTED, _CALM = range(4)
_NEWEST = -1


@dataclass(frozen=True)
class Span:
    """When the fault was seen, when it was acted on, and from when it was over, in periods."""

    seen: int
    acted: int | None
    over: int | None


def quick_sign(case: Case, report: Report, sign: FaultSign, live: Sequence[Atgard]) -> FaultSign:
    """The sign as the case's own series tells it; the given one where it cannot.

    Parameters
    ----------
    live : the åtgärder that meet the fault since it was last seen.
    """
    course = course_of(report, sign.key)
    if course is None:
        return sign
    spans = _spans(case, course, {each.id: each for each in report.atgarder}, live)
    if is_over(case):
        return _watched(course, spans, sign, report)
    return _open(course, spans, sign, report)


def _open(course: Course, spans: list[Span], sign: FaultSign, report: Report) -> FaultSign:
    """Gone, when the level since the åtgärd tells so; else what the findings say."""
    found, last = _levels(course, spans), 4 * (len(spans) - 1)
    if found.count(last + _CALM) < max(course.window // 4, 1):
        return sign
    better = found.shift(last + _CALM, last + _FAULT).p_above
    target = _target(sign, report)
    near = 0.0
    if target is not None:
        least = course.sign * target - course.indicator.delta
        near = found.level(last + _CALM).less(least).p_above
    if better <= GONE_P and near <= GONE_P:
        return replace(sign, sign=Sign.ABSENT, period=course.latest, is_fault=False)
    return sign


def _watched(course: Course, spans: list[Span], sign: FaultSign, report: Report) -> FaultSign:
    """Back, when the newest quarter is worse than the level since the åtgärd."""
    quick = replace(sign, sign=Sign.UNKNOWN, period=course.latest, is_fault=False, p=None)
    found, last = _levels(course, spans, newest=course.newest), 4 * (len(spans) - 1)
    back = found.shift(last + _CALM, _NEWEST)
    alpha = FALSE_REOPENINGS / report.policy.watch_quarters
    if back.p_above <= alpha and back.estimate >= _far(course, found, last):
        return replace(quick, sign=Sign.PRESENT, is_fault=True, p=round(back.p_above, 6))
    over = spans[-1].over
    is_whole_year = over is not None and over <= course.at[-1] - course.window + 1
    if is_whole_year and sign.sign is Sign.PRESENT and _is_level(sign, report):
        return sign
    return quick if np.isnan(back.p_above) else replace(quick, sign=Sign.ABSENT)


def _far(course: Course, found: PhaseLevels, last: int) -> float:
    """How far from the calm level the fault is back: half-way, or a relevant difference."""
    way = found.mean(last + _CALM) - found.mean(last + _FAULT)
    return min(course.indicator.delta, way / 2) if way > 0 else course.indicator.delta


def _levels(course: Course, spans: list[Span], newest: int | None = None) -> PhaseLevels:
    labels = np.zeros(course.at.size, dtype=np.int64)
    for place, span in enumerate(spans):
        first = 4 * place
        labels[course.at >= span.seen] = first + _FAULT
        if span.acted is not None:
            labels[course.at >= span.acted] = first + _ACTED
        if span.over is not None:
            labels[course.at >= span.over] = first + _CALM
    if newest is not None:
        labels[course.at >= newest] = _NEWEST
    return phase_levels(course.values, course.at, labels, year=course.window)


def _spans(
    case: Case, course: Course, register: Mapping[str, Atgard], live: Sequence[Atgard]
) -> list[Span]:
    """One for each time that the fault was seen, the oldest first."""
    seen = [place for place, each in enumerate(case.steps) if each.event in _SEEN]
    ends = [*seen[1:], len(case.steps)]
    spans: list[Span] = []
    for first, end in zip(seen, ends, strict=True):
        steps = case.steps[first:end]
        closed = next((each for each in steps if each.event is CaseEvent.CLOSED), None)
        met = live
        if closed is not None:
            met = [register[id] for id in closed.atgarder if id in register]
        earliest = spans[-1].over if spans else None
        spans.append(_span(steps[0], closed, met, (course, earliest)))
    return spans


def _span(
    opened: CaseStep,
    closed: CaseStep | None,
    met: Sequence[Atgard],
    within: tuple[Course, int | None],
) -> Span:
    """A fault that was acted on before it was opened was there in the year before the act.

    An åtgärd that was over before the fault was opened did not end it, if there is another.
    """
    course, earliest = within
    first = parse_period(opened.quarter).start
    seen = course.number(first)
    met = [each for each in met if each.done is None or each.done >= first] or met
    starts = [day for each in met if (day := each.start or each.done) is not None]
    ends = [each.done for each in met if each.done is not None and each.is_closed]
    over = course.after(max(ends)) if ends else None
    if over is None and closed is not None:
        over = course.number(parse_period(closed.quarter).start)
    acted = course.number(min(starts)) if starts else over
    if acted is not None and over is not None:
        acted = min(acted, over)
    if acted is not None and acted <= seen:
        seen = max(acted - course.window, earliest if earliest is not None else -1)
    return Span(seen, acted, over)


def _target(sign: FaultSign, report: Report) -> float | None:
    """What the level is held against, when it is."""
    for each in report.all_evidence:
        is_its = (each.indicator, each.group) == (sign.key.about, sign.key.group)
        if is_its and each.question is Question.LEVEL and each.reference is not None:
            return each.reference.value
    return None


def _is_level(sign: FaultSign, report: Report) -> bool:
    found = next((each for each in report.all_evidence if each.id == sign.evidence), None)
    return found is not None and found.question in _OF_LEVEL
