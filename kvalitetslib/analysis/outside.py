"""What stands beside the tests of a nämnd: outside factors, the people's need, response rates."""

from typing import TYPE_CHECKING

from kvalitetslib.analysis.demand import demand_evidence
from kvalitetslib.analysis.evidence import evidence_id, state_mark
from kvalitetslib.analysis.response import response_evidence
from kvalitetslib.analysis.survey_question import owns
from kvalitetslib.model import Group, Namnd, Quadrant
from kvalitetslib.register import Outlook
from kvalitetslib.report import (
    Certainty,
    Evidence,
    EvidenceKind,
    Question,
    Verdict,
    Withheld,
    WithheldReason,
)
from kvalitetslib.version import __version__

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment


def outside_evidence(
    assessment: "Assessment", namnd: Namnd
) -> list[tuple[Evidence, Quadrant | None]]:
    """Outside factors, the need of the population and response rates: counted, never tested."""
    outlooks = [each for each in assessment.inputs.outlooks if each.namnd == namnd.nyckel]
    answers = (
        response_evidence(each, namnd)
        for each in assessment.surveyed
        if any(owns(namnd, item.item, each.waves.now.codebook.key) for item in each.items)
    )
    counted = [
        *demand_evidence(assessment.demand[namnd.nyckel], namnd),
        *(each for each in answers if each is not None),
    ]
    return [
        *((_outlook_evidence(each), each.quadrant) for each in outlooks),
        *((each, Quadrant.THREAT if each.verdict is Verdict.WORSE else None) for each in counted),
    ]


def _outlook_evidence(outlook: Outlook) -> Evidence:
    return Evidence(
        id=evidence_id(outlook.namnd, outlook.id, Group(), Question.OUTLOOK, ""),
        namnd=outlook.namnd,
        indicator=outlook.indicator,
        group=Group(),
        question=Question.OUTLOOK,
        kind=EvidenceKind.OUTLOOK,
        period=outlook.dated.isoformat(),
        cell=Withheld(WithheldReason.NOT_PUBLISHED),
        reference=None,
        difference=None,
        low=None,
        high=None,
        delta=0.0,
        p=None,
        q=None,
        family_size=0,
        n_periods=0,
        first_period="",
        method="uppgift från källan",
        verdict=Verdict.NOT_JUDGED,
        certainty=Certainty.OUTLOOK,
        rule="",
        source=outlook.source,
        source_rows=f"omvarld.csv, {outlook.id}",
        code_version=__version__,
        text=outlook.title,
        state=state_mark(outlook.dated.isoformat(), outlook.title, outlook.source),
    )
