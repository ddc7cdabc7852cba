"""From evidence to the nulägesanalys: small rules with fixed names, chosen and ranked the same way.

Styrka and svaghet speak of the present, möjlighet and hot of direction or the outside world. The
same rules find best and worst. A finding's score is

    near bound of the interval / relevant difference (at most 3) x sqrt(share of people) x weight

so that size and certainty are one number. Worked example: 6 points better than the peers
(weight 0.8), interval 4 to 8, relevant difference 5, everyone concerned: 4/5 x 1 x 0.8 = 0.64.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Goal, Group, Outlook, Quadrant
from kvalitetslib.report import (
    Certainty,
    Evidence,
    EvidenceKind,
    Finding,
    Question,
    Verdict,
)

LONGEST_NEAR_BOUND = 3.0
OUTLOOK_SCORE = 0.5
FEWEST_FOR_PACE = 5
"""Periods from which a trend has a pace that can be drawn out."""
YEARS_AHEAD = 3
"""How far a falling trend is drawn out to see if it crosses the goal."""


@dataclass(frozen=True)
class Rule:
    """Fires a finding in ``quadrant`` for evidence that answers ``question`` with ``verdict``."""

    id: str
    quadrant: Quadrant
    question: Question
    verdict: Verdict
    holds: Callable[[Evidence], bool] = lambda evidence: True


def _by_sex(evidence: Evidence) -> bool:
    return evidence.group.gender != "T"


def _by_area(evidence: Evidence) -> bool:
    return bool(evidence.group.area)


def _by_part(evidence: Evidence) -> bool:
    return bool(evidence.group.age or evidence.group.area or evidence.group.other)


RULES = (
    Rule("S1", Quadrant.STRENGTH, Question.LEVEL, Verdict.BETTER),
    Rule("S2", Quadrant.STRENGTH, Question.CHANGE, Verdict.BETTER, lambda each: bool(each.text)),
    Rule("W1", Quadrant.WEAKNESS, Question.LEVEL, Verdict.WORSE),
    Rule("W2", Quadrant.WEAKNESS, Question.GAP, Verdict.WORSE, _by_sex),
    Rule("W3", Quadrant.WEAKNESS, Question.GAP, Verdict.WORSE, _by_part),
    Rule("W4", Quadrant.WEAKNESS, Question.CHANGE, Verdict.WORSE, lambda each: bool(each.text)),
    Rule("S4", Quadrant.STRENGTH, Question.DRIVER, Verdict.BETTER),
    Rule("W5", Quadrant.WEAKNESS, Question.DRIVER, Verdict.WORSE),
    Rule("O1", Quadrant.OPPORTUNITY, Question.TREND, Verdict.BETTER),
    Rule("O2", Quadrant.OPPORTUNITY, Question.GAP_TREND, Verdict.BETTER),
    Rule("O3", Quadrant.OPPORTUNITY, Question.GAP, Verdict.BETTER, _by_area),
    Rule("O4", Quadrant.OPPORTUNITY, Question.POTENTIAL, Verdict.BETTER),
    Rule("T1", Quadrant.THREAT, Question.TREND, Verdict.WORSE),
    Rule("T3", Quadrant.THREAT, Question.GAP_TREND, Verdict.WORSE),
)
"""In order of precedence: per indicator and group the first rule decides in each half."""

_CROSSING = "T2"
_OUTLOOK = {Quadrant.OPPORTUNITY: "O6", Quadrant.THREAT: "T6"}
_PRESENT = (Quadrant.STRENGTH, Quadrant.WEAKNESS)


@dataclass(frozen=True)
class _Candidate:
    rule: Rule
    claim: Claim
    evidence: Evidence
    score: float


def findings_of(
    pairs: Sequence[tuple[Claim, Evidence]],
    outlooks: Sequence[tuple[Outlook, Evidence]],
    *,
    goals: Sequence[Goal],
    per_quadrant: int,
) -> tuple[Finding, ...]:
    """All findings of one nämnd, best score first in each quadrant; ``shown`` marks the top ones.

    Parameters
    ----------
    pairs : every claim of the nämnd with its evidence.
    outlooks : dated outside factors with theirs.
    goals : the nämnd's goals, to see if a falling trend would cross one.
    per_quadrant : how many findings a quadrant shows; the rest stand in the appendix.
    """
    chosen = _one_per_group(_candidates(pairs))
    findings = [_finding(each, goals) for each in chosen]
    findings += [_outlook_finding(outlook, evidence) for outlook, evidence in outlooks]
    return _linked(_ranked(findings, per_quadrant), {e.id: e for _, e in pairs})


def score_of(claim: Claim) -> float:
    """Near bound of the interval over the relevant difference, times reach and weight."""
    bounds = [abs(each) for each in (claim.low, claim.high) if not math.isnan(each)]
    near = min(bounds) if bounds else abs(claim.difference) / 2
    size = min(near / claim.delta, LONGEST_NEAR_BOUND)
    return float(size * math.sqrt(claim.reach) * claim.weight)


def _candidates(pairs: Sequence[tuple[Claim, Evidence]]) -> list[_Candidate]:
    return [
        _Candidate(rule, claim, evidence, score_of(claim))
        for claim, evidence in pairs
        for rule in RULES
        if (rule.question, rule.verdict) == (evidence.question, evidence.verdict)
        and rule.holds(evidence)
    ]


def _one_per_group(candidates: list[_Candidate]) -> list[_Candidate]:
    """At most one of styrka/svaghet and one of möjlighet/hot per indicator and group.

    What is left to win says nothing new about an indicator that already is a weakness or moves.
    """
    taken: dict[tuple[str, Group, bool], _Candidate] = {}
    order = {rule.id: place for place, rule in enumerate(RULES)}
    for each in sorted(candidates, key=lambda each: order[each.rule.id]):
        group = each.evidence.group
        present = each.rule.quadrant in _PRESENT
        key = (each.evidence.indicator, group, present)
        weak = (each.evidence.indicator, Group(), True)
        if each.rule.question is Question.POTENTIAL and weak in taken:
            continue
        taken.setdefault(key, each)
    return list(taken.values())


def _finding(candidate: _Candidate, goals: Sequence[Goal]) -> Finding:
    evidence = candidate.evidence
    rule = candidate.rule.id
    if rule == "T1" and _crosses_goal(candidate.claim, goals):
        rule = _CROSSING
    return Finding(
        id=f"{rule[0]}-{evidence.id[2:]}",
        quadrant=candidate.rule.quadrant,
        rule=rule,
        evidence=(evidence.id,),
        kinds=(evidence.kind,),
        certainty=evidence.certainty,
        score=round(candidate.score, 6),
        shown=False,
    )


def _crosses_goal(claim: Claim, goals: Sequence[Goal]) -> bool:
    """Is the value good enough now, but not in three years at the present pace?"""
    if claim.n_periods < FEWEST_FOR_PACE or not isinstance(claim.cell, Estimate):
        return False
    value = claim.cell.value
    for goal in goals:
        if (goal.indicator, goal.group) == (
            claim.indicator.id,
            claim.group,
        ) and goal.target is not None:
            ahead = claim.polarity * (value - goal.target)
            return ahead >= 0 > ahead + YEARS_AHEAD * claim.difference
    return False


def _outlook_finding(outlook: Outlook, evidence: Evidence) -> Finding:
    rule = _OUTLOOK[outlook.quadrant]
    return Finding(
        id=f"{rule[0]}-{evidence.id[2:]}",
        quadrant=outlook.quadrant,
        rule=rule,
        evidence=(evidence.id,),
        kinds=(EvidenceKind.OUTLOOK,),
        certainty=Certainty.OUTLOOK,
        score=OUTLOOK_SCORE,
        shown=False,
    )


def _ranked(findings: list[Finding], per_quadrant: int) -> list[Finding]:
    ranked: list[Finding] = []
    for quadrant in Quadrant:
        here = sorted(
            (each for each in findings if each.quadrant is quadrant),
            key=lambda each: (-each.score, each.id),
        )
        ranked += [replace(each, shown=place < per_quadrant) for place, each in enumerate(here)]
    return ranked


def _linked(findings: list[Finding], evidence: dict[str, Evidence]) -> tuple[Finding, ...]:
    """Join what is strong or weak now with where the same indicator is heading."""
    whole = {
        (evidence[each.evidence[0]].indicator, each.quadrant in _PRESENT): each.id
        for each in reversed(findings)
        if each.evidence[0] in evidence and evidence[each.evidence[0]].group.is_total
    }
    linked = []
    for each in findings:
        known = evidence.get(each.evidence[0])
        other = (
            whole.get((known.indicator, each.quadrant not in _PRESENT), "")
            if known is not None and known.group.is_total
            else ""
        )
        linked.append(replace(each, linked=other))
    return tuple(linked)


def rule_of(findings: Sequence[Finding]) -> dict[str, str]:
    """Which rule each piece of evidence fired."""
    return {id: each.rule for each in findings for id in each.evidence}
