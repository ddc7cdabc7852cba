"""SCB's ``outputFormat=csv``: a column of codes for each dimension, then one for each time."""

import csv
import io
import math
import re

import numpy as np
import pandas as pd

from kvalitetslib.errors import Fault, SourceError, quoted
from kvalitetslib.sources.jsonstat import PxTable

CONTENTS, TIME = "ContentsCode", "Tid"
_HEADING = re.compile(r"(?:(?P<contents>.+) )?(?P<time>(?:19|20)\d\d(?:M(?:0[1-9]|1[0-2]))?)")
_MISSING = ("", ".", "..", "...")
"""Signs of official statistics for a value that is not published; "-" is a zero and not here."""
_FORM = "en fil som SCB:s outputFormat=csv ger, med koder: Region, Alder, Kon och ett år per kolumn"


def parse_csv(raw: bytes, file: str) -> PxTable:
    """The table in the bytes; ``file`` names it in faults.

    Raises
    ------
    SourceError : if it is not written as SCB writes it.
    """
    rows = _rows(raw, file)
    head = rows[0]
    times = [_HEADING.fullmatch(each) for each in head]
    first = next((place for place, each in enumerate(times) if each), 0)
    headings = [(each["contents"] or "", each["time"]) for each in times[first:] if each]
    if not first or len(headings) != len(head) - first:
        raise _fault(file, 1, "rubrikraden är inte SCB:s", ", ".join(head))
    for place, row in enumerate(rows[1:], start=2):
        if len(row) != len(head):
            found = f"{len(row)} celler, men rubrikraden har {len(head)}"
            raise _fault(file, place, "raden har fel antal celler", found)
    body = pd.DataFrame(rows[1:], columns=head, dtype="str")
    dimensions = body.iloc[:, :first]
    parts = [
        dimensions.assign(**{CONTENTS: contents, TIME: time}, status=body.iloc[:, first + place])
        for place, (contents, time) in enumerate(headings)
    ]
    frame = pd.concat(parts, ignore_index=True)
    values = np.array([_number(text, file) for text in frame["status"]], dtype=float)
    is_missing = np.isnan(values)
    frame = frame.assign(value=values, status=frame["status"].where(is_missing, ""))
    names = [*head[:first], CONTENTS, TIME]
    codes = {name: tuple(dict.fromkeys(frame[name])) for name in names}
    return PxTable(file, codes, frame[[*names, "value", "status"]])


def _rows(raw: bytes, file: str) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(file, 0, "filen är inte sparad som UTF-8", "") from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]
    if len(rows) < 2:
        raise _fault(file, 0, "filen är tom", "")
    return rows


def _number(text: str, file: str) -> float:
    if text.strip() in _MISSING:
        return math.nan
    try:
        value = float(text)
    except ValueError as error:
        raise _fault(file, 0, "värdet är inget tal", text) from error
    if not math.isfinite(value):
        raise _fault(file, 0, "värdet är inget tal", text)
    return value


def _fault(file: str, row: int, rule: str, found: str) -> SourceError:
    return SourceError(Fault(file, row, "", rule, quoted(found), _FORM))
