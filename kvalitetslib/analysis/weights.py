"""The sample design of a survey wave: design weights, non-response, known margins, trimming."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kvalitetslib.codebook import Codebook, Margin, Wave, Weighting
from kvalitetslib.errors import DataError, Fault
from kvalitetslib.sources.survey import WaveAnswers
from kvalitetslib.stats.design import Design, sample_design
from kvalitetslib.stats.weighting import (
    TRIM_RATIO,
    NotConverged,
    Totals,
    calibrate,
    consistent_margins,
    poststratify,
    rake,
    trimmed_weights,
    weight_report,
)
from kvalitetslib.stats.weighting import WeightReport as Spread

CALIBRATION_BOUNDS = (0.5, 2.5)
FEWEST_IN_CELL = 20
"""Respondents that every cell needs for post-stratification; with fewer the margins are raked."""


@dataclass(frozen=True, eq=False)
class Weighted:
    """A wave's design before and after weighting, and what it took."""

    plain: Design
    design: Design
    method: str
    spread: Spread
    trimmed: int


def weigh(codebook: Codebook, answers: WaveAnswers) -> Weighted:
    """Weights from strata and design weights, moved to the wave's known margins.

    Each stratum is a response group: those who answered stand for all who were asked there.

    Raises
    ------
    DataError : if the margins cannot be met.
    """
    plain = _sampled(codebook, answers)
    margins = [_totals(margin, codebook, answers, plain) for margin in answers.wave.margins]
    kind = codebook.weighting if margins else Weighting.NONE
    try:
        design, method = _moved(plain, margins, kind)
    except (NotConverged, ValueError) as error:
        raise DataError(_not_met(codebook, answers.wave, error)) from error
    spread = weight_report(design.weight)
    trimmed = 0
    if spread.spread > TRIM_RATIO:
        cut = trimmed_weights(design.weight)
        trimmed = int((cut < design.weight - 1e-9).sum())
        design = replace(design, weight=cut)
        spread = weight_report(cut)
    return Weighted(plain, design, method, spread, trimmed)


def _sampled(codebook: Codebook, answers: WaveAnswers) -> Design:
    people = np.ones(len(answers.stratum))
    population: npt.NDArray[np.float64] | None = None
    if answers.wave.strata:
        sizes = np.array([each.population for each in answers.wave.strata], dtype=float)
        in_stratum = sizes[answers.stratum]
        answered = np.bincount(answers.stratum, minlength=len(sizes))[answers.stratum]
        people = in_stratum / answered
        population = in_stratum if codebook.finite else None
    weight = people if answers.weight is None else answers.weight
    return sample_design(
        weight,
        stratum=answers.stratum,
        cluster=answers.cluster,
        population=population if answers.cluster is None else None,
    )


def _totals(margin: Margin, codebook: Codebook, answers: WaveAnswers, design: Design) -> Totals:
    """The margin's cell of each respondent; those outside it form a cell that keeps its share."""
    places = {each.key: place for place, each in enumerate(codebook.backgrounds)}
    cells = {groups: number for number, (groups, _) in enumerate(margin.counts)}
    names = [
        [key for key, _ in codebook.backgrounds[places[name]].groups] for name in margin.variables
    ]
    columns = [answers.background[:, places[name]] for name in margin.variables]
    outside = len(cells)
    cell = np.full(len(answers.background), outside)
    for groups, number in cells.items():
        here = np.ones(len(cell), dtype=bool)
        for name, column, wanted in zip(names, columns, groups, strict=True):
            here &= column == (name.index(wanted) if wanted in name else -2)
        cell[here] = number
    persons = np.array([count for _, count in margin.counts], dtype=float)
    held = np.bincount(cell, design.weight, minlength=outside + 1)
    if held[outside] > 0:
        share = held[outside] / held[:outside].sum()
        persons = np.append(persons, persons.sum() * share)
    return Totals(cell, persons)


def _moved(plain: Design, margins: list[Totals], kind: Weighting) -> tuple[Design, str]:
    if kind is Weighting.NONE:
        return plain, "designvikter"
    consistent, _ = consistent_margins(margins)
    fewest = min(int(np.bincount(each.cell).min()) for each in consistent)
    if kind is Weighting.POSTSTRATIFY and len(consistent) == 1 and fewest >= FEWEST_IN_CELL:
        return poststratify(plain, consistent[0]), Weighting.POSTSTRATIFY.value
    if kind is Weighting.CALIBRATE:
        auxiliary = np.hstack([np.eye(len(each.persons))[each.cell] for each in consistent])
        totals = np.concatenate([each.persons for each in consistent])
        return calibrate(plain, auxiliary, totals, bounds=CALIBRATION_BOUNDS), kind.value
    return rake(plain, consistent), Weighting.RAKE.value


def _not_met(codebook: Codebook, wave: Wave, error: Exception) -> Fault:
    return Fault(
        file=wave.file,
        row=0,
        column="",
        rule="vikterna kan inte fås att stämma med folkmängden i marginalerna",
        found=f"{codebook.name} {wave.period}: {error}",
        accepted="marginaler vars alla grupper har svarande",
    )
