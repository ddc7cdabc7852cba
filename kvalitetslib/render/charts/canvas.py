"""The paper of a chart: SVG elements as strings, and the finished `Chart`.

No element carries a colour; classes do, and `charts.css` gives them the page's colours. Text is
laid out at `TYPE` units on a drawing `WIDTH` units wide, which is what a phone needs; the style
sheet makes it smaller on wide screens and paper, where it then has room to spare.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape

from kvalitetslib.render.charts.lettering import SOFT_HYPHEN, Block, block, clean

WIDTH = 520.0
MISSING = "Uppgift saknas"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Role(StrEnum):
    """Whose values a mark shows; decides shape, line and colour."""

    OWN = "own"
    WOMEN = "women"
    MEN = "men"
    PEERS = "peers"
    COUNTY = "county"
    COUNTRY = "country"
    TARGET = "target"
    BEST = "best"
    FORECAST = "forecast"


@dataclass(frozen=True)
class Mark:
    """A place on an axis with a text: a tick, an event, a break, a target or a median."""

    at: float
    label: str
    role: Role = Role.PEERS


@dataclass(frozen=True)
class Chart:
    """A finished drawing that a template may insert as it is."""

    svg: str

    def __html__(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


def number(value: float) -> str:
    """A coordinate with at most one decimal and no minus zero."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    """The text as XML character data or attribute value."""
    return escape(clean(text).replace(SOFT_HYPHEN, ""))


def document(
    kind: str,
    body: Iterable[str],
    *,
    id: str,
    title: str,
    description: str,
    size: tuple[float, float],
    role: str = "img",
) -> Chart:
    """The drawing with its name and message.

    Raises
    ------
    ValueError : if the id is not an ASCII name, or the title or the description is empty.
    """
    if not _ID.fullmatch(id):
        raise ValueError(f"a chart id is ASCII letters, digits, _ and -, not {id!r}")
    if not safe(title) or not safe(description):
        raise ValueError(f"chart {id} needs a title and a description")
    return Chart(
        f'<svg class="diagram diagram-{kind}" viewBox="0 0 {number(size[0])} {number(size[1])}" '
        f'role="{role}" aria-labelledby="{id}-t {id}-d">'
        f'<title id="{id}-t">{safe(title)}</title><desc id="{id}-d">{safe(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def missing(
    kind: str, *, id: str, title: str, description: str, width: float, text: str = MISSING
) -> Chart:
    """An empty frame that says in words that nothing can be shown."""
    body = (
        f'<rect class="frame" x="1" y="1" width="{number(width - 2)}" height="98"/>',
        draw(block(text, width - 20), width / 2, 50, cls="soft", anchor="middle"),
    )
    return document(kind, body, id=id, title=title, description=description, size=(width, 100.0))


def line(x1: float, y1: float, x2: float, y2: float, cls: str) -> str:
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line class="{cls}" {ends}/>'


def path(points: Sequence[tuple[float, float]], cls: str, *, closed: bool = False) -> str:
    """A broken line, or a surface if closed, through the points."""
    spots = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="{cls}" d="M{spots}{"Z" if closed else ""}"/>'


def rect(x: float, y: float, width: float, height: float, cls: str) -> str:
    return (
        f'<rect class="{cls}" x="{number(x)}" y="{number(y)}" '
        f'width="{number(max(width, 0))}" height="{number(max(height, 0))}"/>'
    )


def circle(x: float, y: float, r: float, cls: str) -> str:
    return f'<circle class="{cls}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'


def diamond(x: float, y: float, r: float, cls: str) -> str:
    return path(((x, y - r), (x + r, y), (x, y + r), (x - r, y)), cls, closed=True)


def mark(x: float, y: float, r: float, role: Role, *, extra: str = "") -> str:
    """The shape of a role: men a square, comparisons a diamond, all others a circle."""
    cls = f"mark {role} {extra}".rstrip()
    if role is Role.MEN:
        return rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, cls)
    if role in (Role.PEERS, Role.COUNTY, Role.COUNTRY):
        return diamond(x, y, r * 1.15, cls)
    return circle(x, y, r, cls)


def draw(text: Block, x: float, y: float, *, cls: str = "", anchor: str = "start") -> str:
    """A block of lines with its middle at height y; offsets are in em, so they follow the type."""
    if not text.lines:
        return ""
    first = 0.35 - 0.575 * (len(text.lines) - 1)
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    whole = f"<title>{safe(text.full)}</title>" if text.full else ""
    look = f' class="{cls}"' if cls else ""
    place = f'x="{number(x)}" y="{number(y)}"'
    if len(text.lines) == 1:
        return f'<text{look} {place} dy="{first:.2f}em"{side}>{whole}{safe(text.lines[0])}</text>'
    spans = "".join(
        f'<tspan x="{number(x)}" dy="{first if i == 0 else 1.15:.3g}em">{safe(part)}</tspan>'
        for i, part in enumerate(text.lines)
    )
    return f"<text{look} {place}{side}>{whole}{spans}</text>"
