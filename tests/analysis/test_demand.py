"""Needs by hand: how many people now and then, beside riket, and when a nämnd is warned."""

import math

import pandas as pd
import pytest

from kvalitetslib.age_span import OPEN
from kvalitetslib.analysis.demand import demand_evidence, demand_signals
from kvalitetslib.config import DEFAULT_POLICY
from kvalitetslib.context import DemandSignal
from kvalitetslib.model import Kommun, Namnd, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Certainty, Evidence, EvidenceKind, Question, Verdict
from kvalitetslib.sources.scb import COLUMNS

Q3 = parse_period("2026K3")
Numbers = dict[int, float]


def rows(kommun: str, numbers: Numbers, *, ahead: bool, ages=(80, OPEN), gender="T"):
    return [
        (kommun, *ages, year, gender, float(persons), ahead, "SCB")
        for year, persons in numbers.items()
    ]


def table(*parts) -> pd.DataFrame:
    return pd.DataFrame([row for part in parts for row in part], columns=list(COLUMNS))


def people(own: Numbers, ahead: Numbers, country: Numbers, country_ahead: Numbers) -> pd.DataFrame:
    return table(
        rows("9901", own, ahead=False),
        rows("9901", ahead, ahead=True),
        rows("0000", country, ahead=False),
        rows("0000", country_ahead, ahead=True),
    )


def namnd(*ages: str) -> Namnd:
    return Namnd("omsorg", "Omsorgsnämnden", (), demand_ages=ages)


def signals(population: pd.DataFrame, *ages: str, quarter=Q3) -> tuple[DemandSignal, ...]:
    kommun = Kommun("testby", "Testby", "9901", True, DEFAULT_POLICY, (), (), (), (), ())
    return demand_signals(kommun, namnd(*(ages or ("80+",))), population, quarter=quarter)


def only(population: pd.DataFrame, *ages: str, quarter=Q3) -> DemandSignal:
    (signal,) = signals(population, *ages, quarter=quarter)
    return signal


def judged(own: tuple[float, float], country: tuple[float, float] = (1000, 1100)) -> Evidence:
    """The evidence when the own number and riket's go from the first to the second in five years;
    riket grows by a tenth unless it is said."""
    population = people({2025: own[0]}, {2030: own[1]}, {2025: country[0]}, {2030: country[1]})
    (evidence,) = demand_evidence(signals(population), namnd("80+"))
    return evidence


def test_people_now_and_five_years_ahead_and_their_change() -> None:
    signal = only(people({2025: 2000}, {2029: 1, 2030: 2400}, {2025: 1000}, {2030: 1100}))

    assert (signal.ages, signal.year, signal.persons) == ("80+", 2025, 2000)
    assert (signal.ahead_year, signal.ahead_persons) == (2030, 2400)
    assert signal.change == pytest.approx(0.2)
    assert signal.country_change == pytest.approx(0.1)
    assert signal.source == "SCB; egen bearbetning"


def test_years_that_have_not_ended_with_the_quarter_are_not_used() -> None:
    population = people({2025: 2000, 2026: 2050}, {2030: 2400}, {2025: 1}, {2030: 1})

    assert only(population).year == 2025
    assert only(population, quarter=parse_period("2026K4")).year == 2026


def test_ten_years_back_and_ten_ahead_are_kept_and_the_country_follows() -> None:
    counted = dict.fromkeys(range(2010, 2026), 1000)
    ahead = dict.fromkeys(range(2026, 2041), 1100)
    country = {year: 10 * (year - 1925) for year in range(2010, 2041)}
    signal = only(
        people(counted, ahead, {y: n for y, n in country.items() if y < 2026},
               {y: n for y, n in country.items() if y > 2025})
    )  # fmt: skip

    assert [year for year, _ in signal.history] == list(range(2015, 2026))
    assert [year for year, _ in signal.forecast] == list(range(2026, 2036))
    # Riket: 900 in 2015, 1000 in 2025, 1100 in 2035; the kommun has 1000 in 2025.
    assert [dict(signal.country)[year] for year in (2015, 2025, 2035)] == [900, 1000, 1100]


def test_ages_are_summed_and_women_and_men_when_no_total_is_published() -> None:
    population = table(
        rows("9901", {2025: 10}, ahead=False, ages=(6, 6), gender="K"),
        rows("9901", {2025: 11}, ahead=False, ages=(6, 6), gender="M"),
        rows("9901", {2025: 30}, ahead=False, ages=(7, 8), gender="T"),
        rows("9901", {2025: 99}, ahead=False, ages=(7, 8), gender="K"),
        rows("9901", {2030: 60}, ahead=True, ages=(6, 8)),
    )
    signal = only(population, "6–8")

    assert (signal.persons, signal.ahead_persons) == (51, 60)
    assert signal.country_change is None


