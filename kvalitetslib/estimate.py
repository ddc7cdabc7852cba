"""A cell of a result: an ``Estimate`` or it is ``Withheld``.

Two types, so that no code can print a number that must be hidden.
"""

from dataclasses import dataclass
from enum import StrEnum


class WithheldReason(StrEnum):
    """Why a cell shows no number. Small and protecting cells carry the same reason on purpose."""

    SMALL_GROUP = "för få i gruppen"
    NOT_PUBLISHED = "inte publicerat"


@dataclass(frozen=True)
class Estimate:
    """A value with what it takes to trust it. ``low`` and ``high`` bound a 95 % interval."""

    value: float
    low: float | None
    high: float | None
    n: float | None
    n_eff: float | None
    method: str
    quality: str


@dataclass(frozen=True)
class Withheld:
    """A cell that shows no number, and why."""

    reason: WithheldReason


Cell = Estimate | Withheld
