"""Cost beside quality: every field by hand, what is never said, and how often noise is believed."""

import math
from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from analysis.made import OWN, PEERS, YEARS, indicator, kommun, peers, rows

from kvalitetslib.analysis.cost_change import beside_all
from kvalitetslib.analysis.cost_quality import (
    FIELDS,
    cost_move,
    cost_quality,
    four_field,
    quality_move,
)
from kvalitetslib.analysis.panel import Panel, with_protected, yearly_panel
from kvalitetslib.context import CostQuality, FourField, Move
from kvalitetslib.model import Break, CostPair, Direction, Indicator, Kommun, Perspective
from kvalitetslib.period import parse_period

H, HELD, L, U = Move.HIGHER, Move.HELD, Move.LOWER, Move.UNDECIDED
COST = indicator(
    "C", Direction.NEUTRAL, unit="kronor per elev", delta=3000.0, perspective=Perspective.ECONOMY
)
DEVIATION = replace(COST, id="D", unit="procent", delta=3.0)
QUALITY = tuple(indicator(f"Q{n}") for n in range(4))
LEVEL = 60_000.0


@pytest.mark.parametrize(
    ("quality", "cost", "field"),
    [
        (H, L, FourField.GAIN),
        (HELD, L, FourField.GAIN),
        (L, L, FourField.SAVED),
        (U, L, FourField.UNDECIDED),
        (H, HELD, FourField.BETTER),
        (HELD, HELD, FourField.STEADY),
        (L, HELD, FourField.LOSS),
        (U, HELD, FourField.UNDECIDED),
        (H, H, FourField.BOUGHT),
        (HELD, H, FourField.DEARER),
        (L, H, FourField.LOSS),
        (U, H, FourField.UNDECIDED),
        (H, U, FourField.UNDECIDED),
        (HELD, U, FourField.UNDECIDED),
        (L, U, FourField.UNDECIDED),
        (U, U, FourField.UNDECIDED),
    ],
)
def test_every_field_of_the_table(quality: Move, cost: Move, field: FourField) -> None:
    assert four_field(quality, cost) is field


def test_every_field_can_be_reached_and_cost_alone_reaches_none() -> None:
    assert set(FIELDS.values()) | {FourField.UNDECIDED} == set(FourField)
    assert {four_field(U, cost) for cost in Move} == {FourField.UNDECIDED}


@pytest.mark.parametrize(
    ("numbers", "move"),
    [
        ((1.4, 0.2, 2.6), H),
        ((0.6, 0.2, 1.0), HELD),  # surely better, but by too little to matter
        ((1.4, -0.2, 3.0), HELD),
        ((0.1, -0.5, 0.7), HELD),
        ((-0.6, -0.9, -0.3), HELD),  # surely worse, but by too little to matter
        ((0.1, -1.2, 1.4), U),  # not significant is not the same as held
        ((-0.8, -1.4, -0.2), U),
        ((-1.4, -2.6, 0.2), U),
        ((-1.4, -2.6, -0.2), L),
    ],
)
def test_quality_is_held_when_a_loss_that_matters_is_ruled_out(
    numbers: tuple[float, float, float], move: Move
) -> None:
    assert quality_move(*numbers) is move


@pytest.mark.parametrize(
    ("numbers", "move"),
    [
        ((6.0, 1.0, 11.0), H),
        ((-6.0, -11.0, -1.0), L),
        ((0.5, -4.0, 4.9), HELD),
        ((-3.0, -4.5, -1.5), HELD),  # surely lower, but by less than matters
        ((0.5, -4.0, 5.0), U),
        ((-6.0, -13.0, 1.0), U),
        ((-4.0, -7.0, -1.0), U),
    ],
)
def test_a_cost_moves_by_what_matters_or_is_shown_not_to(
    numbers: tuple[float, float, float], move: Move
) -> None:
    assert cost_move(*numbers, relevant=5.0) is move


def paired(*pairs: CostPair, indicators: tuple[Indicator, ...] = QUALITY) -> Kommun:
    """A kommun whose nämnd follows the quality but not the cost."""
    made = kommun(*indicators)
    namnd = replace(made.namnder[0], indicators=tuple(each.id for each in indicators))
    known = (*indicators, COST, DEVIATION)
    return replace(made, indicators=known, namnder=(namnd,), cost_pairs=pairs)


PAIR = CostPair("Skolan", "C", tuple(each.id for each in QUALITY))


