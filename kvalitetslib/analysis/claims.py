"""A claim: one question asked of the data, before correction for how many were asked."""

from dataclasses import dataclass

from kvalitetslib.model import Group, Indicator, Namnd, ReferenceKind
from kvalitetslib.report import Cell, EvidenceKind, Question

WEIGHTS = {
    ReferenceKind.GOAL: 1.0,
    ReferenceKind.PEERS: 0.8,
    ReferenceKind.COUNTY: 0.7,
    ReferenceKind.COUNTRY: 0.6,
    ReferenceKind.BEST: 0.6,
    ReferenceKind.GROUP: 0.8,
    ReferenceKind.EARLIER: 0.8,
}
"""How much a reference weighs when findings are ranked: a goal most, then the nearest."""

PACE_SO_FAR = "hittills per år"
"""What stands beside the pace that a goal needs."""


@dataclass(frozen=True)
class Claim:
    """A question and its answer; NaN means that a number does not exist.

    Attributes
    ----------
    difference, low, high : turned so that positive is good; a gap is negative by its size, as a
        gap is never good.
    polarity : 1 high is good, -1 low is, NaN neither.
    weight, reach : how much the reference weighs and the share of people concerned (0 to 1); they
        rank findings.
    firm : the uncertainty is well measured, so that a finding may be called säkerställd.
    opened : a group may be judged only when its split differs at all; closed claims still count
        among all that were tested.
    step : what the difference is rounded to when it is published; 0 leaves it as it is.
    beside : the same gap among the peers (their median), or the pace so far, and what it is
        called; NaN when unknown.
    signal : a run rule that fired, for charts of many points.
    near : the latest value alone is within a relevant difference; else nothing is "i nivå".
    years : how many years the difference is a mean of.
    note : what the claim is about beside the indicator: the id of an åtgärd.
    """

    namnd: Namnd
    indicator: Indicator
    group: Group
    question: Question
    kind: EvidenceKind
    period: str
    cell: Cell
    reference_kind: ReferenceKind
    reference_label: str
    reference_value: float
    reference_members: int
    difference: float
    low: float
    high: float
    delta: float
    p: float
    n_periods: int
    first_period: str
    method: str
    polarity: float
    weight: float
    reach: float = 1.0
    firm: bool = False
    opened: bool = True
    step: float = 0.0
    signal: str = ""
    beside: float = float("nan")
    beside_label: str = ""
    note: str = ""
    near: bool = True
    years: int = 1
