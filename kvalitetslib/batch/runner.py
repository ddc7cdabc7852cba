"""All reports of a quarter: inputs read and checked first, each kommun assessed once, then made."""

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.batch.fingerprint import code_checksum, combined, sha256, versions
from kvalitetslib.batch.folder import publish, staging, write_whole
from kvalitetslib.batch.index import write_indexes
from kvalitetslib.batch.job import Job, Outcome, make, parameters, start_worker
from kvalitetslib.batch.manifest import (
    ENDINGS,
    Entry,
    Manifest,
    Result,
    file_checksums,
    read_manifest,
    write_manifest,
)
from kvalitetslib.batch.notebook import check_parameters
from kvalitetslib.errors import BuildError, KvalitetError
from kvalitetslib.model import Namnd
from kvalitetslib.period import Period
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json
from kvalitetslib.sources.inputs import Inputs

CELL_TIMEOUT = 600
"""Longest time of one cell, in seconds. A chapter takes a fraction of one."""


@dataclass(frozen=True)
class Order:
    """What is asked for. No ``namnder`` means all; ``again`` makes unchanged reports too."""

    notebook: Path
    out: Path
    quarter: Period
    namnder: tuple[str, ...] = ()
    workers: int = 2
    again: bool = False
    cell_timeout: int = CELL_TIMEOUT

    @property
    def folder(self) -> Path:
        return self.out / self.quarter.text


Tell = Callable[[Entry, int, int], None]
"""Called after each report with its entry, how many are done, and of how many."""


def run(order: Order, kommuner: tuple[Inputs, ...], tell: Tell) -> tuple[Entry, ...]:
    """Make the reports. One that fails is told of in its entry and never stops the rest.

    Raises
    ------
    KvalitetError : if the notebook or the order is wrong; nothing is written then.
    BuildError : if the reports cannot be written.
    """
    check_parameters(order.notebook, set(parameters("", "", "")))
    asked = [(each, _namnder(each, order.namnder)) for each in kommuner]
    total = sum(len(namnder) for _, namnder in asked)
    manifest = read_manifest(order.folder)
    done: list[Entry] = []
    try:
        with _workers(min(order.workers, total)) as pool:
            for inputs, namnder in asked:
                made = []
                for entry in _kommun(_Task(order, inputs, manifest), namnder, pool):
                    made.append(entry)
                    tell(entry, len(done) + len(made), total)
                manifest = _recorded(order, manifest, inputs, made)
                done.extend(made)
    except OSError as error:
        raise BuildError(f"{order.out} går inte att skriva i: {error.strerror}.") from error
    return tuple(done)


def check_namnder(kommuner: tuple[Inputs, ...], wanted: tuple[str, ...]) -> None:
    """Refuse a nämnd that no kommun has (KvalitetError)."""
    known = sorted({each.nyckel for inputs in kommuner for each in inputs.kommun.namnder})
    unknown = [each for each in wanted if each not in known]
    if unknown:
        raise KvalitetError(f"Nämnden {unknown[0]} finns inte. Godtas: {', '.join(known)}.")


@dataclass(frozen=True)
class _Task:
    """One kommun's part of an order."""

    order: Order
    inputs: Inputs
    earlier: Manifest

    @property
    def folder(self) -> Path:
        return self.order.folder / self.inputs.kommun.nyckel

    def checksum(self, namnd: Namnd) -> str:
        """Covers all that decides what the report says and how it looks."""
        told = parameters(self.inputs.kommun.nyckel, namnd.nyckel, self.order.quarter.text)
        fixed = (code_checksum(), sha256(self.order.notebook.read_bytes()))
        read = (f"{name} {checksum}" for name, checksum in self.inputs.checksums)
        return combined([*fixed, json.dumps(versions()), json.dumps(told), *read])

    def entry(self, namnd: Namnd, outcome: Outcome, report: Report | None = None) -> Entry:
        kommun = self.inputs.kommun
        counted = Counter(each.verdict.value for each in report.indicators) if report else {}
        return Entry(
            kommun=kommun.nyckel,
            kommun_namn=kommun.namn,
            namnd=namnd.nyckel,
            namnd_namn=namnd.namn,
            syntetisk=kommun.synthetic,
            resultat=Result.FAILED if outcome.message else Result.MADE,
            kontrollsumma=self.checksum(namnd),
            filer={} if outcome.message else file_checksums(self.folder, namnd.nyckel),
            bedomningar=dict(sorted(counted.items())),
            cell=outcome.cell,
            meddelande=outcome.message,
        )


def _kommun(task: _Task, namnder: tuple[Namnd, ...], pool: Executor) -> Iterator[Entry]:
    """The entries of a kommun's nämnder, in the order in which they are done."""
    to_make = []
    for namnd in namnder:
        known = task.earlier.entry(task.inputs.kommun.nyckel, namnd.nyckel)
        if known and not task.order.again and known.stands(task.folder, task.checksum(namnd)):
            yield known.unchanged()
        else:
            to_make.append(namnd)
    if not to_make:
        return
    assessment = assess(task.inputs, quarter=task.order.quarter)
    with staging(task.folder) as staged:
        running: dict[Future[Outcome], tuple[Namnd, Report]] = {}
        for namnd in to_make:
            report = _report(assessment, namnd)
            if isinstance(report, Outcome):
                yield task.entry(namnd, report)
                continue
            write_whole(staged / f"{namnd.nyckel}.json", to_json(report))
            running[pool.submit(make, _job(task, namnd, staged))] = (namnd, report)
        for future in as_completed(running):
            namnd, report = running[future]
            outcome = _outcome(future)
            if not outcome.message:
                names = tuple(f"{namnd.nyckel}{ending}" for ending in reversed(ENDINGS))
                publish(staged, task.folder, names)
            yield task.entry(namnd, outcome, report)


def _report(assessment: Assessment, namnd: Namnd) -> Report | Outcome:
    try:
        return assessment.report(namnd.nyckel)
    except KvalitetError as error:
        return Outcome(message=str(error))


def _job(task: _Task, namnd: Namnd, staged: Path) -> Job:
    order = task.order
    return Job(
        kommun=task.inputs.kommun.nyckel,
        namnd=namnd.nyckel,
        kvartal=order.quarter.text,
        folder=staged.resolve(),
        notebook=order.notebook.resolve(),
        cell_timeout=order.cell_timeout,
    )


def _outcome(future: Future[Outcome]) -> Outcome:
    """What the worker said, or why it could not say anything."""
    error = future.exception()
    if error is None:
        return future.result()
    return Outcome(message=f"{type(error).__name__}: {error}".strip())


def _recorded(order: Order, manifest: Manifest, inputs: Inputs, made: list[Entry]) -> Manifest:
    kommun = inputs.kommun
    known = (each.nyckel for each in kommun.namnder)
    updated = manifest.without(kommun.nyckel, known)
    updated = updated.updated(kommun.nyckel, made, dict(inputs.checksums))
    write_manifest(order.folder, order.quarter.text, updated)
    write_indexes(order.folder, order.quarter.text, updated, kommun.nyckel)
    return updated


def _namnder(inputs: Inputs, wanted: tuple[str, ...]) -> tuple[Namnd, ...]:
    namnder = inputs.kommun.namnder
    return tuple(each for each in namnder if not wanted or each.nyckel in wanted)


def _workers(count: int) -> ProcessPoolExecutor:
    """Processes that share nothing with this one: a fork would inherit threads and their locks."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max(count, 1), mp_context=spawn, initializer=start_worker)
