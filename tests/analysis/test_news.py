"""What is new since the earlier report: nothing vanishes, and what is withheld stays so."""

from dataclasses import replace

import pytest
from example_evidence import SMALL
from example_report import example_report
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetslib.analysis.news import with_news
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Status
from kvalitetslib.report import (
    Estimate,
    Freshness,
    IndicatorResult,
    Point,
    Report,
    Series,
    Verdict,
)

NOW = example_report()
BEFORE = replace(NOW, quarter="2026K2")
SHOWN = next(each for each in NOW.findings if each.shown and each.rule == "W1")
KEY = SHOWN.evidence[0]
SCHOOL = NOW.evidence(KEY).indicator


def compared(now: Report = NOW, before: Report = BEFORE) -> tuple[NewsItem, ...]:
    return with_news(now, before).news


def told_of(key: str, items: tuple[NewsItem, ...]) -> list[NewsItem]:
    return [each for each in items if each.key == key]


def without_finding(report: Report, **changes: object) -> Report:
    """The report without the finding, whose evidence says something else."""
    kept = tuple(each for each in report.findings if each.id != SHOWN.id)
    return replace(with_evidence(report, **changes), findings=kept)


def with_evidence(report: Report, **changes: object) -> Report:
    changed = tuple(
        replace(each, **changes) if each.id == KEY else each for each in report.all_evidence
    )
    return replace(report, all_evidence=changed)


def without_indicator(report: Report, id: str) -> Report:
    """The report of a nämnd that no longer follows the indicator."""
    evidence = tuple(each for each in report.all_evidence if each.indicator != id)
    ids = {each.id for each in evidence}
    return replace(
        report,
        indicators=tuple(each for each in report.indicators if each.indicator.id != id),
        all_evidence=evidence,
        findings=tuple(each for each in report.findings if each.evidence[0] in ids),
    )


def with_result(report: Report, id: str, **changes: object) -> Report:
    changed = tuple(
        replace(each, **changes) if each.indicator.id == id else each for each in report.indicators
    )
    return replace(report, indicators=changed)


def result_of(report: Report, id: str) -> IndicatorResult:
    return next(each for each in report.indicators if each.indicator.id == id)


def with_cell(result: IndicatorResult, place: int, cell: object) -> tuple[Series, ...]:
    """The series of the indicator with another cell for all, at that place in time."""
    first, *others = result.series
    points = list(first.points)
    points[place] = replace(points[place], cell=cell)
    return replace(first, points=tuple(points)), *others


def test_without_an_earlier_report_there_is_no_news():
    made = with_news(NOW, None)
    assert (made.news, made.earlier) == ((), "")


def test_the_report_names_the_quarter_it_is_compared_with():
    assert with_news(NOW, BEFORE).earlier == "2026K2"


def test_two_equal_reports_have_nothing_but_what_is_unchanged():
    assert {each.kind for each in compared()} == {NewsKind.UNCHANGED}


def test_another_namnd_is_refused():
    with pytest.raises(ValueError, match="exempelkommun/annan"):
        with_news(NOW, replace(BEFORE, namnd="annan"))


@pytest.mark.parametrize("quarter", ["2026K3", "2026K4"])
def test_a_report_of_the_same_or_a_later_quarter_is_refused(quarter: str):
    with pytest.raises(ValueError, match="is not before 2026K3"):
        with_news(NOW, replace(BEFORE, quarter=quarter))


def test_a_finding_that_was_not_there_is_new():
    (item,) = told_of(KEY, compared(before=without_finding(BEFORE)))
    assert (item.kind, item.quadrant, item.evidence) == (NewsKind.NEW, Quadrant.WEAKNESS, KEY)


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict.UNDECIDED, NewsReason.UNDECIDED),
        (Verdict.LEVEL, NewsReason.LEVEL),
        (Verdict.NOT_JUDGED, NewsReason.NOT_TESTED),
        (Verdict.WORSE, NewsReason.OTHER),
    ],
)
def test_a_finding_that_is_gone_is_told_with_why(verdict: Verdict, reason: NewsReason):
    (item,) = told_of(KEY, compared(without_finding(NOW, verdict=verdict)))
    assert (item.kind, item.was, item.reason) == (NewsKind.GONE, Quadrant.WEAKNESS, reason)


