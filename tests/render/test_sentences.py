from dataclasses import replace

import pytest
from example_report import (
    SCHOOL,
    SMALL,
    evidence,
    example_report,
    finding,
    known,
    peers_of,
    result,
)

from kvalitetslib.model import Direction, Group, Quadrant, ReferenceKind
from kvalitetslib.register import Atgard, Status
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import claims, messages, notes, reasons
from kvalitetslib.report import (
    Certainty,
    FamilyCount,
    Freshness,
    Question,
    Reference,
    Verdict,
)

REPORT = example_report()
LOOK = Lookup(REPORT)
SUBJECT = "Andelen elever i årskurs 9 som är behöriga till yrkesprogram"
INNER = "andelen elever i årskurs 9 som är behöriga till yrkesprogram"
MEN = Reference(ReferenceKind.GROUP, "män", 62.3)


def school(question=Question.LEVEL, verdict=Verdict.WORSE, **words):
    return evidence("N15428", question, verdict, **words)


def goal(value):
    return Reference(ReferenceKind.GOAL, "målet", value)


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (school(reference=peers_of(77.4)), f"{SUBJECT} är lägre än i liknande kommuner."),
        (
            school(verdict=Verdict.BETTER, cell=known(80.0), reference=goal(75.0)),
            f"{SUBJECT} är högre än målet.",
        ),
        (
            school(verdict=Verdict.LEVEL, reference=peers_of(68.0)),
            f"{SUBJECT} är i nivå med liknande kommuner.",
        ),
        (school(verdict=Verdict.LEVEL, reference=goal(68.0)), f"{SUBJECT} är i nivå med målet."),
        (
            school(verdict=Verdict.UNDECIDED, reference=peers_of(68.0)),
            f"Det går inte att avgöra om {INNER} skiljer sig från liknande kommuner.",
        ),
        (
            school(
                Question.POTENTIAL,
                Verdict.BETTER,
                reference=Reference(ReferenceKind.BEST, "liknande kommuner", 82.3),
            ),
            f"{SUBJECT} är lägre än i den bästa fjärdedelen av liknande kommuner.",
        ),
        (
            school(
                Question.CHANGE, reference=Reference(ReferenceKind.EARLIER, "perioden före", 70.0)
            ),
            f"{SUBJECT} är lägre än perioden före.",
        ),
        (
            school(
                Question.CHANGE,
                text="utanför gränserna-",
                reference=Reference(ReferenceKind.EARLIER, "medelvärdet", 70.0),
            ),
            f"{SUBJECT} är lägre än vanligt just nu.",
        ),
        (
            school(
                Question.CHANGE,
                Verdict.UNDECIDED,
                text="utanför gränserna-",
                method="kontrolldiagram",
                reference=Reference(ReferenceKind.EARLIER, "medelvärdet", 70.0),
            ),
            f"{SUBJECT} ger en signal i diagrammet, men den kan vara slump.",
        ),
        (
            school(
                Question.CHANGE,
                Verdict.UNDECIDED,
                method="kontrolldiagram",
                reference=Reference(ReferenceKind.EARLIER, "medelvärdet", 70.0),
            ),
            f"{SUBJECT} ligger inom sin vanliga variation.",
        ),
        (
            school(
                Question.CHANGE,
                Verdict.UNDECIDED,
                reference=Reference(ReferenceKind.EARLIER, "perioden före", 70.0),
            ),
            f"Det går inte att avgöra om {INNER} skiljer sig från perioden före.",
        ),
        (
            school(Question.GAP, group=Group("K"), cell=known(74.2), reference=MEN),
            f"{SUBJECT} är högre bland flickor än bland pojkar.",
        ),
        (
            school(
                Question.GAP,
                group=Group("M"),
                cell=known(62.3),
                reference=Reference(ReferenceKind.GROUP, "kvinnor", 74.2),
            ),
            f"{SUBJECT} är högre bland flickor än bland pojkar.",
        ),
        (
            school(Question.GAP, Verdict.LEVEL, group=Group("K"), reference=MEN),
            f"{SUBJECT} skiljer sig inte nämnvärt mellan flickor och pojkar.",
        ),
        (
            school(Question.GAP, Verdict.UNDECIDED, group=Group("K"), reference=MEN),
            f"Det går inte att avgöra om {INNER} skiljer sig mellan flickor och pojkar.",
        ),
        (
            school(
                Question.GAP,
                group=Group(area="norrmalm"),
                reference=Reference(ReferenceKind.GROUP, "övriga", 75.0),
            ),
            f"{SUBJECT} är lägre i Norrmalm än i övriga områden.",
        ),
        (
            school(
                Question.GAP,
                group=Group(age="13–15 år"),
                reference=Reference(ReferenceKind.GROUP, "övriga", 75.0),
            ),
            f"{SUBJECT} är lägre i åldern 13–15 år än i övriga åldrar.",
        ),
        (
            school(Question.GAP_TREND, group=Group("K"), reference=MEN),
            f"Skillnaden mellan flickor och pojkar växer när det gäller {INNER}.",
        ),
        (
            school(Question.GAP_TREND, Verdict.BETTER, group=Group("K"), reference=MEN),
            f"Skillnaden mellan flickor och pojkar krymper när det gäller {INNER}.",
        ),
        (
            school(Question.GAP_TREND, Verdict.LEVEL, group=Group("K"), reference=MEN),
            f"Skillnaden mellan flickor och pojkar består när det gäller {INNER}.",
        ),
        (
            school(Question.GAP_TREND, Verdict.UNDECIDED, group=Group("K"), reference=MEN),
            "Det går inte att avgöra om skillnaden mellan flickor och pojkar förändras. "
            f"Det gäller {INNER}.",
        ),
        (school(Question.TREND), f"{SUBJECT} har minskat sedan 2017."),
        (
            school(Question.TREND, Verdict.BETTER, difference=1.0),
            f"{SUBJECT} har ökat sedan 2017.",
        ),
        (
            school(Question.TREND, Verdict.LEVEL),
            f"{SUBJECT} ligger kvar på samma nivå sedan 2017.",
        ),
        (
            school(Question.TREND, Verdict.UNDECIDED),
            f"Det går inte att avgöra om {INNER} ökar eller minskar.",
        ),
        (
            school(
                Question.TREND,
                reference=Reference(ReferenceKind.EARLIER, "tolv månader tidigare", 70.0),
            ),
            f"{SUBJECT} har minskat jämfört med året före.",
        ),
        (school(verdict=Verdict.UNDECIDED), f"Det saknas något att jämföra {INNER} med."),
        (
            school(verdict=Verdict.NOT_JUDGED, reference=peers_of(70.0)),
            f"{SUBJECT} bedöms inte: det är inte bestämt vad som är bra.",
        ),
        (
            school(Question.TREND, Verdict.NOT_JUDGED),
            f"{SUBJECT} bedöms inte: det är inte bestämt vad som är bra.",
        ),
        (
            school(cell=SMALL, group=Group("K"), reference=peers_of(70.0)),
            f"{SUBJECT} bland flickor visas inte: för få i gruppen.",
        ),
        (
            school(certainty=Certainty.LIKELY, reference=peers_of(77.4)),
            f"Uppgifterna tyder på att {INNER} är lägre än i liknande kommuner.",
        ),
    ],
)
def test_each_answer_has_its_sentence(each, text):
    assert claims.claim(each, LOOK).text == text


