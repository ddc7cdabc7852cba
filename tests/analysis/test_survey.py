"""Survey results of a kommun: planted gaps and changes are found, small groups stay hidden."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from analysis.made import goal, indicator, inputs, kommun, rows
from analysis.made_survey import answers, codebook, item, wave

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.analysis.survey import estimate_wave, score_wave
from kvalitetslib.analysis.weights import weigh
from kvalitetslib.codebook import Answer, Compared, IntervalKind, Margin, Measure, Role, Weighting
from kvalitetslib.errors import DataError
from kvalitetslib.estimate import Estimate, Withheld
from kvalitetslib.model import Direction, Source
from kvalitetslib.period import parse_period
from kvalitetslib.report import Certainty, Question, Report, Verdict
from kvalitetslib.sources.survey import SurveyInput, WaveAnswers
from kvalitetslib.stats.scores import hme_indexes

QUARTER = parse_period("2026K3")
WAVES = (wave("2024"), wave("2026"))


def survey_input(made: object, *given: WaveAnswers) -> SurveyInput:
    source = Source("Provkommunens enkät", "", "0" * 64)
    return SurveyInput(made, given, source, pd.DataFrame(), (), ())  # type: ignore[arg-type]


def report_of(*surveys: SurveyInput) -> Report:
    made = kommun(indicator("A"))
    return assess(inputs(made, rows("A", [50.0]), surveys=surveys), quarter=QUARTER).report(
        "namnden"
    )


def two_waves(*, seed: int = 2026, **now: float) -> Report:
    made = codebook(item("f1"), item("f2"), item("f3"), waves=WAVES)
    rng = np.random.default_rng(seed)
    return report_of(
        survey_input(made, answers(made, 0, rng), answers(made, 1, rng, **now))  # type: ignore[arg-type]
    )


def test_women_less_satisfied_is_found_in_every_question() -> None:
    report = two_waves(gap=0.5)
    assert [each.rule for each in report.findings].count("W2") == 3


def test_a_rise_between_waves_is_found() -> None:
    report = two_waves(shift=0.5)
    assert [each.rule for each in report.findings] == ["O1", "O1", "O1"]


def test_two_waves_alike_give_no_finding() -> None:
    assert two_waves(seed=7).findings == ()


def test_a_trend_break_stops_the_comparison_between_waves() -> None:
    made = codebook(item("f1", breaks=("2026",)), waves=WAVES)
    rng = np.random.default_rng(1)
    report = report_of(survey_input(made, answers(made, 0, rng), answers(made, 1, rng, shift=0.8)))
    assert report.surveys[0].items[0].change is None
    asked = {each.question for each in report.all_evidence if each.indicator == "prov:f1"}
    assert Question.TREND not in asked


def test_a_small_group_is_withheld_in_all_splits() -> None:
    found = two_waves().surveys[0].items[0]
    hidden = [
        each.slice.parts
        for each in (*found.groups, *found.crossings)
        if ("kon", "annat") in each.slice.parts and isinstance(each.cell, Estimate)
    ]
    assert hidden == []


def test_few_left_over_among_few_answers_take_one_more_group_with_them() -> None:
    # 90 answers, 3 of another sex: whole percents are off by at most 0.9 answers.
    made = codebook(item("f1"), waves=(wave("2026", margins=()),), smallest_n=5)
    given = answers(made, 0, np.random.default_rng(3), n=90, other=3)
    given.codes[:, 0] = np.arange(90) % 4
    found = report_of(survey_input(made, given)).surveys[0].items[0]
    by_sex = [each for each in found.groups if each.slice.parts[0][0] == "kon"]
    assert sum(isinstance(each.cell, Estimate) for each in by_sex) <= 1


def test_few_left_over_among_many_are_hidden_by_the_rounding() -> None:
    found = two_waves().surveys[0].items[0]
    by_sex = [each for each in found.groups if each.slice.parts[0][0] == "kon"]
    assert [isinstance(each.cell, Estimate) for each in by_sex] == [True, True, False]


def test_published_shares_are_whole_percents() -> None:
    found = two_waves().surveys[0].items[0]
    values = [each.cell.value for each in found.groups if isinstance(each.cell, Estimate)]
    assert all(value == round(value) for value in values)


def test_weights_add_up_to_the_margin() -> None:
    made = codebook(item("f1"), waves=WAVES[:1])
    given = answers(made, 0, np.random.default_rng(3), other=0)
    weighted = weigh(made, given)
    women = given.background[:, 0] == 0
    assert weighted.design.weight[women].sum() == pytest.approx(5100)
    assert weighted.design.weight.sum() == pytest.approx(10000)


def test_those_outside_the_margin_keep_their_share() -> None:
    made = codebook(item("f1"), waves=WAVES[:1])
    given = answers(made, 0, np.random.default_rng(3), other=30)
    weighted = weigh(made, given)
    outside = given.background[:, 0] == 2
    share = weighted.plain.weight[outside].sum() / weighted.plain.weight[~outside].sum()
    assert weighted.design.weight[outside].sum() == pytest.approx(10000 * share)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [(Measure.POSITIVE, 50.0), (Measure.MEAN, 2.5), (Measure.INDEX, 50.0)],
)
def test_each_measure_of_one_answer_a_step(measure: Measure, expected: float) -> None:
    made = codebook(item("f1", measure), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=400)
    given.codes[:, 0] = np.repeat([0, 1, 2, 3], 100)
    cell = estimate_wave(score_wave(made, given)).total.cells[0]
    assert isinstance(cell, Estimate)
    assert cell.value == pytest.approx(expected)


def test_a_wave_of_few_answers_is_withheld() -> None:
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=4, other=0)
    assert isinstance(estimate_wave(score_wave(made, given)).total.cells[0], Withheld)


def test_dont_know_is_outside_the_base_and_shown() -> None:
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=400, other=0)
    given.codes[:, 0] = np.repeat([-1, -2, 0, 3], 100)
    result = report_of(survey_input(made, given)).surveys[0].items[0]
    assert isinstance(result.total, Estimate)
    assert (result.dont_know_pct, result.blank_pct) == (25.0, 25.0)
    assert (result.total.value, result.total.n) == (pytest.approx(50.0), 200)


def test_answers_of_a_question_add_up_to_a_hundred() -> None:
    shares = [each.share for each in two_waves().surveys[0].items[0].answers]
    assert sum(each.value for each in shares if isinstance(each, Estimate)) == pytest.approx(100)


def test_an_important_question_with_a_low_level_is_prioritised() -> None:
    made = codebook(
        item("helhet", Measure.MEAN, role=Role.OVERALL),
        *(item(f"d{number}", role=Role.DRIVER) for number in range(4)),
        waves=(wave("2026"),),
    )
    rng = np.random.default_rng(8)
    given = answers(made, 0, rng, n=900)
    given.codes[given.codes < 0] = 1
    given.codes[:, 1] = np.clip(given.codes[:, 1] - 1, 0, 3)
    given.codes[:, 0] = np.clip(given.codes[:, 1] + rng.integers(0, 2, 900), 0, 3)
    report = report_of(survey_input(made, given))
    drivers = report.surveys[0].drivers
    assert drivers is not None
    assert {each.item: each.quadrant.value for each in drivers.drivers}["d0"] == "prioritera"
    driver = next(each for each in report.all_evidence if each.question is Question.DRIVER)
    assert (driver.indicator, driver.verdict) == ("prov:d0", Verdict.WORSE)


def test_weights_that_cannot_meet_the_margins_stop_the_run_with_a_clear_message() -> None:
    # Men are a hundredth of the population but half of the answers: outside the bounds 0.5 to 2.5.
    margin = Margin(("kon",), ((("K",), 9900.0), (("M",), 100.0)))
    made = codebook(
        item("f1"), waves=(wave("2026", margins=(margin,)),), weighting=Weighting.CALIBRATE
    )
    given = answers(made, 0, np.random.default_rng(3), other=0)
    with pytest.raises(DataError, match="vikterna kan inte fås att stämma"):
        weigh(made, given)


@pytest.mark.parametrize("kind", [Weighting.POSTSTRATIFY, Weighting.RAKE, Weighting.CALIBRATE])
def test_every_way_of_weighting_meets_the_margin(kind: Weighting) -> None:
    made = codebook(item("f1"), waves=WAVES[:1], weighting=kind)
    given = answers(made, 0, np.random.default_rng(3), other=0)
    weight = weigh(made, given).design.weight
    assert weight[given.background[:, 0] == 0].sum() == pytest.approx(5100)


def test_hme_is_three_parts_and_a_total() -> None:
    parts = ("motivation", "ledarskap", "styrning")
    items = [item(f"h{n}", Measure.INDEX, hme=parts[n // 3]) for n in range(9)]
    made = codebook(*items, waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=400, other=0)
    given.codes[:] = np.repeat([0, 1, 3], 3)  # steps 0, 1 and 3 of 3: 0, 33 and 100
    found = {
        each.item.id: each.total for each in report_of(survey_input(made, given)).surveys[0].items
    }
    values = [found[f"hme-{name}"] for name in (*parts, "totalindex")]
    assert [each.value for each in values if isinstance(each, Estimate)] == [0.0, 33.0, 100.0, 44.0]


def test_with_complete_answers_hme_is_the_mean_of_the_question_indexes() -> None:
    parts = ("motivation", "ledarskap", "styrning")
    five = tuple(Answer(str(step), f"Steg {step}") for step in range(1, 6))
    items = [item(f"h{n}", Measure.INDEX, hme=parts[n // 3], answers=five) for n in range(9)]
    made = codebook(*items, waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=400, other=0)
    given.codes[:] = np.random.default_rng(4).integers(0, 5, given.codes.shape)
    weight = weigh(made, given).design.weight
    expected = hme_indexes(weight @ (given.codes + 1.0) / weight.sum())
    scored = score_wave(made, given)
    found = [weight @ scored.scores[:, place] / weight.sum() for place in range(4)]
    assert found == pytest.approx(expected.tolist())


def test_half_of_the_statements_are_enough_for_an_hme_part() -> None:
    items = [item(f"h{n}", Measure.INDEX, hme="motivation") for n in range(3)]
    made = codebook(*items, waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=400, other=0)
    given.codes[:] = [3, 3, 0]
    given.codes[:200, 2] = -2  # two of three answered: index 100
    given.codes[200:, 1:] = -2  # one of three answered: left out
    index = estimate_wave(score_wave(made, given)).total
    assert isinstance(index.cells[0], Estimate)
    assert (index.cells[0].value, index.n[0]) == (100.0, 200)


def test_korn_graubard_is_wider_than_wilson() -> None:
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=60, other=0)
    widths = []
    for kind in IntervalKind:
        cell = estimate_wave(score_wave(replace(made, interval=kind), given)).total.cells[0]
        assert isinstance(cell, Estimate)
        widths.append((cell.high or 0.0) - (cell.low or 0.0))
    assert widths[1] >= widths[0]


@pytest.mark.parametrize(
    ("margin", "certainty"), [(1.2, Certainty.SECURED), (None, Certainty.LIKELY)]
)
def test_a_published_figure_is_compared_with_or_without_its_margin(
    margin: float | None, certainty: Certainty
) -> None:
    compared = Compared("riket", 90.0, margin)
    made = codebook(item("f1", compared=compared), waves=(wave("2026"),))
    given = answers(made, 0, np.random.default_rng(3))
    report = report_of(survey_input(made, given))
    level = next(each for each in report.all_evidence if each.question is Question.LEVEL)
    assert level.reference is not None
    assert (level.indicator, level.reference.label) == ("prov:f1", "riket")
    assert (level.verdict, level.certainty) == (Verdict.WORSE, certainty)
    assert ("saknar osäkerhetsmått" in level.method) == (margin is None)


def test_a_goal_on_a_question_goes_before_a_published_figure() -> None:
    made = codebook(item("f1", compared=Compared("riket", 90.0)), waves=(wave("2026"),))
    given = answers(made, 0, np.random.default_rng(3))
    kommun_made = kommun(indicator("A"))
    found = inputs(
        kommun_made,
        rows("A", [50.0]),
        goals=(goal("prov:f1", 20.0),),
        surveys=(survey_input(made, given),),
    )
    report = assess(found, quarter=QUARTER).report("namnden")
    assert [each.rule for each in report.findings] == ["S1"]


def test_nobody_is_held_against_a_withheld_group() -> None:
    # Four men among six hundred: women minus men would give the men's answer away.
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), other=0)
    given.background[:, 0] = 0
    given.background[:4, 0] = 1
    report = report_of(survey_input(made, given))
    women = report.surveys[0].items[0].groups[0]
    assert isinstance(women.cell, Estimate)
    assert women.against_rest is None
    asked = [each for each in report.all_evidence if each.indicator == "prov:f1"]
    assert not any(each.group.gender == "K" for each in asked)


def test_a_withheld_earlier_wave_is_not_told_by_the_change() -> None:
    made = codebook(item("f1"), waves=(wave("2024", margins=()), wave("2026", margins=())))
    rng = np.random.default_rng(3)
    then, now = answers(made, 0, rng, n=4, other=0), answers(made, 1, rng, other=0)
    report = report_of(survey_input(made, then, now))
    found = report.surveys[0].items[0]
    assert (isinstance(found.earlier, Withheld), found.change) == (True, None)
    assert not any(
        each.question is Question.TREND and each.indicator == "prov:f1"
        for each in report.all_evidence
    )


def test_dont_know_of_a_few_is_withheld_too() -> None:
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    given = answers(made, 0, np.random.default_rng(3), n=60, other=0)
    given.codes[:] = -3
    given.codes[:3, 0] = [-1, -1, 2]
    assert report_of(survey_input(made, given)).surveys[0].items[0].dont_know_pct is None


def test_crossings_of_a_withheld_group_are_withheld() -> None:
    made = codebook(item("f1"), waves=(wave("2026", margins=()),))
    found = estimate_wave(score_wave(made, answers(made, 0, np.random.default_rng(3), n=60)))
    hidden = {
        each.domain.slice.parts[0]
        for each in found.groups
        if not isinstance(each.cells[0], Estimate)
    }
    told = [each for each in found.crossings if isinstance(each.cells[0], Estimate)]
    assert hidden
    assert not any(hidden & set(each.domain.slice.parts) for each in told)


def test_a_driver_where_low_is_good_is_turned() -> None:
    made = codebook(
        item("helhet", Measure.MEAN, role=Role.OVERALL),
        item("d0", role=Role.DRIVER, direction=Direction.LOW),
        *(item(f"d{number}", role=Role.DRIVER) for number in (1, 2)),
        waves=(wave("2026"),),
    )
    given = answers(made, 0, np.random.default_rng(8), n=900)
    given.codes[given.codes < 0] = 1
    given.codes[:, 1] = np.clip(given.codes[:, 1] + 1, 0, 3)
    given.codes[:, 0] = 3 - given.codes[:, 1]
    drivers = report_of(survey_input(made, given)).surveys[0].drivers
    assert drivers is not None
    level = {each.item: each for each in drivers.drivers}
    assert level["d0"].level < level["d1"].level
    assert level["d0"].quadrant.value == "prioritera"


def test_a_driver_that_everybody_answers_alike_is_left_out() -> None:
    made = codebook(
        item("helhet", Measure.MEAN, role=Role.OVERALL),
        *(item(f"d{number}", role=Role.DRIVER) for number in range(3)),
        waves=(wave("2026"),),
    )
    given = answers(made, 0, np.random.default_rng(8), n=400)
    given.codes[given.codes < 0] = 1
    given.codes[:, 1] = 2
    drivers = report_of(survey_input(made, given)).surveys[0].drivers
    assert drivers is not None
    assert {each.item for each in drivers.drivers} == {"d1", "d2"}


def test_a_rerun_gives_the_same_report() -> None:
    assert two_waves(gap=0.3) == two_waves(gap=0.3)
