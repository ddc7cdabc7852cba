"""Age groups as texts: ``18–29 år``, ``80 år och äldre``, ``80+``, ``16 år``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kvalitetslib.sources.checked import Problem

OLDEST = 110
"""An age above this in a file is taken for a mistyped birth year."""
_GROUP = re.compile(
    r"(?P<low>\d{1,3})\s*(?:år)?\s*"
    r"(?:[-–]\s*(?P<high>\d{1,3}|w|x)|(?P<open>\+|och äldre|eller äldre|[-–])|)"
    r"\s*(?:år)?(?:\s+(?P<late>och äldre|eller äldre))?",
    re.IGNORECASE,
)
_FORM = "åldersgrupper i ordning, till exempel 18–29 år, 30–64 år, 65 år och äldre"


@dataclass(frozen=True)
class AgeBounds:
    """The lowest age of each group in order; ``oldest`` is the last group's highest age."""

    lows: tuple[int, ...]
    oldest: int | None


def age_bounds(groups: Sequence[str]) -> AgeBounds | Problem:
    """The bounds that the groups' texts state, or why they do not make one unbroken row of ages."""
    lows: list[int] = []
    highs: list[int | None] = []
    for text in groups:
        found = _GROUP.fullmatch(text.strip())
        if found is None:
            return Problem(f"åldersgruppen {text} kan inte tolkas", _FORM)
        low, high = int(found["low"]), _high(found)
        if high is not None and high < low:
            return Problem(f"åldersgruppen {text} är bakvänd", _FORM)
        if lows:
            problem = _joint(highs[-1], low, groups[len(lows) - 1], text)
            if problem:
                return problem
        lows.append(low)
        highs.append(high)
    return AgeBounds(tuple(lows), highs[-1]) if lows else Problem("åldersgrupper saknas", _FORM)


def _high(found: re.Match[str]) -> int | None:
    """The highest age of a group; None when it is open upwards."""
    if found["open"] or found["late"] or (found["high"] or "").lower() in ("w", "x"):
        return None
    return int(found["high"] or found["low"])


def _joint(high: int | None, low: int, before: str, text: str) -> Problem | None:
    """Why the group ``text``, from ``low``, does not follow on the group ``before``."""
    if high is None or low <= high:
        start = "uppåt öppen" if high is None else f"till och med {high} år"
        rule = f"åldersgrupperna {before} och {text} överlappar"
        return Problem(rule, f"en grupp som börjar efter {before} ({start})")
    if low > high + 1:
        rule = f"det är en lucka mellan åldersgrupperna {before} och {text}"
        return Problem(rule, f"en grupp från {high + 1} år")
    return None