def test_a_year_with_a_missing_number_is_left_out() -> None:
    population = table(
        rows("9901", {2024: 10, 2025: 12}, ahead=False, ages=(6, 6)),
        rows("9901", {2024: 10, 2025: math.nan}, ahead=False, ages=(7, 7)),
        rows("9901", {2029: 25}, ahead=True, ages=(6, 7)),
    )

    assert only(population, "6–7").history == ((2024, 20),)


def test_one_sex_alone_is_no_total() -> None:
    population = table(
        rows("9901", {2025: 100}, ahead=False, gender="K"), rows("9901", {2030: 100}, ahead=True)
    )

    assert signals(population) == ()


def test_the_nearest_year_of_the_forecast_is_used_within_two_years() -> None:
    near = people({2025: 2000}, {2028: 2100, 2040: 9}, {2025: 1}, {2028: 1})
    far = people({2025: 2000}, {2026: 2100, 2040: 9}, {2025: 1}, {2026: 1})

    assert only(near).ahead_year == 2028
    assert signals(far) == ()


def test_fewer_people_than_the_smallest_group_have_no_signal() -> None:
    population = people({2025: 4}, {2030: 8}, {2025: 1000}, {2030: 1100})

    assert signals(population) == ()


def test_each_of_the_ages_has_its_own_signal_and_evidence_in_their_order() -> None:
    population = table(
        rows("9901", {2025: 100}, ahead=False, ages=(0, 5)),
        rows("9901", {2030: 90}, ahead=True, ages=(0, 5)),
        rows("9901", {2025: 50}, ahead=False),
        rows("9901", {2030: 60}, ahead=True),
    )
    found = signals(population, "80+", "0–5")

    assert [each.ages for each in found] == ["80+", "0–5"]
    assert [each.id for each in demand_evidence(found, namnd())] == [e.evidence for e in found]
    assert len({each.evidence for each in found}) == 2


def test_no_ages_and_no_people_give_no_signals() -> None:
    empty = table(rows("9901", {}, ahead=False))

    assert signals(empty) == ()


@pytest.mark.parametrize(
    ("own", "country", "verdict"),
    [
        ((2000, 2400), (1000, 1100), Verdict.WORSE),  # +20 % beside +10 %, 400 more
        ((2000, 2300), (1000, 1100), Verdict.LEVEL),  # +15 %: five points are not more than five
        ((2000, 2302), (1000, 1100), Verdict.WORSE),  # +15,1 %
        ((2000, 2180), (1000, 1100), Verdict.LEVEL),  # +9 %
        ((2000, 1800), (1000, 1100), Verdict.NOT_JUDGED),  # fewer people: neither good nor bad
        ((10, 14), (1000, 1100), Verdict.NOT_JUDGED),  # +40 %, but four children
        ((60, 80), (1000, 1100), Verdict.WORSE),  # +33 %, twenty people
        ((60, 79), (1000, 1100), Verdict.NOT_JUDGED),  # +32 %, nineteen
        ((2000, 1960), (1000, 900), Verdict.NOT_JUDGED),  # falls less than riket: no growing need
    ],
)
def test_a_need_is_worse_when_it_grows_clearly_more_than_in_riket(
    own: tuple[float, float], country: tuple[float, float], verdict: Verdict
) -> None:
    assert judged(own, country).verdict is verdict


def test_without_riket_nothing_is_judged() -> None:
    population = people({2025: 2000}, {2030: 2400}, {}, {})
    (evidence,) = demand_evidence(signals(population), namnd())

    assert (evidence.verdict, evidence.reference) == (Verdict.NOT_JUDGED, None)


def test_the_evidence_is_an_outlook_and_never_a_test() -> None:
    evidence = judged((2000, 2400))

    assert (evidence.question, evidence.kind) == (Question.DEMAND, EvidenceKind.OUTLOOK)
    assert evidence.certainty is Certainty.OUTLOOK
    assert (evidence.p, evidence.q, evidence.low, evidence.high) == (None, None, None, None)
    assert evidence.difference == pytest.approx(-0.1)
    assert evidence.reference is not None
    assert (evidence.reference.kind, evidence.reference.value) == (
        ReferenceKind.COUNTRY, pytest.approx(0.1),
    )  # fmt: skip
    assert (evidence.period, evidence.first_period) == ("2025", "2025")


def test_the_state_changes_with_the_numbers_and_the_id_does_not() -> None:
    before, after = judged((2000, 2400)), judged((2000, 2500))

    assert before.id == after.id
    assert (len(before.state), before.state == after.state) == (4, False)
