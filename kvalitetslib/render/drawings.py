"""From a report's series to charts: which lines, marks and words a chart gets."""

from collections.abc import Callable, Sequence
from functools import partial

from kvalitetslib.model import Indicator, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Line, Mark, Role, TimeMarks
from kvalitetslib.render.lookup import estimate, series_of
from kvalitetslib.report import (
    Estimate,
    IndicatorResult,
    Peers,
    Point,
    Report,
    Series,
    Verdict,
    Withheld,
    WithheldReason,
)

MOST_TICKS = 6
BREAK = "serien bryts"
LONGEST_UNIT = 10
"""Letters of a unit that a value in a chart has room for; the figure names the unit above."""
HALF = 460.0
"""Width of a chart in a figure that takes half of a wide page, in the charts' units."""
VERDICTS = {
    Verdict.BETTER: charts.Verdict.BETTER,
    Verdict.LEVEL: charts.Verdict.LEVEL,
    Verdict.WORSE: charts.Verdict.WORSE,
    Verdict.UNDECIDED: charts.Verdict.UNDECIDED,
}
_REFERENCE_ROLES = {
    ReferenceKind.PEERS: Role.PEERS,
    ReferenceKind.COUNTY: Role.COUNTY,
    ReferenceKind.COUNTRY: Role.COUNTRY,
    ReferenceKind.BEST: Role.BEST,
}


def timeline(result: IndicatorResult, report: Report, *, id: str, title: str) -> Chart:
    """The own values over time with goal, comparisons and breaks."""
    indicator = result.indicator
    own = series_of(result)
    points = own.points if own is not None else ()
    lines = [_line(report.kommun_namn, points, Role.OWN, indicator)]
    first = points[0].at if points else float("-inf")
    for place, (label, series) in enumerate(result.reference_series):
        since = [each for each in series if each.at >= first]
        lines.append(_line(label, since, Role.COUNTY if place else Role.PEERS, indicator))
    target = result.goal.target if result.goal is not None else None
    return charts.timeline(
        lines,
        id=id,
        title=title,
        description=course(indicator, points),
        fmt=number_format(indicator),
        marks=TimeMarks(
            ticks=ticks(points),
            breaks=tuple(_breaks(indicator, points)),
            target=Mark(target, f"mål {short(target, indicator)}", Role.TARGET)
            if target is not None
            else None,
        ),
        width=HALF,
    )


def strip(result: IndicatorResult, report: Report, peers: Peers, *, id: str) -> Chart:
    """Where the kommun stands among all; the reference medians are named."""
    indicator = result.indicator
    own = estimate(_at(series_of(result), peers.period))
    text = wording.of(own.value, indicator) if own else ""
    marks = [
        Mark(each.value, _reference_name(each.kind, each.label), _REFERENCE_ROLES[each.kind])
        for each in peers.references
        if each.kind in _REFERENCE_ROLES
    ]
    held = [f"{mark.label} {wording.of(mark.at, indicator)}" for mark in marks]
    place = f" {report.kommun_namn} har {text}." if own else ""
    interval = (own.low, own.high) if own and own.low is not None and own.high is not None else None
    return charts.strip(
        peers.values,
        Mark(own.value, f"vi {short(own.value, indicator)}", Role.OWN) if own else None,
        id=id,
        title=f"{indicator.title} i alla kommuner, {times.period(peers.period)}",
        description=f"Varje streck är en kommun, {wording.number(len(peers.values))} kommuner."
        f"{place} {wording.capital(wording.join(held))}.".replace(" .", ""),
        fmt=number_format(indicator),
        marks=marks,
        interval=interval,
        width=HALF,
    )


def spark(result: IndicatorResult, gender: str = "T") -> Chart | None:
    """The series as a word-sized line; None when there are fewer than two values to join."""
    series = series_of(result, gender)
    cells = [estimate(each) for each in series.points] if series is not None else []
    values = [each.value if each else None for each in cells]
    if sum(each is not None for each in values) < 2:
        return None
    target = result.goal.target if result.goal is not None else None
    broken = {parse_period(each.period).at for each in result.indicator.breaks}
    times_of = [each.at for each in series.points] if series is not None else []
    cuts = frozenset(
        sum(at < start for at in times_of)
        for start in broken
        if times_of[0] < start <= times_of[-1]
    )
    return charts.spark(values, target=target, cuts=cuts)


def verdict_bar(counts: Sequence[tuple[Verdict, int]], *, id: str) -> Chart:
    """The verdicts of all indicators in one bar."""
    judged = {VERDICTS[each]: n for each, n in counts if each in VERDICTS}
    words = wording.join([f"{n} {each}" for each, n in counts if n and each in VERDICTS])
    return charts.verdicts(
        judged,
        id=id,
        title="Så ligger indikatorerna till",
        description=f"{wording.capital(words)}.",
    )


def _line(label: str, points: Sequence[Point], role: Role, indicator: Indicator) -> Line:
    """A series with its last value in words, as it is written everywhere else."""
    shown = [each.cell for each in points if isinstance(each.cell, Estimate)]
    text = short(shown[-1].value, indicator) if shown else ""
    return Line(label, tuple(_point(each) for each in points), role, text)


def _point(point: Point) -> charts.Point:
    if isinstance(point.cell, Withheld):
        is_small = point.cell.reason is WithheldReason.SMALL_GROUP
        return charts.Point(point.at, None, is_withheld=is_small)
    return charts.Point(point.at, point.cell.value, point.cell.low, point.cell.high)


def _at(series: Series | None, period: str) -> Point | None:
    points = series.points if series is not None else ()
    return next((each for each in points if each.period == period), None)


def number_format(indicator: Indicator) -> Callable[[float], str]:
    return partial(_axis_number, indicator)


def _axis_number(indicator: Indicator, value: float) -> str:
    text = wording.plain(value, max(indicator.decimals, 1))
    return f"{text}{wording.NBSP}%" if wording.is_share(indicator.unit) else text


def ticks(points: Sequence[Point]) -> tuple[Mark, ...]:
    """Named periods along the axis, the last one always and few enough to read."""
    step = max(1, -(-len(points) // MOST_TICKS))
    kept = [each for i, each in enumerate(reversed(points)) if i % step == 0]
    return tuple(Mark(each.at, times.short_period(each.period)) for each in reversed(kept))


def _breaks(indicator: Indicator, points: Sequence[Point]) -> list[Mark]:
    if not points:
        return []
    found = [parse_period(each.period).at for each in indicator.breaks]
    return [Mark(at, BREAK) for at in found if points[0].at < at <= points[-1].at]


def course(indicator: Indicator, points: Sequence[Point]) -> str:
    """The first and the last value in words."""
    shown = [(each, each.cell) for each in points if isinstance(each.cell, Estimate)]
    if not shown:
        return f"{indicator.title}: inga värden att visa."
    (first, start), (last, end) = shown[0], shown[-1]
    now = f"{wording.of(end.value, indicator)} {times.at(last.period)}"
    if len(shown) == 1:
        return f"{indicator.title}: {now}."
    return f"{indicator.title}: från {wording.of(start.value, indicator)} " + (
        f"{times.at(first.period)} till {now}."
    )


def short(value: float, indicator: Indicator) -> str:
    """A value for a place with little room: without its unit, when that is long."""
    whole = wording.of(value, indicator)
    bare = wording.number(value, indicator.decimals)
    return bare if len(whole) - len(bare) > LONGEST_UNIT else whole


def _reference_name(kind: ReferenceKind, label: str) -> str:
    return "bästa fjärdedelen" if kind is ReferenceKind.BEST else label
