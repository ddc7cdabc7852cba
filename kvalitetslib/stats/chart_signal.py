"""What the latest point of a control chart says: its signals, its direction, its chance.

Findings read the latest point alone: among 24 points of mere noise some point signals in 19 % of
series, the latest in 2 %.

Worked example: seven points on one side are 2 / 2**7 = 1.6 % likely when nothing has changed. Yet
the other rules could have signalled too, as surprisingly or more: outside the limits (0.9 % with a
sigma from 24 points), two of three in the outer third (0.2 %) and a trend (0.04 %). So the p value
of the run is their sum, 2.7 %.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from kvalitetslib.stats.intervals import Floats
from kvalitetslib.stats.no_change import Law, NormalLaw
from kvalitetslib.stats.order_chance import (
    FEWEST_EVENTS,
    Order,
    is_near_normal,
    varies_like_poisson,
)
from kvalitetslib.stats.phases import Bools
from kvalitetslib.stats.process import LIMIT_SIGMAS, Chart, ChartKind, standardised
from kvalitetslib.stats.run_rules import RUN_LENGTH

LAWFUL_P = 0.2
"""Below this p counts are not trusted to be Poisson: a wrong yes costs more than a wrong no."""


class Rule(StrEnum):
    """The run rules, in the order in which they are told."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    OUTER_THIRD = "outer_third"


