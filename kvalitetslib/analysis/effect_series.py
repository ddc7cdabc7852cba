"""An åtgärd on the own series: a step in a line with memory, or two shares when it is short.

When the values just before the start were unusually bad they may have been the reason for it. Then
the change must hold also when they are left out, and it is that change which is told. But when they
were at another level altogether, by more than chance can do, it is from there that it is counted.
"""

from dataclasses import dataclass, replace

import numpy as np

from kvalitetslib.analysis.effect_course import Course, drawn
from kvalitetslib.analysis.effect_found import Found, Trial
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.process import factor_of
from kvalitetslib.stats.interrupted import Basis, Interrupted, interrupted
from kvalitetslib.stats.level_shift import level_shift
from kvalitetslib.stats.segments import Segments, Shape
from kvalitetslib.stats.selection import bad_before, without_last
from kvalitetslib.stats.share_shift import ShareShift, share_shift
from kvalitetslib.wheel import UNCHANGED, EffectMethod

SERIES_WORDS = "avbruten tidsserie (GLS-AR1, REML)"
COUNTS_WORDS = "två andelar med hänsyn till hur mycket perioderna varierar"
AS_BEFORE = "före åtgärden"
YEARS_FOR_SEASON = 2
"""Years of values from which the season is told apart from a change."""
FEWEST_COUNTED_BEFORE = 6
FEWEST_COUNTED_AFTER = 2
JUST = 4
"""Periods on each side of the start that the plain difference is of."""
SHORTEST_LEVEL = 6
"""Values that a level before the start must have held: more than the bad ones that may be the
reason for the start, which chance can explain."""
BELIEVED = 20.0
"""Fall of the cost from which such a level is believed. Far beyond what the search finds in errors
alone, as a bad spell that is chance would else be what the effect is counted from."""
NOT_HELD = 1.0
"""The p of a change that does not hold without the bad values before the start."""


def series_effect(trial: Trial, course: Course) -> Found | None:
    """The step at the start; None when the series is too short or its values never vary.

    A step alone: a change of slope drawn out to the latest value finds less and errs by more.
    """
    values, is_before = course.series.values, ~course.is_after
    earlier = earlier_level(values[is_before], course.series.at[is_before])
    whole = _fit(course, values, earlier)
    if whole.basis is not Basis.CLAIM:
        return None
    bad = bad_before(_since(course, earlier), good=trial.sign)
    if not bad:
        return _stepped(trial, course, whole, p=whole.effects.level.p, since=earlier)
    rest = _fit(course, without_last(values, is_before, bad), earlier)
    told = _stepped(trial, course, whole, p=NOT_HELD, since=earlier, returned=True)
    if rest.basis is not Basis.CLAIM:
        return replace(told, bounds=(np.nan, np.nan))
    steps = whole.effects.level, rest.effects.level
    p = max(steps[0].p, steps[1].p) if steps[0].estimate * steps[1].estimate > 0 else NOT_HELD
    return _stepped(trial, course, rest, p=p, since=earlier, returned=True)


def earlier_level(values: Floats, at: Floats) -> int | None:
    """The period from which the values before the start were at another level; None if they kept.

    Parameters
    ----------
    values, at : (n,) those before the start, NaN = missing, and the numbers of their periods.
    """
    known = ~np.isnan(values)
    own, times = values[known], at[known]
    if own.size < 2 * SHORTEST_LEVEL or np.ptp(own) == 0:
        return None
    design = np.column_stack([np.ones(own.size), times - times[0]])
    step = level_shift(own, design, times, shortest=SHORTEST_LEVEL, believed=BELIEVED)
    return None if step is None else int(times[np.argmax(step > 0)])


def _since(course: Course, earlier: int | None) -> Floats:
    """The values before the start, from the last change of level on."""
    at = course.series.at
    kept = ~course.is_after & (at >= (at[0] if earlier is None else earlier))
    return course.series.values[kept]


def _fit(course: Course, values: Floats, earlier: int | None) -> Interrupted:
    """With a season when two years are known and enough is left to tell it from."""
    at = course.series.at
    years = (at[-1] - at[0] + 1) / course.per_year
    has_season = course.per_year > 1 and years >= YEARS_FOR_SEASON
    seasons = (course.per_year, None) if has_season else (None,)
    for season in seasons:
        shape = Segments(shape=Shape.LEVEL, season=season, earlier=earlier)
        found = interrupted(values, at, start=course.start, segments=shape)
        if found.basis is Basis.CLAIM:
            break
    return found


