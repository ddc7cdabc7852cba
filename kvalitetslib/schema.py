"""The contracts of the tables: what each file must hold, one table a file.

Columns have a Swedish name in the file (a door) and an English one in the code (a room). The
contract is checked on the raw text, so that a fault can quote the very cell that broke it.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. The value is the Swedish wording of what is accepted."""

    TEXT = "text"
    KEY = "en nyckel utan mellanslag"
    NUMBER = "ett tal, till exempel 12,5"
    COUNT = "ett heltal, 0 eller större"
    PERIOD = "en period: 2025, 2025K3, 2025M09 eller 2025/26"
    DATE = "ett datum, till exempel 2026-09-30"
    GENDER = "en könskod: T, K, M eller egen kod"
    BOOLEAN = "ja eller nej"
    STATE = "ett läge: fyra tecken, a till z och 0 till 9, så som det står vid belägget"


@dataclass(frozen=True)
class Column:
    """One column.

    ``of`` names the list in the kommun's configuration the value must stand in. ``may_be_withheld``
    takes the markers of official statistics for a number that is not published. ``is_past`` refuses
    a date that has not come.
    """

    name: str
    column: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""
    minimum: float | None = None
    maximum: float | None = None
    default: str = ""
    may_be_withheld: bool = False
    is_past: bool = False


@dataclass(frozen=True)
class Table:
    """A file's contract. ``row`` says what one row is; ``key`` must be unique."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of date columns where the first must not come after the second."""


def _id() -> Column:
    return Column("id", "id", Kind.KEY, required=True)


_NAMND = Column("namnd", "namnd", Kind.KEY, required=True, of="namnd")
_INDICATOR = Column("indikator", "indicator", Kind.KEY, of="indikator")
_GENDER = Column("kon", "gender", Kind.GENDER, default="T")
_AGE = Column("alder", "age", Kind.TEXT, of="alder")
_AREA = Column("omrade", "area", Kind.KEY, of="omrade")
_GROUP = Column("grupp", "group", Kind.TEXT)

VALUES = Table(
    "indikatorer",
    "ett publicerat värde",
    (
        Column("indikator", "indicator", Kind.KEY, required=True, of="indikator"),
        Column("period", "period", Kind.PERIOD, required=True),
        Column("varde", "value", Kind.NUMBER, required=True, may_be_withheld=True),
        _GENDER,
        _AGE,
        _AREA,
        Column("enhet", "enhet", Kind.TEXT),
        Column("taljare", "numerator", Kind.COUNT, may_be_withheld=True),
        Column("namnare", "denominator", Kind.COUNT, may_be_withheld=True),
        Column("status", "status", Kind.TEXT),
    ),
    key=("indicator", "period", "gender", "age", "area", "enhet"),
)

FEEDBACK = Table(
    "synpunkter",
    "en synpunkt",
    (
        Column("inkom", "received", Kind.DATE, required=True, is_past=True),
        _NAMND,
        Column("kategori", "category", Kind.TEXT, required=True, of="kategori"),
        Column("typ", "type", Kind.TEXT, required=True, choices=("klagomål", "förslag", "beröm")),
        Column("besvarad", "answered", Kind.DATE, is_past=True),
        Column("atgardad", "mended", Kind.DATE, is_past=True),
        _AREA,
        Column("kon", "gender", Kind.GENDER),
        Column("text", "text", Kind.TEXT),
    ),
    order=(("received", "answered"), ("received", "mended")),
)

GOALS = Table(
    "mal",
    "ett mål",
    (
        _id(),
        _NAMND,
        Column(
            "typ", "kind", Kind.TEXT, required=True, choices=("kkf", "utvecklingsmål", "uppdrag")
        ),
        Column("rubrik", "title", Kind.TEXT, required=True),
        _INDICATOR,
        _GROUP,
        Column("malvarde", "target", Kind.NUMBER),
        Column("maldatum", "due", Kind.DATE),
        Column("beslut", "decision", Kind.TEXT),
        Column("vision", "vision", Kind.TEXT),
    ),
    key=("id",),
)

