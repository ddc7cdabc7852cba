"""Calibrated weights and their standard errors against R survey."""

import numpy as np
import pytest
from stats.survey_cases import answers, designs, expected

from kvalitetslib.stats import survey
from kvalitetslib.stats.design import Design
from kvalitetslib.stats.standardise import standardised_means
from kvalitetslib.stats.weighting import Totals, calibrate, poststratify, rake

D = answers()
KON = Totals(D["kon"].astype(np.int32), np.array([1440.0, 1540.0]))
OMRADE = Totals(D["omrade"].astype(np.int32), np.array([1500.0, 880.0, 600.0]))
CELLS = Totals(
    (2 * D["alder"] + D["kon"]).astype(np.int32),
    np.array([410.0, 380, 400, 420, 330, 350, 300, 390]),
)
AUXILIARY = np.column_stack([np.ones(240), D["kon"], D["timmar"]])
KNOWN = np.array([2980, 1540, 2980 * 22.4])


def calibrated(name: str, kind: str) -> Design:
    design = designs()[name]
    return {
        "post": lambda: poststratify(design, CELLS),
        "rake": lambda: rake(design, [KON, OMRADE], equal_residuals=True),
        "rake_residual": lambda: rake(design, [KON, OMRADE]),
        "greg": lambda: calibrate(design, AUXILIARY, KNOWN),
        "bounded": lambda: calibrate(design, AUXILIARY, KNOWN, bounds=(0.5, 2.5)),
    }[kind]()


KINDS = ["post", "rake", "rake_residual", "greg", "bounded"]
NAMES = ["strata", "cluster"]
MEANS = {
    "share": ("ja", None),
    "domain": ("ja_na", D["omrade"] == 2),
    "mean": ("tid", None),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", MEANS)
def test_calibrated_mean_and_error_agree_with_r(name: str, kind: str, case: str) -> None:
    column, domain = MEANS[case]
    wanted = expected()[f"{name}:{kind}:{case}"]

    found = survey.mean(D[column], calibrated(name, kind), domain)

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), rel=1e-9)
    assert found.df == wanted["df"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_calibrated_total_and_error_agree_with_r(name: str, kind: str) -> None:
    wanted = expected()[f"{name}:{kind}:total"]

    found = survey.total(D["tid"], calibrated(name, kind))

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_calibrated_weights_agree_with_r(name: str, kind: str) -> None:
    wanted = expected()[f"{name}:{kind}:weights"]

    weight = calibrated(name, kind).weight

    assert (weight.min(), weight.max()) == pytest.approx((wanted["min"], wanted["max"]), rel=1e-9)


@pytest.mark.parametrize("area", [0, 1, 2])
def test_standardised_mean_agrees_with_r(area: int) -> None:
    wanted = expected()[f"standardised:{area}"]

    found = standardised_means(
        D["ja_na"],
        designs()["strata"],
        area=D["omrade"].astype(int),
        cell=D["alder"].astype(int),
        standard=[30, 25, 25, 20],
    )[area]

    assert (found.value, found.se) == pytest.approx((wanted["value"], wanted["se"]), rel=1e-9)
