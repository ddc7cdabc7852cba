"""How long answers to synpunkter take, as it stood at the end of each quarter.

What is said of a quarter never changes afterwards: only days up to its end are read. The share
answered in time is of those whose last day for an answer fell in the quarter, so that all of them
are decided; one without an answer then was not answered in time. Median and 90th percentile are
of those that came in the quarter, where those still waiting count as waiting (`stats.waiting`).
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from kvalitetslib.analysis.feedback_counts import SMALL, UNKNOWN, number
from kvalitetslib.analysis.feedback_entries import Entry
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Policy
from kvalitetslib.period import Period, parse_period
from kvalitetslib.service import AnswerTimes
from kvalitetslib.stats.intervals import wilson_interval
from kvalitetslib.stats.waiting import waiting_quantile

WAITED = "väntetid med dem som ännu väntar"
WILSON = "Wilson"


def answer_times(
    entries: Sequence[Entry], quarters: Iterable[str], policy: Policy
) -> tuple[AnswerTimes, ...]:
    """Each quarter's times, withheld where too few are behind them."""
    return tuple(_times(entries, parse_period(text), policy) for text in quarters)


def answered_in_time(entries: Iterable[Entry], quarter: Period, days: float, smallest: int) -> Cell:
    """The share, in percent, answered within ``days`` of those due in the quarter.

    Due is the last day for an answer. Not known when none was due.
    """
    # Days are whole: a limit of two and a half is passed on the third.
    limit = timedelta(days=math.floor(days))
    due = [each for each in entries if quarter.start <= each.received + limit <= quarter.end]
    n = len(due)
    if n == 0:
        return UNKNOWN
    if n < smallest:
        return SMALL
    taken = [(each.answered - each.received).days for each in due if each.answered is not None]
    return share_kept(sum(each <= days for each in taken), n)


def share_kept(kept: float, n: float) -> Estimate:
    """A share in percent of n with its Wilson interval."""
    bounds = wilson_interval(kept, n)
    low, high = (100 * float(each) for each in bounds)
    return Estimate(100 * kept / n, low, high, float(n), float(n), WILSON, "")


def _times(entries: Sequence[Entry], quarter: Period, policy: Policy) -> AnswerTimes:
    median, p90 = _quantiles(entries, quarter, policy.smallest_group)
    return AnswerTimes(
        period=quarter.text,
        median=median,
        p90=p90,
        within=answered_in_time(entries, quarter, policy.answer_days, policy.smallest_group),
        limit=float(policy.answer_days),
        open_too_long=_open(entries, quarter, policy),
        open_limit=policy.open_days,
    )


def _quantiles(entries: Iterable[Entry], quarter: Period, smallest: int) -> tuple[Cell, Cell]:
    """Median and 90th percentile; the latter needs twice as many, else it is one person's."""
    here = [each for each in entries if each.quarter == quarter.text]
    ends = [each.answered if _is_answered(each, quarter.end) else None for each in here]
    over = [day is not None for day in ends]
    days = [
        ((day or quarter.end) - each.received).days for each, day in zip(here, ends, strict=True)
    ]
    found = waiting_quantile(days, over, [0.5, 0.9])
    median, p90 = (UNKNOWN if np.isnan(each) else _days(float(each)) for each in found)
    return (
        median if len(here) >= smallest else SMALL,
        p90 if len(here) >= 2 * smallest else SMALL,
    )


def _days(days: float) -> Cell:
    """A time without how many are behind it: their number may be one that is withheld."""
    return Estimate(days, None, None, None, None, WAITED, "")


def _open(entries: Iterable[Entry], quarter: Period, policy: Policy) -> Cell:
    """How many had waited longer than the limit at the end of the quarter; none may be told."""
    limit = quarter.end - timedelta(days=policy.open_days)
    count = sum(each.received < limit and not _is_answered(each, quarter.end) for each in entries)
    return number(count) if count == 0 or count >= policy.smallest_group else SMALL


def _is_answered(entry: Entry, on: date) -> bool:
    return entry.answered is not None and entry.answered <= on
