"""A nämnd's money: the year so far, and the forecast of the year beside its budget."""

from collections import Counter
from collections.abc import Sequence

from kvalitetslib.period import Period, parse_period
from kvalitetslib.register import BudgetLine
from kvalitetslib.resources import EconomyLine

MONTHS = 12


def economy_lines(
    lines: Sequence[BudgetLine], namnd: str, quarter: Period
) -> tuple[EconomyLine, ...]:
    """Each verksamhet in the year of the quarter, the largest budget first, then the whole.

    The whole is left out where there is only one, and has a forecast only when all of them have.
    Budget lines of periods that hold each other are not added: the most common kind is read.
    """
    year = quarter.end.year
    own = [each for each in lines if each.namnd == namnd and _year(each) == year]
    if not own:
        return ()
    kinds = Counter(parse_period(each.period).kind for each in own)
    kind = max(kinds, key=lambda each: (kinds[each], each))
    own = [each for each in own if parse_period(each.period).kind is kind]
    names = list(dict.fromkeys(each.verksamhet for each in own))
    found = [_line(name, [each for each in own if each.verksamhet == name]) for name in names]
    found.sort(key=lambda each: (-each.year_budget, each.verksamhet))
    return (*found, *([_whole(found)] if len(found) > 1 else []))


def _year(line: BudgetLine) -> int:
    return parse_period(line.period).end.year


def _line(name: str, lines: Sequence[BudgetLine]) -> EconomyLine:
    ordered = sorted(lines, key=lambda each: parse_period(each.period).start)
    months = sum(_months(parse_period(each.period)) for each in ordered)
    budget = sum(each.budget for each in ordered)
    forecast = next((each for each in reversed(ordered) if each.forecast is not None), None)
    return EconomyLine(
        verksamhet=name,
        first=ordered[0].period,
        last=ordered[-1].period,
        months=months,
        budget=budget,
        outcome=sum(each.outcome for each in ordered),
        year_budget=budget * MONTHS / months,
        is_spread=months < MONTHS,
        forecast=None if forecast is None else forecast.forecast,
        forecast_of="" if forecast is None else forecast.period,
    )


def _whole(lines: Sequence[EconomyLine]) -> EconomyLine:
    """All verksamheter together."""
    forecasts = [each.forecast for each in lines if each.forecast is not None]
    is_known = len(forecasts) == len(lines)
    return EconomyLine(
        verksamhet="",
        first=min(each.first for each in lines),
        last=max(each.last for each in lines),
        months=min(each.months for each in lines),
        budget=sum(each.budget for each in lines),
        outcome=sum(each.outcome for each in lines),
        year_budget=sum(each.year_budget for each in lines),
        is_spread=any(each.is_spread for each in lines),
        forecast=sum(forecasts) if is_known else None,
        forecast_of=min(each.forecast_of for each in lines) if is_known else "",
    )


def _months(period: Period) -> int:
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1
