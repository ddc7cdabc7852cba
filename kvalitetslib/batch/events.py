"""What a run tells of while it works. Times of the clock are for the one who listens."""

from collections.abc import Callable
from dataclasses import dataclass

from kvalitetslib.batch.manifest import Entry


@dataclass(frozen=True)
class Started:
    """A run that has its folder to itself and is about to make ``total`` reports."""

    total: int


@dataclass(frozen=True)
class Step:
    """One more report is done: ``done`` of ``total``, and the seconds this one took."""

    entry: Entry
    done: int
    total: int
    seconds: float = 0.0


@dataclass(frozen=True)
class Ended:
    """All reports are done, and the pages over them are written."""

    entries: tuple[Entry, ...]


Event = Started | Step | Ended
Tell = Callable[[Event], None]
