"""The example's goals held and missed, peers, åtgärder, needs, answers, doubts and judgements."""

from datetime import date

from example_evidence import evidence, finding, known, peers_of

from kvalitetslib.context import (
    DemandSignal,
    Doubt,
    DoubtKind,
    Judgement,
    JudgementDecision,
    JudgementState,
)
from kvalitetslib.model import Group, Quadrant, ReferenceKind
from kvalitetslib.report import (
    Certainty,
    Evidence,
    FamilyCount,
    Finding,
    Question,
    Reference,
    Verdict,
)

FAMILIES = (
    FamilyCount(Question.HOLD, 2, 1),
    FamilyCount(Question.MOVE, 1, 1),
    FamilyCount(Question.PEER_TREND, 4, 1),
    FamilyCount(Question.EFFECT, 1, 1),
)
DOUBTS = (
    Doubt(DoubtKind.JUMP, "N11039", Group(), "2025", 5.2, 2.1, 4.4),
    Doubt(DoubtKind.FROZEN, "N15006", Group(), "2025", 104974.0, None, None),
)


def directions() -> tuple[tuple[Evidence, Finding | None], ...]:
    """Each further kind of evidence, with the finding that it makes, if any."""
    return (*_goals(), *_others(), _doubted())


def _goals() -> tuple[tuple[Evidence, Finding | None], ...]:
    left = evidence(
        "X-TRYGG",
        Question.HOLD,
        Verdict.WORSE,
        period="2026K3",
        cell=known(61.4, 58.6, 64.2, 1159),
        reference=Reference(ReferenceKind.EARLIER, "de tre perioderna före", 68.0),
        difference=-6.6,
        low=-10.9,
        high=-2.3,
    )
    held = evidence(
        "X-SVARSTID",
        Question.HOLD,
        Verdict.LEVEL,
        period="2026M09",
        cell=known(8.9),
        reference=Reference(ReferenceKind.EARLIER, "de tre perioderna före", 8.9),
        difference=0.0,
        low=-0.6,
        high=0.6,
        delta=1.0,
    )
    slow = evidence(
        "N15428",
        Question.MOVE,
        Verdict.WORSE,
        reference=Reference(ReferenceKind.GOAL, "målet", 80.0),
        difference=-7.6,
        low=-9.8,
        high=-5.4,
        delta=1.0,
        beside=Reference(ReferenceKind.EARLIER, "takten hittills", -1.7),
    )
    always = evidence(
        "X-SVARSTID",
        Question.ASSURANCE,
        Verdict.BETTER,
        period="2026M09",
        cell=known(8.9),
        reference=Reference(ReferenceKind.GOAL, "målet", 10.0),
        p=None,
        q=None,
        low=None,
        high=None,
        difference=1.1,
        certainty=Certainty.LIKELY,
        method="kontrolldiagram",
    )
    return (
        (left, finding(Quadrant.THREAT, "T10", left, 0.46)),
        (held, None),
        (slow, finding(Quadrant.THREAT, "T8", slow, 0.7)),
        (always, finding(Quadrant.STRENGTH, "S5", always, 0.8)),
    )


def _others() -> tuple[tuple[Evidence, Finding | None], ...]:
    peers = evidence(
        "N15613",
        Question.PEER_TREND,
        Verdict.WORSE,
        cell=known(86.3),
        reference=Reference(ReferenceKind.PEERS, "liknande kommuner", 2.9, 7),
        difference=-1.7,
        low=-2.6,
        high=-0.8,
        delta=1.0,
    )
    effect = evidence(
        "X-SVARSTID",
        Question.EFFECT,
        Verdict.BETTER,
        period="2026M09",
        cell=known(9.2),
        reference=Reference(ReferenceKind.EARLIER, "om det hade fortsatt som före åtgärden", 14.6),
        difference=5.4,
        low=3.9,
        high=6.9,
        text="Å-07",
        certainty=Certainty.LIKELY,
    )
    answers = evidence(
        "medborgar:svarsfrekvens",
        Question.RESPONSE,
        Verdict.WORSE,
        period="2026",
        first_period="2024",
        cell=known(38.0),
        reference=Reference(ReferenceKind.EARLIER, "mätningen 2024", 52.0),
        difference=-14.0,
        low=None,
        high=None,
        p=None,
        q=None,
        n_periods=2,
    )
    return (
        (peers, finding(Quadrant.THREAT, "T4", peers, 0.3)),
        (effect, finding(Quadrant.OPPORTUNITY, "O5", effect, 0.6)),
        (answers, finding(Quadrant.THREAT, "T7", answers, 0.1)),
        (_need(), finding(Quadrant.THREAT, "T5", _need(), 0.2)),
    )


def _need() -> Evidence:
    return evidence(
        "",
        Question.DEMAND,
        Verdict.WORSE,
        cell=known(5210.0),
        difference=None,
        low=None,
        high=None,
        p=None,
        q=None,
        n_periods=0,
        certainty=Certainty.OUTLOOK,
        source="SCB, befolkningsframskrivning",
        method="jämförelse av framskrivningar",
    )


def _doubted() -> tuple[Evidence, Finding]:
    strange = evidence(
        "N11039",
        Question.TREND,
        Verdict.WORSE,
        cell=known(5.2),
        difference=-0.4,
        low=-0.6,
        high=-0.2,
        delta=0.1,
        first_period="2023",
    )
    found = finding(Quadrant.THREAT, "T1", strange, 1.1, shown=False, doubted=True)
    return strange, found


DEMAND = (
    DemandSignal(
        ages="0–5 år",
        year=2025,
        persons=5210.0,
        ahead_year=2030,
        ahead_persons=5835.0,
        change=0.12,
        country_change=0.04,
        history=((2024, 5150.0), (2025, 5210.0)),
        forecast=((2026, 5330.0), (2030, 5835.0)),
        evidence=_need().id,
        source="SCB, befolkningsframskrivning",
    ),
)


def _judged(
    each: str, decision: JudgementDecision, state: JudgementState, reason: str
) -> Judgement:
    return Judgement(
        each, "Utredare", date(2026, 10, 12), decision, reason, "Se dagordningen", state
    )


_SCHOOL = evidence("N15428", Question.LEVEL, Verdict.WORSE, reference=peers_of(77.4)).id
_FALLING = evidence("N15428", Question.TREND, Verdict.WORSE).id
_SIGNAL = evidence("X-SVARSTID", Question.LEVEL, Verdict.BETTER).id
JUDGEMENTS = (
    _judged(_SCHOOL, JudgementDecision.CONFIRM, JudgementState.CURRENT, "Rektorerna ser detsamma"),
    _judged(_FALLING, JudgementDecision.ADJUST, JudgementState.CHANGED, "Ny läroplan 2021"),
    _judged(_SIGNAL, JudgementDecision.REJECT, JudgementState.UNKNOWN, "Mätningen lades om"),
    _judged("B-00000000", JudgementDecision.CONFIRM, JudgementState.GONE, "Gällde en äldre fråga"),
)
