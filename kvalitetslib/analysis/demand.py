"""How the need of a nämnd's people grows: ages counted now and in SCB's forecast, beside riket.

Nothing is tested: a forecast is a calculation without an interval. Worked example: 2 000 people of
80+ in 2025 and 2 400 in the forecast for 2030 is +20 %. In riket it is +10 %. The need grows by 10
percentage points more than in riket, which is more than 5, and by 400 people, which is at least 20.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from kvalitetslib.age_span import AgeSpan, parse_span, parts_of
from kvalitetslib.analysis.evidence import evidence_id, state_mark
from kvalitetslib.context import DemandSignal
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Kommun, Namnd, ReferenceKind
from kvalitetslib.period import Period
from kvalitetslib.report import Certainty, Evidence, EvidenceKind, Question, Reference, Verdict
from kvalitetslib.sources.scb import COUNTRY
from kvalitetslib.version import __version__

YEARS_AHEAD = 5
"""The forecast is read as near this many years ahead as it can be ..."""
YEARS_OFF = 2
"""... and at most this many years from it."""
YEARS_BACK = 10
YEARS_SHOWN = 10
RELEVANT = 0.05
"""Smallest difference from riket over the horizon that is told, as a share of today's number."""
FEWEST_MORE = 20
"""People that the need has to grow by, so that a village is not alarmed by four children."""
METHOD = "SCB:s framskrivning bredvid rikets, utan prövning"
_DECIMALS = 6
"""So that five points are five points whatever the binary fractions make of them."""
_OWN_PROCESSING = "egen bearbetning"


class _Row(NamedTuple):
    """One published number of people."""

    is_forecast: bool
    year: int
    age_from: int
    age_to: int
    gender: str
    persons: float


@dataclass(frozen=True)
class _Course:
    """People by year, those counted and those forecast; years without a number are left out."""

    counted: Mapping[int, float]
    forecast: Mapping[int, float]


def demand_signals(
    kommun: Kommun, namnd: Namnd, population: pd.DataFrame, *, quarter: Period
) -> tuple[DemandSignal, ...]:
    """One signal for each of the nämnd's ages that can be counted, in the order of kommun.toml.

    Parameters
    ----------
    population : columns ``scb.COLUMNS``. Years that have not ended with the quarter are not used.

    Notes
    -----
    Ages with fewer people than the kommun's smallest group have no signal: a share of so few says
    nothing. A sum of published numbers is our own, and is said to be.
    """
    if not namnd.demand_ages:
        return ()
    own, country = (
        population[(population["kommun"] == kod).to_numpy(dtype=bool)]
        for kod in (kommun.kod, COUNTRY)
    )
    source, signals = _source(own), []
    for span in map(parse_span, namnd.demand_ages):
        courses = _course(own, span, quarter), _course(country, span, quarter)
        signal = _signal(*courses, span, namnd, source)
        if signal and min(signal.persons, signal.ahead_persons) >= kommun.policy.smallest_group:
            signals.append(signal)
    return tuple(signals)


def demand_evidence(signals: Sequence[DemandSignal], namnd: Namnd) -> list[Evidence]:
    """The signals as evidence: worse when the need grows more than in riket, never tested."""
    return [_evidence(signal, namnd) for signal in signals]


def _course(population: pd.DataFrame, span: AgeSpan, quarter: Period) -> _Course:
    """The course of one kommun's people of those ages."""
    last = quarter.end.year if quarter.end.month == 12 else quarter.end.year - 1
    within = (population["age_from"] >= span.first) & (population["age_to"] <= span.last)
    here = population[within.to_numpy(dtype=bool)]
    rows = list(map(_Row._make, zip(*(here[name].tolist() for name in _Row._fields), strict=True)))
    counted = _people([row for row in rows if not row.is_forecast], span)
    return _Course(
        {year: people for year, people in counted.items() if year <= last},
        _people([row for row in rows if row.is_forecast], span),
    )


