"""What is said about a survey as a whole: who was asked, how results are weighted, how to read."""

from collections.abc import Sequence

from kvalitetslib.codebook import Measure
from kvalitetslib.estimate import Cell, Estimate, WithheldReason
from kvalitetslib.model import Indicator
from kvalitetslib.render import times, wording
from kvalitetslib.survey_result import (
    DriverResult,
    ItemResult,
    PublishedSurvey,
    ResponseGroup,
    SurveyResult,
    WeightReport,
)

WITHHELD = {
    WithheldReason.SMALL_GROUP: "för få svar",
    WithheldReason.NOT_PUBLISHED: "inte publicerat",
}
QUALITY = {"A": "säkert", "B": "osäkert"}
ALL_SURE = "Alla resultat är säkra."
WEIGHTING = {
    "rakning": "Svaren är vägda i flera steg (rakning) tills de stämmer med den kända folkmängden.",
    "efterstratifiering": (
        "Svaren är vägda grupp för grupp (efterstratifiering) så att de stämmer med den kända "
        "folkmängden."
    ),
    "kalibrering": (
        "Svaren är vägda med begränsade vikter (kalibrering) så att de stämmer med den kända "
        "folkmängden."
    ),
    "designvikter": "Svaren är vägda efter hur stor del av varje grupp som tillfrågades.",
}
LIMITS = (
    "Vikter rättar till skev fördelning på kända grupper. De rättar inte till att den som är "
    "intresserad av ämnet oftare svarar."
)
READ_GROUPS = (
    "Två grupper kan skilja sig säkert även när deras linjer överlappar varandra. Därför prövas "
    "skillnaden för sig."
)
READ_MATRIX = (
    "Längre till höger hänger frågan starkare ihop med helhetsbetyget. Högre upp är svaren bättre. "
    "Nere till höger finns det som är värt att prioritera, uppe till höger det som är värt att "
    "vårda. En fråga räknas som viktig först när hela dess linje ligger till höger om mitten. "
    "Matrisen visar samband, inte orsak."
)
STANDARDISED = (
    "Omräkningen visar vad områdena skulle ha fått om de hade haft samma ålder och kön på dem "
    "som bor där."
)


def asked(survey: SurveyResult) -> str:
    """Who was asked, and how many answered."""
    return f"Enkäten gick till {survey.population}. {response(survey)}"


def response(survey: SurveyResult) -> str:
    """``Av 3 200 tillfrågade svarade 1 311 (41 %).``"""
    answered = wording.number(survey.answered)
    if survey.invited is None:
        return f"{answered} svarade. Antalet tillfrågade är inte angivet."
    rate = survey.rate_pct
    share = f" ({wording.quantity(rate, 'procent')})" if rate is not None else ""
    return f"Av {wording.number(survey.invited)} tillfrågade svarade {answered}{share}."


def measure(item: ItemResult) -> str:
    """What the number of a question is."""
    return {
        Measure.POSITIVE: "andel positiva",
        Measure.MEAN: f"medel, 1–{max(len(item.item.answers), 2)}",
        Measure.INDEX: "index 0–100",
        Measure.NPS: f"NPS, {wording.MINUS}100 till 100",
    }[item.item.measure]


def counted(item: ItemResult) -> str:
    """Which answers make the number: ``andel som svarar ”Ganska bra” eller ”Mycket bra”``."""
    labels = [f"”{each.label}”" for each in item.item.answers if each.positive]
    if item.item.measure is not Measure.POSITIVE or not labels:
        return measure(item)
    return f"andel som svarar {wording.join(labels, 'eller')}"


def left_out(item: ItemResult) -> str:
    """Those who took no stand: ``25 % vet ej och 1 % inget svar``."""
    pairs = (dont_know(item), "vet ej"), (item.blank_pct, "inget svar")
    told = [f"{share(each)} {name}" for each, name in pairs if each is not None]
    return wording.join(told)


def dont_know(item: ItemResult) -> float | None:
    """The share that answered don't know, None when the question had no such answer."""
    return item.dont_know_pct if item.item.dont_know else None


def share(value: float | None) -> str:
    """A share of the respondents in whole percent; a dash when there is none."""
    if value is None:
        return "–"
    if 0 < value < 0.5:
        return f"under {wording.quantity(1, 'procent')}"
    return wording.quantity(value, "procent")


def value_text(cell: Cell | None, indicator: Indicator) -> str:
    """A value with its unit, or in words why there is none."""
    if cell is None:
        return "–"
    if isinstance(cell, Estimate):
        return wording.of(cell.value, indicator)
    return f"visas inte: {WITHHELD[cell.reason]}"


def interval(cell: Cell | None, indicator: Indicator) -> str:
    """The 95 % interval, a dash when there is none."""
    if not isinstance(cell, Estimate) or cell.low is None or cell.high is None:
        return "–"
    return wording.span(cell.low, cell.high, indicator.unit, indicator.decimals)


