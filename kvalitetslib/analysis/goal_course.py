"""The values of a goal's indicator over time, as the report holds them.

What is withheld or doubted takes no part. Of months and quarters a goal is held against the mean of
the year that ends with the period, as the test of its level is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kvalitetslib.model import Group
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.register import Goal
from kvalitetslib.report import Estimate, IndicatorResult, Report, Series

PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}


@dataclass(frozen=True)
class Course:
    """Known values in time order, none missing.

    Attributes
    ----------
    yearly : the mean of the year that ends with each period; of yearly values the value itself.
    per_year : values in a year: 12, 4 or 1.
    """

    periods: tuple[str, ...]
    values: tuple[float, ...]
    yearly: tuple[float, ...]
    per_year: int


def course_of(report: Report, goal: Goal) -> Course | None:
    """The values of the goal's indicator and group; None without any."""
    result = next((each for each in report.indicators if each.indicator.id == goal.indicator), None)
    pairs = _asked(report, goal) if result is None else _measured(report, result, goal.group)
    if not pairs:
        return None
    kind = parse_period(pairs[-1][0]).kind
    alike = [each for each in pairs if parse_period(each[0]).kind is kind]
    restarts = result.indicator.restarts if result is not None else ()
    starts = sorted(parse_period(each.period).at for each in restarts)
    per_year = PER_YEAR.get(kind, 1)
    return Course(
        periods=tuple(period for period, _ in alike),
        values=tuple(value for _, value in alike),
        yearly=tuple(_year_mean(alike, place, starts, per_year) for place in range(len(alike))),
        per_year=per_year,
    )


def _measured(report: Report, result: IndicatorResult, group: Group) -> list[tuple[str, float]]:
    """An indicator's values since its last series break."""
    series = next((s for s in (*result.series, *result.breakdown) if s.group == group), None)
    if series is None:
        return []
    breaks = [parse_period(each.period).at for each in result.indicator.breaks]
    first = max(breaks, default=float("-inf"))
    doubted = {
        each.period
        for each in report.doubts
        if (each.indicator, each.group) == (result.indicator.id, group)
    }
    return [
        (period, value)
        for period, at, value in _known(series)
        if at >= first and period not in doubted
    ]


def _known(series: Series) -> Iterator[tuple[str, float, float]]:
    for point in series.points:
        if isinstance(point.cell, Estimate):
            yield point.period, point.at, point.cell.value


def _asked(report: Report, goal: Goal) -> list[tuple[str, float]]:
    """A survey question's two latest waves, for all who answered."""
    if not goal.group.is_total:
        return []
    for survey in report.surveys:
        for item in survey.items:
            if item.indicator.id == goal.indicator:
                waves = ((survey.earlier_period, item.earlier), (survey.period, item.total))
                return [
                    (period, cell.value)
                    for period, cell in waves
                    if period and isinstance(cell, Estimate)
                ]
    return []


def _year_mean(
    pairs: list[tuple[str, float]], place: int, starts: list[float], per_year: int
) -> float:
    """The mean of the year up to a place, from the last named change of the way of working on."""
    if per_year == 1:
        return pairs[place][1]
    at = parse_period(pairs[place][0]).at
    restart = max((each for each in starts if each <= at), default=float("-inf"))
    first = max(at - 1 + 1 / per_year, restart) - 0.5 / per_year
    year = [value for period, value in pairs[: place + 1] if parse_period(period).at >= first]
    return sum(year) / len(year)
