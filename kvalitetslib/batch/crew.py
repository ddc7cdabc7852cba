"""Those who make the reports: forks of this warm process, or processes of their own.

Either takes jobs one by one as hands are free, so that no more is held in memory than is being
worked on, and gives back each outcome as it comes. A process that dies or hangs costs its own
report alone.
"""

import gc
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from kvalitetslib.batch.child import end, has_ended, settle
from kvalitetslib.batch.forked import GRACE
from kvalitetslib.batch.job import Job, Motor, Outcome, make, start_worker, warm
from kvalitetslib.batch.safety import cannot_fork_here

RETRIES = 1
"""How many times a report is tried again when its process was killed from outside."""
OWN_MEMORY = 4 * 1024**3
"""Bytes of address space that a report's fork may take beyond what it was given."""
_MOMENT = 1.0
"""Seconds between two looks at forks that have said nothing."""
_KILLED = (signal.SIGKILL, signal.SIGTERM) if sys.platform != "win32" else ()
_logger = logging.getLogger(__name__)


class Crew(Protocol):
    """Makes the reports of some jobs."""

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcome, in the order they are done."""
        ...


def crew(workers: int, motor: Motor) -> Crew:
    """Forks when the motor is the quick one and the system can, else processes."""
    why_not = cannot_fork_here() if motor is Motor.QUICK else ""
    if why_not:
        _logger.warning("Standardmotorn används: %s.", why_not)
    return Forks(workers) if motor is Motor.QUICK and not why_not else Pool(workers)


@dataclass
class _Running:
    """A fork at work: its job, when it last gave a sign of life, and the tries before this one."""

    process: BaseProcess
    job: Job
    tries: int
    seen: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Forks:
    """One single-use fork a report, at most ``workers`` at once."""

    workers: int

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcome. When the iterator is left early all forks are ended."""
        warm()
        gc.collect()
        gc.freeze()
        running: dict[Connection, _Running] = {}
        try:
            for job in jobs:
                self._start(running, job, 0)
                while len(running) >= self.workers:
                    yield from self._done(running)
            while running:
                yield from self._done(running)
        finally:
            for receiver, each in running.items():
                receiver.close()
                end(each.process)
            gc.unfreeze()

    def _start(self, running: dict[Connection, _Running], job: Job, tries: int) -> None:
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        sys.stdout.flush()
        sys.stderr.flush()
        process = context.Process(target=_work, args=(job, sender))
        process.start()
        sender.close()
        running[receiver] = _Running(process, job, tries)

    def _done(self, running: dict[Connection, _Running]) -> Iterator[tuple[Job, Outcome]]:
        """What is finished when something has happened."""
        for each in connection.wait(list(running), timeout=_MOMENT):
            receiver = each if isinstance(each, Connection) else None
            if receiver is not None:
                yield from self._heard(running, receiver)
        for receiver in [key for key, each in running.items() if _hangs(each)]:
            hung = running.pop(receiver)
            receiver.close()
            end(hung.process)
            yield hung.job, Outcome(message=f"en cell tog mer än {hung.job.cell_timeout} sekunder")

    def _heard(
        self, running: dict[Connection, _Running], receiver: Connection
    ) -> Iterator[tuple[Job, Outcome]]:
        task = running[receiver]
        try:
            told = receiver.recv()
        except (EOFError, OSError):
            told = None
        if told == _BEAT:
            task.seen = time.monotonic()
            return
        del running[receiver]
        receiver.close()
        is_deaf = told is None and not has_ended(task.process, _MOMENT)
        end(task.process)
        code = task.process.exitcode or 0
        is_killed = told is None and not is_deaf and -code in _KILLED
        if is_killed and task.tries < RETRIES:
            self._start(running, task.job, task.tries + 1)
            return
        message = _SILENT if is_deaf else _died(code)
        yield task.job, told if isinstance(told, Outcome) else Outcome(message=message)


_BEAT = "lever"
_SILENT = "Pythonprocessen slutade svara"


def _hangs(task: _Running) -> bool:
    return time.monotonic() - task.seen > task.job.cell_timeout + GRACE


def _died(code: int) -> str:
    """Why a process gave no outcome, in words."""
    if code < 0:
        name = signal.Signals(-code).name
        return f"Pythonprocessen kraschade eller avbröts utifrån ({name})"
    return f"Pythonprocessen avslutades mitt i körningen (kod {code})"


def _work(job: Job, sender: Connection) -> None:
    """In the fork: make the report and tell how it went."""
    settle(_most_memory())
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        sender.send(make(job, beat=lambda: sender.send(_BEAT)))
    except OSError as error:
        sender.send(Outcome(message=_unreachable(error)))
    except MemoryError:
        sender.send(Outcome(message="minnet tog slut"))
    except BaseException as error:  # the one who waits has to know what it was
        sender.send(Outcome(message=f"{type(error).__name__}: {error}".strip()))
    sender.close()
    os._exit(0)


def _unreachable(error: OSError) -> str:
    """Which file it was, without where on the machine it lies."""
    name = Path(str(error.filename)).name if error.filename else "en fil"
    return f"{name} går inte att läsa eller skriva: {error.strerror or error}"


def _most_memory() -> int:
    """Address space that lets a fork take its share, so that one report cannot end the others."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE") + OWN_MEMORY


@dataclass(frozen=True)
class Pool:
    """Processes that share nothing with this one, each with a kernel for each report."""

    workers: int

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcome. When the iterator is left early all processes are ended."""
        hands = _Hands(max(self.workers, 1))
        try:
            for job in jobs:
                hands.start(job, 0)
                if len(hands.running) > self.workers:
                    yield from hands.done()
            while hands.running:
                yield from hands.done()
        finally:
            hands.end()


class _Hands:
    """The processes of a pool, and new ones when one of them has been killed."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._new()
        self.running: dict[Future[Outcome], tuple[Job, int]] = {}

    def _new(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=spawn, initializer=start_worker)

    def start(self, job: Job, tries: int) -> None:
        try:
            future = self._pool.submit(make, job)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._new()
            future = self._pool.submit(make, job)
        self.running[future] = job, tries

    def done(self) -> Iterator[tuple[Job, Outcome]]:
        """What is finished when something has happened."""
        for future in wait(self.running, return_when=FIRST_COMPLETED).done:
            (job, tries), error = self.running.pop(future), future.exception()
            if error is None:
                yield job, future.result()
            elif isinstance(error, BrokenProcessPool) and tries < RETRIES:
                # One that dies takes the pool with it, so all that ran are tried again.
                self.start(job, tries + 1)
            else:
                yield job, Outcome(message=f"{type(error).__name__}: {error}".strip())

    def end(self) -> None:
        """Wait for no one: when all is done nobody works, else nobody asks for it any more."""
        # The pool itself can only wait for its processes, before Python 3.14.
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        is_left = bool(self.running)
        self._pool.shutdown(wait=not is_left, cancel_futures=True)
        for each in processes if is_left else ():
            each.terminate()
