"""Straight lines through short series."""

import numpy as np
import pytest

from kvalitetslib.stats.line import landing, straight_line

AT = [2021.0, 2022.0, 2023.0, 2024.0]


def test_the_worked_example_lands_where_it_says() -> None:
    there = landing(straight_line([[10.0, 12.0, 14.0, np.nan]], AT), 2025.0, 1.0)
    np.testing.assert_allclose(there.value, [18.0])
    np.testing.assert_allclose(there.se, [np.sqrt(1 / 3 + 9 / 2)])


def test_the_line_is_that_of_numpy_also_with_a_gap() -> None:
    values = np.array([3.0, np.nan, 7.5, 6.0])
    known = ~np.isnan(values)
    slope, height = np.polyfit(np.array(AT)[known], values[known], 1)
    line = straight_line(values, AT)
    np.testing.assert_allclose(line.slope, slope)
    np.testing.assert_allclose(landing(line, 2030.0, 1.0).value, height + slope * 2030.0)


def test_one_value_is_no_line() -> None:
    there = landing(straight_line([5.0, np.nan, np.nan, np.nan], AT), 2025.0, 1.0)
    assert np.isnan(there.value)
    assert np.isnan(there.se)


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(ValueError, match="values"):
        straight_line([np.inf, 1.0, 2.0, 3.0], AT)
