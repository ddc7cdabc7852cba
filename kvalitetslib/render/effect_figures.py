"""The small figure of an åtgärd: what was measured, when it began, and how it had gone without."""

from dataclasses import dataclass

from kvalitetslib.model import Indicator
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard
from kvalitetslib.render import charts, times, wording
from kvalitetslib.render.anchors import evidence_anchor, slug
from kvalitetslib.render.charts import Chart, Line, Mark, Role, TimeMarks
from kvalitetslib.render.drawings import HALF, MOST_TICKS, number_format, short
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Figure, Table, render, table_of
from kvalitetslib.render.said import Said, plain
from kvalitetslib.render.sentences import effects
from kvalitetslib.render.sentences.claims import certainty, title
from kvalitetslib.render.sentences.notes import SYMBOLS, source_line
from kvalitetslib.report import Evidence
from kvalitetslib.wheel import Effect, EffectMethod

MEASURED = "uppmätt"
EXPECTED = {EffectMethod.PEERS: "som i andra kommuner"}
UNCHANGED = "som före"


@dataclass(frozen=True)
class EffectCard:
    """The figure of an effect and what is said beside it, each under its own name."""

    figure: Figure
    facts: tuple[tuple[str, str | Said], ...]

    def __html__(self) -> str:
        return render("effect.html.j2", card=self)

    def _repr_html_(self) -> str:
        return self.__html__()


def effect_cards(look: Lookup) -> list[EffectCard]:
    """A card for each åtgärd with a measured effect, in the order of the åtgärder."""
    found = []
    for effect in look.report.effects:
        atgard, evidence = look.atgard(effect.atgard), look.evidence.get(effect.evidence)
        indicator = look.indicator(effect.indicator)
        if atgard is not None and evidence is not None and indicator is not None:
            figure = _figure(effect, atgard, evidence, indicator, look)
            facts = _facts(effect, atgard, indicator, look)
            found.append(EffectCard(figure, facts))
    return found


def _figure(
    effect: Effect, atgard: Atgard, evidence: Evidence, indicator: Indicator, look: Lookup
) -> Figure:
    said = title(evidence, look)
    name = slug(atgard.id)
    chart = effect_chart(effect, indicator, id=f"effekt-{name}-d", title=plain(said))
    tone = effect.verdict.name.lower()
    mark = Cell(
        wording.capital(effects.WORDS[effect.verdict]), sign=SYMBOLS[effect.verdict], tone=tone
    )
    result = look.results.get(indicator.id)
    source = f"Egen bearbetning av svaren i {evidence.source}."
    if result is not None:
        source = source_line(result, look.report, own_processing=True)
    return Figure(
        anchor=f"effekt-{name}",
        title=said,
        subtitle=_subtitle(effect, indicator, look),
        charts=(chart,),
        source=source,
        tables=(_table(effect, indicator, atgard),),
        chips=(mark,),
        note=f"{certainty(evidence)}. {effects.METHODS[effect.method]}",
        links=(Cell("belägg", href=f"#{evidence_anchor(evidence.id)}", note=""),),
    )


def effect_chart(effect: Effect, indicator: Indicator, *, id: str, title: str) -> Chart:
    """The values, when the åtgärd began, and the line that a reader would else have drawn."""
    last = effect.values[-1][1] if effect.values else 0.0
    lines = [Line(MEASURED, _points(effect.values), Role.OWN, short(last, indicator))]
    if effect.counterfactual:
        end = short(effect.counterfactual[-1][1], indicator)
        label = EXPECTED.get(effect.method, UNCHANGED)
        drawn = effect.counterfactual
        lines.append(Line(label, _points(drawn), Role.FORECAST, end))
    return charts.timeline(
        lines,
        id=id,
        title=title,
        description=_described(effect, indicator),
        fmt=number_format(indicator),
        marks=TimeMarks(ticks=_ticks(effect), events=(Mark(_start(effect), "åtgärden börjar"),)),
        width=HALF,
    )


def _points(values: tuple[tuple[str, float], ...]) -> tuple[charts.Point, ...]:
    return tuple(charts.Point(parse_period(period).at, value) for period, value in values)


def _start(effect: Effect) -> float:
    """Half-way between the last value before and the first after."""
    before, after = parse_period(effect.before[1]), parse_period(effect.after[0])
    return (before.at + after.at) / 2


def _ticks(effect: Effect) -> tuple[Mark, ...]:
    """Named periods along the axis, the last one always and few enough to read."""
    periods = [period for period, _ in effect.values]
    step = max(1, -(-len(periods) // MOST_TICKS))
    kept = periods[::-1][::step][::-1]
    return tuple(Mark(parse_period(each).at, times.short_period(each)) for each in kept)


def _described(effect: Effect, indicator: Indicator) -> str:
    first, last = effect.values[0], effect.values[-1]
    told = (
        f"{indicator.title}: {wording.of(first[1], indicator)} {times.at(first[0])} och "
        f"{wording.of(last[1], indicator)} {times.at(last[0])}. "
        f"Åtgärden börjar före {times.period(effect.after[0])}."
    )
    if not effect.counterfactual:
        return told
    value = wording.of(effect.counterfactual[-1][1], indicator)
    return f"{told} Utan förändring hade värdet varit {value}."


def _subtitle(effect: Effect, indicator: Indicator, look: Lookup) -> str:
    """``dagar · kvinnor · januari 2024 till september 2026``."""
    group = ""
    if not effect.group.is_total:
        children = indicator.concerns_children
        group = wording.group_name(effect.group, children=children, areas=look.report.areas)
    span = f"{times.period(effect.before[0])} till {times.period(effect.after[1])}"
    return " · ".join(part for part in (wording.unit_text(indicator.unit), group, span) if part)


def _facts(
    effect: Effect, atgard: Atgard, indicator: Indicator, look: Lookup
) -> tuple[tuple[str, str | Said], ...]:
    near = [other.title for id in effect.shared if (other := look.atgard(id)) is not None]
    facts: tuple[tuple[str, str | Said], ...] = (
        ("Förändring", Said(effects.change(effect, indicator), (effect.evidence,))),
        ("Skillnad rakt av", Said(effects.naive(effect, indicator), (effect.evidence,))),
        ("Andra kommuner", effects.others(effect, indicator)),
        ("Tidigare nivå", effects.since(effect)),
        ("Andra åtgärder", effects.shared(near)),
        ("Annan möjlig förklaring", effects.rival(atgard.rival)),
    )
    return tuple(each for each in facts if each[1])


def _table(effect: Effect, indicator: Indicator, atgard: Atgard) -> Table:
    expected = dict(effect.counterfactual)
    rows = [
        (
            times.short_period(period),
            wording.of(value, indicator),
            wording.of(expected[period], indicator) if period in expected else "–",
        )
        for period, value in effect.values
    ]
    column = times.period_column(effect.values[-1][0])
    head = (column, "Värde", "Utan förändring")
    return table_of(f"{indicator.title} före och efter ”{atgard.title}”", head, rows)
