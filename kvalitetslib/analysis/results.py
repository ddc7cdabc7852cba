"""What is known of each followed indicator, drawn together for the page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import GENDERS, Floats, Panel, peer_group
from kvalitetslib.model import Group, Kommun, Namnd, ReferenceKind
from kvalitetslib.period import Period, PeriodKind, parse_period
from kvalitetslib.report import (
    Cell,
    Certainty,
    Estimate,
    Evidence,
    Freshness,
    IndicatorResult,
    Peers,
    Point,
    Question,
    Reference,
    Series,
    Verdict,
    Withheld,
    WithheldReason,
)
from kvalitetslib.stats.intervals import wilson_interval

_NOT_PUBLISHED = Withheld(WithheldReason.NOT_PUBLISHED)
_SMALL = Withheld(WithheldReason.SMALL_GROUP)
_SHARE = "procent"


@dataclass(frozen=True, eq=False)
class Own:
    """The kommun's own protected rows by indicator, the ones of an earlier fetch, and the time."""

    by_indicator: dict[str, pd.DataFrame]
    earlier_latest: dict[str, float]
    has_earlier: bool
    next_publication: dict[str, str]
    quarter: Period


def own_rows(
    values: pd.DataFrame, earlier: pd.DataFrame, publications: pd.DataFrame, quarter: Period
) -> Own:
    """Group the own rows once, so that each nämnd only looks them up."""
    known = earlier[earlier["value"].notna() & (earlier["gender"] == "T")]
    return Own(
        by_indicator={
            str(id): rows.sort_values(["at", "gender", "age", "area"], kind="stable")
            for id, rows in values.groupby("indicator", observed=True)
        },
        earlier_latest={
            str(id): float(at)
            for id, at in known.groupby("indicator", observed=True)["at"].max().items()
        },
        has_earlier=not earlier.empty,
        next_publication=dict(
            zip(publications["indicator"], publications["next_publication"], strict=True)
        ),
        quarter=quarter,
    )


def results_of(
    kommun: Kommun,
    namnd: Namnd,
    own: Own,
    *,
    followed: Followed,
    panel: Panel,
    evidence: Sequence[Evidence],
) -> tuple[IndicatorResult, ...]:
    """One result for each indicator of the nämnd, in the nämnd's own order."""
    by_indicator: dict[str, list[Evidence]] = {}
    for each in evidence:
        by_indicator.setdefault(each.indicator, []).append(each)
    results = []
    for row, followed_namnd in enumerate(followed.namnder):
        if followed_namnd is not namnd:
            continue
        indicator = followed.indicators[row]
        about = by_indicator.get(indicator.id, [])
        rows = own.by_indicator.get(indicator.id)
        series, breakdown = _series(rows, indicator.unit)
        latest = _latest_point(series)
        level = next((each for each in about if each.question is Question.LEVEL), None)
        results.append(
            IndicatorResult(
                indicator=indicator,
                latest=latest,
                freshness=_freshness(own, indicator.id, indicator.ended, latest),
                next_publication=own.next_publication.get(indicator.id, ""),
                series=series,
                breakdown=breakdown,
                reference_series=_reference_series(kommun, namnd, panel, indicator.id),
                peers=_peers(kommun, followed, panel, row),
                goal=followed.goals[row],
                verdict=level.verdict if level else _unheld(about),
                certainty=level.certainty if level else Certainty.UNDECIDED,
                evidence=tuple(each.id for each in about),
                source=str(rows["source"].iloc[-1]) if rows is not None else indicator.source,
            )
        )
    return tuple(results)


def _unheld(about: list[Evidence]) -> Verdict:
    """Without a level question the indicator is judged by nothing."""
    judged = any(each.verdict is not Verdict.NOT_JUDGED for each in about)
    return Verdict.UNDECIDED if judged else Verdict.NOT_JUDGED


