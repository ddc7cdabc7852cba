"""All reports of a quarter: a folder reserved, every kommun's part done, and the indexes written.

Several kommuner are worked on at once, each in a fork of its own; this process alone writes what
covers them all.
"""

import gc
import logging
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace

from kvalitetslib.batch.events import Ended, Started, Step, Tell
from kvalitetslib.batch.fingerprint import checksum_of
from kvalitetslib.batch.folder import reserved
from kvalitetslib.batch.index import write_index, write_quarters
from kvalitetslib.batch.job import Motor, parameters
from kvalitetslib.batch.journal import Journal, close_journal, journal, with_journal
from kvalitetslib.batch.manifest import Entry, Manifest, read_manifest, write_manifest
from kvalitetslib.batch.notebook import check_parameters
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.parallel import Branches, Cut, Raised, Say, Silent
from kvalitetslib.batch.reading import Ready
from kvalitetslib.batch.safety import cannot_fork_here
from kvalitetslib.batch.task import Done, Finished, Task, with_entries
from kvalitetslib.errors import BuildError, KvalitetError

_logger = logging.getLogger(__name__)


def run(order: Order, kommuner: tuple[Ready, ...], tell: Tell) -> tuple[Entry, ...]:
    """Make the reports. One that fails is told of in its entry and never stops the rest.

    Raises
    ------
    KvalitetError : if the notebook or the order is wrong; nothing is written then.
    BuildError : if the reports cannot be written.
    """
    check_parameters(order.notebook, set(parameters("", "", "")))
    # Before the first report: one made from a notebook that changes meanwhile is made again.
    notebook = checksum_of(order.notebook)
    try:
        with reserved(order.folder), journal(order.folder) as log:
            manifest = with_journal(read_manifest(order.folder), order.folder)
            tasks = tuple(Task(order, each, manifest, notebook) for each in kommuner)
            book = _Book(manifest, log, tell, sum(len(each.namnder) for each in tasks))
            with closing(_done(order, tasks, book)) as done:
                for task, told in done:
                    book.take_in(task, told)
            # Once, at the end: over all kommuner of a county it takes a second.
            write_manifest(order.folder, order.quarter.text, book.manifest)
            close_journal(order.folder)
            write_index(order.folder, order.quarter.text, book.manifest)
            write_quarters(order.out)
            tell(Ended(book.entries))
    except OSError as error:
        raise BuildError(f"{order.out} går inte att skriva i: {error.strerror}.") from error
    return book.entries


class _Book:
    """What is known of the run so far, in memory and on the disk."""

    def __init__(self, manifest: Manifest, log: Journal, tell: Tell, total: int) -> None:
        self.manifest = manifest
        self._entries: dict[tuple[str, str], Entry] = {}
        self._log, self._tell, self._total = log, tell, total
        tell(Started(total))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    def of(self, kommun: str) -> list[Entry]:
        """The kommun's reports that are done."""
        return [each for each in self.entries if each.kommun == kommun]

    def take_in(self, task: Task, told: Done | Finished) -> None:
        if isinstance(told, Finished):
            self._entries |= {each.key: each for each in told.entries}
            self.manifest = with_entries(self.manifest, task.ready, told.entries)
            self.manifest = self.manifest.with_overview(task.nyckel, told.overview)
            self._log.note_kommun(task.nyckel, dict(task.ready.checksums), told.overview)
        elif told.entry.key not in self._entries:
            # What was told before a kommun's process was lost is not told again.
            self._entries[told.entry.key] = told.entry
            self._log.note(told.entry)
            self._tell(Step(told.entry, len(self._entries), self._total, told.seconds))


def _done(
    order: Order, tasks: tuple[Task, ...], book: _Book
) -> Generator[tuple[Task, Done | Finished]]:
    """What is done, as it is done."""
    at_once = min(order.workers, len(tasks) - 1)
    is_alone = at_once < 2 or order.scheduler or order.motor is not Motor.QUICK
    if is_alone or cannot_fork_here():
        for task in tasks:
            yield from _here(task, book)
        return
    # The first is done here, so that what is imported and learned on the way is there for all.
    yield from _here(tasks[0], book)
    share = replace(order, workers=max(order.workers // at_once, 1))
    shared = [replace(each, order=share) for each in tasks[1:]]
    for task, told in Branches(_work, at_once).told(shared):
        if isinstance(told, Raised):
            yield from _failed(task, told.error, book)
        elif isinstance(told, Cut | Silent):
            yield from _lost(task, told.reason, book)
        elif isinstance(told, Done | Finished):
            yield task, told


def _here(task: Task, book: _Book) -> Iterator[tuple[Task, Done | Finished]]:
    """The kommun's part done in this process."""
    try:
        for told in task.work():
            yield task, told
    except Exception as error:  # whatever it is, it is not the other kommuner's
        yield from _failed(task, error, book)


def _work(task: Task, say: Say) -> None:
    """In a fork that lives for one kommun alone, so there is nothing to tidy up in it."""
    gc.disable()
    for told in task.work():
        say(told)


def _failed(task: Task, error: Exception, book: _Book) -> Iterator[tuple[Task, Done | Finished]]:
    """The kommun whose work met an error; one of writing is everybody's, and raised."""
    if isinstance(error, OSError | KvalitetError):
        raise error
    _logger.error("%s: oväntat fel", task.nyckel, exc_info=error)
    yield from _lost(task, f"{type(error).__name__}: {error}", book)


def _lost(task: Task, reason: str, book: _Book) -> Iterator[tuple[Task, Done | Finished]]:
    """The kommun whose process ended: what it had not told of has failed. Its page waits."""
    known = {each.namnd for each in book.of(task.nyckel)}
    for namnd in task.namnder:
        if namnd.nyckel not in known:
            yield task, Done(task.failed(namnd, reason))
    yield task, Finished(tuple(book.of(task.nyckel)), book.manifest.overviews.get(task.nyckel))
