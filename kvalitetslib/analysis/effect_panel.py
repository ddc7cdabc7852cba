"""An åtgärd on a yearly value that all municipalities have: its change beside the others'.

The years are those that were over when it began, and those that began with it at the latest. The
others stand for what would have happened anyway, also where a bad start had come back by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kvalitetslib.analysis.effect_course import drawn
from kvalitetslib.analysis.effect_found import Beside, Found, Trial, named
from kvalitetslib.analysis.panel import GENDERS, Floats, Panel
from kvalitetslib.model import Group
from kvalitetslib.period import Period, parse_period
from kvalitetslib.stats.placebo import MOST, Placebo, placebo_change
from kvalitetslib.wheel import AS_OTHERS, EffectMethod

WORDS = "jämförelse med andra kommuners förändring från samma utgångsläge (placeboprov)"
MOST_BEFORE = 8
"""Years before the start that tell what is usual."""
FIRST_QUARTER = 92
"""Days of a year that may have passed when an åtgärd begins for the year to be after it."""
_BAD = -1.5
"""Standard deviations of its own noise that a bad last value is from the earlier mean."""


def panel_effect(
    trial: Trial, panel: Panel, kod: str, *, since: float, beside: Sequence[Beside]
) -> Found | None:
    """The change beyond that of the others; None without enough years or others.

    Parameters
    ----------
    panel : yearly values of all municipalities, the own ones after protection.
    since : time of the indicator's last series break; years before it are not read.
    """
    start = trial.atgard.start
    rows, columns = panel.rows([trial.indicator.id]), panel.columns((kod,))
    group = trial.atgard.group
    if start is None or rows[0] < 0 or not len(columns) or group != Group(group.gender):
        return None
    if group.gender not in GENDERS:
        return None
    block = panel.values[rows[0], :, GENDERS.index(group.gender)]
    own = int(columns[0])
    before, after = _years(panel, block[own], start, since)
    if not before or not after:
        return None
    placebo = placebo_change(block[:, before], block[:, after], own)
    if np.isnan(placebo.p):
        return None
    periods = tuple(panel.periods[place] for place in (*before, *after))
    return _found(
        trial, _Years(periods, block[own, [*before, *after]], len(before)), placebo, beside
    )


@dataclass(frozen=True, eq=False)
class _Years:
    """The own values; the first ``n`` are before."""

    periods: tuple[str, ...]
    values: Floats
    n: int

    @property
    def first(self) -> int:
        """Place of the first of those just before, which the mean is of."""
        return max(self.n - MOST, 0)


def _years(panel: Panel, own: Floats, start: date, since: float) -> tuple[list[int], list[int]]:
    """Places of the years with an own value, before and after."""
    periods = [parse_period(text) for text in panel.periods]
    known = ~np.isnan(own) & (panel.at >= since)
    before = [i for i, each in enumerate(periods) if known[i] and each.end < start]
    after = [i for i, each in enumerate(periods) if known[i] and is_after(each, start)]
    return before[-MOST_BEFORE:], after[-MOST:]


def is_after(period: Period, start: date) -> bool:
    """Had at most a quarter of a year passed when it began?"""
    return (start - period.start).days <= FIRST_QUARTER


def _found(trial: Trial, years: _Years, placebo: Placebo, beside: Sequence[Beside]) -> Found:
    n, periods, sign = years.n, years.periods, trial.sign
    usual, now = float(years.values[years.first : n].mean()), float(years.values[n:].mean())
    expected = usual + placebo.expected
    begin, end = (parse_period(periods[place]).end for place in (years.first, -1))
    is_after = np.arange(len(periods)) >= n
    is_usual = ~is_after & (np.arange(len(periods)) >= years.first)
    line = np.where(is_after, now, np.where(is_usual, usual, np.nan))
    return Found(
        method=EffectMethod.PEERS,
        wording=WORDS,
        value=now,
        held=(AS_OTHERS, expected),
        difference=sign * placebo.change,
        bounds=trial.turned(placebo.low, placebo.high),
        p=placebo.p,
        before=(periods[years.first], periods[n - 1]),
        after=(periods[n], periods[-1]),
        n_periods=len(periods),
        naive=sign * placebo.plain,
        returned=bool(sign * placebo.start < _BAD),
        others=sign * placebo.expected,
        n_others=placebo.n,
        shared=named(each for each in beside if begin < each.on <= end),
        values=drawn(periods, years.values),
        fitted=drawn(periods, line),
        counterfactual=drawn(periods, np.where(is_after, expected, np.nan)),
    )
