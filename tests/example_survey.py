"""Made-up surveys: one with everything, and one where almost nothing can be shown."""

from dataclasses import replace

from kvalitetslib.codebook import Answer, Item, Measure, Role, ScaleKind
from kvalitetslib.estimate import Estimate, Withheld, WithheldReason
from kvalitetslib.model import Direction, Indicator, Perspective
from kvalitetslib.survey_result import (
    AnswerShare,
    Contrast,
    Driver,
    DriverQuadrant,
    DriverResult,
    Excluded,
    ItemResult,
    ResponseGroup,
    Slice,
    SliceResult,
    SurveyResult,
    WeightReport,
)

SMALL = Withheld(WithheldReason.SMALL_GROUP)
STEPS = ("Mycket otrygg", "Ganska otrygg", "Ganska trygg", "Mycket trygg")
GROUPS = {
    ("kon", "M", "män"): (65.0, 61.0, 69.0, 548),
    ("kon", "K", "kvinnor"): (57.0, 53.0, 61.0, 611),
    ("kon", "annat", "annat"): None,
    ("alder", "18–29 år", "18–29 år"): (55.0, 44.0, 66.0, 81),
    ("alder", "30–64 år", "30–64 år"): (63.0, 59.0, 67.0, 649),
    ("alder", "65 år och äldre", "65 år och äldre"): (61.0, 56.0, 66.0, 431),
    ("omrade", "centrum", "Centrum"): (63.0, 58.0, 68.0, 352),
    ("omrade", "norrmalm", "Norrmalm"): (44.0, 37.0, 51.0, 188),
    ("omrade", "sjovik", "Sjövik"): (70.0, 64.0, 76.0, 241),
    ("tid", "mindre än 2 år", "mindre än 2 år"): (52.0, 43.0, 61.0, 118),
    ("tid", "2 år eller mer", "2 år eller mer"): (63.0, 60.0, 66.0, 1002),
}
NAMES = {"kon": "Kön", "alder": "Ålder", "omrade": "Område", "tid": "Tid i kommunen"}
LONG_TEXT = "Hur bra eller dåligt tycker du att det fungerar att få tag på någon som kan svara " * 2
POPULATION = {"kon": (49.0, 50.0, None), "alder": (18.0, 51.0, 31.0)}


def estimate(value: float, low: float, high: float, n: float, quality: str = "A") -> Estimate:
    return Estimate(value, low, high, n, None, "viktad skattning", quality)


def question(id: str, text: str, subject: str, **words: object) -> Item:
    base = Item(
        id=id,
        column=id,
        text=text,
        subject=subject,
        scale=ScaleKind.STEPS,
        measure=Measure.POSITIVE,
        direction=Direction.HIGH,
        theme="Trygghet",
        namnder=("barn-och-utbildning",),
        answers=tuple(Answer(str(i), each, i > 1) for i, each in enumerate(STEPS)),
        dont_know=(Answer("8", "Vet ej"),),
    )
    return replace(base, **words)


def indicator(survey: str, item: Item) -> Indicator:
    units = {Measure.MEAN: "poäng", Measure.INDEX: "index", Measure.NPS: "nps"}
    return Indicator(
        id=f"{survey}:{item.id}",
        title=item.text,
        subject=item.subject,
        unit=units.get(item.measure, "procent"),
        direction=item.direction,
        decimals=1 if item.measure is Measure.MEAN else 0,
        delta=item.delta,
        perspective=Perspective.RESIDENT,
        source="Exempelkommuns medborgarenkät",
        area="enkät",
        concerns_children=item.concerns_children,
    )


