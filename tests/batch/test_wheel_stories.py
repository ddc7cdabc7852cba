"""Eight quarters in order: each planted story is told in its quarter, and nothing vanishes."""

import csv
from collections.abc import Callable, Iterable

import pytest
from eight_quarters import BUN, DATA, KFN, KS, MN, QUARTERS, SBN, SN, Eight, eight_quarters

from kvalitetslib.case import CaseEvent, Stage
from kvalitetslib.context import NewsAbout, NewsKind
from kvalitetslib.register import Outcome, Status
from kvalitetslib.render.chapters.atgarda import atgarda
from kvalitetslib.render.chapters.infor_nasta import infor_nasta
from kvalitetslib.render.chapters.kvalitetssakra import kvalitetssakra
from kvalitetslib.render.chapters.loften_synpunkter import loften_synpunkter
from kvalitetslib.render.chapters.nytt import nytt
from kvalitetslib.render.chapters.planera import planera
from kvalitetslib.report import Estimate, Report, Verdict
from kvalitetslib.service import Kept
from kvalitetslib.wheel import Attainment, NoEffect


@pytest.fixture(scope="session")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Eight:
    return eight_quarters(tmp_path_factory.mktemp("reports"))


def since(quarter: str) -> tuple[str, ...]:
    """The quarter and those after it."""
    return QUARTERS[QUARTERS.index(quarter) :]


# What is written down as planted is what the last quarter tells.


def _effects(report: Report, indicator: str) -> list[Verdict]:
    return [each.verdict for each in report.effects if each.indicator == indicator and each.change]


def _is_effective(report: Report, indicator: str) -> bool:
    return Verdict.BETTER in _effects(report, indicator)


def _is_without_effect(report: Report, indicator: str) -> bool:
    return set(_effects(report, indicator)) == {Verdict.LEVEL}


def _is_back(report: Report, indicator: str) -> bool:
    return any(each.is_recurring for each in report.cases if each.key.about == indicator)


def _is_kept_again(report: Report, indicator: str) -> bool:
    kept = [
        [period.kept for period in each.periods]
        for each in report.promises
        if each.indicator == indicator
    ]
    return any(Kept.BROKEN in each and each[-1] is Kept.KEPT for each in kept)


def _is_late(report: Report, indicator: str) -> bool:
    late = {each.goal for each in report.goal_states if each.months_late > 0}
    return any(each.id in late for each in report.goals if each.indicator == indicator)


STORIES = {
    "effekt": _is_effective,
    "ingen effekt": _is_without_effect,
    "återgång": _is_without_effect,
    "återkommande fel": _is_back,
    "brutet löfte": _is_kept_again,
    "sent nått mål": _is_late,
}


def test_every_story_that_is_written_down_is_told_in_the_last_quarter(eight: Eight) -> None:
    with (DATA / "sanningar.csv").open(encoding="utf-8-sig", newline="") as file:
        planted = [row for row in csv.DictReader(file, delimiter=";") if row["sanning"] in STORIES]
    untold = [
        (row["indikator"], row["sanning"])
        for row in planted
        if not STORIES[row["sanning"]](eight.reports["2026K3", row["namnd"]], row["indikator"])
    ]
    assert (untold, {row["sanning"] for row in planted}) == ([], set(STORIES))


# A measure that works: places in preschool, and answers to synpunkter.


def test_nothing_is_said_of_an_atgard_before_it_has_begun(eight: Eight) -> None:
    told = eight.effects(BUN, "BUN-A4")["2024K4"]
    assert (told.verdict, told.why_not) == (Verdict.NOT_JUDGED, NoEffect.NOT_STARTED)


@pytest.mark.parametrize(
    ("namnd", "atgard", "first", "size"),
    [(BUN, "BUN-A4", "2025K2", 17.0), (KS, "KS-A1", "2025K4", 6.0), (SN, "SN-A3", "2025K4", 36.0)],
)
def test_the_effect_that_was_planted_is_secured_from_its_quarter_on(
    eight: Eight, namnd: str, atgard: str, first: str, size: float
) -> None:
    told = eight.effects(namnd, atgard)
    assert tuple(q for q, each in told.items() if each.verdict is Verdict.BETTER) == since(first)
    latest = told[QUARTERS[-1]]
    assert latest.change == pytest.approx(size, rel=0.15)
    assert latest.low is not None
    assert latest.high is not None
    assert 0 < latest.low < size < latest.high


