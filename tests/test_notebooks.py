"""Notebooks are tables of contents that run: declared parameters, one call a cell, no output."""

import ast
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import kvalitetslib as kv
from kvalitetslib.batch.export import chapters_of
from kvalitetslib.batch.job import parameters
from kvalitetslib.batch.notebook import check_parameters

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
REPORT = ROOT / "notebooks" / "namndrapport.ipynb"
EXPLORE = ROOT / "notebooks" / "utforska_indikatorer.ipynb"
PROGRAMMING = (ast.FunctionDef, ast.If, ast.For, ast.While, ast.Lambda, ast.ListComp, ast.With)


def sources(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [each.source for each in cells if each.cell_type == "code"]


def execute(path: Path, target: Path, *options: str) -> nbformat.NotebookNode:
    """Run the notebook with papermill's own command, as an analyst does by hand."""
    command = [sys.executable, "-m", "papermill", str(path), str(target), *options]
    command += ["--log-level", "ERROR"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return nbformat.read(target, as_version=4)


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each notebook, run as it stands."""
    target = tmp_path_factory.mktemp("ran") / request.param.name
    execute(request.param, target)
    return target


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of one nämnd, made by hand with papermill and nbconvert."""
    folder = tmp_path_factory.mktemp("by_hand")
    execute(REPORT, folder / "ut.ipynb", "-p", "namnd", "miljo")
    command = [sys.executable, "-m", "nbconvert", "--to", "namndrapport", "ut.ipynb"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return (folder / "ut.html").read_text("utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_kept(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    kept = [each.id for each in cells if each.get("outputs") or each.get("execution_count")]
    assert kept == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_stand_first_with_type_and_comment(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    first = next(each for each in cells if each.cell_type == "code")
    assert first.metadata.tags == ["parameters"]
    bare = [line for line in first.source.splitlines() if ": str = " not in line or "#" not in line]
    assert bare == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_programmed(path: Path) -> None:
    trees = [ast.parse(source) for source in sources(path)]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, PROGRAMMING)]
    assert nodes == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_kernel_is_the_one_every_installation_has(path: Path) -> None:
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"


def test_the_chapters_are_called_in_the_order_of_their_list() -> None:
    called = [source for source in sources(REPORT) if source.startswith("kv.chapter.")]
    assert called == [f"kv.chapter.{each.__name__}(report)" for each in kv.chapter.CHAPTERS]


def test_the_batch_may_give_the_notebook_its_parameters() -> None:
    check_parameters(REPORT, set(parameters("", "", "")))


def test_the_page_made_by_hand_has_every_chapter(page: str) -> None:
    report = kv.open_report("exempelkommun", "miljo", "2026K3", data=str(ROOT / "data"))
    chapters = [each(report) for each in kv.chapter.CHAPTERS]
    assert [each.id for each in chapters if f'id="{each.id}"' not in page] == []


def test_the_page_made_by_hand_names_its_namnd(page: str) -> None:
    assert page.count("<h1") == 1
    assert "Miljö" in page[page.index("<title>") : page.index("</title>")]


def test_every_notebook_runs_and_can_be_a_page(ran: Path) -> None:
    assert chapters_of(nbformat.read(ran, as_version=4))


def test_the_exploring_notebook_shows_something_before_anyone_chooses(tmp_path: Path) -> None:
    notebook = execute(EXPLORE, tmp_path / "ut.ipynb", "-p", "namnd", "miljo")
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    (chapter,) = chapters_of(notebook)
    assert {"application/vnd.jupyter.widget-view+json", "image/svg+xml", "text/html"} <= kinds
    assert 'alt="Linjediagram.' in chapter.html
