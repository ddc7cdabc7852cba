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
from kvalitetslib.render.charts.placement import Box, surround, thinned
from kvalitetslib.render.charts.scale import (
    Format,
    Scale,
    is_known,
    known,
    labelled_ticks,
    padded,
)

FIELD = 330.0
RADIUS = 6.0
GUTTER = 44.0
"""Room for the numbers of the y axis."""
_ROOM = 5.0
"""Clear space around the numbers of the axes."""


@dataclass(frozen=True)
class Place:
    """A named point in the field; `low` and `high` bound x, `y_low` and `y_high` y."""

    label: str
    x: float | None
    y: float | None
    role: Role = Role.OWN
    low: float | None = None
    high: float | None = None
    y_low: float | None = None
    y_high: float | None = None


@dataclass(frozen=True)
class Field:
    """The names of the axes, where they cross, and the four parts.

    `names` are upper left, upper right, lower left and lower right. With `fmts`, how numbers of x
    and y are written, the axes have scales. `limit` is a y value with a broken line of its own.
    """

    x_name: str
    y_name: str
    x_split: float
    y_split: float
    names: tuple[str, str, str, str]
    fmts: tuple[Format, Format] | None = None
    limit: float | None = None


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
    area = Box(GUTTER if field.fmts else 1, top, width - 1, top + FIELD)
    corners = _corners(field, area)
    x, y = _scales(shown, field, area, max(text.height for _, text, _ in corners) + 12)
    spots = [(x(p.x or 0.0), y(p.y or 0.0)) for p in shown]
    spans = [span for p, at in zip(shown, spots, strict=True) for span in _spans(p, at, x=x, y=y)]
    names = [block(p.label, width * 0.3, 2, p.role is Role.OWN) for p in shown]
    boxes = surround(
        spots,
        [(name.width, name.height) for name in names],
        bounds=Box(area.x0 + 3, top + 2, area.x1 - 3, area.y1 - 2),
        radius=RADIUS,
        taken=[
            *(box for box, _, _ in corners),
            *_cross((x(field.x_split), y(field.y_split)), area),
            *(Box(x0 - 1, y0 - 1, x1 + 1, y1 + 1) for x0, y0, x1, y1 in spans),
        ],
    )
    body = [
        *_frame(field, area, x=x, y=y),
        *(draw(text, at, (box.y0 + box.y1) / 2, cls="corner") for box, text, at in corners),
        *(line(*span, "error") for span in spans),
        *_names(spots, shown, names, boxes),
    ]
    rest = [p.label for p, box in zip(shown, boxes, strict=True) if box is None]
    height = area.y1 + 6 + LINE * (2 if field.fmts else 1)
    if rest:
        listed = block(f"Utan plats för namn: {', '.join(rest)}", width - 4, 3)
        body.append(draw(listed, 2, height + 4 + listed.height / 2, cls="soft"))
        height += 8 + listed.height
    return document("quadrants", body, size=(width, height), **texts)


def _scales(points: Sequence[Place], field: Field, area: Box, band: float) -> tuple[Scale, Scale]:
    """The scales of x and y; `band` keeps the points from the names of the parts."""
    across = known([v for p in points for v in (p.x, p.low, p.high)])
    up = known([field.limit, *(v for p in points for v in (p.y, p.y_low, p.y_high))])
    x = Scale(*_range(across, field.x_split), area.x0 + 1, area.x1 - 1)
    return x, Scale(*_range(up, field.y_split), area.y1 - band, area.y0 + band)


def _spans(
    point: Place, at: tuple[float, float], *, x: Scale, y: Scale
) -> Iterable[tuple[float, float, float, float]]:
    """The lines of the intervals, from the left and from the top."""
    if is_known(point.low) and is_known(point.high):
        yield x(point.low or 0.0), at[1], x(point.high or 0.0), at[1]
    if is_known(point.y_low) and is_known(point.y_high):
        yield at[0], y(point.y_high or 0.0), at[0], y(point.y_low or 0.0)


def _range(values: Sequence[float], split: float) -> tuple[float, float]:
    """A range with the split in the middle, so that the four parts are equally large."""
    low, high = padded([*values, split], 0.12)
    reach = max(high - split, split - low)
    return split - reach, split + reach


def _cross(split: tuple[float, float], area: Box) -> tuple[Box, Box]:
    """The two lines as boxes, so that names keep clear of them."""
    x, y = split
    return Box(x - 2, area.y0, x + 2, area.y1), Box(area.x0, y - 2, area.x1, y + 2)


def _corners(field: Field, area: Box) -> list[tuple[Box, Block, float]]:
    """The names of the parts in their outer corners."""
    room = (area.x1 - area.x0) / 2 - 20
    texts = [block(name, room, 2, True) for name in field.names]
    out = []
    for i, text in enumerate(texts):
        left = area.x0 + 9 if i % 2 == 0 else area.x1 - 9 - text.width
        upper = area.y0 + 7 if i < 2 else area.y1 - 7 - text.height
        out.append((Box(left, upper, left + text.width, upper + text.height), text, left))
    return out


def _frame(field: Field, area: Box, *, x: Scale, y: Scale) -> Iterable[str]:
    width = area.x1 - area.x0
    yield rect(area.x0, area.y0, width, FIELD, "frame")
    yield line(x(field.x_split), area.y0, x(field.x_split), area.y1, "rule county")
    yield line(area.x0, y(field.y_split), area.x1, y(field.y_split), "rule county")
    if field.limit is not None and y.low < field.limit < y.high:
        yield line(area.x0, y(field.limit), area.x1, y(field.limit), "rule limit")
    yield draw(block(f"↑ {field.y_name}", area.x1 - 3, 1), 2, LINE / 2, cls="tick")
    named = area.y1 + 4 + LINE * (1.5 if field.fmts else 0.5)
    x_name = block(f"{field.x_name} →", area.x1 - 3, 1)
    yield draw(x_name, area.x1 - 1, named, cls="tick", anchor="end")
    if field.fmts:
        yield from _numbers(field.fmts, area, x=x, y=y)


def _numbers(fmts: tuple[Format, Format], area: Box, *, x: Scale, y: Scale) -> Iterable[str]:
    """The numbers of the axes, those that have room."""
    ticks = labelled_ticks(x.low, x.high, fmts[0])
    texts = [block(label, area.x1 - area.x0, 1) for _, label in ticks]
    spots = [x(value) for value, _ in ticks]
    for i in sorted(thinned(spots, [text.width for text in texts])):
        half = texts[i].width / 2
        if area.x0 + half <= spots[i] <= area.x1 - half:
            place = area.y1 + 4 + LINE / 2
            yield draw(texts[i], spots[i], place, cls="tick", anchor="middle")
    for value, label in labelled_ticks(y.low, y.high, fmts[1]):
        number = block(label, GUTTER - _ROOM, 1)
        yield draw(number, area.x0 - _ROOM, y(value), cls="tick", anchor="end")


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
