"""Questions about groups within the kommun: each age or area against the rest, women against men.

Own counts only, as Kolada has no age or area. Groups are opened only where the indicator's groups
differ at all; those of a closed table still count among all that were tested.

Small groups are not tested. Whether a group is large enough is asked of its size and the share of
everybody, never of its own share: to test only groups that lie far from the middle would make
chance look like a difference. A group that is tested but is uncertain by its own share is no
finding either. Few people who are all alike are not told of at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kvalitetslib.analysis.claims import WEIGHTS, Claim
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.group_counts import DIMENSIONS, GroupCounts, group_counts
from kvalitetslib.analysis.panel import Floats
from kvalitetslib.analysis.results import quality_class
from kvalitetslib.model import Group, Indicator, Kommun, Namnd, ReferenceKind
from kvalitetslib.report import Estimate, EvidenceKind, Question
from kvalitetslib.stats.compare import equal_shares_p, two_shares_p
from kvalitetslib.stats.intervals import newcombe_difference, wilson_interval

SCALES = {"procent": 100.0, "antal per 1 000 invånare": 1000.0}
"""What a share is multiplied with to be in the indicator's unit; other units are not shares."""
GATE = 0.05
"""Groups are opened only when they differ at all, by a chi-square test at this level."""
METHOD = "chitvåprov, skillnad mellan två andelar (Newcombe) och Fishers exakta prov när de är få"
ALL_ALIKE = 30
"""In a group of fewer, that nobody or everybody has something tells of each one of them."""
CERTAIN = "A"
"""The quality class that may be judged."""

Bools = npt.NDArray[np.bool_]


def group_claims(kommun: Kommun, own: pd.DataFrame) -> Iterator[Claim]:
    """Claims about groups of the kommun's own shares (rows with numerator and denominator)."""
    known = {each.id: each for each in kommun.indicators}
    shares = own[own["indicator"].isin([id for id in known if known[id].unit in SCALES])]
    events = {each.id for each in kommun.indicators if each.counts_events}
    tables = [_compared(group_counts(shares, each, events), known) for each in DIMENSIONS]
    for namnd in kommun.namnder:
        for id in namnd.indicators:
            for table in tables:
                for row in table.rows.get(id, ()):
                    yield _claim(namnd, known[id], table, row)


@dataclass(frozen=True, eq=False)
class _Compared:
    """Each group against the rest, in the indicators' units.

    A women-men gap is negative by its size, as it is never good; others are turned so that
    positive is good.
    """

    counts: GroupCounts
    rows: dict[str, list[int]]
    scale: Floats
    value: Floats
    value_low: Floats
    value_high: Floats
    rest: Floats
    difference: Floats
    low: Floats
    high: Floats
    p: Floats
    opened: list[bool]


def _compared(counts: GroupCounts, known: dict[str, Indicator]) -> _Compared:
    by_sex = counts.dimension == "gender"
    scale = np.array([SCALES[known[id].unit] for id in counts.indicator], dtype=float)
    polarity = np.array(
        [POLARITY.get(known[id].direction, np.nan) for id in counts.indicator], dtype=float
    )
    value, rest = counts.hits / counts.n, counts.rest_hits / counts.rest_n
    plain = scale * (value - rest)
    sign = -np.copysign(1.0, plain) if by_sex else np.where(np.isnan(polarity), 1.0, polarity)
    bounds = newcombe_difference(counts.hits, counts.n, counts.rest_hits, counts.rest_n)
    ends = np.sort(np.stack([sign * scale * bounds.low, sign * scale * bounds.high]), axis=0)
    share = wilson_interval(counts.hits, counts.n)
    is_tested, is_certain = _judged(counts)
    gate = equal_shares_p(counts.hits, counts.n, counts.table)
    rows: dict[str, list[int]] = {}
    exposed = _exposed(counts.hits, counts.n) | _exposed(counts.rest_hits, counts.rest_n)
    for row, (id, group) in enumerate(zip(counts.indicator, counts.group, strict=True)):
        if not exposed[row] and (not by_sex or group == "K"):
            rows.setdefault(id, []).append(row)
    return _Compared(
        counts=counts,
        rows=rows,
        scale=scale,
        value=scale * value,
        value_low=scale * share.low,
        value_high=scale * share.high,
        rest=scale * rest,
        difference=sign * plain,
        low=ends[0],
        high=ends[1],
        p=np.where(
            is_tested,
            two_shares_p(counts.hits, counts.n, counts.rest_hits, counts.rest_n),
            np.nan,
        ),
        opened=((gate <= GATE)[counts.table] & is_certain).tolist(),
    )


def _exposed(hits: Floats, n: Floats) -> Bools:
    """Few people who are all alike: each one's answer could be read."""
    return (n < ALL_ALIKE) & ((hits <= 0) | (hits >= n))


def _judged(counts: GroupCounts) -> tuple[Bools, Bools]:
    """Which groups and rests are both large enough to test, and both certain as they turned out."""
    sides = ((counts.hits, counts.n), (counts.rest_hits, counts.rest_n))
    pooled = (counts.hits + counts.rest_hits) / (counts.n + counts.rest_n)
    tested = [_is_certain(n * pooled, n) for _, n in sides]
    certain = [_is_certain(hits, n) for hits, n in sides]
    return tested[0] & tested[1], certain[0] & certain[1]


def _is_certain(hits: Floats, n: Floats) -> Bools:
    low, high = wilson_interval(hits, n)
    classes = [quality_class(*each) for each in zip(n.tolist(), (high - low).tolist(), strict=True)]
    return np.array([each == CERTAIN for each in classes], dtype=np.bool_)


def _claim(namnd: Namnd, indicator: Indicator, table: _Compared, row: int) -> Claim:
    counts = table.counts
    n = float(counts.n[row])
    low, high = float(table.value_low[row]), float(table.value_high[row])
    return Claim(
        namnd=namnd,
        indicator=indicator,
        group=Group(**{counts.dimension: counts.group[row]}),
        question=Question.GAP,
        kind=EvidenceKind.COMPARISON,
        period=counts.last[row],
        cell=Estimate(
            value=float(table.value[row]),
            low=low,
            high=high,
            n=n,
            n_eff=n,
            method="Wilson",
            quality=quality_class(n, (high - low) / float(table.scale[row])),
        ),
        reference_kind=ReferenceKind.GROUP,
        reference_label="män" if counts.dimension == "gender" else "övriga",
        reference_value=float(table.rest[row]),
        reference_members=0,
        difference=float(table.difference[row]),
        low=float(table.low[row]),
        high=float(table.high[row]),
        delta=indicator.delta,
        p=float(table.p[row]),
        n_periods=int(counts.periods[row]),
        first_period=counts.first[row],
        method=METHOD,
        polarity=POLARITY.get(indicator.direction, np.nan),
        weight=WEIGHTS[ReferenceKind.GROUP],
        reach=n / (n + float(counts.rest_n[row])),
        firm=True,
        opened=table.opened[row],
    )
