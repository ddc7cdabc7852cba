"""One or several series over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

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
    path,
)
from kvalitetslib.render.charts.frame import (
    NO_MARKS,
    End,
    Plot,
    TimeMarks,
    end_names,
    flags_above,
    gutter_width,
    target_end,
    target_line,
    time_plot,
    x_axis,
    y_axis,
)
from kvalitetslib.render.charts.lettering import LINE, block, named_value
from kvalitetslib.render.charts.scale import Format, is_known, known

WITHHELD = "visas inte"
MOST_MARKS = 24


class Point(NamedTuple):
    """A value at a time with its interval; None is missing, withheld is known but not shown."""

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None
    is_withheld: bool = False


@dataclass(frozen=True)
class Line:
    """A named series in order of time; `text` is its last value, if not written as on the axis."""

    label: str
    points: tuple[Point, ...]
    role: Role = Role.OWN
    text: str = ""


def timeline(
    lines: Sequence[Line],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    marks: TimeMarks = NO_MARKS,
    width: float = WIDTH,
) -> Chart:
    """Series over time, named at their last value.

    A missing value leaves a gap, and no line is drawn across a break in the series. Withheld
    points are hollow marks on a row of their own below the plot, as their value is not known here.
    """
    texts = {"id": id, "title": title, "description": description}
    points = [point for series in lines for point in series.points]
    values = known(v for p in points if _shown(p) for v in (p.value, p.low, p.high))
    if not values:
        return missing("timeline", width=width, **texts)
    ends = [*_ends(lines, fmt, width), *target_end(marks.target, width)]
    plot = time_plot([p.at for p in points], values, marks=marks, ends=ends, fmt=fmt, width=width)
    hidden = sorted({p.at for p in points if p.is_withheld})
    axis = plot.bottom + (2.2 if hidden else 1) * LINE
    body = [
        *y_axis(plot),
        *x_axis(plot, marks.ticks, axis),
        target_line(plot, marks.target),
        *flags_above(plot, marks),
        *(part for series in _by_weight(lines) for part in _series(plot, series, marks.breaks)),
        *_withheld(plot, hidden),
        *end_names(plot, ends),
    ]
    return document("timeline", body, size=(width, axis + LINE), **texts)


def _shown(point: Point) -> bool:
    return is_known(point.value) and not point.is_withheld


def _by_weight(lines: Sequence[Line]) -> list[Line]:
    """Comparisons first, so that the own series lies on top."""
    first = (Role.COUNTRY, Role.COUNTY, Role.PEERS)
    return sorted(lines, key=lambda series: 0 if series.role in first else 1)


def _ends(lines: Sequence[Line], fmt: Format, width: float) -> Iterable[End]:
    for series in lines:
        shown = [point for point in series.points if _shown(point)]
        if shown and shown[-1].value is not None:
            last = shown[-1]
            bold = series.role is Role.OWN
            value = series.text or fmt(last.value or 0.0)
            text = named_value(series.label, value, gutter_width(width), bold)
            yield End(last.value or 0.0, text, series.role, last.at)


def _runs(points: Sequence[Point], breaks: Sequence[Mark]) -> list[list[Point]]:
    """The stretches that may be joined: no missing value and no break within."""
    gaps = 0
    keyed = []
    for point in points:
        gaps += not _shown(point)
        passed = sum(flag.at <= point.at for flag in breaks)
        if _shown(point):
            keyed.append(((gaps, passed), point))
    return [[point for _, point in run] for _, run in groupby(keyed, key=lambda pair: pair[0])]


def _series(plot: Plot, series: Line, breaks: Sequence[Mark]) -> Iterable[str]:
    runs = _runs(series.points, breaks)
    for run in runs:
        yield from _band(plot, run, series.role)
        if len(run) > 1:
            yield path([_spot(plot, p) for p in run], f"line {series.role}")
    total = sum(len(run) for run in runs)
    for run in runs:
        for point in run:
            is_last = point is runs[-1][-1]
            if is_last or len(run) == 1 or (total <= MOST_MARKS and series.role is Role.OWN):
                radius = 5.0 if is_last else 3.2
                yield mark(*_spot(plot, point), radius, series.role, extra="last" * is_last)


def _spot(plot: Plot, point: Point) -> tuple[float, float]:
    return plot.x(point.at), plot.y(point.value or 0.0)


def _band(plot: Plot, run: Sequence[Point], role: Role) -> Iterable[str]:
    """The interval as a surface; for a lone point as an upright line."""
    sided = [(plot.x(p.at), p.low, p.high) for p in run if is_known(p.low) and is_known(p.high)]
    upper = [(x, plot.y(high or 0.0)) for x, _, high in sided]
    lower = [(x, plot.y(low or 0.0)) for x, low, _ in sided]
    if len(sided) == 1:
        yield line(*lower[0], *upper[0], f"error {role}")
    if len(sided) > 1:
        yield path([*upper, *reversed(lower)], f"band {role}", closed=True)


def _withheld(plot: Plot, times: Sequence[float]) -> Iterable[str]:
    y = plot.bottom + LINE
    for at in times:
        yield circle(plot.x(at), y, 4.5, "hollow")
    if times:
        text = block(WITHHELD, gutter_width(plot.width), 1)
        x = min(plot.x(times[-1]) + 10, plot.width - text.width - 1)
        yield draw(text, x, y, cls="soft")
