"""Kvalitetssäkra: the wedge. What has been finished, and what is to become the way of working."""

from kvalitetslib.render.chapters.measures import outcome_table
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.report import Report


def kvalitetssakra(report: Report) -> Chapter:
    """The finished åtgärder: what is to be kept as it is, and what is not."""
    return chapter(
        "kvalitetssakra",
        "Kvalitetssäkra",
        "kvalitetssakra.html.j2",
        table=outcome_table(Lookup(report), closed_alone=True),
    )
