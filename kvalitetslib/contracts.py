"""The contracts of the tables: what each file must hold, one table a file."""

from kvalitetslib.register import GoalKind, Outcome, Status
from kvalitetslib.schema import Column, Kind, Table


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
        Column("typ", "kind", Kind.TEXT, required=True, choices=tuple(GoalKind)),
        Column("rubrik", "title", Kind.TEXT, required=True),
        _INDICATOR,
        _GROUP,
        Column("malvarde", "target", Kind.NUMBER),
        Column("maldatum", "due", Kind.DATE),
        Column("beslut", "decision", Kind.TEXT),
        Column("vision", "vision", Kind.TEXT),
        Column("beslutad", "decided", Kind.DATE),
        Column("startvarde", "start", Kind.NUMBER),
        Column("mote", "meetings", Kind.TEXT, of="mote", many=True),
        Column("klart", "done", Kind.DATE),
        Column("del_av", "part_of", Kind.KEY),
    ),
    key=("id",),
    order=(("decided", "due"), ("decided", "done")),
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
            choices=tuple(Status),
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
            choices=tuple(each for each in Outcome if each),
        ),
        Column("rivaliserande_forklaring", "rival", Kind.TEXT),
        Column("kostnad", "cost_kr", Kind.NUMBER, minimum=0),
        Column("mal", "goals", Kind.TEXT, of="mal", many=True),
        Column("beslut", "decision", Kind.TEXT),
        Column("beslutad", "decided", Kind.DATE),
        Column("planerad_klar", "planned_done", Kind.DATE),
        Column("verdikt_datum", "outcome_on", Kind.DATE, is_past=True),
        Column("verdikt_belagg", "cited", Kind.TEXT),
        # Of the draft for the next period, so that its rows can be pasted as they are.
        Column("varfor", "why", Kind.TEXT),
        Column("belagg", "evidence", Kind.TEXT),
    ),
    key=("id",),
    order=(("start", "done"), ("start", "planned_done"), ("start", "outcome_on")),
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
        Column("grans", "limit", Kind.NUMBER, required=True),
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
        _INDICATOR,
        Column("kategori", "category", Kind.TEXT, of="kategori"),
    ),
    key=("id",),
)

BREACHES = Table(
    "loftesbrott",
    "ett löfte som inte hölls en period",
    (
        Column("lofte", "promise", Kind.KEY, required=True, of="lofte"),
        Column("period", "period", Kind.PERIOD, required=True),
        Column("utredd", "investigated", Kind.DATE, is_past=True),
        Column("erkand", "admitted", Kind.DATE, is_past=True),
        Column("rattad", "mended", Kind.DATE, is_past=True),
        Column("atgard", "atgard", Kind.KEY, of="atgard"),
    ),
    key=("promise", "period"),
    order=(("investigated", "mended"), ("admitted", "mended")),
)

CONTROLS = Table(
    "egenkontroll",
    "en egenkontroll",
    (
        _id(),
        _NAMND,
        Column("kontroll", "title", Kind.TEXT, required=True),
        Column("planerad", "planned", Kind.DATE, required=True),
        Column("utford", "executed", Kind.DATE, is_past=True),
        Column("avvikelser", "deviations", Kind.COUNT),
        Column("rattade", "mended", Kind.COUNT),
        Column("atgard", "atgard", Kind.KEY, of="atgard"),
    ),
    key=("id",),
)

IDEAS = Table(
    "ideer",
    "en idé från en medarbetare",
    (
        _id(),
        _NAMND,
        Column("ide", "title", Kind.TEXT, required=True),
        Column("inkom", "raised", Kind.DATE, required=True, is_past=True),
        Column("aterkopplad", "answered", Kind.DATE, is_past=True),
        Column("provad", "tried", Kind.DATE, is_past=True),
        Column("inford", "adopted", Kind.DATE, is_past=True),
    ),
    key=("id",),
    order=(("raised", "answered"), ("raised", "tried"), ("raised", "adopted")),
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
    BREACHES,
    LESSONS,
    CONTROLS,
    IDEAS,
    OUTLOOKS,
    ECONOMY,
    JUDGEMENTS,
)
"""Every table of a kommun's folder; surveys have a codebook instead."""
