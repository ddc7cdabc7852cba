"""The improvement wheel on its slope, with the wedge that keeps it from rolling back.

The steps go clockwise. The last one, where what works is made the rule, lies lower left, over the
wedge: without it the wheel rolls down again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt

from kvalitetslib.render.charts.canvas import Chart, document, draw, number, safe
from kvalitetslib.render.charts.lettering import block

SIZE = (236.0, 236.0)
CENTRE = (120.0, 106.0)
OUTER = 102.0
INNER = 30.0
SLOPE = radians(8)
SEAM = 2.2
Place = tuple[float, float]


@dataclass(frozen=True)
class Step:
    """A step of the wheel and the id on the page that it leads to."""

    name: str
    target: str


STEPS = (
    Step("Planera", "planera"),
    Step("Genomföra", "genomfora"),
    Step("Följa upp", "folja-upp"),
    Step("Åtgärda", "atgarda"),
    Step("Kvalitets\u00adsäkra", "kvalitetssakra"),
)


def wheel(
    active: int,
    steps: Sequence[Step] = STEPS,
    *,
    id: str,
    title: str,
    description: str,
) -> Chart:
    """The wheel with step number `active` (from 1) marked; 0 marks none. Each step is a link.

    The role is "group", as links within an image would not be reached by a screen reader.

    Raises
    ------
    ValueError : if there are fewer than three steps or `active` is not one of them.
    """
    if len(steps) < 3 or not 0 <= active <= len(steps):
        raise ValueError(f"step {active} of a wheel with {len(steps)} steps")
    turn = 2 * pi / len(steps)
    body = [ground(), *hub()]
    for i, step in enumerate(steps):
        middle = pi + turn * (i + 1.5)
        wedge = wedge_shape() if i == len(steps) - 1 else ""
        body.append(_step(step, (middle, turn), wedge, is_active=i + 1 == active))
    return document(
        "wheel", body, id=id, title=title, description=description, size=SIZE, role="group"
    )


def spot(angle: float, r: float) -> Place:
    """A place on the wheel; the angle goes clockwise from the top."""
    return CENTRE[0] + r * sin(angle), CENTRE[1] - r * cos(angle)


def _xy(place: Place) -> str:
    return f"{number(place[0])} {number(place[1])}"


def _step(step: Step, arc: tuple[float, float], wedge: str, *, is_active: bool) -> str:
    middle, turn = arc
    cls = " on" if is_active else ""
    shape = f'<path class="step" d="{segment(middle, turn)}"/>'
    text = draw(block(step.name, 92, 2), *spot(middle, 67), cls="step-name", anchor="middle")
    current = ' aria-current="step"' if is_active else ""
    link = f'<a class="step-link{cls}" href="#{safe(step.target)}"{current}>'
    return f"{link}{shape}{wedge}{text}</a>"


def segment(middle: float, turn: float) -> str:
    """A piece of the ring with parallel seams, so that all gaps are equally wide."""
    outer, inner = turn / 2 - SEAM / OUTER, turn / 2 - SEAM / INNER
    a, b = spot(middle - outer, OUTER), spot(middle + outer, OUTER)
    c, d = spot(middle + inner, INNER), spot(middle - inner, INNER)
    return (
        f"M{_xy(a)}A{number(OUTER)} {number(OUTER)} 0 0 1 {_xy(b)}"
        f"L{_xy(c)}A{number(INNER)} {number(INNER)} 0 0 0 {_xy(d)}Z"
    )


def _slope(along: float, above: float) -> Place:
    """A place measured from where the wheel stands: uphill along the ground, and above it."""
    x = CENTRE[0] + (OUTER + 2) * sin(SLOPE) + along * cos(SLOPE) - above * sin(SLOPE)
    y = CENTRE[1] + (OUTER + 2) * cos(SLOPE) - along * sin(SLOPE) - above * cos(SLOPE)
    return x, y


def ground() -> str:
    return f'<path class="ground" d="M{_xy(_slope(-124, 0))}L{_xy(_slope(102, 0))}"/>'


def wedge_shape() -> str:
    """A chock whose face follows the rim."""
    face = OUTER + 2.5
    low, high = 24.0, 72.0
    rise = [face - sqrt(face**2 - at**2) for at in (low, high)]
    tip, top = _slope(-low, rise[0]), _slope(-high, rise[1])
    corners = f"L{_xy(_slope(-high - 22, 1.5))}L{_xy(_slope(-low + 8, 1.5))}Z"
    arc = f"A{number(face)} {number(face)} 0 0 1 {_xy(top)}"
    return f'<path class="wedge" d="M{_xy(tip)}{arc}{corners}"/>'


def hub() -> Iterable[str]:
    """A small arrow that shows the way round."""
    r = 13.0
    start, end = spot(-2.2, r), spot(2.0, r)
    yield f'<path class="turn" d="M{_xy(start)}A{number(r)} {number(r)} 0 1 1 {_xy(end)}"/>'
    tip, out, back = spot(2.55, r), spot(1.95, r + 5), spot(1.95, r - 5)
    yield f'<path class="turn-tip" d="M{_xy(tip)}L{_xy(out)}L{_xy(back)}Z"/>'
