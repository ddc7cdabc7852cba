"""Values that may be faults in the data, on vectors that can be checked by eye."""

import numpy as np
import pytest

from kvalitetslib.stats.doubts import (
    frozen,
    nearest_other,
    noise_of_rest,
    slipped,
    usual_change,
)

NAN = np.nan


def test_the_nearest_other_value_is_found_wherever_it_stands_in_time() -> None:
    # 3 is nearest to 5 (2), 5 to 3 (2), 9 to 10 (1), 10 to 9 (1).
    assert nearest_other([10.0, 3.0, 9.0, 5.0]).tolist() == [1.0, 2.0, 1.0, 2.0]


def test_a_lone_value_has_no_nearest_other() -> None:
    assert np.isnan(nearest_other([NAN, 4.0])).all()


def test_a_step_that_lasts_two_periods_is_near_its_own_kind() -> None:
    assert nearest_other([5.0, 5.1, 9.0, 9.2])[2:].max() == pytest.approx(0.2)


def test_the_noise_of_the_rest_does_not_hold_the_strange_value() -> None:
    # Without 90 the series is 10, 12, 10, 12, with ranges 2, 2, 2: 2 / 1.128.
    noise = noise_of_rest([10.0, 12.0, 90.0, 10.0, 12.0])
    assert noise[2] == pytest.approx(2 / 1.128)
    # Without the first 10 it is 12, 90, 10, 12: ranges 78, 80, 2.
    assert noise[0] == pytest.approx(160 / 3 / 1.128)


def test_three_values_have_no_noise_of_the_rest() -> None:
    assert np.isnan(noise_of_rest([1.0, 2.0, 3.0])).all()


@pytest.mark.parametrize("slip", [0.1, 10.0, 100.0, 1000.0, 0.01])
def test_a_moved_decimal_point_is_a_slip(slip: float) -> None:
    assert slipped([71.0, 72.0, 70.0 * slip, 71.5]).tolist() == [False, False, True, False]


@pytest.mark.parametrize("factor", [0.5, 2.0, 5.0, 7.0, 30.0])
def test_other_factors_are_no_slip(factor: float) -> None:
    assert not slipped([71.0, 72.0, 70.0 * factor, 71.5]).any()


def test_a_series_that_is_not_steady_has_no_slips() -> None:
    assert not slipped([1.0, 3.0, 9.0, 40.0, 4.0]).any()


def test_two_other_values_are_too_few_to_see_a_slip() -> None:
    assert not slipped([71.0, 72.0, 7.1]).any()


def test_each_row_is_judged_by_itself() -> None:
    rows = [[71.0, 72.0, 7.1, 71.5], [71.0, 72.0, 70.0, 71.5], [NAN, 0.0, 1.0, 2.0]]
    assert slipped(rows).sum(axis=1).tolist() == [1, 0, 0]


def test_four_equal_values_are_frozen_where_the_noise_is_large() -> None:
    assert frozen([51.3, 48.2, 48.2, 48.2, 48.2], 2.0, 0.1).tolist() == [False] + [True] * 4


def test_three_equal_values_are_not_frozen() -> None:
    assert not frozen([51.3, 48.2, 48.2, 48.2, 47.1], 2.0, 0.1).any()


@pytest.mark.parametrize("end", [0.0, 100.0])
def test_the_ends_of_a_scale_are_not_frozen(end: float) -> None:
    assert not frozen([end] * 5, 2.0, 0.1).any()


def test_values_that_hardly_move_are_not_frozen() -> None:
    assert not frozen([48.2] * 5, 0.3, 0.1).any()


def test_without_known_noise_nothing_is_frozen() -> None:
    assert not frozen([48.2] * 5, NAN, 0.1).any()


def test_missing_values_are_not_equal_to_each_other() -> None:
    assert not frozen([48.2, NAN, NAN, NAN, NAN], 2.0, 0.1).any()


def test_the_usual_noise_is_that_of_the_series() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(60, [[[[2.0]]], [[[0.5]]]], (2, 200, 3, 10))
    found = np.median(usual_change(values).sigma, axis=(1, 2))
    assert found == pytest.approx([2.0, 0.5], rel=0.1)


def test_a_kommun_that_varies_more_has_more_usual_noise() -> None:
    rng = np.random.default_rng(6)
    spread = np.where(np.arange(60) == 7, 3.0, 1.0)[None, :, None, None]
    sigma = usual_change(60 + spread * rng.standard_normal((20, 60, 3, 8))).sigma
    assert sigma[:, 7].mean() / np.delete(sigma, 7, axis=1).mean() == pytest.approx(3, rel=0.15)


def test_one_fault_hardly_moves_the_usual_noise() -> None:
    rng = np.random.default_rng(7)
    values = 60 + rng.standard_normal((4, 30, 3, 8))
    before = usual_change(values).sigma
    values[0, 3, 0, 4] = 6000.0
    assert usual_change(values).sigma == pytest.approx(before, rel=0.05)


def test_what_all_change_is_drift_and_not_noise() -> None:
    rng = np.random.default_rng(8)
    step = np.where(np.arange(8) >= 4, 20.0, 0.0)
    found = usual_change(60 + step + 0.5 * rng.standard_normal((1, 100, 1, 8)))
    assert found.drift[0, 0, 4] - found.drift[0, 0, 3] == pytest.approx(20, abs=0.3)
    assert np.nanmax(found.largest) < 6


def test_an_indicator_that_never_changes_has_no_usual_noise() -> None:
    assert np.isnan(usual_change(np.full((1, 30, 1, 5), 7.0)).sigma).all()
