"""Cases over many saved reports: what opens them, what meets them, and that none ever vanishes."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from analysis.made_wheel import WAIT, months, result
from benchmarks.recurrence_truth import World, falsely_back, follow, found
from example_report import example_report
from example_service import FEEDBACK, PROMISES
from made_report import report

from kvalitetslib.analysis.cases import quarters_between, with_cases
from kvalitetslib.analysis.faults import fault_signs, service_signs
from kvalitetslib.case import Case, CaseEvent, FaultKey, FaultSign, Sign, Stage
from kvalitetslib.context import Doubt, DoubtKind
from kvalitetslib.model import Group
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Breach, Status
from kvalitetslib.report import Freshness, Report
from kvalitetslib.report_json import from_json, to_json
from kvalitetslib.service import Kept, Trendword

KEY = FaultKey(WAIT.id)
ROUTINE = Atgard(
    "A1",
    "provnamnden",
    "Svarsrutin",
    Status.DONE,
    WAIT.id,
    start=date(2025, 4, 1),
    done=date(2025, 4, 1),
)
CALM = [20.1, 19.6, 20.4, 19.9, 20.3, 19.7, 20.2, 19.8, 20.0, 20.5, 19.5, 20.1]
FAULT = [30.2, 29.7, 30.4]
AFTER = [20.4, 20.2, 19.8]


def at(quarter: str, values: list[float], *atgarder: Atgard, sign: Sign = Sign.UNKNOWN) -> Report:
    """The report of a quarter that knows monthly values since January 2024."""
    held = result(WAIT, *months(2024, *values))
    newest = held.series[0].points[-1].period
    told = FaultSign(KEY, WAIT.title, sign, sign is Sign.PRESENT, newest, values[-1], "b1")
    return replace(
        report(),
        quarter=quarter,
        data_through=parse_period(quarter).end,
        indicators=(held,),
        signs=(told,),
        atgarder=atgarder,
        all_evidence=(),
    )


def taken_on(*reports: Report) -> Report:
    """The last of the reports, with the cases of all before it."""
    before: Report | None = None
    for each in reports:
        before = with_cases(each, before)
    assert before is not None
    return before


def the_case(*reports: Report) -> Case:
    (case,) = taken_on(*reports).cases
    return case


OPENED = at("2025K1", [*CALM, *FAULT], sign=Sign.PRESENT)
CLOSED = at("2025K2", [*CALM, *FAULT, *AFTER], ROUTINE)
SAME = at("2025K3", [*CALM, *FAULT, *AFTER, 20.3, 19.7, 20.0], ROUTINE)
BACK = at("2025K3", [*CALM, *FAULT, *AFTER, 29.8, 30.3, 29.9], ROUTINE)


def test_a_fault_that_is_seen_opens_a_case_with_its_flag():
    case = the_case(OPENED)
    assert (case.key, case.stage, case.evidence) == (KEY, Stage.UNMET, "b1")


def test_a_sign_that_is_no_fault_opens_none():
    assert with_cases(at("2025K1", CALM, sign=Sign.ABSENT), None).cases == ()


def test_a_quarter_after_the_atgard_is_enough_when_the_level_is_surely_better():
    assert the_case(OPENED, CLOSED).stage is Stage.WATCHED


def test_the_level_of_a_year_that_holds_the_fault_does_not_open_it_again():
    still = replace(SAME.signs[0], sign=Sign.PRESENT, is_fault=True)
    assert the_case(OPENED, CLOSED, replace(SAME, signs=(still,))).stage is Stage.WATCHED


def test_a_quarter_like_those_since_the_atgard_is_one_of_the_watch():
    case = the_case(OPENED, CLOSED, SAME)
    assert (case.stage, case.watched) == (Stage.WATCHED, 1)


def test_a_quarter_like_the_fault_opens_the_case_again_at_once():
    case = the_case(OPENED, CLOSED, BACK)
    assert (case.occurrences, case.steps[-1].event) == (2, CaseEvent.REOPENED)
    assert case.steps[-1].days == 92
    assert case.steps[-1].p < 0.0125


def test_a_little_worse_is_not_the_fault_again():
    little = at("2025K3", [*CALM, *FAULT, *AFTER, 20.8, 20.7, 20.9], ROUTINE)
    assert the_case(OPENED, CLOSED, little).stage is Stage.WATCHED


def test_a_doubted_newest_value_tells_nothing():
    newest = BACK.indicators[0].latest
    doubt = Doubt(DoubtKind.JUMP, WAIT.id, Group(), newest.period, newest.cell.value, None, None)
    assert the_case(OPENED, CLOSED, replace(BACK, doubts=(doubt,))).stage is Stage.WATCHED


def test_the_same_reports_give_the_same_cases_when_made_again():
    before = taken_on(OPENED, CLOSED)
    once = with_cases(BACK, before)
    assert with_cases(once, before) == once
    assert with_cases(BACK, from_json(to_json(before))) == once


def test_cases_are_kept_in_the_saved_report():
    made = taken_on(OPENED, CLOSED, BACK)
    assert from_json(to_json(made)) == made


def test_no_case_vanishes_when_the_sign_does():
    silent = replace(SAME, signs=())
    assert [each.key for each in taken_on(OPENED, CLOSED, silent).cases] == [KEY]


def test_an_indicator_that_is_no_longer_followed_leaves_its_case():
    case = the_case(OPENED, CLOSED, replace(SAME, indicators=(), signs=()))
    assert (case.stage, len(case.steps)) == (Stage.LEFT, 3)


def test_an_indicator_that_has_ended_leaves_its_case():
    ended = replace(SAME.indicators[0], freshness=Freshness.ENDED)
    assert the_case(OPENED, replace(SAME, indicators=(ended,))).stage is Stage.LEFT


def test_skipped_quarters_are_told_and_the_history_goes_on():
    made = taken_on(OPENED, SAME)
    assert made.missing_quarters == ("2025K2",)
    assert made.cases[0].steps[0] == taken_on(OPENED).cases[0].steps[0]


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2025K1", "2025K2", ()),
        ("2025K1", "2025K3", ("2025K2",)),
        ("2024K3", "2025K2", ("2024K4", "2025K1")),
    ],
)
def test_quarters_between_two(first, last, between):
    assert quarters_between(first, last) == between


def test_an_atgard_for_a_group_does_not_meet_the_fault_of_all():
    women = replace(ROUTINE, group=Group("K"), status=Status.RUNNING)
    assert the_case(replace(OPENED, atgarder=(women,))).stage is Stage.UNMET


def test_an_atgard_for_all_meets_the_fault_of_a_group():
    key = FaultKey(WAIT.id, Group("K"))
    sign = replace(OPENED.signs[0], key=key)
    whole = replace(ROUTINE, status=Status.RUNNING)
    assert the_case(replace(OPENED, signs=(sign,), atgarder=(whole,))).stage is Stage.RUNNING


def test_a_broken_promise_opens_a_case_that_its_breach_links_to_an_atgard():
    promise = PROMISES[0]
    broken = replace(
        promise.periods[-1],
        kept=Kept.BROKEN,
        breach=Breach(promise.id, promise.periods[-1].period, atgard="A1"),
    )
    linked = replace(promise, periods=(*promise.periods[:-1], broken))
    running = replace(ROUTINE, indicator="", status=Status.RUNNING)
    made = replace(OPENED, signs=(), promises=(linked,), atgarder=(running,))
    case = the_case(made)
    assert (case.key, case.stage) == (FaultKey(promise.id), Stage.RUNNING)


def test_a_category_that_grows_opens_a_case_and_another_does_not():
    grows, same = (
        replace(FEEDBACK.categories[0], category=name, trend=trend)
        for name, trend in (("Mat", Trendword.GROWS), ("Post", Trendword.SAME))
    )
    told = replace(FEEDBACK, categories=(grows, same))
    made = replace(OPENED, signs=(), feedback=told)
    assert [each.sign for each in service_signs(made)] == [Sign.PRESENT, Sign.ABSENT]
    assert the_case(made).key == FaultKey("Mat")


def test_every_weakness_has_a_sign_that_is_a_fault():
    example = example_report()
    pairs = [(None, each) for each in example.all_evidence if each.indicator]
    named = {each.indicator.id: each.indicator for each in example.indicators}
    claims = [(_Asked(named.get(each.indicator, WAIT)), each) for _, each in pairs]
    signs = fault_signs(claims, example.findings)
    weak = {
        each.evidence[0]
        for each in example.findings
        if each.rule.startswith("W") and not each.doubted
    }
    assert {each.evidence for each in signs if each.is_fault} <= weak
    assert {(example.evidence(each).indicator, example.evidence(each).group) for each in weak} == {
        (each.key.about, each.key.group) for each in signs if each.is_fault
    }


class _Asked:
    """A claim, of which a sign reads the name of its indicator alone."""

    def __init__(self, indicator):
        self.indicator = indicator


def test_a_fault_of_four_standard_deviations_is_found_in_the_quarter_of_its_return():
    hits, tried = found(World(12, 0.2, 4.0), 12, seed=2)
    assert tried >= 10
    assert hits >= 0.9 * tried


def test_a_fault_that_stays_away_is_seldom_said_to_be_back():
    false, tried = falsely_back(World(12, 0.2, 4.0), 10, seed=3)
    assert tried >= 9
    assert false <= 1


def test_a_fault_in_a_quarterly_series_is_found_too():
    assert follow(World(4, 0.0, 8.0), np.random.default_rng(4), returns=3).reopened == 3


def test_an_atgard_that_was_over_before_the_fault_came_does_not_blur_its_level():
    earlier = replace(ROUTINE, id="A0", start=date(2024, 7, 1), done=date(2024, 8, 30))
    both = [replace(each, atgarder=(earlier, *each.atgarder)) for each in (OPENED, CLOSED, BACK)]
    assert the_case(*both).is_recurring
