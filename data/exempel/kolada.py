"""The Kolada-like snapshots: 40 made-up kommuner, the kommun and the country, 2014-2025.

Every series is: the indicator's base + the kommun's own lasting level + what is planted + noise
from year to year that keeps no memory. Women and men share part of the noise; the total lies
between them by their share of the people. The country is the peers' mean by population.
"""

import math
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from exempel import places
from exempel.indicators import Planted

SNAPSHOTS = ("2026-07-01", "2026-10-05")
GENDERS = ("T", "K", "M")
NOISE = (0.3, 0.6)
"""Year-to-year noise, in relevant differences: each indicator has its own between these."""
OWN_HIDDEN = {
    ("U23401", 2024): "KM",
    ("U23401", 2025): "KM",
    ("U28522", 2025): "K",
    ("U28522", 2023): "KM",
    ("N31816", 2025): "M",
    ("N33871", 2022): "T",
    ("U00915", 2019): "T",
}
"""Own cells without a value, as when secret or missing."""
OWN_REVISED = {
    ("N00090", 2024): -0.3,
    ("U07414", 2024): 0.8,
    ("N15504", 2024): -1.4,
    ("N20580", 2023): 0.4,
    ("N09805", 2024): -2.0,
}
"""What the newer snapshot adds to an old own value."""
DELETED = (("N09811", "9901", 2016), ("N07925", "9917", 2019))

Cube = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """Values (kommuner, years, genders) of one indicator; NaN is a cell without a value."""

    planted: Planted
    codes: tuple[str, ...]
    values: Cube


def series(planted: Planted, seed: int) -> Series:
    """The simulated indicator. Its randomness depends on its id and the seed alone."""
    rng = _stream(planted.id, seed)
    codes = (places.OWN, *places.CODES)
    share_of_women = np.clip(rng.normal(0.5, 0.01, len(codes)), 0.47, 0.53)[:, None]
    people = np.exp(rng.normal(10.0, 0.6, len(codes)))
    total = _levels(planted, rng, seed)[:, None] + _common(planted, rng)[None, :]
    total[0] += _own_path(planted)
    noise = rng.uniform(*NOISE) * planted.delta
    shared = rng.normal(0, noise, total.shape)
    if planted.by_gender:
        gap = np.full(total.shape, planted.usual_gap * planted.delta)
        gap += rng.normal(0, 0.25 * planted.delta, (len(codes), 1))
        gap[0] = _line(planted.gap, len(planted.years)) * planted.delta
        women = total + (1 - share_of_women) * gap + shared + rng.normal(0, noise / 2, total.shape)
        men = total - share_of_women * gap + shared + rng.normal(0, noise / 2, total.shape)
        women, men = _within(women, planted), _within(men, planted)
        total = share_of_women * women + (1 - share_of_women) * men
        cube = np.stack([total, women, men], axis=2)
    else:
        cube = _within(total + shared, planted)[:, :, None]
    country = np.einsum("k,kyg->yg", people[1:] / people[1:].sum(), cube[1:])[None]
    cube = np.concatenate([cube, country])
    return Series(planted, (*codes, places.COUNTRY), _hide(cube, planted, rng))


def _stream(id: str, seed: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(id.encode())]))


def _levels(planted: Planted, rng: np.random.Generator, seed: int) -> Cube:
    """Lasting levels, the kommun first. The peer group's median is exactly the base."""
    scores = rng.standard_normal(len(places.CODES))
    if planted.follows:
        own = math.sqrt(1 - planted.follows_by**2)
        scores = planted.follows_by * _scores(planted.follows, seed) + own * scores
    scores = np.clip(scores, -1.8, 1.8)
    group = [places.CODES.index(code) for code in places.peers_of(planted.namnd)]
    scores -= np.median(scores[group])
    return planted.base + planted.delta * planted.spread * np.concatenate([[0.0], scores])


