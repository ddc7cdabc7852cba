"""The file of an executed notebook: the same bytes as nbformat's."""

from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from made_notebook import chapter_cell, executed, failed, printed, shown, text_cell
from nbformat.v4 import new_notebook

from kvalitetslib.batch.ipynb import write_notebook

TEXTS = (
    "",
    "en rad",
    "två\nrader\n",
    'citat " och \\n\\',
    "å–😀\u2028\u0085\x1b\r\nslut",
    "\t</script>",
)


def _written(notebook: nbformat.NotebookNode, folder: Path) -> tuple[bytes, bytes]:
    nbformat.write(notebook, folder / "nbformat.ipynb")
    write_notebook(notebook, folder / "egen.ipynb")
    return (folder / "egen.ipynb").read_bytes(), (folder / "nbformat.ipynb").read_bytes()


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_written_as_nbformat_writes_them(tmp_path: Path, text: str):
    cells = (text_cell(text), printed(text), shown({"text/html": text, "image/png": text}))
    own, theirs = _written(executed(*cells, failed("KeyError", text)), tmp_path)
    assert own == theirs


@pytest.mark.parametrize("value", [[], {}, [1, 2.5, None], ["a", 1], {"b": [{}], "a": {"c": True}}])
def test_values_are_written_as_nbformat_writes_them(tmp_path: Path, value: object):
    notebook = executed(shown({"application/json": value, "text/plain": "värde"}))
    notebook.metadata["egna"] = value
    own, theirs = _written(notebook, tmp_path)
    assert own == theirs


def test_an_empty_notebook_is_written_as_nbformat_writes_it(tmp_path: Path):
    own, theirs = _written(new_notebook(), tmp_path)
    assert own == theirs


def test_what_nbformat_leaves_out_is_left_out(tmp_path: Path):
    notebook = executed(printed("hej"))
    notebook.cells[0].metadata["trusted"] = True
    own, theirs = _written(notebook, tmp_path)
    assert (b"trusted" in own, own) == (False, theirs)


def test_the_notebook_itself_is_not_changed(tmp_path: Path):
    notebook = executed(text_cell("två\nrader"), printed("hej\nhopp"))
    before = deepcopy(notebook)
    write_notebook(notebook, tmp_path / "egen.ipynb")
    assert notebook == before


def test_chapters_are_written_as_nbformat_writes_them(tmp_path: Path):
    own, theirs = _written(executed(chapter_cell("kort", "I korthet", "<p>å</p>\n")), tmp_path)
    assert own == theirs
