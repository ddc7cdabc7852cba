"""XmR charts and phases one can count by hand, and a published chart."""

import numpy as np
import pytest

from kvalitetslib.stats.phases import phases
from kvalitetslib.stats.process import Chart, ChartKind, xmr_chart


def limits(found: Chart) -> tuple[float, float, float]:
    """Centre, lower and upper limit of a chart whose limits are the same at all points."""
    each = np.stack([found.centre, found.lower, found.upper])
    assert (each == each[:, :1]).all()
    return float(each[0, 0]), float(each[1, 0]), float(each[2, 0])


def test_limits_of_the_worked_example() -> None:
    found = xmr_chart([10, 12, 10, 12])
    assert limits(found) == pytest.approx((11, 5.68, 16.32))


def test_extreme_range_is_screened_once() -> None:
    # Ranges 1 x 8 and 20, 20: mean 4.8, screen at 15.68, so the two of 20 fall out. Limit 2.66 x 1.
    found = xmr_chart([1, 2, 1, 2, 1, 21, 1, 2, 1, 2, 1])
    mean = 35 / 11
    assert limits(found) == pytest.approx((mean, mean - 2.66, mean + 2.66))


def test_screening_is_not_repeated() -> None:
    # Ranges 1 x 20, 6 and 100: mean 126/22 = 5.73, screen at 18.7 takes 100 but leaves 6, though
    # the new mean 26/21 would screen at 4.04.
    values = np.cumsum([0] + [1, -1] * 10 + [6, 100])
    found = xmr_chart(values)
    assert limits(found)[2] - found.mean == pytest.approx(2.66 * 26 / 21)


def test_constant_series_has_limits_at_its_mean_and_no_signal() -> None:
    found = xmr_chart([0.1] * 15)
    assert limits(found) == (0.1, 0.1, 0.1)
    assert not found.flagged.any()


def test_fewer_than_thirteen_points_are_preliminary() -> None:
    assert xmr_chart(np.arange(12)).preliminary
    assert not xmr_chart(np.arange(13)).preliminary


def test_gap_is_bridged_and_never_signals() -> None:
    found = xmr_chart([np.nan, 10, 12, np.nan, 10, 12])
    assert limits(found) == pytest.approx((11, 5.68, 16.32))
    assert not found.flagged.any()


@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [np.nan, 3.0]])
def test_one_point_or_none_has_no_limits(values: list[float]) -> None:
    found = xmr_chart(values)
    assert np.isnan([found.lower, found.upper]).all()
    assert len(found.lower) == len(values)
    assert found.flagged.tolist() == [False] * len(values)


def test_frozen_limits_come_from_the_baseline_alone() -> None:
    found = xmr_chart([10, 12, 10, 12, 30], baseline=slice(4))
    assert limits(found) == pytest.approx((11, 5.68, 16.32))
    assert found.outside.tolist() == [0, 0, 0, 0, 1]
    assert found.preliminary


def test_signals_keep_their_place_around_gaps() -> None:
    found = xmr_chart([10, np.nan, 12, 10, 12, np.nan, -30], baseline=slice(5))
    assert found.outside.tolist() == [0, 0, 0, 0, 0, 0, -1]
    assert found.flagged.tolist() == [False] * 6 + [True]


def test_chart_of_several_series_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one series, found shape \(2, 2\)"):
        xmr_chart([[1, 2], [3, 4]])


def test_infinite_value_in_a_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="values must be finite"):
        xmr_chart([1, np.inf])


def test_published_flow_rates_have_the_published_limits() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, with 3 / 1.128 for our 2.66.
    found = xmr_chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert limits(found) == pytest.approx((50.81, 45.8159, 55.8041), abs=1e-3)
    assert not found.outside.any()


def test_steps_among_equal_values_are_the_noise() -> None:
    # Ranges 0, 0, 0, 0, 5: the mean 1 would screen the only step at 3.267 and leave no noise.
    found = xmr_chart([0, 0, 0, 0, 0, 5])
    assert limits(found) == pytest.approx((5 / 6, 5 / 6 - 2.66, 5 / 6 + 2.66))
    assert found.outside.tolist() == [0, 0, 0, 0, 0, 1]


