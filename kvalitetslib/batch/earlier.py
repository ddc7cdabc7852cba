"""The reports of other quarters: what was before is compared with, and history is left alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kvalitetslib.analysis.cases import with_cases
from kvalitetslib.analysis.news import with_news
from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.errors import SourceError
from kvalitetslib.period import Period, PeriodKind, parse_period
from kvalitetslib.report import Report
from kvalitetslib.report_json import from_json


def earlier_file(out: Path, quarter: Period, kommun: str, namnd: str) -> Path | None:
    """The JSON of the newest earlier quarter in the same folder of reports; None without one."""
    return next(_earlier_files(out, quarter, kommun, namnd), None)


def has_later(out: Path, quarter: Period, kommun: str, namnd: str) -> bool:
    """Whether a later quarter has a report too: then this quarter's is history."""
    later = (each for each in _quarters(out) if each.start > quarter.end)
    return any((out / each.text / kommun / f"{namnd}.json").is_file() for each in later)


def compared(report: Report, earlier: Path | None) -> Report:
    """The report with its cases and news. A file that this version cannot read is told on the page.

    The cases then go on from the newest earlier report that can be read.

    Raises
    ------
    SourceError : if there is no such file, or it holds another nämnd or no earlier quarter.
    """
    if earlier is None:
        return with_news(_with_wheel(report, None), None)
    read = _read(earlier)
    if read is None:
        older = _readable_before(earlier, report)
        return replace(with_news(_with_wheel(report, older), None), earlier_unread=True)
    try:
        return with_news(_with_wheel(report, read), read)
    except ValueError as error:
        found = f"{read.kommun}, {read.namnd}, {read.quarter}"
        asked = f"{report.kommun}, {report.namnd} före {report.quarter}"
        raise SourceError(f"Den tidigare rapporten gäller {found}, inte {asked}.") from error


def _with_wheel(report: Report, earlier: Report | None) -> Report:
    return with_wheel(with_cases(report, earlier))


def _read(path: Path) -> Report | None:
    """The report in a file; None when it is damaged or written by another version."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"Den tidigare rapporten {path.name} kan inte läsas.") from error
    try:
        return from_json(text, path.name)
    except SourceError:
        return None


def _readable_before(unread: Path, report: Report) -> Report | None:
    """The newest report before the one that could not be read, in the same folder of reports."""
    quarter = _quarter(unread.parent.parent.name)
    if quarter is None:
        return None
    out = unread.parent.parent.parent
    older = map(_read, _earlier_files(out, quarter, report.kommun, report.namnd))
    return next((each for each in older if each is not None), None)


def _earlier_files(out: Path, quarter: Period, kommun: str, namnd: str) -> Iterator[Path]:
    """The JSON of all earlier quarters that have one, the newest first."""
    before = sorted(each.text for each in _quarters(out) if each.end < quarter.start)
    files = (out / each / kommun / f"{namnd}.json" for each in reversed(before))
    return (each for each in files if each.is_file())


def _quarters(out: Path) -> list[Period]:
    if not out.is_dir():
        return []
    return [each for folder in out.iterdir() if (each := _quarter(folder.name)) is not None]


def _quarter(name: str) -> Period | None:
    try:
        period = parse_period(name)
    except ValueError:
        return None
    return period if period.kind is PeriodKind.QUARTER else None