def slices(shift: float = 0.0, *, scale: float = 1.0) -> tuple[SliceResult, ...]:
    """The groups, moved by ``shift``; the youngest are class B."""
    made = []
    for (key, code, label), numbers in GROUPS.items():
        part = Slice(((key, code),), label)
        if numbers is None:
            made.append(SliceResult(part, SMALL, None, None, SMALL))
            continue
        value, low, high = (round(scale * each + shift, 1) for each in numbers[:3])
        quality = "B" if numbers[3] < 100 else "A"
        made.append(
            SliceResult(
                part,
                estimate(value, low, high, numbers[3], quality),
                numbers[3],
                Contrast(-8.0, -13.0, -3.0, 0.002),
                estimate(value - 1, low - 1, high - 1, numbers[3]),
            )
        )
    return tuple(made)


def crossings() -> tuple[SliceResult, ...]:
    """Women and men by age; the youngest men are withheld."""
    made = []
    for place, age in enumerate(("18–29 år", "30–64 år", "65 år och äldre")):
        for code, label in (("K", "kvinnor"), ("M", "män")):
            is_small = (place, code) == (0, "M")
            cell = SMALL if is_small else estimate(60.0 + place, 50.0, 70.0, 40.0 + place, "B")
            part = Slice((("kon", code), ("alder", age)), f"{label}, {age}")
            made.append(SliceResult(part, cell, None if is_small else 40 + place, None, None))
    return tuple(made)


def result(item: Item, total: Estimate | Withheld, **words: object) -> ItemResult:
    base = ItemResult(
        item=item,
        indicator=indicator("medborgar", item),
        total=total,
        answers=(),
        dont_know_pct=4.2,
        blank_pct=1.3,
        groups=slices(),
        crossings=(),
        earlier=None,
        change=None,
        standardised=(),
        evidence=(),
    )
    return replace(base, **words)


SAFE_OUT = question(
    "f01",
    "Hur trygg är du när du går ute en mörk kväll?",
    "Andelen invånare som är trygga ute en mörk kväll",
    role=Role.DRIVER,
)
HEARD = question(
    "f02",
    "Hur bra eller dåligt kan du påverka det som kommunen beslutar?",
    "Andelen invånare som tycker att de kan påverka kommunens beslut",
    role=Role.DRIVER,
)
WAY_TO_SCHOOL = question(
    "f03",
    "Hur trygga är barnens vägar till skolan?",
    "Andelen invånare som tycker att barnens vägar till skolan är trygga",
    concerns_children=True,
)
GRADE = question(
    "f04",
    "Vilket betyg ger du kommunen som en plats att leva på?",
    "Betyget på kommunen som en plats att leva på",
    measure=Measure.MEAN,
    role=Role.OVERALL,
    delta=0.2,
    answers=tuple(Answer(str(i), str(i)) for i in range(1, 11)),
    dont_know=(),
)
ADVICE = question(
    "f05",
    "Hur gärna skulle du råda en vän att flytta hit?",
    "Viljan att råda en vän att flytta till kommunen",
    measure=Measure.NPS,
    answers=tuple(Answer(str(i), str(i)) for i in range(11)),
    dont_know=(),
)
SHARES = (8.0, 31.0, 36.0, 25.0)
MOVED = Contrast(-6.0, -10.0, -2.0, 0.003)


def answered(
    values: tuple[float, ...], labels: tuple[str, ...], good: int
) -> tuple[AnswerShare, ...]:
    return tuple(
        AnswerShare(label, estimate(value, max(value - 3, 0), value + 3, 1159, ""), place >= good)
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
    )


