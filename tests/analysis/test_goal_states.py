from dataclasses import replace
from datetime import date

import pytest
from analysis.made_wheel import NAMND, SAFE, WAIT, against_goal, goal, made, months, result, years
from example_evidence import SMALL, evidence, known

from kvalitetslib.analysis.goal_course import course_of
from kvalitetslib.analysis.goal_states import goal_states
from kvalitetslib.analysis.thread import vision_of, without_goal
from kvalitetslib.model import Break, Group, ReferenceKind
from kvalitetslib.register import Atgard, GoalKind, Status
from kvalitetslib.report import Question, Reference, Verdict
from kvalitetslib.wheel import Attainment, ThreadGap

PROMISE = "L1"


def state(goal, *claims, results=(), **words):
    report = made(goals=(goal,), all_evidence=claims, indicators=results, **words)
    return goal_states(report)[0]


@pytest.mark.parametrize(
    ("verdict", "low", "high", "q", "expected"),
    [
        (Verdict.BETTER, 2.0, 12.0, 0.01, Attainment.REACHED),
        (Verdict.WORSE, -12.0, -2.0, 0.01, Attainment.MISSED),
        (Verdict.LEVEL, -1.0, 3.0, 0.4, Attainment.REACHED),
        (Verdict.LEVEL, -3.0, 1.0, 0.4, Attainment.UNDECIDED),
        (Verdict.LEVEL, -3.0, -1.0, 0.01, Attainment.MISSED),
        (Verdict.UNDECIDED, 0.5, 6.5, 0.02, Attainment.REACHED),
        (Verdict.UNDECIDED, 0.5, 6.5, 0.2, Attainment.UNDECIDED),
        (Verdict.UNDECIDED, -8.0, 8.0, 0.9, Attainment.UNDECIDED),
        (Verdict.NOT_JUDGED, -8.0, 8.0, None, Attainment.NOT_TRIED),
    ],
)
def test_a_level_goal_is_reached_only_when_it_surely_is(verdict, low, high, q, expected):
    claim = against_goal(80.0, 80.0 + (low + high) / 2, low, high, verdict, q=q)
    found = state(goal(GoalKind.KKF), claim, results=(result(SAFE, *years(2025, 80.0)),))
    assert found.attainment is expected


def test_the_answer_leads_to_the_evidence_it_is_made_of():
    claim = against_goal(80.0, 90.0, 5.0, 15.0, Verdict.BETTER)
    assert state(goal(GoalKind.KKF), claim, results=(result(SAFE),)).evidence == claim.id


def test_low_is_good_where_low_is_good():
    claim = against_goal(10.0, 7.0, 2.0, 4.0, Verdict.BETTER, about="X-VANTA")
    waits = goal(indicator="X-VANTA", target=10.0, start=15.0)
    found = state(waits, claim, results=(result(WAIT, *years(2025, 7.0)),))
    assert (found.attainment, found.left, found.degree) == (Attainment.REACHED, -3.0, 100.0)


def test_a_goal_without_indicator_or_evidence_is_not_tried():
    bare = goal(GoalKind.KKF, indicator="", target=None)
    assert state(bare).attainment is Attainment.NOT_TRIED
    assert state(goal()).attainment is Attainment.NOT_TRIED


def test_a_hidden_value_is_not_told_by_its_goal():
    claim = against_goal(80.0, 90.0, 5.0, 15.0, Verdict.BETTER, cell=SMALL)
    found = state(goal(start=70.0), claim, results=(result(SAFE, *years(2024, None, None)),))
    assert (found.attainment, found.degree, found.left) == (Attainment.NOT_TRIED, None, None)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.LEVEL, Attainment.REACHED),
        (Verdict.BETTER, Attainment.REACHED),
        (Verdict.WORSE, Attainment.MISSED),
        (Verdict.UNDECIDED, Attainment.UNDECIDED),
    ],
)
def test_without_a_target_a_critical_factor_holds_its_level(verdict, expected):
    held = evidence("X-TRYGG", Question.HOLD, verdict)
    found = state(goal(GoalKind.KKF, target=None), held, results=(result(SAFE),))
    assert found.attainment is expected


# Half of the way from 70 to 80 is 75; the interval 73-77 is 30-70 % of it.
def test_the_degree_of_a_development_goal_is_the_way_gone_with_its_interval():
    claim = against_goal(80.0, 75.0, -7.0, -3.0, Verdict.UNDECIDED)
    found = state(goal(start=70.0), claim, results=(result(SAFE, *years(2025, 75.0)),))
    assert (found.degree, found.low, found.high) == (50.0, 30.0, 70.0)
    assert found.start == 70.0


