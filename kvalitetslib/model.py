"""What a kommun is and has decided: the nouns that its files describe. Frozen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Which way is good. Set in the catalogue or kommun.toml, never guessed."""

    HIGH = "hög"
    LOW = "låg"
    NEUTRAL = "neutral"
    INTERVAL = "intervall"


class Perspective(StrEnum):
    RESULT = "resultat"
    USER = "brukare"
    RESIDENT = "invånare"
    STAFF = "medarbetare"
    ECONOMY = "ekonomi"
    VOLUME = "volym"


class ReferenceKind(StrEnum):
    """What a value is held against; level questions take the first one available."""

    GOAL = "mål"
    PEERS = "liknande kommuner"
    COUNTY = "länet"
    COUNTRY = "riket"
    BEST = "bästa fjärdedelen bland liknande kommuner"
    GROUP = "annan grupp"
    EARLIER = "egna tidigare värden"
    NONE = "ingen"


class Quadrant(StrEnum):
    STRENGTH = "styrka"
    WEAKNESS = "svaghet"
    OPPORTUNITY = "möjlighet"
    THREAT = "hot"


@dataclass(frozen=True, order=True)
class Group:
    """A slice of the people: sex code (T K M …), age band and area; empty means all.

    ``other`` holds a group of any other background of a survey, such as years in the kommun.
    """

    gender: str = "T"
    age: str = ""
    area: str = ""
    other: str = ""

    @property
    def is_total(self) -> bool:
        return self == TOTAL


TOTAL = Group()
"""All people."""


@dataclass(frozen=True)
class Break:
    """A year from which values cannot be compared with earlier ones."""

    period: str
    cause: str


@dataclass(frozen=True)
class Indicator:
    """A curated indicator. ``subject`` is a definite noun phrase that can begin a sentence."""

    id: str
    title: str
    subject: str
    unit: str
    direction: Direction
    decimals: int
    delta: float
    perspective: Perspective
    source: str
    area: str
    by_gender: bool = False
    concerns_children: bool = False
    age_band: str = ""
    ended: int | None = None
    interval: tuple[float, float] | None = None
    breaks: tuple[Break, ...] = ()
    margin_indicator: str = ""
    restarts: tuple[Break, ...] = ()
    """Named changes of the way of working: the values compare, but have new limits from there."""
    counts_events: bool = False
    """The denominator is events, each counted in one period only; else the same people again."""


@dataclass(frozen=True)
class Area:
    """A part of the kommun. ``tile`` is its row and column, from 1, on a map of equal tiles."""

    nyckel: str
    namn: str
    larger: str = ""
    tile: tuple[int, int] | None = None


@dataclass(frozen=True)
class PeerGroup:
    """Municipalities to compare with; the own one is never a member."""

    nyckel: str
    namn: str
    kind: ReferenceKind
    kommuner: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """Choices that a kommun may make; all have stated defaults in config.

    ``watch_quarters`` is how long a fault that is gone is watched before it may be called secured.
    ``answer_days`` is within how many days a synpunkt should have an answer, ``open_days`` after
    how many one without an answer has waited too long.
    """

    smallest_group: int
    fdr: float
    findings_per_quadrant: int
    peers_smallest: int
    watch_quarters: int = 4
    answer_days: int = 10
    open_days: int = 30


@dataclass(frozen=True)
class Namnd:
    """A board and what it is followed up on."""

    nyckel: str
    namn: str
    indicators: tuple[str, ...]
    peer_group: str = ""
    surveys: tuple[str, ...] = ()
    feedback_categories: tuple[str, ...] = ()
    meeting: date | None = None
    demand_ages: tuple[str, ...] = ()


@dataclass(frozen=True)
class CostPair:
    """Indicators of quality and the indicator of what the same service costs."""

    namn: str
    cost: str
    quality: tuple[str, ...]


@dataclass(frozen=True)
class Kommun:
    """A municipality as its kommun.toml describes it."""

    nyckel: str
    namn: str
    kod: str
    synthetic: bool
    policy: Policy
    namnder: tuple[Namnd, ...]
    indicators: tuple[Indicator, ...]
    peer_groups: tuple[PeerGroup, ...]
    areas: tuple[Area, ...]
    age_groups: tuple[str, ...]
    snapshots: tuple[tuple[str, str], ...] = ()
    cost_pairs: tuple[CostPair, ...] = ()

    def indicator(self, id: str) -> Indicator:
        """The indicator with that id (KeyError when there is none)."""
        return {each.id: each for each in self.indicators}[id]

    def namnd(self, nyckel: str) -> Namnd:
        """The board with that key (KeyError when there is none)."""
        return {each.nyckel: each for each in self.namnder}[nyckel]


@dataclass(frozen=True)
class Source:
    """Where a figure comes from. ``own_processing`` figures are never labelled as Kolada's."""

    name: str
    fetched: str
    checksum: str
    note: str = ""
    synthetic: bool = False
