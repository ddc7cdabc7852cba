"""p, u and Laney charts against published examples, R, and counts one can check by hand."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from kvalitetslib.stats.counts_chart import Dispersion, is_overdispersed, p_chart, u_chart
from kvalitetslib.stats.process import Chart, ChartKind

REFERENCE = Path(__file__).parent / "reference"
Floats = npt.NDArray[np.float64]


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(case: str) -> tuple[Floats, Floats]:
    table = [(row["events"], row["n"]) for row in rows("chart_points.csv") if row["case"] == case]
    events, n = np.array(table, dtype=float).T
    return events, n


def published_charts() -> dict[str, Chart]:
    return {
        "orange_juice": p_chart(*counts("orange_juice"), rebase=(30,)),
        "purchase_orders": p_chart(*counts("purchase_orders")),
        "computers": u_chart(*counts("computers")),
        "dyed_cloth": u_chart(*counts("dyed_cloth")),
        "laney_p": p_chart(*counts("made_up"), dispersion=Dispersion.LANEY),
        "laney_u": u_chart(*counts("made_up"), dispersion=Dispersion.LANEY),
    }


CHARTS = published_charts()


@pytest.mark.parametrize(
    "row", rows("chart_published.csv"), ids=lambda r: f"{r['case']}-{r['quantity']}-{r['place']}"
)
def test_published_charts_are_found_again(row: dict[str, str]) -> None:
    found = getattr(CHARTS[row["case"]], row["quantity"])[int(row["place"])]
    assert found == pytest.approx(float(row["value"]), abs=float(row["rounding"]))


@pytest.mark.parametrize(
    "row", rows("chart_expected.csv"), ids=lambda r: f"{r['chart']}-{r['quantity']}-{r['place']}"
)
def test_laney_limits_agree_with_r(row: dict[str, str]) -> None:
    found = getattr(CHARTS[row["chart"]], row["quantity"])[int(row["place"])]
    # 2.66 stands for 3 / 1.128 = 2.6596, which is 0.016 % of a half width.
    assert found == pytest.approx(float(row["value"]), rel=1e-4)


def test_published_points_outside_are_the_only_ones() -> None:
    juice, orders = CHARTS["orange_juice"], CHARTS["purchase_orders"]
    assert (np.flatnonzero(juice.outside) + 1).tolist() == [15, 23]
    assert (np.flatnonzero(orders.outside) + 1).tolist() == [11]


def test_frozen_trial_without_the_two_odd_samples_has_the_revised_limits() -> None:
    # Montgomery, ch. 7: without samples 15 and 23 the limits are 0.0407 to 0.3893 about 0.2150,
    # sample 21 is then outside as well, and the new phase keeps its own.
    events, n = counts("orange_juice")
    kept = np.setdiff1d(np.arange(30), [14, 22])
    found = p_chart(events, n, baseline=kept, rebase=(30,))
    first = (found.centre[0], found.lower[0], found.upper[0])
    assert first == pytest.approx((0.2150, 0.0407, 0.3893), abs=6e-5)
    assert found.centre[-1] == pytest.approx(0.1108, abs=6e-5)
    assert (np.flatnonzero(found.outside[:30]) + 1).tolist() == [15, 21, 23]


def test_limits_of_the_worked_example() -> None:
    plain = p_chart([20, 30], [100, 100])
    laney = p_chart([20, 30], [100, 100], dispersion=Dispersion.LANEY)
    assert plain.upper == pytest.approx([0.25 + 3 * 0.0433013] * 2)
    # z is -+1.1547, their range 2.3094, and a half width 2.66 x 2.3094 x 0.0433 = 0.266.
    assert laney.upper == pytest.approx([0.516] * 2)
    assert laney.lower.tolist() == [0, 0]


def test_limits_are_wider_where_the_denominator_is_smaller() -> None:
    found = p_chart([50, 50, 5], [100, 100, 10])
    widths = found.upper - found.centre
    assert widths[2] / widths[0] == pytest.approx(np.sqrt(10))


def test_limits_of_shares_stop_at_all_and_none() -> None:
    found = p_chart([3, 1, 4, 2], [4, 4, 4, 4])
    assert (found.lower.min(), found.upper.max()) == (0.0, 1.0)
    assert u_chart([3, 1, 4, 2], [4, 4, 4, 4]).upper.max() > 1


@pytest.mark.parametrize("share", [0, 1])
def test_constant_share_at_the_edge_has_limits_at_its_mean(share: int) -> None:
    found = p_chart([20 * share] * 8, [20] * 8)
    assert found.lower.tolist() == found.upper.tolist() == [share] * 8
    assert not found.flagged.any()


def test_equal_shares_of_unequal_n_have_no_laney_noise_and_no_signal() -> None:
    n = np.array([700, 900, 1100, 1300, 1700, 1900, 2300, 2900])
    found = p_chart(0.3 * n, n, dispersion=Dispersion.LANEY)
    assert found.upper == pytest.approx([0.3] * 8)
    assert not found.flagged.any()


def test_missing_counts_and_empty_months_are_left_out() -> None:
    whole = p_chart([3, 4, 5], [10, 10, 10])
    found = p_chart([np.nan, 3, 0, 4, 5, 2], [10, 10, 0, 10, 10, np.nan])
    assert np.isnan(found.values).tolist() == [True, False, True, False, False, True]
    assert found.upper[[1, 3, 4]] == pytest.approx(whole.upper)
    assert not found.flagged[[0, 2, 5]].any()


def test_one_point_has_no_limits() -> None:
    assert np.isnan(p_chart([3], [10]).upper).all()


def test_rules_read_standardised_values() -> None:
    # About 0.5 the sigmas are 0.05 (n = 100) and 0.005 (n = 10 000), so 0.52 is inside at the
    # small n and 4 sigma out at the large one.
    events = [50, 50, 50, 50, 52, 5200]
    n = [100, 100, 100, 100, 100, 10_000]
    found = p_chart(events, n, baseline=slice(4), dispersion=Dispersion.CHANCE)
    assert found.outside.tolist() == [0, 0, 0, 0, 0, 1]


def test_two_of_three_is_counted_in_sigmas_of_each_point() -> None:
    # Two at 2.4 sigma, of n = 100 (0.62) and n = 10 000 (0.512), beside one on the same side.
    events = [50, 50, 50, 50, 62, 51, 5120]
    n = [100] * 6 + [10_000]
    found = p_chart(events, n, baseline=slice(4), dispersion=Dispersion.CHANCE)
    assert found.outer_third.tolist() == [0, 0, 0, 0, 1, 0, 1]


def test_run_of_seven_below_an_uneven_centre_signals() -> None:
    found = u_chart([30, 30] + [15] * 7, [10, 10] + [10] * 7, baseline=slice(2))
    assert found.run.tolist() == [0, 0] + [-1] * 7


@pytest.mark.parametrize(
    ("sigma_z", "n", "expected"),
    [
        (1.21, [501, 501], True),
        (1.19, [5000, 5000], False),
        (9.0, [500, 500], False),
        (1.21, [np.nan, 501], True),
        (np.nan, [800], False),
        (2.0, [np.nan], False),
    ],
)
def test_laney_is_chosen_for_large_denominators_that_vary_too_much(
    sigma_z: float, n: list[float], expected: bool
) -> None:
    assert is_overdispersed(sigma_z, n) is expected


def test_chosen_chart_tells_its_kind() -> None:
    wild, n = [300, 500, 200, 450, 320, 510], [1000] * 6
    assert p_chart(wild, n).kind is ChartKind.LANEY_P
    assert u_chart(wild, n).kind is ChartKind.LANEY_U
    assert p_chart(wild, n, dispersion=Dispersion.CHANCE).kind is ChartKind.P
    assert u_chart([3, 5, 2], [10, 10, 10]).kind is ChartKind.U


def test_step_between_named_phases_is_no_overdispersion() -> None:
    events = [300, 305, 295, 302, 298, 800, 805, 795, 802, 798]
    assert p_chart(events, [1000] * 10, rebase=(5,)).kind is ChartKind.P


@pytest.mark.parametrize(
    ("events", "n", "message"),
    [
        ([1, 2], [3], "events and n must be as many, found 2 and 1"),
        ([-1, 2], [3, 3], "events and n must not be negative"),
        ([4, 2], [3, 3], "events must be at most n"),
        ([[1]], [1], r"events must be one series, found shape \(1, 1\)"),
        ([1, 2], [3, np.inf], "n must be finite"),
    ],
)
def test_impossible_counts_are_refused(events: list[float], n: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        p_chart(events, n)


def test_more_events_than_units_are_welcome_in_a_rate() -> None:
    assert u_chart([4, 2], [3, 3]).centre.tolist() == [1, 1]
