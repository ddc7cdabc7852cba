"""What is said of synpunkter: which categories grow, how long answers take, what was done."""

from collections.abc import Sequence

from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.model import Area
from kvalitetslib.render import times, wording
from kvalitetslib.service import CategoryCount, FeedbackResult, SplitCount, Trendword

TRENDS = {
    Trendword.GROWS: ("Ökar", "▲", "worse"),
    Trendword.SHRINKS: ("Minskar", "▼", "level"),
    Trendword.SAME: ("Som vanligt", "=", "level"),
    Trendword.UNDECIDED: ("Kan inte avgöras", "?", "undecided"),
}
FEW = "för få"
TEMPLATES = {
    "grows": "Fler synpunkter än vanligt om {names}",
    "none": "Ingen kategori har fler synpunkter än vanligt",
    "untested": "Det går ännu inte att säga vad som är ett vanligt kvartal",
    "total": "{period} kom {n} klagomål och förslag.",
    "total_one": "{period} kom det ett klagomål eller förslag.",
    "total_few": "{period} kom det för få klagomål och förslag för att visa antalet.",
    "seasonal": "{names}: antalet skiljer sig från kvartalen före, men inte från samma årstid "
    "tidigare år.",
    "within": "{share} av dem som skulle ha fått svar {period} fick det inom {days}",
    "within_none": "Så lång tid tar svaren",
    "half": "Hälften fick svar inom {half}.",
    "most": "Hälften fick svar inom {half} och nio av tio inom {most}.",
    "open": "{n} har väntat längre än {days}.",
    "open_none": "Ingen har väntat längre än {days}.",
    "open_few": "Några få har väntat längre än {days}.",
    "hidden": "{n} tal visas inte i tabellerna, för att ingen ska kunna räkna ut små antal.",
    "hidden_one": "Ett tal visas inte i tabellerna, för att ingen ska kunna räkna ut små antal.",
}
HOW = (
    "Klagomål och förslag räknas. Beröm står för sig.",
    "Kvartalet jämförs med fyra kvartal före det, ett av varje årstid. Kvartal som själva hade en "
    "ökning räknas inte som vanliga. En kategori ökar när så många sällan skulle komma av slumpen. "
    "Då tas också hänsyn till hur många kategorier som prövas. Antalet ska vara högre än samma "
    "årstid tidigare år också.",
    "Provet räknar med att synpunkterna kommer oberoende av varandra. Många som hör av sig om en "
    "och samma händelse kan se ut som en ökning.",
    "Antal under fem visas inte. Summor som skulle röja dem är avrundade, eller räknade av de tal "
    "som visas.",
)
TIMES_HOW = (
    "Mittenvärdet är den tid som hälften fick svar inom. De som ännu väntar räknas med den tid de "
    "har väntat. Varje kvartal står som det var på kvartalets sista dag."
)
_TYPES = {"klagomål": "Klagomål", "förslag": "Förslag", "beröm": "Beröm"}
_SPLITS = {"typ": "Typ", "kön": "Kön", "område": "Område"}
_GENDERS = {"K": "kvinnor", "M": "män", "": "kön inte angivet"}


def headline(result: FeedbackResult) -> str:
    """Which categories grow."""
    grows = [each.category for each in result.categories if each.trend is Trendword.GROWS]
    if grows:
        return TEMPLATES["grows"].format(names=wording.join([_quoted(each) for each in grows]))
    if not any(each.usual_of for each in result.categories):
        return TEMPLATES["untested"]
    return TEMPLATES["none"]


def facts(result: FeedbackResult) -> list[str]:
    """How many came in the quarter, and which categories follow the season."""
    told = [_total(result)]
    season = [_quoted(each.category) for each in result.categories if each.is_seasonal]
    if season:
        told.append(TEMPLATES["seasonal"].format(names=wording.capital(wording.join(season))))
    return told


