import re
from dataclasses import replace
from datetime import date

import pytest
from example_report import SAFE, SMALL, empty_report, example_report, points, result

from kvalitetslib.model import Group
from kvalitetslib.register import Outcome
from kvalitetslib.render import CHAPTERS
from kvalitetslib.render.anchors import evidence_anchor, slug
from kvalitetslib.render.chapters import (
    accessibility,
    atgarda,
    barn,
    cover,
    evidence,
    folja_upp,
    genomfora,
    glossary,
    hidden,
    infor_nasta,
    kvalitetssakra,
    likvardighet,
    method,
    planera,
    run_record,
    sources,
    summary,
    swot,
    tables,
)
from kvalitetslib.render.parts import Cell, Figure, Table, style
from kvalitetslib.report import Question, Series

REPORT = example_report()
HOSTILE = "<script>x</script>{{ 7*7 }}javascript:y\"'&"


def text_of(chapter):
    without_style = re.sub("<style>.*?</style>", "", chapter.html, flags=re.S)
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", without_style))


def test_chapters_come_in_reading_order():
    ids = [each(REPORT).id for each in CHAPTERS]
    assert ids == [
        "forsatt",
        "laget",
        "nytt",
        "planera",
        "genomfora",
        "folja-upp",
        "kostnad-kvalitet",
        "enkater",
        "loften-synpunkter",
        "medarbetare-ekonomi",
        "likvardighet",
        "barn",
        "omvarld",
        "nulagesanalys",
        "dialog",
        "atgarda",
        "kvalitetssakra",
        "infor-nasta-period",
        "belagg",
        "tabeller",
        "metod",
        "kallor-och-metod",
        "dolda-uppgifter",
        "oppna-data",
        "ordlista",
        "tillganglighet",
        "korprotokoll",
    ]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_shows_itself_in_a_notebook(chapter):
    made = chapter(REPORT)
    assert made._repr_html_() == made.html


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_gives_the_same_bytes_twice(chapter):
    assert chapter(REPORT).html == chapter(example_report()).html


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_without_data_is_still_a_chapter(chapter):
    assert len(text_of(chapter(empty_report()))) > 20


@pytest.mark.parametrize("chapter", CHAPTERS[1:])
def test_every_chapter_but_the_cover_begins_with_its_heading(chapter):
    made = chapter(REPORT)
    assert re.findall("<h2[^>]*>(.*?)</h2>", made.html) == [made.title]


def test_the_cover_carries_the_style_first():
    assert cover(REPORT).html.startswith(style())


def test_the_cover_says_that_data_are_made_up():
    assert "Syntetiska data." in text_of(cover(REPORT))


def test_the_cover_of_real_data_says_no_such_thing():
    assert "Syntetiska data" not in text_of(cover(replace(REPORT, synthetic=False)))


def test_the_cover_names_namnd_quarter_and_meeting():
    text = text_of(cover(REPORT))
    wanted = (
        "Barn- och utbildningsnämnden",
        "kvartal\u00a03 2026",
        "12\u00a0november 2026",
        "30\u00a0september 2026",
    )
    assert [each for each in wanted if each not in text] == []


def test_the_steps_of_the_wheel_lead_to_places_on_the_page():
    html = "".join(each(REPORT).html for each in CHAPTERS)
    steps = re.findall('<a[^>]*href="#([^"]+)"', cover(REPORT).html)
    assert [step for step in steps if f'id="{step}"' not in html] == []


def test_every_link_within_the_page_has_a_target():
    html = "".join(each(REPORT).html for each in CHAPTERS)
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall('href="#([^"]+)"', html)) - ids == set()


def test_ids_are_unique_and_ascii():
    ids = re.findall(r'\bid="([^"]+)"', "".join(each(REPORT).html for each in CHAPTERS))
    assert len(ids) == len(set(ids))
    assert all(each.isascii() for each in ids)


def test_the_summary_asks_for_decisions():
    assert "Beslut behövs: åtgärd saknas." in text_of(summary(REPORT))


def test_the_summary_tells_of_children():
    assert "Sex indikatorer gäller barn: 1 bättre, 1 sämre" in text_of(summary(REPORT))


def test_the_quadrants_come_in_order():
    names = re.findall(r'<h3 id="ruta-[a-z]+">(.*?)</h3>', swot(REPORT).html)
    assert names == ["Styrkor", "Svagheter", "Möjligheter", "Hot"]


def test_an_empty_quadrant_has_a_reason():
    assert "Inga styrkor. Inget har kunnat prövas" in text_of(swot(empty_report()))


def test_findings_beyond_the_most_shown_stand_among_the_evidence():
    hidden = next(each for each in REPORT.findings if not each.shown)
    anchor = f'id="fynd-{hidden.id.lower()}"'
    assert anchor not in swot(REPORT).html
    assert anchor in evidence(REPORT).html


