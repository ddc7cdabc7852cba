"""The control chart of an own series on the page: drawing, signs, heading, words and numbers."""

from collections.abc import Sequence
from itertools import accumulate

from kvalitetslib.context import AssuranceSign, ChartKind, ProcessChart, VariationSign
from kvalitetslib.model import Break, Direction, Indicator
from kvalitetslib.period import parse_period
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Mark, Role, TimeMarks
from kvalitetslib.render.drawings import HALF, number_format, short, ticks
from kvalitetslib.render.lookup import Lookup, series_of
from kvalitetslib.render.parts import Cell, Table, table_of
from kvalitetslib.render.said import Said
from kvalitetslib.render.sentences.terms import is_weak_signal
from kvalitetslib.report import IndicatorResult, Question

_WORDS = {
    VariationSign.IMPROVEMENT: ("Signal: förbättring", "▲", "better"),
    VariationSign.CONCERN: ("Signal: försämring", "▼", "worse"),
    VariationSign.CHANGE: ("Signal: förändring", "!", "undecided"),
    VariationSign.COMMON: ("Vanlig variation", "=", "level"),
    AssuranceSign.ALWAYS: ("Når alltid målet", "▲", "better"),
    AssuranceSign.SOMETIMES: ("Når ibland målet", "=", "level"),
    AssuranceSign.NEVER: ("Når aldrig målet", "▼", "worse"),
}
_WEAK = ("Signal i diagrammet, men den kan vara slump", "!", "undecided")
_LIMITS = {
    ChartKind.XMR: "gränserna kommer av den vanliga skillnaden mellan två värden i rad",
    ChartKind.P: "gränserna kommer av slumpen och följer hur många som ingår",
    ChartKind.U: "gränserna kommer av slumpen och följer hur många som ingår",
    ChartKind.C: "gränserna kommer av slumpen när händelser räknas",
    ChartKind.P_PRIME: "gränserna följer hur många som ingår och vad som varierar utöver slumpen",
    ChartKind.U_PRIME: "gränserna följer hur många som ingår och vad som varierar utöver slumpen",
}
_ARROWS = {1: "▲ uppåt", -1: "▼ nedåt", 0: "–"}
_GOOD = {Direction.HIGH: 1, Direction.LOW: -1}


def control(
    result: IndicatorResult, process: ProcessChart, look: Lookup, *, id: str, title: str
) -> Chart:
    """The values against their limits, with the goal and the named changes."""
    indicator = result.indicator
    series = series_of(result)
    points = [each for each in series.points if each.period in process.periods] if series else []
    target = process.target
    return charts.control(
        _spots(indicator, process),
        id=id,
        title=title,
        description=_described(indicator, process),
        fmt=number_format(indicator),
        marks=TimeMarks(
            ticks=ticks(points),
            events=tuple(_event(process, each) for each in process.restarts),
            target=Mark(target, f"mål {short(target, indicator)}", Role.TARGET)
            if target is not None
            else None,
        ),
        width=HALF,
    )


def signs(process: ProcessChart, *, is_weak: bool = False) -> tuple[Cell, ...]:
    """What the chart says in words: of the latest value, and of the goal when there is one.

    A weak signal is one that may be chance: it is said to be neither good nor bad.
    """
    told = [_WEAK if is_weak else _WORDS[process.variation]]
    if process.assurance is not AssuranceSign.UNKNOWN:
        told.append(_WORDS[process.assurance])
    return tuple(Cell(text, sign=sign, tone=tone) for text, sign, tone in told)


def heading(result: IndicatorResult, process: ProcessChart, look: Lookup) -> Said:
    """What the latest value says of itself, where nothing heavier is found."""
    indicator, mean = result.indicator, _now(process.centre)
    subject = wording.capital(indicator.subject)
    text = f"{subject} avviker från sin vanliga variation"
    if process.variation is VariationSign.COMMON:
        text = f"{subject} ligger just nu inom sin vanliga variation"
        if mean is not None:
            text += f" kring {wording.of(mean, indicator)}"
    asked = look.one(indicator.id, Question.CHANGE)
    if asked is not None and is_weak_signal(asked):
        text = f"{subject} ger en signal i diagrammet, men den kan vara slump"
    return Said(text, (asked.id,) if asked is not None else ())


