"""A file of answers: each column as places in its distinct texts, so that long files cost little.

CSV and Excel files are read by ``files``. A long CSV without quotes, where a record is a line, is
read by pandas' C parser instead; whenever that meets anything odd, the careful reader takes over
and says what is wrong.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.errors import Fault, SourceError
from kvalitetslib.sources.files import RawTable, parse_file
from kvalitetslib.sources.headings import Cells, folded, without_overfull
from kvalitetslib.sources.spss import read_sav
from kvalitetslib.sources.text import decode

ENDINGS = (".csv", ".xlsx", ".sav")
_LONG = 2_000_000
"""Bytes from which the quick reader pays."""
_SEPARATORS = ";\t,"


@dataclass(frozen=True, eq=False)
class Coded:
    """One column. ``codes`` (rows,) are places in ``texts``, the distinct cells, stripped."""

    codes: npt.NDArray[np.int64]
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class AnswerFile:
    """The columns of a file.

    ``rows`` are lines as an editor or Excel counts them; ``blank`` is how many rows between the
    heading and the last answer that hold nothing at all, and that are left out.
    """

    label: str
    header: tuple[str, ...]
    header_row: int
    rows: npt.NDArray[np.int64]
    cells: Mapping[str, Cells]
    faults: tuple[Fault, ...]
    blank: int = 0

    def has(self, name: str) -> bool:
        """Whether there is a column with that heading, whatever its case."""
        return folded(name) in self.cells

    def column(self, name: str) -> Coded:
        """The column with that heading (KeyError when there is none)."""
        codes, distinct = pd.factorize(self.cells[folded(name)])
        # Stripped here and not a cell at a time; texts that become alike are met as alike.
        return Coded(codes.astype(np.int64), tuple(str(text).strip() for text in distinct))


def read_answers(raw: bytes, path: Path, *, label: str) -> AnswerFile:
    """The answers in the bytes of the file at ``path``.

    Raises
    ------
    SourceError : if the file is empty, damaged or not what its ending says.
    """
    if path.suffix.lower() == ".sav":
        header, cells = read_sav(path, label)
        n = len(cells[0]) if cells else 0
        return _answer_file(label, header, (np.arange(1, n + 1), cells), header_row=0)
    quick = _quick(raw, label) if len(raw) >= _LONG and b'"' not in raw else None
    return quick or _careful(parse_file(raw, label, sheet=path.stem))


def _answer_file(
    label: str,
    header: tuple[str, ...],
    records: tuple[npt.NDArray[np.int64], list[Cells]],
    *,
    header_row: int = 1,
    faults: tuple[Fault, ...] = (),
) -> AnswerFile:
    """The file with its columns by folded name. ``records`` are lines, and cells a column."""
    names = [folded(title) for title in header]
    twice = sorted({title for title in header if title and names.count(folded(title)) > 1})
    rule = "kolumnen finns två gånger"
    repeated = [
        Fault(label, header_row, each, rule, each, "varje kolumn en gång") for each in twice
    ]
    columns = dict(zip(names, records[1], strict=True))
    columns.pop("", None)
    return AnswerFile(label, header, header_row, records[0], columns, (*faults, *repeated))


def _careful(raw: RawTable) -> AnswerFile:
    faults: list[Fault] = []
    raw = without_overfull(raw, faults)
    width = len(raw.header)
    padding = ("",) * width
    columns = list(zip(*((*cells, *padding)[:width] for cells in raw.cells), strict=True))
    cells = [np.array(column, dtype=object) for column in columns or [()] * width]
    rows = np.array(raw.rows, dtype=np.int64)
    file = _answer_file(
        raw.file, raw.header, (rows, cells), header_row=raw.header_row, faults=tuple(faults)
    )
    # A quoted cell with line breaks takes several lines of the file without leaving any blank.
    broken = 0 if raw.is_workbook else sum(cell.count("\n") for each in raw.cells for cell in each)
    return _with_blank(file, broken)


def _with_blank(file: AnswerFile, broken: int = 0) -> AnswerFile:
    if not len(file.rows):
        return file
    span = int(file.rows[-1]) - file.header_row
    return replace(file, blank=max(span - len(file.rows) - broken, 0))


def _quick(raw: bytes, label: str) -> AnswerFile | None:
    """The same as ``_careful`` gives; None when a record is not simply a line."""
    first, _, rest = raw.partition(b"\n")
    second = rest.partition(b"\n")[0]
    try:
        head = parse_file(first + b"\n" + second, label, sheet="")
    except SourceError:
        return None
    text = decode(raw, label)
    start = text.partition("\n")[0].rstrip("\r")
    found = [sep for sep in _SEPARATORS if _cells(start, sep) == head.header]
    if len(found) != 1 or "\r" in text.replace("\r\n", "\n"):
        return None
    try:
        frame = pd.read_csv(
            io.BytesIO(text.partition("\n")[2].encode()),
            sep=found[0],
            header=None,
            names=list(range(len(head.header))),
            index_col=False,
            dtype=object,
            na_filter=False,
            quoting=csv.QUOTE_NONE,
            skip_blank_lines=False,
            on_bad_lines="error",
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        return None
    cells = [frame[place].to_numpy(dtype=object) for place in frame.columns]
    is_filled = ~_is_blank(cells)
    rows = np.flatnonzero(is_filled) + 2
    if not is_filled.all():
        cells = [column[is_filled] for column in cells]
    return _with_blank(_answer_file(label, head.header, (rows, cells)))


def _is_blank(cells: list[Cells]) -> npt.NDArray[np.bool_]:
    """Which rows hold nothing; most are settled by their first cell."""
    blank = np.array([not text.strip() for text in cells[0]], dtype=bool)
    for column in cells[1:]:
        places = np.flatnonzero(blank)
        blank[places] = [not text.strip() for text in column[places]]
    return blank


def _cells(line: str, separator: str) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.removeprefix("\ufeff").split(separator)]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)
