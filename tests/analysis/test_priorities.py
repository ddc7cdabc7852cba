from dataclasses import replace

import pytest
from analysis.made_wheel import NAMND, SAFE, made, result, years
from example_evidence import evidence, finding, known

from kvalitetslib.analysis.priorities import cost_factor, priorities, reach, severity
from kvalitetslib.case import Case, FaultKey, Stage
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Certainty, Question, Verdict

# The near bound is 6.3 and a relevant difference 5: 1.26 of them, of at most three.
WORSE = evidence("X-TRYGG", Question.LEVEL, Verdict.WORSE)
WEAK = finding(Quadrant.WEAKNESS, "W1", WORSE, 1.0)


def atgard(id="A1", **words):
    return replace(Atgard(id, NAMND, f"Åtgärd {id}", Status.RUNNING, "X-TRYGG"), **words)


def of(*atgarder, **words):
    base = {
        "indicators": (result(SAFE, *years(2025, 68.2)),),
        "all_evidence": (WORSE,),
        "findings": (WEAK,),
    }
    return priorities(made(**{**base, "atgarder": atgarder, **words}))


# 1 x 0.42 x 1 x 0.5, as in the docstring of the module.
def test_the_score_is_the_product_of_its_parts():
    (found,) = of()
    assert (found.reach, found.severity, found.certainty, found.cost) == (1.0, 0.42, 1.0, 0.5)
    assert found.score == 0.21


def test_a_weakness_with_an_atgard_stands_once_with_its_cost():
    (found,) = of(atgard(cost=0.0))
    assert (found.about, found.atgard, found.cost, found.score) == (WEAK.id, "A1", 1.0, 0.42)


def test_what_is_finished_serves_no_weakness():
    (found,) = of(atgard(status=Status.DONE))
    assert found.atgard == ""


@pytest.mark.parametrize(
    ("kronor", "factor"),
    [(None, 0.5), (0.0, 1.0), (10_000.0, 0.769), (90_000.0, 0.5), (1_000_000.0, 0.333)],
)
def test_the_cost_falls_with_the_logarithm_of_kronor(kronor, factor):
    assert round(cost_factor(kronor), 3) == factor


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-12.1, -6.3, 0.42), (-30.0, -20.0, 1.0), (-6.0, -0.1, 0.1), (None, None, 0.1)],
)
def test_the_severity_is_the_near_bound_in_relevant_differences(low, high, expected):
    assert round(severity(replace(WORSE, low=low, high=high)), 6) == expected


def test_what_is_not_proved_bad_has_the_least_severity():
    assert severity(replace(WORSE, verdict=Verdict.UNDECIDED)) == 0.1


@pytest.mark.parametrize(
    ("certainty", "expected"),
    [(Certainty.SECURED, 1.0), (Certainty.LIKELY, 0.7), (Certainty.UNDECIDED, 0.4)],
)
def test_certainty_is_a_part(certainty, expected):
    sure = replace(WORSE, certainty=certainty)
    assert of(all_evidence=(sure,))[0].certainty == expected


# 188 of the 1 000 who stand behind the latest value.
def test_the_reach_of_a_group_is_its_share_of_the_people():
    latest = replace(years(2025, 68.2)[0], cell=known(68.2, n=1000))
    report = made(indicators=(result(SAFE, latest),))
    area = replace(WORSE, group=Group(area="norr"), cell=known(44.0, n=188))
    assert reach(report, area) == 0.188
    assert reach(report, replace(WORSE, group=Group("K"))) == 0.5
    assert reach(report, replace(area, cell=known(44.0))) == 0.25


def test_an_atgard_without_weakness_stands_too_and_weighs_least():
    found = of(atgard(indicator="X-VANTA"), atgard("A2", status=Status.PLANNED, indicator=""))
    assert [each.about for each in found] == [WEAK.id, "A1", "A2"]


def test_the_heaviest_stands_first_whatever_the_order():
    light = replace(WORSE, id="B-lätt", indicator="X-VANTA", low=-6.0, high=-5.5)
    other = finding(Quadrant.WEAKNESS, "W1", light, 0.1)
    one = of(all_evidence=(WORSE, light), findings=(WEAK, other))
    assert one == of(all_evidence=(light, WORSE), findings=(other, WEAK))
    assert [each.about for each in one] == [WEAK.id, other.id]


def test_an_open_case_that_no_weakness_tells_of_is_a_priority():
    complaints = Case(FaultKey("Post"), "Post", Stage.UNMET, (), 1, 0, (), ())
    same = Case(FaultKey("X-TRYGG"), "Trygga", Stage.UNMET, (), 1, 0, (), (), evidence=WORSE.id)
    gone = Case(FaultKey("Buller"), "Buller", Stage.SECURED, (), 1, 0, (), ())
    assert [each.about for each in of(cases=(complaints, same, gone))] == [WEAK.id, "Post"]


def test_what_may_be_a_fault_in_the_data_is_no_priority():
    assert of(findings=(replace(WEAK, doubted=True),)) == ()
