"""A data folder with one made-up kommun: every table, two fetches, and no fault."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kvalitetslib.period import Period, parse_period

QUARTER: Period = parse_period("2026K3")
TODAY = date(2026, 10, 12)
KEY = "testby"

KOMMUN = """\
[kommun]
namn = "Testby"
kod = "9901"
syntetisk = true

[policy]
minsta_grupp = 5

[kallor]
kolada = "prov-kolada"

[jamforelse.liknande]
namn = "liknande kommuner"
kommuner = ["9902", "9903"]

[jamforelse.riket]
namn = "riket"
kommuner = ["0000"]

[aldrar]
grupper = ["0–5 år", "6–15 år"]

[[omrade]]
nyckel = "centrum"
namn = "Centrum"

[[namnd]]
nyckel = "skola"
namn = "Skolnämnden"
indikatorer = ["X-SVAR", "N15428"]
kategorier = ["Lokaler", "Mat"]
sammantrade = 2026-11-12

[[namnd]]
nyckel = "miljo"
namn = "Miljönämnden"
indikatorer = ["X-DAGAR"]
kategorier = ["Buller"]

[[indikator]]
id = "X-SVAR"
titel = "Svar i tid"
subjekt = "Andelen svar i tid"
enhet = "procent"
riktning = "hög"
decimaler = 1
relevant_skillnad = 2.0
perspektiv = "brukare"
kalla = "Egen mätning"

[[indikator]]
id = "X-DAGAR"
titel = "Handläggningstid"
subjekt = "Handläggningstiden"
enhet = "dagar"
riktning = "låg"
decimaler = 1
relevant_skillnad = 1.0
perspektiv = "brukare"
kalla = "Egen mätning"
"""

TABLES = {
    "indikatorer": """\
indikator;period;varde;kon;alder;omrade;enhet;taljare;namnare;status
X-SVAR;2024;81,5;T;;;;163;200;
X-SVAR;2025;84,0;T;;;;168;200;
X-SVAR;2025;..;K;0-5 år;centrum;;;;
X-DAGAR;2026M08;12,25;;;;Enheten;;;
""",
    "synpunkter": """\
inkom;namnd;kategori;typ;besvarad;atgardad;omrade;kon;text
2026-07-01;skola;Lokaler;klagomål;2026-07-09;;centrum;K;"Trasig dörr; kall hall"
2026-08-15;miljo;Buller;förslag;;;;;Tystare fläkt
""",
    "mal": """\
id;namnd;typ;rubrik;indikator;grupp;malvarde;maldatum;beslut;vision
M1;skola;kkf;Fler svar i tid;X-SVAR;;90;2027-12-31;§ 12;Nära
M2;miljo;uppdrag;Kortare väntan;X-DAGAR;kvinnor;10,0;;;
""",
    "atgarder": """\
id;namnd;rubrik;status;indikator;kategori;grupp;start;klar;ansvarig_roll
A1;skola;Nytt arbetssätt;pågår;X-SVAR;Lokaler;K · 0-5 år;2026-01-10;2026-12-01;Rektor
""",
    "loften": """\
id;namnd;tjanst;lofte;matt;grans;indikator;kategori
L1;miljo;Tillsyn;Svar inom tio dagar;dagar;10;X-DAGAR;Buller
""",
    "lardomar": """\
id;namnd;datum;lardom;fran;atgard;anvand_i
D1;skola;2026-08-20;Fråga tidigt;egna;A1;
""",
    "omvarld": """\
id;namnd;riktning;rubrik;kalla;datum;indikator
O1;skola;hot;Färre barn;SCB:s prognos;2026-04-01;X-SVAR
""",
    "ekonomi": """\
namnd;period;budget;utfall;prognos;verksamhet
skola;2026K2;1 200 000;1 150 000,50;;Grundskola
""",
    "bedomningar": """\
