"""Values without their noise."""

import numpy as np
import pytest

from kvalitetslib.stats.spread import without_noise


def test_the_worked_example_keeps_its_median_and_loses_spread() -> None:
    values = np.array([[4.0], [6.0], [8.0], [10.0]])
    kept = np.sqrt(1 - 1 / (20 / 3))
    expected = 7 + kept * (values - 7)
    np.testing.assert_allclose(without_noise(values, np.ones((4, 1))), expected)


def test_noise_alone_leaves_all_at_the_median() -> None:
    found = without_noise([[1.0], [2.0], [4.0]], [[5.0], [5.0], [5.0]])
    np.testing.assert_allclose(found, 2.0)


def test_missing_stays_missing_and_unknown_noise_changes_nothing() -> None:
    values = [[1.0, 1.0], [np.nan, 3.0], [5.0, 8.0]]
    found = without_noise(values, np.full((3, 2), np.nan))
    np.testing.assert_array_equal(found, values)


def test_the_upper_quarter_of_pure_noise_is_no_longer_ahead() -> None:
    rng = np.random.default_rng(7)
    values = rng.standard_normal((7, 4000))
    ahead = np.quantile(without_noise(values, np.ones_like(values)), 0.75, axis=0).mean()
    raw = np.quantile(values, 0.75, axis=0).mean()
    assert raw > 0.5
    assert ahead < 0.3


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="shape"):
        without_noise([[1.0]], [[1.0], [1.0]])