def test_a_finding_whose_evidence_now_points_the_other_way_has_turned():
    (item,) = told_of(KEY, compared(without_finding(NOW, verdict=Verdict.BETTER)))
    assert (item.kind, item.was, item.quadrant) == (NewsKind.TURNED, Quadrant.WEAKNESS, None)


def test_a_finding_in_another_quadrant_has_turned():
    turned = replace(SHOWN, id=f"S-{SHOWN.id[2:]}", quadrant=Quadrant.STRENGTH)
    now = replace(NOW, findings=tuple(turned if each is SHOWN else each for each in NOW.findings))
    (item,) = told_of(KEY, compared(now))
    assert (item.kind, item.was, item.quadrant) == (
        NewsKind.TURNED,
        Quadrant.WEAKNESS,
        Quadrant.STRENGTH,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"shown": False}, NewsReason.BEYOND),
        ({"shown": False, "doubted": True}, NewsReason.DOUBTED),
    ],
)
def test_a_finding_that_is_no_longer_shown_is_told_with_why(changes, reason):
    moved = replace(SHOWN, **changes)
    now = replace(NOW, findings=tuple(moved if each is SHOWN else each for each in NOW.findings))
    (item,) = told_of(KEY, compared(now))
    assert (item.kind, item.reason) == (NewsKind.GONE, reason)


def test_a_finding_that_has_risen_among_the_shown_is_new():
    below = replace(SHOWN, shown=False)
    before = replace(
        BEFORE, findings=tuple(below if each is SHOWN else each for each in BEFORE.findings)
    )
    (item,) = told_of(KEY, compared(before=before))
    assert (item.kind, item.reason) == (NewsKind.NEW, NewsReason.BEYOND)


def test_an_indicator_that_is_no_longer_followed_is_told_with_all_its_findings():
    items = compared(without_indicator(NOW, SCHOOL))
    lost = {each.evidence[0] for each in NOW.findings} & {
        each.id for each in NOW.all_evidence if each.indicator == SCHOOL
    }
    gone = {each.key: each.reason for each in items if each.kind is NewsKind.GONE}
    assert gone == dict.fromkeys([SCHOOL, *lost], NewsReason.NOT_FOLLOWED)


def test_an_outside_factor_that_is_taken_away_is_told():
    outlook = NOW.outlooks[0]
    lost = next(each for each in NOW.all_evidence if each.text == outlook.title)
    now = replace(
        NOW,
        all_evidence=tuple(each for each in NOW.all_evidence if each is not lost),
        findings=tuple(each for each in NOW.findings if each.evidence[0] != lost.id),
    )
    (item,) = told_of(lost.id, compared(now))
    assert (item.reason, item.name) == (NewsReason.LEFT_LIST, outlook.title)


def test_an_indicator_that_has_ended_is_told():
    items = told_of(SCHOOL, compared(with_result(NOW, SCHOOL, freshness=Freshness.ENDED)))
    assert NewsReason.ENDED in {each.reason for each in items}


def test_a_newer_value_is_told_with_its_period_alone():
    result = result_of(NOW, SCHOOL)
    later = Point("2026", 2026.0, result.latest.cell)
    now = with_result(NOW, SCHOOL, latest=later)
    (item,) = [each for each in told_of(SCHOOL, compared(now)) if each.kind is NewsKind.VALUES]
    assert (item.period_before, item.period, item.before, item.now) == ("2025", "2026", None, None)


