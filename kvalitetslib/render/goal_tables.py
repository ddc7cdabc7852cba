"""Goals as tables: how they stand, the pace they need, and the line from vision to meeting."""

from collections.abc import Sequence

from kvalitetslib.analysis.thread import vision_of
from kvalitetslib.register import Goal
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import attainment, thread
from kvalitetslib.render.sentences.notes import SYMBOLS
from kvalitetslib.wheel import Attainment, GoalState

MISSING = "saknas"


def states_of(look: Lookup) -> dict[str, GoalState]:
    """How each goal stands, by its id."""
    return {each.goal: each for each in look.report.goal_states}


def attained(state: GoalState | None, goal: Goal, look: Lookup) -> Cell:
    """Whether the goal is reached, with the evidence it is judged by."""
    if state is None:
        return Cell("prövas inte")
    text = attainment.outcome(state, goal, look)
    said = Said(text, (state.evidence,)) if state.evidence in look.evidence else text
    note = attainment.outcome_note(state, goal, look)
    verdict = attainment.TONES.get(state.attainment)
    is_early = state.attainment is Attainment.MISSED and attainment.may_come(goal, look)
    if verdict is None or is_early:
        return Cell(said, note=note)
    return Cell(said, sign=SYMBOLS[verdict], note=note, tone=verdict.name.lower())


def degree_cell(state: GoalState | None, goal: Goal, look: Lookup) -> Cell:
    """How much of the goal is fulfilled, with its interval."""
    if state is None:
        return Cell("–")
    told = attainment.degree(state, goal)
    return Cell(told, note=attainment.degree_note(state, goal, look))


def pace_table(look: Lookup) -> Table | None:
    """Dated goals that are not reached: what is left, and the pace that is needed and kept."""
    states = states_of(look)
    rows = [
        row
        for goal in look.report.goals
        if (state := states.get(goal.id)) is not None
        and (row := _pace_row(goal, state, look)) is not None
    ]
    if not rows:
        return None
    head = ("Mål", "Kvar till målet", "Takt som krävs", "Takt hittills", "Måldatum")
    return Table("Takten mot målen", head, tuple(rows), numeric=frozenset({1, 2, 3}), as_cards=True)


def _pace_row(goal: Goal, state: GoalState, look: Lookup) -> tuple[str | Cell, ...] | None:
    indicator = look.indicator(goal.indicator)
    if state.pace_needed is None or state.left is None or indicator is None or goal.due is None:
        return None
    decimals = max(indicator.decimals, 1)

    def a_year(change: float | None) -> str:
        if change is None:
            return "okänd"
        return f"{wording.signed_distance(change, indicator.unit, decimals)} per år"

    left = wording.distance(state.left, indicator.unit, indicator.decimals)
    return (
        goal.title,
        Cell(Said(left, (state.evidence,)) if state.evidence in look.evidence else left),
        a_year(state.pace_needed),
        a_year(state.pace),
        times.day(goal.due),
    )


def thread_table(look: Lookup) -> Table | None:
    """Röd tråd: from vision over goal, indicator and åtgärd to where a resident meets it."""
    states = states_of(look)
    rows = tuple(_thread_row(goal, states.get(goal.id), look) for goal in nested(look.report.goals))
    if not rows:
        return None
    head = ("Mål", "Vision", "Mått", "Arbetssätt", "Mötet med invånaren")
    return Table("Röd tråd", head, rows, as_cards=True, is_caption_shown=False)


def broken_table(look: Lookup) -> Table | None:
    """The goals whose line is broken, and what each lacks."""
    titles = {each.id: each.title for each in look.report.goals}
    rows = tuple(
        (titles[each.goal], thread.lacking(each)) for each in look.report.goal_states if each.broken
    )
    return Table("Här är tråden bruten", ("Mål", "Saknas"), rows) if rows else None


def nested(goals: Sequence[Goal]) -> list[Goal]:
    """The goals with their parts after them, whatever the order in mal.csv."""
    ids = {each.id for each in goals}
    ordered: list[Goal] = []

    def add(goal: Goal) -> None:
        if goal not in ordered:
            ordered.append(goal)
            for part in goals:
                if part.part_of == goal.id:
                    add(part)

    for goal in goals:
        if goal.part_of not in ids:
            add(goal)
    return ordered


def _thread_row(goal: Goal, state: GoalState | None, look: Lookup) -> tuple[str | Cell, ...]:
    indicator = look.indicator(goal.indicator)
    anchor = look.figure(goal.indicator)
    titles = {each.id: each.title for each in look.report.atgarder}
    practices = [titles.get(each, each) for each in state.atgarder] if state is not None else []
    meetings = [meeting_name(each, look) for each in state.meetings] if state is not None else []
    whole = {each.id: each.title for each in look.report.goals}.get(goal.part_of, "")
    return (
        Cell(goal.title, note=f"del av: {whole}" if whole else ""),
        vision_of(look.report, goal) or MISSING,
        Cell(indicator.title if indicator else MISSING, href=f"#{anchor}" if anchor else ""),
        wording.join(practices) or MISSING,
        wording.join(meetings) or MISSING,
    )


def meeting_name(id: str, look: Lookup) -> str:
    """A promise or a survey question by its own words."""
    promises = {each.id: each.text for each in look.report.promises}
    if id in promises:
        return promises[id].removesuffix(".")
    return look.asked[id][1].indicator.title if id in look.asked else id
