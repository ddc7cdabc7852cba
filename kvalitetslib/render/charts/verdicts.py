"""How many indicators are better, level, worse or undecided; and the sign of each verdict."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from kvalitetslib.render.charts.canvas import (
    WIDTH,
    Chart,
    circle,
    document,
    draw,
    line,
    missing,
    number,
    path,
    rect,
)
from kvalitetslib.render.charts.lettering import LINE, Block, block
from kvalitetslib.render.charts.placement import spread

BAR = 34.0
SEAM = 2.0
SIGN = 32.0


class Verdict(StrEnum):
    """The outcome of a comparison, in the direction that is good for the indicator."""

    BETTER = "better"
    LEVEL = "level"
    WORSE = "worse"
    UNDECIDED = "undecided"


WORDS: Mapping[Verdict, str] = {
    Verdict.BETTER: "bättre",
    Verdict.LEVEL: "i nivå",
    Verdict.WORSE: "sämre",
    Verdict.UNDECIDED: "kan inte avgöras",
}


def verdicts(
    counts: Mapping[Verdict, int],
    *,
    id: str,
    title: str,
    description: str,
    words: Mapping[Verdict, str] = WORDS,
    width: float = WIDTH,
) -> Chart:
    """One bar in four parts, told apart by pattern as well as colour, named below.

    A verdict that is left out counts as none; a part of size nought is still named.

    Raises
    ------
    ValueError : if a count is negative.
    """
    texts = {"id": id, "title": title, "description": description}
    numbers = [counts.get(verdict, 0) for verdict in Verdict]
    if min(numbers) < 0:
        raise ValueError(f"counts must not be negative: {numbers}")
    if not sum(numbers):
        return missing("verdicts", width=width, **texts)
    unit = (width - 4) / sum(numbers)
    starts = [2 + unit * sum(numbers[:i]) for i in range(len(numbers))]
    body: list[str] = []
    for verdict, x, n in zip(Verdict, starts, numbers, strict=True):
        body.extend(_part(verdict, x, max(n * unit - SEAM, SEAM)) if n else ())
    middles = [x + n * unit / 2 for x, n in zip(starts, numbers, strict=True)]
    blocks = _blocks([f"{n} {words[v]}" for v, n in zip(Verdict, numbers, strict=True)], width)
    body.extend(_names(numbers, blocks, middles, width))
    height = BAR + 20 + max(b.height for b in blocks)
    return document("verdicts", body, size=(width, height), **texts)


def verdict_sign(verdict: Verdict, x: float, y: float, r: float = 6) -> str:
    """The shape of a verdict: up, even, down, open."""
    cls = f"sign {verdict}"
    match verdict:
        case Verdict.BETTER:
            return path(((x - r, y + r * 0.8), (x, y - r), (x + r, y + r * 0.8)), cls, closed=True)
        case Verdict.WORSE:
            return path(((x - r, y - r * 0.8), (x, y + r), (x + r, y - r * 0.8)), cls, closed=True)
        case Verdict.LEVEL:
            return rect(x - r, y - r * 0.4, 2 * r, r * 0.8, cls)
        case Verdict.UNDECIDED:
            return circle(x, y, r * 0.8, cls)


def _blocks(names: Sequence[str], width: float) -> list[Block]:
    """Each name on one line if all have room side by side, else on up to three."""
    whole = [block(name, width, 1, True) for name in names]
    if sum(text.width + SIGN for text in whole) <= width:
        return whole
    return [block(name, width / 4 - SIGN, 3, True) for name in names]


def _part(verdict: Verdict, x: float, width: float) -> Iterable[str]:
    yield rect(x, 2, width, BAR, f"part {verdict}")
    if verdict is Verdict.WORSE:
        yield _hatch(x, width)
    if verdict is Verdict.LEVEL:
        yield _rows(x, width)


def _hatch(x: float, width: float, step: float = 9.0) -> str:
    """Slanting lines, cut at the edges of the part by arithmetic instead of a clip path."""
    pieces = []
    for i in range(1, int((width + BAR) / step) + 1):
        low = max(0.0, i * step - BAR)
        high = min(width, i * step)
        if high - low > 1:
            y0, y1 = 2 + BAR - (i * step - low), 2 + BAR - (i * step - high)
            pieces.append(f"M{number(x + low)} {number(y0)}L{number(x + high)} {number(y1)}")
    return f'<path class="hatch" d="{"".join(pieces)}"/>' if pieces else ""


def _rows(x: float, width: float) -> str:
    lines = "".join(f"M{number(x)} {number(2 + BAR * i / 4)}h{number(width)}" for i in (1, 2, 3))
    return f'<path class="hatch" d="{lines}"/>'


def _names(
    numbers: Sequence[int], blocks: Sequence[Block], middles: Sequence[float], width: float
) -> Iterable[str]:
    """Sign and name of each verdict near its part; a line joins them if the part has a size."""
    sizes = [b.width + SIGN for b in blocks]
    centres = spread(middles, sizes, start=0, end=width)
    tallest = max(b.height for b in blocks)
    named = zip(Verdict, numbers, blocks, middles, centres, strict=True)
    for verdict, n, text, middle, x in named:
        yield line(middle, BAR + 3, x, BAR + 13, "lead") if n else ""
        y = BAR + 16 + tallest / 2
        start = x - text.width / 2 - 9
        yield verdict_sign(verdict, start + 6, y - (text.height - LINE) / 2)
        yield draw(text, start + 18, y, cls=f"name {verdict}-name")
