"""Planera: the goals and how they stand, the line they are a part of, and where it is broken."""

from kvalitetslib.analysis.thread import without_goal
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.goal_tables import (
    attained,
    broken_table,
    degree_cell,
    pace_table,
    states_of,
    thread_table,
)
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences import thread
from kvalitetslib.render.sentences.attainment import DEGREE_NOTE, PACE_VERDICTS, roll_up
from kvalitetslib.render.sentences.notes import SYMBOLS
from kvalitetslib.render.sentences.reasons import is_yearly_mean
from kvalitetslib.report import Estimate, Question, Report, Verdict
from kvalitetslib.wheel import GoalState

GOAL_KINDS = {
    GoalKind.KKF: "Kritisk kvalitetsfaktor",
    GoalKind.DEVELOPMENT: "Utvecklingsmål",
    GoalKind.ASSIGNMENT: "Uppdrag",
}
GOAL_VERDICTS = {
    Verdict.BETTER: "bättre än målet",
    Verdict.WORSE: "sämre än målet",
    Verdict.LEVEL: "i nivå med målet",
    Verdict.UNDECIDED: "kan inte avgöras",
    Verdict.NOT_JUDGED: "bedöms inte",
}


def planera(report: Report) -> Chapter:
    """What is decided, how it stands, and how it hangs together."""
    look = Lookup(report)
    return chapter(
        "planera",
        "Planera",
        "planera.html.j2",
        goals=_goals(look) if report.goals else None,
        reached=roll_up(report.goal_states),
        paces=pace_table(look),
        thread=thread_table(look),
        broken=broken_table(look),
        orphans=thread.without_atgard(report),
        aimless=[each.title for each in without_goal(report)],
        unaimed=_without_goal(look),
    )


def _target_cell(target: str, goal: Goal) -> Cell:
    """The target and its date; an assignment has a date alone."""
    when = times.day(goal.due) if goal.due else ""
    if goal.target is None and when:
        return Cell(f"klart {when}")
    return Cell(target, note=f"till {when}" if when else "")


def _goals(look: Lookup) -> Table:
    states = states_of(look)
    rows = tuple(_goal_row(each, states.get(each.id), look) for each in look.report.goals)
    head = ("Mål", "Typ", "Beslut", "Målvärde", "Läget nu", "Bedömning", "Grad")
    numeric = frozenset({3, 4, 6})
    return Table("Nämndens mål", head, rows, numeric=numeric, as_cards=True, note=DEGREE_NOTE)


def _goal_row(goal: Goal, state: GoalState | None, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = look.indicator(goal.indicator)
    held = look.against_goal(goal.indicator, goal.group) if indicator else None
    target = "–"
    if goal.target is not None:
        target = wording.of(goal.target, indicator) if indicator else wording.plain(goal.target)
    now, period = look.latest(goal.indicator)
    told = times.period(period) if period else ""
    if held is not None and is_yearly_mean(held) and isinstance(held.cell, Estimate):
        now, told = held.cell, f"medel för tolv månader till {told}"
    note = indicator.title if indicator else ""
    anchor = look.figure(goal.indicator)
    return (
        Cell(goal.title, href=f"#{anchor}" if anchor else "", note=note),
        GOAL_KINDS[goal.kind],
        goal.decision or "beslut saknas",
        _target_cell(target, goal),
        Cell(
            wording.of(now.value, indicator) if now and indicator else "–",
            note=told,
        ),
        attained(state, goal, look),
        degree_cell(state, goal, look),
    )


def goal_outcome(goal: Goal, look: Lookup) -> Cell:
    """How the goal stands, in words; one that is held against nothing is not tried."""
    held = look.against_goal(goal.indicator, goal.group) if goal.indicator else None
    if held is None:
        return Cell("inte prövat")
    verdict = held.verdict
    words = GOAL_VERDICTS | (PACE_VERDICTS if held.question is Question.MOVE else {})
    return Cell(words[verdict], sign=SYMBOLS[verdict], tone=verdict.name.lower())


def _without_goal(look: Lookup) -> Table | None:
    """The indicators that no goal is about."""
    aimed = {each.indicator for each in look.report.goals}
    rows = tuple(
        (Cell(each.indicator.title, href=f"#{anchor}" if anchor else ""), each.indicator.source)
        for each in look.report.indicators
        if each.indicator.id not in aimed
        for anchor in (look.figure(each.indicator.id),)
    )
    if not rows:
        return None
    return Table("Mått utan mål", ("Indikator", "Källa"), rows, is_caption_shown=False)
