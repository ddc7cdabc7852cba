"""One nämnd's report, made in a process of its own: notebook, page and what came of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from kvalitetslib.batch.editions import write_editions, write_plan
from kvalitetslib.batch.export import EDITION_LINKS, NamndrapportExporter
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.batch.ipynb import write_notebook
from kvalitetslib.batch.notebook import CellFailure, Setting, execute, warm_papermill
from kvalitetslib.batch.opening import keep_in_hand
from kvalitetslib.errors import KvalitetError
from kvalitetslib.render.editions import NAMND, edition_links
from kvalitetslib.render.parts import compile_templates
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json

_NEEDED = (
    "kvalitetslib.batch.memory_kernel",
    "kvalitetslib.render.chapters",
    "kvalitetslib.report_json",
    "kvalitetslib.batch.opening",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "matplotlib_inline.backend_inline",
    "sqlite3",
    "tornado.queues",
)
"""What a report's cells import."""


@dataclass(frozen=True)
class Job:
    """All files of a report are put in ``folder``."""

    report: Report = field(repr=False)
    folder: Path
    notebook: Path
    cell_timeout: int

    @property
    def namnd(self) -> str:
        return self.report.namnd

    @property
    def parameters(self) -> dict[str, str]:
        return parameters(self.report.kommun, self.namnd, self.report.quarter)


@dataclass(frozen=True)
class Outcome:
    """``message`` is empty when the report was made; ``cell`` is 0 when no cell is to blame."""

    cell: int = 0
    message: str = ""


def parameters(kommun: str, namnd: str, kvartal: str) -> dict[str, str]:
    """What the notebook is told. ``underlag`` lies beside it, so no path of a machine is told."""
    return {"kommun": kommun, "namnd": namnd, "kvartal": kvartal, "underlag": f"{namnd}.json"}


class Motor(StrEnum):
    """What runs the notebooks: forks of a warm process, or the standard engine's kernels."""

    QUICK = "snabb"
    STANDARD = "standard"


def warm() -> None:
    """Import what every report needs, and make the exporter, before the process is forked."""
    for name in _NEEDED:
        import_module(name)
    compile_templates()
    warm_papermill()
    _exporter()


def start_worker() -> None:
    """Prepare a worker: its notebooks use one thread each, as the workers share the cores."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"


def make(job: Job, beat: Callable[[], None] | None = None) -> Outcome:
    """Write ``<namnd>.json`` and the editions, run the notebook and write it and its page.

    With ``beat`` the cells run in this process, and it is called when each of them starts.
    """
    file = job.folder / f"{job.namnd}.json"
    try:
        write_whole(file, to_json(job.report))
        write_editions(job.report, job.folder)
        write_plan(job.report, job.folder)
        if beat is not None:
            keep_in_hand(file, job.report)
        setting = Setting(job.folder, job.cell_timeout, beat)
        executed = execute(job.notebook, job.parameters, setting)
        links = edition_links(job.namnd, NAMND)
        page, _ = _exporter().from_notebook_node(executed, {EDITION_LINKS: links})
    except CellFailure as failure:
        return Outcome(failure.cell, failure.message)
    except KvalitetError as error:
        return Outcome(message=str(error))
    write_notebook(executed, job.folder / f"{job.namnd}.ipynb")
    (job.folder / f"{job.namnd}.html").write_text(page, "utf-8", newline="\n")
    return Outcome()


@lru_cache(maxsize=1)
def _exporter() -> NamndrapportExporter:
    return NamndrapportExporter()  # type: ignore[no-untyped-call]
