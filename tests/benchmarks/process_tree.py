"""A command measured with all that it starts: wall, CPU and memory."""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

EVERY_S = 0.2
"""Seconds between two looks at the memory."""
MB = 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """What a command took: seconds, and MB. ``told`` is the object that it printed last.

    ``tree_mb`` is the most that all its processes had at once, shared pages counted once;
    ``worker_mb`` the most that one process but the first had to itself.
    """

    wall: float
    cpu: float
    tree_mb: float
    worker_mb: float
    told: dict[str, Any]


def measured(command: Sequence[str], *, cwd: Path, look_s: float = EVERY_S) -> Measured:
    """Run the command to its end (CalledProcessError when it fails).

    CPU is that of every process that was waited for. With ``look_s`` 0 memory is not looked at.
    """
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch(process.pid, look_s)
    watch.start()
    out, err = process.communicate()
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), out, err)
    lines = out.strip().splitlines()
    told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, watch.tree / MB, watch.worker / MB, told)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is told to stop."""

    def __init__(self, pid: int, look_s: float) -> None:
        super().__init__(daemon=True)
        self.tree = self.worker = 0
        self._pid, self._look_s = pid, look_s
        self._over = threading.Event()

    def run(self) -> None:
        while self._look_s and not self._over.wait(self._look_s):
            self._look()

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _look(self) -> None:
        try:
            first = psutil.Process(self._pid)
            every = [first, *first.children(recursive=True)]
        except psutil.Error:
            return
        known = [each for each in map(_memory, every) if each]
        self.tree = max(self.tree, sum(each.pss for each in known))
        self.worker = max([self.worker, *(each.uss for each in known[1:])])


def _memory(process: psutil.Process) -> Any:
    """Its memory; None when it has just ended."""
    try:
        return process.memory_full_info()
    except psutil.Error:
        return None
