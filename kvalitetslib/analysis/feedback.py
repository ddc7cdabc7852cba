"""What residents' synpunkter say of a nämnd: how many, which grow, how they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kvalitetslib.analysis.dense import Asked, Dense
from kvalitetslib.analysis.feedback_counts import Counted, counted, quarters_to
from kvalitetslib.analysis.feedback_entries import WISHES, Entry, entries_of
from kvalitetslib.analysis.feedback_growth import SEASONS, Growth, growth
from kvalitetslib.analysis.feedback_splits import said_and_done, splits
from kvalitetslib.analysis.feedback_times import answer_times
from kvalitetslib.analysis.process import CHART_POINTS, process_chart
from kvalitetslib.context import ProcessChart
from kvalitetslib.estimate import Cell, Withheld, WithheldReason
from kvalitetslib.model import Direction, Indicator, Kommun, Namnd, Perspective
from kvalitetslib.period import Period, parse_period, quarter_of
from kvalitetslib.register import Atgard
from kvalitetslib.service import CategoryCount, FeedbackResult, YouSaidWeDid

SHOWN_QUARTERS = 8


@dataclass(frozen=True, eq=False)
class Wishes:
    """A nämnd's klagomål and förslag, all its synpunkter, and the numbers that may be shown."""

    asked: tuple[Entry, ...]
    everything: tuple[Entry, ...]
    counted: Counted


def wishes(feedback: pd.DataFrame, namnd: Namnd, quarter: Period, smallest: int) -> Wishes | None:
    """What a nämnd has got, as it stood at the end of the quarter; None without a register.

    ``feedback`` are the synpunkter of all nämnder: the first of them tells when the register
    begins, so that a nämnd's quarter without any is none and not unknown.
    """
    if feedback.empty:
        return None
    first = quarter_of(feedback["received"].min().date())
    if first.start > quarter.end:
        return None
    everything = entries_of(feedback, namnd, quarter)
    asked = tuple(each for each in everything if each.type in WISHES)
    more = sorted({each.category for each in asked} - set(namnd.feedback_categories))
    categories = (*namnd.feedback_categories, *more)
    if not categories:
        return None
    numbers = counted(asked, quarters_to(quarter, first.text), categories, smallest)
    return Wishes(asked, everything, numbers)


def feedback_result(
    found: Wishes | None, kommun: Kommun, atgarder: Sequence[Atgard], quarter: Period
) -> FeedbackResult | None:
    """All that is told of a nämnd's synpunkter; ``atgarder`` are the nämnd's."""
    if found is None:
        return None
    numbers, smallest = found.counted, kommun.policy.smallest_group
    window = range(max(0, len(numbers.quarters) - SEASONS), len(numbers.quarters))
    first = parse_period(numbers.quarters[window[0]]).start
    recent, every = (
        [each for each in entries if each.received >= first]
        for entries in (found.asked, found.everything)
    )
    done = said_and_done(recent, numbers, atgarder, window)
    areas = [each.nyckel for each in kommun.areas]
    return FeedbackResult(
        categories=_categories(numbers, done, fdr=kommun.policy.fdr),
        splits=(shown_splits := splits(every, areas, smallest)),
        times=answer_times(found.asked, numbers.quarters[-SHOWN_QUARTERS:], kommun.policy),
        done=done,
        total=numbers.total(len(numbers.quarters) - 1),
        first=numbers.quarters[0],
        through=quarter.end,
        quarters=tuple((text, numbers.total(at)) for at, text in enumerate(numbers.quarters)),
        window=tuple(numbers.quarters[each] for each in window),
        chart=_chart(numbers),
        hidden=int((~numbers.shown[-SEASONS - 1 :]).sum() + (~numbers.total_shown).sum())
        + sum(_is_hidden(each.count) for each in shown_splits),
    )


def _categories(
    numbers: Counted, done: Sequence[YouSaidWeDid], *, fdr: float
) -> tuple[CategoryCount, ...]:
    grown = growth(numbers, fdr=fdr)[-1]
    return tuple(
        _category(numbers, column, grown[column], done[column])
        for column in range(len(numbers.categories))
    )


def _category(numbers: Counted, column: int, grown: Growth, done: YouSaidWeDid) -> CategoryCount:
    last = len(numbers.quarters) - 1
    usual = grown.usual
    return CategoryCount(
        category=numbers.categories[column],
        counts=tuple(
            (numbers.quarters[at], numbers.cell(at, column))
            for at in range(max(0, last - SEASONS), last + 1)
        ),
        now=numbers.cell(last, column),
        usual=None if usual is None else usual.middle / SEASONS,
        ratio=_known(grown.ratio),
        low=_known(grown.low),
        high=_known(grown.high),
        p=_known(grown.p),
        q=_known(grown.q),
        trend=grown.trend,
        answered=done.answered,
        mended=done.mended,
        usual_of=tuple(numbers.quarters[each] for each in grown.base),
        is_about=usual is not None and not usual.is_exact,
        is_seasonal=grown.is_seasonal,
    )


def _chart(numbers: Counted) -> ProcessChart | None:
    """A chart of the quarters' totals that are shown, when they are enough for limits."""
    totals = numbers.counts.sum(axis=1).astype(float)
    values = np.where(numbers.total_shown, totals, np.nan)
    if np.isfinite(values).sum() < CHART_POINTS:
        return None
    starts = [parse_period(each).start for each in numbers.quarters]
    unknown = np.full(len(values), np.nan)
    series = Dense(
        periods=numbers.quarters,
        at=np.array([4 * day.year + (day.month - 1) // 3 for day in starts], dtype=float),
        values=values,
        numerator=unknown,
        denominator=unknown,
    )
    return process_chart(Asked(_NOBODY, _NUMBER, series, None))


_NOBODY = Namnd("", "", ())
_NUMBER = Indicator(
    id="synpunkter",
    title="Klagomål och förslag",
    subject="Antalet klagomål och förslag",
    unit="antal",
    direction=Direction.NEUTRAL,
    decimals=0,
    delta=0.0,
    perspective=Perspective.RESIDENT,
    source="",
    area="",
)
"""The number of klagomål and förslag: more may be more faults, or an easier way to tell of them."""


def _is_hidden(cell: Cell) -> bool:
    return isinstance(cell, Withheld) and cell.reason is WithheldReason.SMALL_GROUP


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