def test_the_degree_stays_between_nothing_and_all():
    claim = against_goal(80.0, 66.0, -18.0, -10.0, Verdict.WORSE)
    found = state(goal(start=70.0), claim, results=(result(SAFE, *years(2025, 66.0)),))
    assert (found.degree, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_goal_that_began_at_its_target_has_no_way_to_go():
    claim = against_goal(80.0, 78.0, -4.0, 0.0, Verdict.UNDECIDED)
    assert state(goal(start=82.0), claim, results=(result(SAFE),)).degree == 0.0


# The decision came in 2023, so that the value of 2022 was the latest one known then.
def test_the_way_begins_at_the_latest_value_before_the_decision():
    claim = against_goal(80.0, 75.0, -7.0, -3.0, Verdict.UNDECIDED)
    values = result(SAFE, *years(2021, 60.0, 70.0, 71.0, 72.0, 75.0))
    found = state(goal(decided=date(2023, 5, 1)), claim, results=(values,))
    assert (found.start, found.degree) == (70.0, 50.0)


# Without a date of decision the oldest value within five years of 2026 is that of 2021.
def test_without_a_decision_the_way_begins_within_five_years():
    claim = against_goal(80.0, 75.0, -7.0, -3.0, Verdict.UNDECIDED)
    values = result(SAFE, *years(2015, 50.0, 51.0, 52.0, 53.0, 54.0, 55.0, 70.0, 71.0, 75.0))
    assert state(goal(), claim, results=(values,)).start == 70.0


# Four of the five latest years are at 80 or above; Wilson's interval of 4 of 5 is 37.6-96.4 %.
def test_the_degree_of_a_critical_factor_is_the_share_of_periods_that_held():
    claim = against_goal(80.0, 82.0, 0.5, 3.5, Verdict.LEVEL)
    values = result(SAFE, *years(2019, 10.0, 20.0, 80.0, 81.0, 79.0, 83.0, 82.0))
    found = state(goal(GoalKind.KKF), claim, results=(values,))
    assert (found.degree, found.periods) == (80.0, 5)
    assert (round(found.low, 1), round(found.high, 1)) == (37.6, 96.4)


def test_a_monthly_critical_factor_is_held_against_twelve_months():
    claim = against_goal(80.0, 82.0, 0.5, 3.5, Verdict.LEVEL, period="2026M08")
    values = result(SAFE, *months(2025, *[70.0] * 8, *[79.0] * 3, *[82.0] * 9))
    found = state(goal(GoalKind.KKF), claim, results=(values,))
    assert (found.degree, found.periods) == (75.0, 12)


def test_a_withheld_period_is_not_counted():
    claim = against_goal(80.0, 82.0, 0.5, 3.5, Verdict.LEVEL)
    values = result(SAFE, *years(2022, 79.0, None, 83.0, 82.0))
    assert state(goal(GoalKind.KKF), claim, results=(values,)).periods == 3


def test_values_before_a_series_break_take_no_part():
    broken = replace(SAFE, breaks=(Break("2024", "ny mätning"),))
    claim = against_goal(80.0, 82.0, 0.5, 3.5, Verdict.LEVEL)
    values = result(broken, *years(2022, 10.0, 10.0, 83.0, 82.0))
    assert state(goal(GoalKind.KKF), claim, results=(values,)).periods == 2


# The year that ends in August 2026 has four months of 70 and eight of 82: mean 78.
def test_months_are_held_against_a_goal_by_the_mean_of_their_year():
    values = result(SAFE, *months(2025, *[70.0] * 12, *[82.0] * 8))
    course = course_of(made(indicators=(values,)), goal())
    assert (round(course.yearly[-1], 6), round(course.yearly[0], 6)) == (78.0, 70.0)


# Due in June 2024. The years 2022 and 2023 miss, 2025 is the first that holds: 18 months late.
def test_a_goal_reached_after_its_day_tells_how_late():
    claim = against_goal(80.0, 86.0, 3.0, 9.0, Verdict.BETTER)
    values = result(SAFE, *years(2022, 75.0, 77.0, 79.0, 86.0))
    found = state(goal(due=date(2024, 6, 30)), claim, results=(values,))
    assert (found.reached_in, found.months_late, found.is_late) == ("2025", 18, False)


def test_a_goal_that_was_held_before_its_day_is_not_late():
    claim = against_goal(80.0, 86.0, 3.0, 9.0, Verdict.BETTER)
    values = result(SAFE, *years(2022, 75.0, 81.0, 84.0, 86.0))
    found = state(goal(due=date(2024, 6, 30)), claim, results=(values,))
    assert (found.reached_in, found.months_late) == ("2023", 0)


def test_a_goal_that_is_missed_after_its_day_is_late():
    claim = against_goal(80.0, 70.0, -15.0, -5.0, Verdict.WORSE)
    late = goal(due=date(2026, 6, 30))
    assert state(late, claim, results=(result(SAFE),)).is_late
    assert not state(replace(late, due=date(2026, 12, 31)), claim, results=(result(SAFE),)).is_late


def moving(pace, lacking, value=74.0):
    return evidence(
        "X-TRYGG",
        Question.MOVE,
        Verdict.WORSE,
        cell=known(value),
        reference=Reference(ReferenceKind.GOAL, "målet", 80.0),
        beside=Reference(ReferenceKind.EARLIER, "hittills per år", pace),
        difference=-lacking,
        low=-lacking - 1,
        high=-lacking + 1,
    )


# Two points a year are kept and three lack, so that five are needed.
def test_the_pace_is_that_of_the_test():
    found = state(
        goal(due=date(2027, 12, 31)), moving(2.0, 3.0), results=(result(SAFE, *years(2025, 74.0)),)
    )
    assert (found.pace, found.pace_needed, found.left) == (2.0, 5.0, 6.0)


# The change between two years is known within 2.83, a single year then within 2: 72-76 is below 80.
def test_a_goal_to_move_to_is_missed_when_its_value_surely_is_below():
    change = evidence("X-TRYGG", Question.CHANGE, Verdict.UNDECIDED, low=-1.414214, high=4.242641)
    values = result(SAFE, *years(2024, 72.0, 74.0))
    ahead = goal(due=date(2027, 12, 31), start=70.0)
    found = state(ahead, moving(2.0, 3.0), change, results=(values,))
    assert found.attainment is Attainment.MISSED
    assert (round(found.degree), round(found.low), round(found.high)) == (40, 20, 60)


def test_without_an_interval_nothing_can_be_told():
    found = state(
        goal(due=date(2027, 12, 31)), moving(2.0, 3.0), results=(result(SAFE, *years(2025, 74.0)),)
    )
    assert found.attainment is Attainment.UNDECIDED


# 10 points remain and the day is 1.25 years off: 8 points a year. The trend is 2 a year.
def test_a_goal_without_a_test_of_its_pace_takes_that_of_the_trend():
    claim = against_goal(80.0, 70.0, -15.0, -5.0, Verdict.WORSE)
    trend = evidence("X-TRYGG", Question.TREND, Verdict.UNDECIDED, difference=2.0)
    dated = goal(GoalKind.KKF, due=date(2027, 12, 31))
    found = state(dated, claim, trend, results=(result(SAFE),))
    assert (round(found.pace_needed, 1), found.pace) == (8.0, 2.0)


def test_a_second_target_is_held_against_the_interval_of_the_value():
    claim = against_goal(80.0, 86.0, 3.0, 9.0, Verdict.BETTER)
    found = [
        state(goal(target=target), claim, results=(result(SAFE),)).attainment
        for target in (82.0, 85.0, 90.0)
    ]
    assert found == [Attainment.REACHED, Attainment.UNDECIDED, Attainment.MISSED]


# --- assignments ----------------------------------------------------------------------------------


def task(**words):
    return goal(GoalKind.ASSIGNMENT, indicator="", target=None, due=date(2026, 6, 30), **words)


def test_an_assignment_is_all_or_nothing():
    done, left = state(task(done=date(2026, 6, 1))), state(task())
    assert (done.attainment, done.degree, done.months_late) == (Attainment.REACHED, 100.0, 0)
    assert (left.attainment, left.degree, left.is_late) == (Attainment.MISSED, 0.0, True)


def test_an_assignment_that_is_done_late_tells_how_late():
    assert state(task(done=date(2026, 8, 14))).months_late == 2


def atgard(id="A1", status=Status.DONE, **words):
    base = Atgard(id, NAMND, f"Åtgärd {id}", status, done=date(2026, 5, 2))
    return replace(base, **words)


def test_an_assignment_is_done_when_all_that_serves_it_is():
    both = (atgard(goals=("M1",)), atgard("A2", Status.RUNNING, goals=("M1",)))
    assert state(task(), atgarder=both[:1]).attainment is Attainment.REACHED
    assert state(task(), atgarder=both).attainment is Attainment.MISSED


# --- the thread -----------------------------------------------------------------------------------


def test_a_whole_thread_has_no_break():
    whole = goal(vision="Nära", decision="§ 1", meetings=(PROMISE,))
    serving = atgard(status=Status.RUNNING, indicator="X-TRYGG")
    found = state(whole, atgarder=(serving,))
    assert (found.broken, found.atgarder, found.meetings) == ((), ("A1",), (PROMISE,))


def test_each_missing_link_is_told():
    assert state(goal(indicator="", target=None)).broken == tuple(ThreadGap)


def test_an_assignment_needs_no_indicator():
    assert ThreadGap.INDICATOR not in state(task()).broken


def test_what_is_given_up_serves_no_goal():
    stopped = atgard(status=Status.STOPPED, indicator="X-TRYGG")
    other_group = atgard("A2", Status.RUNNING, indicator="X-TRYGG", group=Group("K"))
    assert ThreadGap.PRACTICE in state(goal(), atgarder=(stopped, other_group)).broken


def test_a_part_has_the_vision_of_the_whole():
    whole = goal(id="M0", vision="Nära")
    report = made(goals=(whole, goal(part_of="M0")))
    assert vision_of(report, report.goals[1]) == "Nära"


def test_an_atgard_without_goal_is_found():
    aimed = atgard(status=Status.RUNNING, indicator="X-TRYGG")
    aimless = atgard("A2", Status.RUNNING, indicator="X-VANTA")
    named = atgard("A3", Status.RUNNING, goals=("M1",))
    report = made(goals=(goal(),), atgarder=(aimed, aimless, named))
    assert [each.id for each in without_goal(report)] == ["A2"]
