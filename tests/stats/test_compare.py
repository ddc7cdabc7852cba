"""Difference and equivalence tests against scipy and against each other."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from kvalitetslib.stats.compare import (
    difference_test,
    equal_shares_p,
    equivalence_p,
    noninferiority_p,
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


# Wellek (2003), Testing Statistical Hypotheses of Equivalence, p. 212, the part worked through in
# the SAS/STAT TTEST manual: ratio 0.9412, 90 % interval 0.8634 to 1.0260, margin 0.8 to 1.25.
TEST_AUC = [103.4, 59.92, 68.17, 94.54, 69.48, 72.17, 74.37, 84.44, 96.74, 94.26, 48.52, 95.68]
REFERENCE_AUC = [90.11, 77.71, 77.71, 97.51, 58.21, 101.3, 79.84, 96.06, 89.3, 97.22, 61.62, 85.8]


def log_ratio() -> tuple[float, float, int]:
    logs = np.log(TEST_AUC) - np.log(REFERENCE_AUC)
    return float(logs.mean()), float(stats.sem(logs)), len(logs) - 1


def test_two_drugs_are_equivalent_as_published() -> None:
    found = difference_test(*log_ratio(), level=0.9)
    bounds = np.exp([log_ratio()[0], found.low, found.high])
    assert bounds == pytest.approx([0.9412, 0.8634, 1.0260], abs=5e-5)
    assert equivalence_p(*log_ratio(), delta=np.log(1.25)) == pytest.approx(0.0031, abs=5e-5)


def test_not_worse_is_the_one_sided_test_towards_the_margin() -> None:
    p = noninferiority_p(*log_ratio(), delta=np.log(1.25))
    assert p == pytest.approx(equivalence_p(*log_ratio(), delta=np.log(1.25)))


def test_not_worse_agrees_with_scipy() -> None:
    sample = np.array([0.3, -0.4, 0.8, 0.1, 0.5, -0.2])
    expected = stats.ttest_1samp(sample, -0.6, alternative="greater").pvalue
    assert noninferiority_p(sample.mean(), stats.sem(sample), 5, delta=0.6) == pytest.approx(
        expected
    )


def test_large_gain_is_not_worse_yet_not_equivalent() -> None:
    assert noninferiority_p(9, 1, 20, delta=2) < 0.001
    assert equivalence_p(9, 1, 20, delta=2) > 0.999


def test_loss_on_the_margin_has_even_chance() -> None:
    assert noninferiority_p(-2, 1, 5, delta=2) == pytest.approx(0.5)


def test_unknown_loss_is_untested() -> None:
    found = noninferiority_p([np.nan, 1, 1, 1], [1, np.nan, 0, 1], [5, 5, 5, 0], delta=1)
    assert np.isnan(found).all()


def test_loss_that_matters_must_be_above_zero() -> None:
    with pytest.raises(ValueError, match="delta must be above 0"):
        noninferiority_p(1, 1, 5, delta=0)


@pytest.mark.parametrize("counts", [(22, 60, 30, 60), (90, 300, 9, 100), (170, 400, 40, 50)])
def test_two_large_shares_agree_with_statsmodels(counts: tuple[int, int, int, int]) -> None:
    x1, n1, x2, n2 = counts
    expected = proportions_ztest([x1, x2], [n1, n2])[1]
    assert two_shares_p(*counts) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("counts", [(2, 6, 10, 1029), (0, 8, 70, 1000), (50, 50, 40, 50)])
def test_two_small_shares_are_fishers_nearer_tail_doubled(
    counts: tuple[int, int, int, int],
) -> None:
    x1, n1, x2, n2 = counts
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    tails = [stats.fisher_exact(table, alternative=each).pvalue for each in ("less", "greater")]
    assert two_shares_p(*counts) == pytest.approx(min(2 * min(tails), 1), rel=1e-9)


def test_one_of_five_is_not_a_difference() -> None:
    assert two_shares_p(1, 5, 10, 1000) > 0.05


def test_counts_that_are_not_whole_move_towards_no_difference() -> None:
    assert two_shares_p(2.5, 6, 10.2, 1029) == two_shares_p(2, 6, 11, 1029)


@pytest.mark.parametrize(("n", "share"), [(8, 0.05), (40, 0.05), (150, 0.1)])
def test_small_groups_seldom_differ_by_chance(n: int, share: float) -> None:
    rng = np.random.default_rng(7)
    few, many = rng.binomial(n, share, 100_000), rng.binomial(1000, share, 100_000)
    p = two_shares_p(few, np.full(few.shape, n), many, np.full(many.shape, 1000))
    assert (p <= 0.001).mean() <= 0.0015
    assert (p <= 0.05).mean() <= 0.052


def test_several_shares_agree_with_scipy() -> None:
    hits, n = np.array([12.0, 30.0, 9.0]), np.array([40.0, 60.0, 35.0])
    expected = stats.chi2_contingency([hits, n - hits], correction=False).pvalue
    assert equal_shares_p(hits, n) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("hits", [0.0, 10.0])
def test_shares_that_are_all_none_or_all_whole_do_not_differ(hits: float) -> None:
    assert two_shares_p(hits, 10, hits, 10) == 1
    assert equal_shares_p(np.full(3, hits), np.full(3, 10.0)) == 1
