"""Questions to bring to the meeting.

A question asks; it never gives a cause and never points at people. Which ones are chosen follows
from what was asked of the data and how it came out; a page takes turns between their wordings.
"""

from collections.abc import Mapping

from kvalitetslib.model import Quadrant
from kvalitetslib.register import Atgard, Status
from kvalitetslib.render.lookup import TO_MEND, Lookup
from kvalitetslib.report import Finding, Question

QUESTIONS: Mapping[tuple[Question, bool], tuple[str, ...]] = {
    (Question.LEVEL, True): (
        "Vad i arbetssättet vill vi slå vakt om?",
        "Vad gör vi här som andra verksamheter kan lära av?",
        "Vad krävs för att resultatet ska stå sig?",
    ),
    (Question.LEVEL, False): (
        "Känner verksamheten igen bilden i sin vardag?",
        "Vad berättar de som berörs om hur det fungerar i dag?",
        "Vilken nivå är rimlig att nå, och till när?",
    ),
    (Question.POTENTIAL, True): (
        "Vilken av de bästa kommunerna vill vi lära av?",
        "Vad gör de bästa, och vad av det passar hos oss?",
        "Vad skulle det betyda för invånarna om vi nådde dit?",
    ),
    (Question.GAP, True): (
        "Vad fungerar här som övriga kan lära av?",
        "Hur delar vi erfarenheten med övriga?",
    ),
    (Question.GAP, False): (
        "Vad berättar de som skillnaden gäller?",
        "Är service och bemötande likvärdiga för grupperna?",
        "Vad vore ett första steg för att minska skillnaden?",
    ),
    (Question.GAP_TREND, True): (
        "Minskar skillnaden för att någon grupp får det bättre, eller för att någon får det sämre?",
        "Hur ser vi till att skillnaden fortsätter att minska?",
    ),
    (Question.GAP_TREND, False): (
        "Hur märks det i vardagen att skillnaden växer?",
        "Hur stor får skillnaden bli innan vi agerar?",
    ),
    (Question.TREND, True): (
        "Har vi ändrat något under tiden som är värt att göra till fast arbetssätt?",
        "Vad krävs för att förbättringen ska hålla i sig?",
    ),
    (Question.TREND, False): (
        "Vart är vi på väg om inget ändras?",
        "Vid vilken nivå behöver vi agera?",
        "När märktes förändringen i verksamheten?",
    ),
    (Question.CHANGE, True): (
        "Vad ändrades vid samma tid, och är det värt att behålla?",
        "Är det en ny nivå eller en tillfällig topp?",
    ),
    (Question.CHANGE, False): (
        "Vad ändrades vid samma tid?",
        "Är det en ny nivå, eller går det tillbaka av sig självt?",
        "Har något ändrats i hur vi mäter?",
    ),
    (Question.HOLD, True): ("Vad krävs för att fortsätta hålla nivån?",),
    (Question.HOLD, False): (
        "Vad krävs för att komma tillbaka till nivån som skulle hållas?",
        "Är nivån fortfarande den vi vill hålla?",
    ),
    (Question.ASSURANCE, True): (
        "Vad gör att vi når målet gång på gång?",
        "Ska målet höjas, eller räcker det att hålla det?",
    ),
    (Question.ASSURANCE, False): (
        "Går målet att nå med dagens arbetssätt?",
        "Vad behöver ändras, målet eller arbetssättet?",
    ),
    (Question.MOVE, True): (
        "Kan målet nås tidigare, eller ska det höjas?",
        "Vad krävs för att hålla takten hela vägen?",
    ),
    (Question.MOVE, False): (
        "Vad skulle få takten att räcka?",
        "Vad behöver göras annorlunda för att närma sig målet?",
    ),
    (Question.PEER_TREND, True): ("Vad kan vi berätta för dem som vill gå samma väg?",),
    (Question.PEER_TREND, False): (
        "Vad kan vi lära av dem som förbättras snabbare?",
        "Vilken av kommunerna vill vi ta kontakt med?",
    ),
    (Question.EFFECT, True): (
        "Ska arbetssättet bli fast, och kan fler använda det?",
        "Vad mer ändrades vid samma tid?",
    ),
    (Question.EFFECT, False): (
        "Ska åtgärden fortsätta, ändras eller avslutas?",
        "Vad mer ändrades vid samma tid?",
    ),
    (Question.DRIVER, True): (
        "Hur vårdar vi det som de svarande är nöjda med?",
        "Vad gör vi här som vi kan göra mer av?",
    ),
    (Question.DRIVER, False): (
        "Vad vore ett första steg att pröva?",
        "Vad menar de svarande med sina svar, om vi frågar dem?",
    ),
    (Question.RESPONSE, False): (
        "Vilka svarar inte, och hur når vi dem?",
        "Vad skulle få fler att vilja svara?",
        "Kan vi bygga beslut på de svar vi har?",
    ),
    (Question.DEMAND, True): ("Hur använder vi utrymmet när behovet växer långsammare?",),
    (Question.DEMAND, False): (
        "Räcker lokaler, personal och pengar för det som väntar?",
        "Vilka beslut behöver fattas tidigt?",
    ),
    (Question.OUTLOOK, True): (
        "Hur tar vi vara på möjligheten?",
        "Vad behöver vi veta mer för att kunna planera?",
    ),
    (Question.OUTLOOK, False): (
        "Vilka av nämndens mål berörs?",
        "Vad behöver vara på plats, och till när?",
    ),
}
"""What to ask of a finding by what the data were asked, and whether the answer is a good one."""
UNMET = (
    "Ska vi göra något åt det, eller avstå och säga varför?",
    "Vem tar fram ett förslag, och till när?",
)
RUNNING = (
    "Hur ser vi om ”{title}” hjälper, och när?",
    "Går ”{title}” som planerat, och vad har vi lärt oss hittills?",
)
DONE = ("”{title}” är klar. Vad visade den, och behövs något mer?",)


def questions(
    finding: Finding, look: Lookup, *, atgarder: tuple[Atgard, ...], turn: int
) -> tuple[str, ...]:
    """One or two questions to a finding.

    ``atgarder`` concern what is talked of; ``turn`` takes turns between the wordings.
    """
    evidence = look.claims(finding)[0]
    is_good = finding.quadrant in (Quadrant.STRENGTH, Quadrant.OPPORTUNITY)
    about = QUESTIONS.get((evidence.question, is_good), QUESTIONS[Question.LEVEL, is_good])
    asked = [_turned(about, turn)]
    if finding.quadrant in TO_MEND:
        asked.append(_about_atgarder(atgarder, turn))
    elif len(about) > 1:
        asked.append(_turned(about, turn + 1))
    return tuple(asked)


def _about_atgarder(atgarder: tuple[Atgard, ...], turn: int) -> str:
    if not atgarder:
        return _turned(UNMET, turn)
    running = [each for each in atgarder if each.status is not Status.DONE]
    words = RUNNING if running else DONE
    return _turned(words, turn).format(title=(running or atgarder)[0].title)


def _turned(wordings: tuple[str, ...], turn: int) -> str:
    return wordings[turn % len(wordings)]
