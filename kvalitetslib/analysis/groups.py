"""Questions about groups within the kommun: each age or area against the rest, women against men.

Own indicators only, as Kolada has no age or area. Withheld cells take no part, neither as a group
nor in "the rest", so that nothing can be derived from a comparison.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kvalitetslib.analysis.claims import WEIGHTS, Claim
from kvalitetslib.analysis.followed import POLARITY
from kvalitetslib.analysis.monthly import PER_YEAR
from kvalitetslib.analysis.results import quality_class
from kvalitetslib.model import Group, Indicator, Kommun, Namnd, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.report import Estimate, EvidenceKind, Question
from kvalitetslib.stats.compare import equal_shares_p, two_shares_p
from kvalitetslib.stats.intervals import newcombe_difference, wilson_interval

DIMENSIONS = ("gender", "age", "area")
SCALES = {"procent": 100.0, "antal per 1 000 invånare": 1000.0}
"""What a share is multiplied with to be in the indicator's unit; other units are not shares."""
GATE = 0.05
"""Groups are opened only when they differ at all, by a chi-square test at this level."""


def group_claims(kommun: Kommun, own: pd.DataFrame) -> Iterator[Claim]:
    """Claims about groups of the kommun's own shares (rows with numerator and denominator)."""
    counted = own[
        own["numerator"].notna()
        & (own["denominator"] > 0)
        & ~own["withheld"]
        & (own["enhet"] == "")
    ]
    known = {each.id: each for each in kommun.indicators}
    by_indicator = {str(id): rows for id, rows in counted.groupby("indicator", observed=True)}
    for namnd in kommun.namnder:
        for id in namnd.indicators:
            if id not in by_indicator or known[id].unit not in SCALES:
                continue
            for dimension in DIMENSIONS:
                table = latest_counts(by_indicator[id], dimension)
                if len(table) >= 2:
                    yield from _table_claims(namnd, known[id], dimension, table)


def latest_counts(rows: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Counts by group over the latest year of periods: numerator, denominator, periods, last.

    Only cells that are whole in the other dimensions are counted.
    """
    others = [name for name in DIMENSIONS if name != dimension]
    whole = {"gender": "T", "age": "", "area": ""}
    part = rows[rows[dimension] != whole[dimension]]
    for name in others:
        part = part[part[name] == whole[name]]
    if part.empty:
        return part
    periods = sorted(part["period"].unique(), key=lambda text: parse_period(text).at)
    window = PER_YEAR.get(parse_period(periods[-1]).kind, 1)
    part = part[part["period"].isin(periods[-window:])]
    table = part.groupby(dimension, observed=True)[["numerator", "denominator"]].sum()
    # A group that is withheld in some month is not compared: its year would not be whole.
    whole_year = part.groupby(dimension, observed=True)["period"].nunique() == min(
        window, len(periods)
    )
    table = table[whole_year]
    return table.assign(first=periods[-window:][0], last=periods[-1], periods=len(periods))


def _table_claims(
    namnd: Namnd, indicator: Indicator, dimension: str, table: pd.DataFrame
) -> Iterator[Claim]:
    hits, n = table["numerator"].to_numpy(float), table["denominator"].to_numpy(float)
    gate_is_open = equal_shares_p(hits, n) <= GATE
    for place, name in enumerate(table.index):
        if dimension == "gender" and name != "K":
            continue
        counts = (hits[place], n[place], hits.sum() - hits[place], n.sum() - n[place])
        yield _group_claim(
            (namnd, indicator),
            Group(**{dimension: str(name)}),
            counts=counts,
            periods=table.iloc[place],
            opened=gate_is_open,
        )


def _group_claim(
    asked: tuple[Namnd, Indicator],
    group: Group,
    *,
    counts: tuple[float, float, float, float],
    periods: pd.Series,
    opened: bool,
) -> Claim:
    """One group against the rest; a women-men gap is negative by its size, as it is never good."""
    namnd, indicator = asked
    hits, n, rest_hits, rest_n = counts
    scale = SCALES[indicator.unit]
    polarity = POLARITY.get(indicator.direction, np.nan)
    plain = scale * (hits / n - rest_hits / rest_n)
    bounds = newcombe_difference(hits, n, rest_hits, rest_n)
    by_sex = group.gender != "T"
    sign = -np.copysign(1.0, plain) if by_sex else (1.0 if np.isnan(polarity) else polarity)
    low, high = sorted((sign * scale * float(bounds.low), sign * scale * float(bounds.high)))
    share = wilson_interval(hits, n)
    return Claim(
        namnd=namnd,
        indicator=indicator,
        group=group,
        question=Question.GAP,
        kind=EvidenceKind.COMPARISON,
        period=str(periods["last"]),
        cell=Estimate(
            value=float(scale * hits / n),
            low=float(scale * share.low),
            high=float(scale * share.high),
            n=float(n),
            n_eff=float(n),
            method="Wilson",
            quality=quality_class(n, float(share.high - share.low)),
        ),
        reference_kind=ReferenceKind.GROUP,
        reference_label="män" if by_sex else "övriga",
        reference_value=float(scale * rest_hits / rest_n),
        reference_members=0,
        difference=float(sign * plain),
        low=low,
        high=high,
        delta=indicator.delta,
        p=two_shares_p(*counts),
        n_periods=int(periods["periods"]),
        first_period=str(periods["first"]),
        method="chitvåprov och skillnad mellan två andelar (Newcombe)",
        polarity=polarity,
        weight=WEIGHTS[ReferenceKind.GROUP],
        reach=float(n / (n + rest_n)),
        firm=True,
        opened=opened,
    )
