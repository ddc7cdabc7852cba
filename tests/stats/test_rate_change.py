"""Exact comparison of two Poisson rates: published figures, hand counts and its error rate."""

import numpy as np
import pytest
from scipy import stats

from kvalitetslib.stats.rate_change import rate_change

LUNG_CANCER = rate_change(11, 6 + 8 + 7, time_now=800, time_before=1083 + 1050 + 878)
"""Lung cancer at 55-59 years in Fredericia against three other Danish towns 1968-71: Andersen
(1977), Scand. J. Stat. 4, 153-158; the example of poisson.test in R."""


def test_the_ratio_is_that_of_r() -> None:
    assert LUNG_CANCER.ratio == pytest.approx(1.971488, abs=1e-6)


def test_the_interval_is_that_of_r() -> None:
    assert (LUNG_CANCER.low, LUNG_CANCER.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)


def test_the_upper_tail_is_the_larger_part_of_rs_two_sided_p() -> None:
    # R adds the outcomes below that are no more likely: 0.07967 in all.
    share = 800 / (800 + 3011)
    chances = stats.binom.pmf(np.arange(33), 32, share)
    below = chances[:7][chances[:7] <= chances[11]].sum()
    assert LUNG_CANCER.p_more + below == pytest.approx(0.07967, abs=5e-6)


def test_a_hand_count() -> None:
    # Three of three fell in the span that is a fifth of the time: 0.2 ** 3.
    assert rate_change(3, 0, time_before=4).p_more == pytest.approx(0.008)


def test_nothing_before_makes_the_ratio_infinite_but_not_its_lower_bound() -> None:
    found = rate_change(6, 0, time_before=4)
    assert (found.ratio, found.high) == (np.inf, np.inf)
    assert 1 < found.low < 10


def test_nothing_now_has_the_ratio_nought() -> None:
    found = rate_change(0, 12, time_before=4)
    assert (found.ratio, found.low) == (0.0, 0.0)
    assert found.p_fewer == pytest.approx(0.8**12)


def test_without_events_nothing_is_known() -> None:
    found = rate_change(0, 0, time_before=4)
    assert (found.low, found.high, found.p) == (0.0, np.inf, 1.0)


def test_no_more_than_the_level_of_unchanged_counts_seem_to_grow() -> None:
    now, before = np.arange(60)[:, None], np.arange(120)[None, :]
    for_each = np.array(
        [[rate_change(a, b, time_before=4).p_more for b in before[0]] for a in now[:, 0]]
    )
    chance = stats.poisson.pmf(now, 6) * stats.poisson.pmf(before, 24)
    assert 0.005 < chance[for_each <= 0.05].sum() <= 0.05


@pytest.mark.parametrize(
    ("now", "before", "time"), [(-1, 3, 4.0), (3, -1, 4.0), (3, 3, 0.0)], ids=str
)
def test_numbers_out_of_range_are_refused(now: int, before: int, time: float) -> None:
    with pytest.raises(ValueError, match="must"):
        rate_change(now, before, time_before=time)
