"""The sentences agree with every noun of the catalogue, and count every unit rightly."""

import re
import tomllib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from example_report import SCHOOL, example_report
from words_cases import EVERY

from kvalitetslib import catalogue
from kvalitetslib.model import Indicator
from kvalitetslib.render import wording
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import claims
from kvalitetslib.render.sentences.reasons import why
from kvalitetslib.render.sentences.terms import comparative
from kvalitetslib.report import Evidence, Question, Report

REPORT = example_report()
FILES = sorted(Path(catalogue.__file__).parent.glob("*.toml"))
ENTRIES = [each for path in FILES for each in tomllib.loads(path.read_text("utf-8"))["indikator"]]
SUBJECTS = sorted({each["subjekt"] for each in ENTRIES})
UNITS = sorted({each["enhet"] for each in ENTRIES} | {"procent av eleverna", "barn", "timmar"})
SHARES = [each for each in UNITS if wording.is_share(each)]
OTHERS = [each for each in UNITS if "procent" not in each]
OWN_WORDS = (Question.DEMAND, Question.OUTLOOK, Question.RESPONSE)
"""What is said of needs, of the outside world and of a whole survey has no indicator's noun."""
CASES = [e for e in EVERY if e.indicator == SCHOOL.id and e.question not in OWN_WORDS]
AGREEING = (
    "stor|stort|stora|störst|liten|litet|små|hög|högt|höga|låg|lågt|låga|god|gott|goda"
    "|bra|dålig|dåligt|dåliga|stabil|stabilt|stabila|oförändrad|oförändrat|oförändrade|bibehållen"
    "|bibehållet|bibehållna|säkerställd|säkerställt|säkerställda|jämn|jämnt|jämna|nöjd|nöjda"
    "|tillräcklig|tillräckligt|tillräckliga|prövad|prövat|prövade|relevant|relevanta|ny|nytt|nya"
)
PRONOUNS = "den|det|de|dess|deras|denna|detta|dessa"
"""Words that would have to be chosen by the gender or number of the subject they point at."""
NO_PRONOUN = (
    "(?i)det (?:går|gäller|saknas|sammanfaller|visar|är inte bestämt|hade|som)"
    "|den takt|att den är orsaken|den bästa fjärdedelen|de tre åren"
)
"""Where those words point at no noun, or at one that the sentence has itself."""
NBSP = "\u00a0"


def told_of(subject: str, each: Evidence) -> str:
    """The claim and its reason when the indicator is called by this name."""
    school = replace(SCHOOL, subject=subject)
    look = Lookup(_report_with(school))
    return claims.claim(each, look).text


def _report_with(indicator: Indicator) -> Report:
    results = [
        replace(each, indicator=indicator) if each.indicator.id == indicator.id else each
        for each in REPORT.indicators
    ]
    return replace(REPORT, indicators=tuple(results))


def forms(each: Evidence) -> dict[str, set[str]]:
    """The sentences without their subject, each with the subjects that got it."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject in SUBJECTS:
        text = told_of(subject, each)
        for name in (wording.capital(subject), wording.lower_first(subject)):
            text = text.replace(name, "NAMN")
        found[text].add(subject)
    return found


def test_there_is_a_noun_for_each_indicator() -> None:
    assert len(SUBJECTS) > 200


@pytest.mark.parametrize("each", CASES, ids=lambda each: f"{each.question}-{each.verdict}")
def test_no_form_of_a_sentence_depends_on_the_noun(each: Evidence) -> None:
    (form,) = forms(each)
    assert "NAMN" in form


@pytest.mark.parametrize("each", CASES, ids=lambda each: f"{each.question}-{each.verdict}")
def test_nothing_that_bends_is_said_of_the_noun(each: Evidence) -> None:
    text = told_of("Utsläppen av växthusgaser", each)
    bent = rf"växthusgaser(?: bland \w+)? (?:är|blir|har varit|ligger) (?:{AGREEING})\b"
    assert re.search(bent, text) is None


@pytest.mark.parametrize("each", CASES, ids=lambda each: f"{each.question}-{each.verdict}")
def test_no_pronoun_points_back_at_the_noun(each: Evidence) -> None:
    text = re.sub(NO_PRONOUN, "", told_of("Utsläppen av växthusgaser", each))
    assert re.findall(rf"(?i)\b(?:{PRONOUNS})\b", text) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_noun_stands_well_first_and_inside(subject: str) -> None:
    text = " ".join(told_of(subject, each) for each in CASES)
    assert re.search(r"\s{2}|\s[.,:]|\.\.|[a-zåäö]\.[A-ZÅÄÖ]", text) is None


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Handläggningstiden för bygglov", ("längre", "kortare")),
        ("Svarstiden på synpunkter", ("längre", "kortare")),
        ("Andelen som är hemma på fritiden", ("högre", "lägre")),
        ("Utsläppen av växthusgaser", ("högre", "lägre")),
    ],
)
def test_a_time_is_longer_and_all_else_is_higher(subject: str, words: tuple[str, str]) -> None:
    named = replace(SCHOOL, subject=subject)
    assert tuple(comparative(named, is_more=each) for each in (True, False)) == words


@pytest.mark.parametrize("each", EVERY, ids=lambda each: f"{each.question}-{each.verdict}")
def test_a_claim_inside_a_sentence_has_its_adverbs_before_the_verb(each: Evidence) -> None:
    inside = claims.claim(each, Lookup(REPORT)).text.partition("tyder på att ")[2]
    first = inside.split(". ")[0]
    turned = r"\b(?:har|är|når|rör|kan|ligger|skiljer)(?: sig)? (?:hittills|inte|aldrig|alltid)\b"
    assert re.search(turned, first) is None


# --- percent and percentage points ----------------------------------------------------------------


def numbers_in(unit: str) -> list[str]:
    """What is said of every case, with its reason, when the values are counted in the unit."""
    look = Lookup(_report_with(replace(SCHOOL, unit=unit)))
    return [f"{claims.claim(each, look).text} {why(each, look)}" for each in CASES]


@pytest.mark.parametrize("unit", SHARES)
def test_a_difference_between_shares_is_counted_in_points(unit: str) -> None:
    wrong = rf"[+−]\d[\d,]*{NBSP}%|(?:[Ss]killnad\w*|[Tt]akten) (?:är|var)(?: nu)? \d[\d,]*{NBSP}%"
    wrong += rf"|finns \d[\d,]*{NBSP}% att vinna|{NBSP}% per år"
    assert [each for each in numbers_in(unit) if re.search(wrong, each)] == []


@pytest.mark.parametrize("unit", SHARES)
def test_a_difference_between_shares_is_told_at_all(unit: str) -> None:
    assert any("procentenhet" in each for each in numbers_in(unit))


@pytest.mark.parametrize("unit", OTHERS)
def test_what_is_no_share_is_never_in_percent(unit: str) -> None:
    assert [each for each in numbers_in(unit) if re.search("procent|%", each)] == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [1.0, -1.0])
def test_one_is_singular(unit: str, value: float) -> None:
    plural = r"1[ \u00a0](?:procentenheter|dagar|minuter|timmar|enheter|kronor)\b"
    told = (
        wording.distance(value, unit),
        wording.signed_distance(value, unit),
        wording.least(1.0, unit),
    )
    assert [each for each in told if re.search(plural, each)] == []
