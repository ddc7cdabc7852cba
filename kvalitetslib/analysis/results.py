"""What is known of each followed indicator, drawn together for the page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from kvalitetslib.analysis.followed import Followed
from kvalitetslib.analysis.panel import GENDERS, Panel
from kvalitetslib.context import ProcessChart
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
from kvalitetslib.sources.inputs import Inputs
from kvalitetslib.stats.intervals import wilson_interval
from kvalitetslib.stats.survey_interval import QualityRule

_NOT_PUBLISHED = Withheld(WithheldReason.NOT_PUBLISHED)
_SMALL = Withheld(WithheldReason.SMALL_GROUP)
_SHARE = "procent"


class OwnRow(NamedTuple):
    """One protected value of the own kommun; NaN where a number is withheld or unknown.

    ``low`` and ``high`` are the bounds of a share whose count is known.
    """

    indicator: str
    period: str
    at: float
    gender: str
    age: str
    area: str
    value: float
    numerator: float
    denominator: float
    withheld: bool
    source: str
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Own:
    """The kommun's own protected rows by indicator, the ones of an earlier fetch, and the time.

    ``earlier`` are the earlier fetch's values by indicator, and then by period and sex.
    """

    by_indicator: dict[str, list[OwnRow]]
    earlier: dict[str, dict[tuple[str, str], float]]
    earlier_latest: dict[str, float]
    has_earlier: bool
    next_publication: dict[str, str]
    quarter: Period


def own_rows(values: pd.DataFrame, inputs: Inputs, quarter: Period) -> Own:
    """Group the own rows once, in the order of time, so that each nämnd only looks them up.

    ``values`` are the protected rows.
    """
    earlier, publications = inputs.earlier, inputs.publications
    known = earlier[earlier["value"].notna() & (earlier["gender"] == "T")]
    whole = _with_bounds(values[(values["enhet"] == "").to_numpy(dtype=bool)], inputs.kommun)
    columns = [whole[name].tolist() for name in OwnRow._fields]
    by_indicator: dict[str, list[OwnRow]] = {}
    for row in map(OwnRow._make, zip(*columns, strict=True)):
        by_indicator.setdefault(row.indicator, []).append(row)
    return Own(
        by_indicator={
            id: sorted(rows, key=lambda row: (row.at, row.gender, row.age, row.area))
            for id, rows in by_indicator.items()
        },
        earlier=_earlier_values(earlier),
        earlier_latest=known.groupby("indicator", observed=True)["at"].max().to_dict(),
        has_earlier=not earlier.empty,
        next_publication=dict(
            zip(publications["indicator"], publications["next_publication"], strict=True)
        ),
        quarter=quarter,
    )


def _earlier_values(earlier: pd.DataFrame) -> dict[str, dict[tuple[str, str], float]]:
    columns = (earlier[name].tolist() for name in ("indicator", "period", "gender", "value"))
    found: dict[str, dict[tuple[str, str], float]] = {}
    for id, period, gender, value in zip(*columns, strict=True):
        found.setdefault(id, {})[period, gender] = value
    return found


def _with_bounds(values: pd.DataFrame, kommun: Kommun) -> pd.DataFrame:
    """The rows with Wilson bounds in percent, NaN for all but shares with known counts."""
    shares = [each.id for each in kommun.indicators if each.unit == _SHARE]
    hits, n = (values[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    counted = values["indicator"].isin(shares).to_numpy(dtype=bool) & (n > 0) & ~np.isnan(hits)
    bounds = wilson_interval(np.where(counted, hits, np.nan), np.where(counted, n, np.nan))
    return values.assign(low=100 * bounds.low, high=100 * bounds.high)


def results_of(
    kommun: Kommun,
    namnd: Namnd,
    own: Own,
    *,
    followed: Followed,
    panel: Panel,
    evidence: Sequence[Evidence],
    charts: Mapping[tuple[str, str], ProcessChart],
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
        series, breakdown = _series(rows)
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
                reference_series=_reference_series(followed, row),
                peers=_peers(kommun, followed, panel, row),
                goal=followed.goals[row],
                verdict=level.verdict if level else _unheld(about),
                certainty=level.certainty if level else Certainty.UNDECIDED,
                evidence=tuple(each.id for each in about),
                source=rows[-1].source if rows else indicator.source,
                process=charts.get((namnd.nyckel, indicator.id)),
            )
        )
    return tuple(results)


def _unheld(about: list[Evidence]) -> Verdict:
    """Without a level question the indicator is judged by nothing."""
    judged = any(each.verdict is not Verdict.NOT_JUDGED for each in about)
    return Verdict.UNDECIDED if judged else Verdict.NOT_JUDGED


def _series(rows: list[OwnRow] | None) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """Whole-kommun series by sex, and series by age and area."""
    by_group: dict[tuple[str, str, str], list[Point]] = {}
    for row in rows or ():
        point = Point(row.period, row.at, _cell(row))
        by_group.setdefault((row.gender, row.age, row.area), []).append(point)
    points = {Group(*key): found for key, found in by_group.items()}
    order = {gender: place for place, gender in enumerate(GENDERS)}
    whole = [group for group in points if not group.age and not group.area]
    whole.sort(key=lambda group: (order.get(group.gender, len(order)), group.gender))
    parts = sorted(group for group in points if group.age or group.area)
    return (
        tuple(Series(group, tuple(points[group])) for group in whole),
        tuple(Series(group, tuple(points[group])) for group in parts),
    )


def _cell(row: OwnRow) -> Cell:
    if row.withheld:
        return _SMALL
    if math.isnan(row.value):
        return _NOT_PUBLISHED
    n = None if math.isnan(row.denominator) else row.denominator
    if math.isnan(row.low):
        return Estimate(row.value, None, None, n, n, "publicerat värde", "")
    quality = quality_class(row.denominator, (row.high - row.low) / 100)
    return Estimate(row.value, row.low, row.high, n, n, "Wilson", quality)


def quality_class(n: float, width: float) -> str:
    """A (säker) or B (osäker) for a share, by people behind it and interval width (0 to 1)."""
    rule = QualityRule()
    return "A" if n >= rule.certain_n and width <= rule.certain_width else "B"


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


def _reference_series(followed: Followed, row: int) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Median of the peers and of the county at every period."""
    found = []
    for held in followed.held[1:3]:
        medians = held.course
        places = np.flatnonzero(~np.isnan(medians[row])).tolist()
        values, at = medians[row].tolist(), followed.at.tolist()
        points = tuple(
            Point(
                followed.periods[place],
                at[place],
                Estimate(values[place], None, None, None, None, "median", ""),
            )
            for place in places
        )
        if points:
            found.append((held.labels[row], points))
    return tuple(found)


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
        values=tuple(values.tolist()),
        references=references,
        place=None if np.isnan(own_place) else int(own_place),
        of=int(followed.out_of[row]),
        group=followed.held[1].labels[row],
    )
