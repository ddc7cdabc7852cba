"""Promises: what the share kept counts, when it is kept, and what is noted of a breach."""

from datetime import date

import numpy as np
import pytest
from analysis.made import indicator
from analysis.made_feedback import NAMND, QUARTER, in_quarter, register

from kvalitetslib.analysis.feedback import Wishes, wishes
from kvalitetslib.analysis.feedback_counts import SMALL, UNKNOWN
from kvalitetslib.analysis.promises import kept_of, promise_result
from kvalitetslib.analysis.results import OwnRow
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Direction, Indicator
from kvalitetslib.period import parse_period
from kvalitetslib.register import Breach, Promise
from kvalitetslib.service import Kept, MendStep, PromiseResult, ShareOf
from kvalitetslib.stats.intervals import wilson_interval

IN_TIME = indicator("X-TID", counts_events=True)
DAYS = indicator("X-DAGAR", Direction.LOW, unit="dagar")


def row(
    period: str, value: float, hits: float = np.nan, n: float = np.nan, **words: object
) -> OwnRow:
    low, high = (float(each) * 100 for each in wilson_interval(hits, n))
    at = parse_period(period).at
    made = OwnRow("X", period, at, "T", "", "", value, hits, n, False, "prov", low, high)
    return made._replace(**words)


def shares(*months: tuple[str, int, int]) -> list[OwnRow]:
    return [row(period, 100 * hits / n, hits, n) for period, hits, n in months]


def kept(
    rows: list[OwnRow], about: Indicator = IN_TIME, limit: float = 80.0, **words: object
) -> PromiseResult:
    promise = Promise("L1", "skola", "Skola", "Vi svarar", "Andel", limit, indicator=about.id)
    given: dict[str, object] = {"breaches": (), "indicator": (about, rows), "feedback": None}
    return promise_result(promise, QUARTER, **{**given, **words})  # type: ignore[arg-type]


def cells(found: PromiseResult) -> list[tuple[str, Kept]]:
    return [(each.period, each.kept) for each in found.periods]


def category(feedback: Wishes | None, limit: float = 10.0) -> PromiseResult:
    promise = Promise("L2", "skola", "Mat", "Du får svar", "Dagar", limit, category="Mat")
    return promise_result(promise, QUARTER, breaches=(), indicator=None, feedback=feedback)


def of(share: float, n: float) -> Estimate:
    low, high = (100 * float(each) for each in wilson_interval(share * n / 100, n))
    return Estimate(share, low, high, n, n, "Wilson", "")


@pytest.mark.parametrize(
    ("share", "needed", "word"),
    [
        (of(90.0, 200), 80.0, Kept.KEPT),
        (of(70.0, 200), 80.0, Kept.BROKEN),
        (of(82.0, 200), 80.0, Kept.UNDECIDED),
        (of(100.0, 5), 90.0, Kept.KEPT),
        (of(0.0, 3), 90.0, Kept.BROKEN),
        (of(200 / 3, 3), 90.0, Kept.UNDECIDED),
        (SMALL, 90.0, Kept.UNDECIDED),
        (UNKNOWN, 90.0, Kept.UNKNOWN),
    ],
)
def test_a_promise_is_kept_when_it_is_sure(share: Estimate, needed: float, word: Kept) -> None:
    assert kept_of(share, needed) is word


def test_the_months_of_a_quarter_are_added_up() -> None:
    found = kept(shares(("2026M07", 40, 50), ("2026M08", 45, 50), ("2026M09", 20, 20)))
    share = found.periods[-1].share
    assert isinstance(share, Estimate)
    assert (share.value, share.n, found.share_of) == (87.5, 120.0, ShareOf.CASES)


def test_the_same_people_every_month_are_counted_once() -> None:
    found = kept(
        shares(("2026M07", 40, 50), ("2026M08", 45, 50)), indicator("X-TID", counts_events=False)
    )
    share = found.periods[-1].share
    assert isinstance(share, Estimate)
    assert (share.value, share.n) == (85.0, 50.0)


def test_a_promise_of_few_bad_cases_is_turned() -> None:
    late = indicator("X-SEN", Direction.LOW, counts_events=True)
    found = kept(shares(("2026K3", 2, 100)), late, 10.0)
    share = found.periods[-1].share
    assert isinstance(share, Estimate)
    assert (share.value, found.needed, found.is_least) == (98.0, 90.0, False)
    assert found.periods[-1].kept is Kept.KEPT


