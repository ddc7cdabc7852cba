"""What a table's contract is made of: kinds of cells, columns and their order.

Columns have a Swedish name in the file (a door) and an English one in the code (a room). The
contract is checked on the raw text, so that a fault can quote the very cell that broke it.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. The value is the Swedish wording of what is accepted."""

    TEXT = "text"
    KEY = "en nyckel utan mellanslag"
    NUMBER = "ett tal, till exempel 12,5"
    COUNT = "ett heltal, 0 eller större"
    PERIOD = "en period: 2025, 2025K3, 2025M09 eller 2025/26"
    DATE = "ett datum, till exempel 2026-09-30"
    GENDER = "en könskod: T, K, M eller egen kod"
    BOOLEAN = "ja eller nej"
    STATE = "ett läge: fyra tecken, a till z och 0 till 9, så som det står vid belägget"


@dataclass(frozen=True)
class Column:
    """One column.

    ``of`` names the list in the kommun's configuration the value must stand in. ``may_be_withheld``
    takes the markers of official statistics for a number that is not published. ``is_past`` refuses
    a date that has not come. ``many`` takes several values of ``of`` with commas between.
    """

    name: str
    column: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""
    minimum: float | None = None
    maximum: float | None = None
    default: str = ""
    may_be_withheld: bool = False
    is_past: bool = False
    many: bool = False


@dataclass(frozen=True)
class Table:
    """A file's contract. ``row`` says what one row is; ``key`` must be unique."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of date columns where the first must not come after the second."""
