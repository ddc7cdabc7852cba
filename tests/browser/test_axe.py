"""Axe finds nothing wrong, by WCAG 2.0 to 2.2 A and AA and good practice.

Of the pages of the example municipality this is a choice; ``every_page.py`` takes them all.
"""

from collections.abc import Callable
from pathlib import Path

import axe
import pytest
from checked_pages import BAD, GOOD, bad_pages, good_pages, other_pages
from example_run import Run
from playwright.sync_api import Browser, Page
from sheet import CELLS, WIDTHS, Sheet, faults

CHOSEN = (
    "index.html",
    "2026K3/exempelkommun/kommun.html",
    "2026K3/exempelkommun/overformyndare.html",
    "2026K3/exempelkommun/miljo-medarbetare.html",
    "2026K3/exempelkommun/vard-och-omsorg-invanare.html",
)
# Alike in the light; in the dark the second is pale, and below 350 px the third lies on a box.
SLY = """<!doctype html><html lang="sv"><title>x</title><style>
body { background: white; color: black }
@media (prefers-color-scheme: dark) { .pale { color: #aaa } }
.box { position: absolute; top: -99rem; width: 20rem; height: 9rem; background: #222 }
@media (max-width: 350px) { .box { top: 0; z-index: -1 } }
</style><main><h1>Ett</h1><p>Två</p><p class="pale">Tre</p><div class="box"></div></main></html>"""
REPEATED = (
    "<!doctype html><html lang='sv'><title>x</title><main><h1>x</h1><ul>{}</ul></main></html>"
)
ALL = """options => axe.run(document, { ...options, preload: false }).then(found => JSON.stringify(
    ['violations', 'passes', 'incomplete', 'inapplicable'].map(kind => found[kind].map(
        each => [each.id, each.nodes.map(node => [node.target, node.any, node.all])]))))"""


@pytest.mark.parametrize("name", [*GOOD, "-medarbetare"])
def test_a_made_up_page_breaks_no_rule_in_any_width_or_colour(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "sida.html"
    path.write_text({**good_pages(), **other_pages()}[name], "utf-8")
    assert faults(browser, path, set()) == []


@pytest.mark.long
@pytest.mark.parametrize("name", CHOSEN)
def test_a_finished_page_breaks_no_rule_in_any_width_or_colour(
    browser: Browser, example_run: Run, name: str
) -> None:
    assert faults(browser, example_run.root / name, set()) == []


@pytest.mark.parametrize("name", BAD)
def test_a_page_of_bad_input_has_no_violation(opened: Callable[..., Page], name: str) -> None:
    assert axe.violations(opened(bad_pages()[name])) == []


def test_axe_knows_the_rules_of_wcag_22(opened: Callable[..., Page]) -> None:
    page = opened("<h1>x</h1>")
    axe.violations(page)
    assert page.evaluate("axe.getRules(['wcag22aa']).map(each => each.ruleId)") == ["target-size"]


def test_axe_sees_what_is_wrong(opened: Callable[..., Page]) -> None:
    page = opened('<html lang="sv"><title>x</title><main><h1>x</h1><img src="data:,"></main>')
    assert axe.violations(page) == ['image-alt: <img src="data:,">']


def test_axe_sees_pale_text(opened: Callable[..., Page]) -> None:
    page = opened("<title>x</title><h1 style='background: white; color: #aaa'>Ljus text</h1>")
    assert [each.split(":")[0] for each in axe.violations(page, axe.CONTRAST)] == ["color-contrast"]


def test_axe_says_the_same_when_it_has_been_made_quick(opened: Callable[..., Page]) -> None:
    quick, plain = (opened(other_pages()["kommun"]) for _ in range(2))
    axe.load(quick)
    plain.evaluate(axe.source())
    for options in (axe.ALL_ELSE, axe.CONTRAST):
        assert quick.evaluate(ALL, options) == plain.evaluate(ALL, options)


def test_a_sheet_sees_what_is_wrong_in_one_scheme_or_one_width_alone(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "sida.html"
    path.write_text(SLY, "utf-8")
    sheet = Sheet(browser, path, set())
    wrong = [(width, *scheme) for width, *scheme in CELLS if sheet.colours(width, *scheme)]
    sheet.page.close()
    dark = [(width, "dark", "none") for width in WIDTHS]
    assert wrong == [(320, "light", "none"), *dark]


def test_a_sheet_asks_of_things_that_are_alike_but_for_what_they_say(
    opened: Callable[..., Page],
) -> None:
    items = [f"<li id='a{i}'>Rad {i}</li>" for i in range(9)]
    items[4] = "<li id='a4'><b>Rad 4</b></li>"
    page = opened(REPEATED.format("".join(items)))
    page.evaluate(axe.script("alike.js"))
    page.evaluate("alike.thin()")
    left = page.evaluate("[...document.querySelectorAll('li')].map(each => each.id)")
    assert left == ["a0", "a4", "a8"]
