"""The rules of a case, one quarter at a time, and that no history makes a case vanish or change."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetslib.analysis.case_steps import Seen, live_of, next_step, opened
from kvalitetslib.case import Case, CaseEvent, FaultKey, FaultSign, Sign, Stage
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Outcome, Status

KEY = FaultKey("X-SVAR")
QUARTERS = [f"{year}K{number}" for year in range(2024, 2030) for number in range(1, 5)]
DONE = Atgard("A1", "n", "Svarsrutin", Status.DONE, "X-SVAR", done=date(2024, 5, 31))
RUNNING = replace(DONE, id="A2", status=Status.RUNNING, done=None)
PLANNED = replace(RUNNING, id="A3", status=Status.PLANNED)
STOPPED = replace(DONE, id="A4", status=Status.STOPPED)
REFUSED = replace(PLANNED, id="A5", status=Status.REFUSED)
STANDARD = replace(DONE, outcome=Outcome.STANDARDISE)
WATCH = 4


def seen(quarter: str, sign: Sign = Sign.UNKNOWN, *met: Atgard, **more: object) -> Seen:
    """What a quarter tells; its newest value is that of its last month."""
    period = parse_period(quarter)
    newest = f"{period.end.year}M{period.end.month:02}"
    told = FaultSign(KEY, "Svarstid", sign, sign is Sign.PRESENT, newest, None, "B-1")
    return Seen(quarter, period.end, told, met=met, **more)


def case(*met: Atgard) -> Case:
    """A case that was opened in the first quarter of 2024."""
    return opened(seen("2024K1", Sign.PRESENT, *met))


def followed(*quarters: Seen, watch: int = WATCH) -> Case:
    """The case after all those quarters."""
    found = case()
    for each in quarters:
        found = next_step(found, each, watch=watch)
    return found


def calm(first: int, last: int, *met: Atgard) -> list[Seen]:
    """Quarters in which the fault is surely gone, by their place."""
    return [seen(each, Sign.ABSENT, *met) for each in QUARTERS[first:last]]


@pytest.mark.parametrize(
    ("met", "stage"),
    [
        ((), Stage.UNMET),
        ((REFUSED,), Stage.REFUSED),
        ((PLANNED,), Stage.PLANNED),
        ((RUNNING,), Stage.RUNNING),
        ((DONE,), Stage.DONE),
        ((STOPPED,), Stage.UNMET),
        ((DONE, PLANNED), Stage.PLANNED),
        ((DONE, PLANNED, RUNNING), Stage.RUNNING),
        ((REFUSED, DONE), Stage.DONE),
        ((REFUSED, STOPPED), Stage.REFUSED),
    ],
)
def test_the_register_tells_where_an_open_case_stands(met, stage):
    assert case(*met).stage is stage


@pytest.mark.parametrize("met", [(PLANNED,), (RUNNING,), (DONE, RUNNING)])
def test_a_fault_that_is_gone_stays_open_while_an_atgard_goes_on(met):
    assert not followed(seen("2024K2", Sign.ABSENT, *met)).is_closed


@pytest.mark.parametrize("met", [(DONE,), (), (REFUSED,), (STOPPED,), (DONE, STOPPED)])
def test_a_fault_that_is_gone_is_closed_when_every_atgard_is_over(met):
    found = followed(seen("2024K2", Sign.ABSENT, *met))
    assert (found.stage, found.steps[-1].event) == (Stage.WATCHED, CaseEvent.CLOSED)


def test_a_fault_that_is_seen_stays_open_though_every_atgard_is_done():
    assert followed(seen("2024K2", Sign.PRESENT, DONE)).stage is Stage.DONE


def test_what_was_known_closes_the_case_when_the_atgard_is_done_without_a_new_value():
    gone = seen("2024K2", Sign.ABSENT, RUNNING)
    same = replace(seen("2024K3", Sign.UNKNOWN, DONE), sign=gone.sign)
    assert followed(gone, same).stage is Stage.WATCHED


def test_a_fault_is_secured_when_it_held_and_a_way_of_working_is_the_standard():
    found = followed(*calm(1, 6, STANDARD))
    assert (found.stage, found.steps[-1].quarter) == (Stage.SECURED, "2025K2")


def test_a_fault_that_held_without_a_standard_stays_watched():
    found = followed(*calm(1, 10, DONE))
    assert (found.stage, found.watched) == (Stage.WATCHED, 8)


def test_a_standard_that_comes_late_secures_the_fault():
    found = followed(*calm(1, 8, DONE), seen("2026K1", Sign.UNKNOWN, STANDARD))
    assert found.stage is Stage.SECURED


def test_a_fault_whose_atgard_made_things_worse_is_not_secured():
    worse = [replace(each, failed=frozenset({"A1"})) for each in calm(1, 8, STANDARD)]
    assert followed(*worse).stage is Stage.WATCHED


def test_a_kommun_may_watch_for_longer():
    assert followed(*calm(1, 6, STANDARD), watch=8).stage is Stage.WATCHED


@pytest.mark.parametrize("last", [3, 8])
def test_a_fault_that_is_seen_again_is_opened_again(last):
    back = seen(QUARTERS[last], Sign.PRESENT, STANDARD)
    found = followed(*calm(1, last, STANDARD), back)
    assert (found.occurrences, found.steps[-1].event) == (2, CaseEvent.REOPENED)
    assert found.steps[-1].days == (back.on - date(2024, 6, 30)).days


def test_an_atgard_that_the_fault_outlived_does_not_meet_it_again():
    found = followed(*calm(1, 3, STANDARD), seen("2024K4", Sign.PRESENT, STANDARD))
    assert (found.stage, found.standardised) == (Stage.UNMET, ())


def test_a_new_atgard_meets_the_fault_again():
    back = seen("2024K4", Sign.PRESENT, DONE, PLANNED)
    found = followed(*calm(1, 3, DONE), back)
    assert (found.stage, found.atgarder) == (Stage.PLANNED, ("A1", "A3"))


def test_a_fault_may_return_twice():
    again = replace(DONE, id="A6", done=date(2025, 1, 31))
    found = followed(
        *calm(1, 3, DONE),
        seen("2024K4", Sign.PRESENT, DONE),
        seen("2025K1", Sign.ABSENT, DONE, again),
        seen("2025K2", Sign.PRESENT, DONE, again),
    )
    assert (found.occurrences, [each.days for each in found.steps if each.days]) == (3, [184, 91])


def test_the_same_value_is_never_concluded_from_twice():
    closed = followed(seen("2024K2", Sign.ABSENT, DONE))
    turned = seen("2024K2", Sign.PRESENT, DONE)
    later = replace(turned, quarter="2024K3", on=date(2024, 9, 30))
    assert next_step(closed, later, watch=WATCH) == closed


def test_what_cannot_be_told_keeps_the_case_as_it_was():
    closed = followed(seen("2024K2", Sign.ABSENT, DONE))
    assert next_step(closed, seen("2024K3", Sign.UNKNOWN, DONE), watch=WATCH) == closed


def test_a_yearly_value_watches_four_quarters():
    def yearly(quarter: str, period: str) -> Seen:
        told = seen(quarter, Sign.ABSENT, STANDARD)
        return replace(told, sign=replace(told.sign, period=period))

    first = opened(replace(seen("2024K1", Sign.PRESENT), sign=yearly("2024K1", "2022").sign))
    closed = next_step(first, yearly("2025K1", "2024"), watch=WATCH)
    assert closed.stage is Stage.WATCHED
    assert next_step(closed, yearly("2026K1", "2025"), watch=WATCH).stage is Stage.SECURED


def test_a_fault_that_is_no_longer_followed_is_left_with_one_step():
    gone = seen("2024K2", is_followed=False)
    found = followed(gone, replace(gone, quarter="2024K3"))
    assert [each.event for each in found.steps] == [CaseEvent.OPENED, CaseEvent.LEFT]


def test_a_left_fault_that_is_followed_again_goes_on():
    gone = seen("2024K2", is_followed=False)
    assert followed(gone, seen("2024K3", Sign.PRESENT, RUNNING)).stage is Stage.RUNNING


def test_a_left_fault_that_was_closed_is_watched_again_or_opened_again():
    closed = seen("2024K2", Sign.ABSENT, DONE)
    gone = seen("2024K3", is_followed=False)
    assert followed(closed, gone, seen("2024K4", Sign.ABSENT, DONE)).stage is Stage.WATCHED
    assert followed(closed, gone, seen("2024K4", Sign.PRESENT, DONE)).is_recurring


def test_an_atgard_that_was_over_long_before_did_not_meet_the_fault():
    old = replace(DONE, done=date(2022, 6, 30))
    assert case(old).stage is Stage.UNMET
    assert live_of(case(), (replace(old, done=date(2023, 6, 1)),)) != ()


@dataclass(frozen=True)
class Turn:
    """A made-up quarter: what is seen, the åtgärder by status, and whether it is followed."""

    sign: Sign
    statuses: tuple[tuple[str, Status], ...]
    is_followed: bool
    has_value: bool


TURNS = st.lists(
    st.builds(
        Turn,
        sign=st.sampled_from(Sign),
        statuses=st.lists(
            st.tuples(st.sampled_from("ABC"), st.sampled_from(Status)), max_size=3
        ).map(tuple),
        is_followed=st.sampled_from([True, True, True, False]),
        has_value=st.booleans(),
    ),
    max_size=len(QUARTERS) - 1,
)


def quarter_of(place: int, turn: Turn) -> Seen:
    met = {id: replace(STANDARD, id=id, status=status) for id, status in turn.statuses}
    told = seen(QUARTERS[place], turn.sign, *met.values(), is_followed=turn.is_followed)
    if turn.has_value:
        return told
    return replace(told, sign=replace(told.sign, period="2024M01"))


@settings(max_examples=150, deadline=None)
@given(TURNS)
def test_steps_are_only_added_and_the_same_quarter_gives_the_same_case(turns):
    before = case()
    for place, turn in enumerate(turns, start=1):
        told = quarter_of(place, turn)
        after = next_step(before, told, watch=WATCH)
        assert after.steps[: len(before.steps)] == before.steps
        assert len(after.steps) - len(before.steps) <= 2
        assert set(before.atgarder) <= set(after.atgarder)
        assert after == next_step(before, told, watch=WATCH)
        before = after


@settings(max_examples=150, deadline=None)
@given(TURNS)
def test_what_a_case_says_of_itself_follows_from_its_steps(turns):
    found = case()
    for place, turn in enumerate(turns, start=1):
        found = next_step(found, quarter_of(place, turn), watch=WATCH)
    events = [each.event for each in found.steps]
    assert found.stage is found.steps[-1].stage
    assert found.occurrences == 1 + events.count(CaseEvent.REOPENED)
    assert events.count(CaseEvent.CLOSED) >= events.count(CaseEvent.REOPENED)
    assert [each.on for each in found.steps] == sorted(each.on for each in found.steps)
