"""What was planted in the costs of the made-up municipality is found beside the quality."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.analysis.cost_quality import cost_quality
from kvalitetslib.context import CostQuality, FourField
from kvalitetslib.period import parse_period
from kvalitetslib.sources.inputs import read_inputs

DATA = Path(__file__).parents[1] / "data"
FIELDS = {"lägre kostnad": FourField.GAIN, "högre kostnad": FourField.DEARER}
"""Both are planted where the quality is held."""


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    quarter = parse_period("2026K3")
    inputs = read_inputs(DATA, "exempelkommun", quarter=quarter, today=date(2026, 10, 15))
    return assess(inputs, quarter=quarter)


def pairs(assessment: Assessment) -> dict[str, CostQuality]:
    return {
        each.cost_indicator.id: each
        for namnd in assessment.kommun.namnder
        for each in cost_quality(assessment.kommun, namnd, assessment.panel, sources={})
    }


def test_planted_costs_land_in_their_fields(assessment: Assessment) -> None:
    with (DATA / "sanningar.csv").open(encoding="utf-8-sig", newline="") as file:
        truths = [row for row in csv.DictReader(file, delimiter=";") if row["sanning"] in FIELDS]
    found = pairs(assessment)

    assert {row["indikator"]: found[row["indikator"]].field for row in truths} == {
        row["indikator"]: FIELDS[row["sanning"]] for row in truths
    }
    assert {row["sanning"] for row in truths} == set(FIELDS)


def test_costs_where_nothing_was_planted_are_in_no_field(assessment: Assessment) -> None:
    found = pairs(assessment)

    assert {found[id].field for id in ("N15001", "N30001")} == {FourField.UNDECIDED}
