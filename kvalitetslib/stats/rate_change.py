"""Has a count grown, beside what is usual? Exact comparison of two Poisson rates.

Given how many events there are in all, those of the span now are binomial when nothing has
changed, with a chance that is the span's share of the time.

Worked example: 10 events now and 10 in the four spans before are 20, of which a fifth, 4, were
expected now. Ten or more come with chance 0.0026, and the rate is 10 / 2.5 = 4 times the usual.
"""

from typing import NamedTuple

from scipy import special


class RateChange(NamedTuple):
    """The rate now over the rate before, its interval, and one-sided chances.

    ``ratio`` and ``high`` are infinite when there was nothing before. ``p_more`` is the chance of
    as many now or more, ``p_fewer`` of as few or fewer, when nothing has changed.
    """

    ratio: float
    low: float
    high: float
    p_more: float
    p_fewer: float

    @property
    def p(self) -> float:
        """The two-sided chance, twice the smaller one."""
        return min(1.0, 2 * min(self.p_more, self.p_fewer))


def rate_change(
    now: int, before: int, *, time_before: float, time_now: float = 1.0, level: float = 0.95
) -> RateChange:
    """The rate of the span now against that of the spans before.

    Parameters
    ----------
    now, before : events, 0 or more.
    time_before, time_now : how long the spans are, in one unit, above 0.
    level : coverage of the interval, 0 < level < 1.

    Raises
    ------
    ValueError : if a number is out of range.

    Notes
    -----
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323; the interval by Clopper & Pearson
    (1934), Biometrika 26, 404-413. Without any event nothing is known: the interval is 0 to
    infinity and both chances are 1.
    """
    if now < 0 or before < 0:
        raise ValueError(f"events must not be negative, found {now} and {before}")
    if not (time_now > 0 and time_before > 0 and 0 < level < 1):
        raise ValueError("times must be above 0 and the level between 0 and 1")
    total, share = now + before, time_now / (time_now + time_before)
    if total == 0:
        return RateChange(float("nan"), 0.0, float("inf"), 1.0, 1.0)
    tail = (1 - level) / 2
    odds = time_before / time_now
    # Both the interval and the chances are of beta laws: quicker than stats.beta and stats.binom.
    return RateChange(
        ratio=_ratio(now / total, odds),
        low=_ratio(float(special.betaincinv(now, before + 1, tail)), odds) if now else 0.0,
        high=_ratio(float(special.betainccinv(now + 1, before, tail)) if before else 1.0, odds),
        p_more=float(special.betainc(now, before + 1, share)) if now else 1.0,
        p_fewer=float(special.betaincc(now + 1, before, share)) if before else 1.0,
    )


def _ratio(share: float, odds: float) -> float:
    return share / (1 - share) * odds if share < 1 else float("inf")
