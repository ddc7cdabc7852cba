"""The Assessment: everything about one kommun and quarter, computed once and read many times.

Protection and the correction for multiplicity are only honest when they see all that will be
published, so both are done here and never in a nämnd's own report.
"""

import hashlib
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.evidence import evidence_id, evidence_of, family_counts
from kvalitetslib.analysis.followed import Followed, follow
from kvalitetslib.analysis.groups import group_claims
from kvalitetslib.analysis.monthly import monthly_claims
from kvalitetslib.analysis.panel import Panel, last_breaks, shared_panel, with_protected
from kvalitetslib.analysis.protect import protect
from kvalitetslib.analysis.published import published_survey
from kvalitetslib.analysis.results import Own, own_rows, results_of
from kvalitetslib.analysis.survey_results import Surveyed, claims_of, survey_result, work_out
from kvalitetslib.analysis.swot import Choice, findings_of, rule_of
from kvalitetslib.analysis.yearly import yearly_claims
from kvalitetslib.model import Group, Kommun, Namnd, Outlook
from kvalitetslib.period import Period
from kvalitetslib.report import (
    Certainty,
    Evidence,
    EvidenceKind,
    Hidden,
    Question,
    Report,
    Revision,
    Verdict,
    Withheld,
    WithheldReason,
)
from kvalitetslib.sources.indicators import OWN
from kvalitetslib.sources.inputs import Inputs
from kvalitetslib.survey_result import SurveyResult
from kvalitetslib.version import __version__


@dataclass(frozen=True, eq=False)
class Assessment:
    """A kommun's quarter. ``values`` are the kommun's own rows after protection."""

    inputs: Inputs
    quarter: Period
    values: pd.DataFrame
    panel: Panel
    followed: Followed
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    own: Own
    surveyed: tuple[Surveyed, ...]

    @property
    def kommun(self) -> Kommun:
        return self.inputs.kommun

    def report(self, nyckel: str) -> Report:
        """The slice of one nämnd (KeyError when the kommun has no such nämnd)."""
        return _report(self, self.kommun.namnd(nyckel))

    def reports(self) -> tuple[Report, ...]:
        """The reports of all nämnder, in the order of kommun.toml."""
        return tuple(_report(self, namnd) for namnd in self.kommun.namnder)


def assess(inputs: Inputs, *, quarter: Period) -> Assessment:
    """Protect, test and correct everything that the kommun follows up.

    Linear algebra runs on one thread: the same sums on every machine, and no waiting for cores
    that other work holds.
    """
    with threadpool_limits(limits=1):
        return _assess(inputs, quarter)


def _assess(inputs: Inputs, quarter: Period) -> Assessment:
    kommun = inputs.kommun
    is_own = (inputs.values["kommun"] == kommun.kod).to_numpy()
    own = protect(inputs.values[is_own], kommun.policy.smallest_group)
    panel = with_protected(shared_panel(inputs.values), kommun.kod, own)
    followed = follow(kommun, panel, inputs.goals, on=quarter.end)
    unbroken = _since_breaks(own, dict(last_breaks(kommun.indicators)))
    claims = [
        *yearly_claims(followed),
        *monthly_claims(kommun, unbroken, inputs.goals),
        *group_claims(kommun, unbroken),
    ]
    answered = [each for each in inputs.surveys if each.waves]
    surveyed = tuple(work_out(each) for each in answered)
    for each in surveyed:
        claims += claims_of(each, kommun.namnder, inputs.goals)
    claims = _each_once(claims)
    evidence = evidence_of(claims, fdr=kommun.policy.fdr)
    grouped = own_rows(own, inputs.earlier, inputs.publications, quarter)
    return Assessment(
        inputs, quarter, own, panel, followed, tuple(claims), tuple(evidence), grouped, surveyed
    )


def _since_breaks(own: pd.DataFrame, breaks: dict[str, float]) -> pd.DataFrame:
    """The own rows from each indicator's last series break on."""
    start = own["indicator"].map(breaks).astype(float).fillna(-np.inf)
    return own[(own["at"] >= start).to_numpy(dtype=bool)]


def _each_once(claims: list[Claim]) -> list[Claim]:
    """One claim a question: counts of people (asked later) go before the noise between years."""
    kept = {
        (each.namnd.nyckel, each.indicator.id, each.group, each.question, each.reference_kind): each
        for each in claims
    }
    return list(kept.values())


