"""All single groups and two-way crossings of a survey at once, with exact standard errors.

One pass counts, per stratum and crossing cell, how many gave each answer, their weight, and
their squared weight. Every share, top-box, mean, index and net promoter score of every group
follows from those sums, and so does its linearised standard error: with m the mean, v the score
of an answer and W, W2 the sums of weight and squared weight,

    V * (sum W)^2 = sum over strata of  c_h * (sum W2 (v - m)^2 - (sum W (v - m))^2 / n_h),

c_h = (1 - n_h / N_h) n_h / (n_h - 1). The first part is a sum of positive terms, so nothing is
lost to cancellation when a share is near 0 or 1. The figures equal those of `stats.survey`.

Worked example: weights 1, answers no, no, yes, yes: W = (2, 2), scores (0, 1), m = 0.5, c = 4/3,
V * 16 = 4/3 * (4 * 0.25 - 0) = 4/3 and the standard error is sqrt(1 / 12) = 0.289.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from kvalitetslib.stats.design import Design, FloatArray, stratum_factors
from kvalitetslib.stats.tally import MISSING, Codes, Layout, Sums, Tally, tally

__all__ = ["MISSING", "Codes", "Cube", "CubeTable", "Margin", "answer_cube"]

Groups = tuple[int, ...]
FULL_CROSS = 4
"""The full crossing is counted at once when it has at most this many cells a respondent."""


@dataclass(frozen=True, eq=False)
class CubeTable:
    """Estimates of d groups and q questions; arrays (d, q), NaN where n is 0.

    n : respondents in the base. n_eff : Kish's effective n. df : as in `stats.survey`.
    """

    value: FloatArray
    se: FloatArray
    df: FloatArray
    n: FloatArray
    n_eff: FloatArray


@dataclass(frozen=True, eq=False)
class Margin:
    """Sums over one crossing of d groups, by answer (all but the last, and all).

    weight : arrays (d, strata, …). count, square, scaled_square : arrays (d, …).
    """

    weight: Sums
    count: Sums
    square: Sums
    scaled_square: Sums


@dataclass(frozen=True, eq=False)
class Cube:
    """Sums for every group set asked for, keyed by the background variables that are crossed.

    `margins[()]` is everybody, `margins[(0,)]` the first variable, `margins[(0, 2)]` the first
    crossed with the third; groups run with the last variable fastest. `missing` (q,) counts the
    answers outside the base.
    """

    margins: Mapping[Groups, Margin]
    levels: tuple[int, ...]
    between: FloatArray
    missing: npt.NDArray[np.int64]

    def means(self, groups: Groups, scores: Sequence[float]) -> CubeTable:
        """Mean of the scores given to the answers, in each group.

        Scores of 0 and 1 give a share or a top-box, (0, 25, 50, 75, 100) an index,
        (-100, 0, 100) a net promoter score.
        """
        margin = self.margins[groups]
        v = np.asarray(scores, dtype=np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            return _table(margin, v, self.between)

    def shares(self, groups: Groups, category: int) -> CubeTable:
        """Share that gave one answer."""
        categories = self.margins[groups].count.parts.shape[-2] + 1
        return self.means(groups, [float(k == category) for k in range(categories)])


def answer_cube(
    answers: Codes, design: Design, factors: Sequence[Codes], *, categories: int
) -> Cube:
    """Cube of questions with one answer scale over background variables.

    Parameters
    ----------
    answers : (n, q) codes 0 to categories - 1, `MISSING` (255) for no answer.
    design : one stage of persons, not calibrated (calibration needs `survey.domain_means`).
    factors : background variables, (n,) codes from 0; MISSING is not allowed: give it a level.
    categories : number of answers on the scale.

    Raises
    ------
    ValueError : for a clustered or calibrated design, a code outside the scale, or lengths that
        differ.
    """
    if not design.elements or design.second is not None or design.calibrations:
        raise ValueError("the cube takes persons in strata; use survey.domain_means")
    levels = tuple(int(factor.max(initial=0)) + 1 for factor in factors)
    factor, centred = stratum_factors(design.first, design.lonely)
    wanted = _crossings(len(factors))
    everything = tuple(range(len(factors)))
    few = len(factor) * int(np.prod(levels)) <= FULL_CROSS * len(answers)
    margins: dict[Groups, Margin] = {}
    for frame in [everything] if few else _widest(wanted):
        layout = _layout(design, [factors[i] for i in frame], factor)
        counted = tally(answers, design.weight, layout, categories=categories)
        inside = [g for g in wanted if set(g) <= set(frame) and g not in margins]
        margins |= _margins(counted, frame, [levels[i] for i in frame], inside)
    answered = margins[()].count.whole[0]
    missing = np.rint((design.weight > 0).sum() - answered).astype(np.int64)
    between = factor * centred / design.first.sampled
    return Cube(margins, levels, between, np.broadcast_to(missing, answers.shape[1:]))


def _layout(design: Design, factors: Sequence[Codes], factor: FloatArray) -> Layout:
    cell, cells = np.zeros(len(design.weight), dtype=np.int32), 1
    for codes in factors:
        if codes.shape != cell.shape:
            raise ValueError(f"expected {len(cell)} codes, found shape {codes.shape}")
        levels = int(codes.max(initial=0)) + 1
        cell *= levels
        cell += codes
        cells *= levels
    cell *= len(factor)
    cell += design.row_stratum
    return Layout(place=cell, cells=cells, factor=factor)


def _margins(
    counted: Tally, frame: Groups, levels: Sequence[int], inside: Sequence[Groups]
) -> dict[Groups, Margin]:
    """Margins of a tally, the smaller ones as sums of a larger one."""
    strata = len(counted.weight.whole) // len(counted.count.whole)
    sums = (counted.weight, counted.count, counted.square, counted.scaled_square)
    tables = [array for part in sums for array in (part.whole, part.parts)]
    shaped = {
        frame: [
            table.reshape(*levels, *((strata,) if i < 2 else ()), *table.shape[1:])
            for i, table in enumerate(tables)
        ]
    }
    for groups in sorted(inside, key=len, reverse=True):
        if groups not in shaped:
            source = min((g for g in shaped if set(groups) < set(g)), key=len)
            axes = tuple(i for i, g in enumerate(source) if g not in groups)
            shaped[groups] = [table.sum(axis=axes) for table in shaped[source]]
    return {g: _margin(shaped[g], len(g)) for g in inside}


def _margin(tables: Sequence[FloatArray], variables: int) -> Margin:
    flat = [
        table.reshape(int(np.prod(table.shape[:variables])), *table.shape[variables:])
        for table in tables
    ]
    pairs = [Sums(flat[i], flat[i + 1]) for i in range(0, 8, 2)]
    return Margin(*pairs)


def _table(margin: Margin, v: FloatArray, between: FloatArray) -> CubeTable:
    """Scores are counted from that of the last answer, whose sums are then not needed."""
    size = margin.weight.whole.sum(axis=1)
    scored = _scored(margin.weight.parts, v)
    shift = scored.sum(axis=1) / size
    scored -= shift[:, None] * margin.weight.whole
    scored *= scored
    centring = np.einsum("h,dhq->dq", between, scored)
    variance = np.maximum(_within(margin, v, shift) - centring, 0.0) / size**2
    n = margin.count.whole
    one_score = _one_score(margin.count, v)
    present = (margin.weight.whole > 0).sum(axis=1)
    return CubeTable(
        value=shift + v[-1],
        se=np.where(one_score, 0.0, np.sqrt(variance)) + 0.0 * shift,
        df=np.broadcast_to(n - present, shift.shape),
        n=np.broadcast_to(n, shift.shape),
        n_eff=np.broadcast_to(size**2 / margin.square.whole, shift.shape),
    )


def _scored(parts: FloatArray, v: FloatArray) -> FloatArray:
    total = np.zeros((*parts.shape[:-2], parts.shape[-1]))
    for k, score in enumerate(v[:-1] - v[-1]):
        if score != 0:
            total += score * parts[..., k, :]
    return total


def _within(margin: Margin, v: FloatArray, shift: FloatArray) -> FloatArray:
    """Sum over answers of squared weight times squared distance to the mean."""
    squares = margin.scaled_square
    last = np.maximum(squares.whole - squares.parts.sum(axis=1), 0.0)
    total = last * shift**2
    for k, score in enumerate(v[:-1] - v[-1]):
        total += squares.parts[:, k] * (score - shift) ** 2
    return np.asarray(total)


def _one_score(count: Sums, v: FloatArray) -> npt.NDArray[np.bool_]:
    """Groups where all gave answers of the same score: no spread, whatever the rounding."""
    last = count.whole - count.parts.sum(axis=1)
    used = np.concatenate([count.parts, last[:, None]], axis=1) > 0
    kinds = [used[:, v == score].any(axis=1) for score in np.unique(v)]
    return np.asarray(np.sum(kinds, axis=0) <= 1)


def _crossings(variables: int) -> list[Groups]:
    return [g for size in (2, 1, 0) for g in combinations(range(variables), size)]


def _widest(wanted: Sequence[Groups]) -> list[Groups]:
    """The crossings that no other crossing contains."""
    return [g for g in wanted if not any(set(g) < set(other) for other in wanted)]
