"""Nulägesanalys: styrkor, svagheter, möjligheter and hot, each line with its evidence."""

from kvalitetslib.model import Quadrant
from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import evidence_anchor, finding_anchor, slug
from kvalitetslib.render.chapters.doubted import doubted
from kvalitetslib.render.drawings import spark
from kvalitetslib.render.lookup import QUADRANTS, Lookup
from kvalitetslib.render.parts import Cell, Chapter, FindingCard, chapter
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.judgements import judgement_lines
from kvalitetslib.render.sentences.messages import decision, measures_text
from kvalitetslib.render.sentences.notes import QUADRANT_NAMES, basis, empty_quadrant
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.render.sentences.rules import heading
from kvalitetslib.report import Evidence, Finding, Question, Report

_OF_THE_WHOLE = (Question.OUTLOOK, Question.DEMAND, Question.RESPONSE)
"""What no series of an indicator shows."""


def swot(report: Report) -> Chapter:
    """The four quadrants in reading order; an empty one says why."""
    look = Lookup(report)
    return chapter(
        "nulagesanalys",
        "Nulägesanalys",
        "swot.html.j2",
        doubts=doubted(look),
        quadrants=[_quadrant(each, look) for each in QUADRANTS],
    )


def finding_card(finding: Finding, look: Lookup) -> FindingCard:
    """The card of a finding, also used where findings about children are gathered."""
    evidence = look.claims(finding)[0]
    result = look.results.get(evidence.indicator)
    atgarder = look.atgarder(evidence)
    return FindingCard(
        anchor=finding_anchor(finding.id),
        quadrant=slug(finding.quadrant),
        name=wording.capital(finding.quadrant),
        certainty=certainty(evidence),
        sentence=claim(evidence, look),
        why=why(evidence, look),
        kinds=wording.capital(basis(evidence)),
        period=times.period(evidence.period),
        spark=spark(result) if result is not None and _is_of_whole(evidence) else None,
        links=_links(finding, look),
        measures=measures_text(atgarder),
        decision=decision(finding, atgarder, look),
        heading=_heading(finding, look),
        judgements=tuple(
            line for id in finding.evidence for line in judgement_lines(look.report.judgements, id)
        ),
    )


def _is_of_whole(evidence: Evidence) -> bool:
    """Whether the whole kommun's series shows what the finding speaks of."""
    return evidence.group.is_total and evidence.question not in _OF_THE_WHOLE


def _links(finding: Finding, look: Lookup) -> tuple[Cell, ...]:
    """To the evidence and the figure."""
    claims = look.claims(finding)
    links = [Cell(f"Belägg {each.id}", href=f"#{evidence_anchor(each.id)}") for each in claims]
    if anchor := look.figure(claims[0].indicator):
        links.append(Cell("Diagram", href=f"#{anchor}"))
    return tuple(links)


def _heading(finding: Finding, look: Lookup) -> Cell | None:
    """In words, and with a link, what the same indicator also is: strong now but falling."""
    linked = {each.id: each for each in look.report.findings}.get(finding.linked)
    if linked is None or linked.doubted:
        return None
    anchor = finding_anchor(linked.id) if linked.shown else evidence_anchor(linked.evidence[0])
    return Cell(heading(finding, linked), href=f"#{anchor}")


def _quadrant(quadrant: Quadrant, look: Lookup) -> dict[str, object]:
    cards = [finding_card(each, look) for each in look.findings(quadrant)]
    more = len(look.findings(quadrant, shown=False))
    return {
        "id": f"ruta-{slug(quadrant)}",
        "kind": slug(quadrant),
        "name": QUADRANT_NAMES[quadrant],
        "cards": cards,
        "empty": "" if cards else empty_quadrant(quadrant, look.report),
        "more": f"{wording.capital(wording.count(more, neuter=True))} till finns bland beläggen."
        if more
        else "",
    }
