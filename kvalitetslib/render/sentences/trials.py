"""What is said of a way of working on trial: its verdict, and whether the evidence carries it."""

import re
from collections.abc import Sequence

from kvalitetslib.register import Atgard, Outcome
from kvalitetslib.render import times
from kvalitetslib.report import Certainty, Evidence, Verdict

EVIDENCE_ID = re.compile(r"B-[0-9a-f]{6,}\b")
DECIDED = (Outcome.STANDARDISE, Outcome.DISCARD)
"""Verdicts that must cite evidence."""
_TOO_FAR = "Verdikten går längre än belägget"
_FOUND = {
    Verdict.LEVEL: "värdena följer samma kurs som före",
    Verdict.WORSE: "värdena är sämre än väntat",
    Verdict.UNDECIDED: "förbättringen är inte säkerställd",
    Verdict.NOT_JUDGED: "måttet bedöms inte",
    Verdict.BETTER: "förbättringen är trolig men inte säkerställd",
}


def cited_ids(atgard: Atgard) -> tuple[str, ...]:
    """The ids of evidence that the verdict names, also inside a longer text."""
    return tuple(id for text in atgard.cited for id in EVIDENCE_ID.findall(text))


def verdict(atgard: Atgard) -> str:
    """``standardisera, 15 januari 2026``."""
    if atgard.outcome is Outcome.NONE:
        return "ingen verdikt"
    day = f", {times.day(atgard.outcome_on)}" if atgard.outcome_on is not None else ""
    return f"{atgard.outcome.value}{day}"


def remarks(atgard: Atgard, own: Evidence | None, *, known: Sequence[str]) -> tuple[str, ...]:
    """What a reader must know of the verdict; empty when the evidence carries it.

    ``own`` is the evidence of the åtgärd's effect, and ``known`` the ids in the report.
    """
    told = []
    if atgard.is_closed and atgard.outcome in (Outcome.NONE, Outcome.RUNNING):
        told.append("Verdikt saknas: åtgärden har slutat men arbetssättet är inte bedömt.")
    if atgard.outcome not in DECIDED:
        return tuple(told)
    ids = cited_ids(atgard)
    told += [f"Belägget {each} finns inte i rapporten." for each in ids if each not in known]
    if not ids:
        told.append("Verdikten nämner inget belägg som finns i rapporten.")
    return (*told, *_beyond(atgard, own))


def _beyond(atgard: Atgard, own: Evidence | None) -> tuple[str, ...]:
    """A verdict that says more than the measured effect, or the opposite of it."""
    if atgard.outcome is Outcome.DISCARD:
        is_against = own is not None and own.verdict is Verdict.BETTER
        return ("Verdikten går emot belägget: värdena är bättre än väntat.",) if is_against else ()
    if own is None:
        return (f"{_TOO_FAR}: effekten är inte mätt.",)
    if own.verdict is Verdict.BETTER and own.certainty is Certainty.SECURED:
        return ()
    return (f"{_TOO_FAR}: {_FOUND[own.verdict]}.",)
