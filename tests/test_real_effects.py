"""Real municipalities where nothing was done: how often a change is found beside the others'."""

from pathlib import Path

import numpy as np
import pytest
from real_kommuner import raw_values

from kvalitetslib.stats.placebo import placebo_change

YEARS = tuple(str(year) for year in range(2016, 2021))
BEFORE = 4


@pytest.fixture(scope="module")
def blocks(realdata: Path) -> list[np.ndarray]:
    """(kommuner, years) of each indicator that all years have for a hundred or more."""
    values = raw_values(realdata)
    kpis = sorted({kpi for kommun in values.values() for kpi in kommun})
    found = []
    for kpi in kpis:
        block = np.array([[_value(values[name], kpi, year) for year in YEARS] for name in values])
        whole = block[~np.isnan(block).any(axis=1)]
        if len(whole) >= 100:
            found.append(whole)
    return found


def _value(kommun: dict, kpi: str, year: str) -> float:
    value = kommun.get(kpi, {}).get(year, {}).get("T")
    return np.nan if value is None else float(value)


@pytest.mark.parametrize("chosen", ["any", "highest", "lowest"])
def test_real_changes_of_nothing_are_seldom_found(blocks: list[np.ndarray], chosen: str) -> None:
    rng = np.random.default_rng(6)
    found = []
    for block in blocks:
        rise = block[:, BEFORE - 1] - block[:, : BEFORE - 1].mean(axis=1)
        order = {"any": rng.permutation(len(block)), "highest": np.argsort(-rise)}
        for own in order.get(chosen, np.argsort(rise))[: len(block) // 10]:
            found.append(placebo_change(block[:, :BEFORE], block[:, BEFORE:], int(own)).p <= 0.05)
    assert len(found) > 100
    assert np.mean(found) <= 0.10
