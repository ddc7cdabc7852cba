"""The pages of the example municipality and of the made-up report, built in the same process."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from example_report import example_report
from reading import Passage, passages, running_text

from kvalitetslib.batch.opening import open_assessment
from kvalitetslib.render import CHAPTERS
from kvalitetslib.render.editions import RESIDENTS, STAFF, edition_page
from kvalitetslib.render.page import page
from kvalitetslib.report import Report

DATA = Path(__file__).parents[1] / "data"
MADE_UP = "påhittad"
NAMNDER = (
    "barn-och-utbildning",
    "kommunstyrelsen",
    "kultur-och-fritid",
    "miljo",
    "overformyndare",
    "samhallsbyggnad",
    "socialnamnden",
    "vard-och-omsorg",
)
RESIDENT_PAGES = tuple(f"{each}{RESIDENTS.suffix}" for each in NAMNDER)
STAFF_PAGES = tuple(f"{each}{STAFF.suffix}" for each in NAMNDER)
PAGES = (*NAMNDER, MADE_UP, *RESIDENT_PAGES, *STAFF_PAGES)


@dataclass(frozen=True)
class ReadPage:
    """A page with its report, taken apart."""

    report: Report
    html: str
    read: tuple[Passage, ...]
    sentences: tuple[str, ...]


@lru_cache(maxsize=1)
def example_pages() -> dict[str, ReadPage]:
    """Every page by the key of its nämnd, with the ending of its edition."""
    assessment = open_assessment("exempelkommun", "2026K3", data=str(DATA))
    reports = {key: assessment.report(key) for key in NAMNDER}
    whole = {**reports, MADE_UP: example_report()}
    pages = {key: _read(report, _whole_page(report)) for key, report in whole.items()}
    return pages | {
        f"{key}{edition.suffix}": _read(report, edition_page(report, edition))
        for key, report in reports.items()
        for edition in (RESIDENTS, STAFF)
    }


def _whole_page(report: Report) -> str:
    return page([each(report) for each in CHAPTERS], title=report.namnd_namn)


def _read(report: Report, html: str) -> ReadPage:
    read = passages(html)
    return ReadPage(report, html, read, running_text(read))
