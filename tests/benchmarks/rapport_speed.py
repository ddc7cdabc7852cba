"""How long ``kvalitet rapport`` takes for the example municipality: eight nämnder, two processes.

Run by hand: ``python tests/benchmarks/rapport_speed.py [rounds]``. The goal is under 40 s on two
cores. The first line of a round makes everything, the second finds that nothing has changed.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
GOAL_S = 40.0


def timed(out: str) -> tuple[float, float]:
    """Wall seconds, and CPU seconds of the whole process tree."""
    command = [sys.executable, "-c", "from kvalitetslib.cli import main; main()", "rapport"]
    asked = ["--kommun", "exempelkommun", "--kvartal", "2026K3", "--ut", out, "--arbetare", "2"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*command, *asked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> None:
    made, unchanged = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as out:
            made.append(timed(out))
            unchanged.append(timed(out))
    for name, times in (("allt görs", made), ("inget nytt", unchanged)):
        wall, cpu = (median(each[at] for each in times) for at in (0, 1))
        print(f"{name:<12} {wall:6.1f} s   cpu {cpu:6.1f} s")
    sys.exit(median(wall for wall, _ in made) > GOAL_S)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
