"""A notebook's report: the same from the batch's file as from the data folder."""

from pathlib import Path

import pytest
from made_report import report
from tiny_kommun import TinyKommun

from kvalitetslib.batch.opening import open_report, parse_quarter
from kvalitetslib.errors import ConfigError, SourceError
from kvalitetslib.report_json import to_json

NAMES = ("prov", "provnamnden", "2026K3")


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "provnamnden.json"
    path.write_text(to_json(report()), "utf-8")
    return str(path)


def test_a_saved_report_is_read_as_it_is(saved):
    assert open_report(*NAMES, underlag=saved) == report()


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_saved_report_of_something_else_is_refused(saved, at):
    asked = [*NAMES]
    asked[at] = "annan"
    with pytest.raises(SourceError, match=r"Underlaget gäller prov, provnamnden, 2026K3, inte"):
        open_report(*asked, underlag=saved)


def test_a_missing_file_is_told_of():
    with pytest.raises(SourceError, match=r"Underlaget borta\.json kan inte läsas"):
        open_report(*NAMES, underlag="borta.json")


def test_the_data_folder_is_found_from_a_folder_inside_the_project(
    kommun_folder: TinyKommun, monkeypatch: pytest.MonkeyPatch
):
    inside = kommun_folder.data.parent / "notebooks" / "egna"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert open_report("testby", "skola", "2026K3").namnd_namn == "Skolnämnden"


def test_a_missing_data_folder_is_told_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="borta/kommuner finns inte"):
        open_report(*NAMES, data="borta")


def test_an_unknown_namnd_is_told_of(kommun_folder: TinyKommun):
    with pytest.raises(ConfigError, match=r"Godtas: skola, miljo\."):
        open_report("testby", "parker", "2026K3", data=str(kommun_folder.data))


@pytest.mark.parametrize("text", ["2026", "2026K5", "2026M03", "2026/27", "", "K3 2026"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ConfigError, match="Godtas: till exempel 2026K3"):
        parse_quarter(text)
