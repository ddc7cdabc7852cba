"""What is said of goals: a level to hold, a pace to keep, and a target the chart is held against.

A kritisk kvalitetsfaktor is to be held and a utvecklingsmål is to be reached: two questions, two
tests, two kinds of sentences.
"""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import DECIDED, rises, turned_back
from kvalitetslib.report import Estimate, Evidence, Verdict

TEMPLATES = {
    "left": "{subject}{group} har {moved} från sin tidigare nivå.",
    "held": "{subject}{group} ligger kvar på sin tidigare nivå.",
    "hold_undecided": (
        "Det går inte att avgöra om {inner}{group} ligger kvar på sin tidigare nivå."
    ),
    "slow": "{subject}{group} rör sig för långsamt för att nå målet {when}.",
    "away": "{subject}{group} närmar sig inte målet.",
    "fast": "{subject}{group} rör sig snabbare än vad som krävs för att nå målet {when}.",
    "in_pace": "{subject}{group} rör sig i takt med det som krävs för att nå målet {when}.",
    "move_undecided": (
        "Det går inte att avgöra om {inner}{group} rör sig i den takt som krävs "
        "för att nå målet {when}."
    ),
    "always": "{subject}{group} når målet i varje period så länge variationen är som nu.",
    "never": "{subject}{group} missar målet i varje period så länge variationen är som nu.",
    "sometimes": ("{subject}{group} kan både nå och missa målet så länge variationen är som nu."),
}


def hold(evidence: Evidence, indicator: Indicator, words: dict[str, str]) -> str:
    """Whether the level of the periods before is held. Held is said only when it is tested."""
    if evidence.verdict in DECIDED:
        moved = "stigit" if rises(evidence, indicator) else "fallit"
        return TEMPLATES["left"].format(moved=moved, **words)
    name = "held" if evidence.verdict is Verdict.LEVEL else "hold_undecided"
    return TEMPLATES[name].format(**words)


def move(evidence: Evidence, indicator: Indicator, words: dict[str, str], look: Lookup) -> str:
    """Whether the pace so far is the one that the goal and its date ask for."""
    when = _when(evidence, look)
    name = {
        Verdict.WORSE: "away" if _moves_away(evidence, indicator) else "slow",
        Verdict.BETTER: "fast",
        Verdict.LEVEL: "in_pace",
    }.get(evidence.verdict, "move_undecided")
    return TEMPLATES[name].format(when=when, **words)


def assured(evidence: Evidence, words: dict[str, str]) -> str:
    """What the limits of a control chart say of the goal."""
    name = {Verdict.BETTER: "always", Verdict.WORSE: "never"}.get(evidence.verdict, "sometimes")
    return TEMPLATES[name].format(**words)


def hold_numbers(evidence: Evidence, cell: Estimate, indicator: Indicator) -> str:
    """``68,2 % mot 72,3 % i medeltal för de tre åren före.``"""
    if evidence.reference is None:
        return f"{wording.of(cell.value, indicator)}."
    numbers = wording.against(cell.value, evidence.reference.value, indicator)
    return f"{numbers} i medeltal för {evidence.reference.label}."


def assured_numbers(evidence: Evidence, cell: Estimate, indicator: Indicator) -> str:
    """``Senast 8,9 dagar mot målet 10,0 dagar.``"""
    if evidence.reference is None:
        return f"{wording.of(cell.value, indicator)}."
    now, target = wording.pair(cell.value, evidence.reference.value, indicator)
    return f"Senast {now} mot målet {target}."


def move_numbers(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    """How far it is to the goal, and the pace beside the one that is needed."""
    parts = [f"{wording.of(cell.value, indicator)}."]
    if evidence.reference is not None:
        now, target = wording.pair(cell.value, evidence.reference.value, indicator)
        is_told = evidence.verdict is not Verdict.WORSE or not _moves_away(evidence, indicator)
        due = "" if is_told else f", som ska nås {_when(evidence, look)}"
        parts = [f"{now} mot målet {target}{due}."]
    if evidence.difference is None:
        return parts[0]
    decimals = max(indicator.decimals, 1)
    if evidence.beside is not None:
        needed = evidence.beside.value - turned_back(evidence.difference, indicator)
        pace = wording.signed_distance(evidence.beside.value, indicator.unit, decimals)
        parts.append(f"Hittills {pace} per år.")
        parts.append(f"Det krävs {wording.signed(needed, decimals)} per år.")
    elif evidence.difference:
        size = wording.distance(evidence.difference, indicator.unit, decimals)
        side = "högre" if evidence.difference > 0 else "lägre"
        parts.append(f"Takten är {size} per år {side} än vad som krävs.")
    return " ".join(parts)


def _when(evidence: Evidence, look: Lookup) -> str:
    goal = look.goal(evidence)
    return f"senast {times.day(goal.due)}" if goal is not None and goal.due else "i tid"


def _moves_away(evidence: Evidence, indicator: Indicator) -> bool:
    """Whether the pace so far, when it is known, leads no nearer the goal."""
    if evidence.beside is None:
        return False
    return turned_back(evidence.beside.value, indicator) <= 0
