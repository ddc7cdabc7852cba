"""Bad values just before a start, that are followed by better ones anyway."""

import numpy as np
import pytest

from kvalitetslib.stats.selection import bad_before, without_last


def test_three_last_values_far_below_the_earlier_ones_are_bad() -> None:
    # Earlier mean 10.5, sd 1.05; the last three have mean 6, the last four 7.
    assert bad_before([10, 12, 11, 9, 11, 10, 6, 7, 5], good=1) == 4
    assert bad_before([10, 12, 11, 9, 11, 10, 6, 7, 5], good=1, windows=(3,)) == 3


def test_what_is_bad_follows_the_good_direction() -> None:
    assert bad_before([10, 12, 11, 9, 11, 10, 16, 17, 15], good=1) == 0
    assert bad_before([10, 12, 11, 9, 11, 10, 16, 17, 15], good=-1) == 4


def test_missing_values_are_left_out() -> None:
    assert bad_before([10, 12, np.nan, 9, 11, 10, 6, np.nan, 7, 5], good=1, windows=(3,)) == 3


def test_too_few_earlier_values_tell_nothing() -> None:
    assert bad_before([10, 12, 1, 1, 1], good=1) == 0


def test_a_known_spread_replaces_that_of_the_earlier_values() -> None:
    assert bad_before([10, 12, 11, 9, 11, 10, 6, 7, 5], good=1, sigma=5.0) == 0


def test_the_last_known_values_before_the_start_are_taken_out() -> None:
    values = np.array([1.0, 2.0, np.nan, 3.0, 4.0, 5.0])
    is_before = np.array([True, True, True, True, False, False])
    left = without_last(values, is_before, 2)
    np.testing.assert_array_equal(left, [1.0, np.nan, np.nan, np.nan, 4.0, 5.0])


@pytest.mark.parametrize(("rho", "most"), [(0.0, 0.16), (0.4, 0.30)])
def test_ordinary_values_are_seldom_called_bad(rho: float, most: float) -> None:
    rng = np.random.default_rng(8)
    found = []
    for _ in range(400):
        values = rng.standard_normal(20)
        for place in range(1, 20):
            values[place] = rho * values[place - 1] + np.sqrt(1 - rho**2) * values[place]
        found.append(bad_before(values, good=1) > 0)
    assert 0.01 < np.mean(found) <= most


def test_infinite_values_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        bad_before([1, np.inf, 2, 3, 4, 5], good=1)
