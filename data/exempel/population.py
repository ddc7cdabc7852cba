"""The SCB-like snapshot: people by age and sex 2015-2025, and a forecast to 2035.

Every number is: people of the age in 2025 x growth to or from that year + a small noise. From 2025
each published number has a noise of its own, as SCB's have: women and men are not the total.
"""

import csv
import gzip
import hashlib
import io
import json
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from exempel import places

FOLDER = "kallor/exempel-scb/2026-10-05"
NOW = 2025
COUNTED = range(2015, NOW + 1)
FORECAST = range(NOW + 1, 2036)
OLDEST, OLDEST_AHEAD = 100, 105
"""The last age, open upwards, among those counted and in the forecast."""
COUNTRY = "00"
CODES = (COUNTRY, places.OWN, *places.CODES[:3])
PEOPLE = {COUNTRY: 10_600_000, places.OWN: 36_400, "9902": 21_000, "9903": 64_000, "9904": 12_500}
PROFILE = ((0, 98), (6, 116), (16, 122), (30, 150), (60, 130), (79, 80), (90, 19), (105, 0.1))
"""Riket's people by age, relative; straight lines between."""
NOISY_FROM = NOW
RELEVANT = 5.0
"""Percentage points over five years that are a relevant difference from riket."""

Counts = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Growth:
    """Percent a year of ages ``first`` to ``last``: up to 2025, five years on, and later."""

    first: int
    last: int
    country: tuple[float, float, float]
    own: tuple[float, float, float]


GROWTH = (
    Growth(0, 5, (-0.8, -0.4, 0.2), (-1.4, -2.4, -0.6)),
    Growth(6, 15, (0.4, -0.9, -0.6), (0.2, -1.2, -1.6)),
    Growth(16, 18, (1.2, 0.8, -0.8), (1.1, 0.8, -1.0)),
    Growth(19, 64, (0.5, 0.3, 0.3), (0.2, 0.1, 0.1)),
    Growth(65, 79, (0.9, 0.4, 0.8), (1.2, 0.6, 0.7)),
    Growth(80, 105, (1.6, 2.0, 1.5), (1.9, 3.7, 2.1)),
)
# ages as kommun.toml has them, nämnd, truth, comment
TRUTHS = (
    ("80+", "vard-och-omsorg", "växande behov",
     "80 år och äldre ökar dubbelt så snabbt som i riket: 20 mot 10 procent till 2030."),
    ("0–5", "barn-och-utbildning", "minskande behov",
     "Barn 0–5 år minskar med 11 procent till 2030, i riket med 2."),
    ("16–18", "barn-och-utbildning", "behov som riket", "16–18 år ökar som i riket, 4 procent."),
)  # fmt: skip


def files(seed: int) -> dict[str, bytes]:
    """Path below the data folder and bytes of the snapshot's files."""
    stream = zlib.crc32(b"exempel-scb")
    rng = np.random.default_rng(np.random.SeedSequence([seed, stream]))
    people = {code: _people(code, rng) for code in CODES}
    content = {
        "folkmangd.json.gz": ("folkmängd", _packed(_jsonstat(people, rng))),
        "framskrivning.csv.gz": ("framskrivning", _packed(_csv(people))),
    }
    made = {f"{FOLDER}/{name}": raw for name, (_, raw) in content.items()}
    return {**made, f"{FOLDER}/source.toml": _source(content)}


def truths() -> list[dict[str, str]]:
    """Rows of ``sanningar.csv``: growth beyond riket's over five years, in relevant differences."""
    rows = []
    for ages, namnd, truth, comment in TRUTHS:
        part = next(each for each in GROWTH if ages.startswith(f"{each.first}"))
        beyond = 100 * (_factor(part.own, NOW + 5) - _factor(part.country, NOW + 5))
        rows.append(
            {
                "indikator": "scb:folkmangd",
                "namnd": namnd,
                "kon": "T",
                "alder": ages,
                "sanning": truth,
                "storlek": f"{beyond / RELEVANT:.1f}".replace(".", ","),
                "kommentar": comment,
            }
        )
    return rows


