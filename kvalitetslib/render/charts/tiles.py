"""A map of equal tiles: the parts of a kommun where they lie, whatever their size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kvalitetslib.render.charts.canvas import WIDTH, Chart, document, draw, missing, rect
from kvalitetslib.render.charts.lettering import LINE, Block, block
from kvalitetslib.render.charts.scale import is_known, known

GAP = 6.0
WIDEST = 150.0
NARROWEST = 96.0
"""Tiles narrower than this carry a number, and their texts stand below."""
PAD = 7.0
SHADES = 4
FOUND = "◆"
NO_VALUE = "uppgift saknas"


@dataclass(frozen=True)
class Tile:
    """A part at a row and a column, with its value in number and in words.

    One that `is_found` differs from the others by a test. `withheld` says why no value is shown.
    """

    label: str
    row: int
    column: int
    value: float | None
    text: str = ""
    is_found: bool = False
    withheld: str = ""


def tiles(
    parts: Sequence[Tile],
    *,
    id: str,
    title: str,
    description: str,
    least: float = 0.0,
    width: float = WIDTH,
) -> Chart:
    """Tiles in their rows and columns, darker for a higher value.

    A shade is at least `least` wide in the values' unit, so that parts that hardly differ look
    alike.

    Raises
    ------
    ValueError : if two tiles have the same place.
    """
    texts = {"id": id, "title": title, "description": description}
    if len({(each.row, each.column) for each in parts}) < len(parts):
        raise ValueError("two tiles have the same place")
    if not known(_shown(each) for each in parts):
        return missing("tiles", width=width, **texts)
    first = min(each.row for each in parts), min(each.column for each in parts)
    across = max(each.column for each in parts) - first[1] + 1
    side = min(WIDEST, (width - 2 - GAP * (across - 1)) / across)
    lettering = _Lettering(parts, side)
    shades = _shades(parts, least)
    body: list[str] = []
    for i, each in enumerate(parts):
        x = 1 + (each.column - first[1]) * (side + GAP)
        y = 1 + (each.row - first[0]) * (lettering.height + GAP)
        body.append(rect(x, y, side, lettering.height, _look(each, shades[i])))
        body.extend(lettering.inside(i, x + side / 2, y))
    down = max(each.row for each in parts) - first[0] + 1
    height = 2 + down * (lettering.height + GAP) - GAP
    for text in lettering.below(width):
        body.append(draw(text, 2, height + LINE / 4 + text.height / 2, cls="row"))
        height += text.height + LINE / 4
    return document("tiles", body, size=(width, height), **texts)


class _Lettering:
    """The texts of the tiles: in them when they are wide enough, else numbers and a list below."""

    def __init__(self, parts: Sequence[Tile], side: float) -> None:
        self._parts = parts
        self._is_wide = side >= NARROWEST
        room = side - 2 * PAD
        self._names = [
            block(each.label if self._is_wide else str(i), room, 3)
            for i, each in enumerate(parts, 1)
        ]
        self._values = [block(_words(each), room, 2, each.is_found) for each in parts]
        tallest = max(name.height for name in self._names)
        if self._is_wide:
            tallest += max(value.height for value in self._values)
        self.height = tallest + 2 * PAD

    def inside(self, i: int, middle: float, top: float) -> Iterable[str]:
        """The texts of a tile whose middle and top are given."""
        name, value = self._names[i], self._values[i]
        look = "on strong" if self._parts[i].is_found else "on"
        if not self._is_wide:
            yield draw(name, middle, top + self.height / 2, cls=look, anchor="middle")
            return
        start = top + (self.height - name.height - value.height) / 2
        yield draw(name, middle, start + name.height / 2, cls="on", anchor="middle")
        below = start + name.height + value.height / 2
        yield draw(value, middle, below, cls=look, anchor="middle")

    def below(self, width: float) -> list[Block]:
        """Number, name and value of each tile, when they have no room inside."""
        if self._is_wide:
            return []
        return [
            block(f"{i} {each.label}: {_words(each)}", width - 4, 2)
            for i, each in enumerate(self._parts, 1)
        ]


def _shown(each: Tile) -> float | None:
    return None if each.withheld else each.value


def _words(each: Tile) -> str:
    if each.withheld or not is_known(each.value):
        return each.withheld or NO_VALUE
    return f"{FOUND} {each.text}" if each.is_found else each.text


def _shades(parts: Sequence[Tile], least: float) -> list[int]:
    """1 to `SHADES` from the lowest value up; 0 where no value is shown."""
    values = known(_shown(each) for each in parts)
    low, step = min(values), max((max(values) - min(values)) / SHADES, least)
    shades = []
    for each in parts:
        value = _shown(each)
        if value is None or not is_known(value):
            shades.append(0)
        else:
            shades.append(1 + min(SHADES - 1, int((value - low) / step)) if step else 1)
    return shades


def _look(each: Tile, shade: int) -> str:
    if not shade:
        return "tile none"
    return f"tile t{shade}{' found' if each.is_found else ''}"
