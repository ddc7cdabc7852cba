"""The frame of charts over time: axes, lines with a name across them, and names at the right edge.

Everything that is named to the right of the plot (lines, target, limits) shares one gutter, and
everything named above it (events, breaks) one stack, so that no two names can collide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvalitetslib.render.charts.canvas import Mark, draw, line
from kvalitetslib.render.charts.lettering import LINE, Block, block, text_width
from kvalitetslib.render.charts.placement import spread, thinned
from kvalitetslib.render.charts.scale import Format, Scale, labelled_ticks, padded
from kvalitetslib.render.charts.stacking import Slot, stack

PLOT_HEIGHT = 190.0
EDGE = 10.0
GUTTER_SHARE = 0.32


@dataclass(frozen=True)
class TimeMarks:
    """What stands beside the values: ticks, events and breaks by time, a target by value."""

    ticks: tuple[Mark, ...] = ()
    events: tuple[Mark, ...] = ()
    breaks: tuple[Mark, ...] = ()
    target: Mark | None = None

    @property
    def above(self) -> tuple[Mark, ...]:
        return self.events + self.breaks


NO_MARKS = TimeMarks()


@dataclass(frozen=True)
class End:
    """A name in the right gutter at a value; `at` is where its line ends, if it has one."""

    value: float
    text: Block
    cls: str
    at: float | None = None


@dataclass(frozen=True)
class Plot:
    """The drawing surface with its two scales; `width` is that of the whole drawing.

    `ticks` are the values along the left edge, with their labels.
    """

    left: float
    right: float
    top: float
    bottom: float
    width: float
    x: Scale
    y: Scale
    ticks: tuple[tuple[float, str], ...]


def gutter_width(width: float) -> float:
    """The most room that names at the right edge may take."""
    return width * GUTTER_SHARE


def time_plot(
    times: Sequence[float],
    values: Sequence[float],
    *,
    marks: TimeMarks,
    ends: Sequence[End],
    fmt: Format,
    width: float,
) -> Plot:
    """A plot with room for its names: it grows with rows above and with names to the right."""
    low, high = padded([*values, *([marks.target.at] if marks.target else [])])
    ticks = labelled_ticks(low, high, fmt)
    left = 10 + min(max((text_width(label) for _, label in ticks), default=0.0), width * 0.34)
    right = width - max((end.text.width for end in ends), default=0.0) - (14 if ends else EDGE)
    spots = [*times, *(mark.at for mark in (*marks.ticks, *marks.above))]
    first, last = padded(spots, 0.0)
    x = Scale(first, last, left + EDGE, right - EDGE)
    rows = 1 + max((slot.row for _, slot, _ in _flags(marks.above, x, width)), default=-1)
    top = 12 + rows * LINE
    height = max(PLOT_HEIGHT, sum(end.text.height for end in ends))
    y = Scale(low, high, top + height, top)
    return Plot(left, right, top, top + height, width, x, y, ticks)


def y_axis(plot: Plot) -> Iterable[str]:
    """Grid lines with their values at the left edge."""
    for value, label in plot.ticks:
        y = plot.y(value)
        yield line(plot.left, y, plot.right, y, "grid zero" if value == 0 else "grid")
        text = block(label, plot.left - 8, 1)
        yield draw(text, plot.left - 6, y, cls="tick", anchor="end")


def x_axis(plot: Plot, ticks: Sequence[Mark], y: float) -> Iterable[str]:
    """As many tick labels as have room, the last one always; a short line for every tick."""
    texts = [block(tick.label, plot.width / 3, 1) for tick in ticks]
    halves = [text.width / 2 for text in texts]
    spots = [plot.x(tick.at) for tick in ticks]
    centres = [
        min(max(x, half + 1), plot.width - half - 1) for x, half in zip(spots, halves, strict=True)
    ]
    shown = thinned(centres, [2 * half for half in halves])
    for i, text in enumerate(texts):
        yield line(spots[i], plot.bottom, spots[i], plot.bottom + 4, "grid")
        if i in shown:
            yield draw(text, centres[i], y, cls="tick", anchor="middle")


def end_names(plot: Plot, ends: Sequence[End]) -> Iterable[str]:
    """The names in the right gutter, each near its value, with a thin line back if moved."""
    wanted = [plot.y(end.value) for end in ends]
    sizes = [end.text.height for end in ends]
    centres = spread(wanted, sizes, start=plot.top - 5, end=plot.bottom + LINE / 2)
    for end, y0, y1 in zip(ends, wanted, centres, strict=True):
        x0 = plot.right if end.at is None else plot.x(end.at) + 6
        if abs(y1 - y0) > LINE / 2 or plot.right - x0 > EDGE * 2:
            yield line(x0, y0, plot.right + 8, y1, "lead")
        yield draw(end.text, plot.right + 12, y1, cls=f"name {end.cls}")


def flags_above(plot: Plot, marks: TimeMarks) -> Iterable[str]:
    """Events and breaks: a line through the plot and its name above."""
    kinds = ["event"] * len(marks.events) + ["break"] * len(marks.breaks)
    flags = _flags(marks.above, plot.x, plot.width)
    for kind, (flag, slot, text) in zip(kinds, flags, strict=True):
        y = plot.top - 6 - (slot.row + 0.5) * LINE
        x = plot.x(flag.at)
        yield line(x, y - LINE / 2, x, plot.bottom, kind)
        yield draw(text, slot.x0 + 5, y, cls=f"name {kind}-name")


def target_end(target: Mark | None, width: float) -> tuple[End, ...]:
    """The name of the target, to lie in the gutter with the others."""
    if target is None:
        return ()
    return (End(target.at, block(target.label, gutter_width(width)), "target"),)


def target_line(plot: Plot, target: Mark | None) -> str:
    if target is None:
        return ""
    y = plot.y(target.at)
    return line(plot.left, y, plot.right, y, "target-line")


def _flags(marks: Sequence[Mark], x: Scale, width: float) -> list[tuple[Mark, Slot, Block]]:
    texts = [block(mark.label, width * 0.46, 1) for mark in marks]
    slots = stack([x(m.at) for m in marks], [t.width + 10 for t in texts], end=width)
    return [(m, s, t) for m, s, t in zip(marks, slots, texts, strict=True)]
