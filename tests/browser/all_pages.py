"""Every page of a reports folder through axe, in every width and colour scheme.

Run by hand: ``python tests/browser/all_pages.py reports`` (some minutes). The tests run a choice
of this, so that they are done in a minute. Exit code 1 when anything is found.
"""

import shutil
import sys
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import axe
from conftest import NAMES
from playwright.sync_api import Browser, sync_playwright

WIDTHS = (320, 390, 768, 1280)
SCHEMES = (("light", "none"), ("dark", "none"), ("light", "active"))
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def faults(browser: Browser, path: Path) -> list[str]:
    """What is wrong on a page: structure at each width, contrast in each scheme and width."""
    found: list[str] = []
    for width, (scheme, forced) in product(WIDTHS, SCHEMES):
        page = browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme=scheme, forced_colors=forced
        )
        page.goto(path.resolve().as_uri())
        where = f"{path.name} {width} px {scheme} {forced}"
        if (scheme, forced) == SCHEMES[0]:
            found += [f"{where}: {each}" for each in axe.violations(page)]
            found += [f"{where}: bredare än skärmen"] if page.evaluate(TOO_WIDE) else []
        found += [f"{where}: {each}" for each in axe.violations(page, axe.CONTRAST)]
        page.close()
    return found


def main(folder: Path) -> int:
    path = next(found for name in NAMES if (found := shutil.which(name)))
    pages, total = sorted(folder.rglob("*.html")), 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path)
        for page in pages:
            found = faults(browser, page)
            total += len(found)
            print(f"{page.relative_to(folder)}: {len(found)}", *found[:5], sep="\n  ", flush=True)
        browser.close()
    print(f"{len(pages)} sidor, {total} fel")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
