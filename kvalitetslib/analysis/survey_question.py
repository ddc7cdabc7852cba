"""One question of a survey as one nämnd asks about it, and the claim that answers.

Kept apart from the questions themselves (`survey_claims`): what a claim about a survey must hold is
the same whatever is asked.
"""

import math
from dataclasses import dataclass

from kvalitetslib.analysis.claims import WEIGHTS, Claim
from kvalitetslib.analysis.crossings import Domain
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.survey import Estimated, WaveScores, indicator_of, step_of
from kvalitetslib.codebook import Item
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Group, Namnd, ReferenceKind
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.contrasts import Contrasts

KINDS = {
    Question.LEVEL: EvidenceKind.OWN,
    Question.TREND: EvidenceKind.DIRECTION,
    Question.GAP: EvidenceKind.COMPARISON,
    Question.GAP_TREND: EvidenceKind.DIRECTION,
    Question.DRIVER: EvidenceKind.OWN,
}
METHODS = {
    Question.LEVEL: "enkätens osäkerhet mot jämförelsetalet",
    Question.TREND: "skillnad mellan två oberoende mätningar",
    Question.GAP: "Rao-Scott och skillnad mellan grupper i samma urval",
    Question.GAP_TREND: "skillnadens förändring mellan två oberoende mätningar",
    Question.DRIVER: "samband med helhetsbetyget (LMG)",
}
"""What each question rests on, in the words of the method appendix."""
NO_MARGIN = "enkätens osäkerhet; jämförelsetalet saknar osäkerhetsmått"


@dataclass(frozen=True, eq=False)
class Waves:
    """A survey's latest wave with its results, and the wave before it with its own."""

    now: WaveScores
    estimated: Estimated
    then: WaveScores | None
    before: Estimated | None = None


def owns(namnd: Namnd, item: Item, survey: str) -> bool:
    """A question belongs to the nämnder it names, or to all that use the survey."""
    return namnd.nyckel in item.namnder or (not item.namnder and survey in namnd.surveys)


@dataclass(frozen=True, eq=False)
class About:
    waves: Waves
    namnd: Namnd
    item: Item
    place: int

    @property
    def total(self) -> Cell:
        return self.waves.estimated.total.cells[self.place]

    @property
    def polarity(self) -> float:
        return POLARITY.get(self.item.direction, math.nan)

    @property
    def judges_all(self) -> bool:
        """Whether the nämnd answers for what concerns everyone, and not one group alone."""
        return bool(self.item.namnder) or self.waves.now.codebook.owner in ("", self.namnd.nyckel)

    def judges(self, domain: Domain) -> bool:
        """Whether the nämnd answers for the group."""
        if self.item.namnder:
            return True
        for variable in self.waves.now.codebook.backgrounds:
            if variable.key == domain.table and variable.owners:
                (_, group), *_ = domain.slice.parts
                return dict(variable.owners).get(group) == self.namnd.nyckel
        return self.judges_all

    @property
    def sign(self) -> float:
        return 1.0 if math.isnan(self.polarity) else self.polarity


def turned(about: About, found: Contrasts, sign: float) -> tuple[float, float]:
    """The interval turned so that positive is good."""
    bounds = (sign * float(found.low[about.place]), sign * float(found.high[about.place]))
    return min(bounds), max(bounds)


def testable(about: About, found: Contrasts) -> float:
    return certain_p(about.total, found.p[about.place])


def certain_p(cell: Cell, p: float) -> float:
    """Only estimates of class A may carry a finding (METHODS §12)."""
    return float(p) if isinstance(cell, Estimate) and cell.quality == "A" else math.nan


def claim_of(
    about: About,
    cell: Cell,
    *,
    question: Question,
    reference: tuple[ReferenceKind, str, float],
    numbers: tuple[float, float, float, float],
    domain: Domain | None = None,
    opened: bool = True,
    firm: bool = True,
    signal: str = "",
) -> Claim:
    wave = about.waves.now
    total = about.waves.estimated.total.n[about.place]
    n = cell.n if isinstance(cell, Estimate) and cell.n else 0.0
    kind, label, value = reference
    difference, low, high, p = numbers
    return Claim(
        namnd=about.namnd,
        indicator=indicator_of(wave.codebook, about.item),
        group=domain.group if domain else Group(),
        question=question,
        kind=EvidenceKind.COMPARISON if kind is ReferenceKind.COUNTRY else KINDS[question],
        period=wave.answers.wave.period,
        cell=cell,
        reference_kind=kind,
        reference_label=label,
        reference_value=float(value),
        reference_members=0,
        difference=float(difference),
        low=float(low),
        high=float(high),
        delta=about.item.delta,
        p=float(p),
        n_periods=2 if about.waves.then else 1,
        first_period=(about.waves.then or wave).answers.wave.period,
        method=METHODS[question] if firm else NO_MARGIN,
        polarity=about.polarity,
        weight=WEIGHTS.get(kind, 0.8),
        reach=1.0 if domain is None else min(1.0, n / max(total, 1)),
        firm=firm and not signal,
        opened=opened,
        # A driver's level is an index 0-100 whatever the question's own measure is.
        step=1.0 if question is Question.DRIVER else step_of(about.item),
        signal=signal,
    )
