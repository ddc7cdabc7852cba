"""What evidence from surveys says, and the numbers beside it."""

from dataclasses import replace

import pytest
from example_report import example_report, known, of_survey
from example_survey import rich_survey

from kvalitetslib.model import Group, ReferenceKind
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import claims, notes, reasons, rules
from kvalitetslib.report import Certainty, Question, Reference, Verdict

REPORT = example_report()
LOOK = Lookup(REPORT)
NBSP = "\u00a0"
SUBJECT = "Andelen invånare som är trygga ute en mörk kväll"
INNER = "andelen invånare som är trygga ute en mörk kväll"
BEFORE = Reference(ReferenceKind.EARLIER, "mätningen 2024", 67.0)
GAP_BEFORE = Reference(ReferenceKind.EARLIER, "skillnaden 2024", 2.0)
MEN = Reference(ReferenceKind.GROUP, "män", 65.0)
WOMEN_NOW = known(57.0, 53.0, 61.0, 611)
NEW = Group(other="Tid i kommunen: mindre än 2 år")


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (
            of_survey("f01", Question.TREND, Verdict.WORSE, reference=BEFORE),
            f"{SUBJECT} har minskat sedan mätningen 2024.",
        ),
        (
            of_survey("f01", Question.TREND, Verdict.BETTER, cell=known(72.0), reference=BEFORE),
            f"{SUBJECT} har ökat sedan mätningen 2024.",
        ),
        (
            of_survey("f01", Question.TREND, Verdict.LEVEL, reference=BEFORE),
            f"{SUBJECT} är på samma nivå som i mätningen 2024.",
        ),
        (
            of_survey("f01", Question.TREND, Verdict.UNDECIDED, reference=BEFORE),
            f"Det går inte att avgöra om {INNER} har förändrats sedan mätningen 2024.",
        ),
        (
            of_survey(
                "f01",
                Question.LEVEL,
                Verdict.WORSE,
                reference=Reference(ReferenceKind.GOAL, "målet", 70.0),
            ),
            f"{SUBJECT} är lägre än målet.",
        ),
        (
            of_survey(
                "f01",
                Question.GAP,
                Verdict.WORSE,
                group=Group("K"),
                cell=WOMEN_NOW,
                reference=MEN,
            ),
            f"{SUBJECT} är lägre bland kvinnor än bland män.",
        ),
        (
            of_survey(
                "f01",
                Question.GAP,
                Verdict.WORSE,
                group=NEW,
                cell=known(52.0),
                reference=Reference(ReferenceKind.GROUP, "övriga", 63.0),
            ),
            f"{SUBJECT} är lägre i gruppen ”tid i kommunen: mindre än 2 år” än bland övriga.",
        ),
        (
            of_survey(
                "f01",
                Question.GAP,
                Verdict.UNDECIDED,
                group=NEW,
                cell=known(52.0),
                reference=Reference(ReferenceKind.GROUP, "övriga", 63.0),
            ),
            "Det går inte att avgöra om gruppen ”tid i kommunen: mindre än 2 år” skiljer sig från "
            f"övriga. Det gäller {INNER}.",
        ),
        (
            of_survey(
                "f01", Question.GAP_TREND, Verdict.WORSE, group=Group("K"), reference=GAP_BEFORE
            ),
            f"Skillnaden mellan kvinnor och män har ökat sedan mätningen 2024. Det gäller {INNER}.",
        ),
        (
            of_survey(
                "f01", Question.GAP_TREND, Verdict.LEVEL, group=Group("K"), reference=GAP_BEFORE
            ),
            "Skillnaden mellan kvinnor och män är lika stor som i mätningen 2024. "
            f"Det gäller {INNER}.",
        ),
        (
            of_survey("f01", Question.DRIVER, Verdict.BETTER, certainty=Certainty.LIKELY),
            f"Uppgifterna tyder på att {INNER} är högre än genomsnittet för frågorna i matrisen, "
            "och svaren har ett starkt samband med helhetsbetyget.",
        ),
    ],
)
def test_each_answer_has_its_sentence(each, text):
    assert claims.claim(each, LOOK).text == text


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (
            of_survey(
                "f01",
                Question.GAP,
                Verdict.WORSE,
                group=Group("K"),
                cell=WOMEN_NOW,
                reference=MEN,
            ),
            f"57{NBSP}% mot 65{NBSP}%, n{NBSP}={NBSP}611 (53–61{NBSP}%).",
        ),
        (
            of_survey("f01", Question.TREND, Verdict.WORSE, reference=BEFORE),
            f"61{NBSP}% mot 67{NBSP}% i mätningen 2024, n{NBSP}={NBSP}1{NBSP}159 (58–64{NBSP}%).",
        ),
        (
            of_survey(
                "f01", Question.GAP_TREND, Verdict.WORSE, group=Group("K"), reference=GAP_BEFORE
            ),
            f"Skillnaden var 2{NBSP}procentenheter i mätningen 2024 "
            f"och är nu 8{NBSP}procentenheter.",
        ),
        (
            of_survey(
                "f01",
                Question.GAP_TREND,
                Verdict.WORSE,
                group=Group("K"),
                reference=GAP_BEFORE,
                difference=-10.0,
            ),
            f"Skillnaden var 2{NBSP}procentenheter i mätningen 2024, åt andra hållet, "
            f"och är nu 8{NBSP}procentenheter.",
        ),
        (
            of_survey("f02", Question.DRIVER, Verdict.WORSE, cell=known(35.0, 32.0, 38.0, 1102)),
            f"Frågan har 46{NBSP}% av det samlade sambandet (38–53{NBSP}%). "
            f"Nivån nu: 35{NBSP}%, n{NBSP}={NBSP}1{NBSP}102 (32–38{NBSP}%).",
        ),
        (
            of_survey(
                "f05",
                Question.TREND,
                Verdict.WORSE,
                cell=known(-15.0, -20.0, -10.0, 1131),
                reference=Reference(ReferenceKind.EARLIER, "mätningen 2024", -3.0),
            ),
            f"NPS −15 mot −3 i mätningen 2024, n{NBSP}={NBSP}1{NBSP}131 (−20 till −10).",
        ),
    ],
)
def test_the_why_line_gives_value_n_and_interval(each, text):
    assert reasons.why(each, LOOK) == text


