"""Axe finds nothing wrong, by WCAG 2.0 to 2.2 A and AA and good practice."""

from collections.abc import Callable

import axe
import pytest
from checked_pages import BAD, GOOD, OTHER, bad_pages, good_pages, other_pages, real_page
from playwright.sync_api import Page

WIDTHS = (320, 390, 768, 1280)
COLOURS = (("light", "none", 320), ("dark", "none", 1280), ("light", "active", 768))
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", GOOD)
def test_a_page_with_all_folds_open_has_no_violation(
    opened: Callable[..., Page], name: str, width: int
) -> None:
    page = opened(good_pages()[name], width)
    page.evaluate(OPEN_ALL)
    assert axe.violations(page) == []


@pytest.mark.parametrize(("scheme", "forced", "width"), COLOURS)
@pytest.mark.parametrize("name", GOOD)
def test_a_page_has_contrast_in_every_colour_scheme(
    opened: Callable[..., Page], name: str, scheme: str, forced: str, width: int
) -> None:
    page = opened(good_pages()[name], width, color_scheme=scheme, forced_colors=forced)
    assert axe.violations(page, axe.CONTRAST) == []


@pytest.mark.parametrize(("namnd", "width"), [("overformyndare", 1280), ("miljo", 320)])
def test_a_real_page_has_no_violation(opened: Callable[..., Page], namnd: str, width: int) -> None:
    assert axe.violations(opened(real_page(namnd), width)) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", OTHER)
def test_the_page_of_another_reader_has_no_violation(
    opened: Callable[..., Page], name: str, width: int
) -> None:
    page = opened(other_pages()[name], width)
    page.evaluate(OPEN_ALL)
    assert axe.violations(page) + axe.violations(page, axe.CONTRAST) == []


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
