"""What batch_speed.py measures, a part a process: ``batch_parts.py PART FOLDER NUMBER [WORKERS]``.

Every part reads the reports that ``prepare`` has put in the folder, makes NUMBER of them, and
prints one JSON object: seconds of wall and CPU without its own start, and what it has to tell.
"""

import ast
import json
import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.batch.crew import crew
from kvalitetslib.batch.editions import write_editions, write_plan
from kvalitetslib.batch.export import NamndrapportExporter
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.batch.ipynb import write_notebook
from kvalitetslib.batch.job import Job, Motor, parameters, warm
from kvalitetslib.batch.notebook import Setting, execute
from kvalitetslib.batch.opening import keep_in_hand
from kvalitetslib.period import parse_period
from kvalitetslib.render.page import page
from kvalitetslib.render.parts import Chapter
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json
from kvalitetslib.sources.inputs import read_inputs

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "namndrapport.ipynb"
KOMMUN, QUARTER = "exempelkommun", parse_period("2026K3")
REPORTS = "rapporter.pickle"
CELL_TIMEOUT = 600


def prepare(folder: Path) -> None:
    """Assess the example once; its reports, and their JSON for the naive way, are put there."""
    inputs = read_inputs(ROOT / "data", KOMMUN, quarter=QUARTER, today=date.today())
    reports = assess(inputs, quarter=QUARTER).reports()
    (folder / REPORTS).write_bytes(pickle.dumps(reports))
    for each in reports:
        (folder / f"{each.namnd}.json").write_text(to_json(each), "utf-8")


def reports_of(folder: Path, number: int) -> Iterator[Report]:
    """That many reports, one at a time: the example's, over and over, each with its own name."""
    for at, each in enumerate(islice(cycle(_prepared(folder)), number)):
        yield replace(each, namnd=f"{each.namnd}-{at}")


@lru_cache(maxsize=1)
def _prepared(folder: Path) -> tuple[Report, ...]:
    """Read once: a part reads them before its time is taken."""
    known: tuple[Report, ...] = pickle.loads((folder / REPORTS).read_bytes())
    return known


@dataclass
class Timer:
    """Wall and CPU since it was made, that of ended children too."""

    wall: float = field(default_factory=perf_counter)
    cpu: float = field(default_factory=lambda: _cpu())

    def told(self, **more: object) -> dict[str, object]:
        return {"wall": perf_counter() - self.wall, "cpu": _cpu() - self.cpu, **more}


def _cpu() -> float:
    whole = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in whole)


def ours(folder: Path, number: int, workers: int) -> dict[str, object]:
    """The batch's own crew, after one report to warm it; finished files are thrown away."""
    _make(folder, 1, workers)
    return cold(folder, number, workers)


def cold(folder: Path, number: int, workers: int) -> dict[str, object]:
    """The same with nothing made before."""
    timer = Timer()
    _make(folder, number, workers)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return timer.told(rss_mb=most)


def _make(folder: Path, number: int, workers: int) -> None:
    place = folder / f"ours-{os.getpid()}"
    place.mkdir(exist_ok=True)
    jobs = (Job(each, place, NOTEBOOK, CELL_TIMEOUT) for each in reports_of(folder, number))
    for _, outcome in crew(workers, Motor.QUICK).outcomes(jobs):
        if outcome.message:
            raise RuntimeError(outcome.message)
        for file in place.glob("*.html"):
            file.unlink()


def limit(folder: Path, number: int, _: int) -> dict[str, object]:
    """The cells by plain exec in one warm process, and one rendering of the page's template."""
    return _plain(folder, number, lambda report, text: None)


def files(folder: Path, number: int, _: int) -> dict[str, object]:
    """The limit with the other files of a report: JSON, editions and plan; the page is written."""
    place = folder / f"filer-{os.getpid()}"
    place.mkdir()

    def write(report: Report, text: str) -> None:
        write_whole(place / f"{report.namnd}.json", to_json(report))
        write_editions(report, place)
        write_plan(report, place)
        (place / f"{report.namnd}.html").write_text(text, "utf-8")

    return _plain(folder, number, write)


