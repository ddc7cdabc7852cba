"""Five real municipalities from raw Kolada values to finished assessments."""

from datetime import date
from pathlib import Path

import pytest
import real_kommuner

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Estimate, Freshness, Series
from kvalitetslib.sources.inputs import read_inputs

QUARTER = parse_period("2020K4")
BY_HAND = [
    ("boras", "N15505", "2020", "T", 223.7),
    ("boras", "N15505", "2020", "K", 239.3),
    ("boras", "N15436", "2020", "M", 84.1),
    ("boras", "N15814", "2019", "T", 66.772878),
    ("boras", "N15008", "2020", "T", 112229.639393),
    ("skelleftea", "N15505", "2020", "T", 223.1),
    ("skelleftea", "N15505", "2020", "K", 239.1),
    ("skelleftea", "N15436", "2020", "M", 83.9),
    ("skelleftea", "N15814", "2019", "T", 79.904388),
    ("skelleftea", "N15008", "2020", "T", 115606.701689),
    ("norrkoping", "N15505", "2020", "T", 226.2),
    ("norrkoping", "N15505", "2020", "K", 236.9),
    ("norrkoping", "N15436", "2020", "M", 80.1),
    ("norrkoping", "N15814", "2019", "T", 66.165944),
    ("norrkoping", "N15034", "2019", "T", 11.11439048),
    ("lysekil", "N15505", "2020", "T", 211.7),
    ("lysekil", "N15505", "2020", "K", 237.7),
    ("lysekil", "N15436", "2020", "M", 71.8),
    ("lysekil", "N15814", "2019", "T", 74.441205),
    ("lysekil", "N15419", "2019", "K", 75.0),
    ("huddinge", "N15505", "2020", "T", 235.7),
    ("huddinge", "N15505", "2020", "K", 247.1),
    ("huddinge", "N15436", "2020", "M", 84.2),
    ("huddinge", "N15814", "2019", "T", 71.653183),
    ("huddinge", "N15034", "2019", "T", 14.81969395),
]
"""Read with the eye from MasterData.txt, not with the code under test."""


@pytest.fixture(scope="module")
def assessments(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assessment]:
    data = tmp_path_factory.mktemp("data")
    keys = real_kommuner.build(realdata, data)
    return {
        key: assess(
            read_inputs(data, key, quarter=QUARTER, today=date(2021, 6, 1)), quarter=QUARTER
        )
        for key in keys
    }


@pytest.mark.parametrize(("key", "kpi", "year", "gender", "expected"), BY_HAND)
def test_the_report_holds_the_number_of_the_raw_file(
    assessments: dict[str, Assessment],
    key: str,
    kpi: str,
    year: str,
    gender: str,
    expected: float,
) -> None:
    report = assessments[key].report("barn-och-utbildning")
    result = next(each for each in report.indicators if each.indicator.id == kpi)
    series = next(each for each in result.series if each.group == Group(gender))
    cell = next(each.cell for each in series.points if each.period == year)
    assert isinstance(cell, Estimate)
    assert cell.value == expected


def test_the_five_have_their_real_county_and_seven_similar_kommuner(
    assessments: dict[str, Assessment],
) -> None:
    # Västra Götaland has 49 municipalities, Västerbotten 15, Östergötland 13 and Stockholm 26.
    found = {
        key: {group.kind: len(group.kommuner) for group in each.kommun.peer_groups[:3]}
        for key, each in assessments.items()
    }
    assert {key: sizes[ReferenceKind.COUNTY] for key, sizes in found.items()} == {
        "boras": 48,
        "skelleftea": 14,
        "norrkoping": 12,
        "lysekil": 48,
        "huddinge": 25,
    }
    assert {sizes[ReferenceKind.PEERS] for sizes in found.values()} == {7}


def test_peers_are_compared_in_the_year_of_the_own_value(
    assessments: dict[str, Assessment],
) -> None:
    # Behöriga lärare was last published for 2019, so 2019 is what the peers are read at.
    report = assessments["boras"].report("barn-och-utbildning")
    teachers = next(each for each in report.indicators if each.indicator.id == "N15814")
    assert teachers.peers is not None
    assert teachers.peers.period == "2019"
    assert len(teachers.peers.values) > 280


def test_a_hidden_sex_stays_hidden_in_every_kommun(realdata: Path, tmp_path: Path) -> None:
    # Kommuner where one sex of N15505 in 2020 is hidden and the total is not.
    names = ("Arjeplog", "Bjurholm", "Sorsele", "Åsele", "Malå", "Dorotea")
    keys = real_kommuner.build(realdata, tmp_path, names)
    for name, key in zip(names, keys, strict=True):
        inputs = read_inputs(tmp_path, key, quarter=QUARTER, today=date(2021, 6, 1))
        report = assess(inputs, quarter=QUARTER).reports()[0]
        assert report.hidden
        for result in report.indicators:
            for series in result.series:
                _agrees_with_the_raw_file(realdata, name, result.indicator.id, series)


def test_a_strength_and_a_weakness_that_can_be_defended(
    assessments: dict[str, Assessment],
) -> None:
    # Skellefteå's share of qualified teachers 2019 is 79,9 against a median of 71,8 among seven
    # similar kommuner; Norrköping's boys pass Swedish in year 6 less often than girls, 85 to 96.
    strength = assessments["skelleftea"].report("barn-och-utbildning")
    weakness = assessments["norrkoping"].report("barn-och-utbildning")
    assert ("S1", "N15814") in [
        (each.rule, strength.evidence(each.evidence[0]).indicator) for each in strength.findings
    ]
    assert ("W2", "N15488") in [
        (each.rule, weakness.evidence(each.evidence[0]).indicator) for each in weakness.findings
    ]


def test_without_an_earlier_fetch_nothing_is_called_new(
    assessments: dict[str, Assessment],
) -> None:
    report = assessments["boras"].report("barn-och-utbildning")
    assert {each.freshness for each in report.indicators} == {Freshness.UNCHANGED}


def _agrees_with_the_raw_file(realdata: Path, name: str, kpi: str, series: Series) -> None:
    for point in series.points:
        raw = real_kommuner.raw_value(
            realdata, name, kpi=kpi, year=int(point.period), gender=series.group.gender
        )
        assert raw == (point.cell.value if isinstance(point.cell, Estimate) else None)
