"""Two real published surveys, from the file as it came to a report with the figures unchanged."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import real_kommuner

from kvalitetslib.analysis.assemble import assess
from kvalitetslib.estimate import Estimate
from kvalitetslib.model import Group
from kvalitetslib.period import parse_period
from kvalitetslib.render.chapters import enkat
from kvalitetslib.render.chapters.published import MOST_ROWS
from kvalitetslib.render.wording import number
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import read_inputs
from kvalitetslib.survey_result import PublishedResult

HLV = """
[enkat]
namn = "Hälsa på lika villkor"
kalla = "Folkhälsomyndigheten, Hälsa på lika villkor"
population = "16–84 år"
publicerad = true

[[tabell]]
fil = "hlv.xlsx"
blad = "Ålder"
fraga = "Fråga"
svar = "Svar"
period = "År"
enhet = "Kommun"
kon = "Kön"
alder = "Ålder"
varde = "Andel"
intervall = "Konfidensintervall"
"""
PRESCHOOL = """
[enkat]
namn = "Förskoleenkäten"
kalla = "Göteborgsregionen"
population = "vårdnadshavare"
publicerad = true
minsta_antal_svar = 7

[[tabell]]
fil = "gender_split_2022_2023_2025.csv"
register = { fil = "reports_2020-2025.csv", nyckel = "report_id" }
fraga = "question"
period = "year"
enhet = "school_name"
fast_svar = "andel positiva"
dubbletter = "utelämnas"
[[tabell.varde]]
kolumn = "total"
antal = "respondents"
[[tabell.varde]]
kolumn = "flicka"
kon = "K"
[[tabell.varde]]
kolumn = "pojke"
kon = "M"
"""


def report_with(data: Path, realdata: Path, name: str, survey: tuple[str, str]) -> Report:
    """The school board's report of a real kommun that uses one published survey."""
    key, codebook = survey
    (nyckel,) = real_kommuner.build(realdata, data, (name,))
    folder = data / "kommuner" / nyckel
    settings = (folder / "kommun.toml").read_text(encoding="utf-8")
    settings = settings.replace("indikatorer = [", f'enkater = ["{key}"]\nindikatorer = [')
    (folder / "kommun.toml").write_text(settings, encoding="utf-8")
    (folder / "enkater").mkdir(exist_ok=True)
    (folder / "enkater" / f"{key}.toml").write_text(codebook, encoding="utf-8")
    quarter = parse_period("2025K4")
    inputs = read_inputs(data, nyckel, quarter=quarter, today=date(2026, 1, 15))
    return assess(inputs, quarter=quarter).report("barn-och-utbildning")


def result(report: Report, question: str, unit: str, group: Group) -> PublishedResult:
    return next(
        each
        for each in report.published[0].results
        if (each.question, each.unit, each.group) == (question, unit, group)
    )


def copied(source: Path, data: Path, kommun: str) -> None:
    folder = data / "kommuner" / kommun / "enkater"
    folder.mkdir(parents=True, exist_ok=True)
    name = "hlv.xlsx" if source.suffix == ".xlsx" else source.name
    shutil.copyfile(source, folder / name)


@pytest.fixture(scope="module")
def falun(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    data = tmp_path_factory.mktemp("falun")
    copied(next((realdata / "surveys" / "hlv_dalarna").glob("*.xlsx")), data, "falun")
    return report_with(data, realdata, "Falun", ("hlv", HLV))


@pytest.fixture(scope="module")
def goteborg(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    data = tmp_path_factory.mktemp("goteborg")
    folder = realdata / "surveys" / "forskoleenkaten_goteborg"
    for name in ("gender_split_2022_2023_2025.csv", "reports_2020-2025.csv"):
        copied(folder / name, data, "goteborg")
    return report_with(data, realdata, "Göteborg", ("forskola", PRESCHOOL))


@pytest.mark.parametrize(
    ("question", "value", "low", "high", "differs"),
    [
        # Rows 5660 to 5663 of the sheet Ålder: women of 16–29 in Falun, 2021.
        ("Allmänt hälsotillstånd - Bra eller mycket bra hälsa", 65.0, 52.2, 77.6, False),
        ("BMI - Fetma", 9.0, 1.1, 16.0, False),
        ("BMI - Övervikt och fetma", 45.0, 31.4, 57.9, True),
        ("Psykisk hälsa - Gott psykiskt välbefinnande", 66.0, 53.4, 78.9, False),
    ],
)
def test_the_health_survey_stands_in_the_report_as_it_was_published(
    falun: Report, question: str, value: float, low: float, high: float, differs: bool
) -> None:
    found = result(falun, question, "Falun", Group("K", "16-29 år"))
    assert isinstance(found.cell, Estimate)
    assert (found.cell.value, found.cell.low, found.cell.high) == (value, low, high)
    assert (found.differs, found.period) == (differs, "2021")


def test_only_the_own_kommun_of_a_regional_table_is_in_the_report(falun: Report) -> None:
    assert {each.unit for each in falun.published[0].results} == {"Falun"}


def test_the_preschool_survey_stands_in_the_report_by_girls_and_boys(goteborg: Report) -> None:
    # Report 311, gender_split: 90 in all, 100 for girls, 86 for boys, 31 answers.
    unit, question = "Borgaregatan 5 förskola", "mitt barn trivs på förskolan"
    cells = {
        gender: result(goteborg, question, unit, Group(gender)).cell for gender in ("T", "K", "M")
    }
    assert {gender: cell.value for gender, cell in cells.items() if isinstance(cell, Estimate)} == {
        "T": 90.0,
        "K": 100.0,
        "M": 86.0,
    }


def test_the_page_prints_the_published_figures(falun: Report) -> None:
    page = enkat(falun).html
    assert "52,2–77,6" in page
    assert "Folkhälsomyndigheten, Hälsa på lika villkor" in page


def test_the_page_of_many_units_says_how_much_it_leaves_out(goteborg: Report) -> None:
    left = len(goteborg.published[0].results) - MOST_ROWS
    assert left > 0
    assert f"Ytterligare {number(left)} resultat" in enkat(goteborg).html


def test_every_published_figure_of_the_year_is_in_the_report(
    goteborg: Report, realdata: Path
) -> None:
    folder = realdata / "surveys" / "forskoleenkaten_goteborg"
    reports = pd.read_csv(folder / "reports_2020-2025.csv")
    split = pd.read_csv(folder / "gender_split_2022_2023_2025.csv")
    year = split[split["report_id"].isin(reports.loc[reports["year"] == 2025, "report_id"])]
    assert len(goteborg.published[0].results) == 3 * len(year)
    assert goteborg.published[0].excluded == ()


def test_published_figures_are_never_tested(falun: Report) -> None:
    assert not any(each.indicator.startswith("hlv") for each in falun.all_evidence)
