"""Spans of age such as ``0–5`` and ``80+``, and how published ones make up a wanted one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

OPEN = 999
"""Highest age of a span that is open upwards."""
_FORM = re.compile(r"(?P<first>\d{1,3})\s*(?:(?P<open>\+)|[-–]\s*(?P<last>\d{1,3}))", re.ASCII)


@dataclass(frozen=True, order=True)
class AgeSpan:
    """Ages in whole years from ``first`` up to and with ``last``."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}+" if self.last == OPEN else f"{self.first}–{self.last}"


def parse_span(text: str) -> AgeSpan:
    """The span that ``text`` names: ``0–5``, ``0-5`` or ``80+``.

    Raises
    ------
    ValueError : if the text has none of the forms, or its ages are the wrong way round.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a span of ages: {text!r}")
    first, last = int(found["first"]), OPEN if found["open"] else int(found["last"])
    if last < first:
        raise ValueError(f"the ages are the wrong way round: {text!r}")
    return AgeSpan(first, last)


def parts_of(whole: AgeSpan, known: Iterable[AgeSpan]) -> tuple[AgeSpan, ...]:
    """The known spans that together are exactly ``whole``; none when they cannot be.

    The widest are taken first: a published total is better than a sum of its parts, as each number
    may carry noise of its own.
    """
    widest: dict[int, AgeSpan] = {}
    for span in known:
        if span.last <= whole.last:
            widest[span.first] = max(span, widest.get(span.first, span))
    parts: list[AgeSpan] = []
    start = whole.first
    while start <= whole.last:
        if start not in widest:
            return ()
        parts.append(widest[start])
        start = parts[-1].last + 1
    return tuple(parts)
