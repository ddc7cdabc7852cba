"""What has happened to the faults since the earlier report: back, gone, secured or no longer known.

A new fault is told by its finding; only one that has none is told here. How an åtgärd goes is told
by the åtgärd.
"""

from collections.abc import Iterator

from kvalitetslib.case import Case, CaseEvent, CaseStep
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.report import Report

_KINDS = {
    CaseEvent.OPENED: NewsKind.NEW,
    CaseEvent.REOPENED: NewsKind.TURNED,
    CaseEvent.CLOSED: NewsKind.TURNED,
    CaseEvent.SECURED: NewsKind.TURNED,
    CaseEvent.LEFT: NewsKind.GONE,
}


def case_news(report: Report, earlier: Report) -> Iterator[NewsItem]:
    """One line at most a case: the last thing that has happened to it."""
    told = {each.evidence[0] for each in report.findings if each.evidence}
    before = {each.key: len(each.steps) for each in earlier.cases}
    for case in report.cases:
        new = case.steps[before.get(case.key, 0) :]
        turns = [each for each in new if each.event in _KINDS]
        if not turns:
            continue
        is_told = turns[-1].event is CaseEvent.OPENED and case.evidence in told
        if not is_told:
            yield _item(case, turns[-1])


def _item(case: Case, step: CaseStep) -> NewsItem:
    is_left = step.event is CaseEvent.LEFT
    return NewsItem(
        _KINDS[step.event],
        NewsAbout.CASE,
        key=case.key.about,
        name=case.name,
        indicator=case.key.about,
        group=case.key.group,
        reason=NewsReason.NOT_FOLLOWED if is_left else NewsReason.NONE,
        state=step.event.value,
        count=step.days or 0,
    )
