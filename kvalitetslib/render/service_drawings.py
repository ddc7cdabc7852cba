"""Charts of promises and synpunkter: shares kept over time, numbers by quarter and by group."""

from collections.abc import Sequence

from kvalitetslib.context import ProcessChart
from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.model import Area
from kvalitetslib.period import parse_period
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Mark, Role, TimeMarks
from kvalitetslib.render.drawings import HALF, ticks
from kvalitetslib.render.sentences import feedback as said
from kvalitetslib.report import Point
from kvalitetslib.service import CategoryCount, FeedbackResult, PromiseResult, SplitCount


def kept_course(promise: PromiseResult, *, id: str, title: str) -> Chart:
    """The share kept each quarter, with the share that is needed."""
    needed = f"behövs {_percent(promise.needed)}"
    return _shares(
        [(each.period, each.share) for each in promise.periods],
        "andel hållna",
        id=id,
        title=title,
        target=Mark(promise.needed, needed, Role.TARGET),
    )


def in_time_course(result: FeedbackResult, *, id: str, title: str) -> Chart:
    """The share answered in time each quarter."""
    periods = [(each.period, each.within) for each in result.times]
    return _shares(periods, "svar i tid", id=id, title=title, target=None)


def volume(result: FeedbackResult, *, id: str, title: str) -> Chart:
    """The number by quarter: with the limits of ordinary variation when they are known."""
    if result.chart is not None:
        return _control(result.chart, id=id, title=title)
    points = [Point(text, parse_period(text).at, cell) for text, cell in result.quarters]
    line = charts.Line("antal", tuple(_spot(each) for each in points), Role.OWN, "")
    return charts.timeline(
        [line],
        id=id,
        title=title,
        description=_course([(each.period, each.cell) for each in points]),
        fmt=wording.number,
        marks=TimeMarks(ticks=ticks(points)),
        width=HALF,
    )


def by_category(categories: Sequence[CategoryCount], *, id: str, title: str) -> Chart:
    """The number in the quarter beside the usual one."""
    rows = tuple(
        charts.Row(
            each.category,
            each.now.value if isinstance(each.now, Estimate) else None,
            text=said.count(each.now),
            note=f"vanligt {said.usual(each)}",
            withheld="" if isinstance(each.now, Estimate) else said.FEW,
            before=each.usual,
        )
        for each in categories
    )
    told = "; ".join(
        f"{each.category}: {said.count(each.now)}, vanligt {said.usual(each)}"
        for each in categories
    )
    return charts.dotplot(
        [charts.Group("Kategori", rows)],
        id=id,
        title=title,
        description=f"{told}.",
        fmt=wording.plain,
        span=(0.0,),
        width=HALF,
    )


def by_split(splits: Sequence[SplitCount], areas: Sequence[Area], *, id: str, title: str) -> Chart:
    """The latest four quarters by type, kön and area."""
    names = list(dict.fromkeys(each.split for each in splits))
    groups = [
        charts.Group(
            said.split_heading(name),
            tuple(_row(each, areas) for each in splits if each.split == name),
        )
        for name in names
    ]
    told = "; ".join(f"{said.split_name(each, areas)}: {said.count(each.count)}" for each in splits)
    return charts.dotplot(
        groups,
        id=id,
        title=title,
        description=f"{told}.",
        fmt=wording.plain,
        span=(0.0,),
        width=HALF,
    )


def _row(split: SplitCount, areas: Sequence[Area]) -> charts.Row:
    cell = split.count
    name = wording.capital(said.split_name(split, areas))
    if not isinstance(cell, Estimate):
        return charts.Row(name, None, text="", withheld=said.count(cell))
    return charts.Row(name, cell.value, cell.low, cell.high, text=said.count(cell))


def _shares(
    periods: Sequence[tuple[str, Cell]], name: str, *, id: str, title: str, target: Mark | None
) -> Chart:
    points = [Point(text, parse_period(text).at, cell) for text, cell in periods]
    shown = [each.cell for each in points if isinstance(each.cell, Estimate)]
    text = _percent(shown[-1].value) if shown else ""
    return charts.timeline(
        [charts.Line(name, tuple(_spot(each) for each in points), Role.OWN, text)],
        id=id,
        title=title,
        description=_course(periods, unit=wording.PERCENT),
        fmt=_percent,
        marks=TimeMarks(ticks=ticks(points), target=target),
        width=HALF,
    )


def _control(chart: ProcessChart, *, id: str, title: str) -> Chart:
    """No signal is good or bad: more synpunkter may be more faults, or an easier way in."""
    spots = [
        charts.Spot(
            at=parse_period(chart.periods[i]).at,
            value=chart.values[i],
            centre=chart.centre[i],
            lower=chart.lower[i],
            upper=chart.upper[i],
            signal=chart.signals[i],
        )
        for i in range(len(chart.periods))
    ]
    points = [
        Point(text, parse_period(text).at, Withheld(WithheldReason.NOT_PUBLISHED))
        for text in chart.periods
    ]
    known = [(p, v) for p, v in zip(chart.periods, chart.values, strict=True) if v is not None]
    signals = sum(each != 0 for each in chart.signals)
    told = "Inget" if signals == 0 else wording.capital(wording.count(signals, neuter=True))
    return charts.control(
        spots,
        id=id,
        title=title,
        description=f"{wording.number(known[-1][1])} {times.period(known[-1][0])}. "
        f"{told} av {wording.number(len(known))} kvartal är en signal.",
        fmt=wording.number,
        marks=TimeMarks(ticks=ticks(points)),
        width=HALF,
    )


def _spot(point: Point) -> charts.Point:
    if isinstance(point.cell, Withheld):
        is_small = point.cell.reason is WithheldReason.SMALL_GROUP
        return charts.Point(point.at, None, is_withheld=is_small)
    return charts.Point(point.at, point.cell.value, point.cell.low, point.cell.high)


def _course(periods: Sequence[tuple[str, Cell]], unit: str = "") -> str:
    """Every shown value in words."""
    told = [
        f"{times.period(text)}: {wording.quantity(cell.value, unit)}"
        for text, cell in periods
        if isinstance(cell, Estimate)
    ]
    return f"{wording.capital('; '.join(told))}." if told else "Inga värden att visa."


def _percent(value: float) -> str:
    return wording.quantity(value, wording.PERCENT)
