"""The waves of a survey that came as finished tables, as an åtgärd is measured by them.

Nothing else of a published survey is tested. A value without both n and interval is no side.
"""

import math

import numpy as np
import pandas as pd

from kvalitetslib.analysis.effect_waves import Side, Sides
from kvalitetslib.analysis.survey_protect import SMALL
from kvalitetslib.codebook import Item, Measure
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Group, Kommun
from kvalitetslib.period import parse_period
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.stats.contrasts import Contrasts
from kvalitetslib.stats.intervals import two_sided_quantile

CERTAIN = 30
"""Answers from which a published value may carry a finding (class A)."""


def published_rows(survey: SurveyInput, item: Item, group: Group, kommun: Kommun) -> pd.DataFrame:
    """The own kommun's published values of a question and group; none of many units together."""
    rows = survey.published
    is_own = rows["kommun_or_enhet"].str.casefold() == kommun.namn.casefold()
    kept = np.logical_and.reduce(
        [
            is_own | ~is_own.any(),
            rows["item"] == item.id,
            rows["gender"] == group.gender,
            rows["age"] == group.age,
            rows["area"] == group.area,
            rows["other"] == group.other,
            rows["n"].notna(),
        ]
    )
    found = rows[kept]
    if found["kommun_or_enhet"].nunique() > 1:
        return found.iloc[:0]
    return _of_measure(found, item)


def periods_of(rows: pd.DataFrame) -> list[str]:
    """The waves in time order."""
    return sorted(rows["period"].unique(), key=lambda text: parse_period(text).at)


def published_sides(rows: pd.DataFrame, item: Item, *, smallest: int) -> Sides:
    """The side of each wave; the answers in favour are put together."""
    by_period = {str(period): part for period, part in rows.groupby("period", observed=True)}
    return lambda period: _side(by_period[period], item, smallest) if period in by_period else None


def _of_measure(rows: pd.DataFrame, item: Item) -> pd.DataFrame:
    """The answers in favour where answers are published, else the one value of the question."""
    good = {each.label for each in item.answers if each.positive}
    is_good = rows["answer"].isin(good)
    return rows[is_good] if item.measure is Measure.POSITIVE and is_good.any() else rows


def _side(part: pd.DataFrame, item: Item, smallest: int) -> Side | None:
    n = float(part["n"].min())
    if n < smallest:
        return Side(str(part["period"].iloc[0]), SMALL, _mean(math.nan, math.nan, n))
    value, se = float(part["value"].sum(min_count=len(part))), _error(part, item, n)
    if math.isnan(value) or math.isnan(se):
        return None
    half = float(two_sided_quantile(n - 1, 0.95)) * se
    quality = "A" if n >= CERTAIN else "B"
    cell: Cell = Estimate(value, value - half, value + half, n, None, "publicerat värde", quality)
    return Side(str(part["period"].iloc[0]), cell, _mean(value, se, n))


def _error(part: pd.DataFrame, item: Item, n: float) -> float:
    """From the published interval, else that of a share among n; NaN when neither is known."""
    low, high = part["low"].to_numpy(dtype=float), part["high"].to_numpy(dtype=float)
    if len(part) == 1 and not np.isnan(low + high).any():
        return float((high[0] - low[0]) / 2 / two_sided_quantile(np.inf, 0.95))
    if item.measure is not Measure.POSITIVE:
        return math.nan
    share = min(max(float(part["value"].sum()), 0.0), 100.0)
    return math.sqrt(share * (100 - share) / n)


def _mean(value: float, se: float, n: float) -> Contrasts:
    nothing = np.array([np.nan])
    one, error, df = (np.array([each]) for each in (value, se, max(n - 1, 1.0)))
    return Contrasts(one, error, df, nothing, nothing, nothing)
