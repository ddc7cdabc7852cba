"""A nämnd's synpunkter row by row, as they stood at the end of a quarter.

The text of a synpunkt is never read here: it stays in the kommun's own file.
"""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.model import Namnd
from kvalitetslib.period import Period, quarter_of

WISHES = ("klagomål", "förslag")
"""Types that ask for something: they are counted by category and have to be answered."""
_DAYS = ("received", "answered", "mended")
_WORDS = ("category", "type", "area", "gender")


class Entry(NamedTuple):
    """All that is read of a synpunkt.

    A day is None when it has not come; ``quarter`` is the one in which the synpunkt came.
    """

    received: date
    answered: date | None
    mended: date | None
    category: str
    type: str
    area: str
    gender: str
    quarter: str


def entries_of(feedback: pd.DataFrame, namnd: Namnd, quarter: Period) -> tuple[Entry, ...]:
    """The nämnd's rows that had come by the end of the quarter, in the order of the register.

    Answers and remedies after the quarter have not come.
    """
    is_own = (feedback["namnd"] == namnd.nyckel).to_numpy(dtype=bool)
    is_in = (feedback["received"] <= pd.Timestamp(quarter.end)).to_numpy(dtype=bool)
    own = feedback[is_own & is_in]
    days = [_until(quarter, own[name].to_numpy(dtype="datetime64[D]")) for name in _DAYS]
    words = (own[name].fillna("").tolist() for name in _WORDS)
    quarters = [quarter_of(day).text for day in days[0]]
    return tuple(map(Entry._make, zip(*days, *words, quarters, strict=True)))


def _until(quarter: Period, days: npt.NDArray[np.datetime64]) -> list[Any]:
    """The days up to the end of the quarter, None for the others."""
    has_come = days <= np.datetime64(quarter.end)
    return list(np.where(has_come, days, np.datetime64("NaT")).tolist())
