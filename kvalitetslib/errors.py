"""The error tree. Messages are Swedish: they meet the analyst.

KvalitetError
├── ConfigError   kommun.toml or the catalogue is wrong
├── SourceError   a file or snapshot cannot be read at all
├── DataError     a table breaks its contract
└── BuildError    a report cannot be made
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

_LISTED = 12
"""Longest list of accepted words that a message spells out."""
_SHOWN = 60
"""Longest piece of a file that a message quotes, in characters."""
_ALIKE = 0.6
"""How alike two words must be for one to be suggested (share, difflib's ratio)."""


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
                f"{self._column_word} {self.column}" if self.column else "",
            )
            if part
        )
        found = f" Hittade: {self.found}." if self.found else ""
        stop = "" if self.accepted.endswith("?") else "."
        accepted = f" Godtas: {self.accepted}{stop}" if self.accepted else ""
        return f"{place}: {self.rule}.{found}{accepted}"

    @property
    def _column_word(self) -> str:
        return "nyckel" if self.file.endswith(".toml") else "kolumn"


def nearest(found: str, known: Iterable[str]) -> str:
    """The word among ``known`` that is most like ``found``; "" when none is."""
    folded = {word.casefold(): word for word in known}
    alike = difflib.get_close_matches(found.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[alike[0]] if alike else ""


def accepted_words(found: str, known: Iterable[str]) -> str:
    """What is accepted instead of ``found``: a short list, and the nearest word as a question."""
    words = list(known)
    listed = ", ".join(words) if len(words) <= _LISTED else f"ett av {len(words)} kända värden"
    near = nearest(found, words)
    return f"{listed}. Menade du {near}?" if near else listed


def quoted(text: str) -> str:
    """A piece of a file on one line, not too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


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
