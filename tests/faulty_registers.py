"""Named ways to break one of the kommun's lists: a whole file, and what must be said of it."""

from typing import NamedTuple


class FaultyRegister(NamedTuple):
    """A list with one fault in one cell; the message must hold every one of ``parts``."""

    name: str
    table: str
    text: str
    parts: tuple[str, ...]


GOAL = "id;namnd;typ;rubrik;indikator;malvarde;maldatum;beslutad;mote;del_av"
ATGARD = (
    "id;namnd;rubrik;status;indikator;start;klar;beslut;verdikt;verdikt_belagg;"
    "rivaliserande_forklaring;mal"
)
PROMISE = "id;namnd;tjanst;lofte;matt;grans;indikator;kategori"
LESSON = "id;namnd;datum;lardom;fran;atgard;anvand_i"
BREACH = "lofte;period;utredd;erkand;rattad;atgard"
CONTROL = "id;namnd;kontroll;planerad;utford;avvikelser"
IDEA = "id;namnd;ide;inkom;aterkopplad"


def _broken(name: str, table: str, header: str, row: str, *parts: str) -> FaultyRegister:
    """The list with this row alone, in line 2."""
    return _many(name, table, header, (row,), "rad 2", *parts)


def _many(name: str, table: str, header: str, rows: tuple[str, ...], *parts: str) -> FaultyRegister:
    """The list with these rows, the first in line 2."""
    text = "\n".join((header, *rows, ""))
    return FaultyRegister(name, table, text, (f"kommuner/testby/{table}.csv", *parts))


GOALS = (
    _broken(
        "goal_dated_1926",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVAR;90;1926-12-31;;;",
        "kolumn maldatum",
        "1926-12-31",
        "för långt tillbaka",
        "1990-01-01",
    ),
    _broken(
        "goal_of_unknown_indicator",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVART;90;2026-12-31;;;",
        "kolumn indikator",
        "Menade du X-SVAR?",
    ),
    _broken(
        "goal_part_of_itself",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVAR;90;2026-12-31;;;M1",
        "kolumn del_av",
        "M1 → M1",
    ),
    _broken(
        "goal_part_of_unknown",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVAR;90;2026-12-31;;;M7",
        "kolumn del_av",
        "M7",
    ),
    _many(
        "goal_id_twice",
        "mal",
        GOAL,
        (
            "M1;skola;kkf;Fler svar i tid;X-SVAR;90;2026-12-31;;;",
            "M1;skola;kkf;Fler får svar;X-SVAR;95;2027-12-31;;;",
        ),
        "rad 3",
        "kolumn id",
        "samma id som rad 2",
    ),
    _broken(
        "goal_met_in_unknown_question",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVAR;90;2026-12-31;;L1, trivsel:f99;",
        "kolumn mote",
        "trivsel:f99",
    ),
    _broken(
        "goal_due_before_it_was_decided",
        "mal",
        GOAL,
        "M1;skola;kkf;Fler svar i tid;X-SVAR;90;2025-12-31;2026-02-01;;",
        "kolumn maldatum",
        "maldatum ligger före beslutad",
    ),
)

