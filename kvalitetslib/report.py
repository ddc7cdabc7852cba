"""What a report holds, frozen. Everything a page says is drawn from a ``Report``.

All values are in the indicator's own unit.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kvalitetslib.case import Case, FaultSign
from kvalitetslib.context import (
    CostQuality,
    DemandSignal,
    Doubt,
    Judgement,
    Lead,
    NewsItem,
    ProcessChart,
)
from kvalitetslib.estimate import Cell as Cell
from kvalitetslib.estimate import Estimate as Estimate
from kvalitetslib.estimate import Withheld as Withheld
from kvalitetslib.estimate import WithheldReason as WithheldReason
from kvalitetslib.model import Area, Group, Indicator, Policy, Quadrant, ReferenceKind, Source
from kvalitetslib.register import Atgard, Control, Goal, Idea, Lesson, Outlook
from kvalitetslib.resources import EconomyLine, StaffIndex
from kvalitetslib.service import FeedbackResult, PromiseResult
from kvalitetslib.survey_result import PublishedSurvey, SurveyResult
from kvalitetslib.verdict import Certainty as Certainty
from kvalitetslib.verdict import EvidenceKind as EvidenceKind
from kvalitetslib.verdict import Question as Question
from kvalitetslib.verdict import Verdict as Verdict
from kvalitetslib.wheel import Effect, GoalState, GoodExample, Leap, LessonUse, PlanRow, Priority


@dataclass(frozen=True)
class Reference:
    """What a value is held against. ``members`` is the number of kommuner behind it."""

    kind: ReferenceKind
    label: str
    value: float
    members: int | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything behind one claim. ``difference`` is turned so that positive is good.

    ``id`` is stable between runs and quarters: it depends on nämnd, indicator, group, question and
    kind of reference alone. ``state`` is a short mark that changes when the answer does: an analyst
    notes it beside a judgement. ``checksum`` is that of the fetch or files the values came from.
    ``years`` is how many years ``difference`` is a mean of. ``beside`` is the same gap among the
    peers, or the pace so far: to read the own one by, never what it is tested against.
    """

    id: str
    namnd: str
    indicator: str
    group: Group
    question: Question
    kind: EvidenceKind
    period: str
    cell: Cell
    reference: Reference | None
    difference: float | None
    low: float | None
    high: float | None
    delta: float
    p: float | None
    q: float | None
    family_size: int
    n_periods: int
    first_period: str
    method: str
    verdict: Verdict
    certainty: Certainty
    rule: str
    source: str
    source_rows: str
    code_version: str
    text: str = ""
    beside: Reference | None = None
    state: str = ""
    checksum: str = ""
    years: int = 1


@dataclass(frozen=True)
class Finding:
    """A judgement without prose: a quadrant, the rule that fired and the evidence it rests on.

    One that is ``doubted`` rests on a value that may be a fault in the data: it is listed to be
    checked and never shown among the others.
    """

    id: str
    quadrant: Quadrant
    rule: str
    evidence: tuple[str, ...]
    kinds: tuple[EvidenceKind, ...]
    certainty: Certainty
    score: float
    shown: bool
    linked: str = ""
    doubted: bool = False


@dataclass(frozen=True)
class Point:
    period: str
    at: float
    cell: Cell


@dataclass(frozen=True)
class Series:
    """One group's values over time."""

    group: Group
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Peers:
    """All municipalities in the period of the own value. ``place`` 1 is best, among ``of``."""

    period: str
    values: tuple[float, ...]
    references: tuple[Reference, ...]
    place: int | None
    of: int
    group: str


class Freshness(StrEnum):
    NEW = "nytt"
    UNCHANGED = "oförändrat"
    ENDED = "upphört"
    MISSING = "uppgift saknas"


@dataclass(frozen=True)
class Revision:
    """An old value that a newer snapshot has changed."""

    indicator: str
    period: str
    gender: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class IndicatorResult:
    """All that is known of one indicator in one nämnd this quarter."""

    indicator: Indicator
    latest: Point | None
    freshness: Freshness
    next_publication: str
    series: tuple[Series, ...]
    breakdown: tuple[Series, ...]
    reference_series: tuple[tuple[str, tuple[Point, ...]], ...]
    peers: Peers | None
    goal: Goal | None
    verdict: Verdict
    certainty: Certainty
    evidence: tuple[str, ...]
    source: str
    process: ProcessChart | None = None


@dataclass(frozen=True)
class FamilyCount:
    """How many were tested and how many were found in one family of tests."""

    question: Question
    tested: int
    found: int


@dataclass(frozen=True)
class Hidden:
    """How many cells of an indicator show no number, and why."""

    indicator: str
    reason: WithheldReason
    cells: int


@dataclass(frozen=True)
class Report:
    """One nämnd, one quarter: all that its page says. Saved whole as JSON beside the page.

    ``earlier`` is the quarter that ``news`` compares with, empty when there is none;
    ``earlier_unread`` when there is one that cannot be read. ``missing_quarters`` are those between
    the two that have no report.
    """

    kommun: str
    kommun_namn: str
    kommun_kod: str
    synthetic: bool
    namnd: str
    namnd_namn: str
    meeting: date | None
    quarter: str
    data_through: date
    policy: Policy
    indicators: tuple[IndicatorResult, ...]
    all_evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    families: tuple[FamilyCount, ...]
    goals: tuple[Goal, ...]
    atgarder: tuple[Atgard, ...]
    outlooks: tuple[Outlook, ...]
    sources: tuple[Source, ...]
    revisions: tuple[Revision, ...]
    hidden: tuple[Hidden, ...]
    areas: tuple[Area, ...]
    code_version: str
    checksum: str
    surveys: tuple[SurveyResult, ...] = ()
    published: tuple[PublishedSurvey, ...] = ()
    demand: tuple[DemandSignal, ...] = ()
    costs: tuple[CostQuality, ...] = ()
    leads: tuple[Lead, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    news: tuple[NewsItem, ...] = ()
    earlier: str = ""
    earlier_unread: bool = False
    goal_states: tuple[GoalState, ...] = ()
    effects: tuple[Effect, ...] = ()
    signs: tuple[FaultSign, ...] = ()
    cases: tuple[Case, ...] = ()
    missing_quarters: tuple[str, ...] = ()
    leaps: tuple[Leap, ...] = ()
    promises: tuple[PromiseResult, ...] = ()
    feedback: FeedbackResult | None = None
    lessons: tuple[Lesson, ...] = ()
    lesson_uses: tuple[LessonUse, ...] = ()
    examples: tuple[GoodExample, ...] = ()
    economy: tuple[EconomyLine, ...] = ()
    staff: tuple[StaffIndex, ...] = ()
    controls: tuple[Control, ...] = ()
    ideas: tuple[Idea, ...] = ()
    priorities: tuple[Priority, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    namnder: tuple[tuple[str, str], ...] = ()
    """Key and name of each of the kommun's nämnder: lessons come from them all."""

    def evidence(self, id: str) -> Evidence:
        """Everything behind a claim: numbers, test, rule, source rows and checksum.

        Raises
        ------
        KeyError : when the report holds no evidence with that id.
        """
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> dict[str, Evidence]:
        return {each.id: each for each in self.all_evidence}