def _plain(folder: Path, number: int, write: Callable[[Report, str], None]) -> dict[str, object]:
    import nbformat  # after kvalitetslib, as in the batch

    os.chdir(folder)
    warm()
    cells = [each for each in nbformat.read(NOTEBOOK, 4).cells if each.cell_type == "code"]
    runs = [_halves(each.source, "parameters" in each.metadata.get("tags", [])) for each in cells]
    charts = 0
    timer = Timer()
    for at, each in enumerate(reports_of(folder, number + 1)):
        text = _plain_page(each, runs)
        write(each, text)
        charts = max(charts, text.count("<svg"))
        timer = Timer() if at == 0 else timer
    return timer.told(charts=charts)


Halves = tuple[object, object | None, bool]


def _halves(source: str, is_parameters: bool) -> Halves:
    """A cell as code to run and, last, a value to show."""
    tree = ast.parse(source)
    shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    last = compile(ast.Expression(shown.value), "cell", "eval") if shown else None
    return compile(tree, "cell", "exec"), last, is_parameters


def _plain_page(report: Report, runs: list[Halves]) -> str:
    names: dict[str, object] = {}
    chapters: list[Chapter] = []
    told = parameters(report.kommun, report.namnd, report.quarter)
    keep_in_hand(Path(told["underlag"]), report)
    for code, last, is_parameters in runs:
        exec(code, names)
        names |= told if is_parameters else {}
        value = eval(last, names) if last is not None else None
        if isinstance(value, Chapter):
            bundle = value._repr_mimebundle_()
            chapters.append(replace(value, html=bundle["text/html"]))
    return page(chapters, title="Nämndrapport")


def stages(folder: Path, number: int, _: int) -> dict[str, object]:
    """CPU milliseconds of each step of a report, as medians; forks are for the crew to add."""
    place = folder / f"stages-{os.getpid()}"
    place.mkdir()
    os.chdir(place)
    warm()
    exporter = NamndrapportExporter()
    seen: dict[str, list[float]] = {}
    timer = Timer()
    for each in reports_of(folder, number + 1):
        for name, seconds in _steps(each, place, exporter):
            seen.setdefault(name, []).append(1000 * seconds)
    # The first is left out: it pays for what is compiled once.
    told = {name: round(median(times[1:]), 1) for name, times in seen.items()}
    return timer.told(stages=told)


def _steps(
    report: Report, place: Path, exporter: NamndrapportExporter
) -> Iterator[tuple[str, float]]:
    file = place / f"{report.namnd}.json"
    text, seconds = _timed(lambda: to_json(report))
    yield "JSON", seconds
    yield "skriva JSON", _timed(lambda: file.write_text(str(text), "utf-8"))[1]
    yield "utgåvor", _timed(lambda: write_editions(report, place))[1]
    keep_in_hand(file, report)
    told = parameters(report.kommun, report.namnd, report.quarter)
    setting = Setting(place, CELL_TIMEOUT, lambda: None)
    executed, seconds = _timed(lambda: execute(NOTEBOOK, told, setting))
    yield "anteckningsbok", seconds
    made, seconds = _timed(lambda: exporter.from_notebook_node(executed))
    yield "sida", seconds
    yield "skriva ipynb", _timed(lambda: write_notebook(executed, place / "ut.ipynb"))[1]
    yield "skriva sida", _timed(lambda: (place / "ut.html").write_text(made[0], "utf-8"))[1]


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    start = process_time()
    value = act()
    return value, process_time() - start


PARTS = {"ours": ours, "cold": cold, "limit": limit, "files": files, "stages": stages}

if __name__ == "__main__":
    part, folder, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    workers = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    if part == "prepare":
        prepare(folder)
    else:
        print(json.dumps(PARTS[part](folder, number, workers)))
