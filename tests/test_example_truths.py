"""What was planted in the made-up municipality is found, and what was not planted seldom is."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.context import JudgementState, LeadKind
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.report import Question, Report, Verdict
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


def test_judgements_stand_beside_what_was_judged(reports: dict[str, Report]) -> None:
    """All but one note the state that the evidence has; that one is from the quarter before."""
    told = [each for report in reports.values() for each in report.judgements]
    changed = [each for each in told if each.state is not JudgementState.CURRENT]
    now = {each.id: each.state for report in reports.values() for each in report.all_evidence}
    assert [(each.evidence, each.state) for each in changed] == [
        ("B-5687f23d90", JudgementState.CHANGED)
    ], {each.evidence: now.get(each.evidence, "finns inte") for each in told}


def test_indicators_that_go_together_are_leads(reports: dict[str, Report]) -> None:
    planted = [each for each in truths() if each["sanning"] == "samvarierar"]
    told = [
        (lead.indicator, report.evidence(finding.evidence[0]).indicator)
        for report in reports.values()
        for finding in report.findings
        for lead in report.leads
        if lead.finding == finding.id and lead.kind is LeadKind.INDICATOR
    ]
    assert len(planted) == 1
    assert [each for each in planted if each["indikator"] not in [one for one, _ in told]] == []
    assert {other in planted[0]["kommentar"] for _, other in told} == {True}


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


def test_the_effect_of_an_atgard_is_found_where_it_was_planted(reports: dict[str, Report]) -> None:
    planted = [each for each in truths() if each["sanning"] == "effekt"]
    missed = [
        each["indikator"]
        for each in planted
        if Verdict.BETTER
        not in [
            evidence.verdict
            for evidence in reports[each["namnd"]].all_evidence
            if (evidence.indicator, evidence.question) == (each["indikator"], Question.EFFECT)
        ]
    ]
    assert (len(planted), missed) == (2, [])


def test_an_own_monthly_series_has_limits_that_begin_anew_at_its_named_change(
    reports: dict[str, Report],
) -> None:
    results = {each.indicator.id: each for each in reports["kommunstyrelsen"].indicators}
    process = results["X-SVARSTID"].process
    assert process is not None
    assert [each.period for each in process.restarts] == ["2025M09"]
    assert process.centre[0] - process.centre[-1] == pytest.approx(6.0, abs=1.0)
