"""From a report's series to charts: which lines, marks and words a chart gets."""

from collections.abc import Callable, Sequence
from functools import partial

from kvalitetslib.model import Indicator, ReferenceKind
from kvalitetslib.period import parse_period
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Line, Mark, Role, TimeMarks
from kvalitetslib.render.lookup import estimate, series_of
from kvalitetslib.render.sentences.claims import WITHHELD, people
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
    lines = [Line(report.kommun_namn, tuple(_point(each) for each in points))]
    first = points[0].at if points else float("-inf")
    for place, (label, series) in enumerate(result.reference_series):
        since = tuple(_point(each) for each in series if each.at >= first)
        lines.append(Line(label, since, Role.COUNTY if place else Role.PEERS))
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
            target=Mark(target, f"mål {wording.of(target, indicator)}", Role.TARGET)
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
        Mark(own.value, f"vi {text}", Role.OWN) if own else None,
        id=id,
        title=f"{indicator.title} i alla kommuner, {times.period(peers.period)}",
        description=f"Varje streck är en kommun, {wording.number(len(peers.values))} kommuner."
        f"{place} {wording.capital(wording.join(held))}.".replace(" .", ""),
        fmt=number_format(indicator),
        marks=marks,
        interval=interval,
        width=HALF,
    )


def gap(result: IndicatorResult, *, id: str, title: str) -> Chart | None:
    """Women and men period by period; None when there is no period with any of them."""
    women, men = series_of(result, "K"), series_of(result, "M")
    if women is None or men is None:
        return None
    by_period = {each.period: each for each in men.points}
    points = [(each, by_period[each.period]) for each in women.points if each.period in by_period]
    points = [pair for pair in points if estimate(pair[0]) or estimate(pair[1])]
    if not points:
        return None
    indicator = result.indicator
    names = people(indicator)
    both = [(estimate(w), estimate(m)) for w, m in points]
    last = next(((w, m) for w, m in reversed(both) if w and m), None)
    label = ""
    if last is not None:
        label = "skillnad " + wording.number(abs(last[0].value - last[1].value), indicator.decimals)
    return charts.gap(
        [times.short_period(w.period) for w, _ in points],
        [w.value if w else None for w, _ in both],
        [m.value if m else None for _, m in both],
        id=id,
        title=title,
        description=f"{wording.capital(names[0])} och {names[1]}, "
        f"{wording.join([times.period(points[0][0].period), times.period(points[-1][0].period)])}. "
        f"{wording.capital(label) or 'Skillnaden kan inte räknas'}.",
        fmt=number_format(indicator),
        gap_label=label,
        names=names,
        width=HALF,
    )


def dotplot(
    result: IndicatorResult, report: Report, *, id: str, title: str
) -> tuple[Chart, list[tuple[str, str, str]]]:
    """Ages and areas at their latest period, and the rows (group, value, n) in words."""
    indicator = result.indicator
    groups, rows = [], []
    for heading, name in (("Ålder", "age"), ("Område", "area")):
        parts = [each for each in result.breakdown if _is_only(each, name)]
        parts.sort(key=lambda each: wording.group_order(each.group))
        drawn = []
        for part in parts:
            row = _row(part, indicator, report)
            drawn.append(row)
            rows.append((row.label, row.withheld or row.text, row.note.removeprefix("n = ") or "–"))
        if drawn:
            groups.append(charts.Group(heading, tuple(drawn)))
    whole = estimate(result.latest)
    reference = Mark(whole.value, f"alla {wording.of(whole.value, indicator)}") if whole else None
    told = "; ".join(f"{label} {text}" for label, text, _ in rows)
    chart = charts.dotplot(
        groups,
        id=id,
        title=title,
        description=f"{told}.",
        fmt=number_format(indicator),
        reference=reference,
        width=HALF,
    )
    return chart, rows


def spark(result: IndicatorResult, gender: str = "T") -> Chart | None:
    """The series as a word-sized line; None when there are fewer than two values to join."""
    series = series_of(result, gender)
    cells = [estimate(each) for each in series.points] if series is not None else []
    values = [each.value if each else None for each in cells]
    if sum(each is not None for each in values) < 2:
        return None
    target = result.goal.target if result.goal is not None else None
    return charts.spark(values, target=target)


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


def _reference_name(kind: ReferenceKind, label: str) -> str:
    return "bästa fjärdedelen" if kind is ReferenceKind.BEST else label


def _is_only(series: Series, name: str) -> bool:
    group = series.group
    chosen = group.age if name == "age" else group.area
    other = group.area if name == "age" else group.age
    return bool(chosen) and not other and group.gender == "T"


def _row(series: Series, indicator: Indicator, report: Report) -> charts.Row:
    label = wording.group_name(series.group, areas=report.areas)
    last = series.points[-1].cell if series.points else Withheld(WithheldReason.NOT_PUBLISHED)
    if isinstance(last, Withheld):
        return charts.Row(label, None, withheld=f"visas inte, {WITHHELD[last.reason]}")
    return charts.Row(
        label,
        last.value,
        last.low,
        last.high,
        text=wording.of(last.value, indicator),
        note=f"n = {wording.number(last.n)}" if last.n is not None else "",
    )
