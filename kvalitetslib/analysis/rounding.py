"""Rounding to the step that a value is published in."""

import math


def rounded(value: float, step: float) -> float:
    """The nearest multiple of ``step``, halves to even; unchanged for step 0, NaN stays NaN."""
    if step == 0 or math.isnan(value):
        return value
    return round(round(value / step) * step, 10)