def test_an_outlook_is_told_in_its_own_words():
    outlook = next(e for e in REPORT.all_evidence if e.question is Question.OUTLOOK)
    assert (
        claims.claim(outlook, LOOK).text == "Antalet sexåringar minskar med 14 procent till 2031."
    )


def test_a_falling_number_is_told_as_falling_when_low_is_good():
    low = replace(SCHOOL, direction=Direction.LOW)
    look = Lookup(replace(REPORT, indicators=(result(low),)))
    better = school(Question.TREND, Verdict.BETTER, difference=1.0)
    assert claims.claim(better, look).text == f"{SUBJECT} har minskat sedan 2017."


def test_secured_is_only_said_of_what_was_tested():
    untested = school(p=None, q=None, low=None, reference=peers_of(77.4))
    assert claims.certainty(untested) == "Trolig"


def test_secured_is_said_of_what_was_tested():
    assert claims.certainty(school(reference=peers_of(77.4))) == "Säkerställd"


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (school(reference=peers_of(77.4)), "68,2\u00a0% mot 77,4\u00a0%. Plats 7 av 8."),
        (
            school(reference=goal(68.24)),
            "68,20\u00a0% mot 68,24\u00a0%.",
        ),
        (school(Question.TREND), "Från 81,1\u00a0% år 2017 till 68,2\u00a0% år 2025."),
        (
            school(Question.GAP_TREND, group=Group("K"), cell=known(74.2), reference=MEN),
            "Skillnaden är nu 11,9\u00a0procentenheter.",
        ),
        (
            school(
                Question.POTENTIAL,
                Verdict.BETTER,
                difference=14.1,
                reference=Reference(ReferenceKind.BEST, "liknande kommuner", 82.3),
            ),
            "68,2\u00a0% mot 82,3\u00a0%. Det finns 14,1\u00a0procentenheter att vinna.",
        ),
        (
            school(
                Question.CHANGE,
                text="sju i rad åt samma håll-",
                reference=Reference(ReferenceKind.EARLIER, "medelvärdet", 70.0),
            ),
            "Senast 68,2\u00a0% mot medelvärdet 70,0\u00a0%. Sju värden i rad går åt samma håll.",
        ),
        (
            school(period="2026M09", reference=goal(70.0)),
            "68,2\u00a0% i medeltal det senaste året mot 70,0\u00a0%.",
        ),
        (school(cell=SMALL, reference=peers_of(70.0)), ""),
    ],
)
def test_the_why_line_gives_the_numbers(each, text):
    assert reasons.why(each, LOOK) == text