def stated(item: ItemResult) -> str:
    """The value as a heading, when nothing has been found: ``Andelen … är 66 %``."""
    if not isinstance(item.total, Estimate):
        return item.item.text
    indicator = item.indicator
    verb = {"index": "har index", "nps": "har NPS"}.get(indicator.unit, "är")
    if "index" in indicator.subject.lower():
        verb = "är"
    return f"{wording.capital(indicator.subject)} {verb} {wording.of(item.total.value, indicator)}"


def is_weighted(survey: SurveyResult) -> bool:
    """Whether answers count unequally."""
    return survey.weights is not None and survey.weights.largest - survey.weights.smallest > 1e-9


def weighting(survey: SurveyResult) -> tuple[str, ...]:
    """How the answers are weighted, what it costs and what it changed."""
    weights = survey.weights
    if weights is None or not is_weighted(survey):
        return ("Svaren är inte vägda: varje svar räknas lika.",)
    told = [
        WEIGHTING.get(weights.method, f"Svaren är vägda med {weights.method}."),
        f"En vanlig vikt är 1. Den minsta är {wording.number(weights.smallest, 2)} och den "
        f"största {wording.number(weights.largest, 2)}.",
        f"{wording.number(survey.answered)} svar ger lika säkra resultat som "
        f"{wording.number(weights.n_eff)} obundet valda "
        f"(designeffekt {wording.number(weights.deff, 2)}).",
    ]
    if weights.trimmed:
        one = weights.trimmed == 1
        told.append(
            f"{wording.capital(wording.count(weights.trimmed))} "
            f"{'vikt' if one else 'vikter'} var mycket {'stor' if one else 'stora'} och har "
            "sänkts."
        )
    return (*told, *_moved(weights, survey), LIMITS)


def _moved(weights: WeightReport, survey: SurveyResult) -> tuple[str, ...]:
    if weights.largest_move < 0.05:
        return ("Viktningen ändrade inte resultaten.",)
    size = wording.distance(weights.largest_move, "procent", 1)
    texts = {each.item.id: f"frågan ”{each.item.text}”" for each in survey.items}
    name = texts.get(weights.largest_move_item, "en fråga som en annan nämnd äger")
    return (f"Viktningen ändrade mest {name}, med {size}.",)


def excluded(survey: SurveyResult) -> str:
    """How many answers were left out, and why."""
    if not survey.excluded:
        return "Inga svar har tagits bort."
    told = [f"{wording.number(each.count)} ({each.reason})" for each in survey.excluded]
    return f"Borttagna svar: {wording.join(told)}."


def explained(drivers: DriverResult) -> str:
    """How much the questions say together, and among how many."""
    r2 = wording.quantity(100 * drivers.r2, "procent")
    return (
        f"Frågorna hänger tillsammans ihop med {r2} av variationen i helhetsbetyget, "
        f"bland de {wording.number(drivers.n)} som har svarat på alla."
    )


def least_alike(groups: Sequence[ResponseGroup]) -> str:
    """The group whose share of the respondents differs most from its share of the population."""
    known = [
        (abs(each.respondents_pct - each.population_pct), each)
        for each in groups
        if each.respondents_pct is not None and each.population_pct is not None
    ]
    if not known:
        return ""
    _, most = max(known, key=lambda pair: pair[0])
    return (
        f"{wording.capital(most.label)} är {share(most.respondents_pct)} av de svarande "
        f"och {share(most.population_pct)} av befolkningen"
    )


def lowest_rate(groups: Sequence[ResponseGroup]) -> str:
    """The part of the sample where fewest answered."""
    known = [(each.rate_pct, each.label) for each in groups if each.rate_pct is not None]
    if not known:
        return ""
    rate, label = min(known)
    return f"Svarsandelen är lägst i {label}: {share(rate)}"


def rings(survey: SurveyResult) -> str:
    """How the marks of the charts by group are to be read."""
    before = ""
    if survey.earlier_period:
        before = f" Ringen är {times.wave(survey.earlier_period)}."
    return (
        f"Linjen genom punkten är ett 95{wording.NBSP}% konfidensintervall, streckad när värdet "
        f"är osäkert.{before}"
    )


DIFFERS = "skiljer sig"
"""The publisher's own mark that a figure differs from its comparison."""


def published(survey: PublishedSurvey, left: int) -> str:
    """Whose figures they are, who was asked, and that nothing has been done with them."""
    told = [
        f"Källa: {survey.source}.",
        f"Enkäten gick till {survey.population}.",
        "Siffrorna står som de publicerades och har inte prövats här.",
    ]
    if left:
        told.append(f"Ytterligare {wording.number(left)} resultat finns i rapportens JSON-fil.")
    if survey.excluded:
        counted = [f"{wording.number(each.count)} ({each.reason})" for each in survey.excluded]
        told.append(f"Utelämnat: {wording.join(counted)}.")
    return " ".join(told)
