"""Named ways to break a valid kommun folder, each with the one message that must come of it."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faulty_registers import FAULTY_REGISTERS
from openpyxl import Workbook
from tiny_kommun import (
    KEY,
    KOMMUN,
    NEWEST_VALUES,
    TABLES,
    TinyKommun,
    cell,
    envelope,
    packed,
    record,
)

from kvalitetslib.errors import ConfigError, DataError, KvalitetError, SourceError

Break = Callable[[TinyKommun], object]


@dataclass(frozen=True)
class FaultyInput:
    """One mutation of the valid folder; the message must hold every one of ``parts``."""

    name: str
    error: type[KvalitetError]
    parts: tuple[str, ...]
    change: Break
    nyckel: str = KEY


def _rewrite(file: str, raw: bytes) -> Break:
    return lambda tiny: (tiny.folder / file).write_bytes(raw)


def _swap(file: str, old: str, new: str) -> Break:
    return lambda tiny: tiny.swap(file, old, new)


def _add(file: str, row: str) -> Break:
    return lambda tiny: tiny.add(file, row)


def _config(name: str, old: str, new: str, *parts: str) -> FaultyInput:
    """A change of kommun.toml."""
    parts = ("kommuner/testby/kommun.toml", *parts)
    return FaultyInput(name, ConfigError, parts, _swap("kommun.toml", old, new))


def _table(name: str, table: str, old: str, new: str, *parts: str) -> FaultyInput:
    """A change of one table."""
    file = f"{table}.csv"
    return FaultyInput(name, DataError, (f"kommuner/testby/{file}", *parts), _swap(file, old, new))


def _row(name: str, table: str, row: str, *parts: str) -> FaultyInput:
    """One more row of one table."""
    file = f"{table}.csv"
    return FaultyInput(name, DataError, (f"kommuner/testby/{file}", *parts), _add(file, row))


def _unreadable(name: str, file: str, raw: bytes, *parts: str) -> FaultyInput:
    """Other bytes in one table's file."""
    return FaultyInput(name, SourceError, (f"kommuner/testby/{file}", *parts), _rewrite(file, raw))


def _fetched(name: str, raw: bytes, *parts: str) -> FaultyInput:
    """Other bytes in the newest fetch, with a checksum that agrees."""
    file = "kallor/prov-kolada/2026-10-05/data.json.gz"
    return FaultyInput(
        name, SourceError, (file, *parts), lambda tiny: tiny.refetch("data.json.gz", raw)
    )


def _workbook_as_csv(tiny: TinyKommun) -> None:
    workbook = Workbook()
    workbook.active.append(["id", "namnd"])
    workbook.save(tiny.folder / "mal.xlsx")
    (tiny.folder / "mal.xlsx").replace(tiny.folder / "mal.csv")


def _csv_as_workbook(tiny: TinyKommun) -> Path:
    return (tiny.folder / "mal.csv").replace(tiny.folder / "mal.xlsx")


def _text_in_workbook(tiny: TinyKommun) -> None:
    (tiny.folder / "ekonomi.csv").unlink()
    workbook = Workbook()
    workbook.active.append(["namnd", "period", "budget", "utfall"])
    workbook.active.append(["skola", "2026K2", 1200000, "#DIV/0!"])
    workbook.save(tiny.folder / "ekonomi.xlsx")


def _both_endings(tiny: TinyKommun) -> None:
    workbook = Workbook()
    workbook.active.append(["id"])
    workbook.save(tiny.folder / "mal.xlsx")


def _demand_ages_twice(tiny: TinyKommun) -> None:
    tiny.swap("kommun.toml", 'kolada = "prov-kolada"', 'kolada = "prov-kolada"\nscb = "prov-scb"')
    tiny.swap("kommun.toml", "sammantrade = 2026-11-12", 'behovsaldrar = ["6–15", "6-15"]')


COST_PAIR = """
[[kostnad]]
namn = "Skolan"
kostnad = "N15008"
kvalitet = ["N15428"]
"""


