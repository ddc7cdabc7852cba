"""The kommun's own indicators: what is counted, by sex, age and area, and what is planted.

Each is a table of people (or cases) by age x sex x area with a count in every cell; what is
published are its margins. So all totals add up, as in a kommun's own system. The islands (Öarna)
are few: their groups fall below the smallest group shown.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from exempel import places

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Rate = Callable[[float, tuple[int, int, int]], Shares]

MONTHS = tuple(
    f"{year}M{month:02}"
    for year in (2024, 2025, 2026)
    for month in range(1, 13 if year < 2026 else 10)
)
AREAS = places.AREAS
SIZES = np.array([0.34, 0.22, 0.2, 0.13, 0.1, 0.01])
"""The areas' parts of the people."""
SEXES = ("K", "M", "")
"""The third is people whose sex is not known: in the total only."""


@dataclass(frozen=True)
class Own:
    """An indicator of the kommun's own. ``rate(progress, shape)`` is the truth in every cell.

    ``progress`` runs from 0 in the first period to 1 in the last; a rate is a share, or for days
    the mean number of days. ``cuts`` are the published margins: letters of a(ge), s(ex), o(mråde).
    """

    id: str
    periods: tuple[str, ...]
    people: float
    ages: tuple[str, ...]
    by_sex: bool
    by_area: bool
    cuts: tuple[str, ...]
    factor: float
    decimals: int
    rate: Rate
    counts_days: bool = False


def _flat(value: float) -> Rate:
    return lambda progress, shape: np.full(shape, value)


def _step(before: float, after: float, at: float) -> Rate:
    return lambda progress, shape: np.full(shape, before if progress < at else after)


def _line(first: float, last: float) -> Rate:
    return lambda progress, shape: np.full(shape, first + (last - first) * progress)


def _three_weeks(progress: float, shape: tuple[int, int, int]) -> Shares:
    """Women wait longer and longer; men do not."""
    rate = np.full(shape, 0.8)
    rate[:, 0] -= 0.24 * progress
    return rate


def _attendance(progress: float, shape: tuple[int, int, int]) -> Shares:
    """The oldest pupils' attendance falls, girls' and boys' alike."""
    rate = np.full(shape, 0.84)
    rate[2] -= 0.06 + 0.16 * progress
    return rate


def _swimming(progress: float, shape: tuple[int, int, int]) -> Shares:
    """Norrskogen lies far below the other areas all years."""
    rate = np.full(shape, 0.9)
    rate[..., AREAS.index("norrskogen")] = 0.68
    return rate


def _youth_club(progress: float, shape: tuple[int, int, int]) -> Shares:
    """Girls catch up with boys."""
    rate = np.full(shape, 0.34)
    rate[:, 0] -= 0.18 * (1 - progress)
    return rate


def _street_faults(progress: float, shape: tuple[int, int, int]) -> Shares:
    """The countryside falls behind the town."""
    rate = np.full(shape, 0.82)
    rate[..., 3:] -= 0.3 * progress
    return rate


_SCHOOL_MONTHS = tuple(month for month in MONTHS if not month.endswith("M07"))
_PUPILS = ("6–9 år", "10–12 år", "13–15 år")
_YOUNG = ("10–12 år", "13–15 år", "16–19 år")
_OLD = ("65–79 år", "80 år och äldre")
NONE = ("",)


def _years(first: int) -> tuple[str, ...]:
    return tuple(str(year) for year in range(first, 2026))


