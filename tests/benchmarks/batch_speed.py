"""What a report costs in the batch, the naive way and at the limit. Linux; run by hand.

``python tests/benchmarks/batch_speed.py [--omgangar 3] [--rapporter 24] [--naiva 2] [--till 10 …]``

Each round runs all ways in turn, so that what else the machine does disturbs them alike; the ratios
are taken within the round, and medians over the rounds. Seconds are wall and CPU of every process.

- naive: ``papermill`` and then ``jupyter nbconvert``, a command each, for every report. It is given
  the report's JSON, as the batch gives it, and so is spared the analysis.
- naive x2: the same, two at a time.
- ours 1, ours 2: the batch's crew with one and two workers, when it has started.
- limit: the notebook's cells by plain exec in one warm process, and one rendering of the template.
- samma filer: the limit, and the other files that ours makes of a report: its JSON, editions and
  plan. They are no cost of notebooks and forks, so what ours costs over this is the engine's own:
  the fork, the executed notebook with its checks, and its file.

Goals: marginal CPU at least 25 times below naive and at most 1.3 times the limit, at most 80 ms of
CPU over it; twelve reports from a cold start in a twelfth of the naive time.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from process_tree import Measured, measured

ROOT = Path(__file__).parents[2]
PARTS = str(Path(__file__).with_name("batch_parts.py"))
NOTEBOOK = "notebooks/namndrapport.ipynb"
NAMNDER = ("barn-och-utbildning", "kommunstyrelsen", "miljo", "socialnamnden")
"""Which reports the naive way makes, in turn."""
TWELVE = 12
NATION = 2900


@dataclass(frozen=True)
class Cost:
    """Seconds a report."""

    wall: float
    cpu: float


def naive(folder: Path, number: int, workers: int) -> Cost:
    """Both commands for each report, so many at a time."""
    with ThreadPoolExecutor(workers) as pool:
        start = perf_counter()
        made = list(pool.map(lambda at: _naive_one(folder, at), range(number)))
        wall = perf_counter() - start
    return Cost(wall / number, sum(each.cpu for each in made) / number)


def _naive_one(folder: Path, at: int) -> Cost:
    namnd, target = NAMNDER[at % len(NAMNDER)], folder / f"naiv-{at}.ipynb"
    told = {"kommun": "exempelkommun", "namnd": namnd, "kvartal": "2026K3"}
    told["underlag"] = str(folder / f"{namnd}.json")
    given = [word for name, value in told.items() for word in ("-p", name, value)]
    run = ["-m", "papermill", NOTEBOOK, str(target), *given]
    show = ["-m", "nbconvert", "--to", "namndrapport", str(target)]
    first, second = _alone(run), _alone(show)
    return Cost(first.wall + second.wall, first.cpu + second.cpu)


def _alone(command: Sequence[str]) -> Cost:
    """A command under a process of its own that tells the CPU of it and of its kernel."""
    code = (
        "import json, resource, subprocess, sys, time; start = time.perf_counter();"
        "subprocess.run([sys.executable, *sys.argv[1:]], check=True, capture_output=True);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(json.dumps({'wall': time.perf_counter() - start,"
        " 'cpu': used.ru_utime + used.ru_stime}))"
    )
    told = measured(["-c", code, *command], cwd=ROOT, look_s=0).told
    return Cost(told["wall"], told["cpu"])


def part(name: str, folder: Path, number: int, workers: int = 1, *, look_s: float = 0) -> Measured:
    """A part of ``batch_parts.py`` in a process of its own."""
    command = [PARTS, name, str(folder), str(number), str(workers)]
    return measured(command, cwd=ROOT, look_s=look_s)


def marginal(name: str, folder: Path, number: int, workers: int = 1) -> Cost:
    """A report's cost in that part when it has started."""
    told = part(name, folder, number, workers).told
    return Cost(told["wall"] / number, told["cpu"] / number)


def a_round(folder: Path, reports: int, naives: int) -> dict[str, Cost]:
    """Every way once."""
    return {
        "naive": naive(folder, naives, 1),
        "naive x2": naive(folder, 2 * naives, 2),
        "ours 1": marginal("ours", folder, reports, 1),
        "ours 2": marginal("ours", folder, reports, 2),
        "limit": marginal("limit", folder, reports),
        "samma filer": marginal("files", folder, reports),
    }


