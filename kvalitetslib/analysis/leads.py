"""Leads: what may be worth a look beside a finding. A lead is a place to ask, never a cause.

Two kinds. Indicators that tend to go together with the finding's own among the municipalities, and
groups that differ within it. Worked example: among 285 municipalities those with a higher share of
certified teachers also have a higher share of qualified pupils, correlation 0.52. Both q (0.001)
and size (at least 0.4) let it pass, so it is a lead; a correlation of 0.3 is not, however sure.
"""

from collections.abc import Iterator, Sequence

from kvalitetslib.analysis.paired import Pair, pairs_of
from kvalitetslib.analysis.panel import Panel
from kvalitetslib.context import Lead, LeadKind
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Kommun, Namnd
from kvalitetslib.report import Evidence, Finding, Question, Verdict

MOST_INDICATORS = 3
MOST_GROUPS = 2
UNMEASURED = frozenset({Question.OUTLOOK, Question.DEMAND, Question.RESPONSE})
"""Questions whose answer is no value of the indicator."""
_DECIDED = (Verdict.BETTER, Verdict.WORSE)


def leads_of(
    findings: Sequence[Finding],
    evidence: Sequence[Evidence],
    *,
    kommun: Kommun,
    namnd: Namnd,
    panel: Panel,
) -> tuple[Lead, ...]:
    """At most three indicators and two groups for each shown finding, in the findings' order.

    Parameters
    ----------
    findings, evidence : those of the nämnd.
    panel : with the kommun's own withheld cells taken out.

    Notes
    -----
    Everything that was tried for the nämnd is one family (Benjamini & Hochberg 1995).
    """
    known = {each.id: each for each in evidence}
    shown = [
        (each, known[each.evidence[0]])
        for each in findings
        if each.shown and not each.doubted and each.evidence[0] in known
    ]
    paired = pairs_of([each.indicator for _, each in shown if _has_level(each)], kommun, panel)
    levels = {
        each.indicator: each.id
        for each in evidence
        if each.question is Question.LEVEL and each.group.is_total
    }
    gaps = _gaps_by_indicator(evidence)
    leads: list[Lead] = []
    for finding, claim in shown:
        if _has_level(claim):
            found = paired.get(claim.indicator, ())[:MOST_INDICATORS]
            leads += [_indicator_lead(finding, each, kommun, namnd, levels) for each in found]
        leads += _group_leads(finding, gaps.get(claim.indicator, ()), kommun)
    return tuple(leads)


def _has_level(claim: Evidence) -> bool:
    """Whether the claim is about the level or course of the whole, as the municipalities' are."""
    about_groups = (Question.GAP, Question.GAP_TREND)
    return (
        claim.group.is_total
        and claim.question not in UNMEASURED
        and claim.question not in about_groups
    )


def _indicator_lead(
    finding: Finding, pair: Pair, kommun: Kommun, namnd: Namnd, levels: dict[str, str]
) -> Lead:
    elsewhere = next(each.namn for each in kommun.namnder if pair.other in each.indicators)
    return Lead(
        finding=finding.id,
        kind=LeadKind.INDICATOR,
        indicator=pair.other,
        title=kommun.indicator(pair.other).title,
        group=Group(),
        strength=round(pair.rho, 2),
        n=pair.n,
        q=pair.q,
        evidence=levels.get(pair.other, "") if pair.other in namnd.indicators else "",
        period=pair.period,
        namnd="" if pair.other in namnd.indicators else elsewhere,
    )


def _gaps_by_indicator(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """Relevant gaps that are shown, by indicator, the largest first."""
    gaps: dict[str, list[Evidence]] = {}
    for each in evidence:
        is_shown = isinstance(each.cell, Estimate) and not each.group.is_total
        if each.question is Question.GAP and is_shown and _size(each) >= 1:
            gaps.setdefault(each.indicator, []).append(each)
    return {
        indicator: sorted(found, key=lambda each: (-_size(each), each.id))
        for indicator, found in gaps.items()
    }


def _group_leads(finding: Finding, gaps: Sequence[Evidence], kommun: Kommun) -> Iterator[Lead]:
    """Groups of the same indicator that differ; when none is decided, the one furthest away."""
    others = [each for each in gaps if each.id not in finding.evidence]
    decided = [each for each in others if each.verdict in _DECIDED]
    undecided = [each for each in others if each.verdict is Verdict.UNDECIDED]
    titles = {each.id: each.title for each in kommun.indicators}
    for each in decided[:MOST_GROUPS] or undecided[:1]:
        n = each.cell.n if isinstance(each.cell, Estimate) else None
        yield Lead(
            finding=finding.id,
            kind=LeadKind.GROUP,
            indicator=each.indicator,
            title=titles.get(each.indicator, ""),
            group=each.group,
            strength=None,
            n=int(n or 0),
            q=each.q,
            evidence=each.id,
            period=each.period,
        )


def _size(gap: Evidence) -> float:
    """The gap in relevant differences."""
    return abs(gap.difference or 0.0) / gap.delta if gap.delta else 0.0
