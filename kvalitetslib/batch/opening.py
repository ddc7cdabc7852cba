"""A report for a notebook: read from the file the batch wrote, or computed from the data folder."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetslib.errors import ConfigError, SourceError
from kvalitetslib.period import Period, PeriodKind, parse_period
from kvalitetslib.report import Report
from kvalitetslib.report_json import from_json

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment


def open_report(
    kommun: str,
    namnd: str,
    kvartal: str,
    *,
    data: str = "data",
    underlag: str = "",
    tidigare: str = "",
) -> Report:
    """The report of one nämnd and quarter.

    Parameters
    ----------
    kommun, namnd : keys, as in data/kommuner/<kommun>/kommun.toml.
    kvartal : such as "2026K3".
    data : the data folder, looked for in the working folder and then in those above it.
    underlag : the report's JSON as ``kvalitet rapport`` wrote it; when given, it is read as it is.
    tidigare : the JSON of an earlier quarter to compare with; empty keeps what ``underlag`` says.

    Raises
    ------
    KvalitetError : if a name is unknown, or the files are wrong.
    """
    if underlag:
        report = _checked(read_report(Path(underlag)), kommun, namnd, kvartal)
    else:
        report = report_of(open_assessment(kommun, kvartal, data=data), namnd)
    if not tidigare:
        return report
    # What has become of faults is worked out with scipy, which a finished report does not need.
    from kvalitetslib.batch.earlier import compared

    return compared(report, Path(tidigare))


def report_of(assessment: "Assessment", namnd: str) -> Report:
    """The assessment's report of a nämnd (ConfigError when the kommun has none by that key)."""
    kommun = assessment.kommun
    known = [each.nyckel for each in kommun.namnder]
    if namnd not in known:
        message = f"Nämnden {namnd} finns inte i {kommun.nyckel}"
        raise ConfigError(f"{message}. Godtas: {', '.join(known)}.")
    return assessment.report(namnd)


def open_assessment(kommun: str, kvartal: str, *, data: str = "data") -> "Assessment":
    """Everything about a kommun's quarter, computed from the data folder."""
    # A notebook that only reads a finished report does not pay for pandas and scipy.
    from kvalitetslib.batch.reading import read_all

    quarter, folder = parse_quarter(kvartal), data_folder(data)
    (ready,) = read_all(folder, (kommun,), quarter=quarter, today=date.today())
    return ready.assessment()


_IN_HAND: dict[Path, Report] = {}


def keep_in_hand(path: Path, report: Report) -> None:
    """Spare this process from reading the file that it has itself just written."""
    _IN_HAND[path.resolve()] = report


def read_report(path: Path) -> Report:
    """The report in a JSON file (SourceError when there is none)."""
    if _IN_HAND and (known := _IN_HAND.get(path.resolve())) is not None:
        return known
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"Underlaget {path.name} kan inte läsas.") from error
    return from_json(text, path.name)


def parse_quarter(text: str) -> Period:
    """The quarter that a person wrote (ConfigError when it is none)."""
    try:
        period = parse_period(text)
    except ValueError:
        period = None
    if period is None or period.kind is not PeriodKind.QUARTER:
        raise ConfigError(f"Kvartalet {text!r} går inte att läsa. Godtas: till exempel 2026K3.")
    return period


def data_folder(data: str) -> Path:
    """The data folder by that name in the working folder, or in the nearest folder above."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / data / "kommuner").is_dir():
            return folder / data
    raise SourceError(f"Mappen {data}/kommuner finns inte här eller i någon mapp ovanför.")


def _checked(report: Report, kommun: str, namnd: str, kvartal: str) -> Report:
    found = (report.kommun, report.namnd, report.quarter)
    if found != (kommun, namnd, kvartal):
        raise SourceError(
            f"Underlaget gäller {', '.join(found)}, inte {kommun}, {namnd}, {kvartal}."
        )
    return report
