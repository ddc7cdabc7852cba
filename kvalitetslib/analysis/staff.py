"""HME for a nämnd: its three parts and the total, of its own staff and of all, with the change.

The indexes are estimated with the survey (`analysis.hme`). Here they are read from its result, and
withheld under ten answers, as Kolada does. The change of the own staff is worked out from the two
waves' published intervals, so nothing finer than they stands beside them.

Worked example: 74 with 71 to 77 now and 70 with 66 to 74 before differ by 4; the ends are 4 minus
the root of 3 x 3 + 4 x 4, which is -1, and 4 plus the same, 9.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import stats

from kvalitetslib.analysis.hme import TOTAL
from kvalitetslib.analysis.rounding import published_p
from kvalitetslib.analysis.survey_results import Surveyed
from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.resources import StaffIndex, Whose
from kvalitetslib.survey_result import Contrast, ItemResult, SliceResult, SurveyResult

SMALLEST = 10
"""Fewest answers behind an index of HME (Kolada U00200)."""
_QUANTILE = 1.959963984540054
_SMALL = Withheld(WithheldReason.SMALL_GROUP)


def staff_indexes(
    surveys: Sequence[SurveyResult], surveyed: Sequence[Surveyed], namnd: str
) -> tuple[StaffIndex, ...]:
    """The indexes of each survey to staff: the total first, the own staff before all.

    ``surveys`` are the results that the nämnd sees, ``surveyed`` what they were made of.
    """
    owners = {each.waves.now.codebook.key: _own_group(each, namnd) for each in surveyed}
    return tuple(
        index
        for survey in surveys
        for item in sorted(
            (each for each in survey.items if each.item.hme), key=lambda e: e.item.hme != TOTAL
        )
        if item.item.id.startswith("hme-")
        for index in _indexes(survey, item, owners.get(survey.key, ("", "")))
    )


def difference_of(now: Cell, then: Cell | None) -> Contrast | None:
    """The change between two waves from their own intervals.

    Notes
    -----
    Zou & Donner (2008), Stat. Med. 27, 1693-1702: the distances to the ends are added as squares.
    p is of the normal law, with the interval's half width.
    """
    if not isinstance(now, Estimate) or not isinstance(then, Estimate):
        return None
    if now.low is None or now.high is None or then.low is None or then.high is None:
        return None
    change = now.value - then.value
    down = float(np.hypot(now.value - now.low, then.high - then.value))
    up = float(np.hypot(now.high - now.value, then.value - then.low))
    side = down if change > 0 else up
    p = 2 * float(stats.norm.sf(abs(change) / side * _QUANTILE)) if side > 0 else 1.0
    return Contrast(change, change - down, change + up, published_p(p))


def _own_group(surveyed: Surveyed, namnd: str) -> tuple[str, str]:
    """The background and group that the nämnd answers for; empty when there is none."""
    found = (
        (variable.key, group)
        for variable in surveyed.waves.now.codebook.backgrounds
        for group, owner in variable.owners
        if owner == namnd
    )
    return next(found, ("", ""))


def _indexes(
    survey: SurveyResult, item: ItemResult, owned: tuple[str, str]
) -> Iterator[StaffIndex]:
    own = next((each for each in item.groups if each.slice.parts == (owned,)), None)
    if own is not None:
        yield _index(survey, item, own)
    yield StaffIndex(
        survey=survey.key,
        name=survey.name,
        part=item.item.hme or TOTAL,
        whose=Whose.ALL,
        group="",
        period=survey.period,
        earlier_period=survey.earlier_period,
        cell=_enough(item.total),
        earlier=None if item.earlier is None else _enough(item.earlier),
        change=item.change,
        evidence=item.evidence,
    )


def _index(survey: SurveyResult, item: ItemResult, own: SliceResult) -> StaffIndex:
    cell = _enough(own.cell)
    earlier = None if own.earlier is None else _enough(own.earlier)
    return StaffIndex(
        survey=survey.key,
        name=survey.name,
        part=item.item.hme or TOTAL,
        whose=Whose.OWN,
        group=own.slice.label,
        period=survey.period,
        earlier_period=survey.earlier_period,
        cell=cell,
        earlier=earlier,
        change=difference_of(cell, earlier),
    )


def _enough(cell: Cell) -> Cell:
    """The cell, withheld when fewer than ten have answered."""
    if isinstance(cell, Estimate) and cell.n is not None and cell.n < SMALLEST:
        return _SMALL
    return cell