def test_a_finding_says_where_the_same_indicator_is_heading():
    text = text_of(swot(REPORT))
    wanted = (
        "Svaghet nu, och på väg åt fel håll: se hot",
        "Svaghet nu, och på väg åt fel håll: se svaghet",
        "Styrka nu, men andra utvecklas bättre: se hot",
        "Styrka nu, men andra utvecklas bättre: se styrka",
    )
    assert [each for each in wanted if each not in text] == []


def test_best_and_worst_are_said_to_be_chosen_alike():
    assert "Det bästa och det sämsta är valt med samma regel." in text_of(swot(REPORT))


def test_what_is_doubted_is_listed_first_and_in_no_quadrant():
    html = swot(REPORT).html
    list_, quadrants = html.split('<div class="swot">')
    doubted = next(each for each in REPORT.findings if each.doubted)
    assert f'id="fynd-{doubted.id.lower()}"' in list_
    assert doubted.evidence[0] not in quadrants


def test_a_doubt_says_what_was_expected():
    text = text_of(swot(REPORT))
    assert "långt utanför den vanliga variationen. Väntat: 2,1–4,4." in text
    assert "exakt detsamma många perioder i rad." in text


def test_what_is_doubted_is_no_message():
    doubted = next(each for each in REPORT.findings if each.doubted)
    assert f"fynd-{doubted.id.lower()}" not in summary(REPORT).html


@pytest.mark.parametrize("chapter", [swot, evidence])
def test_a_judgement_stands_beside_the_verdict(chapter):
    text = text_of(chapter(REPORT))
    assert "Bedömning av utredare 12\u00a0oktober 2026" in text
    assert "Rektorerna ser detsamma. Se dagordningen." in text


def test_a_rejected_finding_stays_with_its_rejection():
    card = swot(REPORT).html.split("<article")[1]
    assert "Svarstiden på synpunkter är kortare än målet" in card
    assert "avfärda" in card


def test_a_judgement_of_evidence_that_is_gone_is_still_told():
    assert "B-00000000. Bedömning av utredare" in text_of(sources(REPORT))


def test_the_method_tells_of_goals_families_and_limits():
    text = text_of(method(REPORT))
    wanted = (
        "En kritisk kvalitetsfaktor ska hålla sin nivå.",
        "Ett utvecklingsmål ska nås i tid.",
        "Benjamini och Bogomolov 2014",
        "Helheten öppnar för grupperna",
        "hela intervallet ska ligga inom den relevanta skillnaden",
        "Varje ruta visar högst fem fynd.",
    )
    assert [each for each in wanted if each not in text] == []


def test_goals_stand_with_their_decision():
    text = text_of(planera(REPORT))
    assert "§ 129, KS 2025/341, 2025-11-24" in text
    assert "beslut saknas" in text


def test_goals_without_measure_are_listed():
    text = text_of(planera(REPORT))
    assert "Mål utan åtgärd: Fler elever ska bli behöriga till gymnasiet" in text


def test_what_goes_on_stands_with_its_time_and_who_answers_for_it():
    text = text_of(genomfora(REPORT))
    assert "pågår" in text
    assert "klar " not in text


def test_what_is_to_be_mended_without_measure_is_listed_first():
    html = atgarda(REPORT).html
    assert html.index("Så möts svagheter och hot") < html.index("Alla åtgärder")
    assert re.search(
        r'fynd saknar åtgärd\. (De|Det) står under <a href="#infor-nasta-period">', html
    )
    assert "Beslut behövs: åtgärd saknas." in infor_nasta(REPORT).html


def test_a_measure_that_has_been_tested_leads_to_its_evidence():
    effect = next(each for each in REPORT.all_evidence if each.question is Question.EFFECT)
    html = atgarda(REPORT).html
    assert f'href="#{evidence_anchor(effect.id)}"' in html
    assert f'href="#effekt-{slug(effect.text)}"' in html


def test_the_wedge_holds_what_is_finished():
    text = text_of(kvalitetssakra(REPORT))
    decided = [each for each in REPORT.atgarder if each.outcome is Outcome.STANDARDISE]
    assert [each.practice for each in decided if each.practice not in text] == []


def test_the_next_period_begins_with_what_is_to_be_decided():
    text = text_of(infor_nasta(REPORT))
    assert "Beslut behövs: åtgärd saknas." in text
    assert "Nya värden väntas" in text


def test_a_goal_whose_day_has_passed_is_told():
    due = replace(REPORT.goals[0], due=date(2026, 6, 30))
    assert "30\u00a0juni 2026 har passerat" in text_of(infor_nasta(replace(REPORT, goals=(due,))))


