"""How residents are met: promises kept and broken, synpunkter, and how long the answers took.

All counts of synpunkter are those that may be shown, and all else is worked out from them.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kvalitetslib.context import ProcessChart
from kvalitetslib.estimate import Cell, Withheld, WithheldReason
from kvalitetslib.register import Breach

_UNKNOWN = Withheld(WithheldReason.NOT_PUBLISHED)


class Kept(StrEnum):
    """Whether a promise was kept in a period."""

    KEPT = "hållet"
    BROKEN = "brutet"
    UNDECIDED = "kan inte avgöras"
    UNKNOWN = "uppgift saknas"


class ShareOf(StrEnum):
    """What the share kept counts."""

    CASES = "ärenden"
    PERIODS = "perioder"
    ANSWERS = "svar"


class MendStep(StrEnum):
    """How far a broken promise has come: it is looked into, admitted and put right."""

    NOT_BEGUN = "ej utredd"
    INVESTIGATED = "utredd"
    ADMITTED = "erkänd"
    MENDED = "rättad"


@dataclass(frozen=True)
class PromisePeriod:
    """One quarter of a promise. ``share`` is the share kept 0-100, withheld when too few."""

    period: str
    share: Cell
    kept: Kept
    breach: Breach | None = None

    @property
    def step(self) -> MendStep | None:
        """How far the breach has come; None when the promise was not broken and none is noted."""
        if self.breach is None:
            return MendStep.NOT_BEGUN if self.kept is Kept.BROKEN else None
        reached = (
            (self.breach.mended, MendStep.MENDED),
            (self.breach.admitted, MendStep.ADMITTED),
            (self.breach.investigated, MendStep.INVESTIGATED),
        )
        return next((step for day, step in reached if day is not None), MendStep.NOT_BEGUN)


@dataclass(frozen=True)
class PromiseResult:
    """A promise and how it was kept, one row a quarter, the oldest first.

    ``share_of`` says what the share counts: ärenden, perioder or svar. ``needed`` is the share from
    which the promise is kept; ``unit`` is that of ``limit``, which is the least that is promised
    when ``is_least`` and else the most.
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
    needed: float = 90.0
    unit: str = "dagar"
    is_least: bool = False


class Trendword(StrEnum):
    """What the number of synpunkter of a category does."""

    GROWS = "ökar"
    SHRINKS = "minskar"
    SAME = "som vanligt"
    UNDECIDED = "kan inte avgöras"


@dataclass(frozen=True)
class CategoryCount:
    """Klagomål and förslag of a category in the quarter and the four before; small ones withheld.

    ``counts`` is (quarter, number). ``p`` is of the quarter against those before, one-sided: the
    chance of as many or more. ``usual`` is a quarter's mean in ``usual_of``, one of each season,
    ``is_about`` when withheld numbers make it uncertain. ``answered`` and ``mended`` are of the
    latest four quarters.
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
    usual_of: tuple[str, ...] = ()
    is_about: bool = False
    is_seasonal: bool = False
    """It differs from the four before, but not from the same season of earlier years."""


@dataclass(frozen=True)
class SplitCount:
    """Synpunkter of the latest four quarters in a type, area or kön, to the nearest five."""

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
    """What was said in a category and what was done: never the text of a synpunkt.

    Counts are of the latest four quarters; ``is_part`` when quarters with few are not counted.
    ``atgarder`` are ids.
    """

    category: str
    complaints: Cell
    mended: Cell
    atgarder: tuple[str, ...]
    answered: Cell = field(default=_UNKNOWN)
    is_part: bool = False


@dataclass(frozen=True)
class FeedbackResult:
    """All that is told of a nämnd's synpunkter.

    ``total`` is the number of klagomål and förslag in the quarter, ``quarters`` the same in each
    quarter since ``first``, the first quarter of the register; ``chart`` is drawn from them when
    they are enough. ``window`` is the latest quarters that splits and answers count. ``hidden`` is
    how many numbers are withheld.
    """

    categories: tuple[CategoryCount, ...]
    splits: tuple[SplitCount, ...]
    times: tuple[AnswerTimes, ...]
    done: tuple[YouSaidWeDid, ...]
    total: Cell
    first: str
    through: date
    quarters: tuple[tuple[str, Cell], ...] = ()
    window: tuple[str, ...] = ()
    chart: ProcessChart | None = None
    hidden: int = 0
