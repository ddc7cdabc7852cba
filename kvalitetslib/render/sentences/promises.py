"""What is said of promises: how many were kept, how well, and what was done when they were not."""

from collections import Counter
from collections.abc import Sequence

from kvalitetslib.estimate import Cell, Estimate, Withheld, WithheldReason
from kvalitetslib.render import times, wording
from kvalitetslib.service import Kept, MendStep, PromisePeriod, PromiseResult, ShareOf

KEPT_WORDS = {
    Kept.KEPT: ("Hållet", "✓", "better"),
    Kept.BROKEN: ("Inte hållet", "✗", "worse"),
    Kept.UNDECIDED: ("Kan inte avgöras", "?", "undecided"),
    Kept.UNKNOWN: ("Uppgift saknas", "–", "undecided"),
}
STEP_WORDS = {
    MendStep.NOT_BEGUN: ("Ej utrett", "!", "worse"),
    MendStep.INVESTIGATED: ("Utrett", "1", "undecided"),
    MendStep.ADMITTED: ("Erkänt", "2", "undecided"),
    MendStep.MENDED: ("Rättat", "✓", "better"),
}
_COUNTED = {
    ShareOf.CASES: ("ärende", "ärenden"),
    ShareOf.PERIODS: ("mätning", "mätningar"),
    ShareOf.ANSWERS: ("svar", "svar"),
}
TEMPLATES = {
    "broken": "{n} av {all} löften hölls inte",
    "broken_one": "Löftet hölls inte",
    "broken_all": "Inget av {all} löften hölls",
    "kept": "Alla {all} löften hölls",
    "kept_one": "Löftet hölls",
    "open": "Inget löfte är säkert brutet, men {n} av {all} kan inte avgöras",
    "open_all": "Det kan inte avgöras om löftena hölls",
    "open_one": "Det kan inte avgöras om löftet hölls",
    "title": "{service}: löftet {word} {period}",
}
_TITLE_WORDS = {
    Kept.KEPT: "hölls",
    Kept.BROKEN: "hölls inte",
    Kept.UNDECIDED: "kan inte avgöras",
    Kept.UNKNOWN: "har ingen uppgift",
}
HOW = (
    "Ett löfte är hållet när alla fick det som lovades. Det är också hållet när hela felmarginalen "
    "ligger på gränsen eller över den. Det är inte hållet när hela felmarginalen ligger under "
    "gränsen."
)
HOW_TIMES = (
    "Ett löfte om en tid har gränsen {needed}: så många ska klara tiden. Ett svar räknas i det "
    "kvartal då det senast skulle ha kommit. Den som inte har fått svar då har inte fått svar i "
    "tid."
)
FLOW = (
    "Ett löfte som inte hålls ska utredas, erkännas och rättas. Kvartal utan anteckning är ej "
    "utredda."
)


def headline(promises: Sequence[PromiseResult]) -> str:
    """How the promises stand in their latest period."""
    latest = Counter(each.periods[-1].kept for each in promises if each.periods)
    total = sum(latest.values())
    broken, kept = latest[Kept.BROKEN], latest[Kept.KEPT]
    count, name = broken, "broken"
    if not broken:
        count, name = (kept, "kept") if kept == total else (total - kept, "open")
    if total == 1:
        return TEMPLATES[f"{name}_one"]
    if name in ("open", "broken") and count == total:
        name = f"{name}_all"
    words = {"n": wording.count(count, neuter=True), "all": wording.count(total)}
    return wording.capital(TEMPLATES[name].format(**words))


def how(promises: Sequence[PromiseResult]) -> list[str]:
    """When a promise is kept, and how times are counted where any promise is of a time."""
    timed = [each.needed for each in promises if each.share_of != ShareOf.CASES]
    if not timed:
        return [HOW]
    return [HOW, HOW_TIMES.format(needed=wording.quantity(timed[0], wording.PERCENT))]


def title(promise: PromiseResult) -> str:
    """How the promise stood in its latest period."""
    latest = promise.periods[-1]
    return TEMPLATES["title"].format(
        service=promise.service,
        word=_TITLE_WORDS[latest.kept],
        period=times.period(latest.period),
    )


def limit(promise: PromiseResult) -> str:
    """``minst 80 %``, ``högst 10 dagar``."""
    word = "minst" if promise.is_least else "högst"
    decimals = 0 if promise.limit.is_integer() else 1
    return f"{word} {wording.quantity(promise.limit, promise.unit, decimals)}"


def share(cell: Cell) -> str:
    """The share kept, or why it is not shown."""
    if isinstance(cell, Withheld):
        small = cell.reason is WithheldReason.SMALL_GROUP
        return "visas inte: för få" if small else "uppgift saknas"
    return wording.quantity(cell.value, wording.PERCENT)


def margin(cell: Cell, share_of: str) -> str:
    """The interval and what is counted: ``49–92 %, 13 svar``."""
    if not isinstance(cell, Estimate) or cell.low is None or cell.high is None:
        return ""
    one, many = _COUNTED[ShareOf(share_of)]
    n = round(cell.n or 0)
    counted = f"{wording.number(n)} {one if n == 1 else many}"
    return f"{wording.span(cell.low, cell.high, wording.PERCENT)}, {counted}"


def history(periods: Sequence[PromisePeriod]) -> str:
    """How many quarters it was kept and not: ``6 hållna, 2 brutna``."""
    counts = Counter(each.kept for each in periods)
    words = {
        Kept.KEPT: ("hållet", "hållna"),
        Kept.BROKEN: ("brutet", "brutna"),
        Kept.UNDECIDED: ("oklart", "oklara"),
        Kept.UNKNOWN: ("utan uppgift", "utan uppgift"),
    }
    told = [
        f"{wording.number(counts[kept])} {one if counts[kept] == 1 else many}"
        for kept, (one, many) in words.items()
        if counts[kept]
    ]
    return ", ".join(told)
