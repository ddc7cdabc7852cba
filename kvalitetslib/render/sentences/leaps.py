"""What is said of a leap: its levels, when it came, and what dated change it falls in with."""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.wheel import Leap

NONE = "Inget språng har kunnat skiljas från en trend."
HOW = (
    "Ett språng är en nivå som ändras i ett steg. Det räknas bara när steget förklarar värdena "
    "bättre än en rak linje."
)
_NO_CAUSE = "Ingen daterad orsak. Gränserna ligger kvar."


def levels(leap: Leap, indicator: Indicator) -> str:
    """``14,2 dagar före, 9,1 dagar efter``"""
    before, after = wording.pair(leap.before, leap.after, indicator)
    return f"{before} före, {after} efter"


def kind(leap: Leap) -> str:
    """Whether it is for the better."""
    return "förbättring" if leap.change > 0 else "försämring"


def when(leap: Leap) -> str:
    """Since which period the new level holds, and how sure the step is."""
    return f"från {times.period(leap.period)}"


def cause(leap: Leap) -> str:
    """What it falls in with, and whether the limits were drawn anew there."""
    if not leap.cause:
        return _NO_CAUSE
    told = f"Sammanfaller med: {leap.cause.rstrip('.')}."
    return f"{told} Gränserna är nya därifrån." if leap.is_rebased else told
