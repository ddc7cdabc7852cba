"""A field in four, for cost against quality or effect against effort."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    Role,
    document,
    draw,
    line,
    mark,
    missing,
    rect,
)
from kvalitetslib.render.charts.lettering import LINE, Block, block
from kvalitetslib.render.charts.placement import Box, surround
from kvalitetslib.render.charts.scale import Scale, is_known, known, padded

FIELD = 330.0
RADIUS = 6.0


@dataclass(frozen=True)
class Place:
    """A named point in the field; `low` and `high` bound its x value."""

    label: str
    x: float | None
    y: float | None
    role: Role = Role.OWN
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Field:
    """The names of the axes, where they cross, and the four parts.

    `names` are upper left, upper right, lower left and lower right.
    """

    x_name: str
    y_name: str
    x_split: float
    y_split: float
    names: tuple[str, str, str, str]


def quadrants(
    points: Sequence[Place],
    field: Field,
    *,
    id: str,
    title: str,
    description: str,
    width: float = WIDTH,
) -> Chart:
    """Named points in four parts; a name that finds no room is listed under the field."""
    texts = {"id": id, "title": title, "description": description}
    shown = [point for point in points if is_known(point.x) and is_known(point.y)]
    if not shown:
        return missing("quadrants", width=width, **texts)
    top = LINE + 8
    reached = known([v for p in shown for v in (p.x, p.low, p.high)])
    x = Scale(*_range(reached, field.x_split), 2, width - 2)
    corners = _corners(field, top, width)
    band = max(text.height for _, text, _ in corners) + 12
    span = _range([p.y or 0.0 for p in shown], field.y_split)
    y = Scale(*span, top + FIELD - band, top + band)
    split = x(field.x_split), y(field.y_split)
    spots = [(x(p.x or 0.0), y(p.y or 0.0)) for p in shown]
    spans = [
        (x(p.low or 0.0), x(p.high or 0.0), at)
        for p, (_, at) in zip(shown, spots, strict=True)
        if is_known(p.low) and is_known(p.high)
    ]
    names = [block(p.label, width * 0.3, 2, p.role is Role.OWN) for p in shown]
    boxes = surround(
        spots,
        [(name.width, name.height) for name in names],
        bounds=Box(4, top + 2, width - 4, top + FIELD - 2),
        radius=RADIUS,
        taken=[
            *(box for box, _, _ in corners),
            *_cross(split, top, width),
            *(Box(low, at - 1, high, at + 1) for low, high, at in spans),
        ],
    )
    body = [
        *_field(field, split, top, width),
        *(draw(text, at, (box.y0 + box.y1) / 2, cls="corner") for box, text, at in corners),
        *(line(low, at, high, at, "error") for low, high, at in spans),
        *_names(spots, shown, names, boxes),
    ]
    rest = [p.label for p, box in zip(shown, boxes, strict=True) if box is None]
    height = top + FIELD + 6 + LINE
    if rest:
        listed = block(f"Utan plats för namn: {', '.join(rest)}", width - 4, 3)
        body.append(draw(listed, 2, height + 4 + listed.height / 2, cls="soft"))
        height += 8 + listed.height
    return document("quadrants", body, size=(width, height), **texts)


def _range(values: Sequence[float], split: float) -> tuple[float, float]:
    """A range with the split in the middle, so that the four parts are equally large."""
    low, high = padded([*values, split], 0.12)
    reach = max(high - split, split - low)
    return split - reach, split + reach


def _cross(split: tuple[float, float], top: float, width: float) -> tuple[Box, Box]:
    """The two lines as boxes, so that names keep clear of them."""
    x, y = split
    return Box(x - 2, top, x + 2, top + FIELD), Box(0, y - 2, width, y + 2)


def _corners(field: Field, top: float, width: float) -> list[tuple[Box, Block, float]]:
    """The names of the parts in their outer corners."""
    room = width / 2 - 20
    texts = [block(name, room, 2, True) for name in field.names]
    out = []
    for i, text in enumerate(texts):
        left = 10 if i % 2 == 0 else width - 10 - text.width
        upper = top + 7 if i < 2 else top + FIELD - 7 - text.height
        out.append((Box(left, upper, left + text.width, upper + text.height), text, left))
    return out


def _field(field: Field, split: tuple[float, float], top: float, width: float) -> Iterable[str]:
    yield rect(1, top, width - 2, FIELD, "frame")
    yield line(split[0], top, split[0], top + FIELD, "rule county")
    yield line(1, split[1], width - 1, split[1], "rule county")
    yield draw(block(f"↑ {field.y_name}", width - 4, 1), 2, LINE / 2, cls="tick")
    x_name = block(f"{field.x_name} →", width - 4, 1)
    yield draw(x_name, width - 2, top + FIELD + 4 + LINE / 2, cls="tick", anchor="end")


def _names(
    spots: Sequence[tuple[float, float]],
    points: Sequence[Place],
    names: Sequence[Block],
    boxes: Sequence[Box | None],
) -> Iterable[str]:
    for (x, y), box in zip(spots, boxes, strict=True):
        if box:
            near_x, near_y = min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1)
            if abs(near_x - x) + abs(near_y - y) > RADIUS + 8:
                yield line(x, y, near_x, near_y, "lead")
    for (x, y), point in zip(spots, points, strict=True):
        yield mark(x, y, RADIUS, point.role)
    for point, name, box in zip(points, names, boxes, strict=True):
        if box:
            yield draw(name, box.x0, (box.y0 + box.y1) / 2, cls=f"name {point.role}")
