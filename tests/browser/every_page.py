"""Axe finds nothing wrong on any page of the example, at any width, in any colour scheme.

``python -m pytest --dist=worksteal tests/browser/every_page.py`` is the second step of ``.ci/run``;
the first takes a choice of the pages (``test_axe.py``). What is checked where, and why that is
enough, stands in ``sheet.py``.
"""

import pytest
from example_run import PAGES, Run
from playwright.sync_api import Browser
from sheet import faults


@pytest.fixture(scope="module")
def sound() -> set[str]:
    """The kinds of text that axe has found in order on the pages so far."""
    return set()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_breaks_no_rule_and_is_no_wider_than_any_screen(
    browser: Browser, example_run: Run, sound: set[str], name: str
) -> None:
    assert faults(browser, example_run.root / name, sound) == []
