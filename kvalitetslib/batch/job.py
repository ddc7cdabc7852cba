"""One nämnd's report, made in a process of its own: notebook, page and what came of it."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat

from kvalitetslib.batch.export import EDITION_LINKS, NamndrapportExporter
from kvalitetslib.batch.notebook import CellFailure, execute
from kvalitetslib.errors import BuildError
from kvalitetslib.render.editions import NAMND, edition_links


@dataclass(frozen=True)
class Job:
    """``folder`` already holds ``<namnd>.json``; the notebook and the page are put beside it."""

    kommun: str
    namnd: str
    kvartal: str
    folder: Path
    notebook: Path
    cell_timeout: int

    @property
    def parameters(self) -> dict[str, str]:
        return parameters(self.kommun, self.namnd, self.kvartal)


@dataclass(frozen=True)
class Outcome:
    """``message`` is empty when the report was made; ``cell`` is 0 when no cell is to blame."""

    cell: int = 0
    message: str = ""


def parameters(kommun: str, namnd: str, kvartal: str) -> dict[str, str]:
    """What the notebook is told. ``underlag`` lies beside it, so no path of a machine is told."""
    return {"kommun": kommun, "namnd": namnd, "kvartal": kvartal, "underlag": f"{namnd}.json"}


def start_worker() -> None:
    """Prepare a worker: its notebooks use one thread each, as the workers share the cores."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"


def make(job: Job) -> Outcome:
    """Run the notebook and write ``<namnd>.ipynb`` and ``<namnd>.html`` in the job's folder."""
    try:
        executed = execute(
            job.notebook, job.parameters, folder=job.folder, cell_timeout=job.cell_timeout
        )
        links = edition_links(job.namnd, NAMND)
        page, _ = _exporter().from_notebook_node(executed, {EDITION_LINKS: links})
    except CellFailure as failure:
        return Outcome(failure.cell, failure.message)
    except BuildError as error:
        return Outcome(message=str(error))
    nbformat.write(executed, job.folder / f"{job.namnd}.ipynb")
    (job.folder / f"{job.namnd}.html").write_text(page, "utf-8", newline="\n")
    return Outcome()


@lru_cache(maxsize=1)
def _exporter() -> NamndrapportExporter:
    return NamndrapportExporter()  # type: ignore[no-untyped-call]
