"""The made-up population: small, marked as made up, and its planted needs are found."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvalitetslib.analysis.demand import demand_evidence, demand_signals
from kvalitetslib.context import DemandSignal
from kvalitetslib.period import parse_period
from kvalitetslib.report import Evidence, Verdict
from kvalitetslib.sources.inputs import Inputs, read_inputs

DATA = Path(__file__).parents[1] / "data"
FETCH = DATA / "kallor" / "exempel-scb" / "2026-10-05"
QUARTER = parse_period("2026K3")
RELEVANT = 5.0
"""Percentage points that the sizes of the truths are counted in."""
VERDICTS = {
    "växande behov": Verdict.WORSE,
    "minskande behov": Verdict.NOT_JUDGED,
    "behov som riket": Verdict.LEVEL,
}


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return read_inputs(DATA, "exempelkommun", quarter=QUARTER, today=date(2026, 10, 15))


@pytest.fixture(scope="module")
def truths() -> list[dict[str, str]]:
    with (DATA / "sanningar.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file, delimiter=";"))
    return [row for row in every if row["indikator"] == "scb:folkmangd"]


@pytest.fixture(scope="module")
def found(inputs: Inputs) -> dict[tuple[str, str], tuple[DemandSignal, Evidence]]:
    pairs = {}
    for namnd in inputs.kommun.namnder:
        signals = demand_signals(inputs.kommun, namnd, inputs.population, quarter=QUARTER)
        for signal, evidence in zip(signals, demand_evidence(signals, namnd), strict=True):
            pairs[namnd.nyckel, signal.ages] = (signal, evidence)
    return pairs


def test_every_planted_need_is_judged_as_it_was_planted(truths, found) -> None:
    judged = {
        (row["namnd"], row["alder"]): (found[row["namnd"], row["alder"]][1].verdict)
        for row in truths
    }

    assert len(truths) == len(VERDICTS)
    assert judged == {(row["namnd"], row["alder"]): VERDICTS[row["sanning"]] for row in truths}


def test_every_planted_size_is_found_within_two_points(truths, found) -> None:
    off = {
        row["alder"]: -100 * found[row["namnd"], row["alder"]][1].difference
        - RELEVANT * float(row["storlek"].replace(",", "."))
        for row in truths
    }

    assert {ages: size for ages, size in off.items() if abs(size) > 2} == {}


def test_only_the_one_growing_need_is_a_warning(found) -> None:
    warned = [key for key, (_, each) in found.items() if each.verdict is Verdict.WORSE]

    assert warned == [("vard-och-omsorg", "80+")]


def test_every_age_that_a_namnd_follows_has_a_signal(inputs: Inputs, found) -> None:
    followed = {(each.nyckel, ages) for each in inputs.kommun.namnder for ages in each.demand_ages}

    assert set(found) == followed


def test_the_fetch_is_small_and_marked_as_made_up(inputs: Inputs) -> None:
    source = next(each for each in inputs.sources if "SCB" in each.name)

    assert source.synthetic
    assert source.name.startswith("Syntetiska data")
    assert "Påhittade tal" in source.note
    assert sum(path.stat().st_size for path in FETCH.iterdir()) < 300_000


def test_its_files_are_among_those_that_a_report_rests_on(inputs: Inputs) -> None:
    listed = {Path(name).name for name, _ in inputs.checksums if "exempel-scb" in name}

    assert listed == {path.name for path in FETCH.iterdir()}


def test_its_totals_are_not_the_sums_of_women_and_men_from_2025(inputs: Inputs) -> None:
    people = inputs.population[~inputs.population["is_forecast"]]
    by_sex = people.pivot(
        index=["kommun", "age_from", "age_to", "year"], columns="gender", values="persons"
    ).reset_index()
    differs = by_sex[by_sex["T"] != by_sex["K"] + by_sex["M"]]

    assert set(differs["year"]) == {2025}
    assert len(differs) > 100


def test_a_kommun_without_a_source_of_people_has_no_signals(inputs: Inputs) -> None:
    namnd = inputs.kommun.namnd("vard-och-omsorg")
    none = inputs.population.iloc[:0]

    assert demand_signals(inputs.kommun, namnd, none, quarter=QUARTER) == ()
    assert demand_signals(
        inputs.kommun, replace(namnd, demand_ages=()), inputs.population, quarter=QUARTER
    ) == ()  # fmt: skip
