"""Rows under headings, each with an estimate and its interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    Mark,
    Role,
    circle,
    document,
    draw,
    line,
    mark,
    missing,
    rect,
)
from kvalitetslib.render.charts.lettering import LINE, Block, block
from kvalitetslib.render.charts.placement import thinned
from kvalitetslib.render.charts.scale import Format, Scale, is_known, known, labelled_ticks, padded

NO_VALUE = "uppgift saknas"
PAD = 7.0
LABEL_LINES = 3
RING = 4.6


@dataclass(frozen=True)
class Row:
    """A group's estimate; `text` and `note` stand to the right ("57 %" and "n = 611").

    `withheld` says in words why no value is shown, and then `value` is not drawn. `before` is an
    earlier or other value to see the estimate against, a ring; without an interval a line joins
    the two.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""
    note: str = ""
    role: Role = Role.OWN
    is_highlighted: bool = False
    withheld: str = ""
    before: float | None = None
    is_uncertain: bool = False


@dataclass(frozen=True)
class Group:
    """Rows that divide the same people, under a heading ("Kön")."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Columns:
    """Right edge of the labels, scale of the plot, left edges of text and note, full width."""

    label_end: float
    x: Scale
    text: float
    note: float
    width: float


def dotplot(
    groups: Sequence[Group],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    reference: Mark | None = None,
    span: Sequence[float | None] = (),
    width: float = WIDTH,
) -> Chart:
    """Estimates with intervals by group, with a line for the value of all.

    The axis reaches over `span` too, so that charts side by side can share one.
    """
    texts = {"id": id, "title": title, "description": description}
    rows = [row for group in groups for row in group.rows]
    if not rows:
        return missing("dotplot", width=width, **texts)
    spots = [
        v for row in rows if not row.withheld for v in (row.value, row.low, row.high, row.before)
    ]
    columns = _columns(
        groups, padded(known([*spots, *span, *([reference.at] if reference else [])])), width
    )
    top = 10 + (LINE + 4 if reference else 0)
    y, drawn = top, []
    for group in groups:
        if group.heading:
            heading = block(group.heading, columns.label_end, 2, True)
            y += heading.height + PAD * 1.5
            middle = y - heading.height / 2 - PAD / 2
            drawn.append(draw(heading, columns.label_end, middle, cls="head", anchor="end"))
        for row in group.rows:
            parts = _texts(row, columns)
            height = max(part.height for part in parts) + PAD
            drawn.extend(_row(row, parts, columns, y, height))
            y += height
    axis = [*_axis(columns, fmt, top, y)] if known(spots) else []
    body = [*axis, *_reference(reference, columns, top, y), *drawn]
    return document("dotplot", body, size=(width, y + 1.6 * LINE), **texts)


def _columns(groups: Sequence[Group], span: tuple[float, float], width: float) -> _Columns:
    rows = [row for group in groups for row in group.rows]
    label_room, text_room, note_room = width * 0.34, width * 0.2, width * 0.16
    heads = [block(group.heading, label_room, 2, True).width for group in groups]
    left = max(
        *heads, *(block(r.label, label_room, LABEL_LINES, r.is_highlighted).width for r in rows)
    )
    shown = [row for row in rows if not _in_words(row)]
    text = max((block(row.text, text_room, 2, True).width for row in shown), default=0.0)
    note = max((block(row.note, note_room, 2).width for row in shown), default=0.0)
    note_start = width - 2 - note
    text_start = note_start - text - (8 if note else 0)
    x = Scale(*span, left + 18, text_start - (14 if text else 4))
    return _Columns(left, x, text_start, note_start, width)


def _texts(row: Row, columns: _Columns) -> tuple[Block, ...]:
    """Label, text and note; or label and the reason why there is no value."""
    width, bold = columns.width, row.is_highlighted
    label = block(row.label, columns.label_end, LABEL_LINES, bold)
    if _in_words(row):
        return label, block(_in_words(row), width - columns.x.start, 2)
    return label, block(row.text, width * 0.2, 2, bold), block(row.note, width * 0.16, 2)


def _in_words(row: Row) -> str:
    return row.withheld or ("" if is_known(row.value) else row.text or NO_VALUE)


def _row(
    row: Row, texts: tuple[Block, ...], columns: _Columns, y: float, height: float
) -> Iterable[str]:
    label, *sides = texts
    middle = y + height / 2
    strong = " strong" if row.is_highlighted else ""
    if row.is_highlighted:
        yield rect(0, y, columns.width, height, "shade")
    yield draw(label, columns.label_end, middle, cls=f"row{strong}", anchor="end")
    if _in_words(row):
        yield draw(sides[0], columns.x.start, middle, cls="soft withheld")
        return
    if is_known(row.low) and is_known(row.high):
        ends = columns.x(row.low or 0.0), columns.x(row.high or 0.0)
        unsure = " uncertain" if row.is_uncertain else ""
        yield line(ends[0], middle, ends[1], middle, f"error {row.role}{unsure}")
    elif is_known(row.before):
        ends = columns.x(row.before or 0.0), columns.x(row.value or 0.0)
        yield line(ends[0], middle, ends[1], middle, "error")
    if is_known(row.before):
        yield circle(columns.x(row.before or 0.0), middle, RING, "ring")
    yield mark(columns.x(row.value or 0.0), middle, 6, row.role, extra=strong.strip())
    yield draw(sides[0], columns.text, middle, cls=f"row{strong}")
    yield draw(sides[1], columns.note, middle, cls="tick")


def _axis(columns: _Columns, fmt: Format, top: float, bottom: float) -> Iterable[str]:
    x = columns.x
    ticks = labelled_ticks(x.low, x.high, fmt, count=4)
    texts = [block(label, columns.width / 3, 1) for _, label in ticks]
    spots = [x(value) for value, _ in ticks]
    shown = thinned(spots, [text.width for text in texts])
    for i, text in enumerate(texts):
        yield line(spots[i], top, spots[i], bottom + 2, "grid")
        if i in shown:
            yield draw(text, spots[i], bottom + 2 + LINE * 0.6, cls="tick", anchor="middle")


def _reference(
    reference: Mark | None, columns: _Columns, top: float, bottom: float
) -> Iterable[str]:
    if reference is None:
        return
    x = columns.x(reference.at)
    text = block(reference.label, columns.width * 0.6, 1)
    half = text.width / 2
    centre = min(max(x, half + 1), columns.width - half - 1)
    yield line(x, top - 2, x, bottom, "rule county")
    yield draw(text, centre, top - LINE / 2 - 2, cls="name", anchor="middle")
