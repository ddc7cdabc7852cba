"""All 290 real municipalities: no crash, no flood, and no hidden sex that can be read or derived.

In 881 cells of the raw file one sex is hidden while the total and the other sex are published.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import real_findings
import real_kommuner

from kvalitetslib.report import Estimate, Evidence, Question, Report
from kvalitetslib.report_json import to_json

pytestmark = pytest.mark.long

SHARES = np.array([0.47, 0.48, 0.485, 0.49, 0.5, 0.51, 0.515, 0.52, 0.53])
"""Parts of all pupils that the sex which is shown may be, as a reader would guess."""
OTHER = {"K": "M", "M": "K"}
BETWEEN = (Question.GAP, Question.GAP_TREND)


@dataclass(frozen=True)
class Cell:
    """A hidden sex in a year whose total and other sex are published."""

    kommun: str
    indicator: str
    year: str
    sex: str
    total: float
    other: float

    @property
    def guesses(self) -> np.ndarray:
        """What the hidden value would be, were the sexes that large; without the impossible."""
        values = (self.total - SHARES * self.other) / (1 - SHARES)
        return values[values > 0]


@pytest.fixture(scope="module")
def found(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    data = tmp_path_factory.mktemp("data")
    names = tuple(real_kommuner.raw_values(realdata))
    real_kommuner.build(realdata, data, names)
    return {name: real_findings.report_of(data, name) for name in names}


@pytest.fixture(scope="module")
def cells(realdata: Path) -> list[Cell]:
    return [
        Cell(name, kpi, year, hidden, values["T"], values[OTHER[hidden]])
        for name, kpis in real_kommuner.raw_values(realdata).items()
        for kpi, years in kpis.items()
        for year, values in years.items()
        for hidden in ("K", "M")
        if _only_this_sex_is_hidden(values, hidden)
    ]


def _only_this_sex_is_hidden(values: dict[str, float | None], sex: str) -> bool:
    shown = (values["T"], values.get(OTHER[sex]))
    return None not in shown and sex in values and values[sex] is None


def test_every_municipality_gets_its_own_report(found: dict[str, Report]) -> None:
    assert len({each.kommun_kod for each in found.values()}) == 290


def test_strengths_and_weaknesses_are_few_and_not_none(found: dict[str, Report]) -> None:
    # Of 14 indicators with a good direction; see real_findings.py with "alla" for the numbers.
    lines = [len(list(real_findings.present(each))) for each in found.values()]
    assert max(lines) <= 10
    assert np.median(lines) <= 3
    assert 80 <= np.count_nonzero(lines) <= 250


def test_one_latest_value_in_two_hundred_is_doubted_at_most(found: dict[str, Report]) -> None:
    latest = {
        (name, result.indicator.id, series.group, known[-1])
        for name, each in found.items()
        for result in each.indicators
        for series in result.series
        if (known := [p.period for p in series.points if isinstance(p.cell, Estimate)])
    }
    doubted = {
        (n, d.indicator, d.group, d.period) for n, each in found.items() for d in each.doubts
    }
    assert len(latest) == 11468
    assert len(latest & doubted) / len(latest) < 0.005


def test_doubts_are_rare_among_all_values_too(found: dict[str, Report]) -> None:
    assert sum(len(each.doubts) for each in found.values()) < 100


def test_a_value_three_times_its_neighbours_is_doubted(found: dict[str, Report]) -> None:
    # Nyköping's boys in N15570: one year is almost three times each of the three other years.
    doubted = {
        (each.indicator, each.group.gender, each.period) for each in found["Nyköping"].doubts
    }
    assert doubted == {("N15570", "M", "2017")}


def test_the_raw_file_has_the_hidden_cells_that_the_tests_below_attack(cells: list[Cell]) -> None:
    assert len(cells) == 881


def test_a_hidden_cell_has_no_number_in_any_series(
    found: dict[str, Report], cells: list[Cell]
) -> None:
    shown = {
        (name, result.indicator.id, point.period, series.group.gender)
        for name, each in found.items()
        for result in each.indicators
        for series in (*result.series, *result.breakdown)
        for point in series.points
        if isinstance(point.cell, Estimate)
    }
    hidden = {(each.kommun, each.indicator, each.year, each.sex) for each in cells}
    assert len(shown) > 40000
    assert shown.isdisjoint(hidden)


def test_no_evidence_is_about_a_hidden_cell(found: dict[str, Report], cells: list[Cell]) -> None:
    hidden = {(each.kommun, each.indicator, each.year, each.sex) for each in cells}
    about = {
        (name, each.indicator, each.period, sex)
        for name, each in _all_evidence(found)
        for sex in _sexes(each)
    }
    assert len(about) > 1000
    assert about.isdisjoint(hidden)


def test_no_total_is_held_against_a_hidden_sex(found: dict[str, Report], cells: list[Cell]) -> None:
    hidden = {(each.kommun, each.indicator, each.year) for each in cells}
    by_sex = {
        (name, doubt.indicator, doubt.period)
        for name, each in found.items()
        for doubt in each.doubts
        if doubt.kind.name == "SEXES"
    }
    assert by_sex
    assert by_sex.isdisjoint(hidden)


def test_no_number_is_what_the_total_and_the_other_sex_would_give(
    realdata: Path, found: dict[str, Report], cells: list[Cell]
) -> None:
    # Published numbers are left out: one may by chance be what a reader would guess.
    published = _published(realdata)
    derived = {
        (name, kpi): np.array(sorted(set(numbers) - published[kpi]))
        for name, kpis in _asked(cells).items()
        for kpi, numbers in _numbers(found[name], kpis)
    }
    met = [
        (cell, guess)
        for cell in cells
        for guess in cell.guesses
        # Wholes and halves are met by chance in any report.
        if (2 * guess) % 1
        and np.abs(derived[cell.kommun, cell.indicator] - guess).min(initial=np.inf) < 1e-6
    ]
    assert sum(map(len, derived.values())) > 1000
    assert met == []


def _all_evidence(found: dict[str, Report]) -> Iterator[tuple[str, Evidence]]:
    return ((name, every) for name, each in found.items() for every in each.all_evidence)


def _sexes(evidence: Evidence) -> tuple[str, ...]:
    """The sexes whose values in the period of the evidence are behind it."""
    if evidence.question in BETWEEN:
        return "K", "M"
    return () if evidence.group.gender == "T" else (evidence.group.gender,)


def _asked(cells: list[Cell]) -> dict[str, set[str]]:
    """The indicators with hidden cells, by kommun."""
    asked: dict[str, set[str]] = {}
    for each in cells:
        asked.setdefault(each.kommun, set()).add(each.indicator)
    return asked


def _published(realdata: Path) -> dict[str, set[float]]:
    numbers: dict[str, set[float]] = {}
    for kpis in real_kommuner.raw_values(realdata).values():
        for kpi, years in kpis.items():
            known = {value for cell in years.values() for value in cell.values()}
            numbers.setdefault(kpi, set()).update(known - {None})
    return numbers


def _numbers(report: Report, kpis: set[str]) -> Iterator[tuple[str, list[float]]]:
    """Every number in the report's JSON about each of ``kpis``, in numbers and in texts.

    Left out are other municipalities' values, the version and the relevant difference, which are
    set, and a difference that is no more than the two numbers it stands beside.
    """
    results = [each for each in report.indicators if each.indicator.id in kpis]
    evidence = [each for each in report.all_evidence if each.indicator in kpis]
    alone = (replace(each, peers=None, reference_series=()) for each in results)
    part = replace(report, indicators=tuple(alone), all_evidence=tuple(evidence))
    plain = json.loads(to_json(part))
    about: dict[str, list[dict]] = {}
    for each in plain["all_evidence"]:
        dropped = {"delta", "code_version", *(["difference"] * _tells_nothing_more(each))}
        kept = {key: value for key, value in each.items() if key not in dropped}
        about.setdefault(each["indicator"], []).append(kept)
    for result in plain["indicators"]:
        kpi = result["indicator"]["id"]
        shown = {key: value for key, value in result.items() if key != "indicator"}
        text = json.dumps([shown, about.get(kpi)], ensure_ascii=False)
        yield kpi, [float(each) for each in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text)]


def _tells_nothing_more(evidence: dict) -> bool:
    value, reference = evidence["cell"].get("value"), evidence["reference"]
    if None in (value, reference, evidence["difference"]):
        return False
    return abs(abs(value - reference["value"]) - abs(evidence["difference"])) < 1e-9
