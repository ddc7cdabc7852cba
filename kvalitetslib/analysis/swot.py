"""From evidence to the nulägesanalys: findings chosen and ranked, best and worst alike.

A finding's score is

    near bound of the interval / relevant difference (at most 3) x sqrt(share of people) x weight

so that size and certainty are one number. Worked example: 6 points better than the peers
(weight 0.8), interval 4 to 8, relevant difference 5, everyone concerned: 4/5 x 1 x 0.8 = 0.64.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.rounding import rounded_interval
from kvalitetslib.analysis.rules import RULES, RULES_FOR, Rule
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.register import Goal
from kvalitetslib.report import (
    Evidence,
    Finding,
    Question,
    Verdict,
)

LONGEST_NEAR_BOUND = 3.0
OUTLOOK_SCORE = 0.5
UNBOUNDED = 0.5
"""In place of the near bound, where a signal has no interval."""
FEWEST_FOR_PACE = 5
"""Periods from which a trend has a pace that can be drawn out."""
YEARS_AHEAD = 3
"""How far a falling trend is drawn out to see if it crosses the goal."""


_EQUAL = "S3"
"""Equal for women and men is no strength where the level is a weakness."""
_FALLING, _CROSSING = "T1", "T2"
_OUTSIDE = {
    (Question.OUTLOOK, Quadrant.OPPORTUNITY): "O6",
    (Question.OUTLOOK, Quadrant.THREAT): "T6",
    (Question.DEMAND, Quadrant.THREAT): "T5",
    (Question.RESPONSE, Quadrant.THREAT): "T7",
}
_PRESENT = (Quadrant.STRENGTH, Quadrant.WEAKNESS)


@dataclass(frozen=True)
class _Candidate:
    rule: Rule
    claim: Claim
    evidence: Evidence
    score: float


@dataclass(frozen=True)
class Choice:
    """What a kommun has decided that findings are chosen by.

    ``goals`` are the nämnd's, to see if a falling trend would cross one; a quadrant shows
    ``per_quadrant`` findings, the rest stand in the appendix; ``doubted`` are the indicators,
    groups and periods whose value may be a fault in the data.
    """

    goals: Sequence[Goal]
    per_quadrant: int
    doubted: frozenset[tuple[str, Group, str]] = frozenset()


def findings_of(
    pairs: Sequence[tuple[Claim, Evidence]],
    outside: Sequence[tuple[Quadrant, Evidence]],
    choice: Choice,
) -> tuple[Finding, ...]:
    """All findings of one nämnd, best score first in each quadrant; ``shown`` marks the top ones.

    Parameters
    ----------
    pairs : every claim of the nämnd with its evidence.
    outside : what is not tested, and where it belongs: dated outside factors, the need of a
        growing population, a survey that fewer answer.
    """
    chosen = _one_per_group(_candidates(pairs), choice)
    findings = [_finding(each, choice) for each in chosen]
    findings += [_outside_finding(quadrant, evidence) for quadrant, evidence in outside]
    return _linked(_ranked(findings, choice.per_quadrant), {e.id: e for _, e in pairs})


def score_of(claim: Claim, verdict: Verdict) -> float:
    """Near bound of the interval over the relevant difference, times reach and weight.

    Where no difference is the finding, the near bound is what is left to the relevant difference.
    Bounds that are published rounded count as published, so that a score tells nothing more.
    """
    bounds = rounded_interval(claim.difference, (claim.low, claim.high), claim.step)[1:]
    ends = [each for each in bounds if not math.isnan(each)]
    if not ends:
        return float(UNBOUNDED * math.sqrt(claim.reach) * claim.weight)
    near = 0.0 if min(ends) < 0 < max(ends) else min(map(abs, ends))
    if verdict is Verdict.LEVEL:
        near = max(claim.delta - max(map(abs, ends)), 0.0)
    size = min(near / claim.delta, LONGEST_NEAR_BOUND)
    score = float(size * math.sqrt(claim.reach) * claim.weight)
    return round(score, 2) if claim.step else score


def _candidates(pairs: Sequence[tuple[Claim, Evidence]]) -> list[_Candidate]:
    worse = {
        each.indicator
        for _, each in pairs
        if (each.question, each.verdict, each.group.is_total)
        == (Question.LEVEL, Verdict.WORSE, True)
    }
    return [
        _Candidate(rule, claim, evidence, score_of(claim, evidence.verdict))
        for claim, evidence in pairs
        for rule in RULES_FOR.get((evidence.question, evidence.verdict), ())
        if rule.holds(evidence) and not (rule.id == _EQUAL and evidence.indicator in worse)
    ]


def _one_per_group(candidates: list[_Candidate], choice: Choice) -> list[_Candidate]:
    """At most one of styrka/svaghet and one of möjlighet/hot per indicator and group.

    What is left to win says nothing new about an indicator that already is a weakness or moves.
    """
    taken: dict[tuple[str, Group, bool], _Candidate] = {}
    order = {rule.id: place for place, rule in enumerate(RULES)}
    first = sorted(
        candidates, key=lambda each: (not _is_crossing(each, choice), order[each.rule.id])
    )
    for each in first:
        group = each.evidence.group
        present = each.rule.quadrant in _PRESENT
        key = (each.evidence.indicator, group, present)
        weak = (each.evidence.indicator, Group(), True)
        if each.rule.question is Question.POTENTIAL and weak in taken:
            continue
        taken.setdefault(key, each)
    return list(taken.values())


def _finding(candidate: _Candidate, choice: Choice) -> Finding:
    evidence = candidate.evidence
    rule = candidate.rule.id
    if _is_crossing(candidate, choice):
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
        doubted=is_doubted(evidence, choice),
    )


def is_doubted(evidence: Evidence, choice: Choice) -> bool:
    """Does the claim rest on a doubted latest value? A gap rests on both sexes.

    Doubted earlier values took no part in any test.
    """
    groups = {evidence.group}
    if evidence.question in (Question.GAP, Question.GAP_TREND) and evidence.group.gender != "T":
        groups |= {replace(evidence.group, gender=each) for each in ("K", "M")}
    return any(
        (indicator, period) == (evidence.indicator, evidence.period) and group in groups
        for indicator, group, period in choice.doubted
    )


def _is_crossing(candidate: _Candidate, choice: Choice) -> bool:
    return candidate.rule.id == _FALLING and _crosses_goal(candidate.claim, choice.goals)


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


def _outside_finding(quadrant: Quadrant, evidence: Evidence) -> Finding:
    rule = _OUTSIDE[evidence.question, quadrant]
    return Finding(
        id=f"{rule[0]}-{evidence.id[2:]}",
        quadrant=quadrant,
        rule=rule,
        evidence=(evidence.id,),
        kinds=(evidence.kind,),
        certainty=evidence.certainty,
        score=OUTLOOK_SCORE,
        shown=False,
    )


def _ranked(findings: list[Finding], per_quadrant: int) -> list[Finding]:
    ranked: list[Finding] = []
    for quadrant in Quadrant:
        here = sorted(
            (each for each in findings if each.quadrant is quadrant),
            key=lambda each: (each.doubted, -each.score, each.id),
        )
        ranked += [
            replace(each, shown=place < per_quadrant and not each.doubted)
            for place, each in enumerate(here)
        ]
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