def _factor(rates: tuple[float, float, float], year: int) -> float:
    """Growth from 2025 to that year, as a factor."""
    before, soon, later = (1 + rate / 100 for rate in rates)
    if year <= NOW:
        return before ** (year - NOW)
    return float(soon ** min(year - NOW, 5) * later ** max(year - NOW - 5, 0))


def _people(code: str, rng: np.random.Generator) -> dict[int, Counts]:
    """People (ages 0-105, women and men) by year."""
    ages = np.arange(OLDEST_AHEAD + 1)
    profile = np.interp(ages, *zip(*PROFILE, strict=True))
    tilt = 1 + 0.0014 * (ages - 40) * (code != COUNTRY)
    base = PEOPLE[code] * profile * tilt / (profile * tilt).sum()
    women = np.interp(ages, (0, 60, 80, 105), (0.485, 0.5, 0.55, 0.8))
    found = {}
    for year in (*COUNTED, *FORECAST):
        grown = base.copy()
        for part in GROWTH:
            rates = part.own if code == places.OWN else part.country
            grown[part.first : part.last + 1] *= _factor(rates, year)
        both = np.column_stack([grown * women, grown * (1 - women)])
        if year in COUNTED:
            both = both + rng.normal(0, 0.25 * np.sqrt(both))
        found[year] = np.maximum(np.rint(both), 0)
    return found


def _counted(people: Counts, year: int, rng: np.random.Generator) -> Counts:
    """Ages 0-100+ and all ages, for all, men and women, as SCB's table has them."""
    ages = np.vstack([people[:OLDEST], people[OLDEST:].sum(axis=0)])
    ages = np.vstack([ages, ages.sum(axis=0)])
    cells = np.column_stack([ages.sum(axis=1), ages[:, 1], ages[:, 0]])
    if year >= NOISY_FROM:
        cells = np.maximum(cells + rng.integers(-2, 3, cells.shape), 0)
    return cells


def _jsonstat(people: dict[str, dict[int, Counts]], rng: np.random.Generator) -> str:
    codes = {
        "Region": list(CODES),
        "Alder": [*map(str, range(OLDEST)), f"{OLDEST}+", "tot"],
        "Kon": ["TotSa", "1", "2"],
        "ContentsCode": ["FOLKMANGD"],
        "Tid": [str(year) for year in COUNTED],
    }
    cube = np.array(
        [[_counted(people[code][year], year, rng) for year in COUNTED] for code in CODES]
    )  # kommun, year, age, sex
    values = cube.transpose(0, 2, 3, 1).astype(int).ravel().tolist()
    content = {
        "version": "2.0",
        "class": "dataset",
        "label": "Syntetiska data: folkmängden efter region, ålder, kön och år",
        "source": "Syntetiska data",
        "note": ["Påhittade tal för en påhittad kommun, med en liten osäkerhet från och med 2025."],
        "id": list(codes),
        "size": [len(each) for each in codes.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {"index": {code: place for place, code in enumerate(each)}},
            }
            for name, each in codes.items()
        },
        "extension": {"noteMandatory": {"0": True}},
        "value": values,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _csv(people: dict[str, dict[int, Counts]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["Region", "Alder", "Kon", *(f"FRAMSKRIVNING {year}" for year in FORECAST)])
    for code in CODES:
        for age in range(OLDEST_AHEAD + 1):
            for sex, column in (("1", 1), ("2", 0)):
                name = f"{age}+" if age == OLDEST_AHEAD else str(age)
                row = [int(people[code][year][age, column]) for year in FORECAST]
                writer.writerow([code, name, sex, *row])
    return text.getvalue()


def _packed(text: str) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(text.encode())
    return packed.getvalue()


def _source(content: dict[str, tuple[str, bytes]]) -> bytes:
    lines = [
        'kalla = "Syntetiska data (SCB-likt)"',
        'adress = "påhittad"',
        f"hamtad = {FOLDER.rpartition('/')[2]}",
        'villkor = "Påhittade värden från data/skapa_exempel.py. Fria att använda."',
        "syntetisk = true",
    ]
    for name, (kind, raw) in sorted(content.items()):
        lines += ["", "[[fil]]", f'namn = "{name}"', f'innehall = "{kind}"']
        lines += [f'sha256 = "{hashlib.sha256(raw).hexdigest()}"']
    return ("\n".join(lines) + "\n").encode()
