"""The small texts beside the findings: age of data, sources, empty quadrants, rules and words."""

from kvalitetslib.model import Indicator, Quadrant, ReferenceKind
from kvalitetslib.render import times, wording
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
QUESTIONS = {
    Quadrant.STRENGTH: (Question.LEVEL, Question.CHANGE, Question.DRIVER),
    Quadrant.WEAKNESS: (Question.LEVEL, Question.CHANGE, Question.GAP, Question.DRIVER),
    Quadrant.OPPORTUNITY: (Question.TREND, Question.GAP_TREND, Question.POTENTIAL),
    Quadrant.THREAT: (Question.TREND, Question.GAP_TREND),
}
QUESTION_NAMES = {
    Question.LEVEL: "Nivå mot mål eller andra",
    Question.POTENTIAL: "Avstånd till bästa fjärdedelen",
    Question.GAP: "Skillnad mellan grupper",
    Question.GAP_TREND: "Skillnadens riktning",
    Question.TREND: "Trend",
    Question.CHANGE: "Senaste värdet mot tidigare värden",
    Question.DRIVER: "Samband med helhetsbetyget",
    Question.OUTLOOK: "Omvärld",
}
WAVE_QUESTION_NAMES = {
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
_POTENTIAL_WORDS = VERDICT_WORDS | {
    Verdict.BETTER: "Finns att vinna",
    Verdict.LEVEL: "Nära de bästa",
    Verdict.WORSE: "Bland de bästa",
}
"""The distance to the best quarter: a long one is no merit, it is room to improve."""
SYMBOLS = {
    Verdict.BETTER: "▲",
    Verdict.LEVEL: "=",
    Verdict.WORSE: "▼",
    Verdict.UNDECIDED: "?",
    Verdict.NOT_JUDGED: "–",
}
GLOSSARY = (
    (
        "Säkerställd",
        (
            "Påståendet har prövats statistiskt. En skillnad är större än vad slumpen brukar ge, "
            "även när vi räknar med hur många prövningar vi har gjort. ”I nivå” och ”samma nivå” "
            "betyder att skillnaden är säkert liten."
        ),
    ),
    (
        "Trolig",
        "Uppgifterna pekar åt ett håll, men underlaget är kort eller osäkert.",
    ),
    (
        "Kan inte avgöras",
        "Underlaget räcker inte för att säga vare sig bättre, sämre eller i nivå.",
    ),
    ("Omvärld", "En uppgift från en namngiven källa utanför mätningarna. Den är inte prövad."),
    (
        "Relevant skillnad",
        "Den minsta skillnad som är värd att tala om. Den är bestämd i förväg för varje indikator.",
    ),
    ("I nivå", "Skillnaden är säkert mindre än den relevanta skillnaden."),
    (
        "Liknande kommuner",
        "En grupp kommuner med liknande förutsättningar. Vi jämför med gruppens mittersta värde.",
    ),
    ("Bästa fjärdedelen", "Gränsen som den bästa fjärdedelen av gruppen når eller passerar."),
    (
        "Visas inte",
        (
            "Gruppen är så liten att en person skulle kunna kännas igen, eller så är värdet inte "
            "publicerat."
        ),
    ),
)
METHOD = (
    (
        "Varje indikator hålls först mot målet. Finns inget mål jämförs den med liknande kommuner, "
        "sedan med länet och sist med riket."
    ),
    (
        "En skillnad blir ett fynd bara om den är både säker och relevant. Samma regler letar upp "
        "det som är bäst och det som är sämst."
    ),
    (
        "Ett fynds vikt är skillnadens säkra del delad med den relevanta skillnaden. Vikten tar "
        "också hänsyn till hur många som berörs och vad värdet hålls mot."
    ),
    (
        "Styrkor och svagheter handlar om läget nu. Möjligheter och hot handlar om riktning "
        "eller om omvärlden."
    ),
    (
        "Många prövningar ger några träffar av en slump. Därför korrigeras alla prövningar av "
        "samma slag i nämnden tillsammans, enligt Benjamini och Hochberg."
    ),
    (
        "En enkät har en osäkerhet, eftersom alla inte tillfrågas eller svarar. Två grupper eller "
        "två mätningar prövas därför med skillnadens egen osäkerhet."
    ),
    (
        "Korta årsserier prövas med Mann-Kendalls test. Månadsserier prövas mot sin egen vanliga "
        "variation."
    ),
    "En jämförelse visar en skillnad. Den visar inte vad skillnaden beror på.",
)
RULES = {
    "S1": "Nivån är bättre än det den hålls mot.",
    "S2": "Det senaste värdet bryter det vanliga mönstret åt det goda hållet.",
    "S4": "Frågan har ett starkt samband med helhetsbetyget, och nivån är hög.",
    "W1": "Nivån är sämre än det den hålls mot.",
    "W2": "Skillnaden mellan kvinnor och män är relevant och säker.",
    "W3": "En ålder, ett område eller en annan grupp ligger sämre till än övriga.",
    "W4": "Det senaste värdet bryter det vanliga mönstret åt det dåliga hållet.",
    "W5": "Frågan har ett starkt samband med helhetsbetyget, och nivån är låg.",
    "O1": "Trenden går åt det goda hållet.",
    "O2": "Skillnaden mellan kvinnor och män krymper.",
    "O3": "Ett område ligger bättre till än övriga.",
    "O4": "Det finns ett relevant avstånd till de bästa att ta igen.",
    "O6": "En daterad uppgift från omvärlden pekar på en möjlighet.",
    "T1": "Trenden går åt det dåliga hållet.",
    "T2": "Med samma takt passeras målet inom tre år.",
    "T3": "Skillnaden mellan kvinnor och män växer.",
    "T6": "En daterad uppgift från omvärlden pekar på ett hot.",
}
WAVE_RULES = {
    "O1": "Värdet har rört sig åt det goda hållet mellan två mätningar.",
    "O2": "Skillnaden mellan kvinnor och män har minskat mellan två mätningar.",
    "T1": "Värdet har rört sig åt det dåliga hållet mellan två mätningar.",
    "T3": "Skillnaden mellan kvinnor och män har ökat mellan två mätningar.",
}
OWN_SOURCE = "kommunens egna uppgifter"


def basis(evidence: Evidence) -> str:
    """What the evidence rests on, in the words of the page."""
    if evidence.question is Question.DRIVER:
        return "samband i enkäten"
    if evidence.reference is not None and evidence.reference.kind is ReferenceKind.GOAL:
        return "jämförelse med målet"
    return evidence.kind.value


def verdict_word(evidence: Evidence) -> str:
    """The verdict as it is said of this kind of question."""
    words = _POTENTIAL_WORDS if evidence.question is Question.POTENTIAL else VERDICT_WORDS
    return words[evidence.verdict]


def question_name(evidence: Evidence, *, is_asked: bool) -> str:
    """What was asked, in words; two waves of a survey are never called a trend."""
    names = QUESTION_NAMES | WAVE_QUESTION_NAMES if is_asked else QUESTION_NAMES
    return names[evidence.question]


def rule_line(rule: str, *, is_asked: bool) -> str:
    """``W1: Nivån är sämre än det den hålls mot.``"""
    rules = RULES | WAVE_RULES if is_asked else RULES
    return f"{rule}: {rules[rule]}" if rule in rules else rule


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
    """Why a quadrant has no finding."""
    asked = [each for each in report.families if each.question in QUESTIONS[quadrant]]
    tested, found = sum(each.tested for each in asked), sum(each.found for each in asked)
    outside = {
        Quadrant.OPPORTUNITY: " Omvärldslistan har ingen möjlighet för nämnden.",
        Quadrant.THREAT: " Omvärldslistan har inget hot för nämnden.",
    }.get(quadrant, "")
    name = QUADRANT_NAMES[quadrant].lower()
    if not tested:
        return (
            f"Inga {name}. Inget har kunnat prövas: det saknas värden eller något att jämföra med."
            + outside
        )
    if not found:
        which = "Den enda prövningen gav inget säkert utslag"
        if tested > 1:
            which = f"Ingen av {wording.number(tested)} prövningar gav ett säkert utslag"
        return f"Inga {name}. {which}.{outside}"
    return (
        f"Inga {name}. Av {wording.number(tested)} prövningar gav "
        f"{wording.number(found)} utslag, men åt andra hållet eller i andra rutor.{outside}"
    )


def family_line(family: FamilyCount) -> str:
    """``3 av 24 gav utslag``: how many were tested, and how many were found."""
    return f"{wording.number(family.found)} av {wording.number(family.tested)} gav utslag"


def unit_words(indicator: Indicator) -> str:
    """The unit as a subtitle says it."""
    return {"": "Antal", "tal": "Antal"}.get(indicator.unit, wording.capital(indicator.unit))


def verdict_counts(report: Report) -> tuple[tuple[Verdict, int], ...]:
    """How many indicators have each verdict, in the order of the page."""
    verdicts = [each.verdict for each in report.indicators]
    return tuple((each, verdicts.count(each)) for each in VERDICT_ORDER)
