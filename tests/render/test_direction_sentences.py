"""The sentences of goals, peers, åtgärder, answers and needs, for every verdict."""

from dataclasses import replace
from datetime import date

import pytest
from example_report import SCHOOL, evidence, example_report, known, result

from kvalitetslib.model import Direction, Quadrant, ReferenceKind
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import claims, notes, outside, reasons, rules
from kvalitetslib.report import Certainty, Question, Reference, Verdict

REPORT = example_report()
LOOK = Lookup(REPORT)
SUBJECT = "Andelen elever i årskurs 9 som är behöriga till yrkesprogram"
INNER = "andelen elever i årskurs 9 som är behöriga till yrkesprogram"
BEFORE = Reference(ReferenceKind.EARLIER, "de tre åren före", 72.3)
TARGET = Reference(ReferenceKind.GOAL, "målet", 80.0)
OTHERS = Reference(ReferenceKind.PEERS, "liknande kommuner", -0.2, 7)
FINAL_RULES = (
    *"S1 S2 S3 S4 S5 W1 W2 W3 W4 W5 W7".split(),
    *"O1 O2 O3 O4 O5 O6 O7 O8 O9 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10".split(),
)
DUE = "senast 30\u00a0juni 2027"
UNCHANGED = "om det hade fortsatt som före åtgärden"
COINCIDES = "Det sammanfaller med åtgärden; det visar inte att den är orsaken."


def school(question, verdict, **words):
    return evidence("N15428", question, verdict, **words)


def answers(verdict, **words):
    base = {
        "cell": known(38.0),
        "reference": Reference(ReferenceKind.EARLIER, "mätningen 2024", 52.0),
        "first_period": "2024",
    }
    return evidence("medborgar:svarsfrekvens", Question.RESPONSE, verdict, **{**base, **words})


def effect(verdict, **words):
    return school(
        Question.EFFECT,
        verdict,
        reference=Reference(ReferenceKind.EARLIER, UNCHANGED, 72.3),
        text="Å-07",
        **words,
    )


