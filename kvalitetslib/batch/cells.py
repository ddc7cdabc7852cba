"""The cells of a notebook, run in this very process, which is there for them alone."""

import logging
import re
from collections.abc import Callable
from typing import Any, Protocol

from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager

Beat = Callable[[], None]
Message = dict[str, Any]
_JSON = re.compile(r"application/(.*\+)?json")
"""Kinds of output that may be of any form, as in the schema of notebooks."""


class Manager(Protocol):
    """What papermill's client asks of the one who keeps account of the cells."""

    nb: NotebookNode

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None: ...

    def cell_exception(self, cell: NotebookNode, cell_index: int, exception: Exception) -> None: ...

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None: ...

    def autosave_cell(self) -> None: ...


def run_beating(nb_man: NotebookExecutionManager, beat: Beat, timeout: int | None) -> None:
    """Run all cells, with a sign of life when one starts; the times of cells are not kept."""
    run(_Beating(nb_man, beat), timeout)


def run(manager: Manager, timeout: int | None) -> None:
    """Run all cells."""
    # Only here, so that papermill, which loads every engine, stays quick to start.
    from kvalitetslib.batch.memory_kernel import MemoryClient

    log = _silent()
    client = MemoryClient(timeout=timeout, log=log)
    runner = _Runner(manager, km=client, log=log)
    runner.kc = client
    with client.started():
        runner.execute()


def _silent() -> logging.Logger:
    """A log that says nothing: stderr belongs to the cells while they run."""
    logger = logging.getLogger(f"{__name__}.silent")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


class _Runner(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, quicker to take in what most cells show."""

    def output(
        self, outs: list[NotebookNode], msg: Message, display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Put an output in its cell: a value of plain form as it is, other things as nbclient does.

        nbclient checks each output against a schema, which takes longer than most cells.
        """
        is_special = (
            display_id
            or self.clear_before_next_output
            or self.output_hook_stack[msg["parent_header"].get("msg_id")]
        )
        out: NotebookNode | None
        if is_special or not is_plain_value(msg):
            out = super().output(outs, msg, display_id, cell_index)
            return out
        kept = {key: msg["content"][key] for key in ("data", "metadata", "execution_count")}
        out = from_dict({"output_type": "execute_result", **kept})
        outs.append(out)
        return out


def is_plain_value(msg: Message) -> bool:
    """True for the value of a cell that the schema of notebooks takes, whatever its texts are."""
    if msg["msg_type"] != "execute_result":
        return False
    data = msg["content"]["data"]
    return all(isinstance(each, str) or _JSON.fullmatch(kind) for kind, each in data.items())


class _Beating:
    """Stands for papermill's manager: only that the cells start, and that one fails, is told."""

    def __init__(self, nb_man: NotebookExecutionManager, beat: Beat) -> None:
        self.nb, self._nb_man, self._beat = nb_man.nb, nb_man, beat

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        self._beat()

    def cell_exception(self, cell: NotebookNode, cell_index: int, exception: Exception) -> None:
        self._nb_man.cell_exception(cell, cell_index, exception=exception)

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        """Nothing: what the cell shows is in the notebook."""

    def autosave_cell(self) -> None:
        """Nothing: the notebook is saved when it is done."""
