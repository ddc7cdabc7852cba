"""What a piece of evidence cannot show, in one line, chosen by what was asked and of what data."""

from kvalitetslib.model import Indicator, Perspective, ReferenceKind
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.report import Evidence, Question

ASKED = frozenset({Perspective.USER, Perspective.RESIDENT})
"""Perspectives whose indicators come from surveys."""
LIMITS = {
    Question.LEVEL: "En jämförelse visar inte vilka förutsättningar var och en har.",
    Question.POTENTIAL: "De bästa kan ha andra förutsättningar. Det syns inte i jämförelsen.",
    Question.GAP: "En skillnad mellan grupper visar inte vad var och en behöver eller möter.",
    Question.GAP_TREND: "Att en skillnad ändras visar inte varför.",
    Question.TREND: "En trend visar att något ändras, inte varför.",
    Question.CHANGE: "Ett ovanligt värde visar att något har hänt, inte vad.",
    Question.HOLD: "Siffran visar om nivån hålls, inte vad som krävs för att hålla den.",
    Question.ASSURANCE: "Siffran visar om målet nås, inte om målet är rätt satt.",
    Question.MOVE: "Siffran visar takten, inte vad som ändrar den.",
    Question.PEER_TREND: "Att andra rör sig i en annan takt visar inte vad de gör annorlunda.",
    Question.EFFECT: "Att något sammanfaller med en åtgärd visar inte att åtgärden gav det.",
    Question.DRIVER: "Ett samband mellan svar visar inte att det ena leder till det andra.",
    Question.RESPONSE: "Vi vet hur många som inte svarade, inte vad de tycker.",
    Question.DEMAND: "En prognos visar hur många som väntas, inte vad var och en behöver.",
    Question.OUTLOOK: "Uppgiften kommer utifrån och är inte prövad mot våra egna siffror.",
}
REGISTER_LIMIT = "Siffran visar hur mycket, inte hur människor upplever det."
ASKED_LIMIT = "Siffran säger inget om dem som inte svarade eller deltog."
SURVEY_LIMIT = "Enkäten säger inget om dem som inte svarade."


def limit(evidence: Evidence, look: Lookup) -> str:
    """What the evidence cannot show, in a line."""
    if evidence.question in (Question.DRIVER, Question.RESPONSE, Question.EFFECT):
        return LIMITS[evidence.question]
    survey = look.survey(evidence)
    if look.is_asked(evidence) and survey is not None:
        if survey.rate_pct is None:
            return SURVEY_LIMIT
        rate = wording.quantity(survey.rate_pct, "%")
        return f"Enkäten säger inget om dem som inte svarade; {rate} svarade."
    indicator = look.indicator(evidence.indicator)
    is_goal = evidence.reference is not None and evidence.reference.kind is ReferenceKind.GOAL
    if indicator is not None and evidence.question is Question.LEVEL and is_goal:
        return ASKED_LIMIT if _is_asked_of_people(indicator) else REGISTER_LIMIT
    return LIMITS[evidence.question]


def _is_asked_of_people(indicator: Indicator) -> bool:
    """Whether the figure comes from answers; of staff only the indexes do."""
    if indicator.perspective is Perspective.STAFF:
        return indicator.unit == "index"
    return indicator.perspective in ASKED
