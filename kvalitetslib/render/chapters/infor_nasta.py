"""Inför nästa period: what is left to decide, which goals fall due and which figures will come."""

from kvalitetslib.period import parse_period
from kvalitetslib.render import times
from kvalitetslib.render.lookup import QUADRANTS, Lookup, finding_anchor
from kvalitetslib.render.parts import Cell, Chapter, Table, chapter
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
        goals=_due(report),
        coming=_coming(report),
    )


def decisions(look: Lookup) -> list[tuple[Cell, str]]:
    """Every shown finding that the nämnd has something to decide or ask about."""
    found = []
    for quadrant in QUADRANTS:
        for each in look.findings(quadrant):
            evidence = look.claims(each)[0]
            needed = decision(each, look.atgarder(evidence), look)
            if needed:
                anchor = f"#{finding_anchor(each.id)}"
                found.append((Cell(claim(evidence, look), href=anchor), needed))
    return found


def _due(report: Report) -> Table | None:
    """Goals whose day comes within a year of the quarter, or has passed."""
    end = parse_period(report.quarter).end
    last = end.replace(year=end.year + 1)
    due = sorted(
        (each.due, each.title, each.decision)
        for each in report.goals
        if each.due is not None and each.due <= last
    )
    if not due:
        return None
    rows = tuple(
        (title, times.day(day), "har passerat" if day <= end else "kommer", decided or "–")
        for day, title, decided in due
    )
    return Table("Mål inom ett år", ("Mål", "Måldatum", "Läge", "Beslut"), rows, as_cards=True)


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
