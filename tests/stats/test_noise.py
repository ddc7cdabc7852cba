"""Year noise alone and pooled, by hand and against simulation with known variances."""

import numpy as np
import pytest

from kvalitetslib.stats.compare import difference_test
from kvalitetslib.stats.noise import noise_df, pooled_noise, year_noise


def test_noise_is_the_mean_moving_range() -> None:
    # Ranges 2, 1, 3, 2 (over the gap): mean 2.
    noise = year_noise([10, 12, np.nan, 11, 14, 12])
    assert noise.sigma == pytest.approx(2 / 1.128)
    assert noise.n == 5


def test_noise_needs_five_values() -> None:
    noise = year_noise([[1, 2, 1, 2, np.nan], [np.nan] * 5, [3.0] * 5])
    np.testing.assert_array_equal(noise.sigma, [np.nan, np.nan, 0])
    assert np.isnan(noise.df).tolist() == [True, True, False]


@pytest.mark.parametrize("n", [5, 8, 12, 24])
def test_degrees_of_freedom_give_the_variation_found_in_simulation(n: int) -> None:
    sigma = year_noise(np.random.default_rng(n).normal(size=(200_000, n))).sigma
    df = noise_df(n)
    # sd / mean of a chi variable with df degrees of freedom, to two terms.
    expected = np.sqrt(1 / (2 * df) + 1 / (8 * df**2))
    assert sigma.mean() == pytest.approx(1, abs=0.005)
    assert sigma.std() / sigma.mean() == pytest.approx(expected, rel=0.01)


def test_degrees_of_freedom_are_about_six_tenths_of_the_ranges() -> None:
    assert noise_df(200) / 199 == pytest.approx(0.606, abs=0.002)
    assert noise_df(20) / 19 == pytest.approx(0.62, abs=0.01)


@pytest.mark.parametrize(("n", "expected"), [(5, 0.035), (8, 0.040), (12, 0.043)])
def test_t_test_with_year_noise_errs_less_than_it_says(n: int, expected: float) -> None:
    rng = np.random.default_rng(n)
    noise = year_noise(rng.normal(size=(100_000, n)))
    found = difference_test(rng.normal(size=100_000), noise.sigma, noise.df).p <= 0.05
    assert found.mean() == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize(("slope", "excess"), [(0.5, 1.062), (1.0, 1.240)])
def test_trend_adds_little_to_the_noise(slope: float, excess: float) -> None:
    values = np.random.default_rng(7).normal(size=(50_000, 10)) + slope * np.arange(10)
    assert year_noise(values).sigma.mean() == pytest.approx(excess, abs=0.005)


def _two_way_values(rng: np.random.Generator, years: int) -> tuple[np.ndarray, np.ndarray]:
    """Values of 20 indicators x 300 kommuner with a third of them three times as noisy."""
    size = np.where(np.arange(300) < 100, 3.0, 1.0)
    unit = np.exp(rng.normal(0, 1, 20))
    each = np.exp(rng.normal(0, 0.2, (20, 300)))
    sigma = unit[:, None] * size * each
    return sigma, rng.normal(size=(20, 300, years)) * sigma[:, :, None]


@pytest.mark.parametrize("years", [4, 5, 12])
def test_pooled_noise_keeps_the_error_rate_for_small_and_large(years: int) -> None:
    rng = np.random.default_rng(2026)
    sigma, values = _two_way_values(rng, years)
    pooled = pooled_noise(values)
    found = difference_test(rng.normal(size=sigma.shape) * sigma, pooled.sigma, pooled.df).p <= 0.05
    assert 0.025 <= found[:, :100].mean() <= 0.055
    assert 0.025 <= found[:, 100:].mean() <= 0.055


def test_pooling_finds_more_than_own_noise_alone() -> None:
    rng = np.random.default_rng(7)
    sigma, values = _two_way_values(rng, 5)
    own, pooled = year_noise(values), pooled_noise(values)
    true = (4 + rng.normal(size=sigma.shape)) * sigma
    power = [
        (difference_test(true, noise.sigma, noise.df).p <= 0.01).mean() for noise in (own, pooled)
    ]
    assert power[1] > 2 * power[0]


def test_a_short_series_borrows_the_usual_noise() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(12, 40, 6))
    values[0, 0, 3:] = np.nan
    pooled = pooled_noise(values)
    assert pooled.sigma[0, 0] == pytest.approx(1, abs=0.25)
    assert np.isnan(year_noise(values).sigma[0, 0])


def test_fewer_than_ten_kommuner_keep_their_own_noise() -> None:
    values = np.random.default_rng(3).normal(size=(4, 9, 8))
    np.testing.assert_array_equal(pooled_noise(values).sigma, year_noise(values).sigma)


def test_without_any_values_nothing_is_pooled() -> None:
    assert np.isnan(pooled_noise(np.full((2, 12, 5), np.nan)).sigma).all()
