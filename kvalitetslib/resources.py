"""What a nämnd has to work with: its staff's engagement and its money. Results only, no prose."""

from dataclasses import dataclass
from enum import StrEnum

from kvalitetslib.estimate import Cell
from kvalitetslib.survey_result import Contrast


class Whose(StrEnum):
    """Whose answers an index is of."""

    OWN = "nämndens verksamhet"
    ALL = "hela kommunen"


@dataclass(frozen=True)
class StaffIndex:
    """An index of HME, 0-100: a part or the total. ``change`` is since ``earlier_period``."""

    survey: str
    name: str
    part: str
    whose: Whose
    group: str
    period: str
    earlier_period: str
    cell: Cell
    earlier: Cell | None
    change: Contrast | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class EconomyLine:
    """A verksamhet's year so far and its forecast, in kronor; empty ``verksamhet`` is the whole.

    ``budget`` and ``outcome`` are of the ``months`` months from ``first`` to ``last``.
    ``year_budget`` is of the whole year; ``is_spread`` when it is worked out from the months so
    far. ``forecast`` is the outcome that is expected of the year, made in ``forecast_of``.
    """

    verksamhet: str
    first: str
    last: str
    months: int
    budget: float
    outcome: float
    year_budget: float
    is_spread: bool
    forecast: float | None
    forecast_of: str = ""

    @property
    def left(self) -> float:
        """Budget less outcome of the year so far: positive when less is spent."""
        return self.budget - self.outcome

    @property
    def year_left(self) -> float | None:
        """The year's budget less its forecast."""
        return None if self.forecast is None else self.year_budget - self.forecast
