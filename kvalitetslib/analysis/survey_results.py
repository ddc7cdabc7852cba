"""What a survey says to one nämnd: results, who answered, weights and drivers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.drivers import driver_result, published_drivers
from kvalitetslib.analysis.respondents import design_words, response_groups, weight_report
from kvalitetslib.analysis.rounding import rounded, rounded_interval
from kvalitetslib.analysis.standardised import standardised_areas
from kvalitetslib.analysis.survey import (
    WaveScores,
    change_between,
    contrast_of,
    contrasts_with_rest,
    estimate_wave,
    indicator_of,
    scored_waves,
)
from kvalitetslib.analysis.survey_claims import driver_claims, survey_claims
from kvalitetslib.analysis.survey_protect import SMALL, GroupCells
from kvalitetslib.analysis.survey_question import Waves, owns
from kvalitetslib.codebook import Item
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Namnd
from kvalitetslib.register import Goal
from kvalitetslib.sources.answers import NOT_ASKED
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.stats.contrasts import Contrasts
from kvalitetslib.stats.survey import domain_means
from kvalitetslib.stats.survey_interval import effective_n, share_interval
from kvalitetslib.survey_result import (
    AnswerShare,
    DriverQuadrant,
    DriverResult,
    ItemResult,
    ResponseGroup,
    SliceResult,
    SurveyResult,
    WeightReport,
)

DONT_KNOW, BLANK = -1, -2
_SIGNALS = (DriverQuadrant.PRIORITISE, DriverQuadrant.KEEP)


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A survey worked out once for the whole kommun; nämnder read their slices of it."""

    waves: Waves
    change: Contrasts | None
    contrasts: dict[int, Contrasts]
    drivers: DriverResult | None
    items: tuple[ItemResult, ...]

    @cached_property
    def response(self) -> tuple[ResponseGroup, ...]:
        """Who answered."""
        return tuple(response_groups(self.waves.now))

    @cached_property
    def weights(self) -> WeightReport:
        """How the answers were weighted, and what it changed."""
        return weight_report(self.waves.now)


def work_out(survey: SurveyInput) -> Surveyed:
    """All estimates of a survey, in all groups and crossings."""
    scored = scored_waves(survey)
    now, then = scored[-1], scored[0] if len(scored) > 1 else None
    before = estimate_wave(then) if then else None
    waves = Waves(now, estimate_wave(now), then, before)
    change = change_between(now, then) if then else None
    contrasts = contrasts_with_rest(now, waves.estimated.groups)
    partial = Surveyed(waves, change, contrasts, driver_result(now), ())
    items = tuple(_item_result(partial, place) for place in range(len(now.items)))
    return replace(partial, items=items)


def claims_of(
    surveyed: Surveyed, namnder: Sequence[Namnd], goals: Sequence[Goal]
) -> Iterator[Claim]:
    """Every claim about the survey, the drivers of its overall grade included."""
    yield from survey_claims(surveyed.waves, namnder, goals)
    by_id = {each.id: each for each in surveyed.waves.now.items}
    drivers = surveyed.drivers.drivers if surveyed.drivers else ()
    middle = float(np.mean([each.level for each in drivers])) if drivers else 0.0
    for driver in drivers:
        if driver.quadrant not in _SIGNALS:
            continue
        for namnd in namnder:
            if owns(namnd, by_id[driver.item], surveyed.waves.now.codebook.key):
                yield driver_claims(
                    by_id[driver.item],
                    surveyed.waves,
                    namnd,
                    level_difference=driver.level - middle,
                    signal=driver.quadrant.value,
                )


def survey_result(
    surveyed: Surveyed, namnd: Namnd, evidence: dict[str, list[str]]
) -> SurveyResult | None:
    """The survey as the nämnd sees it; None when none of its questions are the nämnd's."""
    now = surveyed.waves.now
    codebook = now.codebook
    items = tuple(
        replace(each, evidence=tuple(evidence.get(each.indicator.id, ())))
        for each in surveyed.items
        if owns(namnd, each.item, codebook.key)
    )
    if not items:
        return None
    wave = now.answers.wave
    answered = len(now.scores)
    own = {each.item.id for each in items}
    drivers = surveyed.drivers
    shows_drivers = drivers is not None and (
        drivers.overall in own or any(each.item in own for each in drivers.drivers)
    )
    return SurveyResult(
        key=codebook.key,
        name=codebook.name,
        source=codebook.source,
        population=codebook.population,
        period=wave.period,
        earlier_period=surveyed.waves.then.answers.wave.period if surveyed.waves.then else "",
        invited=wave.invited or None,
        answered=answered,
        rate_pct=100 * answered / wave.invited if wave.invited else None,
        items=items,
        response=surveyed.response,
        weights=surveyed.weights,
        drivers=published_drivers(drivers) if drivers is not None and shows_drivers else None,
        excluded=now.answers.excluded,
        design=design_words(now),
        note=codebook.note,
    )


