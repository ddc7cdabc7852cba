"""Slope and relative index of inequality against lm in R and by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kvalitetslib.stats.gradient import gradient, places

MISSING = np.nan
EVEN = [60, 63, 66, 69, 72]

with (Path(__file__).parent / "reference" / "gradient_expected.csv").open(encoding="utf-8") as file:
    EXPECTED = list(csv.DictReader(file))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda r: f"{r['case']}-{r['quantity']}")
def test_register_figures_agree_with_r(row: dict[str, str]) -> None:
    y, n = (np.array(row[name].split(), dtype=float) for name in ("y", "n"))
    found = getattr(gradient(y, n), row["quantity"])
    assert found == pytest.approx(float(row["value"]), rel=1e-9)


def test_worked_example_of_the_module() -> None:
    found = gradient(EVEN, np.ones(5), se=np.ones(5))
    assert (found.bottom, found.top, found.sii) == pytest.approx((58.5, 73.5, 15))
    assert found.rii == pytest.approx(73.5 / 58.5)


def test_place_is_the_middle_of_each_part_of_the_population() -> None:
    # 10, 30 and 60 of 100: middles at 5, 25 and 70.
    np.testing.assert_allclose(places([10, 30, 60]), [0.05, 0.25, 0.70])


def test_standard_error_of_given_errors_by_hand() -> None:
    # Equal groups at 0.1 ... 0.9: weights (place - 0.5) / 0.4, whose squares sum to 1 / 0.4.
    found = gradient(EVEN, np.ones(5), se=np.full(5, 2.0))
    assert found.se == pytest.approx(2 / np.sqrt(0.4))
    assert found.low == pytest.approx(15 - 1.959964 * 2 / np.sqrt(0.4))
    assert found.df == np.inf


def test_interval_of_the_ratio_by_hand() -> None:
    # Ends 58.5 and 73.5 are sums with weights 0.2 -+ 1.25 x (0.4, 0.2, 0, -0.2, -0.4) and so on.
    lever = np.array([-1.0, -0.5, 0, 0.5, 1.0])
    bottom, top = 0.2 - lever / 2, 0.2 + lever / 2
    se = np.array([3, 1, 2, 1, 2.0])
    log_se = np.sqrt(np.sum((top / 73.5 - bottom / 58.5) ** 2 * se**2))
    found = gradient(EVEN, np.ones(5), se=se)
    expected = 73.5 / 58.5 * np.exp(np.array([-1, 1]) * 1.959964 * log_se)
    np.testing.assert_allclose([found.rii_low, found.rii_high], expected, rtol=1e-6)


def test_reversed_scale_turns_the_signs() -> None:
    y, n, se = [61, 66, 64, 70], [10, 40, 30, 20], [1, 2, 3, 4]
    found, turned = gradient(y, n, se=se), gradient(y[::-1], n[::-1], se=se[::-1])
    assert (found.sii, found.p) == pytest.approx((-turned.sii, turned.p))
    assert found.rii == pytest.approx(1 / turned.rii)


def test_group_without_value_keeps_its_place() -> None:
    # The other four lie on the line of the example, and so does what they say of its ends.
    found = gradient([60, 63, MISSING, 69, 72], np.ones(5), se=np.ones(5))
    assert (found.n, found.bottom, found.top) == (4, pytest.approx(58.5), pytest.approx(73.5))


def test_group_without_error_is_left_out() -> None:
    known = gradient([60, 64, MISSING, 69], [1, 2, 3, 4], se=[1, 1, 1, 1])
    unsure = gradient([60, 64, 99, 69], [1, 2, 3, 4], se=[1, 1, MISSING, 1])
    assert (known.sii, known.se) == (unsure.sii, unsure.se)


def test_empty_group_changes_nothing() -> None:
    whole = gradient([60, 64, 69], [1, 2, 4])
    empty = gradient([60, 64, 10, 69], [1, 2, 0, 4])
    assert (empty.n, empty.sii, empty.se) == (3, pytest.approx(whole.sii), pytest.approx(whole.se))


def test_rows_share_a_population_or_have_their_own() -> None:
    y, n = np.array([EVEN, [50, 40, 45, 30, 20]]), np.array([1, 2, 3, 4, 5])
    np.testing.assert_allclose(gradient(y, n).sii, gradient(y, np.stack([n, 10 * n])).sii)


def test_two_groups_have_no_gradient() -> None:
    found = gradient([[60, 70, MISSING]], [1, 1, 1], se=[[1, 1, 1]])
    assert np.isnan([found.sii, found.se, found.p, found.rii, found.df]).all()


def test_line_below_zero_has_no_ratio() -> None:
    found = gradient([1, 10, 30], [1, 1, 1], se=[1, 1, 1])
    assert found.bottom < 0 < found.sii
    assert np.isnan([found.rii, found.rii_low]).all()


@pytest.mark.parametrize("se", [None, np.zeros(5)])
def test_groups_without_uncertainty_are_not_tested(se: list[float] | None) -> None:
    found = gradient(EVEN, np.ones(5), se=se)
    assert found.sii == pytest.approx(15)
    assert np.isnan([found.p, found.low, found.rii_high]).all()


def test_equal_groups_have_no_inequality() -> None:
    found = gradient([8, 8, 8], [1, 2, 3], se=[1, 1, 1])
    assert (found.sii, found.rii, found.p) == pytest.approx((0, 1, 1), abs=1e-12)


# Groups without a gradient, 5 groups of unequal size; measured 5 % with both kinds of error.
def test_level_groups_are_called_unequal_in_one_of_twenty() -> None:
    rng = np.random.default_rng(5)
    n = np.array([100, 400, 300, 150, 50.0])
    y = 50 + rng.normal(size=(4000, 5)) * 20 / np.sqrt(n)
    known = gradient(y, n, se=np.broadcast_to(20 / np.sqrt(n), y.shape))
    assert 0.04 < np.mean(known.p <= 0.05) < 0.06
    assert 0.04 < np.mean(gradient(y, n).p <= 0.05) < 0.06
    assert 0.94 < np.mean((known.rii_low < 1) & (known.rii_high > 1)) < 0.96


@pytest.mark.parametrize("n", [[1, MISSING, 1], [1, -1, 1], [1, np.inf, 1]])
def test_population_must_be_known(n: list[float]) -> None:
    with pytest.raises(ValueError, match="population must be known and not negative"):
        gradient([1, 2, 3], n)


@pytest.mark.parametrize("n", [5, [1, 2], [[1, 2, 3]]])
def test_population_of_another_shape_is_refused(n: object) -> None:
    with pytest.raises(ValueError, match=r"values has shape \(3,\) but population has"):
        gradient([1, 2, 3], np.asarray(n))


def test_errors_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"values has shape \(3,\) but se has \(2,\)"):
        gradient([1, 2, 3], [1, 1, 1], se=[1, 1])
