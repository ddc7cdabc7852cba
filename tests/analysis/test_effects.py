"""What each åtgärd gave: the method that fits the data, selection, neighbours, and why not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysis.made import OWN, goal, indicator, inputs, kommun, peers, rows
from analysis.made_survey import answers, codebook, item, wave
from benchmarks.effect_truth import called, counts, errors, months, waves, years

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.analysis.effect_found import Tried
from kvalitetslib.analysis.effects import Measured, tried_effects
from kvalitetslib.analysis.panel import shared_panel
from kvalitetslib.model import Break, Direction, Group, Indicator, Source
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Estimate, Question, Report, Verdict
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.wheel import Effect, EffectMethod, NoEffect

MONTHS = tuple(f"{year}M{month:02}" for year in (2022, 2023, 2024, 2025) for month in range(1, 13))
ON = date(2025, 12, 31)
QUARTER = parse_period("2025K4")
STEP = Atgard("A-1", "namnden", "Ny rutin", Status.DONE, indicator="A", start=date(2025, 1, 13))
POINTS = indicator("A", unit="poäng", delta=1.0)


def noise(seed: int, n: int) -> np.ndarray:
    return errors(np.random.default_rng(seed), (n,), 0.0)


def stepped(step: float, *, at: int = 36, seed: int = 5) -> np.ndarray:
    values = 50 + noise(seed, 48)
    values[at:] += step
    return values


def monthly(values: np.ndarray, **more: object) -> pd.DataFrame:
    return rows("A", values, periods=MONTHS, **more)


def tried(
    frame: pd.DataFrame,
    *atgarder: Atgard,
    made: Indicator = POINTS,
    withheld: object = False,
) -> dict[str, Tried]:
    own = frame[frame["kommun"] == OWN].assign(withheld=withheld)
    measured = Measured(kommun(made), own, shared_panel(frame), ON)
    return {each.effect.atgard: each for each in tried_effects(measured, atgarder)}


def one(frame: pd.DataFrame, atgard: Atgard = STEP, **more: object) -> Tried:
    return tried(frame, atgard, **more)[atgard.id]  # type: ignore[arg-type]


def report_of(frame: pd.DataFrame, *atgarder: Atgard, made: Indicator = POINTS) -> Report:
    given = inputs(kommun(made), frame, atgarder=atgarder)
    return assess(given, quarter=QUARTER).report("namnden")


def effect_in(frame: pd.DataFrame, *atgarder: Atgard, made: Indicator = POINTS) -> Effect:
    return report_of(frame, *atgarder, made=made).effects[0]


def test_a_step_in_months_is_found_with_the_line_it_would_have_had() -> None:
    effect = effect_in(monthly(stepped(6.0)), STEP)
    assert (effect.method, effect.verdict) == (EffectMethod.SERIES, Verdict.BETTER)
    assert effect.change == pytest.approx(6.0, abs=1.5)
    assert effect.low is not None
    assert effect.high is not None
    assert 0 < effect.low < 6 < effect.high
    assert effect.before == ("2022M01", "2024M12")
    assert effect.after == ("2025M01", "2025M12")
    assert [period for period, _ in effect.counterfactual] == list(MONTHS[36:])
    assert effect.fitted[-1][1] - effect.counterfactual[-1][1] == pytest.approx(effect.change)


def test_where_low_is_good_a_fall_is_positive() -> None:
    made = replace(POINTS, direction=Direction.LOW)
    effect = effect_in(monthly(stepped(-6.0)), STEP, made=made)
    assert effect.verdict is Verdict.BETTER
    assert effect.change == pytest.approx(6.0, abs=1.5)
    assert effect.naive == pytest.approx(6.0, abs=2.0)


def test_the_verdict_and_numbers_are_those_of_the_evidence() -> None:
    report = report_of(monthly(stepped(6.0)), STEP)
    effect = report.effects[0]
    evidence = report.evidence(effect.evidence)
    assert (evidence.question, evidence.text) == (Question.EFFECT, "A-1")
    assert (evidence.verdict, evidence.difference, evidence.p) == (
        effect.verdict,
        effect.change,
        effect.p,
    )


def test_values_just_before_the_start_that_were_bad_by_chance_give_no_effect() -> None:
    values = 50 + noise(11, 48)
    values[33:36] -= 5.0
    effect = effect_in(monthly(values), STEP)
    assert effect.naive is not None
    assert effect.naive > 3.0
    assert effect.returned
    assert effect.verdict in (Verdict.UNDECIDED, Verdict.LEVEL)


def test_a_change_that_holds_without_the_bad_values_is_still_found() -> None:
    values = stepped(6.0)
    values[33:36] -= 5.0
    effect = effect_in(monthly(values), STEP)
    assert (effect.returned, effect.verdict) == (True, Verdict.BETTER)
    assert effect.change == pytest.approx(6.0, abs=1.5)


def test_without_enough_left_beside_the_bad_values_nothing_is_decided() -> None:
    values = (50 + noise(12, 24))[:14]
    values[5:8] -= 6.0
    start = replace(STEP, start=date(2025, 7, 1))
    frame = rows("A", values, periods=MONTHS[-14:])
    effect = effect_in(frame, start)
    assert (effect.returned, effect.verdict) == (True, Verdict.UNDECIDED)
    assert (effect.low, effect.high) == (None, None)


def test_a_fault_that_lasted_longer_than_chance_can_is_what_the_change_is_counted_from() -> None:
    values = 50 + noise(13, 48)
    values[28:36] -= 15.0
    effect = effect_in(monthly(values), STEP)
    assert effect.since == "2024M05"
    assert effect.verdict is Verdict.BETTER
    assert effect.change == pytest.approx(15.0, abs=2.5)


def test_two_atgarder_that_begin_close_together_cannot_be_told_apart() -> None:
    near = replace(STEP, id="A-2", start=date(2025, 3, 3))
    found = tried(monthly(stepped(6.0)), STEP, near)
    assert found["A-1"].effect.shared == ("A-2",)
    assert found["A-2"].effect.shared == ("A-1",)
    assert not found["A-1"].claim.firm  # type: ignore[union-attr]


def test_two_atgarder_far_apart_each_have_their_own_years() -> None:
    first = replace(STEP, id="A-0", start=date(2023, 7, 1))
    found = tried(monthly(stepped(6.0)), first, STEP)
    assert found["A-0"].effect.after == ("2023M07", "2024M12")
    assert found["A-1"].effect.before == ("2023M07", "2024M12")
    assert found["A-0"].effect.shared == found["A-1"].effect.shared == ()


def test_an_atgard_for_another_group_or_not_begun_stands_in_nobodys_way() -> None:
    others = (
        replace(STEP, id="A-3", start=date(2026, 2, 1)),
        replace(STEP, id="A-4", status=Status.PLANNED, start=date(2025, 2, 1)),
        replace(STEP, id="A-5", indicator="B"),
    )
    assert tried(monthly(stepped(6.0)), STEP, *others)["A-1"].effect.shared == ()


def test_a_group_has_its_own_series() -> None:
    frame = pd.concat([monthly(stepped(0.0)), monthly(stepped(6.0), gender="K")])
    atgard = replace(STEP, group=Group("K"))
    report = report_of(frame, atgard)
    assert report.effects[0].verdict is Verdict.BETTER
    assert report.evidence(report.effects[0].evidence).group == Group("K")


def counted(hits: list[int], n: int = 60) -> pd.DataFrame:
    values = np.array(hits, dtype=float)
    return rows(
        "A",
        np.round(100 * values / n, 1),
        periods=MONTHS[-len(hits) :],
        numerator=values,
        denominator=float(n),
    )


SHARE = indicator("A", unit="procent", counts_events=True, delta=5.0)


def test_a_series_too_short_for_a_line_is_held_as_two_shares() -> None:
    frame = counted([30, 31, 28, 33, 29, 30, 31, 44, 45, 43])
    found = one(frame, replace(STEP, start=date(2025, 10, 1)), made=SHARE)
    assert found.effect.method is EffectMethod.COUNTS
    claim = found.claim
    assert claim is not None
    assert isinstance(claim.cell, Estimate)
    # 212 of 420 before, 132 of 180 after.
    assert claim.reference_value == pytest.approx(100 * 212 / 420)
    assert claim.cell.value == pytest.approx(100 * 132 / 180)
    assert claim.p < 0.01


def test_a_bad_spell_before_a_short_series_is_left_out() -> None:
    frame = counted([40, 41, 39, 40, 28, 27, 29, 40, 41, 39])
    found = one(frame, replace(STEP, start=date(2025, 10, 1)), made=SHARE)
    assert found.effect.returned
    assert found.claim is not None
    assert found.claim.p > 0.5


def yearly(step: float, *, seed: int = 1) -> pd.DataFrame:
    """The own values beside thirty others', with a step from 2024 on."""
    own = 60 + noise(seed, 12)
    own[10:] += step
    others = peers("A", np.random.default_rng(seed))
    return pd.concat([rows("A", own), others], ignore_index=True)


