"""Planera: goals with their decisions, measures, and what still has none."""

from kvalitetslib.model import Atgard, Goal, GoalKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import (
    DONE_STATUS,
    ENDED_STATUS,
    TO_MEND,
    Lookup,
    finding_anchor,
)
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.notes import SYMBOLS
from kvalitetslib.render.sentences.reasons import is_yearly_mean
from kvalitetslib.report import Estimate, Report, Verdict

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
    """What is decided and what is done about it."""
    look = Lookup(report)
    is_closed = {
        each.id: each.status.lower() in DONE_STATUS | ENDED_STATUS for each in report.atgarder
    }
    return chapter(
        "planera",
        "Planera",
        "planera.html.j2",
        goals=_goals(look) if report.goals else None,
        running=_measures(look, [e for e in report.atgarder if not is_closed[e.id]]),
        closed=_measures(look, [e for e in report.atgarder if is_closed[e.id]]),
        unmet=_without_measure(look),
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
        _goal_cell(held.verdict) if held else "inte prövat",
    )


def _goal_cell(verdict: Verdict) -> Cell:
    return Cell(GOAL_VERDICTS[verdict], sign=SYMBOLS[verdict], tone=verdict.name.lower())


def _measures(look: Lookup, atgarder: list[Atgard]) -> Table | None:
    if not atgarder:
        return None
    rows = tuple(_measure_row(each, look) for each in atgarder)
    head = ("Åtgärd", "Status", "Gäller", "Tid", "Ansvarig")
    return Table("Åtgärder", head, rows, as_cards=True, is_caption_shown=False)


def _measure_row(atgard: Atgard, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = look.indicator(atgard.indicator)
    about = indicator.title if indicator else atgard.category or "hela nämnden"
    group = ""
    if not atgard.group.is_total:
        children = indicator.concerns_children if indicator else False
        group = wording.group_name(atgard.group, children=children, areas=look.report.areas)
    anchor = look.figure(atgard.indicator)
    start, end = (times.day(each) if each else "" for each in (atgard.start, atgard.done))
    span = {(True, True): f"{start} till {end}", (True, False): f"från {start}"}
    span |= {(False, True): f"till {end}", (False, False): "–"}
    return (
        Cell(atgard.title, note=atgard.id),
        atgard.status.lower(),
        Cell(about, href=f"#{anchor}" if anchor else "", note=group),
        span[bool(start), bool(end)],
        atgard.role or "–",
    )


def _without_measure(look: Lookup) -> list[Cell]:
    """Weaknesses and threats on the page that no measure concerns."""
    return [
        Cell(claim(look.claims(each)[0], look), href=f"#{finding_anchor(each.id)}")
        for quadrant in TO_MEND
        for each in look.findings(quadrant)
        if look.claims(each)[0].indicator and not look.atgarder(look.claims(each)[0])
    ]


def _goals_without_measure(report: Report) -> str:
    """The goals that no measure works towards."""
    worked_on = {each.indicator for each in report.atgarder if each.indicator}
    names = [
        each.title for each in report.goals if each.indicator and each.indicator not in worked_on
    ]
    return wording.join(names)
