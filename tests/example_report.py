"""A made-up report with one of everything, so that chapters can be read and tested."""

import math
from dataclasses import replace
from datetime import date

from example_cases import with_cases
from example_directions import DEMAND, DOUBTS, FAMILIES, JUDGEMENTS, directions
from example_effects import with_effects
from example_evidence import (
    SMALL,
    evidence,
    finding,
    indicator,
    known,
    peers_of,
    points,
)
from example_goals import with_goals
from example_service import ECONOMY, FEEDBACK, PROMISES, STAFF_INDEXES
from example_survey import bare_survey, rich_survey

from kvalitetslib.model import (
    Area,
    Break,
    Direction,
    Group,
    Indicator,
    Perspective,
    Policy,
    Quadrant,
    ReferenceKind,
    Source,
)
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Goal, GoalKind, Outlook, Status
from kvalitetslib.report import (
    Certainty,
    Evidence,
    FamilyCount,
    Freshness,
    Hidden,
    IndicatorResult,
    Peers,
    Point,
    Question,
    Reference,
    Report,
    Revision,
    Series,
    Verdict,
    Withheld,
    WithheldReason,
)

YEARS = [str(year) for year in range(2017, 2026)]
MONTHS = [f"{year}M{month:02}" for year in (2025, 2026) for month in range(1, 13)][:21]
AREAS = (Area("centrum", "Centrum"), Area("norrmalm", "Norrmalm"), Area("sjovik", "Sjövik"))


SCHOOL = indicator(
    "N15428",
    "Behöriga till yrkesprogram",
    "Andelen elever i årskurs 9 som är behöriga till yrkesprogram",
    breaks=(Break("2021", "ny läroplan"),),
)
SAFE = indicator(
    "N15613",
    "Trygga elever i årskurs 8",
    "Andelen elever i årskurs 8 som känner sig trygga i skolan",
    perspective=Perspective.USER,
)
PRESCHOOL = indicator(
    "N11800", "Barn i förskola", "Andelen barn mellan ett och fem år som går i förskola"
)
COST = indicator(
    "N15006",
    "Kostnad för grundskolan",
    "Kostnaden för grundskolan per elev",
    unit="kronor per elev",
    direction=Direction.NEUTRAL,
    decimals=0,
    delta=4000.0,
    by_gender=False,
    concerns_children=False,
)
ANSWER = indicator(
    "X-SVARSTID",
    "Svarstid på synpunkter",
    "Svarstiden på synpunkter",
    unit="dagar",
    direction=Direction.LOW,
    delta=1.0,
    source="egen",
    by_gender=False,
    concerns_children=False,
)
CONTACT = indicator(
    "X-TRYGG",
    "Trygga i sitt område",
    "Andelen invånare som känner sig trygga i sitt område",
    source="egen",
    concerns_children=False,
)
STAFF = indicator(
    "N11039",
    "Barn per heltidstjänst i förskolan",
    "Antalet barn per heltidstjänst i förskolan",
    unit="antal",
    direction=Direction.LOW,
    delta=0.3,
    by_gender=False,
)
ENDED = indicator(
    "N15001", "Elever per dator", "Antalet elever per dator", unit="antal", ended=2024
)
MISSING = indicator(
    "N17448", "Gymnasieexamen inom tre år", "Andelen elever som tar gymnasieexamen inom tre år"
)

_SCHOOL = [81.1, 80.2, 79.4, 78.8, 76.0, 74.1, 72.3, 70.0, 68.2]
_GIRLS = [84.0, 83.2, 82.2, 81.8, 79.5, 77.9, 76.6, 75.0, 74.2]
_BOYS = [78.2, 77.3, 76.6, 75.8, 72.6, 70.4, 68.1, 65.2, 62.3]
_PEER = [79.0, 79.1, 78.6, 78.9, 78.4, 78.0, 77.9, 77.7, 77.4]
_DAYS = [14.2, 15.1, 13.8, 14.6, 15.9, 13.1, 14.8, 15.4, 12.9, 14.3, 15.2, 14.0]
_DAYS += [14.9, 14.2, 11.2, 10.1, 9.4, 9.9, 8.7, 9.2, 8.9]


