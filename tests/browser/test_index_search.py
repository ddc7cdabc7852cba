"""The index can be searched and narrowed without a server, also over a whole country."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from kvalitetslib.render import IndexRow, QuarterRows, index_page, quarters_page
from kvalitetslib.report import Verdict

NAMNDER = ("Skolnämnden", "Miljönämnden", "Äldrenämnden")
SEARCH_MS = 250.0
TIMED = """() => { const field = document.getElementById('sok'); const from = performance.now();
    field.value = 'kommun 12 miljö'; field.dispatchEvent(new Event('input'));
    document.body.getBoundingClientRect(); return performance.now() - from; }"""


def rows(kommun: str, name: str) -> list[IndexRow]:
    counts = ((Verdict.BETTER, 2), (Verdict.LEVEL, 1), (Verdict.WORSE, 0))
    made = [
        IndexRow(kommun, name, f"n{i}", each, f"{kommun}/n{i}.html", counts, decisions=i % 2)
        for i, each in enumerate(NAMNDER)
    ]
    return made


@pytest.fixture
def index(opened: Callable[..., Page]) -> Page:
    return opened(index_page([*rows("ale", "Ale"), *rows("amal", "Åmål")], "2026K3"), 1280)


def shown(page: Page) -> list[str]:
    return page.locator("section tbody tr:visible th a:first-child").all_text_contents()


def test_a_search_finds_namnder_whatever_the_case(index: Page) -> None:
    index.get_by_label("Sök").fill("ÄLDRE")
    assert shown(index) == ["Äldrenämnden", "Äldrenämnden"]
    assert index.locator("#antal").text_content() == "Visar 2 av 6."


def test_a_search_for_a_kommun_and_a_namnd_finds_that_one(index: Page) -> None:
    index.get_by_label("Sök").fill("åmål  skol")
    assert shown(index) == ["Skolnämnden"]
    assert index.locator("h2:visible").all_text_contents() == ["Åmål"]
    assert index.locator(".oversikt tbody tr:visible th a").all_text_contents() == ["Åmål"]


def test_rows_can_be_narrowed_to_those_that_need_a_decision(index: Page) -> None:
    index.get_by_label("Visa").select_option(label="beslut behövs")
    assert shown(index) == ["Miljönämnden", "Miljönämnden"]


def test_nothing_found_says_so_and_an_empty_search_shows_all(index: Page) -> None:
    index.get_by_label("Sök").fill("finns inte")
    assert (shown(index), index.locator("#antal").text_content()) == ([], "Visar 0 av 6.")
    index.get_by_label("Sök").fill("")
    assert (len(shown(index)), index.locator("#antal").text_content()) == (6, "")


def test_the_index_over_quarters_can_be_searched(opened: Callable[..., Page]) -> None:
    quarter = QuarterRows("2026K3", "2026K3/index.html", tuple(rows("ale", "Ale")))
    page = opened(quarters_page([quarter]), 390)
    page.get_by_label("Sök").fill("miljö")
    assert page.locator(".gang tbody tr:visible th").all_text_contents() == ["Miljönämnden"]


def test_a_search_over_the_whole_country_is_quick(opened: Callable[..., Page]) -> None:
    many = [row for i in range(290) for row in rows(f"kommun-{i}", f"Kommun {i}")]
    page = opened(index_page(many * 3 + many[:290], "2026K3"), 1280)
    assert page.evaluate(TIMED) < SEARCH_MS
    assert "av 2900" in (page.locator("#antal").text_content() or "")
