"""What a survey says to one nämnd: results, who answered, weights and drivers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.drivers import driver_result, published_drivers
from kvalitetslib.analysis.panel import Floats
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
from kvalitetslib.codebook import Background, Item, Measure
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Namnd
from kvalitetslib.register import Goal
from kvalitetslib.sources.answers import NOT_ASKED
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.stats.contrasts import Contrasts
from kvalitetslib.stats.design import Design
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
        return tuple(_response(self.waves.now))

    @cached_property
    def weights(self) -> WeightReport:
        """How the answers were weighted, and what it changed."""
        return _weights(self.waves.now)


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
        design=_design(now),
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


def _response(wave: WaveScores) -> Iterator[ResponseGroup]:
    """Who answered: by stratum against those invited, by background against the population."""
    answers, smallest = wave.answers, wave.codebook.smallest_n
    counts = np.bincount(answers.stratum, minlength=len(answers.wave.strata))
    population = sum(each.population for each in answers.wave.strata)
    weight = wave.weighted.design.weight
    for code, stratum in enumerate(answers.wave.strata):
        n, here = int(counts[code]), answers.stratum == code
        shown = n >= smallest
        yield ResponseGroup(
            dimension="stratum",
            label=stratum.label,
            invited=stratum.invited,
            answered=n if shown else None,
            rate_pct=100 * n / stratum.invited if shown and stratum.invited else None,
            population_pct=100 * stratum.population / population if population else None,
            respondents_pct=100 * n / len(here) if shown else None,
            weighted_pct=_weighted_pct(weight, here) if shown else None,
        )
    for column, variable in enumerate(wave.codebook.backgrounds):
        yield from _background_response(wave, column, variable)


def _weighted_pct(weight: Floats, here: np.ndarray) -> float:
    return rounded(float(100 * weight[here].sum() / weight.sum()), 0.1)


def _background_response(
    wave: WaveScores, column: int, variable: Background
) -> Iterator[ResponseGroup]:
    codes, weight = wave.answers.background[:, column], wave.weighted.design.weight
    known = _population(wave, variable)
    counts = [int((codes == place).sum()) for place in range(len(variable.groups))]
    for place, (key, label) in enumerate(variable.groups):
        shown = counts[place] >= wave.codebook.smallest_n
        yield ResponseGroup(
            dimension=variable.label,
            label=label,
            invited=None,
            answered=counts[place] if shown else None,
            rate_pct=None,
            population_pct=known.get(key),
            respondents_pct=100 * counts[place] / len(codes) if shown else None,
            weighted_pct=_weighted_pct(weight, codes == place) if shown else None,
        )


def _population(wave: WaveScores, variable: Background) -> dict[str, float]:
    """Each group's share of the population, from the first margin that holds the variable."""
    for margin in wave.answers.wave.margins:
        if variable.key in margin.variables:
            place = margin.variables.index(variable.key)
            sums: dict[str, float] = {}
            for groups, count in margin.counts:
                sums[groups[place]] = sums.get(groups[place], 0.0) + count
            whole = sum(sums.values())
            return {key: 100 * count / whole for key, count in sums.items()}
    return {}


def _weights(wave: WaveScores) -> WeightReport:
    weighted = wave.weighted
    mean = weighted.design.weight.mean()
    everyone = [wave.everyone]
    before = domain_means(wave.scores, _unweighted(wave), everyone).value[0]
    after = domain_means(wave.scores, weighted.design, everyone).value[0]
    shares = np.array([each.measure is Measure.POSITIVE for each in wave.items])
    moves = np.where(shares, np.nan_to_num(np.abs(after - before), nan=-1.0), -1.0)
    largest = int(np.argmax(moves))
    return WeightReport(
        method=weighted.method,
        smallest=rounded(float(weighted.spread.smallest / mean), 0.01),
        largest=rounded(float(weighted.spread.largest / mean), 0.01),
        deff=rounded(weighted.spread.deff, 0.01),
        n_eff=rounded(weighted.spread.n_eff, 1.0),
        trimmed=weighted.trimmed,
        largest_move=rounded(float(max(moves[largest], 0.0)), 0.1),
        largest_move_item=wave.items[largest].id,
    )


def _unweighted(wave: WaveScores) -> Design:
    """The plain design with equal weights: the answers as they came in."""
    plain = wave.weighted.plain
    return replace(plain, weight=np.ones(len(plain.weight)))


def _design(wave: WaveScores) -> str:
    """The sample design in a few words; empty when there is nothing but the answers themselves."""
    if not wave.answers.wave.strata and wave.answers.cluster is None:
        return ""
    parts = ["stratifierat urval" if wave.answers.wave.strata else "urval"]
    if wave.answers.cluster is not None:
        parts.append("i kluster")
    if wave.codebook.finite:
        parts.append("med ändlighetskorrektion")
    return " ".join(parts)
