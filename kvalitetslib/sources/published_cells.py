"""What a published cell says: a number, a sign instead of one, or an interval as text."""

import re
from dataclasses import dataclass

import numpy as np

from kvalitetslib.schema import Kind
from kvalitetslib.sources.cells import MARKERS, number

SIGNS = (*MARKERS, "*", "")
_NUM = r"[-\u2212]?\d+(?:[.,]\d+)?"
_INTERVAL = re.compile(
    rf"[(\[]?\s*(?P<low>{_NUM})\s*(?:-|–|\u2212|;|till)\s*(?P<high>{_NUM})\s*%?\s*[)\]]?"
)
_MARGIN = re.compile(rf"(?:±|\+/?-)\s*(?P<margin>{_NUM})")
INTERVAL_FORM = "ett intervall, till exempel 57,9–66,7, med * om det skiljer sig, eller ±2,3"
VALUE_FORM = f"{Kind.NUMBER.value}, eller {' '.join(MARKERS)} * för ett värde som inte publicerats"


@dataclass(frozen=True)
class Shown:
    """What a published number says: a value or an end of an interval, and its asterisk."""

    low: float
    high: float
    differs: bool = False


def interval(text: str, value: float = np.nan) -> Shown | None:
    """The interval that a text states, None when it states none; ``±`` is around ``value``."""
    plain = text.strip()
    differs = plain.endswith("*")
    plain = plain.rstrip("* \u00a0")
    if plain in SIGNS:
        return Shown(np.nan, np.nan, differs)
    around = _MARGIN.fullmatch(plain)
    if around:
        margin = _plain_number(around["margin"])
        return Shown(value - margin, value + margin, differs)
    found = _INTERVAL.fullmatch(plain)
    if found is None:
        return None
    return Shown(_plain_number(found["low"]), _plain_number(found["high"]), differs)


def published_value(text: str) -> Shown | None:
    """The number of a cell, NaN where there is only a sign, None when it is neither."""
    if text in SIGNS:
        return Shown(np.nan, np.nan)
    plain = text.rstrip("*% \u00a0")
    value = number(plain)
    return None if value is None else Shown(value, value, text.rstrip(" \u00a0").endswith("*"))


def _plain_number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "."))
