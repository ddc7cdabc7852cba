"""A nämnd's slice of the Assessment, as a report."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kvalitetslib.analysis.cases import with_cases
from kvalitetslib.analysis.cost_quality import cost_quality
from kvalitetslib.analysis.economy import economy_lines
from kvalitetslib.analysis.effects import effects_of
from kvalitetslib.analysis.evidence import family_counts
from kvalitetslib.analysis.examples import examples
from kvalitetslib.analysis.faults import fault_signs
from kvalitetslib.analysis.judged import judgements_of
from kvalitetslib.analysis.leads import leads_of
from kvalitetslib.analysis.leaps import leaps_of
from kvalitetslib.analysis.published import published_survey
from kvalitetslib.analysis.results import results_of
from kvalitetslib.analysis.service import feedback_of, promises_of, wishes_of
from kvalitetslib.analysis.staff import staff_indexes
from kvalitetslib.analysis.survey_results import survey_result
from kvalitetslib.analysis.swot import Choice, findings_of, is_doubted, rule_of
from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.model import Group, Namnd
from kvalitetslib.report import (
    Certainty,
    Evidence,
    Finding,
    Hidden,
    IndicatorResult,
    Question,
    Report,
    Revision,
    Verdict,
    WithheldReason,
)
from kvalitetslib.sources.indicators import OWN
from kvalitetslib.sources.inputs import Inputs, own_source_name
from kvalitetslib.survey_result import SurveyResult
from kvalitetslib.version import __version__

if TYPE_CHECKING:
    from kvalitetslib.analysis.assemble import Assessment

HALF_YEAR = 184
"""Days within which a nämnd meets about a quarter."""


def report(assessment: "Assessment", namnd: Namnd) -> Report:
    kommun, inputs = assessment.kommun, assessment.inputs
    goals = tuple(each for each in inputs.goals if each.namnd == namnd.nyckel)
    outlooks = tuple(each for each in inputs.outlooks if each.namnd == namnd.nyckel)
    pairs = assessment.pairs.get(namnd.nyckel, [])
    found = findings(assessment, namnd)
    rules = rule_of(found)
    tested = (evidence for _, evidence in pairs)
    told = (evidence for evidence, _ in assessment.outside[namnd.nyckel])
    evidence = _traced(assessment, (*tested, *told), rules)
    choice = _choice(assessment, namnd)
    doubted = frozenset(each.id for each in evidence if is_doubted(each, choice))
    trusted = [each for each in evidence if each.id not in doubted]
    results = results_of(
        kommun,
        namnd,
        assessment.own,
        followed=assessment.followed,
        panel=assessment.panel,
        evidence=evidence,
        charts=assessment.charts,
    )
    surveys = _surveys(assessment, namnd, evidence)
    wishes = wishes_of(assessment, namnd)
    made = Report(
        kommun=kommun.nyckel,
        kommun_namn=kommun.namn,
        kommun_kod=kommun.kod,
        synthetic=kommun.synthetic,
        namnd=namnd.nyckel,
        namnd_namn=namnd.namn,
        meeting=_meeting(assessment, namnd),
        quarter=assessment.quarter.text,
        data_through=assessment.quarter.end,
        policy=kommun.policy,
        indicators=tuple(_unless_doubted(each, choice.doubted) for each in results),
        all_evidence=evidence,
        findings=found,
        families=family_counts(evidence, doubted),
        goals=goals,
        atgarder=tuple(each for each in inputs.atgarder if each.namnd == namnd.nyckel),
        outlooks=outlooks,
        sources=inputs.sources,
        revisions=_revisions(assessment, namnd),
        hidden=_hidden(assessment, namnd),
        areas=kommun.areas,
        code_version=__version__,
        checksum=_checksum(inputs),
        surveys=surveys,
        published=tuple(
            shown
            for survey in inputs.surveys
            if (shown := published_survey(survey, kommun, namnd)) is not None
        ),
        demand=assessment.demand[namnd.nyckel],
        costs=cost_quality(kommun, namnd, assessment.panel, sources=_source_names(assessment)),
        leads=leads_of(found, trusted, kommun=kommun, namnd=namnd, panel=assessment.panel),
        judgements=judgements_of(
            inputs.judgements,
            _everything(assessment),
            namnd=namnd.nyckel,
            through=assessment.quarter.end,
        ),
        doubts=tuple(each for each in assessment.doubts if each.indicator in namnd.indicators),
        effects=effects_of(assessment, namnd.nyckel),
        signs=fault_signs(pairs, found, doubted),
        lessons=inputs.lessons,
        examples=examples(assessment, namnd, results, evidence),
        controls=tuple(each for each in inputs.controls if each.namnd == namnd.nyckel),
        ideas=tuple(each for each in inputs.ideas if each.namnd == namnd.nyckel),
        namnder=tuple((each.nyckel, each.namn) for each in kommun.namnder),
        promises=promises_of(assessment, namnd, wishes),
        feedback=feedback_of(assessment, namnd, wishes),
        economy=economy_lines(inputs.economy, namnd.nyckel, assessment.quarter),
        staff=staff_indexes(surveys, assessment.surveyed, namnd.nyckel),
    )
    return with_wheel(with_cases(replace(made, leaps=leaps_of(made)), None))


def _meeting(assessment: "Assessment", namnd: Namnd) -> date | None:
    """The meeting that the report is for: in the half-year after the quarter."""
    if namnd.meeting is None:
        return None
    after = (namnd.meeting - assessment.quarter.end).days
    return namnd.meeting if 0 < after <= HALF_YEAR else None


def findings(assessment: "Assessment", namnd: Namnd) -> tuple[Finding, ...]:
    """The nulägesanalys of a nämnd, without the rest of its report."""
    outside = [
        (quadrant, evidence)
        for evidence, quadrant in assessment.outside[namnd.nyckel]
        if quadrant is not None
    ]
    pairs = assessment.pairs.get(namnd.nyckel, [])
    return findings_of(pairs, outside, _choice(assessment, namnd))


def _choice(assessment: "Assessment", namnd: Namnd) -> Choice:
    inputs = assessment.inputs
    return Choice(
        goals=[each for each in inputs.goals if each.namnd == namnd.nyckel],
        per_quadrant=inputs.kommun.policy.findings_per_quadrant,
        doubted=frozenset((each.indicator, each.group, each.period) for each in assessment.doubts),
    )


def _unless_doubted(
    result: IndicatorResult, doubted: frozenset[tuple[str, Group, str]]
) -> IndicatorResult:
    """Nothing can be said of an indicator whose latest value may be a fault."""
    latest = result.latest.period if result.latest else ""
    if (result.indicator.id, Group(), latest) not in doubted:
        return result
    if result.verdict is Verdict.NOT_JUDGED:
        return result
    return replace(result, verdict=Verdict.UNDECIDED, certainty=Certainty.UNDECIDED)


def _source_names(assessment: "Assessment") -> dict[str, str]:
    """Where each own indicator's latest value was read."""
    return {id: rows[-1].source for id, rows in assessment.own.by_indicator.items() if rows}


