"""What stands beside the tests in a report: need, cost, doubts, leads, judgements and charts.

None of it is a finding by itself. All of it is there so that a finding is read rightly.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kvalitetslib.model import Break, Group, Indicator, Quadrant


class DoubtKind(StrEnum):
    """Why a value may be a fault in the data rather than a result."""

    JUMP = "språng långt utanför den vanliga variationen"
    SCALE = "tio, hundra eller tusen gånger för stort eller för litet"
    RANGE = "utanför de värden som är möjliga"
    SEXES = "totalen ligger inte mellan kvinnors och mäns värden"
    FROZEN = "exakt samma värde många perioder i rad"


@dataclass(frozen=True)
class Doubt:
    """A value to be checked before it is believed. ``low`` and ``high`` are what was expected."""

    kind: DoubtKind
    indicator: str
    group: Group
    period: str
    value: float
    low: float | None
    high: float | None


class LeadKind(StrEnum):
    INDICATOR = "indikator som brukar följa med"
    GROUP = "grupp som skiljer sig"


@dataclass(frozen=True)
class Lead:
    """Something worth a look beside a finding; never a cause.

    ``strength`` is Spearman's correlation between municipalities in ``period``, ``n`` how many of
    them. ``evidence`` is the test of the group that differs, or of the other indicator's level when
    the same nämnd follows it; else ``namnd`` names the one that does.
    """

    finding: str
    kind: LeadKind
    indicator: str
    title: str
    group: Group
    strength: float | None
    n: int
    q: float | None
    evidence: str = ""
    period: str = ""
    namnd: str = ""


class JudgementDecision(StrEnum):
    CONFIRM = "bekräfta"
    ADJUST = "justera"
    REJECT = "avfärda"


class JudgementState(StrEnum):
    """Whether the evidence is still what was judged."""

    CURRENT = "gäller"
    CHANGED = "belägget har ändrats"
    UNKNOWN = "kan inte jämföras"
    GONE = "belägget finns inte längre"


@dataclass(frozen=True)
class Judgement:
    """What an analyst says of a piece of evidence, beside the machine's verdict."""

    evidence: str
    role: str
    dated: date
    decision: JudgementDecision
    reason: str
    comment: str
    state: JudgementState


@dataclass(frozen=True)
class DemandSignal:
    """How a group's need grows: people of the ages now and in the forecast.

    ``change`` and ``country_change`` are shares of today's number. ``history`` and ``forecast``
    hold (year, persons); ``country`` what the number would have been in those years, had it
    followed riket to and from ``year``.
    """

    ages: str
    year: int
    persons: float
    ahead_year: int
    ahead_persons: float
    change: float
    country_change: float | None
    history: tuple[tuple[int, float], ...]
    forecast: tuple[tuple[int, float], ...]
    evidence: str
    source: str
    country: tuple[tuple[int, float], ...] = ()


class FourField(StrEnum):
    """Where a change in quality and a change in cost meet."""

    GAIN = "högre eller bibehållen kvalitet till lägre kostnad"
    BOUGHT = "högre kvalitet till högre kostnad"
    STEADY = "bibehållen kvalitet och kostnad"
    BETTER = "högre kvalitet till bibehållen kostnad"
    SAVED = "lägre kvalitet till lägre kostnad"
    LOSS = "lägre kvalitet utan lägre kostnad"
    DEARER = "bibehållen kvalitet till högre kostnad"
    UNDECIDED = "kan inte avgöras"


class Move(StrEnum):
    """What a quality or a cost has done between two spans of years."""

    HIGHER = "högre"
    HELD = "bibehållen"
    LOWER = "lägre"
    UNDECIDED = "kan inte avgöras"


@dataclass(frozen=True)
class QualityPart:
    """One indicator of a pair's quality.

    ``before`` and ``now`` are its means in the two spans, in its own unit. ``change`` is counted in
    relevant differences and is positive when better, with its 95 % interval. ``has_fallen`` when it
    is worse by a relevant difference or more also when all the pair's indicators are tried at once.
    """

    indicator: Indicator
    before: float
    now: float
    change: float
    low: float
    high: float
    has_fallen: bool


