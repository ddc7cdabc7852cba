"""All reports of a quarter: inputs read and checked first, each kommun assessed once, then made."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.batch.earlier import compared, earlier_file, has_later
from kvalitetslib.batch.editions import Whole, write_overview
from kvalitetslib.batch.events import Ended, Started, Step, Tell
from kvalitetslib.batch.fingerprint import code_checksum, combined, sha256, versions
from kvalitetslib.batch.folder import publish, reserved, staging
from kvalitetslib.batch.index import write_index, write_kommun_index, write_quarters
from kvalitetslib.batch.job import Job, Outcome, parameters
from kvalitetslib.batch.journal import close_journal, journal, with_journal
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
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.pdf import printed, printed_overview
from kvalitetslib.errors import BuildError, KvalitetError
from kvalitetslib.model import Namnd
from kvalitetslib.render.editions import OVERVIEW
from kvalitetslib.render.sentences.messages import decisions_needed
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import Inputs

HISTORY = "En senare rapport bygger på den. Därför är den kvar som den var. Gör om den med --om."


def run(order: Order, kommuner: tuple[Inputs, ...], tell: Tell) -> tuple[Entry, ...]:
    """Make the reports. One that fails is told of in its entry and never stops the rest.

    Raises
    ------
    KvalitetError : if the notebook or the order is wrong; nothing is written then.
    BuildError : if the reports cannot be written.
    """
    check_parameters(order.notebook, set(parameters("", "", "")))
    # Before the first report: one made from a notebook that changes meanwhile is made again.
    notebook = _checksum_of(order.notebook)
    asked = [(each, _namnder(each, order.namnder)) for each in kommuner]
    total = sum(len(namnder) for _, namnder in asked)
    done: list[Entry] = []
    try:
        with reserved(order.folder), journal(order.folder) as log:
            manifest = with_journal(read_manifest(order.folder), order.folder)
            tell(Started(total))
            for inputs, namnder in asked:
                made: list[Entry] = []
                reports: dict[str, Report] = {}
                for each in _kommun(_Task(order, inputs, manifest, notebook), namnder):
                    made.append(each.entry)
                    log.note(each.entry)
                    reports |= {each.entry.namnd: each.report} if each.report else {}
                    tell(Step(each.entry, len(done) + len(made), total, each.seconds))
                made = _printed(order, manifest, inputs, made)
                manifest = _recorded(order, manifest, inputs, made, reports)
                page = manifest.overviews.get(inputs.kommun.nyckel)
                log.note_kommun(inputs.kommun.nyckel, dict(inputs.checksums), page)
                done.extend(made)
            # Once, at the end: over all kommuner of a county it takes a second.
            write_manifest(order.folder, order.quarter.text, manifest)
            close_journal(order.folder)
            write_index(order.folder, order.quarter.text, manifest)
            write_quarters(order.out)
            tell(Ended(tuple(done)))
    except OSError as error:
        raise BuildError(f"{order.out} går inte att skriva i: {error.strerror}.") from error
    return tuple(done)


@dataclass(frozen=True)
class _Task:
    """One kommun's part of an order. ``notebook`` is the checksum of the notebook's file."""

    order: Order
    inputs: Inputs
    earlier: Manifest
    notebook: str

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

    @cached_property
    def checksums(self) -> dict[str, str]:
        """By nämnd, as things stand before the first report is made."""
        return {each.nyckel: self._checksum(each) for each in self.inputs.kommun.namnder}

    def _checksum(self, namnd: Namnd) -> str:
        """Covers all that decides what the report says and how it looks."""
        told = parameters(self.inputs.kommun.nyckel, namnd.nyckel, self.order.quarter.text)
        fixed = (code_checksum(), self.notebook)
        read = (f"{name} {checksum}" for name, checksum in self.inputs.checksums)
        before = self.earlier_report(namnd)
        compared_with = _checksum_of(before) if before is not None else "ingen"
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
            kontrollsumma=self.checksums[namnd.nyckel],
            filer={} if outcome.message else file_checksums(self.folder, namnd.nyckel),
            bedomningar=dict(sorted(counted.items())),
            beslut=decisions_needed(report) if report else 0,
            att_kontrollera=len(report.doubts) if report else 0,
            cell=outcome.cell,
            meddelande=outcome.message,
        )


def _checksum_of(path: Path) -> str:
    """What cannot be read is told of when the report is made."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return "kan inte läsas"


@dataclass(frozen=True)
class _Done:
    """How a report went, the report if it was made, and the seconds from start to finish."""

    entry: Entry
    report: Report | None = None
    seconds: float = 0.0


def _kommun(task: _Task, namnder: tuple[Namnd, ...]) -> Iterator[_Done]:
    """A kommun's nämnder in the order in which they are done."""
    to_make = []
    for namnd in namnder:
        known = task.earlier.entry(task.inputs.kommun.nyckel, namnd.nyckel)
        same = known is not None and known.stands(task.folder, task.checksums[namnd.nyckel])
        if known and same and not task.order.again:
            yield _Done(known.unchanged())
        elif not task.order.again and task.is_history(namnd):
            yield _Done(task.history(namnd, known))
        else:
            to_make.append(namnd)
    if not to_make:
        return
    assessment = assess(task.inputs, quarter=task.order.quarter)
    with staging(task.folder) as staged:
        reports: dict[str, Report] = {}
        since: dict[str, float] = {}
        refused: list[Entry] = []

        def jobs() -> Iterator[Job]:
            for namnd in to_make:
                since[namnd.nyckel] = time.monotonic()
                report = _report(task, assessment, namnd)
                if isinstance(report, Outcome):
                    refused.append(task.entry(namnd, report))
                    continue
                reports[namnd.nyckel] = report
                yield _job(task, report, staged)

        named = {each.nyckel: each for each in to_make}
        for job, outcome in task.order.crew(len(to_make)).outcomes(jobs()):
            namnd, report = named[job.namnd], reports[job.namnd]
            if not outcome.message:
                names = tuple(f"{namnd.nyckel}{ending}" for ending in reversed(ENDINGS))
                publish(staged, task.folder, names)
            entry, seconds = task.entry(namnd, outcome, report), time.monotonic() - since[job.namnd]
            yield _Done(entry, None if outcome.message else report, seconds)
    yield from map(_Done, refused)


def _report(task: _Task, assessment: Assessment, namnd: Namnd) -> Report | Outcome:
    """The report with what is new; or why there is none."""
    try:
        return compared(assessment.report(namnd.nyckel), task.earlier_report(namnd))
    except KvalitetError as error:
        return Outcome(message=str(error))


def _job(task: _Task, report: Report, staged: Path) -> Job:
    order = task.order
    return Job(
        report=report,
        folder=staged.resolve(),
        notebook=order.notebook.resolve(),
        cell_timeout=order.cell_timeout,
    )


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
    write_kommun_index(order.folder, order.quarter.text, updated, kommun.nyckel)
    return updated


def _namnder(inputs: Inputs, wanted: tuple[str, ...]) -> tuple[Namnd, ...]:
    namnder = inputs.kommun.namnder
    return tuple(each for each in namnder if not wanted or each.nyckel in wanted)
