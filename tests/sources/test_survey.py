"""Files of answers against their codebook: codes, groups, design, and what is left out."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from faulty_surveys import BOOK, FAULTY_SURVEYS, NOW, THEN, FaultySurvey
from openpyxl import Workbook
from tiny_survey import WAVE_2024, WAVE_2025, TinySurvey, write_tiny_survey

from kvalitetslib.errors import DataError, KvalitetError
from kvalitetslib.period import parse_period
from kvalitetslib.sources import answer_file
from kvalitetslib.sources.answer_file import AnswerFile, read_answers
from kvalitetslib.sources.inputs import read_inputs
from kvalitetslib.sources.survey import read_surveys
from kvalitetslib.survey_result import Excluded


@pytest.fixture
def tiny(tmp_path: Path) -> TinySurvey:
    return write_tiny_survey(tmp_path / "data")


def _message(tiny: TinySurvey) -> str:
    with pytest.raises(KvalitetError) as caught:
        tiny.read()
    return str(caught.value)


@pytest.mark.parametrize("faulty", FAULTY_SURVEYS, ids=lambda each: each.name)
def test_a_broken_survey_gives_one_clear_message(tiny: TinySurvey, faulty: FaultySurvey) -> None:
    faulty.change(tiny)

    with pytest.raises(KvalitetError) as caught:
        tiny.read()

    message = str(caught.value)
    assert len(caught.value.faults) == 1, message
    assert type(caught.value) is faulty.error, message
    assert [part for part in faulty.parts if part not in message] == [], message
    assert "Godtas: " in message


def test_the_cases_have_names_of_their_own() -> None:
    names = [each.name for each in FAULTY_SURVEYS]

    assert len(set(names)) == len(names) >= 50


def test_answers_become_places_in_the_scale(tiny: TinySurvey) -> None:
    then = tiny.read()[0].waves[0]

    # f01 of respondents 1-9: 4 3 2 1 8(vet ej) 4 3 2 blank; f03 was not asked; 10 said nothing.
    assert then.codes[:, 0].tolist() == [3, 2, 1, 0, -1, 3, 2, 1, -2]
    assert set(then.codes[:, 2].tolist()) == {-3}
    assert then.excluded == (Excluded("inget svar på någon fråga", 1),)
    assert then.codes.dtype == np.int8


def test_labels_and_numbers_from_excel_and_spss_are_read_as_codes(tiny: TinySurvey) -> None:
    now = tiny.read()[0].waves[1]

    # f01: "Mycket bra", "ganska  bra", 2, 1; f02: "1,0", "2.0", 8, 9(saknas).
    assert now.codes[:, 0].tolist() == [3, 2, 1, 0]
    assert now.codes[:, 1].tolist() == [0, 1, -1, -2]


def test_an_open_question_keeps_only_that_something_was_written(tiny: TinySurvey) -> None:
    then = tiny.read()[0].waves[0]

    assert then.codes[:, 3].tolist() == [0, -2, -2, -2, -2, -2, -2, 0, -2]


def test_groups_come_from_codes_and_birth_years(tiny: TinySurvey) -> None:
    survey = tiny.read()[0]
    kon, age, area = survey.waves[0].background.T

    # Groups: M K annat; born 1990 1985 1960 1955 - 2006 1974 1950 1999 in 2024; c c n n c c n n -.
    assert kon.tolist() == [1, 0, 1, 0, 2, 1, 0, 1, 0]
    assert age.tolist() == [0, 0, 1, 1, -1, 0, 1, 1, 0]
    assert area.tolist() == [0, 0, 1, 1, 0, 0, 1, 1, -1]
    assert survey.codebook.backgrounds[0].groups[1] == ("K", "kvinnor")


def test_the_design_follows_the_respondents(tiny: TinySurvey) -> None:
    then = tiny.read()[0].waves[0]

    assert then.stratum.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]
    assert then.weight is not None
    assert then.weight.tolist() == [1.5] * 5 + [2.25] * 4
    assert then.cluster is None


def test_clusters_get_numbers(tiny: TinySurvey) -> None:
    tiny.swap(BOOK, 'vikt = "vikt"', 'vikt = "vikt"\nkluster = "omrade"')
    tiny.swap(THEN, "1999;;", "1999;c;")

    then = tiny.read()[0].waves[0]

    assert then.cluster is not None
    assert then.cluster.tolist() == [0, 0, 1, 1, 0, 0, 1, 1, 0]


def test_larger_areas_join_the_areas_that_lie_in_them(tiny: TinySurvey) -> None:
    tiny.swap(BOOK, 'nyckel = "omrade"', 'nyckel = "omrade"\nstorre = true')

    survey = tiny.read()[0]

    assert survey.codebook.backgrounds[2].groups == (("centrum", "Centrum"), ("staden", "staden"))


def test_many_faults_of_a_column_are_counted_after_twenty(tiny: TinySurvey) -> None:
    rows = "".join(f"{place};1;1;1;1990;c;7;1;\n" for place in range(100, 130))
    tiny.write(THEN, WAVE_2024 + rows)

    with pytest.raises(DataError) as caught:
        tiny.read()

    assert len(caught.value.faults) == 21
    assert "rad 32, kolumn f01: och 10 till i samma kolumn" in str(caught.value)


def test_all_faults_of_all_files_come_at_once(tiny: TinySurvey) -> None:
    tiny.swap(THEN, "1;1;1,5;2;1990;c;4", "1;1;1,5;2;1990;c;7")
    tiny.swap(NOW, "1;1;1;2", "1;1;0;2")

    message = _message(tiny)

    assert "trivsel_2024.csv, rad 2, kolumn f01" in message
    assert "trivsel_2025.csv, rad 2, kolumn vikt" in message


def test_blank_rows_are_left_out_and_counted(tiny: TinySurvey) -> None:
    tiny.swap(THEN, "\n3;1", "\n;;;;;;;;\n\n3;1")

    then = tiny.read()[0].waves[0]

    assert Excluded("tom rad", 2) in then.excluded
    assert len(then.codes) == 9


def test_a_wave_after_the_quarter_is_left_out(tiny: TinySurvey) -> None:
    folder, kommun = tiny.folder, tiny.parsed()

    early = read_surveys(folder, kommun, quarter=parse_period("2025K2"), today=date(2026, 10, 12))[
        0
    ]

    assert [wave.wave.period for wave in early.waves] == ["2024"]
    assert [item.id for item in early.codebook.items] == ["f01", "f02", "ord"]
    assert early.waves[0].codes.shape == (9, 3)


def test_a_kommun_without_surveys_has_none(tiny: TinySurvey) -> None:
    nowhere = tiny.folder.parent / "inget"

    found = read_surveys(
        nowhere, tiny.parsed(), quarter=parse_period("2026K3"), today=date(2026, 10, 12)
    )

    assert found == ()


def test_surveys_enter_the_inputs_with_their_checksums(tiny: TinySurvey) -> None:
    inputs = read_inputs(
        tiny.kommun.data, "testby", quarter=parse_period("2026K3"), today=date(2026, 10, 12)
    )

    names = [name for name, _ in inputs.checksums]
    assert [each.codebook.key for each in inputs.surveys] == ["trivsel"]
    assert "kommuner/testby/enkater/trivsel.toml" in names
    assert "kommuner/testby/enkater/trivsel_2025.csv" in names


def test_excel_answers_are_those_of_the_csv(tiny: TinySurvey) -> None:
    from_csv = tiny.read()[0].waves[1]
    book = Workbook()
    for cells in (line.split(";") for line in WAVE_2025.splitlines()):
        book.active.append([float(cell) if cell.isdigit() else cell or None for cell in cells])
    book.save(tiny.folder / "trivsel_2025.xlsx")
    (tiny.folder / NOW).unlink()
    tiny.swap(BOOK, NOW, "trivsel_2025.xlsx")

    from_excel = tiny.read()[0].waves[1]

    assert np.array_equal(from_excel.codes, from_csv.codes)
    assert np.array_equal(from_excel.background, from_csv.background)


def test_an_spss_file_keeps_its_user_missing_codes(tiny: TinySurvey) -> None:
    frame = pd.DataFrame(
        {
            "lopnr": [1.0, 2.0, 3.0, 4.0, 5.0],
            "stratum": ["1", "1", "2", "2", "2"],
            "vikt": [1.25, 0.5, 1.0, 1.0, 1.0],
            "kon": [2.0, 1.0, 2.0, 1.0, 9.0],
            "fodelsear": [1990.0, 1985.0, 1960.0, np.nan, 1955.0],
            "omrade": ["c", "c", "n", "n", ""],
            "f01": [4.0, 3.0, 8.0, 9.0, np.nan],
            "f02": [1.0, 2.0, 3.0, 4.0, 8.0],
            "f03": [1.0, 2.0, 3.0, 4.0, 4.0],
            "kommentar": ["Ängen är fin", "", "", "", ""],
        }
    )
    labels = {1: "Mycket dåligt", 4: "Mycket bra", 8: "Ingen åsikt"}
    pyreadstat.write_sav(
        frame,
        tiny.folder / "trivsel.sav",
        variable_value_labels={"f01": labels},
        missing_ranges={"f01": [{"lo": 8, "hi": 9}], "kon": [9]},
    )
    (tiny.folder / NOW).unlink()
    tiny.swap(BOOK, NOW, "trivsel.sav")

    now = tiny.read()[0].waves[1]

    assert now.codes[:, 0].tolist() == [3, 2, -1, -2, -2]
    assert now.background.tolist() == [[1, 0, 0], [0, 0, 0], [1, 1, 1], [0, -1, 1], [-1, 1, -1]]
    assert now.weight is not None
    assert now.weight.tolist() == [1.25, 0.5, 1.0, 1.0, 1.0]
    assert now.codes[:, 3].tolist() == [0, -2, -2, -2, -2]


def test_a_file_of_a_thousand_columns_is_read(tiny: TinySurvey) -> None:
    head, *rows = WAVE_2025.splitlines()
    more = ";".join(f"x{place}" for place in range(1000))
    cells = ";".join(["1"] * 1000)
    tiny.write(NOW, "\n".join([f"{head};{more}", *(f"{row};{cells}" for row in rows)]) + "\n")

    assert tiny.read()[0].waves[1].codes.shape == (4, 4)


def _columns(file: AnswerFile) -> dict[str, list[str]]:
    found = {}
    for title in file.header:
        column = file.column(title)
        found[title] = [column.texts[code] for code in column.codes]
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_quick_reader_gives_what_the_careful_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newline: str
) -> None:
    text = WAVE_2024.replace("\n3;1", "\n;;;;;;;;\n3; 1") + "11;2;1\n"
    raw = text.replace("\n", newline).encode("utf-8-sig")
    careful = read_answers(raw, tmp_path / "a.csv", label="a.csv")
    monkeypatch.setattr(answer_file, "_LONG", 0)

    quick = read_answers(raw, tmp_path / "a.csv", label="a.csv")

    assert answer_file._quick(raw, "a.csv") is not None
    assert _columns(quick) == _columns(careful)
    assert quick.rows.tolist() == careful.rows.tolist()
    assert quick.blank == careful.blank == 1


def test_the_quick_reader_leaves_an_overfull_row_to_the_careful_one(
    tiny: TinySurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_file, "_LONG", 0)
    tiny.swap(THEN, "1990;c;4;3;Bra", "1990;c;4;3;Bra;mycket")

    assert "raden har fler celler" in _message(tiny)
