"""Why a value is to be checked before it is believed, in words."""

from kvalitetslib.context import Doubt, DoubtKind
from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup

REASONS = {
    DoubtKind.JUMP: "Värdet ligger långt utanför den vanliga variationen.",
    DoubtKind.SCALE: "Värdet kan vara tio, hundra eller tusen gånger för stort eller för litet.",
    DoubtKind.RANGE: "Värdet ligger utanför det som är möjligt.",
    DoubtKind.SEXES: "Totalen ligger inte mellan värdena för kvinnor och män.",
    DoubtKind.FROZEN: "Värdet är exakt detsamma många perioder i rad.",
}


def what(doubt: Doubt, look: Lookup) -> str:
    """``Svarstid på synpunkter, september 2026: 890,0 dagar.``"""
    indicator = look.indicator(doubt.indicator)
    name = indicator.title if indicator is not None else doubt.indicator
    group = ""
    if not doubt.group.is_total:
        children = indicator.concerns_children if indicator is not None else False
        group = wording.group_name(doubt.group, children=children, areas=look.report.areas)
        group = f", {group}"
    return f"{name}{group}, {times.period(doubt.period)}: {_value(doubt.value, indicator)}."


def why_doubted(doubt: Doubt, look: Lookup) -> str:
    """The reason, and what was expected where that is known."""
    reason = REASONS[doubt.kind]
    indicator = look.indicator(doubt.indicator)
    low, high = doubt.low, doubt.high
    if low is not None and high is not None:
        unit, decimals = (indicator.unit, indicator.decimals) if indicator is not None else ("", 1)
        return f"{reason} Väntat: {wording.span(low, high, unit, decimals)}."
    if low is not None:
        return f"{reason} Väntat: minst {_value(low, indicator)}."
    if high is not None:
        return f"{reason} Väntat: högst {_value(high, indicator)}."
    return reason


def _value(value: float, indicator: Indicator | None) -> str:
    return wording.of(value, indicator) if indicator is not None else wording.plain(value)
