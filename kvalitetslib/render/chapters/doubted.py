"""What is to be checked before it is believed: the doubts, and the findings that rest on them."""

from dataclasses import dataclass

from kvalitetslib.context import Doubt
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.doubts import what, why_doubted
from kvalitetslib.render.sentences.judgements import judgement_lines
from kvalitetslib.report import Evidence, Finding


@dataclass(frozen=True)
class Doubted:
    """A line of the list. ``anchor`` is that of the finding that waits for the check."""

    what: str | Said
    why: str
    links: tuple[Cell, ...]
    anchor: str = ""
    judgements: tuple[str, ...] = ()


def doubted(look: Lookup) -> tuple[Doubted, ...]:
    """The findings that wait, then the values that no finding rests on."""
    waiting = [each for each in look.report.findings if each.doubted]
    told = [doubt for each in waiting for doubt in _doubts(look.claims(each)[0], look)]
    rest = [each for each in look.report.doubts if each not in told]
    return (
        *(_of_finding(each, look) for each in waiting),
        *(_of_value(each, look) for each in rest),
    )


def _of_finding(finding: Finding, look: Lookup) -> Doubted:
    evidence = look.claims(finding)[0]
    doubts = _doubts(evidence, look)
    reasons = [f"{what(each, look)} {why_doubted(each, look)}" for each in doubts]
    return Doubted(
        claim(evidence, look),
        " ".join(reasons) or "Uppgiften är satt i fråga.",
        (_link(evidence),),
        anchor=finding_anchor(finding.id),
        judgements=judgement_lines(look.report.judgements, evidence.id),
    )


def _of_value(doubt: Doubt, look: Lookup) -> Doubted:
    about = [each for each in look.about(doubt.indicator) if each.group == doubt.group]
    return Doubted(what(doubt, look), why_doubted(doubt, look), tuple(map(_link, about[:1])))


def _link(evidence: Evidence) -> Cell:
    return Cell(f"Belägg {evidence.id}", href=f"#{evidence_anchor(evidence.id)}")


def _doubts(evidence: Evidence, look: Lookup) -> list[Doubt]:
    """The doubts about an indicator; those of the same group when there are any."""
    about = [each for each in look.report.doubts if each.indicator == evidence.indicator]
    same = [each for each in about if each.group == evidence.group]
    return same or about
