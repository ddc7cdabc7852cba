"""Small made-up reports for the tests of goals, lessons, priorities and the next plan."""

from dataclasses import replace
from datetime import date

from example_evidence import evidence, indicator, known, points
from made_report import report

from kvalitetslib.model import Direction, Group, Indicator, ReferenceKind
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.report import (
    Certainty,
    Evidence,
    Freshness,
    IndicatorResult,
    Point,
    Question,
    Reference,
    Report,
    Series,
    Verdict,
)

NAMND = "provnamnden"
SAFE = indicator("X-TRYGG", "Trygga", "Andelen trygga", delta=5.0)
WAIT = indicator(
    "X-VANTA", "Väntetid", "Väntetiden", unit="dagar", direction=Direction.LOW, delta=1.0
)


def result(each: Indicator, *points: Point) -> IndicatorResult:
    """The values of an indicator for all."""
    return IndicatorResult(
        indicator=each,
        latest=points[-1] if points else None,
        freshness=Freshness.NEW,
        next_publication="",
        series=(Series(Group(), points),),
        breakdown=(),
        reference_series=(),
        peers=None,
        goal=None,
        verdict=Verdict.UNDECIDED,
        certainty=Certainty.UNDECIDED,
        evidence=(),
        source="Kolada",
    )


def years(first: int, *values: float | None) -> tuple[Point, ...]:
    """Yearly values from a year on; None is withheld."""
    return points([str(first + place) for place in range(len(values))], list(values))


def months(year: int, *values: float) -> tuple[Point, ...]:
    """Monthly values from January of a year on."""
    names = [f"{year + place // 12}M{place % 12 + 1:02}" for place in range(len(values))]
    return points(names, list(values))


def goal(kind: GoalKind = GoalKind.DEVELOPMENT, **words: object) -> Goal:
    base = Goal("M1", NAMND, kind, "Målet", "X-TRYGG", target=80.0)
    return replace(base, **words)


def against_goal(
    target: float, value: float, low: float, high: float, verdict: Verdict, **words: object
) -> Evidence:
    """The level against a goal; ``low`` and ``high`` bound the difference, positive is good."""
    base: dict[str, object] = {
        "cell": known(value),
        "reference": Reference(ReferenceKind.GOAL, "målet", target),
        "difference": (low + high) / 2,
        "low": low,
        "high": high,
        "q": 0.5,
    }
    about = str(words.pop("about", "X-TRYGG"))
    return evidence(about, Question.LEVEL, verdict, **{**base, **words})


def made(**words: object) -> Report:
    """A report of the third quarter of 2026 that holds what is given and nothing else."""
    bare = replace(
        report(),
        indicators=(),
        all_evidence=(),
        findings=(),
        goals=(),
        atgarder=(),
        outlooks=(),
        data_through=date(2026, 9, 30),
        quarter="2026K3",
    )
    return replace(bare, **words)
