"""Before and after an åtgärd: the line that the values follow, and the one they would have."""

from collections.abc import Iterator, Sequence

from kvalitetslib.analysis.claims import Claim
from kvalitetslib.analysis.dense import Answer, Asked, dense_claim
from kvalitetslib.model import ReferenceKind
from kvalitetslib.register import Atgard
from kvalitetslib.report import EvidenceKind, Question
from kvalitetslib.stats.interrupted import Basis, Interrupted, interrupted
from kvalitetslib.stats.segments import Segments, Shape

METHOD = "avbruten tidsserie (GLS-AR1, REML)"
UNCHANGED = "om det hade fortsatt som före åtgärden"
YEARS_FOR_SEASON = 2
"""Years of values from which the season is told apart from a change."""


def effect_claims(asked: Asked, atgarder: Sequence[Atgard]) -> Iterator[Claim]:
    """The step at the åtgärd that began last, with enough values before and after.

    A step alone: a change of slope drawn out to the latest value finds less and errs by more.
    One indicator carries one such claim: two åtgärder in one series cannot be told apart.
    """
    own = [each for each in atgarder if _is_about(each, asked) and each.start is not None]
    for atgard in sorted(own, key=lambda each: (each.start, each.id), reverse=True):
        found = _interrupted(asked, atgard)
        if found.basis is Basis.CLAIM:
            yield _effect(asked, atgard, found)
            return


def _is_about(atgard: Atgard, asked: Asked) -> bool:
    same = (atgard.namnd, atgard.indicator) == (asked.namnd.nyckel, asked.indicator.id)
    return same and atgard.group.is_total


def _interrupted(asked: Asked, atgard: Atgard) -> Interrupted:
    series = asked.series
    assert atgard.start is not None
    years = (series.at[series.latest] - series.at[0] + 1) / series.window
    season = series.window if years >= YEARS_FOR_SEASON else None
    return interrupted(
        series.values,
        series.at,
        start=series.number(atgard.start),
        segments=Segments(shape=Shape.LEVEL, season=season),
    )


def _effect(asked: Asked, atgard: Atgard, found: Interrupted) -> Claim:
    step = found.effects.level
    answer = Answer(
        value=float(found.fitted.value[-1]),
        held=(ReferenceKind.EARLIER, UNCHANGED, float(found.counterfactual.value[-1])),
        difference=asked.sign * step.estimate,
        method=METHOD,
        bounds=asked.turned(step.low, step.high),
        p=step.p,
        firm=True,
        note=atgard.id,
    )
    return dense_claim(asked, Question.EFFECT, EvidenceKind.DIRECTION, answer)
