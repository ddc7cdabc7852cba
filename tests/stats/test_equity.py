"""Gaps one can count by hand; the trend p against counting every order."""

from itertools import permutations

import numpy as np
import pytest

from kvalitetslib.stats.equity import gap, gap_change, gap_trend


def test_worked_example_of_the_module() -> None:
    found = gap([70, 72, 75], [60, 60, 60])
    assert found.absolute.tolist() == [10, 12, 15]
    assert found.relative == pytest.approx([1 / 6, 0.2, 0.25])
    assert np.isnan(found.sigma)


def test_noise_is_that_of_the_gap_and_not_of_the_groups() -> None:
    # Both groups swing by tens, the gap by 2 each year: mean range 2.
    swing = np.array([10, 40, 20, 60, 30])
    found = gap(swing + np.array([5, 7, 5, 7, 5]), swing)
    assert found.sigma == pytest.approx(2 / 1.128)
    assert found.df == pytest.approx(2.853, abs=0.001)


def test_relative_gap_needs_a_base_above_zero() -> None:
    found = gap([1, 1, 1], [0, -2, 2])
    np.testing.assert_array_equal(found.relative, [np.nan, np.nan, -0.5])


def test_missing_group_gives_a_missing_gap() -> None:
    found = gap([[1, np.nan], [3, 4]], [[np.nan, 2], [1, 2]])
    np.testing.assert_array_equal(found.absolute, [[np.nan, np.nan], [2, 2]])


def test_gap_of_different_shapes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a has shape \(2,\) but b has \(3,\)"):
        gap([1, 2], [1, 2, 3])


def test_infinite_group_value_is_refused() -> None:
    with pytest.raises(ValueError, match="b must be finite"):
        gap([1], [np.inf])


@pytest.mark.parametrize(
    ("gaps", "side", "s"),
    [
        ([1, 2, 3, 4, 5], 1, 10),
        ([-1, -2, -3, -4, -5], -1, 10),
        ([5, 4, 3, 2, 1], 1, -10),
        ([-5, -4, -3, -2, -1], -1, -10),
        ([4, 3, 2, 1, -1], 1, -10),
    ],
)
def test_gap_grows_away_from_zero_and_closes_towards_it(
    gaps: list[float], side: int, s: int
) -> None:
    found = gap_trend(gaps)
    assert (found.side, found.s) == (side, s)
    assert found.p == pytest.approx(2 / 120)


def test_equal_gaps_tie_in_spite_of_rounding() -> None:
    # 0.3 - 0.1 is not 0.2 in binary.
    found = gap_trend(gap([0.3, 0.2, 0.6], [0.1, 0.0, 0.4]).absolute)
    assert found.s == 0


def test_choice_of_side_leaves_the_p_value_exact() -> None:
    # All orders of five gaps on both sides of 0: p <= 2/120 in 2 of 120, p <= 10/120 in 10.
    p = gap_trend(np.array(list(permutations([-3, -1, 2, 4, 9])))).p
    assert np.sum(p < 0.02) == 2
    assert np.sum(p < 0.09) == 10


def test_median_of_zero_leaves_the_side_to_the_mean() -> None:
    assert gap_trend([0, 0, 0, -1, -2]).side == -1


def test_groups_that_never_differ_have_no_side_and_no_trend() -> None:
    found = gap_trend([[0.0] * 5, [-2, -1, 0, 1, 2]])
    assert found.side.tolist() == [0, 0]
    assert found.p.tolist() == [1, 1]


def test_gap_series_without_values_is_untested() -> None:
    found = gap_trend([[np.nan] * 4, [1, np.nan, 2, 3]])
    assert found.n.tolist() == [0, 3]
    np.testing.assert_allclose(found.p, [np.nan, 1 / 3])


def test_change_of_a_gap_adds_the_variances() -> None:
    found = gap_change(12, 8, se_now=3, se_then=4)
    assert (found.change, found.growth, found.se) == (4, 4, 5)


def test_negative_gap_that_falls_has_grown() -> None:
    found = gap_change([-12, -3], [-8, -8])
    assert found.change.tolist() == [-4, 5]
    assert found.growth.tolist() == [4, -5]


def test_change_without_both_errors_has_none() -> None:
    assert np.isnan(gap_change(2, [1, np.nan], se_now=[1, 1], se_then=[np.nan, 1]).se).all()


def test_negative_error_of_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="se_then must not be negative"):
        gap_change(1, 2, se_then=-1)
