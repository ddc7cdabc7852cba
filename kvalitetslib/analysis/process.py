"""Control charts of the kommun's own monthly and quarterly series: which chart, and what it says.

Shares with known counts get a p chart, rates with known counts a u chart, counts that vary as
chance alone a c chart, all else an XmR chart of the single values. Limits are drawn anew only at a
change that is named and dated in the settings.
"""

import re

import numpy as np
import pandas as pd

from kvalitetslib.analysis.dense import Asked, Dense, dense_totals, goal_of
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.context import AssuranceSign, ChartKind, ProcessChart, VariationSign
from kvalitetslib.model import Break, Direction, Indicator, Kommun
from kvalitetslib.period import parse_period
from kvalitetslib.register import Goal
from kvalitetslib.stats import chart_signal, process
from kvalitetslib.stats.counts_chart import c_chart, p_chart, u_chart
from kvalitetslib.stats.order_chance import varies_like_poisson
from kvalitetslib.stats.process import Chart, xmr_chart

CHART_POINTS = 12
"""Fewest points for a control chart (METHODS: XmR from twelve)."""
_RATE = re.compile(r"per (1[0\s]*0)\b")
_SHARE = "procent"
_COUNT = "antal"
_KINDS = {
    process.ChartKind.XMR: ChartKind.XMR,
    process.ChartKind.P: ChartKind.P,
    process.ChartKind.LANEY_P: ChartKind.P_PRIME,
    process.ChartKind.U: ChartKind.U,
    process.ChartKind.C: ChartKind.C,
    process.ChartKind.LANEY_U: ChartKind.U_PRIME,
}
_VARIATION = {
    chart_signal.Variation.IMPROVEMENT: VariationSign.IMPROVEMENT,
    chart_signal.Variation.CONCERN: VariationSign.CONCERN,
    chart_signal.Variation.CHANGE_UP: VariationSign.CHANGE,
    chart_signal.Variation.CHANGE_DOWN: VariationSign.CHANGE,
    chart_signal.Variation.COMMON: VariationSign.COMMON,
    chart_signal.Variation.UNKNOWN: VariationSign.COMMON,
}
_ASSURANCE = {
    chart_signal.Assurance.ALWAYS: AssuranceSign.ALWAYS,
    chart_signal.Assurance.NEVER: AssuranceSign.NEVER,
    chart_signal.Assurance.SOMETIMES: AssuranceSign.SOMETIMES,
    chart_signal.Assurance.UNKNOWN: AssuranceSign.UNKNOWN,
}
_DIRECTIONS = {Direction.HIGH: 1, Direction.LOW: -1}

Key = tuple[str, str]


def process_charts(
    kommun: Kommun, own: pd.DataFrame, goals: tuple[Goal, ...]
) -> dict[Key, ProcessChart]:
    """The charts of all nämnder, by the nämnd's key and the indicator's id.

    Parameters
    ----------
    own : the kommun's protected rows since each indicator's last series break.
    """
    return {
        (asked.namnd.nyckel, asked.indicator.id): process_chart(asked)
        for asked in asked_of(kommun, own, goals)
        if asked.series.n >= CHART_POINTS
    }


def asked_of(kommun: Kommun, own: pd.DataFrame, goals: tuple[Goal, ...]) -> list[Asked]:
    """Each nämnd's indicators that have several values a year, in the nämnd's own order."""
    known = {each.id: each for each in kommun.indicators}
    dense = dense_totals(own)
    return [
        Asked(namnd, known[id], dense[id], goal_of(goals, namnd, id))
        for namnd in kommun.namnder
        for id in namnd.indicators
        if id in dense
    ]


def chart_of(indicator: Indicator, series: Dense) -> Chart:
    """The chart of a series in the unit of its counts; `factor_of` gives the indicator's own."""
    rebase = [place for _, place in named_places(indicator, series)]
    if factor_of(indicator, series) == 1.0:
        make_single = c_chart if _is_counted_by_chance(indicator, series) else xmr_chart
        return make_single(series.values, rebase=rebase)
    known = ~np.isnan(series.values)
    events, n = (np.where(known, each, np.nan) for each in (series.numerator, series.denominator))
    make = p_chart if _is_share(indicator) else u_chart
    return make(events, n, rebase=rebase)


