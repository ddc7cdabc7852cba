"""A fault and its case: whether it is seen, what has met it, and all that has happened to it.

The wedge of the improvement wheel. A case is never taken away: it is closed, watched, secured or
left, and opened again when the fault is back.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kvalitetslib.model import Group


@dataclass(frozen=True, order=True)
class FaultKey:
    """What a fault is: an indicator, category or promise (by its id), a group and a unit."""

    about: str
    group: Group = field(default_factory=Group)
    unit: str = ""


class Sign(StrEnum):
    """Whether a fault is seen this quarter."""

    PRESENT = "syns"
    ABSENT = "syns inte"
    UNKNOWN = "kan inte avgöras"


@dataclass(frozen=True)
class FaultSign:
    """What this quarter's figures say of a fault. ``evidence`` is empty when none was tested.

    ``is_fault`` tells that it is bad enough to open a case by itself. ``period`` is that of the
    newest value, so that nothing is concluded twice from the same one. ``p`` is how sure it is
    where the newest quarter was tested by itself.
    """

    key: FaultKey
    name: str
    sign: Sign
    is_fault: bool
    period: str
    value: float | None
    evidence: str = ""
    p: float | None = None


class Stage(StrEnum):
    """Where a case stands on the wheel."""

    UNMET = "åtgärd saknas"
    REFUSED = "beslut att inte agera"
    PLANNED = "åtgärd planerad"
    RUNNING = "åtgärd pågår"
    DONE = "åtgärd klar, felet syns"
    WATCHED = "bevakas"
    SECURED = "säkrad"
    LEFT = "följs inte längre"


class CaseEvent(StrEnum):
    OPENED = "öppnat"
    STAGE = "nytt läge"
    CLOSED = "stängt"
    REOPENED = "öppnat igen"
    SECURED = "säkrat"
    LEFT = "följs inte längre"


@dataclass(frozen=True)
class CaseStep:
    """One thing that happened to a case. Written once and never changed.

    ``atgarder`` are those that met the fault then; ``days`` of a reopened case are the days since
    it was closed, and ``p`` how sure its return is where the newest quarter was tested.
    """

    quarter: str
    event: CaseEvent
    stage: Stage
    on: date
    evidence: str = ""
    atgarder: tuple[str, ...] = ()
    days: int | None = None
    p: float | None = None


@dataclass(frozen=True)
class Case:
    """A fault's whole history. ``watched`` counts quarters since it was closed without the fault.

    ``atgarder`` are all that have met it; ``standardised`` those whose way of working became the
    standard since the fault was last seen. ``sign`` is what the value of ``period`` told, the
    newest that anything was concluded from.
    """

    key: FaultKey
    name: str
    stage: Stage
    steps: tuple[CaseStep, ...]
    occurrences: int
    watched: int
    atgarder: tuple[str, ...]
    standardised: tuple[str, ...]
    evidence: str = ""
    period: str = ""
    sign: Sign = Sign.UNKNOWN

    @property
    def is_recurring(self) -> bool:
        """Whether the same fault has come back."""
        return self.occurrences > 1

    @property
    def is_closed(self) -> bool:
        """Whether the fault is gone: watched, or gone for good."""
        return self.stage in (Stage.WATCHED, Stage.SECURED)

    @property
    def seen_since(self) -> CaseStep:
        """When the fault was found, or found again."""
        seen = (CaseEvent.OPENED, CaseEvent.REOPENED)
        return next(each for each in reversed(self.steps) if each.event in seen)