def test_a_fix_is_secured_when_it_has_held_a_year_and_the_way_of_working_is_standard(
    eight: Eight,
) -> None:
    cases = eight.cases(BUN, "X-PLATS")
    assert [cases[quarter].stage for quarter in QUARTERS] == [
        Stage.PLANNED,
        Stage.RUNNING,
        Stage.DONE,
        *4 * (Stage.WATCHED,),
        Stage.SECURED,
    ]
    assert cases["2026K3"].standardised == ("BUN-A4",)


@pytest.mark.parametrize(
    ("namnd", "before", "quarter", "told"),
    [
        (BUN, "2025K1", "2025K2", "Andelen förskoleplatser som erbjuds från önskat datum är högre"),
        (KS, "2025K3", "2025K4", "Svarstiden på synpunkter är kortare"),
    ],
)
def test_the_effect_is_told_as_secured_in_its_quarter(
    eight: Eight, namnd: str, before: str, quarter: str, told: str
) -> None:
    whole = f"{told} än om det hade fortsatt som före åtgärden"
    assert whole in eight.words(quarter, namnd, atgarda)
    assert "Säkerställd" in eight.words(quarter, namnd, atgarda)
    assert whole not in eight.words(before, namnd, atgarda)


def test_the_secured_fix_is_told_in_words(eight: Eight) -> None:
    assert "Säkrat kvartal 3 2026" in eight.words("2026K3", BUN, kvalitetssakra)
    assert "Fel: Förskoleplatser från önskat datum . Är säkrat." in eight.words("2026K3", BUN, nytt)
    assert "Inget fel är säkrat än." in eight.words("2026K2", BUN, kvalitetssakra)


# One that does not work: the guide for building permits.


def test_an_atgard_without_effect_is_never_called_effective(eight: Eight) -> None:
    told = [each.verdict for each in eight.effects(SBN, "SBN-A3").values()]
    assert Verdict.BETTER not in told
    assert told[-1] is Verdict.LEVEL


def test_that_nothing_changed_is_told_beside_the_discarded_way_of_working(eight: Eight) -> None:
    words = eight.words("2026K3", SBN, atgarda)
    assert "kompletta från början följer samma kurs som före åtgärden" in words
    assert "förkasta, 24 februari 2026" in words


def test_the_fault_that_was_not_mended_stays_open_with_a_new_atgard(eight: Eight) -> None:
    cases = eight.cases(SBN, "X-KOMPLETT")
    assert [cases[quarter].stage for quarter in QUARTERS] == [
        Stage.PLANNED,
        Stage.RUNNING,
        *3 * (Stage.DONE,),
        *3 * (Stage.PLANNED,),
    ]
    assert eight.atgarder(SBN, "SBN-A3")["2026K1"].outcome is Outcome.DISCARD
    assert cases["2026K1"].atgarder == ("SBN-A3", "SBN-A4")


# One that only looks as if it worked: three bad months before the reminders about halls.


def test_a_return_to_the_usual_is_not_called_an_effect(eight: Eight) -> None:
    told = [each for each in eight.effects(KFN, "KFN-A4").values() if not each.why_not]
    assert [each.naive > 5 for each in told if each.naive is not None] == 4 * [True]
    assert {each.verdict for each in told} <= {Verdict.LEVEL, Verdict.UNDECIDED}
    assert [each.returned for each in told] == 4 * [True]


def test_the_page_says_that_bad_months_often_pass_by_themselves(eight: Eight) -> None:
    told = "Värdena strax före start avvek ovanligt långt åt fel håll."
    assert [told in eight.words(quarter, KFN, atgarda) for quarter in QUARTERS] == [
        *4 * [False],
        *4 * [True],
    ]
    assert told not in eight.words("2026K3", BUN, atgarda)


def test_a_fix_without_a_standard_is_watched_and_never_secured(eight: Eight) -> None:
    cases = eight.cases(KFN, "X-HALLTID")
    assert {quarter: each.stage for quarter, each in cases.items()} == {
        "2025K3": Stage.PLANNED,
        "2025K4": Stage.WATCHED,
        "2026K1": Stage.WATCHED,
        "2026K2": Stage.WATCHED,
        "2026K3": Stage.WATCHED,
    }


# A fault that comes back twice: waste that is not collected.


@pytest.mark.parametrize("about", ["X-HAMTNING", "Sophämtning", "MN-L2"])
def test_a_fault_that_comes_back_is_counted_each_time(eight: Eight, about: str) -> None:
    cases = eight.cases(MN, about)
    assert [cases[quarter].occurrences for quarter in since("2025K1")] == [1, 1, 1, 2, 2, 2, 3]
    again = [each for each in cases["2026K3"].steps if each.event is CaseEvent.REOPENED]
    assert [each.quarter for each in again] == ["2025K4", "2026K3"]
    assert all(each.days is not None and 90 <= each.days <= 185 for each in again)