def costs(rng: np.random.Generator, own: float, *, sd: float = 0.015, rise: float = 0.04):
    """Costs that rise by 4 percent a year for all; the own step in 2024 is ``own`` percent."""
    prices = (1 + rise) ** np.arange(len(YEARS))
    step = np.where(np.array(YEARS) >= "2024", 1 + own / 100, 1.0)
    frames = []
    for code in (OWN, *PEERS):
        level = LEVEL * (1 + 0.1 * rng.standard_normal())
        noise = 1 + sd * rng.standard_normal(len(YEARS))
        frames.append(rows("C", level * prices * noise * (step if code == OWN else 1), code=code))
    return pd.concat(frames)


def deviations(rng: np.random.Generator, own: float, *, sd: float = 1.0):
    step = np.where(np.array(YEARS) >= "2024", own, 0.0)
    return pd.concat(
        [
            rows(
                "D", sd * rng.standard_normal(len(YEARS)) + (step if code == OWN else 0), code=code
            )
            for code in (OWN, *PEERS)
        ]
    )


def qualities(rng: np.random.Generator, *own: float, sd: float = 2.0):
    """Four indicators; the own steps in 2024 are in relevant differences (5 points)."""
    frames = []
    for each, step in zip(QUALITY, own, strict=True):
        path = 60 + np.where(np.array(YEARS) >= "2024", 5 * step, 0.0)
        frames.append(rows(each.id, path + sd * rng.standard_normal(len(YEARS))))
        frames.append(peers(each.id, rng, sd=sd))
    return pd.concat(frames)


def judged(made: Kommun, *frames: pd.DataFrame) -> tuple[CostQuality, ...]:
    panel = yearly_panel(pd.concat(frames, ignore_index=True))
    return cost_quality(made, made.namnder[0], panel, sources={"C": "prov"})


def one(own_cost: float, *own_quality: float, seed: int = 1) -> CostQuality:
    rng = np.random.default_rng(seed)
    (found,) = judged(paired(PAIR), costs(rng, own_cost), qualities(rng, *own_quality))
    return found


@pytest.mark.parametrize(
    ("cost", "quality", "field"),
    [
        (-12.0, 0.0, FourField.GAIN),
        (-12.0, 3.0, FourField.GAIN),
        (-12.0, -3.0, FourField.SAVED),
        (0.0, 3.0, FourField.BETTER),
        (0.0, 0.0, FourField.STEADY),
        (0.0, -3.0, FourField.LOSS),
        (12.0, 3.0, FourField.BOUGHT),
        (12.0, 0.0, FourField.DEARER),
        (12.0, -3.0, FourField.LOSS),
    ],
)
def test_planted_changes_land_in_their_fields(
    cost: float, quality: float, field: FourField
) -> None:
    assert one(cost, *[quality] * 4).field is field


def test_the_years_of_both_spans_are_told() -> None:
    found = one(0.0, 0, 0, 0, 0)

    assert (found.before, found.now) == (("2021", "2023"), ("2024", "2025"))


def test_prices_that_rise_for_all_are_no_rise() -> None:
    found = one(0.0, 0, 0, 0, 0)

    assert found.cost_now / found.cost_before > 1.08
    assert found.peers_cost == pytest.approx(100 * (1.04**2.5 - 1), abs=1.5)
    assert (found.peers, found.members) == ("liknande kommuner", 7)
    assert abs(found.cost) < 3
    assert found.cost_move is HELD


def test_without_peers_the_cost_is_told_in_current_prices() -> None:
    rng = np.random.default_rng(3)
    table = costs(rng, 0.0)
    (found,) = judged(
        paired(PAIR), table[table["kommun"] == OWN], qualities(rng, 0.0, 0.0, 0.0, 0.0)
    )

    assert (found.peers, found.members, found.peers_cost) == ("", 0, None)
    assert found.cost == pytest.approx(100 * (1.04**2.5 - 1), abs=2.0)


def test_a_peer_without_the_own_years_is_left_out() -> None:
    rng = np.random.default_rng(4)
    table = costs(rng, 0.0)
    gone = (table["kommun"] == PEERS[0]) & (table["period"] == "2022")
    (found,) = judged(paired(PAIR), table[~gone], qualities(rng, 0.0, 0.0, 0.0, 0.0))

    assert found.members == 6


def test_a_deviation_is_counted_in_percentage_points_beside_no_one() -> None:
    rng = np.random.default_rng(5)
    pair = replace(PAIR, cost="D")
    (found,) = judged(paired(pair), deviations(rng, -6.0), qualities(rng, 0.0, 0.0, 0.0, 0.0))

    assert found.cost == pytest.approx(found.cost_now - found.cost_before)
    assert (found.is_relative, found.peers, found.cost_relevant) == (True, "", 3.0)
    assert found.field is FourField.GAIN