def _appended(text: str) -> Break:
    """More at the end of kommun.toml."""
    path = "kommun.toml"
    return lambda tiny: tiny.swap(path, KOMMUN[-40:], KOMMUN[-40:] + text)


def _costs(name: str, line: str, *parts: str) -> FaultyInput:
    """A pair of cost and quality with another line, at the end of kommun.toml."""
    key = line.split(" ")[0]
    kept = [each for each in COST_PAIR.splitlines() if not each.startswith(f"{key} ")]
    changed = _appended("\n".join([*kept, line, ""]))
    return FaultyInput(name, ConfigError, ("kommuner/testby/kommun.toml", *parts), changed)


def _changed_byte(tiny: TinyKommun) -> None:
    path = tiny.fetch / "data.json.gz"
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(bytes(raw))


CONFIG = (
    _config("toml_syntax", 'namn = "Testby"', "namn = Testby", "rad 2", "TOML", "namn = Testby"),
    _config("toml_number_with_zero", 'kod = "9901"', "kod = 0114", "rad 3", "TOML", "kod = 0114"),
    _config(
        "unknown_key", "syntetisk", "syntetsk", "rad 4", "okänd nyckel", "Menade du syntetisk?"
    ),
    _config("unknown_section", "[policy]", "[polcy]", "rad 6", "okänt", "Menade du policy?"),
    _config("code_as_number", 'kod = "9901"', "kod = 9901", "rad 3", "fel slag", "9901", "text"),
    _config("namn_missing", 'namn = "Testby"\n', "", "rad 1", "nyckeln namn saknas"),
    _config("namn_empty", '"Testby"', '""', "rad 2", "texten är tom"),
    _config("code_without_zero", '"9902"', '"114"', "rad 14", "fyra siffror", "Menade du 0114?"),
    _config("own_code_among_peers", '"9902"', '"9901"', "rad 14", "egen kod", "9901"),
    _config("peer_twice", '"9903"', '"9902"', "rad 14", "två gånger", "9902"),
    _config("peers_missing", 'kommuner = ["0000"]\n', "", "rad 16", "nyckeln kommuner saknas"),
    _config(
        "peer_group_unknown",
        "sammantrade = 2026-11-12",
        'jamforelse = "liknade"',
        "rad 32",
        "namnd.jamforelse",
        "Menade du liknande?",
    ),
    _config("namnd_twice", 'nyckel = "miljo"', 'nyckel = "skola"', "rad 35", "två gånger", "skola"),
    _config(
        "namnd_named_as_the_overview",
        'nyckel = "miljo"',
        'nyckel = "kommun"',
        "rad 35",
        "kommun.html är redan namnet på en annan sida",
        "en nyckel som inte är index eller kommun",
    ),
    _config(
        "namnd_named_as_the_index",
        'nyckel = "miljo"',
        'nyckel = "index"',
        "rad 35",
        "index.html är redan namnet på en annan sida",
    ),
    _config(
        "namnd_named_as_an_edition",
        'nyckel = "miljo"',
        'nyckel = "skola-invanare"',
        "rad 35",
        "skola-invanare.html är redan namnet på en annan sida",
        "inte slutar på -invanare eller -medarbetare",
    ),
    _config("namnd_key", 'nyckel = "miljo"', 'nyckel = "Miljö nämnd"', "rad 35", "Miljö nämnd"),
    _config("indicator_unknown", "N15428", "N1542", "rad 30", "N1542", "Menade du N15428?"),
    _config(
        "area_unknown",
        "sammantrade = 2026-11-12",
        'verksamhet = ["kultur-och-fritd"]',
        "rad 32",
        "Menade du kultur-och-fritid?",
    ),
    _config("policy_too_small", "minsta_grupp = 5", "minsta_grupp = 2", "rad 7", "3 eller större"),
    _config("policy_fdr", "minsta_grupp = 5", "fdr = 5.0", "rad 7", "policy.fdr", "högst 0.2"),
    _config(
        "meeting_as_text",
        "= 2026-11-12",
        '= "2026-11-12"',
        "rad 32",
        'Hittade: "2026',
        "utan citattecken",
    ),
    _config(
        "demand_ages_in_words",
        "sammantrade = 2026-11-12",
        'behovsaldrar = ["noll till fem"]',
        "rad 32",
        "namnd.behovsaldrar",
        "noll till fem",
        '"80+"',
    ),
    _config(
        "demand_ages_backwards",
        "sammantrade = 2026-11-12",
        'behovsaldrar = ["15–6"]',
        "rad 32",
        "kan inte tolkas",
        "15–6",
    ),
    _config(
        "demand_ages_without_people",
        "sammantrade = 2026-11-12",
        'behovsaldrar = ["6–15"]',
        "kallor",
        "ingen befolkningskälla",
        "skola",
        "scb",
    ),
    _costs("cost_unknown", 'kostnad = "N15006"', "kostnad.kostnad", "N15006", "Menade du"),
    _costs("cost_is_no_cost", 'kostnad = "N15428"', "kostnad.kostnad", "ingen kostnad"),
    _costs("cost_of_unknown_quality", 'kvalitet = ["N15482"]', "N15482", "Menade du"),
    _costs("cost_of_neutral_quality", 'kvalitet = ["N15034"]', "inte mäta kvalitet", "riktning"),
    _costs("cost_without_quality", "kvalitet = []", "kostnad.kvalitet", "listan är tom"),
    _costs("cost_key_unknown", 'kvalite = "N15428"', "okänd nyckel", "Menade du kvalitet?"),
    FaultyInput(
        "cost_twice",
        ConfigError,
        ("kommuner/testby/kommun.toml", "kostnad.namn", "samma namn", "Skolan"),
        _appended(2 * COST_PAIR),
    ),
    FaultyInput(
        "demand_ages_twice",
        ConfigError,
        ("rad 33", "namnd.behovsaldrar", "samma åldrar", "6-15"),
        _demand_ages_twice,
    ),
    _config(
        "restart_without_month",
        'enhet = "dagar"\n',
        'enhet = "dagar"\nomstart = [{ period = "2025-03", orsak = "Ny rutin" }]\n',
        "omstart.period",
        "perioden är okänd",
        "2025-03",
        "2025M03",
    ),
    _config(
        "restart_without_cause",
        'enhet = "dagar"\n',
        'enhet = "dagar"\nomstart = [{ period = "2025M03" }]\n',
        "nyckeln orsak saknas",
    ),
    _config(
        "events_not_true_or_false",
        'enhet = "dagar"\n',
        'enhet = "dagar"\nhandelser = "ja"\n',
        "indikator.handelser",
        "fel slag",
        "ja",
    ),
    _config("direction_unknown", '"hög"', '"höj"', "rad 45", "Menade du hög?"),
    _config("subject_missing", 'subjekt = "Andelen svar i tid"\n', "", "subjekt saknas"),
    FaultyInput(
        "toml_not_utf8",
        ConfigError,
        ("kommun.toml", "rad 21", "inte sparad som UTF-8"),
        _rewrite("kommun.toml", KOMMUN.encode("cp1252")),
    ),
    FaultyInput(
        "kommun_toml_missing",
        ConfigError,
        ("kommuner/testby/kommun.toml", "filen saknas"),
        lambda tiny: (tiny.folder / "kommun.toml").unlink(),
    ),
    FaultyInput(
        "kommun_folder_unknown",
        ConfigError,
        ("mapp finns inte", "tesby", "Menade du testby?"),
        lambda tiny: None,
        nyckel="tesby",
    ),
)

