"""No word in a generated text says more than its evidence: facts, no colour, no causes."""

import re

import pytest
from example_report import example_report
from words_cases import EVERY

from kvalitetslib.render import CHAPTERS
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import effects
from kvalitetslib.render.sentences.claims import claim
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.report import Certainty, Question, Verdict

REPORT = example_report()
LOOK = Lookup(REPORT)
COLOURED = (
    "kraftig|dramatisk|markant|tydlig|betydande|avsevärd|anmärkningsvärd|oroande|glädjande|alarmerande"
    "|katastrofal|utmärkt|fantastisk|imponerande|bekymmersam|dålig|extremt|rejäl|ordentlig"
    "|signifikant|naturligtvis|självklart|tyvärr|lyckligtvis|äntligen"
    r"|bra\b|bör\b|mycket\b|måste\b"
)
CAUSAL = (
    "beror på|orsak|tack vare|eftersom|därför|på grund av|leder till|bidrar|medför|resulterar|till "
    "följd av|effekt av|ger upphov|förklaras av|gör att"
)
SURE = "säkerställd|bevisa|garanter|utan tvekan|säkert|alltid|aldrig"
UNJUDGED = " det är inte bestämt vad som är bra."
"""What is said where nothing is judged; it is about the direction, not about the value."""


def told(each):
    """The text of a claim and its reason, without what is said against reading too much into it."""
    text = f"{claim(each, LOOK).text} {why(each, LOOK)}"
    for disclaimer in (effects.COINCIDES, UNJUDGED, "inget säkert starkt samband"):
        text = text.replace(disclaimer, "")
    return text.lower()


def words_in(text, words):
    return re.findall(rf"\b(?:{words})\w*", text)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: f"{each.question}-{each.verdict}")
def test_no_text_is_coloured(each):
    assert words_in(told(each), COLOURED) == []


@pytest.mark.parametrize("each", EVERY, ids=lambda each: f"{each.question}-{each.verdict}")
def test_no_text_speaks_of_causes(each):
    assert words_in(told(each), CAUSAL) == []


@pytest.mark.parametrize("each", EVERY, ids=lambda each: f"{each.question}-{each.verdict}")
def test_no_text_claims_more_certainty_than_it_has(each):
    assert words_in(told(each), SURE) == []


@pytest.mark.parametrize(
    "each", [each for each in EVERY if each.verdict is Verdict.UNDECIDED], ids=lambda e: e.question
)
def test_what_is_undecided_takes_no_side(each):
    text = told(each)
    assert (
        words_in(text, "bättre|sämre|snabbare|långsamt|fallit|stigit|sjunkit|växer|krymper") == []
    )


@pytest.mark.parametrize(
    "each",
    [
        each
        for each in EVERY
        if each.certainty is Certainty.LIKELY
        and each.verdict in (Verdict.BETTER, Verdict.WORSE)
        and each.question not in (Question.RESPONSE, Question.DEMAND)
    ],
    ids=lambda each: f"{each.question}-{each.verdict}",
)
def test_what_is_likely_says_so(each):
    assert claim(each, LOOK).text.startswith("Uppgifterna tyder på att ")


@pytest.mark.parametrize(
    "each", [each for each in EVERY if each.question is Question.EFFECT], ids=lambda e: e.verdict
)
def test_before_and_after_is_told_as_two_things_at_once(each):
    is_decided = each.verdict in (Verdict.BETTER, Verdict.WORSE)
    assert (effects.COINCIDES in claim(each, LOOK).text) is is_decided


def test_every_question_and_verdict_is_among_the_texts():
    asked = {(each.question, each.verdict) for each in EVERY}
    assert {(q, v) for q in Question for v in Verdict} - asked == set()


def test_the_claims_on_the_page_are_not_coloured():
    html = "".join(each(REPORT).html for each in CHAPTERS)
    said = " ".join(re.findall(r'<span data-belagg="[^"]*">(.*?)</span>', html)).lower()
    said = said.replace(effects.COINCIDES.lower(), "").replace(UNJUDGED, "")
    assert words_in(said, f"{COLOURED}|{CAUSAL}") == []
