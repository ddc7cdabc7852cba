"""One kommun's part of an order: its reports made, printed and put together on its own pages."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kvalitetslib.analysis.assemble import Assessment
from kvalitetslib.batch.earlier import compared, earlier_file, has_later
from kvalitetslib.batch.editions import Whole, write_overview
from kvalitetslib.batch.fingerprint import checksum_of, code_and_versions, combined
from kvalitetslib.batch.folder import publish, staging
from kvalitetslib.batch.index import write_kommun_index
from kvalitetslib.batch.job import Job, Outcome, parameters
from kvalitetslib.batch.manifest import ENDINGS, Entry, Manifest, Overview, Result, file_checksums
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.pdf import printed, printed_overview
from kvalitetslib.batch.reading import Ready
from kvalitetslib.errors import KvalitetError
from kvalitetslib.model import Namnd
from kvalitetslib.render.editions import OVERVIEW
from kvalitetslib.render.sentences.messages import decisions_needed
from kvalitetslib.report import Report

HISTORY = "En senare rapport bygger på den. Därför är den kvar som den var. Gör om den med --om."


@dataclass(frozen=True)
class Done:
    """How a report went, and the seconds from start to finish."""

    entry: Entry
    seconds: float = 0.0


@dataclass(frozen=True)
class Finished:
    """All of a kommun: its entries, with what was printed, and its own page."""

    entries: tuple[Entry, ...]
    overview: Overview | None


@dataclass(frozen=True)
class Task:
    """What is to be made for one kommun.

    ``earlier`` is all that is known from runs before, ``notebook`` the checksum of its file.
    """

    order: Order
    ready: Ready
    earlier: Manifest
    notebook: str

    @property
    def nyckel(self) -> str:
        return self.ready.kommun.nyckel

    @property
    def folder(self) -> Path:
        return self.order.folder / self.nyckel

    @property
    def namnder(self) -> tuple[Namnd, ...]:
        """Those that are asked for."""
        wanted = self.order.namnder
        return tuple(
            each for each in self.ready.kommun.namnder if not wanted or each.nyckel in wanted
        )

    def work(self) -> Iterator[Done | Finished]:
        """Make what is not there already; each report as it is done, and last the whole."""
        entries: list[Entry] = []
        reports: dict[str, Report] = {}
        for done, report in self._made():
            entries.append(done.entry)
            reports |= {done.entry.namnd: report} if report else {}
            yield done
        yield self._finished(entries, reports)

    def _finished(self, entries: list[Entry], reports: dict[str, Report]) -> Finished:
        """Print what is to be printed, and write the kommun's own page and index.

        ``reports`` are those at hand, by nämnd; the others are read when they are needed.
        """
        told = printed(
            entries,
            self.earlier.of(self.nyckel),
            folder=self.folder,
            browser=self.order.browser,
            workers=self.order.workers,
        )
        manifest = with_entries(self.earlier, self.ready, told)
        whole = Whole(self.ready.kommun, manifest.of(self.nyckel), self.folder)
        before = manifest.overviews.get(self.nyckel)
        overview = write_overview(whole, reports, before)
        if overview is not None:
            page = self.folder / OVERVIEW
            overview = printed_overview(overview, before, page=page, browser=self.order.browser)
        manifest = manifest.with_overview(self.nyckel, overview)
        write_kommun_index(self.order.folder, self.order.quarter.text, manifest, self.nyckel)
        return Finished(tuple(told), overview)

    def failed(self, namnd: Namnd, message: str) -> Entry:
        """The entry of a report that could not be made."""
        return self._entry(namnd, Outcome(message=message))

    def _made(self) -> Iterator[tuple[Done, Report | None]]:
        """The nämnder in the order in which they are done."""
        to_make = []
        for namnd in self.namnder:
            entry = self._left_alone(namnd)
            if entry is None:
                to_make.append(namnd)
            else:
                yield Done(entry), None
        if not to_make:
            return
        try:
            assessment = self.ready.assessment(anew=self.order.again)
        except Exception as error:  # one kommun's trouble is not the others'
            why = str(error) if isinstance(error, KvalitetError) else f"nulägesanalysen: {error!r}"
            yield from ((Done(self.failed(each, why)), None) for each in to_make)
            return
        yield from self._made_of(assessment, to_make)

    def _left_alone(self, namnd: Namnd) -> Entry | None:
        """The entry of a report that is not to be made again; None when it is."""
        if self.order.again:
            return None
        known = self.earlier.entry(self.nyckel, namnd.nyckel)
        if known and known.stands(self.folder, self._checksums[namnd.nyckel]):
            return known.unchanged()
        return self._history(namnd, known) if self._is_history(namnd) else None

    def _made_of(
        self, assessment: Assessment, to_make: list[Namnd]
    ) -> Iterator[tuple[Done, Report | None]]:
        with staging(self.folder) as staged:
            reports: dict[str, Report] = {}
            since: dict[str, float] = {}
            refused: list[Entry] = []

            def jobs() -> Iterator[Job]:
                for namnd in to_make:
                    since[namnd.nyckel] = time.monotonic()
                    try:
                        report = assessment.report(namnd.nyckel)
                        report = compared(report, self._earlier_report(namnd))
                    except KvalitetError as error:
                        refused.append(self.failed(namnd, str(error)))
                        continue
                    reports[namnd.nyckel] = report
                    yield self._job(report, staged)

            named = {each.nyckel: each for each in to_make}
            for job, outcome in self.order.crew(len(to_make)).outcomes(jobs()):
                namnd, report = named[job.namnd], reports[job.namnd]
                if not outcome.message:
                    names = tuple(f"{namnd.nyckel}{ending}" for ending in reversed(ENDINGS))
                    publish(staged, self.folder, names)
                seconds = time.monotonic() - since[job.namnd]
                done = Done(self._entry(namnd, outcome, report), seconds)
                yield done, None if outcome.message else report
        yield from ((Done(each), None) for each in refused)

    def _job(self, report: Report, staged: Path) -> Job:
        return Job(
            report=report,
            folder=staged.resolve(),
            notebook=self.order.notebook.resolve(),
            cell_timeout=self.order.cell_timeout,
        )

    def _earlier_report(self, namnd: Namnd) -> Path | None:
        """The JSON of the newest earlier quarter that the report is compared with."""
        return earlier_file(self.order.out, self.order.quarter, self.nyckel, namnd.nyckel)

    def _is_history(self, namnd: Namnd) -> bool:
        """Whether the report is there, and a later quarter's that builds on it."""
        is_there = (self.folder / f"{namnd.nyckel}.json").is_file()
        return is_there and has_later(self.order.out, self.order.quarter, self.nyckel, namnd.nyckel)

    def _history(self, namnd: Namnd, known: Entry | None) -> Entry:
        """The entry of a report that is left as it is, also when the manifest has lost it."""
        if known is None or known.resultat is Result.FAILED:
            known = replace(self._entry(namnd, Outcome()), kontrollsumma="")
        return known.kept(HISTORY)

    @cached_property
    def _checksums(self) -> dict[str, str]:
        """By nämnd, as things stand before the first report is made."""
        return {each.nyckel: self._checksum(each) for each in self.ready.kommun.namnder}

    def _checksum(self, namnd: Namnd) -> str:
        """Covers all that decides what the report says and how it looks."""
        told = parameters(self.nyckel, namnd.nyckel, self.order.quarter.text)
        read = (f"{name} {checksum}" for name, checksum in self.ready.checksums)
        before = self._earlier_report(namnd)
        compared_with = checksum_of(before) if before is not None else "ingen"
        fixed = (code_and_versions(), self.notebook, json.dumps(told))
        return combined([*fixed, *read, compared_with])

    def _entry(self, namnd: Namnd, outcome: Outcome, report: Report | None = None) -> Entry:
        kommun = self.ready.kommun
        counted = Counter(each.verdict.value for each in report.indicators) if report else {}
        return Entry(
            kommun=kommun.nyckel,
            kommun_namn=kommun.namn,
            namnd=namnd.nyckel,
            namnd_namn=namnd.namn,
            syntetisk=kommun.synthetic,
            resultat=Result.FAILED if outcome.message else Result.MADE,
            kontrollsumma=self._checksums[namnd.nyckel],
            filer={} if outcome.message else file_checksums(self.folder, namnd.nyckel),
            bedomningar=dict(sorted(counted.items())),
            beslut=decisions_needed(report) if report else 0,
            att_kontrollera=len(report.doubts) if report else 0,
            cell=outcome.cell,
            meddelande=outcome.message,
        )


def with_entries(manifest: Manifest, ready: Ready, entries: Iterable[Entry]) -> Manifest:
    """The manifest with a kommun's entries, and without nämnder that it no longer has."""
    kommun = ready.kommun
    known = (each.nyckel for each in kommun.namnder)
    kept = manifest.without(kommun.nyckel, known)
    return kept.updated(kommun.nyckel, entries, dict(ready.checksums))
