"""Levels of phases: by hand, and how often a shift is found that is none."""

import numpy as np
import pytest

from kvalitetslib.stats.phase_levels import phase_levels

CALM = [9.0, 11.0, 10.0, 9.0, 11.0, 10.0]
THREE = [13.0, 12.0, 14.0]


def both(year: int = 4):
    """Six quarters round 10 and three round 13."""
    return phase_levels([*CALM, *THREE], np.arange(9), [0] * 6 + [1] * 3, year=year)


def test_a_shift_is_the_difference_of_the_means():
    # Squares left: 4 of the six and 2 of the three, with 9 - 2 = 7 degrees of freedom.
    shift = both().shift(1, 0)
    assert shift.estimate == pytest.approx(3.0)
    assert shift.se == pytest.approx(np.sqrt(6 / 7 * (1 / 6 + 1 / 3)))
    assert shift.df == pytest.approx(7)


def test_a_level_is_the_mean_with_the_spread_of_all_phases():
    level = both().level(1)
    assert (level.estimate, level.se) == pytest.approx((13.0, np.sqrt(6 / 7 / 3)))


def test_surely_above_has_a_small_p_and_surely_below_a_large_one():
    assert both().shift(1, 0).p_above < 0.01
    assert both().shift(0, 1).p_above > 0.99


def test_a_value_taken_from_a_difference_moves_it_alone():
    assert both().shift(1, 0).less(3.0).p_above == pytest.approx(0.5)


def test_a_phase_without_values_is_unknown():
    found = both()
    assert np.isnan(found.level(7).p_above)
    assert (found.count(7), found.count(1)) == (0, 3)


def test_missing_values_are_left_out():
    found = phase_levels([*CALM, np.nan, *THREE], np.arange(10), [0] * 7 + [1] * 3, year=4)
    assert found.shift(1, 0).estimate == pytest.approx(3.0)


@pytest.mark.parametrize("values", [[5.0] * 12, [1.0, 2.0, 3.0, 4.0]])
def test_values_that_never_vary_or_are_few_tell_nothing(values):
    phase = np.arange(len(values)) * 2 // len(values)
    assert np.isnan(phase_levels(values, np.arange(len(values)), phase, year=12).shift(1, 0).se)


def test_arrays_of_different_length_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        phase_levels([1.0, 2.0], [0, 1], [0], year=4)


def test_a_season_is_not_taken_for_a_shift():
    at = np.arange(36)
    noise = np.random.default_rng(1).standard_normal(36)
    values = 20 + 8 * np.sin(2 * np.pi * at / 12) + noise
    phase = np.where(at >= 33, 2, np.where(at >= 12, 1, 0))
    assert phase_levels(values, at, phase, year=12).shift(2, 1).se < 2
