"""The editions of a report: other pages from the same evidence, with the same numbers.

An edition shows nothing that the nämnd's own page does not show, and its claims lead there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kvalitetslib import page_names
from kvalitetslib.render.chapters.cover import edition_cover
from kvalitetslib.render.chapters.dialog import dialog
from kvalitetslib.render.chapters.genomfora import genomfora
from kvalitetslib.render.chapters.planera import planera
from kvalitetslib.render.chapters.summary import summary
from kvalitetslib.render.page import Links, page
from kvalitetslib.render.parts import Chapter
from kvalitetslib.render.residents import (
    about,
    children_plain,
    doing,
    equality_plain,
    most_important,
)
from kvalitetslib.render.staff import staff_survey
from kvalitetslib.report import Report

OVERVIEW = f"{page_names.OVERVIEW}.html"
_LINK = re.compile(r'href="#([^"]+)"')
_ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class Edition:
    """Who it is for, how its file is told apart, and its chapters after the cover."""

    name: str
    suffix: str
    chapters: tuple[Callable[[Report], Chapter], ...]

    def file(self, namnd: str) -> str:
        """The name of the page: ``miljo.html``, ``miljo-invanare.html``."""
        return f"{namnd}{self.suffix}.html"


NAMND = Edition("För nämnden", "", ())
"""The whole report, which the notebook makes."""
RESIDENTS = Edition(
    "För invånare",
    page_names.RESIDENTS,
    (most_important, children_plain, equality_plain, doing, about),
)
STAFF = Edition(
    "För medarbetare",
    page_names.STAFF,
    (summary, planera, genomfora, staff_survey, dialog),
)
EDITIONS = (NAMND, RESIDENTS, STAFF)


def edition_page(report: Report, edition: Edition) -> str:
    """The page of another edition than the nämnd's own.

    Raises
    ------
    BuildError : when a claim has no evidence in the report.
    """
    cover = edition_cover(report, edition.name)
    chapters = [cover, *(each(report) for each in edition.chapters)]
    return page(
        led_to(NAMND.file(report.namnd), chapters),
        title=cover.document,
        editions=edition_links(report.namnd, edition),
        elsewhere=frozenset(each.id for each in report.all_evidence),
        sheets=("editions.css",),
    )


def edition_links(namnd: str, current: Edition) -> Links:
    """The editions of a nämnd's report and the kommun's overview; no address for this page."""
    links = [(each.name, "" if each is current else each.file(namnd)) for each in EDITIONS]
    return (*links, ("Hela kommunen", OVERVIEW))


def led_to(home: str, chapters: list[Chapter]) -> list[Chapter]:
    """The chapters with links to what only stands on the page ``home`` led there."""
    here = {id for each in chapters for id in _ID.findall(each.html)}

    def lead(found: re.Match[str]) -> str:
        return found[0] if found[1] in here else f'href="{home}#{found[1]}"'

    return [
        Chapter(each.id, each.title, _LINK.sub(lead, each.html), each.document) for each in chapters
    ]
