"""How long answers to synpunkter take, as it stood at the end of each quarter.

What is said of a quarter never changes afterwards: only days up to its end are read. The share
answered in time is of those whose last day for an answer fell in the quarter, so that all of them
are decided; one without an answer then was not answered in time. Median and 90th percentile are
of those that came in the quarter, where those still waiting count as waiting (`stats.waiting`).
"""

import numpy as np
import pandas as pd

from kvalitetslib.analysis.feedback_counts import SMALL, UNKNOWN, Counted, number
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Policy
from kvalitetslib.period import Period, parse_period
from kvalitetslib.service import AnswerTimes
from kvalitetslib.stats.intervals import wilson_interval
from kvalitetslib.stats.waiting import waiting_quantile

WAITED = "väntetid med dem som ännu väntar"
WILSON = "Wilson"


def answer_times(rows: pd.DataFrame, counted: Counted, policy: Policy) -> tuple[AnswerTimes, ...]:
    """Each quarter's times, withheld where too few are behind them.

    ``rows`` are all the synpunkter that ``counted`` counts, with ``received`` and ``answered``.
    """
    return tuple(_times(rows, parse_period(text), policy) for text in counted.quarters)


def answered_in_time(rows: pd.DataFrame, quarter: Period, days: float, smallest: int) -> Cell:
    """The share, in percent, answered within ``days`` of those due in the quarter.

    Due is the last day for an answer. Not known when none was due.
    """
    due = rows["received"] + pd.Timedelta(days=days)
    rows = rows[((due >= _first(quarter)) & (due < _after(quarter))).to_numpy(dtype=bool)]
    n = len(rows)
    if n == 0:
        return UNKNOWN
    if n < smallest:
        return SMALL
    taken = rows["answered"] - rows["received"]
    return share_kept(int((taken <= pd.Timedelta(days=days)).sum()), n)


def share_kept(kept: float, n: float) -> Estimate:
    """A share in percent of n with its Wilson interval."""
    bounds = wilson_interval(kept, n)
    low, high = (100 * float(each) for each in bounds)
    return Estimate(100 * kept / n, low, high, float(n), float(n), WILSON, "")


def _times(rows: pd.DataFrame, quarter: Period, policy: Policy) -> AnswerTimes:
    median, p90 = _quantiles(rows, quarter, policy.smallest_group)
    return AnswerTimes(
        period=quarter.text,
        median=median,
        p90=p90,
        within=answered_in_time(rows, quarter, policy.answer_days, policy.smallest_group),
        limit=float(policy.answer_days),
        open_too_long=_open(rows, quarter, policy),
        open_limit=policy.open_days,
    )


def _quantiles(rows: pd.DataFrame, quarter: Period, smallest: int) -> tuple[Cell, Cell]:
    """Median and 90th percentile; the latter needs twice as many, else it is one person's."""
    came = ((rows["received"] >= _first(quarter)) & (rows["received"] < _after(quarter))).to_numpy(
        dtype=bool
    )
    here = rows[came]
    last = pd.Timestamp(quarter.end)
    over = (here["answered"] <= last).to_numpy(dtype=bool)
    until = here["answered"].where(over, last)
    days = (until - here["received"]).dt.days.to_numpy(dtype=float)
    found = waiting_quantile(days, over, [0.5, 0.9])
    median, p90 = (UNKNOWN if np.isnan(each) else _days(float(each)) for each in found)
    return (
        median if len(here) >= smallest else SMALL,
        p90 if len(here) >= 2 * smallest else SMALL,
    )


def _days(days: float) -> Cell:
    """A time without how many are behind it: their number may be one that is withheld."""
    return Estimate(days, None, None, None, None, WAITED, "")


def _open(rows: pd.DataFrame, quarter: Period, policy: Policy) -> Cell:
    """How many had waited longer than the limit at the end of the quarter; none may be told."""
    last = pd.Timestamp(quarter.end)
    old = rows["received"] < last - pd.Timedelta(days=policy.open_days)
    open_ = rows["answered"].isna() | (rows["answered"] > last)
    count = int((old & open_).sum())
    return number(count) if count == 0 or count >= policy.smallest_group else SMALL


def _first(quarter: Period) -> pd.Timestamp:
    return pd.Timestamp(quarter.start)


def _after(quarter: Period) -> pd.Timestamp:
    return pd.Timestamp(quarter.end) + pd.Timedelta(days=1)
