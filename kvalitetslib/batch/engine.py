"""The papermill engine ``kvalitet``: cells run in a fork of this warm process, one a notebook.

What is imported here need not be imported again, and what a notebook does to its process is gone
with it. Where a process cannot be forked safely the standard engine is used, and that is said.
"""

import logging
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager

_logger = logging.getLogger(__name__)


class KvalitetEngine(NBClientEngine):  # type: ignore[misc]
    """Runs Python notebooks without starting a kernel. Same outputs as the standard engine."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *args: Any,
        execution_timeout: int | None = None,
        memory_bytes: int | None = None,
        own_process: Callable[[], None] | None = None,
        **given: Any,
    ) -> NotebookNode:
        """Run all cells.

        Parameters
        ----------
        execution_timeout : longest time of a cell in seconds.
        memory_bytes : bound of the address space of the notebook's process.
        own_process : given when this process is already a fork for this notebook alone, whose
            parent ends it when it hangs; called when a cell starts.

        Raises
        ------
        CellTimeoutError : if a cell takes more than ``execution_timeout`` seconds.
        DeadKernelError : if the notebook's process ends by itself or is ended.
        """
        # Only here: papermill loads every engine when it is imported, this one before it is done.
        from kvalitetslib.batch.cells import run_beating
        from kvalitetslib.batch.forked import run_forked
        from kvalitetslib.batch.safety import cannot_fork

        wishes = [name for name, value in given.items() if value]
        why_not = "" if own_process else cannot_fork(nb_man.nb, kernel_name, wishes)
        if own_process:
            run_beating(nb_man, own_process, execution_timeout)
        elif why_not:
            _logger.warning("Standardmotorn används: %s.", why_not)
            super().execute_managed_notebook(
                nb_man, kernel_name, *args, execution_timeout=execution_timeout, **given
            )
        else:
            run_forked(nb_man, execution_timeout, memory_bytes)
        nb: NotebookNode = nb_man.nb
        return nb