def result(each: Indicator, **words: object) -> IndicatorResult:
    base = IndicatorResult(
        indicator=each,
        latest=None,
        freshness=Freshness.MISSING,
        next_publication="",
        series=(),
        breakdown=(),
        reference_series=(),
        peers=None,
        goal=None,
        verdict=Verdict.UNDECIDED,
        certainty=Certainty.UNDECIDED,
        evidence=(),
        source=each.source,
    )
    return replace(base, **words)


def _spread(middle: float, width: float, n: int = 280) -> tuple[float, ...]:
    """Values that look like the municipalities': even steps of a bell."""
    return tuple(
        round(middle + width * math.log((i + 0.5) / (n - i - 0.5)) / 2, 1) for i in range(n)
    )


def example_report() -> Report:
    """The report of a made-up nämnd, with every kind of finding and every kind of gap in data."""
    school, safe, contact, answer = _level_evidence()
    falling = evidence(
        "N15428", Question.TREND, Verdict.WORSE, difference=-1.7, low=-2.2, high=-1.1, delta=1.0
    )
    gap = evidence(
        "N15428",
        Question.GAP,
        Verdict.WORSE,
        group=Group("K"),
        cell=known(74.2),
        reference=Reference(ReferenceKind.GROUP, "män", 62.3),
        difference=-11.9,
        low=-14.9,
        high=-8.9,
        certainty=Certainty.LIKELY,
    )
    grows = evidence(
        "N15428",
        Question.GAP_TREND,
        Verdict.WORSE,
        group=Group("K"),
        cell=known(74.2),
        reference=Reference(ReferenceKind.GROUP, "män", 62.3),
        difference=-0.8,
        low=-1.1,
        high=-0.5,
        delta=1.0,
    )
    area = evidence(
        "X-TRYGG",
        Question.GAP,
        Verdict.WORSE,
        group=Group(area="norrmalm"),
        cell=known(44.1, 37.0, 51.2, 188),
        reference=Reference(ReferenceKind.GROUP, "övriga", 65.8),
        period="2026K3",
        source="egen",
    )
    best = evidence(
        "N11800",
        Question.POTENTIAL,
        Verdict.BETTER,
        cell=known(91.0),
        reference=Reference(ReferenceKind.BEST, "liknande kommuner", 96.4, 7),
        difference=5.4,
        low=3.1,
        high=7.7,
    )
    signal = evidence(
        "X-SVARSTID",
        Question.CHANGE,
        Verdict.BETTER,
        period="2026M09",
        first_period="2025M01",
        cell=known(8.9),
        reference=Reference(ReferenceKind.EARLIER, "medelvärdet", 12.6),
        difference=3.7,
        low=None,
        high=None,
        p=None,
        q=None,
        certainty=Certainty.LIKELY,
        text="sju i rad på samma sida-",
        method="kontrolldiagram",
    )
    neutral = evidence(
        "N15006",
        Question.LEVEL,
        Verdict.NOT_JUDGED,
        cell=known(104974.0),
        reference=peers_of(112310.0),
        p=None,
        q=None,
        difference=-7336.0,
    )
    outside = [_outlook(each) for each in _OUTLOOKS]
    level = evidence(
        "N11800",
        Question.LEVEL,
        Verdict.LEVEL,
        cell=known(91.0),
        reference=peers_of(91.6),
        difference=-0.6,
        low=-2.5,
        high=1.3,
    )
    unsure = evidence(
        "N11039",
        Question.LEVEL,
        Verdict.UNDECIDED,
        cell=known(5.2),
        reference=peers_of(5.0),
        difference=-0.2,
        low=-0.6,
        high=0.2,
    )
    asked = survey_evidence()
    further = directions()
    peers_run = next(found for _, found in further if found is not None and found.rule == "T4")
    every = (
        school,
        falling,
        gap,
        grows,
        safe,
        level,
        best,
        neutral,
        answer,
        signal,
        contact,
        area,
        unsure,
        *asked,
        *outside,
        *(each for each, _ in further),
    )
    findings = (
        finding(Quadrant.STRENGTH, "S1", answer, 1.9),
        finding(Quadrant.STRENGTH, "S1", safe, 0.9, linked=peers_run.id),
        finding(Quadrant.WEAKNESS, "W1", school, 1.26, linked=f"T-{falling.id[2:]}"),
        finding(Quadrant.WEAKNESS, "W3", area, 0.7),
        finding(Quadrant.WEAKNESS, "W2", gap, 0.6, shown=False),
        finding(Quadrant.OPPORTUNITY, "O4", best, 0.4),
        finding(Quadrant.OPPORTUNITY, "O6", outside[0], 0.5),
        finding(Quadrant.THREAT, "T1", falling, 0.88, linked=f"W-{school.id[2:]}"),
        finding(Quadrant.THREAT, "T3", grows, 0.5),
        finding(Quadrant.THREAT, "T6", outside[1], 0.5),
        finding(Quadrant.WEAKNESS, "W5", asked[1], 0.3),
        finding(Quadrant.WEAKNESS, "W3", asked[2], 0.25),
        finding(Quadrant.THREAT, "T1", asked[0], 0.4),
        finding(Quadrant.THREAT, "T3", asked[3], 0.2),
        finding(Quadrant.WEAKNESS, "W1", asked[4], 0.15),
        *(
            replace(found, linked=f"S-{safe.id[2:]}") if found is peers_run else found
            for _, found in further
            if found is not None
        ),
    )
    rules = {id: each.rule for each in findings for id in each.evidence}
    made = Report(
        kommun="exempelkommun",
        kommun_namn="Exempelkommun",
        kommun_kod="9901",
        synthetic=True,
        namnd="barn-och-utbildning",
        namnd_namn="Barn- och utbildningsnämnden",
        meeting=date(2026, 11, 12),
        quarter="2026K3",
        data_through=date(2026, 9, 30),
        policy=Policy(5, 0.05, 5, 4),
        indicators=_results(),
        all_evidence=tuple(replace(each, rule=rules.get(each.id, "")) for each in every),
        findings=findings,
        families=(
            FamilyCount(Question.LEVEL, 7, 3),
            FamilyCount(Question.POTENTIAL, 5, 1),
            FamilyCount(Question.GAP, 9, 3),
            FamilyCount(Question.TREND, 6, 1),
            *FAMILIES,
        ),
        goals=_GOALS,
        atgarder=_ATGARDER,
        outlooks=_OUTLOOKS,
        sources=(
            Source(
                "Syntetiska data (Kolada-likt)", "2026-10-05", "3f9c" * 16, "Påhittade värden", True
            ),
            Source("Kommunens egna uppgifter", "2026-10-07", "a1b2" * 16, "", True),
        ),
        revisions=(Revision("N15428", "2024", "T", 70.4, 70.0),),
        hidden=(
            Hidden("X-TRYGG", WithheldReason.SMALL_GROUP, 3),
            Hidden("N15613", WithheldReason.NOT_PUBLISHED, 2),
        ),
        areas=AREAS,
        code_version="0.1.0",
        checksum="c0ffee" * 10,
        surveys=(rich_survey(), bare_survey()),
        demand=DEMAND,
        judgements=JUDGEMENTS,
        doubts=DOUBTS,
        promises=PROMISES,
        feedback=FEEDBACK,
        economy=ECONOMY,
        staff=STAFF_INDEXES,
    )
    return with_cases(with_effects(with_goals(made)))


