"""Chances by the order of the points alone, by hand and by counting all orders."""

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from kvalitetslib.stats.order_chance import (
    Order,
    is_near_normal,
    is_tied,
    varies_like_poisson,
)

EVEN = stats.norm.ppf((np.arange(40) + 0.5) / 40)


def test_run_of_seven_of_the_worked_example() -> None:
    z = np.r_[np.full(16, -1.0), np.full(8, 2.0)]
    # 16 x ... x 10 / (24 x ... x 18) below, 8 x ... x 2 / (24 x ... x 18) above.
    assert Order(z).runs[6] == pytest.approx(0.033053 + 0.000023, abs=1e-6)


def test_runs_are_those_of_all_orders() -> None:
    z = [-1.0, -2.0, -0.5, 0.0, 3.0, 0.5]
    ends = [np.sign(order[-2:]).sum() in (-2, 2) for order in permutations(z)]
    assert Order(np.array(z)).runs[1] == pytest.approx(np.mean(ends))


def test_the_outer_third_is_no_less_than_in_all_orders() -> None:
    z = [-1.0, -2.5, -2.2, 0.0, 2.1, 2.9, 0.4]
    found = [
        any(2 < side * order[-1] <= 3 and 2 < side * each <= 3 for each in order[-3:-1])
        for order in permutations(z)
        for side in (1, -1)
    ]
    assert Order(np.array(z)).outer_third(2, 3) >= 2 * np.mean(found)
    assert Order(np.array(z)).outer_third(2, 3) == pytest.approx(2 * 4 / 42)


def test_two_points_have_no_outer_third() -> None:
    assert Order(np.array([2.5, 2.5])).outer_third(2, 3) == 0.0


def test_the_farthest_of_five_is_last_in_a_fifth_of_the_orders() -> None:
    order = Order(np.array([-1.0, 0.5, 1.0, -2.0, 4.0]))
    assert (order.beyond(4.0), order.beyond(-2.0), order.beyond(1.0)) == (0.2, 0.4, 0.8)


def test_normal_values_look_normal_and_skewed_or_long_tailed_ones_do_not() -> None:
    assert is_near_normal(EVEN)
    assert not is_near_normal(np.exp(0.8 * EVEN))
    assert not is_near_normal(EVEN**3)


def test_few_values_and_values_that_never_vary_do_not_look_normal() -> None:
    assert not is_near_normal(EVEN[10:29])
    assert not is_near_normal(np.full(40, 3.0))


@pytest.mark.parametrize(
    ("points", "tied"),
    [([0.0, 0.0, 1.0, 2.0] * 5, False), ([0.0, 0.0, 0.0, 1.0] * 5, True), ([0.0] * 11, False)],
)
def test_ties_are_equal_neighbours(points: list[float], tied: bool) -> None:
    # Of 19 neighbours 5 are equal in the first and 10 in the second; eleven points are too few.
    assert is_tied(np.array(points)) is tied


@pytest.mark.parametrize(
    ("counts", "like"),
    [
        ([3, 1, 0, 2, 1, 4, 1, 2, 0, 2, 3, 1] * 2, True),
        ([40, 41, 40, 42, 41, 40, 39, 40, 41, 41, 40, 42] * 2, False),
        ([0, 0, 19, 0, 0, 0, 17, 0, 0, 0, 0, 18] * 2, False),
        ([0] * 20 + [9], True),
    ],
    ids=["chance", "a stock", "clusters", "too few events"],
)
def test_counts_vary_like_poisson(counts: list[int], like: bool) -> None:
    assert varies_like_poisson(np.array(counts, dtype=float)) is like


def test_poisson_counts_are_seldom_taken_for_others() -> None:
    rng = np.random.default_rng(11)
    drawn = rng.poisson(np.repeat([0.3, 1, 3, 30], 500)[:, None], (2000, 33)).astype(float)
    assert np.mean([not varies_like_poisson(each) for each in drawn]) < 0.03
