"""Budget and outcome a quarter for each nämnd, with the forecast for the whole year."""

from collections.abc import Iterator

import numpy as np

QUARTERS = tuple(f"{year}K{n}" for year in (2024, 2025, 2026) for n in range(1, 5))[3:11]

# nämnd, verksamhet, budget a quarter in million kronor, lasting deviation as a share of the budget
LINES = (
    ("kommunstyrelsen", "Kommunövergripande stöd", 42.0, -0.01),
    ("kommunstyrelsen", "Räddningstjänst", 11.5, 0.0),
    ("barn-och-utbildning", "Förskola", 68.0, -0.005),
    ("barn-och-utbildning", "Grundskola", 131.0, 0.012),
    ("barn-och-utbildning", "Gymnasieskola", 54.0, 0.0),
    ("socialnamnden", "Försörjningsstöd", 14.0, 0.03),
    ("socialnamnden", "Barn och unga", 26.0, 0.08),
    ("vard-och-omsorg", "Hemtjänst", 57.0, 0.04),
    ("vard-och-omsorg", "Särskilt boende", 92.0, 0.01),
    ("vard-och-omsorg", "Stöd vid funktionsnedsättning", 71.0, 0.0),
    ("kultur-och-fritid", "Bibliotek och kulturskola", 12.0, -0.01),
    ("kultur-och-fritid", "Idrott och fritid", 17.0, 0.005),
    ("samhallsbyggnad", "Gator och parker", 21.0, 0.03),
    ("samhallsbyggnad", "Bygglov och planer", 6.5, -0.02),
    ("miljo", "Tillsyn", 4.2, -0.03),
    ("overformyndare", "Överförmyndare", 2.1, 0.01),
)

COLUMNS = ("namnd", "period", "budget", "utfall", "prognos", "verksamhet")


def rows(seed: int) -> list[dict[str, str]]:
    """All rows of ``ekonomi.csv``, in kronor rounded to thousands."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 4]))
    return [row for line in LINES for row in _line(line, rng)]


def _line(
    line: tuple[str, str, float, float], rng: np.random.Generator
) -> Iterator[dict[str, str]]:
    namnd, verksamhet, millions, deviation = line
    for quarter in QUARTERS:
        budget = millions * 1.03 ** (int(quarter[:4]) - 2024)
        outcome = budget * (1 + deviation + rng.normal(0, 0.012))
        forecast = 4 * budget * (1 + deviation + rng.normal(0, 0.006))
        yield {
            "namnd": namnd,
            "period": quarter,
            "budget": _kronor(budget),
            "utfall": _kronor(outcome),
            "prognos": _kronor(forecast),
            "verksamhet": verksamhet,
        }


def _kronor(millions: float) -> str:
    return f"{round(1000 * millions)}000"
