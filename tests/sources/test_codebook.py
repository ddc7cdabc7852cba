"""Codebooks, their templates, and drafts of new ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from tiny_kommun import KOMMUN
from tiny_survey import NORTH, TinySurvey, write_tiny_survey

from kvalitetslib.codebook import Answer, Codebook, Measure, Role, ScaleKind, Weighting
from kvalitetslib.config import parse_kommun
from kvalitetslib.errors import ConfigError, Fault
from kvalitetslib.model import Kommun
from kvalitetslib.sources.ages import AgeBounds, age_bounds
from kvalitetslib.sources.answer_file import read_answers
from kvalitetslib.sources.answers import item_codes
from kvalitetslib.sources.checked import Problem
from kvalitetslib.sources.codebook import parse_codebook, read_codebook, template_names
from kvalitetslib.sources.draft import draft_codebook

WAVE = '[[omgang]]\nperiod = "2025"\nfil = "x.csv"\n'


@pytest.fixture
def kommun() -> Kommun:
    return parse_kommun((KOMMUN + NORTH).encode(), "testby", label="kommun.toml")


def _from_template(name: str, kommun: Kommun, more: str = "", about: str = "") -> Codebook:
    text = f'[enkat]\nnamn = "Enkät"\nkalla = "Egen"\npopulation = "alla"\nmall = "{name}"\n'
    raw = f"{text}{about}{WAVE}{more}".encode()
    return parse_codebook(raw, "enkat", kommun, label="enkat.toml").codebook


def test_a_codebook_is_read_as_it_stands(tmp_path: Path) -> None:
    tiny = write_tiny_survey(tmp_path / "data")

    book = read_codebook(tiny.folder / "trivsel.toml", tiny.parsed())

    assert (book.key, book.name, book.weighting) == ("trivsel", "Trivselenkäten", Weighting.RAKE)
    assert [wave.invited for wave in book.waves] == [30, 0]
    assert book.waves[0].strata[1].label == "2"
    assert book.item("f01").role is Role.OVERALL
    assert book.item("f02").namnder == ("miljo",)
    assert book.item("f03").dont_know[0].code == "8"
    assert book.item("ord").scale is ScaleKind.OPEN


def test_margins_name_groups_with_or_without_the_word_year(tmp_path: Path) -> None:
    tiny = write_tiny_survey(tmp_path / "data")

    margin = read_codebook(tiny.folder / "trivsel.toml", tiny.parsed()).waves[0].margins[0]

    assert margin.variables == ("kon", "alder")
    assert dict(margin.counts)[("M", "50 år och äldre")] == 270


@pytest.mark.parametrize("name", template_names())
def test_every_template_makes_a_codebook(name: str, kommun: Kommun) -> None:
    book = _from_template(name, kommun)

    assert len(book.items) >= 7
    assert set(book.offered) == {item.id for item in book.items}
    assert all(item.text.endswith((".", "?")) for item in book.items)
    assert all(item.subject[0].isupper() and item.subject[-1] != "." for item in book.items)


def test_the_seven_templates_are_there() -> None:
    assert template_names() == (
        "aldreomsorg",
        "brukarundersokning-funktionsnedsattning",
        "egen",
        "forskoleenkat",
        "hme",
        "medborgarundersokning",
        "skolenkat",
    )


@pytest.mark.parametrize(
    ("name", "smallest"),
    [("brukarundersokning-funktionsnedsattning", 5), ("forskoleenkat", 7), ("aldreomsorg", 30)],
)
def test_a_template_brings_its_publishers_threshold(
    name: str, smallest: int, kommun: Kommun
) -> None:
    assert _from_template(name, kommun).smallest_n == smallest


def test_no_opinion_stands_outside_the_base_of_a_medborgarundersokning(kommun: Kommun) -> None:
    item = _from_template("medborgarundersokning", kommun).item("helhet")

    assert [answer.label for answer in item.dont_know] == ["Ingen åsikt"]
    assert [answer.positive for answer in item.answers] == [False, False, True, True]
    assert item.breaks == ("2021",)


def test_dont_know_counts_in_the_base_of_a_skolenkat(kommun: Kommun) -> None:
    item = _from_template("skolenkat", kommun).item("trygg")

    assert [answer.code for answer in item.answers] == ["8", "1", "2", "3", "4"]
    assert item.dont_know == ()
    assert item.breaks == ("2018", "2022")
    assert item.concerns_children


def test_hme_has_three_statements_of_each_kind_with_an_index(kommun: Kommun) -> None:
    items = _from_template("hme", kommun).items

    assert [item.hme for item in items] == ["motivation"] * 3 + ["ledarskap"] * 3 + ["styrning"] * 3
    assert {item.measure for item in items} == {Measure.INDEX}
    assert {len(item.answers) for item in items} == {5}


def test_a_codebook_overrides_single_keys_of_a_templates_question(kommun: Kommun) -> None:
    more = '[[fraga]]\nid = "trygg"\nkolumn = "Q7"\n[teman]\nTrygghet = ["skola"]\n'

    book = _from_template("skolenkat", kommun, more)

    assert book.item("trygg").column == "Q7"
    assert book.item("trygg").text == "Skolan är en trygg plats för mig."
    assert book.item("trygg").namnder == ("skola",)
    assert "trygg" not in book.offered
    assert "studiero" in book.offered


def test_a_codebook_takes_up_a_templates_background_by_its_key(kommun: Kommun) -> None:
    more = '[[bakgrund]]\nnyckel = "alder"\nkolumn = "ar"\nfodelsear = true\n'

    (age,) = _from_template("medborgarundersokning", kommun, more).backgrounds

    assert age.bounds == (18, 30, 50, 65)
    assert (age.column, age.born, age.oldest) == ("ar", True, None)


def test_template_questions_without_a_column_fall_away(tmp_path: Path) -> None:
    tiny = write_tiny_survey(tmp_path / "data")
    tiny.swap("trivsel.toml", 'viktning = "rakning"', 'mall = "medborgarundersokning"')
    tiny.swap("trivsel.toml", 'roll = "helhet"\n', "")
    tiny.swap("trivsel_2025.csv", ";f03;", ";gata_sno;")
    tiny.swap(
        "trivsel.toml",
        '[[fraga]]\nid = "f03"\ntext = "Hur är maten?"\n',
        '[[fraga]]\nid = "gata_sno"\n',
    )

    items = tiny.read()[0].codebook.items

    assert [item.id for item in items] == ["gata_sno", "f01", "f02", "ord"]


def test_the_base_cannot_change_without_the_scale(kommun: Kommun) -> None:
    with pytest.raises(ConfigError, match="basen kan inte ändras utan skalan"):
        _from_template("skolenkat", kommun, '[[fraga]]\nid = "trygg"\nbas = "tog ställning"\n')


def test_an_nps_scale_has_eleven_steps_without_being_told(kommun: Kommun) -> None:
    item = _from_template("egen", kommun).item("rekommendera")

    assert [answer.code for answer in item.answers] == [str(step) for step in range(11)]
    assert (item.scale, item.measure) == (ScaleKind.NPS, Measure.NPS)


@pytest.mark.parametrize(
    ("groups", "bounds"),
    [
        (["18–29 år", "30-64 år", "65 år och äldre"], AgeBounds((18, 30, 65), None)),
        (["16-29 år", "30-84 år"], AgeBounds((16, 30), 84)),
        (["0–5", "6", "7+"], AgeBounds((0, 6, 7), None)),
        (["65–79 år", "80-w år"], AgeBounds((65, 80), None)),
    ],
)
def test_bounds_are_read_from_the_texts(groups: list[str], bounds: AgeBounds) -> None:
    assert age_bounds(groups) == bounds


@pytest.mark.parametrize(
    ("groups", "rule"),
    [
        (["18–29 år", "31–64 år"], "lucka"),
        (["18–30 år", "30–64 år"], "överlappar"),
        (["65 år och äldre", "18–64 år"], "överlappar"),
        (["29–18 år"], "bakvänd"),
        (["unga"], "kan inte tolkas"),
        ([], "saknas"),
    ],
)
def test_ages_that_do_not_make_one_row_are_refused(groups: list[str], rule: str) -> None:
    found = age_bounds(groups)

    assert isinstance(found, Problem)
    assert rule in found.rule


def _sav(path: Path) -> None:
    frame = pd.DataFrame(
        {
            "lopnr": [1.0, 2.0, 3.0],
            "kon": [1.0, 2.0, 2.0],
            "fodelsear": [1990.0, 1950.0, 1970.0],
            "f1": [1.0, 4.0, 8.0],
            "f2": [2.0, 3.0, np.nan],
            "ord": ["Bra", "", ""],
        }
    )
    scale = {1: "Dåligt", 2: "Så där", 3: "Bra", 4: "Jättebra", 8: "Vet inte"}
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"f1": 'Hur är "maten"?', "f2": "Hur är skolan?"},
        variable_value_labels={"f1": scale, "f2": scale, "kon": {1: "Man", 2: "Kvinna"}},
        missing_ranges={"f1": [{"lo": 8, "hi": 9}], "f2": [{"lo": 8, "hi": 9}]},
    )


def test_a_draft_from_an_spss_file_uses_its_labels(tmp_path: Path, kommun: Kommun) -> None:
    path = tmp_path / "enkat_2025.sav"
    _sav(path)

    text = draft_codebook(path)
    book = parse_codebook(text.encode(), "utkast", kommun, label="utkast.toml").codebook

    assert book.waves[0].period == "2025"
    assert book.id_column == "lopnr"
    assert [each.kind.value for each in book.backgrounds] == ["kön", "ålder"]
    assert dict(book.backgrounds[0].codes) == {"1": "M", "2": "K"}
    assert book.item("f1").text == 'Hur är "maten"?'
    assert [answer.label for answer in book.item("f1").answers][-1] == "Jättebra"
    assert [answer.code for answer in book.item("f1").dont_know] == ["8"]
    assert text.count("[[skala]]") == 2
    assert book.item("ord").scale is ScaleKind.OPEN


def test_a_draft_marks_nothing_as_positive(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("id;nöjd\n1;Ja\n2;Nej\n3;Ja\n", encoding="utf-8")

    text = draft_codebook(path)

    assert "positiv = true" not in text.split("[enkat]")[1]
    assert 'kod = "Nej", text = "Nej"' in text
    assert 'period = "Fyll i: år, till exempel 2026"' in text


def test_a_draft_reads_the_file_it_was_made_from(tmp_path: Path) -> None:
    tiny: TinySurvey = write_tiny_survey(tmp_path / "data")
    source = tiny.folder / "trivsel_2024.csv"
    text = draft_codebook(source).replace('"c" = "c", "n" = "n"', '"c" = "centrum", "n" = "norr"')
    for name in ("trivsel.toml", "trivsel_2025.csv"):
        (tiny.folder / name).unlink()
    tiny.write("utkast.toml", text.replace('"9" = "9"', '"9" = "okänt"'))

    (survey,) = tiny.read()

    assert survey.waves[0].codes.shape == (9, 3)


def test_a_code_is_taken_before_a_label_of_the_same_text(tmp_path: Path, kommun: Kommun) -> None:
    item = _from_template("hme", kommun).item("m1")
    turned = replace(item, answers=(Answer("1", "2"), Answer("2", "1", positive=True)))
    file = read_answers(b"m1;x\n1;a\n2;b\n", tmp_path / "x.csv", label="x.csv")
    faults: list[Fault] = []

    codes = item_codes(file, turned, faults)

    assert codes.tolist() == [0, 1]
    assert faults == []
