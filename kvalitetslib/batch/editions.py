"""The pages that need no notebook: the editions beside each report, and the kommun's overview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kvalitetslib.batch.fingerprint import code_checksum, combined, sha256
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.batch.manifest import Entry, Overview, Result
from kvalitetslib.batch.opening import read_report
from kvalitetslib.errors import SourceError
from kvalitetslib.model import Kommun
from kvalitetslib.render.editions import EDITIONS, NAMND, OVERVIEW, edition_page
from kvalitetslib.render.overview import Missing, kommun_page
from kvalitetslib.render.plan_draft import plan_csv, plan_file
from kvalitetslib.report import Report


def write_editions(report: Report, folder: Path) -> None:
    """Every edition but the nämnd's own (BuildError when a claim has no evidence)."""
    for each in EDITIONS:
        if each is not NAMND:
            write_whole(folder / each.file(report.namnd), edition_page(report, each))


def write_plan(report: Report, folder: Path) -> None:
    """The draft of the next period's plan; what an analyst has edited is saved elsewhere."""
    write_whole(folder / plan_file(report), plan_csv(report))


@dataclass(frozen=True)
class Whole:
    """A kommun's quarter: its nämnder, what is known of their reports, and where they lie."""

    kommun: Kommun
    entries: Sequence[Entry]
    folder: Path

    @property
    def source(self) -> str:
        """A checksum of all that the overview is made from."""
        known = {each.namnd: each for each in self.entries}
        told = (f"{each.nyckel} {_state(known.get(each.nyckel))}" for each in self.kommun.namnder)
        return combined([code_checksum(), *told])


def write_overview(
    whole: Whole, made: Mapping[str, Report], earlier: Overview | None
) -> Overview | None:
    """The kommun's overview, written when a report has changed; None when there is no report.

    Parameters
    ----------
    made : the reports of this run, by nämnd; the others are read from their JSON.
    earlier : what is known of the page from the run before.
    """
    path = whole.folder / OVERVIEW
    if earlier is not None and earlier.av == whole.source and earlier.stands(path):
        return earlier
    reports, missing = _found(whole, made)
    if not reports:
        path.unlink(missing_ok=True)
        if earlier is not None and earlier.pdf:
            path.with_suffix(".pdf").unlink(missing_ok=True)
        return None
    write_whole(path, kommun_page(reports, missing))
    return Overview(av=whole.source, kontrollsumma=sha256(path.read_bytes()))


def _found(whole: Whole, made: Mapping[str, Report]) -> tuple[list[Report], list[Missing]]:
    known = {each.namnd: each for each in whole.entries}
    reports, missing = [], []
    for namnd in whole.kommun.namnder:
        entry = known.get(namnd.nyckel)
        if entry is None or entry.resultat is Result.FAILED:
            told = "rapporten är inte gjord" if entry is None else "rapporten kunde inte göras"
            missing.append(Missing(namnd.namn, told))
            continue
        try:
            report = made.get(namnd.nyckel)
            reports.append(report or read_report(whole.folder / f"{namnd.nyckel}.json"))
        except SourceError:
            # Of another version: it is made anew with --om, and the row says so until then.
            missing.append(Missing(namnd.namn, "rapporten kan inte läsas"))
    return reports, missing


def _state(entry: Entry | None) -> str:
    if entry is None or entry.resultat is Result.FAILED:
        return "saknas" if entry is None else "misslyckad"
    return entry.filer.get(f"{entry.namnd}.json", "")
