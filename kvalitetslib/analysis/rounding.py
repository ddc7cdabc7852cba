"""Rounding to the step that a value is published in, so that nothing finer stands beside it.

A group that is left out may be worked out from what is published of the others if any number made
of the unrounded shares is published whole. Everything about an answer to a survey is therefore
rounded here: values, the distance to the ends of their intervals, and p.

Worked example: 66.4 % with the interval 61.6 to 70.9, to whole percent, is 66, and its ends lie
4.8 and 4.5, rounded 5 and 4, from there: 61 to 70. Rounded one by one the three numbers would tell
where between 65.5 and 66.5 the share lies; the distances hardly depend on it.
"""

import math

LEVELS = (0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0)
"""What a p of a survey is rounded up to: two digits would tell a share to the last answer."""


def rounded(value: float, step: float) -> float:
    """The nearest multiple of ``step``, halves to even; unchanged for step 0, NaN stays NaN."""
    if step == 0 or math.isnan(value):
        return value
    return round(round(value / step) * step, 10)


def rounded_interval(
    value: float, ends: tuple[float, float], step: float
) -> tuple[float, float, float]:
    """The value to ``step``, and its ends at rounded distances from it; unchanged for step 0."""
    if step == 0:
        return value, *ends
    shown = rounded(value, step)
    low, high = (round(shown + rounded(end - value, step), 10) for end in ends)
    return shown, low, high


def published_p(p: float, *, also: float = 1.0) -> float:
    """A p or q as an upper bound: the nearest above of `LEVELS` and ``also``; NaN stays NaN.

    ``also`` is the level that decides, so that the bound is on the same side of it as ``p``.
    """
    if math.isnan(p):
        return p
    return min(each for each in (*LEVELS, also) if min(p, 1.0) <= each)
