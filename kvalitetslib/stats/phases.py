"""Phases of a process, and the points that make the limits of each: re-based and frozen limits.

Worked example: of 30 points, ``baseline=slice(12), rebase=(20,)`` makes two phases, points 0-19
with limits from the first twelve, and points 20-29 with limits from all ten of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bools: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = slice | Sequence[int] | npt.NDArray[np.int64] | Bools
"""Points of a series: a slice, their places, or a truth a point."""
EVERY = slice(None)


@dataclass(frozen=True, eq=False)
class Phases:
    """Which phase each point is in, and which present points make its limits."""

    phase: npt.NDArray[np.int64]
    basis: Bools
    present: Bools

    def __iter__(self) -> Iterator[tuple[Bools, Bools]]:
        """All points of each phase in turn, and those of its baseline."""
        for number in range(int(self.phase.max(initial=0)) + 1):
            part = self.phase == number
            yield part, part & self.basis

    @property
    def current(self) -> tuple[Bools, Bools, bool]:
        """Points and baseline of the phase of the latest point; is that point in the baseline?"""
        latest = np.flatnonzero(self.present)[-1:]
        part = self.phase == self.phase[latest].max(initial=0)
        return part & self.present, part & self.basis, bool(self.basis[latest].any())


def phases(present: Bools, *, baseline: Places = EVERY, rebase: Sequence[int] = ()) -> Phases:
    """Phases of a series and the points that make the limits of each.

    Parameters
    ----------
    present : (n,), false where the value is missing.
    baseline : places in the whole series. Each phase is drawn from those of its points that are
        named, or from all of its points when none of them is: ``slice(12)`` freezes the first
        phase alone, ``np.r_[0:12, 24:36]`` the first and the second.
    rebase : the places where a new phase begins, each a dated and named change of the process.
        They are never guessed from the values.

    Raises
    ------
    ValueError : if the places are not rising and inside the series.
    """
    n = present.size
    if any(not 0 < at < n for at in rebase) or any(np.diff(rebase) <= 0):
        raise ValueError(f"rebase must rise between 1 and {n - 1}, found {list(rebase)}")
    phase = np.searchsorted(np.asarray(rebase, dtype=np.int64), np.arange(n), side="right")
    named = np.zeros(n, dtype=np.bool_)
    named[baseline if isinstance(baseline, slice) else np.asarray(baseline)] = True
    for number in range(len(rebase) + 1):
        part = phase == number
        named |= part & ~(part & named).any()
    return Phases(phase=phase, basis=named & present, present=present)
