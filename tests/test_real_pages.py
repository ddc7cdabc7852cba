"""The pages of five real municipalities, made by the command, hold the numbers of the raw file."""

import json
import os
from pathlib import Path

import pytest
import real_kommuner
from test_real_kommuner import BY_HAND

from kvalitetslib.cli import main

ROOT = Path(__file__).parents[1]
SHOWN = {"N15505": "{:.1f}", "N15436": "{:.1f}", "N15814": "{:.1f}"}


@pytest.fixture(scope="module")
def pages(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("reports")
    real_kommuner.build(realdata, data)
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        with pytest.raises(SystemExit) as left:
            main(["rapport", "--data", str(data), "--kvartal", "2020K4", "--ut", str(out)])
    finally:
        os.chdir(here)
    assert left.value.code == 0
    return out / "2020K4"


@pytest.mark.parametrize(
    ("key", "kpi", "year", "gender", "expected"),
    [each for each in BY_HAND if each[1] in SHOWN],
)
def test_the_page_shows_the_number(
    pages: Path, key: str, kpi: str, year: str, gender: str, expected: float
) -> None:
    page = (pages / key / "barn-och-utbildning.html").read_text("utf-8")
    assert SHOWN[kpi].format(expected).replace(".", ",") in page


def test_every_page_names_its_source_and_is_not_called_synthetic(pages: Path) -> None:
    texts = [each.read_text("utf-8") for each in pages.rglob("barn-och-utbildning.html")]
    assert len(texts) == 5
    assert all("Källa: Kolada" in each for each in texts)
    assert not any("Syntetiska data" in each for each in texts)


def test_the_run_says_what_it_made(pages: Path) -> None:
    run = json.loads((pages / "korning.json").read_text("utf-8"))
    assert json.dumps(run).count('"gjord"') == 5
