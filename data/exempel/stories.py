"""Own monthly series with the stories of the improvement wheel, and the complaints beside them.

What is true changes from month to month as written here; ``texter/atgarder.toml`` holds what was
done about it and ``truths.py`` what must be found.
"""

from collections.abc import Mapping

import numpy as np
from exempel.own import NONE, Own, Rate, Shares

MONTHS = tuple(
    f"{year}M{month:02}"
    for year in range(2022, 2027)
    for month in range(1, 13)
    if (year, month) <= (2026, 9)
)


def _from(levels: Mapping[str, float]) -> Rate:
    """The level of the latest named month, from the first one on."""

    def rate(progress: float, shape: tuple[int, int, int]) -> Shares:
        month = MONTHS[round(progress * (len(MONTHS) - 1))]
        return np.full(shape, levels[max(each for each in levels if each <= month)])

    return rate


PROMISE = _from({"2022M01": 0.87, "2025M01": 0.66, "2025M09": 0.88})
"""Answers within five minutes: a promise kept, broken for three quarters and kept again."""
WORKS = _from({"2022M01": 0.7, "2025M03": 0.87})
"""Places in preschool from the wished day: a measure that works."""
LATE = _from({"2022M01": 0.6, "2025M09": 0.96})
"""Talks with children: a goal for September 2025 whose measure begins in that month."""
RETURNS_TO_USUAL = _from({"2022M01": 0.85, "2025M07": 0.73, "2025M10": 0.85})
"""Halls that are used: three bad months, then the usual level with or without a measure."""
NO_EFFECT = _from({"2022M01": 0.55})
"""Complete applications: the same before and after the measure."""
COMES_BACK = _from(
    {
        "2022M01": 0.975, "2025M01": 0.86, "2025M04": 0.975, "2025M10": 0.86, "2026M01": 0.975,
        "2026M07": 0.86,
    }
)  # fmt: skip
"""Waste collected on the right day: a fault that is mended and comes back, twice."""


def _total(id: str, people: float, rate: Rate) -> Own:
    return Own(id, MONTHS, people, NONE, False, False, ("",), 100, 1, rate)


def _by_sex(id: str, people: float, rate: Rate) -> Own:
    return Own(id, MONTHS, people, NONE, True, False, ("", "s"), 100, 1, rate)


INDICATORS = (
    _total("X-SAMTAL", 420, PROMISE),
    _by_sex("X-PLATS", 90, WORKS),
    _by_sex("X-BARNSAMTAL", 72, LATE),
    _total("X-HALLTID", 260, RETURNS_TO_USUAL),
    _total("X-KOMPLETT", 340, NO_EFFECT),
    _total("X-HAMTNING", 300, COMES_BACK),
)
