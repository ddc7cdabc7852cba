"""What axe-core, in the copy that its Python package carries, finds wrong on an open page."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
READ_COLOURS = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": {"type": "rule", "values": READ_COLOURS}}


def rules_but(*left_out: str) -> dict[str, object]:
    """Every rule of the standards but some."""
    tags = {"type": "tag", "values": STANDARDS}
    return {"runOnly": tags, "rules": {each: {"enabled": False} for each in left_out}}


ALL_ELSE = rules_but("color-contrast")
_RUN = """([options, chosen]) => axe.run(
    chosen ? { include: chosen.map(each => kinds[each]) } : document,
    { ...options, resultTypes: ['violations'], preload: false }
).then(found => found.violations.flatMap(
    each => each.nodes.map(node => each.id + ': ' + node.html.slice(0, 160))))"""


def violations(
    page: Page, options: object = ALL_ELSE, chosen: list[int] | None = None
) -> list[str]:
    """Rule and element of each fault, on the page or in some of the ``kinds`` of ``alike.js``.

    Contrast is asked for alone, as it takes most of the time.
    """
    load(page)
    found: list[str] = page.evaluate(_RUN, [options, chosen])
    return found


def load(page: Page) -> None:
    """Give a page its axe, once."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script("quick.js"))
        page.evaluate(source())
        page.evaluate("() => afterAxe()")


@cache
def source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@cache
def script(name: str) -> str:
    """One of the scripts beside this file."""
    return (Path(__file__).parent / name).read_text("utf-8")
