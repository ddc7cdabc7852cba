"""The example's åtgärder on trial: one that coincides with better values, and one with its plan."""

from dataclasses import replace
from datetime import date

from example_evidence import evidence, known

from kvalitetslib.model import ReferenceKind
from kvalitetslib.register import Atgard, Outcome
from kvalitetslib.report import Evidence, Question, Reference, Report, Verdict
from kvalitetslib.wheel import AS_OTHERS, Effect, EffectMethod

BEFORE = 14.6
TRIALS = {
    "Å-07": {
        "planned_done": date(2026, 8, 31),
        "proposed_by": "Medarbetare i kontaktcenter",
        "hypothesis": "En mottagning gör att synpunkter inte blir liggande.",
        "practice": "Alla synpunkter fördelas samma dag",
        "outcome": Outcome.RUNNING,
        "rival": "Färre synpunkter på våren kan också ge kortare svarstid.",
    },
    "Å-02": {
        "planned_done": date(2025, 5, 30),
        "hypothesis": "Fler vuxna gör rasterna tryggare.",
        "practice": "Två rastvärdar på varje skolgård",
        "outcome": Outcome.STANDARDISE,
        "outcome_on": date(2025, 9, 1),
        "cited": ("B-0123abcd",),
        "rival": "En ny skolgård öppnades samma höst.",
    },
}


def with_effects(report: Report) -> Report:
    """The report with trials of its åtgärder, and what was measured of them."""
    asked = safer()
    series = next(each for each in report.all_evidence if each.question is Question.EFFECT)
    return replace(
        report,
        atgarder=tuple(tried(each) for each in report.atgarder),
        all_evidence=(*report.all_evidence, asked),
        effects=(answered(report, series), beside_others(asked)),
    )


def tried(atgard: Atgard) -> Atgard:
    return replace(atgard, **TRIALS.get(atgard.id, {}))


def safer() -> Evidence:
    """Evidence that cannot be decided, beside the change of others."""
    return evidence(
        "N15613",
        Question.EFFECT,
        Verdict.UNDECIDED,
        cell=known(86.3),
        reference=Reference(ReferenceKind.EARLIER, AS_OTHERS, 83.4, 212),
        difference=2.9,
        low=-1.6,
        high=7.4,
        p=0.2,
        q=0.31,
        text="Å-02",
    )


def answered(report: Report, found: Evidence) -> Effect:
    """Months before and after, where the last ones before were unusually bad."""
    series = next(each for each in report.indicators if each.indicator.id == "X-SVARSTID").series[0]
    values = tuple(
        (each.period, each.cell.value) for each in series.points if hasattr(each.cell, "value")
    )
    later = [period for period, _ in values if period >= "2026M02"]
    return Effect(
        atgard="Å-07",
        method=EffectMethod.SERIES,
        verdict=found.verdict,
        evidence=found.id,
        indicator="X-SVARSTID",
        change=found.difference,
        low=found.low,
        high=found.high,
        p=found.p,
        naive=4.6,
        returned=True,
        before=(values[0][0], "2026M01"),
        after=(later[0], later[-1]),
        values=values,
        counterfactual=tuple((period, BEFORE) for period in later),
    )


def beside_others(found: Evidence) -> Effect:
    return Effect(
        atgard="Å-02",
        method=EffectMethod.PEERS,
        verdict=found.verdict,
        evidence=found.id,
        indicator="N15613",
        change=found.difference,
        low=found.low,
        high=found.high,
        p=found.p,
        naive=4.1,
        others=1.2,
        n_others=212,
        before=("2020", "2024"),
        after=("2025", "2025"),
        values=(("2020", 80.1), ("2024", 83.0), ("2025", 86.3)),
        counterfactual=(("2025", 83.4),),
    )