YEARLY = replace(STEP, start=date(2024, 1, 15))


def test_a_yearly_value_is_held_against_the_others_change() -> None:
    found = one(yearly(9.0), YEARLY)
    effect = found.effect
    assert (effect.method, effect.n_others) == (EffectMethod.PEERS, 30)
    assert found.claim is not None
    assert found.claim.p < 0.03
    assert found.claim.difference == pytest.approx(9.0, abs=2.5)
    assert effect.naive is not None
    assert effect.others is not None
    assert found.claim.difference == pytest.approx(effect.naive - effect.others)
    assert (effect.before, effect.after) == (("2021", "2023"), ("2024", "2025"))


def test_a_year_that_had_come_far_when_it_began_is_neither_before_nor_after() -> None:
    found = one(yearly(9.0), replace(YEARLY, start=date(2024, 8, 15)))
    assert (found.effect.before[1], found.effect.after) == ("2023", ("2025", "2025"))


def test_years_without_others_are_too_few() -> None:
    own = yearly(9.0)
    found = one(own[own["kommun"] == OWN], YEARLY)
    assert found.effect.why_not is NoEffect.TOO_EARLY


SOURCE = Source("Provkommunens enkät", "", "0" * 64)


def surveyed(*shifts: float, start: date, **changes: object) -> Effect:
    """One question in the waves from 2022 on, each shifted so many steps."""
    names = tuple(wave(str(2022 + place)) for place in range(len(shifts)))
    made = codebook(item("f1", **changes), waves=names)
    rng = np.random.default_rng(3)
    given = tuple(answers(made, place, rng, shift=each) for place, each in enumerate(shifts))
    survey = SurveyInput(made, given, SOURCE, pd.DataFrame(), (), ())
    atgard = replace(STEP, indicator="prov:f1", start=start)
    given_inputs = inputs(
        kommun(indicator("A")), rows("A", [50.0]), atgarder=(atgard,), surveys=(survey,)
    )
    return assess(given_inputs, quarter=QUARTER).report("namnden").effects[0]


