"""Control chart of single values (XmR): what is ordinary variation and what is a signal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    circle,
    diamond,
    document,
    line,
    missing,
    path,
    rect,
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


@dataclass(frozen=True)
class Limits:
    """The mean and the limits of ordinary variation, with their names in the right margin."""

    mean: float
    lower: float
    upper: float
    names: tuple[str, str, str] = ("medel", "nedre gräns", "övre gräns")


def control(
    points: Sequence[tuple[float, float | None]],
    limits: Limits | None,
    flags: Sequence[bool],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    marks: TimeMarks = NO_MARKS,
    width: float = WIDTH,
) -> Chart:
    """Values in order of time against their limits; flagged points are large diamonds.

    `limits` is None while there are too few values to compute any. `marks.target` is a promise or
    a target.

    Raises
    ------
    ValueError : if there is not one flag a point.
    """
    texts = {"id": id, "title": title, "description": description}
    if len(points) != len(flags):
        raise ValueError(f"{len(points)} points but {len(flags)} flags")
    values = known(value for _, value in points)
    if not values:
        return missing("control", width=width, **texts)
    ends = [*_ends(points, limits, fmt, width), *target_end(marks.target, width)]
    spread = [limits.lower, limits.upper] if limits else []
    times = [at for at, _ in points]
    plot = time_plot(times, [*values, *spread], marks=marks, ends=ends, fmt=fmt, width=width)
    body = [
        *_limits(plot, limits),
        *y_axis(plot, fmt),
        *x_axis(plot, marks.ticks, plot.bottom + LINE),
        target_line(plot, marks.target),
        *flags_above(plot, marks),
        *_points(plot, points, flags, marks),
        *end_names(plot, ends),
    ]
    return document("control", body, size=(width, plot.bottom + 2 * LINE), **texts)


def _ends(
    points: Sequence[tuple[float, float | None]], limits: Limits | None, fmt: Format, width: float
) -> Iterable[End]:
    room = gutter_width(width)
    if limits:
        values = limits.mean, limits.lower, limits.upper
        for value, name, cls in zip(values, limits.names, ("mean", "limit", "limit"), strict=True):
            yield End(value, named_value(name, fmt(value), room), cls)
    at, last = [(at, value or 0.0) for at, value in points if is_known(value)][-1]
    yield End(last, block(fmt(last), room, 1, True), "own", at)


def _limits(plot: Plot, limits: Limits | None) -> Iterable[str]:
    if limits is None:
        return
    upper, lower = plot.y(limits.upper), plot.y(limits.lower)
    yield rect(plot.left, upper, plot.right - plot.left, lower - upper, "normal")
    for y in (upper, lower):
        yield line(plot.left, y, plot.right, y, "limit-line")
    yield line(plot.left, plot.y(limits.mean), plot.right, plot.y(limits.mean), "mean-line")


def _points(
    plot: Plot,
    points: Sequence[tuple[float, float | None]],
    flags: Sequence[bool],
    marks: TimeMarks,
) -> Iterable[str]:
    """The joined values, then all marks, so that signals lie on top."""
    keyed = [(is_known(v), sum(b.at <= at for b in marks.breaks), (at, v)) for at, v in points]
    for (is_shown, _), run in groupby(keyed, key=lambda part: part[:2]):
        spots = [(plot.x(at), plot.y(value or 0.0)) for _, _, (at, value) in run if is_shown]
        if len(spots) > 1:
            yield path(spots, "line own")
    shows_all = len(points) <= MOST_MARKS
    for (at, value), is_signal in zip(points, flags, strict=True):
        if is_known(value) and (is_signal or shows_all):
            x, y = plot.x(at), plot.y(value or 0.0)
            yield diamond(x, y, 6.5, "signal") if is_signal else circle(x, y, 3.2, "mark own")
