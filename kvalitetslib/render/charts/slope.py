"""Two waves of a survey side by side: then and now, with a line from one to the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    Role,
    document,
    draw,
    line,
    mark,
    missing,
)
from kvalitetslib.render.charts.lettering import LINE, Block, block
from kvalitetslib.render.charts.placement import spread
from kvalitetslib.render.charts.scale import Format, Scale, is_known, known, padded

HEIGHT = 230.0
GAP = 4.0
RADIUS = 4.6
LANE = 9.0
LANES_ROOM = 54.0
"""The most room that marks whose intervals lie beside each other may take on either side."""
LABEL_SHARE = 0.42
LABEL_LINES = 3
VALUE_SHARE = 0.2


@dataclass(frozen=True)
class Wave:
    """A value and its interval in one wave; None is missing."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Slope:
    """A question or a group in two waves. One that `has_moved` is drawn stronger, in words too.

    `word` stands after the latest value ("ökar"); `withheld` says why a value is not shown.
    """

    label: str
    then: Wave
    now: Wave
    has_moved: bool = False
    word: str = ""
    role: Role = Role.OWN
    withheld: str = ""


@dataclass(frozen=True)
class _Side:
    """One of the upright axes: where its marks and its texts stand, and the texts."""

    xs: tuple[float, ...]
    text_x: float
    texts: tuple[Block, ...]
    anchor: str


def slope(
    slopes: Sequence[Slope],
    names: tuple[str, str],
    *,
    id: str,
    title: str,
    description: str,
    fmt: Format,
    width: float = WIDTH,
) -> Chart:
    """Lines from the values of one wave to those of the next, named at their right ends.

    `names` are the two waves. Marks whose intervals would hide each other stand side by side. What
    lacks a value in either wave is listed below.
    """
    texts = {"id": id, "title": title, "description": description}
    shown = [each for each in slopes if not each.withheld and _is_pair(each)]
    if not shown:
        return missing("slope", width=width, **texts)
    y = _scale(shown, top=2.4 * LINE)
    left, right = _sides(shown, y, fmt, width)
    tallest = max(sum(t.height + GAP for t in side.texts) for side in (left, right))
    y = _scale(shown, top=2.4 * LINE, height=max(HEIGHT, tallest))
    left, right = _sides(shown, y, fmt, width)
    bottom = y.start + LINE
    body = [
        *_heads(names, (left, right), width, bottom),
        *chain.from_iterable(_line(each, i, (left, right), y) for i, each in enumerate(shown)),
        *_texts(shown, left, [y(each.then.value or 0.0) for each in shown], y),
        *_texts(shown, right, [y(each.now.value or 0.0) for each in shown], y),
    ]
    rest = [each for each in slopes if each not in shown]
    height = bottom + 4
    if rest:
        told = ", ".join(f"{each.label} ({each.withheld or 'uppgift saknas'})" for each in rest)
        listed = block(told, width - 4, 4)
        body.append(draw(listed, 2, height + 4 + listed.height / 2, cls="soft"))
        height += 8 + listed.height
    return document("slope", body, size=(width, height), **texts)


def _is_pair(each: Slope) -> bool:
    return is_known(each.then.value) and is_known(each.now.value)


def _scale(shown: Sequence[Slope], *, top: float, height: float = HEIGHT) -> Scale:
    waves = [wave for each in shown for wave in (each.then, each.now)]
    low, high = padded(known(v for wave in waves for v in (wave.value, wave.low, wave.high)), 0.02)
    return Scale(low, high, top + height, top)


def _sides(shown: Sequence[Slope], y: Scale, fmt: Format, width: float) -> tuple[_Side, _Side]:
    """Values to the left; values, words and names to the right."""
    thens = tuple(
        block(fmt(each.then.value or 0.0), width * VALUE_SHARE, 1, each.has_moved) for each in shown
    )
    room = width * LABEL_SHARE
    nows = tuple(block(_now(each, fmt), room, LABEL_LINES, each.has_moved) for each in shown)
    left, right = max(text.width for text in thens), max(text.width for text in nows)
    waves = [each.then for each in shown], [each.now for each in shown]
    lanes = [_lanes(each, y) for each in waves]
    steps = [min(LANE, LANES_ROOM / max(max(each), 1)) for each in lanes]
    start, end = left + 34, width - right - 36
    xs_left = tuple(start + lane * steps[0] for lane in lanes[0])
    xs_right = tuple(end - lane * steps[1] for lane in lanes[1])
    return (
        _Side(xs_left, left + 2, thens, "end"),
        _Side(xs_right, width - right - 2, nows, "start"),
    )


def _now(each: Slope, fmt: Format) -> str:
    value = fmt(each.now.value or 0.0)
    return f"{value} {each.label}{f' ({each.word})' if each.word else ''}"


def _lanes(waves: Sequence[Wave], y: Scale) -> list[int]:
    """The lane of each mark: 0 nearest its texts, such that no interval lies over another's."""
    spans = []
    for wave in waves:
        ends = known([wave.value, wave.low, wave.high])
        spans.append((y(max(ends)) - RADIUS, y(min(ends)) + RADIUS))
    lanes = [0] * len(spans)
    free: list[float] = []
    for i in sorted(range(len(spans)), key=lambda i: (spans[i], i)):
        lane = next((n for n, until in enumerate(free) if until <= spans[i][0]), len(free))
        free[lane : lane + 1] = [spans[i][1]]
        lanes[i] = lane
    return lanes


def _heads(
    names: tuple[str, str], sides: tuple[_Side, _Side], width: float, bottom: float
) -> Iterable[str]:
    """The names of the waves over their axes, each in its half."""
    axes = min(sides[0].xs), max(sides[1].xs)
    middle = sum(axes) / 2
    halves = (2.0, middle - 6), (middle + 6, width - 2)
    for name, x, (start, end) in zip(names, axes, halves, strict=True):
        yield line(x, LINE * 1.6, x, bottom, "grid")
        text = block(name, end - start, 1, True)
        at = min(max(x - text.width / 2, start), end - text.width)
        yield draw(text, at, LINE * 0.7, cls="head")


def _line(each: Slope, i: int, sides: tuple[_Side, _Side], y: Scale) -> Iterable[str]:
    """The intervals, the line and its two marks."""
    strong = " moved" if each.has_moved else ""
    ends = []
    for side, wave in zip(sides, (each.then, each.now), strict=True):
        x = side.xs[i]
        if is_known(wave.low) and is_known(wave.high):
            yield line(x, y(wave.low or 0.0), x, y(wave.high or 0.0), f"error {each.role}")
        ends.append((x, y(wave.value or 0.0)))
    yield line(*ends[0], *ends[1], f"slope {each.role}{strong}")
    for x, at in ends:
        yield mark(x, at, RADIUS, each.role, extra="strong" if each.has_moved else "")


def _texts(shown: Sequence[Slope], side: _Side, wanted: Sequence[float], y: Scale) -> Iterable[str]:
    """The texts of a side, each as near its mark as can be, with a thin line to it."""
    sizes = [text.height + GAP for text in side.texts]
    centres = spread(wanted, sizes, start=y.end - LINE / 2, end=y.start + LINE / 2)
    out = 4 if side.anchor == "end" else -4
    for i, (text, at, centre) in enumerate(zip(side.texts, wanted, centres, strict=True)):
        x = side.xs[i] - RADIUS * 1.6 if out > 0 else side.xs[i] + RADIUS * 1.6
        yield line(x, at, side.text_x + out, centre, "lead")
        look = "row strong" if shown[i].has_moved else "row"
        yield draw(text, side.text_x, centre, cls=look, anchor=side.anchor)
