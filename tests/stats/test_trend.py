"""Trend tests against Kendall's table, counting every order, and scipy."""

import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from kvalitetslib.stats.trend import (
    mann_kendall,
    projected,
    significance_level,
    smallest_exact_p,
    theil_sen,
)

with (Path(__file__).parent / "reference" / "kendall.csv").open(encoding="utf-8") as file:
    KENDALL = list(csv.DictReader(file))


def series_with_s(n: int, s: int) -> npt.NDArray[np.int64]:
    """Some series of n different values whose S is s."""
    orders = np.argsort(np.random.default_rng(n).uniform(size=(20_000, n)), axis=1)
    return orders[mann_kendall(orders).s == s][0]


@pytest.mark.parametrize("row", KENDALL, ids=lambda r: f"n{r['n']}-S{r['s']}")
def test_exact_p_agrees_with_kendalls_table(row: dict[str, str]) -> None:
    p = mann_kendall(series_with_s(int(row["n"]), int(row["s"]))).p
    assert p / 2 == pytest.approx(float(row["one_sided_p"]), abs=5.1e-4)


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7])
def test_exact_p_is_the_share_of_all_orders_at_least_as_far_from_level(n: int) -> None:
    result = mann_kendall(np.array(list(permutations(range(n)))))
    size = np.abs(result.s)
    expected = np.mean(size[None, :] >= np.unique(size)[:, None], axis=1)
    np.testing.assert_allclose(result.p, expected[np.searchsorted(np.unique(size), size)])


@pytest.mark.parametrize("n", [3, 8, 11, 12])
def test_exact_p_agrees_with_scipy(n: int) -> None:
    values = np.random.default_rng(n).normal(size=(50, n))
    expected = [stats.kendalltau(np.arange(n), row, method="exact").pvalue for row in values]
    np.testing.assert_allclose(mann_kendall(values).p, expected, rtol=1e-10)


def test_ties_use_the_corrected_variance() -> None:
    # 1 2 2 3 3 3: 15 pairs, 1 + 3 tied, 11 rise: S = 11.
    # Variance (6*5*17 - 2*1*9 - 3*2*11) / 18 = 426/18 = 23.667, z = 10 / 4.8648 = 2.0556.
    result = mann_kendall([1, 2, 2, 3, 3, 3])
    assert (result.s, result.n) == (11, 6)
    assert result.p == pytest.approx(2 * stats.norm.sf(2.0556), rel=1e-4)


def test_thirteen_values_use_the_normal_with_continuity_correction() -> None:
    # An unbroken rise of 13: S = 78, variance 13*12*31/18 = 268.667, z = 77 / 16.3911 = 4.6977.
    assert mann_kendall(np.arange(13)).p == pytest.approx(2 * stats.norm.sf(4.6977), rel=1e-3)


def test_normal_p_is_close_to_exact_at_the_border() -> None:
    values = series_with_s(13, 30)
    expected = stats.kendalltau(np.arange(13), values, method="exact").pvalue
    assert mann_kendall(values).p == pytest.approx(expected, abs=0.002)


def test_gaps_are_left_out() -> None:
    whole = mann_kendall([1, 3, 2, 5, 4, 7])
    gappy = mann_kendall([np.nan, 1, 3, np.nan, 2, 5, 4, 7, np.nan])
    assert (gappy.s, gappy.n, gappy.p) == (whole.s, whole.n, whole.p)


def test_constant_series_has_no_trend() -> None:
    result = mann_kendall([[4.0] * 6, [4.0] * 3 + [np.nan] * 3])
    assert result.s.tolist() == [0, 0]
    assert result.p.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("values", [[np.nan] * 4, [np.nan, 1, np.nan], [1, 2], []])
def test_fewer_than_three_values_are_not_tested(values: list[float]) -> None:
    assert np.isnan(mann_kendall(values).p)


def test_infinite_value_in_a_trend_is_refused() -> None:
    with pytest.raises(ValueError, match="values must be finite"):
        mann_kendall([1, 2, -np.inf])


def test_leading_axes_are_kept() -> None:
    assert mann_kendall(np.zeros((2, 3, 5))).p.shape == (2, 3)


@pytest.mark.parametrize("gaps", [0, 3])
def test_slope_agrees_with_scipy_on_uneven_years(gaps: int) -> None:
    rng = np.random.default_rng(gaps)
    at = np.array([2008, 2010, 2011, 2012.5, 2015, 2016, 2020, 2021])
    values = rng.normal(size=(30, 8))
    values[:, rng.choice(8, gaps, replace=False)] = np.nan
    kept = ~np.isnan(values[0])
    expected = [stats.theilslopes(row[kept], at[kept])[0] for row in values]
    np.testing.assert_allclose(theil_sen(values, at).slope, expected)


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_bounds_of_long_series_agree_with_scipy(level: float) -> None:
    values, at = np.random.default_rng(3).normal(size=(30, 17)), np.arange(17)
    expected = [stats.theilslopes(row, at, level)[2:] for row in values]
    found = theil_sen(values, at, level=level)
    np.testing.assert_allclose(np.stack([found.low, found.high], axis=1), expected)


