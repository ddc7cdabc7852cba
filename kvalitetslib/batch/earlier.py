"""The report of the quarter before: found beside the one being made, read, and compared with."""

from dataclasses import replace
from pathlib import Path

from kvalitetslib.analysis.news import with_news
from kvalitetslib.errors import SourceError
from kvalitetslib.period import Period, PeriodKind, parse_period
from kvalitetslib.report import Report
from kvalitetslib.report_json import from_json


def earlier_file(out: Path, quarter: Period, kommun: str, namnd: str) -> Path | None:
    """The JSON of the newest earlier quarter in the same folder of reports; None without one."""
    if not out.is_dir():
        return None
    quarters = [each for folder in out.iterdir() if (each := _quarter(folder.name)) is not None]
    before = sorted(each.text for each in quarters if each.end < quarter.start)
    files = (out / each / kommun / f"{namnd}.json" for each in reversed(before))
    return next((each for each in files if each.is_file()), None)


def compared(report: Report, earlier: Path | None) -> Report:
    """The report with its news. A file that this version cannot read is told of on the page.

    Raises
    ------
    SourceError : if there is no such file, or it holds another nämnd or no earlier quarter.
    """
    if earlier is None:
        return with_news(report, None)
    try:
        text = earlier.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"Den tidigare rapporten {earlier.name} kan inte läsas.") from error
    try:
        read = from_json(text, earlier.name)
    except SourceError:
        # Written by another version or damaged: the page says so, and is made all the same.
        return replace(with_news(report, None), earlier_unread=True)
    try:
        return with_news(report, read)
    except ValueError as error:
        found = f"{read.kommun}, {read.namnd}, {read.quarter}"
        asked = f"{report.kommun}, {report.namnd} före {report.quarter}"
        raise SourceError(f"Den tidigare rapporten gäller {found}, inte {asked}.") from error


def _quarter(name: str) -> Period | None:
    try:
        period = parse_period(name)
    except ValueError:
        return None
    return period if period.kind is PeriodKind.QUARTER else None