def test_between_its_visits_the_fault_is_closed_and_watched(eight: Eight) -> None:
    stages = {quarter: each.stage for quarter, each in eight.cases(MN, "MN-L2").items()}
    assert [stages[quarter] for quarter in ("2025K2", "2025K3", "2026K1", "2026K2")] == 4 * [
        Stage.WATCHED
    ]
    assert stages["2025K4"] is stages["2026K3"] is Stage.PLANNED


@pytest.mark.parametrize(("quarter", "days"), [("2025K4", 184), ("2026K3", 183)])
def test_the_return_of_the_fault_is_told_in_its_quarter(
    eight: Eight, quarter: str, days: int
) -> None:
    told = f"dag. Är öppnat igen, {days} dagar efter att det stängdes."
    assert told in eight.words(quarter, MN, nytt)
    assert "Tre har kommit tillbaka." in eight.words(quarter, MN, kvalitetssakra)
    assert f"efter {days} dagar" in eight.words(quarter, MN, kvalitetssakra)


def test_the_whole_history_of_the_fault_stands_in_the_last_quarter(eight: Eight) -> None:
    told = (
        "Öppnat kvartal 1 2025. Stängt kvartal 2 2025. Öppnat igen kvartal 4 2025, efter 184 dagar."
        " Stängt kvartal 1 2026. Öppnat igen kvartal 3 2026, efter 183 dagar."
    )
    assert told in eight.words("2026K3", MN, kvalitetssakra)


# A promise broken and then kept: calls answered within five minutes.


def test_the_promise_is_kept_then_broken_then_kept(eight: Eight) -> None:
    report = eight.reports["2026K3", KS]
    promise = next(each for each in report.promises if each.id == "KS-L2")
    assert {each.period: each.kept for each in promise.periods} == {
        "2024K4": Kept.KEPT,
        **dict.fromkeys(("2025K1", "2025K2", "2025K3"), Kept.BROKEN),
        **dict.fromkeys(since("2025K4"), Kept.KEPT),
    }
    shares = [each.share for each in promise.periods]
    assert all(isinstance(each, Estimate) and each.low is not None for each in shares)


def test_each_broken_period_has_been_met_and_led_to_an_atgard(eight: Eight) -> None:
    report = eight.reports["2026K3", KS]
    promise = next(each for each in report.promises if each.id == "KS-L2")
    broken = [each.breach for each in promise.periods if each.kept is Kept.BROKEN]
    met = [each for each in broken if each is not None and each.mended is not None]
    assert [each.atgard for each in met] == 3 * ["KS-A3"]


def test_what_was_done_about_a_broken_promise_is_known_when_it_was_done(eight: Eight) -> None:
    promise = next(p for p in eight.reports["2025K1", KS].promises if p.id == "KS-L2")
    breach = promise.periods[-1].breach
    assert breach is not None
    assert (breach.investigated, breach.admitted, breach.mended) == (None, None, None)


@pytest.mark.parametrize(
    ("quarter", "told"),
    [
        ("2024K4", "Kontaktcenter: löftet hölls kvartal 4 2024"),
        ("2025K1", "Kontaktcenter: löftet hölls inte kvartal 1 2025"),
        ("2025K2", "Kontaktcenter: löftet hölls inte kvartal 2 2025"),
        ("2025K3", "Kontaktcenter: löftet hölls inte kvartal 3 2025"),
        ("2025K4", "Kontaktcenter: löftet hölls kvartal 4 2025"),
    ],
)
def test_the_promise_is_told_as_kept_or_broken(eight: Eight, quarter: str, told: str) -> None:
    assert told in eight.words(quarter, KS, loften_synpunkter)


# A goal reached late: talks with children.


def test_a_goal_is_missed_then_late_then_reached_late(eight: Eight) -> None:
    states = eight.goals(SN, "SN-6")
    missed = QUARTERS[: QUARTERS.index("2026K2")]
    assert {states[quarter].attainment for quarter in missed} == {Attainment.MISSED}
    assert [quarter for quarter in QUARTERS if states[quarter].is_late] == ["2025K4", "2026K1"]
    reached = states["2026K2"]
    assert (reached.attainment, reached.months_late) == (Attainment.REACHED, 9)


def test_the_late_goal_is_told_as_late_and_then_as_reached_after_its_day(eight: Eight) -> None:
    assert "inte nått måldatum har passerat" in eight.words("2025K4", SN, planera)
    assert "nått, nio månader efter måldatum" in eight.words("2026K2", SN, planera)