ATGARDER = (
    _broken(
        "atgard_closed_before_it_started",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;klar;X-SVAR;2026-03-01;2026-02-01;;;;Färre ärenden;",
        "kolumn klar",
        "klar ligger före start",
        "2026-03-01 eller senare",
    ),
    _broken(
        "atgard_running_without_start",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;pågår;X-SVAR;;;;;;;",
        "kolumn start",
        "start saknas",
        "dagen då åtgärden började",
    ),
    _broken(
        "atgard_done_without_date",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;klar;X-SVAR;2026-03-01;;;;;Färre ärenden;",
        "kolumn klar",
        "klar saknas",
        "dagen då åtgärden slutade",
    ),
    _broken(
        "atgard_stopped_without_date",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;avbruten;X-SVAR;2026-03-01;;;;;;",
        "kolumn klar",
        "klar saknas",
    ),
    _broken(
        "no_action_without_decision",
        "atgarder",
        ATGARD,
        "A1;skola;Ingen åtgärd i år;avstår;X-SVAR;;;;;;;",
        "kolumn beslut",
        "beslut saknas",
        "beslutet att inte agera",
    ),
    _broken(
        "verdict_without_evidence",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;klar;X-SVAR;2026-01-12;2026-06-12;;standardisera;;Färre ärenden;",
        "kolumn verdikt_belagg",
        "verdikten nämner inget belägg",
    ),
    _broken(
        "verdict_without_rival",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;pågår;X-SVAR;2026-01-12;;;oklart;;;",
        "kolumn rivaliserande_forklaring",
        "en annan möjlig förklaring saknas",
    ),
    _broken(
        "atgard_done_without_rival",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;klar;X-SVAR;2026-01-12;2026-06-12;;;;;",
        "kolumn rivaliserande_forklaring",
        "en annan möjlig förklaring saknas",
    ),
    _broken(
        "atgard_of_unknown_indicator",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;pågår;X-SVART;2026-01-12;;;;;;",
        "kolumn indikator",
        "Menade du X-SVAR?",
    ),
    _broken(
        "atgard_for_unknown_goal",
        "atgarder",
        ATGARD,
        "A1;skola;Ny rutin;pågår;X-SVAR;2026-01-12;;;;;;M1, M9",
        "kolumn mal",
        "M9",
    ),
    _many(
        "atgard_id_twice",
        "atgarder",
        ATGARD,
        (
            "A1;skola;Ny rutin;pågår;X-SVAR;2026-01-12;;;;;;",
            "A1;skola;Nyare rutin;ej påbörjad;X-SVAR;;;;;;;",
        ),
        "rad 3",
        "samma id som rad 2",
    ),
)

PROMISES = (
    _broken(
        "promise_without_limit",
        "loften",
        PROMISE,
        "L1;miljo;Tillsyn;Svar inom tio dagar;dagar;;X-DAGAR;Buller",
        "kolumn grans",
        "cellen är tom",
    ),
    _broken(
        "promise_without_measurement",
        "loften",
        PROMISE,
        "L1;miljo;Tillsyn;Svar inom tio dagar;dagar;10;;",
        "kolumn indikator",
        "löftet mäts inte",
        "en indikator eller en kategori av synpunkter",
    ),
    _broken(
        "breach_of_unknown_promise",
        "loftesbrott",
        BREACH,
        "L9;2026K1;;;;",
        "kolumn lofte",
        "L9",
    ),
    _broken(
        "breach_in_unknown_period",
        "loftesbrott",
        BREACH,
        "L1;våren 2026;;;;",
        "kolumn period",
        "våren 2026",
    ),
    _broken(
        "breach_mended_before_it_was_admitted",
        "loftesbrott",
        BREACH,
        "L1;2026K1;2026-04-08;2026-05-20;2026-04-20;",
        "kolumn rattad",
        "rattad ligger före erkand",
    ),
    _many(
        "breach_twice",
        "loftesbrott",
        BREACH,
        ("L1;2026K1;;;;", "L1;2026K1;2026-04-08;;;"),
        "rad 3",
        "samma lofte, period som rad 2",
    ),
)

LESSONS = (
    _broken(
        "lesson_used_in_its_own_atgard",
        "lardomar",
        LESSON,
        "D1;skola;2026-08-20;Fråga tidigt;egna;A1;A1",
        "kolumn anvand_i",
        "lärdomen används i sin egen åtgärd",
    ),
    _broken(
        "lesson_from_the_future",
        "lardomar",
        LESSON,
        "D1;skola;2027-08-20;Fråga tidigt;egna;A1;",
        "kolumn datum",
        "datumet har inte varit än",
    ),
)

CONTROLS = (
    _broken(
        "control_with_half_a_deviation",
        "egenkontroll",
        CONTROL,
        "K1;skola;Svar i tid;2026-03-16;2026-03-19;2,5",
        "kolumn avvikelser",
        "ett heltal",
    ),
    _broken(
        "idea_answered_before_it_came",
        "ideer",
        IDEA,
        "I1;skola;Ring upp;2026-03-16;2026-02-16",
        "kolumn aterkopplad",
        "aterkopplad ligger före inkom",
    ),
)

FAULTY_REGISTERS = (*GOALS, *ATGARDER, *PROMISES, *LESSONS, *CONTROLS)
