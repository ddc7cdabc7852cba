"""Makers of the parts of a made-up report: cells, points, indicators, evidence and findings."""

import hashlib
from dataclasses import replace

from kvalitetslib.model import (
    Direction,
    Group,
    Indicator,
    Perspective,
    Quadrant,
    ReferenceKind,
)
from kvalitetslib.period import parse_period
from kvalitetslib.report import (
    Cell,
    Certainty,
    Estimate,
    Evidence,
    EvidenceKind,
    Finding,
    Point,
    Question,
    Reference,
    Verdict,
    Withheld,
    WithheldReason,
)

SMALL = Withheld(WithheldReason.SMALL_GROUP)


def known(
    value: float, low: float | None = None, high: float | None = None, n: float | None = None
) -> Estimate:
    return Estimate(value, low, high, n, n, "publicerat värde", "A")


def points(periods: list[str], values: list[float | None]) -> tuple[Point, ...]:
    cells: list[Cell] = [SMALL if each is None else known(each) for each in values]
    return tuple(
        Point(period, parse_period(period).at, cell)
        for period, cell in zip(periods, cells, strict=True)
    )


def indicator(id: str, title: str, subject: str, **words: object) -> Indicator:
    base = Indicator(
        id=id,
        title=title,
        subject=subject,
        unit="procent",
        direction=Direction.HIGH,
        decimals=1,
        delta=5.0,
        perspective=Perspective.RESULT,
        source="Kolada",
        area="barn-och-utbildning",
        by_gender=True,
        concerns_children=True,
    )
    return replace(base, **words)


def evidence(indicator: str, question: Question, verdict: Verdict, **words: object) -> Evidence:
    group = words.get("group", Group())
    kind = {
        Question.TREND: EvidenceKind.DIRECTION,
        Question.GAP_TREND: EvidenceKind.DIRECTION,
        Question.MOVE: EvidenceKind.DIRECTION,
        Question.CHANGE: EvidenceKind.OWN,
        Question.HOLD: EvidenceKind.OWN,
        Question.EFFECT: EvidenceKind.OWN,
        Question.RESPONSE: EvidenceKind.OWN,
        Question.DEMAND: EvidenceKind.OUTLOOK,
        Question.OUTLOOK: EvidenceKind.OUTLOOK,
    }.get(question, EvidenceKind.COMPARISON)
    code = hashlib.sha256(f"{indicator}{question}{group}".encode()).hexdigest()[:8]
    base = Evidence(
        id=f"B-{code}",
        namnd="barn-och-utbildning",
        indicator=indicator,
        group=Group(),
        question=question,
        kind=kind,
        period="2025",
        cell=known(68.2),
        reference=None,
        difference=-9.2,
        low=-12.1,
        high=-6.3,
        delta=5.0,
        p=0.0004,
        q=0.003,
        family_size=24,
        n_periods=9,
        first_period="2017",
        method="t-prov mot variationen mellan år",
        verdict=verdict,
        certainty=Certainty.UNDECIDED
        if verdict in (Verdict.UNDECIDED, Verdict.NOT_JUDGED)
        else Certainty.SECURED,
        rule="",
        source="Kolada",
        source_rows=f"{indicator}, T, 2017–2025",
        code_version="0.1.0",
        state=code[:4],
        checksum="3f9c" * 16,
    )
    return replace(base, **words)


def peers_of(value: float) -> Reference:
    return Reference(ReferenceKind.PEERS, "liknande kommuner", value, 7)


def finding(
    quadrant: Quadrant, rule: str, each: Evidence, score: float, **words: object
) -> Finding:
    base = Finding(
        id=f"{rule[0]}-{each.id[2:]}",
        quadrant=quadrant,
        rule=rule,
        evidence=(each.id,),
        kinds=(each.kind,),
        certainty=each.certainty,
        score=score,
        shown=True,
    )
    return replace(base, **words)
