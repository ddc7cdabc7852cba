"""A small made-up report that holds every kind of thing once, for the tests of the batch."""

from datetime import date

from kvalitetslib import model
from kvalitetslib import report as reports
from kvalitetslib.model import Group
from kvalitetslib.register import Atgard, Goal, GoalKind, Outlook, Status
from kvalitetslib.report import Estimate, Point, Series, Withheld, WithheldReason

INDICATOR = model.Indicator(
    id="X1",
    title="Nöjda elever",
    subject="Andelen nöjda elever",
    unit="procent",
    direction=model.Direction.INTERVAL,
    decimals=1,
    delta=2.0,
    perspective=model.Perspective.USER,
    source="Kolada",
    area="prov",
    interval=(40.0, 60.0),
    breaks=(model.Break("2020", "ny mätning"),),
)
GOAL = Goal(
    "M1",
    "provnamnden",
    GoalKind.KKF,
    "Fler nöjda",
    "X1",
    target=75.0,
    due=date(2027, 1, 1),
)


def report(value: float = 71.3) -> reports.Report:
    """A report of one nämnd with one indicator, whose latest value is ``value``."""
    return reports.Report(
        kommun="prov",
        kommun_namn="Provkommun",
        kommun_kod="0099",
        synthetic=True,
        namnd="provnamnden",
        namnd_namn="Provnämnden",
        meeting=date(2026, 11, 12),
        quarter="2026K3",
        data_through=date(2026, 9, 30),
        policy=model.Policy(5, 0.05, 5, 4),
        indicators=(_result(value),),
        all_evidence=(_evidence(value),),
        findings=(_finding(),),
        families=(reports.FamilyCount(reports.Question.LEVEL, 1, 1),),
        goals=(GOAL,),
        atgarder=(
            Atgard("A1", "provnamnden", "Fler lärare", Status.RUNNING, start=date(2026, 1, 1)),
        ),
        outlooks=(
            Outlook(
                "O1", "provnamnden", model.Quadrant.THREAT, "Färre barn", "SCB", date(2026, 5, 1)
            ),
        ),
        sources=(model.Source("prov-kolada", "2026-10-05", "ab12", synthetic=True),),
        revisions=(reports.Revision("X1", "2024", "T", 70.0, None),),
        hidden=(reports.Hidden("X1", WithheldReason.SMALL_GROUP, 1),),
        areas=(model.Area("centrum", "Centrum"),),
        code_version="0.1.0",
        checksum="cd34",
    )


def _result(value: float) -> reports.IndicatorResult:
    latest = Point("2025", 2025.0, Estimate(value, None, 80.0, 120.0, None, "published", ""))
    hidden = Point("2024", 2024.0, Withheld(WithheldReason.SMALL_GROUP))
    return reports.IndicatorResult(
        indicator=INDICATOR,
        latest=latest,
        freshness=reports.Freshness.NEW,
        next_publication="2027-02-01",
        series=(Series(Group(), (latest, hidden)),),
        breakdown=(Series(Group(gender="K", area="centrum"), (hidden,)),),
        reference_series=(("liknande kommuner", (latest,)),),
        peers=reports.Peers("2025", (60.0, 71.3), (_reference(),), 1, 2, "liknande kommuner"),
        goal=GOAL,
        verdict=reports.Verdict.BETTER,
        certainty=reports.Certainty.SECURED,
        evidence=("b1",),
        source="Kolada",
    )


def _reference() -> reports.Reference:
    return reports.Reference(model.ReferenceKind.PEERS, "liknande kommuner", 65.0, 7)


def _evidence(value: float) -> reports.Evidence:
    return reports.Evidence(
        id="b1",
        namnd="provnamnden",
        indicator="X1",
        group=Group(),
        question=reports.Question.LEVEL,
        kind=reports.EvidenceKind.COMPARISON,
        period="2025",
        cell=Estimate(value, None, None, None, None, "published", ""),
        reference=_reference(),
        difference=6.3,
        low=1.0,
        high=None,
        delta=2.0,
        p=0.01,
        q=0.02,
        family_size=1,
        n_periods=5,
        first_period="2021",
        method="noise",
        verdict=reports.Verdict.BETTER,
        certainty=reports.Certainty.SECURED,
        rule="S1",
        source="Kolada",
        source_rows="prov-kolada",
        code_version="0.1.0",
    )


def _finding() -> reports.Finding:
    return reports.Finding(
        id="f1",
        quadrant=model.Quadrant.STRENGTH,
        rule="S1",
        evidence=("b1",),
        kinds=(reports.EvidenceKind.COMPARISON,),
        certainty=reports.Certainty.SECURED,
        score=2.5,
        shown=True,
    )
