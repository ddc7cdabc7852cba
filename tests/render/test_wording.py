from dataclasses import replace
from datetime import date

import pytest

from kvalitetslib.model import Area, Direction, Group, Indicator, Perspective
from kvalitetslib.render import times, wording

AREAS = (Area("norr", "Norrmalm"),)
SHARE = Indicator(
    id="N1",
    title="Andel",
    subject="Andelen",
    unit="procent",
    direction=Direction.HIGH,
    decimals=1,
    delta=5.0,
    perspective=Perspective.RESULT,
    source="Kolada",
    area="x",
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.0, 0, "0"),
        (-0.04, 1, "0,0"),
        (68.25, 1, "68,3"),
        (2.675, 2, "2,68"),
        (-3.4, 1, "\u22123,4"),
        (1204.0, 0, "1\u00a0204"),
        (104974.0, 0, "104\u00a0974"),
        (1234567.891, 2, "1\u00a0234\u00a0567,89"),
        (1e12, 0, "1\u00a0000\u00a0000\u00a0000\u00a0000"),
    ],
)
def test_numbers_have_decimal_comma_and_thin_thousands(value, decimals, text):
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize(
    ("one", "other"), [(0.0, -0.0), (1, 1.0), (1, True), (2**53, float(2**53))]
)
def test_values_that_are_equal_are_written_alike_so_that_a_text_may_be_kept(one, other):
    write = wording.number.__wrapped__
    assert write(one, 1) == write(other, 1)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (68.2, "procent", 1, "68,2\u00a0%"),
        (4.0, "procent av budget", 0, "4\u00a0% av budget"),
        (3.4, "procentenheter", 1, "3,4\u00a0procentenheter"),
        (1.0, "procentenheter", 0, "1\u00a0procentenhet"),
        (12.0, "dagar", 0, "12\u00a0dagar"),
        (1.0, "dagar", 0, "1\u00a0dag"),
        (1.0, "dagar", 1, "1,0\u00a0dagar"),
        (104974.0, "kronor per elev", 0, "104\u00a0974\u00a0kronor per elev"),
        (61.0, "index", 0, "61"),
        (5.2, "antal", 1, "5,2"),
        (12.0, "antal per 1 000 invånare", 0, "12\u00a0per 1\u00a0000 invånare"),
    ],
)
def test_units_follow_in_words(value, unit, decimals, text):
    assert wording.quantity(value, unit, decimals) == text


def test_a_difference_between_shares_is_in_percentage_points_and_has_no_sign():
    assert wording.distance(-3.44, "procent", 1) == "3,4\u00a0procentenheter"


def test_a_difference_between_days_is_in_days():
    assert wording.distance(2.0, "dagar", 0) == "2\u00a0dagar"


def test_two_values_get_the_decimals_that_tell_them_apart():
    assert wording.pair(68.21, 68.24, SHARE) == ("68,21\u00a0%", "68,24\u00a0%")


def test_values_beside_each_other_name_a_unit_in_words_once():
    days = replace(SHARE, unit="dagar", decimals=0)
    assert wording.against(22.0, 14.0, days) == "22 mot 14\u00a0dagar"


def test_shares_beside_each_other_both_have_their_sign():
    assert wording.against(68.2, 77.4, SHARE) == "68,2\u00a0% mot 77,4\u00a0%"


def test_two_equal_values_are_left_alone():
    assert wording.pair(68.2, 68.2, SHARE) == ("68,2\u00a0%", "68,2\u00a0%")


def test_signed_zero_has_no_sign():
    assert wording.signed(-0.01, 1) == "0,0"


def test_signed_numbers_show_plus_and_minus():
    assert (wording.signed(2.0, 1), wording.signed(-2.0, 1)) == ("+2,0", "\u22122,0")


def test_a_tiny_probability_is_never_nought():
    assert wording.probability(1e-9) == "mindre än 0,001"


def test_small_counts_are_words_and_large_ones_digits():
    assert [wording.count(n) for n in (1, 3, 12, 13)] == ["en", "tre", "tolv", "13"]


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_lists_are_joined_with_och(items, text):
    assert wording.join(items) == text


def test_swedish_letters_come_last_and_accents_do_not_count():
    names = ["Öckerö", "Åmål", "Ängelholm", "Zinkgruvan", "Idé", "ide b", "Ale"]
    expected = ["Ale", "Idé", "ide b", "Zinkgruvan", "Åmål", "Ängelholm", "Öckerö"]
    assert sorted(names, key=wording.collation) == expected


