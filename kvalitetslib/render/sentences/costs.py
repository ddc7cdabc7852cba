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
    "quality": "{name}: {quality}.",
    "fallen": "{name}: kvaliteten kallas inte bibehållen.",
    "unknown": "{name}: det går inte att avgöra om kvaliteten är bibehållen.",
    "titles": "{titles} har försämrats.",
    "cost": "{cost}{beside}, men det bedöms inte utan kvaliteten.",
    "cost_unknown": "Det går inte att avgöra om kostnaden har ändrats{beside}.",
    "neither": "Det går inte heller att avgöra om kostnaden har ändrats{beside}.",
}


def pair_sentence(pair: CostQuality) -> str:
    """The pair in words, chosen by what quality and cost have done."""
    return " ".join(_sentences(pair))


def _sentences(pair: CostQuality) -> list[str]:
    """What quality has done first: it is the message; cost stands beside it."""
    quality, cost = QUALITY.get(pair.quality_move, ""), COST.get(pair.cost_move, "")
    titles = [f"”{part.indicator.title}”" for part in pair.parts if part.has_fallen]
    if quality:
        names = ["both"] if cost else ["quality", "cost_unknown"]
    else:
        names = ["fallen", "titles"] if titles else ["unknown"]
        names.append("cost" if cost else "neither")
    words = {
        "name": pair.name,
        "quality": quality,
        "cost": cost if quality else wording.capital(cost),
        "titles": wording.join(titles),
        "beside": held_beside(pair),
    }
    return [TEMPLATES[each].format(**words) for each in names]


def held_beside(pair: CostQuality) -> str:
    """What the change in cost is counted beside."""
    if pair.is_relative:
        return " jämfört med vad som är väntat för kommunen"
    return f" jämfört med {pair.peers}" if pair.peers else " i löpande priser"


def headline(pairs: Sequence[CostQuality]) -> str:
    """The message of all pairs as a heading: how many have what is aimed at."""
    if len(pairs) == 1:
        return _sentences(pairs[0])[0].removesuffix(".")
    gained = sum(each.field is FourField.GAIN for each in pairs)
    first = wording.capital(wording.count(gained)) if gained else "Ingen"
    return (
        f"{first} av {wording.count(len(pairs))} tjänster har högre eller bibehållen kvalitet "
        "till lägre kostnad"
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
