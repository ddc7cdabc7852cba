"""Published survey results: intervals as text, units in a register, and two real sources."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from tiny_survey import TinySurvey, write_tiny_survey

from kvalitetslib.errors import KvalitetError
from kvalitetslib.sources.published import COLUMNS
from kvalitetslib.sources.published_cells import Shown, interval, published_value
from kvalitetslib.sources.survey import SurveyInput
from kvalitetslib.survey_result import Excluded

ABOUT = """\
[enkat]
namn = "Hälsoenkäten"
kalla = "Regionen"
population = "16–84 år"
publicerad = true
"""
TABLE = """
[[tabell]]
fil = "halsa.csv"
fraga = "Fråga"
svar = "Svar"
period = "År"
enhet = "Kommun"
kon = "Kön"
varde = "Andel"
intervall = "Konfidensintervall"
antal = "Antal"
"""
CSV = """\
År;Kommun;Kön;Fråga;Svar;Andel;Konfidensintervall;Antal
2025;Testby;Kvinna;Hälsa;Bra;62,3;57,9–66,7  *;410
2025;Testby;Man;Hälsa;Bra;..;-;
2025;Riket;Totalt;Hälsa;Bra;64 %;±1,5;12 400
2025;Testby;Totalt;Sömn;Bra;*;;
"""


@pytest.fixture
def tiny(tmp_path: Path) -> TinySurvey:
    made = write_tiny_survey(tmp_path / "data")
    for path in list(made.folder.iterdir()):
        path.unlink()
    return made


def _published(tiny: TinySurvey, book: str, csv: str = CSV) -> SurveyInput:
    tiny.write("halsa.toml", book)
    tiny.write("halsa.csv", csv)
    return tiny.read()[0]


def _message(tiny: TinySurvey, book: str, csv: str = CSV) -> str:
    with pytest.raises(KvalitetError) as caught:
        _published(tiny, book, csv)
    assert len(caught.value.faults) == 1, str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "low", "high", "differs"),
    [
        ("57.9 - 66.7  *", 57.9, 66.7, True),
        ("57,9–66,7", 57.9, 66.7, False),
        ("22 - 48.5", 22.0, 48.5, False),
        ("-0,3 – 2,1", -0.3, 2.1, False),
        ("(48.5; 100.2)", 48.5, 100.2, False),
        ("3 till 5 %", 3.0, 5.0, False),
        ("±2,5", 47.5, 52.5, False),
    ],
)
def test_an_interval_is_read_from_its_text(
    text: str, low: float, high: float, differs: bool
) -> None:
    assert interval(text, 50.0) == Shown(low, high, differs)


@pytest.mark.parametrize("text", ["..", "-", "", "*"])
def test_a_sign_is_no_interval(text: str) -> None:
    found = interval(text)

    assert found is not None
    assert np.isnan(found.low)
    assert found.differs is (text == "*")


@pytest.mark.parametrize("text", ["5", "mellan 3 och 5", "3-5-7"])
def test_other_texts_are_refused_as_intervals(text: str) -> None:
    assert interval(text) is None


@pytest.mark.parametrize(
    ("text", "value", "differs"), [("62,3", 62.3, False), ("64 %", 64.0, False), ("7*", 7.0, True)]
)
def test_a_value_is_read_from_its_cell(text: str, value: float, differs: bool) -> None:
    assert published_value(text) == Shown(value, value, differs)


def test_a_published_table_has_one_row_a_result(tiny: TinySurvey) -> None:
    rows = _published(tiny, ABOUT + TABLE).published

    assert tuple(rows.columns) == COLUMNS
    assert rows["gender"].tolist() == ["K", "M", "T", "T"]
    assert rows["kommun_or_enhet"].tolist() == ["Testby", "Testby", "Riket", "Testby"]
    assert rows["value"].round(1).fillna(-1).tolist() == [62.3, -1, 64.0, -1]
    assert rows["low"].fillna(-1).tolist() == [57.9, -1, 62.5, -1]
    assert rows["high"].fillna(-1).tolist() == [66.7, -1, 65.5, -1]
    assert rows["n"].fillna(-1).tolist() == [410, -1, 12400, -1]
    assert rows["differs"].tolist() == [True, False, False, False]
    assert rows["status"].tolist() == ["", "..", "", "*"]
    assert rows["row"].tolist() == [2, 3, 4, 5]


def test_questions_of_the_codebook_give_results_their_id(tiny: TinySurvey) -> None:
    question = '\n[[fraga]]\nid = "somn"\nkolumn = "Sömn"\ntext = "Hur sover du?"\n'
    subject = 'subjekt = "Andelen invånare som sover gott"\n'

    rows = _published(tiny, ABOUT + TABLE + question + subject).published

    assert rows["item"].tolist() == ["", "", "", "somn"]


def test_a_column_of_numbers_for_each_group_is_folded_into_rows(tiny: TinySurvey) -> None:
    book = f"""{ABOUT}
