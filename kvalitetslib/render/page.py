"""The whole document: chapters under one head."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from kvalitetslib.render.head import Head, script, sheet
from kvalitetslib.render.parts import Chapter, render, style
from kvalitetslib.render.trace import check_trace

COVER = "forsatt"


Links = Sequence[tuple[str, str]]
"""Names and addresses; the one without an address is the page itself."""


def page(
    chapters: Sequence[Chapter],
    *,
    title: str,
    editions: Links = (),
    elsewhere: frozenset[str] = frozenset(),
    sheets: tuple[str, ...] = (),
) -> str:
    """The self-contained HTML document of the chapters, in the order given.

    The cover, if there is one, becomes the head; its style is moved to the document's head.

    Parameters
    ----------
    editions : the other pages from the same report, and this one.
    elsewhere : ids of evidence that stands on another page, to which the claims here lead.
    sheets : more style sheets than those of every page.

    Raises
    ------
    BuildError : when a claim of the page does not lead to its evidence.
    """
    check_trace(chapters, title=title, elsewhere=elsewhere)
    covers = [each for each in chapters if each.id == COVER]
    rest = [each for each in chapters if each.id != COVER]
    cover = covers[0].html.removeprefix(style()) if covers else ""
    more = (sheet(*sheets),) if sheets else ()
    return str(
        render(
            "page.html.j2",
            title=title,
            head=Head(title, (*page_styles(title), *more, script("page.js"))),
            cover=Markup(cover),
            chapters=rest,
            editions=editions,
        )
    )


def page_styles(title: str) -> tuple[str, ...]:
    """The styles of a document with that title, on screen and on paper."""
    return style(), sheet("page.css", "print.css"), _running_head(title)


def _running_head(title: str) -> str:
    """The title at the top of every printed sheet but the first, which has the whole head."""
    # In a CSS string every character that could end it, or the style, is written by its number.
    text = re.sub(r"[^\w ,.:()–-]", lambda found: f"\\{ord(found[0]):x} ", title)
    look = "font: 8.5pt Arial, sans-serif; color: #4d5b68; overflow-wrap: anywhere"
    return (
        f'<style>@page {{ @top-left {{ content: "{text}"; {look} }} }}\n'
        "@page :first { @top-left { content: none } }</style>\n"
    )
