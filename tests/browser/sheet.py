"""A page asked by axe at every width, in every colour scheme, in seconds instead of minutes.

What is checked where, and why that is enough:

- The whole page with all folds open: every rule that reads the document, once; and at each width
  that the page is no wider than the screen.
- The page with its folds as they come: every rule but contrast, at 320 px, thinned.
- At each width, all folds open, thinned: every rule but those that read colours, with the size of
  targets and how near to each other they lie.
- At each width in each colour scheme: the contrast of text, and links that are told from their text
  by colour alone, for one text of each kind.

The thinned page lacks repetitions (``alike.js``): of rows, records and figures with the same tags,
attributes, classes and places for text it has the first, the last and the longest. Rules read just
that, and where boxes are; a page has 366 records of evidence, and the fourth can say nothing that
the first three do not. The rules that read the document alone have then seen all of it once.

Contrast is decided by how a text and all that it stands in is styled, colours included, and by what
lies over or under it. Both are read anew in each width and scheme, in the real browser. Texts that
agree in it are one kind. One of each kind is given to axe, unless axe has found that same kind in
order before, on whatever page; a text that lies over something it does not stand in, or that goes
outside what it stands in, is a kind of its own each time. In that way a colour that turns pale in
the dark, or a box that slides under a text at 390 px, makes a new kind, and axe is asked.

Letters in charts stand on a picture, which axe leaves undecided: ``test_contrast.py`` computes
them.
"""

from itertools import product
from pathlib import Path

import axe
from playwright.sync_api import Browser, Page

WIDTHS = (320, 390, 768, 1280)
SCHEMES = (("light", "none"), ("dark", "none"), ("light", "active"))
CELLS = tuple((width, *scheme) for width, scheme in product(WIDTHS, SCHEMES))
_SHAPES = axe.rules_but(*axe.READ_COLOURS)
_DOCUMENT = axe.rules_but(*axe.READ_COLOURS, "target-size")
_FOLDS = (
    "open => document.querySelectorAll('details').forEach(each => each.open = open ?? each.was)"
)
_REMEMBER = "document.querySelectorAll('details').forEach(each => each.was = each.open)"
_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


class Sheet:
    """One page in one tab; ``sound`` are the kinds of text that axe has found in order."""

    def __init__(self, browser: Browser, path: Path, sound: set[str]) -> None:
        self.page: Page = browser.new_page(viewport={"width": WIDTHS[0], "height": 800})
        self._seen = (WIDTHS[0], "", "")
        self.page.goto(path.resolve().as_uri())
        self._sound = sound
        self._rules: dict[int, list[str]] = {}
        self.page.evaluate(_REMEMBER)
        self.page.evaluate(_FOLDS, True)
        self.too_wide = [width for width in WIDTHS if self._is_too_wide(width)]
        self._look(WIDTHS[0])
        self.whole = axe.violations(self.page, _DOCUMENT)
        self.page.evaluate(axe.script("alike.js"))
        self.page.evaluate("alike.thin()")
        self.page.evaluate(_FOLDS)
        self.folded = axe.violations(self.page)
        self.page.evaluate(_FOLDS, True)

    def rules(self, width: int) -> list[str]:
        """Faults by every rule but contrast at a width."""
        if width not in self._rules:
            self._look(width)
            self._rules[width] = axe.violations(self.page, _SHAPES)
        return self._rules[width]

    def colours(self, width: int, scheme: str, forced: str) -> list[str]:
        """Texts of too little contrast, and links told from their text by colour alone."""
        self._look(width, scheme, forced)
        kinds: list[str] = self.page.evaluate("alike.kinds()")
        unknown = [at for at, kind in enumerate(kinds) if kind not in self._sound]
        found = axe.violations(self.page, axe.COLOURS, unknown) if unknown else []
        if not found:
            self._sound.update(each for each in kinds if not each.startswith("odd"))
        return found

    def _look(self, width: int, scheme: str = "light", forced: str = "none") -> None:
        if self._seen[0] != width:
            self.page.set_viewport_size({"width": width, "height": 800})
        if self._seen[1:] != (scheme, forced):
            self.page.emulate_media(color_scheme=scheme, forced_colors=forced)
        self._seen = (width, scheme, forced)

    def _is_too_wide(self, width: int) -> bool:
        self._look(width)
        return bool(self.page.evaluate(_TOO_WIDE))


def faults(browser: Browser, path: Path, sound: set[str]) -> list[str]:
    """Everything that is wrong on a page, with where it is so."""
    sheet = Sheet(browser, path, sound)
    found = [f"{each} px: bredare än skärmen" for each in sheet.too_wide]
    found += [f"hela sidan: {each}" for each in sheet.whole]
    found += [f"hopfälld: {each}" for each in sheet.folded]
    found += [f"{width} px: {each}" for width in WIDTHS for each in sheet.rules(width)]
    for cell in CELLS:
        found += [f"{cell}: {each}" for each in sheet.colours(*cell)]
    sheet.page.close()
    return found
