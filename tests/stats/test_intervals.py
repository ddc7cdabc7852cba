"""Intervals against Newcombe's tables, statsmodels, and the definition of the score interval."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from kvalitetslib.stats.intervals import (
    finite_or_missing,
    newcombe_difference,
    t_interval,
    wilson_interval,
)

REFERENCE = Path(__file__).parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("wilson.csv"), ids=lambda r: f"{r['successes']}/{r['n']}")
def test_wilson_interval_agrees_with_published_examples(row: dict[str, str]) -> None:
    interval = wilson_interval(int(row["successes"]), int(row["n"]))
    expected = (float(row["low"]), float(row["high"]))
    assert interval == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize(
    "row", rows("newcombe.csv"), ids=lambda r: f"{r['x1']}/{r['n1']}-{r['x2']}/{r['n2']}"
)
def test_newcombe_difference_agrees_with_published_examples(row: dict[str, str]) -> None:
    counts = [int(row[name]) for name in ("x1", "n1", "x2", "n2")]
    interval = newcombe_difference(*counts)
    assert interval == pytest.approx((float(row["low"]), float(row["high"])), abs=6e-5)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_interval_agrees_with_statsmodels(level: float) -> None:
    n = np.repeat([1, 5, 40, 1000], 5)
    successes = np.round(n * np.tile([0, 0.2, 0.5, 0.9, 1], 4))
    expected = proportion_confint(successes, n, alpha=1 - level, method="wilson")
    np.testing.assert_allclose(wilson_interval(successes, n, level), expected, atol=1e-12)


def test_wilson_bounds_are_where_the_score_test_just_rejects() -> None:
    low, high = wilson_interval(3.7, 11.2)
    z = [(3.7 / 11.2 - p) / np.sqrt(p * (1 - p) / 11.2) for p in (low, high)]
    assert z == pytest.approx([1.959964, -1.959964], abs=1e-6)


def test_degrees_of_freedom_put_the_t_quantile_into_the_score_interval() -> None:
    low, _ = wilson_interval(8, 10, df=9)
    z = (0.8 - low) / np.sqrt(low * (1 - low) / 10)
    assert z == pytest.approx(stats.t.ppf(0.975, 9))


def test_share_of_zero_and_of_one_touch_the_end_exactly() -> None:
    low, high = wilson_interval([0, 7], [7, 7])
    assert (low[0], high[1]) == (0.0, 1.0)


def test_share_near_zero_has_a_lower_bound_above_zero() -> None:
    assert wilson_interval(1, 500).low > 0


def test_wilson_broadcasts_and_keeps_missing() -> None:
    low, high = wilson_interval([[0], [np.nan]], [4, 0, np.nan])
    expected = [[False, True, True], [True, True, True]]
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == expected


def test_effective_count_may_exceed_n_by_rounding_only() -> None:
    assert wilson_interval(10 * (1 + 1e-12), 10).high == 1.0


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 4), (0, -1), (1, 0)])
def test_impossible_counts_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="0 <= successes <= n"):
        wilson_interval(successes, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_level_outside_zero_to_one_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        wilson_interval(1, 2, level)


def test_newcombe_difference_changes_sign_with_the_groups() -> None:
    forward = newcombe_difference(9, 10, 3, 10)
    backward = newcombe_difference(3, 10, 9, 10)
    assert (-backward.high, -backward.low) == pytest.approx(forward)


def test_newcombe_difference_with_an_empty_group_is_missing() -> None:
    assert np.isnan(newcombe_difference(1, 2, 0, 0)).all()


def test_t_interval_agrees_with_scipy() -> None:
    df = np.array([1, 2.85, 30, np.inf])
    expected = stats.t.interval(0.9, df, loc=10, scale=2)
    np.testing.assert_allclose(t_interval(10, 2, df, 0.9), expected, rtol=1e-12)


def test_t_interval_without_degrees_of_freedom_is_missing() -> None:
    low, _ = t_interval([1, 1, np.nan], 1, [0, np.nan, 5])
    assert np.isnan(low).all()


def test_negative_standard_error_is_refused() -> None:
    with pytest.raises(ValueError, match=r"se must not be negative, found -1"):
        t_interval([0, 1], [np.nan, -1], 5)


def test_infinite_value_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="weights must be finite or NaN"):
        finite_or_missing([1, np.inf], "weights")
