"""Estimates counted by hand, and what is refused."""

import numpy as np
import pytest
from stats.survey_cases import answers, designs

from kvalitetslib.stats import contrast, survey
from kvalitetslib.stats.design import Lonely, sample_design
from kvalitetslib.stats.intervals import Interval
from kvalitetslib.stats.logit import logistic_regression
from kvalitetslib.stats.quantile import quantile
from kvalitetslib.stats.raoscott import rao_scott
from kvalitetslib.stats.scores import hme_indexes, index_scores, nps_scores
from kvalitetslib.stats.survey_interval import (
    Quality,
    effective_n,
    korn_graubard_interval,
    quality,
    share_interval,
)
from kvalitetslib.stats.weighting import NotConverged

D = answers()
FOUR = sample_design([1.0, 1, 1, 1])


def estimate(value: float, se: float, df: int) -> contrast.Comparison:
    return contrast.Comparison(value, se, df, float("nan"), float("nan"), float("nan"))


def test_mean_of_two_no_and_two_yes() -> None:
    found = survey.mean([0, 0, 1, 1], FOUR)

    # 4/3 * 4 * (1/8)^2 = 1/12
    assert (found.value, found.se, found.df, found.n) == (0.5, pytest.approx(12**-0.5), 3, 4)


def test_top_box_counts_the_chosen_among_those_who_answered() -> None:
    found = survey.share([1, 4, 5, np.nan], FOUR, chosen=(4, 5))

    assert (found.value, found.n) == (pytest.approx(2 / 3), 3)


def test_weights_one_and_three_have_kish_n_of_one_point_six() -> None:
    found = survey.mean([0, 1], sample_design([1, 3]))

    assert found.n_eff == pytest.approx(16 / 10)


def test_domain_without_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        survey.mean([np.nan, 1, 1, 1], FOUR, [True, False, False, False])


def test_ratio_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="zero"):
        survey.ratio([1, 1, 1, 1], [0, 0, 0, 0], FOUR)


def test_answers_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="4 values"):
        survey.mean([1, 2], FOUR)


@pytest.mark.parametrize("weight", [[-1, 1], [np.nan, 1], [[1, 1]]])
def test_bad_weights_are_refused(weight: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        sample_design(weight)


def test_population_that_varies_within_a_stratum_is_refused() -> None:
    with pytest.raises(ValueError, match="same in all rows"):
        sample_design([1, 1], population=[5, 6])


def test_population_smaller_than_the_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="below the sample"):
        sample_design([1, 1, 1], population=[2, 2, 2])


def test_strata_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 rows"):
        sample_design([1, 1], stratum=[1, 2, 3])


def test_lonely_stratum_fails_when_asked_to() -> None:
    design = sample_design([1, 1, 1], stratum=[0, 0, 1], lonely=Lonely.FAIL)

    with pytest.raises(ValueError, match="one cluster"):
        survey.mean([0, 1, 1], design)


def test_stratum_asked_in_full_adds_no_variance() -> None:
    design = sample_design([1, 1, 1, 1], population=[4, 4, 4, 4])

    assert survey.mean([0, 1, 0, 1], design).se == 0


def test_group_against_the_rest_is_the_difference_of_the_two() -> None:
    design, women = designs()["strata"], D["kon"] == 1
    a, b = survey.mean(D["ja"], design, women), survey.mean(D["ja"], design, ~women)

    found = contrast.against_rest(D["ja"], design, women)

    assert found.value == pytest.approx(a.value - b.value)
    assert found.se == pytest.approx(contrast.difference(a, b, design).se)


def test_waves_add_their_variances() -> None:
    found = contrast.independent_difference(estimate(0.6, 0.03, 100), estimate(0.5, 0.04, 80))

    # 0.03^2 + 0.04^2 = 0.05^2; df = 625 / (81/100 + 256/80) = 155.9
    assert (found.value, found.se) == (pytest.approx(0.1), pytest.approx(0.05))
    assert found.df == pytest.approx(625 / (0.81 + 3.2))
    assert found.p == pytest.approx(0.0472, abs=5e-5)