def test_the_degree_of_the_goal_grows_with_its_values(eight: Eight) -> None:
    degrees = [eight.goals(SN, "SN-6")[quarter].degree for quarter in since("2025K3")]
    assert degrees == sorted(degrees, key=lambda each: each or 0)
    assert degrees[-1] == 100


# A lesson used again: an extra lorry is not enough.


def test_the_lesson_comes_back_when_the_same_indicator_moves_again(eight: Eight) -> None:
    told = {
        report.quarter: {each.lesson: each.used_in for each in report.lesson_uses}
        for report in eight.of(MN)
    }
    assert "MN-E2" not in told["2025K3"]
    assert told["2025K4"]["MN-E2"] == ("MN-A4",)
    assert told["2026K3"]["MN-E3"] == ("MN-A5",)


def test_the_lesson_is_told_with_the_atgard_that_uses_it(eight: Eight) -> None:
    words = eight.words("2025K4", MN, infor_nasta)
    lesson = words[words.index("En extra bil hjälper bara så länge den har en förare.") :]
    assert "Ny turlista för sophämtningen" in lesson[:200]


# Nothing vanishes, and history is not rewritten.


def _cases(report: Report) -> set[str]:
    return {str(each.key) for each in report.cases}


def _atgarder(report: Report) -> set[str]:
    return {each.id for each in report.atgarder}


def _goals(report: Report) -> set[str]:
    return {each.id for each in report.goals}


def _lessons(report: Report) -> set[str]:
    return {each.id for each in report.lessons}


@pytest.mark.parametrize("ids", [_cases, _atgarder, _goals, _lessons])
def test_nothing_vanishes_between_two_quarters(
    eight: Eight, ids: Callable[[Report], set[str]]
) -> None:
    lost = [
        (later.quarter, later.namnd, id)
        for earlier, later in eight.pairs()
        for id in ids(earlier) - ids(later) - _told_gone(later)
    ]
    assert lost == []
    assert all(ids(eight.reports["2026K3", namnd]) for namnd in (KS, BUN, SN, KFN, SBN, MN))


def _told_gone(report: Report) -> set[str]:
    return {each.key for each in report.news if each.kind is NewsKind.GONE}


def test_what_is_written_of_a_case_is_never_changed(eight: Eight) -> None:
    changed = [
        (later.quarter, case.key)
        for earlier, later in eight.pairs()
        for case in earlier.cases
        for now in later.cases
        if now.key == case.key and now.steps[: len(case.steps)] != case.steps
    ]
    assert changed == []


def test_every_new_atgard_is_told_in_the_quarter_it_was_decided(eight: Eight) -> None:
    untold = [
        (later.quarter, id)
        for earlier, later in eight.pairs()
        for id in _atgarder(later) - _atgarder(earlier) - _told_new(later)
    ]
    assert untold == []


def _told_new(report: Report) -> set[str]:
    new = (NewsKind.NEW,)
    return {each.key for each in report.news if each.about is NewsAbout.ATGARD and each.kind in new}


def test_a_decision_not_to_act_is_a_stage_and_not_a_gap(eight: Eight) -> None:
    refused = eight.atgarder(KS, "KS-A4")
    assert tuple(refused) == since("2025K4")
    assert {each.status for each in refused.values()} == {Status.REFUSED}


def test_a_change_coincides_with_an_atgard_and_is_never_said_to_depend_on_it(eight: Eight) -> None:
    told = [
        eight.words("2026K3", namnd, write)
        for namnd in (KS, BUN, SN, KFN, SBN, MN)
        for write in (atgarda, kvalitetssakra)
    ]
    assert [each for each in told if "beror på" in each] == []
    assert all("sammanfaller i tid med åtgärden" in each for each in told[::2])


def test_no_report_knows_what_had_not_happened_yet(eight: Eight) -> None:
    early = [
        (report.quarter, report.namnd, what)
        for report in eight.reports.values()
        for what, day in _dated(report)
        if day is not None and day > report.data_through
    ]
    assert early == []


def _dated(report: Report) -> Iterable[tuple[str, object]]:
    for goal in report.goals:
        yield from ((goal.id, goal.decided), (goal.id, goal.done))
    for atgard in report.atgarder:
        yield from ((atgard.id, atgard.decided), (atgard.id, atgard.done))
        yield atgard.id, atgard.outcome_on if atgard.cited else None
    for lesson in report.lessons:
        yield lesson.id, lesson.dated
    for idea in report.ideas:
        yield from ((idea.id, idea.raised), (idea.id, idea.adopted))
    for control in report.controls:
        yield control.id, control.executed
    for outlook in report.outlooks:
        yield outlook.id, outlook.dated
