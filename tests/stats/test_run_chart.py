"""Run charts against the published limits and series one can count by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kvalitetslib.stats.run_chart import Order, run_chart, run_limits

REFERENCE = Path(__file__).parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("chart_anhoej.csv"), ids=lambda r: r["useful"])
def test_limits_agree_with_the_published_table(row: dict[str, str]) -> None:
    assert run_limits(int(row["useful"])) == (int(row["longest_run"]), int(row["crossings"]))


def test_low_half_and_high_half_are_not_random() -> None:
    found = run_chart([1, 2, 1, 2, 1, 8, 9, 8, 9, 8])
    assert (found.median, found.useful) == (5, 10)
    assert (found.longest_run, found.crossings) == (5, 1)
    assert found.order is Order.NON_RANDOM


def test_values_that_cross_often_are_random() -> None:
    found = run_chart([1, 9] * 6)
    assert (found.longest_run, found.crossings) == (1, 11)
    assert found.order is Order.RANDOM


def test_long_run_alone_is_not_random() -> None:
    # Eleven values about 0: seven above against 6 allowed, yet 3 crossings against 2 needed.
    found = run_chart([0, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1, -1], baseline=[0])
    assert (found.longest_run, found.longest_allowed) == (7, 6)
    assert (found.crossings, found.fewest_crossings) == (3, 2)
    assert found.order is Order.NON_RANDOM


def test_run_at_the_limit_and_crossings_at_the_limit_are_random() -> None:
    # Eleven values about 0: a longest run of 6 and 2 crossings, both just allowed.
    found = run_chart([0, 1, 1, 1, 1, 1, 1, -1, -1, -1, 1, 1], baseline=[0])
    assert (found.longest_run, found.crossings) == (6, 2)
    assert found.order is Order.RANDOM


def test_values_on_the_median_are_not_useful_and_break_nothing() -> None:
    # Thirteen values with median 5; the three on it fall out of the run of five.
    found = run_chart([1, 2, 5, 1, 2, 1, 8, 5, 9, 8, 5, 9, 8])
    assert (found.median, found.useful) == (5, 10)
    assert (found.longest_run, found.crossings) == (5, 1)


def test_missing_values_are_skipped() -> None:
    gaps = run_chart([1, np.nan, 2, 1, 2, 1, np.nan, 8, 9, 8, 9, 8])
    assert gaps == run_chart([1, 2, 1, 2, 1, 8, 9, 8, 9, 8])


def test_nine_useful_values_tell_nothing() -> None:
    found = run_chart([1, 1, 1, 1, 5, 9, 9, 9, 9])
    assert (found.useful, found.longest_allowed, found.fewest_crossings) == (8, 0, 0)
    assert found.order is Order.UNKNOWN


@pytest.mark.parametrize("values", [[], [np.nan], [3.0] * 20])
def test_no_useful_value_has_no_run(values: list[float]) -> None:
    found = run_chart(values)
    assert (found.useful, found.longest_run, found.crossings) == (0, 0, 0)
    assert found.order is Order.UNKNOWN


def test_median_may_come_from_the_points_before_a_change() -> None:
    found = run_chart([1, 3] * 6 + [8] * 8, baseline=slice(12))
    assert found.median == 2
    assert (found.longest_run, found.order) == (9, Order.NON_RANDOM)


def test_run_chart_of_several_series_is_refused() -> None:
    with pytest.raises(ValueError, match=r"values must be one series, found shape \(1, 2\)"):
        run_chart([[1, 2]])