def test_months_within_the_limit_are_counted_for_days() -> None:
    rows = [row("2026M07", 9.0), row("2026M08", 12.0), row("2026M09", 11.0)]
    found = kept(rows, DAYS, 10.0)
    share = found.periods[-1].share
    assert isinstance(share, Estimate)
    assert share.value == pytest.approx(100 / 3)
    assert (found.share_of, found.periods[-1].kept) == (ShareOf.PERIODS, Kept.BROKEN)


def test_a_value_on_the_limit_is_within_it() -> None:
    rows = [row(f"2026M0{month}", 10.0) for month in (7, 8, 9)]
    assert kept(rows, DAYS, 10.0).periods[-1].kept is Kept.KEPT


def test_broken_then_kept_is_told_quarter_by_quarter() -> None:
    found = kept(shares(("2026K1", 190, 200), ("2026K2", 100, 200), ("2026K3", 196, 200)))
    assert cells(found) == [
        ("2026K1", Kept.KEPT),
        ("2026K2", Kept.BROKEN),
        ("2026K3", Kept.KEPT),
    ]


def test_a_missing_quarter_between_others_is_told() -> None:
    found = kept(shares(("2026K1", 190, 200), ("2026K3", 190, 200)))
    assert [each for _, each in cells(found)] == [Kept.KEPT, Kept.UNKNOWN, Kept.KEPT]


def test_a_yearly_value_belongs_to_the_quarter_in_which_the_year_ends() -> None:
    found = kept(shares(("2024", 190, 200), ("2025", 100, 200)))
    assert cells(found) == [("2024K4", Kept.KEPT), ("2025K4", Kept.BROKEN)]


def test_a_withheld_quarter_is_undecided() -> None:
    rows = [*shares(("2026K2", 190, 200)), row("2026K3", np.nan, withheld=True)]
    latest = kept(rows).periods[-1]
    assert (latest.share, latest.kept) == (SMALL, Kept.UNDECIDED)


def test_other_groups_and_finer_periods_are_not_mixed() -> None:
    rows = [
        *shares(("2026M09", 20, 20), ("2026K3", 10, 60)),
        row("2026M09", 0.0, 0, 20, gender="K"),
    ]
    share = kept(rows).periods[-1].share
    assert isinstance(share, Estimate)
    assert (share.value, share.n) == (100.0, 20.0)


def test_a_breach_without_a_note_has_not_been_looked_into() -> None:
    found = kept(shares(("2026K3", 100, 200)))
    assert found.periods[-1].step is MendStep.NOT_BEGUN


def test_a_note_belongs_to_the_quarter_its_period_ends_in() -> None:
    note = Breach("L1", "2026M08", investigated=date(2026, 9, 1), admitted=date(2026, 9, 9))
    other = Breach("L9", "2026K3", mended=date(2026, 9, 9))
    found = kept(shares(("2026K3", 100, 200)), breaches=(note, other))
    assert (found.periods[-1].breach, found.periods[-1].step) == (note, MendStep.ADMITTED)


def test_a_kept_promise_has_no_step() -> None:
    assert kept(shares(("2026K3", 199, 200))).periods[-1].step is None


def test_an_indicator_without_a_direction_tells_nothing() -> None:
    neutral = indicator("X", Direction.NEUTRAL)
    assert kept(shares(("2026K3", 190, 200)), neutral).periods == ()


def test_answers_to_a_category_are_counted() -> None:
    rows = [*in_quarter("2026K3", 8, answer=3), *in_quarter("2026K3", 12, answer=12)]
    found = category(wishes(register(rows), NAMND, QUARTER, 5))
    share = found.periods[-1].share
    assert isinstance(share, Estimate)
    assert (share.value, share.n, found.share_of) == (40.0, 20.0, ShareOf.ANSWERS)
    assert found.periods[-1].kept is Kept.BROKEN


def test_the_share_of_a_withheld_number_is_withheld() -> None:
    # Six were due in the quarter, but only four came in it.
    rows = [*in_quarter("2026K3", 4, answer=3), *in_quarter("2026K3", 9, category="Lokaler")]
    early = [{**each, "received": each["received"] - np.timedelta64(5, "D")} for each in rows[:2]]
    found = category(wishes(register([*rows, *early]), NAMND, QUARTER, 5))
    assert [(each.period, each.share) for each in found.periods] == [("2026K3", SMALL)]


def test_without_a_register_the_promise_has_no_periods() -> None:
    assert category(None).periods == ()
