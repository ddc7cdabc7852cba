"""Places for labels so that none covers another; deterministic, no search beyond a fixed list."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle with y growing downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def contains(self, other: "Box") -> bool:
        return (
            self.x0 <= other.x0
            and other.x1 <= self.x1
            and self.y0 <= other.y0
            and other.y1 <= self.y1
        )


def spread(
    wanted: Sequence[float], sizes: Sequence[float], *, start: float, end: float
) -> tuple[float, ...]:
    """Centres along one axis, as near the wanted ones as can be without overlap.

    The sum of squared moves is least: after taking away the room before each label this is
    isotonic regression, solved by pooling neighbours that stand in the wrong order. If the labels
    need more than [start, end] they run past the end, so the caller gives room beforehand.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    if not order:
        return ()
    steps = [(sizes[a] + sizes[b]) / 2 for a, b in pairwise(order)]
    before = list(accumulate(steps, initial=0.0))
    low = start + sizes[order[0]] / 2
    high = max(low, end - sizes[order[-1]] / 2 - before[-1])
    pools: list[tuple[float, int]] = []
    for index, room in zip(order, before, strict=True):
        mean, size = wanted[index] - room, 1
        while pools and pools[-1][0] > mean:
            other, n = pools.pop()
            mean, size = (mean * size + other * n) / (size + n), size + n
        pools.append((mean, size))
    moved = [min(max(mean, low), high) for mean, size in pools for _ in range(size)]
    centres = dict(
        zip(order, (m + room for m, room in zip(moved, before, strict=True)), strict=True)
    )
    return tuple(centres[i] for i in range(len(wanted)))


def surround(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    bounds: Box,
    radius: float,
    taken: Sequence[Box] = (),
) -> tuple[Box | None, ...]:
    """A box beside each point that touches no mark, no taken box and no other label.

    Points are tried from the top; each tries eight directions at growing distance. None means
    that no free place was found.
    """
    marks = [Box(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    used = [*taken, *marks]
    boxes: dict[int, Box | None] = {}
    for i in sorted(range(len(points)), key=lambda i: (points[i][1], points[i][0], i)):
        tries = _candidates(points[i], sizes[i], radius)
        fit = (b for b in tries if bounds.contains(b) and not any(b.overlaps(u) for u in used))
        boxes[i] = next(fit, None)
        used.extend(box for box in (boxes[i],) if box)
    return tuple(boxes[i] for i in range(len(points)))


def thinned(centres: Sequence[float], widths: Sequence[float], *, gap: float = 8.0) -> set[int]:
    """Indices of labels on one row that can all be shown; the last is always kept."""
    kept: set[int] = set()
    free_to = float("inf")
    for i in sorted(range(len(centres)), key=lambda i: (-centres[i], -i)):
        if centres[i] + widths[i] / 2 <= free_to:
            kept.add(i)
            free_to = centres[i] - widths[i] / 2 - gap
    return kept


def _candidates(point: tuple[float, float], size: tuple[float, float], radius: float) -> list[Box]:
    """Right, left, above, below and the four corners, at growing distance."""
    (x, y), (w, h) = point, size
    corners: list[tuple[float, float]] = []
    for ring in range(4):
        r = radius + 3 + ring * h * 0.6
        right, left, above, below = x + r, x - r - w, y - r - h / 2, y + r / 2
        corners += [
            (right, y - h / 2),
            (left, y - h / 2),
            (x - w / 2, y - r - h),
            (x - w / 2, y + r),
        ]
        corners += [(right, above), (left, above), (right, below), (left, below)]
    return [Box(x0, y0, x0 + w, y0 + h) for x0, y0 in corners]
