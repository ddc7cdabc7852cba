"""Funnel limits against R, their error rates by exact summing, and spread by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from kvalitetslib.stats.funnel import (
    ALARM_LEVEL,
    rate_funnel,
    rate_limits,
    share_funnel,
    share_limits,
)
from kvalitetslib.stats.intervals import Interval
from kvalitetslib.stats.overdispersion import overdispersion, spread_limits, winsorised_square

MISSING = np.nan
LIMITS_OF = {"share": share_limits, "rate": rate_limits}

with (Path(__file__).parent / "reference" / "funnel_limits.csv").open(encoding="utf-8") as file:
    PUBLISHED = list(csv.DictReader(file))


def limits(row: dict[str, str], *, published: bool) -> Interval:
    target, n, level = (float(row[name]) for name in ("target", "n", "level"))
    return LIMITS_OF[row["kind"]](target, n, level, published=published)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda r: "-".join(list(r.values())[:5]))
def test_limits_agree_with_r(row: dict[str, str]) -> None:
    found = limits(row, published=True)[int(row["upper"])]
    assert found == pytest.approx(float(row["limit"]), abs=1e-9)


def test_worked_example_of_the_funnel() -> None:
    assert share_limits(0.5, 10) == pytest.approx((0.1324, 0.8676), abs=5e-5)


def test_upper_limit_is_the_lower_one_seen_from_the_other_end() -> None:
    n = np.array([1, 7, 40, 333])
    np.testing.assert_allclose(share_limits(0.8, n).high, 1 - share_limits(0.2, n).low)


@pytest.mark.parametrize("level", [0.95, ALARM_LEVEL])
@pytest.mark.parametrize(("n", "target"), [(20, 0.9), (10, 0.5), (150, 0.73)])
def test_share_lies_outside_exactly_when_p_is_small(n: int, target: float, level: float) -> None:
    hits = np.arange(n + 1)
    low, high = share_limits(target, n, level)
    outside = (hits / n < low) | (hits / n > high)
    p = share_funnel(hits, np.full(n + 1, n), target).p
    np.testing.assert_array_equal(outside, p < 1 - level)


def test_rate_lies_outside_exactly_when_p_is_small() -> None:
    events = np.arange(60)
    low, high = rate_limits(0.4, 50)
    outside = (events / 50 < low) | (events / 50 > high)
    p = rate_funnel(events, np.full(60, 50), 0.4).p
    np.testing.assert_array_equal(outside, p < 0.05)


# Summed over all counts: (n, target, exact p, normal z, published limits), at the 5 % level.
@pytest.mark.parametrize(
    ("n", "target", "exact", "normal", "published"),
    [
        (20, 0.9, 0.0113, 0.0432, 0.1328),
        (10, 0.8, 0.0064, 0.0328, 0.1137),
        (100, 0.9, 0.0443, 0.0636, 0.0782),
        (1000, 0.9, 0.0451, 0.0509, 0.0519),
    ],
)
def test_share_of_areas_on_target_called_out(
    n: int, target: float, exact: float, normal: float, published: float
) -> None:
    hits = np.arange(n + 1)
    chance = stats.binom.pmf(hits, n, target)
    found = share_funnel(hits, np.full(n + 1, n), target)
    low, high = share_limits(target, n, published=True)
    assert chance[found.p <= 0.05].sum() == pytest.approx(exact, abs=5e-5)
    assert chance[np.abs(found.z) > 1.959964].sum() == pytest.approx(normal, abs=5e-5)
    outside = (hits / n < low) | (hits / n > high)
    assert chance[outside].sum() == pytest.approx(published, abs=5e-5)


def test_p_doubles_the_smaller_tail() -> None:
    found = share_funnel([12, 20, 18], [20, 20, 20], 0.9)
    tails = stats.binom.cdf(12, 20, 0.9), 0.9**20
    assert found.p == pytest.approx([2 * tails[0], 2 * tails[1], 1])


def test_rates_have_poisson_p_values() -> None:
    found = rate_funnel([12, 2], [10, 10], 0.6)
    assert found.p == pytest.approx([2 * stats.poisson.sf(11, 6), 2 * stats.poisson.cdf(2, 6)])
    assert found.z == pytest.approx([6 / np.sqrt(6), -4 / np.sqrt(6)])


def test_z_is_in_the_targets_standard_errors() -> None:
    found = share_funnel([30, 50], [100, 50], 0.5)
    assert found.se == pytest.approx([0.05, 0.0707107])
    assert found.z == pytest.approx([-4, 7.0710678])


def test_area_without_answers_is_missing_and_changes_no_other() -> None:
    found = share_funnel([[3, MISSING, 9, 5]], [[10, 10, 12, 0]], [0.5])
    alone = share_funnel([[3, 9]], [[10, 12]], [0.5])
    assert np.isnan([found.value, found.z, found.p, found.p_spread])[..., [1, 3]].all()
    np.testing.assert_allclose(found.p_spread[:, [0, 2]], alone.p_spread)
    assert found.spread.n.tolist() == [2]


def test_one_area_has_a_p_but_no_spread() -> None:
    found = share_funnel([3], [10], 0.5)
    assert found.p == pytest.approx([0.34375])
    assert np.isnan(found.p_spread[0])
    assert np.isnan([found.spread.phi, found.spread.tau2]).all()


def test_limits_without_answers_are_missing() -> None:
    assert np.isnan([share_limits(0.5, [0, MISSING]), rate_limits(0.5, [0, MISSING])]).all()


def test_effective_numbers_give_limits_like_those_of_whole_ones() -> None:
    low, high = share_limits(0.6, [30, 30.5, 31])
    assert low[1] == pytest.approx((low[0] + low[2]) / 2, abs=0.01)
    assert high[1] == pytest.approx((high[0] + high[2]) / 2, abs=0.01)


def test_spread_of_areas_by_hand() -> None:
    # Squares 9 1 1 9 sum to 20; weights 1/4 each: (20 - 3) / (1 - 1/4) = 22.667.
    found = overdispersion([-3, -1, 1, 3], [2, 2, 2, 2], winsorised=0)
    assert (found.n, found.phi, found.tau2) == (4, 5, pytest.approx(22.6667, abs=5e-5))


def test_winsorised_spread_by_hand() -> None:
    # -5 ... 5 with its ends pulled in to -4 and 4: 4 x 16 + 2 x (9 + 4 + 1) = 92 of 11 areas.
    # Published (92 - 10) / (11 - 1) = 8.2; corrected (92 / 0.67865 - 10) / 10 = 12.556.
    found = overdispersion(np.arange(-5, 6), np.ones(11))
    assert found.phi == pytest.approx(92 / 11)
    assert found.tau2_published == pytest.approx(8.2)
    assert found.tau2 == pytest.approx(12.5562, abs=5e-5)


def test_mean_square_of_winsorised_normal_values_agrees_with_drawing_them() -> None:
    z = np.sort(np.random.default_rng(1).normal(size=200_000))
    pulled = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    assert winsorised_square(0.1) == pytest.approx(np.mean(pulled**2), abs=0.005)


def test_areas_within_chance_have_no_spread() -> None:
    found = overdispersion([0.5, -0.5, 0.2, 0.1], [1, 1, 2, 1])
    assert (found.tau2, found.tau2_published) == (0, 0)


def test_spread_limits_add_the_variances() -> None:
    # sqrt(0.03^2 + 0.04^2) = 0.05, times 1.96.
    found = spread_limits(0.5, 0.03, 0.0016)
    assert found == pytest.approx((0.402002, 0.597998), abs=5e-7)


# Measured on 4 000 sets of 20 or 60 areas: 4.4 and 5.1 % with the correction, 9 and 11 % without.
def test_correction_holds_the_level_when_all_areas_differ() -> None:
    rng = np.random.default_rng(7)
    n = rng.integers(50, 300, size=(600, 40))
    share = np.clip(0.7 + 0.08 * rng.normal(size=n.shape), 0.02, 0.98)
    found = share_funnel(rng.binomial(n, share), n, np.full(600, 0.7))
    published = np.hypot(found.se, np.sqrt(found.spread.tau2_published)[:, None])
    assert 0.03 < np.mean(found.p_spread <= 0.05) < 0.055
    assert 0.08 < np.mean(np.abs(found.value - 0.7) > 1.96 * published) < 0.13
    assert np.mean(found.p <= 0.05) > 0.3


def test_outlier_is_found_beside_areas_that_differ_a_little() -> None:
    rng = np.random.default_rng(8)
    share = np.clip(0.7 + 0.03 * rng.normal(size=(300, 20)), 0, 1)
    share[:, 0] = 0.45
    found = share_funnel(rng.binomial(200, share), np.full(share.shape, 200), np.full(300, 0.7))
    assert np.mean(found.p_spread[:, 0] <= 0.05) > 0.95


@pytest.mark.parametrize("target", [0, 1, 1.2, -0.1])
def test_share_aimed_at_must_be_a_share(target: float) -> None:
    with pytest.raises(ValueError, match="target must lie between 0 and 1"):
        share_limits(target, 10)


def test_negative_exposure_is_refused() -> None:
    with pytest.raises(ValueError, match="n or exposure must not be negative"):
        rate_limits(2, -1)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_level_of_the_limits_must_be_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        share_limits(0.5, 10, level)


def test_more_hits_than_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="0 <= hits <= n"):
        share_funnel([11], [10], 0.5)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts must not be negative"):
        rate_funnel([-1], [10], 0.5)


def test_counts_need_one_total_for_each_area() -> None:
    with pytest.raises(ValueError, match=r"counts have shape \(2,\) but their totals \(3,\)"):
        share_funnel([1, 2], [5, 5, 5], 0.5)


def test_spread_needs_one_error_for_each_area() -> None:
    with pytest.raises(ValueError, match=r"z has shape \(2,\) but se has \(1,\)"):
        overdispersion([1, 2], [1])


@pytest.mark.parametrize("share", [-0.1, 0.5])
def test_winsorised_share_must_leave_a_middle(share: float) -> None:
    with pytest.raises(ValueError, match=r"winsorised must be in \[0, 0.5\)"):
        overdispersion([1, 2], [1, 1], winsorised=share)
