"""Difference and equivalence tests against scipy and against each other."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from kvalitetslib.stats.compare import (
    difference_test,
    equal_shares_p,
    equivalence_p,
    two_shares_p,
)


def test_difference_test_is_the_one_sample_t_test() -> None:
    sample = np.array([4.1, 5.0, 6.2, 3.9, 5.5])
    expected = stats.ttest_1samp(sample, 4)
    result = difference_test(sample.mean() - 4, stats.sem(sample), 4)
    assert (result.t, result.p) == pytest.approx((expected.statistic, expected.pvalue))


def test_interval_of_a_difference_is_that_of_the_t_test() -> None:
    sample = np.array([4.1, 5.0, 6.2, 3.9, 5.5])
    expected = stats.ttest_1samp(sample, 0).confidence_interval(0.9)
    result = difference_test(sample.mean(), stats.sem(sample), 4, level=0.9)
    assert (result.low, result.high) == pytest.approx((expected.low, expected.high))


def test_worked_example_of_the_module() -> None:
    assert difference_test(3, 1, 4).p == pytest.approx(0.0399, abs=5e-5)
    assert equivalence_p(3, 1, 4, delta=5) == pytest.approx(0.0581, abs=5e-5)


def test_infinite_degrees_of_freedom_are_normal() -> None:
    assert difference_test(-1.959964, 1, np.inf).p == pytest.approx(0.05, abs=1e-7)


def test_series_that_never_varied_proves_nothing() -> None:
    result = difference_test([0, 5], 0, 10)
    assert np.isnan([result.t, result.p, result.low, result.high]).all()


def test_missing_difference_noise_or_freedom_is_untested() -> None:
    result = difference_test([np.nan, 1, 1, 1], [1, np.nan, 1, 1], [5, 5, np.nan, 0])
    assert np.isnan(result.p).all()


def test_equivalence_is_the_larger_of_two_one_sided_tests() -> None:
    sample = np.array([0.3, -0.4, 0.8, 0.1, 0.5, -0.2])
    lower = stats.ttest_1samp(sample, -1, alternative="greater").pvalue
    upper = stats.ttest_1samp(sample, 1, alternative="less").pvalue
    p = equivalence_p(sample.mean(), stats.sem(sample), 5, delta=1)
    assert p == pytest.approx(max(lower, upper))


def test_equivalence_at_five_percent_is_the_ninety_percent_interval() -> None:
    high = difference_test(0.7, 0.4, 6, level=0.9).high
    assert equivalence_p(0.7, 0.4, 6, delta=high) == pytest.approx(0.05)


def test_difference_on_the_margin_has_even_chance() -> None:
    assert equivalence_p([2, -2], 1, 5, delta=2) == pytest.approx([0.5, 0.5])


def test_margin_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="delta must be above 0"):
        equivalence_p(1, 1, 5, delta=[1, 0])


def test_infinite_difference_is_refused() -> None:
    with pytest.raises(ValueError, match="d must be finite"):
        difference_test(np.inf, 1, 5)


@pytest.mark.parametrize("counts", [(12, 40, 30, 60), (3, 20, 9, 200), (50, 50, 40, 50)])
def test_two_shares_agree_with_statsmodels(counts: tuple[int, int, int, int]) -> None:
    x1, n1, x2, n2 = counts
    expected = proportions_ztest([x1, x2], [n1, n2])[1]
    assert two_shares_p(*counts) == pytest.approx(expected, rel=1e-12)


def test_several_shares_agree_with_scipy() -> None:
    hits, n = np.array([12.0, 30.0, 9.0]), np.array([40.0, 60.0, 35.0])
    expected = stats.chi2_contingency([hits, n - hits], correction=False).pvalue
    assert equal_shares_p(hits, n) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("hits", [0.0, 10.0])
def test_shares_that_are_all_none_or_all_whole_do_not_differ(hits: float) -> None:
    assert two_shares_p(hits, 10, hits, 10) == 1
    assert equal_shares_p(np.full(3, hits), np.full(3, 10.0)) == 1
