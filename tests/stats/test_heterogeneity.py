"""Differences between areas against the BCG trials, R, and each other."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from kvalitetslib.stats.heterogeneity import heterogeneity
from kvalitetslib.stats.shrinkage import pooled_mean, shrunken

MISSING = np.nan
REFERENCE = Path(__file__).parent / "reference"
with (REFERENCE / "heterogeneity_bcg.csv").open(encoding="utf-8") as file:
    BCG = np.array([list(row.values())[:4] for row in csv.DictReader(file)], dtype=float).T
with (REFERENCE / "heterogeneity_expected.csv").open(encoding="utf-8") as file:
    EXPECTED = {row["quantity"]: float(row["value"]) for row in csv.DictReader(file)}


def risk_ratios() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    a, b, c, d = BCG
    variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return np.log(a / (a + b) / (c / (c + d))), np.sqrt(variance)


def odds_ratios() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    a, b, c, d = BCG
    return np.log(a * d / (b * c)), np.sqrt((1 / BCG).sum(axis=0))


# Viechtbauer (2010), J. Stat. Softw. 36(3), section 3: 13 trials, log risk ratios.
def test_bcg_trials_have_the_published_heterogeneity() -> None:
    found = heterogeneity(*risk_ratios())
    assert (found.n, found.q) == (13, pytest.approx(152.2330, abs=5e-5))
    assert found.tau2_dl == pytest.approx(0.3088, abs=5e-5)
    assert found.tau2_reml == pytest.approx(0.3132, abs=5e-5)
    assert found.i2 == pytest.approx(0.9212, abs=5e-5)
    assert found.p < 1e-4


def test_bcg_trials_have_the_published_interval_of_tau2() -> None:
    found = heterogeneity(*risk_ratios())
    assert found.tau_low**2 == pytest.approx(0.1197, abs=5e-5)
    assert found.tau_high**2 == pytest.approx(1.1115, abs=5e-5)


# Figures beside van Houwelingen, Arends & Stijnen (2002), Stat. Med. 21, 589-624, log odds ratios.
def test_bcg_odds_ratios_have_the_published_interval_of_tau2() -> None:
    found = heterogeneity(*odds_ratios())
    assert found.tau_low**2 == pytest.approx(0.1302, abs=6e-5)
    assert found.tau_high**2 == pytest.approx(1.1812, abs=5e-5)


@pytest.mark.parametrize(
    ("tau2", "mean", "se"), [(0.313243, -0.7145, 0.1798), (0, -0.4303, 0.0405)]
)
def test_bcg_trials_have_the_published_means(tau2: float, mean: float, se: float) -> None:
    found = pooled_mean(*risk_ratios(), tau2)
    assert (found.value, found.se) == pytest.approx((mean, se), abs=5e-5)


def test_reml_agrees_with_plain_matrices_in_r() -> None:
    tau2 = heterogeneity(*risk_ratios()).tau2_reml
    found = pooled_mean(*risk_ratios(), tau2)
    expected = (EXPECTED["tau2_reml"], EXPECTED["mean"], EXPECTED["mean_se"])
    assert (tau2, found.value, found.se) == pytest.approx(expected, abs=2e-8)


def test_shrunken_estimates_agree_with_plain_matrices_in_r() -> None:
    found = shrunken(*risk_ratios(), heterogeneity(*risk_ratios()).tau2_reml)
    expected = [[EXPECTED[f"{name}{i}"] for i in range(1, 14)] for name in ("value", "se")]
    np.testing.assert_allclose([found.value, found.se], expected, atol=2e-8)


def test_worked_example_of_the_module() -> None:
    found = heterogeneity([60, 70, 80], [5, 5, 5])
    assert (found.q, found.i2, found.tau) == pytest.approx((8, 0.75, np.sqrt(75)))
    assert found.p == pytest.approx(np.exp(-4))
    assert shrunken([60, 70, 80], [5, 5, 5], 75).value == pytest.approx([62.5, 70, 77.5])


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_tau_of_equal_errors_has_a_closed_form(share: float) -> None:
    # With equal errors REML is the variance of the estimates less that of one of them.
    y = np.array([3.0, 8.0, 4.0, 11.0, 7.5])
    found = heterogeneity(y, np.full(5, share))
    assert found.tau2_reml == pytest.approx(y.var(ddof=1) - share**2, rel=1e-12)
    assert found.tau2_dl == pytest.approx(found.tau2_reml)


def test_areas_within_chance_have_no_tau_and_shrink_wholly() -> None:
    y, se = [10, 10.5, 9.8], [1, 2, 1]
    found = heterogeneity(y, se)
    assert (found.tau, found.tau_low, found.tau2_dl, found.i2) == (0, 0, 0, 0)
    drawn = shrunken(y, se, found.tau2_reml)
    assert drawn.value == pytest.approx(np.full(3, (10 + 10.5 / 4 + 9.8) / 2.25))
    assert (drawn.kept == 0).all()


def test_equal_values_are_alike_without_an_interval_of_tau() -> None:
    found = heterogeneity([5, 5, 5, 5], [1, 1, 1, 1])
    assert (found.q, found.p, found.i2, found.tau) == (0, 1, 0, 0)
    assert np.isnan([found.tau_low, found.tau_high]).all()


@pytest.mark.parametrize("y", [[], [4.0], [4.0, MISSING]])
def test_one_area_or_none_cannot_differ(y: list[float]) -> None:
    found = heterogeneity(y, np.ones(len(y)))
    assert np.isnan([found.q, found.p, found.i2, found.tau, found.tau_high, found.tau2_dl]).all()


def test_area_without_value_error_or_variance_is_left_out() -> None:
    y, se = [60, 70, 80, MISSING, 50, 50], [5, 5, 5, 5, MISSING, 0]
    assert heterogeneity(y, se).q == pytest.approx(8)
    drawn = shrunken(y, se, 75)
    np.testing.assert_allclose(drawn.value, [62.5, 70, 77.5, MISSING, MISSING, MISSING])
    assert np.isnan(drawn.se[3:]).all()


def test_one_area_is_its_own_mean() -> None:
    found = pooled_mean([4.0], [2.0], 5)
    assert (found.value, found.se) == (4, 3)


def test_no_area_has_no_mean() -> None:
    assert np.isnan(pooled_mean([MISSING], [1], 1).value)
    assert np.isnan(shrunken([MISSING], [1], 1).se[0])


def test_unknown_tau_shrinks_nothing() -> None:
    assert np.isnan(shrunken([1, 2], [1, 1], MISSING).value).all()


def test_rows_agree_with_each_alone() -> None:
    rng = np.random.default_rng(2)
    y = np.where(rng.uniform(size=(20, 9)) < 0.2, MISSING, rng.normal(size=(20, 9)) * 2)
    se = rng.uniform(0.2, 3, size=(20, 9))
    together, alone = heterogeneity(y, se), [heterogeneity(*row) for row in zip(y, se, strict=True)]
    np.testing.assert_allclose(together.tau, [one.tau for one in alone], atol=1e-12)
    np.testing.assert_allclose(together.tau_high, [one.tau_high for one in alone])


def test_tau_does_not_change_with_the_unit() -> None:
    y, se = risk_ratios()
    assert heterogeneity(y * 1e4, se * 1e4).tau / 1e4 == pytest.approx(heterogeneity(y, se).tau)


def test_reml_is_the_top_of_the_restricted_likelihood() -> None:
    y, se = odds_ratios()

    def likelihood(tau2: float) -> float:
        mean, weight = pooled_mean(y, se, tau2), 1 / (se**2 + tau2)
        squares = np.sum(weight * (y - mean.value) ** 2)
        return float((np.log(weight).sum() + 2 * np.log(mean.se) - squares) / 2)

    best = float(heterogeneity(y, se).tau2_reml)
    assert likelihood(best) > max(likelihood(best * 0.999), likelihood(best * 1.001))


# 1 000 sets of 8 areas: Q rejects 5 %, the interval of tau holds 95 %.
def test_equal_areas_are_called_different_in_one_set_of_twenty() -> None:
    rng = np.random.default_rng(3)
    se = rng.uniform(0.5, 1.5, size=(1000, 8))
    assert 0.035 < np.mean(heterogeneity(se * rng.normal(size=se.shape), se).p <= 0.05) < 0.065


@pytest.mark.parametrize("tau", [0.5, 2.0])
def test_intervals_of_tau_and_of_shrunken_values_hold(tau: float) -> None:
    rng = np.random.default_rng(4)
    se = rng.uniform(0.5, 1.5, size=(1000, 8))
    true = tau * rng.normal(size=se.shape)
    y = true + se * rng.normal(size=se.shape)
    found = heterogeneity(y, se)
    drawn = shrunken(y, se, found.tau2_reml)
    assert 0.93 < np.mean((found.tau_low <= tau) & (tau <= found.tau_high)) < 0.97
    assert 0.93 < np.mean(np.abs(drawn.value - true) <= 1.96 * drawn.se) < 0.98
    assert np.mean((drawn.value - true) ** 2) < np.mean((y - true) ** 2)


def test_areas_of_another_number_than_errors_are_refused() -> None:
    with pytest.raises(ValueError, match=r"estimates has shape \(2,\) but se has \(1,\)"):
        heterogeneity([1, 2], [1])


def test_negative_error_and_negative_tau2_are_refused() -> None:
    with pytest.raises(ValueError, match="se must not be negative"):
        heterogeneity([1, 2], [1, -1])
    with pytest.raises(ValueError, match="tau2 must not be negative"):
        shrunken([1, 2], [1, 1], -0.1)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_level_of_tau_must_be_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        heterogeneity([1, 2], [1, 1], level=level)
