"""What is said of the own controls, the ideas of the staff and the assignments."""

from collections.abc import Sequence

from kvalitetslib.register import Control, Goal, Idea
from kvalitetslib.render import times, wording
from kvalitetslib.wheel import Attainment, GoalState


def overdue(controls: Sequence[Control]) -> list[str]:
    """``Brandskydd i förskolan, planerad 1 mars 2026``, one line a control that is not made."""
    return [control(each) for each in controls]


def control(told: Control) -> str:
    """The control with its day, as the same one comes again."""
    return f"{told.title}, planerad {times.day(told.planned)}"


def answered(ideas: Sequence[Idea]) -> str:
    """``Åtta av tio idéer har fått svar, 80 %.``"""
    if not ideas:
        return ""
    told = sum(each.answered is not None for each in ideas)
    share = wording.quantity(100 * told / len(ideas), wording.PERCENT)
    many = wording.capital(wording.count(told)) if told else "Ingen"
    noun = "idé" if len(ideas) == 1 else "idéer"
    return f"{many} av {wording.count(len(ideas))} {noun} har fått svar, {share}."


def progress(goal: Goal, state: GoalState | None, *, has_begun: bool) -> str:
    """How far an assignment has come, in a few words."""
    if state is not None and state.attainment is Attainment.REACHED:
        return f"utfört {times.day(goal.done)}" if goal.done is not None else "utfört"
    return "pågår" if has_begun else "ingen åtgärd har börjat"
