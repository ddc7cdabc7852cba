"""The error tree. Messages are Swedish: they meet the analyst.

KvalitetError
├── ConfigError   kommun.toml or the catalogue is wrong
├── SourceError   a file or snapshot cannot be read at all
├── DataError     a table breaks its contract
└── BuildError    a report cannot be made
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in one place of one file.

    ``row`` is the line in the file as an editor or Excel counts it, from 1; 0 means the whole file.
    """

    file: str
    row: int
    column: str
    rule: str
    found: str
    accepted: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"rad {self.row}" if self.row else "",
                f"kolumn {self.column}" if self.column else "",
            )
            if part
        )
        found = f" Hittade: {self.found}." if self.found else ""
        accepted = f" Godtas: {self.accepted}." if self.accepted else ""
        return f"{place}: {self.rule}.{found}{accepted}"


class KvalitetError(Exception):
    """Anything an analyst can mend. Carries one or more faults."""

    def __init__(self, faults: Fault | str | Iterable[Fault]) -> None:
        if isinstance(faults, str):
            self.faults: tuple[Fault, ...] = ()
            super().__init__(faults)
            return
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ConfigError(KvalitetError):
    """kommun.toml or the indicator catalogue is wrong."""


class SourceError(KvalitetError):
    """A file or snapshot cannot be read at all."""


class DataError(KvalitetError):
    """A table breaks its contract."""


class BuildError(KvalitetError):
    """A report cannot be made."""
