"""Faults planted in made-up data are doubted, and honest data are not."""

from dataclasses import replace

import numpy as np
import pandas as pd
from analysis.made import PEERS, YEARS, indicator, kommun, peers, rows

from kvalitetslib.analysis.doubts import doubts_of
from kvalitetslib.analysis.panel import shared_panel, with_protected
from kvalitetslib.analysis.protect import protect
from kvalitetslib.context import Doubt, DoubtKind
from kvalitetslib.model import Break, Group, Indicator, Perspective

STEADY = (61.2, 59.8, 60.4, 61.0, 59.5, 60.9, 60.1, 59.9, 60.7, 60.3, 59.6, 60.8)
MONTHS = tuple(f"{year}M{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13))


def _doubts(made: Indicator, *frames: pd.DataFrame) -> tuple[Doubt, ...]:
    ours = kommun(made)
    values = pd.concat(frames, ignore_index=True)
    own = protect(values[(values["kommun"] == ours.kod).to_numpy()], ours.policy.smallest_group)
    return doubts_of(ours, with_protected(shared_panel(values), ours.kod, own), own)


def _others() -> pd.DataFrame:
    return peers("N1", np.random.default_rng(11)).round({"value": 1})


def _with_last(value: float) -> pd.DataFrame:
    return rows("N1", (*STEADY[:-1], value))


def test_an_ordinary_series_is_not_doubted() -> None:
    assert _doubts(indicator("N1"), rows("N1", STEADY), _others()) == ()


def test_a_moved_decimal_point_in_the_latest_value_is_doubted() -> None:
    (doubt,) = _doubts(indicator("N1"), _with_last(6.1), _others())
    assert doubt == Doubt(DoubtKind.SCALE, "N1", Group(), "2025", 6.1, 59.5, 61.2)


def test_a_jump_far_outside_what_others_change_is_doubted() -> None:
    (doubt,) = _doubts(indicator("N1"), _with_last(78.0), _others())
    assert (doubt.kind, doubt.period, doubt.value) == (DoubtKind.JUMP, "2025", 78.0)


def test_a_change_that_others_have_too_is_not_doubted() -> None:
    raised = _others()
    raised.loc[raised["period"] == "2025", "value"] += 18.0
    assert _doubts(indicator("N1"), _with_last(78.0), raised) == ()


def test_a_peak_that_returns_is_a_doubt_about_the_year_of_the_peak() -> None:
    series = (*STEADY[:5], 79.0, *STEADY[6:])
    (doubt,) = _doubts(indicator("N1"), rows("N1", series), _others())
    assert (doubt.kind, doubt.period) == (DoubtKind.JUMP, YEARS[5])


def test_a_new_level_that_lasts_is_not_doubted() -> None:
    series = (*STEADY[:-2], 78.0, 79.0)
    assert _doubts(indicator("N1"), rows("N1", series), _others()) == ()


def test_a_value_after_a_series_break_is_not_held_against_those_before_it() -> None:
    made = indicator("N1", breaks=(Break("2025", "ny definition"),))
    assert _doubts(made, _with_last(78.0), _others()) == ()


def test_a_value_after_a_named_change_is_not_held_against_those_before_it() -> None:
    made = indicator("N1", restarts=(Break("2025", "nytt arbetssätt"),))
    assert _doubts(made, _with_last(78.0), _others()) == ()


def test_a_share_above_a_hundred_is_doubted() -> None:
    (doubt,) = _doubts(indicator("N1"), _with_last(603.0), _others())
    assert doubt == Doubt(DoubtKind.RANGE, "N1", Group(), "2025", 603.0, 0.0, 100.0)


def test_a_negative_number_of_days_is_doubted() -> None:
    (doubt,) = _doubts(indicator("N1", unit="dagar"), _with_last(-60.8), _others())
    assert (doubt.kind, doubt.low, doubt.high) == (DoubtKind.RANGE, 0.0, None)


def test_a_negative_result_in_percent_is_not_doubted_in_economy() -> None:
    made = indicator("N1", perspective=Perspective.ECONOMY)
    assert _doubts(made, rows("N1", (-1.2, -0.4, -0.9, 0.3))) == ()


def test_what_other_municipalities_show_to_be_possible_is_not_doubted() -> None:
    negative = _others().assign(value=lambda table: table["value"] - 60.0)
    assert _doubts(indicator("N1"), rows("N1", np.array(STEADY) - 60.0), negative) == ()


def test_a_total_outside_women_and_men_is_doubted() -> None:
    by_sex = [rows("N1", (70.0, 71.0), gender="K"), rows("N1", (60.0, 62.0), gender="M")]
    (doubt,) = _doubts(indicator("N1"), rows("N1", (65.0, 75.0)), *by_sex)
    assert doubt == Doubt(DoubtKind.SEXES, "N1", Group(), "2025", 75.0, 62.0, 71.0)


def test_a_total_within_a_rounding_of_women_and_men_is_not_doubted() -> None:
    by_sex = [rows("N1", (70.0,), gender="K"), rows("N1", (70.0,), gender="M")]
    assert _doubts(indicator("N1"), rows("N1", (70.1,)), *by_sex) == ()


def test_a_total_with_people_of_unknown_sex_may_lie_outside() -> None:
    counted = [
        rows("N1", (65.3,), numerator=64, denominator=98),
        rows("N1", (64.6,), gender="K", numerator=31, denominator=48),
        rows("N1", (64.6,), gender="M", numerator=31, denominator=48),
    ]
    assert _doubts(indicator("N1", decimals=1), *counted) == ()


def test_a_sum_of_women_and_men_is_not_a_mean_of_them() -> None:
    by_sex = [rows("N1", (40.0,), gender="K"), rows("N1", (30.0,), gender="M")]
    made = indicator("N1", unit="antal", decimals=0)
    assert _doubts(made, rows("N1", (70.0,)), *by_sex) == ()


def test_a_withheld_sex_raises_no_doubt_about_the_total() -> None:
    by_sex = [
        rows("N1", (99.0,), gender="K", numerator=3, denominator=3),
        rows("N1", (60.0,), gender="M", numerator=60, denominator=100),
    ]
    assert _doubts(indicator("N1"), rows("N1", (40.0,)), *by_sex) == ()


def test_a_value_that_stands_still_while_others_move_is_doubted() -> None:
    series = (*STEADY[:-4], 60.7, 60.7, 60.7, 60.7)
    found = _doubts(indicator("N1"), rows("N1", series), _others())
    assert [each.kind for each in found] == [DoubtKind.FROZEN] * 4
    assert [each.period for each in found] == list(YEARS[-4:])


def test_whole_numbers_may_stand_still() -> None:
    series = np.rint(np.array(STEADY) / 10)
    assert _doubts(indicator("N1"), rows("N1", series), _others()) == ()


def test_a_month_far_from_all_others_is_doubted_without_any_peers() -> None:
    rng = np.random.default_rng(3)
    series = 60 + rng.standard_normal(len(MONTHS))
    series[20] = 85.0
    (doubt,) = _doubts(indicator("N1"), rows("N1", series, periods=MONTHS))
    assert (doubt.kind, doubt.period) == (DoubtKind.JUMP, MONTHS[20])


def test_a_low_that_comes_every_july_is_not_doubted() -> None:
    series = 60 + np.random.default_rng(4).standard_normal(len(MONTHS))
    series[6::12] -= 30.0
    assert _doubts(indicator("N1"), rows("N1", series, periods=MONTHS)) == ()


def test_few_cases_that_vary_by_chance_are_not_doubted() -> None:
    hits = np.random.default_rng(9).poisson(0.4, len(MONTHS)).astype(float)
    hits[30] = 5.0
    made = indicator("N1", unit="antal per 1 000 invånare")
    counted = rows("N1", hits, periods=MONTHS, numerator=hits, denominator=1000.0)
    assert _doubts(made, counted) == ()


def test_a_group_by_area_is_looked_at_too() -> None:
    series = 60 + np.random.default_rng(5).standard_normal(len(MONTHS))
    series[-1] = 20.0
    whole = rows("N1", 60 + 0 * series, periods=MONTHS)
    (doubt,) = _doubts(indicator("N1"), whole, rows("N1", series, periods=MONTHS, area="norr"))
    assert (doubt.group, doubt.period) == (Group(area="norr"), MONTHS[-1])


def test_an_indicator_that_no_namnd_follows_is_left_alone() -> None:
    assert _doubts(indicator("N1"), rows("N2", (*STEADY[:-1], 6.1))) == ()


def test_honest_noise_is_hardly_ever_doubted() -> None:
    # 31 municipalities of 12 years, each in turn read as the own one: 372 values.
    values = _others()
    ours = kommun(indicator("N1"))
    panel = shared_panel(values)
    found = [
        doubts_of(
            replace(ours, kod=code),
            panel,
            protect(values[(values["kommun"] == code).to_numpy()], 5),
        )
        for code in PEERS
    ]
    assert sum(map(len, found)) == 0
