"""How long the analysis of all real municipalities takes, and how much memory.

Run: python tests/benchmarks/analysis_speed.py ../shared/realdata [number of kommuner]

Goal: 18 school indicators for 290 municipalities in 10 seconds and 1 GB. Each kommun's folder is
read, assessed and turned into its nämnd's report; the snapshot they share is parsed once.
"""

import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import real_kommuner

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.period import parse_period
from kvalitetslib.sources.inputs import read_inputs

QUARTER = parse_period("2020K4")


def main(realdata: Path, most: int) -> None:
    codes = json.loads((realdata / real_kommuner.VALUES / "Kommuner.txt").read_text("utf-8"))
    known = json.loads((realdata / real_kommuner.VALUES / "MasterData.txt").read_text("utf-8"))
    names = tuple(name for name in codes.values() if name in known)[:most]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        keys = real_kommuner.build(realdata, data, names)
        start = time.perf_counter()
        found, marks = 0, []
        for key in keys:
            inputs = read_inputs(data, key, quarter=QUARTER, today=date(2021, 6, 1))
            found += len(assess(inputs, quarter=QUARTER).reports()[0].findings)
            marks.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    half = len(marks) // 2
    print(f"{len(keys)} kommuner, {found} fynd: {marks[-1]:.1f} s, högst {peak:.0f} MB")
    print(f"andra halvan mot första: {(marks[-1] - marks[half]) / (marks[half] - marks[0]):.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 290)
