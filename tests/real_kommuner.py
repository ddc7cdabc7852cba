"""Turn real Kolada values into kommun folders, in a test's own folder. Nothing is kept.

The values are SKR's fetch of 18 school indicators for all municipalities, 2016–2020, by sex; the
names, counties and groups are those of Kolada's catalogue of 2026.

Run by hand: ``python tests/real_kommuner.py ../shared/realdata FOLDER`` and then
``kvalitet rapport --data FOLDER --kvartal 2020K4``.
"""

import csv
import gzip
import hashlib
import json
import sys
from functools import lru_cache
from pathlib import Path

VALUES = Path("kolada/skr_kommunanalys_2016-2020")
CATALOGUE = Path("kolada/rkolada_2026-03")
SNAPSHOT = "kolada-skr"
FETCHED = "2021-04-30"
FIVE = ("Borås", "Skellefteå", "Norrköping", "Lysekil", "Huddinge")
SCHOOL_GROUP = "Liknande kommuner grundskola, {}, 2024"
GENERAL_GROUP = "Liknande kommuner, övergripande, {}, 2025"


def build(realdata: Path, data: Path, names: tuple[str, ...] = FIVE) -> tuple[str, ...]:
    """Write one shared snapshot and a folder for each named kommun; their keys."""
    codes = {name: code for code, name in _json(realdata / VALUES / "Kommuner.txt").items()}
    values = _json(realdata / VALUES / "MasterData.txt")
    entries = [
        _entry(kpi, codes[name], year, by_sex)
        for name, kpis in [*values.items(), ("Riket", _json(realdata / VALUES / "riket.txt"))]
        for kpi, years in kpis.items()
        for year, by_sex in years.items()
    ]
    folder = data / "kallor" / SNAPSHOT / FETCHED
    folder.mkdir(parents=True, exist_ok=True)
    _write_snapshot(folder, entries, _catalogue_rows(realdata, values), codes)
    indicators = sorted({entry["kpi"] for entry in entries})
    for name in names:
        _write_kommun(realdata, data, name, codes[name], indicators)
    return tuple(key_of(name) for name in names)


def key_of(name: str) -> str:
    """The folder name of a kommun: ASCII, small letters. Habo and Håbo would be the same."""
    if name == "Håbo":
        return "haabo"
    return name.lower().translate(str.maketrans("åäö -", "aao--"))


def raw_values(realdata: Path) -> dict:
    """The raw file: kommun, indicator, year and sex to a number or None."""
    return _json(realdata / VALUES / "MasterData.txt")


def names(realdata: Path) -> dict[str, str]:
    """Code to name of every kommun."""
    return _json(realdata / VALUES / "Kommuner.txt")


def school_peers(realdata: Path, name: str) -> list[str]:
    """Codes of the kommuner that are like this one in grundskola."""
    return _members(realdata, SCHOOL_GROUP.format(name))


def raw_value(realdata: Path, name: str, *, kpi: str, year: int, gender: str) -> float | None:
    """A number straight from the raw file."""
    value: float | None = raw_values(realdata)[name][kpi][str(year)][gender]
    return value


@lru_cache
def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _entry(kpi: str, code: str, year: str, by_sex: dict[str, float | None]) -> dict:
    return {
        "kpi": kpi,
        "municipality": code,
        "period": int(year),
        "values": [
            {
                "gender": gender,
                "count": 1,
                "status": "" if value is not None else "Missing",
                "value": value,
                "isdeleted": False,
            }
            for gender, value in by_sex.items()
        ],
    }


def _catalogue_rows(realdata: Path, values: dict) -> list[dict]:
    wanted = {kpi for kpis in values.values() for kpi in kpis}
    with (realdata / CATALOGUE / "kpi_catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] in wanted]
    return [
        {
            **row,
            "is_divided_by_gender": row["is_divided_by_gender"] == "True",
            "has_ou_data": row["has_ou_data"] == "True",
        }
        for row in rows
    ]


def _write_snapshot(
    folder: Path, entries: list[dict], kpis: list[dict], codes: dict[str, str]
) -> None:
    municipalities = [
        {"id": code, "title": name, "type": "L" if code.startswith("00") else "K"}
        for name, code in sorted(codes.items(), key=lambda item: item[1])
    ]
    parts = {"data": entries, "kpi": kpis, "municipality": municipalities}
    listed = []
    for content, rows in parts.items():
        envelope = {"values": rows, "count": len(rows), "next_url": None, "previous_url": None}
        raw = gzip.compress(json.dumps(envelope).encode(), mtime=0)
        (folder / f"{content}.json.gz").write_bytes(raw)
        listed.append(
            f'[[fil]]\nnamn = "{content}.json.gz"\ninnehall = "{content}"\n'
            f'sha256 = "{hashlib.sha256(raw).hexdigest()}"\n'
        )
    head = (
        'kalla = "Kolada"\nadress = "SKR KommunAnalys"\n'
        f'hamtad = {FETCHED}\nvillkor = "Fri användning med källa"\n'
    )
    (folder / "source.toml").write_text("\n".join([head, *listed]), encoding="utf-8")


def _write_kommun(realdata: Path, data: Path, name: str, code: str, indicators: list[str]) -> None:
    folder = data / "kommuner" / key_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    groups = {
        "liknande-grundskola": (
            "liknande kommuner inom grundskola",
            school_peers(realdata, name),
        ),
        "liknande": ("liknande kommuner", _members(realdata, GENERAL_GROUP.format(name))),
        "lan": ("länet", county(realdata, code)),
        "riket": ("riket", ["0000"]),
    }
    text = f'[kommun]\nnamn = "{name}"\nkod = "{code}"\n\n[kallor]\nkolada = "{SNAPSHOT}"\n'
    for key, (label, codes) in groups.items():
        members = [each for each in codes if each != code]
        text += f'\n[jamforelse.{key}]\nnamn = "{label}"\nkommuner = {json.dumps(members)}\n'
    text += (
        '\n[[namnd]]\nnyckel = "barn-och-utbildning"\nnamn = "Barn- och utbildningsnämnden"\n'
        f'jamforelse = "liknande-grundskola"\nindikatorer = {json.dumps(indicators)}\n'
    )
    (folder / "kommun.toml").write_text(text, encoding="utf-8")


def _members(realdata: Path, title: str) -> list[str]:
    return list(_groups(realdata)[title])


@lru_cache
def _groups(realdata: Path) -> dict[str, list[str]]:
    """Title of a Kolada group to the codes of its members."""
    with (realdata / CATALOGUE / "municipality_groups.csv").open(encoding="utf-8") as file:
        titles = {row["id"]: row["title"] for row in csv.DictReader(file)}
    members: dict[str, list[str]] = {title: [] for title in titles.values()}
    path = realdata / CATALOGUE / "municipality_group_members.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            members[titles[row["group_id"]]].append(row["member_id"])
    return members


def county(realdata: Path, code: str) -> list[str]:
    """Municipalities whose code begins with the same county number."""
    with (realdata / CATALOGUE / "municipalities.csv").open(encoding="utf-8") as file:
        return [
            row["id"]
            for row in csv.DictReader(file)
            if row["type"] == "K" and row["id"][:2] == code[:2]
        ]


if __name__ == "__main__":
    print(", ".join(build(Path(sys.argv[1]), Path(sys.argv[2]))))
