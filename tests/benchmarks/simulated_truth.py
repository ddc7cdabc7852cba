"""What is true behind each piece of evidence in a simulated world.

A truth is in the indicator's unit and turned like ``Evidence.difference``: positive is good. Zero
means that there is nothing to find, so that both a good and a bad verdict are false.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from benchmarks.simulated_draws import Floats, Ints
from benchmarks.simulated_kommuner import DUE
from benchmarks.simulated_rows import AGES, AREAS, GENDERS, YEARS
from benchmarks.simulated_world import Kind, World, years_to

from kvalitetslib.model import Direction, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Estimate, Evidence, Question, Reference

POLARITY = {Direction.HIGH: 1.0, Direction.LOW: -1.0}
DECIMALS = 9
"""Truths are rounded here, so that sums which should be zero are."""
HELD_YEARS = 3
_OWN_YEARLY = (Kind.YEARLY, Kind.COUNTED)
_COUNTED = (Kind.COUNTED, Kind.QUARTERLY)
_STEPPED = (Kind.QUARTERLY, Kind.MONTHLY)


@dataclass(frozen=True, eq=False)
class Case:
    """A piece of evidence of kommun number ``own``, in its world."""

    world: World
    own: int
    evidence: Evidence

    @property
    def number(self) -> int:
        return self.world.place[self.evidence.indicator]

    @property
    def kind(self) -> Kind:
        return self.world.kinds[self.number]

    @property
    def sign(self) -> float:
        """Which way is good; 1 where neither is, as the evidence shows the plain difference."""
        return POLARITY.get(self.world.indicators[self.number].direction, 1.0)

    @property
    def years(self) -> Floats:
        """(kommuner, T K M, years) true."""
        return self.world.yearly[self.world.row(self.number, *_OWN_YEARLY)]

    @property
    def seen(self) -> Floats:
        """(kommuner, T K M, years) published."""
        return self.world.observed[self.world.row(self.number, *_OWN_YEARLY)]

    @property
    def peers(self) -> Ints:
        return np.asarray(self.world.where.peers[self.own])

    @property
    def year(self) -> int:
        return YEARS.index(self.evidence.period)

    @property
    def is_yearly(self) -> bool:
        return self.kind in _OWN_YEARLY

    @property
    def dense(self) -> Floats:
        """True values by month or quarter."""
        return self.world.true_dense(self.number, self.own)

    @property
    def window(self) -> int:
        """Periods in a year."""
        return 4 if self.kind is Kind.QUARTERLY else 12


def truth(world: World, own: int, evidence: Evidence) -> float:
    """The true difference behind the evidence (KeyError for a question without a truth)."""
    return round(float(ANSWERS[evidence.question.name](Case(world, own, evidence))), DECIMALS)


def slopes(years: Floats) -> Floats:
    """True change per year along the last axis, from the first year to the last."""
    return np.asarray((years[..., -1] - years[..., 0]) / (years.shape[-1] - 1))


def _level(case: Case) -> float:
    kind = _reference(case).kind
    if not case.is_yearly:
        if kind is not ReferenceKind.GOAL:
            raise KeyError(f"no true value of {kind} for {case.kind}")
        return case.sign * (case.dense[-case.window :].mean() - _reference(case).value)
    own = case.years[case.own, 0, case.year]
    return float(case.sign * (own - _TRUE_REFERENCE[kind](case)))


def _members(case: Case, places: np.ndarray) -> Floats:
    """True values in the period of those kommuner that published one."""
    published = ~np.isnan(case.seen[places, 0, case.year])
    return np.asarray(case.years[places[published], 0, case.year])


def _in_county(case: Case) -> np.ndarray:
    same = np.flatnonzero(case.world.where.county == case.world.where.county[case.own])
    return np.asarray(same[same != case.own])


_TRUE_REFERENCE: dict[ReferenceKind, Callable[[Case], float]] = {
    ReferenceKind.GOAL: lambda case: _reference(case).value,
    ReferenceKind.PEERS: lambda case: float(np.median(_members(case, case.peers))),
    ReferenceKind.COUNTY: lambda case: float(np.median(_members(case, _in_county(case)))),
    ReferenceKind.COUNTRY: lambda case: float(
        np.average(case.years[:, 0, case.year], weights=case.world.where.inhabitants)
    ),
}


def _reference(case: Case) -> Reference:
    if case.evidence.reference is None:
        raise KeyError(f"evidence {case.evidence.id} has no reference")
    return case.evidence.reference


def _potential(case: Case) -> float:
    peers = case.sign * _members(case, case.peers)
    return float(np.quantile(peers, 0.75) - case.sign * case.years[case.own, 0, case.year])


def _trend(case: Case) -> float:
    if case.is_yearly:
        return case.sign * float(slopes(case.years[case.own, 0]))
    recent, before = case.dense[-case.window :], case.dense[-2 * case.window : -case.window]
    return case.sign * float(recent.mean() - before.mean())


def _change(case: Case) -> float:
    """A chart's latest value against its mean; a year's against the year published before it."""
    if not case.is_yearly:
        return case.sign * float(case.dense[-1] - case.dense.mean())
    total = case.years[case.own, 0]
    earlier = np.flatnonzero(~np.isnan(case.seen[case.own, 0, : case.year]))
    return case.sign * float(total[case.year] - total[earlier[-1]])


def _gap(case: Case) -> float:
    """Between the sexes: negative when the true gap lies the same way as the one that is told."""
    group = case.evidence.group
    if group.gender == "T":
        return case.sign * _part_against_rest(case)
    cell = case.evidence.cell
    if not isinstance(cell, Estimate):
        raise KeyError(f"evidence {case.evidence.id} has no value")
    told = np.sign(cell.value - _reference(case).value) or 1.0
    if case.kind in _COUNTED:
        return float(-told * _part_against_rest(case))
    women, men = (case.years[case.own, GENDERS.index(name), case.year] for name in "KM")
    return float(-told * (women - men))


def _part_against_rest(case: Case) -> float:
    """True share of a sex, age or area less that of the others, over the latest year."""
    world, group = case.world, case.evidence.group
    counts, window = (
        (world.counted, 1) if case.kind is Kind.COUNTED else (world.quarterly, case.window)
    )
    row = world.row(case.number, case.kind)
    people = counts.persons[row, case.own]
    share = counts.shares[row, case.own][..., -window:].mean(axis=-1)
    inside = np.zeros(people.shape, dtype=np.bool_)
    if group.gender != "T":
        inside["KM".index(group.gender)] = True
    elif group.age:
        inside[:, AGES.index(group.age)] = True
    else:
        inside[:, :, AREAS.index(group.area)] = True
    means = [(share * people)[part].sum() / people[part].sum() for part in (inside, ~inside)]
    return float(means[0] - means[1])


def _gap_trend(case: Case) -> float:
    """Positive when the true gap closes, seen from the side that truly is ahead over the years."""
    gaps = case.years[case.own, 1] - case.years[case.own, 2]
    observed = ~np.isnan(case.seen[case.own, 1] - case.seen[case.own, 2])
    side = np.sign(np.round(np.median(gaps[observed]), DECIMALS)) or 1.0
    return float(-side * slopes(gaps))


def _hold(case: Case) -> float:
    """The level now against the mean of the last three published years before it.

    Of months and quarters: the latest year against the one before.
    """
    if not case.is_yearly:
        return _trend(case)
    total = case.years[case.own, 0]
    earlier = np.flatnonzero(~np.isnan(case.seen[case.own, 0, : case.year]))[-HELD_YEARS:]
    return case.sign * float(total[case.year] - total[earlier].mean())


def _move(case: Case) -> float:
    """How far from the target the true line ends on the day it is due, per year that is left.

    Of months and quarters the line goes through the means of the two latest years.
    """
    target = _reference(case).value
    if case.is_yearly:
        total = case.years[case.own, 0]
        now, pace, at = total[case.year], slopes(total), float(case.evidence.period) + 1
    else:
        now = case.dense[-case.window :].mean()
        pace = _trend(case) * case.sign
        at = parse_period(case.evidence.period).at - (case.window - 1) / 2 / case.window
    left = years_to(DUE, at)
    return case.sign * float((now - target) / left + pace)


def _assurance(case: Case) -> float:
    """The true level of the last year against the target."""
    return case.sign * (case.world.true_level(case.number, case.own) - _reference(case).value)


def _peer_trend(case: Case) -> float:
    found = slopes(case.years[:, 0])
    return case.sign * float(found[case.own] - np.median(found[case.peers]))


def _effect(case: Case) -> float:
    return case.sign * float(case.world.steps[case.world.row(case.number, *_STEPPED), case.own])


ANSWERS: dict[str, Callable[[Case], float]] = {
    "LEVEL": _level,
    "POTENTIAL": _potential,
    "TREND": _trend,
    "CHANGE": _change,
    "GAP": _gap,
    "GAP_TREND": _gap_trend,
    "HOLD": _hold,
    "MOVE": _move,
    "PEER_TREND": _peer_trend,
    "ASSURANCE": _assurance,
    "EFFECT": _effect,
}
"""By the name of the question; a new question needs its truth here."""

UNTESTED = (Question.OUTLOOK,)