def test_a_cost_in_kronor_matters_by_its_own_relevant_difference() -> None:
    found = one(0.0, 0, 0, 0, 0)

    assert found.cost_relevant == pytest.approx(100 * 3000 / found.cost_before)


def test_quality_is_the_mean_of_its_parts_and_low_may_be_good() -> None:
    found = one(0.0, 1.0, -1.0, 0.5, 0.0)
    low = tuple(replace(each, direction=Direction.LOW) for each in QUALITY)
    rng = np.random.default_rng(1)
    (turned,) = judged(
        paired(PAIR, indicators=low), costs(rng, 0.0), qualities(rng, 1.0, -1.0, 0.5, 0.0)
    )

    assert found.quality == pytest.approx(np.mean([each.change for each in found.parts]))
    assert turned.quality == pytest.approx(-found.quality)


def test_quality_is_not_called_held_when_one_part_has_fallen() -> None:
    found = one(-12.0, 1.5, 1.5, 1.5, -3.0)

    assert found.quality_low > -1
    assert [each.has_fallen for each in found.parts] == [False, False, False, True]
    assert (found.quality_move, found.field) == (U, FourField.UNDECIDED)


def test_parts_that_vary_together_make_the_mean_less_sure() -> None:
    rng = np.random.default_rng(6)
    frames = []
    for code in (OWN, *PEERS):
        shared = 60 + 2 * rng.standard_normal(len(YEARS))
        frames += [rows(each.id, shared, code=code) for each in QUALITY]
    (as_one,) = judged(paired(PAIR), costs(rng, 0.0), *frames)
    apart = one(0.0, 0, 0, 0, 0)

    def width(found: CostQuality) -> float:
        return found.quality_high - found.quality_low

    assert width(as_one) == pytest.approx(2 * width(apart), rel=0.25)


def test_more_pairs_make_wider_intervals() -> None:
    rng = np.random.default_rng(7)
    frames = costs(rng, 0.0), deviations(rng, 0.0), qualities(rng, 0.0, 0.0, 0.0, 0.0)
    alone = judged(paired(PAIR), *frames)
    both = judged(paired(PAIR, CostPair("Allt", "D", PAIR.quality)), *frames)

    assert both[0].quality == alone[0].quality
    assert both[0].quality_low < alone[0].quality_low


def test_a_pair_is_for_those_who_follow_some_of_its_quality() -> None:
    rng = np.random.default_rng(8)
    made = paired(PAIR)
    frames = costs(rng, 0.0), qualities(rng, 0.0, 0.0, 0.0, 0.0)
    other = replace(made, namnder=(replace(made.namnder[0], indicators=("C",)),))
    one_of_four = replace(made, namnder=(replace(made.namnder[0], indicators=("Q3",)),))

    assert judged(other, *frames) == ()
    assert len(judged(one_of_four, *frames)[0].parts) == 4


def test_one_part_is_too_few_unless_the_pair_has_one() -> None:
    rng = np.random.default_rng(9)
    table = qualities(rng, 0.0, 0.0, 0.0, 0.0)
    frames = costs(rng, 0.0), table[table["indicator"] == "Q0"]

    assert judged(paired(PAIR), *frames) == ()
    assert len(judged(paired(CostPair("Skolan", "C", ("Q0",))), *frames)) == 1


def test_a_cost_with_one_year_before_is_too_little() -> None:
    rng = np.random.default_rng(10)
    table = costs(rng, 0.0)

    short = table[table["period"] >= "2023"]
    assert judged(paired(PAIR), short, qualities(rng, 0.0, 0.0, 0.0, 0.0)) == ()


def test_values_that_are_too_old_are_not_shown() -> None:
    rng = np.random.default_rng(10)
    table = costs(rng, 0.0)

    old = table[table["period"] <= "2021"]
    assert judged(paired(PAIR), old, qualities(rng, 0.0, 0.0, 0.0, 0.0)) == ()


def test_years_before_a_break_are_not_used() -> None:
    rng = np.random.default_rng(10)
    made = paired(PAIR)
    broken = replace(
        made,
        indicators=tuple(
            replace(each, breaks=(Break("2024", "ny fråga"),)) if each.id == "Q1" else each
            for each in made.indicators
        ),
    )
    (found,) = judged(broken, costs(rng, 0.0), qualities(rng, 0.0, 0.0, 0.0, 0.0))

    assert [each.indicator.id for each in found.parts] == ["Q0", "Q2", "Q3"]


