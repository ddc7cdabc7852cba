"""What has happened since the earlier report, a line each; and never what is withheld."""

from kvalitetslib.case import CaseEvent
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.render import times, wording
from kvalitetslib.render.lookup import Lookup

NO_EARLIER = "Det finns ingen tidigare rapport att jämföra med."
UNREAD = (
    "Förra rapporten kunde inte läsas. Den är skriven av en annan version eller är skadad. "
    "Därför saknas jämförelsen."
)
REASONS = {
    NewsReason.UNDECIDED: "Det går inte längre att avgöra.",
    NewsReason.LEVEL: "Skillnaden är nu mindre än den relevanta skillnaden.",
    NewsReason.OTHER: "Ett annat fynd gäller samma sak.",
    NewsReason.ENDED: "Indikatorn har upphört.",
    NewsReason.NOT_FOLLOWED: "Nämnden följer den inte längre.",
    NewsReason.NOT_TESTED: "Underlaget räcker inte längre för en prövning.",
    NewsReason.BEYOND: "Fyndet finns kvar bland beläggen, men andra väger tyngre.",
    NewsReason.DOUBTED: "Uppgiften ska kontrolleras först.",
    NewsReason.WITHHELD: "Visas inte längre: för få i gruppen.",
    NewsReason.LEFT_LIST: "Står inte kvar i kommunens lista.",
}
_FIRST_SEEN = {
    NewsReason.BEYOND: "Stod tidigare bland beläggen.",
    NewsReason.DOUBTED: "Stod tidigare under ”Kontrollera uppgiften först”.",
}
_ABOUT = {
    NewsAbout.INDICATOR: "Indikator",
    NewsAbout.SURVEY: "Enkät",
    NewsAbout.GOAL: "Mål",
    NewsAbout.ATGARD: "Åtgärd",
    NewsAbout.CASE: "Fel",
}
_CASES = {
    CaseEvent.OPENED: "Är öppnat.",
    CaseEvent.CLOSED: "Är stängt och bevakas.",
    CaseEvent.SECURED: "Är säkrat.",
    CaseEvent.LEFT: "Nämnden följer det inte längre.",
}


def named(item: NewsItem, look: Lookup) -> str:
    """What the line is about, with its group: ``Trygga elever, flickor``."""
    indicator = look.indicator(item.indicator)
    children = indicator.concerns_children if indicator is not None else False
    name = item.name.rstrip(".")
    if item.about not in (NewsAbout.FINDING, NewsAbout.INDICATOR):
        name = f"{_ABOUT[item.about]}: {name}"
    if item.group.is_total:
        return name
    group = wording.group_name(item.group, children=children, areas=look.report.areas)
    return f"{name}, {group}"


def remark(item: NewsItem, look: Lookup) -> str:
    """What has happened to it, in a sentence or two."""
    if item.about is NewsAbout.CASE and item.state:
        return _case(item)
    match item.kind:
        case NewsKind.NEW:
            return _new(item)
        case NewsKind.TURNED:
            return _turned(item)
        case NewsKind.GONE:
            return _gone(item)
        case NewsKind.REVISED:
            return _revised(item, look)
        case NewsKind.VALUES:
            return _values(item)
    if not item.next_publication:
        return "Nästa publicering är inte känd."
    return f"Nästa publicering {times.day_of_text(item.next_publication)}."


def overview(look: Lookup) -> str:
    """What there is in all: ``Två fynd är nya och ett har vänt. Tolv fynd står kvar.``"""
    news = look.report.news
    findings = [each for each in news if each.about is NewsAbout.FINDING]
    kinds = [each.kind for each in findings]
    new, turned, gone = (
        kinds.count(each) for each in (NewsKind.NEW, NewsKind.TURNED, NewsKind.GONE)
    )
    told = [
        _many(new, "fynd är nytt", "fynd är nya") if new else "",
        f"{wording.count(turned, neuter=True)} har vänt" if turned else "",
        f"{wording.count(gone, neuter=True)} är borta eller väger mindre" if gone else "",
    ]
    parts = [each for each in told if each]
    if parts and not new:
        parts[0] = parts[0].replace(" ", " fynd ", 1)
    moved = {each.evidence for each in findings}
    kept = sum(each.evidence[0] not in moved for each in look.report.findings)
    rest = _many(kept, "fynd står kvar", "fynd står kvar") if kept else ""
    if not parts:
        return f"Inget fynd är nytt, har vänt eller är borta. {wording.sentence(rest)}".strip()
    return " ".join(wording.sentence(each) for each in (wording.join(parts), rest) if each)