def pace(value):
    return Reference(ReferenceKind.EARLIER, "takten hittills", value)


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (
            school(Question.HOLD, Verdict.WORSE, reference=BEFORE),
            f"{SUBJECT} har fallit från sin tidigare nivå.",
        ),
        (
            school(Question.HOLD, Verdict.BETTER, reference=BEFORE, cell=known(80.0)),
            f"{SUBJECT} har stigit från sin tidigare nivå.",
        ),
        (
            school(Question.HOLD, Verdict.LEVEL, reference=BEFORE),
            f"{SUBJECT} ligger kvar på sin tidigare nivå.",
        ),
        (
            school(Question.HOLD, Verdict.UNDECIDED, reference=BEFORE),
            f"Det går inte att avgöra om {INNER} ligger kvar på sin tidigare nivå.",
        ),
        (
            school(Question.HOLD, Verdict.NOT_JUDGED, reference=BEFORE),
            f"{SUBJECT} bedöms inte: det är inte bestämt vad som är bra.",
        ),
        (
            school(Question.MOVE, Verdict.WORSE, reference=TARGET),
            f"{SUBJECT} rör sig för långsamt för att nå målet {DUE}.",
        ),
        (
            school(Question.MOVE, Verdict.WORSE, reference=TARGET, beside=pace(0.4)),
            f"{SUBJECT} rör sig för långsamt för att nå målet {DUE}.",
        ),
        (
            school(Question.MOVE, Verdict.WORSE, reference=TARGET, beside=pace(-1.7)),
            f"{SUBJECT} närmar sig inte målet.",
        ),
        (
            school(Question.MOVE, Verdict.BETTER, reference=TARGET),
            f"{SUBJECT} rör sig snabbare än vad som krävs för att nå målet {DUE}.",
        ),
        (
            school(Question.MOVE, Verdict.LEVEL, reference=TARGET),
            f"{SUBJECT} rör sig i takt med det som krävs för att nå målet {DUE}.",
        ),
        (
            school(Question.MOVE, Verdict.UNDECIDED, reference=TARGET),
            f"Det går inte att avgöra om {INNER} rör sig i den takt som krävs för att nå målet "
            f"{DUE}.",
        ),
        (
            school(Question.ASSURANCE, Verdict.BETTER, reference=TARGET),
            f"{SUBJECT} når målet i varje period så länge variationen är som nu.",
        ),
        (
            school(Question.ASSURANCE, Verdict.WORSE, reference=TARGET),
            f"{SUBJECT} missar målet i varje period så länge variationen är som nu.",
        ),
        (
            school(Question.ASSURANCE, Verdict.UNDECIDED, reference=TARGET),
            f"{SUBJECT} kan både nå och missa målet så länge variationen är som nu.",
        ),
        (
            school(Question.PEER_TREND, Verdict.WORSE, reference=OTHERS),
            f"{SUBJECT} utvecklas sämre än i liknande kommuner.",
        ),
        (
            school(Question.PEER_TREND, Verdict.BETTER, reference=OTHERS),
            f"{SUBJECT} utvecklas bättre än i liknande kommuner.",
        ),
        (
            school(Question.PEER_TREND, Verdict.LEVEL, reference=OTHERS),
            f"{SUBJECT} utvecklas i samma takt som i liknande kommuner.",
        ),
        (
            school(Question.PEER_TREND, Verdict.UNDECIDED, reference=OTHERS),
            f"Det går inte att avgöra om {INNER} utvecklas annorlunda än i liknande kommuner.",
        ),
        (
            effect(Verdict.WORSE),
            f"{SUBJECT} är lägre än om det hade fortsatt som före åtgärden ”Ny svarsrutin” "
            f"(från februari 2026). {COINCIDES}",
        ),
        (
            effect(Verdict.BETTER, cell=known(80.0), certainty=Certainty.LIKELY),
            f"Uppgifterna tyder på att {INNER} är högre än om det hade fortsatt som före åtgärden "
            f"”Ny svarsrutin” (från februari 2026). {COINCIDES}",
        ),
        (
            effect(Verdict.LEVEL),
            f"{SUBJECT} följer samma kurs som före åtgärden ”Ny svarsrutin” (från februari 2026).",
        ),
        (
            effect(Verdict.UNDECIDED),
            f"Det går inte att avgöra om {INNER} följer samma kurs som före åtgärden "
            "”Ny svarsrutin” (från februari 2026).",
        ),
        (
            answers(Verdict.WORSE),
            "Svarsfrekvensen i Medborgarenkäten har sjunkit från 52 till 38 procent. "
            "Underlaget blir osäkrare.",
        ),
        (
            answers(Verdict.WORSE, cell=known(38.0), reference=None),
            "Svarsfrekvensen i Medborgarenkäten är 38 procent. Det är få, och underlaget är "
            "osäkert.",
        ),
        (
            answers(Verdict.BETTER, cell=known(60.0)),
            "Svarsfrekvensen i Medborgarenkäten har stigit från 52 till 60 procent.",
        ),
        (
            answers(Verdict.LEVEL, cell=known(52.0)),
            "Svarsfrekvensen i Medborgarenkäten är på samma nivå som i mätningen 2024.",
        ),
        (
            answers(Verdict.UNDECIDED),
            "Det går inte att avgöra om svarsfrekvensen i Medborgarenkäten har förändrats sedan "
            "mätningen 2024.",
        ),
        (
            answers(Verdict.NOT_JUDGED, cell=known(50.0)),
            "Svarsfrekvensen i Medborgarenkäten är 50 procent, mot 52 procent i mätningen 2024.",
        ),
        (
            answers(Verdict.WORSE, cell=known(39.0), reference=replace(BEFORE, value=38.0)),
            "Svarsfrekvensen i Medborgarenkäten är 39 procent, mot 38 procent i mätningen 2024. "
            "Det är få, och underlaget är osäkert.",
        ),
    ],
)
def test_each_answer_has_its_sentence(each, text):
    assert claims.claim(each, LOOK).text == text


