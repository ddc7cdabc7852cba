"""Those who make the reports: forks of this warm process, or processes of their own.

Either takes jobs one by one as hands are free, so that no more is held in memory than is being
worked on, and gives back each outcome as it comes. A process that dies or hangs costs its own
report alone.
"""

import gc
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kvalitetslib.batch.child import bound_memory
from kvalitetslib.batch.forked import GRACE
from kvalitetslib.batch.job import Job, Motor, Outcome, make, start_worker, warm
from kvalitetslib.batch.parallel import RETRIES, Branches, End, Over, Raised, Say, Silent
from kvalitetslib.batch.safety import cannot_fork_here

OWN_MEMORY = 4 * 1024**3
"""Bytes of address space that a report's fork may take beyond what it was given."""
BETWEEN = 1.0
"""Seconds between two signs of life, which cost the one who hears them more than many a cell."""
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


@dataclass(frozen=True)
class Forks:
    """One single-use fork a report, at most ``workers`` at once."""

    workers: int

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcome. When the iterator is left early all forks are ended."""
        warm()
        # No collection then touches what the forks share. To collect first would take longer than a
        # report is worth; garbage that is kept now is collected when all forks are done.
        gc.freeze()
        try:
            for job, told in Branches(_made, self.workers, _patience).told(jobs):
                if isinstance(told, End):
                    yield job, _outcome(job, told)
        finally:
            gc.unfreeze()


def _patience(job: Job) -> float:
    return job.cell_timeout + GRACE


def _outcome(job: Job, end: End) -> Outcome:
    """What came of the job, in words when nothing did."""
    if isinstance(end, Over):
        made: Outcome = end.value
        return made
    if isinstance(end, Raised):
        return Outcome(message=f"{type(end.error).__name__}: {end.error}".strip())
    if isinstance(end, Silent) and not end.is_deaf:
        return Outcome(message=f"en cell tog mer än {job.cell_timeout} sekunder")
    return Outcome(message=end.reason)


def _made(job: Job, say: Say) -> Outcome:
    """In the fork: make the report."""
    bound_memory(_most_memory())
    gc.disable()
    try:
        return make(job, beat=beats(say))
    except OSError as error:
        return Outcome(message=_unreachable(error))
    except MemoryError:
        return Outcome(message="minnet tog slut")
    except BaseException as error:  # whatever it is, it is this report's alone
        return Outcome(message=f"{type(error).__name__}: {error}".strip())


def beats(say: Say, every: float = BETWEEN) -> Callable[[], None]:
    """Called as often as one likes, it says that the fork lives, once in so many seconds."""
    said = time.monotonic()

    def beat() -> None:
        nonlocal said
        if time.monotonic() - said >= every:
            said = time.monotonic()
            say(None)

    return beat


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
