"""What is said of a cost beside its quality: one sentence a pair, and never of the cost alone."""

from collections.abc import Sequence

from kvalitetslib.context import CostQuality, FourField, Move
from kvalitetslib.render import wording
from kvalitetslib.report import Verdict

QUALITY = {
    Move.HIGHER: "kvaliteten är högre",
    Move.HELD: "kvaliteten är bibehållen",
    Move.LOWER: "kvaliteten är lägre",
}
COST = {
    Move.HIGHER: "kostnaden har stigit",
    Move.HELD: "kostnaden är i stort sett oförändrad",
    Move.LOWER: "kostnaden har sjunkit",
}
VERDICTS = {
    FourField.GAIN: Verdict.BETTER,
    FourField.BETTER: Verdict.BETTER,
    FourField.STEADY: Verdict.LEVEL,
    FourField.LOSS: Verdict.WORSE,
    FourField.DEARER: Verdict.WORSE,
    FourField.BOUGHT: Verdict.NOT_JUDGED,
    FourField.SAVED: Verdict.NOT_JUDGED,
    FourField.UNDECIDED: Verdict.UNDECIDED,
}
"""More of the one for more of the other is a choice, which only the nämnd can judge."""
TEMPLATES = {
    "both": "{name}: {quality} och {cost}{beside}.",
    "quality": "{name}: {quality}. Det går inte att avgöra om kostnaden har ändrats{beside}.",
    "fallen": "{name}: kvaliteten kallas inte bibehållen. {titles} har försämrats.",
    "unknown": "{name}: det går inte att avgöra om kvaliteten är bibehållen.",
    "cost": " {cost}{beside}, men det bedöms inte utan kvaliteten.",
    "neither": " Det går inte heller att avgöra om kostnaden har ändrats{beside}.",
}


def pair_sentence(pair: CostQuality) -> str:
    """The pair in words, chosen by what quality and cost have done."""
    quality, cost = QUALITY.get(pair.quality_move, ""), COST.get(pair.cost_move, "")
    words = {"name": pair.name, "quality": quality, "beside": held_beside(pair)}
    if quality:
        return TEMPLATES["both" if cost else "quality"].format(cost=cost, **words)
    titles = [f"”{part.indicator.title}”" for part in pair.parts if part.has_fallen]
    first = TEMPLATES["fallen" if titles else "unknown"]
    rest = TEMPLATES["cost" if cost else "neither"]
    return (first + rest).format(titles=wording.join(titles), cost=wording.capital(cost), **words)


def held_beside(pair: CostQuality) -> str:
    """What the change in cost is counted beside."""
    if pair.is_relative:
        return " jämfört med vad som är väntat för kommunen"
    return f" jämfört med {pair.peers}" if pair.peers else " i löpande priser"


def headline(pairs: Sequence[CostQuality]) -> str:
    """The message of all pairs: how many have what is aimed at."""
    if len(pairs) == 1:
        return pair_sentence(pairs[0])
    gained = sum(each.field is FourField.GAIN for each in pairs)
    first = wording.capital(wording.count(gained)) if gained else "Ingen"
    return (
        f"{first} av {wording.count(len(pairs))} tjänster har högre eller bibehållen kvalitet "
        "till lägre kostnad."
    )


def cost_unit(pair: CostQuality) -> str:
    """The unit in which the change in cost is counted."""
    return "procentenheter" if pair.is_relative else "%"


def how_quality_was_counted() -> str:
    return (
        "Kvaliteten är medelvärdet av hur måtten har ändrats, räknat i relevanta skillnader: 1 är "
        "den minsta ändring som har betydelse, och plus är bättre."
    )


def how_cost_was_counted(pairs: Sequence[CostQuality]) -> str:
    """How the costs of these pairs were counted, and no others."""
    told = []
    beside = list(dict.fromkeys(each.peers for each in pairs if each.peers))
    if beside:
        told.append(
            f"Kostnad i kronor jämförs med medianen för {wording.join(beside)} under samma år, så "
            "att prisökningar som alla har inte räknas."
        )
    if any(each.is_relative for each in pairs):
        told.append(
            "Nettokostnadsavvikelsen är kostnaden jämförd med vad kommunens förutsättningar väntas "
            "ge, och ändras i procentenheter."
        )
    if any(not each.peers and not each.is_relative for each in pairs):
        told.append(
            "Där för få liknande kommuner har värden räknas kostnaden i löpande priser, med "
            "prisökningar."
        )
    told.append(
        "Felmarginalerna kommer av variationen mellan år och gäller för alla tjänster samtidigt "
        f"(95{wording.NBSP}%)."
    )
    return " ".join(told)