def empty_report() -> Report:
    """A nämnd that follows up nothing."""
    return replace(
        example_report(),
        synthetic=False,
        meeting=None,
        indicators=(),
        all_evidence=(),
        findings=(),
        families=(),
        goals=(),
        atgarder=(),
        outlooks=(),
        sources=(),
        revisions=(),
        hidden=(),
        areas=(),
        surveys=(),
        demand=(),
        judgements=(),
        doubts=(),
        promises=(),
        feedback=None,
        economy=(),
        staff=(),
        goal_states=(),
        signs=(),
        cases=(),
        missing_quarters=(),
        leaps=(),
        effects=(),
        lessons=(),
        lesson_uses=(),
        examples=(),
        controls=(),
        ideas=(),
        priorities=(),
        plan=(),
    )


def of_survey(id: str, question: Question, verdict: Verdict, **words: object) -> Evidence:
    """Evidence about a question of the example's survey, held between 2024 and 2026."""
    base: dict[str, object] = {
        "period": "2026",
        "first_period": "2024",
        "n_periods": 2,
        "cell": known(61.0, 58.0, 64.0, 1159),
        "difference": -6.0,
        "low": -10.0,
        "high": -2.0,
        "source": "Exempelkommuns medborgarenkät",
        "source_rows": f"medborgar:{id}",
        "method": "skillnad mellan två oberoende mätningar",
    }
    return evidence(f"medborgar:{id}", question, verdict, **{**base, **words})