def _total(result: FeedbackResult) -> str:
    period = wording.capital(times.period(result.quarters[-1][0]))
    if not isinstance(result.total, Estimate):
        return TEMPLATES["total_few"].format(period=period)
    if result.total.value == 1:
        return TEMPLATES["total_one"].format(period=period)
    return TEMPLATES["total"].format(period=period, n=count(result.total))


def hidden(result: FeedbackResult) -> str:
    """How many numbers are withheld; empty for none."""
    if not result.hidden:
        return ""
    name = "hidden_one" if result.hidden == 1 else "hidden"
    return TEMPLATES[name].format(n=wording.capital(wording.count(result.hidden)))


def answers(result: FeedbackResult) -> str:
    """The latest share answered in time."""
    latest = result.times[-1]
    if not isinstance(latest.within, Estimate):
        return TEMPLATES["within_none"]
    return TEMPLATES["within"].format(
        share=wording.quantity(latest.within.value, wording.PERCENT),
        period=times.period(latest.period),
        days=_days(latest.limit),
    )


def waiting(result: FeedbackResult) -> str:
    """How long answers took, and how many have waited too long."""
    return f"{_taken(result)} {_open(result)}".strip()


def _taken(result: FeedbackResult) -> str:
    latest = result.times[-1]
    if not isinstance(latest.median, Estimate):
        return ""
    half = _days(latest.median.value)
    if not isinstance(latest.p90, Estimate):
        return TEMPLATES["half"].format(half=half)
    return TEMPLATES["most"].format(half=half, most=_days(latest.p90.value))


def _open(result: FeedbackResult) -> str:
    latest = result.times[-1]
    days = _days(latest.open_limit)
    if not isinstance(latest.open_too_long, Estimate):
        return TEMPLATES["open_few"].format(days=days)
    count = round(latest.open_too_long.value)
    if count == 0:
        return TEMPLATES["open_none"].format(days=days)
    return TEMPLATES["open"].format(n=wording.capital(wording.count(count)), days=days)


def count(cell: Cell) -> str:
    """A number; ``cirka 20`` when it is rounded; why it is not shown."""
    if isinstance(cell, Withheld):
        return FEW if cell.reason is WithheldReason.SMALL_GROUP else "uppgift saknas"
    text = wording.number(cell.value)
    return text if cell.low is None else f"cirka {text}"


def days(cell: Cell) -> str:
    """A number of days, or why there is none."""
    if isinstance(cell, Withheld):
        return FEW if cell.reason is WithheldReason.SMALL_GROUP else "inte nått än"
    return _days(cell.value)


def times_as_many(category: CategoryCount) -> tuple[str, str]:
    """How many times the usual, and its margin."""
    if category.ratio is None:
        return "–", ""
    low = wording.number(category.low or 0.0, 1)
    end = "" if category.high is None else wording.number(category.high, 1)
    margin = f"{low}–{end}" if end else f"minst {low}"
    return wording.number(category.ratio, 1), margin


def usual(category: CategoryCount) -> str:
    """What a quarter usually has."""
    if category.usual is None:
        return "–"
    text = wording.number(category.usual, 1)
    return f"cirka {text}" if category.is_about else text


def chances(category: CategoryCount) -> str:
    """The chance of the test, before and after correction."""
    if category.p is None or category.q is None:
        return "prövas inte"
    return f"p {wording.probability(category.p)}, q {wording.probability(category.q)}"


def split_name(split: SplitCount, areas: Sequence[Area]) -> str:
    """The name of a part: ``kvinnor``, ``Centrum``, ``klagomål``."""
    if split.split == "kön":
        return _GENDERS.get(split.name, f"annat ({split.name})")
    if split.split == "område":
        return wording.area_name(split.name, areas) if split.name else "område inte angivet"
    return _TYPES.get(split.name, split.name)


def split_heading(split: str) -> str:
    return _SPLITS[split]


def _days(value: float) -> str:
    return wording.quantity(value, "dagar")


def _quoted(name: str) -> str:
    return f"”{name}”"
