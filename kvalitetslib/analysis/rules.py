"""Which evidence makes a finding, and in which quadrant: small rules with fixed names.

Styrka and svaghet speak of the present, möjlighet and hot of direction or the outside world. Each
rule that speaks well has a twin that speaks ill, so that best and worst are found alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kvalitetslib.model import Quadrant
from kvalitetslib.report import Evidence, Question, Verdict


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


def _is_signal(evidence: Evidence) -> bool:
    return bool(evidence.text)


def _peers_differ(evidence: Evidence) -> bool:
    """No gap here is a strength only where the peers have one."""
    return evidence.beside is not None and abs(evidence.beside.value) >= evidence.delta


RULES = (
    Rule("S5", Quadrant.STRENGTH, Question.ASSURANCE, Verdict.BETTER),
    Rule("W7", Quadrant.WEAKNESS, Question.ASSURANCE, Verdict.WORSE),
    Rule("S1", Quadrant.STRENGTH, Question.LEVEL, Verdict.BETTER),
    Rule("W1", Quadrant.WEAKNESS, Question.LEVEL, Verdict.WORSE),
    Rule("W2", Quadrant.WEAKNESS, Question.GAP, Verdict.WORSE, _by_sex),
    Rule("W3", Quadrant.WEAKNESS, Question.GAP, Verdict.WORSE, _by_part),
    Rule("S2", Quadrant.STRENGTH, Question.CHANGE, Verdict.BETTER, _is_signal),
    Rule("W4", Quadrant.WEAKNESS, Question.CHANGE, Verdict.WORSE, _is_signal),
    Rule("S4", Quadrant.STRENGTH, Question.DRIVER, Verdict.BETTER),
    Rule("W5", Quadrant.WEAKNESS, Question.DRIVER, Verdict.WORSE),
    Rule("S3", Quadrant.STRENGTH, Question.GAP, Verdict.LEVEL, _peers_differ),
    Rule("O7", Quadrant.OPPORTUNITY, Question.MOVE, Verdict.BETTER),
    Rule("T8", Quadrant.THREAT, Question.MOVE, Verdict.WORSE),
    Rule("O9", Quadrant.OPPORTUNITY, Question.HOLD, Verdict.BETTER),
    Rule("T10", Quadrant.THREAT, Question.HOLD, Verdict.WORSE),
    Rule("O1", Quadrant.OPPORTUNITY, Question.TREND, Verdict.BETTER),
    Rule("T1", Quadrant.THREAT, Question.TREND, Verdict.WORSE),
    Rule("O5", Quadrant.OPPORTUNITY, Question.EFFECT, Verdict.BETTER),
    Rule("T9", Quadrant.THREAT, Question.EFFECT, Verdict.WORSE),
    Rule("O8", Quadrant.OPPORTUNITY, Question.PEER_TREND, Verdict.BETTER),
    Rule("T4", Quadrant.THREAT, Question.PEER_TREND, Verdict.WORSE),
    Rule("O2", Quadrant.OPPORTUNITY, Question.GAP_TREND, Verdict.BETTER),
    Rule("T3", Quadrant.THREAT, Question.GAP_TREND, Verdict.WORSE),
    Rule("O3", Quadrant.OPPORTUNITY, Question.GAP, Verdict.BETTER, _by_area),
    Rule("O4", Quadrant.OPPORTUNITY, Question.POTENTIAL, Verdict.BETTER),
)
"""In order of precedence: per indicator and group the first question decides in each half, be its
answer good or bad."""

RULES_FOR = {
    (rule.question, rule.verdict): tuple(
        each for each in RULES if (each.question, each.verdict) == (rule.question, rule.verdict)
    )
    for rule in RULES
}
