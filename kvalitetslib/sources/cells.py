"""What the text of one cell means. A function gives ``None`` when the text is not of its kind."""

import re
from datetime import date, timedelta

from kvalitetslib.period import parse_period
from kvalitetslib.schema import Kind

MARKERS = ("..", ".", "-")
"""SCB's signs for a number that is not shown: not available, not applicable, nothing to report."""

_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_NUMBER = re.compile(
    "[-+]?(?:\\d+|\\d{1,3}(?:[ \u00a0\u2009\u202f]\\d{3})+)(?:[.,]\\d+)?", re.ASCII
)
_COUNT = re.compile("\\d+|\\d{1,3}(?:[ \u00a0\u2009\u202f]\\d{3})+", re.ASCII)
_KEY = re.compile(r"\S+")
_STATE = re.compile("[0-9a-z]{4}")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_EXCEL_START = date(1899, 12, 30)
"""Day 0 of Excel's serial dates after February 1900 (ECMA-376, 18.17.4.1)."""
_OWN_GENDER = re.compile("[A-ZÅÄÖ]{1,3}")
_GENDERS = {
    word: code
    for code, words in {
        "T": "t totalt alla",
        "K": "k kvinna kvinnor flicka flickor",
        "M": "m man män pojke pojkar",
    }.items()
    for word in words.split()
}
_BOOLEANS = {"ja": True, "nej": False}

Value = str | float | date | bool


def value_of(text: str, kind: Kind, *, is_workbook: bool) -> Value | None:
    """The value that a cell with this text holds; None when it is not of the kind."""
    match kind:
        case Kind.NUMBER:
            return number(text)
        case Kind.COUNT:
            return float(_SPACES.sub("", text)) if _COUNT.fullmatch(text) else None
        case Kind.DATE:
            return day(text, is_workbook=is_workbook)
        case Kind.PERIOD:
            return _period(text)
        case Kind.GENDER:
            return gender(text)
        case Kind.KEY:
            return text if _KEY.fullmatch(text) else None
        case Kind.BOOLEAN:
            return _BOOLEANS.get(text.casefold())
        case Kind.STATE:
            return text.lower() if _STATE.fullmatch(text.lower()) else None
        case Kind.TEXT:
            return text


def parts(text: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, with commas between."""
    return tuple(part for each in text.split(",") if (part := each.strip()))


def number(text: str) -> float | None:
    """A finite number with decimal comma or point, spaces between thousands, and any minus."""
    plain = text.replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    return float(_SPACES.sub("", plain).replace(",", "."))


def day(text: str, *, is_workbook: bool) -> date | None:
    """An ISO date, its clock time left out; in a workbook also Excel's number of a day."""
    found = _DATE.fullmatch(text)
    if found:
        try:
            return date.fromisoformat(found[1])
        except ValueError:
            return None
    if is_workbook and _SERIAL.fullmatch(text):
        return _EXCEL_START + timedelta(days=int(text))
    return None


def gender(text: str) -> str | None:
    """T, K or M from a code or a Swedish word; another code of capitals as it stands."""
    known = _GENDERS.get(text.casefold())
    if known:
        return known
    return text if _OWN_GENDER.fullmatch(text) else None


def _period(text: str) -> str | None:
    try:
        return parse_period(text.upper()).text
    except ValueError:
        return None
