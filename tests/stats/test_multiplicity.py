"""q values against Benjamini and Hochberg's own example and statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from kvalitetslib.stats.multiplicity import (
    benjamini_hochberg,
    benjamini_hochberg_by_family,
    benjamini_yekutieli,
    benjamini_yekutieli_by_family,
    hierarchical_by_family,
)

# The fifteen p values of Benjamini & Hochberg (1995), section 4.1: four are found at 5 %.
MYOCARDIAL = np.fromstring(
    "0.0001 0.0004 0.0019 0.0095 0.0201 0.0278 0.0298 0.0344 0.0459"
    " 0.3240 0.4262 0.5719 0.6528 0.7590 1.0000",
    sep=" ",
)


def test_published_example_finds_four() -> None:
    assert np.sum(benjamini_hochberg(MYOCARDIAL) <= 0.05) == 4


def test_benjamini_hochberg_agrees_with_statsmodels() -> None:
    expected = multipletests(MYOCARDIAL, method="fdr_bh")[1]
    np.testing.assert_allclose(benjamini_hochberg(MYOCARDIAL), expected, rtol=1e-12)


def test_benjamini_yekutieli_agrees_with_statsmodels() -> None:
    expected = multipletests(MYOCARDIAL, method="fdr_by")[1]
    np.testing.assert_allclose(benjamini_yekutieli(MYOCARDIAL), expected, rtol=1e-12)


def test_missing_tests_stay_missing_and_are_not_counted() -> None:
    q = benjamini_hochberg([0.01, np.nan, 0.02, 0.03, np.nan, 0.50])
    np.testing.assert_allclose(q, [0.04, np.nan, 0.04, 0.04, np.nan, 0.50])


def test_nothing_tested_gives_nothing() -> None:
    assert np.isnan(benjamini_hochberg([np.nan, np.nan])).all()
    assert benjamini_hochberg([]).shape == (0,)


def test_shape_and_order_are_kept() -> None:
    q = benjamini_hochberg([[0.50, 0.01], [0.03, 0.02]])
    np.testing.assert_allclose(q, [[0.50, 0.04], [0.04, 0.04]])


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_p_outside_zero_to_one_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="p must lie between 0 and 1"):
        benjamini_hochberg([0.5, p])


def test_each_family_is_adjusted_alone() -> None:
    # Family b has two tests: 0.02 x 2/1 = 0.04 and 0.40. Family a has one of two: 0.03.
    adjusted = benjamini_hochberg_by_family([0.02, 0.03, 0.40, np.nan], ["b", "a", "b", "a"])
    np.testing.assert_allclose(adjusted.q, [0.04, 0.03, 0.40, np.nan])
    assert adjusted.m.tolist() == [2, 1, 2, 1]


def test_many_families_agree_with_one_at_a_time() -> None:
    rng = np.random.default_rng(1)
    p, family = rng.uniform(size=(40, 3)), rng.integers(0, 7, size=(40, 3))
    adjusted = benjamini_yekutieli_by_family(p, family)
    expected = [benjamini_yekutieli(p[family == label]) for label in range(7)]
    found = [adjusted.q[family == label] for label in range(7)]
    np.testing.assert_allclose(np.concatenate(found), np.concatenate(expected))


def test_no_tests_at_all_have_no_families() -> None:
    assert benjamini_hochberg_by_family([], []).m.shape == (0,)


def test_family_without_any_test_has_size_zero() -> None:
    assert benjamini_hochberg_by_family([np.nan, 0.2], [1, 2]).m.tolist() == [0, 1]


def test_labels_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"p has shape \(2,\) but family has \(1,\)"):
        benjamini_hochberg_by_family([0.1, 0.2], ["a"])


def test_a_family_that_finds_nothing_makes_the_other_stricter() -> None:
    adjusted = hierarchical_by_family(
        [0.005, 0.30, 0.60, 0.80], ["a", "a", "b", "b"], ["n"] * 4, level=0.05
    )
    np.testing.assert_allclose(adjusted.q, [0.02, 0.60, 0.80, 0.80])
    assert adjusted.m.tolist() == [2, 2, 2, 2]


def test_parents_do_not_disturb_each_other() -> None:
    p, family = [0.001, 0.9, 0.001, 0.9], ["a", "b", "c", "d"]
    alone = hierarchical_by_family(p[:2], family[:2], ["n", "n"], level=0.05)
    both = hierarchical_by_family(p, family, ["n", "n", "o", "o"], level=0.05)
    np.testing.assert_array_equal(both.q, np.tile(alone.q, 2))


def test_a_missing_p_is_in_no_family() -> None:
    adjusted = hierarchical_by_family([0.01, np.nan], ["a", "b"], ["n", "n"], level=0.05)
    np.testing.assert_allclose(adjusted.q, [0.01, np.nan])


def test_a_board_where_nothing_is_true_finds_something_at_most_as_often_as_the_level() -> None:
    p = np.random.default_rng(20260901).uniform(size=(4000, 8, 12))
    parent = np.broadcast_to(np.arange(4000)[:, None, None], p.shape).ravel()
    family = np.arange(4000 * 8).repeat(12)
    q = hierarchical_by_family(p.ravel(), family, parent, level=0.05).q.reshape(4000, -1)
    share = (q <= 0.05).any(axis=1).mean()
    assert 0.03 < share < 0.06  # 5 % give or take three standard errors of 0.34 points
