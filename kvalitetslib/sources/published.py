"""Published survey results: tables of question, group and period, with intervals as text."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kvalitetslib.codebook import Codebook
from kvalitetslib.errors import Fault, SourceError, accepted_words, quoted
from kvalitetslib.model import Kommun
from kvalitetslib.schema import Kind
from kvalitetslib.sources.cells import gender, value_of
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.headings import Cells, folded
from kvalitetslib.sources.published_cells import (
    INTERVAL_FORM,
    SIGNS,
    VALUE_FORM,
    Shown,
    interval,
    published_value,
)
from kvalitetslib.sources.published_file import PublishedFile, open_tables
from kvalitetslib.sources.published_tables import ROLES, PublishedTable, ValueColumn
from kvalitetslib.survey_result import Excluded

COLUMNS = (
    "item",
    *ROLES.values(),
    "value",
    "low",
    "high",
    "n",
    "differs",
    "status",
    "file",
    "row",
)
"""``item`` is the codebook's id, "" when it has none; ``gender`` T, K, M or own; ``value``,
``low``, ``high`` and ``n`` are NaN when not published; ``differs`` is the publisher's asterisk;
``status`` the sign that stood instead of a value; ``file`` and ``row`` where the value stands."""
_GROUPS = ("age", "area", "other")
_NUMBERS = ("value", "low", "high", "n")


@dataclass(frozen=True, eq=False)
class Published:
    """The results of all tables of a survey, their faults, and the files they were read from."""

    frame: pd.DataFrame
    excluded: tuple[Excluded, ...]
    faults: tuple[Fault, ...]
    unreadable: tuple[Fault, ...]
    checksums: tuple[tuple[str, str], ...]


def no_results() -> pd.DataFrame:
    """A table of published results without rows."""
    return _frame({name: [] for name in COLUMNS})


def read_published(
    tables: tuple[PublishedTable, ...], codebook: Codebook, kommun: Kommun, *, folder: Path
) -> Published:
    """The published results of a survey; nothing is raised."""
    label = f"kommuner/{kommun.nyckel}/{folder.name}"
    faults: list[Fault] = []
    unreadable: list[Fault] = []
    left_out: list[int] = []
    frames = [no_results()]
    for table in tables:
        try:
            file = open_tables(table, folder, label)
        except SourceError as error:
            unreadable += error.faults
            continue
        faults += file.faults
        if not file.faults:
            parts = [_results(file, table, each, (kommun, faults)) for each in table.values]
            frames.append(_without_repeated(pd.concat(parts, ignore_index=True), table, left_out))
    frame = pd.concat([each for each in frames if len(each)] or frames[:1], ignore_index=True)
    frame = frame.assign(item=_items(frame, codebook, label, faults))
    if not faults:
        faults += _repeated(frame)
    names = dict.fromkeys(name for table in tables for name in table.files)
    read = [(name, folder / name) for name in names if (folder / name).is_file()]
    checksums = [
        (f"{label}/{name}", hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in read
    ]
    excluded = [Excluded("resultat som står två gånger", sum(left_out))] if left_out else []
    return Published(frame, tuple(excluded), tuple(faults), tuple(unreadable), tuple(checksums))


def _results(
    file: PublishedFile,
    table: PublishedTable,
    column: ValueColumn,
    context: tuple[Kommun, list[Fault]],
) -> pd.DataFrame:
    """The results of one value column."""
    kommun, faults = context
    n = len(file.rows)
    fixed = dict(column.fixed)
    readers = _readers(kommun)
    parts: dict[str, object] = {}
    for role in ROLES.values():
        used = "" if role in fixed else dict(table.columns).get(role, "")
        cells = file.cells(used) if used else np.full(n, fixed.get(role, ""), dtype=object)
        if used and role in _GROUPS:
            cells = np.where(cells == "", table.blank, cells)
        parts[role] = _words(file, used, cells, readers.get(role), faults)
    texts = file.cells(column.column)
    values = _shown(file, column.column, texts, published_value, faults)
    parts["value"] = [each.low for each in values]
    intervals = _intervals(file, column, values, faults)
    parts["low"] = [each.low for each in intervals]
    parts["high"] = [each.high for each in intervals]
    counts = file.cells(column.n) if column.n else np.full(n, "", dtype=object)
    parts["n"] = [each.low for each in _shown(file, column.n, counts, published_value, faults)]
    pairs = zip(values, intervals, strict=True)
    parts["differs"] = [value.differs or each.differs for value, each in pairs]
    parts["status"] = [text if text in SIGNS else "" for text in texts]
    parts |= {"item": [""] * n, "file": [file.label] * n, "row": file.rows}
    return _frame(parts)


def _frame(parts: Mapping[str, object]) -> pd.DataFrame:
    kinds = {"differs": "bool", "row": "int64", **dict.fromkeys(_NUMBERS, "float64")}
    return pd.DataFrame(
        {name: pd.Series(parts[name], dtype=kinds.get(name, "str")) for name in COLUMNS}
    )


def _readers(kommun: Kommun) -> dict[str, Callable[[str], str | Problem]]:
    """How the words of a role are read; roles that are not here take any text."""
    areas = {
        folded(word): each.nyckel for each in kommun.areas for word in (each.nyckel, each.namn)
    }
    keys = [each.nyckel for each in kommun.areas]

    def area(text: str) -> str | Problem:
        found = areas.get(folded(text), "") if text else ""
        return (
            Problem("området är okänt", accepted_words(text, keys)) if text and not found else found
        )

    def period(text: str) -> str | Problem:
        found = value_of(text, Kind.PERIOD, is_workbook=False)
        return Problem("perioden har fel form", Kind.PERIOD.value) if found is None else str(found)

    def sex(text: str) -> str | Problem:
        return (gender(text) if text else "T") or Problem("könet är okänt", Kind.GENDER.value)

    def question(text: str) -> str | Problem:
        return text or Problem("frågan saknas", "frågans text på varje rad")

    return {"area": area, "period": period, "gender": sex, "question": question}


def _words(
    file: PublishedFile,
    column: str,
    cells: Cells,
    read: Callable[[str], str | Problem] | None,
    faults: list[Fault],
) -> Cells:
    if read is None:
        return cells
    codes, distinct = pd.factorize(cells)
    meant = [read(str(text)) for text in distinct]
    for place, each in enumerate(meant):
        if isinstance(each, Problem):
            faults += _told(file, column, cells, np.flatnonzero(codes == place), each)
    words = np.array([each if isinstance(each, str) else "" for each in meant], dtype=object)
    return words[codes] if len(words) else cells


def _told(
    file: PublishedFile, column: str, cells: Cells, bad: np.ndarray, problem: Problem
) -> Iterator[Fault]:
    """One fault for all cells with the same text: the first, and how many more."""
    more = f" (och på {len(bad) - 1} rader till)" if len(bad) > 1 else ""
    found = quoted(str(cells[bad[0]]))
    yield Fault(
        file.label, int(file.rows[bad[0]]), column, problem.rule + more, found, problem.accepted
    )


def _shown(
    file: PublishedFile,
    column: str,
    cells: Cells,
    read: Callable[[str], Shown | None],
    faults: list[Fault],
) -> list[Shown]:
    codes, distinct = pd.factorize(cells)
    meant = [read(str(text)) for text in distinct]
    for place, each in enumerate(meant):
        if each is None:
            problem = Problem("värdet kan inte läsas", VALUE_FORM)
            faults += _told(file, column, cells, np.flatnonzero(codes == place), problem)
    nothing = Shown(np.nan, np.nan)
    return [meant[code] or nothing for code in codes]


def _intervals(
    file: PublishedFile, column: ValueColumn, values: list[Shown], faults: list[Fault]
) -> list[Shown]:
    nothing = Shown(np.nan, np.nan)
    if not column.interval:
        return [nothing] * len(values)
    cells = file.cells(column.interval)
    found = [interval(str(text), each.low) for text, each in zip(cells, values, strict=True)]
    problem = Problem("intervallet kan inte läsas", INTERVAL_FORM)
    for place, each in enumerate(found):
        if each is None or each.low > each.high:
            faults += _told(file, column.interval, cells, np.array([place]), problem)
    return [each or nothing for each in found]


def _without_repeated(
    frame: pd.DataFrame, table: PublishedTable, left_out: list[int]
) -> pd.DataFrame:
    """The results of a table, without all that stand twice if that is what the codebook says."""
    is_repeated = frame.duplicated(list(ROLES.values()), keep=False).to_numpy(dtype=bool)
    if not table.drops_repeated or not is_repeated.any():
        return frame
    left_out.append(int(is_repeated.sum()))
    return frame[~is_repeated]


def _items(frame: pd.DataFrame, codebook: Codebook, label: str, faults: list[Fault]) -> pd.Series:
    """The codebook's id of each question, "" for those that it does not take up."""
    ids = {folded(item.column): item.id for item in codebook.items}
    questions = frame["question"].unique().tolist()
    found = {text: ids.get(folded(text), "") for text in questions}
    for item in codebook.items:
        if item.id not in found.values() and item.id not in codebook.offered and questions:
            rule = f"frågan {item.id} finns inte bland de publicerade"
            accepted = accepted_words(item.column, questions)
            name = f"{label}/{codebook.key}.toml"
            faults.append(Fault(name, 0, "fraga.kolumn", rule, item.column, accepted))
    return frame["question"].map(found).astype("str")


def _repeated(frame: pd.DataFrame) -> Iterator[Fault]:
    """The first result that stands twice in each file: which one to trust cannot be known."""
    key = list(ROLES.values())
    again = frame[frame.duplicated(key).to_numpy(dtype=bool)]
    for name, rows in again.groupby("file", sort=True):
        row = int(rows["row"].iloc[0])
        more = f", och på {len(rows) - 1} rader till" if len(rows) > 1 else ""
        rule = f"samma fråga, grupp och period står två gånger{more}"
        found = quoted(str(rows["question"].iloc[0]))
        yield Fault(str(name), row, "", rule, found, "varje resultat en gång")
