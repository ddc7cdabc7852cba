"""Planera, Genomföra and Inför nästa period: goals, the line to the meeting, and what is learnt."""

import re
from dataclasses import replace
from datetime import date

import pytest
from example_report import empty_report, example_report

from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.register import Control
from kvalitetslib.render.chapters import genomfora, infor_nasta, planera
from kvalitetslib.render.goal_tables import attained, nested
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell
from kvalitetslib.render.said import Said, plain
from kvalitetslib.render.sentences.attainment import roll_up
from kvalitetslib.wheel import Attainment, GoalState

REPORT = example_report()


def text_of(chapter):
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", chapter.html))


def told(*states):
    return roll_up([GoalState(str(place), each, "") for place, each in enumerate(states)])


def outcome(**words) -> Cell:
    """The judgement of the first goal, whose day is in 2027, with its state changed."""
    look = Lookup(REPORT)
    goal = replace(REPORT.goals[0], **words.pop("goal", {}))
    state = GoalState(goal.id, words.pop("attainment"), REPORT.goal_states[0].evidence, **words)
    return attained(state, goal, look)


# --- goals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (0, "nått"),
        (1, "nått, en månad efter måldatum"),
        (5, "nått, fem månader efter måldatum"),
    ],
)
def test_a_goal_reached_late_says_so(months, expected):
    cell = outcome(attainment=Attainment.REACHED, months_late=months)
    assert plain(cell.text) == expected


def test_a_goal_whose_day_is_to_come_is_not_reached_yet_and_no_fault():
    cell = outcome(attainment=Attainment.MISSED)
    assert (plain(cell.text), cell.tone) == ("inte nått än", "")


def test_a_goal_whose_day_has_passed_is_missed():
    passed = {"due": date(2026, 6, 30)}
    cell = outcome(attainment=Attainment.MISSED, goal=passed, is_late=True)
    assert (plain(cell.text), cell.note, cell.tone) == (
        "inte nått",
        "måldatum har passerat",
        "worse",
    )


def test_a_judgement_of_a_goal_carries_its_evidence():
    cell = outcome(attainment=Attainment.MISSED)
    assert isinstance(cell.text, Said)
    assert cell.text.evidence == (REPORT.goal_states[0].evidence,)


def test_the_goals_are_summed_up():
    reached, missed, unsure, left = (
        Attainment.REACHED,
        Attainment.MISSED,
        Attainment.UNDECIDED,
        Attainment.NOT_TRIED,
    )
    assert told(reached, reached, missed) == "Två av tre prövade mål är nådda."
    assert told(reached, unsure, left, left) == (
        "Ett av två prövade mål är nått. Ett går inte att avgöra. Två prövas inte."
    )
    assert told(missed) == "Det enda prövade målet är inte nått."
    assert told(left) == "Inget mål går att pröva."
    assert told() == ""


def test_the_degree_stands_with_its_interval_and_what_it_is_of():
    text = text_of(planera(REPORT))
    assert "2 av 12 månader, intervall 5–45" in text
    assert "0\u00a0% av vägen" in text


def test_a_dated_goal_tells_what_is_left_and_the_pace():
    text = text_of(planera(REPORT))
    row = "Fler elever ska bli behöriga till gymnasiet 11,8\u00a0procentenheter"
    assert row in text
    assert "per år −1,7\u00a0procentenheter per år 30\u00a0juni 2027" in text


def test_the_line_goes_from_vision_to_meeting():
    row = (
        "Svaren ska komma inom nio dagar del av: Den som lämnar en synpunkt ska få svar inom tio "
        "dagar En kommun som lyssnar Svarstid på synpunkter Ny svarsrutin Hur trygg är du när du "
        "går ute en mörk kväll?"
    )
    assert row in text_of(planera(REPORT))


def test_broken_links_are_listed_goal_by_goal():
    assert "Alla ska trivas i skolan vision, beslut, mått, åtgärd och löfte" in text_of(
        planera(REPORT)
    )


def test_parts_stand_under_the_goal_that_they_are_a_part_of():
    turned = (*reversed(REPORT.goals),)
    ids = [each.id for each in nested(turned)]
    assert ids.index("M-04") == ids.index("M-02") + 1


def test_what_serves_no_goal_and_what_no_goal_is_about_are_listed():
    text = text_of(planera(REPORT))
    assert "Åtgärder utan mål: Två vuxna på varje rast Skolvägsronder" in text
    assert "Mått utan mål" in text