def test_bounds_of_tied_series_agree_with_scipy() -> None:
    values, at = np.random.default_rng(4).integers(0, 6, size=(30, 15)), np.arange(15)
    expected = [stats.theilslopes(row, at)[2:] for row in values]
    found = theil_sen(values, at)
    np.testing.assert_allclose(np.stack([found.low, found.high], axis=1), expected)


def test_five_points_are_bounded_by_their_extreme_slopes() -> None:
    # n = 5 rejects at 5 % only when all ten pairs agree, so the bounds are slopes 1 and 10.
    found = theil_sen([1, 2, 4, 7, 11], np.arange(5))
    assert (found.slope, found.low, found.high) == (2.5, 1, 4)


@pytest.mark.parametrize("n", [5, 6, 8, 11, 12, 14])
def test_bounds_leave_out_zero_exactly_when_the_test_rejects(n: int) -> None:
    values = np.random.default_rng(n).normal(size=(400, n)) + 0.3 * np.arange(n)
    found = theil_sen(values, np.arange(n))
    excludes_zero = (found.low > 0) | (found.high < 0)
    np.testing.assert_array_equal(excludes_zero, mann_kendall(values).p <= 0.05)


@pytest.mark.parametrize(("n", "level"), [(4, 0.95), (3, 0.9), (2, 0.5)])
def test_too_few_points_have_a_slope_without_bounds(n: int, level: float) -> None:
    found = theil_sen(np.arange(n), np.arange(n), level=level)
    assert found.slope == 1
    assert np.isnan([found.low, found.high]).all()


def test_four_points_are_bounded_at_ninety_percent() -> None:
    found = theil_sen([1, 2, 4, 7], np.arange(4), level=0.9)
    assert (found.low, found.high) == (1, 3)


def test_tied_short_series_have_no_bounds_either() -> None:
    assert np.isnan(theil_sen([5, 5, 5, 5], np.arange(4)).low)


def test_constant_series_has_slope_and_bounds_zero() -> None:
    found = theil_sen([5] * 6, np.arange(6))
    assert (found.slope, found.low, found.high) == (0, 0, 0)


@pytest.mark.parametrize("values", [[np.nan] * 3, [np.nan, 1, np.nan]])
def test_one_point_or_none_has_no_slope(values: list[float]) -> None:
    assert np.isnan(theil_sen(values, [1, 2, 3]).slope)


def test_series_of_different_gaps_agree_with_each_alone() -> None:
    rng = np.random.default_rng(5)
    values = np.where(rng.uniform(size=(60, 14)) < 0.3, np.nan, rng.normal(size=(60, 14)))
    at = np.arange(2010, 2024)
    alone = [theil_sen(row[~np.isnan(row)], at[~np.isnan(row)]) for row in values]
    np.testing.assert_allclose(theil_sen(values, at).low, [one.low for one in alone])


@pytest.mark.parametrize("at", [[1, 1, 2], [3, 2, 1], [1, 2, np.nan], [1, 2, np.inf]])
def test_times_that_do_not_rise_are_refused(at: list[float]) -> None:
    with pytest.raises(ValueError, match="at must be finite and rise"):
        theil_sen([1, 2, 3], at)


def test_times_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"at has shape \(2,\) but values has \(3,\)"):
        theil_sen([1, 2, 3], [1, 2])


def test_straight_line_is_carried_on_without_doubt() -> None:
    line = projected(10 + 2 * np.arange(6), 2015 + np.arange(6), 2023)
    assert (line.value, line.low, line.high) == (26, 26, 26)


def test_projection_is_the_median_of_the_carried_points() -> None:
    # Slope 2.5, bounds 1 and 4, carried from years 0-4 to year 6.
    # 2.5: 16, 14.5, 14, 14.5, 16 -> 14.5. 1: 7, 7, 8, 10, 13 -> 8. 4: 25, 22, 20, 19, 19 -> 20.
    line = projected([1, 2, 4, 7, 11], np.arange(5), 6)
    assert (line.value, line.low, line.high) == (14.5, 8, 20)


def test_projection_without_bounds_still_has_a_value() -> None:
    line = projected([[1, 2, 3], [np.nan, np.nan, 3]], [1, 2, 3], 5)
    np.testing.assert_array_equal(line.value, [5, np.nan])
    assert np.isnan([line.low, line.high]).all()


@pytest.mark.parametrize("when", [2, np.nan, np.inf])
def test_projection_is_only_forwards(when: float) -> None:
    with pytest.raises(ValueError, match="when must not be before"):
        projected([1, 2, 3], [1, 2, 3], when)


def test_smallest_p_is_that_of_an_unbroken_rise() -> None:
    expected = [np.nan, np.nan, np.nan, 1 / 3, 1 / 12, 1 / 60, mann_kendall(np.arange(12)).p]
    np.testing.assert_allclose(smallest_exact_p([0, 1, 2, 3, 4, 5, 12]), expected)


def test_level_is_looser_for_short_series_and_missing_for_the_shortest() -> None:
    found = significance_level([0, 4, 5, 7, 8, 30])
    np.testing.assert_array_equal(found, [np.nan, np.nan, 0.10, 0.10, 0.05, 0.05])
