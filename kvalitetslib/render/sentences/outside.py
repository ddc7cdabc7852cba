"""What is said of others and of the outside world: their development, needs and dated facts."""

import re

from kvalitetslib.context import DemandSignal
from kvalitetslib.model import Indicator
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import DECIDED, reference_phrase, turned_back
from kvalitetslib.report import Evidence, Verdict

TEMPLATES = {
    "differs": "{subject}{group} utvecklas {how} än {reference}.",
    "level": "{subject}{group} utvecklas i samma takt som {reference}.",
    "undecided": "Det går inte att avgöra om {inner}{group} utvecklas annorlunda än {reference}.",
    "need": "Antalet {people} väntas {change} till {year}{beside}.",
    "steady": "Antalet {people} väntas vara ungefär lika stort {year} som nu{beside}.",
}
_ADULT = 18
_OLDER = ("+", "äldre", "–", "-")


def peer_trend(evidence: Evidence, words: dict[str, str]) -> str:
    """How the kommun develops beside the others."""
    reference = reference_phrase(evidence) or "i andra kommuner"
    if evidence.verdict in DECIDED:
        how = "bättre" if evidence.verdict is Verdict.BETTER else "sämre"
        return TEMPLATES["differs"].format(how=how, reference=reference, **words)
    name = "level" if evidence.verdict is Verdict.LEVEL else "undecided"
    return TEMPLATES[name].format(reference=reference, **words)


def peer_trend_numbers(evidence: Evidence, indicator: Indicator) -> str:
    """``Per år −1,4 procentenheter mot −0,2 i liknande kommuner.``"""
    if evidence.reference is None or evidence.difference is None:
        return ""
    decimals = max(indicator.decimals, 1)
    theirs = evidence.reference.value
    own = theirs + turned_back(evidence.difference, indicator)
    return (
        f"Per år {wording.signed_distance(own, indicator.unit, decimals)} mot "
        f"{wording.signed(theirs, decimals)} {reference_phrase(evidence)}."
    )


def demand(evidence: Evidence, look: Lookup) -> str:
    """How the number of people of some ages is expected to change, beside the country."""
    signal = look.demand(evidence)
    if signal is None:
        return wording.sentence(evidence.text)
    name = "need" if _percent(signal.change) else "steady"
    return TEMPLATES[name].format(
        people=people_of(signal.ages),
        change=_change(signal.change),
        year=signal.ahead_year,
        beside=", ungefär som i riket" if evidence.verdict is Verdict.LEVEL else _beside(signal),
    )


def demand_numbers(evidence: Evidence, look: Lookup) -> str:
    """``5 210 personer 2025 och väntade 5 835 personer 2030. Källa: SCB.``"""
    signal = look.demand(evidence)
    if signal is None:
        return f"Källa: {evidence.source}." if evidence.source else ""
    now, then = wording.number(signal.persons), wording.number(signal.ahead_persons)
    numbers = f"{now} personer år {signal.year}, och {then} väntas år {signal.ahead_year}."
    return f"{numbers} Källa: {signal.source}." if signal.source else numbers


def people_of(ages: str) -> str:
    """Ages as people in a sentence: ``barn 0–5 år``, ``invånare 80 år och äldre``."""
    bounds = [int(each) for each in re.findall(r"\d+", ages)]
    if not bounds or len(bounds) > 2:
        return f"invånare {ages}".strip()
    is_open = len(bounds) == 1 and any(sign in ages for sign in _OLDER)
    noun = "barn" if bounds[-1] < _ADULT and not is_open else "invånare"
    span = "–".join(str(each) for each in bounds)
    return f"{noun} {span} år{' och äldre' if is_open else ''}"


def _percent(share: float) -> float:
    return float(wording.number(abs(100 * share)).replace(wording.NBSP, ""))


def _change(share: float) -> str:
    verb = "öka" if share > 0 else "minska"
    return f"{verb} med {wording.number(abs(100 * share))} procent"


def _beside(signal: DemandSignal) -> str:
    """The country's change: as much more or less, or apart when it goes the other way."""
    country = signal.country_change
    if country is None:
        return ""
    told = f"({wording.number(abs(100 * country))} procent)"
    own, theirs = _percent(signal.change), _percent(country)
    if own and theirs and (signal.change > 0) is not (country > 0):
        return f". I riket väntas antalet {_change(country)}"
    if own == theirs:
        return f", lika mycket som i riket {told}" if own else ", liksom i riket"
    if not own:
        return f". I riket väntas antalet {_change(country)}"
    return f", {'mer' if own > theirs else 'mindre'} än i riket {told}"
