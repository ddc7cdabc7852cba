"""XmR charts one can count by hand."""

import numpy as np
import pytest

from kvalitetslib.stats.process import (
    Assurance,
    XmrChart,
    assurance,
    outside_limits,
    run_on_one_side,
    steady_trend,
    two_of_three_in_outer_third,
    xmr_chart,
)


def chart(lower: float, upper: float) -> XmrChart:
    none = np.zeros(1, dtype=np.int8)
    return XmrChart((lower + upper) / 2, lower, upper, True, none, none, none, none)


def test_limits_of_the_worked_example() -> None:
    found = xmr_chart([10, 12, 10, 12])
    assert (found.mean, found.lower, found.upper) == pytest.approx((11, 5.68, 16.32))


def test_extreme_range_is_screened_once() -> None:
    # Ranges 1 x 8 and 20, 20: mean 4.8, screen at 15.68, so the two of 20 fall out. Limit 2.66 x 1.
    found = xmr_chart([1, 2, 1, 2, 1, 21, 1, 2, 1, 2, 1])
    mean = 35 / 11
    assert (found.lower, found.upper) == pytest.approx((mean - 2.66, mean + 2.66))


def test_screening_is_not_repeated() -> None:
    # Ranges 1 x 20, 6 and 100: mean 126/22 = 5.73, screen at 18.7 takes 100 but leaves 6, though
    # the new mean 26/21 would screen at 4.04.
    values = np.cumsum([0] + [1, -1] * 10 + [6, 100])
    found = xmr_chart(values)
    assert found.upper - found.mean == pytest.approx(2.66 * 26 / 21)


def test_constant_series_has_limits_at_its_mean_and_no_signal() -> None:
    found = xmr_chart([0.1] * 15)
    assert (found.mean, found.lower, found.upper) == (0.1, 0.1, 0.1)
    assert not found.flagged.any()


def test_fewer_than_thirteen_points_are_preliminary() -> None:
    assert xmr_chart(np.arange(12)).preliminary
    assert not xmr_chart(np.arange(13)).preliminary


def test_gap_is_bridged_and_never_signals() -> None:
    found = xmr_chart([np.nan, 10, 12, np.nan, 10, 12])
    assert (found.mean, found.upper) == pytest.approx((11, 16.32))
    assert not found.flagged.any()


@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [np.nan, 3.0]])
def test_one_point_or_none_has_no_limits(values: list[float]) -> None:
    found = xmr_chart(values)
    assert np.isnan([found.lower, found.upper]).all()
    assert found.flagged.tolist() == [False] * len(values)


def test_frozen_limits_come_from_the_baseline_alone() -> None:
    found = xmr_chart([10, 12, 10, 12, 30], baseline=slice(4))
    assert (found.mean, found.upper) == pytest.approx((11, 16.32))
    assert found.outside.tolist() == [0, 0, 0, 0, 1]
    assert found.preliminary


def test_signals_keep_their_place_around_gaps() -> None:
    found = xmr_chart([10, np.nan, 12, 10, 12, np.nan, -30], baseline=slice(5))
    assert found.outside.tolist() == [0, 0, 0, 0, 0, 0, -1]
    assert found.flagged.tolist() == [False] * 6 + [True]


def test_chart_of_several_series_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one series, found shape \(2, 2\)"):
        xmr_chart([[1, 2], [3, 4]])


def test_infinite_value_in_a_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="values must be finite"):
        xmr_chart([1, np.inf])


def test_point_on_the_limit_is_inside() -> None:
    assert outside_limits(np.array([0, 1, 5, 9, 10.0]), 1, 9).tolist() == [-1, 0, 0, 0, 1]


def test_seven_on_one_side_mark_all_seven() -> None:
    points = np.array([-1, 1, 2, 1, 2, 1, 2, 1, -1.0])
    assert run_on_one_side(points, 0).tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 0]


def test_six_on_one_side_are_ordinary() -> None:
    assert not run_on_one_side(np.array([-1.0] * 6 + [1]), 0).any()


def test_point_on_the_mean_breaks_a_run() -> None:
    assert not run_on_one_side(np.array([-1.0] * 6 + [0] + [-1.0] * 6), 0).any()


def test_eight_below_are_one_run_downwards() -> None:
    assert run_on_one_side(np.array([-1.0] * 8), 0).tolist() == [-1] * 8


def test_seven_rising_points_are_a_trend() -> None:
    points = np.array([5, 1, 2, 3, 4, 5, 6, 7, 7.0])
    assert steady_trend(points).tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 0]


def test_six_rising_points_are_ordinary() -> None:
    assert not steady_trend(np.array([1, 2, 3, 4, 5, 6, 6.0])).any()


def test_rise_and_fall_share_their_peak() -> None:
    points = np.array([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1.0])
    assert steady_trend(points).tolist() == [1] * 7 + [-1] * 6


# With limits -9 and 9 the outer thirds are 6 to 9 and -9 to -6.
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([7, 1, 8], [1, 0, 1]),
        ([-7, -8, -1], [-1, -1, 0]),
        ([7, -1, 8], [0, 0, 0]),
        ([7, 1, -8], [0, 0, 0]),
        ([7, 1, 1, 8], [0, 0, 0, 0]),
        ([7, 1, 10], [0, 0, 0]),
        ([9, 6, 9], [1, 0, 1]),
        ([7, 7], [0, 0]),
        ([1, 7, 2, 8, 1], [0, 1, 0, 1, 0]),
    ],
)
def test_two_of_three_in_the_outer_third(points: list[float], expected: list[int]) -> None:
    found = two_of_three_in_outer_third(np.array(points, dtype=float), -9, 9)
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        (3, 1, Assurance.ALWAYS),
        (4, 1, Assurance.ALWAYS),
        (5, 1, Assurance.SOMETIMES),
        (8, 1, Assurance.SOMETIMES),
        (9, 1, Assurance.NEVER),
        (3, -1, Assurance.NEVER),
        (4, -1, Assurance.SOMETIMES),
        (8, -1, Assurance.ALWAYS),
        (np.nan, 1, Assurance.UNKNOWN),
    ],
)
def test_assurance_of_limits_four_to_eight(
    target: float, direction: int, expected: Assurance
) -> None:
    assert assurance(chart(4, 8), target, direction) is expected


def test_assurance_without_limits_is_unknown() -> None:
    assert assurance(xmr_chart([3]), 1, -1) is Assurance.UNKNOWN


def test_assurance_needs_a_direction() -> None:
    with pytest.raises(ValueError, match="direction must be 1 or -1, found 0"):
        assurance(chart(4, 8), 5, 0)
