"""The run rules on series one can check by eye."""

import numpy as np
import pytest

from kvalitetslib.stats.run_rules import (
    outside_limits,
    run_on_one_side,
    steady_trend,
    two_of_three_in_outer_third,
)


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


def test_limits_and_centre_may_differ_from_point_to_point() -> None:
    lower, upper = np.array([0, 2, 4.0]), np.array([2, 4, 6.0])
    assert outside_limits(np.array([3, 3, 3.0]), lower, upper).tolist() == [1, 0, -1]
    rising = np.arange(7.0)
    assert run_on_one_side(rising + 0.5, rising).tolist() == [1] * 7
