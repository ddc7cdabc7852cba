"""A kommun's folder: all its table files, checked against each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from kvalitetslib.contracts import ATGARDER, GOALS, PROMISES, TABLES, VALUES
from kvalitetslib.errors import Fault, SourceError
from kvalitetslib.model import Kommun
from kvalitetslib.schema import Table
from kvalitetslib.sources.checked import Checked
from kvalitetslib.sources.files import parse_file, table_path, unknown_files
from kvalitetslib.sources.indicators import unit_faults
from kvalitetslib.sources.reader import Known, empty_frame
from kvalitetslib.sources.register_rules import register_faults
from kvalitetslib.sources.registers import group_faults
from kvalitetslib.sources.tables import check_table

REFERRED = {PROMISES.name: "lofte", GOALS.name: "mal", ATGARDER.name: "atgard"}
"""Files whose rows others refer to, in the order they are read, and what the list is called."""


@dataclass(frozen=True, eq=False)
class Folder:
    """The tables that are there, by name. ``unreadable`` are faults of whole files."""

    tables: Mapping[str, Checked]
    unreadable: tuple[Fault, ...]
    checksums: tuple[tuple[str, str], ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of all tables."""
        return tuple(fault for table in self.tables.values() for fault in table.faults)

    def frame(self, table: Table) -> pd.DataFrame:
        """The table's rows; none when the kommun does not have the file."""
        checked = self.tables.get(table.name)
        return empty_frame(table) if checked is None else checked.frame


def read_folder(
    data: Path, kommun: Kommun, last_day: date, *, questions: tuple[str, ...] = ()
) -> Folder:
    """All tables of the kommun, with all their faults; nothing is raised.

    ``questions`` are the ids of survey questions ("enkät:fråga"); registers may refer to them as
    they do to indicators.
    """
    label = f"kommuner/{kommun.nyckel}"
    folder = data / label
    lists = _lists(kommun, questions)
    tables: dict[str, Checked] = {}
    unreadable = unknown_files(folder, tuple(each.name for each in TABLES), label=label)
    checksums = []
    for table in sorted(TABLES, key=_reading_order):
        try:
            path = table_path(folder, table.name, label=label)
            if path is None:
                continue
            raw = path.read_bytes()
            checksums.append((f"{label}/{path.name}", hashlib.sha256(raw).hexdigest()))
            parsed = parse_file(raw, f"{label}/{path.name}", sheet=table.name)
        except SourceError as error:
            unreadable += error.faults
            lists = _without(lists, table)
            continue
        known = (
            lists if table is VALUES else {**lists, "indikator": (*lists["indikator"], *questions)}
        )
        checked = check_table(parsed, table, Known(known, last_day))
        tables[table.name] = _with_own_rules(checked, kommun)
        if table.name in REFERRED:
            ids = tuple(tables[table.name].texts.get("id", np.array([], dtype=object)))
            lists = {**lists, REFERRED[table.name]: ids}
        if table is PROMISES:
            lists = {**lists, "mote": (*ids, *questions)}
    return Folder(tables, tuple(unreadable), tuple(checksums))


def _with_own_rules(checked: Checked, kommun: Kommun) -> Checked:
    """The table with the faults that only the kommun's own choices can show."""
    if checked.table is VALUES:
        indicators = {each.id: each for each in kommun.indicators}
        return checked.with_problems(unit_faults(checked, indicators))
    return checked.with_problems(chain(group_faults(checked, kommun), register_faults(checked)))


def _lists(kommun: Kommun, questions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    categories = (each for namnd in kommun.namnder for each in namnd.feedback_categories)
    return {
        "namnd": tuple(each.nyckel for each in kommun.namnder),
        "indikator": tuple(each.id for each in kommun.indicators),
        "omrade": tuple(each.nyckel for each in kommun.areas),
        "alder": kommun.age_groups,
        "kategori": tuple(dict.fromkeys(categories)),
        "atgard": (),
        "lofte": (),
        "mal": (),
        "mote": questions,
    }


def _reading_order(table: Table) -> int:
    """Lists that others refer to are read before them."""
    return list(REFERRED).index(table.name) if table.name in REFERRED else len(REFERRED)


def _without(lists: dict[str, tuple[str, ...]], table: Table) -> dict[str, tuple[str, ...]]:
    """The lists without the one that an unreadable table would have filled."""
    unknown = {REFERRED.get(table.name, ""), "mote" if table is PROMISES else ""}
    return {name: words for name, words in lists.items() if name not in unknown}