def method(process: ProcessChart) -> str:
    """How the limits are drawn, in one line, and what to know of these."""
    told = [
        f"Styrdiagram ({process.kind}): {_LIMITS[process.kind]}.",
        "En triangel är en signal och pekar åt det håll som värdena avviker.",
    ]
    if process.preliminary:
        told.append("Preliminära gränser: färre än 13 värden.")
    for each in process.restarts:
        cause = wording.lower_first(each.cause).rstrip(".")
        told.append(f"Nya gränser från {times.period(each.period)}: {cause}.")
    return " ".join(told)


def process_table(result: IndicatorResult, process: ProcessChart) -> Table:
    """The numbers of the chart, one row a period."""
    indicator = result.indicator
    columns = zip(
        process.periods,
        process.values,
        process.centre,
        process.lower,
        process.upper,
        process.signals,
        strict=True,
    )
    rows = [
        [
            times.short_period(period),
            *(_number(each, indicator) for each in (value, centre, lower, upper)),
            _ARROWS[signal],
        ]
        for period, value, centre, lower, upper, signal in columns
    ]
    head = (
        times.period_column(process.periods[-1]),
        "Värde",
        "Medel",
        "Nedre gräns",
        "Övre gräns",
        "Signal",
    )
    return table_of(f"{indicator.title} i styrdiagram", head, rows)


def _spots(indicator: Indicator, process: ProcessChart) -> list[charts.Spot]:
    good = _GOOD.get(indicator.direction)
    at = [parse_period(each).at for each in process.periods]
    return [
        charts.Spot(
            at=at[i],
            value=process.values[i],
            centre=process.centre[i],
            lower=process.lower[i],
            upper=process.upper[i],
            signal=process.signals[i],
            is_good=None if good is None else process.signals[i] == good,
            phase=phase,
        )
        for i, phase in enumerate(_phases(process))
    ]


def _phases(process: ProcessChart) -> list[int]:
    """The phase of each point: a new one begins at each named change."""
    begins = [0] * len(process.periods)
    for each in process.restarts:
        begins[_first(process, each)] = 1
    return list(accumulate(begins))


def _first(process: ProcessChart, restart: Break) -> int:
    """Place of the first point that the restart holds for."""
    start = parse_period(restart.period).start
    return sum(parse_period(each).start < start for each in process.periods)


def _event(process: ProcessChart, restart: Break) -> Mark:
    """Between the last point of the old order and the first of the new."""
    place = _first(process, restart)
    before, after = (parse_period(process.periods[each]).at for each in (place - 1, place))
    return Mark((before + after) / 2, restart.cause)


def _described(indicator: Indicator, process: ProcessChart) -> str:
    """The latest value, its mean and limits, and how many values signal."""
    known = [(p, v) for p, v in zip(process.periods, process.values, strict=True) if v is not None]
    period, value = known[-1]
    signals = sum(each != 0 for each in process.signals)
    told = [f"{indicator.title}: {wording.of(value, indicator)} {times.at(period)}."]
    mean, lower, upper = (_now(each) for each in (process.centre, process.lower, process.upper))
    if mean is not None and lower is not None and upper is not None:
        span = wording.span(lower, upper, indicator.unit, indicator.decimals)
        told.append(f"Medelvärdet är {wording.of(mean, indicator)}, gränserna {span}.")
    many = f"{wording.capital(wording.count(signals))} värden är signaler."
    told.append({0: "Inget värde är en signal.", 1: "Ett värde är en signal."}.get(signals, many))
    return " ".join(told)


def _now(series: Sequence[float | None]) -> float | None:
    """The number at the latest period that has one."""
    return next((each for each in reversed(series) if each is not None), None)


def _number(value: float | None, indicator: Indicator) -> str:
    return "–" if value is None else wording.of(value, indicator)
