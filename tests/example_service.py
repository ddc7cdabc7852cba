"""Made-up promises, synpunkter, economy and staff indexes: one of every kind of answer."""

from datetime import date

from kvalitetslib.context import AssuranceSign, ChartKind, ProcessChart, VariationSign
from kvalitetslib.estimate import Estimate, Withheld, WithheldReason
from kvalitetslib.register import Breach
from kvalitetslib.resources import EconomyLine, StaffIndex, Whose
from kvalitetslib.service import (
    AnswerTimes,
    CategoryCount,
    FeedbackResult,
    Kept,
    PromisePeriod,
    PromiseResult,
    ShareOf,
    SplitCount,
    Trendword,
    YouSaidWeDid,
)
from kvalitetslib.survey_result import Contrast

SMALL = Withheld(WithheldReason.SMALL_GROUP)
UNKNOWN = Withheld(WithheldReason.NOT_PUBLISHED)
QUARTERS = tuple(f"{year}K{n}" for year in (2023, 2024, 2025, 2026) for n in range(1, 5))[:15]


def number(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value, low, high, None, None, "antal", "")


def share(value: float, low: float, high: float, n: float) -> Estimate:
    return Estimate(value, low, high, n, n, "Wilson", "")


_KEPT = (
    PromisePeriod("2026K1", share(92.0, 84.0, 96.0, 88.0), Kept.KEPT),
    PromisePeriod(
        "2026K2",
        share(61.0, 51.0, 70.0, 94.0),
        Kept.BROKEN,
        Breach("L1", "2026K2", date(2026, 7, 6), date(2026, 7, 20), date(2026, 9, 1), "Å-07"),
    ),
    PromisePeriod("2026K3", share(66.0, 55.0, 75.0, 80.0), Kept.BROKEN),
)
PROMISES = (
    PromiseResult(
        "L1",
        "Grundskola",
        "Vi kontaktar hemmet samma dag om ditt barn inte kommer till skolan.",
        "Andel kontakter samma dag",
        80.0,
        "X-TRYGG",
        "",
        ShareOf.CASES,
        _KEPT,
        needed=80.0,
        unit="procent",
        is_least=True,
    ),
    PromiseResult(
        "L2",
        "Förskola",
        "Du får svar på din fråga om plats inom tio dagar.",
        "Svarstid i dagar",
        10.0,
        "",
        "Förskola",
        ShareOf.ANSWERS,
        (
            PromisePeriod("2026K2", SMALL, Kept.UNDECIDED),
            PromisePeriod("2026K3", share(83.3, 43.6, 97.0, 6.0), Kept.UNDECIDED),
        ),
    ),
    PromiseResult(
        "L3",
        "Skolskjuts",
        "Du får besked om skolskjuts inom två veckor.",
        "Handläggningstid i dagar",
        14.0,
        "X-SKJUTS",
        "",
        ShareOf.PERIODS,
        (
            PromisePeriod("2026K2", share(100.0, 43.8, 100.0, 3.0), Kept.KEPT),
            PromisePeriod("2026K3", UNKNOWN, Kept.UNKNOWN),
        ),
    ),
    PromiseResult(
        "L4",
        "Skolmat",
        "Maten är varm när du får den.",
        "",
        90.0,
        "X-MAT",
        "",
        ShareOf.CASES,
        (),
        unit="procent",
        is_least=True,
    ),
)


def category(
    name: str, now: Estimate | Withheld, trend: Trendword, **words: object
) -> CategoryCount:
    given: dict[str, object] = {
        "category": name,
        "counts": tuple(zip(QUARTERS[-5:], (SMALL, number(6), SMALL, SMALL, now), strict=True)),
        "now": now,
        "usual": 4.75,
        "ratio": None,
        "low": None,
        "high": None,
        "p": None,
        "q": None,
        "trend": trend,
        "answered": number(15, 13, 17),
        "mended": SMALL,
        "usual_of": QUARTERS[-5:-1],
        "is_about": True,
    }
    return CategoryCount(**{**given, **words})  # type: ignore[arg-type]