def test_no_sentence_about_a_relation_speaks_of_effect():
    each = next(e for e in REPORT.all_evidence if e.question is Question.DRIVER)
    told = f"{claims.claim(each, LOOK).text} {reasons.why(each, LOOK)}".lower()
    assert [word for word in ("effekt", "påverkar", "orsak", "leder till") if word in told] == []


def test_the_rules_of_drivers_are_in_words():
    assert {"S4", "W5"} <= set(rules.RULES)


def test_two_waves_have_rules_and_names_of_their_own():
    each = of_survey("f01", Question.TREND, Verdict.WORSE, reference=BEFORE)
    assert notes.question_name(each, is_asked=True) == "Förändring sedan förra mätningen"
    assert rules.rule_line("T1", is_asked=True) == (
        "T1: Värdet har rört sig åt det dåliga hållet mellan två mätningar."
    )


def test_an_indicator_keeps_the_words_of_a_trend():
    each = next(e for e in REPORT.all_evidence if e.question is Question.TREND)
    assert notes.question_name(each, is_asked=LOOK.is_asked(each)) == "Trend"


def test_a_question_is_found_as_an_indicator_with_its_latest_value():
    cell, period = LOOK.latest("medborgar:f01")
    assert (LOOK.indicator("medborgar:f01").subject, cell.value, period) == (SUBJECT, 61.0, "2026")


def test_an_indicator_goes_before_a_question_of_the_same_name():
    item = rich_survey().items[0]
    same = replace(item, indicator=replace(item.indicator, id="N15428"))
    survey = replace(rich_survey(), items=(same,))
    look = Lookup(replace(REPORT, surveys=(survey,)))
    about = next(each for each in REPORT.all_evidence if each.indicator == "N15428")
    assert not look.is_asked(about)