def _report(assessment: Assessment, namnd: Namnd) -> Report:
    kommun, inputs = assessment.kommun, assessment.inputs
    pairs = [
        (claim, evidence)
        for claim, evidence in zip(assessment.claims, assessment.evidence, strict=True)
        if claim.namnd is namnd
    ]
    goals = tuple(each for each in inputs.goals if each.namnd == namnd.nyckel)
    outlooks = tuple(each for each in inputs.outlooks if each.namnd == namnd.nyckel)
    outside = [(each.quadrant, _outlook_evidence(each)) for each in outlooks]
    choice = Choice(goals, kommun.policy.findings_per_quadrant)
    findings = findings_of(pairs, outside, choice)
    rules = rule_of(findings)
    evidence = tuple(
        replace(each, rule=rules.get(each.id, ""), source=_source_of(assessment, each))
        for each in (*(evidence for _, evidence in pairs), *(each for _, each in outside))
    )
    return Report(
        kommun=kommun.nyckel,
        kommun_namn=kommun.namn,
        kommun_kod=kommun.kod,
        synthetic=kommun.synthetic,
        namnd=namnd.nyckel,
        namnd_namn=namnd.namn,
        meeting=namnd.meeting,
        quarter=assessment.quarter.text,
        data_through=assessment.quarter.end,
        policy=kommun.policy,
        indicators=results_of(
            kommun,
            namnd,
            assessment.own,
            followed=assessment.followed,
            panel=assessment.panel,
            evidence=evidence,
        ),
        all_evidence=evidence,
        findings=findings,
        families=family_counts(evidence),
        goals=goals,
        atgarder=tuple(each for each in inputs.atgarder if each.namnd == namnd.nyckel),
        outlooks=outlooks,
        sources=inputs.sources,
        revisions=_revisions(assessment, namnd),
        hidden=_hidden(assessment, namnd),
        areas=kommun.areas,
        code_version=__version__,
        checksum=_checksum(inputs),
        surveys=_surveys(assessment, namnd, evidence),
        published=tuple(
            found
            for survey in inputs.surveys
            if (found := published_survey(survey, kommun, namnd)) is not None
        ),
    )


def _source_of(assessment: Assessment, evidence: Evidence) -> str:
    """Where the evidence's own values were read, as it is printed."""
    rows = assessment.own.by_indicator.get(evidence.indicator)
    if not rows or evidence.question is Question.OUTLOOK:
        return evidence.source
    name = rows[-1].source
    return f"{assessment.kommun.namn}s egna uppgifter" if name == OWN else name


def _surveys(
    assessment: Assessment, namnd: Namnd, evidence: tuple[Evidence, ...]
) -> tuple[SurveyResult, ...]:
    by_indicator: dict[str, list[str]] = {}
    for each in evidence:
        by_indicator.setdefault(each.indicator, []).append(each.id)
    found = (survey_result(each, namnd, by_indicator) for each in assessment.surveyed)
    return tuple(each for each in found if each is not None)


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
    )


def _revisions(assessment: Assessment, namnd: Namnd) -> tuple[Revision, ...]:
    """Old values of the nämnd's indicators that the newer fetch has changed or taken away."""
    key = ["indicator", "period", "gender"]
    earlier = assessment.inputs.earlier
    if earlier.empty:
        return ()
    followed = list(namnd.indicators)
    both = earlier.loc[earlier["indicator"].isin(followed), [*key, "value"]].merge(
        _whole_and_shown(assessment.values)[[*key, "value"]],
        on=key,
        suffixes=("_before", "_after"),
    )
    before, after = both["value_before"].to_numpy(), both["value_after"].to_numpy()
    changed = both[~((before == after) | np.isnan(before))].sort_values(key)
    return tuple(
        Revision(
            str(row.indicator),
            str(row.period),
            str(row.gender),
            float(row.value_before),
            None if np.isnan(row.value_after) else float(row.value_after),
        )
        for row in changed.itertuples()
    )


def _whole_and_shown(values: pd.DataFrame) -> pd.DataFrame:
    """The rows about the whole kommun that may be shown."""
    whole = (values["age"] == "") & (values["area"] == "") & (values["enhet"] == "")
    return values[(whole & ~values["withheld"]).to_numpy(dtype=bool)]


def _hidden(assessment: Assessment, namnd: Namnd) -> tuple[Hidden, ...]:
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
