"""The line beside a sentence that says why: the numbers, and what it takes to weigh them."""

from kvalitetslib.model import Indicator, ReferenceKind
from kvalitetslib.period import PeriodKind, parse_period
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup, estimate, point_at, series_of
from kvalitetslib.render.sentences import effects, goals, outside, waves
from kvalitetslib.render.sentences.answers import answers
from kvalitetslib.render.sentences.terms import values_in_order
from kvalitetslib.report import Estimate, Evidence, Question, Verdict, Withheld

SIGNALS = {
    "utanför gränserna": "Värdet ligger utanför gränserna för vanlig variation.",
    "sju i rad på samma sida": "Sju värden i rad ligger på samma sida om medelvärdet.",
    "sju i rad åt samma håll": "Sju värden i rad går åt samma håll.",
    "två av tre i yttre tredjedelen": "Två av tre värden ligger nära gränsen.",
}

_MIDDLES = (ReferenceKind.PEERS, ReferenceKind.COUNTY, ReferenceKind.COUNTRY)


def why(evidence: Evidence, look: Lookup) -> str:
    """The numbers behind the sentence, in a line that stands beside it."""
    if evidence.question is Question.RESPONSE:
        return waves.response_numbers(evidence, look)
    if evidence.question is Question.DEMAND:
        return outside.demand_numbers(evidence, look)
    indicator = look.indicator(evidence.indicator)
    if evidence.question is Question.OUTLOOK or indicator is None:
        return f"Källa: {evidence.source}." if evidence.source else ""
    if isinstance(evidence.cell, Withheld):
        return ""
    if look.is_asked(evidence):
        return answers(evidence, evidence.cell, indicator, look)
    return _numbers(evidence, evidence.cell, indicator, look)


def _numbers(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    match evidence.question:
        case Question.TREND | Question.GAP_TREND:
            return _course(evidence, cell, indicator, look)
        case Question.HOLD:
            return goals.hold_numbers(evidence, cell, indicator)
        case Question.MOVE:
            return goals.move_numbers(evidence, cell, indicator, look)
        case Question.ASSURANCE:
            return goals.assured_numbers(evidence, cell, indicator)
        case Question.PEER_TREND:
            return outside.peer_trend_numbers(evidence, indicator)
        case Question.EFFECT:
            return effects.effect_numbers(evidence, cell, indicator)
    if evidence.reference is None:
        return f"{wording.of(cell.value, indicator)}."
    told = _side_by_side(evidence, cell, indicator)
    return " ".join(part for part in (told, *_more(evidence, look)) if part)


def _side_by_side(evidence: Evidence, cell: Estimate, indicator: Indicator) -> str:
    """The value and what it is held against; says so when it is a mean or the last of many."""
    value, other = values_in_order(evidence, cell)
    one, against = wording.pair(value, other, indicator)
    if evidence.text:
        return f"Senast {one} mot medelvärdet {against}."
    if is_yearly_mean(evidence):
        return f"{one} i medeltal det senaste året mot {against}."
    numbers = wording.against(value, other, indicator)
    return f"Index {numbers}." if indicator.unit == "index" else f"{numbers}."


def _course(evidence: Evidence, cell: Estimate, indicator: Indicator, look: Lookup) -> str:
    """From the first value to the last; for a gap, how large it is now."""
    if evidence.question is Question.GAP_TREND:
        if evidence.reference is None:
            return ""
        size = wording.distance(
            cell.value - evidence.reference.value, indicator.unit, indicator.decimals
        )
        return f"Skillnaden är nu {size}."
    if evidence.reference is not None:
        now, before = wording.pair(cell.value, evidence.reference.value, indicator)
        return f"{now} i medeltal mot {before} året före."
    series = series_of(look.results[indicator.id], evidence.group.gender)
    first = estimate(point_at(series, evidence.first_period))
    if first is None:
        return f"{wording.of(cell.value, indicator)} {times.at(evidence.period)}."
    start, end = wording.pair(first.value, cell.value, indicator)
    years = f"{times.at(evidence.first_period)} till {end} {times.at(evidence.period)}"
    return f"Från {start} {years}."


def _more(evidence: Evidence, look: Lookup) -> list[str]:
    """What else the reader needs: place among peers, what is left to win, the rule that fired."""
    if evidence.text:
        return [SIGNALS.get(evidence.text.rstrip("+-"), "")]
    indicator = look.results[evidence.indicator].indicator
    if evidence.question is Question.POTENTIAL and evidence.verdict is Verdict.BETTER:
        size = wording.distance(evidence.difference or 0.0, indicator.unit, indicator.decimals)
        return [f"Det finns {size} att vinna."]
    if evidence.beside is not None:
        size = wording.distance(evidence.beside.value, indicator.unit, indicator.decimals)
        return [f"I {evidence.beside.label} är skillnaden {size}."]
    if evidence.question is Question.LEVEL and evidence.group.is_total:
        return [_mean(evidence, indicator), _place(evidence, look), _other_side(evidence, look)]
    return []


def _mean(evidence: Evidence, indicator: Indicator) -> str:
    """The difference that was tested, where it is a mean of years."""
    if evidence.years == 1 or evidence.difference is None:
        return ""
    size = wording.distance(evidence.difference, indicator.unit, indicator.decimals)
    return f"Skillnaden är {size} i medeltal över {wording.count(evidence.years)} år."


def _place(evidence: Evidence, look: Lookup) -> str:
    peers = look.results[evidence.indicator].peers
    is_peers = evidence.reference is not None and evidence.reference.kind is ReferenceKind.PEERS
    if is_peers and peers is not None and peers.place:
        return f"Plats {peers.place} av {peers.of}."
    return ""


def _other_side(evidence: Evidence, look: Lookup) -> str:
    """The first comparison that points the other way. It is told, but it does not decide."""
    result = look.results[evidence.indicator]
    held, cell = evidence.reference, evidence.cell
    if result.peers is None or held is None or not isinstance(cell, Estimate):
        return ""
    if result.peers.period != evidence.period:
        return ""
    others = (
        each
        for each in result.peers.references
        if each.kind in _MIDDLES and (cell.value - each.value) * (cell.value - held.value) < 0
    )
    other = next(others, None)
    if other is None:
        return ""
    return f"I {other.label} är värdet {wording.of(other.value, result.indicator)}."


def is_yearly_mean(evidence: Evidence) -> bool:
    """Whether the value is the mean of a year of months or quarters."""
    try:
        kind = parse_period(evidence.period).kind
    except ValueError:
        return False
    within_year = kind in (PeriodKind.MONTH, PeriodKind.QUARTER)
    return within_year and evidence.question is Question.LEVEL
