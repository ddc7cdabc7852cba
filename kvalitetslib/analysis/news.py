"""What is new since the earlier report, decided by ids that are the same in every quarter.

Nothing vanishes without a line: what the earlier report told is told again, or told to be gone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from kvalitetslib.analysis.news_cases import case_news
from kvalitetslib.analysis.news_findings import finding_news
from kvalitetslib.analysis.news_values import value_news
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.register import Atgard
from kvalitetslib.report import Freshness, IndicatorResult, Report
from kvalitetslib.survey_result import PublishedSurvey, SurveyResult

_TOLD_OF_FINDINGS = (NewsKind.NEW, NewsKind.TURNED, NewsKind.GONE)
_KINDS = {kind: place for place, kind in enumerate(NewsKind)}
_ABOUTS = {about: place for place, about in enumerate(NewsAbout)}


class _Registered(Protocol):
    """A row of a register that has an id and a title."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


_Row = TypeVar("_Row", bound=_Registered)


def with_news(report: Report, earlier: Report | None) -> Report:
    """The report with what has happened since the earlier one of the same nämnd.

    Parameters
    ----------
    earlier : the report of an earlier quarter; None when there is none.

    Raises
    ------
    ValueError : if the earlier report is of another nämnd or of no earlier quarter.
    """
    if earlier is None:
        return replace(report, news=(), earlier="")
    if (report.kommun, report.namnd) != (earlier.kommun, earlier.namnd):
        raise ValueError(f"{earlier.kommun}/{earlier.namnd} is not {report.kommun}/{report.namnd}")
    if earlier.quarter >= report.quarter:
        raise ValueError(f"{earlier.quarter} is not before {report.quarter}")
    found = finding_news(report, earlier)
    items = [
        *found,
        *_indicator_news(report, earlier, found),
        *_survey_news(report, earlier),
        *_register_news(_by_id(report.goals), _by_id(earlier.goals), NewsAbout.GOAL),
        *_register_news(_by_id(report.atgarder), _by_id(earlier.atgarder), NewsAbout.ATGARD),
        *_status_news(_by_id(report.atgarder), _by_id(earlier.atgarder)),
        *case_news(report, earlier),
    ]
    order = sorted(items, key=lambda each: (_KINDS[each.kind], _ABOUTS[each.about]))
    return replace(report, news=tuple(order), earlier=earlier.quarter)


def _indicator_news(report: Report, earlier: Report, found: list[NewsItem]) -> Iterator[NewsItem]:
    told = {
        each.indicator
        for each in found
        if each.kind in _TOLD_OF_FINDINGS and each.group.is_total and each.shown
    }
    now = {each.indicator.id: each for each in report.indicators}
    before = {each.indicator.id: each for each in earlier.indicators}
    for id, result in before.items():
        if id not in now:
            yield _of_indicator(NewsKind.GONE, result, reason=NewsReason.NOT_FOLLOWED)
            continue
        yield from value_news(now[id], result)
        if id not in told:
            yield from _verdict_news(now[id], result)
    for id, result in now.items():
        if id not in before:
            yield _of_indicator(NewsKind.NEW, result)


def _verdict_news(now: IndicatorResult, before: IndicatorResult) -> Iterator[NewsItem]:
    """An indicator that is judged otherwise. An ended one is told of as ended alone."""
    is_known = now.latest is not None and before.latest is not None
    is_ended = now.freshness is Freshness.ENDED
    if not is_known or is_ended or now.verdict is before.verdict:
        return
    item = _of_indicator(NewsKind.TURNED, now)
    yield replace(
        item,
        state_before=before.verdict.value,
        state=now.verdict.value,
    )


def _of_indicator(
    kind: NewsKind, result: IndicatorResult, reason: NewsReason = NewsReason.NONE
) -> NewsItem:
    indicator = result.indicator
    return NewsItem(
        kind,
        NewsAbout.INDICATOR,
        key=indicator.id,
        name=indicator.title,
        indicator=indicator.id,
        reason=reason,
        period=result.latest.period if result.latest is not None else "",
    )


def _survey_news(report: Report, earlier: Report) -> Iterator[NewsItem]:
    now, before = _surveys(report), _surveys(earlier)
    for key, survey in before.items():
        about = NewsItem(NewsKind.GONE, NewsAbout.SURVEY, key, survey.name)
        told = replace(about, period_before=survey.period)
        if key not in now:
            yield replace(told, reason=NewsReason.NOT_FOLLOWED)
        elif now[key].period != survey.period:
            yield replace(told, kind=NewsKind.VALUES, period=now[key].period)
        else:
            yield replace(told, kind=NewsKind.UNCHANGED, period=survey.period)
    for key, survey in now.items():
        if key not in before:
            item = NewsItem(NewsKind.NEW, NewsAbout.SURVEY, key, survey.name)
            yield replace(item, period=survey.period)


def _surveys(report: Report) -> dict[str, SurveyResult | PublishedSurvey]:
    found: list[SurveyResult | PublishedSurvey] = [*report.surveys, *report.published]
    return {each.key: each for each in found}


def _by_id(rows: tuple[_Row, ...]) -> dict[str, _Row]:
    return {each.id: each for each in rows}


def _register_news(
    now: Mapping[str, _Registered], before: Mapping[str, _Registered], about: NewsAbout
) -> Iterator[NewsItem]:
    for id, row in before.items():
        if id not in now:
            item = NewsItem(NewsKind.GONE, about, id, row.title)
            yield replace(item, reason=NewsReason.LEFT_LIST)
    for id, row in now.items():
        if id not in before:
            yield NewsItem(NewsKind.NEW, about, id, row.title)


def _status_news(now: Mapping[str, Atgard], before: Mapping[str, Atgard]) -> Iterator[NewsItem]:
    for id, row in before.items():
        if id in now and now[id].status != row.status:
            item = NewsItem(NewsKind.TURNED, NewsAbout.ATGARD, id, now[id].title)
            yield replace(item, state_before=row.status, state=now[id].status)
