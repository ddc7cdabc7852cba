"""What a survey asked and how: the nouns that a codebook file describes. Frozen."""

from dataclasses import dataclass
from enum import StrEnum

from kvalitetslib.model import Direction


class ScaleKind(StrEnum):
    """How a question is answered; the value is the word used in a codebook."""

    YES_NO = "ja/nej"
    STEPS = "skala"
    NPS = "nps"
    OPEN = "öppen"


class Measure(StrEnum):
    """The number that stands for a question in tables and findings."""

    POSITIVE = "andel positiva"
    MEAN = "medelvärde"
    INDEX = "index 0-100"
    NPS = "nps"


class IntervalKind(StrEnum):
    """How the interval of a share is made (METHODS §2)."""

    WILSON = "wilson"
    KORN_GRAUBARD = "korn-graubard"


class Role(StrEnum):
    """What part a question plays in the analysis of drivers."""

    OVERALL = "helhet"
    DRIVER = "drivande"
    NONE = ""


@dataclass(frozen=True)
class Answer:
    """One answer: its code in the file, its printed label, and whether it counts as positive."""

    code: str
    label: str
    positive: bool = False


@dataclass(frozen=True)
class Compared:
    """A published figure to hold a question against. ``margin`` is half of a 95 % interval."""

    label: str
    value: float
    margin: float | None = None


@dataclass(frozen=True)
class Item:
    """One question. ``answers`` are in scale order, from the lowest step to the highest.

    ``dont_know`` are codes that are counted and shown but stand outside the base; ``missing`` are
    codes for no answer. ``subject`` is a definite noun phrase that can begin a sentence. An open
    question has one answer, that something was written. No ``namnder`` means all that use the
    survey.
    """

    id: str
    column: str
    text: str
    subject: str
    scale: ScaleKind
    measure: Measure
    direction: Direction
    theme: str
    namnder: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    dont_know: tuple[Answer, ...] = ()
    missing: tuple[str, ...] = ()
    role: Role = Role.NONE
    delta: float = 5.0
    hme: str = ""
    breaks: tuple[str, ...] = ()
    concerns_children: bool = False
    compared: Compared | None = None


class BackgroundKind(StrEnum):
    GENDER = "kön"
    AGE = "ålder"
    AREA = "område"
    OTHER = "annan"


@dataclass(frozen=True)
class Background:
    """A variable that results are split by. ``groups`` pairs a code with its printed label.

    For age ``born`` is true when the column holds a birth year, and ``bounds`` has the lowest age
    of each group in order (the last group is open upwards unless ``oldest`` is set). ``codes``
    pairs a code in the file with a group, or with "" when it stands for unknown; it is empty when
    the column holds ages or birth years. ``owners`` pairs a group with the nämnd that answers for
    it.
    """

    kind: BackgroundKind
    key: str
    column: str
    label: str
    groups: tuple[tuple[str, str], ...]
    bounds: tuple[int, ...] = ()
    oldest: int | None = None
    born: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stratum:
    """A part of the frame: how many people it holds and how many were asked."""

    code: str
    label: str
    population: int
    invited: int


@dataclass(frozen=True)
class Margin:
    """Known population counts to weight to: ``variables`` are background keys, one or crossed."""

    variables: tuple[str, ...]
    counts: tuple[tuple[tuple[str, ...], float], ...]


class Weighting(StrEnum):
    NONE = "ingen"
    POSTSTRATIFY = "efterstratifiering"
    RAKE = "rakning"
    CALIBRATE = "kalibrering"


@dataclass(frozen=True)
class Wave:
    """One round. ``period`` as SCB writes it; ``strata`` empty for a simple sample."""

    period: str
    file: str
    invited: int
    strata: tuple[Stratum, ...] = ()
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A survey: its waves, design, background and questions.

    ``finite`` uses the finite population correction (a description of those who were asked about);
    it is never used between waves. ``offered`` are questions that only the template has; those
    that no wave asked are left out when the answers are read. ``owner`` is the nämnd that judges
    what concerns everyone, in questions that name no nämnd; without it all nämnder do.
    """

    key: str
    name: str
    source: str
    population: str
    waves: tuple[Wave, ...]
    items: tuple[Item, ...]
    backgrounds: tuple[Background, ...]
    id_column: str = ""
    stratum_column: str = ""
    cluster_column: str = ""
    weight_column: str = ""
    weighting: Weighting = Weighting.NONE
    finite: bool = False
    smallest_n: int = 5
    certain_n: int = 30
    template: str = ""
    published: bool = False
    note: str = ""
    offered: tuple[str, ...] = ()
    owner: str = ""
    interval: IntervalKind = IntervalKind.WILSON

    def item(self, id: str) -> Item:
        """The question with that id (KeyError when there is none)."""
        return {each.id: each for each in self.items}[id]
