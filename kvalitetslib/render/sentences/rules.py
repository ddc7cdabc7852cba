"""The rules of the nulägesanalys in words. Their ids are fixed."""

from kvalitetslib.model import Quadrant
from kvalitetslib.report import Finding

RULES = {
    "S1": "Nivån är bättre än det den jämförs med.",
    "S2": "Det senaste värdet bryter det vanliga mönstret åt det goda hållet.",
    "S3": (
        "Skillnaden mellan kvinnor och män är säkert liten, till skillnad från i liknande "
        "kommuner, och nivån är inte sämre än det den jämförs med."
    ),
    "S4": "Frågan har ett starkt samband med helhetsbetyget, och nivån är hög.",
    "S5": "Målet nås i varje period så länge variationen är som nu, enligt styrdiagrammet.",
    "W1": "Nivån är sämre än det den jämförs med.",
    "W2": "Skillnaden mellan kvinnor och män är relevant och säker.",
    "W3": "En ålder, ett område eller en annan grupp ligger sämre till än övriga.",
    "W4": "Det senaste värdet bryter det vanliga mönstret åt det dåliga hållet.",
    "W5": "Frågan har ett starkt samband med helhetsbetyget, och nivån är låg.",
    "W7": "Målet nås inte i någon period så länge variationen är som nu, enligt styrdiagrammet.",
    "O1": "Trenden går åt det goda hållet.",
    "O2": "Skillnaden mellan kvinnor och män krymper.",
    "O3": "Ett område ligger bättre till än övriga.",
    "O4": "Det finns ett relevant avstånd till de bästa att ta igen.",
    "O5": "Värdet är bättre än om det hade fortsatt som före en åtgärd. Orsaken är inte prövad.",
    "O6": "En daterad uppgift från omvärlden pekar på en möjlighet.",
    "O7": "Värdet rör sig snabbare mot utvecklingsmålet än vad som krävs.",
    "O8": "Kommunen utvecklas bättre än liknande kommuner.",
    "O9": "En kritisk kvalitetsfaktor är bättre än sin tidigare nivå.",
    "T1": "Trenden går åt det dåliga hållet.",
    "T2": "Med samma takt passeras målet inom tre år.",
    "T3": "Skillnaden mellan kvinnor och män växer.",
    "T4": "Liknande kommuner utvecklas bättre.",
    "T5": "Behovet väntas växa mer än i riket.",
    "T6": "En daterad uppgift från omvärlden pekar på ett hot.",
    "T7": "Svarsfrekvensen har sjunkit minst tio procentenheter, eller är under 40 procent.",
    "T8": "Värdet rör sig för långsamt för att nå utvecklingsmålet i tid.",
    "T9": "Värdet är sämre än om det hade fortsatt som före en åtgärd. Orsaken är inte prövad.",
    "T10": "En kritisk kvalitetsfaktor har inte hållit sin tidigare nivå.",
}
WAVE_RULES = RULES | {
    "O1": "Värdet har rört sig åt det goda hållet mellan två mätningar.",
    "O2": "Skillnaden mellan kvinnor och män har minskat mellan två mätningar.",
    "T1": "Värdet har rört sig åt det dåliga hållet mellan två mätningar.",
    "T3": "Skillnaden mellan kvinnor och män har ökat mellan två mätningar.",
}
AHEAD = {
    "O1": "på väg åt rätt håll",
    "O2": "skillnaden krymper",
    "O4": "det finns mer att vinna",
    "O5": "kursen är bättre efter en åtgärd",
    "O7": "takten mot målet räcker",
    "O8": "utvecklingen är bättre än hos andra",
    "O9": "bättre än sin tidigare nivå",
    "T1": "på väg åt fel håll",
    "T2": "på väg att passera målet åt fel håll",
    "T3": "skillnaden växer",
    "T4": "andra utvecklas bättre",
    "T8": "takten mot målet räcker inte",
    "T9": "kursen är sämre efter en åtgärd",
    "T10": "den tidigare nivån har inte hållits",
}
"""Where something strong or weak is heading, as the end of a sentence."""
_A = {Quadrant.OPPORTUNITY: "en möjlighet", Quadrant.THREAT: "ett hot"}


def rule_line(rule: str, *, is_asked: bool) -> str:
    """``W1: Nivån är sämre än det den jämförs med.``"""
    rules = WAVE_RULES if is_asked else RULES
    return f"{rule}: {rules[rule]}" if rule in rules else rule


def heading(finding: Finding, linked: Finding) -> str:
    """What the linked finding adds: ``Styrka nu, men på väg åt fel håll: se hot``."""
    is_now = finding.quadrant in (Quadrant.STRENGTH, Quadrant.WEAKNESS)
    now, ahead = (finding, linked) if is_now else (linked, finding)
    is_turning = (now.quadrant is Quadrant.STRENGTH) is (ahead.quadrant is Quadrant.THREAT)
    told = AHEAD.get(ahead.rule, f"det finns {_A[ahead.quadrant]}")
    joined = "men" if is_turning else "och"
    return f"{now.quadrant.capitalize()} nu, {joined} {told}: se {linked.quadrant}"
