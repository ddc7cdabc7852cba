"""A notebook run by papermill: its parameters checked first, its traces of the machine removed."""

from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from kvalitetslib.errors import BuildError, ConfigError, accepted_words

_INJECTED = "injected-parameters"
_PARAMETERS = "parameters"
_QUIET = "--IPKernelApp.log_level=CRITICAL"
"""The kernel's own log; what a cell prints or warns of is in the notebook all the same."""
_NO_NOTEBOOK = (AttributeError, TypeError, nbformat.ValidationError, nbformat.reader.NotJSONError)
"""What nbformat raises for a file of another kind; it guesses at old formats before it gives up."""
_PAPERMILL_KEPT = frozenset({"parameters", "version"})


@dataclass(frozen=True)
class CellFailure(Exception):
    """Why a run stopped. ``cell`` counts the notebook's cells from 1; 0 is the run as a whole."""

    cell: int
    message: str


@lru_cache(maxsize=1)
def warm_papermill() -> None:
    """Let papermill and nbformat prepare what they keep for the next time, before a fork."""
    cell = new_code_cell("namn = ''", metadata={"tags": [_PARAMETERS]})
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    papermill.execute_notebook(notebook, None, {"namn": ""}, prepare_only=True)
    for kind in ("display_data", "error", "execute_result", "stream"):
        new_output(kind)


def check_parameters(notebook: Path, given: set[str]) -> None:
    """Refuse a notebook that does not declare all the given parameters.

    papermill itself only warns, and the notebook would then run for its default nämnd.

    Raises
    ------
    BuildError : if the notebook cannot be read.
    ConfigError : if a parameter is not declared.
    """
    declared = papermill.inspect_notebook(_literal(readable(notebook)))
    unknown = sorted(given - declared.keys())
    if unknown:
        accepted = accepted_words(unknown[0], sorted(declared)) or "ingen parameter"
        raise ConfigError(
            f"{notebook.name} har ingen parameter {', '.join(unknown)}. Godtas: {accepted}"
        )


def _literal(path: Path) -> str:
    """The path as papermill reads it, which takes braces for the names of parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def readable(notebook: Path) -> Path:
    """The same path, when a notebook is there."""
    try:
        nbformat.read(notebook, as_version=4)
    except FileNotFoundError as error:
        message = f"Anteckningsboken {notebook} finns inte. Kör kommandot i projektets mapp."
        raise BuildError(message) from error
    except _NO_NOTEBOOK as error:
        raise BuildError(f"{notebook} är ingen anteckningsbok.") from error
    return notebook


@dataclass(frozen=True)
class Setting:
    """How a notebook is run: where, how long a cell may take, and in what.

    ``folder`` is the working folder, so that parameters can name files without saying where it
    lies. With a ``beat`` the cells run in this very process, which is a fork for them alone; it is
    called when a cell starts. Without one a kernel is started.
    """

    folder: Path
    cell_timeout: int
    beat: Callable[[], None] | None = None


def execute(notebook: Path, parameters: dict[str, str], setting: Setting) -> NotebookNode:
    """The executed notebook, the same bytes on every machine and in either way of running.

    Raises
    ------
    CellFailure : if a cell fails or never ends, or the kernel dies.
    """
    try:
        executed = _run(_prepared(notebook.resolve(), parameters), setting)
    except PapermillExecutionError as error:
        cell = _cell_number(notebook, error.cell_index)
        raise CellFailure(cell, _message(error, setting.folder)) from error
    except CellTimeoutError as error:
        raise CellFailure(0, f"en cell tog mer än {setting.cell_timeout} sekunder") from error
    except DeadKernelError as error:
        raise CellFailure(0, "Pythonprocessen avslutades mitt i körningen") from error
    return _without_traces(executed)


def _prepared(notebook: Path, parameters: dict[str, str]) -> NotebookNode:
    """The notebook with its parameters, as ``papermill.execute_notebook`` makes it."""
    read = load_notebook_node(str(notebook))
    prepared: NotebookNode = remove_error_markers(parameterize_notebook(read, parameters))
    return prepared


def _run(prepared: NotebookNode, setting: Setting) -> NotebookNode:
    """The rest of ``papermill.execute_notebook``, which writes it out even when it has no file."""
    engine, given = _engine(setting)
    with chdir(setting.folder):
        executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
            engine,
            prepared,
            kernel_name=papermill_engines.nb_kernel_name(engine, prepared),
            progress_bar=False,
            execution_timeout=setting.cell_timeout,
            **given,
        )
    raise_for_execution_errors(executed, None)
    return executed


def _engine(setting: Setting) -> tuple[str | None, dict[str, Any]]:
    if setting.beat is None:
        return None, {"extra_arguments": [_QUIET]}
    return "kvalitet", {"own_process": setting.beat}


def _message(error: PapermillExecutionError, folder: Path) -> str:
    text = f"{error.ename}: {error.evalue}" if error.evalue else str(error.ename)
    return text.replace(f"{folder}/", "").replace(str(folder), ".")


def _cell_number(notebook: Path, index: int) -> int:
    """The cell's place in the notebook as it was before papermill put its own cell in."""
    cells = nbformat.read(notebook, as_version=4).cells
    declared = [at for at, cell in enumerate(cells) if _PARAMETERS in cell.metadata.get("tags", [])]
    is_moved = not declared or index > declared[0]
    return max(index if is_moved else index + 1, 1)


def _without_traces(executed: NotebookNode) -> NotebookNode:
    """The notebook without times, paths and chance: two runs are then equal to the byte."""
    kept: dict[str, Any] = executed.metadata.get("papermill", {})
    executed.metadata["papermill"] = {key: kept[key] for key in _PAPERMILL_KEPT & kept.keys()}
    for cell in executed.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if _INJECTED in cell.metadata.get("tags", []):
            cell["id"] = _INJECTED
    return executed