def survey_evidence() -> tuple[Evidence, ...]:
    """One claim of each kind that a survey makes."""
    group = Reference(ReferenceKind.GROUP, "övriga", 63.0)
    return (
        of_survey(
            "f01",
            Question.TREND,
            Verdict.WORSE,
            reference=Reference(ReferenceKind.EARLIER, "mätningen 2024", 67.0),
        ),
        of_survey(
            "f02",
            Question.DRIVER,
            Verdict.WORSE,
            cell=known(35.0, 32.0, 38.0, 1102),
            difference=-18.0,
            low=None,
            high=None,
            p=None,
            q=None,
            certainty=Certainty.LIKELY,
            text="prioritera",
        ),
        of_survey(
            "f01",
            Question.GAP,
            Verdict.WORSE,
            group=Group(other="Tid i kommunen: mindre än 2 år"),
            cell=known(52.0, 43.0, 61.0, 118),
            reference=group,
            difference=-11.0,
        ),
        of_survey(
            "f01",
            Question.GAP_TREND,
            Verdict.WORSE,
            group=Group("K"),
            cell=known(57.0, 53.0, 61.0, 611),
            reference=Reference(ReferenceKind.EARLIER, "skillnaden 2024", 2.0),
            difference=-6.0,
        ),
        of_survey(
            "f03",
            Question.LEVEL,
            Verdict.WORSE,
            cell=known(58.0, 54.0, 62.0, 702),
            reference=Reference(ReferenceKind.GOAL, "målet", 70.0),
            difference=-12.0,
        ),
        of_survey(
            "f01",
            Question.GAP,
            Verdict.UNDECIDED,
            group=Group("K"),
            cell=known(57.0, 53.0, 61.0, 611),
            reference=Reference(ReferenceKind.GROUP, "män", 65.0),
            difference=-8.0,
        ),
        of_survey(
            "f04",
            Question.TREND,
            Verdict.LEVEL,
            cell=known(6.5, 6.4, 6.6, 1130),
            reference=Reference(ReferenceKind.EARLIER, "mätningen 2024", 6.5),
            difference=0.0,
            low=-0.2,
            high=0.1,
            delta=0.2,
        ),
        of_survey(
            "f02",
            Question.TREND,
            Verdict.UNDECIDED,
            cell=known(35.0, 32.0, 38.0, 1102),
            reference=Reference(ReferenceKind.EARLIER, "mätningen 2024", 38.0),
            difference=-3.0,
        ),
    )


