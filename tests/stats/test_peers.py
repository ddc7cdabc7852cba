"""Peers against numpy and scipy column by column; ranks against exact probabilities."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from kvalitetslib.stats.peers import peer_comparison, rank_interval

MISSING = np.nan


def test_worked_example_of_the_module() -> None:
    found = peer_comparison([7], [[4], [6], [8], [10]], 1)
    assert (found.median[0], found.best_quartile[0]) == (7, 8.5)
    assert (found.percentile[0], found.place[0], found.out_of[0]) == (50, 3, 5)


def test_low_is_best_when_the_direction_says_so() -> None:
    found = peer_comparison([7], [[4], [6], [7.5], [8], [10]], -1)
    # Type 7 lower quartile of five values is the second, and three of five are worse.
    assert (found.median[0], found.best_quartile[0]) == (7.5, 6)
    assert (found.percentile[0], found.place[0]) == (60, 3)


def test_ties_share_the_best_place() -> None:
    # Peers 9 8 8 5, own 8: one is better, two tie. Percentile (1 + 2/2) of 4.
    found = peer_comparison([8], [[9], [8], [8], [5]], 1)
    assert (found.place[0], found.out_of[0], found.percentile[0]) == (2, 5, 50)


def random_peers() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    rng = np.random.default_rng(2)
    others = rng.integers(0, 20, size=(9, 40)).astype(float)
    others[rng.uniform(size=others.shape) < 0.3] = MISSING
    return rng.integers(0, 20, size=40).astype(float), others


def test_quartiles_agree_with_numpy() -> None:
    own, others = random_peers()
    found = peer_comparison(own, others, np.tile([1, -1], 20))
    np.testing.assert_allclose(found.median, np.nanmedian(others, axis=0))
    np.testing.assert_allclose(found.best_quartile[::2], np.nanquantile(others, 0.75, axis=0)[::2])
    np.testing.assert_allclose(
        found.best_quartile[1::2], np.nanquantile(others, 0.25, axis=0)[1::2]
    )


def test_percentile_agrees_with_scipy() -> None:
    own, others = random_peers()
    expected = [
        stats.percentileofscore(peers[~np.isnan(peers)], value, kind="mean")
        for value, peers in zip(own, others.T, strict=True)
    ]
    np.testing.assert_allclose(peer_comparison(own, others, 1).percentile, expected)


def test_missing_own_value_has_peers_but_no_place() -> None:
    found = peer_comparison([MISSING], [[1], [2], [3]], 1)
    assert (found.median[0], found.best_quartile[0], found.out_of[0]) == (2, 2.5, 3)
    assert np.isnan([found.percentile[0], found.place[0]]).all()


def test_value_without_peers_is_first_of_one_without_percentile() -> None:
    found = peer_comparison([5], [[MISSING], [MISSING]], 1)
    assert (found.n_peers[0], found.place[0], found.out_of[0]) == (0, 1, 1)
    assert np.isnan([found.median[0], found.best_quartile[0], found.percentile[0]]).all()


def test_no_peers_at_all_is_allowed() -> None:
    assert np.isnan(peer_comparison([5, 6], np.empty((0, 2)), 1).median).all()


def test_indicator_without_direction_has_a_median_only() -> None:
    found = peer_comparison([5, 5], [[4, 4], [7, 7]], [0, 1])
    assert found.median.tolist() == [5.5, 5.5]
    assert np.isnan([found.best_quartile, found.percentile, found.place])[:, 0].all()
    assert found.out_of.tolist() == [3, 3]


def test_peers_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match=r"own has shape \(2,\) but others has \(1, 3\)"):
        peer_comparison([1, 2], [[1, 2, 3]], 1)


@pytest.mark.parametrize("direction", [2, np.nan])
def test_unknown_direction_is_refused(direction: float) -> None:
    with pytest.raises(ValueError, match="direction must be 1, -1 or 0"):
        peer_comparison([1], [[1]], direction)


def test_infinite_peer_is_refused() -> None:
    with pytest.raises(ValueError, match="others must be finite"):
        peer_comparison([1], [[np.inf]], 1)


def test_areas_far_apart_have_certain_ranks() -> None:
    found = rank_interval([10, 30, 20], [0.1, 0.1, 0.1], rng=np.random.default_rng(1))
    assert found.low.tolist() == found.median.tolist() == found.high.tolist() == [3, 1, 2]


def test_low_is_first_when_direction_is_negative() -> None:
    found = rank_interval([10, 30, 20], [0, 0, 0], rng=np.random.default_rng(1), direction=-1)
    assert found.median.tolist() == [1, 3, 2]


def test_equal_areas_can_have_any_rank() -> None:
    found = rank_interval(np.zeros(5), np.ones(5), rng=np.random.default_rng(1))
    assert found.low.tolist() == [1] * 5
    assert found.high.tolist() == [5] * 5


# The better of two areas is second with probability sf(gap / sqrt 2): 1.7 % and 3.4 %.
@pytest.mark.parametrize(("gap", "worst_rank"), [(3.0, 1), (2.58, 2)])
def test_two_areas_swap_ranks_as_often_as_the_normal_says(gap: float, worst_rank: int) -> None:
    found = rank_interval([gap, 0], [1, 1], rng=np.random.default_rng(1), draws=100_000)
    assert found.high[0] == worst_rank


def test_certain_ties_share_the_best_rank() -> None:
    found = rank_interval([5, 7, 5, 1], np.zeros(4), rng=np.random.default_rng(1), draws=3)
    assert found.median.tolist() == [2, 1, 2, 4]


def test_area_without_estimate_or_error_has_no_rank() -> None:
    found = rank_interval([1, MISSING, 3], [0, 1, MISSING], rng=np.random.default_rng(1))
    np.testing.assert_array_equal(found.median, [1, MISSING, MISSING])


def test_no_known_area_is_allowed() -> None:
    found = rank_interval([MISSING], [1], rng=np.random.default_rng(1))
    assert np.isnan(found.low).all()


def test_same_seed_gives_the_same_interval() -> None:
    first, second = (
        rank_interval(np.arange(6), np.ones(6), rng=np.random.default_rng(8)) for _ in range(2)
    )
    np.testing.assert_array_equal(first.low, second.low)


def test_rank_needs_one_error_for_each_area() -> None:
    with pytest.raises(ValueError, match=r"estimates has shape \(2,\) but se has \(1,\)"):
        rank_interval([1, 2], [1], rng=np.random.default_rng(1))


@pytest.mark.parametrize(("direction", "draws"), [(0, 10), (1, 0)])
def test_rank_refuses_no_direction_and_no_draws(direction: int, draws: int) -> None:
    with pytest.raises(ValueError, match="direction must be 1 or -1 and draws 1 or more"):
        rank_interval([1], [1], rng=np.random.default_rng(1), direction=direction, draws=draws)
