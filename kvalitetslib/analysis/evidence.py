"""From claims to evidence: correction for multiplicity, verdict and certainty.

Worked example: a value 6 points better than the peers' median, interval 3 to 9, relevant
difference 5 and q = 0.004 is *bättre*. With interval -1 to 13 it would be *kan inte avgöras*, and
a difference of 1 with interval -3 to 5 is *i nivå*.
"""

import hashlib
import math
from collections.abc import Collection, Sequence

import numpy as np

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.rounding import published_p, rounded, rounded_interval
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.report import (
    Certainty,
    Evidence,
    FamilyCount,
    Question,
    Reference,
    Verdict,
)
from kvalitetslib.stats.multiplicity import hierarchical_by_family
from kvalitetslib.version import __version__

ID_LENGTH = 10
"""Characters of an id: among 20 000 pieces of evidence two alike are one in five thousand."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def evidence_of(claims: Sequence[Claim], *, fdr: float) -> list[Evidence]:
    """One piece of evidence a claim, in the order of the claims.

    Parameters
    ----------
    claims : everything that was asked, of all nämnder.
    fdr : false discovery rate held over each nämnd's families (its questions), as a share.

    Notes
    -----
    `stats.multiplicity.hierarchical_by_family`. A claim without a good direction cannot become a
    finding and is in no family.
    """
    p = np.array([each.p if not math.isnan(each.polarity) else np.nan for each in claims])
    parent = np.array([each.namnd.nyckel for each in claims])
    family = np.array([f"{each.namnd.nyckel}|{each.question}" for each in claims])
    adjusted = hierarchical_by_family(p, family, parent, level=fdr)
    return [
        _evidence(claim, q=float(q), m=int(m), fdr=fdr)
        for claim, q, m in zip(claims, adjusted.q, adjusted.m, strict=True)
    ]


def evidence_id(
    namnd: str, indicator: str, group: Group, question: str, reference: str, about: str = ""
) -> str:
    """An id that is the same in every run and every quarter; ``about`` is an åtgärd's id."""
    slice_ = (group.gender, group.age, group.area, *((group.other,) if group.other else ()))
    named = (about,) if about else ()
    text = "|".join((namnd, indicator, *slice_, question, reference, *named))
    return "B-" + hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def state_mark(*answer: str) -> str:
    """A mark of four letters that is the same until the answer is another.

    Letters alone, as a spreadsheet makes numbers of marks such as 12e5.
    """
    digest = hashlib.sha256("|".join(answer).encode()).hexdigest()[:4]
    return digest.translate(_LETTERS)


def verdict_of(claim: Claim, q: float, fdr: float) -> Verdict:
    """Better, worse, level or undecided, from q, the interval and the relevant difference."""
    if math.isnan(claim.polarity):
        return Verdict.NOT_JUDGED
    if claim.signal and abs(claim.difference) > 0 and (math.isnan(claim.p) or q <= fdr):
        return Verdict.BETTER if claim.difference > 0 else Verdict.WORSE
    if claim.opened and q <= fdr and claim.difference >= claim.delta:
        return Verdict.BETTER
    if claim.question is Question.POTENTIAL:  # ahead of the best is as good as level with them
        return Verdict.LEVEL if claim.high < claim.delta else Verdict.UNDECIDED
    if claim.opened and q <= fdr and claim.difference <= -claim.delta:
        return Verdict.WORSE
    if claim.near and -claim.delta <= claim.low and claim.high <= claim.delta:
        return Verdict.LEVEL
    return Verdict.UNDECIDED


def certainty_of(claim: Claim, verdict: Verdict) -> Certainty:
    """How sure the verdict is. A short series, or one signal in a chart, is at most *trolig*."""
    if verdict in (Verdict.UNDECIDED, Verdict.NOT_JUDGED):
        return Certainty.UNDECIDED
    return Certainty.SECURED if claim.firm else Certainty.LIKELY


def family_counts(
    evidence: Sequence[Evidence], doubted: Collection[str] = ()
) -> tuple[FamilyCount, ...]:
    """For each question: how many were tested, and how many found better or worse and not doubted.

    ``doubted`` are the ids of evidence on values that may be faults.
    """
    counts = []
    for question in Question:
        tested = [each for each in evidence if each.question is question and each.q is not None]
        found = [
            each
            for each in tested
            if each.verdict in (Verdict.BETTER, Verdict.WORSE) and each.id not in doubted
        ]
        if tested:
            counts.append(FamilyCount(question, len(tested), len(found)))
    return tuple(counts)


def _evidence(claim: Claim, *, q: float, m: int, fdr: float) -> Evidence:
    verdict = verdict_of(claim, q, fdr)
    known = not math.isnan(claim.reference_value)
    difference, low, high = rounded_interval(claim.difference, (claim.low, claim.high), claim.step)
    return Evidence(
        id=evidence_id(
            claim.namnd.nyckel,
            claim.indicator.id,
            claim.group,
            claim.question,
            claim.reference_kind,
            claim.note,
        ),
        namnd=claim.namnd.nyckel,
        indicator=claim.indicator.id,
        group=claim.group,
        question=claim.question,
        kind=claim.kind,
        period=claim.period,
        cell=claim.cell,
        reference=Reference(
            claim.reference_kind,
            claim.reference_label,
            rounded(claim.reference_value, claim.step),
            claim.reference_members or None,
        )
        if known
        else None,
        difference=_known(difference),
        low=_known(low),
        high=_known(high),
        delta=claim.delta,
        p=_known(published_p(claim.p) if claim.step else claim.p),
        q=_known(published_p(q, also=fdr) if claim.step else q),
        family_size=m if not math.isnan(q) else 0,
        n_periods=claim.n_periods,
        first_period=claim.first_period,
        method=claim.method,
        verdict=verdict,
        certainty=certainty_of(claim, verdict),
        rule="",
        source=claim.indicator.source,
        source_rows=_rows(claim),
        code_version=__version__,
        text=claim.signal or claim.note,
        years=claim.years,
        state=state_mark(
            claim.period,
            f"{claim.cell.value if isinstance(claim.cell, Estimate) else math.nan:.6g}",
            f"{difference:.6g}",
            verdict,
        ),
        beside=None
        if math.isnan(claim.beside)
        else Reference(_beside_kind(claim), claim.beside_label, claim.beside),
    )


def _beside_kind(claim: Claim) -> ReferenceKind:
    is_pace = claim.question is Question.MOVE
    return ReferenceKind.EARLIER if is_pace else ReferenceKind.PEERS


def _rows(claim: Claim) -> str:
    slice_ = "/".join(
        part
        for part in (claim.group.gender, claim.group.age, claim.group.area, claim.group.other)
        if part
    )
    return f"{claim.indicator.id}, {slice_}, {claim.first_period}–{claim.period}"


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number