def rich_survey() -> SurveyResult:
    """Residents asked twice, weighted, with drivers of the overall grade."""
    safe = answered(SHARES, STEPS, 2)
    standard = tuple(
        replace(each, cell=estimate(62.0, 57.0, 67.0, 241, ""), against_rest=None, earlier=None)
        for each in slices()
        if each.slice.parts[0][0] == "omrade"
    )
    ten = tuple(str(i) for i in range(1, 11))
    eleven = tuple(str(i) for i in range(11))
    items = (
        result(
            SAFE_OUT,
            estimate(61.0, 58.0, 64.0, 1159),
            answers=safe,
            earlier=estimate(67.0, 64.0, 70.0, 1120),
            change=MOVED,
            crossings=crossings(),
            standardised=standard,
        ),
        result(
            HEARD,
            estimate(35.0, 32.0, 38.0, 1102),
            answers=safe,
            groups=slices(-20.0),
            earlier=estimate(38.0, 35.0, 41.0, 1090),
            change=Contrast(-3.0, -7.0, 1.0, 0.2),
        ),
        result(WAY_TO_SCHOOL, estimate(58.0, 54.0, 62.0, 702), answers=safe),
        result(
            GRADE,
            estimate(6.5, 6.4, 6.6, 1130),
            answers=answered((1, 1, 2, 7, 14, 24, 24, 16, 8, 3), ten, 99),
            groups=slices(scale=0.1),
            earlier=estimate(6.5, 6.4, 6.6, 1101),
            change=Contrast(0.0, -0.2, 0.1, 0.8),
        ),
        result(
            ADVICE,
            estimate(-15.0, -20.0, -10.0, 1131),
            answers=answered((5, 2, 3, 6, 8, 14, 14, 13, 15, 10, 10), eleven, 99),
            groups=slices(-70.0),
        ),
    )
    return SurveyResult(
        key="medborgar",
        name="Medborgarenkäten",
        source="Exempelkommuns medborgarenkät",
        population="folkbokförda 18 år och äldre",
        period="2026",
        earlier_period="2024",
        invited=2800,
        answered=1180,
        rate_pct=42.142857,
        items=items,
        response=_response(),
        weights=WeightReport("rakning", 0.31, 3.42, 1.229, 960.1, 3, 2.71, "f01"),
        drivers=_drivers(),
        excluded=(Excluded("tom rad", 4), Excluded("dubblett av löpnummer", 1)),
        design="stratifierat urval",
        note="",
    )


def _response() -> tuple[ResponseGroup, ...]:
    strata = (
        ResponseGroup("stratum", "Centrum", 1400, 644, 46.0, 60.0, 54.6, 60.0),
        ResponseGroup("stratum", "Norrmalm", 1400, 536, 38.3, 40.0, 45.4, 40.0),
    )
    groups = []
    for key, name in NAMES.items():
        inside = [(label, numbers) for (k, _, label), numbers in GROUPS.items() if k == key]
        known = POPULATION.get(key, (None,) * len(inside))
        for (label, numbers), population in zip(inside, known, strict=True):
            n = numbers[3] if numbers else None
            share = 100 * n / 1180 if n else None
            groups.append(ResponseGroup(name, label, None, n, None, population, share, population))
    return (*strata, *groups)


def _drivers() -> DriverResult:
    return DriverResult(
        overall="f04",
        r2=0.52,
        n=903,
        drivers=(
            Driver("f01", "Hur trygg?", 24.0, 15.0, 30.0, 61.5, DriverQuadrant.LOWER),
            Driver("f02", "Hur tryggt?", 46.0, 38.0, 53.0, 39.3, DriverQuadrant.PRIORITISE),
            Driver("f77", "En annan nämnds fråga", 30.0, 22.0, 37.0, 71.2, DriverQuadrant.LOWER),
        ),
    )


def bare_survey() -> SurveyResult:
    """A long question in one group; every value is withheld, and nothing came before."""
    item = question("å1", LONG_TEXT.strip(), "Andelen som tycker att det fungerar")
    only = SliceResult(Slice((("grupp", "1"),), "alla svarande"), SMALL, None, None, None)
    hidden = result(
        item,
        SMALL,
        indicator=indicator("liten", item),
        groups=(only,),
        dont_know_pct=31.7,
        blank_pct=None,
    )
    return SurveyResult(
        key="liten",
        name="Brukarenkäten",
        source="Exempelkommuns brukarenkät",
        population="brukare av en liten verksamhet",
        period="2026M03",
        earlier_period="",
        invited=None,
        answered=9,
        rate_pct=None,
        items=(hidden,),
        response=(),
        weights=None,
        drivers=None,
        excluded=(),
        design="",
        note="",
    )
