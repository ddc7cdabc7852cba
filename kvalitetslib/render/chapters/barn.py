"""Barn i fokus: what concerns children, in every nämnd."""

from kvalitetslib.render import wording
from kvalitetslib.render.anchors import finding_anchor
from kvalitetslib.render.chapters.enkat_tables import overview as questions
from kvalitetslib.render.chapters.folja_upp import overview
from kvalitetslib.render.lookup import QUADRANTS, Lookup
from kvalitetslib.render.parts import Cell, Chapter, chapter
from kvalitetslib.render.sentences.claims import certainty, claim
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.report import Report


def barn(report: Report) -> Chapter:
    """Indicators and questions of surveys that concern children, and the findings about them."""
    look = Lookup(report)
    results = look.children()
    asked = look.asked_of_children()
    ids = {each.indicator.id for each in results}
    ids |= {each.indicator.id for _, items in asked for each in items}
    findings = [
        (
            Cell(claim(evidence, look), href=f"#{finding_anchor(each.id)}"),
            wording.capital(each.quadrant),
            certainty(evidence),
            why(evidence, look),
        )
        for quadrant in QUADRANTS
        for each in look.findings(quadrant)
        if (evidence := look.claims(each)[0]).indicator in ids
    ]
    return chapter(
        "barn",
        "Barn i fokus",
        "barn.html.j2",
        findings=findings,
        tables=[
            *([overview(results, look, caption="Indikatorer som gäller barn")] if results else []),
            *(
                questions(survey, items, look, caption=f"{survey.name}: frågor som gäller barn")
                for survey, items in asked
            ),
        ],
        namnd=report.namnd_namn,
    )