# --- genomföra ------------------------------------------------------------------------------------


def test_assignments_stand_with_their_decision_and_how_late_they_were():
    row = (
        "Ta fram en plan för barnens skolväg § 51, BUN 2026/31, 2026-02-18 30\u00a0juni 2026 "
        "utfört 14\u00a0augusti 2026"
    )
    text = text_of(genomfora(REPORT))
    assert row in text
    assert "utfört, två månader efter måldatum" in text


def test_controls_are_counted_by_quarter():
    text = text_of(genomfora(REPORT))
    assert "kvartal\u00a02 2026 1 1 2 1" in text
    assert "kvartal\u00a04 2026" not in text


def test_a_control_that_is_overdue_is_named_and_one_to_come_is_not():
    text = text_of(genomfora(REPORT))
    assert "Trygga lokaler, planerad 1\u00a0september 2026" in text
    assert "Körning av skolskjuts" not in text


def test_deviations_that_nothing_is_done_about_are_named():
    assert "Mat för allergiska barn" in text_of(genomfora(REPORT))
    mended = replace(REPORT, controls=(replace(REPORT.controls[1], mended=2),))
    assert "Mat för allergiska barn" not in text_of(genomfora(mended))


def test_ideas_are_counted_with_the_share_that_got_an_answer():
    text = text_of(genomfora(REPORT))
    assert "En av två idéer har fått svar, 50\u00a0%." in text
    assert "kvartal\u00a01 2026 1 1 1 1" in text


def test_lists_that_are_missing_are_told():
    text = text_of(genomfora(empty_report()))
    wanted = ("inget uppdrag i mal.csv", "egenkontroll.csv", "Ingen idé finns i ideer.csv")
    assert [each for each in wanted if each not in text] == []


def test_a_namnd_with_controls_to_come_alone_has_no_table():
    ahead = replace(REPORT, controls=(Control("E-9", "x", "Nästa år", date(2027, 2, 1)),))
    assert "Ingen egenkontroll har haft sin dag" in text_of(genomfora(ahead))


# --- inför nästa period ---------------------------------------------------------------------------


def test_the_formula_of_the_order_is_printed():
    text = text_of(infor_nasta(REPORT))
    assert "Poäng = räckvidd × allvar × säkerhet × kostnad." in text
    assert "Behöriga till yrkesprogram åtgärd saknas 1,00 0,42 1,00 0,50 0,210" in text


def test_a_lesson_that_comes_back_tells_whose_it_is_and_what_uses_it():
    text = text_of(infor_nasta(REPORT))
    assert "Fråga dem som väntar vad de vill veta. L-02 Miljönämnden, februari 2026" in text
    assert "samma mått rör sig igen Två vuxna på varje rast" in text
    assert "andra, mars 2026" in text


def test_a_finished_atgard_without_lesson_is_named():
    assert "De här avslutade åtgärderna saknar lärdom: Två vuxna på varje rast" in text_of(
        infor_nasta(REPORT)
    )


def test_good_examples_are_named_with_their_lead():
    text = text_of(infor_nasta(REPORT))
    wanted = (
        "Norrvik Behöriga till yrkesprogram 84,1\u00a0% 2025 70,2\u00a0% "
        "13,9\u00a0procentenheter, minst 8,2 blir bättre",
        "Sjövik Trygga i sitt område 70,2\u00a0%",
    )
    assert [each for each in wanted if each not in text] == []


def test_without_an_example_that_is_said():
    text = text_of(infor_nasta(replace(REPORT, examples=())))
    assert "Ingen liknande kommun är säkert bättre" in text


def test_the_draft_leads_to_its_file():
    html = infor_nasta(REPORT).html
    assert '<a href="barn-och-utbildning-nasta-period.csv">' in html
    assert "Spara en egen kopia innan du ändrar" in html


def test_a_namnd_with_nothing_to_carry_over_has_no_draft_on_its_page():
    html = infor_nasta(with_wheel(empty_report())).html
    assert "nasta-period.csv" not in html
    assert "Det finns inget öppet att föra vidare." in html


def test_what_rests_on_evidence_leads_there():
    html = infor_nasta(REPORT).html
    worst = next(each for each in REPORT.priorities if each.evidence)
    assert f'data-belagg="{worst.evidence}"' in html
