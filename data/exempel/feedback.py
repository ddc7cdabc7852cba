"""Complaints, suggestions and praise: when they came, when they were answered and mended."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from exempel import places

TEXTS = Path(__file__).parent / "texter" / "synpunkter.toml"
MONTHS = tuple((2025 + number // 12, number % 12 + 1) for number in range(21))
EARLIER = tuple((2023 + number // 12, number % 12 + 1) for number in range(24))
MORE = 1.8
"""Times the usual number that are added in all months, so that categories can be shown."""
LAST_DAY = date(2026, 9, 30)
FASTER_FROM = date(2025, 9, 1)
WINTER = (11, 12, 1, 2, 3)
SEXES, SEX_SHARES = ("K", "M", "A", ""), (0.42, 0.38, 0.02, 0.18)
AREA_SHARES = (0.32, 0.2, 0.18, 0.12, 0.1, 0.02, 0.06)
"""The last is a row without an area."""

COLUMNS = (
    "inkom", "namnd", "kategori", "typ", "besvarad", "atgardad", "omrade", "kon", "text",
)  # fmt: skip


def rows(seed: int) -> list[dict[str, str]]:
    """All rows of ``synpunkter.csv`` in the order they came."""
    texts = tomllib.loads(TEXTS.read_text("utf-8"))
    categories = texts["kategori"]
    more = [each | {"per_manad": each.get("fler", MORE) * each["per_manad"]} for each in categories]
    streams = ((categories, MONTHS, 3), (categories, EARLIER, 13), (more, (*EARLIER, *MONTHS), 19))
    made = []
    for drawn, months, stream in streams:
        rng = np.random.default_rng(np.random.SeedSequence([seed, stream]))
        for each in drawn:
            made += _of(each, months, rng)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 14]))
    by_name = {each["namn"]: each for each in categories}
    for surge in texts["topp"]:
        months = tuple((int(year), int(month)) for year, month in surge["manader"])
        made += _of(by_name[surge["namn"]] | surge, months, rng)
    return sorted(made, key=lambda row: (row["inkom"], row["namnd"], row["kategori"], row["text"]))


def _of(
    category: dict[str, Any], months: tuple[tuple[int, int], ...], rng: np.random.Generator
) -> Iterator[dict[str, str]]:
    for year, month in months:
        expected = category["per_manad"] * (category.get("vaxer", 1.0) if year == 2026 else 1.0)
        if category.get("vinter", False) and month not in WINTER:
            continue
        for _ in range(rng.poisson(expected)):
            yield _one(category, date(year, month, int(rng.integers(1, 29))), rng)


def _one(category: dict[str, Any], received: date, rng: np.random.Generator) -> dict[str, str]:
    days = category["svarsdagar"]
    if received >= FASTER_FROM:
        days = category.get("snabbare", days)
    kind, text = category["texter"][rng.integers(len(category["texter"]))]
    answered = received + timedelta(days=1 + int(rng.gamma(2.5, days / 2.5)))
    mended = answered + timedelta(days=int(rng.gamma(2, 12)))
    is_mended = kind == "klagomål" and rng.random() < 0.6
    return {
        "inkom": str(received),
        "namnd": category["namnd"],
        "kategori": category["namn"],
        "typ": kind,
        "besvarad": str(answered) if answered <= LAST_DAY else "",
        "atgardad": str(mended) if is_mended and mended <= LAST_DAY else "",
        "omrade": str(rng.choice((*places.AREAS, ""), p=AREA_SHARES)),
        "kon": str(rng.choice(SEXES, p=SEX_SHARES)),
        "text": text,
    }