def test_a_heading_leaves_out_what_is_said_against_reading_too_much():
    heading = claims.title(effect(Verdict.WORSE), LOOK).text
    assert heading.endswith("som före åtgärden ”Ny svarsrutin” (från februari 2026)")


def test_a_goal_without_a_date_is_to_be_reached_in_time():
    goals = tuple(replace(each, due=None) for each in REPORT.goals)
    slow = school(Question.MOVE, Verdict.WORSE, reference=TARGET)
    said = claims.claim(slow, Lookup(replace(REPORT, goals=goals))).text
    assert said == f"{SUBJECT} rör sig för långsamt för att nå målet i tid."


def test_the_goal_with_the_same_target_is_the_one_that_is_named():
    other = replace(REPORT.goals[0], id="M-9", target=70.0, due=date(2030, 1, 1))
    look = Lookup(replace(REPORT, goals=(other, *REPORT.goals)))
    assert look.goal(school(Question.MOVE, Verdict.WORSE, reference=TARGET)).id == "M-01"


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (
            school(Question.HOLD, Verdict.WORSE, reference=BEFORE),
            "68,2\u00a0% mot 72,3\u00a0% i medeltal för de tre åren före.",
        ),
        (
            school(
                Question.MOVE, Verdict.WORSE, reference=TARGET, difference=-7.6, beside=pace(-1.7)
            ),
            f"68,2\u00a0% mot målet 80,0\u00a0%, som ska nås {DUE}. "
            "Hittills −1,7\u00a0procentenheter per år. Det krävs +5,9 per år.",
        ),
        (
            school(Question.MOVE, Verdict.WORSE, reference=TARGET, difference=-7.6),
            "68,2\u00a0% mot målet 80,0\u00a0%. Takten är 7,6\u00a0procentenheter per år lägre än "
            "vad som krävs.",
        ),
        (
            school(Question.PEER_TREND, Verdict.WORSE, reference=OTHERS, difference=-1.2),
            "Per år −1,4\u00a0procentenheter mot −0,2 i liknande kommuner.",
        ),
        (effect(Verdict.WORSE), f"68,2\u00a0% mot 72,3\u00a0% {UNCHANGED}."),
        (
            school(Question.ASSURANCE, Verdict.WORSE, reference=TARGET),
            "Senast 68,2\u00a0% mot målet 80,0\u00a0%.",
        ),
        (answers(Verdict.WORSE), "1\u00a0180 av 2\u00a0800 tillfrågade svarade."),
    ],
)
def test_the_why_line_gives_the_numbers(each, text):
    assert reasons.why(each, LOOK) == text


def test_numbers_per_year_follow_the_values_when_low_is_good():
    low = replace(SCHOOL, direction=Direction.LOW)
    look = Lookup(replace(REPORT, indicators=(result(low),)))
    worse = school(Question.PEER_TREND, Verdict.WORSE, reference=OTHERS, difference=-1.2)
    told = "Per år +1,0\u00a0procentenheter mot −0,2 i liknande kommuner."
    assert reasons.why(worse, look) == told


