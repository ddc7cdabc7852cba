"""A simulated world: every kommun's true levels, trends, gaps and steps, and what is published.

Own indicators by quarter and month lie in the same table of values under the same ids for all
kommuner: with several periods a year they never become anybody's reference.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.simulated_draws import (
    RELEVANT_YEARS,
    STEPS,
    TRENDS,
    Counts,
    Draw,
    Floats,
    Ints,
    Places,
    counts,
    lasting,
    levels,
    months,
    places,
    published_years,
    steps_before,
    true_years,
)
from benchmarks.simulated_rows import (
    AGES,
    AREAS,
    MONTHS,
    QUARTERS,
    YEARS,
    counted_rows,
    monthly_rows,
    yearly_rows,
)

from kvalitetslib.model import Direction, Indicator, Perspective

COUNTRY = "0000"
_FIRST_STEP, _LAST_STEP = 4, 9
"""Quarters (of twelve) in which a step can be; months are three times as many."""


class Kind(StrEnum):
    YEARLY = "år, Kolada"
    COUNTED = "år, egen räkning"
    QUARTERLY = "kvartal, egen räkning"
    MONTHLY = "månad, egen"


@dataclass(frozen=True)
class Scenario:
    """What is drawn. ``effects`` are true differences in relevant differences, with weights."""

    kommuner: int = 500
    indicators: int = 60
    seed: int = 1
    all_null: bool = False
    effects: tuple[float, ...] = (0.5, 1.0, 2.0, 3.0, 4.0)
    weights: tuple[float, ...] = (0.25, 0.25, 0.2, 0.15, 0.15)


@dataclass(frozen=True, eq=False)
class World:
    """All kommuner: what is true and what is published, in the indicators' own units.

    The indicators stand in the order of ``Kind``; arrays hold those of the kinds that are named.

    Attributes
    ----------
    autocorrelation : (indicators,) of the noise.
    yearly, observed : (yearly and counted, kommuner, T K M, years), true and published; NaN in
        ``observed`` where nothing is published.
    counted, quarterly : the own counting.
    monthly : (monthly, kommuner, months), true.
    steps, step_at : (quarterly and monthly, kommuner), true step and the place of its period.
    values : the one table of published values that everybody shares.
    """

    scenario: Scenario
    indicators: tuple[Indicator, ...]
    kinds: tuple[Kind, ...]
    autocorrelation: Floats
    where: Places
    yearly: Floats
    observed: Floats
    counted: Counts
    quarterly: Counts
    monthly: Floats
    steps: Floats
    step_at: Ints
    values: pd.DataFrame

    @cached_property
    def place(self) -> dict[str, int]:
        """Number of each indicator by its id."""
        return {each.id: number for number, each in enumerate(self.indicators)}

    def row(self, indicator: int, *kinds: Kind) -> int:
        """Place of an indicator in an array that holds those kinds (KeyError when it is none)."""
        if self.kinds[indicator] not in kinds:
            raise KeyError(f"{self.kinds[indicator]} is none of {kinds}")
        return sum(each in kinds for each in self.kinds[:indicator])

    def true_dense(self, indicator: int, own: int) -> Floats:
        """True values by month or quarter of an indicator that has them."""
        if self.kinds[indicator] is Kind.QUARTERLY:
            row = self.row(indicator, Kind.QUARTERLY)
            return np.asarray(self.quarterly.true[row, own, 0])
        return np.asarray(self.monthly[self.row(indicator, Kind.MONTHLY), own])

    def true_level(self, indicator: int, own: int, *, at: date | None = None) -> float:
        """True level now (the last year's mean), or of a yearly one on a later day."""
        if self.kinds[indicator] in (Kind.YEARLY, Kind.COUNTED):
            total = self.yearly[self.row(indicator, Kind.YEARLY, Kind.COUNTED), own, 0]
            left = 0.0 if at is None else years_to(at, float(YEARS[-1]) + 1)
            return float(total[-1] + left * (total[-1] - total[0]) / (len(total) - 1))
        window = 4 if self.kinds[indicator] is Kind.QUARTERLY else 12
        return float(self.true_dense(indicator, own)[-window:].mean())


def years_to(day: date, at: float) -> float:
    """Years from a place on the time axis to a day."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25 - at


@dataclass(frozen=True, eq=False)
class _Ground:
    """What all kinds of indicators are drawn from; ``base`` is (indicators, kommuner), levels."""

    draw: Draw
    kinds: npt.NDArray[np.str_]
    indicators: tuple[Indicator, ...]
    sd: Floats
    delta: Floats
    base: Floats
    where: Places

    def ids(self, kind: Kind) -> list[str]:
        return [
            each.id for each, is_so in zip(self.indicators, self.of(kind), strict=True) if is_so
        ]

    def of(self, kind: Kind) -> npt.NDArray[np.bool_]:
        return np.asarray(self.kinds == kind)

    def events(self) -> npt.NDArray[np.bool_]:
        """Which of the quarterly indicators count events and not the same persons again."""
        return np.array([each.counts_events for each in self.indicators], dtype=np.bool_)[
            self.of(Kind.QUARTERLY)
        ]

    def counted(self, kind: Kind, moves: Floats) -> Counts:
        rows, cells = self.of(kind), (len(AGES), len(AREAS))
        return counts(
            self.draw, self.base[rows], self.delta[rows], moves=moves, cells=cells, where=self.where
        )

    def trends(self, kind: Kind) -> Floats:
        """(indicators, kommuner, years) that end at 0."""
        slope = self.draw.effect(self.delta[self.of(kind)], self.base.shape[1], TRENDS)
        ago = np.arange(len(YEARS)) - len(YEARS) + 1
        return np.asarray(slope[..., None] / RELEVANT_YEARS * ago)

    def years(self) -> tuple[Floats, Floats, Floats]:
        """(indicators, kommuner, T K M, years) true and published, and the autocorrelation."""
        rows = self.of(Kind.YEARLY)
        true = true_years(self.draw, self.base[rows], self.delta[rows], len(YEARS))
        decimals = np.array([each.decimals for each in self.indicators])[rows]
        seen, rho = published_years(
            self.draw.rng, true, sd=self.sd[rows], decimals=decimals, where=self.where
        )
        return true, seen, rho

    def months(self, moves: Floats) -> tuple[Floats, Floats, Floats]:
        """(indicators, kommuner, months) true and published, and the autocorrelation."""
        rows = self.of(Kind.MONTHLY)
        return months(self.draw, self.base[rows], self.delta[rows], moves=moves, where=self.where)


def make_world(scenario: Scenario) -> World:
    """Draw the kommuner of a scenario; the same scenario gives the same world."""
    rng = np.random.default_rng(scenario.seed)
    draw = Draw(rng, scenario.effects, scenario.weights, scenario.all_null)
    ground = _ground(draw, scenario)
    quarters = int(ground.of(Kind.QUARTERLY).sum())
    stepped = ground.of(Kind.QUARTERLY) | ground.of(Kind.MONTHLY)
    steps = draw.effect(ground.delta[stepped], scenario.kommuner, STEPS)
    at = rng.integers(_FIRST_STEP, _LAST_STEP, steps.shape, endpoint=True)
    at[quarters:] *= 3
    counted = ground.counted(Kind.COUNTED, ground.trends(Kind.COUNTED))
    quarterly = ground.counted(
        Kind.QUARTERLY, steps_before(steps[:quarters], at[:quarters], len(QUARTERS))
    )
    quarterly = _some_lasting(rng, quarterly, events=ground.events())
    true, seen, rho = ground.years()
    true_months, seen_months, rho_months = ground.months(
        steps_before(steps[quarters:], at[quarters:], len(MONTHS))
    )
    autocorrelation = np.zeros(len(ground.kinds))
    autocorrelation[ground.of(Kind.YEARLY)] = rho
    autocorrelation[ground.of(Kind.MONTHLY)] = rho_months
    codes = codes_of(scenario)
    country = np.average(true, axis=1, weights=ground.where.inhabitants)[:, None]
    frames = [
        yearly_rows(ground.ids(Kind.YEARLY), codes, seen),
        yearly_rows(ground.ids(Kind.YEARLY), [COUNTRY], np.round(country, 2)),
        counted_rows(ground.ids(Kind.COUNTED), codes, counted, YEARS),
        counted_rows(ground.ids(Kind.QUARTERLY), codes, quarterly, QUARTERS),
        monthly_rows(ground.ids(Kind.MONTHLY), codes, seen_months),
    ]
    return World(
        scenario=scenario,
        indicators=ground.indicators,
        kinds=tuple(Kind(each) for each in ground.kinds),
        autocorrelation=autocorrelation,
        where=ground.where,
        yearly=np.concatenate([true, counted.true]),
        observed=np.concatenate([seen, np.round(counted.by_sex(counted.events), 1)]),
        counted=counted,
        quarterly=quarterly,
        monthly=true_months,
        steps=steps,
        step_at=at,
        values=pd.concat(frames, ignore_index=True),
    )


def _some_lasting(
    rng: np.random.Generator, drawn: Counts, *, events: npt.NDArray[np.bool_]
) -> Counts:
    """The counts, with a status that lasts in the indicators that do not count events."""
    wide = events[:, None, None, None, None, None]
    kept = lasting(rng.spawn(1)[0], drawn)
    return Counts(drawn.shares, drawn.persons, np.where(wide, drawn.events, kept.events))


def _ground(draw: Draw, scenario: Scenario) -> _Ground:
    kinds = np.array(_kinds(scenario.indicators))
    sd, mean, indicators = _indicators(draw.rng, kinds)
    delta = np.array([each.delta for each in indicators])
    where = places(draw.rng, scenario.kommuner)
    return _Ground(draw, kinds, indicators, sd, delta, levels(draw, mean, sd, delta, where), where)


def codes_of(scenario: Scenario) -> list[str]:
    """The code of each kommun."""
    return [str(1001 + number) for number in range(scenario.kommuner)]


def _kinds(n: int) -> list[Kind]:
    """A tenth is monthly, a twentieth counted by quarter and by year, at least one of each."""
    few, some = max(1, n // 20), max(1, n // 10)
    sizes = {Kind.COUNTED: few, Kind.QUARTERLY: few, Kind.MONTHLY: some}
    sizes = {Kind.YEARLY: n - sum(sizes.values()), **sizes}
    return [kind for kind, count in sizes.items() for _ in range(count)]


def _indicators(
    rng: np.random.Generator, kinds: npt.NDArray[np.str_]
) -> tuple[Floats, Floats, tuple[Indicator, ...]]:
    """Spread between kommuner, mean, and the indicators themselves."""
    n = len(kinds)
    counted = np.isin(kinds, [Kind.COUNTED, Kind.QUARTERLY])
    percent = counted | (rng.random(n) < 0.6)
    sd = np.where(percent, rng.uniform(5, 12, n), rng.uniform(2, 40, n))
    sd = np.where(counted, 5.0, sd)
    mean = np.where(percent, rng.uniform(40, 70, n), 8 * sd)
    delta = np.where(percent & (rng.random(n) < 0.5) | counted, 5.0, 0.25 * sd)
    way = rng.choice([Direction.HIGH, Direction.LOW, Direction.NEUTRAL], n, p=[0.55, 0.33, 0.12])
    decimals = np.where(rng.random(n) < 0.25, 0, 1)
    made = tuple(
        Indicator(
            id=f"U{number:03d}",
            title=f"Mått {number}",
            subject=f"Mått {number}",
            unit="procent" if percent[number] else "antal dagar",
            direction=Direction(way[number]),
            decimals=int(decimals[number]),
            delta=round(float(delta[number]), 3),
            perspective=Perspective.RESULT,
            source="prov",
            area="prov",
            by_gender=True,
            counts_events=kinds[number] == Kind.QUARTERLY and number % 2 == 0,
        )
        for number in range(n)
    )
    return sd, mean, made
