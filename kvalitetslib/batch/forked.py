"""The cells of a notebook, run in a fork of this process."""

import multiprocessing
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import NotebookExecutionManager
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from kvalitetslib.batch.cells import run
from kvalitetslib.batch.child import end, has_ended, settle
from kvalitetslib.batch.parallel import sendable

GRACE = 10.0
"""Seconds that a cell past its time may take to notice it before its process is ended."""


def run_forked(
    nb_man: NotebookExecutionManager, timeout: int | None, memory_bytes: int | None
) -> None:
    """Start a fork, take in its cells as they are done, and end it when it is too slow."""
    # Before the fork, so that it is paid once for all notebooks of this process.
    import_module("kvalitetslib.batch.memory_kernel")
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(nb_man.nb, sender, timeout, memory_bytes))
    sys.stdout.flush()
    sys.stderr.flush()
    child.start()
    sender.close()
    running = _Place()
    try:
        _follow(nb_man, receiver, timeout, running)
    except (EOFError, ConnectionError):
        has_ended(child, GRACE)
        died = DeadKernelError(f"Kernel died: exit code {child.exitcode}")
        _blame(nb_man, running.index, died)
        raise died from None
    except CellTimeoutError as error:
        _blame(nb_man, running.index, error)
        raise
    finally:
        end(child)
        receiver.close()


@dataclass
class _Place:
    """The cell that runs."""

    index: int = 0


def _blame(nb_man: NotebookExecutionManager, index: int, error: Exception) -> None:
    """Put the error in the cell, and papermill's marks at it, in the notebook that is saved."""
    cell = nb_man.nb.cells[index]
    told = {"ename": type(error).__name__, "evalue": str(error), "traceback": [str(error)]}
    if cell.cell_type == "code":
        cell.outputs = [*cell.outputs, new_output("error", **told)]
    nb_man.cell_exception(cell, index)
    if nb_man.output_path:
        # It writes the notebook with its marks and raises an error of its own.
        with suppress(PapermillExecutionError):
            raise_for_execution_errors(nb_man.nb, nb_man.output_path)
        for each in nb_man.nb.cells:
            # papermill asks for the account of every cell once more, of its marks too.
            each.metadata.setdefault("papermill", {"status": nb_man.COMPLETED})


def _follow(
    nb_man: NotebookExecutionManager, receiver: Connection, timeout: int | None, running: _Place
) -> None:
    """Do to the notebook what the fork tells, until it is done."""
    longest = None if timeout is None else timeout + GRACE
    while True:
        if not receiver.poll(longest):
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", timeout or 0, nb_man.nb.cells[running.index]
            )
        kind, told = receiver.recv()
        if kind == "start":
            running.index = told
            nb_man.cell_start(nb_man.nb.cells[told], told)
        elif kind == "failed":
            nb_man.cell_exception(nb_man.nb.cells[told], told)
        elif kind == "cell":
            index, cell = told
            _keep(nb_man.nb.cells[index], cell)
            nb_man.cell_complete(nb_man.nb.cells[index], index)
        elif kind == "raised":
            raise told
        else:
            _take_in(nb_man.nb, told)
            return


def _keep(here: NotebookNode, done: NotebookNode) -> None:
    """The cell as the fork left it, with papermill's own account of it kept."""
    account = here.metadata.get("papermill")
    here.update(done)
    if account is not None:
        here.metadata["papermill"] = account


def _take_in(nb: NotebookNode, done: NotebookNode) -> None:
    """The whole notebook at the end: later cells may have changed the outputs of earlier ones."""
    for here, cell in zip(nb.cells, done.cells, strict=True):
        _keep(here, cell)
    for key in ("language_info", "widgets"):
        if key in done.metadata:
            nb.metadata[key] = done.metadata[key]


def _child(
    nb: NotebookNode, sender: Connection, timeout: int | None, memory_bytes: int | None
) -> None:
    """In the fork: run the cells, and tell what becomes of them."""
    settle(memory_bytes)
    try:
        run(_Teller(nb, sender), timeout)
        sender.send(("done", nb))
    except BaseException as error:  # whatever it is, the one who waits has to know
        sender.send(("raised", sendable(error)))
    sender.close()
    # Neither threads of the notebook nor exit handlers of the parent are waited for.
    os._exit(0)


class _Teller:
    """Stands for papermill's manager in the fork: what happens is told over the pipe."""

    def __init__(self, nb: NotebookNode, sender: Connection) -> None:
        self.nb, self._sender = nb, sender

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        self._sender.send(("start", cell_index))

    def cell_exception(self, cell: NotebookNode, cell_index: int, exception: Exception) -> None:
        self._sender.send(("failed", cell_index))

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        self._sender.send(("cell", (cell_index, cell)))

    def autosave_cell(self) -> None:
        """Nothing: the one who waits saves each cell as it comes."""