def _stepped(
    trial: Trial,
    course: Course,
    fit: Interrupted,
    *,
    p: float,
    since: int | None,
    returned: bool = False,
) -> Found:
    step = fit.effects.level
    period_at = dict(zip(course.series.at.tolist(), course.series.periods, strict=True))
    lines = [
        tuple((period_at[float(at)], float(x)) for at, x in zip(line.at, line.value, strict=True))
        for line in (fit.fitted, fit.counterfactual)
    ]
    return Found(
        method=EffectMethod.SERIES,
        wording=SERIES_WORDS,
        value=float(fit.fitted.value[-1]),
        held=(UNCHANGED, float(fit.counterfactual.value[-1])),
        difference=trial.sign * step.estimate,
        bounds=trial.turned(step.low, step.high),
        p=p,
        before=course.before,
        after=course.after,
        n_periods=course.n_before + course.n_after,
        naive=trial.sign * plain_change(course),
        returned=returned,
        since="" if since is None else period_at[float(since)],
        shared=course.shared,
        values=course.drawn,
        fitted=lines[0],
        counterfactual=lines[1],
    )


def plain_change(course: Course) -> float:
    """The mean of up to four values just after, less that of up to four just before."""
    known = ~np.isnan(course.series.values)
    before = course.series.values[known & ~course.is_after][-JUST:]
    after = course.series.values[known & course.is_after][:JUST]
    return float(after.mean() - before.mean())


@dataclass(frozen=True, eq=False)
class _Counts:
    """Counts behind the values (percent, or a rate of people), NaN where a value is missing."""

    events: Floats
    n: Floats
    factor: float
    same_people: bool


def counts_effect(trial: Trial, course: Course) -> Found | None:
    """The share after against the share before; None without counts, or with too few periods."""
    counts = _counts(trial, course)
    if counts is None or course.n_before < FEWEST_COUNTED_BEFORE:
        return None
    if course.n_after < FEWEST_COUNTED_AFTER:
        return None
    whole = _shift(counts, course, counts.events)
    if np.isnan(whole.p):
        return None
    events = counts.events[~course.is_after]
    share = counts.factor * events / counts.n[~course.is_after]
    bad = bad_before(share, good=trial.sign, sigma=counts.factor * _sigma(counts, whole))
    if not bad:
        return _shifted(trial, course, whole, counts.factor)
    rest = _shift(counts, course, without_last(counts.events, ~course.is_after, bad))
    if np.isnan(rest.p) or rest.difference * whole.difference <= 0:
        return _shifted(trial, course, whole, counts.factor, p=NOT_HELD)
    return _shifted(trial, course, rest, counts.factor, p=max(whole.p, rest.p))


def _counts(trial: Trial, course: Course) -> _Counts | None:
    series = course.series
    factor = factor_of(trial.indicator, series)
    if factor == 1.0:
        return None
    known = ~np.isnan(series.values)
    events, n = (np.where(known, each, np.nan) for each in (series.numerator, series.denominator))
    if (events[known] > n[known]).any():
        return None
    return _Counts(events, n, factor, same_people=not trial.indicator.counts_events)


def _shift(counts: _Counts, course: Course, events: Floats) -> ShareShift:
    return share_shift(events, counts.n, course.is_after, same_people=counts.same_people)


def _sigma(counts: _Counts, shift: ShareShift) -> float:
    """Standard deviation of one period's share."""
    n = float(np.nanmean(counts.n))
    return float(np.sqrt(shift.phi * shift.before * (1 - shift.before) / n))


def _shifted(
    trial: Trial, course: Course, shift: ShareShift, factor: float, *, p: float | None = None
) -> Found:
    before, after = factor * shift.before, factor * shift.after
    line = np.where(course.is_after, after, before)
    periods = course.series.periods
    return Found(
        method=EffectMethod.COUNTS,
        wording=COUNTS_WORDS,
        value=after,
        held=(AS_BEFORE, before),
        difference=trial.sign * factor * shift.difference,
        bounds=trial.turned(factor * shift.low, factor * shift.high),
        p=shift.p if p is None else p,
        before=course.before,
        after=course.after,
        n_periods=course.n_before + course.n_after,
        naive=trial.sign * plain_change(course),
        returned=p is not None,
        shared=course.shared,
        values=course.drawn,
        fitted=drawn(periods, line),
        counterfactual=drawn(periods, np.where(course.is_after, before, np.nan)),
    )
