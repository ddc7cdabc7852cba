"""The warm engine against the standard one: ten notebooks cell by cell, and what goes wrong."""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from engine_runs import Ran, Run
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from rich_notebooks import NOTEBOOKS, PARAMETERS, Cell, write_cells

from kvalitetslib.batch.safety import cannot_fork

pytestmark = pytest.mark.long

QUICK, STANDARD = "kvalitet", "nbclient"
LIMIT = 2
"""Seconds that a cell may take in the notebooks whose cells never end."""
STATE = """\
import builtins, matplotlib, os, sys, warnings
told = (hasattr(builtins, 'lämnat'), os.environ.get('LAMNAT'), 'lamnat' in sys.modules,
        matplotlib.rcParams['lines.linewidth'] == 99, os.path.basename(os.getcwd()) == 'annan',
        'lamnat' in globals(), len(sys.path) > 500, sys.getrecursionlimit() == 12345)
told"""
LEAVE = """\
import builtins, matplotlib, os, sys
builtins.lämnat = os.environ['LAMNAT'] = 'här'
sys.modules['lamnat'] = sys; lamnat = 1
matplotlib.rcParams['lines.linewidth'] = 99
os.makedirs('annan', exist_ok=True); os.chdir('annan')
sys.path.extend(['x'] * 600); sys.setrecursionlimit(12345)"""
TROUBLE: dict[str, tuple[Cell, ...]] = {
    "fails": ("print('före')", "1/0", "print('efter')"),
    "exits": ("print('före')", "import os\nos._exit(7)", "print('efter')"),
    "crashes": ("print('före')", "import ctypes\nctypes.string_at(0)"),
    "loops": ("print('före')", "print('under', flush=True)\nwhile True: pass"),
    "awaits": ("print('före')", "import asyncio\nawait asyncio.sleep(3600)"),
    "clings": (
        "print('före')",
        "import time\nwhile True:\n    try:\n        time.sleep(3600)\n"
        "    except BaseException:\n        pass",
    ),
}
SHORT: tuple[Cell, ...] = (("antal = 1", "parameters"), "antal", "print('klar')")
_NUMBERS = (
    (re.compile(r"ipykernel_\d+"), "ipykernel_N"),  # the process's own number
    (re.compile(r"[\d.]+ (?:[nmµμ])?s\b"), "T"),  # how long it took
)


@dataclass(frozen=True)
class Runs:
    """What came of every notebook with every engine."""

    folder: Path
    ran: dict[tuple[str, str], Ran]

    def notebook(self, engine: str, name: str) -> NotebookNode:
        return nbformat.read(self.folder / engine / f"{name}.ipynb", as_version=4)

    def saved(self, name: str) -> str:
        """All outputs of the quick engine's notebook, as text."""
        cells = self.notebook(QUICK, name).cells
        return json.dumps([each.get("outputs", []) for each in cells], ensure_ascii=False)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """All notebooks, in one process so that imports are paid once."""
    folder = tmp_path_factory.mktemp("engines")
    for engine in (QUICK, STANDARD):
        (folder / engine).mkdir()
        (folder / engine / "prov.py").write_text("print('kört', __name__)\n", "utf-8")
    alike: dict[str, tuple[Cell, ...]] = NOTEBOOKS
    alone = {**TROUBLE, "leaves": (LEAVE,), "follows": (STATE,), "beside": SHORT, "bar": SHORT}
    for name, cells in (alike | alone).items():
        write_cells(folder / f"{name}.ipynb", cells)
    asked = {(each, name): _run(folder, each, name) for name in alike for each in (QUICK, STANDARD)}
    asked |= {(QUICK, name): _run(folder, QUICK, name) for name in alone}
    return Runs(folder, dict(zip(asked, _ran(folder, list(asked.values())), strict=True)))


def _run(folder: Path, engine: str, name: str) -> Run:
    return Run(
        notebook=str(folder / f"{name}.ipynb"),
        out=str(folder / engine / f"{name}.ipynb"),
        engine=engine,
        parameters=PARAMETERS if name == "tags" else {},
        timeout=LIMIT if name in TROUBLE else 120,
        beside=name == "beside",
        progress=name == "bar",
    )


