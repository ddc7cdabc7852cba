"""Estimates, standard errors and degrees of freedom against R survey."""

import numpy as np
import pytest
from stats.survey_cases import answers, designs, expected

from kvalitetslib.stats import contrast, survey
from kvalitetslib.stats.design import sample_design
from kvalitetslib.stats.logit import logistic_regression
from kvalitetslib.stats.quantile import quantile
from kvalitetslib.stats.raoscott import rao_scott
from kvalitetslib.stats.survey_interval import (
    effective_n,
    korn_graubard_interval,
    share_interval,
)

TIGHT = {"rel": 1e-9, "abs": 1e-9}
D = answers()
MEANS = {
    "share": ("ja", None),
    "missing": ("ja_na", None),
    "mean": ("tid", None),
    "women": ("ja", D["kon"] == 1),
    "crossing": ("ja_na", (D["kon"] == 1) & (D["omrade"] == 2)),
    "all": ("alla", D["omrade"] == 1),
    "none": ("ingen", D["omrade"] == 1),
    "one": ("tid", D["id"] == 17),
}
NAMES = ["plain", "strata", "fpc", "cluster", "cluster_fpc", "two_stage", "lonely"]
CLUSTER_NAMES = ["strata", "cluster"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", MEANS)
def test_mean_error_and_df_agree_with_r(name: str, case: str) -> None:
    column, domain = MEANS[case]
    wanted = expected()[f"{name}:{case}"]

    found = survey.mean(D[column], designs()[name], domain)

    assert found.value == pytest.approx(wanted["value"], **TIGHT)
    assert found.se == pytest.approx(wanted["se"], **TIGHT)
    assert found.df == wanted["df"]


@pytest.mark.parametrize("name", NAMES)
def test_design_effect_agrees_with_r(name: str) -> None:
    found = survey.mean(D["ja"], designs()[name])

    assert found.deff == pytest.approx(expected()[f"{name}:share"]["deff"], **TIGHT)


@pytest.mark.parametrize("name", NAMES)
def test_total_agrees_with_r(name: str) -> None:
    wanted = expected()[f"{name}:total"]

    found = survey.total(D["tid"], designs()[name], D["kon"] == 0)

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), **TIGHT)


@pytest.mark.parametrize("name", NAMES)
def test_ratio_agrees_with_r(name: str) -> None:
    wanted = expected()[f"{name}:ratio"]

    found = survey.ratio(D["tid"], D["timmar"], designs()[name], D["alder"] == 2)

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), **TIGHT)


@pytest.mark.parametrize("name", NAMES)
def test_gap_between_groups_that_share_clusters_agrees_with_r(name: str) -> None:
    wanted, design = expected()[f"{name}:gap"], designs()[name]
    young = survey.mean(D["ja"], design, D["alder"] == 0)
    old = survey.mean(D["ja"], design, D["alder"] == 3)

    found = contrast.difference(young, old, design)

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), **TIGHT)


@pytest.mark.parametrize("name", CLUSTER_NAMES)
def test_difference_of_overlapping_groups_agrees_with_r(name: str) -> None:
    wanted, design = expected()[f"{name}:overlap"], designs()[name]
    women = survey.mean(D["ja"], design, D["kon"] == 1)
    older = survey.mean(D["ja"], design, D["alder"] >= 2)

    found = contrast.difference(women, older, design)

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), **TIGHT)


def test_lonely_stratum_that_is_removed_agrees_with_r() -> None:
    wanted = expected()["lonely_removed:share"]

    found = survey.mean(D["ja"], designs()["lonely_removed"])

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), **TIGHT)


@pytest.mark.parametrize("name", NAMES)
def test_korn_graubard_without_the_cap_on_n_agrees_with_r(name: str) -> None:
    wanted, found = expected()[f"{name}:beta"], survey.mean(D["ja"], designs()[name])
    n_eff = found.value * (1 - found.value) / found.se**2

    low, high = korn_graubard_interval(found.value, n_eff, found.n, found.df)

    assert (low, high) == pytest.approx((wanted["low"], wanted["high"]), abs=1e-6)


