"""Strengths and weaknesses of ten real municipalities, each defensible beside its raw series.

``python tests/real_findings.py ../shared/realdata`` prints the lines beside the raw values, and the
list below as it would be now.
"""

from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest
from real_findings import TEN, Line, plain_numbers, plain_peer_gap, present, report_of
from real_kommuner import build

from kvalitetslib.report import Evidence, Question

BEHIND = "sämre"
AHEAD = "bättre"
EXPECTED = (
    # Merit points: girls ahead of boys all five years, by at least four relevant differences. So
    # they are in most municipalities, which is told beside the line and does not take it away.
    Line("Borås", "N15505", "K", "W2", BEHIND),
    Line("Skellefteå", "N15505", "K", "W2", BEHIND),
    Line("Norrköping", "N15505", "K", "W2", BEHIND),
    Line("Malmö", "N15505", "K", "W2", BEHIND),
    Line("Karlskrona", "N15505", "K", "W2", BEHIND),
    # The same, by at least three and a half.
    Line("Stockholm", "N15505", "K", "W2", BEHIND),
    # Swedish in year 6: at least one and a half relevant differences all five years, the last year
    # more than three and a half.
    Line("Norrköping", "N15488", "K", "W2", BEHIND),
    # The weakest of them: more than three relevant differences the last year, around two in three
    # of the years before and less than one in the fourth.
    Line("Borås", "N15488", "K", "W2", BEHIND),
    # Merit points: at least four relevant differences above the similar ones' median all years.
    Line("Stockholm", "N15505", "T", "S1", AHEAD),
    # All subjects passed: at least one relevant difference above it all four years since the break.
    Line("Stockholm", "N15419", "T", "S1", AHEAD),
    # Qualified teachers: at least one and a half above it all four years.
    Line("Mjölby", "N15814", "T", "S1", AHEAD),
    # Eligible for vocational programmes, as such and beside what is expected, and maths in year 6:
    # above it in each of the last three years, in the mean by more than one relevant difference.
    Line("Stockholm", "N15436", "T", "S1", AHEAD),
    Line("Stockholm", "U15461", "T", "S1", AHEAD),
    Line("Stockholm", "N15485", "T", "S1", AHEAD),
    # Qualified teachers: below it all four years, in the mean of the last three by more than one.
    Line("Norrköping", "N15814", "T", "W1", BEHIND),
    Line("Malmö", "N15814", "T", "W1", BEHIND),
    # All subjects passed, and maths in year 6: below it in each year, the last three by more than
    # one relevant difference together.
    Line("Malmö", "N15419", "T", "W1", BEHIND),
    Line("Malmö", "N15485", "T", "W1", BEHIND),
    # Merit points: below it all five years, the last three by almost three relevant differences.
    Line("Karlskrona", "N15505", "T", "W1", BEHIND),
    # Above it all four years and rising while it falls: half a relevant difference in the first two
    # years, at least one in the third and one and a half in the last.
    Line("Skellefteå", "N15814", "T", "S1", AHEAD),
)
"""Each beside its raw series, in relevant differences; the values themselves stay in their file."""


@pytest.fixture(scope="module")
def found(
    realdata: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[Line, Evidence], ...]:
    data = tmp_path_factory.mktemp("data")
    build(realdata, data, TEN)
    return tuple(
        (line, evidence) for name in TEN for line, _, evidence in present(report_of(data, name))
    )


def test_the_lines_are_those_that_have_been_read_beside_the_raw_series(
    found: tuple[tuple[Line, Evidence], ...],
) -> None:
    assert sorted(line for line, _ in found) == sorted(EXPECTED)


def test_value_reference_and_difference_are_those_of_plain_sums_on_the_raw_file(
    realdata: Path, found: tuple[tuple[Line, Evidence], ...]
) -> None:
    plain = [astuple(plain_numbers(realdata, line.kommun, each)) for line, each in found]
    shown = [(each.cell.value, each.reference.value, each.difference) for _, each in found]
    assert np.array(shown) == pytest.approx(np.array(plain), abs=1e-9)


def test_the_gap_beside_is_the_median_gap_of_the_similar_municipalities(
    realdata: Path, found: tuple[tuple[Line, Evidence], ...]
) -> None:
    gaps = [(line, each) for line, each in found if each.question is Question.GAP]
    plain = [plain_peer_gap(realdata, line.kommun, line.indicator) for line, _ in gaps]
    assert [each.beside.value for _, each in gaps] == pytest.approx(plain, abs=1e-9)


def test_a_line_is_never_smaller_than_a_relevant_difference(
    found: tuple[tuple[Line, Evidence], ...],
) -> None:
    assert all(abs(each.difference) >= each.delta for _, each in found)
