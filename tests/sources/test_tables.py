"""Cells against the contract: what is forgiven, what it becomes, and all faults at once."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kvalitetslib.contracts import FEEDBACK, GOALS, LESSONS, VALUES
from kvalitetslib.schema import Table
from kvalitetslib.sources.cells import day, gender, number
from kvalitetslib.sources.checked import Checked
from kvalitetslib.sources.files import parse_file
from kvalitetslib.sources.reader import Known, empty_frame
from kvalitetslib.sources.tables import check_table

KNOWN = Known(
    {
        "namnd": ("skola",),
        "indikator": ("X1",),
        "omrade": ("centrum",),
        "alder": ("0–5 år",),
        "kategori": ("Mat",),
        "atgard": (),
    },
    date(2026, 9, 30),
)


def _check(table: Table, *lines: str) -> Checked:
    raw = parse_file("\n".join(lines).encode(), f"{table.name}.csv", sheet=table.name)
    return check_table(raw, table, KNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234\u00a0567", 1234567.0),
        ("\u22123", -3.0),
        ("+4", 4.0),
        ("0012", 12.0),
        ("1 23", None),
        ("1,234.5", None),
        ("1e5", None),
        ("NaN", None),
        ("inf", None),
        ("١٢", None),
        (",5", None),
        ("12,", None),
    ],
)
def test_a_number_is_read_as_swedes_write_it_or_not_at_all(
    text: str, expected: float | None
) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("2026-09-30 08:15:00", date(2026, 9, 30)),
        ("2026-02-29", None),
        ("20260930", None),
        ("46295", None),
        ("2026-W40-3", None),
    ],
)
def test_a_date_is_iso(text: str, expected: date | None) -> None:
    assert day(text, is_workbook=False) == expected


def test_a_workbook_may_hold_the_number_of_a_day() -> None:
    # Excel: day 1 is 1900-01-01, and a 29 February 1900 that never was is counted.
    assert day("46295", is_workbook=True) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("k", "K"), ("Kvinnor", "K"), ("pojkar", "M"), ("totalt", "T"), ("X", "X"), ("1", None)],
)
def test_a_sex_code_is_read_from_words(text: str, expected: str | None) -> None:
    assert gender(text) == expected


def test_headings_are_read_without_case_and_dots() -> None:
    checked = _check(VALUES, "Indikator ; PERIOD;Värde;Kön;Ålder", "X1;2025;1,5;;")

    assert checked.faults == ()
    assert checked.frame.loc[0, ["value", "gender", "age"]].tolist() == [1.5, "T", ""]


def test_an_age_band_with_a_hyphen_is_the_one_with_a_dash() -> None:
    checked = _check(VALUES, "indikator;period;varde;alder", "X1;2025;1;0-5 år")

    assert checked.frame.loc[0, "age"] == "0–5 år"


def test_the_columns_have_the_types_of_the_contract() -> None:
    checked = _check(FEEDBACK, "inkom;namnd;kategori;typ", "2026-01-02;skola;mat;Klagomål")

    assert checked.faults == ()
    assert checked.frame.dtypes.equals(empty_frame(FEEDBACK).dtypes)
    assert checked.frame.loc[0, "received"] == pd.Timestamp(2026, 1, 2)
    assert pd.isna(checked.frame.loc[0, "answered"])
    assert checked.frame.loc[0, ["category", "type"]].tolist() == ["Mat", "klagomål"]


@pytest.mark.parametrize(
    ("cell", "status", "kept"),
    [("..", "", ".."), ("-", "", "-"), (".", "", "."), ("", "sekretess", "sekretess")],
)
def test_a_value_not_published_is_nan_with_its_sign_in_status(
    cell: str, status: str, kept: str
) -> None:
    checked = _check(VALUES, "indikator;period;varde;status", f"X1;2025;{cell};{status}")

    assert checked.faults == ()
    assert np.isnan(checked.frame.loc[0, "value"])
    assert checked.frame.loc[0, "status"] == kept


def test_a_sign_for_not_published_is_no_number_elsewhere() -> None:
    checked = _check(GOALS, "id;namnd;typ;rubrik;malvarde", "1;skola;kkf;R;..")

    assert [fault.column for fault in checked.faults] == ["malvarde"]


def test_the_rarer_decimal_sign_is_the_faulty_one() -> None:
    rows = ["X1;2021;1.5", "X1;2022;2.5", "X1;2023;3,5", "X1;2024;4"]

    checked = _check(VALUES, "indikator;period;varde", *rows)

    assert [(fault.row, fault.found) for fault in checked.faults] == [(4, "3,5")]


def test_all_faults_of_a_file_come_with_their_lines() -> None:
    rows = ["X2;2025;1", "X1;2025K5;1", "X1;2024;ett", "X1;2023;1", "X1;2023;2"]

    checked = _check(VALUES, "indikator;period;varde", *rows)

    assert [(fault.row, fault.column) for fault in sorted(checked.faults)] == [
        (2, "indikator"),
        (3, "period"),
        (4, "varde"),
        (6, "indikator"),
    ]


def test_the_same_key_three_times_points_at_the_first_row_twice() -> None:
    rows = ["X1;2025;1", "X1;2025;2", "X1;2025;3"]

    checked = _check(VALUES, "indikator;period;varde", *rows)

    assert [fault.row for fault in checked.faults] == [3, 4]
    assert all("som rad 2" in fault.rule for fault in checked.faults)


def test_a_period_that_ends_on_the_last_day_is_not_in_the_future() -> None:
    checked = _check(VALUES, "indikator;period;varde", "X1;2026M09;1", "X1;2026K3;1", "X1;2026;1")

    assert [fault.row for fault in checked.faults] == [4]


def test_an_empty_list_says_which_file_should_have_filled_it() -> None:
    lines = b"id;namnd;datum;lardom;atgard\n1;skola;2026-01-01;L;A1\n"
    checked = check_table(parse_file(lines, "lardomar.csv", sheet="x"), LESSONS, KNOWN)

    assert [(fault.found, fault.accepted) for fault in checked.faults] == [
        ("A1", "inget, eftersom atgarder inte räknar upp något")
    ]
