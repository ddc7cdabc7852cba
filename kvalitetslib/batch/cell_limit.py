"""The longest time of a cell, kept by an alarm in the process that runs it."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from IPython.core.interactiveshell import InteractiveShell


class Limit:
    """Whether the time is out."""

    is_passed = False


class _TooLong(BaseException):
    """Raised in a cell that has run too long; not an Exception, so that cells seldom catch it."""


@contextmanager
def limited(seconds: int | None) -> Iterator[Limit]:
    """Stop what the running task does inside after so many seconds; only where signals reach it."""
    limit = Limit()
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield limit
        return
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop(_: int, frame: FrameType | None) -> None:
        limit.is_passed = True
        if _is_in_cell(frame):
            raise _TooLong
        if task is not None:  # the cell awaits something, and has no line where to raise
            loop.call_soon_threadsafe(task.cancel)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield limit
    except (_TooLong, asyncio.CancelledError):
        if not limit.is_passed:
            raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_in_cell(frame: FrameType | None) -> bool:
    """True when a cell's own code, or what it has called, is what runs."""
    while frame is not None:
        if frame.f_code is InteractiveShell.run_code.__code__:
            return True
        frame = frame.f_back
    return False
