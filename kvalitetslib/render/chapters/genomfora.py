"""Genomföra: what goes on and is planned, assignments, own controls and the ideas of the staff."""

from collections.abc import Sequence
from datetime import date

from kvalitetslib.period import quarter_of
from kvalitetslib.register import Control, Goal, GoalKind, Idea, Status
from kvalitetslib.render import times
from kvalitetslib.render.chapters.measures import running_table
from kvalitetslib.render.goal_tables import attained, states_of
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter, table_of
from kvalitetslib.render.sentences import own_work
from kvalitetslib.report import Report
from kvalitetslib.wheel import GoalState

QUARTERS = 4
"""How many quarters the tables go back."""
_BEGUN = (Status.RUNNING, Status.DONE)


def genomfora(report: Report) -> Chapter:
    """What is done, by whom and how far it has come."""
    look = Lookup(report)
    return chapter(
        "genomfora",
        "Genomföra",
        "genomfora.html.j2",
        table=running_table(look),
        assignments=_assignments(look),
        controls=_controls(report),
        overdue=own_work.overdue(overdue(report)),
        unmended=_unmended(report),
        ideas=_ideas(report),
        answered=own_work.answered(report.ideas),
    )


def overdue(report: Report) -> list[Control]:
    """The controls whose day has passed without their being made, the oldest first."""
    late = [
        each
        for each in report.controls
        if each.executed is None and each.planned <= report.data_through
    ]
    return sorted(late, key=lambda each: (each.planned, each.id))


def _assignments(look: Lookup) -> Table | None:
    tasks = [each for each in look.report.goals if each.kind is GoalKind.ASSIGNMENT]
    if not tasks:
        return None
    states = states_of(look)
    rows = tuple(_assignment(each, states.get(each.id), look) for each in tasks)
    head = ("Uppdrag", "Beslut", "Ska vara klart", "Arbetet", "Läge")
    return Table("Uppdragen", head, rows, as_cards=True)


def _assignment(goal: Goal, state: GoalState | None, look: Lookup) -> tuple[str | Cell, ...]:
    known = {each.id: each for each in look.report.atgarder}
    working = [known[id] for id in state.atgarder if id in known] if state is not None else []
    has_begun = any(each.status in _BEGUN for each in working)
    return (
        goal.title,
        goal.decision or "beslut saknas",
        times.day(goal.due) if goal.due else "–",
        own_work.progress(goal, state, has_begun=has_begun),
        attained(state, goal, look),
    )


def _controls(report: Report) -> Table | None:
    """Planned controls by quarter: how many were made, what they found, and what was mended."""
    by_quarter: dict[str, list[Control]] = {}
    for each in report.controls:
        by_quarter.setdefault(quarter_of(each.planned).text, []).append(each)
    shown = _shown(report, by_quarter)
    if not shown:
        return None
    rows = [(times.period(each), *_found(by_quarter[each])) for each in shown]
    head = ("Kvartal", "Planerade", "Utförda", "Avvikelser", "Rättade")
    return table_of("Egenkontroll efter planerat kvartal", head, rows)


def _found(controls: Sequence[Control]) -> tuple[str, ...]:
    made = [each for each in controls if each.executed is not None]
    counts = (
        len(controls),
        len(made),
        sum(each.deviations or 0 for each in made),
        sum(each.mended or 0 for each in made),
    )
    return tuple(map(str, counts))


def _unmended(report: Report) -> list[str]:
    """Controls with deviations that are not mended and that no åtgärd concerns."""
    known = {each.id for each in report.atgarder}
    return [
        own_work.control(each)
        for each in report.controls
        if (each.deviations or 0) > (each.mended or 0) and each.atgard not in known
    ]


def _ideas(report: Report) -> Table | None:
    """Ideas by the quarter they were raised in, and how far they have come."""
    by_quarter: dict[str, list[Idea]] = {}
    for each in report.ideas:
        by_quarter.setdefault(quarter_of(each.raised).text, []).append(each)
    shown = _shown(report, by_quarter)
    if not shown:
        return None
    rows = [(times.period(each), *_come(by_quarter[each])) for each in shown]
    head = ("Kvartal", "Inkomna", "Fått svar", "Provade", "Införda")
    return table_of("Medarbetarnas idéer efter kvartal", head, rows)


def _come(ideas: Sequence[Idea]) -> tuple[str, ...]:
    steps = [(each.answered, each.tried, each.adopted) for each in ideas]
    return (str(len(ideas)), *(str(_known(days)) for days in zip(*steps, strict=True)))


def _known(days: Sequence[date | None]) -> int:
    return sum(each is not None for each in days)


def _shown(report: Report, quarters: dict[str, list[Control]] | dict[str, list[Idea]]) -> list[str]:
    """The latest quarters with rows that are not to come, the oldest first."""
    return sorted(each for each in quarters if each <= report.quarter)[-QUARTERS:]