def test_a_revised_value_is_told_as_it_was_and_is():
    result = result_of(NOW, SCHOOL)
    cell = result.series[0].points[-2].cell
    series = with_cell(result, -2, replace(cell, value=cell.value + 1.5))
    (item,) = told_of(SCHOOL, compared(with_result(NOW, SCHOOL, series=series)))
    assert (item.kind, item.period) == (NewsKind.REVISED, "2024")
    assert (item.before, item.now) == (cell.value, cell.value + 1.5)


def test_a_value_that_is_taken_away_is_counted():
    result = result_of(NOW, SCHOOL)
    first, *others = result.series
    fewer = (replace(first, points=first.points[2:]), *others)
    (item,) = told_of(SCHOOL, compared(with_result(NOW, SCHOOL, series=fewer)))
    assert (item.kind, item.reason, item.count) == (NewsKind.REVISED, NewsReason.REMOVED, 2)


def test_a_value_that_is_now_withheld_is_counted_and_never_repeated():
    result = result_of(NOW, SCHOOL)
    now = with_result(NOW, SCHOOL, series=with_cell(result, -2, SMALL))
    (item,) = told_of(SCHOOL, compared(now))
    assert (item.reason, item.count) == (NewsReason.WITHHELD, 1)
    assert (item.before, item.now, item.period) == (None, None, "")


def test_a_value_that_was_withheld_and_now_is_shown_is_no_revision():
    result = result_of(NOW, SCHOOL)
    before = with_result(BEFORE, SCHOOL, series=with_cell(result, -2, SMALL))
    (item,) = told_of(SCHOOL, compared(before=before))
    assert (item.kind, item.before, item.now) == (NewsKind.UNCHANGED, None, None)


def test_a_finding_whose_value_is_now_withheld_says_nothing_of_what_it_was():
    now = without_finding(NOW, cell=SMALL, verdict=Verdict.NOT_JUDGED)
    (item,) = told_of(KEY, compared(now))
    assert (item.reason, item.was, item.quadrant) == (NewsReason.WITHHELD, None, None)


def test_a_gap_is_withheld_when_one_of_the_sexes_is():
    gap = next(each for each in NOW.findings if NOW.evidence(each.evidence[0]).group == Group("K"))
    evidence = NOW.evidence(gap.evidence[0])
    result = result_of(NOW, evidence.indicator)
    hidden = tuple(
        replace(each, points=tuple(replace(point, cell=SMALL) for point in each.points))
        if each.group == Group("M")
        else each
        for each in result.series
    )
    now = replace(
        with_result(NOW, evidence.indicator, series=hidden),
        findings=tuple(each for each in NOW.findings if each is not gap),
        all_evidence=tuple(each for each in NOW.all_evidence if each is not evidence),
    )
    (item,) = told_of(evidence.id, compared(now))
    assert (item.reason, item.was) == (NewsReason.WITHHELD, None)


def test_a_survey_that_is_gone_is_told():
    key = NOW.surveys[0].key
    now = replace(NOW, surveys=NOW.surveys[1:])
    assert NewsReason.NOT_FOLLOWED in {each.reason for each in told_of(key, compared(now))}


def test_goals_and_measures_that_are_gone_or_new_are_told():
    items = compared(replace(NOW, goals=NOW.goals[1:]), replace(BEFORE, atgarder=()))
    told = {(each.kind, each.about, each.key) for each in items}
    assert (NewsKind.GONE, NewsAbout.GOAL, NOW.goals[0].id) in told
    assert (NewsKind.NEW, NewsAbout.ATGARD, NOW.atgarder[0].id) in told


def test_a_measure_with_another_status_is_told():
    first = NOW.atgarder[0]
    now = replace(NOW, atgarder=(replace(first, status=Status.DONE), *NOW.atgarder[1:]))
    (item,) = told_of(first.id, compared(now))
    assert (item.state_before, item.state) == (first.status, Status.DONE)


