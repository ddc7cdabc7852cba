"""Files of a snapshot: envelopes as Kolada's API v3 sends them, gzip and ``source.toml``."""

import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterable

from exempel import kolada, places
from exempel.indicators import Planted

FOLDER = "kallor/exempel-kolada"
IN_ONE_FILE = 25
"""The API takes at most 25 indicators in a question."""


def files(table: tuple[Planted, ...], seed: int) -> dict[str, bytes]:
    """Path below the data folder and bytes, for every file of both snapshots."""
    made = [kolada.series(planted, seed) for planted in table]
    written: dict[str, bytes] = {}
    for day in kolada.SNAPSHOTS:
        content = {"kpi.json.gz": _envelope(_kpi_rows(table, day))}
        content["municipality.json.gz"] = _envelope(_municipalities())
        for number, first in enumerate(range(0, len(made), IN_ONE_FILE), start=1):
            part = made[first : first + IN_ONE_FILE]
            rows = [row for each in part for row in kolada.records(each, day)]
            rows += [row for each in part if each.planted.margin for row in kolada.margins(each)]
            content[f"data-{number:03}.json.gz"] = _envelope(rows)
        content["source.toml"] = _source(content, day)
        written |= {f"{FOLDER}/{day}/{name}": text for name, text in sorted(content.items())}
    return written


def _envelope(rows: Iterable[dict[str, object]]) -> bytes:
    values = list(rows)
    envelope = {"values": values, "count": len(values), "next_url": None, "previous_url": None}
    text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(text.encode())
    return packed.getvalue()


def _municipalities() -> list[dict[str, object]]:
    names = {places.COUNTRY: "Riket", places.OWN: places.NAME}
    names |= dict(zip(places.CODES, places.PEERS, strict=True))
    return [
        {"id": code, "title": name, "type": "L" if code == places.COUNTRY else "K"}
        for code, name in names.items()
    ]


def _kpi_rows(table: tuple[Planted, ...], day: str) -> list[dict[str, object]]:
    newer = day == kolada.SNAPSHOTS[-1]
    rows = [_kpi(each, each.title, newer) for each in table]
    return rows + [
        _kpi(each, f"Osäkerhetstal - {each.title}", newer) | {"id": each.margin}
        for each in table
        if each.margin
    ]


def _kpi(planted: Planted, title: str, newer: bool) -> dict[str, object]:
    """The metadata of one indicator. Before a late value came, its date was that of the release."""
    waiting = planted.late and not newer
    date = "2026-09-25" if waiting else planted.publication or None
    return {
        "id": planted.id,
        "title": title,
        "description": "Syntetiska data. Påhittade värden för en påhittad kommun.",
        "is_divided_by_gender": planted.by_gender,
        "municipality_type": "K",
        "auspice": "T",
        "operating_area": "Exempel",
        "perspective": "Kvalitet och resultat",
        "prel_publication_date": None,
        "publication_date": date,
        "publ_period": str(planted.years[-1] + (not waiting)) if date else None,
        "has_ou_data": False,
    }


def _source(content: dict[str, bytes], day: str) -> bytes:
    lines = [
        'kalla = "Syntetiska data (Kolada-likt)"',
        'adress = "påhittad"',
        f"hamtad = {day}",
        'villkor = "Påhittade värden från data/skapa_exempel.py. Fria att använda."',
        "syntetisk = true",
    ]
    for name in sorted(content):
        lines += ["", "[[fil]]", f'namn = "{name}"', f'innehall = "{re.split("[-.]", name)[0]}"']
        lines += [f'sha256 = "{hashlib.sha256(content[name]).hexdigest()}"']
    return ("\n".join(lines) + "\n").encode()