ATGARDER = Table(
    "atgarder",
    "en åtgärd",
    (
        _id(),
        _NAMND,
        Column("rubrik", "title", Kind.TEXT, required=True),
        Column(
            "status",
            "status",
            Kind.TEXT,
            required=True,
            choices=("ej påbörjad", "pågår", "klar", "avbruten"),
        ),
        _INDICATOR,
        Column("kategori", "category", Kind.TEXT, of="kategori"),
        _GROUP,
        Column("start", "start", Kind.DATE),
        Column("klar", "done", Kind.DATE),
        Column("ansvarig_roll", "role", Kind.TEXT),
        Column("forslag_fran", "proposed_by", Kind.TEXT),
        Column("hypotes", "hypothesis", Kind.TEXT),
        Column("arbetssatt", "practice", Kind.TEXT),
        Column(
            "verdikt",
            "outcome",
            Kind.TEXT,
            choices=("pågår", "standardisera", "förkasta", "oklart"),
        ),
        Column("rivaliserande_forklaring", "rival", Kind.TEXT),
        Column("kostnad", "cost_kr", Kind.NUMBER, minimum=0),
    ),
    key=("id",),
    order=(("start", "done"),),
)

PROMISES = Table(
    "loften",
    "ett löfte",
    (
        _id(),
        _NAMND,
        Column("tjanst", "service", Kind.TEXT, required=True),
        Column("lofte", "promise", Kind.TEXT, required=True),
        Column("matt", "measured_by", Kind.TEXT),
        Column("grans", "limit", Kind.NUMBER),
        _INDICATOR,
        Column("kategori", "category", Kind.TEXT, of="kategori"),
    ),
    key=("id",),
)

LESSONS = Table(
    "lardomar",
    "en lärdom",
    (
        _id(),
        _NAMND,
        Column("datum", "dated", Kind.DATE, required=True, is_past=True),
        Column("lardom", "lesson", Kind.TEXT, required=True),
        Column("fran", "origin", Kind.TEXT, choices=("egna", "andra")),
        Column("atgard", "atgard", Kind.KEY, of="atgard"),
        Column("anvand_i", "used_in", Kind.TEXT),
    ),
    key=("id",),
)

OUTLOOKS = Table(
    "omvarld",
    "en omvärldsfaktor",
    (
        _id(),
        _NAMND,
        Column("riktning", "quadrant", Kind.TEXT, required=True, choices=("möjlighet", "hot")),
        Column("rubrik", "title", Kind.TEXT, required=True),
        Column("kalla", "source", Kind.TEXT, required=True),
        Column("datum", "dated", Kind.DATE, required=True, is_past=True),
        _INDICATOR,
    ),
    key=("id",),
)

ECONOMY = Table(
    "ekonomi",
    "en budgetrad för en period",
    (
        _NAMND,
        Column("period", "period", Kind.PERIOD, required=True),
        Column("budget", "budget_kr", Kind.NUMBER, required=True),
        Column("utfall", "outcome_kr", Kind.NUMBER, required=True),
        Column("prognos", "forecast_kr", Kind.NUMBER),
        Column("verksamhet", "verksamhet", Kind.TEXT),
    ),
    key=("namnd", "period", "verksamhet"),
)

JUDGEMENTS = Table(
    "bedomningar",
    "en bedömning",
    (
        Column("belagg", "evidence", Kind.KEY, required=True),
        Column("roll", "role", Kind.TEXT, required=True),
        Column("datum", "dated", Kind.DATE, required=True, is_past=True),
        Column(
            "beslut",
            "decision",
            Kind.TEXT,
            required=True,
            choices=("bekräfta", "justera", "avfärda"),
        ),
        Column("motivering", "reason", Kind.TEXT, required=True),
        Column("kommentar", "comment", Kind.TEXT),
        Column("lage", "state", Kind.STATE),
        Column("namnd", "namnd", Kind.KEY, of="namnd"),
    ),
    key=("evidence", "dated", "role"),
)

TABLES = (
    VALUES,
    FEEDBACK,
    GOALS,
    ATGARDER,
    PROMISES,
    LESSONS,
    OUTLOOKS,
    ECONOMY,
    JUDGEMENTS,
)
"""Every table of a kommun's folder; surveys have a codebook instead."""
