"""Weights counted by hand, and what is refused."""

import numpy as np
import pytest

from kvalitetslib.stats.design import sample_design
from kvalitetslib.stats.weighting import (
    NotConverged,
    Totals,
    calibrate,
    consistent_margins,
    nonresponse_weights,
    poststratify,
    rake,
    response_rates,
    trimmed_weights,
    weight_report,
)

DESIGN = sample_design([1.0, 1, 1, 1])


def totals(cell: list[int], persons: list[float]) -> Totals:
    return Totals(np.array(cell, dtype=np.int32), np.array(persons))


def test_poststratified_weights() -> None:
    found = poststratify(DESIGN, totals([0, 0, 0, 1], [60, 40]))

    assert found.weight == pytest.approx([20, 20, 20, 40])


def test_cell_without_respondents_is_named() -> None:
    with pytest.raises(ValueError, match=r"\[2\]"):
        poststratify(DESIGN, totals([0, 0, 0, 1], [60, 40, 5]))


def test_row_without_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="every row"):
        poststratify(DESIGN, totals([0, 0, 0, 3], [60, 40]))


def test_raked_weights_meet_both_margins() -> None:
    first, second = totals([0, 0, 1, 1], [70, 30]), totals([0, 1, 0, 1], [40, 60])

    found = rake(DESIGN, [first, second]).weight

    # independent margins: 70 * 40 / 100 and so on
    assert found == pytest.approx([28, 42, 12, 18], rel=1e-12)


def test_margins_with_other_totals_are_refused() -> None:
    margins = [totals([0, 0, 1, 1], [70, 30]), totals([0, 1, 0, 1], [40, 61])]

    with pytest.raises(ValueError, match="different totals"):
        rake(DESIGN, margins)


def test_margins_are_rescaled_and_the_factor_told() -> None:
    margins = [totals([0, 0, 1, 1], [70, 30]), totals([0, 1, 0, 1], [40, 40])]

    scaled, factors = consistent_margins(margins)

    assert scaled[1].persons == pytest.approx([50, 50])
    assert factors == pytest.approx([1, 1.25])


def test_margins_that_contradict_the_sample_do_not_converge() -> None:
    margins = [totals([0, 0, 1, 1], [70, 30]), totals([0, 0, 1, 1], [40, 60])]

    with pytest.raises(NotConverged, match="off by"):
        rake(DESIGN, margins)


def test_calibration_beyond_its_bounds_does_not_converge() -> None:
    with pytest.raises(NotConverged, match="within the bounds"):
        calibrate(DESIGN, np.ones((4, 1)), [40.0], bounds=(0.5, 2.5))


@pytest.mark.parametrize("bounds", [(1.0, 2.0), (0.5, 0.9), (-1.0, 2.0)])
def test_bounds_that_do_not_hold_one_are_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="bounds"):
        calibrate(DESIGN, np.ones((4, 1)), [4.0], bounds=bounds)


def test_bounded_weights_stay_within_bounds_and_meet_the_totals() -> None:
    x = np.column_stack([np.ones(4), [0, 1, 2, 3]])

    found = calibrate(DESIGN, x, [4.0, 8.5], bounds=(0.3, 2.0)).weight

    assert x.T @ found == pytest.approx([4.0, 8.5], rel=1e-9)
    assert 0.3 <= found.min() <= found.max() <= 2.0


def test_linear_weights_by_hand() -> None:
    found = calibrate(DESIGN, np.column_stack([np.ones(4), [-1, -1, 1, 1]]), [4.0, 2.0]).weight

    # g = 1 + lambda x with 4 lambda = 2
    assert found == pytest.approx([0.5, 0.5, 1.5, 1.5])


def test_auxiliary_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        calibrate(DESIGN, np.full((4, 1), np.nan), [4.0])


def test_auxiliary_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        calibrate(DESIGN, np.ones((3, 1)), [4.0])


def test_nonresponse_weight_moves_to_those_who_responded() -> None:
    found = nonresponse_weights([1, 1, 2, 2], [True, False, True, True], [0, 0, 1, 1])

    assert found == pytest.approx([2, 0, 2, 2])


def test_group_where_nobody_responded_is_named() -> None:
    with pytest.raises(ValueError, match=r"\[0\]"):
        nonresponse_weights([1, 1, 2], [False, False, True], [0, 0, 1])


def test_response_rates() -> None:
    found = response_rates([True, False, True], [0, 0, 2])

    assert found == pytest.approx([0.5, np.nan, 1.0], nan_ok=True)


def test_response_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value a row"):
        response_rates([True], [0, 1])


def test_one_weight_that_holds_nearly_all_cannot_be_trimmed() -> None:
    with pytest.raises(NotConverged, match="at most 5"):
        trimmed_weights([1.0, 1, 1, 1, 96], ratio=5)


def test_trimming_caps_at_the_ratio_and_spreads_the_rest() -> None:
    found = trimmed_weights([1.0] * 9 + [6.0])

    # cap 5, one to spread over nine
    assert found == pytest.approx([10 / 9] * 9 + [5])


def test_trimming_ratio_must_be_above_one() -> None:
    with pytest.raises(ValueError, match="above 1"):
        trimmed_weights([1.0, 2.0], ratio=1)


def test_report_of_weights_one_and_three() -> None:
    found = weight_report([1.0, 3.0, 0.0])

    assert (found.n, found.n_eff, found.deff) == (2, pytest.approx(1.6), pytest.approx(1.25))
    assert (found.smallest, found.largest, found.spread) == (1, 3, 1.5)


def test_report_without_weights_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        weight_report([0.0])