[[tabell]]
fil = "halsa.csv"
register = {{ fil = "enheter.csv", nyckel = "nr" }}
fraga = "fraga"
fast_period = "2025"
enhet = "enhet"
[[tabell.varde]]
kolumn = "alla"
antal = "svarande"
[[tabell.varde]]
kolumn = "flickor"
kon = "flicka"
"""
    tiny.write("enheter.csv", "nr;enhet;svarande\n1;Björken;31\n2;Eken;18\n")

    survey = _published(tiny, book, "nr;fraga;alla;flickor\n2;Trygg;4,5;4,6\n1;Trygg;4,1;..\n")

    rows = survey.published
    assert rows["kommun_or_enhet"].tolist() == ["Eken", "Björken", "Eken", "Björken"]
    assert rows["gender"].tolist() == ["T", "T", "K", "K"]
    assert rows["value"].fillna(-1).tolist() == [4.5, 4.1, 4.6, -1]
    assert rows["n"].fillna(-1).tolist() == [18, 31, -1, -1]
    assert len(survey.checksums) == 3


def test_results_after_the_quarter_are_left_out(tiny: TinySurvey) -> None:
    later = CSV + "2026M10;Testby;Totalt;Hälsa;Bra;70;;\n"

    assert "perioden är inte slut än" in _message(tiny, ABOUT + TABLE, later)
    assert len(_published(tiny, ABOUT + TABLE, later.replace("M10", "M09")).published) == 5


BROKEN = {
    "value": ("62,3", "många", "kolumn Andel", "värdet kan inte läsas"),
    "interval": ("57,9–66,7", "57,9 cirka", "kolumn Konfidensintervall", "kan inte läsas"),
    "backwards": ("57,9–66,7", "66,7–57,9", "rad 2", "intervallet kan inte läsas"),
    "gender": ("Kvinna", "kvinnlig", "kolumn Kön", "könet är okänt"),
    "period": ("2025;Testby;Kvinna", "25;Testby;Kvinna", "kolumn År", "fel form"),
    "question": ("Kvinna;Hälsa", "Kvinna;", "kolumn Fråga", "frågan saknas"),
    "twice": ("Man", "Kvinna", "rad 3", "står två gånger"),
    "column": (";Andel;", ";Andelen;", "kolumn Andel", "Andelen?"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_gives_one_clear_message(tiny: TinySurvey, name: str) -> None:
    old, new, *parts = BROKEN[name]

    message = _message(tiny, ABOUT + TABLE, CSV.replace(old, new, 1))

    assert [part for part in parts if part not in message] == [], message
    assert "Godtas: " in message


def test_a_question_that_nobody_published_is_a_fault(tiny: TinySurvey) -> None:
    question = '\n[[fraga]]\nid = "somn"\nkolumn = "Somnen"\ntext = "?"\nsubjekt = "Sömnen"\n'

    message = _message(tiny, ABOUT + TABLE + question)

    assert "frågan somn finns inte bland de publicerade" in message


def test_a_published_survey_without_a_table_is_a_fault(tiny: TinySurvey) -> None:
    tiny.write("halsa.toml", ABOUT)

    with pytest.raises(KvalitetError, match="ingen tabell"):
        tiny.read()


def _real(tiny: TinySurvey, files: list[Path], tables: str) -> SurveyInput:
    for path in files:
        shutil.copy(path, tiny.folder / path.name)
    tiny.write("verklig.toml", ABOUT + tables)
    return tiny.read()[0]


HLV = """
[[tabell]]
fil = "HLV_Dalarna_ 2014_2018_2021.xlsx"
blad = "{sheet}"
fraga = "Fråga"
svar = "Svar"
period = "År"
enhet = "Kommun"
kon = "Kön"
varde = "Andel"
intervall = "Konfidensintervall"
"""


def _hlv(realdata: Path) -> Path:
    return realdata / "surveys" / "hlv_dalarna" / "HLV_Dalarna_ 2014_2018_2021.xlsx"


def test_a_health_survey_by_kommun_and_age_is_read_as_published(
    tiny: TinySurvey, realdata: Path
) -> None:
    by_age = HLV.format(sheet="Ålder") + 'alder = "Ålder"\n'

    rows = _real(tiny, [_hlv(realdata)], HLV.format(sheet="Kommunjämförelse") + by_age).published

    # Kommunjämförelse F2:H2 is "57.9 - 66.7  *" and 62; 2 852 and 9 933 rows below the headings.
    first = rows.iloc[0]
    assert first[["period", "kommun_or_enhet", "gender"]].tolist() == ["2014", "Avesta", "K"]
    assert first[["value", "low", "high"]].tolist() == [62, 57.9, 66.7]
    assert first["differs"]
    assert len(rows) == 2852 + 9933
    # Ålder G2:I2 is "58.1 - 82.9" and 71, for women of 16-29 in Avesta.
    young = rows[rows["file"].str.contains("bladet Ålder")].iloc[0]
    assert young[["age", "value", "low", "high"]].tolist() == ["16-29 år", 71, 58.1, 82.9]
    assert not young["differs"]


def test_a_hidden_group_is_a_missing_row_and_stays_so(tiny: TinySurvey, realdata: Path) -> None:
    path = _hlv(realdata)
    rows = _real(tiny, [path], HLV.format(sheet="Kommunjämförelse")).published
    book = load_workbook(path, read_only=True)
    cells = list(book["Kommunjämförelse"].iter_rows(min_row=2, values_only=True))
    book.close()

    assert rows["value"].tolist() == [float(row[7]) for row in cells]
    assert rows["differs"].sum() == sum(str(row[5]).endswith("*") for row in cells)
    assert rows["value"].notna().all()


def test_a_sheet_that_is_not_there_is_a_fault(tiny: TinySurvey, realdata: Path) -> None:
    with pytest.raises(KvalitetError, match="arbetsboken har inget sådant blad") as caught:
        _real(tiny, [_hlv(realdata)], HLV.format(sheet="Kommunjamforelse"))

    assert "Kommunjämförelse?" in str(caught.value)


PRESCHOOL = """
[[tabell]]
fil = "question_means_2022_2023_2025.csv"
register = { fil = "reports_2020-2025.csv", nyckel = "report_id" }
fraga = "question"
period = "year"
enhet = "school_name"
fast_svar = "medelvärde"
varde = "school"
antal = "respondents"
dubbletter = "utelämnas"

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

