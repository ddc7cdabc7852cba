"""Standardised means and rates, counted by hand."""

import numpy as np
import pytest

from kvalitetslib.stats.design import sample_design
from kvalitetslib.stats.standardise import (
    EmptyCells,
    byar_interval,
    standardised_means,
    standardised_rate,
)

AREA = [0, 0, 0, 1, 1, 1]
CELL = [0, 0, 1, 0, 1, 1]
Y = [0.0, 1.0, 1.0, 0.0, 1.0, 0.0]
DESIGN = sample_design(np.ones(6))


def test_mean_mixes_the_cells_as_the_standard_does() -> None:
    first, second = standardised_means(Y, DESIGN, area=AREA, cell=CELL, standard=[3, 1])

    # area 0: .75 * .5 + .25 * 1; area 1: .75 * 0 + .25 * .5
    assert (first.value, second.value) == (pytest.approx(0.625), pytest.approx(0.125))


def test_empty_cell_is_named() -> None:
    with pytest.raises(EmptyCells, match=r"\(1, 0\)") as caught:
        standardised_means([0, 1, 1, np.nan, 1, 0], DESIGN, area=AREA, cell=CELL, standard=[3, 1])

    assert caught.value.cells == [(1, 0)]


def test_cell_without_a_standard_is_refused() -> None:
    with pytest.raises(ValueError, match="every cell"):
        standardised_means(Y, DESIGN, area=AREA, cell=CELL, standard=[3])


def test_byar_interval_of_ten_is_close_to_the_exact_poisson() -> None:
    # exact limits of 10 events: 4.795 and 18.390
    assert byar_interval(10) == pytest.approx((4.795, 18.390), abs=0.02)


def test_rate_with_equal_rates_equals_the_crude_rate_and_interval() -> None:
    found = standardised_rate([5, 15], [100, 300], [100, 300])

    low, high = byar_interval(20)
    assert (found.value, found.low, found.high) == pytest.approx((0.05, low / 400, high / 400))
    assert found.is_showable


def test_rate_by_hand() -> None:
    found = standardised_rate([2, 4], [100, 50], [1, 1])

    assert found.value == pytest.approx(0.5 * 0.02 + 0.5 * 0.08)
    assert not found.is_showable


def test_rate_of_no_events_has_an_upper_bound() -> None:
    found = standardised_rate([0, 0], [100, 50], [1, 1])

    assert (found.value, found.low) == (0, 0)
    assert found.high > 0.03


def test_cell_without_persons_is_named() -> None:
    with pytest.raises(ValueError, match=r"\[1\]"):
        standardised_rate([2, 4], [100, 0], [1, 1])
