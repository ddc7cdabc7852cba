"""What a fit of segments says: each change with its interval, and the lines with theirs.

Worked example: a change of 3.0 with standard error 1.0 and 8 degrees of freedom has the 95 %
interval 3.0 +- 2.306, so 0.7 to 5.3, and p = 0.017.
"""

from dataclasses import dataclass

import numpy as np

from kvalitetslib.stats.autoregression import LinearFit, linear_sums
from kvalitetslib.stats.intervals import Floats, t_interval

LEVEL = 0.95


@dataclass(frozen=True)
class Effect:
    """A change with standard error, interval and two-sided p; NaN where it is not in the model."""

    estimate: float = np.nan
    se: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan


NO_EFFECT_IN_MODEL = Effect()


@dataclass(frozen=True)
class Effects:
    """Change of level at the start, of slope per period, and the effect at the last point."""

    level: Effect = NO_EFFECT_IN_MODEL
    slope: Effect = NO_EFFECT_IN_MODEL
    last: Effect = NO_EFFECT_IN_MODEL


NO_EFFECTS = Effects()


@dataclass(frozen=True, eq=False)
class Line:
    """Values (m,) at the periods ``at`` (m,), with bounds for the line, not for single points."""

    at: Floats
    value: Floats
    low: Floats
    high: Floats


NO_LINE = Line(*[np.empty(0)] * 4)


def effects_of(fit: LinearFit, rows: dict[str, Floats]) -> Effects:
    """Effects of a fit to one series; ``rows`` are the weights (k,) of those in the model."""
    sums = linear_sums(fit, np.stack(list(rows.values())))
    bounds = t_interval(sums.estimate, sums.se, sums.df, LEVEL)
    columns = zip(sums.estimate, sums.se, bounds.low, bounds.high, sums.p, strict=True)
    return Effects(
        **{
            name: Effect(*(float(number) for number in column))
            for name, column in zip(rows, columns, strict=True)
        }
    )


def line_of(fit: LinearFit, at: Floats, rows: Floats) -> Line:
    """Line of a fit to one series at ``at`` (m,), where the design is ``rows`` (m, k)."""
    sums = linear_sums(fit, rows)
    bounds = t_interval(sums.estimate, sums.se, sums.df, LEVEL)
    return Line(at, sums.estimate, bounds.low, bounds.high)