def _series(rows: pd.DataFrame | None, unit: str) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """Whole-kommun series by sex, and series by age and area."""
    if rows is None:
        return (), ()
    whole: list[Series] = []
    parts: list[Series] = []
    rows = rows[rows["enhet"] == ""]
    for (gender, age, area), group_rows in rows.groupby(["gender", "age", "area"], observed=True):
        points = tuple(
            Point(str(row.period), float(row.at), _cell(row, unit))
            for row in group_rows.itertuples()
        )
        group = Group(str(gender), str(age), str(area))
        (parts if group.age or group.area else whole).append(Series(group, points))
    order = {gender: place for place, gender in enumerate(GENDERS)}
    whole.sort(key=lambda each: (order.get(each.group.gender, len(order)), each.group.gender))
    return tuple(whole), tuple(parts)


def _cell(row: object, unit: str) -> Cell:
    value, hits, n = (float(getattr(row, name)) for name in ("value", "numerator", "denominator"))
    if row.withheld:
        return _SMALL
    if np.isnan(value):
        return _NOT_PUBLISHED
    low = high = None
    if unit == _SHARE and not np.isnan(hits) and n > 0:
        bounds = wilson_interval(hits, n)
        low, high = 100 * float(bounds.low), 100 * float(bounds.high)
    known_n = None if np.isnan(n) else n
    quality = "" if low is None or high is None else ("A" if n >= 30 and high - low <= 20 else "B")
    method = "publicerat värde" if low is None else "Wilson"
    return Estimate(value, low, high, known_n, known_n, method, quality)


def _latest_point(series: tuple[Series, ...]) -> Point | None:
    total = next((each for each in series if each.group.is_total), None)
    if total is None:
        return None
    known = [each for each in total.points if isinstance(each.cell, Estimate)]
    return known[-1] if known else None


def _freshness(own: Own, id: str, ended: int | None, latest: Point | None) -> Freshness:
    """New when the earlier fetch did not have it; else when its period ended in the quarter."""
    if latest is None:
        return Freshness.MISSING
    if ended is not None and parse_period(latest.period).end.year >= ended:
        return Freshness.ENDED
    period = parse_period(latest.period)
    if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
        fresh = period.end >= own.quarter.start
    else:
        fresh = own.has_earlier and latest.at > own.earlier_latest.get(id, -np.inf)
    return Freshness.NEW if fresh else Freshness.UNCHANGED


def _reference_series(
    kommun: Kommun, namnd: Namnd, panel: Panel, id: str
) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Median of the peers and of the county at every period."""
    row = panel.rows([id])[0]
    county = next((each for each in kommun.peer_groups if each.kind is ReferenceKind.COUNTY), None)
    found = []
    for group in (peer_group(kommun, namnd.peer_group), county):
        if row < 0 or group is None:
            continue
        block = panel.values[row][panel.columns(group.kommuner), 0]
        enough = np.sum(~np.isnan(block), axis=0) >= kommun.policy.peers_smallest
        points = tuple(
            Point(
                panel.periods[place],
                float(panel.at[place]),
                Estimate(_median(block[:, place]), None, None, None, None, "median", ""),
            )
            for place in np.flatnonzero(enough)
        )
        if points:
            found.append((group.namn, points))
    return tuple(found)


def _median(values: Floats) -> float:
    return float(np.median(values[~np.isnan(values)]))


def _peers(kommun: Kommun, followed: Followed, panel: Panel, row: int) -> Peers | None:
    """All other municipalities in the period of the own value, for the strip."""
    place, id = followed.latest[row], followed.indicators[row].id
    indicator_row = panel.rows([id])[0]
    if place < 0 or indicator_row < 0:
        return None
    outside = {kommun.kod} | {
        code
        for group in kommun.peer_groups
        if group.kind is ReferenceKind.COUNTRY
        for code in group.kommuner
    }
    others = np.array([code not in outside for code in panel.kommuner])
    values = panel.values[indicator_row, others, 0, place]
    values = np.sort(values[~np.isnan(values)])
    if len(values) < kommun.policy.peers_smallest:
        return None
    references = tuple(
        Reference(held.kind, held.labels[row], float(held.value[row]), int(held.members[row]))
        for held in (*followed.held[1:], followed.best)
        if not np.isnan(held.value[row])
    )
    own_place = followed.place[row]
    return Peers(
        period=followed.periods[place],
        values=tuple(float(each) for each in values),
        references=references,
        place=None if np.isnan(own_place) else int(own_place),
        of=int(followed.out_of[row]),
        group=followed.held[1].labels[row],
    )
