"""Dates and periods in Swedish words."""

import re
from datetime import date

from kvalitetslib.period import Period, PeriodKind, parse_period

_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT = tuple(name if len(name) < 6 else name[:3] for name in _MONTHS)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])")
_CODED = re.compile(r"\b\d{4}[KM]\d{1,2}\b")
_ISO_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def day(value: date) -> str:
    """``30 september 2026``."""
    return f"{value.day}\u00a0{_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """``mars 2025``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def day_of_text(text: str) -> str:
    """A date or month in ISO form in words; any other text as it is."""
    month = _ISO_MONTH.fullmatch(text.strip())
    if month:
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    iso = _ISO.match(text.strip())
    if iso is None:
        return text.strip()
    try:
        return day(date.fromisoformat(iso[0]))
    except ValueError:
        return text.strip()


def period(text: str) -> str:
    """``läsåret 2025/26``, ``kvartal 3 2026``, ``september 2026``, ``2025``.

    A text that is no period, such as that of an outlook, is read as a date or kept.
    """
    parsed = _parsed(text)
    if parsed is None:
        return day_of_text(text)
    if parsed.kind is PeriodKind.SCHOOL_YEAR:
        return f"läsåret {text}"
    if parsed.kind is PeriodKind.QUARTER:
        return f"kvartal\u00a0{text[-1]} {text[:4]}"
    if parsed.kind is PeriodKind.MONTH:
        return f"{_MONTHS[int(text[-2:]) - 1]} {text[:4]}"
    return text


def at(text: str) -> str:
    """When a value was measured, after the value: ``år 2014``, ``i september 2026``."""
    parsed = _parsed(text)
    if parsed is not None and parsed.kind is PeriodKind.YEAR:
        return f"år {text}"
    is_month = parsed is not None and parsed.kind is PeriodKind.MONTH
    return f"i {period(text)}" if is_month else period(text)


def in_text(text: str) -> str:
    """A text with its periods in words: ``mätningen 2024K2`` is ``mätningen kvartal 2 2024``."""
    return _CODED.sub(lambda found: period(found[0]), text)


def wave(text: str) -> str:
    """A round of a survey inside a sentence: ``mätningen 2024``, ``mätningen i mars 2026``."""
    parsed = _parsed(text)
    is_month = parsed is not None and parsed.kind is PeriodKind.MONTH
    return f"mätningen {'i ' if is_month else ''}{period(text)}"


def short_period(text: str) -> str:
    """The period as it stands on an axis or in a narrow column: ``sep 2026``, ``kv 3 2026``."""
    parsed = _parsed(text)
    if parsed is not None and parsed.kind is PeriodKind.QUARTER:
        return f"kv\u00a0{text[-1]} {text[:4]}"
    if parsed is not None and parsed.kind is PeriodKind.MONTH:
        return f"{_SHORT[int(text[-2:]) - 1]} {text[:4]}"
    return text if parsed is not None else day_of_text(text)


def period_column(text: str) -> str:
    """What a column of such periods is called: ``Läsår``, ``Månad``, ``Kvartal``, ``År``."""
    parsed = _parsed(text)
    return "Period" if parsed is None else parsed.kind.value.capitalize()


def _parsed(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None
