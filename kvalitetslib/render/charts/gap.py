"""The difference between women and men, period by period."""

from collections.abc import Iterable, Sequence

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    Mark,
    Role,
    document,
    line,
    mark,
    missing,
)
from kvalitetslib.render.charts.frame import (
    End,
    Plot,
    TimeMarks,
    end_names,
    gutter_width,
    time_plot,
    x_axis,
    y_axis,
)
from kvalitetslib.render.charts.lettering import LINE, block, named_value
from kvalitetslib.render.charts.scale import Format, is_known, known

RADIUS = 5.5


def gap(
    periods: Sequence[str],
    women: Sequence[float | None],
    men: Sequence[float | None],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    gap_label: str = "",
    names: tuple[str, str] = ("kvinnor", "män"),
    texts: tuple[str, str] = ("", ""),
    width: float = WIDTH,
) -> Chart:
    """Women and men in each period, joined by a bar as long as the gap.

    `gap_label` names the last gap that has both values ("gap 8 procentenheter"); `texts` are the
    last values in words, if not as on the axis.

    Raises
    ------
    ValueError : if the three sequences differ in length.
    """
    named = {"id": id, "title": title, "description": description}
    if not len(periods) == len(women) == len(men):
        raise ValueError(
            f"{len(periods)} periods, {len(women)} women's and {len(men)} men's values"
        )
    values = known([*women, *men])
    if not values:
        return missing("gap", width=width, **named)
    ends = [*_ends((women, men), names, texts, fmt, width), *_gap_end(women, men, gap_label, width)]
    ticks = tuple(Mark(i, period) for i, period in enumerate(periods))
    times = [float(i) for i in range(len(periods))]
    marks = TimeMarks(ticks=ticks)
    plot = time_plot(times, values, marks=marks, ends=ends, fmt=fmt, width=width)
    body = [
        *y_axis(plot),
        *x_axis(plot, ticks, plot.bottom + LINE),
        *_pairs(plot, women, men),
        *end_names(plot, ends),
    ]
    return document("gap", body, size=(width, plot.bottom + 2 * LINE), **named)


def _ends(
    pair: tuple[Sequence[float | None], Sequence[float | None]],
    names: tuple[str, str],
    texts: tuple[str, str],
    fmt: Format,
    width: float,
) -> Iterable[End]:
    sides = zip(pair, names, texts, (Role.WOMEN, Role.MEN), strict=True)
    for values, name, text, role in sides:
        shown = [(i, value) for i, value in enumerate(values) if is_known(value)]
        if shown:
            at, value = shown[-1][0], shown[-1][1] or 0.0
            yield End(value, named_value(name, text or fmt(value), gutter_width(width)), role, at)


def _gap_end(
    women: Sequence[float | None], men: Sequence[float | None], label: str, width: float
) -> Iterable[End]:
    both = [
        (i, ((w or 0.0) + (m or 0.0)) / 2)
        for i, (w, m) in enumerate(zip(women, men, strict=True))
        if is_known(w) and is_known(m)
    ]
    if both and label:
        at, middle = both[-1]
        yield End(middle, block(label, gutter_width(width), 2, True), "gap-name", at)


def _pairs(plot: Plot, women: Sequence[float | None], men: Sequence[float | None]) -> Iterable[str]:
    """Bar and marks; marks that would hide each other stand side by side."""
    last = max(
        (i for i in range(len(women)) if is_known(women[i]) and is_known(men[i])), default=-1
    )
    for i, (woman, man) in enumerate(zip(women, men, strict=True)):
        x, side = plot.x(i), 0.0
        if is_known(woman) and is_known(man):
            ends = plot.y(woman or 0.0), plot.y(man or 0.0)
            side = RADIUS if abs(ends[0] - ends[1]) < RADIUS * 2 else 0.0
            yield line(x, ends[0], x, ends[1], "bar last" if i == last else "bar")
        if is_known(man):
            yield mark(x + side, plot.y(man or 0.0), RADIUS, Role.MEN)
        if is_known(woman):
            yield mark(x - side, plot.y(woman or 0.0), RADIUS, Role.WOMEN)
