"""Nämnder, kommuner or quarters against verdicts: counts, and a bar that shows them."""

import re
from dataclasses import dataclass

from kvalitetslib.render.sentences.notes import VERDICT_ORDER
from kvalitetslib.report import Verdict

BAR = 100
_PARTS = "bnsko"
_SAFE_HREF = re.compile(r"(?!/)(?!.*\.\.)[\w./-]+(#[\w-]*)?")


@dataclass(frozen=True)
class Line:
    """A row: counts in the order of ``VERDICT_ORDER``, what waits for a decision, what is doubted.

    ``note`` stands under the name, and says why when there are no counts.
    """

    name: str
    href: str = ""
    counts: tuple[int, ...] = ()
    decisions: int = 0
    doubts: int = 0
    failed: int = 0
    links: tuple[tuple[str, str], ...] = ()
    is_plain: bool = False
    note: str = ""

    @property
    def bar(self) -> tuple[tuple[str, int, int], ...]:
        """The parts that have a size: class, start and width of each, of ``BAR`` in all."""
        total = sum(self.counts)
        ends = [round(BAR * sum(self.counts[: i + 1]) / total) if total else 0 for i in range(5)]
        parts = zip(_PARTS, (0, *ends), ends, strict=False)
        return tuple((cls, start, end - start) for cls, start, end in parts if end > start)

    @property
    def tags(self) -> str:
        """What the reader can choose by, a letter each."""
        worse = self.counts[VERDICT_ORDER.index(Verdict.WORSE)] if self.counts else 0
        asked = ("d", self.decisions), ("s", worse), ("t", self.doubts), ("f", self.failed)
        return " ".join(letter for letter, count in asked if count)


def safe_links(links: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The links that stay within the folder of reports."""
    return tuple((name, href) for name, href in links if safe(href))


def safe(href: str) -> str:
    """An address within the folder of reports; "" for one that could leave it."""
    return href if _SAFE_HREF.fullmatch(href) else ""