def test_value_off_a_constant_baseline_is_outside() -> None:
    found = xmr_chart([3, 3, 3, 3, 2.9], baseline=slice(4))
    assert found.outside.tolist() == [0, 0, 0, 0, -1]


def test_each_phase_has_its_own_limits() -> None:
    found = xmr_chart([10, 12, 10, 12, 30, 32, 30, 32], rebase=(4,))
    assert found.centre.tolist() == [11] * 4 + [31] * 4
    assert found.upper == pytest.approx([16.32] * 4 + [36.32] * 4)
    assert found.mean == 31
    assert found.phase.tolist() == [0] * 4 + [1] * 4
    assert not found.flagged.any()


def test_runs_and_trends_do_not_reach_across_phases() -> None:
    rising = [1, 2, 3, 4, 5, 6, 7, 8]
    assert xmr_chart(rising).trend.all()
    found = xmr_chart(rising, rebase=(4,), baseline=[0, 4])
    assert not found.trend.any()
    same_side = [0, 2, 2, 2, 2, 2, 2, 2, 0]
    assert xmr_chart(same_side, baseline=[0, 1]).run.any()
    assert not xmr_chart(same_side, baseline=[0, 1, 7, 8], rebase=(5,)).run.any()


def test_frozen_first_phase_and_a_new_phase_after_it() -> None:
    values = [10, 12, 10, 12, 40, 41, 60, 62, 60, 62]
    found = xmr_chart(values, baseline=slice(4), rebase=(6,))
    assert found.centre.tolist() == [11] * 6 + [61] * 4
    assert found.outside.tolist() == [0, 0, 0, 0, 1, 1, 0, 0, 0, 0]


def test_both_phases_may_be_frozen() -> None:
    values = [10, 12, 10, 12, 40, 41, 60, 62, 60, 62, 20]
    found = xmr_chart(values, baseline=np.r_[0:4, 6:10], rebase=(6,))
    assert found.centre.tolist() == [11] * 6 + [61] * 5
    assert found.outside.tolist() == [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, -1]


def test_preliminary_is_said_of_the_latest_phase() -> None:
    assert xmr_chart(np.arange(30) % 2, rebase=(18,)).preliminary
    assert not xmr_chart(np.arange(31) % 2, rebase=(18,)).preliminary


def test_missing_point_in_a_later_phase_keeps_its_place() -> None:
    found = xmr_chart([1, 2, 1, np.nan, 5, 6, np.nan, 5, 90], rebase=(3,), baseline=slice(3, 8))
    assert found.outside.tolist() == [0] * 8 + [1]
    assert found.latest == 8


def test_new_phase_of_one_point_has_no_limits_yet() -> None:
    found = xmr_chart([1, 2, 1, 2, 9], rebase=(4,))
    assert np.isnan(found.upper).tolist() == [False] * 4 + [True]
    assert found.mean == 9


@pytest.mark.parametrize("rebase", [(0,), (5,), (3, 3), (4, 2), (-1,)])
def test_phases_that_do_not_rise_inside_the_series_are_refused(rebase: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="rebase must rise between 1 and 4, found"):
        xmr_chart([1, 2, 3, 4, 5], rebase=rebase)


def test_baseline_may_be_a_truth_a_point() -> None:
    chosen = np.array([True, False, True])
    assert phases(np.ones(3, dtype=bool), baseline=chosen).basis.tolist() == [True, False, True]


def test_chart_tells_its_kind() -> None:
    assert xmr_chart([1, 2]).kind is ChartKind.XMR


def test_chart_without_points_has_no_latest() -> None:
    found = xmr_chart([np.nan])
    assert np.isnan(found.mean)
    with pytest.raises(ValueError, match="without points has no latest point"):
        assert found.latest


def test_rules_of_a_standard_chart_are_read_point_by_point() -> None:
    # Baseline 0, 1.128, 0, 1.128 has centre 0.564 and sigma 2.66 / 3 x 1.128 = 1.0002.
    low = [-2.0, -0.5, -2.0]
    found = xmr_chart([0, 1.128, 0, 1.128, *low, 4.0], baseline=slice(4))
    assert found.outer_third.tolist() == [0, 0, 0, 0, -1, 0, -1, 0]
    assert found.outside.tolist() == [0] * 7 + [1]
