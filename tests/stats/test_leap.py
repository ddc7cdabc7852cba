"""A leap told apart from a climb, by made-up series whose truth is known."""

import numpy as np
import pytest

from kvalitetslib.stats.leap import leap

AT = np.arange(36)
SERIES = 40


def noise(rng: np.random.Generator, rho: float) -> np.ndarray:
    values = rng.standard_normal(AT.size)
    for place in range(1, AT.size):
        values[place] = rho * values[place - 1] + np.sqrt(1 - rho**2) * values[place]
    return values


def sure(course: np.ndarray, rho: float, seed: int, place: int | None = None) -> float:
    """Share of series round the course in which a leap is sure."""
    rng = np.random.default_rng(seed)
    found = [leap(course + noise(rng, rho), AT, place=place) for _ in range(SERIES)]
    return float(np.mean([each is not None and each.p <= 0.05 for each in found]))


def test_a_clear_step_is_found_where_it_is():
    values = np.where(AT >= 20, 12.0, 20.0) + noise(np.random.default_rng(2), 0.2)
    found = leap(values, AT)
    assert found.place == 20
    assert (found.before, found.after) == pytest.approx((20, 12), abs=0.6)
    assert found.p < 0.001


def test_a_steady_climb_is_no_leap():
    assert leap(0.4 * AT + noise(np.random.default_rng(3), 0.2), AT) is None


def test_leaps_are_seldom_found_where_there_are_none():
    cells = [(rho, climb) for rho in (0.0, 0.3) for climb in (0.0, 4.0)]
    false = [sure(climb * AT / 36, rho, seed=seed) for seed, (rho, climb) in enumerate(cells)]
    assert np.mean(false) <= 0.05


def test_steps_of_three_standard_deviations_are_mostly_found():
    assert sure(3.0 * (AT >= 20), 0.0, seed=5) >= 0.7


def test_a_named_change_is_found_more_often_than_an_unnamed_one():
    step = 2.0 * (AT >= 20)
    assert sure(step, 0.0, seed=6, place=20) > sure(step, 0.0, seed=6)


def test_a_step_without_noise_is_sure():
    found = leap(np.where(AT >= 20, 1.0, 2.0), AT)
    assert (found.place, found.p) == (20, 0.0)


@pytest.mark.parametrize("values", [[3.0] * 20, [1.0, 2.0] * 5])
def test_values_that_never_vary_or_are_few_hold_no_leap(values):
    assert leap(values, np.arange(len(values))) is None


def test_a_change_too_near_the_end_is_not_tried():
    assert leap(1.0 * (AT >= 34), AT, place=34) is None


def test_missing_values_are_refused():
    with pytest.raises(ValueError, match="without missing"):
        leap([1.0, np.nan], [0, 1])
