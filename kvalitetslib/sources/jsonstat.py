"""JSON-stat 2.0 as SCB's PxWebApi answers, read into cells with their codes kept.

Format: https://json-stat.org/full. A missing value is ``null`` and becomes NaN, never 0.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kvalitetslib.errors import Fault, SourceError, quoted

VALUE, STATUS = "value", "status"
_FORM = "ett svar i formatet json-stat2 från SCB:s PxWebApi"


@dataclass(frozen=True, eq=False)
class PxTable:
    """One answer from a statistical database.

    ``codes`` holds each dimension's codes in order; ``frame`` one row a cell: a column of codes for
    each dimension, ``value`` (NaN missing) and ``status`` ("" when none). ``notes`` are those that
    must follow the figures.
    """

    file: str
    codes: Mapping[str, tuple[str, ...]]
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


def parse_jsonstat(raw: bytes, file: str) -> PxTable:
    """The table in the bytes; ``file`` names it in faults.

    Raises
    ------
    SourceError : if it is not JSON-stat 2.0, or its values do not fill its dimensions.
    """
    content = _content(raw, file)
    names, sizes = content["id"], content["size"]
    codes = {
        name: _codes(content["dimension"].get(name), size, (file, name))
        for name, size in zip(names, sizes, strict=True)
    }
    cells = math.prod(sizes)
    values = [_number(each, file) for each in _filled(content[VALUE], cells, None, file)]
    status = _filled(content.get(STATUS) or {}, cells, "", file)
    index = pd.MultiIndex.from_product(list(codes.values()), names=list(codes))
    frame = index.to_frame(index=False).astype("str")
    frame = frame.assign(
        value=np.array(values, dtype=float),
        status=pd.Series([str(each or "") for each in status], dtype="str"),
    )
    return PxTable(file, codes, frame, _notes(content))


def _content(raw: bytes, file: str) -> dict[str, Any]:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        start = raw[:200].decode("utf-8", errors="replace")
        raise _fault(file, "filen är inte giltig JSON", start) from error
    if not isinstance(content, dict) or content.get("class") != "dataset":
        found = ", ".join(content) if isinstance(content, dict) else type(content).__name__
        raise _fault(file, "filen är inte i formatet json-stat2", found)
    names, sizes = content.get("id"), content.get("size")
    is_sound = (
        isinstance(names, list)
        and isinstance(sizes, list)
        and len(names) == len(sizes) == len(set(map(str, names)))
        and all(isinstance(each, str) for each in names)
        and all(type(each) is int and each >= 0 for each in sizes)
        and isinstance(content.get("dimension"), dict)
        and isinstance(content.get(VALUE), list | dict)
    )
    if not is_sound:
        rule = "svaret saknar id, size, dimension eller value, eller så stämmer de inte överens"
        raise _fault(file, rule, f"id {names}, size {sizes}")
    return content


def _codes(dimension: Any, size: int, place: tuple[str, str]) -> tuple[str, ...]:
    """The codes in order. A dimension with one code may lack the index."""
    file, name = place
    category = dimension.get("category") if isinstance(dimension, dict) else None
    category = category if isinstance(category, dict) else {}
    index = category.get("index", category.get("label"))
    places = index if isinstance(index, dict) else {}
    if size and set(places.values()) == set(range(size)):
        index = sorted(places, key=lambda code: places[code])
    codes = tuple(index) if isinstance(index, list | dict) else ()
    if len(codes) != size or not all(isinstance(each, str) for each in codes):
        rule = f"dimensionen {name} har inte så många koder som size säger"
        raise _fault(file, rule, f"{len(codes)} koder, men size är {size}")
    return codes


def _filled(content: Any, cells: int, empty: Any, file: str) -> list[Any]:
    """One entry a cell, of a whole list or of entries by the place of their cell."""
    if isinstance(content, list):
        if len(content) != cells:
            found = f"{len(content)} värden, men dimensionerna ger {cells} celler"
            raise _fault(file, "svaret är inte helt", found)
        return content
    entries = content.items() if isinstance(content, dict) else ()
    filled = [content if isinstance(content, str) else empty] * cells
    for place, each in entries:
        if not (place.isascii() and place.isdigit() and int(place) < cells):
            raise _fault(file, "svaret har ett värde utanför tabellen", f"plats {place}")
        filled[int(place)] = each
    return filled


def _number(value: Any, file: str) -> float:
    if value is None:
        return math.nan
    if type(value) not in (int, float) or not math.isfinite(value):
        raise _fault(file, "värdet är inget tal", str(value))
    return float(value)


def _notes(content: dict[str, Any]) -> tuple[str, ...]:
    """The notes marked as mandatory, of the whole and of each dimension."""
    found: list[str] = []
    for part in (content, *content["dimension"].values()):
        marked = part.get("extension", {}).get("noteMandatory", {})
        notes = part.get("note", [])
        found += [" ".join(note.split()) for n, note in enumerate(notes) if marked.get(str(n))]
    return tuple(found)


def _fault(file: str, rule: str, found: str) -> SourceError:
    return SourceError(Fault(file, 0, "", rule, quoted(found), _FORM))
