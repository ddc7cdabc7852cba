"""What is said of how goals stand: reached or not, how far, and how fast."""

from collections.abc import Sequence

from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.report import Question, Verdict
from kvalitetslib.wheel import Attainment, GoalState

_PERIODS = {
    PeriodKind.YEAR: ("år", "år"),
    PeriodKind.SCHOOL_YEAR: ("läsår", "läsår"),
    PeriodKind.QUARTER: ("kvartal", "kvartal"),
    PeriodKind.MONTH: ("månad", "månader"),
}
_PASSED = "måldatum har passerat"
PACE_VERDICTS = {
    Verdict.BETTER: "rör sig fortare än målet kräver",
    Verdict.WORSE: "rör sig för långsamt mot målet",
    Verdict.LEVEL: "rör sig i den takt målet kräver",
}
"""A utvecklingsmål that is not yet due is judged by its pace."""
TONES = {
    Attainment.REACHED: Verdict.BETTER,
    Attainment.MISSED: Verdict.WORSE,
    Attainment.UNDECIDED: Verdict.UNDECIDED,
}
DEGREE_NOTE = (
    "Graden är för ett utvecklingsmål hur mycket av vägen från startvärdet som är gången. "
    "För en kritisk kvalitetsfaktor är den hur många av de senaste perioderna som höll målet. "
    f"Intervallet är 95{wording.NBSP}%."
)


def outcome(state: GoalState, goal: Goal, look: Lookup) -> str:
    """Whether the goal is reached, in a few words: ``nått, fem månader efter måldatum``."""
    is_task = goal.kind is GoalKind.ASSIGNMENT and goal.target is None
    reached, missed = ("utfört", "inte utfört") if is_task else ("nått", "inte nått")
    if state.attainment is Attainment.REACHED:
        return f"{reached}, {_late(state.months_late)}" if state.months_late else reached
    if state.attainment is Attainment.MISSED:
        return f"{missed} än" if may_come(goal, look) else missed
    return state.attainment.value


def outcome_note(state: GoalState, goal: Goal, look: Lookup) -> str:
    """What makes the outcome easier to understand."""
    if state.attainment is Attainment.NOT_TRIED:
        return _why_not(goal, look)
    if state.is_late:
        return _PASSED
    if state.attainment is Attainment.REACHED:
        return f"sedan {times.period(state.reached_in)}" if state.reached_in else ""
    found = look.evidence.get(state.evidence)
    if found is None or found.question is not Question.MOVE:
        return ""
    return PACE_VERDICTS.get(found.verdict, "takten mot målet kan inte avgöras")


def may_come(goal: Goal, look: Lookup) -> bool:
    """Whether the goal's day is still to come; an assignment without a day is never late."""
    if goal.due is None:
        return goal.kind is GoalKind.ASSIGNMENT
    return goal.due > look.report.data_through


def degree(state: GoalState, goal: Goal) -> str:
    """``60 % av vägen``, ``80 %``, or a dash when it cannot be told."""
    if state.degree is None:
        return "–"
    share = wording.quantity(state.degree, wording.PERCENT)
    return f"{share} av vägen" if goal.kind is GoalKind.DEVELOPMENT else share


def degree_note(state: GoalState, goal: Goal, look: Lookup) -> str:
    """The interval of the degree, and what it is a share of."""
    if state.degree is None:
        return ""
    parts = []
    if state.periods:
        held = round(state.degree * state.periods / 100)
        parts.append(f"{held} av {state.periods} {_noun(goal, look, state.periods)}")
    if state.low is not None and state.high is not None:
        parts.append(f"intervall {wording.span(state.low, state.high, wording.PERCENT)}")
    indicator = look.indicator(goal.indicator)
    if state.start is not None and indicator is not None:
        parts.append(f"från {wording.of(state.start, indicator)}")
    return ", ".join(parts)


def roll_up(states: Sequence[GoalState]) -> str:
    """``Tre av åtta mål är nådda. Två går inte att avgöra.``; nothing without goals."""
    tried = [each for each in states if each.attainment is not Attainment.NOT_TRIED]
    left = len(states) - len(tried)
    if not tried:
        return "Inget mål går att pröva." if states else ""
    reached = _count(tried, Attainment.REACHED)
    told = [_share_reached(reached, len(tried))]
    unsure = _count(tried, Attainment.UNDECIDED)
    if unsure:
        told.append(f"{_many(unsure)} går inte att avgöra.")
    if left:
        told.append(f"{_many(left)} prövas inte.")
    return " ".join(told)


def _count(states: Sequence[GoalState], attainment: Attainment) -> int:
    return sum(each.attainment is attainment for each in states)


def _many(count: int) -> str:
    return "Inget" if not count else wording.capital(wording.count(count, neuter=True))


def _share_reached(reached: int, tried: int) -> str:
    if tried == 1:
        return f"Det enda prövade målet är {'' if reached else 'inte '}nått."
    many = _many(tried).lower()
    return f"{_many(reached)} av {many} prövade mål är {_reached(reached)}."


def _reached(count: int) -> str:
    return "nått" if count <= 1 else "nådda"


def _late(months: int) -> str:
    noun = "månad" if months == 1 else "månader"
    return f"{wording.count(months)} {noun} efter måldatum"


def _why_not(goal: Goal, look: Lookup) -> str:
    if not goal.indicator:
        return "mått saknas"
    if goal.target is None and goal.kind is not GoalKind.KKF:
        return "målvärde saknas"
    value, _ = look.latest(goal.indicator)
    return "värden saknas" if value is None else "underlaget räcker inte"


def _noun(goal: Goal, look: Lookup, count: int) -> str:
    _, period = look.latest(goal.indicator)
    names = _PERIODS[parse_period(period).kind] if period else ("period", "perioder")
    return names[count > 1]
