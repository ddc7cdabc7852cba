"""The inputs of one kommun of a simulated world: its nämnder, goals and åtgärder, and all values.

All kommuner share one table of values, as they do when a snapshot is read.
"""

from datetime import date

import numpy as np
import pandas as pd
from benchmarks.simulated_draws import Draw
from benchmarks.simulated_rows import AGES, MONTHS, QUARTERS
from benchmarks.simulated_world import COUNTRY, Kind, World, codes_of

from kvalitetslib.model import Kommun, Namnd, PeerGroup, Policy, ReferenceKind
from kvalitetslib.period import Period, parse_period
from kvalitetslib.register import Atgard, Goal, GoalKind, Status
from kvalitetslib.sources.inputs import Inputs

QUARTER: Period = parse_period("2025K4")
GOALS = (0.5, 0.0)
"""Half of the goals are exactly what is, or will be, truly the case."""
SHARE_OF_GOALS, DUE = 0.12, date(2028, 12, 31)
SMALLEST_NAMND, LARGEST_NAMND = 3, 20


def inputs_of(world: World, own: int) -> Inputs:
    """The inputs of kommun number ``own``: its nämnder, goals and åtgärder, and all values."""
    rng = np.random.default_rng((world.scenario.seed, own))
    kommun = _kommun(world, own, rng)
    asked = [(namnd, world.place[id]) for namnd in kommun.namnder for id in namnd.indicators]
    empty = pd.DataFrame()
    return Inputs(
        kommun=kommun,
        values=world.values,
        earlier=world.values.iloc[:0],
        publications=pd.DataFrame({"indicator": [], "title": [], "next_publication": []}),
        names={},
        goals=_goals(world, own, asked, rng),
        atgarder=_atgarder(world, own, asked),
        outlooks=(),
        feedback=empty,
        promises=(),
        breaches=(),
        lessons=(),
        controls=(),
        ideas=(),
        economy=(),
        judgements=empty,
        sources=(),
        checksums=(("simulerad.csv", "0" * 64),),
    )


def _kommun(world: World, own: int, rng: np.random.Generator) -> Kommun:
    codes, where = np.array(codes_of(world.scenario)), world.where
    county = (where.county == where.county[own]) & (codes != codes[own])
    groups = (
        ("liknande", "liknande kommuner", ReferenceKind.PEERS, codes[where.peers[own]]),
        ("lan", "länet", ReferenceKind.COUNTY, codes[county]),
        ("riket", "riket", ReferenceKind.COUNTRY, np.array([COUNTRY])),
    )
    return Kommun(
        nyckel=f"kommun{own}",
        namn=f"Kommun {own}",
        kod=str(codes[own]),
        synthetic=True,
        policy=Policy(smallest_group=5, fdr=0.05, findings_per_quadrant=5, peers_smallest=4),
        namnder=_namnder(rng, [each.id for each in world.indicators]),
        indicators=world.indicators,
        peer_groups=tuple(
            PeerGroup(key, name, kind, tuple(str(code) for code in members))
            for key, name, kind, members in groups
        ),
        areas=(),
        age_groups=AGES,
    )


def _namnder(rng: np.random.Generator, ids: list[str]) -> tuple[Namnd, ...]:
    """Four to eight nämnder of 3 to 20 indicators, each indicator in one of them."""
    count = int(rng.integers(4, min(8, len(ids) // 4), endpoint=True))
    free = len(ids) - SMALLEST_NAMND * count
    sizes = np.full(count, LARGEST_NAMND + 1)
    while sizes.max() > LARGEST_NAMND:
        sizes = SMALLEST_NAMND + rng.multinomial(free, rng.dirichlet(np.full(count, 1.5)))
    parts = np.split(rng.permutation(ids), np.cumsum(sizes)[:-1])
    return tuple(
        Namnd(f"namnd{number}", f"Nämnd {number}", tuple(sorted(str(each) for each in part)))
        for number, part in enumerate(parts)
    )


def _goals(
    world: World, own: int, asked: list[tuple[Namnd, int]], rng: np.random.Generator
) -> tuple[Goal, ...]:
    """Some indicators have a goal, at what truly is the case or at a distance from it.

    Half are held against the value now, half are to be reached when they are due.
    """
    scenario = world.scenario
    draw = Draw(rng, scenario.effects, scenario.weights, scenario.all_null)
    made = []
    for namnd, number in asked:
        id = world.indicators[number].id
        delta = np.array([world.indicators[number].delta])
        distance = float(draw.effect(delta, 1, GOALS)[0, 0])
        if rng.random() >= SHARE_OF_GOALS:
            continue
        later = rng.random() < 0.5
        made.append(
            Goal(
                id=f"M-{id}",
                namnd=namnd.nyckel,
                kind=GoalKind.DEVELOPMENT if later else GoalKind.KKF,
                title=id,
                indicator=id,
                target=world.true_level(number, own, at=DUE if later else None) + distance,
                due=DUE if later else None,
            )
        )
    return tuple(made)


def _atgarder(world: World, own: int, asked: list[tuple[Namnd, int]]) -> tuple[Atgard, ...]:
    """One åtgärd for each indicator with several periods a year, when its step is or could be."""
    made = []
    for namnd, number in asked:
        if world.kinds[number] not in (Kind.QUARTERLY, Kind.MONTHLY):
            continue
        id = world.indicators[number].id
        at = world.step_at[world.row(number, Kind.QUARTERLY, Kind.MONTHLY), own]
        periods = QUARTERS if world.kinds[number] is Kind.QUARTERLY else MONTHS
        start = parse_period(periods[at]).start
        made.append(
            Atgard(
                f"A-{id}", namnd.nyckel, f"Åtgärd {id}", Status.RUNNING, indicator=id, start=start
            )
        )
    return tuple(made)