def test_an_indicator_that_is_judged_otherwise_is_told():
    other = next(each for each in NOW.indicators if each.verdict is Verdict.LEVEL)
    now = with_result(NOW, other.indicator.id, verdict=Verdict.UNDECIDED)
    items = told_of(other.indicator.id, compared(now))
    assert ("i nivå", "kan inte avgöras") in {(each.state_before, each.state) for each in items}


_VERDICTS = st.sampled_from(sorted(Verdict))
_FATES = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.booleans(), _VERDICTS),
    min_size=len(NOW.findings),
    max_size=len(NOW.findings),
)


def _changed(report: Report, fates: list[tuple[bool, bool, bool, Verdict]]) -> Report:
    """The report with each finding kept or not, shown or not, its evidence there or not."""
    fate = {each.id: told for each, told in zip(report.findings, fates, strict=True)}
    lost = {each.evidence[0] for each in report.findings if not any(fate[each.id][:2])}
    judged = {each.evidence[0]: fate[each.id][3] for each in report.findings}
    return replace(
        report,
        findings=tuple(
            replace(each, shown=fate[each.id][2]) for each in report.findings if fate[each.id][0]
        ),
        all_evidence=tuple(
            replace(each, verdict=judged.get(each.id, each.verdict))
            for each in report.all_evidence
            if each.id not in lost
        ),
    )


@settings(max_examples=40, deadline=None)
@given(_FATES, _FATES)
def test_every_finding_of_the_earlier_report_is_kept_or_told(then, now):
    before, after = _changed(BEFORE, then), _changed(NOW, now)
    told = {each.key for each in with_news(after, before).news}
    kept = {(each.id, each.shown) for each in after.findings}
    silent = [
        each
        for each in before.findings
        if (each.id, each.shown) not in kept and each.evidence[0] not in told
    ]
    assert silent == []


@settings(max_examples=40, deadline=None)
@given(_FATES, _FATES)
def test_every_finding_of_the_report_was_there_or_is_told(then, now):
    before, after = _changed(BEFORE, then), _changed(NOW, now)
    told = {each.key for each in with_news(after, before).news}
    known = {(each.id, each.shown) for each in before.findings}
    silent = [
        each
        for each in after.findings
        if (each.id, each.shown) not in known and each.evidence[0] not in told
    ]
    assert silent == []


_PLACES = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 8)), max_size=6)


def _hidden(report: Report, places: set[tuple[int, int]]) -> Report:
    result = result_of(report, SCHOOL)
    series = tuple(
        replace(
            each,
            points=tuple(
                replace(point, cell=SMALL) if (row, at) in places else point
                for at, point in enumerate(each.points)
            ),
        )
        for row, each in enumerate(result.series)
    )
    return with_result(report, SCHOOL, series=series)


def _doubled(report: Report) -> Report:
    """The report with every number of the indicator twice as large, so that all are revised."""
    series = tuple(
        replace(
            each, points=tuple(replace(point, cell=_twice(point.cell)) for point in each.points)
        )
        for each in result_of(report, SCHOOL).series
    )
    return with_result(report, SCHOOL, series=series)


def _twice(cell: Estimate) -> Estimate:
    return replace(cell, value=2 * cell.value)


@settings(max_examples=40, deadline=None)
@given(_PLACES, _PLACES)
def test_no_line_tells_a_number_that_either_report_withholds(then, now):
    before, after = _hidden(BEFORE, then), _hidden(_doubled(NOW), now)
    shown = {
        (series.group, point.period): (old.cell.value, point.cell.value)
        for series, earlier in zip(
            result_of(after, SCHOOL).series, result_of(before, SCHOOL).series, strict=True
        )
        for point, old in zip(series.points, earlier.points, strict=True)
        if isinstance(point.cell, Estimate) and isinstance(old.cell, Estimate)
    }
    told = [each for each in with_news(after, before).news if each.before or each.now]
    assert [
        each for each in told if shown[each.group, each.period] != (each.before, each.now)
    ] == []
