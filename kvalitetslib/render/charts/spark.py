"""A word-sized line."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby

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
    cuts: frozenset[int] = frozenset(),
) -> Chart:
    """A tiny line with its last value as a dot, evenly spaced; missing values leave gaps.

    A value whose index is in `cuts` is not joined to those before: the series breaks there.
    Without a title it is hidden from screen readers and must stand beside text that says the same.
    """
    size = SPARK_WIDTH, SPARK_HEIGHT
    if not known(points):
        body = [draw(block("uppgift saknas", SPARK_WIDTH, 1), 0, SPARK_HEIGHT / 2, cls="soft")]
    else:
        body = list(_body(points, target, cuts))
    if title:
        return document("spark", body, id=id, title=title, description=description, size=size)
    return Chart(
        f'<svg class="diagram diagram-spark" viewBox="0 0 {number(size[0])} {number(size[1])}" '
        f'aria-hidden="true">{"".join(body)}</svg>'
    )


def _body(
    points: Sequence[float | None], target: float | None, cuts: frozenset[int]
) -> Iterable[str]:
    low, high = padded(known([*points, target]), 0.0)
    x = Scale(0, max(len(points) - 1, 1), 6, SPARK_WIDTH - 6)
    y = Scale(low, high, SPARK_HEIGHT - 6, 6)
    if target is not None:
        yield line(x.start, y(target), x.end, y(target), "target-line")
    passed = accumulate(i in cuts for i in range(len(points)))
    spots = [
        (x(i), value, phase) for i, (value, phase) in enumerate(zip(points, passed, strict=True))
    ]
    for (is_shown, _), run in groupby(spots, key=lambda spot: (is_known(spot[1]), spot[2])):
        run_spots = [(at, y(value or 0.0)) for at, value, _ in run]
        if is_shown and len(run_spots) > 1:
            yield path(run_spots, "line own")
        elif is_shown:
            yield mark(*run_spots[0], 2, Role.OWN)
    last_x, last = [(at, value) for at, value, _ in spots if is_known(value)][-1]
    yield mark(last_x, y(last or 0.0), 4, Role.OWN, extra="last")
