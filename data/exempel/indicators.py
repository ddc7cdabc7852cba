"""What is planted in each Kolada-like indicator: the table ``matt.csv``, one row an indicator.

Levels, gaps, spread and drift are counted in the indicator's relevant difference (``skillnad``).
``niva`` is the kommun's distance to its peers' median, plus is good (for a neutral indicator: plus
is higher); ``gap`` is women minus men in the kommun, ``konsskillnad`` the same in all others.
``drift`` is what all kommuner share from first to last year. ``brott`` "2022:-4" lifts the kommun's
own values before 2022 by -4; in a cost that is a truth to find. ``sen`` marks a last value that
only the newer snapshot holds.
``foljer`` "N15428:-0.98" lets the others' lasting levels go against those of that indicator.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("matt.csv")


@dataclass(frozen=True)
class Planted:
    """One indicator and its truth."""

    id: str
    title: str
    namnd: str
    years: tuple[int, ...]
    base: float
    spread: float
    delta: float
    decimals: int
    low: float
    high: float
    direction: int
    by_gender: bool
    level: tuple[float, float]
    usual_gap: float
    gap: tuple[float, float]
    drift: float
    break_year: int
    break_size: float
    late: bool
    publication: str
    margin: str
    comment: str
    follows: str = ""
    follows_by: float = 0.0

    @property
    def sign(self) -> int:
        """+1 when plus in ``level`` means a higher value."""
        return self.direction or 1


def planted() -> tuple[Planted, ...]:
    """All rows of the table, in order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> Planted:
    gaps_in_time = {int(year) for year in row["luckor"].split()}
    span = range(int(row["forsta"]), int(row["sista"]) + 1)
    break_year, _, break_size = row["brott"].partition(":")
    follows, _, follows_by = row["foljer"].partition(":")
    return Planted(
        id=row["indikator"],
        title=row["titel"],
        namnd=row["namnd"],
        years=tuple(year for year in span if year not in gaps_in_time),
        base=float(row["bas"]),
        spread=float(row["spridning"]),
        delta=float(row["skillnad"]),
        decimals=int(row["decimaler"]),
        low=float(row["lagst"]),
        high=float(row["hogst"]),
        direction=int(row["riktning"]),
        by_gender=row["kon"] == "1",
        level=(float(row["niva_fran"]), float(row["niva_till"])),
        usual_gap=float(row["konsskillnad"]),
        gap=(float(row["gap_fran"]), float(row["gap_till"])),
        drift=float(row["drift"]),
        break_year=int(break_year or 0),
        break_size=float(break_size or 0),
        late=row["sen"] == "1",
        publication=row["publicering"],
        margin=row["osakerhet"],
        comment=row["kommentar"],
        follows=follows,
        follows_by=float(follows_by or 0),
    )
