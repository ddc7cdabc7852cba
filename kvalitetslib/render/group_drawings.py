"""Groups of people beside each other: women and men over time, ages and areas at their latest."""

from collections.abc import Sequence
from dataclasses import replace

from kvalitetslib.model import Indicator
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.charts import Chart, Mark
from kvalitetslib.render.drawings import HALF, number_format, short
from kvalitetslib.render.lookup import estimate, series_of
from kvalitetslib.render.sentences.claims import WITHHELD, people
from kvalitetslib.report import (
    Estimate,
    Evidence,
    IndicatorResult,
    Report,
    Series,
    Withheld,
    WithheldReason,
)


def gap(
    result: IndicatorResult, *, id: str, title: str, held: Evidence | None = None
) -> Chart | None:
    """Women and men period by period; None when there is no period with any of them.

    The latest gap is named, with its interval when ``held`` tests that one.
    """
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
        if held is not None and held.period == points[-1][0].period and all(both[-1]):
            label += _interval(held, indicator)
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
        texts=_last_texts(both, indicator),
        names=names,
        width=HALF,
    )


def _last_texts(
    both: Sequence[tuple[Estimate | None, Estimate | None]], indicator: Indicator
) -> tuple[str, str]:
    """The latest value of women and of men, as they are written everywhere else."""
    sides = [[cell.value for cell in side if cell] for side in zip(*both, strict=True)]
    women, men = (short(values[-1], indicator) if values else "" for values in sides)
    return women, men


def _interval(held: Evidence, indicator: Indicator) -> str:
    """The interval of the size of a difference, in parentheses, when it is on one side of zero."""
    if held.low is None or held.high is None or held.low * held.high <= 0:
        return ""
    low, high = sorted((abs(held.low), abs(held.high)))
    return f" ({wording.span(low, high, '', indicator.decimals)})"


def dotplot(
    result: IndicatorResult,
    report: Report,
    found: Sequence[Evidence] = (),
    *,
    id: str,
    title: str,
) -> tuple[Chart, list[tuple[str, str, str]]]:
    """Ages and areas at their latest period, and the rows (group, value, n) in words.

    ``found`` are the pieces of evidence that say which groups differ; their rows stand out.
    """
    indicator, differs = result.indicator, {each.group for each in found}
    groups, rows = [], []
    for heading, name in (("Ålder", "age"), ("Område", "area")):
        parts = [each for each in result.breakdown if _is_only(each, name)]
        parts.sort(key=lambda each: wording.group_order(each.group))
        drawn = []
        for part in parts:
            row = replace(_row(part, indicator, report), is_highlighted=part.group in differs)
            drawn.append(row)
            told = row.withheld or wording.of(row.value or 0.0, indicator)
            rows.append((row.label, told, row.note.removeprefix("n = ") or "–"))
        if drawn:
            groups.append(charts.Group(heading, tuple(drawn)))
    whole = estimate(result.latest)
    reference = Mark(whole.value, f"alla {short(whole.value, indicator)}") if whole else None
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
        text=short(last.value, indicator),
        note=f"n = {wording.number(last.n)}" if last.n is not None else "",
    )