[[tabell]]
fil = "response_distribution_2025.csv"
register = { fil = "reports_2020-2025.csv", nyckel = "report_id" }
fraga = "question"
period = "year"
enhet = "school_name"
[[tabell.varde]]
kolumn = "strongly_agree"
svar = "Instämmer helt"
"""


def test_a_preschool_survey_of_three_files_and_a_register_is_read_as_published(
    tiny: TinySurvey, realdata: Path
) -> None:
    folder = realdata / "surveys" / "forskoleenkaten_goteborg"
    survey = _real(tiny, sorted(folder.glob("*.csv")), PRESCHOOL)
    rows = survey.published

    # Report 311 is Borgaregatan 5 förskola 2025 with 31 answers; question_means D2 is 4.26,
    # gender_split C2:E2 is 90, 100, 86, response_distribution G4 is 55.0.
    here = rows[(rows["kommun_or_enhet"] == "Borgaregatan 5 förskola") & (rows["period"] == "2025")]
    happy = here[here["question"] == "mitt barn trivs på förskolan"]
    means = happy[happy["answer"] == "medelvärde"]
    shares = happy[happy["answer"] == "andel positiva"].set_index("gender")["value"]
    assert means[["value", "n"]].to_numpy().tolist() == [[4.26, 31.0]]
    assert shares.to_dict() == {"T": 90.0, "K": 100.0, "M": 86.0}
    language = here[here["question"] == "språkutveckling och kommunikation"]
    assert language[language["answer"] == "Instämmer helt"]["value"].tolist() == [55.0]
    # One unit has two reports in 2023 (3441, 3442) with 26 questions in common: 52 means go.
    raw = sum(len(pd.read_csv(folder / name)) * k for name, k in RAW_ROWS.items())
    assert len(rows) + survey.excluded[0].count == raw
    assert survey.excluded == (Excluded("resultat som står två gånger", 52),)


RAW_ROWS = {
    "question_means_2022_2023_2025.csv": 1,
    "gender_split_2022_2023_2025.csv": 3,
    "response_distribution_2025.csv": 1,
}
