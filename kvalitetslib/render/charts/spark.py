"""A word-sized line."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kvalitetslib.render.charts.canvas import (
    Chart,
    Role,
    document,
    draw,
    line,
    mark,
    number,
    path,
)
from kvalitetslib.render.charts.lettering import block
from kvalitetslib.render.charts.scale import Scale, is_known, known, padded

SPARK_WIDTH = 160.0
SPARK_HEIGHT = 40.0


def spark(
    points: Sequence[float | None],
    *,
    id: str = "",
    title: str = "",
    description: str = "",
    target: float | None = None,
) -> Chart:
    """A tiny line with its last value as a dot, evenly spaced; missing values leave gaps.

    Without a title it is hidden from screen readers and must stand beside text that says the same.
    """
    size = SPARK_WIDTH, SPARK_HEIGHT
    if not known(points):
        body = [draw(block("uppgift saknas", SPARK_WIDTH, 1), 0, SPARK_HEIGHT / 2, cls="soft")]
    else:
        body = list(spark_body(points, target=target, box=(0, 0, *size)))
    if title:
        return document("spark", body, id=id, title=title, description=description, size=size)
    return Chart(
        f'<svg class="diagram diagram-spark" viewBox="0 0 {number(size[0])} {number(size[1])}" '
        f'aria-hidden="true">{"".join(body)}</svg>'
    )


def spark_body(
    points: Sequence[float | None],
    *,
    target: float | None,
    box: tuple[float, float, float, float],
) -> Iterable[str]:
    """The elements of a spark within a box (left, top, width, height)."""
    left, top, width, height = box
    low, high = padded(known([*points, target]), 0.0)
    x = Scale(0, max(len(points) - 1, 1), left + 6, left + width - 6)
    y = Scale(low, high, top + height - 6, top + 6)
    if target is not None:
        yield line(x.start, y(target), x.end, y(target), "target-line")
    spots = [(x(i), v) for i, v in enumerate(points)]
    for is_shown, run in groupby(spots, key=lambda spot: is_known(spot[1])):
        run_spots = [(at, y(value or 0.0)) for at, value in run]
        if is_shown and len(run_spots) > 1:
            yield path(run_spots, "line own")
        elif is_shown:
            yield mark(*run_spots[0], 2, Role.OWN)
    last_x, last = [(at, value) for at, value in spots if is_known(value)][-1]
    yield mark(last_x, y(last or 0.0), 4, Role.OWN, extra="last")
