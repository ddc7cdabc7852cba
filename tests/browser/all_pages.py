"""Every page of a reports folder through axe, in every width and colour scheme.

Run by hand: ``python tests/browser/all_pages.py reports`` (some minutes). ``every_page.py`` does so
with the pages of the example, and ``sheet.py`` says what is checked. Exit code 1 when anything is
found.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import NAMES
from playwright.sync_api import sync_playwright
from sheet import faults


def main(folder: Path) -> int:
    path = next(found for name in NAMES if (found := shutil.which(name)))
    pages, total = sorted(folder.rglob("*.html")), 0
    sound: set[str] = set()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path)
        for page in pages:
            found = faults(browser, page, sound)
            total += len(found)
            print(f"{page.relative_to(folder)}: {len(found)}", *found[:5], sep="\n  ", flush=True)
        browser.close()
    print(f"{len(pages)} sidor, {total} fel")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
