"""The messages of the first page: what, how sure, what is done, and what needs a decision."""

from dataclasses import dataclass

from kvalitetslib.model import Quadrant, ReferenceKind
from kvalitetslib.register import Atgard, Status
from kvalitetslib.render import wording
from kvalitetslib.render.anchors import finding_anchor, slug
from kvalitetslib.render.lookup import QUADRANTS, TO_MEND, Lookup
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import effects
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.report import Finding, Question, Report

MOST = 5


@dataclass(frozen=True)
class Message:
    """One message; ``decision`` is empty when nothing has to be decided."""

    what: Said
    why: str
    certainty: str
    tone: str
    quadrant: Quadrant
    measures: str
    decision: str
    anchor: str


def messages(look: Lookup) -> tuple[Message, ...]:
    """At most five, one an indicator: the first of each quadrant, then the heaviest of the rest.

    What a linked finding says of the same indicator stands beside the numbers.
    """
    shown = [each for quadrant in QUADRANTS for each in look.findings(quadrant)]
    firsts = {look.findings(quadrant)[0].id for quadrant in QUADRANTS if look.findings(quadrant)}
    order = sorted(shown, key=lambda each: (each.id not in firsts, *_weight(each)))
    chosen: dict[str, Finding] = {}
    for each in order:
        chosen.setdefault(look.claims(each)[0].indicator or each.id, each)
    most = list(chosen.values())[:MOST]
    return tuple(_message(each, look) for each in sorted(most, key=_weight))


def measures_text(atgarder: tuple[Atgard, ...]) -> str:
    """What is being done: ``Åtgärd: Ny svarsrutin (pågår).``"""
    if not atgarder:
        return ""
    named = wording.join([f"{each.title} ({each.status.value})" for each in atgarder])
    return f"{'Åtgärd' if len(atgarder) == 1 else 'Åtgärder'}: {named}."


def decision(finding: Finding, atgarder: tuple[Atgard, ...], look: Lookup) -> str:
    """What the nämnd has to decide about a finding, if anything."""
    evidence = look.claims(finding)[0]
    if finding.quadrant is Quadrant.OPPORTUNITY and not atgarder:
        if evidence.question is Question.POTENTIAL:
            return "Fråga till nämnden: vad kan vi lära av de bästa?"
        return ""
    if finding.quadrant not in TO_MEND:
        return ""
    if evidence.question is Question.OUTLOOK and not atgarder:
        return "Fråga till nämnden: hur vill vi möta detta?"
    if look.refused(evidence):
        return ""
    if not atgarder:
        return "Beslut behövs: åtgärd saknas."
    if all(each.status is Status.DONE for each in atgarder):
        return "Beslut behövs: åtgärden är klar, men läget kvarstår."
    return ""


def decisions_needed(report: Report) -> int:
    """How many of the findings that are shown have something to mend and nothing under way."""
    look = Lookup(report)
    shown = [each for quadrant in TO_MEND for each in look.findings(quadrant)]
    return sum(_needs_decision(each, look) for each in shown)


def _needs_decision(finding: Finding, look: Lookup) -> bool:
    evidence = look.claims(finding)[0]
    atgarder = look.atgarder(evidence)
    if look.refused(evidence):
        return False
    if not atgarder:
        return evidence.question is not Question.OUTLOOK
    return all(each.status is Status.DONE for each in atgarder)


def _message(finding: Finding, look: Lookup) -> Message:
    evidence = look.claims(finding)[0]
    atgarder = look.atgarder(evidence)
    said = claim(evidence, look).text
    return Message(
        what=Said(said.removesuffix(f" {effects.COINCIDES}"), (evidence.id,)),
        why=" ".join(part for part in _beside(finding, look) if part),
        certainty=(word := certainty(evidence)),
        tone=slug(word),
        quadrant=finding.quadrant,
        measures=measures_text(atgarder),
        decision=decision(finding, atgarder, look),
        anchor=finding_anchor(finding.id),
    )


def _beside(finding: Finding, look: Lookup) -> tuple[str, str, str]:
    """The numbers, those of the linked finding, and what the sentence does not say of a cause."""
    evidence = look.claims(finding)[0]
    is_effect = claim(evidence, look).text.endswith(effects.COINCIDES)
    caution = effects.COINCIDES if is_effect else ""
    return why(evidence, look), _linked(finding, look), caution


def _linked(finding: Finding, look: Lookup) -> str:
    """The numbers of the finding that this one hangs together with."""
    other = {each.id: each for each in look.report.findings}.get(finding.linked)
    claims = look.claims(other) if other is not None and not other.doubted else ()
    held, own = claims[0].reference if claims else None, look.claims(finding)[0].reference
    if not claims or (held is not None and own is not None and held.value == own.value):
        return ""
    told = why(claims[0], look)
    if held is None or held.kind not in (ReferenceKind.PEERS, ReferenceKind.COUNTY):
        return told
    return f"Jämfört med {held.label}: {told}"


def _weight(finding: Finding) -> tuple[float, str]:
    return -finding.score, finding.id
