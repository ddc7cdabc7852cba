"""Files as Excel and others write them give the same cells and the right line numbers."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from kvalitetslib.sources.files import RawTable, parse_file

TEXT = "id;namn;värde\n1;Åsa;2,5\n2;Örjan;3,5\n"
CELLS = (("1", "Åsa", "2,5"), ("2", "Örjan", "3,5"))


def _table(raw: bytes) -> RawTable:
    return parse_file(raw, "prov.csv", sheet="prov")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(TEXT.encode(), id="utf8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(TEXT.encode("cp1252"), id="cp1252"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="windows line ends"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="old line ends"),
        pytest.param(TEXT.replace(";", "\t").encode(), id="tabs"),
        pytest.param(b"sep=;\n" + TEXT.encode(), id="separator hint"),
        pytest.param(TEXT.replace("\n", ";;\n").encode(), id="empty columns at the end"),
        pytest.param((TEXT + ";;\n\n;;\n").encode(), id="empty rows at the end"),
        pytest.param(TEXT.replace("Åsa", ' "Åsa"').encode(), id="quotes and spaces"),
        pytest.param(TEXT.rstrip("\n").encode(), id="no last line end"),
    ],
)
def test_every_way_to_save_gives_the_same_cells(raw: bytes) -> None:
    table = _table(raw)

    assert table.header == ("id", "namn", "värde")
    assert tuple(cells[:3] for cells in table.cells) == CELLS


def test_commas_separate_when_the_heading_has_commas() -> None:
    table = _table(b'id,namn\n1,"Ek, A"\n')

    assert table.cells == (("1", "Ek, A"),)


def test_rows_are_counted_as_lines_of_the_file() -> None:
    raw = b'\nid;text\n1;"en\ntv\xc3\xa5\ntre"\n\n2;x\n'

    table = _table(raw)

    assert table.header_row == 2
    assert table.rows == (3, 7)
    assert table.cells[0] == ("1", "en\ntvå\ntre")


def test_a_quote_within_a_text_is_written_twice() -> None:
    assert _table(b'id;text\n1;"sade ""hej"""\n').cells == (("1", 'sade "hej"'),)


def _workbook(*rows: list[object], sheet: str = "Blad1", first: str = "") -> bytes:
    workbook = Workbook()
    worksheet = workbook.active
    if first:
        worksheet.title = first
        worksheet.append(["annat"])
        worksheet = workbook.create_sheet(sheet)
    worksheet.title = sheet
    for row in rows:
        worksheet.append(row)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def test_a_workbook_gives_what_a_swede_would_have_typed() -> None:
    raw = _workbook(
        ["heltal", "tal", "brus", "dag", "tid", "ja", "tom", "text"],
        [2025, 12.5, 0.1 + 0.2, date(2026, 9, 30), datetime(2026, 9, 30, 8, 15), True, None, " a "],
    )

    table = parse_file(raw, "prov.xlsx", sheet="prov")

    assert table.cells == (
        ("2025", "12,5", "0,3", "2026-09-30", "2026-09-30 08:15:00", "ja", "", "a"),
    )
    assert table.rows == (2,)
    assert table.is_workbook


def test_a_share_that_excel_shows_in_percent_is_read_in_percent() -> None:
    workbook = Workbook()
    workbook.active.append(["andel"])
    workbook.active.append([0.143])
    workbook.active["A2"].number_format = "0.0%"
    held = io.BytesIO()
    workbook.save(held)

    assert parse_file(held.getvalue(), "prov.xlsx", sheet="prov").cells == (("14,3",),)


def test_the_sheet_with_the_name_of_the_table_is_read_before_the_first() -> None:
    raw = _workbook(["id"], ["1"], sheet="Mal", first="Om filen")

    assert parse_file(raw, "x.xlsx", sheet="mal").cells == (("1",),)
    assert parse_file(_workbook(["id"], ["2"]), "x.xlsx", sheet="mal").cells == (("2",),)


def test_empty_rows_of_a_workbook_keep_their_numbers() -> None:
    raw = _workbook(["id"], [None], ["1"])

    assert parse_file(raw, "x.xlsx", sheet="x").rows == (3,)
