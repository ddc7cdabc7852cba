"""The published values of a simulated world as rows of the table that the analysis reads."""

import numpy as np
import pandas as pd
from benchmarks.simulated_draws import Counts, Floats

from kvalitetslib.period import parse_period
from kvalitetslib.sources.indicators import COLUMNS

YEARS = tuple(str(year) for year in range(2014, 2026))
QUARTERS = tuple(f"{year}K{number}" for year in range(2023, 2026) for number in range(1, 5))
MONTHS = tuple(f"{year}M{month:02d}" for year in range(2023, 2026) for month in range(1, 13))
GENDERS = ("T", "K", "M")
AGES = ("0–5 år", "6–15 år", "16–19 år")
AREAS = ("centrum", "norr", "söder", "öster")
_EMPTY: dict[str, object] = {
    "gender": "T",
    "age": "",
    "area": "",
    "enhet": "",
    "numerator": np.nan,
    "denominator": np.nan,
    "status": "",
    "source": "prov",
}
_NUMBERS = ("at", "value", "numerator", "denominator")


def yearly_rows(ids: list[str], codes: list[str], seen: Floats) -> pd.DataFrame:
    """Rows of (indicators, kommuner, T K M, years); NaN makes no row."""
    i, j, g, t = np.nonzero(~np.isnan(seen))
    return _table(
        {
            "kommun": np.array(codes)[j],
            "indicator": np.array(ids)[i],
            **_periods(YEARS, t),
            "gender": np.array(GENDERS)[g],
            "value": seen[i, j, g, t],
        }
    )


def monthly_rows(ids: list[str], codes: list[str], seen: Floats) -> pd.DataFrame:
    """Rows of (indicators, kommuner, months) for all people."""
    i, j, t = np.nonzero(~np.isnan(seen))
    return _table(
        {
            "kommun": np.array(codes)[j],
            "indicator": np.array(ids)[i],
            **_periods(MONTHS, t),
            "value": seen[i, j, t],
        }
    )


def counted_rows(
    ids: list[str], codes: list[str], counts: Counts, periods: tuple[str, ...]
) -> pd.DataFrame:
    """The whole, and each sex, age and area by itself, with numerator and denominator."""
    names = {"gender": GENDERS[1:], "age": AGES, "area": AREAS}
    parts: list[tuple[str, str, tuple[slice, ...]]] = [("gender", "T", (slice(None),) * 3)]
    for axis, (column, groups) in enumerate(names.items()):
        for place, name in enumerate(groups):
            only = [slice(None)] * 3
            only[axis] = slice(place, place + 1)
            parts.append((column, name, tuple(only)))
    frames = []
    for column, name, only_these in parts:
        here = (slice(None), slice(None), *only_these)
        hits = counts.events[here].sum(axis=(2, 3, 4))
        people = np.broadcast_to(counts.persons[here].sum(axis=(2, 3, 4))[..., None], hits.shape)
        i, j, t = np.nonzero(people > 0)
        frames.append(
            _table(
                {
                    "kommun": np.array(codes)[j],
                    "indicator": np.array(ids)[i],
                    **_periods(periods, t),
                    column: name,
                    "value": np.round(100 * hits[i, j, t] / people[i, j, t], 1),
                    "numerator": hits[i, j, t].astype(float),
                    "denominator": people[i, j, t].astype(float),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _periods(names: tuple[str, ...], place: np.ndarray) -> dict[str, object]:
    at = np.array([parse_period(text).at for text in names])
    return {"period": np.array(names)[place], "at": at[place]}


def _table(columns: dict[str, object]) -> pd.DataFrame:
    """Rows with the columns and types of a table of values."""
    made = pd.DataFrame({**_EMPTY, **columns})[list(COLUMNS)]
    return made.astype({name: "str" for name in COLUMNS if name not in _NUMBERS})