def test_a_question_is_compared_between_the_waves_before_and_after() -> None:
    effect = surveyed(0.0, 0.0, 0.0, 0.6, start=date(2025, 1, 20))
    assert (effect.method, effect.verdict) == (EffectMethod.WAVES, Verdict.BETTER)
    assert (effect.before, effect.after) == (("2023", "2024"), ("2025", "2025"))
    assert effect.change is not None
    assert effect.change == round(effect.change)


def test_a_bad_wave_before_is_left_out() -> None:
    effect = surveyed(0.0, -0.6, 0.0, start=date(2024, 1, 20))
    assert effect.naive is not None
    assert effect.naive > 10
    assert effect.returned
    assert effect.verdict is not Verdict.BETTER


def test_a_question_that_was_asked_anew_cannot_be_compared() -> None:
    effect = surveyed(0.0, 0.6, start=date(2023, 1, 20), breaks=("2023",))
    assert effect.why_not is NoEffect.SERIES_BREAK


@pytest.mark.parametrize(
    ("start", "why"),
    [(date(2025, 1, 20), NoEffect.TOO_EARLY), (date(2022, 1, 5), NoEffect.TOO_FEW)],
)
def test_waves_on_one_side_alone_tell_nothing(start: date, why: NoEffect) -> None:
    assert surveyed(0.0, 0.6, start=start).why_not is why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"start": None}, NoEffect.NOT_STARTED),
        ({"start": date(2026, 1, 1)}, NoEffect.NOT_STARTED),
        ({"status": Status.REFUSED}, NoEffect.NOT_STARTED),
        ({"indicator": ""}, NoEffect.NO_INDICATOR),
        ({"indicator": "B"}, NoEffect.NO_INDICATOR),
        ({"indicator": "prov:f1"}, NoEffect.NO_VALUES),
        ({"group": Group("K")}, NoEffect.NO_VALUES),
        ({"start": date(2022, 2, 1)}, NoEffect.TOO_FEW),
        ({"start": date(2022, 7, 1)}, NoEffect.TOO_FEW),
        ({"start": date(2025, 11, 1)}, NoEffect.TOO_EARLY),
    ],
)
def test_what_is_not_measured_says_why(changes: dict[str, object], why: NoEffect) -> None:
    found = one(monthly(stepped(6.0)), replace(STEP, **changes))
    assert (found.effect.why_not, found.claim) == (why, None)
    assert found.effect.verdict is Verdict.NOT_JUDGED


