"""Planera: goals with their decisions, and the goals that no measure works towards."""

from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences.notes import SYMBOLS
from kvalitetslib.render.sentences.reasons import is_yearly_mean
from kvalitetslib.report import Estimate, Question, Report, Verdict

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

PACE_VERDICTS = {
    Verdict.BETTER: "rör sig fortare än målet kräver",
    Verdict.WORSE: "rör sig för långsamt mot målet",
    Verdict.LEVEL: "rör sig i den takt målet kräver",
}
"""A utvecklingsmål that is not yet due is judged by its pace."""


def planera(report: Report) -> Chapter:
    """What is decided, and how it stands."""
    look = Lookup(report)
    return chapter(
        "planera",
        "Planera",
        "planera.html.j2",
        goals=_goals(look) if report.goals else None,
        orphans=_goals_without_measure(report),
    )


def _target_cell(target: str, goal: Goal) -> Cell:
    """The target and its date; an assignment has a date alone."""
    when = times.day(goal.due) if goal.due else ""
    if goal.target is None and when:
        return Cell(f"klart {when}")
    return Cell(target, note=f"till {when}" if when else "")


def _goals(look: Lookup) -> Table:
    rows = tuple(_goal_row(each, look) for each in look.report.goals)
    head = ("Mål", "Typ", "Beslut", "Målvärde", "Läget nu", "Bedömning")
    return Table("Nämndens mål", head, rows, numeric=frozenset({3, 4}), as_cards=True)


def _goal_row(goal: Goal, look: Lookup) -> tuple[str | Cell, ...]:
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
        goal_outcome(goal, look),
    )


def goal_outcome(goal: Goal, look: Lookup) -> Cell:
    """How the goal stands, in words; one that is held against nothing is not tried."""
    held = look.against_goal(goal.indicator, goal.group) if goal.indicator else None
    if held is None:
        return Cell("inte prövat")
    verdict = held.verdict
    words = GOAL_VERDICTS | (PACE_VERDICTS if held.question is Question.MOVE else {})
    return Cell(words[verdict], sign=SYMBOLS[verdict], tone=verdict.name.lower())


def _goals_without_measure(report: Report) -> str:
    """The goals that no measure works towards."""
    worked_on = {each.indicator for each in report.atgarder if each.indicator}
    names = [
        each.title for each in report.goals if each.indicator and each.indicator not in worked_on
    ]
    return wording.join(names)
