"""The registers whose rows are written by hand in ``texter/``: goals, measures, promises and
breaches of them, lessons, controls, ideas, outside factors and judgements. Each TOML table becomes
a row of the CSV file with the same name.
"""

import tomllib
from pathlib import Path

TEXTS = Path(__file__).parent / "texter"

REGISTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "mal": (
        "mal",
        (
            "id", "namnd", "typ", "rubrik", "indikator", "grupp", "malvarde", "maldatum", "beslut",
            "vision", "beslutad", "startvarde", "mote", "klart", "del_av",
        ),
    ),
    "atgarder": (
        "atgard",
        (
            "id", "namnd", "rubrik", "status", "indikator", "kategori", "grupp", "start", "klar",
            "ansvarig_roll", "forslag_fran", "hypotes", "arbetssatt", "verdikt",
            "rivaliserande_forklaring", "kostnad", "mal", "beslut", "beslutad", "planerad_klar",
            "verdikt_datum", "verdikt_belagg", "varfor", "belagg",
        ),
    ),
    "loften": (
        "lofte",
        ("id", "namnd", "tjanst", "lofte", "matt", "grans", "indikator", "kategori"),
    ),
    "lardomar": (
        "lardom",
        (
            "id", "namnd", "datum", "lardom", "fran", "atgard", "anvand_i", "indikator", "kategori",
        ),
    ),
    "loftesbrott": (
        "brott",
        ("lofte", "period", "utredd", "erkand", "rattad", "atgard"),
    ),
    "egenkontroll": (
        "kontroll",
        ("id", "namnd", "kontroll", "planerad", "utford", "avvikelser", "rattade", "atgard"),
    ),
    "ideer": (
        "ide",
        ("id", "namnd", "ide", "inkom", "aterkopplad", "provad", "inford"),
    ),
    "omvarld": (
        "omvarld",
        ("id", "namnd", "riktning", "rubrik", "kalla", "datum", "indikator"),
    ),
    "bedomningar": (
        "bedomning",
        ("belagg", "roll", "datum", "beslut", "motivering", "kommentar", "lage", "namnd"),
    ),
}  # fmt: skip
"""File name: the name of its TOML tables, and its columns."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one register, in the order they are written.

    Raises
    ------
    ValueError : if a text file has a key that the register has no column for.
    """
    table, columns = REGISTERS[name]
    entries = tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8"))[table]
    unknown = {key for entry in entries for key in entry} - set(columns)
    if unknown:
        raise ValueError(f"{name}.toml has unknown keys: {sorted(unknown)}")
    return [{key: str(cell) for key, cell in entry.items()} for entry in entries]
