from dataclasses import replace
from datetime import date

from analysis.made_wheel import NAMND, SAFE, against_goal, goal, made, result, years
from example_evidence import evidence, finding

from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.case import Case, FaultKey, Stage
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Atgard, GoalKind, Lesson, Status
from kvalitetslib.report import Question, Verdict
from kvalitetslib.wheel import PlanKind, PlanReason

WORSE = evidence("X-TRYGG", Question.LEVEL, Verdict.WORSE)
WEAK = finding(Quadrant.WEAKNESS, "W1", WORSE, 1.0)
MISSED = against_goal(80.0, 70.0, -15.0, -5.0, Verdict.WORSE, id="B-mål")


def atgard(id="A1", **words):
    return replace(Atgard(id, NAMND, f"Åtgärd {id}", Status.RUNNING, "X-TRYGG"), **words)


def planned(**words):
    base = {"indicators": (result(SAFE, *years(2025, 70.0)),)}
    return with_wheel(made(**{**base, **words})).plan


def kinds(rows):
    return [(each.kind, each.why) for each in rows]


def test_what_goes_on_or_is_planned_is_carried_over():
    going = (
        atgard(),
        atgard("A2", status=Status.PLANNED),
        atgard("A3", planned_done=date(2026, 6, 30)),
        atgard("A4", status=Status.DONE),
        atgard("A5", status=Status.REFUSED),
    )
    rows = planned(atgarder=going)
    assert [(each.atgard, each.why) for each in rows] == [
        ("A1", PlanReason.RUNNING),
        ("A2", PlanReason.PLANNED),
        ("A3", PlanReason.OVERDUE),
    ]


def test_a_goal_that_is_not_reached_and_has_nothing_under_way_is_a_row():
    due = date(2027, 12, 31)
    (row,) = planned(goals=(goal(GoalKind.KKF, due=due),), all_evidence=(MISSED,))
    assert (row.kind, row.why, row.goal, row.due) == (
        PlanKind.GOAL,
        PlanReason.NOT_REACHED,
        "M1",
        due,
    )
    assert row.evidence == MISSED.id


def test_a_goal_whose_day_has_passed_has_no_day_in_the_new_plan():
    late = goal(GoalKind.KKF, due=date(2026, 6, 30))
    (row,) = planned(goals=(late,), all_evidence=(MISSED,))
    assert (row.why, row.due) == (PlanReason.LATE, None)


def test_a_goal_with_an_atgard_under_way_has_that_row_alone():
    rows = planned(goals=(goal(GoalKind.KKF),), all_evidence=(MISSED,), atgarder=(atgard(),))
    assert kinds(rows) == [(PlanKind.ATGARD, PlanReason.RUNNING)]


def test_a_reached_goal_is_no_row():
    reached = against_goal(80.0, 90.0, 5.0, 15.0, Verdict.BETTER)
    assert planned(goals=(goal(GoalKind.KKF),), all_evidence=(reached,)) == ()


def test_a_weakness_without_atgard_is_a_row_and_one_with_is_not():
    weak = {"all_evidence": (WORSE,), "findings": (WEAK,)}
    assert kinds(planned(**weak)) == [(PlanKind.WEAKNESS, PlanReason.NO_ATGARD)]
    assert kinds(planned(**weak, atgarder=(atgard(),))) == [(PlanKind.ATGARD, PlanReason.RUNNING)]


def test_a_decision_not_to_act_is_respected():
    refused = atgard(status=Status.REFUSED, decision="§ 5")
    assert planned(all_evidence=(WORSE,), findings=(WEAK,), atgarder=(refused,)) == ()


def test_a_weakness_and_an_unmet_goal_of_one_indicator_are_one_row():
    rows = planned(goals=(goal(GoalKind.KKF),), all_evidence=(MISSED, WORSE), findings=(WEAK,))
    assert [each.kind for each in rows] == [PlanKind.GOAL]


def test_a_group_has_a_row_of_its_own():
    women = replace(WORSE, id="B-k", group=Group("K"))
    weak = finding(Quadrant.WEAKNESS, "W2", women, 0.5)
    rows = planned(all_evidence=(WORSE, women), findings=(WEAK, weak))
    assert [each.group for each in rows] == [Group(), Group("K")]


def test_a_case_without_atgard_is_a_row_and_one_that_has_come_back_says_so():
    def case(about, count, stage=Stage.UNMET):
        return Case(FaultKey(about), about, stage, (), count, 0, (), ())

    cases = (case("Post", 1), case("Buller", 2), case("Mat", 1, Stage.RUNNING))
    rows = planned(cases=cases)
    assert [(each.category, each.why) for each in rows] == [
        ("Post", PlanReason.NO_ATGARD),
        ("Buller", PlanReason.RECURRING),
    ]


def test_an_assignment_that_is_not_carried_out_is_a_row():
    task = goal(GoalKind.ASSIGNMENT, indicator="", target=None)
    assert kinds(planned(goals=(task,))) == [(PlanKind.ASSIGNMENT, PlanReason.NOT_DONE)]
    assert planned(goals=(replace(task, done=date(2026, 5, 5)),)) == ()


def test_a_lesson_that_concerns_what_is_weak_and_is_not_used_is_a_row():
    learnt = Lesson("L1", NAMND, date(2026, 2, 2), "Fråga först", indicator="X-TRYGG")
    weak = {"all_evidence": (WORSE,), "findings": (WEAK,)}
    rows = planned(**weak, lessons=(learnt, replace(learnt, id="L2", used_in=("A9",))))
    assert [each.lesson for each in rows] == ["", "L1"]


def test_the_same_report_gives_the_same_wheel_twice():
    report = with_wheel(made(all_evidence=(WORSE,), findings=(WEAK,), atgarder=(atgard(),)))
    assert with_wheel(report) == report
