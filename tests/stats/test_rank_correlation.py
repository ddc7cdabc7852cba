"""Rank correlations against scipy, row by row, and against a sum done by hand."""

import numpy as np
import pytest
from scipy import stats

from kvalitetslib.stats.rank_correlation import spearman_with_each

MISSING = np.nan


def test_worked_example_of_the_module() -> None:
    found = spearman_with_each([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
    assert (found.rho[0], found.n[0]) == (pytest.approx(0.8), 5)


def test_the_same_as_scipy_with_ties_and_missing_values() -> None:
    rng = np.random.default_rng(41)
    rows = np.round(rng.normal(size=(40, 60)), 1)
    rows[rng.random(rows.shape) < 0.15] = MISSING
    found = spearman_with_each(rows[0], rows[1:])
    both = [~np.isnan(rows[0]) & ~np.isnan(row) for row in rows[1:]]
    expected = [
        stats.spearmanr(rows[0][kept], row[kept]) for kept, row in zip(both, rows[1:], strict=True)
    ]
    np.testing.assert_allclose(found.rho, [each.statistic for each in expected], atol=1e-12)
    np.testing.assert_allclose(found.p, [each.pvalue for each in expected], rtol=1e-9)
    np.testing.assert_array_equal(found.n, [kept.sum() for kept in both])


def test_what_goes_wholly_together_has_no_doubt_left() -> None:
    found = spearman_with_each([1, 2, 3, 4], [[10, 20, 30, 40], [4, 3, 2, 1]])
    assert (found.rho.tolist(), found.p.tolist()) == ([1, -1], [0, 0])


def test_no_variation_gives_no_answer() -> None:
    found = spearman_with_each([1, 2, 3, 4], [5, 5, 5, 5])
    assert (np.isnan(found.rho[0]), np.isnan(found.p[0]), found.n[0]) == (True, True, 4)


def test_two_pairs_give_no_answer() -> None:
    found = spearman_with_each([1, 2, MISSING, 4], [3, MISSING, 5, 6])
    assert (np.isnan(found.rho[0]), np.isnan(found.p[0]), found.n[0]) == (True, True, 2)


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        spearman_with_each([1, 2, 3], [1, 2, np.inf])