def show_rounds(rounds: list[dict[str, Cost]]) -> None:
    """The ways beside each other, and the goals."""
    print(f"{'':<12}{'vägg s':>9}{'cpu s':>9}{'rapp/min':>10}{'naiv/den':>10}", end="")
    print(f"{'den/gräns':>11}{'den/samma':>11}")
    for way in rounds[0]:
        wall = median(each[way].wall for each in rounds)
        cpu = median(each[way].cpu for each in rounds)
        faster = median(each["naive"].cpu / each[way].cpu for each in rounds)
        over = median(each[way].cpu / each["limit"].cpu for each in rounds)
        same = median(each[way].cpu / each["samma filer"].cpu for each in rounds)
        print(f"{way:<12}{wall:>9.3f}{cpu:>9.3f}{60 / wall:>10.0f}{faster:>10.1f}", end="")
        print(f"{over:>11.2f}{same:>11.2f}")
    print("kvoterna är cpu. I väggtid: ", end="")
    one = median(each["naive"].wall / each["ours 1"].wall for each in rounds)
    two = median(each["naive x2"].wall / each["ours 2"].wall for each in rounds)
    print(f"naiv/vår {one:.1f} med en, {two:.1f} med två")
    for name in ("limit", "samma filer"):
        above = median(each["ours 1"].cpu - each[name].cpu for each in rounds)
        print(f"över {name}: {1000 * above:.0f} ms cpu per rapport (mål 80)")
    slow = median(each["naive x2"].wall for each in rounds) * NATION / 3600
    quick = median(each["ours 2"].wall for each in rounds) * NATION / 60
    print(f"{NATION} rapporter, två processer: naivt {slow:.1f} tim, vår {quick:.1f} min")


def show_twelve(folder: Path, rounds: list[dict[str, Cost]]) -> None:
    """Twelve reports from a cold start, two workers, against as many naive ones."""
    ran = part("cold", folder, TWELVE, 2)
    two = median(each["naive x2"].wall for each in rounds) * TWELVE
    one = median(each["naive"].wall for each in rounds) * TWELVE
    print(
        f"{TWELVE} rapporter med start: {ran.wall:.1f} s, cpu {ran.cpu:.1f} s; naivt {one:.0f} s "
        f"({one / ran.wall:.1f} gånger), i två processer {two:.0f} s ({two / ran.wall:.1f} gånger)"
    )


def show_growth(folder: Path, numbers: list[int]) -> None:
    """The cost and memory of more and more reports in one process with two workers."""
    print(f"{'rapporter':>10}{'vägg s/st':>11}{'cpu s/st':>10}{'värd MB':>9}{'hela MB':>9}", end="")
    print(f"{'arbetare MB':>13}")
    for number in numbers:
        ran = part("ours", folder, number, 2, look_s=1.0 if number > 50 else 0.2)
        told = ran.told
        print(f"{number:>10}{told['wall'] / number:>11.3f}{told['cpu'] / number:>10.3f}", end="")
        print(f"{told['rss_mb']:>9.0f}{ran.tree_mb:>9.0f}{ran.worker_mb:>13.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Vad en rapport kostar.")
    parser.add_argument("--omgangar", type=int, default=3)
    parser.add_argument("--rapporter", type=int, default=24)
    parser.add_argument("--naiva", type=int, default=2, help="naiva rapporter per omgång")
    parser.add_argument("--till", type=int, nargs="*", default=[10, 100], help="10 100 3000")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured([PARTS, "prepare", name, "0"], cwd=ROOT, look_s=0)
        charts = part("limit", folder, len(NAMNDER)).told["charts"]
        print(f"{charts} diagram i den största rapporten; {asked.omgangar} omgångar")
        rounds = [a_round(folder, asked.rapporter, asked.naiva) for _ in range(asked.omgangar)]
        show_rounds(rounds)
        show_twelve(folder, rounds)
        steps = part("stages", folder, min(asked.rapporter, 24)).told["stages"]
        print("cpu ms: " + ", ".join(f"{step} {ms}" for step, ms in steps.items()))
        show_growth(folder, asked.till)


if __name__ == "__main__":
    sys.exit(main())