_GROWN = category(
    "Trygghet i skolan",
    number(19),
    Trendword.GROWS,
    ratio=4.0,
    low=1.7,
    high=10.7,
    p=0.0002,
    q=0.0004,
)
_SEASONAL = category(
    "Skollokaler",
    number(14),
    Trendword.UNDECIDED,
    ratio=2.9,
    low=1.2,
    high=None,
    p=0.011,
    q=0.033,
    is_seasonal=True,
)
_TOTALS = (19, 9, 10, 18, 17, None, 12, 10, 14, 14, 16, 12, 27, 24, 36)
CATEGORIES = (
    _GROWN,
    _SEASONAL,
    category("Skolmat", SMALL, Trendword.SAME),
    category(
        "Förskola", number(5), Trendword.SHRINKS, ratio=0.4, low=0.1, high=0.9, p=0.99, q=0.99
    ),
    category("Skolskjuts", SMALL, Trendword.UNDECIDED, usual=None, usual_of=(), is_about=False),
)
FEEDBACK = FeedbackResult(
    categories=CATEGORIES,
    splits=(
        SplitCount("typ", "klagomål", number(65, 63, 67)),
        SplitCount("typ", "förslag", number(25, 23, 27)),
        SplitCount("typ", "beröm", number(10, 8, 12)),
        SplitCount("kön", "K", number(45, 43, 47)),
        SplitCount("kön", "M", number(30, 28, 32)),
        SplitCount("kön", "A", SMALL),
        SplitCount("kön", "", number(10, 8, 12)),
        SplitCount("område", "centrum", number(55, 53, 57)),
        SplitCount("område", "norrmalm", SMALL),
        SplitCount("område", "", SMALL),
    ),
    times=tuple(
        AnswerTimes(quarter, number(9), p90, within, 10.0, waiting, 30)
        for quarter, p90, within, waiting in (
            ("2026K1", number(29), share(59.1, 38.7, 76.7, 22.0), SMALL),
            ("2026K2", UNKNOWN, SMALL, number(0)),
            ("2026K3", number(16), share(66.7, 47.8, 81.4, 27.0), number(7)),
        )
    ),
    done=(
        YouSaidWeDid(
            "Trygghet i skolan", number(55), number(20, 18, 22), ("Å-07",), number(50), True
        ),
        YouSaidWeDid("Skollokaler", number(22, 20, 24), SMALL, (), number(20, 18, 22)),
        YouSaidWeDid("Skolmat", SMALL, SMALL, ()),
    ),
    total=number(36),
    first=QUARTERS[0],
    through=date(2026, 9, 30),
    quarters=tuple(
        (text, SMALL if value is None else number(value))
        for text, value in zip(QUARTERS, _TOTALS, strict=True)
    ),
    window=QUARTERS[-4:],
    chart=ProcessChart(
        kind=ChartKind.C,
        periods=QUARTERS,
        values=tuple(None if each is None else float(each) for each in _TOTALS),
        centre=(17.0,) * 15,
        lower=(4.6,) * 15,
        upper=(29.4,) * 15,
        signals=(0,) * 14 + (1,),
        variation=VariationSign.CHANGE,
        assurance=AssuranceSign.UNKNOWN,
        target=None,
        restarts=(),
        preliminary=False,
    ),
    hidden=17,
)
ECONOMY = (
    EconomyLine(
        "Grundskola", "2026K1", "2026K3", 9, 412e6, 418.4e6, 549.3e6, True, 556.1e6, "2026K3"
    ),
    EconomyLine(
        "Förskola", "2026K1", "2026K3", 9, 203e6, 199.2e6, 270.7e6, True, 266.0e6, "2026K3"
    ),
    EconomyLine("", "2026K1", "2026K3", 9, 615e6, 617.6e6, 820.0e6, True, 822.1e6, "2026K3"),
)


def index(
    part: str, whose: Whose, cell: Estimate | Withheld, change: Contrast | None
) -> StaffIndex:
    earlier = None if change is None else number(74, 71, 77)
    group = "Förskola och skola" if whose is Whose.OWN else ""
    return StaffIndex(
        "hme", "Medarbetarenkäten", part, whose, group, "2026M03", "2025M03", cell, earlier, change
    )


_MOVED = Contrast(-6.0, -10.0, -2.0, 0.01)
STAFF_INDEXES = (
    index("totalindex", Whose.OWN, share(68.0, 65.0, 71.0, 61.0), _MOVED),
    index("totalindex", Whose.ALL, share(72.0, 71.0, 73.0, 420.0), Contrast(-2.0, -4.0, 0.0, 0.1)),
    index("motivation", Whose.OWN, share(74.0, 70.0, 78.0, 61.0), None),
    index("motivation", Whose.ALL, share(75.0, 73.0, 77.0, 420.0), None),
    index("ledarskap", Whose.OWN, SMALL, None),
    index("ledarskap", Whose.ALL, share(73.0, 71.0, 75.0, 420.0), None),
)
