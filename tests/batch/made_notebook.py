"""Small notebooks for the tests of the batch: written to a file, or as if they had been run."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from kvalitetslib.render.parts import CHAPTER_MIME, Chapter

PARAMETERS = """\
kommun: str = ""
namnd: str = ""
kvartal: str = ""
underlag: str = ""
"""
SHOW_NAME = 'import json\nprint(json.load(open(underlag))["namnd_namn"])'


def write_notebook(path: Path, *sources: str, parameters: str = PARAMETERS) -> Path:
    """A notebook that can be run, with its parameter cell first."""
    first = new_code_cell(parameters, id="parametrar", metadata={"tags": ["parameters"]})
    cells = [new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=[first, *cells], metadata={"kernelspec": kernel}), path)
    return path


def executed(*cells: NotebookNode) -> NotebookNode:
    """The notebook with those cells, each with an id of its own."""
    numbered = [NotebookNode({**cell, "id": f"c{n}"}) for n, cell in enumerate(cells)]
    return new_notebook(cells=numbered)


def text_cell(source: str) -> NotebookNode:
    return new_markdown_cell(source)


def shown(data: dict[str, Any], **metadata: Any) -> NotebookNode:
    """A cell that shows one thing."""
    return new_code_cell("…", outputs=[new_output("display_data", data, metadata=metadata)])


def printed(text: str, name: str = "stdout") -> NotebookNode:
    return new_code_cell("…", outputs=[new_output("stream", name=name, text=text)])


def failed(name: str, value: str) -> NotebookNode:
    error = new_output("error", ename=name, evalue=value, traceback=[])
    return new_code_cell("…", outputs=[error])


def chapter_cell(id: str, title: str, html: str, document: str = "") -> NotebookNode:
    """A cell that shows a chapter, as IPython would keep it."""
    bundle = Chapter(id, title, html, document)._repr_mimebundle_()
    assert CHAPTER_MIME in bundle
    return shown(bundle)
