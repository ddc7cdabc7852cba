"""Rows for names over upright lines: events and breaks over a plot, values over a strip."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple


class Slot(NamedTuple):
    """Where a name lies: from x0 to x1 on a row, 0 nearest the plot."""

    x0: float
    x1: float
    row: int


def stack(
    marks: Sequence[float],
    widths: Sequence[float],
    *,
    end: float,
    start: float = 0.0,
    centred: bool = False,
) -> tuple[Slot, ...]:
    """Slots within [start, end] such that no name covers another.

    A name stands to the right of its line, or to the left if there is no room, or centred over it
    if asked for. Those to the right are placed from right to left and then the others from left
    to right, each on the lowest row where no line runs through a text; where that cannot be had
    (long names of crowded lines) the row is merely free.
    """
    is_leftward = [mark + width > end for mark, width in zip(marks, widths, strict=True)]
    order = sorted(
        range(len(marks)),
        key=lambda i: (is_leftward[i], marks[i] if is_leftward[i] else -marks[i], i),
    )
    placed: list[tuple[Slot, float]] = []
    for done, i in enumerate(order):
        later = [marks[j] for j in order[done + 1 :]]
        sides = _sides(marks[i], widths[i], later, is_leftward=is_leftward[i], centred=centred)
        inside = [side for side in sides if start <= side[0] and side[1] <= end]
        slot = _lowest(marks[i], inside, placed)
        if slot is None:
            x0 = max(start, min(marks[i], end - widths[i]))
            slot = _free(x0, x0 + widths[i], placed)
        placed.append((slot, marks[i]))
    by_mark = dict(zip(order, (slot for slot, _ in placed), strict=True))
    return tuple(by_mark[i] for i in range(len(marks)))


def _sides(
    mark: float, width: float, later: Sequence[float], *, is_leftward: bool, centred: bool
) -> list[tuple[float, float]]:
    """The stretches a name may take, best first.

    Only the name's ordinary side may cover lines not yet named, as those can still pass below.
    """
    right, left = (mark, mark + width), (mark - width, mark)
    ordinary, other = (left, right) if is_leftward else (right, left)
    middle = (mark - width / 2, mark + width / 2)
    tries = [*([middle] if centred else []), ordinary, other]
    return [s for s in tries if s is ordinary or not any(s[0] < at < s[1] for at in later)]


def _lowest(
    mark: float, sides: Sequence[tuple[float, float]], placed: Sequence[tuple[Slot, float]]
) -> Slot | None:
    """The first clear slot, row by row; None if no row up to one above all others is clear."""
    tries = (Slot(x0, x1, row) for row in range(len(placed) + 1) for x0, x1 in sides)
    return next((slot for slot in tries if not _is_crossed(slot, mark, placed)), None)


def _free(x0: float, x1: float, placed: Sequence[tuple[Slot, float]]) -> Slot:
    """The lowest slot that covers no name, whatever lines run through it."""
    tries = (Slot(x0, x1, row) for row in count())
    return next(slot for slot in tries if not any(_covers(slot, other) for other, _ in placed))


def _covers(one: Slot, other: Slot) -> bool:
    return one.row == other.row and one.x0 < other.x1 and other.x0 < one.x1


def _is_crossed(slot: Slot, mark: float, placed: Sequence[tuple[Slot, float]]) -> bool:
    """Whether the name covers another, or the line of one runs through the text of the other."""
    return any(
        _covers(slot, other)
        or (other.row < slot.row and other.x0 < mark < other.x1)
        or (other.row > slot.row and slot.x0 < place < slot.x1)
        for other, place in placed
    )
