"""What an analyst has judged, in words, and whether the evidence still is what was judged."""

from collections.abc import Sequence

from kvalitetslib.context import Judgement, JudgementDecision, JudgementState
from kvalitetslib.render import times, wording

DECISIONS = {
    JudgementDecision.CONFIRM: "bilden bekräftas",
    JudgementDecision.ADJUST: "bilden justeras",
    JudgementDecision.REJECT: "bilden avfärdas",
}
FLAGS = {
    JudgementState.CURRENT: "",
    JudgementState.CHANGED: "Obs: belägget har ändrats sedan bedömningen.",
    JudgementState.UNKNOWN: "Läge saknas, så det går inte att se om belägget är detsamma nu.",
    JudgementState.GONE: "Belägget finns inte längre.",
}


def judgement_line(judgement: Judgement) -> str:
    """Who, when, what and why: ``Bedömning av rektor 12 oktober 2026: bilden bekräftas. …``"""
    who = f"{wording.lower_first(judgement.role)} {times.day(judgement.dated)}"
    said = [wording.sentence(each) for each in (judgement.reason, judgement.comment)]
    parts = (
        f"Bedömning av {who}: {DECISIONS[judgement.decision]}.",
        *said,
        FLAGS[judgement.state],
    )
    return " ".join(part for part in parts if part)


def judgement_lines(judgements: Sequence[Judgement], evidence: str) -> tuple[str, ...]:
    """The lines to show beside a piece of evidence, oldest first; one a role, its latest."""
    about = [each for each in judgements if each.evidence == evidence]
    return tuple(judgement_line(each) for each in latest_by_role(about))


def latest_by_role(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Each role's latest judgement of each piece of evidence, in order of date."""
    in_order = sorted(judgements, key=lambda each: (each.dated, each.evidence, each.role))
    latest = {(each.evidence, each.role.casefold()): each for each in in_order}
    return tuple(each for each in in_order if latest[each.evidence, each.role.casefold()] is each)
