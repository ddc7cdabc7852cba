"""Means of the latest values."""

import numpy as np
import pytest

from kvalitetslib.stats.recent import mean_noise, mean_until

SERIES = [[4.0, 6.0, np.nan, 8.0, 9.0], [np.nan, np.nan, 5.0, np.nan, np.nan]]


def test_the_worked_example_has_three_values() -> None:
    mean, count = mean_until(SERIES, np.array([4, 4]), 3)
    np.testing.assert_allclose(mean, [(6 + 8 + 9) / 3, 5])
    np.testing.assert_array_equal(count, [3, 1])


def test_nothing_after_the_last_place_counts() -> None:
    mean, count = mean_until(SERIES, np.array([1, -1]), 3)
    np.testing.assert_array_equal(mean, [5.0, np.nan])
    np.testing.assert_array_equal(count, [2, 0])


def test_without_correlation_the_noise_falls_with_the_root() -> None:
    np.testing.assert_allclose(mean_noise([1, 2, 4], 0.0), [1, 1 / np.sqrt(2), 0.5])


def test_the_noise_of_a_mean_of_three_is_that_of_the_full_covariance() -> None:
    apart = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    expected = np.sqrt((0.3**apart).sum()) / 3
    assert mean_noise(3, 0.3) == pytest.approx(expected)
