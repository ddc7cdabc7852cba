"""The kommun's overview for kommunstyrelsen: all nämnder, the heaviest first in each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kvalitetslib.render import times, wording
from kvalitetslib.render.anchors import finding_anchor, slug
from kvalitetslib.render.chapters.cover import kommun_cover
from kvalitetslib.render.chapters.planera import GOAL_KINDS, goal_outcome
from kvalitetslib.render.editions import NAMND
from kvalitetslib.render.goal_tables import attained, states_of
from kvalitetslib.render.lookup import QUADRANTS, TO_MEND, Lookup
from kvalitetslib.render.matrix import Line
from kvalitetslib.render.page import page
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences.attainment import roll_up
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.messages import decision, decisions_needed
from kvalitetslib.render.sentences.notes import VERDICT_ORDER, verdict_counts
from kvalitetslib.report import Finding, Question, Report, Verdict

MOST_FINDINGS = 3


@dataclass(frozen=True)
class Missing:
    """A nämnd whose report there is none of, and why in a few words."""

    namn: str
    why: str


@dataclass(frozen=True)
class _Heavy:
    """A finding that weighs much: its quadrant as a class and a name, and its linked claim."""

    kind: str
    quadrant: str
    certainty: str
    claim: Cell


def kommun_page(reports: Sequence[Report], missing: Sequence[Missing] = ()) -> str:
    """One page over the reports of a kommun's quarter.

    Parameters
    ----------
    reports : finished reports of the same kommun and quarter, one at least.

    Raises
    ------
    BuildError : when a claim has no evidence in its report.
    """
    ordered = sorted(reports, key=lambda each: wording.collation(each.namnd_namn))
    looks = [Lookup(each) for each in ordered]
    cover = kommun_cover(ordered[0])
    return page(
        [cover, _state(looks, missing), _heaviest(looks), _decisions(looks), _goals(looks)],
        title=cover.document,
        editions=(("Alla rapporter", "index.html"), ("Hela kommunen", "")),
        elsewhere=frozenset(each.id for report in ordered for each in report.all_evidence),
        sheets=("matrix.css", "editions.css"),
    )


def _state(looks: Sequence[Lookup], missing: Sequence[Missing]) -> Chapter:
    lines = [_line(each.report) for each in looks]
    lines += [Line(each.namn, note=each.why) for each in missing]
    return chapter("namnder", "Läget i alla nämnder", "overview_state.html.j2", lines=lines)


def _line(report: Report) -> Line:
    return Line(
        report.namnd_namn,
        NAMND.file(report.namnd),
        tuple(n for _, n in verdict_counts(report)),
        decisions_needed(report),
        len(report.doubts),
    )


def _heaviest(looks: Sequence[Lookup]) -> Chapter:
    """The findings of each nämnd that weigh most, good or bad by the same rule."""
    groups = [
        (each.report.namnd_namn, [_heavy(one, each) for one in _by_weight(each)[:MOST_FINDINGS]])
        for each in looks
    ]
    return chapter(
        "tyngst", "Det tyngsta i varje nämnd", "overview_heaviest.html.j2", groups=groups
    )


def _by_weight(look: Lookup) -> list[Finding]:
    shown = [each for quadrant in QUADRANTS for each in look.findings(quadrant)]
    return sorted(shown, key=lambda each: (-each.score, each.id))


def _heavy(finding: Finding, look: Lookup) -> _Heavy:
    evidence = look.claims(finding)[0]
    name = wording.capital(finding.quadrant)
    claimed = _linked(finding, look)
    return _Heavy(slug(finding.quadrant), name, wording.lower_first(certainty(evidence)), claimed)


def _linked(finding: Finding, look: Lookup) -> Cell:
    """The claim, with a link to its card on the page of its nämnd."""
    place = f"{NAMND.file(look.report.namnd)}#{finding_anchor(finding.id)}"
    return Cell(claim(look.claims(finding)[0], look), href=place)


def _goals(looks: Sequence[Lookup]) -> Chapter:
    rows = tuple(
        (
            goal.title,
            Cell(look.report.namnd_namn, href=f"{NAMND.file(look.report.namnd)}#planera"),
            GOAL_KINDS[goal.kind],
            times.day(goal.due) if goal.due else "–",
            goal_outcome(goal, look),
            attained(states_of(look).get(goal.id), goal, look),
        )
        for look in looks
        for goal in look.report.goals
    )
    head = ("Mål", "Nämnd", "Typ", "Måldatum", "Bedömning", "Är målet nått?")
    table = Table("Nämndernas mål", head, rows, as_cards=True) if rows else None
    lines = [_goal_line(each) for each in looks if each.report.goals]
    return chapter("mal", "Målen", "overview_goals.html.j2", table=table, lines=lines)


def _goal_line(look: Lookup) -> Line:
    """How many of a nämnd's goals stand how, and how many are reached."""
    tones = [goal_outcome(each, look).tone for each in look.report.goals]
    not_judged = Verdict.NOT_JUDGED.name.lower()
    counts = Counter(each or not_judged for each in tones)
    ordered = tuple(counts[each.name.lower()] for each in VERDICT_ORDER)
    href = f"{NAMND.file(look.report.namnd)}#planera"
    return Line(look.report.namnd_namn, href, ordered, note=roll_up(look.report.goal_states))


def _decisions(looks: Sequence[Lookup]) -> Chapter:
    """What has something to mend and nothing under way, nämnd by nämnd."""
    groups = [(each.report.namnd_namn, _needed(each)) for each in looks]
    return chapter(
        "beslut",
        "Det som behöver beslut",
        "overview_decisions.html.j2",
        groups=[each for each in groups if each[1]],
    )


def _needed(look: Lookup) -> list[tuple[str, list[Cell]]]:
    """The findings that need a decision, under what there is to decide."""
    found: dict[str, list[Cell]] = {}
    for each in (one for quadrant in TO_MEND for one in look.findings(quadrant)):
        evidence = look.claims(each)[0]
        atgarder = look.atgarder(evidence)
        told = decision(each, atgarder, look)
        is_asked = evidence.question is Question.OUTLOOK and not atgarder
        if told and not is_asked:
            found.setdefault(told, []).append(_linked(each, look))
    return list(found.items())
