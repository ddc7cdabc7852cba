"""What each åtgärd gave: by the method that its data allow, or why nothing was measured.

Months, quarters and long yearly series of the own have a step tested in them; yearly values that
all municipalities have are held against the others'; questions of a survey are compared between
two waves; short series of known counts by their pooled shares. Each that is tested makes one
claim, and its verdict is that of the evidence, corrected for all that the nämnd asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.effect_course import Course, course_of, rows_of
from kvalitetslib.analysis.effect_found import Beside, Found, Trial, Tried, not_measured, tried
from kvalitetslib.analysis.effect_panel import panel_effect
from kvalitetslib.analysis.effect_published import (
    periods_of,
    published_rows,
    published_sides,
)
from kvalitetslib.analysis.effect_series import counts_effect, series_effect
from kvalitetslib.analysis.effect_waves import answered_sides, wave_effect
from kvalitetslib.analysis.panel import Panel
from kvalitetslib.analysis.survey import closed_items, indicator_of
from kvalitetslib.analysis.survey_question import owns
from kvalitetslib.analysis.survey_results import Surveyed
from kvalitetslib.codebook import Item
from kvalitetslib.model import Indicator, Kommun, Namnd
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Evidence
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.stats.interrupted import FEWEST_AFTER, FEWEST_BEFORE, SHORTEST_BEFORE
from kvalitetslib.verdict import Question
from kvalitetslib.wheel import Effect, NoEffect

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment

_NOT_BEGUN = (Status.PLANNED, Status.REFUSED)


@dataclass(frozen=True, eq=False)
class Measured:
    """All that åtgärder can be measured by.

    ``own`` are the kommun's protected rows since each indicator's last break, ``panel`` all
    municipalities' yearly values with the own ones protected, ``on`` the day of the report.
    """

    kommun: Kommun
    own: pd.DataFrame
    panel: Panel
    on: date
    surveys: tuple[SurveyInput, ...] = ()
    surveyed: tuple[Surveyed, ...] = ()


def tried_effects(measured: Measured, atgarder: Sequence[Atgard]) -> tuple[Tried, ...]:
    """One for each åtgärd of a nämnd that the kommun has, in their order."""
    namnder = {each.nyckel: each for each in measured.kommun.namnder}
    return tuple(
        _tried(measured, namnder[each.namnd], each, atgarder)
        for each in atgarder
        if each.namnd in namnder
    )


def claims_of_effects(tried: Sequence[Tried]) -> Iterator[Claim]:
    """The claims of those that were measured."""
    return (each.claim for each in tried if each.claim is not None)


def effects_of(assessment: "Assessment", namnd: str) -> tuple[Effect, ...]:
    """The effects of a nämnd's åtgärder, judged as their evidence is."""
    evidence = {
        each.text: each
        for _, each in assessment.pairs.get(namnd, ())
        if each.question is Question.EFFECT
    }
    ids = {each.id for each in assessment.inputs.atgarder if each.namnd == namnd}
    return tuple(
        judged(each.effect, evidence.get(each.effect.atgard))
        for each in assessment.tried
        if each.effect.atgard in ids
    )


def judged(effect: Effect, evidence: Evidence | None) -> Effect:
    """The effect with the verdict, the numbers and the id of its evidence."""
    if evidence is None:
        return effect
    return replace(
        effect,
        verdict=evidence.verdict,
        evidence=evidence.id,
        change=evidence.difference,
        low=evidence.low,
        high=evidence.high,
        p=evidence.p,
    )


def _tried(measured: Measured, namnd: Namnd, atgard: Atgard, every: Sequence[Atgard]) -> Tried:
    if not _has_begun(atgard, measured.on):
        return not_measured(None, atgard, NoEffect.NOT_STARTED)
    key, _, item = atgard.indicator.partition(":")
    beside = [*_others(atgard, every, measured.on)]
    if item:
        return _asked(measured, namnd, atgard, beside)
    known = {each.id: each for each in measured.kommun.indicators}
    if key not in namnd.indicators:
        return not_measured(None, atgard, NoEffect.NO_INDICATOR)
    trial = Trial(namnd, known[key], atgard)
    if np.isnan(trial.sign):
        return not_measured(trial, atgard, NoEffect.NO_DIRECTION)
    beside += [Beside(parse_period(each.period).start) for each in trial.indicator.restarts]
    found = _found(measured, trial, beside)
    return tried(trial, found) if isinstance(found, Found) else not_measured(trial, atgard, found)


