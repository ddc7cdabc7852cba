"""How long it takes to protect, test, correct and choose findings, as data grow.

Run: python tests/benchmarks/assess_speed.py

Goals on two cores: one municipality with 600 indicators x 30 groups x 12 years in 2 s (all
evidence, tests and findings); 290 municipalities x 100 indicators x women, men and total in 60 s
and 2 GB, reports included; cost in step with the number of municipalities. Made-up numbers, no
files: reading is measured in analysis_speed.py.
"""

import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from dataclasses import replace

from analysis.made import indicator, inputs, kommun

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.model import Kommun, Namnd, PeerGroup, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.sources.inputs import Inputs

QUARTER = parse_period("2025K4")
YEARS = tuple(str(year) for year in range(2014, 2026))
AGES = tuple(f"{low}–{low + 9} år" for low in range(0, 100, 10))
AREAS = tuple(f"omrade-{number}" for number in range(17))
SLICES = (
    ("T", "", ""),
    ("K", "", ""),
    ("M", "", ""),
    *(("T", age, "") for age in AGES),
    *(("T", "", area) for area in AREAS),
)


def one_kommun(indicators: int) -> Inputs:
    """A kommun that counts everything itself, in 30 groups."""
    rng = np.random.default_rng(1)
    shape = (indicators, len(SLICES), len(YEARS))
    n = rng.integers(60, 400, size=(1, len(SLICES), 1)) * np.ones(shape, dtype=np.int64)
    hits = rng.binomial(n, rng.uniform(0.3, 0.8, size=(indicators, 1, 1)))
    ids = tuple(f"X{number:04d}" for number in range(indicators))
    place, part, year = (each.ravel() for each in np.indices(shape))
    gender, age, area = (np.array(each) for each in zip(*SLICES, strict=True))
    rows = _rows(
        indicator=np.array(ids)[place],
        kommun="9901",
        period=np.array(YEARS)[year],
        gender=gender[part],
        age=age[part],
        area=area[part],
        value=np.round(100 * hits / n, 1).ravel(),
        numerator=hits.ravel().astype(float),
        denominator=n.ravel().astype(float),
    )
    own = kommun(*(indicator(id, by_gender=True) for id in ids))
    namnder = tuple(
        Namnd(f"namnd-{number}", f"Nämnd {number}", ids[number::10]) for number in range(10)
    )
    return replace(inputs(replace(own, namnder=namnder), rows.iloc[:0]), values=rows)


def many_kommuner(kommuner: int, indicators: int) -> list[Inputs]:
    """Municipalities that share one table of published values."""
    rng = np.random.default_rng(2)
    shape = (indicators, kommuner, 3, len(YEARS))
    level = rng.normal(60, 8, size=(indicators, kommuner, 1, 1))
    value = np.round(level + rng.normal(0, 2, size=shape), 1)
    value[rng.random(shape) < 0.08] = np.nan
    ids = tuple(f"N{number:05d}" for number in range(indicators))
    codes = tuple(f"{1000 + number}" for number in range(kommuner))
    place, column, sex, year = (each.ravel() for each in np.indices(shape))
    rows = _rows(
        indicator=np.array(ids)[place],
        kommun=np.array(codes)[column],
        period=np.array(YEARS)[year],
        gender=np.array(["T", "K", "M"])[sex],
        age="",
        area="",
        value=value.ravel(),
        numerator=np.nan,
        denominator=np.nan,
    )
    known = tuple(indicator(id, by_gender=True) for id in ids)
    base = kommun(*known)
    namnder = tuple(
        Namnd(f"namnd-{number}", f"Nämnd {number}", ids[number::8]) for number in range(8)
    )
    bare = inputs(base, rows.iloc[:0])
    return [
        replace(bare, kommun=replace(_of(base, codes, place), namnder=namnder), values=rows)
        for place in range(kommuner)
    ]


def _of(base: Kommun, codes: tuple[str, ...], place: int) -> Kommun:
    others = codes[:place] + codes[place + 1 :]
    peers = PeerGroup("liknande", "liknande kommuner", ReferenceKind.PEERS, others[:7])
    county = PeerGroup("lan", "länet", ReferenceKind.COUNTY, others[:14])
    return replace(base, nyckel=f"k{place}", kod=codes[place], peer_groups=(peers, county))


def _rows(**columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(columns).assign(enhet="", source="Påhittat", status="")
    frame["at"] = frame["period"].map({year: parse_period(year).at for year in YEARS})
    return frame


def main() -> None:
    one = one_kommun(600)
    start = time.perf_counter()
    assessment = assess(one, quarter=QUARTER)
    chosen = sum(len(assessment.findings(each.nyckel)) for each in one.kommun.namnder)
    tested = time.perf_counter() - start
    assessment.reports()
    whole = time.perf_counter() - start
    print(
        f"en kommun, 600 x 30 x 12: {len(assessment.evidence)} belägg, {chosen} fynd, "
        f"{tested:.2f} s; med rapporter {whole:.2f} s"
    )
    marks = [0.0]
    start, found = time.perf_counter(), 0
    for each in many_kommuner(290, 100):
        if len(marks) == 1:
            start = time.perf_counter()
        found += sum(len(r.findings) for r in assess(each, quarter=QUARTER).reports())
        marks.append(time.perf_counter() - start)
    half = len(marks) // 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"290 kommuner x 100 x K/M/T: {found} fynd, {marks[-1]:.1f} s, högst {peak:.0f} MB")
    print(f"andra halvan mot första: {(marks[-1] - marks[half]) / marks[half]:.2f}")


if __name__ == "__main__":
    main()
