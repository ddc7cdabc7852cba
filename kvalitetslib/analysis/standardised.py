"""Areas compared fairly: what they would answer with the same mix of ages and sexes."""

from collections.abc import Sequence

import numpy as np

from kvalitetslib.analysis.rounding import rounded_interval
from kvalitetslib.analysis.survey import WaveScores, step_of
from kvalitetslib.analysis.survey_protect import GroupCells
from kvalitetslib.codebook import BackgroundKind
from kvalitetslib.estimate import Estimate
from kvalitetslib.stats.intervals import t_interval
from kvalitetslib.stats.standardise import EmptyCells, standardised_means
from kvalitetslib.survey_result import SliceResult

_KINDS = (
    (BackgroundKind.GENDER, BackgroundKind.AGE),
    (BackgroundKind.AGE,),
    (BackgroundKind.GENDER,),
)
"""What areas are standardised by: the first that has respondents in every cell of every area."""


def standardised_areas(
    wave: WaveScores, groups: Sequence[GroupCells], item: int
) -> tuple[SliceResult, ...]:
    """Age- and sex-standardised values of the areas that are shown; empty when it cannot be done.

    The standard is the weighted population of the shown areas together.
    """
    shown = [
        each for each in groups if each.domain.group.area and isinstance(each.cells[item], Estimate)
    ]
    if len(shown) < 2:
        return ()
    area = np.full(len(wave.scores), -1)
    for place, each in enumerate(shown):
        area[each.domain.members] = place
    for kinds in _KINDS:
        found = _standardised(wave, item, area, _cell_codes(wave, kinds))
        if found is not None:
            return tuple(
                SliceResult(each.domain.slice, cell, each.n[item], None, None)
                for each, cell in zip(shown, found, strict=True)
            )
    return ()


def _cell_codes(wave: WaveScores, kinds: tuple[BackgroundKind, ...]) -> np.ndarray:
    """One code for each combination of the backgrounds; -1 where one is unknown or small."""
    codes = np.zeros(len(wave.scores), dtype=np.int64)
    for column, variable in enumerate(wave.codebook.backgrounds):
        if variable.kind not in kinds:
            continue
        part = wave.answers.background[:, column].astype(np.int64)
        counts = np.bincount(part[part >= 0], minlength=1)
        few = np.flatnonzero(counts < wave.codebook.certain_n)
        part = np.where(np.isin(part, few), -1, part)
        codes = np.where((part < 0) | (codes < 0), -1, codes * (len(counts) + 1) + part)
    return codes


def _standardised(
    wave: WaveScores, item: int, area: np.ndarray, cell: np.ndarray
) -> list[Estimate] | None:
    known = (cell >= 0) & (area >= 0)
    if not known.any():
        return None
    names, packed = np.unique(cell[known], return_inverse=True)
    codes = np.zeros(len(cell), dtype=np.int64)
    codes[known] = packed
    scores = np.where(known, wave.scores[:, item], np.nan)
    design = wave.weighted.design
    standard = np.bincount(packed, design.weight[known], minlength=len(names))
    try:
        found = standardised_means(
            scores, design, area=np.maximum(area, 0), cell=codes, standard=standard
        )
    except EmptyCells:
        return None
    estimates = []
    for each in found:
        bounds = t_interval(each.value, each.se, max(each.df, 1))
        ends = (float(bounds.low), float(bounds.high))
        value, low, high = rounded_interval(float(each.value), ends, step_of(wave.items[item]))
        estimates.append(Estimate(value, low, high, float(each.n), None, "standardiserat", ""))
    return estimates