@dataclass(frozen=True)
class CostQuality:
    """Change in quality beside change in cost, from one span of years to the next.

    ``before`` and ``now`` are the first and last period of each span. ``quality`` is the mean
    change of the parts in relevant differences, positive when better. ``cost`` is in percent of the
    cost before, beside ``peers_cost``, the median change of the ``members`` municipalities of the
    peer group ``peers`` (empty when there are too few); or in percentage points, when the cost is
    a deviation from what is expected. Both have intervals that hold together, with 95 %, for all
    pairs of the nämnd. ``cost_relevant`` is the smallest change in cost that matters.
    """

    name: str
    field: FourField
    quality_move: Move
    cost_move: Move
    before: tuple[str, str]
    now: tuple[str, str]
    quality: float
    quality_low: float
    quality_high: float
    parts: tuple[QualityPart, ...]
    quality_indicators: tuple[str, ...]
    cost_indicator: Indicator
    cost_before: float
    cost_now: float
    cost: float
    cost_low: float
    cost_high: float
    cost_relevant: float
    peers: str
    members: int
    peers_cost: float | None
    source: str

    @property
    def is_relative(self) -> bool:
        """Whether the cost measure is itself a deviation, counted in percentage points."""
        return self.cost_indicator.unit == "procent"


CHART_METHOD = "kontrolldiagram"
"""The method of evidence that was read in a control chart."""


class ChartKind(StrEnum):
    XMR = "XmR"
    P = "p"
    P_PRIME = "p'"
    U = "u"
    U_PRIME = "u'"
    C = "c"


class VariationSign(StrEnum):
    IMPROVEMENT = "förbättring"
    CONCERN = "försämring"
    CHANGE = "förändring"
    COMMON = "vanlig variation"


class AssuranceSign(StrEnum):
    ALWAYS = "når alltid målet"
    NEVER = "når aldrig målet"
    SOMETIMES = "når ibland målet"
    UNKNOWN = "mål saknas"


@dataclass(frozen=True)
class ProcessChart:
    """A control chart of the kommun's own series; one number a period.

    ``values`` and the limits are NaN-free: missing periods hold None. ``signals`` is 1 above, -1
    below, 0 no signal. ``restarts`` are the named changes at which new limits begin.
    """

    kind: ChartKind
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    signals: tuple[int, ...]
    variation: VariationSign
    assurance: AssuranceSign
    target: float | None
    restarts: tuple[Break, ...]
    preliminary: bool


class NewsKind(StrEnum):
    """What has happened to something since the earlier report."""

    NEW = "nytt fynd"
    TURNED = "vänt"
    GONE = "borta"
    REVISED = "reviderat"
    VALUES = "nya värden"
    UNCHANGED = "oförändrat"


class NewsAbout(StrEnum):
    FINDING = "fynd"
    INDICATOR = "indikator"
    SURVEY = "enkät"
    GOAL = "mål"
    ATGARD = "åtgärd"
    CASE = "fel"


class NewsReason(StrEnum):
    """Why something is gone, or was not told before. Empty when nothing needs a reason."""

    NONE = ""
    UNDECIDED = "kan inte längre avgöras"
    LEVEL = "skillnaden är inte längre relevant"
    OTHER = "ett annat fynd säger samma sak"
    ENDED = "indikatorn har upphört"
    NOT_FOLLOWED = "följs inte längre"
    NOT_TESTED = "kan inte längre prövas"
    BEYOND = "ryms inte bland de tyngsta"
    DOUBTED = "uppgiften ska kontrolleras"
    WITHHELD = "visas inte längre, för få i gruppen"
    LEFT_LIST = "står inte kvar i kommunens lista"
    REMOVED = "värdet är borttaget"


@dataclass(frozen=True)
class NewsItem:
    """One thing that is new, turned, gone, revised or unchanged since the earlier report.

    ``key`` is the stable id of what it is about: evidence, indicator, survey, goal or åtgärd; of a
    case what its fault is about.
    ``evidence`` is empty when this report has no such evidence. ``name`` says what it is about in
    words of the report that last had it. ``state`` is the verdict of an indicator, the status of
    an åtgärd or what has happened to a case, of which ``count`` is the days since it was closed.
    ``before`` and ``now`` are numbers only of a revised value that both reports show: of a cell
    that either of them withholds no number, verdict or quadrant is kept here.
    """

    kind: NewsKind
    about: NewsAbout
    key: str
    name: str
    indicator: str = ""
    group: Group = field(default_factory=Group)
    evidence: str = ""
    was: Quadrant | None = None
    quadrant: Quadrant | None = None
    reason: NewsReason = NewsReason.NONE
    state_before: str = ""
    state: str = ""
    period_before: str = ""
    period: str = ""
    before: float | None = None
    now: float | None = None
    count: int = 1
    next_publication: str = ""
    shown: bool = True