def _level_evidence() -> tuple[Evidence, Evidence, Evidence, Evidence]:
    school = evidence("N15428", Question.LEVEL, Verdict.WORSE, reference=peers_of(77.4))
    safe = evidence(
        "N15613",
        Question.LEVEL,
        Verdict.BETTER,
        cell=known(86.3),
        reference=Reference(ReferenceKind.COUNTY, "länet", 79.9, 14),
        difference=6.4,
        low=5.1,
        high=7.7,
        certainty=Certainty.LIKELY,
    )
    contact = evidence(
        "X-TRYGG",
        Question.LEVEL,
        Verdict.UNDECIDED,
        period="2026K3",
        first_period="2025K1",
        cell=known(61.4),
        reference=Reference(ReferenceKind.GOAL, "målet", 63.0),
        difference=-1.6,
        low=-6.1,
        high=2.9,
    )
    answer = evidence(
        "X-SVARSTID",
        Question.LEVEL,
        Verdict.BETTER,
        period="2026M09",
        first_period="2025M01",
        cell=known(7.1),
        reference=Reference(ReferenceKind.GOAL, "målet", 10.0),
        difference=2.9,
        low=2.2,
        high=3.6,
        delta=1.0,
        source="egen",
    )
    return school, safe, contact, answer


def _outlook(each: Outlook) -> Evidence:
    return evidence(
        "",
        Question.OUTLOOK,
        Verdict.NOT_JUDGED,
        group=Group(area=each.id),
        cell=Withheld(WithheldReason.NOT_PUBLISHED),
        period=each.dated.isoformat(),
        certainty=Certainty.OUTLOOK,
        difference=None,
        low=None,
        high=None,
        p=None,
        q=None,
        n_periods=0,
        source=each.source,
        text=each.title,
        method="uppgift från källan",
    )


_OUTLOOKS = (
    Outlook(
        "O-01",
        "barn-och-utbildning",
        Quadrant.OPPORTUNITY,
        "Antalet sexåringar minskar med 14 procent till 2031",
        "SCB, befolkningsframskrivning",
        date(2026, 4, 14),
    ),
    Outlook(
        "O-02",
        "barn-och-utbildning",
        Quadrant.THREAT,
        "Två av fem legitimerade lärare går i pension före 2035",
        "Kommunens personalstatistik",
        date(2026, 5, 2),
    ),
)
_GOALS = (
    Goal(
        "M-01",
        "barn-och-utbildning",
        GoalKind.DEVELOPMENT,
        "Fler elever ska bli behöriga till gymnasiet",
        "N15428",
        target=80.0,
        due=date(2027, 6, 30),
        decision="§ 129, KS 2025/341, 2025-11-24",
    ),
    Goal(
        "M-02",
        "barn-och-utbildning",
        GoalKind.KKF,
        "Den som lämnar en synpunkt ska få svar inom tio dagar",
        "X-SVARSTID",
        target=10.0,
        decision="§ 41, BUN 2025/88, 2025-03-12",
    ),
    Goal("M-03", "barn-och-utbildning", GoalKind.ASSIGNMENT, "Se över skolskjutsen"),
)
_ATGARDER = (
    Atgard(
        "Å-07",
        "barn-och-utbildning",
        "Ny svarsrutin",
        Status.RUNNING,
        indicator="X-SVARSTID",
        start=date(2026, 2, 1),
        role="Kvalitetschef",
    ),
    Atgard(
        "Å-02",
        "barn-och-utbildning",
        "Två vuxna på varje rast",
        Status.DONE,
        indicator="N15613",
        start=date(2024, 8, 15),
        done=date(2025, 6, 10),
        role="Rektorer",
    ),
)


