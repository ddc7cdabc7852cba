"""Every word of the example pages is held to plain Swedish: språklagen, numbers, and no slant."""

import os
import re
import warnings
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from example_pages import PAGES, RESIDENT_PAGES, ReadPage, example_pages
from reading import readability, spelled, words
from written_words import every_written

from kvalitetslib.render import IndexRow, index_page, wording
from kvalitetslib.render.sentences import claims
from kvalitetslib.report import Certainty

HARDEST_LIX = 45
"""Below it a text is of middle difficulty; official texts lie around 50 to 60 (Björnsson 1968)."""
LONGEST_MEDIAN = 15
LONGEST_MEDIAN_FOR_RESIDENTS = 12
FEWEST_SENTENCES = 10
LONGEST_SENTENCE = 35
REVIEWED = Path(__file__).parents[1] / "granskade_ord.txt"
DICTIONARIES = (Path("/usr/share/hunspell/sv_SE"), Path("/usr/share/myspell/dicts/sv_SE"))
NBSP = "\u00a0"

BUREAUCRATIC = (
    r"ska ej|skall|erhåll\w*|avseende|beträffande|m\.\s?m\.|m\.\s?fl\.|gällande|samt|därav|varav"
    r"|hänförlig\w*|vidta\w*|tillse\w*|föreligg\w*|inneha\w*|nyttja\w*|handha\w*|icke|såsom"
    r"|ovanstående|nedanstående|vederbörande|jämväl|därest|ifrågavarande|dylik\w*|resp\.|t\.\s?ex\."
    r"|bl\.\s?a\.|d\.\s?v\.\s?s\.|dvs|etc|inom ramen för|i syfte att|med anledning av|till följd av"
    r"|på grund av att|i enlighet med|enligt ovan|i det fall|huruvida|åtgärdspaket|säkerställa att"
)
JUDGING = (
    r"kraftig\w*|dramatisk\w*|markant\w*|betydande|avsevär\w*|anmärkningsvär\w*|oroande|glädjande"
    r"|alarmerande|katastrof\w*|utmärkt\w*|fantastisk\w*|imponerande|bekymmer\w*|naturligtvis"
    r"|självklar\w*|tyvärr|lyckligtvis|äntligen|signifikant\w*|pinsam\w*|strålande|usel\w*"
)
ENGLISH = (
    "the|and|of|with|without|from|which|that|this|these|not|was|were|been|being|does|than|between"
    "|mean|value|values|level|levels|higher|lower|upper|more|less|change|group|groups|missing"
    "|unknown|year|years|month|months|quarter|january|february|march|june|july|october|monday"
    "|tuesday|wednesday|thursday|friday|saturday|sunday|women|girls|boys|none|true|false|nan|inf"
    "|null|undefined|timestamp|dtype|object|error|warning|figure|table|chart|click|loading|untitled"
)
WRONG_NUMBERS = {
    "a decimal point": r"(?<![\d.])(?<!WCAG )\d+\.\d+(?![\d.])",
    "a hyphen for minus": r"(?<![\w–−-])-\d",
    "a breaking space in thousands": r"(?<![\d\u00a0])\d{1,3} \d{3}(?!\d)(?! %)",
    "percent without a no-break space": r"\d[ ]?%(?<!\u00a0%)",
    "a date in digits": r"\b\d{4}-\d\d-\d\d\b(?! §)",
    "a period in code": r"\b20\d\d[KM]\d",
    "one of many": r"(?<![\w,.–−\u00a0/-])[−+]?1[ \u00a0](?:procentenheter|dagar|personer|enheter"
    r"|kommuner|kronor|veckor|månader|prövade|funna|värden|indikatorer|svar eller)\b",
    "a placeholder": r"[{}]",
}
DIFFERENCE_IN_PERCENT = rf"(?i)skillnad\w* (?:är|var|på)(?: nu)? [^.]*?\d{NBSP}%"
WOMEN = re.compile(r"(?i)\b(?:kvinnor|flickor)(?:na)?s?\b")
MEN = re.compile(r"(?i)\b(?:män|männen|pojkar|pojkarna)s?\b")
TURNED = {("män", "kvinnor"), ("pojkar", "flickor")}
DEFINITE = r"(?:\w|-)+(?:n|t|na|s)\b"


