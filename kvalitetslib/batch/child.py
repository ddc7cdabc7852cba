"""A fork of this process: how it is made to end with its parent, bounded, and ended."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.process import BaseProcess

_GLANCE = 0.01
_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent is gone."""


def settle(memory_bytes: int | None = None) -> None:
    """Called first of all in the fork; ``memory_bytes`` is the bound of its address space.

    When its parent is killed it is ended too, so that nothing writes, or keeps a folder reserved,
    that no one waits for.
    """
    parent = multiprocessing.parent_process()
    # The fork and all that its cells start are one group, which can be ended as one.
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is None or os.getppid() != parent.pid:
        os._exit(1)
    if memory_bytes is not None:
        bound_memory(memory_bytes)


def bound_memory(memory_bytes: int) -> None:
    """Let this process take no more address space than so; where that can be said."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def has_ended(process: BaseProcess, seconds: float) -> bool:
    """True when the fork ends within that time.

    ``join`` cannot be asked: it waits for ever for a process that has closed its files.
    """
    longest = time.monotonic() + seconds
    while process.exitcode is None and time.monotonic() < longest:
        time.sleep(_GLANCE)
    return process.exitcode is not None


def end(process: BaseProcess) -> None:
    """End a fork and what it has started, and take leave of it."""
    group = process.pid
    if group is not None and process.exitcode is None and sys.platform != "win32":
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            # It has not had the time to make a group of its own.
            process.kill()
    process.join()
