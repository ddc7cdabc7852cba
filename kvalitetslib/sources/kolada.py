"""Kolada's API v3 envelopes as tables. Strict: a page that has changed shape is refused.

Envelope: https://api.kolada.se/v3/docs. A missing value is ``null`` and becomes NaN, never 0.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from kvalitetslib.errors import Fault, SourceError, quoted

_ENVELOPE = {"values", "count", "next_url", "previous_url"}
_ROW = {"kpi", "municipality", "period", "values"}
_CELL = {"gender", "count", "status", "value", "isdeleted"}
_KPI = {
    "id",
    "title",
    "description",
    "is_divided_by_gender",
    "municipality_type",
    "auspice",
    "operating_area",
    "perspective",
    "prel_publication_date",
    "publication_date",
    "publ_period",
    "has_ou_data",
}
_MUNICIPALITY = {"id", "title", "type"}
_UNIT = re.compile(r"\d{4}|G\d+", re.ASCII)
_V3 = "Koladas svar enligt API v3"
_KEY = ["kpi", "municipality", "period", "gender"]


@dataclass(frozen=True)
class Envelope:
    """One page of an answer."""

    file: str
    values: list[Any]
    has_next: bool
    has_previous: bool


def parse_envelope(raw: bytes, file: str) -> Envelope:
    """The page in the bytes.

    Raises
    ------
    SourceError : if it is not JSON or not a whole v3 envelope.
    """
    try:
        content = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        rule = "filen är inte giltig JSON"
        raise _fault(file, rule, _start(raw)) from error
    if not isinstance(content, dict) or not isinstance(content.get("values"), list):
        raise _fault(file, "svaret saknar listan values", _start(raw))
    if content.keys() & {"next_page", "previous_page"}:
        raise _fault(file, "svaret är från Koladas gamla API v2", "next_page")
    if content.keys() != _ENVELOPE:
        raise _fault(file, "svarets nycklar är fel", ", ".join(sorted(content)))
    if content["count"] != len(content["values"]):
        found = f"{len(content['values'])} poster, men count är {content['count']}"
        raise _fault(file, "svaret är inte helt", found)
    return Envelope(
        file, content["values"], bool(content["next_url"]), bool(content["previous_url"])
    )


def check_pages(pages: Iterable[Envelope]) -> None:
    """Refuse a fetch where a page that another one points to is not there.

    Raises
    ------
    SourceError : at the first page whose neighbour is missing.
    """
    expects = False
    last = ""
    for page in pages:
        if page.has_previous != expects:
            at = page.file if page.has_previous else last
            raise _fault(at, "en sida av svaret saknas", "")
        expects, last = page.has_next, page.file
    if expects:
        raise _fault(last, "en sida av svaret saknas", "next_url pekar på en sida till")


def parse_values(pages: Iterable[Envelope]) -> pd.DataFrame:
    """One row a value: kpi, municipality, period, gender, value (NaN missing), status.

    Deleted values are left out.

    Raises
    ------
    SourceError : if a record is not as v3 writes it, or a value is there twice.
    """
    columns: tuple[list[Any], ...] = ([], [], [], [], [], [], [])
    for page in pages:
        for number, row in enumerate(page.values, start=1):
            _check_row(row, number, page.file)
            kpi, unit, period = row["kpi"], row["municipality"], row["period"]
            for cell in row["values"]:
                if cell["isdeleted"]:
                    continue
                record = (kpi, unit, period, cell["gender"], cell["value"], cell["status"])
                for column, value in zip(columns, (*record, page.file), strict=True):
                    column.append(value)
    kpi, unit, period, gender, value, status, files = columns
    frame = pd.DataFrame(
        {
            "kpi": pd.Series(kpi, dtype="str"),
            "municipality": pd.Series(unit, dtype="str"),
            "period": pd.Series(period, dtype="int64"),
            "gender": pd.Series(gender, dtype="str"),
            "value": np.array([math.nan if each is None else each for each in value], dtype=float),
            "status": pd.Series([each or "" for each in status], dtype="str"),
        }
    )
    repeated = np.flatnonzero(frame.duplicated(_KEY).to_numpy(dtype=bool))
    if len(repeated):
        first = frame[_KEY].iloc[int(repeated[0])]
        found = f"{', '.join(map(str, first))} ({len(repeated)} i allt)"
        raise _fault(files[int(repeated[0])], "samma värde finns två gånger", found)
    return frame


def parse_kpis(pages: Iterable[Envelope]) -> pd.DataFrame:
    """One row an indicator: indicator, title, next_publication ("" when no date is set)."""
    rows = _records(pages, _KPI)
    return pd.DataFrame(
        {
            "indicator": pd.Series([row["id"] for row in rows], dtype="str"),
            "title": pd.Series([row["title"] for row in rows], dtype="str"),
            "next_publication": pd.Series(
                [row["publication_date"] or "" for row in rows], dtype="str"
            ),
        }
    )


def parse_municipalities(pages: Iterable[Envelope]) -> dict[str, str]:
    """Names by code; the code keeps its leading zero."""
    return {row["id"]: row["title"] for row in _records(pages, _MUNICIPALITY)}


def _records(pages: Iterable[Envelope], keys: set[str]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for page in pages:
        for number, row in enumerate(page.values, start=1):
            is_whole = isinstance(row, dict) and row.keys() == keys
            if not is_whole or not isinstance(row["id"], str) or not isinstance(row["title"], str):
                raise _record_fault(page.file, number, row)
            if row["id"] in rows:
                raise _fault(page.file, "samma id finns två gånger", row["id"])
            rows[row["id"]] = row
    return list(rows.values())


def _check_row(row: Any, number: int, file: str) -> None:
    is_sound = (
        isinstance(row, dict)
        and row.keys() == _ROW
        and type(row["kpi"]) is str
        and type(row["municipality"]) is str
        and _UNIT.fullmatch(row["municipality"]) is not None
        and type(row["period"]) is int
        and 1900 <= row["period"] <= 2099
        and type(row["values"]) is list
        and all(_is_cell(cell) for cell in row["values"])
    )
    if not is_sound:
        raise _record_fault(file, number, row)


def _is_cell(cell: Any) -> bool:
    return (
        isinstance(cell, dict)
        and cell.keys() == _CELL
        and type(cell["gender"]) is str
        and type(cell["isdeleted"]) is bool
        and (cell["value"] is None or type(cell["value"]) in (int, float))
        and (cell["status"] is None or type(cell["status"]) is str)
    )


def _record_fault(file: str, number: int, row: Any) -> SourceError:
    found = f"post {number}: {json.dumps(row, ensure_ascii=False)}"
    return _fault(file, "en post är inte skriven som i API v3", found)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _start(raw: bytes) -> str:
    return raw[:200].decode("utf-8", errors="replace")


def _fault(file: str, rule: str, found: str) -> SourceError:
    return SourceError(Fault(file, 0, "", rule, quoted(found), _V3))