def test_an_indicator_without_a_good_direction_is_not_measured() -> None:
    made = replace(POINTS, direction=Direction.NEUTRAL)
    assert one(monthly(stepped(6.0)), made=made).effect.why_not is NoEffect.NO_DIRECTION


def test_an_indicator_made_anew_after_the_start_is_not_measured() -> None:
    made = replace(POINTS, breaks=(Break("2025M06", "ny definition"),))
    assert one(monthly(stepped(6.0)), made=made).effect.why_not is NoEffect.SERIES_BREAK


def test_values_that_never_vary_are_not_measured() -> None:
    found = one(monthly(np.full(48, 50.0)))
    assert found.effect.why_not is NoEffect.NO_SCATTER


def test_a_withheld_group_is_said_to_be_too_small() -> None:
    values = stepped(6.0)
    values[4:] = np.nan
    frame = monthly(values, gender="K")
    found = one(frame, replace(STEP, group=Group("K")), withheld=np.isnan(values))
    assert found.effect.why_not is NoEffect.HIDDEN
    assert found.effect.values == ()


def test_every_atgard_has_an_effect_or_a_reason() -> None:
    planned = replace(STEP, id="A-9", status=Status.PLANNED)
    report = report_of(monthly(stepped(6.0)), planned, STEP)
    assert [each.atgard for each in report.effects] == ["A-9", "A-1"]
    assert [bool(each.evidence) for each in report.effects] == [False, True]


def test_an_effect_keeps_its_evidence_id_when_the_method_changes() -> None:
    months = report_of(monthly(stepped(6.0)), STEP).effects[0]
    years = report_of(yearly(9.0), replace(YEARLY, id="A-1")).effects[0]
    assert (months.method, years.method) == (EffectMethod.SERIES, EffectMethod.PEERS)
    assert months.evidence == years.evidence


def test_a_goal_beside_an_atgard_changes_nothing_of_its_effect() -> None:
    given = inputs(
        kommun(POINTS), monthly(stepped(6.0)), goals=(goal("A", 52.0),), atgarder=(STEP,)
    )
    effect = assess(given, quarter=QUARTER).report("namnden").effects[0]
    assert effect.change == effect_in(monthly(stepped(6.0)), STEP).change


WORLDS = {
    "months": (months(24, 0.2), 40),
    "years": (years(0.3, others=60), 60),
    "counts": (counts(), 60),
    "waves": (waves(1), 25),
}


@pytest.mark.parametrize("chosen", ["random", "bad"])
@pytest.mark.parametrize("name", WORLDS)
def test_an_atgard_without_effect_is_seldom_called_effective(name: str, chosen: str) -> None:
    # The benchmark effect_truth.py has the shares of many more worlds: at most 6 % of them.
    world, n = WORLDS[name]
    better, _ = called(world, chosen, 0.0, n=n, seed=1)
    assert better / n <= 0.1


@pytest.mark.parametrize("name", WORLDS)
def test_a_large_effect_is_mostly_found(name: str) -> None:
    world, _ = WORLDS[name]
    better, worse = called(world, "bad", 5.0, n=12, seed=2)
    assert (better >= 8, worse) == (True, 0)