class Variation(StrEnum):
    """Special or common cause at the latest point, and whether a special one is good."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    CHANGE_UP = "change_up"
    CHANGE_DOWN = "change_down"
    COMMON = "common"
    UNKNOWN = "unknown"


class Assurance(StrEnum):
    """What the limits say about a target that is to be reached again and again."""

    ALWAYS = "always"
    NEVER = "never"
    SOMETIMES = "sometimes"
    UNKNOWN = "unknown"


class Signal(NamedTuple):
    """A rule that fired, and its direction: 1 upwards, -1 downwards."""

    rule: Rule
    sign: int


def latest_signals(chart: Chart) -> tuple[Signal, ...]:
    """The rules that fired at the latest point, in the order of `Rule`; empty for none.

    A point on the way down may end a trend and still lie above the centre, so that two rules
    differ in direction. The first one is the one to tell.
    """
    if not _has_limits(chart):
        return ()
    at = chart.latest
    signs = (chart.outside[at], chart.run[at], chart.trend[at], chart.outer_third[at])
    return tuple(Signal(rule, int(sign)) for rule, sign in zip(Rule, signs, strict=True) if sign)


def variation(chart: Chart, direction: int = 0) -> Variation:
    """Verdict of the latest point.

    Parameters
    ----------
    chart : UNKNOWN when its latest phase has no limits.
    direction : 1 when high is good, -1 when low is, 0 when neither is; a change is then just up
        or down.

    Raises
    ------
    ValueError : if the direction is none of these.
    """
    if direction not in (1, 0, -1):
        raise ValueError(f"direction must be 1, 0 or -1, found {direction}")
    if not _has_limits(chart):
        return Variation.UNKNOWN
    fired = latest_signals(chart)
    if not fired:
        return Variation.COMMON
    if direction == 0:
        return Variation.CHANGE_UP if fired[0].sign > 0 else Variation.CHANGE_DOWN
    return Variation.IMPROVEMENT if fired[0].sign == direction else Variation.CONCERN


def assurance(chart: Chart, target: float, direction: int) -> Assurance:
    """Does the process reach the target always, never or sometimes?

    Parameters
    ----------
    chart : only its limits at the latest point are read.
    target : NaN gives UNKNOWN, as do missing limits.
    direction : 1 when high is good, -1 when low is. Standing on the target reaches it.

    Raises
    ------
    ValueError : if the direction is neither 1 nor -1.
    """
    if direction not in (1, -1):
        raise ValueError(f"direction must be 1 or -1, found {direction}")
    if not _has_limits(chart) or np.isnan(target):
        return Assurance.UNKNOWN
    at = chart.latest
    worst, best = sorted((direction * chart.lower[at], direction * chart.upper[at]))
    goal = direction * target
    if worst >= goal:
        return Assurance.ALWAYS
    return Assurance.NEVER if best < goal else Assurance.SOMETIMES


def signal_p(chart: Chart) -> float:
    """Chance of a signal as surprising as that of the latest point, when nothing has changed.

    Returns
    -------
    Two-sided p value, fit for a family of tests: 1 without a signal or without limits. It is the
    chance of the rule that fired plus those of the other rules that are at most as likely, and so
    holds though four rules were looked at.

    Notes
    -----
    Of independent points: outside, the tail of z; a run of k, 2 / 2**k; a trend of k, 2 / k!; two
    of three in the outer third, 2 (a**2 - a**3) where a is the chance of one point there. The
    uncertainty of centre and sigma is counted (see `no_change`). A longer run has a smaller p.
    Where the points before the signal do not look normal (or, in a c chart, Poisson), all chances
    are reckoned by the order of the points alone too (see `order_chance`), and the larger p holds.
    The sum over rules is Bonferroni's with the levels that discrete tests can attain (Tarone
    1990, Biometrics 46, 515-522). Where the baseline never varied, see `beyond` of the law.

    Simulated without change (XmR charts of 24 normal points), p <= 0.01 comes in at most 0.5 % and
    p <= 0.05 in at most 1.8 %; with limits frozen after 12 of them in 1.0 % and 4.8 %. Values that
    follow each other (autocorrelation) signal more often.
    """
    if not latest_signals(chart):
        return 1.0
    distance = _current(chart, standardised(chart.values, chart.centre, chart.sigma))
    z = float(distance[-1])
    if np.isinf(z):
        return chart.law.beyond(z)
    by_law = _rarest(chart, chart.law.beyond(z), _levels(chart.law))
    if not _is_own_baseline(chart) or _is_lawful(chart):
        return by_law
    order = Order(distance)
    return max(by_law, _rarest(chart, order.beyond(z), _levels_by_order(order)))


class _Levels(NamedTuple):
    """Chances that the latest point is called by each rule; one a length for runs and trends."""

    outside: float
    run: Floats
    trend: Floats
    outer_third: Floats


def _rarest(chart: Chart, beyond: float, levels: _Levels) -> float:
    """Chance of the rarest rule that fired, and of the other rules that are at most as likely."""
    fired = {signal.rule for signal in latest_signals(chart)}
    runs = levels.run if chart.has_runs else np.ones(levels.run.shape)
    seen = (
        beyond,
        _of_length(runs, _run_length(chart)),
        _of_length(levels.trend, _trend_length(chart)),
        float(levels.outer_third.sum()),
    )
    # A level is itself counted, in spite of rounding.
    least = (1 + 1e-9) * min(p for rule, p in zip(Rule, seen, strict=True) if rule in fired)
    others = sum(_largest_within(each, least) for each in (runs, levels.trend, levels.outer_third))
    return min(1.0, min(least, levels.outside) + others)


def _levels(law: Law) -> _Levels:
    above, below = law.tails(0.0, 1), law.tails(0.0, -1)
    runs = sum(np.cumprod(side[:, ::-1], axis=1).mean(axis=0) for side in (above, below))
    trends = 2 / np.cumprod(np.arange(1, above.shape[1] + 1, dtype=np.float64))
    return _Levels(
        outside=law.beyond(LIMIT_SIGMAS),
        run=np.asarray(runs)[RUN_LENGTH - 1 :],
        trend=trends[RUN_LENGTH - 1 :],
        outer_third=np.array([_outer_third(law, 1) + _outer_third(law, -1)]),
    )


def _levels_by_order(order: Order) -> _Levels:
    n = order.z.size
    trends = 2 / np.cumprod(np.arange(1, n + 1, dtype=np.float64))
    return _Levels(
        outside=order.beyond(LIMIT_SIGMAS),
        run=order.runs[RUN_LENGTH - 1 :],
        trend=trends[RUN_LENGTH - 1 :],
        outer_third=np.array([order.outer_third(LIMIT_SIGMAS * 2 / 3, LIMIT_SIGMAS)]),
    )


def _is_own_baseline(chart: Chart) -> bool:
    """Is the latest point one of those that made its limits?"""
    return bool(chart.law.centre_error[-1] == 0)


def _is_lawful(chart: Chart) -> bool:
    """Do the points before the latest signal follow the chart's law, as far as can be seen?

    A run that ends the series is left out, as it may be the change itself. Counts with a
    denominator are taken at their word.
    """
    before = _current(chart, chart.values)
    if chart.kind is ChartKind.C:
        others = before[:-1]
        return bool(others.sum() >= FEWEST_EVENTS) and varies_like_poisson(others, p=LAWFUL_P)
    if not isinstance(chart.law, NormalLaw):
        return True
    return is_near_normal(before[: -_run_length(chart)])


def _outer_third(law: Law, side: int) -> float:
    """Chance that the last of three is in the outer third, with one or two of the others."""
    all_side = law.tails(0.0, side)[:, -3:]
    outer = (law.tails(LIMIT_SIGMAS * 2 / 3, side) - law.tails(LIMIT_SIGMAS, side))[:, -3:]
    if outer.shape[1] < 3:
        return 0.0
    first, second, last = outer.T
    others = first * all_side[:, 1] + second * all_side[:, 0] - first * second
    return float((last * others).mean())


def _run_length(chart: Chart) -> int:
    """Points of the latest phase, counted backwards, on the side where the latest is."""
    side = np.sign(_current(chart, chart.values - chart.centre))[::-1]
    return _leading(side == side[0])


def _trend_length(chart: Chart) -> int:
    steps = np.sign(np.diff(_current(chart, chart.values)))[::-1]
    return 1 + _leading(steps == steps[0]) if steps.size else 1


def _current(chart: Chart, values: Floats) -> Floats:
    same = chart.phase == chart.phase[chart.latest]
    return np.asarray(values[same & ~np.isnan(chart.values)])


def _leading(truth: Bools) -> int:
    return int(truth.size if truth.all() else np.argmin(truth))


def _of_length(levels: Floats, length: int) -> float:
    return float(levels[length - RUN_LENGTH]) if length >= RUN_LENGTH else 1.0


def _largest_within(levels: Floats, level: float) -> float:
    return float(levels[levels <= level].max(initial=0.0))


def _has_limits(chart: Chart) -> bool:
    if np.isnan(chart.values).all():
        return False
    return not np.isnan([chart.lower[chart.latest], chart.upper[chart.latest]]).any()
