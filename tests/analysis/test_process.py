"""Which control chart an own series gets, and what it says."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysis.made import goal, indicator, kommun, rows

from kvalitetslib.analysis.dense import Dense, dense_totals
from kvalitetslib.analysis.process import (
    chart_of,
    factor_of,
    last_restart,
    named_places,
    process_charts,
)
from kvalitetslib.context import AssuranceSign, ChartKind, ProcessChart, VariationSign
from kvalitetslib.model import Break, Direction, Indicator
from kvalitetslib.register import Goal
from kvalitetslib.stats.chart_signal import signal_p

MONTHS = tuple(f"{year}M{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13))
CALM = (10.0, 12.0) * 12


def monthly(id: str, values: object, **more: object) -> pd.DataFrame:
    return rows(id, values, periods=MONTHS, **more)


def counted(id: str, events: list[int], n: int, factor: float) -> pd.DataFrame:
    values = [round(factor * each / n, 1) for each in events]
    return monthly(id, values, numerator=events, denominator=n)


def chart(made: Indicator, frame: pd.DataFrame, goals: tuple[Goal, ...] = ()) -> ProcessChart:
    return process_charts(kommun(made), frame, goals)["namnden", made.id]


def test_a_share_with_known_counts_gets_a_p_chart_in_percent() -> None:
    made = indicator("A")
    found = chart(made, counted("A", [20, 30] * 6, 100, 100.0))
    # 25 of 100: sigma is sqrt(0.25 x 0.75 / 100) = 4.33 points.
    assert found.kind is ChartKind.P
    assert found.centre[-1] == pytest.approx(25.0)
    assert found.lower[-1] == pytest.approx(12.01, abs=0.01)
    assert found.upper[-1] == pytest.approx(37.99, abs=0.01)


def test_a_share_of_many_that_varies_beyond_chance_gets_laneys_chart() -> None:
    made = indicator("A")
    found = chart(made, counted("A", [2000, 3000] * 6, 10000, 100.0))
    assert found.kind is ChartKind.P_PRIME


def test_a_rate_with_known_counts_gets_a_u_chart_per_thousand() -> None:
    made = indicator("A", Direction.LOW, unit="antal per 1 000 brukare")
    found = chart(made, counted("A", [16] * 12, 400, 1000.0))
    # 16 of 400: sigma is sqrt(0.04 / 400) = 0.01, in thousandths 10.
    assert found.kind is ChartKind.U
    assert (found.centre[-1], found.lower[-1], found.upper[-1]) == pytest.approx((40, 10, 70))


def test_a_mean_of_days_gets_an_xmr_chart_although_its_counts_are_known() -> None:
    made = indicator("A", Direction.LOW, unit="dagar")
    found = chart(made, counted("A", [100, 120] * 6, 10, 1.0))
    # Moving ranges of 2: 11 +- 2.66 x 2.
    assert found.kind is ChartKind.XMR
    assert (found.lower[-1], found.upper[-1]) == pytest.approx((5.68, 16.32))


def test_a_lower_limit_of_counted_things_is_not_below_nothing() -> None:
    made = indicator("A", Direction.LOW, unit="dagar")
    assert chart(made, counted("A", [10, 70] * 6, 10, 1.0)).lower[-1] == 0.0


@pytest.mark.parametrize("n", [90, np.nan, 0])
def test_counts_that_do_not_give_the_values_are_not_used(n: float) -> None:
    made = indicator("A")
    frame = monthly("A", [20.0, 30.0] * 6, numerator=[20, 30] * 6, denominator=n)
    series = dense_totals(frame)["A"]
    assert factor_of(made, series) == 1.0
    assert chart(made, frame).kind is ChartKind.XMR


COUNT = indicator("A", Direction.LOW, unit="antal", decimals=0)


def series_of(values: object) -> Dense:
    known = np.array(values, dtype=float)
    missing = np.full(known.shape, np.nan)
    return Dense(MONTHS[: known.size], np.arange(known.size) + 24276.0, known, missing, missing)


RARE = [0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0] * 2


@pytest.mark.parametrize(
    ("made", "values", "kind"),
    [
        (COUNT, RARE, ChartKind.C),
        (COUNT, [*RARE[:23], np.nan], ChartKind.C),
        (COUNT, [40, 41, 40, 42, 41, 40, 39, 40] * 3, ChartKind.XMR),
        (COUNT, [*RARE[:23], 0.5], ChartKind.XMR),
        (COUNT, [*RARE[:23], -1], ChartKind.XMR),
        (indicator("A", unit="antal", decimals=1), RARE, ChartKind.XMR),
        (indicator("A", unit="dagar", decimals=0), RARE, ChartKind.XMR),
    ],
    ids=["events", "a gap", "a stock", "no whole number", "below zero", "decimals", "days"],
)
def test_events_counted_in_whole_numbers_get_a_c_chart(
    made: Indicator, values: list[float], kind: ChartKind
) -> None:
    found = chart(made, monthly("A", values))
    assert found.kind is kind


def test_a_c_chart_has_the_limits_of_events_by_chance() -> None:
    found = chart(COUNT, monthly("A", [2, 5, 4, 6, 3, 4, 1, 7] * 2))
    # The mean is 4 and sigma 2; the lower limit is not below nothing.
    assert (found.centre[-1], found.lower[-1], found.upper[-1]) == (4, 0, 10)


CHANCE = {
    "normal": ("poäng", lambda rng: rng.normal(size=33)),
    "lognormal": ("poäng", lambda rng: rng.lognormal(0, 0.8, 33)),
    "poisson 0.1": ("antal", lambda rng: rng.poisson(0.1, 33)),
    "poisson 0.3": ("antal", lambda rng: rng.poisson(0.3, 33)),
    "poisson 1": ("antal", lambda rng: rng.poisson(1, 33)),
    "poisson 3": ("antal", lambda rng: rng.poisson(3, 33)),
}


@pytest.mark.parametrize("name", CHANCE)
def test_a_signal_by_chance_is_as_rare_as_its_p_says(name: str) -> None:
    unit, draw = CHANCE[name]
    made = indicator("A", unit=unit, decimals=0)
    rng = np.random.default_rng(20261121)
    p = np.array([signal_p(chart_of(made, series_of(draw(rng)))) for _ in range(1500)])
    # Before: 54 % of Poisson 0.1 below 0.05, and 2.3 % of lognormal below 0.001.
    assert ((p <= 0.05).mean() <= 0.055, (p <= 0.001).mean() <= 0.003) == (True, True)


def test_the_goal_is_not_assured_by_preliminary_limits() -> None:
    twelve = indicator("A", unit="poäng", restarts=(Break("2025M01", "Ny rutin"),))
    thirteen = indicator("A", unit="poäng", restarts=(Break("2024M12", "Ny rutin"),))
    found = [chart(each, monthly("A", CALM), (goal("A", 5.0),)) for each in (twelve, thirteen)]
    assert [each.assurance for each in found] == [AssuranceSign.UNKNOWN, AssuranceSign.ALWAYS]


def test_the_goal_is_not_assured_by_values_that_never_vary() -> None:
    found = chart(indicator("A", unit="poäng"), monthly("A", [12.0] * 20), (goal("A", 5.0),))
    assert found.assurance is AssuranceSign.UNKNOWN


def test_the_last_restart_is_the_last_one_with_values_after_it() -> None:
    made = indicator("A", restarts=(Break("2023M06", "En"), Break("2024M12", "Två")))
    assert last_restart(made, series_of(CALM)) == 23
    assert last_restart(made, series_of([*CALM[:23], np.nan])) == 5
    assert last_restart(indicator("A"), series_of(CALM)) == 0


def test_fewer_than_twelve_values_have_no_chart() -> None:
    assert process_charts(kommun(indicator("A")), monthly("A", CALM[:11]), ()) == {}


def test_twelve_values_have_preliminary_limits_and_thirteen_do_not() -> None:
    made = indicator("A")
    assert chart(made, monthly("A", CALM[:12])).preliminary
    assert not chart(made, monthly("A", CALM[:13])).preliminary


def test_limits_are_drawn_anew_only_at_a_named_change() -> None:
    frame = monthly("A", [10.0, 12.0] * 6 + [30.0, 32.0] * 6)
    plain = chart(indicator("A"), frame)
    named = chart(indicator("A", restarts=(Break("2025M01", "Ny rutin"),)), frame)
    assert (plain.restarts, plain.centre[0], plain.centre[-1]) == ((), 21.0, 21.0)
    assert (named.centre[0], named.centre[-1]) == (11.0, 31.0)
    assert named.restarts == (Break("2025M01", "Ny rutin"),)
    assert plain.signals[-1] == 1
    assert set(named.signals) == {0}


@pytest.mark.parametrize("period", ["2023M01", "2026M01"])
def test_a_named_change_outside_the_series_changes_nothing(period: str) -> None:
    made = indicator("A", restarts=(Break(period, "Ny rutin"),))
    series = dense_totals(rows("A", CALM[:12], periods=MONTHS[:12]))["A"]
    assert named_places(made, series) == []
    assert len(set(chart_of(made, series).phase)) == 1


def test_a_year_is_a_change_from_its_first_month() -> None:
    made = indicator("A", restarts=(Break("2025", "Ny rutin"),))
    series = dense_totals(monthly("A", CALM))["A"]
    assert [place for _, place in named_places(made, series)] == [12]


@pytest.mark.parametrize(
    ("direction", "sign"),
    [
        (Direction.HIGH, VariationSign.IMPROVEMENT),
        (Direction.LOW, VariationSign.CONCERN),
        (Direction.NEUTRAL, VariationSign.CHANGE),
    ],
)
def test_a_signal_is_good_or_bad_as_the_indicator_says(
    direction: Direction, sign: VariationSign
) -> None:
    found = chart(indicator("A", direction, unit="dagar"), monthly("A", [*CALM[:23], 40.0]))
    assert (found.variation, found.signals[-1]) == (sign, 1)


@pytest.mark.parametrize(
    ("target", "sign"),
    [
        (5.0, AssuranceSign.ALWAYS),
        (11.0, AssuranceSign.SOMETIMES),
        (17.0, AssuranceSign.NEVER),
    ],
)
def test_the_goal_is_held_against_the_limits(target: float, sign: AssuranceSign) -> None:
    # The limits are 5.68 and 16.32.
    made = indicator("A", unit="poäng")
    found = chart(made, monthly("A", CALM), (goal("A", target),))
    assert (found.assurance, found.target) == (sign, target)


def test_the_goal_of_a_share_is_held_against_its_limits_in_percent() -> None:
    frame = counted("A", [20, 30] * 7, 100, 100.0)
    found = chart(indicator("A"), frame, (goal("A", 40.0),))
    assert found.assurance is AssuranceSign.NEVER


def test_without_a_goal_nothing_is_said_of_it() -> None:
    assert chart(indicator("A"), monthly("A", CALM)).assurance is AssuranceSign.UNKNOWN


def test_a_missing_month_has_no_value_and_no_signal() -> None:
    found = chart(indicator("A"), monthly("A", [*CALM[:8], np.nan, *CALM[:8]]))
    assert (found.values[8], found.signals[8]) == (None, 0)


def test_periods_are_numbered_by_month_and_by_quarter() -> None:
    months = dense_totals(monthly("A", CALM[:3]))["A"]
    quarters = dense_totals(rows("A", [1.0, 2.0], periods=("2025K1", "2025K4")))["A"]
    assert months.at.tolist() == [2025 * 12 + 9, 2025 * 12 + 10, 2025 * 12 + 11]
    assert quarters.at.tolist() == [2025 * 4, 2025 * 4 + 3]
    assert months.number(date(2025, 12, 24)) == months.at[-1]