def factor_of(indicator: Indicator, series: Dense) -> float:
    """What a share or rate of the counts is multiplied by; 1 where the values are not counts.

    Counts must be known at every value and give it but for rounding, else they are of another kind.
    """
    rate = _RATE.search(indicator.unit)
    if not _is_share(indicator) and rate is None:
        return 1.0
    factor = 100.0 if rate is None else float(re.sub(r"\D", "", rate[1]))
    known = ~np.isnan(series.values)
    events, n = series.numerator[known], series.denominator[known]
    if np.isnan(events).any() or not (n > 0).all() or (events < 0).any():
        return 1.0
    if _is_share(indicator) and (events > n).any():
        return 1.0
    step = 10.0**-indicator.decimals
    is_count = np.abs(factor * events / n - series.values[known]) <= step
    return factor if is_count.all() else 1.0


def named_places(indicator: Indicator, series: Dense) -> list[tuple[Break, int]]:
    """The named changes that fall within the series, and the first point after each."""
    starts = [parse_period(each).start for each in series.periods]
    places: dict[int, Break] = {}
    for each in indicator.restarts:
        place = sum(start < parse_period(each.period).start for start in starts)
        if 0 < place < len(starts):
            places[place] = each
    return [(places[place], place) for place in sorted(places)]


def last_restart(indicator: Indicator, series: Dense) -> int:
    """Place of the first point after the last named change that has values after it; else 0."""
    places = [place for _, place in named_places(indicator, series) if place <= series.latest]
    return max(places, default=0)


def process_chart(asked: Asked) -> ProcessChart:
    """The chart with its two signs, in the indicator's own unit."""
    indicator, series = asked.indicator, asked.series
    chart = chart_of(indicator, series)
    factor = factor_of(indicator, series)
    low, high = _bounds(indicator, series)
    target = None if asked.goal is None else asked.goal.target
    direction = _DIRECTIONS.get(indicator.direction, 0)
    return ProcessChart(
        kind=_KINDS[chart.kind],
        periods=series.periods,
        values=_listed(series.values),
        centre=_listed(factor * chart.centre),
        lower=_listed(np.maximum(factor * chart.lower, low)),
        upper=_listed(np.minimum(factor * chart.upper, high)),
        signals=_signals(chart),
        variation=_VARIATION[chart_signal.variation(chart, direction)],
        assurance=_ASSURANCE[assurance_of(asked, chart)],
        target=target,
        restarts=tuple(each for each, _ in named_places(indicator, series)),
        preliminary=chart.preliminary,
    )


def assurance_of(asked: Asked, chart: Chart) -> chart_signal.Assurance:
    """Does the process reach the goal always, never or sometimes; unknown without a goal.

    Unknown too while the limits since the last named change are preliminary, and of values that
    never vary: they have shown no limits of what can come.
    """
    direction = _DIRECTIONS.get(asked.indicator.direction, 0)
    if asked.goal is None or asked.goal.target is None or direction == 0:
        return chart_signal.Assurance.UNKNOWN
    if chart.preliminary or not chart.sigma[chart.latest] > 0:
        return chart_signal.Assurance.UNKNOWN
    target = asked.goal.target / factor_of(asked.indicator, asked.series)
    return chart_signal.assurance(chart, target, direction)


def _signals(chart: Chart) -> tuple[int, ...]:
    """1, -1 or 0 at each point: the direction of the first rule that fired there."""
    rules = np.stack([chart.outside, chart.run, chart.trend, chart.outer_third])
    first = np.argmax(rules != 0, axis=0)
    return tuple(int(each) for each in rules[first, np.arange(rules.shape[1])])


def _bounds(indicator: Indicator, series: Dense) -> tuple[float, float]:
    """What a value can be: a share is 0 to 100, a mean of counted things is not below 0."""
    if _is_share(indicator):
        return 0.0, 100.0
    known = ~np.isnan(series.values)
    is_counted = indicator.unit == _COUNT or not np.isnan(series.numerator[known]).any()
    return (0.0 if is_counted and (series.values[known] >= 0).all() else -np.inf), np.inf


def _is_counted_by_chance(indicator: Indicator, series: Dense) -> bool:
    """Whole numbers of things, with no more and no less spread than events by chance.

    Spread is that of the latest phase without its latest value, which may be the change itself.
    """
    known = series.values[~np.isnan(series.values)]
    if indicator.unit != _COUNT or indicator.decimals or (known < 0).any():
        return False
    if (known != np.round(known)).any():
        return False
    current = series.values[last_restart(indicator, series) : series.latest]
    return varies_like_poisson(current[~np.isnan(current)])


def _is_share(indicator: Indicator) -> bool:
    return indicator.unit == _SHARE


def _listed(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(each) else float(each) for each in values)
