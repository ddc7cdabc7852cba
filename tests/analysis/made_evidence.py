"""Made-up evidence and findings, for what is drawn from them."""

from dataclasses import replace

from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.report import Certainty, Evidence, EvidenceKind, Finding, Question, Verdict


def evidence(
    id: str, question: Question = Question.LEVEL, verdict: Verdict = Verdict.WORSE, **more: object
) -> Evidence:
    given: dict[str, object] = {
        "id": f"B-{id}",
        "namnd": "namnden",
        "indicator": "A",
        "group": Group(),
        "question": question,
        "kind": EvidenceKind.COMPARISON,
        "period": "2025",
        "cell": Estimate(50.0, 45.0, 55.0, 200.0, 200.0, "prov", "A"),
        "reference": None,
        "difference": -10.0,
        "low": -15.0,
        "high": -5.0,
        "delta": 5.0,
        "p": 0.001,
        "q": 0.01,
        "family_size": 10,
        "n_periods": 3,
        "first_period": "2023",
        "method": "prov",
        "verdict": verdict,
        "certainty": Certainty.SECURED,
        "rule": "",
        "source": "prov",
        "source_rows": "",
        "code_version": "0",
    }
    return Evidence(**{**given, **more})  # type: ignore[arg-type]


def finding(each: Evidence, **more: object) -> Finding:
    made = Finding(
        id=f"W-{each.id[2:]}",
        quadrant=Quadrant.WEAKNESS,
        rule="W1",
        evidence=(each.id,),
        kinds=(each.kind,),
        certainty=each.certainty,
        score=1.0,
        shown=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]
