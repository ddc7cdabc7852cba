"""The numbers behind calibrated weights: corrections g that make sum of g w x meet known totals.

Worked example: four rows of weight 1 with x = -1, -1, 1, 1 and the totals 4 persons and 2 of x
need g = 0.5, 0.5, 1.5, 1.5 (linear).

Sources: Deville & Sarndal (1992), J. Am. Stat. Assoc. 87, 376-382; Deming & Stephan (1940), Ann.
Math. Stat. 11, 427-444 (proportional fitting).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kvalitetslib.stats.design import FloatArray, IntArray

TOLERANCE = 1e-9
"""Largest relative distance to a known total that counts as met."""


class NotConverged(ArithmeticError):
    """The weights could not be made to meet the totals."""


@dataclass(frozen=True, eq=False)
class Totals:
    """A known margin: the cell of each row (n,) and the persons in each cell (cells,)."""

    cell: IntArray
    persons: FloatArray


Correction = Callable[[FloatArray], tuple[FloatArray, FloatArray]]


def linear(u: FloatArray) -> tuple[FloatArray, FloatArray]:
    return 1 + u, np.ones_like(u)


def logit_bounds(low: float, high: float) -> Correction:
    """Correction between two bounds and its derivative (Deville & Sarndal 1992, case 6)."""
    if not 0 <= low < 1 < high:
        raise ValueError(f"bounds must satisfy 0 <= low < 1 < high, found {(low, high)}")
    slope = (high - low) / ((1 - low) * (high - 1))

    def correction(u: FloatArray) -> tuple[FloatArray, FloatArray]:
        odds = np.exp(np.clip(slope * u, -500, 500)) * (1 - low) / (high - 1)
        g = low + (high - low) * odds / (1 + odds)
        return g, slope * (g - low) * (high - g) / (high - low)

    return correction


def solved_corrections(
    weight: FloatArray,
    x: FloatArray,
    wanted: FloatArray,
    correction: Correction,
    max_rounds: int,
) -> FloatArray:
    """Newton steps, halved when they do not come closer."""
    size = np.maximum(np.abs(wanted), np.abs(x).T @ weight)
    size = np.where(size > 0, size, 1.0)
    lagrange = np.zeros(len(wanted))
    g, slope = correction(x @ lagrange)
    miss = wanted - x.T @ (weight * g)
    for _ in range(max_rounds):
        off = np.max(np.abs(miss) / size)
        if off < TOLERANCE * 1e-3:
            break
        step = np.linalg.lstsq((x * (weight * slope)[:, None]).T @ x, miss, rcond=None)[0]
        for _ in range(30):
            g, slope = correction(x @ (lagrange + step))
            miss = wanted - x.T @ (weight * g)
            if np.max(np.abs(miss) / size) < off:
                break
            step = step / 2
        lagrange = lagrange + step
    if not np.max(np.abs(miss) / size) < TOLERANCE:
        raise NotConverged("no weights within the bounds meet the totals")
    return g


def fitted_weights(weight: FloatArray, margins: Sequence[Totals], max_rounds: int) -> FloatArray:
    fitted = weight
    for _ in range(max_rounds):
        for margin in margins:
            now = np.bincount(margin.cell, fitted, minlength=len(margin.persons))
            factor = np.divide(margin.persons, now, out=np.ones(len(now)), where=now > 0)
            fitted = fitted * factor[margin.cell]
        if max(_distance(fitted, margin) for margin in margins) < TOLERANCE * 1e-4:
            break
    worst = max(_distance(fitted, margin) for margin in margins)
    if not worst < TOLERANCE:
        raise NotConverged(f"a margin is off by {worst:.1e} of it after {max_rounds} rounds")
    return fitted


def _distance(weight: FloatArray, margin: Totals) -> float:
    now = np.bincount(margin.cell, weight, minlength=len(margin.persons))
    known = margin.persons > 0
    return float(np.max(np.abs(now[known] / margin.persons[known] - 1)))
