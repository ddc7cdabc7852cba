"""Faults and leaps of the example report: one of each kind and each stage."""

from dataclasses import replace
from datetime import date

from kvalitetslib.case import Case, CaseEvent, CaseStep, FaultKey, Sign, Stage
from kvalitetslib.model import Group
from kvalitetslib.period import parse_period
from kvalitetslib.register import Outcome
from kvalitetslib.report import Report
from kvalitetslib.wheel import Leap

_ALL = Group()
_TURN = tuple[str, CaseEvent, Stage]


def case(
    about: str, name: str, *turns: _TURN, group: Group = _ALL, days: int | None = None
) -> Case:
    """A case with the steps that it has taken; ``days`` are those of its last return."""
    steps = [
        CaseStep(
            quarter,
            event,
            stage,
            parse_period(quarter).end,
            days=days if event is CaseEvent.REOPENED else None,
        )
        for quarter, event, stage in turns
    ]
    return Case(
        key=FaultKey(about, group),
        name=name,
        stage=steps[-1].stage,
        steps=tuple(steps),
        occurrences=1 + sum(each.event is CaseEvent.REOPENED for each in steps),
        watched=0,
        atgarder=(),
        standardised=(),
        period=turns[-1][0],
        sign=Sign.PRESENT,
    )


def with_cases(report: Report) -> Report:
    """The report with its faults on the wheel, its leaps and a way of working that is standard."""
    opened, closed = CaseEvent.OPENED, CaseEvent.CLOSED
    back = case(
        "X-SVARSTID",
        "Svarstid på synpunkter",
        ("2025K1", opened, Stage.UNMET),
        ("2025K4", closed, Stage.WATCHED),
        ("2026K2", CaseEvent.REOPENED, Stage.RUNNING),
        days=181,
    )
    back = replace(back, atgarder=("Å-07",))
    returned = replace(back.steps[-1], p=0.003)
    watched = case(
        "N15613",
        "Trygga elever",
        ("2025K2", opened, Stage.RUNNING),
        ("2026K1", closed, Stage.WATCHED),
    )
    secured = case(
        "L1",
        report.promises[0].text if report.promises else "Löftet",
        ("2024K4", opened, Stage.PLANNED),
        ("2025K2", closed, Stage.WATCHED),
        ("2026K2", CaseEvent.SECURED, Stage.SECURED),
    )
    category = report.feedback.categories[0].category if report.feedback else "Skolmat"
    return replace(
        report,
        cases=(
            replace(back, steps=(*back.steps[:-1], returned)),
            replace(watched, watched=2, atgarder=("Å-02",)),
            replace(secured, watched=4, atgarder=("Å-02",), standardised=("Å-02",)),
            case(category, category, ("2026K3", opened, Stage.UNMET)),
            case("N15428", "Behöriga", ("2026K1", opened, Stage.DONE), group=Group("K")),
            case("N11800", "Barn i förskola", ("2026K1", opened, Stage.PLANNED)),
            case(
                "X-BORTA",
                "Elever per dator",
                ("2025K1", opened, Stage.REFUSED),
                ("2026K1", CaseEvent.LEFT, Stage.LEFT),
            ),
        ),
        missing_quarters=("2026K1",),
        leaps=(
            Leap("X-SVARSTID", "2026M02", 14.2, 9.1, 5.1, 0.0004, "Ny svarsrutin", "Å-07"),
            Leap("X-SVARSTID", "2025M06", 9.5, 14.2, -4.7, 0.012, ""),
        ),
        atgarder=tuple(
            replace(
                each,
                practice="Två vuxna ute på varje rast",
                outcome=Outcome.STANDARDISE,
                outcome_on=date(2026, 1, 15),
            )
            if each.id == "Å-02"
            else each
            for each in report.atgarder
        ),
    )
