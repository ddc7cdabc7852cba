"""The editions: the same numbers as the nämnd's page, nothing beyond it, and links that lead."""

import re
import time
from dataclasses import replace

import pytest
from example_evidence import finding
from example_pages import MADE_UP, NAMNDER, ReadPage, example_pages
from example_report import empty_report, example_report
from reading import passages, readability, running_text

from kvalitetslib.errors import BuildError
from kvalitetslib.model import Quadrant
from kvalitetslib.render.editions import EDITIONS, NAMND, RESIDENTS, STAFF, edition_page
from kvalitetslib.render.overview import Missing, kommun_page
from kvalitetslib.render.sentences import plain
from kvalitetslib.render.sentences.messages import decisions_needed
from kvalitetslib.render.staff import is_to_staff
from kvalitetslib.report import Question

KEYS = (*NAMNDER, MADE_UP)
OTHERS = [each for each in EDITIONS if each is not NAMND]
NAMED = [(each, key) for each in OTHERS for key in KEYS]
SECONDS = 0.2
_NUMBER = re.compile(r"[−+]?\d[\d\u00a0]*(?:,\d+)?(?:\u00a0(?:%|procentenheter))?")
_HELD_BACK = re.compile(r"\b(?:[pq]-värde|regel [STOW]\d|[STOWB]-[0-9a-f]{8})", re.IGNORECASE)


def numbers(html: str) -> set[str]:
    """Every number that a page shows or reads aloud, with its unit when it is a share."""
    return {each for part in passages(html) for each in _NUMBER.findall(part.text)}


def claims(html: str) -> set[str]:
    return {id for ids in re.findall('data-belagg="([^"]*)"', html) for id in ids.split()}


def links(html: str) -> list[str]:
    return re.findall('href="([^"]+)"', html)


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def example(key: str) -> ReadPage:
    return example_pages()[key]


def made(edition, key: str) -> str:
    return edition_page(example(key).report, edition)


def whole() -> str:
    return kommun_page([example(key).report for key in NAMNDER])


@pytest.mark.parametrize(("edition", "key"), NAMED)
def test_every_number_stands_on_the_page_of_the_namnd(edition, key):
    assert numbers(made(edition, key)) - numbers(example(key).html) == set()


@pytest.mark.parametrize(("edition", "key"), NAMED)
def test_nothing_is_claimed_that_the_page_of_the_namnd_does_not_claim(edition, key):
    assert claims(made(edition, key)) - claims(example(key).html) == set()


@pytest.mark.parametrize(("edition", "key"), NAMED)
def test_every_link_has_a_place_to_go(edition, key):
    html, home = made(edition, key), f"{example(key).report.namnd}.html#"
    here = {f"#{each}" for each in ids(html)}
    there = {f"{home}{each}" for each in ids(example(key).html)}
    report = example(key).report
    pages = {each.file(report.namnd) for each in EDITIONS} | {"kommun.html"}
    assert set(links(html)) - here - there - pages == set()


@pytest.mark.parametrize(("edition", "key"), NAMED)
def test_an_edition_has_one_heading_of_its_own_and_ids_are_unique(edition, key):
    html = made(edition, key)
    every = re.findall(r'\bid="([^"]+)"', html)
    assert html.count("<h1") == 1
    assert len(every) == len(set(every))


@pytest.mark.parametrize("edition", OTHERS, ids=lambda each: each.suffix)
def test_an_edition_says_that_data_are_made_up(edition):
    assert "Syntetiska data." in made(edition, "miljo")


@pytest.mark.parametrize("edition", OTHERS, ids=lambda each: each.suffix)
def test_an_edition_leads_to_the_others(edition):
    nav = re.search('<nav class="kv utgavor".*?</nav>', made(edition, "miljo"), re.DOTALL)
    assert nav is not None
    wanted = {each.file("miljo") for each in EDITIONS if each is not edition} | {"kommun.html"}
    assert set(links(nav[0])) == wanted
    assert f'<span aria-current="page">{edition.name}</span>' in nav[0]


@pytest.mark.parametrize("key", KEYS)
def test_residents_meet_no_rules_and_no_probabilities(key):
    text = " ".join(each.text for each in passages(made(RESIDENTS, key)))
    assert _HELD_BACK.findall(text) == []


@pytest.mark.parametrize("key", KEYS)
def test_the_edition_for_residents_is_short(key):
    read = running_text(passages(made(RESIDENTS, key)))
    assert len(read) < len(example(key).sentences) / 3
    assert made(RESIDENTS, key).count('<article class="fynd') <= 5


def test_the_editions_for_residents_are_easier_to_read_than_the_pages_of_the_namnder():
    plain = [each for key in KEYS for each in running_text(passages(made(RESIDENTS, key)))]
    full = [each for key in KEYS for each in example(key).sentences]
    assert readability(plain).lix < readability(full).lix
    assert readability(plain).median <= 12


@pytest.mark.parametrize("key", KEYS)
def test_residents_are_told_nothing_twice(key):
    told = re.findall(r'<span data-belagg="[^"]*">(.*?)</span>', made(RESIDENTS, key))
    assert told
    assert [each for each in told if told.count(each) > 1] == []


