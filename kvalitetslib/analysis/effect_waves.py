"""An åtgärd on a question of a survey: the latest wave after it held against the last one before.

One wave that was bad by chance is followed by a better one. With two waves before, a last one that
was worse than the one before it is left out as well. With one alone nobody can tell, so its p
counts double and the change is at most trolig.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kvalitetslib.analysis.effect_found import Beside, Drawn, Found, Trial, named
from kvalitetslib.analysis.effect_panel import is_after
from kvalitetslib.analysis.survey import (
    Estimated,
    WaveScores,
    estimate_wave,
    score_wave,
    step_of,
)
from kvalitetslib.analysis.survey_question import certain_p
from kvalitetslib.analysis.survey_results import Surveyed
from kvalitetslib.codebook import Item
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Group
from kvalitetslib.period import parse_period
from kvalitetslib.sources.survey import SurveyInput, WaveAnswers
from kvalitetslib.stats.contrasts import Contrasts, independent_contrasts, plain_means
from kvalitetslib.wheel import EffectMethod, NoEffect

WORDS = "skillnad mellan två oberoende mätningar, före och efter åtgärden"
ALONE = 2.0
"""What p is multiplied by when one wave before is all there is. After a wave that was a standard
error or more too bad by chance, 7 % of changes of nothing are then found, and 13 % without."""
UNUSUAL = 1.0
"""Standard errors that a last wave before is worse than the one before it, to be called bad."""


@dataclass(frozen=True, eq=False)
class Side:
    """One wave's value for the group, as it is shown and, of one question, as it is tested."""

    period: str
    cell: Cell
    mean: Contrasts


Sides = Callable[[str], Side | None]
"""The side of a wave by its period; None when the wave does not hold the group."""


def wave_effect(
    trial: Trial,
    item: Item,
    periods: Sequence[str],
    side: Sides,
    *,
    beside: Sequence[Beside] = (),
) -> Found | NoEffect:
    """The change between the waves, or why there is none.

    Parameters
    ----------
    periods : of all waves, in time order.
    """
    start = trial.atgard.start
    assert start is not None
    spans = [parse_period(each) for each in periods]
    before = [each for each in spans if each.end < start][-2:]
    after = [each for each in spans if is_after(each, start)]
    if not before or not after:
        return NoEffect.TOO_FEW if not before else NoEffect.TOO_EARLY
    first, last = before[-1].end, after[-1].end
    if any(first < parse_period(each).end <= last for each in item.breaks):
        return NoEffect.SERIES_BREAK
    sides = [side(each.text) for each in (*before, after[-1])]
    if any(each is None or not isinstance(each.cell, Estimate) for each in sides[-2:]):
        return NoEffect.HIDDEN
    shown = [each for each in sides if each is not None and isinstance(each.cell, Estimate)]
    shared = named(each for each in beside if first < each.on <= last)
    return _found(trial, item, shown, shared)


def answered_sides(
    group: Group, survey: SurveyInput, surveyed: Surveyed | None, item: Item
) -> Sides:
    """The sides of a survey whose answers are known; ``surveyed`` is what is worked out already."""
    waves = {each.wave.period: each for each in survey.waves}

    def side(period: str) -> Side | None:
        wave, estimated = _worked_out(survey, surveyed, waves[period])
        place = wave.items.index(item)
        for each in (estimated.total, *estimated.groups):
            if each.domain.group == group and (each.domain.table == "") is group.is_total:
                y, members = wave.scores[:, [place]], each.domain.members
                means = plain_means(y, wave.weighted.design, members)
                return Side(period, each.cells[place], means)
        return None

    return side


def _worked_out(
    survey: SurveyInput, surveyed: Surveyed | None, answers: WaveAnswers
) -> tuple[WaveScores, Estimated]:
    if surveyed is not None:
        waves = surveyed.waves
        if waves.now.answers is answers:
            return waves.now, waves.estimated
        if waves.then is not None and waves.before is not None and waves.then.answers is answers:
            return waves.then, waves.before
    wave = score_wave(survey.codebook, answers)
    return wave, estimate_wave(wave)


def _found(
    trial: Trial, item: Item, sides: Sequence[Side], shared: tuple[str, ...]
) -> Found | NoEffect:
    *before, after = sides
    sign, last = trial.sign, before[-1]
    change = independent_contrasts(after.mean, last.mean)
    if math.isnan(change.value[0]) or not isinstance(after.cell, Estimate):
        return NoEffect.HIDDEN
    p, told, held = float(change.p[0]) * (ALONE if len(before) == 1 else 1.0), change, last
    returned = len(before) > 1 and _is_bad(sign, independent_contrasts(last.mean, before[0].mean))
    if returned:
        held = before[0]
        told = independent_contrasts(after.mean, held.mean)
        p = max(p, float(told.p[0])) if told.value[0] * change.value[0] > 0 else 1.0
    earlier = held.cell
    assert isinstance(earlier, Estimate)
    return Found(
        method=EffectMethod.WAVES,
        wording=WORDS,
        value=after.cell.value,
        held=(f"mätningen {held.period}", after.cell.value - float(told.value[0])),
        difference=sign * float(told.value[0]),
        bounds=trial.turned(float(told.low[0]), float(told.high[0])),
        p=certain_p(after.cell, min(p, 1.0)),
        before=(before[0].period, last.period),
        after=(after.period, after.period),
        n_periods=len(sides),
        naive=sign * float(np.round(change.value[0] / step_of(item)) * step_of(item)),
        returned=returned,
        firm=len(before) > 1,
        shared=shared,
        values=_values(sides),
        counterfactual=((after.period, earlier.value),),
        step=step_of(item),
        cell=after.cell,
    )


def _is_bad(sign: float, fall: Contrasts) -> bool:
    """Was the last wave before the start worse than the one before it, by more than its error?"""
    return bool(sign * fall.value[0] < -UNUSUAL * fall.se[0])


def _values(sides: Sequence[Side]) -> Drawn:
    return tuple(
        (each.period, each.cell.value) for each in sides if isinstance(each.cell, Estimate)
    )
