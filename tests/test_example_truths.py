"""What was planted in the made-up municipality is found, and what was not planted seldom is."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import read_inputs

DATA = Path(__file__).parents[1] / "data"
PRESENT = (Quadrant.STRENGTH, Quadrant.WEAKNESS)
QUADRANTS = {
    "stark": Quadrant.STRENGTH,
    "svag": Quadrant.WEAKNESS,
    "ojämlik": Quadrant.WEAKNESS,
    "prioritera": Quadrant.WEAKNESS,
    "vårda": Quadrant.STRENGTH,
}
NEUTRAL = ("U37002",)
"""Rises, but has no good direction and is never a finding."""
CLEAR = 2.0
"""Relevant differences from which a planted truth must be seen."""


def truths() -> list[dict[str, str]]:
    with (DATA / "sanningar.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    quarter = parse_period("2026K3")
    inputs = read_inputs(DATA, "exempelkommun", quarter=quarter, today=date(2026, 10, 15))
    return {each.namnd: each for each in assess(inputs, quarter=quarter).reports()}


def found(report: Report, indicator: str) -> list[tuple[Quadrant, Group]]:
    return [
        (each.quadrant, report.evidence(each.evidence[0]).group)
        for each in report.findings
        if report.evidence(each.evidence[0]).indicator == indicator
    ]


def size(truth: dict[str, str]) -> float:
    return abs(float(truth["storlek"].replace(",", ".")))


@pytest.mark.parametrize("kind", ["stark", "svag"])
def test_clear_levels_are_found(reports: dict[str, Report], kind: str) -> None:
    planted = [each for each in truths() if each["sanning"] == kind and size(each) >= CLEAR]
    missed = [each["indikator"] for each in planted if not _has(reports, each, QUADRANTS[kind])]
    assert len(planted) >= 3
    assert len(missed) <= len(planted) // 5, missed


@pytest.mark.parametrize(("sign", "quadrant"), [("", Quadrant.OPPORTUNITY), ("-", Quadrant.THREAT)])
def test_clear_trends_are_found(reports: dict[str, Report], sign: str, quadrant: Quadrant) -> None:
    planted = [
        each
        for each in truths()
        if each["sanning"] in ("stigande", "fallande")
        and size(each) >= CLEAR
        and each["storlek"].startswith("-") == bool(sign)
        and each["indikator"] not in NEUTRAL
        and (each["kon"], each["alder"], each["omrade"]) == ("T", "", "")
    ]
    missed = [each["indikator"] for each in planted if not _has(reports, each, quadrant)]
    assert len(planted) >= 6
    assert len(missed) <= len(planted) // 5, missed


def _has(reports: dict[str, Report], truth: dict[str, str], quadrant: Quadrant) -> bool:
    pieces = found(reports[truth["namnd"]], truth["indikator"])
    return quadrant in [each for each, _ in pieces]


def test_clear_differences_between_groups_are_found(reports: dict[str, Report]) -> None:
    planted = [each for each in truths() if each["sanning"] == "ojämlik" and size(each) >= CLEAR]
    missed = [each["indikator"] for each in planted if not _is_split(reports, each)]
    assert len(planted) >= 15
    assert len(missed) <= len(planted) // 5, missed


def _is_split(reports: dict[str, Report], truth: dict[str, str]) -> bool:
    pieces = found(reports[truth["namnd"]], truth["indikator"])
    return any(not group.is_total for _, group in pieces)


def test_drivers_to_prioritise_and_to_keep_are_found(reports: dict[str, Report]) -> None:
    planted = [each for each in truths() if each["sanning"] in ("prioritera", "vårda")]
    missed = [
        each["indikator"] for each in planted if not _has(reports, each, QUADRANTS[each["sanning"]])
    ]
    assert (len(planted) >= 3, missed) == (True, [])


def test_every_judgement_is_about_evidence_that_is_there(reports: dict[str, Report]) -> None:
    with (DATA / "kommuner/exempelkommun/bedomningar.csv").open(encoding="utf-8-sig") as file:
        judged = {row["belagg"] for row in csv.DictReader(file, delimiter=";")}
    there = {each.id for report in reports.values() for each in report.all_evidence}
    assert (len(judged), judged - there) == (4, set())


def test_where_nothing_was_planted_little_is_found(reports: dict[str, Report]) -> None:
    silent = [each for each in truths() if each["sanning"] == "ingenting" and not size(each)]
    false = Counter(
        each["indikator"]
        for each in silent
        for quadrant, _ in found(reports[each["namnd"]], each["indikator"])
        if quadrant in PRESENT
    )
    assert len(silent) >= 60
    assert sum(false.values()) <= 0.05 * len(silent), false
