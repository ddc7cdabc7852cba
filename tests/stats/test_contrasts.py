"""Contrasts of many questions agree with the one-question path, which agrees with R."""

import numpy as np
import pytest

from kvalitetslib.stats.contrast import against_rest, independent_difference
from kvalitetslib.stats.contrasts import domain_contrasts, independent_contrasts, plain_means
from kvalitetslib.stats.design import Design, sample_design
from kvalitetslib.stats.survey import mean


def made(seed: int) -> tuple[np.ndarray, Design, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, (200, 4)).astype(float)
    y[rng.random(y.shape) < 0.1] = np.nan
    design = sample_design(rng.uniform(1, 4, 200), stratum=rng.integers(0, 5, 200))
    return y, design, rng.random(200) < 0.4


@pytest.mark.parametrize("question", range(4))
def test_each_question_agrees_with_the_one_question_path(question: int) -> None:
    y, design, inside = made(1)
    many = domain_contrasts(y, design, inside, ~inside)
    one = against_rest(y[:, question], design, inside)
    assert (many.value[question], many.se[question], many.p[question]) == pytest.approx(
        (one.value, one.se, one.p), abs=1e-12
    )
    assert (many.low[question], many.high[question]) == pytest.approx((one.low, one.high))


def test_two_waves_agree_with_the_one_question_path() -> None:
    (now, first, _), (then, second, _) = made(2), made(3)
    everyone = np.ones(200, dtype=bool)
    many = independent_contrasts(
        plain_means(now, first, everyone), plain_means(then, second, everyone)
    )
    one = independent_difference(mean(now[:, 2], first), mean(then[:, 2], second))
    assert (many.value[2], many.se[2], many.df[2], many.p[2]) == pytest.approx(
        (one.value, one.se, one.df, one.p), abs=1e-12
    )


def test_a_group_without_answers_has_no_contrast() -> None:
    y, design, inside = made(4)
    y[inside, 1] = np.nan
    many = domain_contrasts(y, design, inside, ~inside)
    assert np.isnan(many.value).tolist() == [False, True, False, False]
    assert np.isnan(many.p).tolist() == [False, True, False, False]
