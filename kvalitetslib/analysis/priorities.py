"""Faults and åtgärder in order: reach x severity x certainty x cost, each between 0 and 1.

- reach: the share of the people concerned; women or men are half.
- severity: the near bound of the interval in relevant differences, at most three, over three. What
  is not proved to be bad has the least severity, so that the other parts still tell.
- certainty: 1 when säkerställd, 0.7 when trolig, else 0.4.
- cost: 1 / (1 + log10(1 + kronor / 10 000)); an unknown cost counts as 0.5, as 90 000 kronor.

Worked example: a säkerställd weakness (1), near bound 6.3 with a relevant difference of 5
(1.26 / 3 = 0.42), of everybody (1), with an åtgärd of 90 000 kronor (0.5) scores 0.21.
"""

import math
from collections.abc import Iterator

from kvalitetslib.analysis.lessons import faults, open_cases
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Atgard, Status
from kvalitetslib.report import Certainty, Evidence, Question, Report, Verdict
from kvalitetslib.wheel import Priority

CERTAINTIES = {Certainty.SECURED: 1.0, Certainty.LIKELY: 0.7}
UNCERTAIN = 0.4
LARGEST = 3.0
"""Relevant differences that count at most, as when findings are ranked (`swot.score_of`)."""
LEAST_SEVERITY = 0.1
UNKNOWN_COST = 0.5
CHEAP = 10_000.0
"""Kronor: ten times as much, and the cost has fallen to about a half."""
UNKNOWN_REACH = 0.25
BY_SEX = 0.5
GOING = (Status.PLANNED, Status.RUNNING)


def priorities(report: Report) -> tuple[Priority, ...]:
    """Open weaknesses and cases, with or without åtgärd, and what is under way; heaviest first."""
    weak = list(_of_weaknesses(report))
    named = {each.atgard for each in weak if each.atgard}
    told = {each.evidence for each in weak}
    others = [*_of_cases(report, told), *_of_atgarder(report, named)]
    ordered = sorted([*weak, *others], key=lambda each: (-each.score, each.about))
    return tuple(ordered)


def cost_factor(kronor: float | None) -> float:
    """1 for nothing, falling with the logarithm of the kronor; 0.5 when they are unknown."""
    return UNKNOWN_COST if kronor is None else 1 / (1 + math.log10(1 + kronor / CHEAP))


def severity(evidence: Evidence) -> float:
    """How bad it surely is, 0.1 to 1."""
    if evidence.verdict is not Verdict.WORSE or evidence.delta <= 0:
        return LEAST_SEVERITY
    ends = [each for each in (evidence.low, evidence.high) if each is not None]
    if not ends:
        return LEAST_SEVERITY
    near = 0.0 if min(ends) < 0 < max(ends) else min(map(abs, ends))
    return max(min(near / evidence.delta, LARGEST) / LARGEST, LEAST_SEVERITY)


def serving(report: Report, indicator: str, group: Group) -> Atgard | None:
    """The åtgärd under way or planned for the indicator and group, the one that began first."""
    fitting = [
        each
        for each in report.atgarder
        if indicator
        and each.status in GOING
        and each.indicator == indicator
        and (each.group.is_total or each.group == group)
    ]
    fitting.sort(key=lambda each: (each.start is None, each.start, each.id))
    return next(iter(fitting), None)


def _of_weaknesses(report: Report) -> Iterator[Priority]:
    evidence = {each.id: each for each in report.all_evidence}
    for finding, indicator in faults(report):
        if finding.quadrant is Quadrant.WEAKNESS:
            found = evidence[finding.evidence[0]]
            atgard = serving(report, indicator, found.group)
            yield _priority(report, finding.id, title_of(report, indicator), found, atgard)


def _of_cases(report: Report, told: set[str]) -> Iterator[Priority]:
    """Open cases that no weakness tells of: a category, a promise, or a fault not tested now."""
    evidence = {each.id: each for each in report.all_evidence}
    by_id = {each.id: each for each in report.atgarder}
    for case in open_cases(report):
        found = evidence.get(case.evidence)
        going = [by_id[id] for id in case.atgarder if id in by_id and by_id[id].status in GOING]
        atgard = next(iter(going), None)
        if case.evidence and case.evidence in told:
            continue
        yield _priority(report, case.key.about, case.name, found, atgard)


def _of_atgarder(report: Report, named: set[str]) -> Iterator[Priority]:
    for atgard in report.atgarder:
        if atgard.status in GOING and atgard.id not in named:
            found = next(
                (
                    each
                    for each in report.all_evidence
                    if (each.indicator, each.group) == (atgard.indicator, atgard.group)
                    and each.question in (Question.LEVEL, Question.GAP)
                    and atgard.indicator
                ),
                None,
            )
            yield _priority(report, atgard.id, atgard.title, found, atgard)


def _priority(
    report: Report, about: str, name: str, evidence: Evidence | None, atgard: Atgard | None
) -> Priority:
    parts = (
        UNKNOWN_REACH if evidence is None else reach(report, evidence),
        LEAST_SEVERITY if evidence is None else severity(evidence),
        UNCERTAIN if evidence is None else CERTAINTIES.get(evidence.certainty, UNCERTAIN),
        cost_factor(None if atgard is None else atgard.cost),
    )
    return Priority(
        about=about,
        name=name,
        atgard=atgard.id if atgard is not None else "",
        reach=parts[0],
        severity=parts[1],
        certainty=parts[2],
        cost=parts[3],
        score=round(math.prod(parts), 6),
        evidence=evidence.id if evidence is not None else "",
    )


def reach(report: Report, evidence: Evidence) -> float:
    """The share of the people that the evidence concerns."""
    if evidence.group.is_total:
        return 1.0
    if evidence.group == Group(evidence.group.gender):
        return BY_SEX
    whole = _people(report, evidence.indicator)
    n = evidence.cell.n if isinstance(evidence.cell, Estimate) else None
    return UNKNOWN_REACH if not whole or not n else min(n / whole, 1.0)


def title_of(report: Report, indicator: str) -> str:
    """The title of an indicator or survey question; its id when it is no longer followed."""
    known = {each.indicator.id: each.indicator.title for each in report.indicators}
    known |= {
        item.indicator.id: item.indicator.title
        for survey in report.surveys
        for item in survey.items
    }
    return known.get(indicator, indicator)


def _people(report: Report, indicator: str) -> float | None:
    """How many stand behind the indicator's latest value for all."""
    for result in report.indicators:
        if result.indicator.id == indicator and result.latest is not None:
            cell = result.latest.cell
            return cell.n if isinstance(cell, Estimate) else None
    for survey in report.surveys:
        for item in survey.items:
            if item.indicator.id == indicator and isinstance(item.total, Estimate):
                return item.total.n
    return None
