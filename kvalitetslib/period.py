"""Periods as SCB writes them: ``2025``, ``2025K3``, ``2025M09`` and the school year ``2025/26``."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_FORMS = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:K(?P<quarter>[1-4])|M(?P<month>0[1-9]|1[0-2])|/(?P<next>\d\d))?"
)


class PeriodKind(StrEnum):
    YEAR = "år"
    SCHOOL_YEAR = "läsår"
    QUARTER = "kvartal"
    MONTH = "månad"


@dataclass(frozen=True)
class Period:
    """A span of time. ``at`` is its place on a time axis, in years; ``end`` its last day."""

    text: str
    kind: PeriodKind
    at: float
    start: date
    end: date

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """The period that ``text`` names.

    Raises
    ------
    ValueError : if the text has none of the four forms.
    """
    match = _FORMS.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    year = int(match["year"])
    if match["quarter"]:
        quarter = int(match["quarter"])
        return _span(text, PeriodKind.QUARTER, (year, 3 * quarter - 2), (year, 3 * quarter))
    if match["month"]:
        month = int(match["month"])
        return _span(text, PeriodKind.MONTH, (year, month), (year, month))
    if match["next"]:
        if int(match["next"]) != (year + 1) % 100:
            raise ValueError(f"not a school year: {text!r}")
        return _span(text, PeriodKind.SCHOOL_YEAR, (year, 7), (year + 1, 6))
    return _span(text, PeriodKind.YEAR, (year, 1), (year, 12))


def quarter_of(day: date) -> Period:
    """The quarter that ``day`` falls in."""
    return parse_period(f"{day.year}K{(day.month - 1) // 3 + 1}")


def quarter_before(quarter: Period) -> Period:
    """The quarter before ``quarter``."""
    year, number = int(quarter.text[:4]), int(quarter.text[-1])
    return parse_period(f"{year}K{number - 1}" if number > 1 else f"{year - 1}K4")


def _span(text: str, kind: PeriodKind, first: tuple[int, int], last: tuple[int, int]) -> Period:
    start = date(*first, 1)
    end = date(*last, calendar.monthrange(*last)[1])
    return Period(text, kind, first[0] + (first[1] - 1) / 12, start, end)
