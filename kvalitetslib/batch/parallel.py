"""Work done in forks of this process: one fork a task, and what each tells as it goes.

Tasks are taken one by one as hands are free, so that no more is held in memory than is being worked
on. A fork that dies or falls silent costs its own task alone.
"""

import math
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kvalitetslib.batch.child import end, has_ended, settle

RETRIES = 1
"""How many times a task is tried again when its fork was killed from outside."""
MOMENT = 1.0
"""Seconds between two looks at forks that have said nothing."""
_KILLED = (signal.SIGKILL, signal.SIGTERM) if sys.platform != "win32" else ()
T = TypeVar("T")
Say = Callable[[Any], None]
"""Tells something, which has to stand being pickled, to the one who waits."""


@dataclass(frozen=True)
class Over:
    """The task is done; ``value`` is what came of it."""

    value: Any = None


@dataclass(frozen=True)
class Raised:
    """The task ended with an error."""

    error: Exception


@dataclass(frozen=True)
class Cut:
    """The fork ended by itself or from outside; ``code`` is negative when it was a signal."""

    code: int

    @property
    def reason(self) -> str:
        """In words."""
        if self.code < 0:
            name = signal.Signals(-self.code).name
            return f"Pythonprocessen kraschade eller avbröts utifrån ({name})"
        return f"Pythonprocessen avslutades mitt i körningen (kod {self.code})"


@dataclass(frozen=True)
class Silent:
    """Nothing has been heard of the fork for too long, or it has closed its end: ``is_deaf``."""

    is_deaf: bool

    @property
    def reason(self) -> str:
        """In words."""
        return "Pythonprocessen slutade svara"


End = Over | Raised | Cut | Silent


@dataclass
class _Running(Generic[T]):
    """A fork at work: its task, when it last said something, and the tries before this one."""

    process: BaseProcess
    task: T
    tries: int
    seen: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Branches(Generic[T]):
    """Those who do the tasks.

    Attributes
    ----------
    work : does a task in its fork; it may say things on the way, and gives back what came of it.
    workers : most forks at once.
    patience : seconds that the fork of a task may be silent.
    """

    work: Callable[[T, Say], Any]
    workers: int
    patience: Callable[[T], float] = lambda _: math.inf

    def told(self, tasks: Iterable[T]) -> Iterator[tuple[T, Any]]:
        """What each task says, as it comes, and last its ``End``.

        A task that was tried again says all of it once more. When the iterator is left early all
        forks are ended.
        """
        running: dict[Connection, _Running[T]] = {}
        try:
            for task in tasks:
                self._start(running, task, 0)
                while len(running) >= self.workers:
                    yield from self._heard(running)
            while running:
                yield from self._heard(running)
        finally:
            for receiver, each in running.items():
                receiver.close()
                end(each.process)

    def _start(self, running: dict[Connection, _Running[T]], task: T, tries: int) -> None:
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        sys.stdout.flush()
        sys.stderr.flush()
        process = context.Process(target=_in_fork, args=(self.work, task, sender))
        process.start()
        sender.close()
        running[receiver] = _Running(process, task, tries)

    def _heard(self, running: dict[Connection, _Running[T]]) -> Iterator[tuple[T, Any]]:
        """What has been said when something has happened."""
        for receiver in connection.wait(list(running), timeout=MOMENT):
            assert isinstance(receiver, Connection)
            each = running[receiver]
            each.seen = time.monotonic()
            told = _received(receiver, each.process)
            if isinstance(told, End):
                del running[receiver]
                receiver.close()
                end(each.process)
            if isinstance(told, Cut) and -told.code in _KILLED and each.tries < RETRIES:
                self._start(running, each.task, each.tries + 1)
                continue
            yield each.task, told
        now = time.monotonic()
        for receiver in [
            key for key, each in running.items() if now - each.seen > self.patience(each.task)
        ]:
            each = running.pop(receiver)
            receiver.close()
            end(each.process)
            yield each.task, Silent(is_deaf=False)


def _received(receiver: Connection, process: BaseProcess) -> Any:
    """What the fork says; its end when it can say nothing more."""
    try:
        return receiver.recv()
    except (EOFError, OSError):
        is_deaf = not has_ended(process, MOMENT)
        return Silent(is_deaf=True) if is_deaf else Cut(process.exitcode or 0)


def _in_fork(work: Callable[[T, Say], Any], task: T, sender: Connection) -> None:
    """In the fork: do the task, and say how it ended."""
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        sender.send(Over(work(task, sender.send)))
    except BaseException as error:  # whatever it is, the one who waits has to know
        sender.send(Raised(sendable(error)))
    sender.close()
    # Neither threads of the work nor exit handlers of the parent are waited for.
    os._exit(0)


def sendable(error: BaseException) -> Exception:
    """The error itself when it stands being pickled, else one that says the same."""
    try:
        same = pickle.loads(pickle.dumps(error))
    except Exception:  # what is raised may do what it likes when it is pickled
        same = None
    told = RuntimeError(f"{type(error).__name__}: {error}")
    return same if isinstance(same, Exception) else told