def _ran(folder: Path, asked: list[Run]) -> list[Ran]:
    wanted, told = folder / "asked.json", folder / "told.json"
    wanted.write_text(json.dumps([asdict(each) for each in asked]), "utf-8")
    program = str(Path(__file__).with_name("engine_runs.py"))
    ran = subprocess.run(
        [sys.executable, program, str(wanted), str(told)],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [Ran(**{**each, "log": tuple(each["log"])}) for each in json.loads(told.read_text())]


def _environment() -> dict[str, str]:
    """As a person's own: a kernel that finds itself in a test leaves stdout alone."""
    kept = {key: each for key, each in os.environ.items() if not key.startswith("PYTEST_")}
    return {**kept, "OPENBLAS_NUM_THREADS": "1"}


def essence(notebook: NotebookNode) -> list[Any]:
    """What each cell is and shows, without times, chance and the number of its process."""
    text = json.dumps([_cell(each) for each in notebook.cells], ensure_ascii=False, sort_keys=True)
    for pattern, told in _NUMBERS:
        text = pattern.sub(told, text)
    cells: list[Any] = json.loads(text)
    return cells


def _cell(cell: NotebookNode) -> dict[str, Any]:
    plain = {key: each for key, each in cell.items() if key not in ("outputs", "metadata", "id")}
    kept = {
        key: each for key, each in cell.metadata.items() if key not in ("execution", "papermill")
    }
    account = cell.metadata.get("papermill", {})
    status = {key: account.get(key) for key in ("exception", "status")}
    return {**plain, "metadata": kept, "status": status, "outputs": _joined(cell)}


def _joined(cell: NotebookNode) -> list[dict[str, Any]]:
    """The outputs; how a stream was cut into parts depends on when the kernel looked."""
    joined: list[dict[str, Any]] = []
    for output in cell.get("outputs", []):
        last = joined[-1] if joined else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            joined.append(dict(output))
    return joined


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_is_as_the_standard_engine_leaves_it(runs: Runs, name: str):
    quick, standard = (essence(runs.notebook(each, name)) for each in (QUICK, STANDARD))
    pairs = zip(quick, standard, strict=True)
    assert [(one, other) for one, other in pairs if one != other] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_itself_is_as_the_standard_engine_leaves_it(runs: Runs, name: str):
    quick, standard = (runs.notebook(each, name).metadata for each in (QUICK, STANDARD))
    assert quick.keys() == standard.keys()
    assert quick.language_info == standard.language_info


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_papermill_raises_what_it_raises_with_the_standard_engine(runs: Runs, name: str):
    assert _told(runs.ran[QUICK, name]) == _told(runs.ran[STANDARD, name])
    assert runs.ran[QUICK, name].log == ()


def _told(ran: Ran) -> tuple[str, str]:
    return ran.error, _NUMBERS[0][0].sub("", ran.message)


def test_every_notebook_shows_something(runs: Runs):
    shown = {
        name: sum(map(len, map(_joined, runs.notebook(QUICK, name).cells))) for name in NOTEBOOKS
    }
    assert [name for name, count in shown.items() if count < 4] == []


def test_the_parameters_are_given_to_the_cells(runs: Runs):
    assert "(7, 'å')" in runs.saved("tags")


def test_a_notebook_is_not_touched_by_the_one_before(runs: Runs):
    assert runs.ran[QUICK, "leaves"] == Ran()
    assert str((False, None, False, False, False, False, False, False)) in re.sub(
        r"\\n *", " ", runs.saved("follows")
    )


def test_a_failing_cell_is_saved_with_its_traceback_and_papermills_mark(runs: Runs):
    assert runs.ran[QUICK, "fails"].error == "PapermillExecutionError"
    assert "före" in runs.saved("fails")
    assert "ZeroDivisionError" in runs.saved("fails")
    assert "efter" not in runs.saved("fails")
    assert "papermill-error-cell-tag" in _marks(runs, "fails")


@pytest.mark.parametrize(("name", "code"), [("exits", "7"), ("crashes", "-11")])
def test_a_process_that_dies_leaves_a_notebook_that_says_so(runs: Runs, name: str, code: str):
    ran = runs.ran[QUICK, name]
    assert (ran.error, ran.message) == ("DeadKernelError", f"Kernel died: exit code {code}")
    assert "före" in runs.saved(name)
    assert f"exit code {code}" in runs.saved(name)
    assert "papermill-error-cell-tag" in _marks(runs, name)


@pytest.mark.parametrize("name", ["loops", "awaits", "clings"])
def test_a_cell_that_never_ends_is_stopped_and_told_of(runs: Runs, name: str):
    assert runs.ran[QUICK, name].error == "CellTimeoutError"
    assert "före" in runs.saved(name)
    assert "Cell execution timed out" in runs.saved(name)
    assert "papermill-error-cell-tag" in _marks(runs, name)


def test_what_a_cell_showed_before_it_was_stopped_is_kept(runs: Runs):
    assert "under" in runs.saved("loops")
    assert "_TooLong" not in runs.saved("loops")


def _marks(runs: Runs, name: str) -> str:
    return json.dumps([each.metadata.get("tags", []) for each in runs.notebook(QUICK, name).cells])


def test_with_a_second_thread_the_standard_engine_is_used_and_that_is_told(runs: Runs):
    ran = runs.ran[QUICK, "beside"]
    assert (ran.error, ran.log) == ("", ("Standardmotorn används: processen har 2 trådar.",))
    assert "klar" in runs.saved("beside")


def test_papermills_own_progress_bar_does_not_stand_in_the_way(runs: Runs):
    assert runs.ran[QUICK, "bar"] == Ran()
    assert "klar" in runs.saved("bar")


@pytest.mark.parametrize(
    ("language", "kernel", "wishes", "told"),
    [
        ("R", "ir", [], "anteckningsboken är skriven i R"),
        ("python", "gammal", [], "kärnan gammal kan ha en annan miljö än den här"),
        ("python", "python3", ["log_output"], "utskrifterna ska följas medan cellerna körs"),
    ],
)
def test_what_a_fork_cannot_do_is_left_to_the_standard_engine(
    language: str, kernel: str, wishes: list[str], told: str
):
    spec = {"language": language, "name": kernel, "display_name": kernel}
    notebook = new_notebook(metadata={"kernelspec": spec})
    assert cannot_fork(notebook, kernel, wishes) == told
