"""Control chart: what is ordinary variation and what is a signal, phase by phase."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    circle,
    document,
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

MOST_MARKS = 60
NAMES = ("medel", "nedre gräns", "övre gräns")
SIGNAL_SIZE = 6.5


@dataclass(frozen=True)
class Spot:
    """A value at a time with the centre and limits there; None is missing.

    ``signal`` is 1 upwards, -1 downwards and 0 for none; ``is_good`` whether a signal is welcome,
    None when nobody has said. New limits begin where ``phase`` changes.
    """

    at: float
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: int = 0
    is_good: bool | None = None
    phase: int = 0


def control(
    spots: Sequence[Spot],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    marks: TimeMarks = NO_MARKS,
    names: tuple[str, str, str] = NAMES,
    width: float = WIDTH,
) -> Chart:
    """Values in order of time against their limits.

    Signals are triangles that point the way they go; other values are dots. Limits are steps, as
    those of a share follow how many are behind it. ``marks.events`` are the named changes.
    """
    texts = {"id": id, "title": title, "description": description}
    values = known(spot.value for spot in spots)
    if not values:
        return missing("control", width=width, **texts)
    ends = [*_ends(spots, names, fmt, width), *target_end(marks.target, width)]
    limits = known(bound for spot in spots for bound in (spot.lower, spot.upper))
    times = [spot.at for spot in spots]
    plot = time_plot(times, [*values, *limits], marks=marks, ends=ends, fmt=fmt, width=width)
    body = [
        *(part for phase in _phases(spots) for part in _limits(plot, phase)),
        *y_axis(plot),
        *x_axis(plot, marks.ticks, plot.bottom + LINE),
        target_line(plot, marks.target),
        *flags_above(plot, marks),
        *_joined(plot, spots),
        *_marks(plot, spots),
        *end_names(plot, ends),
    ]
    return document("control", body, size=(width, plot.bottom + 2 * LINE), **texts)


def _phases(spots: Sequence[Spot]) -> list[list[Spot]]:
    return [list(run) for _, run in groupby(spots, key=lambda spot: spot.phase)]


def _ends(
    spots: Sequence[Spot], names: tuple[str, str, str], fmt: Format, width: float
) -> Iterable[End]:
    """The limits now, and the latest value, with their names."""
    room = gutter_width(width)
    last = next(spot for spot in reversed(spots) if is_known(spot.value))
    now = last.centre, last.lower, last.upper
    for value, name, cls in zip(now, names, ("mean", "limit", "limit"), strict=True):
        if value is not None and is_known(value):
            yield End(value, named_value(name, fmt(value), room), cls)
    value = last.value or 0.0
    yield End(value, block(fmt(value), room, 1, True), "own", last.at)


def _limits(plot: Plot, phase: Sequence[Spot]) -> Iterable[str]:
    """The span of ordinary variation, its limits and its centre, as steps."""
    drawn = [each for each in phase if all(map(is_known, (each.lower, each.centre, each.upper)))]
    if not drawn:
        return
    edges = _edges(plot, [each.at for each in drawn])
    lower, centre, upper = (
        _steps(edges, [plot.y(value or 0.0) for value in values])
        for values in zip(*((each.lower, each.centre, each.upper) for each in drawn), strict=True)
    )
    yield path([*upper, *reversed(lower)], "normal", closed=True)
    yield path(upper, "limit-line")
    yield path(lower, "limit-line")
    yield path(centre, "mean-line")


def _edges(plot: Plot, times: Sequence[float]) -> list[float]:
    """Half-way between the times, and as far out on both sides; within the plot."""
    xs = [plot.x(at) for at in times]
    between = [(a + b) / 2 for a, b in pairwise(xs)]
    near = min((b - a for a, b in pairwise(xs)), default=2 * SIGNAL_SIZE) / 2
    return [max(xs[0] - near, plot.left), *between, min(xs[-1] + near, plot.right)]


def _steps(edges: Sequence[float], heights: Sequence[float]) -> list[tuple[float, float]]:
    """Level between edges; equal neighbours make one stretch."""
    corners: list[tuple[float, float]] = []
    for (first, last), y in zip(pairwise(edges), heights, strict=True):
        if corners and corners[-1][1] == y:
            corners[-1] = (last, y)
        else:
            corners += [(first, y), (last, y)]
    return corners


def _joined(plot: Plot, spots: Sequence[Spot]) -> Iterable[str]:
    """The values as lines, broken at missing values and between phases."""
    for (is_shown, _), run in groupby(spots, key=lambda each: (is_known(each.value), each.phase)):
        corners = [(plot.x(each.at), plot.y(each.value or 0.0)) for each in run if is_shown]
        if len(corners) > 1:
            yield path(corners, "line own")


def _marks(plot: Plot, spots: Sequence[Spot]) -> Iterable[str]:
    """A mark for each value; of very long series only signals and the latest."""
    shows_all = len(spots) <= MOST_MARKS
    last = max((i for i, each in enumerate(spots) if is_known(each.value)), default=-1)
    for i, each in enumerate(spots):
        if not is_known(each.value) or not (shows_all or each.signal or i == last):
            continue
        x, y = plot.x(each.at), plot.y(each.value or 0.0)
        if each.signal:
            yield _triangle(x, y, each)
        else:
            yield circle(x, y, 4.8 if i == last else 3.2, "mark own")


def _triangle(x: float, y: float, spot: Spot) -> str:
    """Points up or down, as the signal does."""
    tone = "" if spot.is_good is None else " good" if spot.is_good else " bad"
    tip, foot = y - SIGNAL_SIZE * spot.signal, y + SIGNAL_SIZE * 0.7 * spot.signal
    corners = [(x, tip), (x + SIGNAL_SIZE, foot), (x - SIGNAL_SIZE, foot)]
    return path(corners, f"signal{tone}", closed=True)
