"""The answers and expected values of the reference tests (see reference/survey_reference.R)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import Design, Lonely, sample_design, with_second_stage

REFERENCE = Path(__file__).parent / "reference"


@cache
def answers() -> dict[str, npt.NDArray[np.float64]]:
    """Columns of the made-up survey, NaN = missing."""
    with (REFERENCE / "survey_answers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0]}


@cache
def expected() -> dict[str, dict[str, float]]:
    """Values by case and quantity."""
    found: dict[str, dict[str, float]] = {}
    with (REFERENCE / "survey_expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["case"], {})[row["quantity"]] = float(row["value"])
    return found


@cache
def designs() -> dict[str, Design]:
    """The designs of the R script, by its names."""
    d = answers()
    w, stratum, psu = d["weight"], d["stratum"], d["psu"]
    clustered = sample_design(w, stratum=stratum, cluster=psu, population=d["psus"])
    lonely = sample_design(w, stratum=d["ensam"])
    removed = sample_design(w, stratum=d["ensam"], lonely=Lonely.REMOVE)
    return {
        "plain": sample_design(w),
        "strata": sample_design(w, stratum=stratum),
        "fpc": sample_design(w, stratum=stratum, population=d["persons"]),
        "cluster": sample_design(w, stratum=stratum, cluster=psu),
        "cluster_fpc": clustered,
        "two_stage": with_second_stage(clustered, d["ssu"], population=d["ssus"]),
        "lonely": lonely,
        "lonely_removed": removed,
    }
