"""The nbconvert exporter: an executed notebook becomes one self-contained page."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import List

from kvalitetslib.errors import BuildError
from kvalitetslib.render.own import IMAGES, Piece, markdown, markup, own_chapter, picture, plain
from kvalitetslib.render.page import page
from kvalitetslib.render.parts import CHAPTER_MIME, Chapter

DEFAULT_TITLE = "Nämndrapport"
EDITION_LINKS = "utgavor"
"""The resource that holds links to the other pages of the same report; by hand there are none."""


class NamndrapportExporter(Exporter):
    """The page of a nämnd from its executed notebook: ``jupyter nbconvert --to namndrapport``.

    The chapters are collected as they are, in the order of the cells; code is left out. What an
    analyst has added stands between them. No template of nbconvert is rendered and nothing parses
    the finished page again, which is what makes the stock exporter slow.
    """

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Nämndrapport"
    default_preprocessors: List[Any] = List([])

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page.

        Raises
        ------
        BuildError : if a cell failed, or the notebook shows nothing at all.
        """
        if self._preprocessors:
            nb, resources = super().from_notebook_node(nb, resources, **kw)
        else:
            # Nothing changes the notebook, which need not be copied twice and checked then.
            resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        chapters = chapters_of(nb)
        if not chapters:
            raise BuildError("Anteckningsboken visar ingenting. Kör den innan den exporteras.")
        titles = [each.document for each in chapters if each.document]
        title = titles[0] if titles else DEFAULT_TITLE
        return page(chapters, title=title, editions=resources.get(EDITION_LINKS, ())), resources


def chapters_of(executed: NotebookNode) -> list[Chapter]:
    """The chapters of an executed notebook; added pieces become chapters between them."""
    chapters: list[Chapter] = []
    number = 0
    for is_own, parts in groupby(_parts(executed), key=lambda part: isinstance(part, Piece)):
        if not is_own:
            chapters.extend(part for part in parts if isinstance(part, Chapter))
            continue
        for pieces in _by_heading(part for part in parts if isinstance(part, Piece)):
            number += 1
            chapters.append(own_chapter(number, pieces))
    return chapters


def _by_heading(pieces: Iterator[Piece]) -> list[list[Piece]]:
    grouped: list[list[Piece]] = []
    for piece in pieces:
        if piece.title or not grouped:
            grouped.append([])
        grouped[-1].append(piece)
    return grouped


def _parts(executed: NotebookNode) -> Iterator[Chapter | Piece]:
    for number, cell in enumerate(executed.cells, start=1):
        if cell.cell_type == "markdown":
            yield markdown(cell.source)
        for output in cell.get("outputs", []):
            yield from _shown(output, number)


def _shown(output: NotebookNode, number: int) -> Iterator[Chapter | Piece]:
    if output.output_type == "error":
        raise BuildError(f"Cell {number} misslyckades: {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        # Warnings belong to the analyst; they stay in the notebook.
        if output.name == "stdout":
            yield plain(output.text)
        return
    known = output.data.get(CHAPTER_MIME)
    yield _chapter(output.data, known) if known else _piece(output)


def _chapter(bundle: NotebookNode, known: NotebookNode) -> Chapter:
    return Chapter(known.id, known.title, bundle["text/html"], known.get("document", ""))


def _piece(output: NotebookNode) -> Piece:
    bundle = output.data
    if "text/html" in bundle:
        return markup(bundle["text/html"])
    for kind in IMAGES:
        if kind in bundle:
            return picture(kind, bundle[kind], _description(output, kind))
    if "text/markdown" in bundle:
        return markdown(bundle["text/markdown"])
    return plain(bundle.get("text/plain", ""))


def _description(output: NotebookNode, kind: str) -> str:
    """The picture's text: what the cell gave as ``metadata={"alt": …}``, else its plain text."""
    metadata = output.get("metadata", {})
    given = metadata.get("alt") or metadata.get(kind, {}).get("alt")
    return str(given or output.data.get("text/plain", ""))
