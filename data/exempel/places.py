"""The made-up places: the kommun, its areas, and the kommuner around it."""

import tomllib
from pathlib import Path

OWN = "9901"
COUNTRY = "0000"
NAME = "Exempelkommun"

PEERS = (
    "Norrvik", "Ekstad", "Björkhult", "Sandnäs", "Granfors", "Lövåsen", "Stenbygd", "Hammarsele",
    "Åkerhult", "Tallmo", "Kvarnsund", "Vallsjö", "Almköping", "Fagerlösa", "Ängsholm",
    "Klockeby", "Brännmo", "Myråker", "Silverhyttan", "Lindvik", "Hälleskog", "Skogsta",
    "Storåstad", "Vintersjö", "Örnvik", "Rävhult", "Kungslösa", "Furunäs", "Grönbacka",
    "Trollsele", "Vassvik", "Hasselköping", "Ljungtorpa", "Nyforsa", "Ormlösa", "Pilsund",
    "Rosenhult", "Svartbygd", "Tornvik", "Ulvsele",
)  # fmt: skip
CODES = tuple(str(9902 + place) for place in range(len(PEERS)))
"""The peers' codes 9902..9941, in the order of their names."""


_KOMMUN = tomllib.loads((Path(__file__).parent / "texter" / "kommun.toml").read_text("utf-8"))

AREAS = tuple(area["nyckel"] for area in _KOMMUN["omrade"])
_GROUPS = {key: tuple(group["kommuner"]) for key, group in _KOMMUN["jamforelse"].items()}
_GROUP_OF = {namnd["nyckel"]: namnd.get("jamforelse", "liknande") for namnd in _KOMMUN["namnd"]}


def peers_of(namnd: str) -> tuple[str, ...]:
    """The codes of the peer group that the nämnd is compared with."""
    return _GROUPS[_GROUP_OF[namnd]]
