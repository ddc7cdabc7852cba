"""What goes with the overall grade of a survey, for the prioriteringsmatris."""

import zlib
from dataclasses import replace

import numpy as np

from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.rounding import rounded
from kvalitetslib.analysis.survey import WaveScores
from kvalitetslib.codebook import Item, Role
from kvalitetslib.model import Direction
from kvalitetslib.stats.drivers import Priority, key_drivers, priorities
from kvalitetslib.survey_result import Driver, DriverQuadrant, DriverResult

FEWEST_COMPLETE = 100
"""Complete answers needed before anything is said about what matters most."""
_QUADRANTS = {
    Priority.PRIORITISE: DriverQuadrant.PRIORITISE,
    Priority.KEEP: DriverQuadrant.KEEP,
    Priority.WATCH: DriverQuadrant.WATCH,
    Priority.LEAVE: DriverQuadrant.LOWER,
}


def driver_result(wave: WaveScores) -> DriverResult | None:
    """Importance of each driver with its bootstrap interval; None when it cannot be worked out.

    Answers are read as steps on an index 0-100. The draws are seeded by the survey and its period,
    so that a rerun gives the same numbers.
    """
    order = {each.id: place for place, each in enumerate(wave.codebook.items)}
    overall = next((each for each in wave.items if each.role is Role.OVERALL), None)
    drivers = [
        each
        for each in wave.items
        if each.role is Role.DRIVER and each.direction is not Direction.NEUTRAL
    ]
    if overall is None or len(drivers) < 2:
        return None
    codes = wave.answers.codes
    columns = [_steps(codes[:, order[each.id]], each) for each in (overall, *drivers)]
    known = wave.weighted.design.weight > 0
    complete = ~np.isnan(np.column_stack(columns)).any(axis=1) & known
    if complete.sum() < FEWEST_COMPLETE:
        return None
    varies = [bool(np.ptp(column[complete]) > 0) for column in columns]
    drivers = [each for each, moves in zip(drivers, varies[1:], strict=True) if moves]
    if not varies[0] or len(drivers) < 2:
        return None
    grade = columns[0]
    table = np.column_stack([c for c, moves in zip(columns[1:], varies[1:], strict=True) if moves])
    seed = zlib.crc32(f"{wave.codebook.key} {wave.answers.wave.period}".encode())
    found = key_drivers(grade, table, wave.weighted.design, rng=np.random.default_rng(seed))
    return DriverResult(
        overall=overall.id,
        r2=found.r2,
        n=found.n,
        drivers=tuple(
            Driver(
                item=item.id,
                label=item.text,
                importance=float(100 * found.importance[place] / found.r2),
                low=float(100 * found.low[place] / found.r2),
                high=float(100 * found.high[place] / found.r2),
                level=float(found.level[place]),
                quadrant=_QUADRANTS[priority],
            )
            for place, (item, priority) in enumerate(zip(drivers, priorities(found), strict=True))
        ),
    )


def published_drivers(found: DriverResult) -> DriverResult:
    """Whole percent and index points, as the page shows them; the quadrants stay as decided."""
    drivers = tuple(
        replace(
            each,
            importance=rounded(each.importance, 1.0),
            low=rounded(each.low, 1.0),
            high=rounded(each.high, 1.0),
            level=rounded(each.level, 1.0),
        )
        for each in found.drivers
    )
    return replace(found, r2=rounded(found.r2, 0.01), drivers=drivers)


def _steps(codes: np.ndarray, item: Item) -> Floats:
    """Answers as an index 0-100 where high is good; NaN where nothing was said."""
    longest = max(len(item.answers) - 1, 1)
    steps = np.where(codes >= 0, 100.0 * codes / longest, np.nan)
    return 100.0 - steps if item.direction is Direction.LOW else steps
