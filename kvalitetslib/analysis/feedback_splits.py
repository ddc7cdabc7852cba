"""Synpunkter of the latest four quarters by type, kön and area, and what came of each category.

The quarters of one report are those of the next but for one, so two reports beside each other would
tell that quarter's numbers. So they are rounded to the nearest five, and those under the smallest
group are withheld. More are withheld, the smallest first, while the total and what is shown would
tell more of a withheld number than that it is small.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kvalitetslib.analysis.feedback_counts import (
    FEWEST_LEFT,
    SMALL,
    Counted,
    number,
    rounded_count,
    rounded_span,
)
from kvalitetslib.analysis.feedback_entries import WISHES, Entry
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.register import Atgard, Status
from kvalitetslib.service import SplitCount, YouSaidWeDid

TYPE, GENDER, AREA = "typ", "kön", "område"
NOT_TOLD = ""
"""The name of those who have not told their kön or area."""
_GENDERS = ("K", "M")


def splits(entries: Sequence[Entry], areas: Sequence[str], smallest: int) -> tuple[SplitCount, ...]:
    """By type of all synpunkter; by kön and area of klagomål and förslag.

    ``entries`` are those of the latest four quarters; ``areas`` the kommun's in its own order.
    """
    wishes = [each for each in entries if each.type in WISHES]
    told = Counter(each.type for each in wishes)
    types = {each: told[each] for each in WISHES}
    praise = len(entries) - len(wishes)
    by_type = [
        *_cells(TYPE, types, smallest),
        SplitCount(TYPE, "beröm", rounded_count(praise, smallest)),
    ]
    found = [
        *by_type,
        *_cells(GENDER, _counts((each.gender for each in wishes), _GENDERS), smallest),
        *_cells(AREA, _counts((each.area for each in wishes), areas), smallest),
    ]
    return tuple(found)


def _counts(values: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """How many of each value: those in ``order`` first, then others, those not told last."""
    counts = Counter(NOT_TOLD if each == "T" else each for each in values)
    others = sorted(name for name in counts if name not in order and name != NOT_TOLD)
    names = [*(name for name in order if name in counts), *others, NOT_TOLD]
    return {name: counts[name] for name in names if name in counts}


def _cells(split: str, counts: Mapping[str, int], smallest: int) -> list[SplitCount]:
    shown = shown_parts(list(counts.values()), smallest)
    return [
        SplitCount(split, name, rounded_count(count, smallest) if is_shown else SMALL)
        for (name, count), is_shown in zip(counts.items(), shown, strict=True)
    ]


def shown_parts(counts: Sequence[int], smallest: int) -> list[bool]:
    """Which parts of a known whole can be shown, each to the nearest ``smallest``."""
    shown = [each >= smallest for each in counts]
    while any(shown) and not all(shown) and _tells(counts, shown, smallest):
        least = min((each, place) for place, each in enumerate(counts) if shown[place])
        shown[least[1]] = False
    return shown


def _tells(counts: Sequence[int], shown: Sequence[bool], smallest: int) -> bool:
    """Would the whole less the shown parts leave a withheld one fewer than `FEWEST_LEFT` values?"""
    spans = [
        rounded_span(n, smallest) for n, is_shown in zip(counts, shown, strict=True) if is_shown
    ]
    whole, others = sum(counts), len(counts) - sum(shown) - 1
    least = max(1, whole - sum(each.high for each in spans) - others * (smallest - 1))
    most = min(smallest - 1, whole - sum(each.low for each in spans) - others)
    return most - least + 1 < min(FEWEST_LEFT, smallest - 1)


def said_and_done(
    entries: Sequence[Entry], counted: Counted, atgarder: Sequence[Atgard], places: Sequence[int]
) -> tuple[YouSaidWeDid, ...]:
    """Each category's synpunkter, how many were answered and mended, and the åtgärder taken.

    ``entries`` are klagomål and förslag; ``places`` the latest four quarters. Those that are
    withheld are not counted: answers to all would tell how many they were.
    """
    return tuple(
        _said(entries, counted, atgarder, (column, places))
        for column in range(len(counted.categories))
    )


def _said(
    entries: Sequence[Entry],
    counted: Counted,
    atgarder: Sequence[Atgard],
    at: tuple[int, Sequence[int]],
) -> YouSaidWeDid:
    column, places = at
    name, smallest = counted.categories[column], counted.smallest
    told = [each for each in places if counted.shown[each, column]]
    quarters = {counted.quarters[each] for each in told}
    own = [each for each in entries if each.category == name and each.quarter in quarters]
    said = len(own)
    answered, mended = (
        _at_most(rounded_count(sum(day is not None for day in days), smallest), said)
        for days in ([each.answered for each in own], [each.mended for each in own])
    )
    return YouSaidWeDid(
        category=name,
        complaints=number(said) if told else SMALL,
        mended=mended,
        atgarder=tuple(
            each.id
            for each in atgarder
            if each.category == name and each.status is not Status.REFUSED
        ),
        answered=answered,
        is_part=len(told) < len(places),
    )


def _at_most(part: Cell, whole: int) -> Cell:
    """A rounded part that is no more than the whole."""
    if not isinstance(part, Estimate) or part.value <= whole:
        return part
    return replace(part, value=float(whole))
