"""One sheet of pictures of each page: ``python tests/kontaktkarta.py REPORTS OUT``.

Every page below REPORTS is opened in the installed Chromium as on a desk, on a phone and on paper,
and cut into columns that stand side by side. OUT gets ``<page>-<view>.png`` and
``kontaktkarta.html``, which shows them all with captions. Nothing is fetched.
"""

import argparse
import base64
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GAP = 24
MOST_EVIDENCE = 12
SHORTEN = "most => [...document.querySelectorAll('.belagg')].slice(most).forEach(e => e.remove())"


@dataclass(frozen=True)
class View:
    """A way to see a page: its width and the height of a column in CSS pixels."""

    name: str
    width: int
    column: int
    media: str = "screen"
    scale: float = 0.5


VIEWS = (
    View("dator", 1280, 2400),
    View("telefon", 390, 1900, scale=0.7),
    View("papper", 718, 1050, "print", 0.6),
)
FRAME = (
    "<!doctype html><html lang=sv><meta charset=utf-8><title>{title}</title><style>"
    "body{{margin:24px;background:#ddd;font:16px sans-serif}}img{{background:#fff;"
    "vertical-align:top;margin:0 24px 24px 0;max-width:100%}}</style><body>{body}</html>"
)


def columns(page: Page, view: View) -> Iterator[bytes]:
    """The page from top to bottom, one picture a column."""
    height = page.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    session = page.context.new_cdp_session(page)
    for top in range(0, height, view.column):
        shown = min(view.column, height - top)
        clip = {"x": 0, "y": top, "width": view.width, "height": shown, "scale": 1}
        options = {"format": "jpeg", "quality": 70, "captureBeyondViewport": True, "clip": clip}
        yield base64.b64decode(session.send("Page.captureScreenshot", options)["data"])


def opened(browser: Browser, path: Path, view: View) -> Page:
    """The page as the view shows it; of the long list of evidence only the beginning."""
    page = browser.new_page(
        viewport={"width": view.width, "height": 900}, device_scale_factor=view.scale
    )
    page.goto(path.resolve().as_uri())
    page.emulate_media(media=view.media)
    page.evaluate(SHORTEN, MOST_EVIDENCE)
    return page


def sheet(browser: Browser, pictures: Sequence[bytes], caption: str, view: View) -> bytes:
    """The pictures side by side under a caption, as one picture."""
    across = min(len(pictures), 6)
    shown = round(view.width * view.scale)
    coded = [base64.b64encode(each).decode() for each in pictures]
    images = "".join(
        f'<img alt="" width="{shown}" src="data:image/jpeg;base64,{each}">' for each in coded
    )
    page = browser.new_page(viewport={"width": 48 + across * (shown + GAP + 5), "height": 600})
    page.set_content(FRAME.format(title="", body=f"<h1>{escape(caption)}</h1>{images}"))
    picture = page.screenshot(full_page=True)
    page.close()
    return picture


def write(reports: Path, out: Path) -> None:
    """Sheets of all pages below ``reports``, and the page that shows them."""
    chromium = next((path for name in NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("Chromium är inte installerad.")
    out.mkdir(parents=True, exist_ok=True)
    shown = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium)
        for path in sorted(reports.rglob("*.html")):
            name = "-".join(path.relative_to(reports).with_suffix("").parts)
            for view in VIEWS:
                page = opened(browser, path, view)
                caption = f"{page.title()} – {view.name}, {view.width} punkter"
                picture = sheet(browser, list(columns(page, view)), caption, view)
                page.close()
                file = out / f"{name}-{view.name}.png"
                file.write_bytes(picture)
                shown.append(f'<h2>{escape(caption)}</h2><img alt="" src="{escape(file.name)}">')
        browser.close()
    html = FRAME.format(title="Kontaktkarta", body=f"<h1>Kontaktkarta</h1>{''.join(shown)}")
    (out / "kontaktkarta.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    write(arguments.reports, arguments.out)
