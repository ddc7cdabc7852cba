"""What carries over between years, and trends that are told from it."""

import numpy as np
import pytest
from scipy import special

from kvalitetslib.stats.carryover import HIGHEST, carry_over, trend_inflation
from kvalitetslib.stats.trend import mann_kendall


def series(rho: float, *, n: int, years: int, seed: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    values = np.empty((n, years))
    values[:, 0] = rng.standard_normal(n)
    for year in range(1, years):
        fresh = np.sqrt(1 - rho**2) * rng.standard_normal(n)
        values[:, year] = rho * values[:, year - 1] + fresh
    return values


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("years", [6, 12])
def test_the_carry_over_of_many_series_is_found(rho: float, years: int) -> None:
    found = carry_over(series(rho, n=290, years=years)[None], unknown=0.3)
    assert found[0] == pytest.approx(rho, abs=0.13)


def test_common_years_and_own_trends_are_no_carry_over() -> None:
    rng = np.random.default_rng(8)
    years = np.arange(10)
    moving = rng.normal(0, 1, size=(290, 1)) * years + 5 * rng.standard_normal(10)
    found = carry_over((series(0.0, n=290, years=10) + moving)[None], unknown=0.3)
    assert found[0] < 0.13


def test_wandering_is_at_the_limit_and_few_series_are_unknown() -> None:
    steps = np.random.default_rng(3).standard_normal((2, 290, 12)).cumsum(axis=2)
    steps[1, 10:] = np.nan
    found = carry_over(steps, unknown=0.3)
    assert found[0] > HIGHEST - 0.1
    assert found[1] == 0.3


def test_independent_years_are_not_inflated() -> None:
    np.testing.assert_array_equal(trend_inflation([5, 12], [0.0, 0.0]), [1.0, 1.0])


@pytest.mark.parametrize("rho", [0.3, 0.5])
def test_the_inflated_test_finds_no_more_than_it_should(rho: float) -> None:
    test = mann_kendall(series(rho, n=4000, years=12))
    plain = (test.p <= 0.05).mean()
    z = -special.ndtri(test.p / 2) / np.sqrt(trend_inflation(test.n, np.full(4000, rho)))
    corrected = (2 * special.ndtr(-z) <= 0.05).mean()
    assert plain > 0.09
    assert corrected < 0.065