INDICATORS = (
    Own(
        "X-SVARSTID", MONTHS, 26, NONE, True, False, ("", "s"), 1, 1,
        _step(14, 8, 20 / 32), counts_days=True,
    ),
    Own("X-TREVECKOR", MONTHS, 90, NONE, True, False, ("", "s"), 100, 1, _three_weeks),
    Own(
        "X-NARVARO", _SCHOOL_MONTHS, 640, _PUPILS, True, True, ("", "s", "a", "as", "o"), 100, 1,
        _attendance,
    ),
    Own("X-FALL", MONTHS, 430, NONE, False, True, ("", "o"), 1000, 1, _step(0.03, 0.06, 26 / 32)),
    Own("X-BYGGLOV", MONTHS, 24, NONE, False, False, ("",), 1, 1, _flat(27), counts_days=True),
    Own("X-KONTROLLER", MONTHS, 45, NONE, False, False, ("",), 100, 1, _flat(0.96)),
    Own("X-TILLSYN", MONTHS, 32, NONE, False, False, ("",), 100, 1, _line(0.92, 0.66)),
    Own(
        "X-ARENDETID", MONTHS, 34, NONE, True, False, ("", "s"), 1, 1, _flat(38),
        counts_days=True,
    ),
    Own("X-REDOVISNING", MONTHS, 55, NONE, False, False, ("",), 100, 1, _line(0.58, 0.88)),
    Own("X-SIMKUNNIG", _years(2016), 310, NONE, True, True, ("", "s", "o"), 100, 1, _swimming),
    Own(
        "X-FRITIDSGARD", _years(2014), 960, _YOUNG, True, True, ("", "s", "a", "as", "o", "ao"),
        100, 1, _youth_club,
    ),
    Own("X-LARM", _years(2018), 420, _OLD, False, True, ("", "a", "o", "ao"), 100, 1, _flat(0.9)),
    Own("X-FELANMALAN", _years(2018), 700, NONE, False, True, ("", "o"), 100, 1, _street_faults),
)  # fmt: skip

COLUMNS = (
    "indikator", "period", "varde", "kon", "alder", "omrade", "enhet", "taljare", "namnare",
    "status",
)  # fmt: skip


def rows(seed: int, indicators: tuple[Own, ...]) -> list[dict[str, str]]:
    """All rows of ``indikatorer.csv``."""
    return [row for each in indicators for row in _rows(each, seed)]


def _rows(own: Own, seed: int) -> Iterator[dict[str, str]]:
    rng = np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(own.id.encode())]))
    for place, period in enumerate(own.periods):
        progress = place / (len(own.periods) - 1)
        people, counted = _month(own, progress, rng)
        for cut in own.cuts:
            yield from _margin(own, period, cut, (people, counted))


def _month(own: Own, progress: float, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """People and what was counted among them, both (ages, sexes, areas)."""
    sexes = np.array([0.48, 0.49, 0.03]) if own.by_sex else np.array([0.0, 0.0, 1.0])
    areas = SIZES if own.by_area else np.array([1.0])
    expected = own.people / len(own.ages) * np.ones(len(own.ages))
    cells = expected[:, None, None] * sexes[None, :, None] * areas[None, None, :]
    people = np.asarray(rng.poisson(cells) + (cells > 0) * (own.people < 60), dtype=np.int64)
    rate = own.rate(progress, (len(own.ages), 3, len(areas)))
    if own.counts_days:
        return people, np.round(people * rate * rng.gamma(60, 1 / 60, people.shape)).astype(int)
    return people, rng.binomial(people, rate)


def _margin(
    own: Own, period: str, cut: str, tables: tuple[Counts, Counts]
) -> Iterator[dict[str, str]]:
    """The published rows of one margin; a group without people has no row."""
    summed = tuple(axis for axis, letter in enumerate("aso") if letter not in cut)
    people, counted = (table.sum(axis=summed, keepdims=True) for table in tables)
    for age, sex, area in np.ndindex(people.shape):
        if people[age, sex, area] == 0 or ("s" in cut and not SEXES[sex]):
            continue
        count, of = int(counted[age, sex, area]), int(people[age, sex, area])
        yield {
            "indikator": own.id,
            "period": period,
            "varde": f"{own.factor * count / of:.{own.decimals}f}".replace(".", ","),
            "kon": SEXES[sex] if "s" in cut else "T",
            "alder": own.ages[age] if "a" in cut else "",
            "omrade": AREAS[area] if "o" in cut else "",
            "taljare": str(count),
            "namnare": str(of),
        }
