"""The cost of five real municipalities' own schools beside what their pupils attain."""

import math
from datetime import date
from pathlib import Path
from statistics import mean, median

import pytest
import real_kommuner

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.analysis.cost_quality import cost_quality
from kvalitetslib.context import CostQuality, FourField
from kvalitetslib.period import parse_period
from kvalitetslib.sources.inputs import read_inputs

QUARTER = parse_period("2020K4")
COST = "N15008"
SPANS = {
    "Borås": (("2016", "2017", "2018"), ("2019", "2020")),
    "Skellefteå": (("2016", "2017", "2018"), ("2019", "2020")),
    "Norrköping": (("2016", "2017", "2018"), ("2019", "2020")),
    "Lysekil": (("2016", "2017"), ("2018", "2019")),  # the cost of 2020 is not published
    "Huddinge": (("2016", "2017"), ("2018", "2019")),
}
FIELDS = {
    # The cost of a pupil rose by 1 percent between the spans, in similar ones by 8.
    "Huddinge": FourField.GAIN,
    "Borås": FourField.STEADY,
    "Skellefteå": FourField.STEADY,
    "Norrköping": FourField.STEADY,
    # Few pupils: the interval of the quality is three relevant differences wide.
    "Lysekil": FourField.UNDECIDED,
}


@pytest.fixture(scope="module")
def found(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, CostQuality]:
    data = tmp_path_factory.mktemp("data")
    made = {}
    for name, key in zip(real_kommuner.FIVE, real_kommuner.build(realdata, data), strict=True):
        inputs = read_inputs(data, key, quarter=QUARTER, today=date(2021, 6, 1))
        assessment = assess(inputs, quarter=QUARTER)
        namnd = assessment.kommun.namnd("barn-och-utbildning")
        (made[name],) = cost_quality(assessment.kommun, namnd, assessment.panel, sources={})
    return made


def logarithmic_change(
    costs: dict[str, dict[str, float | None]], spans: tuple[tuple[str, ...], ...]
) -> float | None:
    """Of the mean of logarithms; None unless every year of both spans has a cost."""
    values = [[costs.get(year, {}).get("T") for year in span] for span in spans]
    if not all(each for span in values for each in span):
        return None
    before, now = (mean(math.log(each) for each in span) for span in values)
    return now - before


@pytest.mark.parametrize("name", SPANS)
def test_the_change_beside_similar_ones_is_that_of_plain_sums_on_the_raw_file(
    realdata: Path, found: dict[str, CostQuality], name: str
) -> None:
    raw, names = real_kommuner.raw_values(realdata), real_kommuner.names(realdata)
    own = logarithmic_change(raw[name][COST], SPANS[name])
    peers = [names[code] for code in real_kommuner.school_peers(realdata, name)]
    moved = [logarithmic_change(raw[each][COST], SPANS[name]) for each in peers]
    beside = [each for each in moved if each is not None]

    assert own is not None
    assert found[name].members == len(beside)
    assert found[name].cost == pytest.approx(100 * math.expm1(own - median(beside)))
    assert found[name].peers_cost == pytest.approx(100 * math.expm1(median(beside)))


def test_the_fields_are_those_that_have_been_read_beside_the_raw_series(
    found: dict[str, CostQuality],
) -> None:
    assert {name: each.field for name, each in found.items()} == FIELDS
    assert {len(each.parts) for each in found.values()} == {5}
