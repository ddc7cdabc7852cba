"""What axe-core, in the copy that its Python package carries, finds wrong on an open page."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_ELSE = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {"color-contrast": {"enabled": False}},
}
_RUN = """options => axe.run(document, {...options, resultTypes: ['violations'], preload: false})
    .then(found => found.violations.flatMap(
        each => each.nodes.map(node => each.id + ': ' + node.html.slice(0, 160))))"""


def violations(page: Page, options: object = ALL_ELSE) -> list[str]:
    """Rule and element of each fault. Contrast is asked for alone, as it takes most of the time."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found: list[str] = page.evaluate(_RUN, options)
    return found


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
