"""A report with its cross-references drawn up: what belongs to an indicator, a finding, a group."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kvalitetslib.model import Atgard, Group, Indicator, Quadrant, ReferenceKind
from kvalitetslib.report import (
    Estimate,
    Evidence,
    Finding,
    IndicatorResult,
    Point,
    Question,
    Report,
    Series,
)

QUADRANTS = (Quadrant.STRENGTH, Quadrant.WEAKNESS, Quadrant.OPPORTUNITY, Quadrant.THREAT)
TO_MEND = (Quadrant.WEAKNESS, Quadrant.THREAT)
ENDED_STATUS = frozenset({"avbruten", "avslutad", "nedlagd"})
DONE_STATUS = frozenset({"klar", "genomförd"})


@dataclass(frozen=True)
class Lookup:
    """A report, and the roads through it."""

    report: Report

    @cached_property
    def results(self) -> dict[str, IndicatorResult]:
        return {each.indicator.id: each for each in self.report.indicators}

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        return {each.id: each for each in self.report.evidence}

    @cached_property
    def _finding_by_evidence(self) -> dict[str, Finding]:
        return {id: each for each in reversed(self.report.findings) for id in each.evidence}

    def indicator(self, id: str) -> Indicator | None:
        """The indicator, None when the evidence concerns none, as an outlook may."""
        return self.results[id].indicator if id in self.results else None

    def claims(self, finding: Finding) -> tuple[Evidence, ...]:
        """The evidence of a finding, the one that decided first."""
        return tuple(self.evidence[id] for id in finding.evidence if id in self.evidence)

    def finding(self, evidence: Evidence) -> Finding | None:
        """The finding that rests on this evidence."""
        return self._finding_by_evidence.get(evidence.id)

    def findings(self, quadrant: Quadrant, *, shown: bool = True) -> tuple[Finding, ...]:
        """The quadrant's findings with evidence; not shown ones are those beyond the most shown."""
        return tuple(
            each
            for each in self.report.findings
            if each.quadrant is quadrant and each.shown is shown and self.claims(each)
        )

    def about(self, indicator: str) -> tuple[Evidence, ...]:
        return tuple(each for each in self.report.evidence if each.indicator == indicator)

    def one(self, indicator: str, question: Question) -> Evidence | None:
        """The answer to a question for the whole, or for women and men."""
        by_sex = question in (Question.GAP, Question.GAP_TREND)
        fitting = (
            each
            for each in self.about(indicator)
            if each.question is question
            and not (each.group.age or each.group.area)
            and (each.group.gender != "T") is by_sex
        )
        return next(fitting, None)

    def against_goal(self, indicator: str, group: Group) -> Evidence | None:
        fitting = (
            each
            for each in self.about(indicator)
            if each.reference is not None
            and each.reference.kind is ReferenceKind.GOAL
            and each.group == group
        )
        return next(fitting, None)

    def atgarder(self, evidence: Evidence) -> tuple[Atgard, ...]:
        """Measures that concern the indicator, for all or for the same group."""
        return tuple(
            each
            for each in self.report.atgarder
            if evidence.indicator
            and each.indicator == evidence.indicator
            and each.status.lower() not in ENDED_STATUS
            and (each.group.is_total or each.group == evidence.group)
        )

    @cached_property
    def figured(self) -> tuple[IndicatorResult, ...]:
        """Indicators that get a figure of their own: with values, and a finding or a goal."""
        found = {
            each.indicator for finding in self.report.findings for each in self.claims(finding)
        }
        return tuple(
            each
            for each in self.report.indicators
            if each.latest is not None and (each.goal is not None or each.indicator.id in found)
        )

    def has_figure(self, indicator: str) -> bool:
        return any(each.indicator.id == indicator for each in self.figured)

    def children(self) -> tuple[IndicatorResult, ...]:
        return tuple(each for each in self.report.indicators if each.indicator.concerns_children)


def estimate(point: Point | None) -> Estimate | None:
    """The point's value, None when it is withheld or there is no point."""
    return point.cell if point is not None and isinstance(point.cell, Estimate) else None


def series_of(result: IndicatorResult, gender: str = "T") -> Series | None:
    """One gender's series for the whole kommun."""
    fitting = (each for each in result.series if each.group == Group(gender))
    return next(fitting, None)


def point_at(series: Series | None, period: str) -> Point | None:
    points: Iterable[Point] = series.points if series is not None else ()
    return next((each for each in points if each.period == period), None)


def slug(text: str) -> str:
    """The text as part of an id: ASCII letters, digits and hyphens; stable."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", folded).strip("-") or "x"


def indicator_anchor(id: str) -> str:
    return f"ind-{slug(id)}"


def evidence_anchor(id: str) -> str:
    return f"belagg-{slug(id)}"


def finding_anchor(id: str) -> str:
    return f"fynd-{slug(id)}"
