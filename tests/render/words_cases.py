"""Evidence of every question with every verdict, sure and likely, for what is said of them."""

from dataclasses import replace
from itertools import product

from example_evidence import evidence, known
from example_report import example_report, of_survey

from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.report import Certainty, Evidence, Question, Reference, Verdict

REFERENCES = {
    Question.LEVEL: (ReferenceKind.GOAL, "målet"),
    Question.POTENTIAL: (ReferenceKind.BEST, "liknande kommuner"),
    Question.GAP: (ReferenceKind.GROUP, "män"),
    Question.GAP_TREND: (ReferenceKind.GROUP, "män"),
    Question.CHANGE: (ReferenceKind.EARLIER, "medelvärdet"),
    Question.HOLD: (ReferenceKind.EARLIER, "de tre åren före"),
    Question.MOVE: (ReferenceKind.GOAL, "målet"),
    Question.ASSURANCE: (ReferenceKind.GOAL, "målet"),
    Question.PEER_TREND: (ReferenceKind.PEERS, "liknande kommuner"),
    Question.EFFECT: (ReferenceKind.EARLIER, "om det hade fortsatt som före åtgärden"),
    Question.RESPONSE: (ReferenceKind.EARLIER, "mätningen 2024"),
}
TEXTS = {
    Question.EFFECT: "Å-07",
    Question.CHANGE: "sju i rad på samma sida-",
    Question.OUTLOOK: "Antalet sexåringar minskar",
    Question.DEMAND: "Antalet barn minskar",
}
SIGN = {Verdict.BETTER: 1.0, Verdict.WORSE: -1.0}
BY_SEX = (Question.GAP, Question.GAP_TREND)


def _case(question: Question, verdict: Verdict, certainty: Certainty) -> Evidence:
    kind, label = REFERENCES.get(question, (ReferenceKind.NONE, ""))
    sign = SIGN.get(verdict, 0.0)
    return evidence(
        "medborgar:svarsfrekvens" if question is Question.RESPONSE else "N15428",
        question,
        verdict,
        group=Group("K") if question in BY_SEX else Group(),
        cell=known(68.0 + 5 * sign),
        difference=5.0 * sign,
        reference=Reference(kind, label, 68.0) if label else None,
        text=TEXTS.get(question, ""),
        certainty=certainty,
    )


def _cases() -> tuple[Evidence, ...]:
    sure = [_case(q, v, Certainty.SECURED) for q, v in product(Question, Verdict)]
    likely = [_case(q, v, Certainty.LIKELY) for q, v in product(Question, SIGN)]
    likely = [each for each in likely if each.question is not Question.OUTLOOK]
    asked = [
        replace(of_survey("f01", q, v), reference=Reference(ReferenceKind.EARLIER, "2024", 67.0))
        for q, v in product((Question.TREND, Question.GAP_TREND, Question.DRIVER), Verdict)
    ]
    return (*sure, *likely, *asked, *example_report().all_evidence)


EVERY = _cases()