@pytest.mark.parametrize(
    ("change", "country", "text"),
    [
        (0.12, 0.04, "öka med 12 procent till 2030, mer än i riket (4 procent)."),
        (0.03, 0.04, "öka med 3 procent till 2030, mindre än i riket (4 procent)."),
        (0.041, 0.04, "öka med 4 procent till 2030, lika mycket som i riket (4 procent)."),
        (0.12, None, "öka med 12 procent till 2030."),
        (-0.08, -0.02, "minska med 8 procent till 2030, mer än i riket (2 procent)."),
        (
            0.05,
            -0.02,
            "öka med 5 procent till 2030. I riket väntas antalet minska med 2 procent.",
        ),
        (0.05, 0.001, "öka med 5 procent till 2030, mer än i riket (0 procent)."),
        (
            0.001,
            0.04,
            "vara ungefär lika stort 2030 som nu. I riket väntas antalet öka med 4 procent.",
        ),
        (0.001, 0.002, "vara ungefär lika stort 2030 som nu, liksom i riket."),
    ],
)
def test_a_need_is_told_beside_the_country(change, country, text):
    signal = replace(REPORT.demand[0], change=change, country_change=country)
    need = next(each for each in REPORT.all_evidence if each.question is Question.DEMAND)
    said = claims.claim(need, Lookup(replace(REPORT, demand=(signal,)))).text
    assert said == f"Antalet barn 0–5 år väntas {text}"


@pytest.mark.parametrize(
    ("ages", "people"),
    [
        ("0–5 år", "barn 0–5 år"),
        ("6-15", "barn 6–15 år"),
        ("16–18 år", "invånare 16–18 år"),
        ("80+", "invånare 80 år och äldre"),
        ("80 år och äldre", "invånare 80 år och äldre"),
        ("80-", "invånare 80 år och äldre"),
        ("6 år", "barn 6 år"),
    ],
)
def test_ages_are_told_as_people(ages, people):
    assert outside.people_of(ages) == people


def test_a_need_without_forecast_is_told_in_its_own_words():
    need = evidence("", Question.DEMAND, Verdict.WORSE, text="fler barn väntas")
    assert claims.claim(need, Lookup(replace(REPORT, demand=()))).text == "Fler barn väntas."


def test_every_question_has_a_name():
    assert set(Question) - set(notes.QUESTION_NAMES) == set()


@pytest.mark.parametrize(
    ("question", "verdict", "word"),
    [
        (Question.HOLD, Verdict.LEVEL, "Bibehållen"),
        (Question.MOVE, Verdict.WORSE, "För långsam takt"),
        (Question.ASSURANCE, Verdict.UNDECIDED, "Når ibland målet"),
        (Question.PEER_TREND, Verdict.WORSE, "Sämre"),
        (Question.HOLD, Verdict.UNDECIDED, "Kan inte avgöras"),
    ],
)
def test_the_verdict_is_said_in_the_words_of_the_question(question, verdict, word):
    assert notes.verdict_word(school(question, verdict)) == word


@pytest.mark.parametrize("rule", FINAL_RULES)
def test_every_rule_is_in_words(rule):
    assert rules.rule_line(rule, is_asked=False).startswith(f"{rule}: ")


@pytest.mark.parametrize(
    ("quadrant", "rule", "text"),
    [
        (Quadrant.STRENGTH, "T1", "Styrka nu, men på väg åt fel håll: se hot"),
        (Quadrant.WEAKNESS, "T1", "Svaghet nu, och på väg åt fel håll: se hot"),
        (Quadrant.WEAKNESS, "O7", "Svaghet nu, men takten mot målet räcker: se möjlighet"),
        (Quadrant.STRENGTH, "O1", "Styrka nu, och på väg åt rätt håll: se möjlighet"),
        (Quadrant.STRENGTH, "T7", "Styrka nu, men det finns ett hot: se hot"),
    ],
)
def test_what_is_now_and_where_it_is_heading_are_told_together(quadrant, rule, text):
    ahead_in = Quadrant.THREAT if rule[0] == "T" else Quadrant.OPPORTUNITY
    now = replace(REPORT.findings[0], quadrant=quadrant)
    ahead = replace(REPORT.findings[0], quadrant=ahead_in, rule=rule)
    assert rules.heading(now, ahead) == text


def test_it_is_told_from_the_other_side_too():
    now = replace(REPORT.findings[0], quadrant=Quadrant.STRENGTH)
    ahead = replace(REPORT.findings[0], quadrant=Quadrant.THREAT, rule="T1")
    assert rules.heading(ahead, now) == "Styrka nu, men på väg åt fel håll: se styrka"
