"""The nulägesanalys: goals of two kinds, the peers' direction, equality, and doubted values."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysis.made import YEARS, goal, indicator, inputs, kommun, peers, rows

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.period import parse_period
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.report import Evidence, Question, Report, Verdict
from kvalitetslib.sources.inputs import Inputs

QUARTER = parse_period("2025K4")
NOISE = np.array([0.3, -0.4, 0.1, 0.5, -0.2, -0.5, 0.4, 0.0, 0.2, -0.3, 0.3, -0.1])
DUE = date(2027, 12, 31)


def assessed(given: Inputs) -> Assessment:
    return assess(given, quarter=QUARTER)


def report_of(series: np.ndarray, *goals: Goal, trend: float = 0.0) -> Report:
    """One indicator, high is good, relevant difference 5; peers round 60 with a common trend."""
    others = peers("X1", np.random.default_rng(4))
    years = others["period"].astype(int) - int(YEARS[-1])
    others["value"] += trend * years
    given = inputs(kommun(indicator("X1")), rows("X1", series), others, goals=goals)
    return assessed(given).report("namnden")


def answer(report: Report, question: Question) -> Evidence:
    return next(each for each in report.all_evidence if each.question is question)


def rules(report: Report) -> set[str]:
    return {each.rule for each in report.findings}


def development(target: float, due: date | None = DUE) -> Goal:
    return replace(goal("X1", target), kind=GoalKind.DEVELOPMENT, due=due)


def test_a_critical_factor_that_has_fallen_is_a_threat_beside_the_goal_that_is_reached() -> None:
    series = 75 + NOISE + np.where(np.arange(12) == 11, -9.0, 0.0)
    report = report_of(series, goal("X1", 60))
    assert answer(report, Question.HOLD).verdict is Verdict.WORSE
    assert answer(report, Question.LEVEL).verdict is Verdict.BETTER
    assert {"S1", "T10"} <= rules(report)
    assert [each.linked != "" for each in report.findings if each.rule == "S1"] == [True]


def test_a_level_to_hold_needs_no_target() -> None:
    series = 66 + NOISE + np.where(np.arange(12) == 11, -6.5, 0.0)
    held = replace(goal("X1", 60), target=None)
    assert "T10" in rules(report_of(series, held))


def test_the_order_of_two_goals_of_one_indicator_does_not_matter() -> None:
    both = (goal("X1", 60), development(90))
    series = 70 + NOISE
    one, other = report_of(series, *both), report_of(series, *reversed(both))
    assert one.findings == other.findings
    assert {Question.HOLD, Question.MOVE} <= {each.question for each in one.all_evidence}


def test_good_and_bad_are_found_alike() -> None:
    rising, falling = (
        rules(report_of(60 + side * (9 + NOISE + 2 * np.arange(12)))) for side in (1, -1)
    )
    twins = {"S1": "W1", "O1": "T1", "O8": "T4"}
    assert {twins[each] for each in rising if each in twins} == falling & set(twins.values())


def test_a_level_is_not_the_same_where_the_latest_value_is_not() -> None:
    series = np.array([*(60 + NOISE[:9]), 57.2, 57.0, 66.3])
    level = answer(report_of(series), Question.LEVEL)
    assert level.verdict is Verdict.UNDECIDED
    assert level.years == 3


def test_a_trend_that_has_turned_is_no_finding() -> None:
    series = np.array([50, 53, 56, 59, 62, 65, 68, 70, 68, 66, 65, 63]) + NOISE / 10
    assert answer(report_of(series), Question.TREND).verdict is Verdict.UNDECIDED


def test_a_value_that_is_too_old_is_not_judged() -> None:
    old = rows("X1", 40 + NOISE[:8], periods=YEARS[:8])
    given = inputs(kommun(indicator("X1")), old, peers("X1", np.random.default_rng(4)))
    report = assessed(given).report("namnden")
    assert report.all_evidence == ()
    assert report.indicators[0].verdict is Verdict.NOT_JUDGED


def test_a_critical_factor_that_is_held_is_tested_to_be_so() -> None:
    hold = answer(report_of(70 + NOISE, goal("X1", 70)), Question.HOLD)
    assert hold.verdict is Verdict.LEVEL
    assert hold.low is not None
    assert hold.low > -hold.delta


def test_only_critical_factors_are_asked_if_they_are_held() -> None:
    asked = {each.question for each in report_of(70 + NOISE, development(90)).all_evidence}
    assert Question.HOLD not in asked
    assert Question.MOVE in asked


def test_a_development_goal_that_moves_too_slowly_is_a_threat_and_no_weakness() -> None:
    report = report_of(60 + NOISE + 0.3 * np.arange(12), development(90))
    move = answer(report, Question.MOVE)
    assert move.verdict is Verdict.WORSE
    # The line ends at 63.3 in 2025 and lands at 63.9 two years later: 26.1 short, 13 a year.
    assert move.difference == pytest.approx(-13.05, abs=0.3)
    assert "T8" in rules(report)
    assert not any(each.quadrant is Quadrant.WEAKNESS for each in report.findings)


def test_a_development_goal_ahead_of_its_pace_is_an_opportunity() -> None:
    series = 40 + NOISE + 3.0 * np.arange(12)
    report = report_of(series, development(74, date(2033, 12, 31)))
    assert answer(report, Question.MOVE).verdict is Verdict.BETTER


def test_a_development_goal_that_is_due_is_a_level_to_hold_against() -> None:
    report = report_of(60 + NOISE, development(90, date(2025, 6, 30)))
    level = answer(report, Question.LEVEL)
    assert level.reference is not None
    assert level.reference.value == 90
    assert "W1" in rules(report)


def test_peers_that_improve_faster_are_a_threat() -> None:
    report = report_of(60 + NOISE, trend=1.5)
    faster = answer(report, Question.PEER_TREND)
    assert faster.verdict is Verdict.WORSE
    assert faster.difference == pytest.approx(-1.5, abs=0.3)
    assert "T4" in rules(report)


def test_a_common_movement_is_no_difference_from_the_peers() -> None:
    report = report_of(60 + NOISE + 1.5 * (np.arange(12) - 11), trend=1.5)
    assert answer(report, Question.PEER_TREND).verdict is not Verdict.WORSE
    assert "O1" in rules(report)


def by_sex(own_gap: float, peer_gap: float) -> Report:
    rng = np.random.default_rng(6)
    frames = [rows("X1", 60 + NOISE)]
    frames += [rows("X1", 60 + NOISE + own_gap / 2, gender="K")]
    frames += [rows("X1", 60 + NOISE[::-1] - own_gap / 2, gender="M")]
    others = peers("X1", rng)
    for sex, part in (("K", peer_gap / 2), ("M", -peer_gap / 2)):
        noise = 0.5 * rng.standard_normal(len(others))
        frames.append(others.assign(gender=sex, value=others["value"] + part + noise))
    given = inputs(kommun(indicator("X1", by_gender=True)), *frames, others)
    return assessed(given).report("namnden")


def test_no_gap_where_the_peers_have_one_is_a_strength() -> None:
    report = by_sex(own_gap=0.0, peer_gap=12.0)
    assert answer(report, Question.GAP).verdict is Verdict.LEVEL
    assert "S3" in rules(report)


def test_no_gap_where_nobody_has_one_is_no_finding() -> None:
    assert "S3" not in rules(by_sex(own_gap=0.0, peer_gap=0.0))


def test_a_finding_on_a_doubted_value_is_listed_to_be_checked_and_never_shown() -> None:
    slipped = np.where(np.arange(12) == 11, 10.0, 1.0) * (6.0 + NOISE / 10)
    others = peers("X1", np.random.default_rng(4))
    others["value"] /= 10
    known = indicator("X1", unit="dagar", delta=0.5)
    report = assessed(inputs(kommun(known), rows("X1", slipped), others)).report("namnden")
    about = [each for each in report.findings if each.rule == "S1"]
    assert [each.indicator for each in report.doubts] == ["X1"]
    assert [(each.doubted, each.shown) for each in about] == [(True, False)]


def test_the_state_of_evidence_is_the_same_until_its_answer_changes() -> None:
    first, same = (answer(report_of(70 + NOISE), Question.LEVEL) for _ in range(2))
    other = answer(report_of(80 + NOISE), Question.LEVEL)
    assert first.state == same.state != other.state
    assert (first.id, len(first.state)) == (other.id, 4)


def test_evidence_is_found_by_its_id() -> None:
    report = report_of(70 + NOISE)
    level = answer(report, Question.LEVEL)
    assert report.evidence(level.id) is level
    with pytest.raises(KeyError):
        report.evidence("B-00000000")


def test_crossings_and_groups_without_counts_are_never_asked() -> None:
    given = inputs(kommun(indicator("X1")), rows("X1", 70 + NOISE), pd.DataFrame())
    report = assessed(given).report("namnden")
    assert {each.group for each in report.all_evidence} == {Group()}
