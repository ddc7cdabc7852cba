"""Where a goal's value stands against its target, and whether that is enough to call it reached.

A goal is reached when its value surely is past the target, or is level with it (the whole interval
within a relevant difference) and not below. It is missed when the value surely is below.
"""

import math
from dataclasses import dataclass

from kvalitetslib.model import Direction, Group, ReferenceKind
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.report import Estimate, Evidence, Question, Report, Verdict
from kvalitetslib.wheel import Attainment

SIGNS = {Direction.HIGH: 1.0, Direction.LOW: -1.0}
_HELD = {
    Verdict.BETTER: Attainment.REACHED,
    Verdict.LEVEL: Attainment.REACHED,
    Verdict.WORSE: Attainment.MISSED,
    Verdict.NOT_JUDGED: Attainment.NOT_TRIED,
}


@dataclass(frozen=True)
class Standing:
    """A value with its 95 % interval, in its own unit. ``sign`` is 1 when high is good."""

    value: float
    low: float | None
    high: float | None
    sign: float

    def ahead(self, target: float) -> tuple[float, float | None, float | None]:
        """How far past the target the value and its bounds are; negative when it is not there."""
        value = self.sign * (self.value - target)
        if self.low is None or self.high is None:
            return value, None, None
        ends = sorted((self.sign * (self.low - target), self.sign * (self.high - target)))
        return value, ends[0], ends[1]


def goal_evidence(report: Report, goal: Goal) -> Evidence | None:
    """What the goal is judged by: its level, else the movement towards it, else the change."""
    about = _about(report, goal.indicator, goal.group)
    if goal.target is None:
        is_kkf = goal.kind is GoalKind.KKF
        return next((each for each in about if is_kkf and each.question is Question.HOLD), None)
    against = [each for each in about if _is_of_goal(each)]
    own = [each for each in against if _is_of(each, goal.target)]
    order = (
        *(each for each in own if each.question is Question.LEVEL),
        *(each for each in own if each.question is Question.MOVE),
        *(each for each in against if each.question is Question.LEVEL),
        *(each for each in about if each.question is Question.CHANGE and each.low is not None),
    )
    return next(iter(order), None)


def standing_of(report: Report, evidence: Evidence) -> Standing | None:
    """The value behind the evidence with its interval; None when it is hidden or has no side."""
    sign = _sign(report, evidence)
    if sign is None or not isinstance(evidence.cell, Estimate):
        return None
    value, held = evidence.cell.value, evidence.reference
    if evidence.question is Question.LEVEL and held is not None:
        if evidence.low is None or evidence.high is None:
            return Standing(value, None, None, sign)
        ends = sorted(held.value + sign * each for each in (evidence.low, evidence.high))
        return Standing(value, ends[0], ends[1], sign)
    half = _half_width(report, evidence)
    if half is None:
        return Standing(value, None, None, sign)
    return Standing(value, value - half, value + half, sign)


def attainment_of(
    standing: Standing, evidence: Evidence, target: float, *, fdr: float
) -> Attainment:
    """Reached, missed, or neither can be told.

    ``fdr`` is the level that a corrected test must reach. A target that was not itself tested is
    held against the interval of the value.
    """
    ahead, low, high = standing.ahead(target)
    if evidence.question is Question.LEVEL and _is_of(evidence, target):
        is_sure = evidence.q is not None and evidence.q <= fdr and ahead != 0
        if evidence.verdict in (Verdict.BETTER, Verdict.WORSE) or is_sure:
            return Attainment.REACHED if ahead > 0 else Attainment.MISSED
        is_level = evidence.verdict is Verdict.LEVEL and ahead >= 0
        return Attainment.REACHED if is_level else Attainment.UNDECIDED
    if low is None or high is None:
        return Attainment.UNDECIDED
    if low >= 0:
        return Attainment.REACHED
    return Attainment.MISSED if high < 0 else Attainment.UNDECIDED


def held_level(evidence: Evidence) -> Attainment:
    """Without a target a kritisk kvalitetsfaktor is to hold the level of the years before."""
    return _HELD.get(evidence.verdict, Attainment.UNDECIDED)


def _about(report: Report, indicator: str, group: Group) -> list[Evidence]:
    return [
        each
        for each in report.all_evidence
        if indicator and (each.indicator, each.group) == (indicator, group)
    ]


def _is_of_goal(evidence: Evidence) -> bool:
    return evidence.reference is not None and evidence.reference.kind is ReferenceKind.GOAL


def _is_of(evidence: Evidence, target: float) -> bool:
    held = evidence.reference
    return held is not None and _is_of_goal(evidence) and math.isclose(held.value, target)


def _sign(report: Report, evidence: Evidence) -> float | None:
    """Which way is good; of an interval the way the test was turned. None when neither is."""
    if evidence.verdict is Verdict.NOT_JUDGED:
        return None
    known = [each.indicator for each in report.indicators]
    known += [item.indicator for survey in report.surveys for item in survey.items]
    indicator = next((each for each in known if each.id == evidence.indicator), None)
    if indicator is not None and indicator.direction in SIGNS:
        return SIGNS[indicator.direction]
    held = evidence.reference
    if held is None or evidence.difference is None or not isinstance(evidence.cell, Estimate):
        return None
    plain = evidence.cell.value - held.value
    return 1.0 if plain * evidence.difference >= 0 else -1.0


def _half_width(report: Report, evidence: Evidence) -> float | None:
    """Half the interval of one value, from the change between two.

    The difference of two independent values has the square root of two times the noise of one.
    """
    about = _about(report, evidence.indicator, evidence.group)
    change = next(
        (each for each in about if each.question is Question.CHANGE and each.low is not None), None
    )
    if change is None or change.low is None or change.high is None:
        return None
    return (change.high - change.low) / 2 / math.sqrt(2)
