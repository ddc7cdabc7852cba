"""What turns the improvement wheel: how goals stand, what åtgärder gave, faults and their cases.

Results only, no prose. Values are in the indicator's own unit; differences are turned so that
positive is good.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kvalitetslib.model import Group
from kvalitetslib.verdict import Verdict


class Attainment(StrEnum):
    """Whether a goal is reached."""

    REACHED = "nått"
    MISSED = "ej nått"
    UNDECIDED = "kan inte avgöras"
    NOT_TRIED = "prövas inte"


class Break(StrEnum):
    """Where the line from vision to the resident's meeting is broken."""

    VISION = "ingen vision"
    DECISION = "inget beslut"
    INDICATOR = "inget mått"
    PRACTICE = "ingen åtgärd"
    MEETING = "inget löfte och ingen enkätfråga"


@dataclass(frozen=True)
class GoalState:
    """How a goal stands, and the line from its vision to where a resident meets it.

    Attributes
    ----------
    degree, low, high : 0-100. For a utvecklingsmål how much of the way from ``start`` to the target
        is gone; for a KKF the share of ``periods`` that held the target; for an assignment 0 or
        100. None when it cannot be told.
    left : what remains to the target, positive when it is not reached.
    pace_needed, pace : change a year that reaches the target in time, and the one so far.
    atgarder, meetings : ids of what serves the goal.
    """

    goal: str
    attainment: Attainment
    evidence: str
    degree: float | None = None
    low: float | None = None
    high: float | None = None
    start: float | None = None
    periods: int = 0
    left: float | None = None
    pace_needed: float | None = None
    pace: float | None = None
    is_late: bool = False
    atgarder: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    broken: tuple[Break, ...] = ()


class EffectMethod(StrEnum):
    SERIES = "avbruten tidsserie"
    COUNTS = "andel före och efter"
    PEERS = "jämfört med andra kommuners förändring"
    WAVES = "två enkätomgångar"
    NONE = "ingen mätning"


class NoEffect(StrEnum):
    """Why nothing was measured. Empty when it was."""

    NONE = ""
    NOT_STARTED = "inte påbörjad"
    NO_INDICATOR = "inget mått"
    NO_DIRECTION = "måttet har ingen god riktning"
    TOO_EARLY = "för få värden efter start"
    TOO_FEW = "för få värden före start"
    NO_VALUES = "inga värden"
    HIDDEN = "för få i gruppen"
    SERIES_BREAK = "måttet gjordes om efter start"


@dataclass(frozen=True)
class Effect:
    """Before and after an åtgärd. It coincides with a change; it never proves a cause.

    Attributes
    ----------
    verdict : BETTER or WORSE when a change is secured, LEVEL when it is surely smaller than a
        relevant one, else UNDECIDED; NOT_JUDGED when nothing was measured.
    change, low, high : positive is good, with its 95 % interval.
    naive : the plain difference between the periods just after and just before.
    returned : the values just before the start were unusually bad, so that much of ``naive`` may be
        a return to the usual (regression to the mean).
    others, n_others : the same change among ``n_others`` other municipalities (median).
    fitted, counterfactual : (period, value) as the values went, and had gone without a change.
    """

    atgard: str
    method: EffectMethod
    verdict: Verdict
    why_not: NoEffect = NoEffect.NONE
    evidence: str = ""
    indicator: str = ""
    group: Group = field(default_factory=Group)
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    naive: float | None = None
    returned: bool = False
    others: float | None = None
    n_others: int = 0
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")
    fitted: tuple[tuple[str, float], ...] = ()
    counterfactual: tuple[tuple[str, float], ...] = ()


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
    newest value, so that nothing is concluded twice from the same one.
    """

    key: FaultKey
    name: str
    sign: Sign
    is_fault: bool
    period: str
    value: float | None
    evidence: str = ""


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
    """One thing that happened to a case. Written once and never changed."""

    quarter: str
    event: CaseEvent
    stage: Stage
    on: date
    evidence: str = ""
    atgarder: tuple[str, ...] = ()
    days: int | None = None
    """For a reopened case: days since it was closed."""


@dataclass(frozen=True)
class Case:
    """A fault's whole history. ``watched`` counts quarters since it was closed without the fault.

    ``standardised`` are the åtgärder whose way of working became the standard.
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

    @property
    def is_recurring(self) -> bool:
        """Whether the same fault has come back."""
        return self.occurrences > 1


@dataclass(frozen=True)
class Leap:
    """A change of level told apart from a trend (förbättringssprång), with its named cause.

    ``cause`` is empty when no dated change is named: then the limits are not moved.
    """

    indicator: str
    period: str
    before: float
    after: float
    change: float
    p: float
    cause: str
    atgard: str = ""
    is_rebased: bool = False


class LessonReason(StrEnum):
    SAME_INDICATOR = "samma mått rör sig igen"
    SAME_CATEGORY = "samma slags synpunkt ökar igen"
    SIMILAR = "samma område"


@dataclass(frozen=True)
class LessonUse:
    """A lesson that concerns what happens now. ``finding`` is the finding or case it belongs to."""

    lesson: str
    text: str
    dated: date
    namnd: str
    own: bool
    reason: LessonReason
    about: str
    used_in: tuple[str, ...]


@dataclass(frozen=True)
class GoodExample:
    """A municipality or own part that is better with certainty, to call. ``who`` is its name."""

    indicator: str
    who: str
    is_own: bool
    value: float
    own_value: float
    difference: float
    low: float
    is_improving: bool
    period: str
    evidence: str = ""


@dataclass(frozen=True)
class Priority:
    """A measure or unmet fault in order: reach x severity x certainty over cost.

    Each part is 0-1; ``cost`` is 1 for nothing and grows with the logarithm of kronor.
    """

    about: str
    name: str
    atgard: str
    reach: float
    severity: float
    certainty: float
    cost: float
    score: float
    evidence: str


@dataclass(frozen=True)
class PlanRow:
    """A row of the draft for the next period's plan."""

    kind: str
    name: str
    why: str
    about: str
    atgard: str = ""
    goal: str = ""
    lesson: str = ""
    role: str = ""
    due: date | None = None
    evidence: str = ""
