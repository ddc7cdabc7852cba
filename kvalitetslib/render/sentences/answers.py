"""The numbers beside a sentence about a survey: value, what it is held against, n and interval."""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import values_in_order
from kvalitetslib.report import Estimate, Evidence, Question


def answers(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    """``57 % mot 65 %, n = 611 (53–61 %).``"""
    if evidence.question is Question.DRIVER:
        return f"{_importance(evidence, look)}{named(cell, indicator)}."
    if evidence.question is Question.GAP_TREND:
        return _gap_between_waves(evidence, indicator, look)
    if evidence.reference is None:
        return f"{named(cell, indicator)}."
    value, other = values_in_order(evidence, cell)
    numbers = _labelled(wording.against(value, other, indicator), indicator)
    when = ""
    if evidence.question is Question.TREND:
        when = f" i {times.wave(evidence.first_period)}"
    return f"{numbers}{when}{basis(cell, indicator)}."


def named(cell: Estimate, indicator: Indicator) -> str:
    """A value with n and interval: ``66 %, n = 1 270 (63–69 %)``, ``index 74, n = 417 (72–76)``."""
    value = _labelled(wording.of(cell.value, indicator), indicator)
    return f"{value}{basis(cell, indicator)}"


def basis(cell: Estimate, indicator: Indicator) -> str:
    """What an estimate rests on, after it: ``, n = 611 (53–61 %)``."""
    n = f", {wording.sample(cell.n)}" if cell.n is not None else ""
    return f"{n}{_interval(cell, indicator)}"


def _interval(cell: Estimate, indicator: Indicator) -> str:
    if cell.low is None or cell.high is None:
        return ""
    return f" ({wording.span(cell.low, cell.high, indicator.unit, indicator.decimals)})"


def _labelled(numbers: str, indicator: Indicator) -> str:
    """Numbers that have no unit of their own say what they are."""
    label = {"index": "Index ", "nps": "NPS "}.get(indicator.unit, "")
    return f"{label}{numbers}"


def _importance(evidence: Evidence, look: Lookup) -> str:
    """How large a part of the relation to the overall grade the question has."""
    survey, item = look.asked[evidence.indicator]
    drivers = survey.drivers.drivers if survey.drivers is not None else ()
    for each in drivers:
        if each.item == item.item.id:
            share = wording.quantity(each.importance, "procent")
            between = wording.span(each.low, each.high, "procent")
            return f"Frågan har {share} av det samlade sambandet ({between}). Nivån nu: "
    return ""


def _gap_between_waves(evidence: Evidence, indicator: Indicator, look: Lookup) -> str:
    """The gap then and now; the present gap is that of the same question's evidence of a gap."""
    if evidence.reference is None:
        return ""
    unit, decimals = indicator.unit, indicator.decimals
    before = evidence.reference.value
    told = f"Skillnaden var {wording.distance(before, unit, decimals)}"
    told = f"{told} i {times.wave(evidence.first_period)}"
    held = look.one(evidence.indicator, Question.GAP)
    if held is None or held.reference is None or not isinstance(held.cell, Estimate):
        return f"{told}."
    now = abs(held.cell.value - held.reference.value)
    size = abs(evidence.difference or 0.0)
    # The gap has changed sides when the change is nearer their sum than their difference.
    has_turned = abs(size - (now + before)) < abs(size - abs(now - before))
    turned = ", åt andra hållet," if has_turned and before and now else ""
    return f"{told}{turned} och är nu {wording.distance(now, unit, decimals)}."
