"""Leaps of a report: with the change they are named after, or none."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from analysis.made_wheel import WAIT, months, result
from made_report import report

from kvalitetslib.analysis.leaps import leaps_of
from kvalitetslib.model import Break
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Report

STEP = "2025M07"
ROUTINE = Atgard(
    "A1", "provnamnden", "Svarsrutin", Status.RUNNING, WAIT.id, start=date(2025, 6, 10)
)


def made(*atgarder: Atgard, restarts: tuple[Break, ...] = (), climb: bool = False) -> Report:
    """Thirty months of waiting that fall from 20 to 12 days, in one step or evenly."""
    at = np.arange(30)
    course = 20 - 8 * at / 30 if climb else np.where(at >= 18, 12.0, 20.0)
    values = course + np.random.default_rng(8).standard_normal(30)
    held = result(replace(WAIT, restarts=restarts), *months(2024, *values.tolist()))
    return replace(report(), indicators=(held,), atgarder=atgarder, all_evidence=())


def test_a_leap_tells_when_and_between_which_levels():
    (leap,) = leaps_of(made())
    assert leap.period == STEP
    assert (leap.before, leap.after) == pytest.approx((20, 12), abs=0.7)
    assert leap.change == pytest.approx(leap.before - leap.after)


def test_a_leap_without_a_dated_change_has_no_cause_and_moves_no_limits():
    (leap,) = leaps_of(made())
    assert (leap.cause, leap.atgard, leap.is_rebased) == ("", "", False)


def test_an_atgard_that_started_near_is_named():
    (leap,) = leaps_of(made(ROUTINE))
    assert (leap.cause, leap.atgard, leap.is_rebased) == ("Svarsrutin", "A1", False)


def test_an_atgard_that_started_long_before_is_not_named():
    (leap,) = leaps_of(made(replace(ROUTINE, start=date(2025, 1, 1))))
    assert leap.atgard == ""


def test_a_named_restart_is_the_cause_and_moves_the_limits():
    (leap,) = leaps_of(made(restarts=(Break(STEP, "ny svarsrutin"),)))
    assert (leap.period, leap.cause, leap.is_rebased) == (STEP, "ny svarsrutin", True)


def test_a_climb_is_no_leap():
    assert leaps_of(made(climb=True)) == ()


def test_values_before_a_series_break_take_no_part():
    first = made().indicators[0]
    broken = replace(first, indicator=replace(first.indicator, breaks=(Break("2025M07", "ny"),)))
    assert leaps_of(replace(made(), indicators=(broken,))) == ()
