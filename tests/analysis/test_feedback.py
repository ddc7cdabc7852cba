"""What is worked out of synpunkter: growth beside the usual, answers, and what is never read."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from analysis.made_feedback import (
    NAMND,
    QUARTER,
    SECRET,
    counted,
    in_quarter,
    kommun,
    quarters,
    register,
    synpunkt,
)
from scipy import stats

from kvalitetslib.analysis.feedback import feedback_result, wishes
from kvalitetslib.analysis.feedback_counts import SMALL, UNKNOWN
from kvalitetslib.analysis.feedback_entries import Entry, entries_of
from kvalitetslib.analysis.feedback_growth import Growth, growth
from kvalitetslib.analysis.feedback_times import answered_in_time
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.period import Period, parse_period
from kvalitetslib.register import Atgard, Status
from kvalitetslib.service import FeedbackResult, Trendword

ATGARDER = (
    Atgard("A1", "skola", "Ny matsal", Status.RUNNING, category="Mat"),
    Atgard("A2", "skola", "Nej tack", Status.REFUSED, category="Mat"),
)


def last(*rows: list[int]) -> tuple[Growth, ...]:
    """The categories in the last of the quarters."""
    return growth(counted(*rows), fdr=0.05)[-1]


def result(rows: list[dict[str, object]], *areas: str) -> FeedbackResult:
    found = wishes(register(rows), NAMND, QUARTER, 5)
    told = feedback_result(found, kommun(*areas), ATGARDER, QUARTER)
    assert told is not None
    return told


def value(cell: object) -> float:
    assert isinstance(cell, Estimate)
    return cell.value


# --- growth ---------------------------------------------------------------------------------------


def test_the_worked_example_grows() -> None:
    found = last([10], [5], [5], [5], [5])[0]
    assert found.trend is Trendword.SAME
    found = last([5], [5], [5], [5], [20])[0]
    assert (found.trend, found.ratio) == (Trendword.GROWS, 4.0)


def test_four_quarters_are_needed_to_know_what_is_usual() -> None:
    assert last([5], [5], [5], [50])[0].trend is Trendword.UNDECIDED


def test_a_category_that_has_grown_is_held_against_what_was_before() -> None:
    found = last([5], [5], [5], [5], [20], [20], [20], [20], [20])[0]
    assert (found.trend, found.base) == (Trendword.GROWS, (0, 1, 2, 3))


def test_what_is_back_is_as_usual_and_counts_as_usual_again() -> None:
    every = growth(counted([6], [5], [5], [5], [20], [6], [5]), fdr=0.05)
    assert [each[0].trend for each in every[4:]] == [
        Trendword.GROWS,
        Trendword.SAME,
        Trendword.SAME,
    ]
    assert every[6][0].base == (0, 2, 3, 5)


def test_an_earlier_quarter_is_told_the_same_when_more_have_come() -> None:
    rows = [[5, 9], [6, 8], [5, 9], [5, 7], [20, 8], [6, 9]]
    assert growth(counted(*rows), fdr=0.05)[:5] == growth(counted(*rows[:5]), fdr=0.05)


def test_q_counts_all_categories() -> None:
    one = last([5], [5], [5], [5], [13])[0]
    many = last(*([[5] * 8] * 4), [13, *([5] * 7)])[0]
    assert (one.trend, many.trend) == (Trendword.GROWS, Trendword.UNDECIDED)
    assert many.q == pytest.approx(8 * one.p)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_a_season_is_no_growth(years: int) -> None:
    found = last(*([[30], [5], [5], [5]] * years), [32])[0]
    assert (found.trend, found.is_seasonal) == (Trendword.UNDECIDED, True)


def test_growth_beyond_the_season_is_found() -> None:
    winter = [[15], [5], [5], [5]]
    assert last(*winter, *winter, [45])[0].trend is Trendword.GROWS


def test_a_season_that_ends_is_no_fall() -> None:
    rows = [[5], [5], [40], [40], [5], [5], [40], [40], [5]]
    found = last(*rows)[0]
    assert (found.trend, found.is_seasonal) == (Trendword.SAME, True)


def test_a_fall_is_found() -> None:
    assert last([30], [30], [30], [30], [8])[0].trend is Trendword.SHRINKS


def test_a_withheld_number_never_grows() -> None:
    found = last([0], [0], [0], [0], [4])[0]
    assert np.isnan(found.p)
    assert found.trend is Trendword.SAME


def test_growth_is_the_same_whatever_the_withheld_numbers_are() -> None:
    found = {last([9], [5], [7], [few], [12])[0] for few in range(5)}
    assert len(found) == 1


def test_growth_from_withheld_numbers_uses_the_most_they_can_be() -> None:
    found = last([2], [3], [2], [2], [14])[0]
    assert found.usual is not None
    assert (found.usual.low, found.usual.high) == (8, 16)
    assert found.p == pytest.approx(stats.binom.sf(13, 14 + 16, 0.2))
    assert found.trend is Trendword.GROWS


def test_few_unchanged_categories_seem_to_grow() -> None:
    rng = np.random.default_rng(11)
    false = [
        any(each.trend is Trendword.GROWS for each in last(*rng.poisson(9, (5, 3)).tolist()))
        for _ in range(400)
    ]
    assert np.mean(false) <= 0.05


def test_a_threefold_growth_is_mostly_found() -> None:
    rng = np.random.default_rng(12)
    usual = [rng.poisson(8, (4, 3)) for _ in range(200)]
    grown = [
        last(*each.tolist(), [int(rng.poisson(24)), *rng.poisson(8, 2).tolist()])[0].trend
        for each in usual
    ]
    assert np.mean([each is Trendword.GROWS for each in grown]) >= 0.85


# --- answers --------------------------------------------------------------------------------------


def due(days: list[int | None], received: date = date(2026, 8, 3)) -> list[dict[str, object]]:
    """Answered after so many days; None is not yet."""
    return [
        synpunkt(received, answered=None if n is None else received + timedelta(days=n))
        for n in days
    ]


def in_time(rows: list[dict[str, object]], quarter: Period = QUARTER, limit: float = 10.0) -> Cell:
    entries = entries_of(register(rows), NAMND, parse_period("2026K4"))
    return answered_in_time(entries, quarter, limit, 5)


def test_the_share_in_time_counts_those_without_an_answer_as_late() -> None:
    share = in_time(due([3, 10, 11, None, 5, 6, 7, 8]))
    assert isinstance(share, Estimate)
    assert (share.value, share.n) == (75.0, 8.0)  # 3, 10, 5, 6, 7 and 8 of eight


def test_only_those_due_in_the_quarter_are_counted() -> None:
    late = due([None] * 6, date(2026, 9, 25))
    assert in_time(late) == UNKNOWN
    assert value(in_time(late, parse_period("2026K4"))) == 0.0


def test_a_limit_of_half_a_day_more_is_passed_on_the_next_day() -> None:
    # Ten and a half days after 20 September is noon on the last day of the quarter.
    rows = due([10, 11, 11, 11, 11], date(2026, 9, 20))
    assert value(in_time(rows, limit=10.5)) == 20.0
    assert in_time(due([10] * 5, date(2026, 9, 21)), limit=10.5) == UNKNOWN


def test_a_share_of_few_is_withheld() -> None:
    assert in_time(due([1, 2, 3, 4])) == SMALL


def test_those_who_wait_make_the_times_longer() -> None:
    days: list[int | None] = [4, 4, 4, 4, None, None, None, None]
    rows = due(days)
    latest = result(rows).times[-1]
    assert value(latest.median) == 4.0
    assert latest.p90 == SMALL
    more = result([*rows, *due([None])]).times[-1]
    assert more.median == UNKNOWN


def test_an_earlier_quarter_stands_as_it_was_on_its_last_day() -> None:
    rows = in_quarter("2026K2", 8, answer=60)
    now = result(rows)
    then = feedback_result(
        wishes(register(rows), NAMND, parse_period("2026K2"), 5),
        kommun(),
        (),
        parse_period("2026K2"),
    )
    assert then is not None
    assert now.times[-2] == then.times[-1]


def test_those_who_have_waited_too_long_are_counted_at_the_end_of_the_quarter() -> None:
    rows = in_quarter("2026K2", 6, answer=None)
    assert value(result(rows).times[-1].open_too_long) == 6.0
    assert result(rows[:3] + in_quarter("2026K3", 9)).times[-1].open_too_long == SMALL
    assert value(result(in_quarter("2026K3", 9)).times[-1].open_too_long) == 0.0


# --- the whole ------------------------------------------------------------------------------------


def rich() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for place, quarter in enumerate(quarters(9)):
        rows += in_quarter(quarter, 7 + place % 2, area="centrum", gender="K")
        rows += in_quarter(quarter, 6, category="Lokaler", area="norr", gender="M", answer=15)
        rows += in_quarter(quarter, 2, category="Buller", type="förslag")
        rows += in_quarter(quarter, 3, type="beröm")
    return [*rows, *in_quarter("2026K3", 20, area="centrum", gender="M")]


def test_praise_is_counted_apart() -> None:
    found = result(rich(), "centrum", "norr")
    assert value(found.categories[0].now) == 27.0  # 7 and 20, without 3 of praise
    counts = {each.name: each.count for each in found.splits if each.split == "typ"}
    assert [value(counts[each]) for each in ("klagomål", "förslag", "beröm")] == [75.0, 10.0, 10.0]


def test_the_category_that_has_grown_is_named() -> None:
    trends = {each.category: each.trend for each in result(rich()).categories}
    assert trends == {
        "Mat": Trendword.GROWS,
        "Lokaler": Trendword.SAME,
        "Buller": Trendword.SAME,
    }


def test_women_come_before_men_and_those_not_told_last() -> None:
    names = [each.name for each in result(rich()).splits if each.split == "kön"]
    assert names == ["K", "M", ""]


def test_a_refused_measure_is_not_something_that_was_done() -> None:
    done = {each.category: each for each in result(rich()).done}
    assert done["Mat"].atgarder == ("A1",)
    assert value(done["Lokaler"].answered) == 24.0


def test_answers_after_the_quarter_have_not_come() -> None:
    rows = in_quarter("2026K3", 9, answer=120)
    assert result(rows).done[0].answered == SMALL


def test_a_namnd_without_synpunkter_has_none_and_not_unknown() -> None:
    rows = in_quarter("2026K1", 9, namnd="miljo", category="Buller")
    found = result(rows)
    assert [each.now for each in found.categories] == [SMALL] * 3
    assert found.first == "2026K1"


def test_without_a_register_nothing_is_told() -> None:
    assert wishes(pd.DataFrame(), NAMND, QUARTER, 5) is None


def test_the_text_of_a_synpunkt_is_never_read() -> None:
    assert "text" not in Entry._fields
    assert SECRET not in repr(result(rich()))


def test_many_quarters_get_a_control_chart() -> None:
    rows = [
        row
        for quarter in quarters(13)
        for category in NAMND.feedback_categories
        for row in in_quarter(quarter, 8, category=category)
    ]
    found = result(rows)
    assert found.chart is not None
    assert found.chart.periods == quarters(13)
    assert result(rich()).chart is None