def _people(rows: Iterable[_Row], span: AgeSpan) -> dict[int, float]:
    """People of those ages in each year that has a number for all of them."""
    by_year: dict[int, dict[tuple[int, int], dict[str, float]]] = {}
    for row in rows:
        by_ages = by_year.setdefault(row.year, {})
        by_ages.setdefault((row.age_from, row.age_to), {})[row.gender] = row.persons
    found = {}
    for year, by_ages in by_year.items():
        parts = parts_of(span, (AgeSpan(*ages) for ages in by_ages))
        people = sum(_both(by_ages[part.first, part.last]) for part in parts)
        if parts and not math.isnan(people):
            found[year] = people
    return found


def _both(by_gender: Mapping[str, float]) -> float:
    """The published total, else women and men together; NaN when one of them is missing."""
    if "T" in by_gender:
        return by_gender["T"]
    return by_gender.get("K", math.nan) + by_gender.get("M", math.nan)


def _signal(
    own: _Course, country: _Course, span: AgeSpan, namnd: Namnd, source: str
) -> DemandSignal | None:
    """The signal; None when there is nothing to count from, or no forecast near the horizon."""
    if not own.counted:
        return None
    year = max(own.counted)
    wanted = year + YEARS_AHEAD
    years = [each for each in own.forecast if abs(each - wanted) <= YEARS_OFF]
    persons = own.counted[year]
    if not years or not persons:
        return None
    ahead = min(years, key=lambda each: (abs(each - wanted), each))
    then = own.forecast[ahead]
    now = country.counted.get(year)
    theirs = country.forecast.get(ahead)
    history = _between(own.counted, year - YEARS_BACK, year)
    forecast = _between(own.forecast, year + 1, year + YEARS_SHOWN)
    everywhere = {**country.forecast, **country.counted}
    return DemandSignal(
        ages=str(span),
        year=year,
        persons=persons,
        ahead_year=ahead,
        ahead_persons=then,
        change=then / persons - 1,
        country_change=theirs / now - 1 if now and theirs is not None else None,
        history=history,
        forecast=forecast,
        evidence=evidence_id(namnd.nyckel, str(span), Group(), Question.DEMAND, ""),
        source=source,
        country=tuple(
            (each, persons * everywhere[each] / now)
            for each, _ in (*history, *forecast)
            if now and each in everywhere
        ),
    )


def _between(people: Mapping[int, float], first: int, last: int) -> tuple[tuple[int, float], ...]:
    return tuple((year, people[year]) for year in sorted(people) if first <= year <= last)


def _source(own: pd.DataFrame) -> str:
    names = sorted(own["source"].unique())
    return "; ".join([*names, _OWN_PROCESSING])


def _evidence(signal: DemandSignal, namnd: Namnd) -> Evidence:
    """``difference`` is turned: more people than in riket is negative."""
    beyond = None
    if signal.country_change is not None:
        beyond = round(signal.change - signal.country_change, _DECIMALS)
    verdict = _verdict(signal, beyond)
    return Evidence(
        id=signal.evidence,
        namnd=namnd.nyckel,
        indicator="",
        group=Group(),
        question=Question.DEMAND,
        kind=EvidenceKind.OUTLOOK,
        period=str(signal.year),
        cell=Estimate(signal.change, None, None, None, None, METHOD, ""),
        reference=None
        if signal.country_change is None
        else Reference(ReferenceKind.COUNTRY, "riket", signal.country_change),
        difference=None if beyond is None else -beyond,
        low=None,
        high=None,
        delta=RELEVANT,
        p=None,
        q=None,
        family_size=0,
        n_periods=len(signal.history),
        first_period=str(signal.history[0][0]),
        method=METHOD,
        verdict=verdict,
        certainty=Certainty.OUTLOOK,
        rule="",
        source=signal.source,
        source_rows=f"{signal.ages}, {signal.year} och {signal.ahead_year}",
        code_version=__version__,
        state=state_mark(
            str(signal.year),
            str(signal.ahead_year),
            f"{signal.persons:g}",
            f"{signal.ahead_persons:g}",
            verdict,
        ),
    )


def _verdict(signal: DemandSignal, beyond: float | None) -> Verdict:
    if beyond is None:
        return Verdict.NOT_JUDGED
    if abs(beyond) <= RELEVANT:
        return Verdict.LEVEL
    more = signal.ahead_persons - signal.persons
    return Verdict.WORSE if beyond > 0 and more >= FEWEST_MORE else Verdict.NOT_JUDGED
