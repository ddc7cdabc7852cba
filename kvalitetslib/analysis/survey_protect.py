"""Withhold the groups of a survey that a reader could otherwise work out by subtraction.

A group is already withheld when it is small or too uncertain. What is left when all shown groups
are taken from the whole (those whose group is unknown are left over too) must be nobody, a whole
group, or so few that the rounding of the published values hides them.

Worked example: 700 answers, 3 of them outside the shown groups. Whole percents of the total and of
the groups are each off by up to 0.5 %, together 0.005 x (700 + 697) = 7 answers, more than 3:
nothing can be worked out. Among 100 answers it would be 1, and one more group is withheld.

This holds only as long as nothing finer is published beside the shares: see `rounding`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kvalitetslib.analysis.crossings import Domain
from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason

SMALL = Withheld(WithheldReason.SMALL_GROUP)


@dataclass(frozen=True, eq=False)
class GroupCells:
    """A group's cells, one an item, and the number that answered."""

    domain: Domain
    cells: tuple[Cell, ...]
    n: tuple[int, ...]


@dataclass(frozen=True)
class Limit:
    """The smallest group, and each item's published step as a share of its scale."""

    smallest: int
    steps: tuple[float, ...]


def protected(
    groups: Sequence[GroupCells], whole: dict[str, GroupCells], limit: Limit
) -> list[GroupCells]:
    """Withhold one more cell where what is left over would be a few people."""
    cells = [list(each.cells) for each in groups]
    for table, total in whole.items():
        members = [place for place, each in enumerate(groups) if each.domain.table == table]
        for item in range(len(total.cells)):
            _hide_remainder(
                [(groups[place].n[item], cells[place]) for place in members],
                item,
                total.n[item],
                limit,
            )
    return [
        GroupCells(each.domain, tuple(shown), each.n)
        for each, shown in zip(groups, cells, strict=True)
    ]


def protected_crossings(
    crossed: Sequence[GroupCells], single: Sequence[GroupCells], limit: Limit
) -> list[GroupCells]:
    """The same along both sides of every two-way table, until nothing more has to go."""
    cells = [list(each.cells) for each in crossed]
    sides = {each.domain.slice.parts[0]: each for each in single}
    lines: dict[tuple[tuple[str, str], str], list[int]] = {}
    for place, each in enumerate(crossed):
        for part in each.domain.slice.parts:
            lines.setdefault((part, each.domain.table), []).append(place)
    for each, shown in zip(crossed, cells, strict=True):
        for part in each.domain.slice.parts:
            for item, cell in enumerate(sides[part].cells):
                # The parts of a withheld group would add up to it.
                if not isinstance(cell, Estimate):
                    shown[item] = SMALL
    changed = True
    while changed:
        changed = False
        for (part, _), members in lines.items():
            for item in range(len(sides[part].n)):
                counted = [(crossed[place].n[item], cells[place]) for place in members]
                changed |= _hide_remainder(counted, item, sides[part].n[item], limit)
    return [
        GroupCells(each.domain, tuple(shown), each.n)
        for each, shown in zip(crossed, cells, strict=True)
    ]


def _hide_remainder(
    counted: list[tuple[int, list[Cell]]], item: int, whole: int, limit: Limit
) -> bool:
    """Hide the smallest shown cell while the few people in none of them could be worked out."""
    hidden_any = False
    while True:
        shown = [(n, cells) for n, cells in counted if isinstance(cells[item], Estimate)]
        left = whole - sum(n for n, _ in shown)
        slack = limit.steps[item] / 2 * (whole + sum(n for n, _ in shown))
        if not shown or not 0 < left < limit.smallest or slack >= left:
            return hidden_any
        min(shown, key=lambda each: each[0])[1][item] = SMALL
        hidden_any = True
