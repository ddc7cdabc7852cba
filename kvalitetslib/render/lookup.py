"""A report with its cross-references drawn up: what belongs to an indicator, a finding, a group."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kvalitetslib.context import DemandSignal
from kvalitetslib.errors import BuildError
from kvalitetslib.model import Group, Indicator, Quadrant, ReferenceKind
from kvalitetslib.register import Atgard, Goal, Status
from kvalitetslib.render.anchors import indicator_anchor, item_anchor
from kvalitetslib.render.telling import most_telling
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
from kvalitetslib.survey_result import ItemResult, SurveyResult

QUADRANTS = (Quadrant.STRENGTH, Quadrant.WEAKNESS, Quadrant.OPPORTUNITY, Quadrant.THREAT)
TO_MEND = (Quadrant.WEAKNESS, Quadrant.THREAT)
NOT_ACTED_ON = frozenset({Status.STOPPED, Status.REFUSED})


@dataclass(frozen=True)
class Lookup:
    """A report, and the roads through it."""

    report: Report

    @cached_property
    def results(self) -> dict[str, IndicatorResult]:
        return {each.indicator.id: each for each in self.report.indicators}

    @cached_property
    def asked(self) -> dict[str, tuple[SurveyResult, ItemResult]]:
        """The questions of the surveys, by the indicator that stands for them."""
        return {
            item.indicator.id: (survey, item)
            for survey in self.report.surveys
            for item in survey.items
        }

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        return {each.id: each for each in self.report.all_evidence}

    @cached_property
    def _finding_by_evidence(self) -> dict[str, Finding]:
        sure = [each for each in self.report.findings if not each.doubted]
        return {id: each for each in reversed(sure) for id in each.evidence}

    def indicator(self, id: str) -> Indicator | None:
        """The indicator, None when the evidence concerns none, as an outlook may."""
        if id in self.results:
            return self.results[id].indicator
        return self.asked[id][1].indicator if id in self.asked else self._published.get(id)

    @cached_property
    def _published(self) -> dict[str, Indicator]:
        """The questions of published surveys, which are told of only where an åtgärd is."""
        return {each.id: each for survey in self.report.published for each in survey.indicators}

    @cached_property
    def judged(self) -> frozenset[str]:
        """The evidence that an analyst has judged."""
        return frozenset(each.evidence for each in self.report.judgements)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each indicator and question on the page."""
        ids = [*self.results, *(id for id in self.asked if id not in self.results)]
        return {id: place for place, id in enumerate(ids)}

    def is_asked(self, evidence: Evidence) -> bool:
        """Whether the evidence is about a question of a survey, held between two waves at most."""
        return evidence.indicator in self.asked and evidence.indicator not in self.results

    def latest(self, id: str) -> tuple[Estimate | None, str]:
        """The latest value of an indicator or a question, and its period."""
        if id in self.results:
            point = self.results[id].latest
            return estimate(point), point.period if point is not None else ""
        if id not in self.asked:
            return None, ""
        survey, item = self.asked[id]
        return item.total if isinstance(item.total, Estimate) else None, survey.period

    def claims(self, finding: Finding) -> tuple[Evidence, ...]:
        """The evidence of a finding, the one that decided first.

        Raises
        ------
        BuildError : when the finding rests on nothing, or on evidence that is not in the report.
        """
        lost = [id for id in finding.evidence if id not in self.evidence]
        if lost or not finding.evidence:
            said = f"belägget {lost[0]} finns inte i rapporten" if lost else "belägg saknas"
            name = f"{self.report.namnd_namn}: fyndet {finding.id} ({finding.quadrant})"
            raise BuildError(f"{name} kan inte visas: {said}.")
        return tuple(self.evidence[id] for id in finding.evidence)

    def finding(self, evidence: Evidence) -> Finding | None:
        """The finding that rests on this evidence; one that is doubted is no finding yet."""
        return self._finding_by_evidence.get(evidence.id)

    def findings(self, quadrant: Quadrant, *, shown: bool = True) -> tuple[Finding, ...]:
        """The quadrant's findings; not shown ones are those beyond the most shown."""
        return tuple(
            each
            for each in self.report.findings
            if each.quadrant is quadrant
            and each.shown is shown
            and not each.doubted
            and self.claims(each)
        )

    @cached_property
    def doubted(self) -> dict[str, Finding]:
        """The findings whose values are to be checked first, by the evidence they rest on."""
        doubted = [each for each in self.report.findings if each.doubted]
        return {id: each for each in reversed(doubted) for id in each.evidence}

    def goal(self, evidence: Evidence) -> Goal | None:
        """The goal that the evidence is about: same indicator and group, its target first."""
        if not evidence.indicator:
            return None
        target = evidence.reference.value if evidence.reference is not None else None
        fitting = [
            each
            for each in self.report.goals
            if (each.indicator, each.group) == (evidence.indicator, evidence.group)
        ]
        fitting.sort(key=lambda each: each.target != target)
        return fitting[0] if fitting else None

    def atgard(self, id: str) -> Atgard | None:
        """The measure with that id."""
        return next((each for each in self.report.atgarder if each.id == id), None)

    def demand(self, evidence: Evidence) -> DemandSignal | None:
        """The forecast that the evidence is about."""
        return next((each for each in self.report.demand if each.evidence == evidence.id), None)

    def survey(self, evidence: Evidence) -> SurveyResult | None:
        """The survey that the evidence is about as a whole, or asks a question of."""
        key = evidence.indicator.partition(":")[0]
        return next((each for each in self.report.surveys if each.key == key), None)

    @cached_property
    def _by_indicator(self) -> dict[str, tuple[Evidence, ...]]:
        found: dict[str, list[Evidence]] = {}
        for each in self.report.all_evidence:
            found.setdefault(each.indicator, []).append(each)
        return {id: tuple(about) for id, about in found.items()}

    def about(self, indicator: str) -> tuple[Evidence, ...]:
        """All evidence about an indicator or a question."""
        return self._by_indicator.get(indicator, ())

    def one(self, indicator: str, question: Question) -> Evidence | None:
        """The answer to a question for the whole, or for women and men."""
        by_sex = question in (Question.GAP, Question.GAP_TREND)
        fitting = (
            each
            for each in self.about(indicator)
            if each.question is question
            and each.group == Group(each.group.gender)
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
            and each.status not in NOT_ACTED_ON
            and (each.group.is_total or each.group == evidence.group)
        )

    def refused(self, evidence: Evidence) -> tuple[Atgard, ...]:
        """Decisions not to act on the indicator, for all or for the same group."""
        return tuple(
            each
            for each in self.report.atgarder
            if each.status is Status.REFUSED
            and evidence.indicator
            and each.indicator == evidence.indicator
            and (each.group.is_total or each.group == evidence.group)
        )

    @cached_property
    def _found(self) -> frozenset[str]:
        """The indicators and questions that a finding rests on, shown or not."""
        return frozenset(
            each.indicator for finding in self.report.findings for each in self.claims(finding)
        )

    @cached_property
    def figured(self) -> tuple[IndicatorResult, ...]:
        """Indicators with a figure of their own: with values, and a finding, goal or chart."""
        return tuple(
            each
            for each in self.report.indicators
            if each.latest is not None
            and (
                each.goal is not None
                or each.process is not None
                or each.indicator.id in self._found
            )
        )

    def figured_items(self, survey: SurveyResult) -> tuple[ItemResult, ...]:
        """Questions that get figures: with a finding on the page, then any finding, then weight."""
        return most_telling(survey, self._shown, self._found)

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The indicators and questions that a finding on the page rests on."""
        shown = (each for each in self.report.findings if each.shown)
        return frozenset(claim.indicator for each in shown for claim in self.claims(each))

    def figure(self, indicator: str) -> str:
        """The anchor of the figure of an indicator or question; empty when there is none."""
        return self._figures.get(indicator, "")

    @cached_property
    def _figures(self) -> dict[str, str]:
        """The anchors of all figures. A question that also is an indicator has the indicator's."""
        asked = {
            item.indicator.id: item_anchor(survey, item)
            for survey in self.report.surveys
            for item in self.figured_items(survey)
            if item.indicator.id not in self.results
        }
        own = {each.indicator.id: indicator_anchor(each.indicator.id) for each in self.figured}
        return asked | own

    def children(self) -> tuple[IndicatorResult, ...]:
        return tuple(each for each in self.report.indicators if each.indicator.concerns_children)

    def asked_of_children(self) -> tuple[tuple[SurveyResult, tuple[ItemResult, ...]], ...]:
        """The surveys with questions that concern children, and those questions."""
        pairs = [
            (survey, tuple(each for each in survey.items if each.indicator.concerns_children))
            for survey in self.report.surveys
        ]
        return tuple((survey, items) for survey, items in pairs if items)


def estimate(point: Point | None) -> Estimate | None:
    """The point's value, None when it is withheld or there is no point."""
    return point.cell if point is not None and isinstance(point.cell, Estimate) else None


def series_of(result: IndicatorResult, gender: str = "T") -> Series | None:
    """One gender's series for the whole kommun."""
    whole = Group(gender)
    return next((each for each in result.series if each.group == whole), None)


def point_at(series: Series | None, period: str) -> Point | None:
    points: Iterable[Point] = series.points if series is not None else ()
    return next((each for each in points if each.period == period), None)
