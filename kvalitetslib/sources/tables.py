"""Raw cells against a contract: a typed table, and every fault with the cell it stands in."""

import numpy as np

from kvalitetslib.errors import Fault
from kvalitetslib.schema import Table
from kvalitetslib.sources.checked import Checked, Problem
from kvalitetslib.sources.files import RawTable
from kvalitetslib.sources.headings import column_cells, column_places, without_overfull
from kvalitetslib.sources.reader import Known, Reader, constant_column, read_column
from kvalitetslib.sources.rows import row_faults, with_markers


def check_table(raw: RawTable, table: Table, known: Known) -> Checked:
    """The file's cells as a typed table, with all faults that can be seen in this file alone."""
    faults: list[Fault] = []
    places = column_places(raw, table, faults)
    raw = without_overfull(raw, faults)
    texts = column_cells(raw, places)
    checked = Checked(table, raw.file, np.array(raw.rows, dtype=np.int64), texts, tuple(faults))
    series = {}
    refused: list[tuple[int, str, Problem]] = []
    for column in table.columns:
        if column.column not in texts:
            series[column.column] = constant_column(column, len(raw.rows))
            continue
        reader = Reader(column, known, raw.is_workbook)
        series[column.column], bad = read_column(texts[column.column], reader)
        refused += [(place, column.column, problem) for place, problem in bad]
    checked = with_markers(checked.with_columns(series).with_problems(refused))
    return checked.with_problems(row_faults(checked))