FILES = (
    _unreadable("utf16", "mal.csv", TABLES["mal"].encode("utf-16"), "teckenkodning", "UTF-16"),
    _unreadable("binary", "mal.csv", b"id;namnd\n\x01\x02;\xff", "inte en textfil"),
    _unreadable(
        "garbled",
        "mal.csv",
        TABLES["mal"].replace("Nära", "NÃ¤ra").encode(),
        "rad 2",
        "förvanskats",
        "NÃ¤ra",
    ),
    _unreadable(
        "not_an_encoding",
        "mal.csv",
        TABLES["mal"].encode("cp1252").replace(b"\xe4", b"\x8d"),
        "rad 2",
        "0x8d",
    ),
    _unreadable("empty", "mal.csv", b"", "filen är tom"),
    _unreadable("only_separators", "mal.csv", b";;;\n;;;\n", "filen är tom"),
    _unreadable("header_only", "mal.csv", b"id;namnd;typ;rubrik\n", "rad 1", "bara en rubrikrad"),
    _unreadable("page", "mal.csv", b"<!DOCTYPE html><table></table>", "ändelsen", "HTML"),
    _unreadable("pdf", "mal.csv", b"%PDF-1.7", "ändelsen", "en PDF"),
    _unreadable("old_excel", "mal.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "ändelsen", ".xls"),
    _unreadable(
        "unclosed_quote",
        "mal.csv",
        TABLES["mal"].replace("Kortare", '"Kortare').encode(),
        "rad 3",
        "citattecken avslutas inte",
    ),
    FaultyInput(
        "xlsx_renamed_to_csv",
        SourceError,
        ("kommuner/testby/mal.csv", "ändelsen", "en Excelfil"),
        _workbook_as_csv,
    ),
    FaultyInput(
        "csv_renamed_to_xlsx",
        SourceError,
        ("kommuner/testby/mal.xlsx", "ändelsen", "en textfil"),
        _csv_as_workbook,
    ),
    FaultyInput(
        "damaged_workbook",
        SourceError,
        ("kommuner/testby/mal.xlsx", "skadad"),
        lambda tiny: (_csv_as_workbook(tiny)).write_bytes(b"PK\x03\x04 avbruten"),
    ),
    FaultyInput(
        "both_endings",
        SourceError,
        ("kommuner/testby/mal.csv", "två filer", "mal.csv och mal.xlsx"),
        _both_endings,
    ),
    FaultyInput(
        "file_name_unknown",
        SourceError,
        ("kommuner/testby/synpunkt.csv", "namn är okänt", "Menade du synpunkter.csv?"),
        _rewrite("synpunkt.csv", b"a;b\n1;2\n"),
    ),
)

TABLE_FAULTS = (
    FaultyInput(
        "column_missing",
        DataError,
        ("kommuner/testby/lardomar.csv", "rad 1", "kolumn datum", "kolumnen saknas"),
        _rewrite("lardomar.csv", "id;namnd;lardom\nD1;skola;Fråga tidigt\n".encode()),
    ),
    _table("column_unknown", "mal", ";vision", ";visionen", "rad 1", "Menade du vision?"),
    _table("required_column_misspelt", "mal", "rubrik", "rubirk", "rad 1", "Menade du rubrik?"),
    _table("column_twice", "mal", "beslut;vision", "vision;vision", "rad 1", "två gånger"),
    _table("heading_empty", "mal", "grupp;malvarde", ";malvarde", "rad 1", "saknar rubrik"),
    _table("key_twice", "mal", "M2;", "M1;", "rad 3", "kolumn id", "samma id som rad 2"),
    _row(
        "value_twice",
        "indikatorer",
        "X-SVAR;2025;85,0;T;;;;;;",
        "rad 6",
        "finns två gånger",
        "som rad 3",
    ),
    _table("decimals_mixed", "indikatorer", "84,0", "84.0", "rad 3", "blandar", "decimalkomma"),
    _table("namnd_unknown", "mal", "miljo", "mijlo", "rad 3", "kolumn namnd", "Menade du miljo?"),
    _table("indicator_unknown_in_table", "mal", "X-DAGAR", "X-DAGER", "Menade du X-DAGAR?"),
    _table("period_in_future", "indikatorer", "2026M08", "2026M11", "rad 5", "inte slut än"),
    _table("year_not_ended", "indikatorer", "2024;81,5", "2026;81,5", "rad 2", "inte slut än"),
    _table("period_nonsense", "indikatorer", "2026M08", "2026-08", "rad 5", "2026-08", "2025M09"),
    _table("month_13", "indikatorer", "2026M08", "2026M13", "rad 5", "fel form", "2026M13"),
    _table("share_140", "indikatorer", "84,0", "140", "rad 3", "andel", "140", "0 till 100"),
    _table("share_negative", "indikatorer", "84,0", "\u22124,0", "rad 3", "andel", "0 till 100"),
    _table("days_negative", "indikatorer", "12,25", "-12,25", "rad 5", "inte negativt"),
    _table("part_above_whole", "indikatorer", "168;200", "268;200", "kolumn taljare", "nämnaren"),
    _table("count_negative", "indikatorer", "168;200", "-168;200", "rad 3", "ett heltal"),
    _table("count_with_decimals", "indikatorer", "168;", "168,5;", "kolumn taljare", "ett heltal"),
    _table("value_empty", "indikatorer", "84,0", "", "rad 3", "status säger inte varför"),
    _table(
        "number_as_text", "indikatorer", "84,0", "åttiofyra", "rad 3", "kolumn varde", "ett tal"
    ),
    _table("number_with_percent", "indikatorer", "84,0", "84 %", "rad 3", "84 %", "ett tal"),
    _table("infinite", "indikatorer", "84,0", "inf", "rad 3", "inf", "ett tal"),
    _table("not_a_number", "indikatorer", "84,0", "NaN", "rad 3", "NaN", "ett tal"),
    _table("too_large", "ekonomi", "1 200 000", "9" * 400, "rad 2", "för stort"),
    _table("gender_unknown", "indikatorer", "84,0;T", "84,0;kvinnnor", "rad 3", "kolumn kon"),
    _table("area_unknown_in_table", "indikatorer", "centrum", "centum", "Menade du centrum?"),
    _table("age_unknown", "indikatorer", "0-5 år", "0-6 år", "rad 4", "kolumn alder", "0–5 år"),
    _table("date_impossible", "synpunkter", "2026-07-01", "2026-13-45", "rad 2", "2026-13-45"),
    _table("date_swedish", "synpunkter", "2026-07-01", "1/7 2026", "rad 2", "2026-09-30"),
    _table("date_in_future", "synpunkter", "2026-08-15", "2027-08-15", "rad 3", "inte varit än"),
    _table(
        "answered_before", "synpunkter", "2026-07-09", "2026-06-09", "besvarad ligger före inkom"
    ),
    _table("done_before_start", "atgarder", "2026-12-01", "2025-12-01", "klar ligger före start"),
    _table("category_unknown", "synpunkter", "Lokaler", "Lokalen", "rad 2", "Menade du Lokaler?"),
    _table("type_unknown", "synpunkter", "klagomål", "klagomal!", "rad 2", "Menade du klagomål?"),
    _table("status_unknown", "atgarder", "pågår", "pågångna", "rad 2", "ej påbörjad"),
    _table("required_cell_empty", "mal", "Fler svar i tid", "", "rad 2", "cellen är tom"),
    _table("cost_unknown_column", "atgarder", "ansvarig_roll", "ansvar_roll", "ansvarig_roll?"),
    _table("group_unknown", "mal", "kvinnor", "kvinor", "rad 3", "grupp", "Menade du kvinnor?"),
    _table("group_twice", "mal", "kvinnor", "K · M", "rad 3", "två delar av samma slag"),
    _table("key_with_space", "bedomningar", "abc123", "abc 123", "rad 2", "utan mellanslag"),
    _table("state_as_number", "bedomningar", "a1b2", "1,20E+06", "kolumn lage", "fyra tecken"),
    _table("state_too_short", "bedomningar", "a1b2", "1b2", "kolumn lage", "1b2", "fyra tecken"),
    _table("judgement_of_unknown_namnd", "bedomningar", "a1b2;skola", "a1b2;skolan", "Menade du"),
    _row("too_many_cells", "ekonomi", "skola;2026K1;1;1;;;extra;fler", "rad 3", "fler celler"),
    _table(
        "lesson_of_unknown_atgard", "lardomar", "A1", "A7", "rad 2", "kolumn atgard", "A7", "A1"
    ),
    FaultyInput(
        "value_in_snapshot_too",
        DataError,
        ("indikatorer.csv", "rad 6", "finns redan"),
        _add("indikatorer.csv", "N15428;2024;80,0;T;;;;;;"),
    ),
    FaultyInput(
        "error_value_in_workbook",
        DataError,
        ("ekonomi.xlsx", "rad 2", "kolumn utfall", "#DIV/0!"),
        _text_in_workbook,
    ),
)

SNAPSHOTS = (
    FaultyInput(
        "source_unknown",
        SourceError,
        ("kallor", "mapp finns inte", "prov-kolda", "Menade du prov-kolada?"),
        _swap("kommun.toml", "prov-kolada", "prov-kolda"),
    ),
    FaultyInput(
        "fetch_unknown",
        SourceError,
        ("kallor/prov-kolada", "hämtningen finns inte", "2026-10-06", "2026-10-05"),
        _swap("kommun.toml", "prov-kolada", "prov-kolada/2026-10-06"),
    ),
    FaultyInput(
        "source_toml_missing",
        SourceError,
        ("kallor/prov-kolada/2026-10-05/source.toml", "filen saknas"),
        lambda tiny: (tiny.fetch / "source.toml").unlink(),
    ),
    FaultyInput(
        "fetch_file_missing",
        SourceError,
        ("2026-10-05/data.json.gz", "filen saknas"),
        lambda tiny: (tiny.fetch / "data.json.gz").unlink(),
    ),
    FaultyInput(
        "fetch_changed", SourceError, ("2026-10-05/data.json.gz", "har ändrats"), _changed_byte
    ),
    _fetched("json_broken", gzip.compress(b'{"values": ['), "inte giltig JSON"),
    _fetched("json_with_nan", gzip.compress(b'{"values": [NaN]}'), "inte giltig JSON"),
    _fetched("json_of_a_page", gzip.compress(b"<html>"), "inte giltig JSON", "<html>"),
    _fetched("gzip_cut_off", packed(envelope(NEWEST_VALUES))[:-9], "avhuggen"),
    _fetched(
        "envelope_of_v2",
        packed({"values": [], "count": 0, "next_page": None, "previous_page": None}),
        "gamla API v2",
    ),
    _fetched("count_wrong", packed(envelope(NEWEST_VALUES, count=99)), "inte helt", "99"),
    _fetched("page_missing", packed(envelope(NEWEST_VALUES, next_url="x")), "en sida", "saknas"),
    _fetched(
        "value_as_text",
        packed(envelope([record("N15428", "9901", 2024, cell("T", "81"))])),
        "post 1",
        "API v3",
    ),
    _fetched(
        "code_without_zero_in_fetch",
        packed(envelope([record("N15428", "114", 2024, cell("T", 1.0))])),
        "post 1",
        "114",
    ),
    _fetched(
        "period_as_text",
        packed(envelope([{**record("N15428", "9901", 2024), "period": "2024"}])),
        "post 1",
    ),
    _fetched(
        "value_twice_in_fetch",
        packed(envelope([record("N15428", "9901", 2024, cell("T", 1.0), cell("T", 2.0))])),
        "två gånger",
        "N15428, 9901, 2024, T",
    ),
)

REGISTERS = tuple(
    FaultyInput(each.name, DataError, each.parts, _rewrite(f"{each.table}.csv", each.text.encode()))
    for each in FAULTY_REGISTERS
)

FAULTY_INPUTS = (*CONFIG, *FILES, *TABLE_FAULTS, *SNAPSHOTS, *REGISTERS)
