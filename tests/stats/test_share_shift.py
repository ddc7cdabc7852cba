"""Two pooled shares, whose counts are worth less when the points vary by more than chance."""

import numpy as np
import pytest

from kvalitetslib.stats.compare import two_shares_p
from kvalitetslib.stats.intervals import newcombe_difference
from kvalitetslib.stats.share_shift import share_shift

AFTER = [False, False, True, True]


def test_the_worked_example() -> None:
    # Before 20 and 40 of 100, mean 30 %: chi-square 2 x 100 / 21 = 9.52; after 60 and 60: 0.
    found = share_shift([20, 40, 60, 60], [100] * 4, AFTER)
    assert (found.before, found.after) == (0.3, 0.6)
    assert found.difference == pytest.approx(0.3)
    assert (found.phi, found.df) == (pytest.approx(9.5238 / 2, abs=1e-4), 2)
    assert found.low < 0 < found.high


def test_without_more_than_chance_the_counts_are_worth_themselves_but_for_t() -> None:
    hits, n = [30, 31, 29, 30, 60, 61, 59], [100] * 7
    found = share_shift(hits, n, [False] * 4 + [True] * 3)
    assert found.phi == 1.0
    plain = newcombe_difference(180, 300, 120, 400)
    # t with 5 degrees of freedom is 2.571 where the normal has 1.960.
    assert found.low < float(plain.low) < found.difference < float(plain.high) < found.high
    assert found.p >= float(two_shares_p([180], [300], [120], [400])[0])


def test_the_same_people_in_every_period_are_counted_once() -> None:
    hits, n, after = [30] * 4 + [40] * 4, [100] * 8, [False] * 4 + [True] * 4
    again, once = (share_shift(hits, n, after, same_people=same) for same in (False, True))
    assert again.p < 0.03 < 0.1 < once.p
    assert once.high - once.low > 1.8 * (again.high - again.low)


def test_missing_points_are_left_out() -> None:
    whole = share_shift([20, 40, 60, 60], [100] * 4, AFTER)
    gaps = share_shift(
        [20, np.nan, 40, 60, 60], [100, 100, 100, 100, 100], [False] * 3 + [True] * 2
    )
    assert gaps == whole


@pytest.mark.parametrize(
    ("hits", "after"),
    [([20, 40, 60], [False, False, True]), ([1, 2, 3, 4], [True] * 4), ([1, 2, 3, 4], [False] * 4)],
)
def test_too_few_points_give_nothing(hits: list[int], after: list[bool]) -> None:
    assert np.isnan(share_shift(hits, [100] * len(hits), after).p)


def test_counts_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="events"):
        share_shift([120, 1, 1, 1], [100] * 4, AFTER)
    with pytest.raises(ValueError, match="one length"):
        share_shift([1, 1, 1], [100] * 4, AFTER)


@pytest.mark.parametrize("excess", [0.0, 0.06])
def test_nothing_is_found_about_as_often_as_it_should(excess: float) -> None:
    rng = np.random.default_rng(5)
    after = np.arange(11) >= 8
    found = []
    for _ in range(600):
        share = np.clip(0.4 + excess * rng.standard_normal(11), 0.01, 0.99)
        found.append(share_shift(rng.binomial(80, share), np.full(11, 80), after).p <= 0.05)
    assert np.mean(found) <= 0.075
