"""Economy and HME: sums by hand, the change between two waves, and the threshold of ten."""

from dataclasses import replace

import numpy as np
import pytest
from analysis.made_survey import BACKGROUNDS, answers, codebook, item, wave
from analysis.test_survey import report_of, survey_input

from kvalitetslib.analysis.economy import economy_lines
from kvalitetslib.analysis.staff import difference_of, staff_indexes
from kvalitetslib.codebook import Measure
from kvalitetslib.estimate import Estimate, Withheld
from kvalitetslib.period import parse_period
from kvalitetslib.register import BudgetLine
from kvalitetslib.resources import EconomyLine, StaffIndex, Whose

QUARTER = parse_period("2026K3")


def line(
    period: str, budget: float, outcome: float, forecast: float | None = None, **words: str
) -> BudgetLine:
    given = {"namnd": "skola", "verksamhet": "Grundskola"} | words
    return BudgetLine(given["namnd"], period, given["verksamhet"], budget, outcome, forecast)


def lines(*found: BudgetLine) -> tuple[EconomyLine, ...]:
    return economy_lines(found, "skola", QUARTER)


def index(value: float, low: float, high: float, n: float = 50) -> Estimate:
    return Estimate(value, low, high, n, None, "viktad skattning", "A")


def test_the_year_so_far_is_added_up() -> None:
    (found,) = lines(
        line("2025K4", 90.0, 90.0, 90.0),
        line("2026K1", 100.0, 110.0, 420.0),
        line("2026K2", 100.0, 95.0, 410.0),
        line("2026K3", 100.0, 105.0, 408.0),
    )
    assert (found.budget, found.outcome, found.left) == (300.0, 310.0, -10.0)
    assert (found.year_budget, found.is_spread) == (400.0, True)
    assert (found.forecast, found.year_left) == (408.0, -8.0)


def test_a_whole_year_is_not_spread() -> None:
    (found,) = economy_lines(
        [line(f"2026K{n}", 100.0, 99.0) for n in range(1, 5)], "skola", parse_period("2026K4")
    )
    assert (found.year_budget, found.is_spread, found.year_left) == (400.0, False, None)


def test_the_largest_budget_comes_first_and_the_whole_last() -> None:
    found = lines(
        line("2026K1", 10.0, 11.0, 44.0, verksamhet="Liten"),
        line("2026K1", 90.0, 88.0, 350.0, verksamhet="Stor"),
        line("2026K1", 1000.0, 1000.0, namnd="annan"),
    )
    assert [each.verksamhet for each in found] == ["Stor", "Liten", ""]
    assert (found[-1].budget, found[-1].outcome, found[-1].forecast) == (100.0, 99.0, 394.0)


def test_the_whole_has_no_forecast_when_one_is_missing() -> None:
    found = lines(
        line("2026K1", 10.0, 11.0, 44.0, verksamhet="A"), line("2026K1", 9.0, 8.0, verksamhet="B")
    )
    assert found[-1].forecast is None


def test_the_latest_forecast_holds() -> None:
    (found,) = lines(line("2026K2", 100.0, 95.0, 410.0), line("2026K3", 100.0, 105.0))
    assert (found.forecast, found.forecast_of) == (410.0, "2026K2")


def test_without_budget_there_is_nothing() -> None:
    assert lines(line("2025K4", 90.0, 90.0)) == ()


def test_the_worked_example_of_a_change() -> None:
    found = difference_of(index(74, 71, 77), index(70, 66, 74))
    assert found is not None
    assert (found.difference, found.low, found.high) == (4.0, -1.0, 9.0)


def test_a_change_beyond_its_margin_has_a_small_p() -> None:
    found = difference_of(index(60, 57, 63), index(70, 67, 73))
    assert found is not None
    assert found.high < 0
    assert found.p <= 0.001


def test_a_change_from_a_withheld_index_is_unknown() -> None:
    assert difference_of(index(60, 57, 63), None) is None


@pytest.mark.parametrize("namnd", ["skola", "miljo"])
def test_without_a_survey_there_are_no_indexes(namnd: str) -> None:
    assert staff_indexes((), (), namnd) == ()


def hme_report(owner: str, n: int) -> tuple[StaffIndex, ...]:
    """The indexes of a survey in which a nämnd answers for one background group."""
    parts = ("motivation", "ledarskap", "styrning")
    items = [item(f"h{place}", Measure.INDEX, hme=parts[place // 3]) for place in range(9)]
    owned = replace(BACKGROUNDS[2], owners=(("centrum", owner),))
    made = codebook(
        *items, waves=(wave("2026", margins=()),), backgrounds=(*BACKGROUNDS[:2], owned)
    )
    given = answers(made, 0, np.random.default_rng(3), n=n, other=0)
    return report_of(survey_input(made, given)).staff


def test_the_own_staff_stands_before_all_and_the_total_first() -> None:
    found = hme_report("namnden", 400)
    assert [each.part for each in found[:2]] == ["totalindex", "totalindex"]
    assert [each.whose for each in found[:2]] == [Whose.OWN, Whose.ALL]
    assert {each.part for each in found} == {"totalindex", "motivation", "ledarskap", "styrning"}
    assert all(isinstance(each.cell, Estimate) and each.cell.low for each in found)


def test_a_namnd_without_a_group_of_its_own_sees_all() -> None:
    assert {each.whose for each in hme_report("annan", 400)} == {Whose.ALL}


def test_an_index_of_fewer_than_ten_is_withheld() -> None:
    assert {type(each.cell) for each in hme_report("namnden", 9)} == {Withheld}
