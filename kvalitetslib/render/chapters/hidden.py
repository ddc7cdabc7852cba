"""Bilaga D: how many figures are not shown, and why."""

from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Chapter, Table, chapter
from kvalitetslib.render.sentences.claims import WITHHELD
from kvalitetslib.report import Report


def hidden(report: Report) -> Chapter:
    """The cells without a number, counted by indicator and reason."""
    look = Lookup(report)
    titles = {id: each.title for id in look.order if (each := look.indicator(id)) is not None}
    return chapter(
        "dolda-uppgifter",
        "Bilaga D. Dolda uppgifter",
        "hidden.html.j2",
        hidden=_hidden(report, titles) if report.hidden else None,
        has_surveys=bool(report.surveys),
    )


def _hidden(report: Report, titles: dict[str, str]) -> Table:
    rows = tuple(
        (
            titles.get(each.indicator, each.indicator),
            WITHHELD[each.reason],
            wording.number(each.cells),
        )
        for each in report.hidden
    )
    return Table("Uppgifter som inte visas", ("Indikator", "Skäl", "Antal"), rows, frozenset({2}))
