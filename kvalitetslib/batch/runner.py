"""All reports of a quarter: inputs read and checked first, each kommun assessed once, then made."""

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.batch.earlier import compared, earlier_file, has_later
from kvalitetslib.batch.editions import Whole, write_editions, write_overview, write_plan
from kvalitetslib.batch.fingerprint import code_checksum, combined, sha256, versions
from kvalitetslib.batch.folder import publish, staging, write_whole
from kvalitetslib.batch.index import write_index, write_kommun_index, write_quarters
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
from kvalitetslib.batch.pdf import printed, printed_overview
from kvalitetslib.errors import BuildError, KvalitetError
from kvalitetslib.model import Namnd
from kvalitetslib.period import Period
from kvalitetslib.render.editions import OVERVIEW
from kvalitetslib.render.sentences.messages import decisions_needed
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json
from kvalitetslib.sources.inputs import Inputs

CELL_TIMEOUT = 600
"""Longest time of one cell, in seconds. A chapter takes a fraction of one."""
HISTORY = "En senare rapport bygger på den. Därför är den kvar som den var. Gör om den med --om."


@dataclass(frozen=True)
class Order:
    """What is asked for. No ``namnder`` means all; ``again`` makes unchanged reports too.

    With a ``browser`` every page is printed to a PDF too.
    """

    notebook: Path
    out: Path
    quarter: Period
    namnder: tuple[str, ...] = ()
    workers: int = 2
    again: bool = False
    cell_timeout: int = CELL_TIMEOUT
    browser: Path | None = None

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
                made: list[Entry] = []
                reports: dict[str, Report] = {}
                for entry, report in _kommun(_Task(order, inputs, manifest), namnder, pool):
                    made.append(entry)
                    reports |= {entry.namnd: report} if report is not None else {}
                    tell(entry, len(done) + len(made), total)
                made = _printed(order, manifest, inputs, made)
                manifest = _recorded(order, manifest, inputs, made, reports)
                done.extend(made)
        # Once, at the end: over all kommuner of a county it takes a second.
        write_index(order.folder, order.quarter.text, manifest)
        write_quarters(order.out)
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

    def earlier_report(self, namnd: Namnd) -> Path | None:
        """The JSON of the newest earlier quarter that the report is compared with."""
        kommun = self.inputs.kommun.nyckel
        return earlier_file(self.order.out, self.order.quarter, kommun, namnd.nyckel)

    def is_history(self, namnd: Namnd) -> bool:
        """Whether the report is there, and a later quarter's that builds on it."""
        kommun = self.inputs.kommun.nyckel
        is_there = (self.folder / f"{namnd.nyckel}.json").is_file()
        return is_there and has_later(self.order.out, self.order.quarter, kommun, namnd.nyckel)

    def history(self, namnd: Namnd, known: Entry | None) -> Entry:
        """The entry of a report that is left as it is, also when the manifest has lost it."""
        if known is None or known.resultat is Result.FAILED:
            known = replace(self.entry(namnd, Outcome()), kontrollsumma="")
        return known.kept(HISTORY)

    def checksum(self, namnd: Namnd) -> str:
        """Covers all that decides what the report says and how it looks."""
        told = parameters(self.inputs.kommun.nyckel, namnd.nyckel, self.order.quarter.text)
        fixed = (code_checksum(), sha256(self.order.notebook.read_bytes()))
        read = (f"{name} {checksum}" for name, checksum in self.inputs.checksums)
        before = self.earlier_report(namnd)
        compared_with = sha256(before.read_bytes()) if before is not None else "ingen"
        return combined([*fixed, json.dumps(versions()), json.dumps(told), *read, compared_with])

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
            beslut=decisions_needed(report) if report else 0,
            att_kontrollera=len(report.doubts) if report else 0,
            cell=outcome.cell,
            meddelande=outcome.message,
        )


def _kommun(
    task: _Task, namnder: tuple[Namnd, ...], pool: Executor
) -> Iterator[tuple[Entry, Report | None]]:
    """A kommun's nämnder in the order in which they are done, with the reports that were made."""
    to_make = []
    for namnd in namnder:
        known = task.earlier.entry(task.inputs.kommun.nyckel, namnd.nyckel)
        if known and not task.order.again and known.stands(task.folder, task.checksum(namnd)):
            yield known.unchanged(), None
        elif not task.order.again and task.is_history(namnd):
            yield task.history(namnd, known), None
        else:
            to_make.append(namnd)
    if not to_make:
        return
    assessment = assess(task.inputs, quarter=task.order.quarter)
    with staging(task.folder) as staged:
        running: dict[Future[Outcome], tuple[Namnd, Report]] = {}
        for namnd in to_make:
            report = _report(task, assessment, namnd, staged)
            if isinstance(report, Outcome):
                yield task.entry(namnd, report), None
                continue
            running[pool.submit(make, _job(task, namnd, staged))] = (namnd, report)
        for future in as_completed(running):
            namnd, report = running[future]
            outcome = _outcome(future)
            if not outcome.message:
                names = tuple(f"{namnd.nyckel}{ending}" for ending in reversed(ENDINGS))
                publish(staged, task.folder, names)
            yield task.entry(namnd, outcome, report), None if outcome.message else report


def _report(task: _Task, assessment: Assessment, namnd: Namnd, staged: Path) -> Report | Outcome:
    """The report with what is new, written as JSON and editions; or why there is none."""
    try:
        report = compared(assessment.report(namnd.nyckel), task.earlier_report(namnd))
        write_whole(staged / f"{namnd.nyckel}.json", to_json(report))
        write_editions(report, staged)
        write_plan(report, staged)
        return report
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


def _printed(order: Order, earlier: Manifest, inputs: Inputs, made: list[Entry]) -> list[Entry]:
    nyckel = inputs.kommun.nyckel
    return printed(
        made,
        earlier.of(nyckel),
        folder=order.folder / nyckel,
        browser=order.browser,
        workers=order.workers,
    )


def _recorded(
    order: Order,
    manifest: Manifest,
    inputs: Inputs,
    made: list[Entry],
    reports: dict[str, Report],
) -> Manifest:
    kommun = inputs.kommun
    known = (each.nyckel for each in kommun.namnder)
    updated = manifest.without(kommun.nyckel, known)
    updated = updated.updated(kommun.nyckel, made, dict(inputs.checksums))
    whole = Whole(kommun, updated.of(kommun.nyckel), order.folder / kommun.nyckel)
    earlier = updated.overviews.get(kommun.nyckel)
    overview = write_overview(whole, reports, earlier)
    if overview is not None:
        page = whole.folder / OVERVIEW
        overview = printed_overview(overview, earlier, page=page, browser=order.browser)
    updated = updated.with_overview(kommun.nyckel, overview)
    write_manifest(order.folder, order.quarter.text, updated)
    write_kommun_index(order.folder, order.quarter.text, updated, kommun.nyckel)
    return updated


def _namnder(inputs: Inputs, wanted: tuple[str, ...]) -> tuple[Namnd, ...]:
    namnder = inputs.kommun.namnder
    return tuple(each for each in namnder if not wanted or each.nyckel in wanted)


def _workers(count: int) -> ProcessPoolExecutor:
    """Processes that share nothing with this one: a fork would inherit threads and their locks."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max(count, 1), mp_context=spawn, initializer=start_worker)