def _has_begun(atgard: Atgard, on: date) -> bool:
    return atgard.start is not None and atgard.start <= on and atgard.status not in _NOT_BEGUN


def _others(atgard: Atgard, every: Sequence[Atgard], on: date) -> Iterator[Beside]:
    """The other åtgärder on the same indicator, for the same group or where one is for all."""
    for each in every:
        is_same = each.indicator == atgard.indicator and each.id != atgard.id
        overlaps = each.group == atgard.group or each.group.is_total or atgard.group.is_total
        if is_same and overlaps and each.start is not None and _has_begun(each, on):
            yield Beside(each.start, each.id)


def _found(measured: Measured, trial: Trial, beside: Sequence[Beside]) -> Found | NoEffect:
    """By the first method that the data allow."""
    start, since = trial.atgard.start, _last_break(trial.indicator)
    assert start is not None
    if since is not None and since > start:
        return NoEffect.SERIES_BREAK
    rows = rows_of(measured.own, trial.indicator.id, trial.atgard.group)
    course = course_of(rows, start, beside)
    if course is not None and course.n_before and course.n_after:
        found = _beside_others(measured, trial, beside) if course.per_year == 1 else None
        found = found or series_effect(trial, course) or counts_effect(trial, course)
        if found is not None:
            return found
    return _why_not(rows, course)


def _beside_others(measured: Measured, trial: Trial, beside: Sequence[Beside]) -> Found | None:
    since = _last_break(trial.indicator)
    at = -np.inf if since is None else since.year + (since.month - 1) / 12
    kod = measured.kommun.kod
    return panel_effect(trial, measured.panel, kod, since=at, beside=beside)


def _last_break(indicator: Indicator) -> date | None:
    starts = [parse_period(each.period).start for each in indicator.breaks]
    return max(starts, default=None)


def _why_not(rows: pd.DataFrame, course: Course | None) -> NoEffect:
    if rows["withheld"].sum() > rows["value"].notna().sum():
        return NoEffect.HIDDEN
    if course is None:
        return NoEffect.NO_VALUES
    if course.n_before < SHORTEST_BEFORE:
        return NoEffect.TOO_FEW
    if course.n_after < FEWEST_AFTER:
        return NoEffect.TOO_EARLY
    return NoEffect.TOO_FEW if course.n_before < FEWEST_BEFORE else NoEffect.NO_SCATTER


def _asked(measured: Measured, namnd: Namnd, atgard: Atgard, beside: Sequence[Beside]) -> Tried:
    """An åtgärd on a question of a survey."""
    key, _, id = atgard.indicator.partition(":")
    survey = next((each for each in measured.surveys if each.codebook.key == key), None)
    items = closed_items(survey.codebook) if survey is not None else ()
    item = next((each for each in items if each.id == id), None)
    if survey is None or item is None or not owns(namnd, item, key):
        return not_measured(None, atgard, NoEffect.NO_VALUES)
    trial = Trial(namnd, indicator_of(survey.codebook, item), atgard)
    if np.isnan(trial.sign):
        return not_measured(trial, atgard, NoEffect.NO_DIRECTION)
    found = _between_waves(measured, trial, survey, item, beside)
    return tried(trial, found) if isinstance(found, Found) else not_measured(trial, atgard, found)


def _between_waves(
    measured: Measured,
    trial: Trial,
    survey: SurveyInput,
    item: Item,
    beside: Sequence[Beside],
) -> Found | NoEffect:
    """By the answers, or by what is published of them."""
    group = trial.atgard.group
    if survey.waves:
        periods = [each.wave.period for each in survey.waves]
        same = (each for each in measured.surveyed if each.waves.now.codebook is survey.codebook)
        sides = answered_sides(group, survey, next(same, None), item)
        return wave_effect(trial, item, periods, sides, beside=beside)
    if survey.published.empty:
        return NoEffect.NO_VALUES
    kommun = measured.kommun
    rows = published_rows(survey, item, group, kommun)
    smallest = max(survey.codebook.smallest_n, kommun.policy.smallest_group)
    sides = published_sides(rows, item, smallest=smallest)
    return wave_effect(trial, item, periods_of(rows), sides, beside=beside)
