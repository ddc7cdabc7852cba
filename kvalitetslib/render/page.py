"""The whole document: chapters under one head, and the index over many reports."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from kvalitetslib.render import times, wording
from kvalitetslib.render.parts import TEMPLATES, Cell, Chapter, Table, render, style
from kvalitetslib.render.sentences.notes import VERDICT_ORDER, VERDICT_WORDS
from kvalitetslib.render.trace import check_trace
from kvalitetslib.report import Verdict

COVER = "forsatt"
_SAFE_HREF = re.compile(r"(?!/)[\w./-]+(#[\w-]*)?")


@dataclass(frozen=True)
class IndexRow:
    """One nämnd's report in an index. ``failed`` says in words why there is none."""

    kommun: str
    kommun_namn: str
    namnd: str
    namnd_namn: str
    href: str
    counts: tuple[tuple[Verdict, int], ...] = ()
    failed: str = ""
    synthetic: bool = False


def page(chapters: Sequence[Chapter], *, title: str) -> str:
    """The self-contained HTML document of the chapters, in the order given.

    The cover, if there is one, becomes the head; its style is moved to the document's head.

    Raises
    ------
    BuildError : when a claim of the page does not lead to its evidence.
    """
    check_trace(chapters, title=title)
    covers = [each for each in chapters if each.id == COVER]
    rest = [each for each in chapters if each.id != COVER]
    cover = covers[0].html.removeprefix(style()) if covers else ""
    return str(
        render(
            "page.html.j2",
            title=title,
            style=Markup(style()),
            page_style=Markup(_page_css()),
            cover=Markup(cover),
            chapters=rest,
        )
    )


def index_page(reports: Sequence[IndexRow], quarter: str) -> str:
    """The index of a quarter: a table of nämnder and verdicts for each kommun."""
    names = {each.kommun: each.kommun_namn for each in reports}
    tables = [
        (names[key], _index_table([each for each in reports if each.kommun == key], names[key]))
        for key in sorted(names, key=lambda key: wording.collation(names[key]))
    ]
    failures = [each for each in reports if each.failed]
    return str(
        render(
            "index.html.j2",
            title=f"Rapporter {times.period(quarter)}",
            style=Markup(style()),
            page_style=Markup(_page_css()),
            tables=tables,
            failures=failures,
            made=wording.number(len(reports) - len(failures)),
            total=wording.number(len(reports)),
            quarter=times.period(quarter),
            kommun=next(iter(names.values()), "") if len(names) == 1 else "",
            synthetic=any(each.synthetic for each in reports),
        )
    )


def _index_table(rows: Sequence[IndexRow], caption: str) -> Table:
    head = ("Nämnd", *(VERDICT_WORDS[each] for each in VERDICT_ORDER), "Indikatorer")
    return Table(
        caption,
        head,
        tuple(_index_row(each) for each in rows),
        numeric=frozenset(range(1, len(head))),
        as_cards=True,
        is_caption_shown=False,
    )


def _index_row(row: IndexRow) -> tuple[str | Cell, ...]:
    if row.failed:
        empty = ("–",) * (len(VERDICT_ORDER) + 1)
        return Cell(row.namnd_namn, note="rapporten kunde inte göras"), *empty
    counts = dict(row.counts)
    href = row.href if _SAFE_HREF.fullmatch(row.href) else ""
    numbers = [counts.get(each, 0) for each in VERDICT_ORDER]
    return (
        Cell(row.namnd_namn, href=href),
        *(wording.number(each) for each in numbers),
        wording.number(sum(numbers)),
    )


@lru_cache(maxsize=1)
def _page_css() -> str:
    files = ("page.css", "print.css")
    return f"<style>\n{''.join((TEMPLATES / each).read_text('utf-8') for each in files)}</style>\n"