belagg;roll;datum;beslut;motivering;kommentar;lage;namnd
abc123;Analytiker;2026-09-01;bekräfta;Stämmer med verksamhetens bild;;a1b2;skola
""",
}


@dataclass(frozen=True)
class TinyKommun:
    """Where the made-up kommun lies, and how its files are changed."""

    data: Path

    @property
    def folder(self) -> Path:
        return self.data / "kommuner" / KEY

    @property
    def fetch(self) -> Path:
        return self.data / "kallor" / "prov-kolada" / "2026-10-05"

    def swap(self, file: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file of the kommun; it must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    def add(self, file: str, row: str) -> None:
        """Write one more line at the end of a file of the kommun."""
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")

    def refetch(self, name: str, raw: bytes) -> None:
        """New bytes in a file of the newest fetch, with a source.toml that agrees."""
        path = self.fetch / name
        source = self.fetch / "source.toml"
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        path.write_bytes(raw)
        text = source.read_text(encoding="utf-8")
        new = hashlib.sha256(raw).hexdigest()
        source.write_text(text.replace(old, new), encoding="utf-8")


def envelope(values: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """One page of an answer as Kolada's v3 writes it."""
    page = {"values": values, "count": len(values), "next_url": None, "previous_url": None}
    return {**page, **changes}


def cell(gender: str, value: float | None, **changes: Any) -> dict[str, Any]:
    """One value of a v3 record."""
    status = "" if value is not None else "Missing"
    made = {"gender": gender, "count": 1, "status": status, "value": value, "isdeleted": False}
    return {**made, **changes}


def record(kpi: str, kommun: str, year: int, *cells: dict[str, Any]) -> dict[str, Any]:
    """One v3 record."""
    return {"kpi": kpi, "municipality": kommun, "period": year, "values": list(cells)}


def kpi(id: str, title: str) -> dict[str, Any]:
    """One indicator's v3 metadata."""
    return {
        "id": id,
        "title": title,
        "description": "Påhittad.",
        "is_divided_by_gender": True,
        "municipality_type": "K",
        "auspice": "X",
        "operating_area": "Grundskola",
        "perspective": "Kvalitet och resultat",
        "prel_publication_date": None,
        "publication_date": "2027-04-01",
        "publ_period": 2026,
        "has_ou_data": False,
    }


def packed(page: dict[str, Any]) -> bytes:
    """The bytes of a page as a fetch stores them."""
    return gzip.compress(json.dumps(page, ensure_ascii=False).encode(), mtime=0)


def _write_fetch(folder: Path, values: list[dict[str, Any]], title: str) -> None:
    folder.mkdir(parents=True)
    places = [{"id": code, "title": name, "type": "K"} for code, name in _NAMES.items()]
    pages = {"data": values, "kpi": [kpi("N15428", title)], "municipality": places}
    lines = [
        'kalla = "Syntetiska data (Kolada-likt)"',
        'adress = "påhittad"',
        f"hamtad = {folder.name}",
        'villkor = "fria"',
        "syntetisk = true",
    ]
    for content, each in pages.items():
        raw = packed(envelope(each))
        (folder / f"{content}.json.gz").write_bytes(raw)
        lines += ["", "[[fil]]", f'namn = "{content}.json.gz"', f'innehall = "{content}"']
        lines.append(f'sha256 = "{hashlib.sha256(raw).hexdigest()}"')
    (folder / "source.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


_NAMES = {"9901": "Testby", "9902": "Granby", "9903": "Fjärrby", "0000": "Riket"}
EARLIER_VALUES = [record("N15428", "9901", 2024, cell("T", 80.0), cell("K", None), cell("M", 78.0))]
NEWEST_VALUES = [
    record("N15428", "9901", 2024, cell("T", 80.5), cell("K", None), cell("M", 78.0)),
    record("N15428", "9902", 2024, cell("T", 82.0), cell("K", 84.0, isdeleted=True)),
    record("N15428", "9901", 2026, cell("T", 79.0)),
    record("N99999", "9901", 2024, cell("T", 1.0)),
]


def write_tiny_kommun(data: Path) -> TinyKommun:
    """Write the folder under ``data``, which must not exist."""
    tiny = TinyKommun(data)
    tiny.folder.mkdir(parents=True)
    (tiny.folder / "kommun.toml").write_text(KOMMUN, encoding="utf-8")
    for name, text in TABLES.items():
        (tiny.folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    fetches = data / "kallor" / "prov-kolada"
    _write_fetch(fetches / "2026-07-01", EARLIER_VALUES, "Elever med kunskapskraven, andel (%)")
    _write_fetch(fetches / "2026-10-05", NEWEST_VALUES, "Elever med kriterierna, andel (%)")
    return tiny