def test_published_figure_with_margin_adds_its_variance() -> None:
    found = contrast.difference_from_published(estimate(0.6, 0.03, 90), 0.5, margin=0.0783986)

    assert found.se == pytest.approx(0.05, abs=1e-6)
    assert found.knows_reference_error


def test_published_share_with_n_adds_its_variance() -> None:
    found = contrast.difference_from_published(estimate(0.6, 0.03, 90), 0.5, n=100)

    assert found.se == pytest.approx((0.03**2 + 0.0025) ** 0.5)


def test_published_figure_without_margin_says_so() -> None:
    found = contrast.difference_from_published(estimate(0.6, 0.03, 90), 0.5)

    assert (found.se, found.df) == (pytest.approx(0.03), pytest.approx(90))
    assert not found.knows_reference_error


@pytest.mark.parametrize("given", [{"margin": -1.0}, {"n": 0}])
def test_bad_published_error_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"margin|share"):
        contrast.difference_from_published(estimate(0.6, 0.03, 90), 0.5, **given)


def test_difference_without_error_is_not_tested() -> None:
    found = contrast.independent_difference(estimate(1.0, 0.0, 4), estimate(1.0, 0.0, 4))

    assert np.isnan([found.p, found.low, found.high]).all()


def test_effective_n_is_never_above_n() -> None:
    assert effective_n(0.5, 0.01, 40, 30) == 40


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_effective_n_at_the_ends_is_kish(share: float) -> None:
    assert effective_n(share, 0.0, 40, 30) == 30


def test_share_near_one_has_an_upper_bound_of_one() -> None:
    low, high = share_interval(1.0, 10, 9)

    # n / (n + t^2) with t = 2.262157 at 9 df
    assert (low, high) == (pytest.approx(10 / (10 + 2.262157**2), abs=1e-6), 1.0)


def test_one_respondent_gives_the_whole_interval() -> None:
    assert share_interval(1.0, 1, 0) == (0.0, 1.0)


def test_korn_graubard_of_one_respondent_is_the_whole_interval() -> None:
    assert korn_graubard_interval(1.0, 1, 1, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("n", "width", "df", "wanted"),
    [
        (100, 0.19, 90, Quality.A),
        (100, 0.25, 90, Quality.B),
        (29, 0.19, 20, Quality.B),
        (4, 0.10, 90, Quality.C),
        (100, 0.10, 7, Quality.C),
        (100, 0.66, 90, Quality.C),
    ],
)
def test_quality_class(n: int, width: float, df: int, wanted: Quality) -> None:
    interval = Interval(np.array(0.5 - width / 2), np.array(0.5 + width / 2))

    assert quality(0.5, interval, n=n, n_eff=n, df=df) == wanted


def test_median_of_four_is_the_second() -> None:
    assert quantile([3, 1, 4, 2], FOUR).value == 2


def test_quantile_outside_nought_and_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile([3, 1, 4, 2], FOUR, 1.0)


def test_table_with_one_column_is_refused() -> None:
    with pytest.raises(ValueError, match="two rows and two columns"):
        rao_scott([0, 1, 0, 1], [1, 1, 1, 1], FOUR)


def test_certain_answers_do_not_converge() -> None:
    x = np.column_stack([np.ones(4), [0, 0, 1, 1]])

    with pytest.raises(NotConverged, match="certain"):
        logistic_regression([0, 0, 1, 1], x, FOUR)


def test_collinear_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="collinear"):
        logistic_regression([0, 1, 0, 1], np.ones((4, 2)), FOUR)


def test_constant_alone_gives_the_log_odds() -> None:
    found = logistic_regression([0, 1, 1, 1], np.ones((4, 1)), FOUR)

    assert found.coefficient == pytest.approx([np.log(3)])


def test_scores() -> None:
    assert index_scores(5) == [0, 25, 50, 75, 100]
    assert sum(nps_scores()) == -500


def test_hme_is_four_indexes() -> None:
    means = [5, 5, 5, 3, 3, 3, 1, 1, 1]

    assert hme_indexes(means) == pytest.approx([100, 50, 0, 50])


def test_hme_of_eight_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="nine"):
        hme_indexes(np.ones(8))