def _item_result(surveyed: Surveyed, place: int) -> ItemResult:
    now, estimated = surveyed.waves.now, surveyed.waves.estimated
    item = now.items[place]
    codes = now.codes_of(item)
    asked = int((codes != NOT_ASKED).sum())
    told = asked >= now.codebook.smallest_n
    total = estimated.total.cells[place]
    broken = now.answers.wave.period in item.breaks
    earlier = None if broken else _earlier_total(surveyed, place)
    compared = isinstance(earlier, Estimate)
    return ItemResult(
        item=item,
        indicator=indicator_of(now.codebook, item),
        total=total,
        answers=_answers(now, item, codes) if item.answers and isinstance(total, Estimate) else (),
        dont_know_pct=rounded(100 * int((codes == DONT_KNOW).sum()) / asked, 1.0) if told else None,
        blank_pct=rounded(100 * int((codes == BLANK).sum()) / asked, 1.0) if told else None,
        groups=tuple(
            _slice(surveyed, each, place, number) for number, each in enumerate(estimated.groups)
        ),
        crossings=tuple(_plain_slice(each, place) for each in estimated.crossings),
        earlier=earlier,
        change=contrast_of(surveyed.change, place, item) if surveyed.change and compared else None,
        standardised=standardised_areas(now, estimated.groups, place),
        evidence=(),
    )


def _earlier_total(surveyed: Surveyed, place: int) -> Cell | None:
    """The value of the wave before; None when it did not ask the question."""
    before = surveyed.waves.before
    return before.total.cells[place] if before and before.total.n[place] else None


def _slice(surveyed: Surveyed, cells: GroupCells, place: int, number: int) -> SliceResult:
    item = surveyed.waves.now.items[place]
    broken = surveyed.waves.now.answers.wave.period in item.breaks
    compared = _earlier_total(surveyed, place) is not None and not broken
    before = surveyed.waves.before
    earlier = before.groups[number] if before and compared else None
    shown = isinstance(cells.cells[place], Estimate)
    return SliceResult(
        slice=cells.domain.slice,
        cell=cells.cells[place],
        n=cells.n[place] if shown else None,
        against_rest=contrast_of(surveyed.contrasts[number], place, item) if shown else None,
        earlier=earlier.cells[place] if earlier else None,
    )


def _plain_slice(cells: GroupCells, place: int) -> SliceResult:
    shown = isinstance(cells.cells[place], Estimate)
    n = cells.n[place] if shown else None
    return SliceResult(cells.domain.slice, cells.cells[place], n, None, None)


def _answers(wave: WaveScores, item: Item, codes: np.ndarray) -> tuple[AnswerShare, ...]:
    """The share of each answer among those who took a stand."""
    steps = len(item.answers)
    known = codes >= 0
    given = np.where(known[:, None], codes[:, None] == np.arange(steps), np.nan)
    found = domain_means(given, wave.weighted.design, [wave.everyone])
    n_eff = effective_n(found.value, found.se, found.n, found.n_eff)
    bounds = share_interval(found.value, n_eff, found.df)
    return tuple(
        AnswerShare(
            answer.label,
            _share(
                found.value[0, step], (bounds.low[0, step], bounds.high[0, step]), found.n[0, 0]
            ),
            answer.positive,
        )
        for step, answer in enumerate(item.answers)
    )


def _share(value: float, bounds: tuple[float, float], n: float) -> Cell:
    if np.isnan(value):
        return SMALL
    ends = (100 * float(bounds[0]), 100 * float(bounds[1]))
    share, low, high = rounded_interval(100 * float(value), ends, 1.0)
    return Estimate(share, low, high, float(n), None, "viktad skattning", "")
