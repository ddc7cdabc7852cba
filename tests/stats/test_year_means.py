"""Means of years in months that lean on each other: hand numbers, and how often chance is taken
for a change."""

import numpy as np
import pytest
from scipy import special

from kvalitetslib.stats.level_shift import level_shift
from kvalitetslib.stats.year_means import (
    YearSum,
    latest_year,
    year_change,
    year_model,
    year_pace,
)

RHOS = (0.0, 0.2, 0.4)
LENGTHS = (24, 36, 48)


def _noise(rng: np.random.Generator, n: int, rho: float) -> np.ndarray:
    """Errors of standard deviation 1 that remember the one before."""
    errors = rng.standard_normal(n)
    for place in range(1, n):
        errors[place] = rho * errors[place - 1] + np.sqrt(1 - rho**2) * errors[place]
    return errors


def _p(found: YearSum) -> float:
    return float(2 * special.stdtr(found.df, -abs(found.estimate) / found.se))


def _model(values: np.ndarray, window: int = 12):
    return year_model(values, np.arange(len(values)), window=window)


@pytest.fixture(scope="module")
def nothing() -> list[tuple[float, float]]:
    """p of level 0 and of no change in 60 series of each length and autocorrelation, without."""
    rng = np.random.default_rng(4)
    models = [_model(_noise(rng, n, rho)) for n in LENGTHS for rho in RHOS for _ in range(60)]
    return [(_p(latest_year(each)), _p(year_change(each))) for each in models]


@pytest.mark.parametrize("place", [0, 1], ids=["level", "change"])
def test_chance_is_taken_for_a_difference_about_as_often_as_stated(
    nothing: list[tuple[float, float]], place: int
) -> None:
    # 540 series: 5 % +- two standard errors is 3.1 to 6.9 %.
    found = np.mean([each[place] <= 0.05 for each in nothing])
    assert 0.031 <= found <= 0.069


def test_the_change_is_that_of_the_plain_means() -> None:
    rng = np.random.default_rng(1)
    values = np.r_[14 + rng.normal(size=12), 8 + rng.normal(size=12)]
    found = year_change(_model(values))
    assert found.recent == pytest.approx(values[12:].mean())
    assert found.before == pytest.approx(values[:12].mean())
    assert found.estimate == pytest.approx(found.recent - found.before)
    assert found.settled


def test_only_months_that_both_years_have_are_held_against_each_other() -> None:
    values = np.r_[np.full(12, 10.0), np.full(12, 13.0)] + np.tile([0.1, -0.1, 0.2], 8)
    values[3] = np.nan  # the first year's fourth month
    values[15] = 1000.0  # so its like a year later takes no part
    found = year_change(_model(values))
    assert found.estimate == pytest.approx(3.0)


def test_a_year_with_half_its_months_is_not_held_against_another() -> None:
    values = np.r_[np.arange(18.0), np.full(6, np.nan)]
    values[12:18] = [3.0, 5.0, 4.0, 6.0, 5.0, 4.0]
    values[6:11] = np.nan
    assert np.isnan(year_change(_model(values)).estimate)


def test_a_mean_of_few_months_has_no_error() -> None:
    values = np.r_[np.arange(4.0), np.full(8, np.nan), [5.0]]
    found = latest_year(_model(values))
    # The year back from the last value holds 1, 2, 3 and 5: four months of twelve.
    assert found.recent == pytest.approx(2.75)
    assert np.isnan(found.se)


def test_values_that_never_vary_hold_no_measure_of_chance() -> None:
    assert np.isnan(latest_year(_model(np.full(30, 7.0))).se)


def test_few_quarters_are_not_settled() -> None:
    found = year_change(_model(np.array([5.0, 6.0, 5.5, 6.2, 7.0, 7.9, 7.4, 8.3]), window=4))
    assert found.estimate == pytest.approx(1.975)
    assert not found.settled


def test_autocorrelation_widens_the_error() -> None:
    rng = np.random.default_rng(2)
    lone = np.mean([year_change(_model(_noise(rng, 36, 0.0))).se for _ in range(30)])
    leaning = np.mean([year_change(_model(_noise(rng, 36, 0.4))).se for _ in range(30)])
    # sqrt(2 / 12) = 0.41 for unrelated months; about sqrt(1.4 / 0.6) as much with rho = 0.4.
    assert lone == pytest.approx(0.41, abs=0.06)
    assert 1.25 * lone < leaning < 1.7 * lone


def test_a_step_in_the_midst_of_a_year_is_not_taken_for_noise() -> None:
    rng = np.random.default_rng(3)
    values = _noise(rng, 33, 0.0)
    values[-7:] += 4.0
    assert _p(year_change(_model(values))) < 0.001


def test_a_season_takes_itself_out() -> None:
    rng = np.random.default_rng(5)
    values = 5 * np.sin(2 * np.pi * np.arange(36) / 12) + _noise(rng, 36, 0.0)
    found = year_change(_model(values))
    assert found.se < 0.6
    assert _p(found) > 0.05


def test_the_pace_ends_where_the_line_through_the_years_ends() -> None:
    rng = np.random.default_rng(6)
    model = _model(np.r_[np.full(12, 60.0), np.full(12, 64.0)] + 0.1 * rng.normal(size=24))
    # 64 now and 4 a year: in one and a half years 70, so 70 / 1.5 per year left.
    assert year_pace(model, left=1.5).estimate == pytest.approx(70 / 1.5, abs=0.2)


def test_a_series_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="without values"):
        year_model([np.nan], [0], window=12)


def test_series_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        year_model([1.0, 2.0], [0], window=12)


def test_a_clear_step_is_found_where_it_is() -> None:
    rng = np.random.default_rng(7)
    values = _noise(rng, 33, 0.0)
    values[20:] -= 5.0
    step = level_shift(values, np.ones((33, 1)), np.arange(33.0))
    assert step is not None
    assert step.tolist() == [0.0] * 20 + [1.0] * 13


def test_steps_are_seldom_seen_where_there_are_none() -> None:
    rng = np.random.default_rng(8)
    design, at = np.ones((36, 1)), np.arange(36.0)
    found = [level_shift(_noise(rng, 36, 0.2), design, at) for _ in range(200)]
    assert sum(each is not None for each in found) <= 8


def test_too_few_values_have_no_step() -> None:
    assert level_shift(np.arange(6.0), np.ones((6, 1)), np.arange(6.0)) is None
