"""Synpunkter by quarter and category, and which of the numbers may be shown.

A number under the smallest group is withheld. Where the quarter's total would tell a withheld
number, or that all of them are few together, the total too is only told as far as the shown numbers
tell it.

Sums over quarters could give a withheld number away too, and so could the next quarter's report.
They are made of what is shown. Of three withheld quarters or more it is only told whether they are
under or over two small numbers together; one or two add nothing that was not known: from none to
four each.

Worked example: of 10, 2 and 4 the 2 and the 4 are withheld; 16 in all leaves 6 for both, so each
may be 2, 3 or 4. Of 10, 4 and 4 it would leave 8, so both would be 4: the total is then told as
10 to 18.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kvalitetslib.analysis.feedback_entries import Entry
from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.period import Period, parse_period, quarter_before

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SMALL = Withheld(WithheldReason.SMALL_GROUP)
UNKNOWN = Withheld(WithheldReason.NOT_PUBLISHED)
ROUNDED = "avrundat till närmaste fem"
COUNTED = "antal"
ABOUT = "från vad de visade talen säger"
FEWEST_LEFT = 3
"""Values between which a withheld number must be left open."""
FEWEST_SUMMED = 3
"""Withheld quarters whose sum can be told in classes without telling any of them."""


@dataclass(frozen=True)
class Span:
    """A sum as far as it may be told: from ``low`` to ``high``."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, eq=False)
class Counted:
    """Numbers (quarters, categories), the oldest quarter first."""

    quarters: tuple[str, ...]
    categories: tuple[str, ...]
    counts: Ints
    smallest: int

    @cached_property
    def shown(self) -> Bools:
        """(quarters, categories) which numbers may be shown."""
        return self.counts >= self.smallest

    @cached_property
    def total_shown(self) -> Bools:
        """(quarters,) which totals may be shown as they are."""
        return np.array([is_total_safe(row, self.smallest) for row in self.counts], dtype=bool)

    def cell(self, quarter: int, category: int) -> Cell:
        """The number of a category in a quarter."""
        if not self.shown[quarter, category]:
            return SMALL
        return number(int(self.counts[quarter, category]))

    def total(self, quarter: int) -> Cell:
        """The number of all categories in a quarter, as far as it may be told."""
        row = self.counts[quarter]
        if is_total_safe(row, self.smallest):
            return number(int(row.sum()))
        known = int(row[row >= self.smallest].sum())
        if known == 0:
            return SMALL
        high = known + int((row < self.smallest).sum()) * (self.smallest - 1)
        return about(Span(known, high))

    def span(self, category: int, quarters: Sequence[int]) -> Span:
        """The sum of some quarters, as far as the withheld ones allow."""
        places = list(quarters)
        shown = self.shown[places, category]
        known = int(self.counts[places, category][shown].sum())
        hidden = int((~shown).sum())
        most, halfway = hidden * (self.smallest - 1), 2 * (self.smallest - 1)
        if hidden < FEWEST_SUMMED:
            return Span(known, known + most)
        is_low = int(self.counts[places, category].sum()) - known < halfway
        low, high = (0, halfway - 1) if is_low else (halfway, most)
        return Span(known + low, known + high)

    def hidden(self, category: int, quarters: Sequence[int]) -> int:
        """How many of the quarters are withheld."""
        return int((~self.shown[list(quarters), category]).sum())


def counted(
    entries: Iterable[Entry], quarters: Sequence[str], categories: Sequence[str], smallest: int
) -> Counted:
    """Count a nämnd's synpunkter.

    Parameters
    ----------
    entries : in any order.
    quarters : every quarter in order of time; entries outside them are not counted.
    smallest : fewest that may be shown.
    """
    counts = np.zeros((len(quarters), len(categories)), dtype=np.int64)
    place = {text: at for at, text in enumerate(quarters)}
    column = {name: at for at, name in enumerate(categories)}
    for each in entries:
        if each.quarter in place and each.category in column:
            counts[place[each.quarter], column[each.category]] += 1
    return Counted(tuple(quarters), tuple(categories), counts, smallest)


def is_total_safe(row: Ints, smallest: int) -> bool:
    """Can a quarter's total stand beside its shown numbers?

    What it leaves for the withheld ones must be no small number itself, and leave each of them at
    least `FEWEST_LEFT` values.
    """
    hidden = row[row < smallest]
    if not hidden.size:
        return True
    left = int(hidden.sum())
    most = hidden.size * (smallest - 1)
    return hidden.size > 1 and smallest <= left <= most - FEWEST_LEFT + 1


def rounded_span(count: int, smallest: int) -> Span:
    """The class of a count: under the smallest group, or to the nearest ``smallest``."""
    if count < smallest:
        return Span(0, smallest - 1)
    low = smallest * ((count + smallest // 2) // smallest) - smallest // 2
    return Span(max(low, smallest), low + smallest - 1)


def rounded_count(count: int, smallest: int) -> Cell:
    """The count to the nearest multiple of the smallest group, with what it may be."""
    if count < smallest:
        return SMALL
    span = rounded_span(count, smallest)
    middle = smallest * ((count + smallest // 2) // smallest)
    return Estimate(float(middle), float(span.low), float(span.high), None, None, ROUNDED, "")


def about(span: Span) -> Cell:
    """A sum that is known within bounds."""
    return Estimate(span.middle, float(span.low), float(span.high), None, None, ABOUT, "")


def number(count: int) -> Cell:
    """A count as it is."""
    return Estimate(float(count), None, None, None, None, COUNTED, "")


def quarters_to(quarter: Period, first: str) -> tuple[str, ...]:
    """Every quarter from ``first`` to ``quarter``; that one alone when it is the earlier."""
    found = [quarter.text]
    while found[0] > first:
        found.insert(0, quarter_before(parse_period(found[0])).text)
    return tuple(found)
