"""Åtgärda: what is to be mended and has no åtgärd, and what has come of the åtgärder there are."""

from kvalitetslib.render.chapters.measures import outcome_table
from kvalitetslib.render.lookup import TO_MEND, Lookup, finding_anchor
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.report import Report


def atgarda(report: Report) -> Chapter:
    """Weaknesses and threats without åtgärd first, then all åtgärder with status and outcome."""
    look = Lookup(report)
    return chapter(
        "atgarda",
        "Åtgärda",
        "atgarda.html.j2",
        unmet=unmet(look),
        table=outcome_table(look),
    )


def unmet(look: Lookup) -> list[Cell]:
    """Weaknesses and threats on the page that no measure concerns."""
    return [
        Cell(claim(look.claims(each)[0], look), href=f"#{finding_anchor(each.id)}")
        for quadrant in TO_MEND
        for each in look.findings(quadrant)
        if look.claims(each)[0].indicator and not look.atgarder(look.claims(each)[0])
    ]
