"""Many indicators at a glance: a grid of small lines with last value and verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvalitetslib.render.charts.canvas import WIDTH, Chart, document, draw, line, missing
from kvalitetslib.render.charts.lettering import LINE, block
from kvalitetslib.render.charts.scale import known
from kvalitetslib.render.charts.spark import SPARK_HEIGHT, spark_body
from kvalitetslib.render.charts.verdicts import WORDS, Verdict, verdict_sign

GAP = 24.0
CELL_HEIGHT = 2 * LINE + SPARK_HEIGHT + 2 * LINE + 16
NARROWEST = 160.0


@dataclass(frozen=True)
class Cell:
    """One indicator: its name, its values, the last one in words, and the verdict."""

    title: str
    points: tuple[float | None, ...]
    value: str
    verdict: Verdict = Verdict.UNDECIDED
    word: str = ""
    target: float | None = None


def multiples(
    cells: Sequence[Cell],
    *,
    id: str,
    title: str,
    description: str,
    columns: int = 3,
    width: float = WIDTH,
) -> Chart:
    """A grid in reading order; fewer columns if a cell would be too narrow to read.

    The lines have each their own scale: compare their course, not their heights.
    """
    if not cells:
        return missing("multiples", id=id, title=title, description=description, width=width)
    across = max(1, min(columns, int((width + GAP) // (NARROWEST + GAP))))
    wide = (width - GAP * (across - 1)) / across
    body: list[str] = []
    for i, cell in enumerate(cells):
        left, top = (i % across) * (wide + GAP), (i // across) * CELL_HEIGHT
        body.extend(_cell(cell, left, top, wide))
    size = width, -(-len(cells) // across) * CELL_HEIGHT
    return document("multiples", body, id=id, title=title, description=description, size=size)


def _cell(cell: Cell, left: float, top: float, wide: float) -> Iterable[str]:
    name = block(cell.title, wide, 2)
    yield line(left, top + 2, left + wide, top + 2, "grid")
    yield draw(name, left, top + 8 + name.height / 2, cls="name")
    middle = top + 8 + 2 * LINE
    if known(cell.points):
        yield from spark_body(
            cell.points, target=cell.target, box=(left - 6, middle, wide + 6, SPARK_HEIGHT)
        )
    value = block(cell.value, wide, 1, True)
    yield draw(value, left, middle + SPARK_HEIGHT + LINE / 2, cls="head")
    y = middle + SPARK_HEIGHT + 1.5 * LINE
    yield verdict_sign(cell.verdict, left + 6, y)
    word = block(cell.word or WORDS[cell.verdict], wide - 18, 1)
    yield draw(word, left + 18, y, cls=f"name {cell.verdict}-name")
