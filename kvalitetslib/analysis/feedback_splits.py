"""Synpunkter of the latest four quarters by type, kön and area, and what came of each category.

The quarters of one report are those of the next but for one, so two reports beside each other would
tell that quarter's numbers. So they are rounded to the nearest five, and those under the smallest
group are withheld. More are withheld, the smallest first, while the total and what is shown would
tell more of a withheld number than that it is small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from kvalitetslib.analysis.feedback_counts import (
    FEWEST_LEFT,
    SMALL,
    WISHES,
    Counted,
    number,
    rounded_count,
    rounded_span,
)
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.period import quarter_of
from kvalitetslib.register import Atgard, Status
from kvalitetslib.service import SplitCount, YouSaidWeDid

TYPE, GENDER, AREA = "typ", "kön", "område"
NOT_TOLD = ""
"""The name of those who have not told their kön or area."""
_GENDERS = ("K", "M")


def splits(rows: pd.DataFrame, areas: Sequence[str], smallest: int) -> tuple[SplitCount, ...]:
    """By type of all synpunkter; by kön and area of klagomål and förslag.

    ``rows`` are those of the latest four quarters; ``areas`` the kommun's in its own order.
    """
    wishes = rows[rows["type"].isin(WISHES).to_numpy(dtype=bool)]
    types = {each: int((rows["type"] == each).sum()) for each in WISHES}
    praise = len(rows) - sum(types.values())
    by_type = [
        *_cells(TYPE, types, smallest),
        SplitCount(TYPE, "beröm", rounded_count(praise, smallest)),
    ]
    found = [
        *by_type,
        *_cells(GENDER, _counts(wishes["gender"], _GENDERS), smallest),
        *_cells(AREA, _counts(wishes["area"], areas), smallest),
    ]
    return tuple(found)


def _counts(column: pd.Series, order: Sequence[str]) -> dict[str, int]:
    """How many of each value: those in ``order`` first, then others, those not told last."""
    told = column.fillna(NOT_TOLD).astype(str).replace({"T": NOT_TOLD})
    counts = {str(name): int(count) for name, count in told.value_counts().items()}
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
    rows: pd.DataFrame, counted: Counted, atgarder: Sequence[Atgard], places: Sequence[int]
) -> tuple[YouSaidWeDid, ...]:
    """Each category's synpunkter, how many were answered and mended, and the åtgärder taken.

    ``rows`` are klagomål and förslag; ``places`` the latest four quarters. Those that are withheld
    are not counted: answers to all would tell how many they were.
    """
    return tuple(
        _said(rows, counted, atgarder, (column, places))
        for column in range(len(counted.categories))
    )


def _said(
    rows: pd.DataFrame,
    counted: Counted,
    atgarder: Sequence[Atgard],
    at: tuple[int, Sequence[int]],
) -> YouSaidWeDid:
    column, places = at
    name, smallest = counted.categories[column], counted.smallest
    told = [each for each in places if counted.shown[each, column]]
    quarters = {counted.quarters[each] for each in told}
    own = rows[(rows["category"] == name).to_numpy(dtype=bool)]
    own = own.loc[[quarter_of(day.date()).text in quarters for day in own["received"]]]
    said = len(own)
    answered, mended = (
        _at_most(rounded_count(int(own[day].notna().sum()), smallest), said)
        for day in ("answered", "mended")
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
