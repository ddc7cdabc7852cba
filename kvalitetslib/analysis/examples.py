"""Good examples to call: municipalities, and parts of the own one, that surely are better."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kvalitetslib.analysis.goal_standing import SIGNS
from kvalitetslib.analysis.peer_examples import is_improving, peer_examples
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Area, Group, Namnd
from kvalitetslib.report import Evidence, IndicatorResult, Question, Verdict
from kvalitetslib.wheel import GoodExample

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment

MOST = 3
"""Examples of an indicator, of either kind: enough to call, few enough to be called."""


def examples(
    assessment: "Assessment",
    namnd: Namnd,
    results: Sequence[IndicatorResult],
    evidence: Sequence[Evidence],
) -> tuple[GoodExample, ...]:
    """Peers first, then own areas and groups, in the order of the nämnd's indicators."""
    order = {each.indicator.id: place for place, each in enumerate(results)}
    areas = assessment.kommun.areas
    found = [
        *_first(peer_examples(assessment, namnd, results)),
        *_first(own_examples(results, evidence, areas)),
    ]
    found.sort(key=lambda each: (each.is_own, order.get(each.indicator, len(order))))
    levels = {
        each.indicator: each.id
        for each in evidence
        if each.question is Question.LEVEL and each.group.is_total
    }
    return tuple(
        each if each.evidence else replace(each, evidence=levels.get(each.indicator, ""))
        for each in found
    )


def own_examples(
    results: Sequence[IndicatorResult], evidence: Sequence[Evidence], areas: Sequence[Area]
) -> Iterator[GoodExample]:
    """Areas, units and groups of a survey that are better than the rest, the surest lead first.

    A sex or an age is no one to call.
    """
    known = {each.indicator.id: each for each in results}
    names = {each.nyckel: each.namn for each in areas}
    better = [
        each
        for each in evidence
        if each.question is Question.GAP
        and each.verdict is Verdict.BETTER
        and (each.group.area or each.group.other)
    ]
    for each in sorted(better, key=lambda one: (one.indicator, -(one.low or 0.0), one.id)):
        if not isinstance(each.cell, Estimate) or each.reference is None or each.low is None:
            continue
        result = known.get(each.indicator)
        yield GoodExample(
            indicator=each.indicator,
            who=names.get(each.group.area, each.group.area) or each.group.other,
            is_own=True,
            value=each.cell.value,
            own_value=each.reference.value,
            difference=each.difference or 0.0,
            low=each.low,
            is_improving=result is not None and _improves(result, each.group),
            period=each.period,
            evidence=each.id,
        )


def _improves(result: IndicatorResult, group: Group) -> bool:
    """Whether the group's own values have been getting better."""
    series = next((each for each in result.breakdown if each.group == group), None)
    sign = SIGNS.get(result.indicator.direction)
    if series is None or sign is None:
        return False
    known = [
        (each.at, each.cell.value) for each in series.points if isinstance(each.cell, Estimate)
    ]
    if not known:
        return False
    at, values = (np.array(each, dtype=float) for each in zip(*known, strict=True))
    return bool(is_improving(sign * values[None, :], at)[0])


def _first(found: Iterator[GoodExample]) -> Iterator[GoodExample]:
    """At most three of each indicator."""
    taken: dict[str, int] = {}
    for each in found:
        taken[each.indicator] = taken.get(each.indicator, 0) + 1
        if taken[each.indicator] <= MOST:
            yield each
