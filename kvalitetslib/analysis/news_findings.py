"""Findings of two reports held against each other: new, turned or gone, and why they are gone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kvalitetslib.analysis.news_values import is_withheld, survey_keys
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.model import Quadrant
from kvalitetslib.report import (
    Evidence,
    Finding,
    Freshness,
    IndicatorResult,
    Question,
    Report,
    Verdict,
    Withheld,
)

_PRESENT = (Quadrant.STRENGTH, Quadrant.WEAKNESS)
_OPPOSITES = ({Verdict.BETTER, Verdict.WORSE},)


def finding_news(report: Report, earlier: Report) -> list[NewsItem]:
    """Every finding that one of the reports has and the other has not, or has otherwise."""
    pair = _Pair(report, earlier)
    return [*pair.of_earlier(), *pair.of_new()]


@dataclass(frozen=True)
class _Pair:
    """Two reports of a nämnd, and their findings joined: by id, else by evidence."""

    report: Report
    earlier: Report

    @cached_property
    def now(self) -> dict[str, Evidence]:
        return {each.id: each for each in self.report.all_evidence}

    @cached_property
    def before(self) -> dict[str, Evidence]:
        return {each.id: each for each in self.earlier.all_evidence}

    @cached_property
    def results(self) -> dict[str, IndicatorResult]:
        return {each.indicator.id: each for each in self.report.indicators}

    @cached_property
    def joined(self) -> dict[str, Finding]:
        """The present finding of each earlier one that still is there, by the earlier one's id."""
        by_id = {each.id: each for each in self.report.findings}
        same = {each.id: by_id[each.id] for each in self.earlier.findings if each.id in by_id}
        free = {each.evidence[0]: each for each in self.report.findings if each.id not in same}
        turned = {
            each.id: free.pop(each.evidence[0])
            for each in self.earlier.findings
            if each.id not in same and each.evidence[0] in free
        }
        return same | turned

    def of_earlier(self) -> Iterator[NewsItem]:
        """What has become of each earlier finding; nothing when it stands as it was."""
        for each in self.earlier.findings:
            later = self.joined.get(each.id)
            item = self._gone(each) if later is None else self._moved(each, later)
            if item is not None:
                yield item

    def of_new(self) -> Iterator[NewsItem]:
        known = {each.id for each in self.joined.values()}
        for each in self.report.findings:
            if each.id not in known:
                item = self._item(NewsKind.NEW, self.now[each.evidence[0]], self.report)
                yield replace(
                    item,
                    quadrant=each.quadrant,
                    shown=each.shown,
                    reason=NewsReason.DOUBTED if each.doubted else NewsReason.NONE,
                )

    def _moved(self, earlier: Finding, later: Finding) -> NewsItem | None:
        """A finding that both reports have: in another quadrant, or told in another place."""
        item = self._item(NewsKind.TURNED, self.now[later.evidence[0]], self.report)
        item = replace(item, was=earlier.quadrant, quadrant=later.quadrant)
        item = replace(item, shown=earlier.shown or later.shown)
        if later.doubted and not earlier.doubted:
            return replace(item, kind=NewsKind.GONE, reason=NewsReason.DOUBTED)
        if earlier.quadrant is not later.quadrant:
            return item
        if earlier.doubted and not later.doubted:
            return replace(item, kind=NewsKind.NEW, reason=NewsReason.DOUBTED)
        if earlier.shown is later.shown:
            return None
        kind = NewsKind.NEW if later.shown else NewsKind.GONE
        return replace(item, kind=kind, reason=NewsReason.BEYOND)

    def _gone(self, earlier: Finding) -> NewsItem:
        told = self.before[earlier.evidence[0]]
        now = self.now.get(told.id)
        reason = self._why(told, now)
        item = replace(
            self._item(NewsKind.GONE, told, self.earlier),
            evidence=told.id if now is not None else "",
            reason=reason,
            shown=earlier.shown or earlier.doubted,
        )
        if reason is NewsReason.WITHHELD or (now is None and not told.group.is_total):
            # What cannot be seen any more is not told again, not even on which side it lay.
            return item
        item = replace(item, was=earlier.quadrant)
        if now is not None and {told.verdict, now.verdict} in _OPPOSITES:
            return replace(item, kind=NewsKind.TURNED, reason=NewsReason.NONE)
        return item

    def _why(self, told: Evidence, now: Evidence | None) -> NewsReason:
        result = self.results.get(told.indicator)
        cells_gone = result is not None and is_withheld(result, told)
        if cells_gone or (now is not None and isinstance(now.cell, Withheld)):
            return NewsReason.WITHHELD
        if now is None and told.question is Question.OUTLOOK:
            return NewsReason.LEFT_LIST
        if told.indicator and result is None and not self._is_asked(told):
            return NewsReason.NOT_FOLLOWED
        if result is not None and result.freshness is Freshness.ENDED:
            return NewsReason.ENDED
        if now is None:
            return NewsReason.OTHER if self._has_other(told) else NewsReason.NOT_TESTED
        return {
            Verdict.UNDECIDED: NewsReason.UNDECIDED,
            Verdict.NOT_JUDGED: NewsReason.NOT_TESTED,
            Verdict.LEVEL: NewsReason.LEVEL,
        }.get(now.verdict, NewsReason.OTHER)

    def _is_asked(self, told: Evidence) -> bool:
        return told.indicator.partition(":")[0] in survey_keys(self.report)

    def _has_other(self, told: Evidence) -> bool:
        """Whether another finding speaks of the same indicator and group."""
        return any(
            (claim.indicator, claim.group, claim.question)
            == (told.indicator, told.group, told.question)
            for each in self.report.findings
            for claim in (self.now[each.evidence[0]],)
        )

    def _item(self, kind: NewsKind, evidence: Evidence, report: Report) -> NewsItem:
        return NewsItem(
            kind,
            NewsAbout.FINDING,
            key=evidence.id,
            name=_name(evidence, report),
            indicator=evidence.indicator,
            group=evidence.group,
            evidence=evidence.id,
            period=evidence.period,
        )


def _name(evidence: Evidence, report: Report) -> str:
    """The indicator's or question's title; an outside factor's own words."""
    titles = {each.indicator.id: each.indicator.title for each in report.indicators}
    for survey in report.surveys:
        titles |= {item.indicator.id: item.indicator.title for item in survey.items}
        titles.setdefault(survey.key, survey.name)
    return titles.get(evidence.indicator) or evidence.text or evidence.indicator
