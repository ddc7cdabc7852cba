"""Genomföra: what goes on and what is planned."""

from kvalitetslib.render.chapters.measures import running_table
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.report import Report


def genomfora(report: Report) -> Chapter:
    """The åtgärder that are not finished."""
    return chapter(
        "genomfora", "Genomföra", "genomfora.html.j2", table=running_table(Lookup(report))
    )