def test_all_values_stand_in_one_table_for_each_kind_of_period():
    text = text_of(tables(REPORT))
    assert "Behöriga till yrkesprogram Procent flickor 81,8 79,5 77,9 76,6 75,0 74,2" in text
    assert "Månadsvärden" in text


def test_a_withheld_value_stands_as_withheld_among_the_tables():
    first, *others = REPORT.indicators
    series = first.series[0]
    points = (*series.points[:-1], replace(series.points[-1], cell=SMALL))
    shown = replace(first, series=(replace(series, points=points), *first.series[1:]))
    text = text_of(tables(replace(REPORT, indicators=(shown, *others))))
    assert "visas inte" in text


def test_the_words_are_explained():
    assert "Kritisk kvalitetsfaktor" in text_of(glossary(REPORT))


def test_the_kommun_owns_the_accessibility_statement():
    text = text_of(accessibility(REPORT))
    assert "Exempelkommun ansvarar för tillgängligheten" in text
    assert "Det här är inte prövat" in text


def test_the_run_is_recorded():
    text = text_of(run_record(replace(REPORT, earlier="2026K2")))
    wanted = ("kvartal\u00a02 2026", "version 0.1.0", REPORT.checksum, "5\u00a0oktober 2026")
    assert [each for each in wanted if each not in text] == []


def test_a_namnd_without_goals_says_so():
    assert "Mål saknas." in text_of(planera(empty_report()))


def test_the_overview_tells_verdict_value_reference_and_age():
    text = text_of(folja_upp(REPORT))
    wanted = (
        "▼ Sämre",
        "68,2\u00a0%",
        "77,4\u00a0% liknande kommuner",
        "oförändrat, nästa publicering 20\u00a0mars 2027",
        "upphört 2024",
    )
    assert [each for each in wanted if each not in text] == []


def test_a_figure_states_its_finding_and_its_source():
    text = text_of(folja_upp(REPORT))
    assert "Svarstiden på synpunkter är kortare än målet " in text
    assert "Medianer och kvartiler är egen bearbetning." in text


def test_a_series_break_is_told_with_its_cause():
    assert "Serien bryts 2021: ny läroplan." in text_of(folja_upp(REPORT))


def test_women_and_men_stand_side_by_side_with_the_direction():
    text = text_of(likvardighet(REPORT))
    row = "Behöriga till yrkesprogram 2025 74,2\u00a0% 62,3\u00a0% 11,9\u00a0procentenheter"
    assert f"{row} ◆ trolig skillnad växer" in text


def test_indicators_without_split_are_listed():
    text = text_of(likvardighet(REPORT))
    assert "Könsuppdelning finns inte" in text
    assert "Kostnad för grundskolan" in text


def test_a_withheld_group_is_told_in_words_in_chart_and_table():
    html = likvardighet(REPORT).html
    assert "80 år och äldre visas inte, för få i gruppen" in html
    assert re.search("80 år och äldre</th>\\s*<td[^>]*>visas inte, för få", html)


def test_children_have_their_own_chapter_also_when_there_are_none():
    text = text_of(barn(empty_report()))
    assert "Data saknas: ingen av nämndens indikatorer eller enkätfrågor gäller barn." in text


def test_the_chapter_on_children_leaves_others_out():
    text = text_of(barn(REPORT))
    assert "Barn i förskola" in text
    assert "Svarstid" not in text


def test_evidence_tells_test_family_and_rows():
    text = text_of(evidence(REPORT))
    wanted = (
        "q-värde, korrigerat 0,003",
        "p-värde mindre än 0,001",
        "Familj av prövningar 24 prövade, 3 funna",
        "Rader i källan N15428, T, 2017–2025",
        "Regel W1: Nivån är sämre än det den jämförs med.",
        "Maskinens bedömning Sämre",
        "Underlagets kontrollsumma 3f9c3f9c3f9c",
    )
    assert [each for each in wanted if each not in text] == []


def test_evidence_has_a_mark_to_note_when_it_is_judged():
    state = REPORT.all_evidence[0].state
    text = text_of(evidence(REPORT))
    assert f"Läge {state}" in text
    assert "Läge är ett märke. Skriv det i bedomningar.csv" in text


def test_evidence_keeps_the_whole_checksum():
    assert f'title="{"3f9c" * 16}"' in evidence(REPORT).html


def test_evidence_of_a_goal_names_the_goal_and_its_decision():
    wanted = "Mål Fler elever ska bli behöriga till gymnasiet, § 129, KS 2025/341, 2025-11-24"
    assert wanted in text_of(evidence(REPORT))


