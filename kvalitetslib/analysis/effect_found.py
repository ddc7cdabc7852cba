"""What one method gives of one åtgärd, and the claim and the effect that are made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from kvalitetslib.analysis.claims import WEIGHTS, Claim
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.estimate import Cell, Estimate
from kvalitetslib.model import Indicator, Namnd, ReferenceKind
from kvalitetslib.register import Atgard
from kvalitetslib.verdict import EvidenceKind, Question, Verdict
from kvalitetslib.wheel import Effect, EffectMethod, NoEffect

Drawn = tuple[tuple[str, float], ...]
"""(period, value) in time order."""


@dataclass(frozen=True, eq=False)
class Trial:
    """An åtgärd of a nämnd and the indicator it is measured by."""

    namnd: Namnd
    indicator: Indicator
    atgard: Atgard

    @property
    def sign(self) -> float:
        """What turns a difference so that positive is good; NaN without a good direction."""
        return POLARITY.get(self.indicator.direction, np.nan)

    def turned(self, low: float, high: float) -> tuple[float, float]:
        """Bounds turned so that positive is good, the lower one first."""
        first, last = sorted((self.sign * low, self.sign * high))
        return first, last


@dataclass(frozen=True, eq=False)
class Found:
    """What was measured, before its p is judged among the others'.

    ``value`` is the level after and ``held`` what it would have been, with its name; differences
    are turned so that positive is good. ``wording`` is the method in words. ``step`` is what a
    survey's numbers are rounded to, and ``cell`` its own value.
    """

    method: EffectMethod
    wording: str
    value: float
    held: tuple[str, float]
    difference: float
    bounds: tuple[float, float]
    p: float
    before: tuple[str, str]
    after: tuple[str, str]
    n_periods: int
    naive: float
    returned: bool = False
    firm: bool = True
    others: float | None = None
    n_others: int = 0
    since: str = ""
    shared: tuple[str, ...] = ()
    values: Drawn = ()
    fitted: Drawn = ()
    counterfactual: Drawn = ()
    step: float = 0.0
    cell: Cell | None = None


@dataclass(frozen=True, eq=False)
class Tried:
    """The effect as far as it is known before it is judged, and the claim that it makes."""

    effect: Effect
    claim: Claim | None = None


def not_measured(trial: Trial | None, atgard: Atgard, why: NoEffect) -> Tried:
    """An åtgärd of which nothing was measured, and why."""
    return Tried(
        Effect(
            atgard.id,
            EffectMethod.NONE,
            Verdict.NOT_JUDGED,
            why,
            indicator=atgard.indicator if trial is None else trial.indicator.id,
            group=atgard.group,
        )
    )


def tried(trial: Trial, found: Found) -> Tried:
    """The claim of what was found, and the effect that waits for its verdict."""
    effect = Effect(
        atgard=trial.atgard.id,
        method=found.method,
        verdict=Verdict.UNDECIDED,
        indicator=trial.indicator.id,
        group=trial.atgard.group,
        p=None if np.isnan(found.p) else found.p,
        naive=found.naive,
        returned=found.returned,
        others=found.others,
        n_others=found.n_others,
        before=found.before,
        after=found.after,
        since=found.since,
        shared=found.shared,
        values=found.values,
        fitted=found.fitted,
        counterfactual=found.counterfactual,
    )
    return Tried(effect, _claim(trial, found))


def _claim(trial: Trial, found: Found) -> Claim:
    """Always held against the own earlier values, so that its id outlives a change of method."""
    plain = Estimate(found.value, None, None, None, None, found.wording, "")
    return Claim(
        namnd=trial.namnd,
        indicator=trial.indicator,
        group=trial.atgard.group,
        question=Question.EFFECT,
        kind=EvidenceKind.DIRECTION,
        period=found.after[1],
        cell=found.cell or plain,
        reference_kind=ReferenceKind.EARLIER,
        reference_label=found.held[0],
        reference_value=found.held[1],
        reference_members=found.n_others,
        difference=found.difference,
        low=found.bounds[0],
        high=found.bounds[1],
        delta=trial.indicator.delta,
        p=found.p,
        n_periods=found.n_periods,
        first_period=found.before[0],
        method=found.wording,
        polarity=trial.sign,
        weight=WEIGHTS[ReferenceKind.EARLIER],
        firm=found.firm and not found.shared,
        step=found.step,
        note=trial.atgard.id,
    )


@dataclass(frozen=True)
class Beside:
    """Another change of the same series: an åtgärd by its id, or a named change without one."""

    on: date
    atgard: str = ""


def named(others: Iterable[Beside]) -> tuple[str, ...]:
    """The ids of those that are åtgärder, each once and in order."""
    return tuple(sorted({each.atgard for each in others if each.atgard}))