def _results() -> tuple[IndicatorResult, ...]:
    school = points(YEARS, list(_SCHOOL))
    safe = points(["2020", "2022", "2024", "2025"], [80.1, None, 83.0, 86.3])
    cost = points(YEARS, [float(88000 + 2121.75 * i) for i in range(9)])
    child = points(YEARS[4:], [88.0, 88.9, 89.2, 90.4, 91.0])
    staff = points(YEARS[6:], [5.3, 5.1, 5.2])
    days = points(MONTHS, list(_DAYS))
    county = Reference(ReferenceKind.COUNTY, "länet", 78.8, 14)
    best = Reference(ReferenceKind.BEST, "liknande kommuner", 82.3, 7)
    return (
        result(
            SCHOOL,
            latest=school[-1],
            freshness=Freshness.UNCHANGED,
            next_publication="2027-03-20",
            series=(
                Series(Group(), school),
                Series(Group("K"), points(YEARS, list(_GIRLS))),
                Series(Group("M"), points(YEARS, list(_BOYS))),
            ),
            reference_series=(
                ("liknande kommuner", points(YEARS, list(_PEER))),
                ("länet", points(YEARS, [each + 1.4 for each in _PEER])),
            ),
            peers=Peers(
                "2025", _spread(77.8, 5), (peers_of(77.4), county, best), 7, 8, "liknande kommuner"
            ),
            goal=_GOALS[0],
            verdict=Verdict.WORSE,
            certainty=Certainty.SECURED,
        ),
        result(
            SAFE,
            latest=safe[-1],
            freshness=Freshness.NEW,
            series=(
                Series(Group(), safe),
                Series(Group("K"), points(["2024", "2025"], [81.0, None])),
                Series(Group("M"), points(["2024", "2025"], [85.0, None])),
            ),
            verdict=Verdict.BETTER,
            certainty=Certainty.LIKELY,
        ),
        result(
            PRESCHOOL,
            latest=child[-1],
            freshness=Freshness.NEW,
            series=(Series(Group(), child),),
            verdict=Verdict.LEVEL,
            certainty=Certainty.SECURED,
        ),
        result(
            STAFF, latest=staff[-1], freshness=Freshness.UNCHANGED, series=(Series(Group(), staff),)
        ),
        result(
            COST,
            latest=cost[-1],
            freshness=Freshness.UNCHANGED,
            next_publication="2026-12-10",
            series=(Series(Group(), cost),),
            verdict=Verdict.NOT_JUDGED,
        ),
        result(
            ANSWER,
            latest=days[-1],
            freshness=Freshness.NEW,
            series=(Series(Group(), days),),
            goal=_GOALS[1],
            verdict=Verdict.BETTER,
            certainty=Certainty.SECURED,
        ),
        _contact(),
        result(ENDED, latest=None, freshness=Freshness.ENDED),
        result(MISSING),
    )


def _contact() -> IndicatorResult:
    whole = Point("2026K3", parse_period("2026K3").at, known(61.4, 58.6, 64.2, 1159))
    earlier = Point("2026K2", parse_period("2026K2").at, known(60.2, 57.3, 63.1, 1101))
    at = whole.at
    parts = {
        Group(age="18–29 år"): known(55.0, 47.0, 63.0, 142),
        Group(age="30–64 år"): known(63.0, 59.0, 67.0, 649),
        Group(age="80 år och äldre"): SMALL,
        Group(area="centrum"): known(63.0, 58.0, 68.0, 352),
        Group(area="norrmalm"): known(44.1, 37.0, 51.2, 188),
        Group(area="sjovik"): known(70.2, 64.1, 76.3, 241),
    }
    return result(
        CONTACT,
        latest=whole,
        freshness=Freshness.NEW,
        series=(
            Series(Group(), (earlier, whole)),
            Series(Group("K"), (Point("2026K3", at, known(57.1, 53.0, 61.2, 611)),)),
            Series(Group("M"), (Point("2026K3", at, known(65.2, 61.1, 69.3, 548)),)),
        ),
        breakdown=tuple(
            Series(group, (Point("2026K3", at, cell),)) for group, cell in parts.items()
        ),
    )
