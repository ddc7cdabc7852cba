from dataclasses import replace
from datetime import date

from analysis.made_wheel import NAMND, SAFE, made, result, years
from example_evidence import evidence, finding

from kvalitetslib.analysis.lessons import lesson_uses, without_lesson
from kvalitetslib.case import Case, FaultKey, Stage
from kvalitetslib.estimate import Withheld, WithheldReason
from kvalitetslib.model import Quadrant
from kvalitetslib.register import Atgard, Lesson, Status
from kvalitetslib.report import Question, Verdict
from kvalitetslib.service import CategoryCount, FeedbackResult, PromiseResult, Trendword
from kvalitetslib.wheel import LessonReason

FALLING = evidence("X-TRYGG", Question.LEVEL, Verdict.WORSE)
WEAK = finding(Quadrant.WEAKNESS, "W1", FALLING, 1.0)
FEW = Withheld(WithheldReason.SMALL_GROUP)


def lesson(id="L1", **words):
    return replace(Lesson(id, NAMND, date(2026, 3, 1), "Fråga först", indicator="X-TRYGG"), **words)


def about(*lessons, **words):
    return made(lessons=lessons, indicators=(result(SAFE, *years(2025, 60.0)),), **words)


def uses(*lessons, **words):
    return lesson_uses(about(*lessons, **words))


def weak(*lessons, **words):
    return uses(*lessons, all_evidence=(FALLING,), findings=(WEAK,), **words)


def case(about, stage):
    return Case(FaultKey(about), "Felet", stage, (), 1, 0, (), ())


def feedback(category, trend):
    counted = CategoryCount(category, (), FEW, None, None, None, None, None, None, trend, FEW, FEW)
    return FeedbackResult((counted,), (), (), (), FEW, "2026K3", date(2026, 9, 30))


def test_a_lesson_comes_back_when_its_indicator_is_weak_again():
    (found,) = weak(lesson())
    assert (found.lesson, found.about, found.reason) == (
        "L1",
        WEAK.id,
        LessonReason.SAME_INDICATOR,
    )


def test_a_lesson_rests_while_its_indicator_is_well():
    assert uses(lesson()) == ()
    assert weak(lesson(indicator="X-VANTA")) == ()


def test_what_may_be_a_fault_in_the_data_brings_nothing_back():
    doubted = replace(WEAK, doubted=True)
    assert uses(lesson(), all_evidence=(FALLING,), findings=(doubted,)) == ()


def test_a_strength_brings_nothing_back():
    strong = finding(Quadrant.STRENGTH, "S1", FALLING, 1.0)
    assert uses(lesson(), all_evidence=(FALLING,), findings=(strong,)) == ()


def test_a_lesson_of_the_quarter_itself_does_not_come_back_yet():
    assert weak(lesson(dated=date(2026, 7, 1))) == ()
    assert len(weak(lesson(dated=date(2026, 6, 30)))) == 1


def test_lessons_of_other_namnder_and_of_others_come_back_after_the_own():
    other = lesson("L2", namnd="miljo", dated=date(2026, 5, 1))
    foreign = lesson("L3", own=False, dated=date(2026, 4, 1))
    found = weak(other, lesson(), foreign)
    assert [each.lesson for each in found] == ["L3", "L1", "L2"]
    assert [each.own for each in found] == [False, True, True]


def test_an_open_case_brings_a_lesson_back_and_a_closed_one_does_not():
    open_, gone = case("X-TRYGG", Stage.UNMET), case("X-TRYGG", Stage.SECURED)
    assert [each.about for each in uses(lesson(), cases=(open_,))] == ["X-TRYGG"]
    assert uses(lesson(), cases=(gone,)) == ()


def test_a_growing_category_brings_a_lesson_back():
    about_mail = lesson(indicator="", category="Post")
    growing = uses(about_mail, feedback=feedback("Post", Trendword.GROWS))
    assert [each.reason for each in growing] == [LessonReason.SAME_CATEGORY]
    assert uses(about_mail, feedback=feedback("Post", Trendword.SAME)) == ()


def test_a_broken_promise_brings_back_what_was_learnt_of_its_category():
    promise = PromiseResult("P1", "Post", "Svar", "dagar", 10.0, "", "Post", "ärenden", ())
    broken = case("P1", Stage.RUNNING)
    found = uses(lesson(indicator="", category="Post"), promises=(promise,), cases=(broken,))
    assert [each.about for each in found] == ["P1"]


def test_what_cites_a_lesson_is_told():
    assert weak(lesson(used_in=("A2",)))[0].used_in == ("A2",)


def test_a_finished_atgard_without_lesson_is_found():
    def atgard(id, status):
        return Atgard(id, NAMND, id, status)

    all_ = (
        atgard("A1", Status.DONE),
        atgard("A2", Status.STOPPED),
        atgard("A3", Status.DONE),
        atgard("A4", Status.RUNNING),
        atgard("A5", Status.REFUSED),
    )
    report = about(lesson(atgard="A1"), atgarder=all_)
    assert [each.id for each in without_lesson(report)] == ["A2", "A3"]
