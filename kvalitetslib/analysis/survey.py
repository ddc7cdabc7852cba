"""From answers to results: every question in every group, with what may be shown.

All questions are estimated together, group by group, as the weights and strata are the same for
all. A question's number is its measure: the share of positive answers, a mean, an index 0-100 or a
net promoter score, in percent or points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kvalitetslib.analysis.crossings import Domain, crossing, pairs, singles
from kvalitetslib.analysis.hme import hme_items, hme_scores
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.rounding import published_p, rounded_interval
from kvalitetslib.analysis.survey_protect import (
    SMALL,
    GroupCells,
    Limit,
    protected,
    protected_crossings,
)
from kvalitetslib.analysis.weights import Weighted, weigh
from kvalitetslib.codebook import Codebook, IntervalKind, Item, Measure, ScaleKind
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Group, Indicator, Perspective
from kvalitetslib.sources.answers import NOT_ASKED
from kvalitetslib.sources.survey import SurveyInput, WaveAnswers
from kvalitetslib.stats.contrasts import (
    Contrasts,
    domain_contrasts,
    independent_contrasts,
    plain_means,
)
from kvalitetslib.stats.intervals import t_interval
from kvalitetslib.stats.scores import index_scores, nps_scores
from kvalitetslib.stats.survey import DomainTable, domain_means
from kvalitetslib.stats.survey_interval import (
    Quality,
    QualityRule,
    effective_n,
    korn_graubard_interval,
    quality,
    share_interval,
)
from kvalitetslib.survey_result import Contrast, Slice

OTHER_SEX = {"K": "M", "M": "K"}
UNITS = {
    Measure.POSITIVE: "procent",
    Measure.MEAN: "poäng",
    Measure.INDEX: "index",
    Measure.NPS: "nps",
}


@dataclass(frozen=True, eq=False)
class WaveScores:
    """One wave, weighted, with a score for each answer.

    ``scores`` (respondents, items) is in the unit of the measure, NaN outside the base.
    """

    codebook: Codebook
    items: tuple[Item, ...]
    answers: WaveAnswers
    weighted: Weighted
    scores: Floats

    def codes_of(self, item: Item) -> np.ndarray:
        """The answer places of a question; not asked for an index that is made of others."""
        places = {each.id: place for place, each in enumerate(self.codebook.items)}
        if item.id not in places:
            return np.full(len(self.scores), NOT_ASKED, dtype=np.int8)
        return self.answers.codes[:, places[item.id]]

    @cached_property
    def domains(self) -> list[Domain]:
        return singles(self.codebook, self.answers.background)

    @cached_property
    def everyone(self) -> np.ndarray:
        return np.ones(len(self.scores), dtype=bool)


@dataclass(frozen=True, eq=False)
class Estimated:
    """A wave's results: for all, for each group, and for each crossing of two groups."""

    total: GroupCells
    groups: tuple[GroupCells, ...]
    crossings: tuple[GroupCells, ...]


def closed_items(codebook: Codebook) -> tuple[Item, ...]:
    """The questions that have fixed answers."""
    return tuple(each for each in codebook.items if each.scale is not ScaleKind.OPEN)


def indicator_of(codebook: Codebook, item: Item) -> Indicator:
    """The question as an indicator, so that its evidence reads like any other."""
    return Indicator(
        id=f"{codebook.key}:{item.id}",
        title=item.text,
        subject=item.subject,
        unit=UNITS[item.measure],
        direction=item.direction,
        decimals=1 if item.measure is Measure.MEAN else 0,
        delta=item.delta,
        perspective=Perspective.USER,
        source=codebook.source,
        area="enkät",
        concerns_children=item.concerns_children,
    )


def score_wave(codebook: Codebook, answers: WaveAnswers) -> WaveScores:
    """Weights and scores of one wave."""
    items = closed_items(codebook)
    order = {each.id: place for place, each in enumerate(codebook.items)}
    indexes = hme_items(codebook)
    columns = [
        *(hme_scores(codebook, answers.codes, item) for item in indexes),
        *(_scored(answers.codes[:, order[item.id]], item) for item in items),
    ]
    items = (*indexes, *items)
    return WaveScores(codebook, items, answers, weigh(codebook, answers), np.column_stack(columns))


def estimate_wave(wave: WaveScores) -> Estimated:
    """Every single group and every two-way crossing, protected.

    Notes
    -----
    A cell is shown when the group is large enough and its quality class is A or B. Values are
    rounded to `step_of` before they leave this floor, and `survey_protect` withholds one more cell
    where a reader could still work out what is left over.
    """
    total = _cells(wave, [_everyone(wave)])[0]
    groups = _cells(wave, wave.domains)
    crossed = _cells(wave, [crossing(a, b) for a, b in pairs(wave.domains)])
    limit = Limit(
        wave.codebook.smallest_n,
        tuple(step_of(each) / _length(each) for each in wave.items),
    )
    single = protected(groups, {each.domain.table: total for each in groups}, limit)
    return Estimated(total, tuple(single), tuple(protected_crossings(crossed, single, limit)))


def step_of(item: Item) -> float:
    """What the published value is rounded to: whole percent and index points, tenths of a mean."""
    return 0.1 if item.measure is Measure.MEAN else 1.0


