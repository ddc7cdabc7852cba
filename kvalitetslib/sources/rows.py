"""Rules that join the cells of a row, or the rows of a file."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from kvalitetslib.schema import Kind
from kvalitetslib.sources.cells import MARKERS
from kvalitetslib.sources.checked import Checked, Problem
from kvalitetslib.sources.reader import accepted_cells

Refused = tuple[int, str, Problem]

_DECIMALS = re.compile(r"[^.,]*([.,])\d+", re.ASCII)


def with_markers(checked: Checked) -> Checked:
    """Keep the sign of a number that is not published in ``status``, and ask for a reason.

    An empty cell is a value not published only when ``status`` says why.
    """
    for column in checked.table.columns:
        if column.required and column.may_be_withheld and column.column in checked.texts:
            cells, status = checked.texts[column.column], checked.frame["status"]
            has_status = (status != "").to_numpy(dtype=bool)
            kept = np.where(np.isin(cells, MARKERS) & ~has_status, cells, status)
            checked = checked.with_columns({"status": pd.Series(kept, dtype="str")})
            problem = Problem("cellen är tom och status säger inte varför", accepted_cells(column))
            empty = np.flatnonzero((cells == "") & ~has_status)
            checked = checked.with_problems((int(each), column.column, problem) for each in empty)
    return checked


def row_faults(checked: Checked) -> Iterator[Refused]:
    """All faults of decimals, dates in the wrong order and keys that stand twice."""
    yield from _mixed_decimals(checked)
    yield from _wrong_order(checked)
    yield from _repeated_keys(checked)


def _mixed_decimals(checked: Checked) -> Iterator[Refused]:
    """The first cell with the rarer of decimal comma and point, if a file has both."""
    used: dict[str, list[tuple[int, str]]] = {",": [], ".": []}
    for column in checked.table.columns:
        if column.kind is not Kind.NUMBER or column.column not in checked.texts:
            continue
        codes, distinct = pd.factorize(checked.texts[column.column])
        signs = [_DECIMALS.fullmatch(text) for text in distinct]
        for sign, cells in used.items():
            with_sign = [code for code, found in enumerate(signs) if found and found[1] == sign]
            places = np.flatnonzero(np.isin(codes, with_sign))
            cells += [(int(place), column.column) for place in places]
    if used[","] and used["."]:
        rarer = "," if len(used[","]) < len(used["."]) else "."
        place, name = min(used[rarer])
        accepted = "decimalpunkt i hela filen" if rarer == "," else "decimalkomma i hela filen"
        yield place, name, Problem("filen blandar decimalkomma och decimalpunkt", accepted)


def _wrong_order(checked: Checked) -> Iterator[Refused]:
    names = {each.column: each.name for each in checked.table.columns}
    for first, second in checked.table.order:
        is_wrong = (checked.frame[first] > checked.frame[second]).to_numpy(dtype=bool)
        for place in np.flatnonzero(is_wrong):
            before = checked.texts[first][place]
            problem = Problem(
                f"{names[second]} ligger före {names[first]}", f"{before} eller senare"
            )
            yield int(place), second, problem


def _repeated_keys(checked: Checked) -> Iterator[Refused]:
    key = list(checked.table.key)
    names = {each.column: each.name for each in checked.table.columns}
    needed = [each.column for each in checked.table.columns if each.required and each.column in key]
    if not key or any(column not in checked.texts for column in needed):
        return
    sound = checked.frame[key].drop(index=list(checked.faulty))
    repeated = sound[sound.duplicated(keep=False).to_numpy(dtype=bool)]
    first: dict[tuple[object, ...], int] = {}
    for place, *cells in repeated.itertuples():
        earlier = first.setdefault(tuple(cells), int(place))
        if earlier != place:
            used = [column for column in key if column in checked.texts]
            same = ", ".join(names[column] for column in used)
            rule = f"raden finns två gånger: samma {same} som rad {checked.rows[earlier]}"
            yield int(place), used[0], Problem(rule, "varje rad en gång")
