"""Who answered a survey, and how their answers were weighted to stand for everyone."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.rounding import rounded
from kvalitetslib.analysis.survey import WaveScores
from kvalitetslib.codebook import Background, Measure
from kvalitetslib.stats.design import Design
from kvalitetslib.stats.survey import domain_means
from kvalitetslib.survey_result import ResponseGroup, WeightReport


def response_groups(wave: WaveScores) -> Iterator[ResponseGroup]:
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


def weight_report(wave: WaveScores) -> WeightReport:
    """How the answers were weighted, and the most that it moved a share."""
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


def design_words(wave: WaveScores) -> str:
    """The sample design in a few words; empty when there is nothing but the answers themselves."""
    if not wave.answers.wave.strata and wave.answers.cluster is None:
        return ""
    parts = ["stratifierat urval" if wave.answers.wave.strata else "urval"]
    if wave.answers.cluster is not None:
        parts.append("i kluster")
    if wave.codebook.finite:
        parts.append("med ändlighetskorrektion")
    return " ".join(parts)
