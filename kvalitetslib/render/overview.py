"""The kommun's overview for kommunstyrelsen: all nämnder, the heaviest first in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kvalitetslib.render import times, wording
from kvalitetslib.render.chapters.cover import kommun_cover
from kvalitetslib.render.chapters.planera import GOAL_KINDS, goal_outcome
from kvalitetslib.render.editions import NAMND
from kvalitetslib.render.lookup import QUADRANTS, TO_MEND, Lookup, finding_anchor
from kvalitetslib.render.page import page
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.messages import decision, decisions_needed
from kvalitetslib.render.sentences.notes import VERDICT_ORDER, VERDICT_WORDS, verdict_counts
from kvalitetslib.report import Finding, Question, Report

MOST_FINDINGS = 3


@dataclass(frozen=True)
class Missing:
    """A nämnd whose report there is none of, and why in a few words."""

    namn: str
    why: str


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
        [cover, _state(looks, missing), _heaviest(looks), _goals(looks), _decisions(looks)],
        title=cover.document,
        editions=(("Alla rapporter", "index.html"), ("Hela kommunen", "")),
        elsewhere=frozenset(each.id for report in ordered for each in report.all_evidence),
    )


def _state(looks: Sequence[Lookup], missing: Sequence[Missing]) -> Chapter:
    head = ("Nämnd", *(VERDICT_WORDS[each] for each in VERDICT_ORDER), "Behöver beslut")
    rows = [_row(each.report) for each in looks]
    rows += [(Cell(each.namn, note=each.why), *("–",) * (len(head) - 1)) for each in missing]
    name = "Indikatorer efter bedömning, och fynd som behöver beslut"
    table = Table(name, head, tuple(rows), frozenset(range(1, len(head))), as_cards=True)
    return chapter("namnder", "Läget i alla nämnder", "overview_state.html.j2", table=table)


def _row(report: Report) -> tuple[str | Cell, ...]:
    counts = [n for _, n in verdict_counts(report)]
    return (
        Cell(report.namnd_namn, href=NAMND.file(report.namnd)),
        *(wording.number(each) for each in counts),
        wording.number(decisions_needed(report)),
    )


def _heaviest(looks: Sequence[Lookup]) -> Chapter:
    """The findings of each nämnd that weigh most, good or bad by the same rule."""
    groups = [
        (each.report.namnd_namn, [_finding(one, each) for one in _by_weight(each)[:MOST_FINDINGS]])
        for each in looks
    ]
    return chapter(
        "tyngst", "Det tyngsta i varje nämnd", "overview_heaviest.html.j2", groups=groups
    )


def _by_weight(look: Lookup) -> list[Finding]:
    shown = [each for quadrant in QUADRANTS for each in look.findings(quadrant)]
    return sorted(shown, key=lambda each: (-each.score, each.id))


def _finding(finding: Finding, look: Lookup) -> Cell:
    evidence = look.claims(finding)[0]
    note = f"{wording.capital(finding.quadrant)}. {certainty(evidence)}."
    return Cell(claim(evidence, look), href=_place(finding, look), note=note)


def _place(finding: Finding, look: Lookup) -> str:
    return f"{NAMND.file(look.report.namnd)}#{finding_anchor(finding.id)}"


def _goals(looks: Sequence[Lookup]) -> Chapter:
    rows = tuple(
        (
            goal.title,
            Cell(look.report.namnd_namn, href=f"{NAMND.file(look.report.namnd)}#planera"),
            GOAL_KINDS[goal.kind],
            times.day(goal.due) if goal.due else "–",
            goal_outcome(goal, look),
        )
        for look in looks
        for goal in look.report.goals
    )
    head = ("Mål", "Nämnd", "Typ", "Måldatum", "Bedömning")
    table = Table("Nämndernas mål", head, rows, as_cards=True) if rows else None
    return chapter("mal", "Målen", "overview_goals.html.j2", table=table)


def _decisions(looks: Sequence[Lookup]) -> Chapter:
    """What has something to mend and nothing under way, nämnd by nämnd."""
    groups = [(each.report.namnd_namn, _needed(each)) for each in looks]
    return chapter(
        "beslut",
        "Det som behöver beslut",
        "overview_decisions.html.j2",
        groups=[each for each in groups if each[1]],
    )


def _needed(look: Lookup) -> list[Cell]:
    found = []
    for each in (one for quadrant in TO_MEND for one in look.findings(quadrant)):
        evidence = look.claims(each)[0]
        atgarder = look.atgarder(evidence)
        told = decision(each, atgarder, look)
        is_asked = evidence.question is Question.OUTLOOK and not atgarder
        if told and not is_asked:
            found.append(replace(_finding(each, look), note=told))
    return found
