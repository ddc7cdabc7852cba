"""The parts that chapters are made of. Each shows itself as HTML; every text in it is inert."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from kvalitetslib.render.charts.canvas import Chart
from kvalitetslib.render.said import Said, plain

CHAPTER_MIME = "application/vnd.kvalitetslib.chapter+json"
TEMPLATES = Path(__file__).parent / "templates"
_SIGNS = re.compile("[&<>\"']")
_CHARTS_CSS = Path(__file__).parent / "charts" / "charts.css"


def inert(text: str) -> str:
    """The text as HTML that shows it. Most texts have no sign to escape, and are let by."""
    return str(escape(text)) if _SIGNS.search(text) else text


@dataclass(frozen=True)
class Cell:
    """A table cell: a text, perhaps with a link inside the page, a sign before or a note under.

    One with a tone is a mark in the colour of that tone, and only a mark shows its sign.
    """

    text: str | Said
    href: str = ""
    sign: str = ""
    note: str = ""
    tone: str = ""

    def __html__(self) -> str:
        shown = self.text.__html__() if isinstance(self.text, Said) else inert(self.text)
        if self.tone:
            shown = f'<span class="bed {inert(self.tone)}">{self._sign}{shown}</span>'
        elif self.href:
            shown = f'<a href="{inert(self.href)}">{shown}</a>'
        return f"{shown} <small>{inert(self.note)}</small>" if self.note else shown

    @property
    def _sign(self) -> str:
        if not self.sign:
            return ""
        return f'<span class="tecken" aria-hidden="true">{inert(self.sign)}</span> '


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row is its heading.

    ``numeric`` are the columns (from 0) whose cells are numbers. A table with ``as_cards`` becomes
    cards on a narrow screen; others scroll within a region that can be reached by keyboard.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    as_cards: bool = False
    is_caption_shown: bool = True
    note: str = ""

    @property
    def numeric_columns(self) -> str:
        """The columns of numbers as classes, said once for the table: ``tal1 tal2``, ``siffror``.

        ``siffror`` is all columns after the first.
        """
        if self.numeric == frozenset(range(1, len(self.head))):
            return "siffror"
        return " ".join(f"tal{each}" for each in sorted(self.numeric))

    def __html__(self) -> str:
        """One line for each row and each cell. No template: a page has thousands of cells."""
        note = f'<p class="not">{escape(self.note)}</p>' if self.note else ""
        return "".join([*self._top(), *self._body(), f"</tbody></table>{note}</div>"])

    def _top(self) -> Iterator[str]:
        name = escape(self.caption)
        cards = " kort" if self.as_cards else ""
        numbers = f' class="{self.numeric_columns}"' if self.numeric else ""
        hidden = "" if self.is_caption_shown else ' class="dold"'
        yield f'<div class="tabell{cards}" role="group" aria-label="{name}" tabindex="0">\n'
        yield f"<table{numbers}{self._role('table')}><caption{hidden}>{name}</caption>\n"
        yield f"<thead{self._role('rowgroup')}><tr{self._role('row')}>\n"
        for each in self.head:
            yield f'<th scope="col"{self._role("columnheader")}>{escape(each)}</th>\n'
        yield f"</tr></thead>\n<tbody{self._role('rowgroup')}>\n"

    def _body(self) -> Iterator[str]:
        frames = self._cell_frames()
        row_start = f"<tr{self._role('row')}>\n"
        for row in self.rows:
            yield row_start
            for (start, end), cell in zip(frames, row, strict=True):
                yield start
                yield cell.__html__() if isinstance(cell, Cell) else inert(cell)
                yield end
            yield "</tr>\n"

    def _cell_frames(self) -> list[tuple[str, str]]:
        """What stands before and after a cell of each column."""
        heading = f'<th scope="row"{self._role("rowheader")}>', "</th>\n"
        names = [f' data-namn="{escape(each)}"' if self.as_cards else "" for each in self.head[1:]]
        return [heading, *((f"<td{self._role('cell')}{each}>", "</td>\n") for each in names)]

    def _role(self, name: str) -> str:
        """What a part is, said again where the style sheet makes the table into cards."""
        return f' role="{name}"' if self.as_cards else ""

    def _repr_html_(self) -> str:
        return self.__html__()


@dataclass(frozen=True)
class Figure:
    """Charts under a title that states the finding, with their source and their numbers.

    ``more`` are tables for those who want to go further, folded under ``more_title``. A figure that
    ``is_wide`` takes the whole page, its last chart beside the others.
    """

    anchor: str
    title: str | Said
    subtitle: str
    charts: tuple[Chart, ...]
    source: str
    tables: tuple[Table, ...]
    level: int = 3
    chips: tuple[Cell, ...] = ()
    note: str = ""
    links: tuple[Cell, ...] = ()
    more: tuple[Table, ...] = ()
    more_title: str = ""
    is_wide: bool = False

    @property
    def name(self) -> str:
        """The title as a plain text, for those who hear what its tables belong to."""
        return plain(self.title)

    def __html__(self) -> str:
        return render("figure.html.j2", figure=self)

    def _repr_html_(self) -> str:
        return self.__html__()


@dataclass(frozen=True)
class FindingCard:
    """One finding of the nulägesanalys, with what an analyst has judged beside it.

    ``heading`` says and leads to where the same indicator is heading, or stands now.
    """

    anchor: str
    quadrant: str
    name: str
    certainty: str
    sentence: Said
    why: str
    kinds: str
    period: str
    spark: Chart | None
    links: tuple[Cell, ...]
    measures: str
    decision: str
    heading: Cell | None = None
    judgements: tuple[str, ...] = ()

    def __html__(self) -> str:
        return render("finding.html.j2", card=self)

    def _repr_html_(self) -> str:
        return self.__html__()


@dataclass(frozen=True)
class Chapter:
    """A part of the page with its own anchor and heading.

    ``document`` is the title of the whole page; the cover knows it, other chapters leave it empty.
    """

    id: str
    title: str
    html: str
    document: str = ""

    def __html__(self) -> str:
        return self.html

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """What a notebook keeps: the html, and beside it what the exporter builds the page from."""
        known = {"id": self.id, "title": self.title, "document": self.document}
        return {"text/plain": self.title, "text/html": self.html, CHAPTER_MIME: known}


def render(template: str, **words: object) -> Markup:
    """A template filled in. All texts are escaped; only parts and charts are let through."""
    return Markup(_template(template).render(**words))


def chapter(id: str, title: str, template: str, **words: object) -> Chapter:
    """A chapter from a template, which gets its id and title too."""
    return Chapter(id, title, str(render(template, id=id, title=title, **words)))


def compile_templates() -> None:
    """Compile all templates now, so that a process that is forked later need not."""
    for name in _environment().list_templates(extensions=["j2"]):
        _template(name)
    style()


@lru_cache(maxsize=1)
def style() -> str:
    """The style of all parts, as it stands first in the cover and in the head of a page."""
    parts = (TEMPLATES / "parts.css").read_text("utf-8"), _CHARTS_CSS.read_text("utf-8")
    return f"<style>\n{''.join(parts)}</style>\n"


def table_of(caption: str, head: Sequence[str], rows: Sequence[Sequence[str | Cell]]) -> Table:
    """A table whose columns after the first hold numbers."""
    fixed = tuple(tuple(row) for row in rows)
    return Table(caption, tuple(head), fixed, numeric=frozenset(range(1, len(head))))


@lru_cache(maxsize=64)
def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
