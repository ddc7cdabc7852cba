"""What is asked of the batch: which reports, from what, where to, and by whom they are made."""

from dataclasses import dataclass
from pathlib import Path

from kvalitetslib.batch.cluster import Cluster
from kvalitetslib.batch.crew import Crew, crew
from kvalitetslib.batch.job import Motor
from kvalitetslib.batch.reading import Ready
from kvalitetslib.errors import KvalitetError
from kvalitetslib.period import Period

CELL_TIMEOUT = 600
"""Longest time of one cell, in seconds. A chapter takes a fraction of one."""


@dataclass(frozen=True)
class Order:
    """What is asked for. No ``namnder`` means all; ``again`` makes unchanged reports too.

    With a ``browser`` every page is printed to a PDF too. With a ``scheduler``, the address of a
    dask cluster, the reports are made there.
    """

    notebook: Path
    out: Path
    quarter: Period
    namnder: tuple[str, ...] = ()
    workers: int = 2
    again: bool = False
    cell_timeout: int = CELL_TIMEOUT
    browser: Path | None = None
    motor: Motor = Motor.QUICK
    scheduler: str = ""

    @property
    def folder(self) -> Path:
        return self.out / self.quarter.text

    def crew(self, reports: int) -> Crew:
        """Those who make that many reports."""
        if self.scheduler:
            return Cluster(self.scheduler, self.motor)
        return crew(min(self.workers, reports), self.motor)


def check_namnder(kommuner: tuple[Ready, ...], wanted: tuple[str, ...]) -> None:
    """Refuse a nämnd that no kommun has (KvalitetError)."""
    known = sorted({each.nyckel for ready in kommuner for each in ready.kommun.namnder})
    unknown = [each for each in wanted if each not in known]
    if unknown:
        raise KvalitetError(f"Nämnden {unknown[0]} finns inte. Godtas: {', '.join(known)}.")