def test_evidence_of_a_need_tells_now_and_then():
    text = text_of(evidence(REPORT))
    wanted = ("Antal 2025 5\u00a0210\u00a0personer", "Förändring i riket +4,0\u00a0%")
    assert [each for each in wanted if each not in text] == []


def test_the_appendices_tell_dates_limits_and_what_is_hidden():
    text = " ".join(text_of(each(REPORT)) for each in (sources, method, hidden))
    wanted = (
        "5\u00a0oktober 2026",
        "5 personer",
        "7 prövade, 3 funna",
        "Trygga i sitt område för få i gruppen 3",
        "70,4\u00a0% 70,0\u00a0%",
        "Elever per dator (upphörde 2024)",
        "Gymnasieexamen inom tre år",
    )
    assert [each for each in wanted if each not in text] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_hostile_text_is_inert(chapter):
    hostile = replace(
        REPORT,
        kommun_namn=HOSTILE,
        namnd_namn=HOSTILE,
        checksum=HOSTILE,
        indicators=tuple(
            replace(
                each,
                source=HOSTILE,
                next_publication=HOSTILE,
                indicator=replace(each.indicator, title=HOSTILE, subject=HOSTILE, unit=HOSTILE),
            )
            for each in REPORT.indicators
        ),
        goals=tuple(replace(each, title=HOSTILE, decision=HOSTILE) for each in REPORT.goals),
        atgarder=tuple(replace(each, title=HOSTILE, role=HOSTILE) for each in REPORT.atgarder),
        all_evidence=tuple(
            replace(each, text=HOSTILE, source=HOSTILE, rule=HOSTILE)
            for each in REPORT.all_evidence
        ),
        areas=tuple(replace(each, namn=HOSTILE) for each in REPORT.areas),
        sources=tuple(replace(each, name=HOSTILE, note=HOSTILE) for each in REPORT.sources),
        judgements=tuple(
            replace(each, role=HOSTILE, reason=HOSTILE, comment=HOSTILE)
            for each in REPORT.judgements
        ),
        demand=tuple(replace(each, ages=HOSTILE, source=HOSTILE) for each in REPORT.demand),
    )
    html = chapter(hostile).html
    assert "<script" not in html
    assert not re.search(r'(?:href|src)="(?!#|[a-z-]+-nasta-period\.csv")', html)
    assert "{{ 7*7 }}" in html or "7*7" not in html
    assert " 49" not in re.sub("<svg.*?</svg>", "", html, flags=re.S).replace(style(), "")


def test_a_withheld_value_is_never_on_the_page():
    whole = points(["2024", "2025"], [83.0, 86.3])
    hidden = replace(
        REPORT,
        indicators=(
            result(
                SAFE,
                latest=whole[-1],
                series=(
                    Series(Group(), whole),
                    Series(Group("K"), points(["2025"], [None])),
                    Series(Group("M"), points(["2025"], [80.0])),
                ),
            ),
        ),
        all_evidence=tuple(
            replace(each, cell=SMALL, group=Group("K"), difference=13.579)
            if each.indicator == SAFE.id
            else each
            for each in REPORT.all_evidence
        ),
    )
    html = "".join(each(hidden).html for each in CHAPTERS)
    assert "86,3\u00a0% mot" not in html
    assert "13,6" not in html
    assert "13,58" not in html
    assert "visas inte: för få i gruppen" in html


def test_a_table_has_caption_scopes_and_right_aligned_numbers():
    html = Table("Mått", ("År", "Värde"), (("2025", "1"),), frozenset({1})).__html__()
    assert "<caption>Mått</caption>" in html
    assert '<th scope="row">2025' in html
    assert '<table class="siffror">' in html


def test_a_table_names_its_columns_of_numbers_once():
    html = Table("M", ("A", "B", "C"), (("a", "1", "c"),), frozenset({1})).__html__()
    assert '<table class="tal1">' in html


def test_every_column_of_numbers_has_its_rule():
    assert [f".tal{each} tr" in style() for each in range(1, 10)] == [True] * 9


def test_a_table_of_cards_keeps_its_meaning_for_screen_readers():
    html = Table("M", ("A", "B"), (("a", "b"),), as_cards=True).__html__()
    assert 'role="rowheader"' in html
    assert 'role="cell" data-namn="B"' in html


def test_a_cell_links_within_the_page():
    html = Table("M", ("A",), ((Cell("a", href="#b"),),)).__html__()
    assert '<a href="#b">a</a>' in html


def test_a_figure_has_its_table_beneath():
    figure = Figure("f", "Titel", "år", (), "Källa: x.", (Table("T", ("A",), (("a",),)),))
    html = figure._repr_html_()
    assert html.index("Källa: x.") < html.index("Visa som tabell") < html.index("<caption>T")
