"""Bilaga G: what has been tested of the page's accessibility, what has not, and where to turn."""

from kvalitetslib.render.parts import Chapter, chapter
from kvalitetslib.render.sentences.accessibility import STATEMENT, TESTED, UNTESTED
from kvalitetslib.report import Report


def accessibility(report: Report) -> Chapter:
    """Facts for the kommun's own statement, which the law asks of the kommun."""
    return chapter(
        "tillganglighet",
        "Bilaga G. Tillgänglighet",
        "accessibility.html.j2",
        tested=TESTED,
        untested=UNTESTED,
        statement=STATEMENT.format(kommun=report.kommun_namn),
    )
