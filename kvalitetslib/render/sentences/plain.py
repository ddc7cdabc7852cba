"""The same findings in short words, for residents: no rules, no probabilities."""

from kvalitetslib.model import Quadrant
from kvalitetslib.report import Certainty

HEADINGS = {
    Quadrant.STRENGTH: "Det här går bra",
    Quadrant.WEAKNESS: "Det här behöver bli bättre",
    Quadrant.OPPORTUNITY: "Det här är på rätt väg",
    Quadrant.THREAT: "Det här kan bli svårare",
}
LEFT_TO_WIN = "Här finns mer att vinna"
SURE = {
    Certainty.SECURED: "Siffrorna är säkra.",
    Certainty.LIKELY: "Siffrorna pekar ditåt, men de är få.",
    Certainty.UNDECIDED: "Siffrorna räcker inte.",
    Certainty.OUTLOOK: "Det säger en källa utanför kommunen.",
}
NO_MESSAGE = "Siffrorna räcker inte för att säga om något går bra eller dåligt just nu."
NO_CHILDREN = "Nämnden mäter inget som gäller barn."
NO_CHILD_FINDING = "Nämnden mäter det som gäller barn. Den här gången sticker inget ut."
NO_SEXES = "Nämnden har inga siffror för både kvinnor och män."
NO_GAP = "Den här gången syns ingen säker skillnad mellan kvinnor och män."
TOLD = "Det som sticker ut står redan högre upp på sidan."
NO_MEASURE = "Nämnden har inga åtgärder i gång."
NO_GOAL = "Nämnden har inga mål i rapporten."
ABOUT = (
    "Alla siffror är desamma som nämnden får.",
    "Små grupper visas inte. Då kan ingen kännas igen.",
    "Vill du säga något om det du läser? Hör av dig till kommunen.",
)