@pytest.fixture(scope="session")
def page_of() -> Callable[[str], ReadPage]:
    """A page by its name; all are built the first time."""
    return lambda name: example_pages()[name]


@pytest.fixture
def read(request: pytest.FixtureRequest, page_of: Callable[[str], ReadPage]) -> ReadPage:
    return page_of(request.param)


@pytest.fixture(scope="session")
def knows() -> Callable[[str], bool]:
    """Whether the Swedish dictionary has a word."""
    found = next((each for each in DICTIONARIES if each.with_suffix(".dic").is_file()), None)
    if found is None:
        told = "a Swedish Hunspell dictionary is not installed (Debian: hunspell-sv)"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    hunspell = pytest.importorskip("spylls.hunspell")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves its files to be closed
        look_up: Callable[[str], bool] = hunspell.Dictionary.from_files(str(found)).lookup
    return lru_cache(maxsize=None)(look_up)


def reviewed() -> list[list[str]]:
    """The words on the list, one list a section; a line that begins with # is a heading."""
    sections: list[list[str]] = [[]]
    for line in REVIEWED.read_text("utf-8").splitlines():
        if line.startswith("#"):
            sections.append([])
        elif line:
            sections[-1].append(line)
    return [each for each in sections if each]


def listed() -> set[str]:
    return {word for section in reviewed() for word in section}


def found(pattern: str, page: ReadPage) -> list[str]:
    """Passages with a match, shortened round it."""
    rule = re.compile(pattern)
    hits = [(each.text, rule.search(each.text)) for each in page.read]
    return [
        text[max(hit.start() - 40, 0) : hit.end() + 40] for text, hit in hits if hit is not None
    ]


def alone(pattern: str) -> str:
    """The words of the pattern as whole words, in small letters or large."""
    return rf"(?i)(?<![\w-])(?:{pattern})(?![\w-])"


every_page = pytest.mark.parametrize("read", PAGES, indirect=True)


# --- sentences ------------------------------------------------------------------------------------


@every_page
def test_the_middle_sentence_is_short(read: ReadPage) -> None:
    assert readability(read.sentences).median <= LONGEST_MEDIAN


@every_page
def test_no_sentence_is_too_long(read: ReadPage) -> None:
    assert [each for each in read.sentences if len(words(each)) > LONGEST_SENTENCE] == []


@every_page
def test_the_text_is_not_hard_to_read(read: ReadPage) -> None:
    assert readability(read.sentences).lix <= HARDEST_LIX


@every_page
def test_a_page_has_enough_sentences_to_measure(read: ReadPage) -> None:
    assert len(read.sentences) >= FEWEST_SENTENCES


@pytest.mark.parametrize("read", RESIDENT_PAGES, indirect=True)
def test_residents_get_shorter_sentences(read: ReadPage) -> None:
    assert readability(read.sentences).median <= LONGEST_MEDIAN_FOR_RESIDENTS


# --- words ----------------------------------------------------------------------------------------


@every_page
def test_no_word_is_bureaucratic(read: ReadPage) -> None:
    assert found(alone(BUREAUCRATIC), read) == []


@every_page
def test_no_word_judges(read: ReadPage) -> None:
    assert found(alone(JUDGING), read) == []


@every_page
def test_no_english_word_leaks(read: ReadPage) -> None:
    leaked = re.compile(alone(ENGLISH))
    told = {word for each in read.read for word in spelled(each.text) if leaked.fullmatch(word)}
    assert told == set()


@every_page
def test_no_name_from_the_code_leaks(read: ReadPage) -> None:
    assert found(r"(?<![\w.])[a-z]+_[a-z]+(?![\w.])", read) == []


