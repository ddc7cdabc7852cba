"""The small texts beside the findings: age of data, sources, empty quadrants and words."""

from kvalitetslib.model import Indicator, Quadrant, ReferenceKind
from kvalitetslib.render import times, wording
from kvalitetslib.render.sentences.terms import is_quiet, is_weak_signal
from kvalitetslib.report import (
    Evidence,
    FamilyCount,
    Freshness,
    IndicatorResult,
    Question,
    Report,
    Verdict,
)

QUADRANT_NAMES = {
    Quadrant.STRENGTH: "Styrkor",
    Quadrant.WEAKNESS: "Svagheter",
    Quadrant.OPPORTUNITY: "Möjligheter",
    Quadrant.THREAT: "Hot",
}
_PRESENT = (
    Question.LEVEL,
    Question.HOLD,
    Question.ASSURANCE,
    Question.CHANGE,
    Question.GAP,
    Question.DRIVER,
)
_COURSE = (
    Question.TREND,
    Question.GAP_TREND,
    Question.MOVE,
    Question.PEER_TREND,
    Question.EFFECT,
)
QUESTIONS = {
    Quadrant.STRENGTH: _PRESENT,
    Quadrant.WEAKNESS: _PRESENT,
    Quadrant.OPPORTUNITY: (*_COURSE, Question.GAP, Question.POTENTIAL),
    Quadrant.THREAT: _COURSE,
}
"""What is asked for each quadrant, so that an empty one can say what was tried."""
QUESTION_NAMES = {
    Question.LEVEL: "Nivå mot mål eller andra",
    Question.POTENTIAL: "Avstånd till bästa fjärdedelen",
    Question.GAP: "Skillnad mellan grupper",
    Question.GAP_TREND: "Skillnadens riktning",
    Question.TREND: "Trend",
    Question.CHANGE: "Senaste värdet mot tidigare värden",
    Question.HOLD: "Kritisk kvalitetsfaktor: hålls nivån?",
    Question.MOVE: "Utvecklingsmål: räcker takten?",
    Question.ASSURANCE: "Styrdiagram: nås målet?",
    Question.PEER_TREND: "Utveckling jämfört med liknande kommuner",
    Question.EFFECT: "Före och efter en åtgärd",
    Question.DRIVER: "Samband med helhetsbetyget",
    Question.RESPONSE: "Svarsfrekvens",
    Question.DEMAND: "Behovet framåt",
    Question.OUTLOOK: "Omvärld",
}
WAVE_QUESTION_NAMES = QUESTION_NAMES | {
    Question.TREND: "Förändring sedan förra mätningen",
    Question.GAP_TREND: "Skillnadens förändring sedan förra mätningen",
}
VERDICT_ORDER = (
    Verdict.BETTER,
    Verdict.LEVEL,
    Verdict.WORSE,
    Verdict.UNDECIDED,
    Verdict.NOT_JUDGED,
)
VERDICT_WORDS = {
    Verdict.BETTER: "Bättre",
    Verdict.LEVEL: "I nivå",
    Verdict.WORSE: "Sämre",
    Verdict.UNDECIDED: "Kan inte avgöras",
    Verdict.NOT_JUDGED: "Bedöms inte",
}
_SPECIAL_WORDS = {
    # A long distance to the best quarter is no merit, it is room to improve.
    Question.POTENTIAL: {
        Verdict.BETTER: "Finns att vinna",
        Verdict.LEVEL: "Nära de bästa",
        Verdict.WORSE: "Bland de bästa",
    },
    Question.HOLD: {
        Verdict.BETTER: "Bättre än tidigare",
        Verdict.LEVEL: "Bibehållen",
        Verdict.WORSE: "Sämre än tidigare",
    },
    Question.MOVE: {
        Verdict.BETTER: "Snabbare än vad som krävs",
        Verdict.LEVEL: "I takt med det som krävs",
        Verdict.WORSE: "För långsam takt",
    },
    Question.ASSURANCE: {
        Verdict.BETTER: "Når alltid målet",
        Verdict.LEVEL: "Når ibland målet",
        Verdict.UNDECIDED: "Når ibland målet",
        Verdict.WORSE: "Når aldrig målet",
    },
    Question.DEMAND: {
        Verdict.BETTER: "Växer mindre än i riket",
        Verdict.LEVEL: "Växer som i riket",
        Verdict.WORSE: "Växer mer än i riket",
    },
}
SYMBOLS = {
    Verdict.BETTER: "▲",
    Verdict.LEVEL: "=",
    Verdict.WORSE: "▼",
    Verdict.UNDECIDED: "?",
    Verdict.NOT_JUDGED: "–",
}
OWN_SOURCE = "kommunens egna uppgifter"


def basis(evidence: Evidence) -> str:
    """What the evidence rests on, in the words of the page."""
    if evidence.question is Question.DRIVER:
        return "samband i enkäten"
    if evidence.question is Question.MOVE:
        return "riktning mot målet"
    if evidence.reference is not None and evidence.reference.kind is ReferenceKind.GOAL:
        return "jämförelse med målet"
    return evidence.kind.value


