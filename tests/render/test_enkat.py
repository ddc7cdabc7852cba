"""The chapter on surveys: values with what they rest on, and nothing that must be hidden."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from example_report import empty_report, example_report
from example_survey import LONG_TEXT, SMALL, bare_survey, rich_survey

from kvalitetslib.model import Group
from kvalitetslib.register import Goal, GoalKind
from kvalitetslib.render import CHAPTERS
from kvalitetslib.render.chapters import barn, enkat, evidence, method, planera, summary
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import surveys
from kvalitetslib.render.splits import is_group, split_names, splits
from kvalitetslib.survey_result import Slice, SliceResult, WeightReport

REPORT = example_report()
RICH, BARE = rich_survey(), bare_survey()
HOSTILE = "<script>x</script>{{ 7*7 }}javascript:y\"'&"
NBSP = "\u00a0"


def only(survey):
    return replace(REPORT, surveys=(survey,))


def text_of(chapter):
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", chapter.html))


HTML = enkat(only(RICH)).html
TEXT = text_of(enkat(only(RICH)))
BARE_TEXT = text_of(enkat(only(BARE)))


def test_a_namnd_without_surveys_says_so_in_one_line():
    assert text_of(enkat(empty_report())).strip() == (
        "Vad enkäterna säger Nämnden har ingen enkät för perioden."
    )


def test_a_survey_says_who_was_asked_and_how_many_answered():
    assert "Medborgarenkäten, 2026 Enkäten gick till folkbokförda 18 år och äldre." in TEXT
    assert f"Av 2{NBSP}800 tillfrågade svarade 1{NBSP}180 (42{NBSP}%)." in TEXT


def test_a_survey_without_a_known_sample_says_so():
    assert "9 svarade. Antalet tillfrågade är inte angivet." in BARE_TEXT


def test_the_overview_gives_value_interval_n_change_and_dont_know():
    row = (
        "Hur trygg är du när du går ute en mörk kväll? Trygghet "
        f"61{NBSP}% andel positiva 58–64{NBSP}% 1{NBSP}159 ▼ Sämre −6 (−10 till −2) "
        f"4{NBSP}%"
    )
    assert row in TEXT


def test_a_question_asked_for_the_first_time_cannot_be_compared():
    assert f"58{NBSP}% andel positiva 54–62{NBSP}% 702 kan inte jämföras" in TEXT


def test_a_score_below_nought_has_its_interval_in_words():
    assert "−15 NPS, −100 till 100 −20 till −10" in TEXT


def test_a_question_with_a_finding_states_it_as_its_heading():
    assert re.search(
        '<h5 id="fraga-medborgar--f02-r"><span data-belagg="B-[0-9a-f]{8}">'
        "Uppgifterna tyder på att andelen invånare som tycker att "
        "de kan påverka kommunens beslut är lägre än genomsnittet för frågorna i matrisen",
        HTML,
    )


def test_a_question_without_a_finding_states_its_value_as_its_heading():
    assert f"Betyget på kommunen som en plats att leva på är 6,5{NBSP}poäng</h5>" in HTML


def test_a_figure_says_which_answers_are_counted():
    assert "andel som svarar ”Ganska trygg” eller ”Mycket trygg”" in TEXT


def test_the_answers_add_up_in_the_chart_and_the_table():
    bar = re.search('<svg[^>]*aria-labelledby="svar-medborgar--f01-t.*?</svg>', HTML, re.S)[0]
    told = re.findall(rf"(\d+){NBSP}%", re.search("<desc[^>]*>(.*?)</desc>", bar)[1])
    assert sum(int(each) for each in told) == 100


def test_women_come_before_men_and_withheld_groups_are_told_in_words():
    chart = re.search('<svg[^>]*aria-labelledby="grupp-medborgar--f01-1-t.*?</svg>', HTML, re.S)[0]
    told = re.search("<desc[^>]*>(.*?)</desc>", chart)[1]
    assert told.startswith(f"kvinnor 57{NBSP}%; män 65{NBSP}%; annat visas inte, för få svar")


def test_an_uncertain_value_is_marked_in_words_and_by_its_line():
    assert re.search(f"n{NBSP}={NBSP}81,</tspan><tspan[^>]*>osäkert", HTML)
    assert 'class="error own uncertain"' in HTML


def test_groups_stand_under_the_printed_name_of_their_background():
    assert split_names(RICH) == {
        "kon": "Kön",
        "alder": "Ålder",
        "omrade": "Område",
        "tid": "Tid i kommunen",
    }


def test_a_background_that_nobody_is_counted_by_keeps_its_key():
    bare = splits(BARE.items[0].groups, split_names(BARE))
    assert [each.label for each in bare] == ["Grupp"]


@pytest.mark.parametrize(
    ("group", "is_it"),
    [
        (Group(other="Tid i kommunen: mindre än 2 år"), True),
        (Group(other="Skola: Torgskolan"), False),
        (Group("K"), False),
        (Group(), False),
    ],
)
def test_a_group_of_evidence_is_found_among_the_slices(group, is_it):
    part = SliceResult(
        Slice((("tid", "mindre än 2 år"),), "mindre än 2 år"), SMALL, None, None, None
    )
    assert is_group(part, group) is is_it


def test_a_found_group_is_raised_in_the_chart():
    chart = re.search('<svg[^>]*aria-labelledby="grupp-medborgar--f01-2-t.*?</svg>', HTML, re.S)[0]
    assert re.search('class="row strong"[^>]*>mindre än 2 år<', chart)


def test_standardised_areas_stand_beside_the_raw_ones():
    assert f"Norrmalm 44{NBSP}% 62{NBSP}% 57–67{NBSP}%" in TEXT
    assert surveys.STANDARDISED in TEXT


def test_crossings_are_a_grid_with_small_cells_in_words():
    assert "Ålder och kön Ålder Kvinnor Män Annat 18–29 år" in TEXT
    cell = f"18–29 år 60{NBSP}% 50–70{NBSP}%, n{NBSP}={NBSP}40, osäkert för få svar –"
    assert cell in TEXT


def test_the_chart_of_changes_says_how_many_are_found():
    assert "En av två frågor har en säkerställd förändring sedan mätningen 2024" in TEXT


def test_the_matrix_lists_its_points_by_importance():
    named = re.findall(r">(\d\. [^<]*)<", HTML)
    assert [each.strip() for each in named] == [
        "1. Hur bra eller dåligt kan du påverka det som kommunen beslutar?",
        "2. En annan nämnds fråga",
        "3. Hur trygg är du när du går ute en mörk kväll?",
    ]


def test_the_matrix_speaks_of_relations_and_not_of_causes():
    assert "Matrisen visar samband, inte orsak." in TEXT
    assert not re.search("effekt|påverkar", TEXT.replace("designeffekt", ""))


def test_a_survey_without_an_overall_grade_has_no_matrix():
    assert "Prioriteringsmatris saknas" in BARE_TEXT


def test_who_answered_stands_by_part_of_the_sample_and_by_group():
    assert f"Centrum Del av urvalet 1{NBSP}400 644 46{NBSP}% 60{NBSP}% 55{NBSP}% 60{NBSP}%" in TEXT
    assert "annat Kön – visas inte" in TEXT


def test_the_least_alike_group_is_the_heading():
    assert f"18–29 år är 7{NBSP}% av de svarande och 18{NBSP}% av befolkningen" in TEXT


def test_weights_are_explained_with_what_they_cost_and_changed():
    wanted = (
        "Den minsta är 0,31 och den största 3,42.",
        f"1{NBSP}180 svar ger lika säkra resultat som 960 obundet valda (designeffekt 1,23).",
        "Tre vikter var mycket stora och har sänkts.",
        "Viktningen ändrade mest frågan ”Hur trygg är du när du går ute en mörk kväll?”, "
        f"med 2,7{NBSP}procentenheter.",
        "De rättar inte till att den som är intresserad av ämnet oftare svarar.",
        "Borttagna svar: 4 (tom rad) och 1 (dubblett av löpnummer).",
    )
    assert [each for each in wanted if each not in TEXT] == []


def test_equal_weights_are_no_weights():
    flat = replace(RICH, weights=WeightReport("designvikter", 1.0, 1.0, 1.0, 1180.0, 0, 0.0, "f01"))
    assert surveys.weighting(flat) == ("Svaren är inte vägda: varje svar räknas lika.",)
    assert "Efter viktning" not in text_of(enkat(only(flat)))


def test_a_survey_with_everything_withheld_has_no_figure_and_no_number():
    html = enkat(only(BARE)).html
    assert "<figure" not in html
    assert "visas inte: för få svar" in BARE_TEXT
    assert "31,7" not in html
    assert f"32{NBSP}%" not in html


def test_a_long_question_is_told_whole():
    assert " ".join(LONG_TEXT.split()) in BARE_TEXT


def test_a_withheld_group_is_never_on_the_page():
    items = tuple(
        replace(
            each,
            groups=tuple(replace(part, cell=SMALL, n=1357, earlier=SMALL) for part in each.groups),
        )
        for each in RICH.items
    )
    html = "".join(each(only(replace(RICH, items=items))).html for each in CHAPTERS)
    assert f"1{NBSP}357" not in html
    assert "−8</div>" not in html


def test_a_withheld_answer_takes_the_bar_away():
    items = tuple(
        replace(each, answers=tuple(replace(share, share=SMALL) for share in each.answers))
        for each in RICH.items
    )
    html = enkat(only(replace(RICH, items=items))).html
    assert "diagram-shares" not in html
    assert "visas inte: för få svar" in html


def test_headings_never_skip_a_level():
    levels = [int(each) for each in re.findall(r"<h(\d)", enkat(REPORT).html)]
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_ids_are_unique_and_ascii():
    ids = re.findall(r'\bid="([^"]+)"', enkat(REPORT).html)
    assert len(ids) == len(set(ids)) > 30
    assert all(each.isascii() for each in ids)


def test_every_table_has_a_caption():
    html = enkat(REPORT).html
    assert html.count("<table") == html.count("<caption>") > 10


def test_two_runs_give_the_same_bytes():
    assert enkat(REPORT).html == enkat(example_report()).html


def test_hostile_text_is_inert():
    items = tuple(
        replace(
            each,
            item=replace(each.item, text=HOSTILE, subject=HOSTILE, theme=HOSTILE),
            indicator=replace(each.indicator, title=HOSTILE, subject=HOSTILE),
            answers=tuple(replace(share, label=HOSTILE) for share in each.answers),
            groups=tuple(
                replace(part, slice=replace(part.slice, label=HOSTILE)) for part in each.groups
            ),
        )
        for each in RICH.items
    )
    hostile = replace(RICH, name=HOSTILE, source=HOSTILE, note=HOSTILE, design=HOSTILE, items=items)
    html = "".join(each(only(hostile)).html for each in CHAPTERS)
    assert "<script" not in html
    assert not re.search(r'(?:href|src)="(?!#|[a-z-]+-nasta-period\.csv")', html)


def test_most_important_questions_are_drawn_when_nothing_is_found():
    look = Lookup(replace(REPORT, findings=()))
    assert [each.item.id for each in look.figured_items(RICH)] == ["f01", "f02", "f03", "f04"]


def test_questions_about_children_stand_in_the_chapter_on_children():
    text = text_of(barn(REPORT))
    assert "Medborgarenkäten: frågor som gäller barn" in text
    assert "Andelen invånare som tycker att barnens vägar till skolan är trygga är lägre" in text


def test_the_first_page_counts_the_questions_about_children():
    assert "En enkätfråga gäller barn." in text_of(summary(REPORT))


def test_evidence_of_two_waves_is_never_called_a_trend():
    look = Lookup(REPORT)
    ids = [each.id for each in REPORT.all_evidence if look.is_asked(each)]
    html = evidence(REPORT).html
    told = [re.search(f'id="belagg-{id.lower()}".*?</details>', html, re.S)[0] for id in ids]
    plain = [re.sub("<[^>]*>", " ", each).lower() for each in told]
    assert [each for each in plain if "trend" in each or "per år" in each] == []


def test_evidence_about_a_question_leads_to_its_figure():
    assert 'href="#fraga-medborgar--f02">Diagram' in evidence(REPORT).html


def test_a_goal_for_a_question_is_told_with_its_unit_and_value():
    goal = Goal("M-9", "barn-och-utbildning", GoalKind.KKF, "Tryggare", "medborgar:f01", target=70)
    text = text_of(planera(replace(REPORT, goals=(goal,), goal_states=())))
    assert f"beslut saknas 70{NBSP}% 61{NBSP}% 2026" in text


def test_the_relevant_difference_of_a_question_is_told():
    text = text_of(method(REPORT))
    assert "Hur trygga är barnens vägar till skolan? medborgar:f03 högt är bra" in text
