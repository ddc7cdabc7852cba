"""Small multiples of all indicators, the map of areas, and the two waves of a survey on a page."""

import re
from dataclasses import replace

import pytest
from example_report import empty_report, example_report

from kvalitetslib.render.area_drawings import area_tiles
from kvalitetslib.render.cards import indicator_cards
from kvalitetslib.render.chapters.enkat import enkat
from kvalitetslib.render.chapters.folja_upp import counted, folja_upp
from kvalitetslib.render.chapters.likvardighet import likvardighet
from kvalitetslib.render.chapters.planera import goal_outcome
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.notes import VERDICT_WORDS
from kvalitetslib.report import Question, Report, Verdict

PLACES = {"centrum": (1, 2), "norrmalm": (1, 1), "sjovik": (2, 2)}


def with_places(report: Report) -> Report:
    areas = tuple(replace(each, tile=PLACES[each.nyckel]) for each in report.areas)
    return replace(report, areas=areas)


def test_every_indicator_has_a_card_with_value_and_verdict_in_words() -> None:
    report = example_report()
    cards = indicator_cards(report.indicators, Lookup(report), name="Alla").cards
    assert [each.title.text for each in cards] == [e.indicator.title for e in report.indicators]
    assert all(each.value for each in cards)
    assert [each.verdict.text for each in cards] == [
        VERDICT_WORDS[each.verdict] for each in report.indicators
    ]


def test_a_card_leads_to_a_place_in_the_page() -> None:
    report = example_report()
    cards = indicator_cards(report.indicators, Lookup(report), name="Alla").cards
    led = [each.title.href for each in cards if each.title.href]
    assert led
    assert all(href.startswith(("#ind-", "#belagg-")) for href in led)


def test_the_grid_comes_first_and_its_table_is_folded() -> None:
    html = folja_upp(example_report()).html
    assert html.index('class="rutnat"') < html.index("Visa som tabell")
    assert html.index("Visa som tabell") < html.index("<caption>Alla indikatorer")


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ((Verdict.WORSE, Verdict.BETTER), "En av 2 indikatorer är sämre och en är bättre"),
        ((Verdict.WORSE,), "Den enda indikatorn är sämre"),
        ((Verdict.BETTER, Verdict.LEVEL), "Ingen av 2 indikatorer är sämre och en är bättre"),
        ((Verdict.UNDECIDED,) * 2, "Ingen av 2 indikatorer är säkert bättre eller sämre"),
    ],
)
def test_the_heading_of_the_grid_counts_the_verdicts(
    verdicts: tuple[Verdict, ...], told: str
) -> None:
    one = example_report().indicators[0]
    held = tuple(replace(one, verdict=each) for each in verdicts)
    assert counted(replace(empty_report(), indicators=held)) == told


def test_areas_with_places_are_drawn_where_they_lie() -> None:
    html = likvardighet(with_places(example_report())).html
    assert "diagram-tiles" in html
    assert "På kartan är rutan mörkare" in html


def test_areas_without_places_have_no_map() -> None:
    html = likvardighet(example_report()).html
    assert "diagram-tiles" not in html
    assert "På kartan" not in html


def test_a_map_needs_two_areas() -> None:
    report = with_places(example_report())
    parted = next(each for each in report.indicators if each.breakdown)
    lone = replace(parted, breakdown=parted.breakdown[:1])
    assert area_tiles(lone, report, (), id="k", title="t") is None


def test_two_waves_are_a_slope_with_a_table_of_its_own() -> None:
    html = enkat(example_report()).html
    figure = re.search(r'<figure[^>]*id="forandring-.*?</figure>', html, re.DOTALL)
    assert figure is not None
    assert "diagram-slope" in figure[0]
    assert "Förra mätningen och den här" in figure[0]


def test_no_figure_is_headed_by_a_name_alone() -> None:
    html = likvardighet(example_report()).html
    headings = re.findall(r"<figcaption><h\d[^>]*>(.*?)</h\d>", html)
    assert headings
    assert [each for each in headings if " efter ålder och område" in each] == []


def test_a_goal_that_is_not_due_is_judged_by_its_pace() -> None:
    report = example_report()
    move = next(each for each in report.all_evidence if each.question is Question.MOVE)
    slow = replace(move, verdict=Verdict.WORSE)
    goal = next(each for each in report.goals if each.indicator == move.indicator)
    alone = replace(report, all_evidence=(replace(slow, group=goal.group),))
    assert goal_outcome(goal, Lookup(alone)).text == "rör sig för långsamt mot målet"