def _everything(assessment: "Assessment") -> list[Evidence]:
    told = (evidence for pairs in assessment.outside.values() for evidence, _ in pairs)
    return [*assessment.evidence, *told]


def _traced(
    assessment: "Assessment", evidence: Iterable[Evidence], rules: Mapping[str, str]
) -> tuple[Evidence, ...]:
    """The evidence with its rule, and the name and checksum of what its values were read from."""
    read = {id: _printed(assessment, name) for id, name in _source_names(assessment).items()}
    known = {each.name: each.checksum for each in assessment.inputs.sources}
    own = known.get(own_source_name(assessment.kommun), "")
    found = []
    for each in evidence:
        is_told = each.question is Question.OUTLOOK
        source = each.source if is_told else read.get(each.indicator, each.source)
        rule, checksum = rules.get(each.id, ""), known.get(source, own)
        found.append(replace(each, rule=rule, source=source, checksum=checksum))
    return tuple(found)


def _printed(assessment: "Assessment", source: str) -> str:
    return f"{assessment.kommun.namn}s egna uppgifter" if source == OWN else source


def _surveys(
    assessment: "Assessment", namnd: Namnd, evidence: tuple[Evidence, ...]
) -> tuple[SurveyResult, ...]:
    by_indicator: dict[str, list[str]] = {}
    for each in evidence:
        by_indicator.setdefault(each.indicator, []).append(each.id)
    found = (survey_result(each, namnd, by_indicator) for each in assessment.surveyed)
    return tuple(each for each in found if each is not None)


def _revisions(assessment: "Assessment", namnd: Namnd) -> tuple[Revision, ...]:
    """Old values of the nämnd's indicators that the newer fetch has changed or taken away.

    Only values about the whole kommun that may be shown are told.
    """
    own, found = assessment.own, []
    for id in namnd.indicators:
        before = own.earlier.get(id, {})
        for row in own.by_indicator.get(id, ()):
            old = before.get((row.period, row.gender), math.nan)
            is_told = not (row.age or row.area or row.withheld)
            if is_told and not math.isnan(old) and old != row.value:
                new = None if math.isnan(row.value) else row.value
                found.append(Revision(id, row.period, row.gender, old, new))
    return tuple(sorted(found, key=lambda each: (each.indicator, each.period, each.gender)))


def _hidden(assessment: "Assessment", namnd: Namnd) -> tuple[Hidden, ...]:
    """How many cells of each indicator show no number, and why."""
    counted: list[Hidden] = []
    for id in namnd.indicators:
        rows = assessment.own.by_indicator.get(id)
        if rows is None:
            continue
        small = sum(row.withheld for row in rows)
        missing = sum(math.isnan(row.value) and not row.withheld for row in rows)
        for reason, cells in (
            (WithheldReason.SMALL_GROUP, small),
            (WithheldReason.NOT_PUBLISHED, missing),
        ):
            if cells:
                counted.append(Hidden(id, reason, cells))
    return tuple(counted)


def _checksum(inputs: Inputs) -> str:
    """One checksum of every file that was read and of the code version."""
    text = "\n".join(f"{name} {sha}" for name, sha in sorted(inputs.checksums))
    return hashlib.sha256(f"{__version__}\n{text}".encode()).hexdigest()
