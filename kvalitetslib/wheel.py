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


class ThreadGap(StrEnum):
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
    pace_needed, pace : change a year that reaches the target in time, and the one so far, in the
        indicator's own direction.
    is_late : its day has passed and it is not reached.
    reached_in, months_late : the period since when a reached goal holds its target, and how many
        months after its day that was (0 when in time).
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
    reached_in: str = ""
    months_late: int = 0
    atgarder: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    broken: tuple[ThreadGap, ...] = ()


UNCHANGED = "om det hade fortsatt som före åtgärden"
AS_OTHERS = "om det hade gått som i andra kommuner med samma utgångsläge"
"""What the values after an åtgärd are held against."""


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
    NO_SCATTER = "värdena varierar inte"


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
    others, n_others : what ``n_others`` other municipalities changed from the same starting point.
    since : the values were at another level from this period on, before the start: the change is
        counted from there.
    shared : other åtgärder that began so near that their changes cannot be told apart.
    values : (period, value) of what was read, before and after; without those that are withheld.
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
    since: str = ""
    shared: tuple[str, ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    fitted: tuple[tuple[str, float], ...] = ()
    counterfactual: tuple[tuple[str, float], ...] = ()


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
    """A measure or unmet fault in order: reach x severity x certainty x cost.

    ``about`` is the id of a finding, case or åtgärd. Each part is 0-1; ``cost`` is 1 for nothing
    and falls with the logarithm of kronor.
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


class PlanKind(StrEnum):
    """What a row of the next plan comes from."""

    ATGARD = "åtgärd"
    GOAL = "mål"
    WEAKNESS = "svaghet"
    CASE = "ärende"
    ASSIGNMENT = "uppdrag"
    LESSON = "lärdom"


class PlanReason(StrEnum):
    """Why a row stands in the draft."""

    RUNNING = "pågår"
    PLANNED = "är planerad"
    OVERDUE = "skulle ha varit klar"
    NOT_REACHED = "målet är inte nått"
    LATE = "måldatum har passerat"
    NO_ATGARD = "åtgärd saknas"
    RECURRING = "felet har kommit tillbaka"
    NOT_DONE = "uppdraget är inte utfört"
    NOT_USED = "lärdomen är inte använd än"


@dataclass(frozen=True)
class PlanRow:
    """A row of the draft for the next period's plan. ``about`` is the id that it comes from."""

    kind: PlanKind
    name: str
    why: PlanReason
    about: str
    indicator: str = ""
    category: str = ""
    group: Group = field(default_factory=Group)
    atgard: str = ""
    goal: str = ""
    lesson: str = ""
    role: str = ""
    due: date | None = None
    evidence: str = ""