def unchanged(items: tuple[NewsItem, ...]) -> str:
    """How many have nothing new because nothing has been published."""
    indicators = sum(each.about is NewsAbout.INDICATOR for each in items)
    surveys = len(items) - indicators
    named = [
        f"{wording.count(indicators)} {'indikator' if indicators == 1 else 'indikatorer'}"
        if indicators
        else "",
        f"{wording.count(surveys)} {'enkät' if surveys == 1 else 'enkäter'}" if surveys else "",
    ]
    who = wording.capital(wording.join([each for each in named if each]))
    return f"{who} har inga nya värden. Inget nytt har publicerats sedan dess."


def _case(item: NewsItem) -> str:
    event = CaseEvent(item.state)
    if event is CaseEvent.REOPENED:
        days = wording.quantity(item.count, "dagar")
        return f"Är öppnat igen, {days} efter att det stängdes."
    return _CASES[event]


def _new(item: NewsItem) -> str:
    if item.about is not NewsAbout.FINDING:
        return "Är ny sedan förra rapporten." if item.about is not NewsAbout.GOAL else "Är nytt."
    kind = f"{wording.capital(item.quadrant)}." if item.quadrant is not None else ""
    seen = _FIRST_SEEN.get(item.reason, "")
    if item.reason is NewsReason.DOUBTED and item.was is None:
        seen = REASONS[item.reason]
    return " ".join(each for each in (kind, seen) if each)


def _turned(item: NewsItem) -> str:
    if item.about is not NewsAbout.FINDING:
        what = "Statusen" if item.about is NewsAbout.ATGARD else "Bedömningen"
        return f"{what} var ”{item.state_before.lower()}” och är nu ”{item.state.lower()}”."
    if item.quadrant is None:
        return f"Var {item.was}. Siffrorna pekar nu åt andra hållet."
    return f"Var {item.was}, är nu {item.quadrant}."


def _gone(item: NewsItem) -> str:
    was = f"Var {item.was}." if item.was is not None else ""
    reason = REASONS[item.reason]
    if item.reason is NewsReason.WITHHELD and item.about is NewsAbout.INDICATOR:
        values = _many(item.count, "värde", "värden", neuter=True)
        reason = f"{wording.capital(values)} visas inte längre: för få i gruppen."
    return " ".join(each for each in (was, reason) if each)


def _revised(item: NewsItem, look: Lookup) -> str:
    values = _many(item.count, "värde", "värden", neuter=True)
    if item.reason is NewsReason.REMOVED:
        return f"{wording.capital(values)} är inte längre publicerade."
    indicator = look.indicator(item.indicator)
    if indicator is None or item.before is None or item.now is None:
        return f"{wording.capital(values)} är ändrade."
    before, now = wording.pair(item.before, item.now, indicator)
    told = f"Värdet för {times.period(item.period)} var {before} och är nu {now}."
    more = item.count - 1
    if not more:
        return told
    others = _many(more, "värde till är ändrat", "värden till är ändrade", neuter=True)
    return f"{told} {wording.capital(others)}."


def _values(item: NewsItem) -> str:
    now = times.period(item.period)
    if not item.period_before:
        return f"Har fått sitt första värde: {now}."
    before = times.period(item.period_before)
    return f"Nytt värde för {now}. I förra rapporten var det senaste {before}."


def _many(count: int, one: str, many: str, *, neuter: bool = True) -> str:
    return f"{wording.count(count, neuter=neuter)} {one if count == 1 else many}"
