"""Inför nästa period: what to decide, what to do first, whom to learn from, and a draft."""

from kvalitetslib.analysis.lessons import without_lesson
from kvalitetslib.period import parse_period
from kvalitetslib.render import times
from kvalitetslib.render.anchors import finding_anchor
from kvalitetslib.render.goal_tables import attained, states_of
from kvalitetslib.render.learning_tables import (
    lessons_table,
    own_table,
    peers_table,
    priority_table,
)
from kvalitetslib.render.lookup import QUADRANTS, Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
from kvalitetslib.render.plan_draft import plan_file, plan_table
from kvalitetslib.render.sentences import learning
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.messages import decision
from kvalitetslib.report import Report


def infor_nasta(report: Report) -> Chapter:
    """What the next plan is made of."""
    look = Lookup(report)
    return chapter(
        "infor-nasta-period",
        "Inför nästa period",
        "infor_nasta.html.j2",
        decisions=decisions(look),
        priorities=priority_table(look),
        parts=learning.PARTS,
        lessons=lessons_table(look),
        untaught=[each.title for each in without_lesson(report)],
        unused=[
            each.text for each in report.lessons if _is_unused(report, each.namnd, each.used_in)
        ],
        peers=peers_table(look),
        own=own_table(look),
        plan=plan_table(look),
        file=plan_file(report),
        goals=_due(look),
        coming=_coming(report),
    )


def decisions(look: Lookup) -> dict[str, list[Cell]]:
    """What the nämnd has to decide or ask, with every shown finding that it is about."""
    found: dict[str, list[Cell]] = {}
    for quadrant in QUADRANTS:
        for each in look.findings(quadrant):
            evidence = look.claims(each)[0]
            needed = decision(each, look.atgarder(evidence), look)
            if needed:
                link = Cell(claim(evidence, look), href=f"#{finding_anchor(each.id)}")
                found.setdefault(needed, []).append(link)
    return found


def _is_unused(report: Report, namnd: str, used_in: tuple[str, ...]) -> bool:
    return namnd == report.namnd and not used_in


def _due(look: Lookup) -> Table | None:
    """Goals whose day comes within a year of the quarter, or has passed."""
    end = parse_period(look.report.quarter).end
    last = end.replace(year=end.year + 1)
    days = ((each.due, each) for each in look.report.goals if each.due is not None)
    due = sorted((day, goal.title, goal.id, goal) for day, goal in days if day <= last)
    if not due:
        return None
    states = states_of(look)
    rows = tuple(
        (
            title,
            times.day(day),
            "har passerat" if day <= end else "kommer",
            goal.decision or "–",
            attained(states.get(id), goal, look),
        )
        for day, title, id, goal in due
    )
    head = ("Mål", "Måldatum", "Läge", "Beslut", "Bedömning")
    return Table("Mål inom ett år", head, rows, as_cards=True)


def _coming(report: Report) -> Table | None:
    """When new figures are expected; those without a known day are left out."""
    known = sorted(
        (each.next_publication, each.indicator.title)
        for each in report.indicators
        if each.next_publication
    )
    if not known:
        return None
    rows = tuple((title, times.day_of_text(day)) for day, title in known)
    return Table("Nya värden väntas", ("Indikator", "Publiceras"), rows)
