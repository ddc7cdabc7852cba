"""One column of a file, each distinct text read once, so that long files cost little more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from kvalitetslib.errors import accepted_words
from kvalitetslib.period import parse_period
from kvalitetslib.schema import Column, Kind, Table
from kvalitetslib.sources.cells import MARKERS, Value, parts, value_of
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.headings import Cells, folded

_DTYPES = {Kind.NUMBER: "float64", Kind.COUNT: "float64", Kind.DATE: "datetime64[s]"}

FIRST_DAY = date(1990, 1, 1)
"""No list of a kommun's quality work has anything older; an earlier day is a slip of the pen."""
WHERE = {"atgard": "atgarder", "lofte": "loften", "mal": "mal", "mote": "loften"}
"""The file that holds what a cell may refer to, when it is not kommun.toml."""


@dataclass(frozen=True)
class Known:
    """What cells may refer to: lists by name, and the last day that is not in the future.

    A list that is not there could not be read; then no cell is held against it.
    """

    lists: Mapping[str, tuple[str, ...]]
    last_day: date


@dataclass(frozen=True)
class Reader:
    """Reads the distinct texts of one column."""

    column: Column
    known: Known
    is_workbook: bool

    def read(self, text: str) -> tuple[Value | None, Problem | None]:
        """The value of a text and, when it is refused, why."""
        column = self.column
        if not text:
            is_lacking = column.required and not column.may_be_withheld
            return column.default or None, (
                Problem("cellen är tom", accepted_cells(column)) if is_lacking else None
            )
        if column.may_be_withheld and text in MARKERS:
            return None, None
        if column.many:
            return text, next(filter(None, (self._listed(each)[1] for each in parts(text))), None)
        if column.choices or column.of:
            return self._listed(text)
        value = value_of(text, column.kind, is_workbook=self.is_workbook)
        if value is None:
            return None, Problem("värdet har fel form", accepted_cells(column))
        if isinstance(value, float):
            return value, _out_of_range(column, value)
        return value, self._in_future(value)

    def _listed(self, word: str) -> tuple[str | None, Problem | None]:
        column = self.column
        words = column.choices or self.known.lists.get(column.of, (word,))
        if word in words:
            return word, None
        alike = [each for each in words if folded(each) == folded(word)]
        if len(alike) == 1:
            return alike[0], None
        if not words:
            where = WHERE.get(column.of, "kommun.toml")
            return None, Problem(
                "värdet är okänt", f"inget, eftersom {where} inte räknar upp något"
            )
        return None, Problem("värdet är okänt", accepted_words(word, words))

    def _in_future(self, value: Value) -> Problem | None:
        last = self.known.last_day
        if self.column.kind is Kind.PERIOD and parse_period(str(value)).end > last:
            return Problem("perioden är inte slut än", f"perioder som är slut senast {last}")
        if self.column.is_past and isinstance(value, date) and value > last:
            return Problem("datumet har inte varit än", f"datum till och med {last}")
        if isinstance(value, date) and value < FIRST_DAY:
            return Problem("datumet ligger för långt tillbaka", f"datum från och med {FIRST_DAY}")
        return None


def accepted_cells(column: Column) -> str:
    """What a cell of the column may hold, in words."""
    if column.choices:
        return ", ".join(column.choices)
    if column.may_be_withheld:
        signs = " ".join(f'"{sign}"' for sign in MARKERS)
        return f"{column.kind.value}, eller {signs} för ett värde som inte publicerats"
    return column.kind.value


def _out_of_range(column: Column, value: float) -> Problem | None:
    if not np.isfinite(value):
        return Problem("talet är för stort", column.kind.value)
    low, high = column.minimum, column.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = [f"minst {low:g}"] if low is not None else []
        bounds += [f"högst {high:g}"] if high is not None else []
        return Problem("talet är utanför det tillåtna", " och ".join(bounds))
    return None


def read_column(cells: Cells, reader: Reader) -> tuple[pd.Series, list[tuple[int, Problem]]]:
    """The values of all cells, and the places of those that are refused."""
    codes, distinct = pd.factorize(cells)
    read = [reader.read(text) for text in distinct]
    problems = {code: problem for code, (_, problem) in enumerate(read) if problem}
    bad = np.flatnonzero(np.isin(codes, list(problems)))
    values = _array(reader.column, [value for value, _ in read])
    series = values.take(codes).reset_index(drop=True)
    return series, [(int(place), problems[codes[place]]) for place in bad]


def _array(column: Column, values: list[Value | None]) -> pd.Series:
    dtype = _DTYPES.get(column.kind, "str")
    if dtype == "str":
        values = ["" if value is None else str(value) for value in values]
    return pd.Series(values, dtype=dtype)


def constant_column(column: Column, n: int) -> pd.Series:
    """The column of a file that does not have it: its default in ``n`` rows."""
    return _array(column, [column.default or None] * n)


@lru_cache
def empty_frame(table: Table) -> pd.DataFrame:
    """A table without rows, with the contract's columns and types."""
    return pd.DataFrame(
        {each.column: pd.Series([], dtype=_DTYPES.get(each.kind, "str")) for each in table.columns}
    )