def test_when_all_that_stands_out_is_told_above_it_is_said():
    report = example_report()
    asked = (each for each in report.all_evidence if each.question is Question.GAP)
    gap = next(each for each in asked if each.group.gender == "K")
    heaviest = finding(Quadrant.WEAKNESS, "W2", gap, 1.0)
    html = edition_page(replace(report, findings=(heaviest,)), RESIDENTS)
    assert html.split('id="kvinnor-och-man"')[1].count(plain.TOLD) == 1


def test_residents_are_not_told_of_what_staff_have_answered():
    asked = {
        item.indicator.id
        for survey in example("kommunstyrelsen").report.surveys
        if is_to_staff(survey)
        for item in survey.items
    }
    report = example("kommunstyrelsen").report
    first = made(RESIDENTS, "kommunstyrelsen").split('id="barn-kort"')[0]
    told = {report.evidence(each).indicator for each in claims(first)}
    assert asked
    assert told & asked == set()


def test_staff_see_what_they_have_answered_and_no_other_survey():
    html = made(STAFF, "vard-och-omsorg")
    assert 'id="enkat-hme"' in html
    assert 'id="enkat-medborgarundersokningen"' not in html


def test_staff_without_a_survey_are_told_so():
    html = edition_page(replace(example_report(), surveys=()), STAFF)
    assert "Nämnden har ingen medarbetarenkät med frågor om hållbart medarbetarengagemang" in html


@pytest.mark.parametrize("edition", OTHERS, ids=lambda each: each.suffix)
def test_an_edition_of_an_empty_report_is_whole(edition):
    html = edition_page(empty_report(), edition)
    assert html.count("<h1") == 1
    assert html.count('class="tom"') >= 3


@pytest.mark.parametrize("edition", OTHERS, ids=lambda each: each.suffix)
def test_hostile_text_is_inert(edition):
    hostile = "<script>x</script>\"'&"
    report = replace(example_report(), namnd_namn=hostile, kommun_namn=hostile)
    assert "<script>x" not in edition_page(report, edition)


def test_a_claim_without_evidence_stops_an_edition():
    report = example_report()
    broken = replace(report, all_evidence=report.all_evidence[1:])
    with pytest.raises(BuildError):
        edition_page(broken, RESIDENTS)


@pytest.mark.parametrize("edition", OTHERS, ids=lambda each: each.suffix)
def test_an_edition_takes_no_time(edition):
    report = example("kommunstyrelsen").report
    spent = min(_seconds(edition_page, report, edition) for _ in range(5))
    assert spent < SECONDS


def test_the_overview_takes_no_time():
    reports = [example(key).report for key in NAMNDER]
    assert min(_seconds(kommun_page, reports) for _ in range(5)) < SECONDS


def test_every_number_of_the_overview_stands_on_a_page_of_a_namnd():
    known = {each for key in NAMNDER for each in numbers(example(key).html)}
    law = {"6", "1"}
    counted = set(re.findall(r"<td>(\d+)</td>", whole()))
    assert numbers(whole()) - known - law - counted == set()


def test_the_overview_claims_nothing_beyond_the_pages():
    known = {each for key in NAMNDER for each in claims(example(key).html)}
    assert claims(whole()) - known == set()


def test_the_overview_leads_to_every_namnd_and_its_findings():
    html = whole()
    places = {f"{key}.html#{each}" for key in NAMNDER for each in ids(example(key).html)}
    pages = {f"{key}.html" for key in NAMNDER}
    here = {f"#{each}" for each in ids(html)}
    assert pages <= set(links(html))
    assert set(links(html)) - places - pages - here == {"index.html"}


@pytest.mark.parametrize("key", NAMNDER)
def test_the_overview_counts_as_the_namnd_does(key):
    report = example(key).report
    row = re.search(rf'<a href="{key}\.html">.*?</tr>', whole(), re.DOTALL)
    assert row is not None
    cells = [int(each) for each in re.findall(r"<td[^>]*>(\d+)</td>", row[0])]
    assert sum(cells[:5]) == len(report.indicators)
    assert cells[5:] == [decisions_needed(report), len(report.doubts)]


@pytest.mark.parametrize("key", NAMNDER)
def test_the_overview_counts_every_goal_of_a_namnd(key):
    row = re.search(rf'<th scope="row"><a href="{key}\.html#planera">.*?</tr>', whole(), re.DOTALL)
    assert row is not None
    cells = [int(each) for each in re.findall(r"<td[^>]*>(\d+)</td>", row[0])]
    assert sum(cells) == len(example(key).report.goals)


def test_the_overview_tells_of_a_report_there_is_none_of():
    html = kommun_page([example("miljo").report], [Missing("Felnämnden", "kunde inte göras")])
    assert "Felnämnden <small>kunde inte göras</small>" in html


def test_the_overview_of_an_empty_report_is_whole():
    html = kommun_page([empty_report()])
    assert html.count("<h1") == 1
    assert "Ingen nämnd har mål i mal.csv." in html


def test_the_overview_speaks_of_the_duty_to_oversee():
    assert "kommunallagen 6&nbsp;kap. 1&nbsp;§" in whole()


def _seconds(make, *given: object) -> float:
    start = time.perf_counter()
    make(*given)
    return time.perf_counter() - start
