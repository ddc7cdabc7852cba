"""What a survey says: estimates, comparisons, who answered and what matters most. Frozen."""

from dataclasses import dataclass
from enum import StrEnum

from kvalitetslib.codebook import Item
from kvalitetslib.estimate import Cell
from kvalitetslib.model import Group, Indicator


@dataclass(frozen=True)
class Contrast:
    """A difference with its own interval, in the measure's unit; ``p`` two-sided."""

    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class AnswerShare:
    label: str
    share: Cell
    positive: bool


@dataclass(frozen=True)
class Slice:
    """A group of respondents: ``parts`` pairs a background key with a group code."""

    parts: tuple[tuple[str, str], ...]
    label: str


@dataclass(frozen=True)
class SliceResult:
    """One group's estimate and how it stands against the rest of the respondents."""

    slice: Slice
    cell: Cell
    n: int | None
    against_rest: Contrast | None
    earlier: Cell | None


@dataclass(frozen=True)
class ItemResult:
    """One question in the latest wave. Shares are in percent of those who took a stand.

    ``indicator`` is the question in the words that all evidence uses.
    """

    item: Item
    indicator: Indicator
    total: Cell
    answers: tuple[AnswerShare, ...]
    dont_know_pct: float | None
    blank_pct: float | None
    groups: tuple[SliceResult, ...]
    crossings: tuple[SliceResult, ...]
    earlier: Cell | None
    change: Contrast | None
    standardised: tuple[SliceResult, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ResponseGroup:
    """Who answered in a group: counts are None when they are too few to show."""

    dimension: str
    label: str
    invited: int | None
    answered: int | None
    rate_pct: float | None
    population_pct: float | None
    respondents_pct: float | None
    weighted_pct: float | None


@dataclass(frozen=True)
class WeightReport:
    """What weighting did: ``deff`` of the weights, their range, and how far results moved."""

    method: str
    smallest: float
    largest: float
    deff: float
    n_eff: float
    trimmed: int
    largest_move: float
    largest_move_item: str


class DriverQuadrant(StrEnum):
    """The four fields of a prioriteringsmatris."""

    PRIORITISE = "prioritera"
    KEEP = "vårda"
    WATCH = "bevaka"
    LOWER = "lägre prioritet"


@dataclass(frozen=True)
class Driver:
    """How much of the overall grade goes with a question; importance in percent of R²."""

    item: str
    label: str
    importance: float
    low: float
    high: float
    level: float
    quadrant: DriverQuadrant


@dataclass(frozen=True)
class DriverResult:
    overall: str
    r2: float
    n: int
    drivers: tuple[Driver, ...]


@dataclass(frozen=True)
class Excluded:
    """Answers that were left out, and why; nothing is dropped in silence."""

    reason: str
    count: int


@dataclass(frozen=True)
class SurveyResult:
    """A survey as one nämnd sees it: its own questions, but the whole survey's response."""

    key: str
    name: str
    source: str
    population: str
    period: str
    earlier_period: str
    invited: int | None
    answered: int
    rate_pct: float | None
    items: tuple[ItemResult, ...]
    response: tuple[ResponseGroup, ...]
    weights: WeightReport | None
    drivers: DriverResult | None
    excluded: tuple[Excluded, ...]
    design: str
    note: str


@dataclass(frozen=True)
class PublishedResult:
    """A figure as its publisher gave it. ``differs`` is the publisher's mark of a difference."""

    question: str
    answer: str
    period: str
    unit: str
    group: Group
    cell: Cell
    differs: bool


@dataclass(frozen=True)
class PublishedSurvey:
    """A survey that came as finished tables. Its figures are shown unchanged.

    Nothing of it is tested but the questions that an åtgärd is measured by. ``results`` are the
    latest ones, of the own kommun when the tables name it, else of all units; ``indicators`` are
    the nämnd's questions, for what is said of an åtgärd.
    """

    key: str
    name: str
    source: str
    population: str
    period: str
    results: tuple[PublishedResult, ...]
    excluded: tuple[Excluded, ...]
    note: str
    indicators: tuple[Indicator, ...] = ()
