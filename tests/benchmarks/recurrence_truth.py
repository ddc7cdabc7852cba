"""How often a fault that is back is found within a quarter, and how often one is said to be back.

Made-up cases are followed from quarter to quarter by the rules themselves: a fault is opened, met
by an åtgärd that ends it, closed, and watched for four quarters. In half of the worlds it returns
at its old size in one of the quarters of the watch; in the others it never does. Noise is normal
with standard deviation 1 and remembers the period before (rho). Intervals are Wilson's, 95 %.

Run: python tests/benchmarks/recurrence_truth.py [cases a row, 200 unless told]

Found within the quarter of its return, and said to be back though it was not, in per cent of cases.
False returns are counted for the smallest fault of each kind: of larger ones there are fewer, as a
value must also be half-way back to the fault. Two years of months, or five of quarters, come before
the fault.

| values | rho | fault, sd | found at once | falsely back |
|---|---|---|---|---|
| months | 0.0 | 3.0 | 95.3 (90.6-97.7) | 1.3 (0.5-3.4) |
| months | 0.0 | 3.5 | 98.7 (95.2-99.6) | |
| months | 0.0 | 4.0 | 99.3 (96.3-99.9) | |
| months | 0.2 | 3.0 | 92.5 (87.0-95.7) | 3.0 (1.6-5.6) |
| months | 0.2 | 3.5 | 97.3 (93.3-99.0) | |
| months | 0.2 | 4.0 | 99.3 (96.3-99.9) | |
| months | 0.3 | 3.0 | 87.7 (81.4-92.1) | 4.3 (2.6-7.3) |
| months | 0.3 | 3.5 | 96.0 (91.5-98.1) | |
| months | 0.3 | 4.0 | 98.7 (95.2-99.6) | |
| quarters | 0.0 | 5.0 | 95.3 (90.6-97.7) | 2.7 (1.4-5.2) |
| quarters | 0.0 | 6.0 | 98.0 (94.2-99.3) | |
| quarters | 0.0 | 7.0 | 100.0 (97.5-100.0) | |
| quarters | 0.2 | 5.0 | 95.3 (90.6-97.7) | 2.0 (0.9-4.3) |
| quarters | 0.2 | 6.0 | 98.7 (95.2-99.6) | |
| quarters | 0.2 | 7.0 | 99.3 (96.3-99.9) | |
| quarters | 0.3 | 5.0 | 93.9 (88.8-96.8) | 1.0 (0.3-2.9) |
| quarters | 0.3 | 6.0 | 98.0 (94.2-99.3) | |
| quarters | 0.3 | 7.0 | 98.7 (95.3-99.6) | |

Months are found at once in 95 % of cases from faults of 3 to 3.5 standard deviations of a month on,
quarters from 5 to 6 of a quarter, whose values vary less than those of months.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from made_report import report

from kvalitetslib.analysis.cases import with_cases
from kvalitetslib.case import FaultKey, FaultSign, Sign
from kvalitetslib.model import Direction, Group
from kvalitetslib.period import Period, parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Estimate, Point, Report, Series
from kvalitetslib.stats.intervals import wilson_interval

SIZES = {12: (3.0, 3.5, 4.0), 4: (5.0, 6.0, 7.0)}
RHOS = (0.0, 0.2, 0.3)
WATCH = 4
CALM_QUARTERS = {12: 8, 4: 20}
FAULT_QUARTERS = 2
MOST_QUARTERS = 6
"""Quarters that a case may take to be closed, before it is left out."""
_FIRST_YEAR = 2015
_BASE = report()
_INDICATOR = replace(
    _BASE.indicators[0].indicator,
    direction=Direction.LOW,
    unit="dagar",
    interval=None,
    breaks=(),
    delta=1e6,
)
_KEY = FaultKey(_INDICATOR.id)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """What is made up: periods a year, memory of the noise, and the fault in sd of it."""

    year: int
    rho: float
    size: float


@dataclass(frozen=True)
class Followed:
    """What the rules made of a case: whether it was closed, and in which quarter it was reopened.

    Quarters are those of the watch, from 1; 0 is never.
    """

    is_closed: bool
    reopened: int


def follow(world: World, rng: np.random.Generator, *, returns: int) -> Followed:
    """One case from its opening to the end of its watch.

    ``returns`` is the quarter of the watch in which the fault is back; 0 is never.
    """
    calm = CALM_QUARTERS[world.year]
    quarters = [_quarter(place) for place in range(calm + FAULT_QUARTERS + MOST_QUARTERS + WATCH)]
    each = world.year // 4
    values = 20 + noise(rng, len(quarters) * each, world.rho)
    values[calm * each : (calm + FAULT_QUARTERS) * each] += world.size
    acted = quarters[calm + FAULT_QUARTERS]
    atgard = Atgard(
        "A1", _BASE.namnd, "Åtgärd", Status.DONE, _INDICATOR.id, start=acted.start, done=acted.end
    )
    before: Report | None = None
    closed = 0
    for place in range(calm, len(quarters)):
        if closed and returns and place == closed + returns:
            values[place * each :] += world.size
        known = (atgard,) if quarters[place].end >= acted.end else ()
        made = made_report(world, values[: (place + 1) * each], quarters[place], place == calm)
        before = with_cases(replace(made, atgarder=known), before)
        case = before.cases[0]
        if not closed and case.is_closed:
            closed = place
        if case.is_recurring or (closed and place == closed + WATCH):
            return Followed(True, place - closed if case.is_recurring else 0)
        if not closed and place >= calm + FAULT_QUARTERS + MOST_QUARTERS - 1:
            break
    return Followed(False, 0)


def noise(rng: np.random.Generator, n: int, rho: float) -> Floats:
    """(n,) normal values with standard deviation 1 that remember the one before."""
    news = rng.standard_normal(n)
    values = news.copy()
    for place in range(1, n):
        values[place] = rho * values[place - 1] + np.sqrt(1 - rho**2) * news[place]
    return values


def made_report(world: World, values: Floats, quarter: Period, is_first: bool) -> Report:
    """The report of a quarter that knows the values so far; the first one sees the fault."""
    points = tuple(
        Point(text, parse_period(text).at, Estimate(value, None, None, None, None, "", ""))
        for text, value in zip(_periods(world.year, values.size), values.tolist(), strict=True)
    )
    result = replace(
        _BASE.indicators[0],
        indicator=_INDICATOR,
        latest=points[-1],
        series=(Series(Group(), points),),
        breakdown=(),
    )
    seen = Sign.PRESENT if is_first else Sign.UNKNOWN
    sign = FaultSign(_KEY, _INDICATOR.title, seen, is_first, points[-1].period, None)
    return replace(
        _BASE,
        quarter=quarter.text,
        data_through=quarter.end,
        indicators=(result,),
        signs=(sign,),
        all_evidence=(),
    )


def found(world: World, cases: int, seed: int) -> tuple[int, int]:
    """Found in the very quarter of the return, and of how many closed cases that it came to."""
    rng = np.random.default_rng(seed)
    tried = [(place % WATCH + 1) for place in range(cases)]
    followed = [(each, follow(world, rng, returns=each)) for each in tried]
    due = [(at, each) for at, each in followed if each.is_closed and not 0 < each.reopened < at]
    return sum(each.reopened == at for at, each in due), len(due)


def falsely_back(world: World, cases: int, seed: int) -> tuple[int, int]:
    """Said to be back during the watch though it never was, and of how many closed cases."""
    rng = np.random.default_rng(seed)
    followed = [follow(world, rng, returns=0) for _ in range(cases)]
    closed = [each for each in followed if each.is_closed]
    return sum(each.reopened > 0 for each in closed), len(closed)


def _quarter(place: int) -> Period:
    return parse_period(f"{_FIRST_YEAR + place // 4}K{place % 4 + 1}")


def _periods(year: int, n: int) -> list[str]:
    form = "{}M{:02d}" if year == 12 else "{}K{}"
    return [form.format(_FIRST_YEAR + place // year, place % year + 1) for place in range(n)]


def _told(hits: int, n: int) -> str:
    bounds = wilson_interval(hits, n)
    return f"{100 * hits / n:.1f} ({100 * float(bounds.low):.1f}-{100 * float(bounds.high):.1f})"


def main(cases: int) -> None:
    print("| values | rho | fault, sd | found at once | falsely back |")
    print("|---|---|---|---|---|")
    for year, sizes in SIZES.items():
        for rho in RHOS:
            false = falsely_back(World(year, rho, sizes[0]), 2 * cases, seed=6)
            for size in sizes:
                hits = found(World(year, rho, size), cases, seed=6)
                kind = "months" if year == 12 else "quarters"
                told = _told(*false) if size == sizes[0] else ""
                print(f"| {kind} | {rho} | {size} | {_told(*hits)} | {told} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
