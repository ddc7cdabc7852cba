"""The Assessment: everything about one kommun and quarter, computed once and read many times.

Protection and the correction for multiplicity are only honest when they see all that will be
published, so both are done here and never in a nämnd's own report.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.demand import demand_signals
from kvalitetslib.analysis.doubts import doubts_of, without_doubted
from kvalitetslib.analysis.effect_found import Tried
from kvalitetslib.analysis.effects import Measured, claims_of_effects, tried_effects
from kvalitetslib.analysis.evidence import evidence_of
from kvalitetslib.analysis.followed import Followed, follow
from kvalitetslib.analysis.groups import group_claims
from kvalitetslib.analysis.monthly import monthly_claims
from kvalitetslib.analysis.outside import outside_evidence
from kvalitetslib.analysis.panel import Panel, last_breaks, shared_panel, with_protected
from kvalitetslib.analysis.process import process_charts
from kvalitetslib.analysis.protect import protect
from kvalitetslib.analysis.reporting import findings, report
from kvalitetslib.analysis.results import Own, own_rows
from kvalitetslib.analysis.survey_results import Surveyed, claims_of, work_out
from kvalitetslib.analysis.yearly import yearly_claims
from kvalitetslib.context import DemandSignal, Doubt, ProcessChart
from kvalitetslib.model import Kommun, Quadrant
from kvalitetslib.period import Period
from kvalitetslib.report import (
    Evidence,
    Finding,
    Report,
)
from kvalitetslib.sources.inputs import Inputs


@dataclass(frozen=True, eq=False)
class Assessment:
    """A kommun's quarter.

    ``values`` are the kommun's own rows after protection, ``tried`` the effects of all åtgärder
    before they are judged.
    """

    inputs: Inputs
    quarter: Period
    values: pd.DataFrame
    panel: Panel
    followed: Followed
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    surveyed: tuple[Surveyed, ...]
    doubts: tuple[Doubt, ...]
    tried: tuple[Tried, ...] = ()

    @cached_property
    def own(self) -> Own:
        """The protected rows by indicator, for drawing."""
        return own_rows(self.values, self.inputs, self.quarter)

    @cached_property
    def pairs(self) -> dict[str, list[tuple[Claim, Evidence]]]:
        """Every claim with its evidence, by nämnd."""
        found: dict[str, list[tuple[Claim, Evidence]]] = {}
        for claim, evidence in zip(self.claims, self.evidence, strict=True):
            found.setdefault(claim.namnd.nyckel, []).append((claim, evidence))
        return found

    @cached_property
    def charts(self) -> dict[tuple[str, str], ProcessChart]:
        """Control charts of the own series, by nämnd and indicator, for drawing."""
        unbroken = _since_breaks(self.values, dict(last_breaks(self.kommun.indicators)))
        return process_charts(self.kommun, unbroken, self.inputs.goals)

    @cached_property
    def demand(self) -> dict[str, tuple[DemandSignal, ...]]:
        """How the need of each nämnd's ages grows, by nämnd."""
        people = self.inputs.population
        return {
            each.nyckel: demand_signals(self.kommun, each, people, quarter=self.quarter)
            for each in self.kommun.namnder
        }

    @cached_property
    def outside(self) -> dict[str, list[tuple[Evidence, Quadrant | None]]]:
        """What was not tested, by nämnd, and the quadrant it belongs in, if any."""
        return {each.nyckel: outside_evidence(self, each) for each in self.kommun.namnder}

    @property
    def kommun(self) -> Kommun:
        return self.inputs.kommun

    def findings(self, nyckel: str) -> tuple[Finding, ...]:
        """The nulägesanalys of one nämnd alone (KeyError when there is no such nämnd)."""
        return findings(self, self.kommun.namnd(nyckel))

    def report(self, nyckel: str) -> Report:
        """The slice of one nämnd (KeyError when the kommun has no such nämnd)."""
        return report(self, self.kommun.namnd(nyckel))

    def reports(self) -> tuple[Report, ...]:
        """The reports of all nämnder, in the order of kommun.toml."""
        return tuple(report(self, namnd) for namnd in self.kommun.namnder)


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
    doubts = doubts_of(kommun, panel, own)
    believed = without_doubted(own, doubts)
    shown = with_protected(panel, kommun.kod, believed)
    followed = follow(kommun, shown, inputs.goals, on=quarter.end)
    unbroken = _since_breaks(believed, dict(last_breaks(kommun.indicators)))
    claims = [
        *yearly_claims(followed),
        *monthly_claims(kommun, unbroken, inputs.goals, on=quarter.end),
        *group_claims(kommun, unbroken),
    ]
    answered = [each for each in inputs.surveys if each.waves]
    surveyed = tuple(work_out(each) for each in answered)
    for each in surveyed:
        claims += claims_of(each, kommun.namnder, inputs.goals)
    measured = Measured(kommun, unbroken, shown, quarter.end, inputs.surveys, surveyed)
    tried = tried_effects(measured, inputs.atgarder)
    claims = _each_once([*claims, *claims_of_effects(tried)])
    evidence = evidence_of(claims, fdr=kommun.policy.fdr)
    return Assessment(
        inputs,
        quarter,
        own,
        panel,
        followed,
        tuple(claims),
        tuple(evidence),
        surveyed,
        doubts,
        tried,
    )


def _since_breaks(own: pd.DataFrame, breaks: dict[str, float]) -> pd.DataFrame:
    """The own rows from each indicator's last series break on."""
    start = own["indicator"].map(breaks).astype(float).fillna(-np.inf)
    return own[(own["at"] >= start).to_numpy(dtype=bool)]


def _each_once(claims: list[Claim]) -> list[Claim]:
    """One claim a question: counts of people (asked later) go before the noise between years."""
    return list({_key(each): each for each in claims}.values())


def _key(claim: Claim) -> tuple[object, ...]:
    about = (claim.namnd.nyckel, claim.indicator.id, claim.group)
    return (*about, claim.question, claim.reference_kind, claim.note)
