"""Fixtures that several floors use."""

import os
from pathlib import Path

import pytest
from example_run import Run, made_once
from tiny_kommun import TinyKommun, write_tiny_kommun

from kvalitetslib.batch.kept import SETTING


@pytest.fixture(scope="session", autouse=True)
def nothing_kept() -> None:
    """No Assessment is kept between runs, in the user's cache or elsewhere, but where tests say."""
    os.environ[SETTING] = ""


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real files beside the project, which is not part of it."""
    folder = Path(__file__).parents[2] / "shared" / "realdata"
    if not folder.is_dir():
        pytest.skip("the folder of real data is not beside the project")
    return folder


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The finished pages of the example municipality, made once for all tests that read them."""
    own = tmp_path_factory.getbasetemp()
    return made_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture
def kommun_folder(tmp_path: Path) -> TinyKommun:
    """A small valid data folder of its own for each test."""
    return write_tiny_kommun(tmp_path / "data")
