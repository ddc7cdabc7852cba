"""A file of published results, with the columns of the register it may refer to."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from openpyxl import load_workbook

from kvalitetslib.errors import Fault, SourceError, accepted_words, quoted
from kvalitetslib.sources.files import RawTable, parse_file
from kvalitetslib.sources.headings import Cells, folded
from kvalitetslib.sources.published_tables import PublishedTable


@dataclass(frozen=True, eq=False)
class PublishedFile:
    """The columns of a file by folded name, one row a row of the file."""

    label: str
    rows: npt.NDArray[np.int64]
    columns: Mapping[str, Cells]
    faults: tuple[Fault, ...]

    def cells(self, name: str) -> Cells:
        """The cells of a column (KeyError when there is none)."""
        return self.columns[folded(name)]


def open_tables(table: PublishedTable, folder: Path, label: str) -> PublishedFile:
    """The table's file. Each column that the codebook names and the file lacks is a fault.

    Raises
    ------
    SourceError : if the file or its register is missing or cannot be read.
    """
    raw = _read(folder, table.file, table.sheet, label)
    columns = _columns(raw)
    faults: list[Fault] = []
    if table.register:
        register = _read(folder, table.register, "", label)
        columns = {**_joined(raw, columns, register, table.key, faults), **columns}
    titles = [title for title in raw.header if title]
    for name in _named(table):
        if folded(name) not in columns:
            rule = "kolumnen som kodboken nämner saknas"
            found, accepted = quoted(", ".join(titles)), accepted_words(name, titles)
            faults.append(Fault(raw.file, raw.header_row, name, rule, found, accepted))
    name = f"{raw.file}, bladet {table.sheet}" if table.sheet else raw.file
    return PublishedFile(name, np.array(raw.rows, dtype=np.int64), columns, tuple(faults))


def _named(table: PublishedTable) -> list[str]:
    names = [column for _, column in table.columns]
    for value in table.values:
        names += [value.column, value.interval, value.n]
    return [name for name in dict.fromkeys(names) if name]


def _read(folder: Path, name: str, sheet: str, label: str) -> RawTable:
    path, full = folder / name, f"{label}/{name}"
    if not path.is_file():
        known = sorted(each.name for each in folder.iterdir() if each.is_file())
        raise SourceError(Fault(full, 0, "", "filen saknas", name, accepted_words(name, known)))
    raw = path.read_bytes()
    found = parse_file(raw, full, sheet=sheet)
    if sheet and found.is_workbook:
        names = load_workbook(io.BytesIO(raw), read_only=True).sheetnames
        if sheet.casefold() not in [each.strip().casefold() for each in names]:
            accepted = accepted_words(sheet, names)
            raise SourceError(
                Fault(full, 0, "", "arbetsboken har inget sådant blad", sheet, accepted)
            )
    return found


def _columns(raw: RawTable) -> dict[str, Cells]:
    width = len(raw.header)
    padding = ("",) * width
    columns = list(zip(*((*cells, *padding)[:width] for cells in raw.cells), strict=True))
    return {
        folded(title): np.array(column, dtype=object)
        for title, column in zip(raw.header, columns, strict=True)
        if title
    }


def _joined(
    raw: RawTable,
    columns: Mapping[str, Cells],
    register: RawTable,
    key: str,
    faults: list[Fault],
) -> dict[str, Cells]:
    """The register's columns for each row of the file."""
    looked_up = _columns(register)
    name = folded(key)
    for file, found in ((raw, columns), (register, looked_up)):
        if name not in found:
            accepted = accepted_words(key, [title for title in file.header if title])
            rule = "kolumnen som kodboken nämner saknas"
            faults.append(Fault(file.file, file.header_row, key, rule, "", accepted))
    if faults:
        return {}
    places: dict[str, int] = {}
    for place, text in enumerate(looked_up[name]):
        if text in places:
            rule = f"samma nyckel finns redan på rad {register.rows[places[text]]}"
            faults.append(
                Fault(register.file, register.rows[place], key, rule, text, "varje nyckel en gång")
            )
        places.setdefault(text, place)
    unknown = [place for place, text in enumerate(columns[name]) if text not in places]
    if unknown:
        more = f" (och på {len(unknown) - 1} rader till)" if len(unknown) > 1 else ""
        rule = f"nyckeln finns inte i {table_name(register)}{more}"
        found_text = quoted(str(columns[name][unknown[0]]))
        faults.append(
            Fault(raw.file, raw.rows[unknown[0]], key, rule, found_text, "en känd nyckel")
        )
        return {}
    taken = np.array([places[text] for text in columns[name]], dtype=np.int64)
    return {title: cells[taken] for title, cells in looked_up.items()}


def table_name(raw: RawTable) -> str:
    """The file's name without its folders."""
    return raw.file.rpartition("/")[2]
