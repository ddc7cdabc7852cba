"""One municipality's change beside that of all others with the same start."""

import numpy as np
import pytest

from kvalitetslib.stats.placebo import FEWEST_OTHERS, placebo_change


def panel(rng: np.random.Generator, units: int = 120, periods: int = 8) -> np.ndarray:
    level = 60 + 3 * rng.standard_normal(units)
    return level[:, None] + rng.standard_normal((units, periods))


def test_a_step_is_found_and_measured() -> None:
    values = panel(np.random.default_rng(1))
    values[7, 6:] += 8.0
    found = placebo_change(values[:, :6], values[:, 6:], 7)
    assert found.change == pytest.approx(8.0, abs=2.0)
    assert found.low < found.change < found.high
    assert found.p < 0.02
    assert found.n == 119


def test_what_happened_everywhere_is_no_change_of_ones_own() -> None:
    values = panel(np.random.default_rng(2))
    values[:, 6:] += 5.0
    found = placebo_change(values[:, :6], values[:, 6:], 3)
    assert found.expected == pytest.approx(5.0, abs=1.5)
    assert found.change == pytest.approx(found.plain - found.expected)
    assert found.low < 0 < found.high


def test_a_return_from_a_bad_year_is_expected_and_not_counted() -> None:
    rng = np.random.default_rng(3)
    bounced, left = [], []
    for _ in range(60):
        values = panel(rng)
        own = int(np.argmin(values[:, 3:6].mean(axis=1) - values[:, :3].mean(axis=1)))
        found = placebo_change(values[:, :6], values[:, 6:], own)
        bounced.append(found.plain)
        left.append(found.change)
    # The worst of 120 differences (sd 0.82) is about 2.1; half of it was chance in the last three.
    assert np.mean(bounced) > 0.8
    assert abs(np.mean(left)) < 0.3


@pytest.mark.parametrize("chosen", ["any", "worst"])
def test_nothing_is_found_about_as_often_as_it_should(chosen: str) -> None:
    rng = np.random.default_rng(4)
    found = []
    for _ in range(300):
        values = panel(rng)
        fall = values[:, 5] - values[:, :5].mean(axis=1)
        own = int(rng.integers(120)) if chosen == "any" else int(rng.choice(np.argsort(fall)[:12]))
        found.append(placebo_change(values[:, :6], values[:, 6:], own).p <= 0.05)
    assert 0.01 <= np.mean(found) <= 0.085


def test_p_beyond_all_others_can_be_smaller_than_one_of_them() -> None:
    values = panel(np.random.default_rng(5), units=40)
    values[0, 6:] += 30.0
    found = placebo_change(values[:, :6], values[:, 6:], 0)
    assert 0 < found.p < 1 / 40


def test_one_that_misses_a_year_takes_no_part() -> None:
    values = panel(np.random.default_rng(6))
    values[5:25, 2] = np.nan
    assert placebo_change(values[:, :6], values[:, 6:], 0).n == 99


@pytest.mark.parametrize(
    ("units", "before", "gone"), [(FEWEST_OTHERS, 6, False), (60, 2, False), (60, 6, True)]
)
def test_too_little_is_not_tried(units: int, before: int, gone: bool) -> None:
    values = panel(np.random.default_rng(7), units=units)
    values[0, before] = np.nan if gone else values[0, before]
    found = placebo_change(values[:, :before], values[:, before:], 0)
    assert np.isnan(found.p)
    assert found.n == 0


def test_values_that_never_vary_are_no_error() -> None:
    values = np.tile(np.arange(50.0)[:, None], (1, 8))
    found = placebo_change(values[:, :6], values[:, 6:], 0)
    assert found.change == pytest.approx(0.0)
    assert found.p == 1.0