@every_page
def test_every_word_is_swedish(read: ReadPage, knows: Callable[[str], bool]) -> None:
    seen = {word for each in read.read for word in spelled(each.text)}
    assert sorted(word for word in seen - listed() if not knows(word)) == []


def test_every_template_and_catalogue_text_is_swedish(knows: Callable[[str], bool]) -> None:
    seen = {word for text in every_written() for word in spelled(text)}
    assert sorted(word for word in seen - listed() if not knows(word)) == []


def test_the_reviewed_words_are_needed(
    page_of: Callable[[str], ReadPage], knows: Callable[[str], bool]
) -> None:
    shown = {word for name in PAGES for each in page_of(name).read for word in spelled(each.text)}
    shown |= {word for text in every_written() for word in spelled(text)}
    assert sorted(word for word in listed() if word not in shown or knows(word)) == []


def test_the_reviewed_words_stand_in_order() -> None:
    assert reviewed() == [sorted(set(each), key=wording.collation) for each in reviewed()]


# --- certainty and percent ------------------------------------------------------------------------


@every_page
def test_only_what_is_tested_is_called_certain(read: ReadPage) -> None:
    certain = [
        each
        for each in read.report.all_evidence
        if claims.certainty(each).lower() == Certainty.SECURED.value
    ]
    untested = [e.id for e in certain if e.p is None and e.q is None and e.low is None]
    assert untested == []


@every_page
def test_a_difference_between_shares_is_never_in_percent(read: ReadPage) -> None:
    assert found(DIFFERENCE_IN_PERCENT, read) == []


# --- numbers and dates ----------------------------------------------------------------------------


@every_page
@pytest.mark.parametrize("fault", WRONG_NUMBERS)
def test_numbers_and_dates_are_swedish(read: ReadPage, fault: str) -> None:
    codes = ("N", "U", "X-", "medborgar", "skolenkat", "hme", "KF ")
    prose = [each for each in found(WRONG_NUMBERS[fault], read) if not each.startswith(codes)]
    assert [each for each in prose if not re.search(r"\w+:\w+|\w/\w|[A-Z]-\w", each)] == []


# --- women, men and others ------------------------------------------------------------------------


@every_page
def test_women_are_named_before_men(read: ReadPage) -> None:
    both = [each.text for each in read.read if WOMEN.search(each.text) and MEN.search(each.text)]
    assert [each for each in both if MEN.search(WOMEN.split(each, maxsplit=1)[0])] == []


@every_page
def test_women_stand_before_men_in_columns_and_rows(read: ReadPage) -> None:
    texts = [each.text.lower() for each in read.read]
    men_first = [(a, b) for a, b in pairwise(texts) if (a, b) in TURNED]
    assert men_first == []


@every_page
def test_those_of_another_sex_are_not_folded_into_others(read: ReadPage) -> None:
    listed_sexes = [e.text for e in read.read if re.search(r"(?i)\bkvinnor \d.*; män \d", e.text)]
    assert [each for each in listed_sexes if not re.search(r"(?i)\bannat\b", each)] == []


# --- order and names ------------------------------------------------------------------------------


@every_page
def test_lists_of_names_are_in_swedish_order(read: ReadPage) -> None:
    lists = re.findall(r'<ul class="lista spalter">(.*?)</ul>', read.html, re.DOTALL)
    names = [re.findall("<li>(.*?)</li>", each) for each in lists]
    assert names == [sorted(each, key=wording.collation) for each in names]


def test_the_index_is_in_swedish_order() -> None:
    names = ("Ödeshög", "Åmål", "Ängelholm", "Arboga")
    rows = [IndexRow(str(n), name, "x", "Nämnden", "x.html") for n, name in enumerate(names)]
    html = index_page(rows, "2026K3")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == ["Arboga", "Åmål", "Ängelholm", "Ödeshög"]


@every_page
def test_what_is_followed_has_a_definite_name(read: ReadPage) -> None:
    subjects = [each.indicator.subject for each in read.report.indicators]
    subjects += [each.indicator.subject for one in read.report.surveys for each in one.items]
    assert [each for each in subjects if not re.match(DEFINITE, each)] == []
