"""What is said of lessons, good examples and what to do first."""

from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.report import Report
from kvalitetslib.wheel import GoodExample, LessonUse

FORMULA = "Poäng = räckvidd × allvar × säkerhet × kostnad. Varje del går från 0 till 1."
PARTS = (
    "Räckvidd: andelen av de berörda. Alla är 1, kvinnor eller män är 0,5.",
    "Allvar: hur långt sämre det säkert är, i relevanta skillnader. Tre eller fler är 1. "
    "Det som inte är visat sämre är 0,1.",
    "Säkerhet: säkerställd är 1, trolig är 0,7 och övrigt 0,4.",
    "Kostnad: 1 när åtgärden inget kostar, 0,77 för 10\u00a0000 kronor, 0,49 för "
    "100\u00a0000 kronor och 0,33 för en miljon kronor. Okänd kostnad är 0,5.",
)
"""How each part of the order of priority is made."""
EXAMPLES_NOTE = (
    "Skillnaden är ett medelvärde för högst tre år och är prövad mot variationen mellan år. "
    "Det är räknat med att många kommuner prövas. Fråga dem vad de gör."
)
OWN_EXAMPLES_NOTE = "Varje del är jämförd med övriga i kommunen."


def source_of(use: LessonUse, report: Report) -> str:
    """Whose lesson it is: ``Miljönämnden, mars 2026``, ``andra, maj 2026``."""
    whose = dict(report.namnder).get(use.namnd, use.namnd) if use.own else "andra"
    return f"{whose}, {times.month(use.dated)}"


def used_in(ids: tuple[str, ...], look: Lookup) -> str:
    """The åtgärder that cite a lesson, by their titles; told when none does."""
    titles = {each.id: each.title for each in look.report.atgarder}
    return wording.join([titles.get(each, each) for each in ids]) or "inte använd än"


def lead(example: GoodExample, unit: str, decimals: int) -> str:
    """``8,1 procentenheter, minst 3,2``: the lead, and its near bound."""
    size = wording.distance(example.difference, unit, decimals)
    return f"{size}, minst {wording.number(example.low, decimals)}"


def improving(example: GoodExample) -> str:
    """Whether the example is getting better."""
    return "blir bättre" if example.is_improving else "ingen säker förbättring"
