"""What a kommun decides and keeps lists of: goals, åtgärder, promises, lessons. Frozen.

One list a file; a row's dates tell when each thing happened, so that any quarter can be read from
the same file.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kvalitetslib.model import Group, Quadrant


class GoalKind(StrEnum):
    KKF = "kkf"
    DEVELOPMENT = "utvecklingsmål"
    ASSIGNMENT = "uppdrag"


@dataclass(frozen=True)
class Goal:
    """A goal that the politicians have decided.

    ``decided`` is the day from which it holds; ``start`` the value it was decided from (None: read
    from the values); ``meetings`` the promises and survey questions where a resident meets it;
    ``done`` the day an assignment was carried out; ``part_of`` the goal that it is a part of.
    """

    id: str
    namnd: str
    kind: GoalKind
    title: str
    indicator: str = ""
    group: Group = field(default_factory=Group)
    target: float | None = None
    due: date | None = None
    decision: str = ""
    vision: str = ""
    decided: date | None = None
    start: float | None = None
    meetings: tuple[str, ...] = ()
    done: date | None = None
    part_of: str = ""


class Status(StrEnum):
    """How far an åtgärd has come. ``REFUSED`` is a decision not to act."""

    PLANNED = "ej påbörjad"
    RUNNING = "pågår"
    DONE = "klar"
    STOPPED = "avbruten"
    REFUSED = "avstår"


class Outcome(StrEnum):
    """What is decided of a way of working on trial. Empty when none is tried."""

    NONE = ""
    RUNNING = "pågår"
    STANDARDISE = "standardisera"
    DISCARD = "förkasta"
    UNCLEAR = "oklart"


@dataclass(frozen=True)
class Atgard:
    """A measure taken or planned, or a decision not to take one.

    ``start`` and ``done`` are when it began and ended (planned, when still to come);
    ``planned_done`` when it was to end. ``hypothesis`` and ``practice`` are the way of working on
    trial, ``outcome`` what was decided of it on ``outcome_on``, citing ``cited``. ``rival`` is
    what else could explain a change. ``cost`` is in kronor. ``goals`` are the goals it serves.
    """

    id: str
    namnd: str
    title: str
    status: Status
    indicator: str = ""
    category: str = ""
    group: Group = field(default_factory=Group)
    start: date | None = None
    done: date | None = None
    role: str = ""
    goals: tuple[str, ...] = ()
    decision: str = ""
    decided: date | None = None
    planned_done: date | None = None
    proposed_by: str = ""
    hypothesis: str = ""
    practice: str = ""
    outcome: Outcome = Outcome.NONE
    outcome_on: date | None = None
    cited: tuple[str, ...] = ()
    rival: str = ""
    cost: float | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it has been carried out, given up or decided against."""
        return self.status in (Status.DONE, Status.STOPPED, Status.REFUSED)


@dataclass(frozen=True)
class Outlook:
    """A dated outside factor with its source."""

    id: str
    namnd: str
    quadrant: Quadrant
    title: str
    source: str
    dated: date
    indicator: str = ""


@dataclass(frozen=True)
class Promise:
    """A service promise (löfte). ``limit`` is in the indicator's unit, or days for a category."""

    id: str
    namnd: str
    service: str
    text: str
    measured_by: str
    limit: float
    indicator: str = ""
    category: str = ""


@dataclass(frozen=True)
class Breach:
    """What was done about a period in which a promise was not kept: find out, admit, put right."""

    promise: str
    period: str
    investigated: date | None = None
    admitted: date | None = None
    mended: date | None = None
    atgard: str = ""


@dataclass(frozen=True)
class Lesson:
    """Something learnt, ``own`` or from others. ``used_in`` are what cites it.

    ``indicator`` and ``category`` are its own or those of its åtgärd.
    """

    id: str
    namnd: str
    dated: date
    text: str
    own: bool = True
    atgard: str = ""
    indicator: str = ""
    category: str = ""
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Control:
    """A control of the own work (egenkontroll), and what it found."""

    id: str
    namnd: str
    title: str
    planned: date
    executed: date | None = None
    deviations: int | None = None
    mended: int | None = None
    atgard: str = ""


@dataclass(frozen=True)
class Idea:
    """An idea of the staff: when it was raised, answered, tried and adopted."""

    id: str
    namnd: str
    title: str
    raised: date
    answered: date | None = None
    tried: date | None = None
    adopted: date | None = None


@dataclass(frozen=True)
class BudgetLine:
    """Budget, outcome and forecast for the year of a verksamhet in a period, in kronor."""

    namnd: str
    period: str
    verksamhet: str
    budget: float
    outcome: float
    forecast: float | None = None