def contrasts_with_rest(wave: WaveScores, groups: Sequence[GroupCells]) -> dict[int, Contrasts]:
    """Each group against the others of its split that are shown, by place among the domains.

    Women are held against men alone, and men against women. A withheld group is on neither side:
    a difference and the shown value would give it away.
    """
    if not wave.domains:
        return {}
    members = np.column_stack([each.members for each in wave.domains])
    shown = np.array([[isinstance(cell, Estimate) for cell in each.cells] for each in groups])
    found = {}
    for place, each in enumerate(wave.domains):
        others = [
            number
            for number, other in enumerate(wave.domains)
            if number != place and _is_held_against(each, other)
        ]
        found[place] = domain_contrasts(
            wave.scores,
            wave.weighted.design,
            each.members[:, None] & shown[place],
            members[:, others] @ shown[others],
        )
    return found


def _is_held_against(each: Domain, other: Domain) -> bool:
    against = OTHER_SEX.get(each.group.gender)
    return other.table == each.table and against in (None, other.group.gender)


def change_between(now: WaveScores, then: WaveScores) -> Contrasts:
    """Now less then for each item of ``now``; NaN where the earlier wave did not ask it."""
    return independent_contrasts(
        plain_means(now.scores, now.weighted.design, now.everyone),
        plain_means(then.scores, then.weighted.design, then.everyone),
    )


def contrast_of(found: Contrasts, place: int, item: Item) -> Contrast | None:
    """One item's contrast, rounded like its values; None where it cannot be tested."""
    if np.isnan(found.p[place]):
        return None
    ends = (float(found.low[place]), float(found.high[place]))
    value, low, high = rounded_interval(float(found.value[place]), ends, step_of(item))
    return Contrast(value, low, high, published_p(float(found.p[place])))


def scored_waves(survey: SurveyInput) -> tuple[WaveScores, ...]:
    """The latest wave and, when there is one, the wave before it."""
    return tuple(score_wave(survey.codebook, each) for each in survey.waves[-2:])


def _scored(codes: np.ndarray, item: Item) -> Floats:
    """Scores of answer places; don't know, blank and not asked are NaN."""
    steps = len(item.answers)
    table = {
        Measure.POSITIVE: [100.0 * each.positive for each in item.answers],
        Measure.MEAN: [float(place + 1) for place in range(steps)],
        Measure.INDEX: index_scores(steps) if steps > 1 else [np.nan] * steps,
        Measure.NPS: nps_scores(),
    }[item.measure]
    return np.where(codes >= 0, np.append(table, np.nan)[codes], np.nan)


def _everyone(wave: WaveScores) -> Domain:
    return Domain(Slice((), "alla"), wave.everyone, Group(), "")


def _cells(wave: WaveScores, domains: Sequence[Domain]) -> list[GroupCells]:
    """Cells of many groups: class C and groups below the smallest size are withheld."""
    if not domains:
        return []
    found = domain_means(wave.scores, wave.weighted.design, [each.members for each in domains])
    low, high, classes = _intervals(wave, found)
    return [
        GroupCells(
            domain,
            tuple(
                _cell(found, (row, place), (low, high), (str(classes[row, place]), step_of(item)))
                for place, item in enumerate(wave.items)
            ),
            tuple(int(each) for each in found.n[row]),
        )
        for row, domain in enumerate(domains)
    ]


def _intervals(wave: WaveScores, found: DomainTable) -> tuple[Floats, Floats, np.ndarray]:
    """Wilson on the effective n for shares, t intervals for the rest, and the quality class."""
    is_share = np.array([each.measure is Measure.POSITIVE for each in wave.items])
    share, error = found.value / 100, found.se / 100
    n_eff = effective_n(share.clip(0, 1), error, found.n, found.n_eff)
    if wave.codebook.interval is IntervalKind.KORN_GRAUBARD:
        bounds = korn_graubard_interval(share.clip(0, 1), n_eff, found.n, found.df)
    else:
        bounds = share_interval(share.clip(0, 1), n_eff, found.df)
    plain = t_interval(found.value, found.se, np.maximum(found.df, 1))
    low = np.where(is_share, 100 * bounds.low, plain.low)
    high = np.where(is_share, 100 * bounds.high, plain.high)
    lengths = np.array([_length(each) for each in wave.items])
    starts = np.array([_start(each) for each in wave.items])
    rule = QualityRule(smallest_n=wave.codebook.smallest_n, certain_n=wave.codebook.certain_n)
    with np.errstate(invalid="ignore"):
        classes = quality(
            ((found.value - starts) / lengths).clip(0, 1),
            type(bounds)((low - starts) / lengths, (high - starts) / lengths),
            n=found.n,
            n_eff=n_eff,
            df=found.df,
            rule=rule,
        )
    return low, high, classes


def _length(item: Item) -> float:
    """Distance from the lowest to the highest possible value of the measure."""
    lengths = {Measure.MEAN: max(len(item.answers) - 1, 1), Measure.NPS: 200}
    return float(lengths.get(item.measure, 100))


def _start(item: Item) -> float:
    return {Measure.MEAN: 1.0, Measure.NPS: -100.0}.get(item.measure, 0.0)


def _cell(
    found: DomainTable,
    place: tuple[int, int],
    bounds: tuple[Floats, Floats],
    shown: tuple[str, float],
) -> Cell:
    class_, step = shown
    if class_ == Quality.C or np.isnan(found.value[place]):
        return SMALL
    ends = (float(bounds[0][place]), float(bounds[1][place]))
    value, low, high = rounded_interval(float(found.value[place]), ends, step)
    return Estimate(
        value=value,
        low=low,
        high=high,
        n=float(found.n[place]),
        n_eff=None,
        method="viktad skattning",
        quality=class_,
    )
