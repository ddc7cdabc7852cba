"""Möjliga orsaker och frågor till dialogen: what the data cannot show, where to look, what to ask.

Causes are for people to find. The page keeps to what may be asked, and to where there is more.
"""

from dataclasses import dataclass

from kvalitetslib.context import Lead, LeadKind
from kvalitetslib.render import wording
from kvalitetslib.render.anchors import evidence_anchor, slug
from kvalitetslib.render.lookup import QUADRANTS, Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.dialogue import questions
from kvalitetslib.render.sentences.leads import lead_line
from kvalitetslib.render.sentences.limits import limit
from kvalitetslib.report import Finding, Report

MOST_OPEN = 4
"""Talks that stand unfolded, the heaviest ones."""
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class _Worth:
    """A lead as it is shown, with the way to its figure or evidence."""

    line: str | Said
    link: Cell | None


@dataclass(frozen=True)
class _Talk:
    """What to talk about: one indicator with all its findings, or one factor from outside."""

    anchor: str
    kind: str
    name: str
    claims: tuple[Said, ...]
    questions: tuple[str, ...]
    limit: str
    worth: tuple[_Worth, ...]
    links: tuple[Cell, ...]


def dialog(report: Report) -> Chapter:
    """Questions to each shown finding, heaviest first; those beyond the first are folded."""
    look = Lookup(report)
    talks = [_talk(group, look, turn) for turn, group in enumerate(_groups(look))]
    return chapter(
        "dialog",
        "Möjliga orsaker och frågor till dialogen",
        "dialog.html.j2",
        talks=talks[:MOST_OPEN],
        folded=talks[MOST_OPEN:],
        more=_more(len(talks) - MOST_OPEN),
        has_pairs=any(each.kind is LeadKind.INDICATOR for each in report.leads),
        checks=_checks(look),
    )


def _more(n: int) -> str:
    """What the fold holds: ``Visa frågor till fem saker till``."""
    return f"Visa frågor till {wording.count(n)} {'sak' if n == 1 else 'saker'} till"


def _groups(look: Lookup) -> list[list[Finding]]:
    """The shown findings, one list an indicator, heaviest first inside and between them."""
    shown = [each for quadrant in QUADRANTS for each in look.findings(quadrant)]
    groups: dict[str, list[Finding]] = {}
    for each in sorted(shown, key=lambda each: (-each.score, each.id)):
        groups.setdefault(look.claims(each)[0].indicator or each.id, []).append(each)
    return list(groups.values())


def _talk(findings: list[Finding], look: Lookup, turn: int) -> _Talk:
    first = findings[0]
    claims = [look.claims(each)[0] for each in findings]
    atgarder = tuple(dict.fromkeys(each for one in claims for each in look.atgarder(one)))
    asked = [
        each
        for finding in findings
        for each in questions(finding, look, atgarder=atgarder, turn=turn)
    ]
    return _Talk(
        anchor=f"dialog-{slug(first.id)}",
        kind=slug(first.quadrant),
        name=wording.capital(wording.join([*dict.fromkeys(each.quadrant for each in findings)])),
        claims=tuple(claim(each, look) for each in claims),
        questions=tuple(dict.fromkeys(asked))[:MOST_QUESTIONS],
        limit=limit(claims[0], look),
        worth=_worth(findings, look),
        links=_links(findings, look),
    )


def _worth(findings: list[Finding], look: Lookup) -> tuple[_Worth, ...]:
    """The leads of all the findings, each said once and never what the heading says already."""
    ids = {each.id for each in findings}
    told = {id for each in findings for id in each.evidence}
    leads: dict[tuple[LeadKind, str, str], Lead] = {}
    for each in look.report.leads:
        is_told = each.kind is LeadKind.GROUP and each.evidence in told
        if each.finding in ids and not is_told:
            place = each.evidence if each.kind is LeadKind.GROUP else ""
            leads.setdefault((each.kind, each.indicator, place), each)
    return tuple(_Worth(lead_line(each, look), _way(each, look)) for each in leads.values())


def _way(lead: Lead, look: Lookup) -> Cell | None:
    """To the other indicator's figure, else to the evidence; none when another nämnd has it."""
    anchor = look.figure(lead.indicator) if lead.kind is LeadKind.INDICATOR else ""
    if anchor:
        return Cell("Diagram", href=f"#{anchor}")
    if lead.evidence in look.evidence:
        return Cell(f"Belägg {lead.evidence}", href=f"#{evidence_anchor(lead.evidence)}")
    return None


def _links(findings: list[Finding], look: Lookup) -> tuple[Cell, ...]:
    links = [
        Cell(f"Belägg {id}", href=f"#{evidence_anchor(id)}")
        for each in findings
        for id in each.evidence
    ]
    if anchor := look.figure(look.claims(findings[0])[0].indicator):
        links.append(Cell("Diagram", href=f"#{anchor}"))
    return tuple(links)


def _checks(look: Lookup) -> list[Cell]:
    """Findings that rest on a value to be checked before it is believed."""
    checks = []
    for id in look.doubted:
        indicator = look.indicator(look.evidence[id].indicator)
        if indicator is not None:
            text = f"{indicator.title}: stämmer siffran? Hör med den som har lämnat uppgiften."
            checks.append(Cell(text, href=f"#{evidence_anchor(id)}"))
    return checks
