"""Questions to own monthly series: what is claimed, and how often chance is taken for something."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysis.made import goal, indicator, kommun, rows

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.dense import Asked
from kvalitetslib.analysis.evidence import evidence_of
from kvalitetslib.analysis.monthly import monthly_claims
from kvalitetslib.analysis.process import asked_of
from kvalitetslib.analysis.process_claims import process_claims
from kvalitetslib.model import Break, Direction, Indicator
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.report import Estimate, Question, Verdict

MONTHS = tuple(f"{year}M{month:02}" for year in (2022, 2023, 2024, 2025) for month in range(1, 13))
ON = date(2025, 12, 31)


def noise(seed: int, n: int, rho: float = 0.0) -> np.ndarray:
    errors = np.random.default_rng(seed).standard_normal(n)
    for place in range(1, n):
        errors[place] = rho * errors[place - 1] + np.sqrt(1 - rho**2) * errors[place]
    return errors


def asked(
    made: Indicator,
    frame: pd.DataFrame,
    *goals: Goal,
) -> dict[Question, Claim]:
    found = monthly_claims(kommun(made), frame, goals, on=ON)
    return {each.question: each for each in found}


def series(values: object) -> pd.DataFrame:
    return rows("A", values, periods=MONTHS)


def development(target: float, due: date) -> Goal:
    return Goal(
        "M-A", "namnden", GoalKind.DEVELOPMENT, "Mål", indicator="A", target=target, due=due
    )


def by_chance(rho: float, *, seeds: range) -> float:
    """Share of series without any change in which p is at most 0.05; 24, 36 and 48 months."""
    made = kommun(indicator("A", unit="poäng"))
    found = [
        _signal(each).p
        for seed in seeds
        for n in (24, 36, 48)
        for each in asked_of(made, series(noise(seed, n, rho)), ())
    ]
    return float(np.mean(np.array(found) <= 0.05))


def _signal(each: Asked) -> Claim:
    return next(iter(process_claims(each, on=ON, year_mean=np.nan)))


@pytest.mark.parametrize(("rho", "most"), [(0.0, 0.04), (0.2, 0.07), (0.4, 0.16)])
def test_a_signal_comes_by_chance_no_more_often_than_is_told(rho: float, most: float) -> None:
    # Measured in 400 series a cell: 2 % of unrelated months, 5 % at rho = 0.2, 9-12 % at 0.4.
    assert by_chance(rho, seeds=range(100, 140)) <= most


def test_a_series_without_a_goal_is_asked_for_direction_and_signal_alone() -> None:
    found = asked(indicator("A", unit="poäng"), series(noise(1, 24)))
    assert set(found) == {Question.TREND, Question.CHANGE}


def test_a_short_series_is_not_asked_for_direction() -> None:
    assert set(asked(indicator("A"), series(50 + noise(1, 14)))) == {Question.CHANGE}


def test_the_level_is_the_mean_of_the_latest_twelve_months() -> None:
    values = np.r_[np.full(12, 40.0), np.full(12, 60.0)] + noise(2, 24)
    found = asked(indicator("A", unit="poäng"), series(values), goal("A", 70.0))[Question.LEVEL]
    assert isinstance(found.cell, Estimate)
    assert found.cell.value == pytest.approx(values[12:].mean())
    assert found.difference == pytest.approx(values[12:].mean() - 70)
    assert found.low < found.difference < found.high < 0
    assert found.firm


def test_where_low_is_good_a_fall_is_positive() -> None:
    values = np.r_[np.full(12, 14.0), np.full(12, 8.0)] + noise(3, 24)
    found = asked(indicator("A", Direction.LOW, unit="dagar"), series(values))[Question.TREND]
    assert found.difference == pytest.approx(values[:12].mean() - values[12:].mean())
    assert 0 < found.low < found.difference < found.high
    assert found.reference_value == pytest.approx(values[:12].mean())


def test_a_quiet_latest_point_has_p_one_and_counts_all_the_same() -> None:
    found = asked(indicator("A", unit="poäng"), series([10.0, 12.0] * 12))[Question.CHANGE]
    assert (found.p, found.signal) == (1.0, "")


def test_a_signal_has_a_p_that_is_judged_among_the_others() -> None:
    loud = asked(indicator("A", unit="poäng"), series([10.0, 12.0] * 12 + [25.0]))[Question.CHANGE]
    assert loud.signal == "utanför gränserna+"
    assert 0 < loud.p < 0.01
    alone = evidence_of([loud], fdr=0.05)[0]
    strict = evidence_of([loud], fdr=1e-6)[0]
    assert (alone.verdict, strict.verdict) == (Verdict.BETTER, Verdict.UNDECIDED)


def test_a_named_change_makes_an_old_signal_ordinary() -> None:
    values = [10.0, 12.0] * 6 + [30.0, 32.0] * 6
    made = indicator("A", unit="poäng", restarts=(Break("2025M01", "Ny rutin"),))
    assert asked(indicator("A", unit="poäng"), series(values))[Question.CHANGE].signal
    assert asked(made, series(values))[Question.CHANGE].signal == ""


def restarted(n: int) -> dict[Question, Claim]:
    """36 months at 10, then n at 20 after a named change; the goal is 30."""
    values = np.r_[np.full(36, 10.0), np.full(n, 20.0)] + noise(9, 36 + n)
    made = indicator("A", unit="poäng", restarts=(Break(MONTHS[-n], "Ny rutin"),))
    return asked(made, series(values), goal("A", 30.0))


def test_the_level_is_of_the_months_since_the_last_named_change() -> None:
    claim = restarted(12)[Question.LEVEL]
    assert isinstance(claim.cell, Estimate)
    assert claim.cell.value == pytest.approx(20.0, abs=1.0)
    assert (claim.n_periods, claim.first_period) == (12, "2025M01")


@pytest.mark.parametrize("n", [1, 8, 11])
def test_fewer_than_twelve_months_since_a_named_change_have_no_level(n: int) -> None:
    assert Question.LEVEL not in restarted(n)


@pytest.mark.parametrize("n", [8, 12])
def test_years_on_both_sides_of_a_named_change_have_no_direction(n: int) -> None:
    assert Question.TREND not in restarted(n)


def test_preliminary_limits_assure_no_goal() -> None:
    made = indicator("A", unit="poäng", restarts=(Break("2025M01", "Ny rutin"),))
    values = [30.0, 32.0] * 18 + [10.0, 12.0] * 6
    assert Question.ASSURANCE not in asked(made, series(values), goal("A", 5.0))
    earlier = replace(made, restarts=(Break("2024M12", "Ny rutin"),))
    values[35] = 12.0
    assert Question.ASSURANCE in asked(earlier, series(values), goal("A", 5.0))


def test_values_that_never_vary_assure_no_goal() -> None:
    found = asked(indicator("A", unit="poäng"), series([10.0] * 24), goal("A", 5.0))
    assert Question.ASSURANCE not in found


@pytest.mark.parametrize(("target", "said"), [(5.0, "alltid"), (17.0, "aldrig")])
def test_a_goal_outside_the_limits_is_reached_always_or_never(target: float, said: str) -> None:
    # The limits are 5.68 and 16.32.
    found = asked(indicator("A", unit="poäng"), series([10.0, 12.0] * 12), goal("A", target))
    claim = found[Question.ASSURANCE]
    assert (claim.signal, np.isnan(claim.p), claim.firm) == (said, True, False)
    verdict = evidence_of([claim], fdr=0.05)[0].verdict
    assert verdict is (Verdict.BETTER if said == "alltid" else Verdict.WORSE)


def test_a_goal_between_the_limits_is_no_claim() -> None:
    found = asked(indicator("A", unit="poäng"), series([10.0, 12.0] * 12), goal("A", 11.0))
    assert Question.ASSURANCE not in found


def test_a_goal_still_to_be_moved_towards_is_never_said_to_be_missed() -> None:
    frame = series([10.0, 12.0] * 12)
    later = asked(indicator("A", unit="poäng"), frame, development(17.0, date(2027, 6, 30)))
    due = asked(indicator("A", unit="poäng"), frame, development(17.0, date(2025, 6, 30)))
    reached = asked(indicator("A", unit="poäng"), frame, development(5.0, date(2027, 6, 30)))
    assert (Question.ASSURANCE in later, Question.MOVE in later) == (False, True)
    assert (Question.ASSURANCE in due, Question.MOVE in due) == (True, False)
    assert (Question.ASSURANCE in reached, Question.MOVE in reached) == (True, False)


def test_a_pace_is_held_against_the_one_that_reaches_the_goal_in_time() -> None:
    values = np.r_[np.full(12, 60.0), np.full(12, 64.0)] + 0.1 * noise(4, 24)
    found = asked(indicator("A"), series(values), development(74.0, date(2026, 12, 31)))
    claim = found[Question.MOVE]
    # The mean of 2025 stands in the middle of June; a year and a half later is the last of 2026.
    # Needed: 10 in 1.54 years, 6.5 a year. The pace is 4.
    assert claim.difference == pytest.approx(4 - 10 / 1.54, abs=0.1)
    assert claim.beside == pytest.approx(4.0, abs=0.1)
    assert claim.delta == pytest.approx(1.0)
    assert evidence_of([claim], fdr=0.05)[0].verdict is Verdict.WORSE
