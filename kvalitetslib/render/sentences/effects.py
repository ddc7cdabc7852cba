"""What is said of an åtgärd: the values now beside those of a course that had gone on as before.

It coincides; nothing is said about causes.
"""

from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.terms import DECIDED, comparative
from kvalitetslib.report import Estimate, Evidence, Verdict

TEMPLATES = {
    "moved": "{subject}{group} är {more} än om det hade fortsatt som före {start}.",
    "stayed": "{subject}{group} följer samma kurs som före {start}.",
    "undecided": "Det går inte att avgöra om {inner}{group} följer samma kurs som före {start}.",
}
COINCIDES = "Det sammanfaller med åtgärden; det visar inte att den är orsaken."


def effect(
    evidence: Evidence,
    cell: Estimate,
    indicator: Indicator,
    *,
    words: dict[str, str],
    look: Lookup,
) -> str:
    """The values beside what they would have been, and the åtgärd with its name and month."""
    name = "stayed" if evidence.verdict is Verdict.LEVEL else "undecided"
    if evidence.verdict in DECIDED and evidence.reference is not None:
        name = "moved"
    is_more = evidence.reference is not None and cell.value > evidence.reference.value
    more = comparative(indicator, is_more=is_more)
    return TEMPLATES[name].format(start=_start(evidence, look), more=more, **words)


def effect_numbers(evidence: Evidence, cell: Estimate, indicator: Indicator) -> str:
    """``9,1 mot 14,2 dagar om det hade fortsatt som före åtgärden.``"""
    if evidence.reference is None:
        return f"{wording.of(cell.value, indicator)}."
    numbers = wording.against(cell.value, evidence.reference.value, indicator)
    return f"{numbers} {evidence.reference.label}."


def _start(evidence: Evidence, look: Lookup) -> str:
    """``åtgärden ”Ny svarsrutin” (från februari 2026)``."""
    atgard = look.atgard(evidence.text)
    if atgard is None:
        return "åtgärden"
    when = f" (från {times.month(atgard.start)})" if atgard.start is not None else ""
    return f"åtgärden ”{atgard.title}”{when}"
