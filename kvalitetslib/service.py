"""How residents are met: promises kept and broken, synpunkter, and how long the answers took."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kvalitetslib.estimate import Cell
from kvalitetslib.register import Breach


class Kept(StrEnum):
    """Whether a promise was kept in a period."""

    KEPT = "hållet"
    BROKEN = "brutet"
    UNDECIDED = "kan inte avgöras"
    UNKNOWN = "uppgift saknas"


@dataclass(frozen=True)
class PromisePeriod:
    """One quarter of a promise. ``share`` is the share kept 0-100, withheld when too few."""

    period: str
    share: Cell
    kept: Kept
    breach: Breach | None = None


@dataclass(frozen=True)
class PromiseResult:
    """A promise and how it was kept, one row a quarter, the oldest first.

    ``share_of`` says what the share counts: ärenden, perioder or svar.
    """

    id: str
    service: str
    text: str
    measured_by: str
    limit: float
    indicator: str
    category: str
    share_of: str
    periods: tuple[PromisePeriod, ...]
    evidence: str = ""


class Trendword(StrEnum):
    """What the number of synpunkter of a category does."""

    GROWS = "ökar"
    SHRINKS = "minskar"
    SAME = "som vanligt"
    UNDECIDED = "kan inte avgöras"


@dataclass(frozen=True)
class CategoryCount:
    """Synpunkter of a category in the quarter and the four before. Small counts are withheld.

    ``counts`` is (quarter, number). ``p`` is of the quarter against those before.
    """

    category: str
    counts: tuple[tuple[str, Cell], ...]
    now: Cell
    usual: float | None
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    trend: Trendword
    answered: Cell
    mended: Cell
    evidence: str = ""


@dataclass(frozen=True)
class SplitCount:
    """Synpunkter of the latest four quarters in a type, area or kön."""

    split: str
    name: str
    count: Cell


@dataclass(frozen=True)
class AnswerTimes:
    """Days to an answer in the period: median, 90th percentile, share within the limit, open."""

    period: str
    median: Cell
    p90: Cell
    within: Cell
    limit: float
    open_too_long: Cell
    open_limit: int


@dataclass(frozen=True)
class YouSaidWeDid:
    """What was said in a category and what was done: never the text of a synpunkt."""

    category: str
    complaints: Cell
    mended: Cell
    atgarder: tuple[str, ...]


@dataclass(frozen=True)
class FeedbackResult:
    """All that is told of a nämnd's synpunkter."""

    categories: tuple[CategoryCount, ...]
    splits: tuple[SplitCount, ...]
    times: tuple[AnswerTimes, ...]
    done: tuple[YouSaidWeDid, ...]
    total: Cell
    first: str
    through: date
