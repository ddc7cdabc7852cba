"""The rules by which a case goes on from one quarter to the next.

    åtgärd saknas -> planerad -> pågår -> klar, felet syns -> bevakas -> säkrad
          ^-------------------- back again ----------------------'---------'

Worked example: a fault is opened in 2025K1, its åtgärd is done in May and the fault is gone in
2025K2: closed and watched. Four quarters later, in 2026K2, it is secured if a way of working has
become the standard. If it is seen again in 2025K4 it is opened again, 184 days after it was closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kvalitetslib.case import Case, CaseEvent, CaseStep, FaultSign, Sign, Stage
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Outcome, Status

OLDEST_DONE = timedelta(days=366)
"""An åtgärd that was finished longer before the fault was first seen did not meet it."""


@dataclass(frozen=True)
class Seen:
    """What is known of a case in a quarter that ends ``on`` a day.

    ``met`` are the åtgärder that concern the fault, ``failed`` the ids of those that have made
    things worse.
    """

    quarter: str
    on: date
    sign: FaultSign
    is_followed: bool = True
    met: tuple[Atgard, ...] = ()
    failed: frozenset[str] = frozenset()


def opened(seen: Seen) -> Case:
    """A new case of a fault that is seen."""
    sign = seen.sign
    started = Case(
        key=sign.key,
        name=sign.name,
        stage=Stage.UNMET,
        steps=(),
        occurrences=1,
        watched=0,
        atgarder=(),
        standardised=(),
        evidence=sign.evidence,
        period=sign.period,
        sign=Sign.PRESENT,
    )
    # The step comes first, as it tells which åtgärder are too old to have met the fault.
    begun = _moved(started, seen, CaseEvent.OPENED, Stage.UNMET)
    live = live_of(begun, seen.met)
    known = replace(begun, steps=(), atgarder=_ids(live), standardised=_standardised(live))
    return _moved(known, seen, CaseEvent.OPENED, stage_of(live), live=live)


def next_step(case: Case, seen: Seen, *, watch: int) -> Case:
    """The case a quarter later; itself when nothing has happened.

    Parameters
    ----------
    watch : how many quarters the fault must stay away before the case can be secured.
    """
    if not seen.is_followed:
        return case if case.stage is Stage.LEFT else _moved(case, seen, CaseEvent.LEFT, Stage.LEFT)
    is_new = seen.sign.sign is not Sign.UNKNOWN and _months(case.period, seen.sign.period) > 0
    live = live_of(case, seen.met)
    told = replace(
        case,
        name=seen.sign.name or case.name,
        evidence=seen.sign.evidence or case.evidence,
        atgarder=tuple(dict.fromkeys((*case.atgarder, *_ids(live)))),
        standardised=_standardised(live),
    )
    if is_new:
        told = replace(told, sign=seen.sign.sign, period=seen.sign.period)
    if not is_over(case):
        return _open(told, seen, live)
    if is_new and told.sign is Sign.PRESENT:
        return _reopened(told, seen)
    months = _months(case.period, told.period) if is_new else 0
    told = replace(told, watched=told.watched + months // 3)
    return _watched(told, seen, live, watch=watch)


def is_over(case: Case) -> bool:
    """Whether the fault has not been seen since the case was closed."""
    events = [each.event for each in case.steps if each.event in _TURNS]
    return events[-1] is CaseEvent.CLOSED


def live_of(case: Case, met: Sequence[Atgard]) -> tuple[Atgard, ...]:
    """The åtgärder that meet the fault since it was last seen: not those it outlived."""
    outlived: set[str] = set()
    closed: tuple[str, ...] = ()
    for each in case.steps:
        if each.event is CaseEvent.CLOSED:
            closed = each.atgarder
        elif each.event is CaseEvent.REOPENED:
            outlived |= set(closed)
    oldest = parse_period(case.steps[0].quarter).start - OLDEST_DONE
    return tuple(
        each
        for each in met
        if not each.is_closed
        or (each.id not in outlived and (each.done is None or each.done >= oldest))
    )


def stage_of(live: Sequence[Atgard]) -> Stage:
    """How an open fault is met: the åtgärd that has come farthest of those that are not over."""
    found = {each.status for each in live}
    for status in (Status.RUNNING, Status.PLANNED, Status.DONE, Status.REFUSED):
        if status in found:
            return _STAGES[status]
    return Stage.UNMET


def _open(case: Case, seen: Seen, live: tuple[Atgard, ...]) -> Case:
    """An open case: closed when every åtgärd is over and the fault surely gone."""
    if case.sign is Sign.ABSENT and all(each.is_closed for each in live):
        gone = replace(case, watched=0)
        return _moved(gone, seen, CaseEvent.CLOSED, Stage.WATCHED, live=live)
    stage = stage_of(live)
    if stage is case.stage:
        return case
    return _moved(case, seen, CaseEvent.STAGE, stage, live=live)


def _reopened(case: Case, seen: Seen) -> Case:
    closed = next(each for each in reversed(case.steps) if each.event is CaseEvent.CLOSED)
    # A step of its own tells which åtgärder the fault has outlived.
    marked = _moved(case, seen, CaseEvent.REOPENED, Stage.UNMET)
    live = live_of(marked, seen.met)
    back = replace(
        case, occurrences=case.occurrences + 1, watched=0, standardised=_standardised(live)
    )
    moved = _moved(back, seen, CaseEvent.REOPENED, stage_of(live), live=live)
    step = replace(moved.steps[-1], days=(seen.on - closed.on).days, p=seen.sign.p)
    return replace(moved, steps=(*case.steps, step))


def _watched(case: Case, seen: Seen, live: tuple[Atgard, ...], *, watch: int) -> Case:
    """A closed case: secured when it has held and a way of working became the standard."""
    if case.stage is Stage.LEFT:
        case = _moved(case, seen, CaseEvent.STAGE, Stage.WATCHED, live=live)
    has_failed = any(each.id in seen.failed for each in live)
    is_held = case.watched >= watch and not has_failed
    if case.stage is Stage.WATCHED and is_held and case.standardised:
        return _moved(case, seen, CaseEvent.SECURED, Stage.SECURED, live=live)
    return case


def _moved(
    case: Case, seen: Seen, event: CaseEvent, stage: Stage, *, live: Sequence[Atgard] = ()
) -> Case:
    """The case with one more step."""
    step = CaseStep(
        quarter=seen.quarter,
        event=event,
        stage=stage,
        on=seen.on,
        evidence=seen.sign.evidence,
        atgarder=_ids(live),
    )
    return replace(case, stage=stage, steps=(*case.steps, step))


def _months(before: str, after: str) -> int:
    """Months from the end of one period to that of another; a first one is a month later."""
    if not before or not after:
        return int(bool(after))
    first, last = parse_period(before).end, parse_period(after).end
    return (last.year - first.year) * 12 + last.month - first.month


def _standardised(live: Sequence[Atgard]) -> tuple[str, ...]:
    return _ids([each for each in live if each.outcome is Outcome.STANDARDISE])


def _ids(atgarder: Sequence[Atgard]) -> tuple[str, ...]:
    return tuple(each.id for each in atgarder)


_TURNS = (CaseEvent.OPENED, CaseEvent.REOPENED, CaseEvent.CLOSED)
_STAGES = {
    Status.RUNNING: Stage.RUNNING,
    Status.PLANNED: Stage.PLANNED,
    Status.DONE: Stage.DONE,
    Status.REFUSED: Stage.REFUSED,
}