def verdict_word(evidence: Evidence) -> str:
    """The verdict as it is said of this kind of question."""
    if is_quiet(evidence):
        return "Inom sin vanliga variation"
    if is_weak_signal(evidence):
        return "Signal, men kan vara slump"
    special = _SPECIAL_WORDS.get(evidence.question, {})
    return special.get(evidence.verdict) or VERDICT_WORDS[evidence.verdict]


def question_name(evidence: Evidence, *, is_asked: bool) -> str:
    """What was asked, in words; two waves of a survey are never called a trend."""
    names = WAVE_QUESTION_NAMES if is_asked else QUESTION_NAMES
    return names[evidence.question]


def freshness(result: IndicatorResult) -> str:
    """``nytt``, ``oförändrat, nästa publicering 20 mars 2027``, ``upphört 2024``."""
    if result.freshness is Freshness.ENDED and result.indicator.ended is not None:
        return f"{result.freshness} {result.indicator.ended}"
    if result.freshness is Freshness.UNCHANGED:
        if not result.next_publication:
            return f"{result.freshness}, nästa publicering är inte känd"
        day = times.day_of_text(result.next_publication)
        return f"{result.freshness}, nästa publicering {day}"
    return str(result.freshness)


def breaks_note(indicator: Indicator) -> str:
    """Where the series breaks and why: ``Serien bryts 2021: ny läroplan.``"""
    told = [f"Serien bryts {times.period(each.period)}: {each.cause}" for each in indicator.breaks]
    return " ".join(wording.sentence(each) for each in told)


def source_name(result: IndicatorResult) -> str:
    """The source as it is printed; own values have no outside source."""
    name = result.source or result.indicator.source
    return OWN_SOURCE if name.lower() in ("", "egen", "eget") else name


def source_line(result: IndicatorResult, report: Report, *, own_processing: bool) -> str:
    """Whose figures these are. What we have calculated is never called the source's own."""
    name = source_name(result)
    label = name
    if name != OWN_SOURCE:
        label = f"{_printed(name, report)}, {result.indicator.id}"
    if own_processing:
        return f"Egen bearbetning av data från {label}."
    return f"Källa: {label}."


def _printed(name: str, report: Report) -> str:
    """The fetch's printed name, so that made-up data are never called by a real source's."""
    fetched = [each for each in report.sources if each.name.lower() == name.lower()]
    synthetic = any(each.synthetic for each in report.sources) or report.synthetic
    if not fetched and synthetic and name.lower() == "kolada":
        made_up = [each.name for each in report.sources if name.lower() in each.name.lower()]
        return made_up[0] if made_up else f"syntetiska data (i form av {name})"
    return name


def empty_quadrant(quadrant: Quadrant, report: Report) -> str:
    """Why a quadrant has no finding: what was tried, and how much of it could not be decided."""
    asked = [each for each in report.families if each.question in QUESTIONS[quadrant]]
    tested, found = sum(each.tested for each in asked), sum(each.found for each in asked)
    outside = {
        Quadrant.OPPORTUNITY: " Omvärldslistan har ingen möjlighet för nämnden.",
        Quadrant.THREAT: " Omvärldslistan har inget hot för nämnden.",
    }.get(quadrant, "")
    none = f"Inga {QUADRANT_NAMES[quadrant].lower()}."
    if not tested:
        told = "Inget har kunnat prövas: det saknas värden eller något att jämföra med."
        return f"{none} {told}{outside}"
    told = f"Ingen av {wording.number(tested)} prövningar gav ett säkert utslag."
    if tested == 1:
        told = "Den enda prövningen gav inget säkert utslag."
    if found:
        told = (
            f"{wording.capital(wording.count(found))} av {wording.number(tested)} prövningar gav "
            "utslag, men åt andra hållet eller i andra rutor."
        )
    return f"{none} {told}{_undecided(quadrant, report)}{outside}"


def _undecided(quadrant: Quadrant, report: Report) -> str:
    """How many of the tests of a quadrant gave no answer at all."""
    open_ones = sum(
        each.question in QUESTIONS[quadrant]
        and each.q is not None
        and each.verdict is Verdict.UNDECIDED
        for each in report.all_evidence
    )
    return f" {wording.number(open_ones)} kunde inte avgöras." if open_ones else ""


def family_line(family: FamilyCount) -> str:
    """``24 prövade, 3 funna``."""
    return tested_line(family.tested, family.found)


def tested_line(tested: int, found: int | None) -> str:
    """``24 prövade, 3 funna``, ``1 prövad``; what is found is left out when it is not known."""
    told = f"{wording.number(tested)} {'prövad' if tested == 1 else 'prövade'}"
    if found is None:
        return told
    return f"{told}, {wording.number(found)} {'funnen' if found == 1 else 'funna'}"


def unit_words(indicator: Indicator) -> str:
    """The unit as a subtitle says it."""
    unit = wording.unit_text(indicator.unit)
    return {"": "Antal", "tal": "Antal"}.get(unit, wording.capital(unit))


def verdict_counts(report: Report) -> tuple[tuple[Verdict, int], ...]:
    """How many indicators have each verdict, in the order of the page."""
    verdicts = [each.verdict for each in report.indicators]
    return tuple((each, verdicts.count(each)) for each in VERDICT_ORDER)
