"""Kolada's envelopes: made-up ones for the rules, and the real figures read back."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_kommun import cell, envelope, kpi, record

from kvalitetslib.errors import SourceError
from kvalitetslib.sources.kolada import (
    check_pages,
    parse_envelope,
    parse_kpis,
    parse_municipalities,
    parse_values,
)


def _page(page: dict[str, Any], file: str = "data.json") -> Any:
    return parse_envelope(json.dumps(page).encode(), file)


def test_deleted_values_are_dropped_and_null_is_nan() -> None:
    cells = (cell("T", 1.5), cell("K", None, status=None), cell("M", 2, isdeleted=True))

    values = parse_values([_page(envelope([record("N1", "0114", 2024, *cells)]))])

    assert values["municipality"].tolist() == ["0114", "0114"]
    assert values["gender"].tolist() == ["T", "K"]
    assert values["status"].tolist() == ["", ""]
    np.testing.assert_array_equal(values["value"], [1.5, np.nan])


def test_no_pages_give_an_empty_table_with_the_same_types() -> None:
    some = parse_values([_page(envelope([record("N1", "0114", 2024, cell("T", 1.5))]))])

    assert parse_values([]).dtypes.equals(some.dtypes)


def test_pages_that_point_at_each_other_are_whole() -> None:
    pages = [
        _page(envelope([], next_url="2")),
        _page(envelope([], next_url="3", previous_url="1")),
        _page(envelope([], previous_url="2")),
        _page(envelope([])),
    ]

    check_pages(pages)
    with pytest.raises(SourceError, match="en sida av svaret saknas"):
        check_pages([pages[0], pages[2], pages[1]])


def test_the_same_value_in_two_files_is_refused() -> None:
    page = envelope([record("N1", "0114", 2024, cell("T", 1.5))])

    with pytest.raises(SourceError, match=r"b\.json: samma värde finns två gånger"):
        parse_values([_page(page, "a.json"), _page(page, "b.json")])


def test_an_indicator_without_a_date_has_no_next_publication() -> None:
    page = _page(envelope([{**kpi("N1", "Titel"), "publication_date": None}]))

    assert parse_kpis([page]).loc[0].tolist() == ["N1", "Titel", ""]


def test_metadata_of_another_shape_is_refused() -> None:
    page = _page(envelope([{**kpi("N1", "Titel"), "auspices": "X"}]))

    with pytest.raises(SourceError, match="post 1"):
        parse_kpis([page])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _real_cell(row: dict[str, str]) -> dict[str, Any]:
    value = float(row["value"]) if row["value"] else None
    made = cell(row["gender"], value, count=int(row["count"]), status=row["status"])
    return record(row["kpi"], row["municipality_id"], int(row["year"]), made)


def test_real_values_are_read_back_as_they_are(realdata: Path) -> None:
    rows = _rows(realdata / "kolada" / "rkolada_2026-03" / "values_v3.csv")

    values = parse_values([_page(envelope([_real_cell(row) for row in rows]))])

    assert len(values) == len(rows) == 303
    assert values["municipality"].tolist() == [row["municipality_id"] for row in rows]
    expected = [float(row["value"] or "nan") for row in rows]
    np.testing.assert_array_equal(values["value"], expected)
    assert values["period"].tolist() == [int(row["year"]) for row in rows]


def test_the_real_catalogue_is_read_back_as_it_is(realdata: Path) -> None:
    rows = _rows(realdata / "kolada" / "rkolada_2026-03" / "kpi_catalogue.csv")
    records = [{key: cell or None for key, cell in row.items()} for row in rows]

    kpis = parse_kpis([_page(envelope(records))])

    assert len(kpis) == 6099
    assert (kpis["next_publication"] == "").sum() == 778
    assert kpis.set_index("indicator").loc["N00003", "next_publication"] == "2026-08-28"


def test_the_real_municipalities_keep_their_zero(realdata: Path) -> None:
    rows = _rows(realdata / "kolada" / "rkolada_2026-03" / "municipalities.csv")

    names = parse_municipalities([_page(envelope([dict(row) for row in rows]))])

    assert len(names) == 312
    assert (names["0000"], names["0114"]) == ("Riket", "Upplands Väsby")


def test_a_packed_page_is_not_read_as_json() -> None:
    with pytest.raises(SourceError, match="inte giltig JSON"):
        parse_envelope(gzip.compress(b"{}"), "data.json")
