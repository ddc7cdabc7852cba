"""Which of the kommun's own values may be faults in the data, to be checked before they are read.

A doubt should be rare. Of the 11 468 latest values of 18 real school indicators in 290
municipalities (2016 to 2020, totals, women and men) 1 is doubted, and of all 46 257 values 21: four
jumps, thirteen totals that lie outside women's and men's values, and four frozen ones. When the
latest total of 25 of them is made ten times too small 89 % are found, ten times too large 99 %, and
30 % too low 60 %.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kvalitetslib.analysis.bounds import FULL_SHARE, SLACK, Asked, honest_in
from kvalitetslib.analysis.own_series import (
    OwnSeries,
    OwnValues,
    Places,
    own_series,
    own_values,
    usual_in,
)
from kvalitetslib.analysis.panel import Floats, Panel, last_breaks
from kvalitetslib.context import Doubt, DoubtKind
from kvalitetslib.model import Indicator, Kommun
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.stats.doubts import (
    FEWEST_OTHERS,
    Bools,
    frozen,
    nearest_other,
    noise_of_rest,
    slipped,
)
from kvalitetslib.stats.noise import year_noise

FAR = 6.0
"""A jump is at least this many sigma from every other value of its series."""
FAR_ALONE = 8.0
"""The same where there are no other municipalities to tell what is usual."""
FAR_SLIP = 4.0
"""The same for a value that is 10, 100 or 1000 times too large or small."""
FEWEST_ALONE = {PeriodKind.MONTH: 24, PeriodKind.QUARTER: 8}
FEWEST_YEARS_ALONE = 7
_SEXES = {"T": 0, "K": 1, "M": 2}

_Found = Iterator[tuple[int, Doubt]]


def doubts_of(kommun: Kommun, panel: Panel, own: pd.DataFrame) -> tuple[Doubt, ...]:
    """Every doubt about the kommun's own values, at most one a value, in the indicators' order.

    Parameters
    ----------
    kommun : its nämnder say which indicators are followed.
    panel : yearly values of all municipalities, after protection.
    own : the kommun's protected rows (contracts.VALUES with ``withheld``), all groups and periods.

    Notes
    -----
    Withheld and unpublished values take no part, so no doubt can tell anything of them. Values
    before a series break, or before a named change of the way of working, are never held against
    those after it.
    """
    followed = {id for namnd in kommun.namnder for id in namnd.indicators}
    indicators = tuple(each for each in kommun.indicators if each.id in followed)
    values = own_values(own, indicators)
    if len(values.value) == 0:
        return ()
    asked = Asked(values, indicators, honest_in(panel), kommun.kod)
    rules = [_impossible(asked), _unordered(asked)]
    since = values.at >= _starts(indicators)[values.place]
    if since.any():
        usual = usual_in(panel, last_breaks(kommun.indicators))
        series = own_series(values, since, indicators=indicators, kod=kommun.kod, usual=usual)
        away = _away(asked, series)
        rules[1:1] = [_strange(asked, series, DoubtKind.SCALE, _slips(asked, series, away))]
        rules += [
            _strange(asked, series, DoubtKind.JUMP, _jumps(series, away)),
            _strange(asked, series, DoubtKind.FROZEN, _frozen(asked, series)),
        ]
    found: dict[int, Doubt] = {}
    for row, doubt in (each for rule in rules for each in rule):
        found.setdefault(row, doubt)
    return tuple(found[row] for row in sorted(found))


def without_doubted(own: pd.DataFrame, doubts: tuple[Doubt, ...]) -> pd.DataFrame:
    """The rows with doubted values taken out, but for the latest of each series.

    An earlier fault would bend means, noise and trends. A latest one is what findings are about:
    those on it are marked as doubted instead.

    Returns
    -------
    The same rows; those taken out are marked ``withheld`` and have no numbers.
    """
    if not doubts:
        return own
    series = ["indicator", "gender", "age", "area"]
    doubted = pd.MultiIndex.from_tuples(
        [(d.indicator, d.group.gender, d.group.age, d.group.area, d.period) for d in doubts]
    )
    cells = pd.MultiIndex.from_frame(own[[*series, "period"]].astype(str))
    at = own["at"].where(own["value"].notna())
    latest = at.groupby([own[name].astype(str) for name in series], sort=False).transform("max")
    out = cells.isin(doubted) & (at < latest).to_numpy(dtype=bool)
    if not out.any():
        return own
    believed = own.assign(withheld=own["withheld"].to_numpy(dtype=bool) | out)
    believed.loc[out, ["value", "numerator", "denominator"]] = np.nan
    return believed


def _starts(indicators: tuple[Indicator, ...]) -> Floats:
    """(indicators,) from when values can be held against each other."""
    return np.array(
        [
            max((parse_period(b.period).at for b in (*i.breaks, *i.restarts)), default=-np.inf)
            for i in indicators
        ]
    )


def _impossible(asked: Asked) -> _Found:
    """Shares outside 0 to 100 and negative numbers, where a unit does not allow them."""
    shares = np.array([each.unit == "procent" for each in asked.indicators], dtype=bool)
    to_hundred = shares & asked.from_zero & asked.is_bound(asked.honest.above)
    value, place = asked.own.value, asked.own.place
    below = asked.from_zero[place] & (value < 0)
    above = to_hundred[place] & (value > FULL_SHARE)
    for row in np.flatnonzero(below | above):
        high = FULL_SHARE if to_hundred[place[row]] else None
        yield int(row), _doubt(asked, int(row), DoubtKind.RANGE, (0.0, high))


def _unordered(asked: Asked) -> _Found:
    """Totals that are neither between women and men nor within a rounding of one of them.

    It may lie outside where its counts tell of more people than the women and the men.
    """
    own = asked.own
    sex = np.array([_SEXES.get(each.gender, -1) for each in own.groups])[own.group]
    parts = own.place, _others(own)[own.group], own.period
    shape = tuple(int(each.max()) + 1 for each in parts)
    _, number = np.unique(np.ravel_multi_index(parts, shape), return_inverse=True)
    of = np.full((number.max() + 1, len(_SEXES)), -1)
    of[number[sex >= 0], sex[sex >= 0]] = np.flatnonzero(sex >= 0)
    total, women, men = of[(of >= 0).all(axis=1)].T
    low = np.minimum(own.value[women], own.value[men])
    high = np.maximum(own.value[women], own.value[men])
    slack = asked.step[own.place[total]] + SLACK
    wrong = (own.value[total] < low - slack) | (own.value[total] > high + slack)
    wrong &= ~(own.people[total] > own.people[women] + own.people[men])
    means = np.array([each.unit != "antal" or each.decimals > 0 for each in asked.indicators])
    means &= asked.is_bound(asked.honest.unordered)
    for place in np.flatnonzero(wrong & means[own.place[total]]):
        bounds = float(low[place]), float(high[place])
        yield int(total[place]), _doubt(asked, int(total[place]), DoubtKind.SEXES, bounds)


def _others(own: OwnValues) -> Places:
    """(groups,) a number for the age and area of each group, whatever its sex."""
    parts = {(each.age, each.area): None for each in own.groups}
    numbers = {part: number for number, part in enumerate(parts)}
    return np.array([numbers[each.age, each.area] for each in own.groups], dtype=np.int64)


def _away(asked: Asked, series: OwnSeries) -> Floats:
    """(series, periods) distance to the nearest other value, in the noise of the rest."""
    rest = np.fmax(np.nan_to_num(noise_of_rest(series.still)), series.chance)
    sigma = np.fmax(rest, series.sigma[:, None])
    sigma = np.maximum(sigma, asked.step[series.indicator][:, None])
    return np.asarray(np.nan_to_num(nearest_other(series.still)) / sigma)


def _slips(asked: Asked, series: OwnSeries, away: Floats) -> Bools:
    """A decimal point in the wrong place, where the series is not that noisy by itself."""
    able = asked.from_zero[series.indicator][:, None]
    return np.asarray(able & (away > FAR_SLIP) & slipped(series.values))


def _jumps(series: OwnSeries, away: Floats) -> Bools:
    """Values far from all others of their series, and by more than others ever change."""
    alone = np.isnan(series.sigma)
    enough = np.array([FEWEST_ALONE.get(kind, FEWEST_YEARS_ALONE) for kind in PeriodKind])
    enough = np.where(alone, enough[series.kind], FEWEST_OTHERS)
    far = np.where(alone, FAR_ALONE, np.fmax(FAR, series.limit))
    return np.asarray((away > far[:, None]) & (series.n > enough)[:, None])


def _frozen(asked: Asked, series: OwnSeries) -> Bools:
    """Values that stand still; without others the series tells itself how much it moves."""
    alone = year_noise(series.values, shortest=FEWEST_YEARS_ALONE).sigma
    sigma = np.where(np.isnan(series.sigma), alone, series.sigma)
    return frozen(series.values, sigma, asked.step[series.indicator])


def _strange(asked: Asked, series: OwnSeries, kind: DoubtKind, doubted: Bools) -> _Found:
    """The doubted cells, each beside the range of its other values in the series."""
    for number, column in zip(*np.nonzero(doubted & (series.row >= 0)), strict=True):
        others = np.delete(series.values[number], column)
        row = int(series.row[number, column])
        known = float(np.nanmin(others)), float(np.nanmax(others))
        yield row, _doubt(asked, row, kind, (None, None) if kind is DoubtKind.FROZEN else known)


def _doubt(
    asked: Asked, row: int, kind: DoubtKind, expected: tuple[float | None, float | None]
) -> Doubt:
    own = asked.own
    return Doubt(
        kind=kind,
        indicator=asked.indicators[own.place[row]].id,
        group=own.groups[own.group[row]],
        period=own.periods[own.period[row]],
        value=float(own.value[row]),
        low=expected[0],
        high=expected[1],
    )
