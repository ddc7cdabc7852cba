"""Whether each fault is seen this quarter: what the figures say of every indicator and group.

A fault is a weakness finding, a category of synpunkter that grows, or a promise that is broken.
"""

from collections.abc import Collection, Iterator, Sequence

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.rules import RULES
from kvalitetslib.case import FaultKey, FaultSign, Sign
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Quadrant
from kvalitetslib.report import Evidence, Finding, Question, Report, Verdict
from kvalitetslib.service import CategoryCount, Kept, PromiseResult, Trendword

WEAK_QUESTIONS = frozenset(rule.question for rule in RULES if rule.quadrant is Quadrant.WEAKNESS)
_FIRST = (
    Question.LEVEL,
    Question.ASSURANCE,
    Question.GAP,
    Question.DRIVER,
    Question.CHANGE,
)
"""Whose word it is that nothing is wrong, the first one asked."""
_GONE = (Verdict.BETTER, Verdict.LEVEL)
_TRENDS = {
    Trendword.GROWS: Sign.PRESENT,
    Trendword.SHRINKS: Sign.ABSENT,
    Trendword.SAME: Sign.ABSENT,
    Trendword.UNDECIDED: Sign.UNKNOWN,
}
_KEPT = {
    Kept.BROKEN: Sign.PRESENT,
    Kept.KEPT: Sign.ABSENT,
    Kept.UNDECIDED: Sign.UNKNOWN,
    Kept.UNKNOWN: Sign.UNKNOWN,
}


def fault_signs(
    pairs: Sequence[tuple[Claim, Evidence]],
    findings: Sequence[Finding],
    doubted: Collection[str] = (),
) -> tuple[FaultSign, ...]:
    """A sign for every indicator and group that is asked how it stands, in the order asked.

    Parameters
    ----------
    pairs : every claim of a nämnd with its evidence.
    findings : the nämnd's, also those that are not shown.
    doubted : ids of evidence on values that may be faults in the data; it tells nothing.
    """
    weak = {
        each.evidence[0]
        for each in findings
        if each.quadrant is Quadrant.WEAKNESS and not each.doubted
    }
    asked: dict[FaultKey, list[tuple[Claim, Evidence]]] = {}
    for claim, evidence in pairs:
        if evidence.question in WEAK_QUESTIONS and evidence.indicator:
            key = FaultKey(evidence.indicator, evidence.group)
            asked.setdefault(key, []).append((claim, evidence))
    return tuple(_sign(key, rows, weak, doubted) for key, rows in asked.items())


def service_signs(report: Report) -> Iterator[FaultSign]:
    """Signs of the categories of synpunkter and of the promises."""
    for category in report.feedback.categories if report.feedback is not None else ():
        yield _category_sign(category)
    for promise in report.promises:
        if promise.periods:
            yield _promise_sign(promise)


def _sign(
    key: FaultKey,
    rows: list[tuple[Claim, Evidence]],
    weak: Collection[str],
    doubted: Collection[str],
) -> FaultSign:
    """Present when a weakness rests on it; absent when the first question asked says so."""
    rows = sorted(rows, key=lambda row: _FIRST.index(row[1].question))
    told = [evidence for _, evidence in rows if evidence.id not in doubted]
    found = next((each for each in told if each.id in weak), None)
    decided = found or (told[0] if told else rows[0][1])
    sign = Sign.UNKNOWN
    if found is not None:
        sign = Sign.PRESENT
    elif told and told[0].verdict in _GONE:
        sign = Sign.ABSENT
    return FaultSign(
        key=key,
        name=rows[0][0].indicator.title,
        sign=sign,
        is_fault=found is not None,
        period=decided.period,
        value=decided.cell.value if isinstance(decided.cell, Estimate) else None,
        evidence=decided.id,
    )


def _category_sign(category: CategoryCount) -> FaultSign:
    sign = _TRENDS[category.trend]
    return FaultSign(
        key=FaultKey(category.category),
        name=category.category,
        sign=sign,
        is_fault=sign is Sign.PRESENT,
        period=category.counts[-1][0] if category.counts else "",
        value=category.now.value if isinstance(category.now, Estimate) else None,
        evidence=category.evidence,
    )


def _promise_sign(promise: PromiseResult) -> FaultSign:
    latest = promise.periods[-1]
    sign = _KEPT[latest.kept]
    return FaultSign(
        key=FaultKey(promise.id),
        name=promise.text,
        sign=sign,
        is_fault=sign is Sign.PRESENT,
        period=latest.period,
        value=latest.share.value if isinstance(latest.share, Estimate) else None,
        evidence=promise.evidence,
    )
