"""What is said of an åtgärd: the values now beside what they would have been, and how it is judged.

It coincides; nothing is said about causes.
"""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import DECIDED, comparative
from kvalitetslib.report import Estimate, Evidence, Verdict
from kvalitetslib.wheel import AS_OTHERS, UNCHANGED, Effect, EffectMethod

TEMPLATES = {
    UNCHANGED: {
        "moved": "{subject}{group} är {more} än om det hade fortsatt som före {start}.",
        "stayed": "{subject}{group} följer samma kurs som före {start}.",
        "undecided": (
            "Det går inte att avgöra om {inner}{group} följer samma kurs som före {start}."
        ),
    },
    AS_OTHERS: {
        "moved": "{subject}{group} är {more} än väntat av andra kommuner, räknat från {start}.",
        "stayed": "{subject}{group} följer andra kommuner, räknat från {start}.",
        "undecided": (
            "Det går inte att avgöra om {inner}{group} följer andra kommuner, räknat från {start}."
        ),
    },
    "": {
        "moved": "{subject}{group} är {more} än före {start}.",
        "stayed": "{subject}{group} ligger på samma nivå som före {start}.",
        "undecided": (
            "Det går inte att avgöra om {inner}{group} ligger på samma nivå som före {start}."
        ),
    },
}
"""By what the values are held against; "" is the plain values before."""
COINCIDES = "Det sammanfaller med åtgärden; det visar inte att den är orsaken."
HOW = (
    "Det som mäts sammanfaller i tid med åtgärden. Det visar inte att åtgärden är orsaken. "
    "Streckad linje visar hur det hade gått utan förändring."
)
WORDS = {
    Verdict.BETTER: "bättre än väntat utan åtgärden",
    Verdict.WORSE: "sämre än väntat utan åtgärden",
    Verdict.LEVEL: "samma kurs som före",
    Verdict.UNDECIDED: "kan inte avgöras",
    Verdict.NOT_JUDGED: "bedöms inte",
}
METHODS = {
    EffectMethod.SERIES: (
        "Vi prövar om nivån ändrades när åtgärden började, utöver den kurs och den årstid som "
        "värdena redan hade."
    ),
    EffectMethod.COUNTS: (
        "Vi jämför andelen före med andelen efter. Hänsyn tas till hur mycket perioderna varierar."
    ),
    EffectMethod.PEERS: (
        "Vi jämför med hur samma mått ändrades i kommuner med samma utgångsläge. "
        "Återgång till det vanliga räknas på så sätt bort."
    ),
    EffectMethod.WAVES: "Vi jämför den senaste mätningen före med den senaste efter.",
    EffectMethod.NONE: "",
}


def effect(
    evidence: Evidence,
    cell: Estimate,
    indicator: Indicator,
    *,
    words: dict[str, str],
    look: Lookup,
) -> str:
    """The values beside what they would have been, and the åtgärd with its name and month."""
    label = evidence.reference.label if evidence.reference is not None else ""
    templates = TEMPLATES.get(label, TEMPLATES[""])
    name = "stayed" if evidence.verdict is Verdict.LEVEL else "undecided"
    if evidence.verdict in DECIDED and evidence.reference is not None:
        name = "moved"
    is_more = evidence.reference is not None and cell.value > evidence.reference.value
    more = comparative(indicator, is_more=is_more)
    return templates[name].format(start=_start(evidence, look), more=more, **words)


def effect_numbers(evidence: Evidence, cell: Estimate, indicator: Indicator) -> str:
    """``9,1 mot 14,2 dagar om det hade fortsatt som före åtgärden.``"""
    if evidence.reference is None:
        return f"{wording.of(cell.value, indicator)}."
    numbers = wording.against(cell.value, evidence.reference.value, indicator)
    label = times.in_text(evidence.reference.label)
    is_wave = label.startswith("mätningen")
    return f"{numbers} {'i ' if is_wave else ''}{label}."


def change(effect: Effect, indicator: Indicator) -> str:
    """``5,3 dagar bättre, med 95 procents säkerhet mellan 3,3 och 7,3 dagar bättre.``"""
    if effect.change is None:
        return "Förändringen kan inte räknas ut."
    told = wording.capital(_turned(effect.change, indicator))
    if effect.low is None or effect.high is None:
        return f"{told}. Osäkerheten kan inte räknas ut."
    low, high = (wording.signed(each, _decimals(indicator)) for each in (effect.low, effect.high))
    return f"{told}. Osäkerhet: {low} till {high} (plus är bättre)."


def naive(effect: Effect, indicator: Indicator) -> str:
    """The plain difference, and what may be a return to the usual in it."""
    told = wording.capital(_turned(effect.naive or 0.0, indicator))
    if not effect.returned:
        return f"{told}."
    if effect.method is EffectMethod.PEERS:
        start = "Värdet före start avvek ovanligt långt åt fel håll."
        return f"{told}. {start} {_BACK} Det är borträknat."
    held = {
        Verdict.BETTER: "Förbättringen håller även utan dem.",
        Verdict.WORSE: "Försämringen håller även utan dem.",
    }.get(effect.verdict, "Utan dem går ingen förbättring att visa.")
    return f"{told}. Värdena strax före start avvek ovanligt långt åt fel håll. {_BACK} {held}"


_BACK = "Då blir de nästa ofta bättre av sig själva."


def others(effect: Effect, indicator: Indicator) -> str:
    """What the others changed from the same start; empty when there are none to compare with."""
    if effect.others is None:
        return ""
    many = wording.number(effect.n_others)
    return f"{wording.capital(_turned(effect.others, indicator))} i {many} andra kommuner."


def since(effect: Effect) -> str:
    """That the level had changed already before the start."""
    if not effect.since:
        return ""
    return (
        f"Nivån hade ändrats redan {times.at(effect.since)}. "
        "Förändringen räknas från den nivå som gällde när åtgärden började."
    )


def shared(titles: list[str]) -> str:
    """That other åtgärder began too near to be told apart from this one."""
    if not titles:
        return ""
    named = wording.join([f"”{each}”" for each in titles])
    return f"Förändringen kan inte skiljas från {named}, som började nära i tiden."


def rival(text: str) -> str:
    """What else could explain the change, in the nämnd's own words."""
    return wording.sentence(text) if text else "Ingen annan förklaring är angiven."


def _turned(value: float, indicator: Indicator) -> str:
    """``5,3 dagar bättre``; nothing is ``ingen skillnad``."""
    size = wording.distance(value, indicator.unit, _decimals(indicator))
    if not wording.signed(value, _decimals(indicator)).strip("0,"):
        return "ingen skillnad"
    return f"{size} {'bättre' if value > 0 else 'sämre'}"


def _decimals(indicator: Indicator) -> int:
    return max(indicator.decimals, 1) if wording.is_share(indicator.unit) else indicator.decimals


def _start(evidence: Evidence, look: Lookup) -> str:
    """``åtgärden ”Ny svarsrutin” (från februari 2026)``."""
    atgard = look.atgard(evidence.text)
    if atgard is None:
        return "åtgärden"
    when = f" (från {times.month(atgard.start)})" if atgard.start is not None else ""
    return f"åtgärden ”{atgard.title}”{when}"