@pytest.mark.parametrize("name", CLUSTER_NAMES)
def test_wilson_interval_agrees_with_r(name: str) -> None:
    wanted = expected()[f"{name}:wilson"]
    found = survey.mean(D["ja"], designs()[name], D["omrade"] == 2)
    n_eff = effective_n(found.value, found.se, found.n, found.n_eff)

    low, high = share_interval(found.value, n_eff, found.df)

    assert (low, high) == pytest.approx((wanted["low"], wanted["high"]), abs=1e-6)


@pytest.mark.parametrize("name", CLUSTER_NAMES)
def test_interval_of_a_mean_agrees_with_r(name: str) -> None:
    wanted, design = expected()[f"{name}:t"], designs()[name]
    estimate = survey.mean(D["tid"], design, D["omrade"] == 2)

    found = contrast.combination([estimate], [1.0], design)

    assert (found.low, found.high) == pytest.approx((wanted["low"], wanted["high"]), abs=1e-6)


@pytest.mark.parametrize("name", CLUSTER_NAMES)
@pytest.mark.parametrize("percent", [25, 50, 90])
def test_quantile_and_woodruff_interval_agree_with_r(name: str, percent: int) -> None:
    wanted = expected()[f"{name}:quantile{percent}"]

    found = quantile(D["tid"], designs()[name], percent / 100)

    assert found.value == pytest.approx(wanted["value"], abs=1e-9)
    assert (found.low, found.high) == pytest.approx((wanted["low"], wanted["high"]), abs=1e-6)


def test_quantile_of_a_domain_agrees_with_r() -> None:
    wanted = expected()["strata:quantile_domain"]

    found = quantile(D["tid"], designs()["strata"], domain=D["omrade"] == 1)

    assert (found.value, found.low, found.high) == pytest.approx(tuple(wanted.values()), abs=1e-9)


@pytest.mark.parametrize("name", ["strata", "cluster", "fpc"])
@pytest.mark.parametrize("column", ["ja", "betyg"])
def test_rao_scott_agrees_with_r(name: str, column: str) -> None:
    wanted = expected()[f"{name}:raoscott_{column}"]

    found = rao_scott(D[column], D["omrade"], designs()[name])

    assert (found.f, found.df1, found.df2, found.p) == pytest.approx(
        (wanted["f"], wanted["df1"], wanted["df2"], wanted["p"]), rel=1e-9
    )


@pytest.mark.parametrize("name", ["strata", "cluster", "fpc"])
def test_logistic_regression_agrees_with_r(name: str) -> None:
    wanted = list(expected()[f"{name}:logit"].values())
    x = np.column_stack([np.ones(240), D["kon"], D["alder"], D["timmar"]])

    found = logistic_regression(D["ja"], x, designs()[name])

    assert [*found.coefficient, *found.se, found.df] == pytest.approx(wanted, rel=1e-9)


def test_many_means_at_once_equal_one_at_a_time() -> None:
    design = designs()["two_stage"]
    domains = np.stack([D["kon"] == 1, D["omrade"] == 2])

    found = survey.domain_means(np.column_stack([D["ja_na"], D["tid"]]), design, domains)

    alone = survey.mean(D["ja_na"], design, domains[1])
    assert found.value[1, 0] == pytest.approx(alone.value, **TIGHT)
    assert found.se[1, 0] == pytest.approx(alone.se, **TIGHT)
    assert (found.df[1, 0], found.n[1, 0]) == (alone.df, alone.n)


def test_clusters_with_the_same_code_in_two_strata_are_two_clusters() -> None:
    same = sample_design(D["weight"], stratum=D["stratum"], cluster=D["psu"] % 100)

    found = survey.mean(D["ja"], same)

    assert found.se == pytest.approx(expected()["cluster:share"]["se"], **TIGHT)