def test_digits_sort_before_letters():
    assert sorted(["b", "1", "a"], key=wording.collation) == ["1", "a", "b"]


@pytest.mark.parametrize(
    ("group", "children", "text"),
    [
        (Group(), False, "alla"),
        (Group("K"), False, "kvinnor"),
        (Group("K"), True, "flickor"),
        (Group("M"), True, "pojkar"),
        (Group(age="6–15 år"), True, "6–15 år"),
        (Group("M", "80 år och äldre", "norr"), False, "män, 80 år och äldre, Norrmalm"),
        (Group(area="okänt"), False, "okänt"),
        (Group("X"), False, "kön X"),
    ],
)
def test_groups_have_names(group, children, text):
    assert wording.group_name(group, children=children, areas=AREAS) == text


def test_a_group_inside_a_sentence():
    phrase = wording.group_phrase(Group("K", "6–15 år", "norr"), children=True, areas=AREAS)
    assert phrase == "bland flickor i åldern 6–15 år i Norrmalm"


def test_women_come_before_men():
    groups = sorted([Group("M"), Group("K"), Group("T")], key=wording.group_order)
    assert [each.gender for each in groups] == ["T", "K", "M"]


def test_ages_come_in_order_of_age():
    groups = [Group(age="18–29 år"), Group(age="6–15 år"), Group(age="80 år och äldre")]
    ordered = [each.age for each in sorted(groups, key=wording.group_order)]
    assert ordered == ["6–15 år", "18–29 år", "80 år och äldre"]


def test_abbreviations_keep_their_capitals_inside_a_sentence():
    assert wording.lower_first("SFI-betyget") == "SFI-betyget"


def test_a_sentence_begins_with_a_capital_and_ends_with_one_stop():
    assert [wording.sentence(text) for text in ("två av fem", "Klart!", "")] == [
        "Två av fem.",
        "Klart!",
        "",
    ]


def test_a_date_is_in_words():
    assert times.day(date(2026, 9, 30)) == "30\u00a0september 2026"


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("2025", "2025", "2025"),
        ("2025/26", "läsåret 2025/26", "2025/26"),
        ("2026K3", "kvartal\u00a03 2026", "kv\u00a03 2026"),
        ("2026M09", "september 2026", "sep 2026"),
        ("2026M03", "mars 2026", "mars 2026"),
        ("2026-04-14", "14\u00a0april 2026", "14\u00a0april 2026"),
        ("prognos 2026", "prognos 2026", "prognos 2026"),
    ],
)
def test_periods_are_in_words(text, words, short):
    assert (times.period(text), times.short_period(text)) == (words, short)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-03-20T00:00:00", "20\u00a0mars 2027"),
        ("2027-03", "mars 2027"),
        ("2027-02-31", "2027-02-31"),
        ("våren 2027", "våren 2027"),
    ],
)
def test_a_date_in_iso_form_is_read_and_other_texts_are_kept(text, words):
    assert times.day_of_text(text) == words


@pytest.mark.parametrize(
    ("numbers", "unit", "text"),
    [
        ((53.0, 61.0), "procent", "53–61\u00a0%"),
        ((-20.0, -10.0), "nps", "−20 till −10"),
        ((72.0, 76.0), "index", "72–76"),
    ],
)
def test_an_interval_is_written_so_that_it_can_be_read(numbers, unit, text):
    assert wording.span(*numbers, unit) == text


def test_a_sample_is_never_broken_over_two_lines():
    assert wording.sample(1311) == "n\u00a0=\u00a01\u00a0311"


def test_a_group_of_another_background_keeps_its_own_words():
    group = Group(other="Tid i kommunen: mindre än 2 år")
    assert wording.group_name(group) == "Tid i kommunen: mindre än 2 år"
    assert wording.group_phrase(group) == "i gruppen ”tid i kommunen: mindre än 2 år”"


def test_groups_of_other_backgrounds_come_last():
    groups = [Group(other="Skola: A"), Group(area="norr"), Group(age="6–15 år"), Group("K")]
    ordered = sorted(groups, key=wording.group_order)
    assert ordered == list(reversed(groups))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024", "mätningen 2024"),
        ("2024K2", "mätningen kvartal\u00a02 2024"),
        ("2026M03", "mätningen i mars 2026"),
        ("2024/25", "mätningen läsåret 2024/25"),
    ],
)
def test_a_wave_of_a_survey_is_named_by_its_period(text, told):
    assert times.wave(text) == told
