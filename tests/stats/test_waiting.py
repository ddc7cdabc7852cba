"""Waiting times with some still waiting: the published remission times, and hand counts."""

import numpy as np
import pytest

from kvalitetslib.stats.waiting import waiting_quantile

ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
WAITING = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of remission with 6-MP: Freireich et al. (1963), Blood 21, 699-716."""
WITHOUT = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""The same without 6-MP; all ended."""


def with_drug(share: float) -> float:
    over = [True] * len(ENDED) + [False] * len(WAITING)
    return float(waiting_quantile(ENDED + WAITING, over, share)[0])


def test_the_published_median_with_some_still_waiting() -> None:
    assert with_drug(0.5) == 23


def test_the_published_median_when_all_have_ended() -> None:
    assert waiting_quantile(WITHOUT, [True] * 21, 0.5)[0] == 8


@pytest.mark.parametrize(
    ("left", "week"), [(0.857, 6), (0.807, 7), (0.753, 10), (0.690, 13), (0.627, 16), (0.538, 22)]
)
def test_the_published_steps(left: float, week: int) -> None:
    # Just above the share that has ended by a step, the next step is asked for.
    assert with_drug(1 - left - 0.001) == week
    assert with_drug(1 - left + 0.002) > week


def test_the_worked_example() -> None:
    found = waiting_quantile([2, 4, 9, 5], [True, True, True, False], [0.25, 0.5, 0.9])
    assert found.tolist() == [2, 4, 9]


def test_a_share_that_nobody_has_reached_is_unknown() -> None:
    assert np.isnan(with_drug(0.9))


def test_when_nothing_has_ended_nothing_is_known() -> None:
    assert np.isnan(waiting_quantile([3, 4], [False, False], 0.5)[0])


def test_series_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        waiting_quantile([1, 2], [True], 0.5)


def test_a_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        waiting_quantile([-1.0], [True], 0.5)
