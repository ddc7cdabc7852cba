"""What is said of staff and money: the engagement index, and the budget beside the quality."""

from collections.abc import Sequence

from kvalitetslib.context import CostQuality
from kvalitetslib.estimate import Cell, Estimate, Withheld
from kvalitetslib.render import times, wording
from kvalitetslib.report import IndicatorResult, Verdict
from kvalitetslib.resources import EconomyLine, StaffIndex, Whose
from kvalitetslib.survey_result import Contrast

MILLION = 1_000_000
PARTS = {
    "totalindex": "HME totalt",
    "motivation": "Motivation",
    "ledarskap": "Ledarskap",
    "styrning": "Styrning",
}
TEMPLATES = {
    "index": "HME är {value} av 100 {whose}",
    "index_small": "HME visas inte {whose}: för få svar",
    "up": "högre",
    "down": "lägre",
    "moved": "Det är {n} enheter {way} än i {wave}.",
    "still": "Skillnaden mot {wave} ryms i felmarginalen.",
    "new": "Det finns ingen tidigare mätning att jämföra med.",
    "over": "Prognosen är {amount} över årets budget",
    "under": "Prognosen är {amount} under årets budget",
    "even": "Prognosen följer årets budget",
    "no_forecast": "Prognos saknas för hela nämnden",
    "so_far": "Till och med {period} är utfallet {amount} {way} budget.",
    "so_far_even": "Till och med {period} är utfallet lika med budget.",
    "quality": "Av nämndens {n} mått på kvalitet är {better} bättre, {worse} sämre och {level} i "
    "nivå. För {rest} går det inte att säga.",
    "no_quality": "Nämnden har inga mått på kvalitet att ställa bredvid.",
}
_WHOSE = {Whose.OWN: "i nämndens verksamhet", Whose.ALL: "i hela kommunen"}
HME_HOW = (
    "HME är hållbart medarbetarengagemang, ett index från 0 till 100. Det visas när minst tio har "
    "svarat."
)
SPREAD = "Årets budget är räknad från budgeten hittills, lika stor varje månad."
ALONE = (
    "Pengarna säger inget om kvaliteten. Att använda mindre än budgeten är inte bra i sig, och mer "
    "är inte dåligt i sig."
)


def staff_title(index: StaffIndex) -> str:
    """The total index, of the own staff when known."""
    whose = _WHOSE[index.whose]
    if isinstance(index.cell, Withheld):
        return TEMPLATES["index_small"].format(whose=whose)
    return TEMPLATES["index"].format(value=wording.number(index.cell.value), whose=whose)


def staff_change(index: StaffIndex) -> str:
    """Whether the index differs from the wave before by more than its margin."""
    if index.change is None or not index.earlier_period:
        return TEMPLATES["new"]
    wave = times.wave(index.earlier_period)
    change = index.change
    if change.low <= 0 <= change.high:
        return TEMPLATES["still"].format(wave=wave)
    way = TEMPLATES["up" if change.difference > 0 else "down"]
    size = wording.number(abs(change.difference))
    return TEMPLATES["moved"].format(n=size, way=way, wave=wave)


def index_text(cell: Cell | None) -> str:
    """An index, or why it is not shown."""
    if cell is None:
        return "–"
    return wording.number(cell.value) if isinstance(cell, Estimate) else "visas inte: för få"


def interval(cell: Cell | None) -> str:
    if not isinstance(cell, Estimate) or cell.low is None or cell.high is None:
        return ""
    return f"{wording.number(cell.low)}–{wording.number(cell.high)}"


def change_text(change: Contrast | None) -> tuple[str, str]:
    """The change with its sign, and its interval."""
    if change is None:
        return "–", ""
    ends = f"{wording.number(change.low)} till {wording.number(change.high)}"
    return wording.signed(change.difference), ends


def forecast_title(whole: EconomyLine) -> str:
    """The forecast against the year's budget."""
    left = whole.year_left
    if left is None:
        return TEMPLATES["no_forecast"]
    if round(abs(left) / MILLION, 1) == 0:
        return TEMPLATES["even"]
    name = "under" if left > 0 else "over"
    return TEMPLATES[name].format(amount=amount(abs(left)))


def so_far(whole: EconomyLine) -> str:
    """The outcome of the year so far against its budget."""
    period = times.period(whole.last)
    if round(abs(whole.left) / MILLION, 1) == 0:
        return TEMPLATES["so_far_even"].format(period=period)
    way = "under" if whole.left > 0 else "över"
    return TEMPLATES["so_far"].format(period=period, amount=amount(abs(whole.left)), way=way)


def quality(results: Sequence[IndicatorResult]) -> str:
    """How the indicators that are not of money stand, to be read beside the money."""
    held = [each.verdict for each in results if each.verdict is not Verdict.NOT_JUDGED]
    if not held:
        return TEMPLATES["no_quality"]
    better, worse, level = (
        held.count(each) for each in (Verdict.BETTER, Verdict.WORSE, Verdict.LEVEL)
    )
    return TEMPLATES["quality"].format(
        n=wording.number(len(held)),
        better=_none(better),
        worse=_none(worse),
        level=_none(level),
        rest=_none(len(held) - better - worse - level),
    )


def field(pair: CostQuality) -> str:
    """What quality and cost have done together."""
    return f"{pair.name}: {pair.field.value}."


def amount(kronor: float) -> str:
    """``9,4 miljoner kronor``."""
    return f"{millions(kronor)}{wording.NBSP}miljoner kronor"


def millions(kronor: float) -> str:
    return wording.number(kronor / MILLION, 1)


def _none(count: int) -> str:
    return "inget" if count == 0 else wording.count(count, neuter=True)
