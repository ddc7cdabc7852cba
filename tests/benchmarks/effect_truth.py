"""How often an åtgärd without effect is called effective, and how often one with effect is found.

Run: python tests/benchmarks/effect_truth.py [worlds a row, else 400] [what names begin with]

Each world is one åtgärd on one made-up indicator, tested through `analysis.effects` and judged as
the only question asked. "Called effective" is the verdict bättre. The relevant difference is
next to nothing, so that nothing but the test protects.

How the start is chosen:
- random: at any time with enough values on both sides.
- bad: because of bad values. In months and counts at the worst three months in a row that the
  series holds; in years by a municipality among the worst tenth, the last year held against the
  earlier ones; in waves after one that was a standard error or more below the truth.

What is made:
- months: 24 or 36 values, standard deviation 1, errors with autocorrelation 0, 0.2 or 0.4.
- years: 290 municipalities, six years before and two after, levels that differ (2 sd), noise that
  differs between municipalities and a course of their common own, autocorrelation 0 or 0.3.
- counts: 60 cases a month, 12 months, half of them in favour, the months vary as much again as
  chance; eight or nine months before the start.
- waves: 400 answers of a stratified sample, two or three waves of which one is after.

The steps are 0 (must be called effective in at most 8 %), 1, 2 and 3 standard deviations of a
single value. Intervals are Wilson's.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.made import OWN, indicator, kommun, rows
from analysis.made_survey import answers, codebook, item, wave

from kvalitetslib.analysis.effects import Measured, tried_effects
from kvalitetslib.analysis.evidence import evidence_of
from kvalitetslib.analysis.panel import Panel, yearly_panel
from kvalitetslib.model import Indicator, Source
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.stats.intervals import wilson_interval
from kvalitetslib.verdict import Verdict

Floats = np.ndarray
MONTHS = tuple(f"{year}M{month:02}" for year in range(2022, 2026) for month in range(1, 13))
ON = date(2025, 12, 31)
BEFORE, AFTER = 11, 6
"""Months that are left on each side of a start."""
_NO_OTHERS = yearly_panel(rows("A", [1.0]).iloc[:0])
World = Callable[[np.random.Generator, str, float], Verdict]


def verdict_of(measured: Measured, start: date, *, about: str = "A") -> Verdict:
    """The verdict of an åtgärd that begins on the day."""
    atgard = Atgard("Å-1", "namnden", "Ny rutin", Status.DONE, indicator=about, start=start)
    tried = tried_effects(measured, (atgard,))[0]
    if tried.claim is None:
        raise ValueError(f"nothing was measured: {tried.effect.why_not}")
    return evidence_of([tried.claim], fdr=0.05)[0].verdict


def errors(rng: np.random.Generator, shape: tuple[int, ...], rho: float) -> Floats:
    """Errors with standard deviation 1 that remember the one before."""
    news = rng.standard_normal(shape)
    made = news.copy()
    for place in range(1, shape[-1]):
        made[..., place] = rho * made[..., place - 1] + np.sqrt(1 - rho**2) * news[..., place]
    return made


def worst_three(values: Floats, first: int, last: int) -> int:
    """The place after the three worst in a row, between the two."""
    means = np.convolve(values, np.ones(3) / 3, "valid")
    return first + int(np.argmin(means[first - 3 : last - 2]))


def months(n: int, rho: float) -> World:
    def world(rng: np.random.Generator, chosen: str, step: float) -> Verdict:
        values = errors(rng, (n,), rho)
        last = n - AFTER
        start = worst_three(values, BEFORE, last)
        if chosen == "random":
            start = int(rng.integers(BEFORE, last + 1))
        values[start:] += step
        periods = MONTHS[-n:]
        frame = rows("A", values, periods=periods)
        return verdict_of(own_alone(frame, made_indicator()), parse_period(periods[start]).start)

    return world


def counts(before: int = 8, after: int = 3) -> World:
    def world(rng: np.random.Generator, chosen: str, step: float) -> Verdict:
        n = before + after + 2
        spread = np.sqrt(0.25 / 60)
        share = 0.5 + spread * rng.standard_normal(n)
        hits = rng.binomial(60, np.clip(share, 0.02, 0.98))
        start = worst_three(hits.astype(float), 7, n - after)
        if chosen == "random":
            start = int(rng.integers(7, n - after + 1))
        # The step is in standard deviations of one month, chance and spread together.
        later = share[start:] + step * spread * np.sqrt(2)
        hits[start:] = hits[start:] if step == 0 else rng.binomial(60, np.clip(later, 0.02, 0.98))
        first = max(start - 7, 0)
        kept = slice(first, start + after)
        periods = MONTHS[-n:]
        frame = rows(
            "A",
            np.round(100 * hits / 60, 1)[kept],
            periods=periods[kept],
            numerator=hits[kept].astype(float),
            denominator=60.0,
        )
        made = made_indicator(unit="procent", counts_events=True)
        return verdict_of(own_alone(frame, made), parse_period(periods[start]).start)

    return world


def years(rho: float, *, others: int = 289, before: int = 6, after: int = 2) -> World:
    def world(rng: np.random.Generator, chosen: str, step: float) -> Verdict:
        n = before + after
        sigma = np.exp(0.3 * rng.standard_normal(others + 1))
        level = 60 + 2 * rng.standard_normal(others + 1)
        values = level[:, None] + sigma[:, None] * errors(rng, (others + 1, n), rho)
        values += 0.3 * np.arange(n)
        fall = (values[:, before - 1] - values[:, : before - 1].mean(axis=1)) / sigma
        own = int(rng.choice(np.argsort(fall)[: (others + 1) // 10]))
        if chosen == "random":
            own = int(rng.integers(others + 1))
        values[own, before:] += step * sigma[own]
        periods = tuple(str(2026 - n + place) for place in range(n))
        codes = [str(1000 + place) for place in range(others + 1)]
        codes[own] = OWN
        block = np.full((1, others + 1, 3, n), np.nan)
        block[0, :, 0] = values
        at = np.array([float(each) for each in periods])
        panel = Panel(("A",), tuple(codes), periods, at, block)
        frame = rows("A", values[own], periods=periods).assign(withheld=False)
        measured = Measured(kommun(made_indicator()), frame, panel, ON)
        return verdict_of(measured, date(int(periods[before]), 1, 15))

    return world


def waves(before: int) -> World:
    """Answers of one question; the truth is that of a large sample of the same."""
    names = tuple(wave(str(2025 - before + place)) for place in range(before + 1))
    made = codebook(item("f1", delta=0.01), waves=names)
    source = Source("Enkät", "", "0" * 64)
    truth = share_of(answers(made, 0, np.random.default_rng(1), n=200_000).codes)

    def world(rng: np.random.Generator, chosen: str, step: float) -> Verdict:
        # One standard error of a share of 400 is 2.5 points, a shift of 0.064 steps.
        given = [answers(made, place, rng, n=400) for place in range(before)]
        while chosen == "bad" and share_of(given[-1].codes) > truth - 2.5:
            given[-1] = answers(made, before - 1, rng, n=400)
        given.append(answers(made, before, rng, n=400, shift=0.064 * step))
        survey = SurveyInput(made, tuple(given), source, pd.DataFrame(), (), ())
        measured = Measured(
            kommun(made_indicator()),
            rows("A", [1.0]).assign(withheld=False),
            _NO_OTHERS,
            ON,
            (survey,),
        )
        return verdict_of(measured, date(2025, 1, 15), about="prov:f1")

    return world


def share_of(codes: Floats) -> float:
    """Percent in favour among those who took a stand."""
    known = codes[codes >= 0]
    return float(100 * np.mean(known >= 2))


def made_indicator(**changes: object) -> Indicator:
    return indicator("A", delta=0.01, **{"unit": "poäng", **changes})


def own_alone(frame: pd.DataFrame, made: Indicator) -> Measured:
    return Measured(kommun(made), frame.assign(withheld=False), _NO_OTHERS, ON)


@dataclass(frozen=True)
class Row:
    """How many of ``n`` worlds were called effective, and how many worse."""

    name: str
    chosen: str
    step: float
    n: int
    better: int
    worse: int


def called(world: World, chosen: str, step: float, *, n: int, seed: int) -> tuple[int, int]:
    """How many of ``n`` worlds are called better, and worse."""
    rng = np.random.default_rng(seed)
    found = [world(rng, chosen, step) for _ in range(n)]
    return found.count(Verdict.BETTER), found.count(Verdict.WORSE)


WORLDS: dict[str, World] = {
    **{f"months n={n} rho={rho}": months(n, rho) for n in (24, 36) for rho in (0.0, 0.2, 0.4)},
    "years rho=0": years(0.0),
    "years rho=0.3": years(0.3),
    "years, 35 others": years(0.3, others=35),
    "counts": counts(),
    "waves, one before": waves(1),
    "waves, two before": waves(2),
}


def table(n: int, beginning: str) -> Iterator[Row]:
    for name, world in WORLDS.items():
        if not name.startswith(beginning):
            continue
        for chosen in ("random", "bad"):
            for step in (0.0, 1.0, 2.0, 3.0):
                better, worse = called(world, chosen, step, n=n, seed=round(100 * step) + len(name))
                yield Row(name, chosen, step, n, better, worse)


def main(n: int, beginning: str = "") -> None:
    print("| world | start | step, sd | called effective | 95 % | called worse |")
    print("|---|---|---|---|---|---|")
    for row in table(n, beginning):
        low, high = (100 * float(each) for each in wilson_interval(row.better, row.n))
        share = f"{100 * row.better / row.n:.1f}"
        name = f"{row.name} | {row.chosen} | {row.step:.0f}"
        worse = f"{100 * row.worse / row.n:.1f}"
        print(f"| {name} | {share} | {low:.1f}-{high:.1f} | {worse} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400, "".join(sys.argv[2:3]))
