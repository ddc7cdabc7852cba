"""The heading row of a file: which column of the contract each one is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import compress

import numpy as np
import numpy.typing as npt

from kvalitetslib.errors import Fault, accepted_words, nearest, quoted
from kvalitetslib.schema import Table
from kvalitetslib.sources.files import RawTable

Cells = npt.NDArray[np.object_]

_FOLD = str.maketrans("åäöéü–−", "aaoeu--")


def folded(word: str) -> str:
    """A heading or word without case, rings and dots, so that ``Värde`` is ``varde``."""
    return re.sub(r"[\s\-]+", "_", word.strip().casefold().translate(_FOLD))


def column_places(raw: RawTable, table: Table, faults: list[Fault]) -> dict[str, int]:
    """Where in the header each column of the contract stands, by its English name."""
    names = [each.name for each in table.columns]
    places: dict[str, int] = {}
    meant: set[str] = set()
    for place, title in enumerate(raw.header):
        name = folded(title)
        if name in places:
            rule, accepted = "kolumnen finns två gånger", "varje kolumn en gång"
        elif name in names:
            places[name] = place
            continue
        elif not name and not any(len(cells) > place and cells[place] for cells in raw.cells):
            continue
        else:
            near = nearest(name, [each for each in names if each not in places])
            meant.add(near)
            rule = "kolumnen är okänd" if name else "en kolumn saknar rubrik"
            accepted = accepted_words(name, names) if name else ", ".join(names)
        faults.append(Fault(raw.file, raw.header_row, title, rule, quoted(title), accepted))
    for column in table.columns:
        if column.required and column.name not in places and column.name not in meant:
            rule, found = "kolumnen saknas", ", ".join(raw.header)
            faults.append(
                Fault(raw.file, raw.header_row, column.name, rule, quoted(found), column.name)
            )
    return {each.column: places[each.name] for each in table.columns if each.name in places}


def without_overfull(raw: RawTable, faults: list[Fault]) -> RawTable:
    """The file without the records that have more cells than headings: theirs may be shifted."""
    width = len(raw.header)
    is_kept = []
    for row, cells in zip(raw.rows, raw.cells, strict=True):
        extra = [cell for cell in cells[width:] if cell]
        is_kept.append(not extra)
        if extra:
            rule = "raden har fler celler än det finns rubriker"
            accepted = f'{width} celler; en text med skiljetecken ska stå inom "citattecken"'
            faults.append(Fault(raw.file, row, "", rule, quoted(", ".join(extra)), accepted))
    if all(is_kept):
        return raw
    return replace(
        raw, cells=tuple(compress(raw.cells, is_kept)), rows=tuple(compress(raw.rows, is_kept))
    )


def column_cells(raw: RawTable, places: Mapping[str, int]) -> dict[str, Cells]:
    """Each column's cells as they stand in the file, by its English name."""
    width = len(raw.header)
    padding = ("",) * width
    columns = list(zip(*((*cells, *padding)[:width] for cells in raw.cells), strict=True))
    columns = columns or [()] * width
    return {column: np.array(columns[place], dtype=object) for column, place in places.items()}
