"""Whether this process can be forked: where it cannot, the standard engine does the work."""

import multiprocessing
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode

LANGUAGE = "python"
KERNEL = "python3"
"""The kernel that runs in the environment of this process."""
FOLLOWED = frozenset({"log_output", "stdout_file", "stderr_file"})
"""What papermill is asked for to show outputs while a cell still runs."""
_HARMLESS = ("jemalloc_bg_thd",)
"""Threads of C libraries that hold nothing that a fork needs."""
_WATCHER = "TMonitor"
"""The thread that only redraws papermill's progress bar, which a fork never does."""


def cannot_fork(nb: NotebookNode, kernel: str, wishes: Iterable[str] = ()) -> str:
    """Why this process cannot run the notebook in a fork of itself; empty when it can.

    Parameters
    ----------
    kernel : name of the kernel that was asked for.
    wishes : what else was asked of papermill, of ``FOLLOWED`` and other things.
    """
    language = nb.metadata.get("kernelspec", {}).get("language", LANGUAGE)
    if language != LANGUAGE:
        return f"anteckningsboken är skriven i {language}"
    if kernel != KERNEL:
        return f"kärnan {kernel} kan ha en annan miljö än den här"
    if FOLLOWED & set(wishes):
        return "utskrifterna ska följas medan cellerna körs"
    return cannot_fork_here() or _busy()


def cannot_fork_here() -> str:
    """Why this process can have no forks at all; empty when it can."""
    if sys.platform != "linux":
        return "systemet kan inte dela en process säkert"
    if threading.current_thread() is not threading.main_thread():
        return "körningen sker i en tråd"
    if multiprocessing.current_process().daemon:
        return "processen får inte starta andra"
    return ""


def _busy() -> str:
    """Other threads may hold what a fork would wait for; whose they are is not known here."""
    threads = _threads()
    return f"processen har {threads} trådar" if threads > 1 else ""


def _threads() -> int:
    """How many threads the process has, those of C libraries too, but for the harmless ones."""
    watchers = {each.native_id for each in threading.enumerate() if type(each).__name__ == _WATCHER}
    tasks = [each for each in Path("/proc/self/task").iterdir() if int(each.name) not in watchers]
    names = [(each / "comm").read_text("utf-8").strip() for each in tasks]
    return sum(name not in _HARMLESS for name in names)
