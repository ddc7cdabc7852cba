"""The Chromium that is installed on the machine. Nothing is fetched, neither it nor any page."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# For a file of tests at a time: the driver holds an event loop, which notebooks want for theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without it tests are skipped on a desk, and fail where ``CI`` is set."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None and os.environ.get("CI"):
        pytest.fail("Chromium is not installed, and CI must not skip the tests of the pages")
    if path is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open HTML as a file, 320 px wide unless told; words are those of a browser context."""

    def _open(html: str, width: int = 320, **words: object) -> Page:
        path = tmp_path / "sida.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, **words)
        page.goto(path.as_uri())
        return page

    yield _open
    for context in browser.contexts:
        context.close()
