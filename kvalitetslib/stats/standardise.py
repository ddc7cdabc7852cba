"""Fair comparison of areas: what they would answer with the same mix of ages and sexes.

Each area's mean is the standard population's mixture of its means by age and sex. Counts (events
per person) are standardised in the same way; their interval scales Byar's interval of the
number of events (Dobson).

Worked example: young and old answer 0.2 and 0.6 in an area; with a standard population of half
young and half old its standardised mean is 0.4, whatever its own mix.

Sources: Sarndal, Swensson & Wretman (1992), ch. 7 (post-stratified domains); Dobson, Kuulasmaa,
Eberle & Scherer (1991), Stat. Med. 10, 457-462; Breslow & Day (1987), Statistical Methods in
Cancer Research II, p. 69 (Byar).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import BoolArray, Design, FloatArray
from kvalitetslib.stats.intervals import two_sided_quantile
from kvalitetslib.stats.survey import SurveyEstimate

MINIMUM_EVENTS = 10
"""Below this many events a standardised rate should not be shown (UKHSA technical guide)."""


class EmptyCells(ValueError):
    """Cells of the standard population without respondents; merge ages and try again.

    `cells` holds the (area, cell) codes.
    """

    def __init__(self, cells: list[tuple[int, int]]) -> None:
        super().__init__(f"no respondents in (area, cell) {cells}")
        self.cells = cells


@dataclass(frozen=True)
class StandardisedRate:
    """Events a person in the standard population, with a Dobson-Byar interval."""

    value: float
    low: float
    high: float
    events: float

    @property
    def is_showable(self) -> bool:
        """Whether there are events enough."""
        return self.events >= MINIMUM_EVENTS


def standardised_means(
    y: npt.ArrayLike,
    design: Design,
    *,
    area: npt.ArrayLike,
    cell: npt.ArrayLike,
    standard: npt.ArrayLike,
) -> list[SurveyEstimate]:
    """Directly standardised mean of each area 0, 1, 2 …, with its linearised standard error.

    Parameters
    ----------
    y : (n,), NaN = missing, left out before standardising.
    area, cell : (n,) codes from 0. standard : (cells,) persons in the standard population.

    Raises
    ------
    EmptyCells : if a cell with persons has no respondents in some area.
    """
    values, areas = np.asarray(y, np.float64), np.asarray(area)
    cells, persons = np.asarray(cell), np.asarray(standard, np.float64)
    if int(cells.max()) >= len(persons) or (persons < 0).any() or persons.sum() <= 0:
        raise ValueError("every cell needs a number of persons in the standard population")
    known = ~np.isnan(values) & (design.weight > 0)
    count = int(areas.max()) + 1
    filled = np.zeros((count, len(persons)), dtype=np.bool_)
    filled[areas[known], cells[known]] = True
    empty = np.argwhere(~filled & (persons > 0))
    if len(empty):
        raise EmptyCells([(int(a), int(c)) for a, c in empty])
    shares = persons / persons.sum()
    return [
        _standardised(values, design, known & (areas == a), cells, shares) for a in range(count)
    ]


def standardised_rate(
    events: npt.ArrayLike, persons: npt.ArrayLike, standard: npt.ArrayLike, *, level: float = 0.95
) -> StandardisedRate:
    """Directly standardised rate of counts by cell; arrays (cells,).

    Raises
    ------
    ValueError : naming cells with a standard population but nobody at risk.
    """
    counts, risk = np.asarray(events, np.float64), np.asarray(persons, np.float64)
    shares = np.asarray(standard, np.float64) / np.sum(standard)
    empty = np.flatnonzero((risk <= 0) & (shares > 0))
    if len(empty):
        raise ValueError(f"nobody at risk in cells {empty.tolist()}")
    factor = np.divide(shares, risk, out=np.zeros_like(shares), where=shares > 0)
    total = float(counts.sum())
    value, spread = float(factor @ counts), float(factor**2 @ counts)
    low, high = byar_interval(total, level=level)
    if total == 0:
        return StandardisedRate(value, 0.0, float(np.max(factor)) * high, total)
    scale = np.sqrt(spread / total)
    return StandardisedRate(
        value, value + scale * (low - total), value + scale * (high - total), total
    )


def byar_interval(events: float, *, level: float = 0.95) -> tuple[float, float]:
    """Byar's approximate interval of a Poisson count."""
    z = float(two_sided_quantile(np.inf, level))
    low = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3 if events > 0 else 0.0
    above = events + 1
    return low, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def _standardised(
    values: FloatArray,
    design: Design,
    base: BoolArray,
    cells: npt.NDArray[np.integer],
    shares: FloatArray,
) -> SurveyEstimate:
    weight = np.where(base, design.weight, 0.0)
    held = np.bincount(cells, weight, minlength=len(shares))
    factor = np.divide(shares, held, out=np.zeros(len(shares)), where=held > 0)
    known = np.where(base, values, 0.0)
    means = np.divide(
        np.bincount(cells, weight * known, minlength=len(shares)),
        held,
        out=np.zeros(len(shares)),
        where=held > 0,
    )
    standardised = weight * factor[cells]
    influence = np.where(base, standardised * (known - means[cells]), 0.0)
    return SurveyEstimate(
        value=float(shares @ means),
        se=float(np.sqrt(design.variance(influence))),
        df=design.df(base),
        n=int(base.sum()),
        n_eff=float(standardised.sum() ** 2 / (standardised @ standardised)),
        deff=float("nan"),
        influence=influence,
        base=base,
    )
