"""Small numbers of synpunkter are withheld, and none follows from what is shown."""

from itertools import product

import numpy as np
import pytest
from analysis.made_feedback import counted
from scipy import optimize

from kvalitetslib.analysis.feedback_counts import (
    SMALL,
    Counted,
    Span,
    is_total_safe,
    rounded_count,
    rounded_span,
)
from kvalitetslib.analysis.feedback_splits import shown_parts
from kvalitetslib.estimate import Estimate

CLASSES = [(0, 0, 4), (4, 0, 4), (5, 5, 7), (7, 5, 7), (8, 8, 12), (12, 8, 12), (13, 13, 17)]


def value(cell: object) -> float:
    assert isinstance(cell, Estimate)
    return cell.value


def test_fewer_than_the_smallest_group_are_withheld_also_none() -> None:
    cells = [counted([10, 4, 0]).cell(0, place) for place in range(3)]
    assert (value(cells[0]), cells[1], cells[2]) == (10.0, SMALL, SMALL)


def test_the_worked_example_of_a_total_that_may_be_shown() -> None:
    assert value(counted([10, 2, 4]).total(0)) == 16.0


def test_a_total_that_would_tell_the_withheld_numbers_is_told_within_bounds() -> None:
    total = counted([10, 4, 4]).total(0)
    assert isinstance(total, Estimate)
    assert (total.low, total.value, total.high) == (10.0, 14.0, 18.0)


def test_a_total_that_leaves_one_withheld_number_is_not_exact() -> None:
    assert not is_total_safe(np.array([10, 8, 3]), 5)


def test_a_total_of_few_is_withheld() -> None:
    assert counted([1, 2, 1]).total(0) == SMALL


@pytest.mark.parametrize(("count", "low", "high"), CLASSES)
def test_sums_are_told_in_classes_of_five(count: int, low: int, high: int) -> None:
    assert rounded_span(count, 5) == Span(low, high)


def test_the_classes_leave_no_number_out_and_none_in_two() -> None:
    spans = [rounded_span(count, 5) for count in range(60)]
    assert all(span.low <= count <= span.high for count, span in enumerate(spans))
    assert [each.low for each in spans] == sorted(each.low for each in spans)


def test_a_rounded_count_carries_what_it_may_be() -> None:
    cell = rounded_count(23, 5)
    assert isinstance(cell, Estimate)
    assert (cell.low, cell.value, cell.high) == (23.0, 25.0, 27.0)


def test_a_sum_with_one_withheld_quarter_tells_nothing_of_it() -> None:
    spans = {counted([10], [9], [8], [hidden]).span(0, range(4)) for hidden in range(5)}
    assert spans == {Span(27, 31)}


def test_of_many_withheld_quarters_only_a_half_is_told() -> None:
    sums = [counted([2], [3], [2], [few]).span(0, range(4)) for few in (0, 1, 4)]
    assert sums == [Span(0, 7), Span(8, 16), Span(8, 16)]


# --- a reader who knows the rules and adds up everything that is published -----------------------


def candidates(row: list[int], total: object, smallest: int = 5) -> set[tuple[int, ...]]:
    """Every set of withheld numbers that the quarter's shown numbers and total allow."""
    hidden = [each for each in row if each < smallest]
    shown = sum(row) - sum(hidden)
    found = product(range(smallest), repeat=len(hidden))
    if isinstance(total, Estimate) and total.low is None:
        return {each for each in found if sum(each) + shown == total.value}
    if isinstance(total, Estimate):
        return {each for each in found if total.low <= sum(each) + shown <= total.high}
    return {each for each in found if sum(each) + shown < smallest}


def test_within_a_quarter_a_withheld_number_keeps_three_values() -> None:
    worst = 5
    for row in product(range(8), repeat=3):
        left = candidates(list(row), counted(list(row)).total(0))
        hidden = sum(each < 5 for each in row)
        values = [{each[place] for each in left} for place in range(hidden)]
        worst = min([worst, *(len(each) for each in values)])
    assert worst == 3


def bounds_of(numbers: Counted, at: tuple[int, int]) -> tuple[int, int]:
    """The smallest and largest a number can be, from all quarters' reports together."""
    counts, shape = numbers.counts, numbers.counts.shape
    low = np.where(numbers.shown, counts, 0).ravel()
    high = np.where(numbers.shown, counts, numbers.smallest - 1).ravel()
    rules = []
    for quarter in range(shape[0]):
        mask = np.zeros(shape)
        mask[quarter] = 1
        total = numbers.total(quarter)
        if isinstance(total, Estimate):
            ends = (total.value, total.value) if total.low is None else (total.low, total.high)
            rules.append((mask.ravel(), *ends))
    for category in range(shape[1]):
        for last in range(4, shape[0] + 1):
            mask = np.zeros(shape)
            mask[last - 4 : last, category] = 1
            span = numbers.span(category, range(last - 4, last))
            rules.append((mask.ravel(), span.low, span.high))
    place = np.zeros(shape)
    place[at] = 1
    ends = []
    for sign in (1, -1):
        found = optimize.milp(
            sign * place.ravel(),
            integrality=np.ones(place.size),
            bounds=optimize.Bounds(low, high),
            constraints=[optimize.LinearConstraint(*rule) for rule in rules],
        )
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(6))
def test_all_reports_together_pin_no_withheld_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    numbers = counted(*rng.poisson([2.0, 5.0, 7.0], size=(9, 3)).tolist())
    hidden = list(zip(*np.nonzero(~numbers.shown), strict=True))
    spans = [bounds_of(numbers, (int(q), int(c))) for q, c in hidden]
    assert hidden
    assert [each for each in spans if each[0] == each[1]] == []


def left_to(counts: list[int], shown: list[bool]) -> list[int]:
    """How many values 1-4 each withheld part may have, from the whole and the rounded parts."""
    spans = [rounded_span(n, 5) for n, is_shown in zip(counts, shown, strict=True) if is_shown]
    low = sum(counts) - sum(each.high for each in spans)
    high = sum(counts) - sum(each.low for each in spans)
    small = [n for n, is_shown in zip(counts, shown, strict=True) if not is_shown]
    # A part that is withheld to protect another may be large; it is left out of the narrowest case.
    fits = [each for each in product(range(1, 5), repeat=len(small)) if low <= sum(each) <= high]
    return [len({each[place] for each in fits}) for place in range(len(small)) if fits]


def test_a_small_part_is_not_told_by_the_whole_and_the_rounded_parts() -> None:
    rng = np.random.default_rng(4)
    worst = 4
    for _ in range(300):
        counts = [int(each) for each in rng.poisson([2, 9, 14, 20]) + 1]
        shown = shown_parts(counts, 5)
        worst = min(
            [
                worst,
                *(
                    left_to(counts, shown)
                    if all(n < 5 for n, each in zip(counts, shown, strict=True) if not each)
                    else []
                ),
            ]
        )
    assert worst >= 3


def test_large_parts_are_shown_beside_a_small_one() -> None:
    assert shown_parts([45, 43, 2], 5) == [True, True, False]


def test_a_small_part_that_would_follow_takes_another_with_it() -> None:
    # 13 and 8 are told as 13-17 and 8-12, so 22 in all would leave 1 and no more.
    assert shown_parts([13, 8, 1], 5) == [True, False, False]
