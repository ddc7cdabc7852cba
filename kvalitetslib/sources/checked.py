"""A table that has been checked, with its faults and the text of its cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.errors import Fault, quoted
from kvalitetslib.schema import Table
from kvalitetslib.sources.headings import Cells


@dataclass(frozen=True)
class Problem:
    """Why a cell is refused, and what would have been accepted."""

    rule: str
    accepted: str


@dataclass(frozen=True, eq=False)
class Checked:
    """A table with the contract's English columns, one row a record of the file.

    ``rows`` are the records' lines in the file, ``texts`` the cells as they stand there, by English
    column. ``faulty`` are the places of records with a fault: what they hold is not to be trusted.
    """

    table: Table
    file: str
    rows: npt.NDArray[np.int64]
    texts: Mapping[str, Cells]
    faults: tuple[Fault, ...]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    faulty: frozenset[int] = frozenset()

    def with_columns(self, columns: Mapping[str, pd.Series]) -> "Checked":
        """The same table with these columns, new or instead of the old ones."""
        return replace(self, frame=self.frame.assign(**columns))

    def with_problems(self, problems: Iterable[tuple[int, str, Problem]]) -> "Checked":
        """The same table with a fault noted for each (place, English column, problem)."""
        noted = list(problems)
        return replace(
            self,
            faults=(*self.faults, *(self._fault(*each) for each in noted)),
            faulty=self.faulty | {place for place, _, _ in noted},
        )

    def _fault(self, place: int, column: str, problem: Problem) -> Fault:
        name = next(each.name for each in self.table.columns if each.column == column)
        found = quoted(str(self.texts[column][place])) if column in self.texts else ""
        row = int(self.rows[place])
        return Fault(self.file, row, name, problem.rule, found, problem.accepted)
