"""A whole country's quarter: made-up kommuner with ten nämnder each, through the batch. Linux.

``python tests/benchmarks/many_reports.py [--kommuner 290] [--arbetare 2] [--ut FOLDER]``, by hand.
Needs about 3 MB of disk a report, in a temporary folder unless told where.

Each kommun is the example with a name, key and yearly noise of its own, made in memory. It is the
same as ``kvalitet rapport`` but for reading the files, which is timed once by itself. Goal: 2 900
reports on two cores and 4 GB in ten minutes after the Assessments.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
from process_tree import measured

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.batch import runner
from kvalitetslib.batch.fingerprint import sha256
from kvalitetslib.batch.manifest import Result
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.progress import Progress
from kvalitetslib.model import Namnd
from kvalitetslib.period import Period, parse_period
from kvalitetslib.sources.inputs import Inputs, read_inputs

ROOT = Path(__file__).parents[2]
QUARTER = parse_period("2026K3")
NAMNDER = 10
NOISE = 0.01
"""Standard deviation of what is added to a kommun's own values, as a share of each."""
GOAL_S, GOAL_MB = 600.0, 4096.0


def kommun(example: Inputs, number: int) -> Inputs:
    """A kommun of its own. What has no noise is shared with the others, also in memory."""
    rng = np.random.default_rng([290, number])
    is_own = (example.values["kommun"] == example.kommun.kod).to_numpy()
    # A value that is counted from people has to agree with its counts, and keeps its own.
    is_noisy = is_own & example.values["denominator"].isna().to_numpy()
    factor = np.where(is_noisy, 1 + NOISE * rng.standard_normal(len(is_noisy)), 1.0)
    values = example.values.assign(value=np.round(example.values["value"] * factor, 1))
    key = f"kommun-{number:03d}"
    own = replace(example.kommun, nyckel=key, namn=f"Påhittade {number}", namnder=_namnder(example))
    told = (*example.checksums, (f"kommuner/{key}/brus", sha256(key.encode())))
    return replace(example, kommun=own, values=values, checksums=told)


def _namnder(example: Inputs) -> tuple[Namnd, ...]:
    """Ten: the example's, and the first ones once more by other names."""
    known = example.kommun.namnder
    more = (
        replace(each, nyckel=f"{each.nyckel}-norr", namn=f"{each.namn} norr")
        for each in known[: NAMNDER - len(known)]
    )
    return (*known, *more)


class Clock:
    """The Assessments' share of the time of a run."""

    def __init__(self) -> None:
        self.wall = 0.0

    def assess(self, inputs: Inputs, *, quarter: Period) -> Assessment:
        """The real Assessment, timed."""
        start = perf_counter()
        assessment = assess(inputs, quarter=quarter)
        self.wall += perf_counter() - start
        return assessment


def made(number: int, workers: int, out: Path) -> dict[str, float]:
    """Make all reports in this process and its forks; seconds, and how many were made."""
    start = perf_counter()
    example = read_inputs(ROOT / "data", "exempelkommun", quarter=QUARTER, today=date.today())
    reading = perf_counter() - start
    kommuner = tuple(kommun(example, each) for each in range(number))
    clock = Clock()
    runner.assess = clock.assess
    order = Order(ROOT / "notebooks" / "namndrapport.ipynb", out, QUARTER, workers=workers)
    start = perf_counter()
    with Progress(order.folder, is_quiet=True, out=sys.stderr) as progress:
        entries = runner.run(order, kommuner, progress.tell)
    whole = perf_counter() - start
    count = sum(each.resultat is Result.MADE for each in entries)
    return {"wall": whole, "assessing": clock.wall, "reading": reading, "made": count}


def tell(number: int, workers: int, out: str) -> None:
    """Run it in a process of its own and say what it took."""
    command = [__file__, "--inne", "--kommuner", str(number), "--arbetare", str(workers)]
    ran = measured([*command, "--ut", out], cwd=ROOT, look_s=1.0)
    told, total = ran.told, number * NAMNDER
    after = told["wall"] - told["assessing"]
    print(f"{told['made']} av {total} rapporter, {number} kommuner, {workers} arbetare")
    print(f"med nulägesanalyser  {told['wall']:8.1f} s  {told['wall'] / total:7.3f} s per rapport")
    print(f"utan                 {after:8.1f} s  {after / total:7.3f} s per rapport")
    print(f"cpu                  {ran.cpu:8.1f} s  {ran.cpu / total:7.3f} s per rapport")
    print(f"läsa exemplets filer {told['reading']:8.1f} s (en gång)")
    print(f"minne högst {ran.tree_mb:.0f} MB i allt, {ran.worker_mb:.0f} MB eget i en arbetare")
    print(f"i takt med {290 * NAMNDER}: {after / total * 290 * NAMNDER / 60:.1f} min utan analyser")
    is_met = told["made"] == total and after <= GOAL_S and ran.tree_mb <= GOAL_MB
    sys.exit(not is_met)


def main() -> None:
    parser = argparse.ArgumentParser(description="Många kommuners rapporter på en gång.")
    parser.add_argument("--kommuner", type=int, default=290)
    parser.add_argument("--arbetare", type=int, default=2)
    parser.add_argument("--ut", default="", help="mapp; utan val en som tas bort efteråt")
    parser.add_argument("--inne", action="store_true", help="mät inte, gör bara")
    asked = parser.parse_args()
    if asked.inne:
        print(json.dumps(made(asked.kommuner, asked.arbetare, Path(asked.ut))))
        return
    with tempfile.TemporaryDirectory() as name:
        tell(asked.kommuner, asked.arbetare, asked.ut or name)


if __name__ == "__main__":
    main()
