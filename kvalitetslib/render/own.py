"""What an analyst has added to a notebook, as a chapter of the page. All of it is made inert."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

import bleach
import mistune
from markupsafe import Markup, escape

from kvalitetslib.render.parts import Chapter

DEFAULT_TITLE = "Egen analys"
IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_TAGS = frozenset(
    "a b br caption code col colgroup dd div dl dt em figcaption figure h3 h4 h5 h6 i li ol p pre"
    " small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    "*": ["lang", "title"],
    "a": ["href"],
    "td": ["colspan", "rowspan"],
    "th": ["scope", "colspan", "rowspan"],
}
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """One output or text cell. ``title`` is the heading it brings, if any."""

    html: Markup
    title: str = ""


class _Renderer(mistune.HTMLRenderer):
    """Headings below the chapter's own; no picture is fetched, its text stands instead."""

    def heading(self, text: str, level: int, **attrs: object) -> str:
        kept = min(max(level, 3), 6)
        return f"<h{kept}>{text}</h{kept}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return str(escape(text))


_MARKDOWN = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=["table"])


def markdown(source: str) -> Piece:
    """A text cell. A first line such as ``## Rubrik`` becomes the chapter's heading."""
    first, _, rest = source.strip().partition("\n")
    is_heading = first.startswith(("# ", "## "))
    body = rest if is_heading else source
    title = first.lstrip("# ").strip() if is_heading else ""
    return Piece(Markup(_MARKDOWN(body)), title)


def plain(text: str) -> Piece:
    """Printed text, as it is."""
    return Piece(Markup("<pre>{}</pre>\n").format(text))


def markup(html: str) -> Piece:
    """HTML such as a table, without scripts, styles, pictures or form fields."""
    text = _CODE.sub("", html)
    return Piece(Markup(bleach.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, strip=True)) + "\n")


def picture(kind: str, content: str, text: str) -> Piece:
    """A picture inside the page. ``content`` is SVG as text, or base64; ``text`` describes it."""
    is_svg = kind == "image/svg+xml"
    coded = base64.b64encode(content.encode()).decode() if is_svg else "".join(content.split())
    figure = '<figure><img src="data:{};base64,{}" alt="{}"></figure>\n'
    return Piece(Markup(figure).format(kind, coded, text))


def own_chapter(number: int, pieces: Sequence[Piece]) -> Chapter:
    """The pieces under the heading that the first of them brings."""
    title = pieces[0].title or DEFAULT_TITLE
    id = f"egen-analys-{number}"
    frame = Markup('<section class="kv kapitel" id="{0}" aria-labelledby="{0}-r">\n{1}</section>\n')
    heading = Markup('<h2 id="{}-r">{}</h2>\n').format(id, title)
    body = Markup("").join([heading, *(each.html for each in pieces)])
    return Chapter(id, title, str(frame.format(id, body)))
