"""Whether promises were kept, quarter by quarter.

What the share kept counts follows from how the promise is measured: the cases of an indicator that
is itself a share with known counts, the answers to synpunkter of a category, else the periods whose
value was within the limit. A promise is kept in a quarter when all were, or when the interval lies
at or above the share that is needed, and broken when all of the interval lies below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kvalitetslib.analysis.feedback import Wishes
from kvalitetslib.analysis.feedback_counts import SMALL, UNKNOWN
from kvalitetslib.analysis.feedback_times import answered_in_time, share_kept
from kvalitetslib.analysis.results import OwnRow
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Direction, Indicator
from kvalitetslib.period import Period, PeriodKind, parse_period, quarter_before
from kvalitetslib.register import Breach, Promise
from kvalitetslib.service import Kept, PromisePeriod, PromiseResult, ShareOf

NEEDED = 90.0
"""Share, in percent, of answers or periods within the limit that a promise in days needs."""
QUARTERS = 8
_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.SCHOOL_YEAR, PeriodKind.YEAR)
_OFTEN = (PeriodKind.MONTH, PeriodKind.QUARTER)
_TIMES = ("dagar", "veckor", "månader", "minuter", "timmar")


@dataclass(frozen=True)
class _Measured:
    """A promise with the share kept of each quarter, None where there is nothing to say."""

    share_of: ShareOf
    needed: float
    unit: str
    shares: tuple[Cell | None, ...]


def promise_result(
    promise: Promise,
    quarter: Period,
    *,
    breaches: Sequence[Breach],
    indicator: tuple[Indicator, Sequence[OwnRow]] | None,
    feedback: Wishes | None,
) -> PromiseResult:
    """The promise in the latest eight quarters, from the first with anything to say.

    Parameters
    ----------
    breaches : what the kommun has noted of broken promises.
    indicator : the promise's indicator with its protected rows; None without.
    feedback : the nämnd's synpunkter; None without.
    """
    quarters = _quarters(quarter)
    measured = (
        _of_indicator(promise, *indicator, quarters)
        if indicator is not None
        else _of_category(promise, feedback, quarters)
    )
    noted = [each for each in breaches if each.promise == promise.id]
    return PromiseResult(
        id=promise.id,
        service=promise.service,
        text=promise.text,
        measured_by=promise.measured_by,
        limit=promise.limit,
        indicator=promise.indicator,
        category=promise.category,
        share_of=measured.share_of,
        periods=tuple(_periods(measured, quarters, noted)),
        needed=measured.needed,
        unit=measured.unit,
        is_least=indicator is not None and _polarity(indicator[0]) > 0,
    )


def kept_of(share: Cell, needed: float) -> Kept:
    """The word for a share kept, in percent."""
    if not isinstance(share, Estimate):
        return Kept.UNKNOWN if share == UNKNOWN else Kept.UNDECIDED
    low, high = share.low, share.high
    if share.value >= 100 or (low is not None and low >= needed):
        return Kept.KEPT
    return Kept.BROKEN if high is not None and high < needed else Kept.UNDECIDED


def _quarters(quarter: Period) -> tuple[Period, ...]:
    found = [quarter]
    while len(found) < QUARTERS:
        found.insert(0, quarter_before(found[0]))
    return tuple(found)


def _periods(
    measured: _Measured, quarters: Sequence[Period], breaches: Sequence[Breach]
) -> Iterator[PromisePeriod]:
    begun = False
    for quarter, share in zip(quarters, measured.shares, strict=True):
        noted = [each for each in breaches if _is_in(each.period, quarter)]
        begun = begun or bool(noted) or (share is not None and share != UNKNOWN)
        if not begun or (share is None and not noted):
            continue
        cell = UNKNOWN if share is None else share
        kept = kept_of(cell, measured.needed)
        yield PromisePeriod(quarter.text, cell, kept, noted[-1] if noted else None)


def _is_in(period: str, quarter: Period) -> bool:
    """Whether the period ends in the quarter: what was measured over it is known then."""
    return quarter.start <= parse_period(period).end <= quarter.end


def _of_category(
    promise: Promise, feedback: Wishes | None, quarters: Sequence[Period]
) -> _Measured:
    """The answers to synpunkter of the category that were due in each quarter."""
    shares = [_answered(promise, feedback, each) for each in quarters]
    return _Measured(ShareOf.ANSWERS, NEEDED, "dagar", tuple(shares))


def _answered(promise: Promise, feedback: Wishes | None, quarter: Period) -> Cell:
    if feedback is None or promise.category not in feedback.counted.categories:
        return UNKNOWN
    numbers = feedback.counted
    if quarter.text not in numbers.quarters:
        return UNKNOWN
    own = [each for each in feedback.asked if each.category == promise.category]
    share = answered_in_time(own, quarter, promise.limit, numbers.smallest)
    at = numbers.quarters.index(quarter.text)
    is_shown = numbers.shown[at, numbers.categories.index(promise.category)]
    # A share of a number that is withheld would tell of it.
    return share if is_shown or share == UNKNOWN else SMALL


def _of_indicator(
    promise: Promise, indicator: Indicator, rows: Sequence[OwnRow], quarters: Sequence[Period]
) -> _Measured:
    """The indicator's own share, or how many of the quarter's values were within the limit."""
    whole = [each for each in rows if (each.gender, each.age, each.area) == ("T", "", "")]
    kinds = {parse_period(each.period).kind for each in whole}
    finest = next((each for each in _KINDS if each in kinds), None)
    whole = [each for each in whole if parse_period(each.period).kind is finest]
    polarity = _polarity(indicator)
    if polarity == 0:
        return _Measured(ShareOf.PERIODS, NEEDED, indicator.unit, (None,) * len(quarters))
    is_counted = any(not np.isnan(each.low) for each in whole)
    missing = UNKNOWN if finest in _OFTEN else None
    shares: list[Cell | None] = []
    for quarter in quarters:
        here = [each for each in whole if _is_in(each.period, quarter)]
        shares.append(_share(here, promise.limit, indicator, is_counted) if here else missing)
    needed = promise.limit if polarity > 0 else 100 - promise.limit
    return _Measured(
        ShareOf.CASES if is_counted else ShareOf.PERIODS,
        needed if is_counted else NEEDED,
        indicator.unit,
        tuple(shares),
    )


def _share(rows: Sequence[OwnRow], limit: float, indicator: Indicator, is_counted: bool) -> Cell:
    """The share kept in a quarter, of the values that are shown."""
    known = [each for each in rows if not np.isnan(each.value)]
    if not known:
        return SMALL if any(each.withheld for each in rows) else UNKNOWN
    polarity = _polarity(indicator)
    if is_counted:
        counted = [each for each in known if each.denominator > 0]
        # The same people again in every period are counted once.
        times = 1 if indicator.counts_events else max(len(counted), 1)
        n = sum(each.denominator for each in counted) / times
        hits = sum(each.numerator for each in counted) / times
        return share_kept(hits if polarity > 0 else n - hits, n) if n else UNKNOWN
    met = sum(polarity * each.value >= polarity * limit for each in known)
    return share_kept(met, len(known))


def _polarity(indicator: Indicator) -> int:
    """1 when the limit is the least that is promised, -1 when it is the most, 0 when unknown."""
    if indicator.direction is Direction.HIGH:
        return 1
    if indicator.direction is Direction.LOW or indicator.unit.split(" ")[0] in _TIMES:
        return -1
    return 0