def test_a_comparison_that_points_the_other_way_is_told():
    each = school(reference=goal(75.0), period="2025", cell=known(68.2))
    lower = Reference(ReferenceKind.COUNTY, "länet", 61.0, 14)
    peers = replace(LOOK.results["N15428"].peers, references=(peers_of(77.4), lower))
    held = replace(LOOK.results["N15428"], peers=peers)
    look = Lookup(replace(REPORT, indicators=(held,)))
    assert reasons.why(each, look).endswith("I länet är värdet 61,0\u00a0%.")


@pytest.mark.parametrize(
    ("freshness", "next_publication", "text"),
    [
        (Freshness.NEW, "", "nytt"),
        (Freshness.UNCHANGED, "2027-03-20", "oförändrat, nästa publicering 20\u00a0mars 2027"),
        (Freshness.UNCHANGED, "", "oförändrat, nästa publicering är inte känd"),
        (Freshness.MISSING, "", "uppgift saknas"),
    ],
)
def test_the_age_of_data_is_told(freshness, next_publication, text):
    each = result(SCHOOL, freshness=freshness, next_publication=next_publication)
    assert notes.freshness(each) == text


def test_an_ended_indicator_tells_when():
    each = result(replace(SCHOOL, ended=2024), freshness=Freshness.ENDED)
    assert notes.freshness(each) == "upphört 2024"


def test_own_processing_is_never_called_koladas():
    real = replace(REPORT, synthetic=False, sources=())
    line = notes.source_line(result(SCHOOL), real, own_processing=True)
    assert line == "Egen bearbetning av data från Kolada, N15428."


def test_raw_values_name_their_source():
    real = replace(REPORT, synthetic=False, sources=())
    line = notes.source_line(result(SCHOOL), real, own_processing=False)
    assert line == "Källa: Kolada, N15428."


def test_made_up_values_are_never_called_koladas_alone():
    line = notes.source_line(result(SCHOOL), REPORT, own_processing=False)
    assert line == "Källa: Syntetiska data (Kolada-likt), N15428."


@pytest.mark.parametrize(
    ("families", "told"),
    [
        ((), "Inget har kunnat prövas: det saknas värden eller något att jämföra med."),
        ((FamilyCount(Question.LEVEL, 24, 0),), "Ingen av 24 prövningar gav ett säkert utslag."),
        ((FamilyCount(Question.LEVEL, 1, 0),), "Den enda prövningen gav inget säkert utslag."),
        (
            (FamilyCount(Question.LEVEL, 24, 2),),
            "Två av 24 prövningar gav utslag, men åt andra hållet eller i andra rutor.",
        ),
    ],
)
def test_an_empty_quadrant_says_why(families, told):
    bare = replace(REPORT, families=families, all_evidence=())
    assert notes.empty_quadrant(Quadrant.STRENGTH, bare) == f"Inga styrkor. {told}"


def test_an_empty_quadrant_says_how_much_could_not_be_decided():
    unsure = tuple(
        replace(school(verdict=Verdict.UNDECIDED, reference=peers_of(70.0)), id=f"B-{i}")
        for i in range(3)
    )
    few = replace(REPORT, families=(FamilyCount(Question.LEVEL, 24, 0),), all_evidence=unsure)
    assert notes.empty_quadrant(Quadrant.STRENGTH, few).endswith(" 3 kunde inte avgöras.")


def test_messages_are_at_most_five_and_one_an_indicator():
    told = messages.messages(LOOK)
    assert len(told) == len({each.what for each in told}) == 5


def test_the_heaviest_message_comes_first():
    assert messages.messages(LOOK)[0].what.text == "Svarstiden på synpunkter är kortare än målet."


def test_a_weakness_without_measure_asks_for_a_decision():
    each = school(reference=peers_of(77.4))
    asked = messages.decision(finding(Quadrant.WEAKNESS, "W1", each, 1.0), (), LOOK)
    assert asked == "Beslut behövs: åtgärd saknas."


def test_a_weakness_with_a_measure_under_way_asks_for_nothing():
    each = school(reference=peers_of(77.4))
    under_way = Atgard("Å-1", "n", "Läxhjälp", Status.RUNNING, indicator="N15428")
    weak = finding(Quadrant.WEAKNESS, "W1", each, 1.0)
    assert messages.decision(weak, (under_way,), LOOK) == ""


def test_a_weakness_that_outlived_its_measure_asks_for_a_decision():
    each = school(reference=peers_of(77.4))
    done = Atgard("Å-1", "n", "Läxhjälp", Status.DONE, indicator="N15428")
    weak = finding(Quadrant.WEAKNESS, "W1", each, 1.0)
    asked = messages.decision(weak, (done,), LOOK)
    assert asked == "Beslut behövs: åtgärden är klar, men läget kvarstår."


def test_a_strength_asks_for_nothing():
    strong = finding(Quadrant.STRENGTH, "S1", school(reference=peers_of(60.0)), 1.0)
    assert messages.decision(strong, (), LOOK) == ""


def test_measures_are_named_with_their_status():
    under_way = Atgard("Å-1", "n", "Läxhjälp", Status.RUNNING)
    assert messages.measures_text((under_way,)) == "Åtgärd: Läxhjälp (pågår)."