def _scores(id: str, seed: int) -> Cube:
    """The other kommuner's lasting levels in another indicator, as its own stream draws them."""
    rng = _stream(id, seed)
    rng.normal(size=2 * (len(places.CODES) + 1))  # what `series` draws before the levels
    return rng.standard_normal(len(places.CODES))


def _common(planted: Planted, rng: np.random.Generator) -> Cube:
    """What all kommuner share in a year: the drift, which ends at the base, and a small shock."""
    years = len(planted.years)
    shock = rng.normal(0, 0.1 * planted.delta, years)
    return _line((-planted.drift, 0.0), years) * planted.delta + shock


def _own_path(planted: Planted) -> Cube:
    path = planted.sign * _line(planted.level, len(planted.years))
    before = np.array(planted.years) < planted.break_year
    return np.asarray((path + np.where(before, planted.break_size, 0.0)) * planted.delta)


def _line(ends: tuple[float, float], years: int) -> Cube:
    return np.linspace(ends[0], ends[1], years)


def _within(values: Cube, planted: Planted) -> Cube:
    return np.clip(values, planted.low, planted.high)


def _hide(cube: Cube, planted: Planted, rng: np.random.Generator) -> Cube:
    """Cells without a value: whole kommun-years, the sexes of small kommuner, and the own ones."""
    cube = np.round(cube, planted.decimals + (planted.decimals == 0))
    gone = rng.random(cube.shape[:2]) < 0.02
    sexes = rng.random(cube.shape[:2]) < 0.06
    gone[[0, -1]] = sexes[[0, -1]] = False
    cube[gone] = np.nan
    cube[..., 1:][sexes] = np.nan
    for (indicator, year), genders in OWN_HIDDEN.items():
        if indicator == planted.id and year in planted.years:
            hidden = [GENDERS.index(gender) for gender in genders]
            cube[0, planted.years.index(year), hidden] = np.nan
    return cube


def margins(of: Series) -> list[dict[str, object]]:
    """Half-widths of the 95 % intervals of a survey's shares, as an indicator of its own."""
    answers = {"T": 520.0, "K": 270.0, "M": 250.0}
    return [
        _record(
            of.planted.margin,
            code,
            year,
            [
                _cell(gender, round(196 * (share * (1 - share) / answers[gender]) ** 0.5, 1))
                if (share := of.values[place, when, column] / 100) == share
                else _cell(gender, None)
                for column, gender in enumerate(GENDERS[: of.values.shape[2]])
            ],
        )
        for place, code in enumerate(of.codes[:-1])
        for when, year in enumerate(of.planted.years)
    ]


def records(of: Series, snapshot: str) -> list[dict[str, object]]:
    """The envelope's rows of one indicator as the snapshot of that day holds them."""
    newer = snapshot == SNAPSHOTS[-1]
    rows = []
    for place, code in enumerate(of.codes):
        for when, year in enumerate(of.planted.years):
            if of.planted.late and not newer and year == of.planted.years[-1]:
                continue
            cells = [
                _cell(gender, _value(of, (place, when, column), newer))
                for column, gender in enumerate(GENDERS[: of.values.shape[2]])
            ]
            if (of.planted.id, code, year) in DELETED:
                cells = [cell | {"isdeleted": True} for cell in cells]
            rows.append(_record(of.planted.id, code, year, cells))
    return rows


def _value(of: Series, where: tuple[int, int, int], newer: bool) -> float | None:
    value = float(of.values[where])
    if np.isnan(value):
        return None
    year = of.planted.years[where[1]]
    revision = OWN_REVISED.get((of.planted.id, year), 0.0) if where[0] == 0 and newer else 0.0
    return round(value + revision, 2)


def _cell(gender: str, value: float | None) -> dict[str, object]:
    status = "" if value is not None else "Missing"
    return {
        "gender": gender,
        "count": 0 if value is None else 1,
        "status": status,
        "value": value,
        "isdeleted": False,
    }


def _record(kpi: str, code: str, year: int, cells: list[dict[str, object]]) -> dict[str, object]:
    return {"kpi": kpi, "municipality": code, "period": year, "values": cells}
