"""The edition for residents: short, in plain words, and with the same numbers as the nämnd's."""

from dataclasses import dataclass

from kvalitetslib.model import Perspective
from kvalitetslib.render import times
from kvalitetslib.render.anchors import finding_anchor, slug
from kvalitetslib.render.lookup import QUADRANTS, Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences import plain
from kvalitetslib.render.sentences.claims import claim, sure
from kvalitetslib.render.sentences.messages import measures_text
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.render.staff import is_to_staff
from kvalitetslib.report import Evidence, Finding, Question, Report

MOST = 5
MOST_OF_A_KIND = 3
_INWARD = (Perspective.STAFF, Perspective.ECONOMY)
_INTRICATE = (Question.DRIVER, Question.EFFECT, Question.ASSURANCE, Question.RESPONSE)
"""What takes more words to explain than there is room for; it stands on the nämnd's page."""


@dataclass(frozen=True)
class _Message:
    heading: str
    tone: str
    what: Said
    numbers: str
    sure: str
    measures: str
    href: str


def most_important(report: Report) -> Chapter:
    """Three to five findings, the heaviest of each kind first."""
    look = Lookup(report)
    return chapter(
        "viktigast",
        "Det viktigaste",
        "most_important.html.j2",
        messages=[_message(each, look) for each in _chosen(look)],
        empty=plain.NO_MESSAGE,
    )


def children_plain(report: Report) -> Chapter:
    """The heaviest findings about children that are not told above."""
    look = Lookup(report)
    found = _of_children(look)
    empty = plain.NO_CHILD_FINDING if _children_indicators(look) else plain.NO_CHILDREN
    listed = _unsaid(found, _chosen(look), look)
    return _list("barn-kort", "Barn och unga", listed, look, plain.TOLD if found else empty)


def equality_plain(report: Report) -> Chapter:
    """The heaviest gaps between women and men, girls and boys, that are not told above."""
    look = Lookup(report)
    by_sex = [each for each in report.all_evidence if _is_by_sex(each)]
    found = [each for each in _by_weight(look) if _is_by_sex(look.claims(each)[0])]
    empty = plain.NO_GAP if by_sex else plain.NO_SEXES
    chosen = _chosen(look)
    listed = _unsaid(found, [*chosen, *_unsaid(_of_children(look), chosen, look)], look)
    return _list("kvinnor-och-man", "Kvinnor och män", listed, look, plain.TOLD if found else empty)


def doing(report: Report) -> Chapter:
    """What the nämnd wants and what it does: goals and åtgärder by their titles."""
    goals = [
        (each.title, f"senast {times.day(each.due)}" if each.due else "") for each in report.goals
    ]
    going = [(each.title, each.status.value) for each in report.atgarder if not each.is_closed]
    return chapter(
        "det-har-gor-namnden",
        "Vad nämnden gör",
        "doing.html.j2",
        goals=goals,
        going=going,
        no_goal=plain.NO_GOAL,
        no_measure=plain.NO_MEASURE,
    )


def about(report: Report) -> Chapter:
    """Whose figures they are, and where there is more."""
    return chapter("om-sidan", "Om sidan", "about.html.j2", told=plain.ABOUT)


def _chosen(look: Lookup) -> list[Finding]:
    """The heaviest of each quadrant first, then the rest; one an indicator, five at most."""
    outward = [each for each in _by_weight(look) if _concerns_residents(each, look)]
    order = sorted(outward, key=lambda each: any(_goes_before(one, each) for one in outward))
    chosen: dict[str, Finding] = {}
    for each in order:
        chosen.setdefault(look.claims(each)[0].indicator or each.id, each)
    kept = {each.id for each in list(chosen.values())[:MOST]}
    return [each for each in outward if each.id in kept]


def _goes_before(one: Finding, other: Finding) -> bool:
    """Whether one is a heavier finding of the same quadrant."""
    same = one.quadrant is other.quadrant
    return same and (-one.score, one.id) < (-other.score, other.id)


def _by_weight(look: Lookup) -> list[Finding]:
    shown = [each for quadrant in QUADRANTS for each in look.findings(quadrant)]
    return sorted(shown, key=lambda each: (-each.score, each.id))


def _children_indicators(look: Lookup) -> set[str]:
    asked = {each.indicator.id for _, items in look.asked_of_children() for each in items}
    return asked | {each.indicator.id for each in look.children()}


def _of_children(look: Lookup) -> list[Finding]:
    known = _children_indicators(look)
    return [each for each in _by_weight(look) if look.claims(each)[0].indicator in known]


def _unsaid(found: list[Finding], said: list[Finding], look: Lookup) -> list[Finding]:
    """The first of the findings whose sentences are new: a page says nothing twice."""
    known = {_sentence(each, look) for each in said}
    fresh: dict[str, Finding] = {}
    for each in found:
        sentence = _sentence(each, look)
        if sentence not in known:
            fresh.setdefault(sentence, each)
    return list(fresh.values())[:MOST_OF_A_KIND]


def _sentence(finding: Finding, look: Lookup) -> str:
    return claim(look.claims(finding)[0], look).text


def _concerns_residents(finding: Finding, look: Lookup) -> bool:
    evidence = look.claims(finding)[0]
    indicator = look.indicator(evidence.indicator)
    is_inward = indicator is not None and indicator.perspective in _INWARD
    survey = look.survey(evidence)
    is_inward |= survey is not None and is_to_staff(survey)
    return not is_inward and evidence.question not in _INTRICATE


def _is_by_sex(evidence: Evidence) -> bool:
    is_gap = evidence.question in (Question.GAP, Question.GAP_TREND)
    return is_gap and evidence.group.gender in ("K", "M")


def _message(finding: Finding, look: Lookup) -> _Message:
    evidence = look.claims(finding)[0]
    is_room = evidence.question is Question.POTENTIAL
    return _Message(
        heading=plain.LEFT_TO_WIN if is_room else plain.HEADINGS[finding.quadrant],
        tone=slug(finding.quadrant),
        what=claim(evidence, look),
        numbers=why(evidence, look),
        sure=plain.SURE[sure(evidence)],
        measures=measures_text(look.atgarder(evidence)),
        href=f"#{finding_anchor(finding.id)}",
    )


def _list(id: str, title: str, found: list[Finding], look: Lookup, empty: str) -> Chapter:
    lines = [
        Cell(claim(each, look), note=why(each, look))
        for each in (look.claims(finding)[0] for finding in found)
    ]
    return chapter(id, title, "plain_list.html.j2", lines=lines, empty=empty)
