"""What the nulägesanalys says of made-up kommuner whose truth is known.

A small run of ``tests/benchmarks/swot_truth.py``: forty kommuner with twenty indicators each.
"""

import numpy as np
import pandas as pd
import pytest
from benchmarks.simulated_world import Scenario, World, make_world
from benchmarks.swot_rivals import at_equal_rate, two_points
from benchmarks.swot_truth import exact_interval, outcome, power, records, share_of_namnder

KOMMUNER, INDICATORS, SEED = 40, 20, 3
WRONG_AT_MOST, FALSE_AT_MOST = 0.05, 0.07
FOUND_AT_LEAST = 0.5
"""Of true differences of more than three relevant ones, level against the reference."""


@pytest.fixture(scope="module")
def nothing_is_true() -> pd.DataFrame:
    return records(make_world(Scenario(KOMMUNER, INDICATORS, SEED, all_null=True)))


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(Scenario(KOMMUNER, INDICATORS, SEED))


@pytest.fixture(scope="module")
def some_is_true(world: World) -> pd.DataFrame:
    return records(world)


def test_the_simulated_truth_is_none_when_nothing_is_drawn(nothing_is_true: pd.DataFrame) -> None:
    without_lines = nothing_is_true[nothing_is_true["rule"] == ""]

    assert without_lines["truth"].abs().max() < 1e-6


def test_few_namnder_are_told_something_when_nothing_is_true(
    nothing_is_true: pd.DataFrame,
) -> None:
    told, namnder = share_of_namnder(nothing_is_true)

    # Monte Carlo margin: a true rate of 5 % gives less than this in 97.5 % of runs.
    margin = 1.96 * np.sqrt(WRONG_AT_MOST * (1 - WRONG_AT_MOST) / namnder)
    assert told / namnder <= WRONG_AT_MOST + margin, exact_interval(told, namnder)


def test_few_lines_are_false(some_is_true: pd.DataFrame) -> None:
    lines = some_is_true[some_is_true["rule"] != ""]

    assert outcome(lines)["andel falska"] <= FALSE_AT_MOST


def test_no_line_turns_a_difference_that_matters_round(some_is_true: pd.DataFrame) -> None:
    lines = some_is_true[(some_is_true["rule"] != "") & ~some_is_true["alike"]]
    turned = lines["claimed"] * lines["truth"] <= -0.5 * lines["delta"]

    assert turned.sum() == 0


def test_large_differences_are_found(some_is_true: pd.DataFrame) -> None:
    found = power(some_is_true).loc["LEVEL | år, Kolada"]

    assert found["3–4"] >= FOUND_AT_LEAST


def test_more_is_found_than_by_two_points_at_the_same_share_of_false_lines(
    some_is_true: pd.DataFrame, world: World
) -> None:
    is_yearly = some_is_true["kind"].str.startswith("år")
    levels = some_is_true[is_yearly & (some_is_true["question"] == "LEVEL")]
    ours = outcome(levels[levels["rule"] != ""])
    claims = two_points(world)
    rival = claims[claims["question"] == "LEVEL"]

    assert ours["sanna"] > at_equal_rate(rival, ours["andel falska"])