def test_a_withheld_value_takes_no_part() -> None:
    rng = np.random.default_rng(10)
    table = pd.concat([costs(rng, 0.0), qualities(rng, 0.0, 0.0, 0.0, 0.0)], ignore_index=True)
    made, panel = paired(PAIR), yearly_panel(table)
    secret = (table["kommun"] == OWN) & (table["indicator"] == "Q2") & (table["period"] >= "2024")
    hidden = with_protected(panel, OWN, table[table["kommun"] == OWN].assign(withheld=secret))
    (found,) = cost_quality(made, made.namnder[0], hidden, sources={})

    assert [each.indicator.id for each in found.parts] == ["Q0", "Q1", "Q3"]


def test_the_source_is_named_with_its_own_processing() -> None:
    assert one(0.0, 0, 0, 0, 0).source == "Kolada; prov; egen bearbetning"


def test_a_kommun_without_values_has_no_pairs() -> None:
    rng = np.random.default_rng(10)
    table = pd.concat([costs(rng, 0.0), qualities(rng, 0.0, 0.0, 0.0, 0.0)])

    assert judged(paired(PAIR), table[table["kommun"] != OWN]) == ()


def test_a_common_rise_is_no_noise() -> None:
    prices = 100 * np.log(1.05) * np.arange(6)
    levels = np.arange(12.0)[:, None]

    assert beside_all(prices + levels) == pytest.approx(np.broadcast_to(levels, (12, 6)))
    assert beside_all(prices + levels[:9]) == pytest.approx(prices + levels[:9])


def test_costs_that_are_not_above_zero_are_missing() -> None:
    rng = np.random.default_rng(10)
    table = costs(rng, 0.0)
    table.loc[(table["kommun"] == OWN) & (table["period"] == "2025"), "value"] = -5.0
    (found,) = judged(paired(PAIR), table, qualities(rng, 0.0, 0.0, 0.0, 0.0))

    assert found.now == ("2023", "2024")
    assert math.isfinite(found.cost)


ROUNDS = 400
ANY_GAIN = "någon vinst"


def simulated(own_cost: float, own_quality: float, seed: int) -> Panel:
    """A panel as `costs`, `deviations` and `qualities` make it, drawn at once; 0.6 points of
    deviation for a percent of cost."""
    rng = np.random.default_rng([99, seed])
    shape, is_now = (1 + len(PEERS), len(YEARS)), np.array(YEARS) >= "2024"
    values = np.empty((6, *shape))
    levels = LEVEL * (1 + 0.1 * rng.standard_normal((shape[0], 1))) * 1.04 ** np.arange(shape[1])
    values[0] = levels * (1 + 0.015 * rng.standard_normal(shape))
    values[1] = rng.standard_normal(shape)
    values[2:] = (
        60 + 3 * rng.standard_normal((4, shape[0], 1)) + 2 * rng.standard_normal((4, *shape))
    )
    values[0, 0, is_now] *= 1 + own_cost / 100
    values[1, 0, is_now] += 0.6 * own_cost
    values[2:, 0, is_now] += 5 * own_quality
    whole = np.full((6, shape[0], 3, shape[1]), np.nan)
    whole[:, :, 0] = values
    at = np.array([parse_period(text).at for text in YEARS])
    return Panel(("C", "D", "Q0", "Q1", "Q2", "Q3"), (OWN, *PEERS), YEARS, at, whole)


@cache
def counted(own_cost: float, own_quality: float) -> Counter[str]:
    """Fields over many draws of noise. Each draw holds two pairs, as a nämnd has."""
    made = paired(PAIR, CostPair("Allt", "D", ("Q0", "Q1")))
    found: Counter[str] = Counter()
    for seed in range(ROUNDS):
        panel = simulated(own_cost, own_quality, seed)
        fields = [e.field for e in cost_quality(made, made.namnder[0], panel, sources={})]
        found.update(fields)
        found[ANY_GAIN] += FourField.GAIN in fields
    return found


@pytest.mark.parametrize(
    ("cost", "quality"),
    [
        (0.0, 0.0),
        (-12.0, -1.0),  # the cost is lower, but the quality has fallen by what matters
        (0.0, 2.0),
    ],
)
def test_a_namnd_is_seldom_told_of_a_gain_that_is_not_there(cost: float, quality: float) -> None:
    assert counted(cost, quality)[ANY_GAIN] <= 0.05 * ROUNDS


def test_noise_alone_is_steady_or_undecided() -> None:
    found = counted(0.0, 0.0)

    assert found[FourField.STEADY] + found[FourField.UNDECIDED] >= 0.95 * 2 * ROUNDS
    assert found[FourField.STEADY] >= 0.2 * 2 * ROUNDS


def test_a_gain_that_is_there_is_mostly_found() -> None:
    assert counted(-12.0, 0.0)[FourField.GAIN] >= 0.6 * 2 * ROUNDS
