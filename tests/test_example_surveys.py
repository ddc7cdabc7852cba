"""The made-up surveys: whole, readable, and each planted truth can be counted in the raw files."""

import csv
import io
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvalitetslib.config import read_kommun
from kvalitetslib.period import parse_period
from kvalitetslib.sources.survey import SurveyInput, read_surveys

DATA = Path(__file__).parents[1] / "data"
FOLDER = DATA / "kommuner" / "exempelkommun" / "enkater"
CITIZENS = "medborgarundersokningen"
KEYS = (CITIZENS, "hme", "skolenkaten")
WAVES = (f"{CITIZENS}_2024.csv", f"{CITIZENS}_2026.csv")
WOMEN, MEN, OTHER = "2", "1", "3"
BEHIND, GREEN, LAKE = "2", "3", "5"
"""Björkbacken, Strandängen and Sjöbygden."""
GRADE_8, LOW_SCHOOL = "8", "2"
CARE, FAMILY, GUARDIANS = "4", "3", "8"
Row = dict[str, str]
Condition = Callable[[Row], bool]


def book(key: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{key}.toml").read_text("utf-8"))


def rows(name: str) -> list[Row]:
    text = (FOLDER / name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def positive(people: list[Row], question: str) -> float:
    """Percent of those who took a stand on a four-step question who chose a positive answer."""
    stood = [row[question] for row in people if row[question] in ("1", "2", "3", "4")]
    return 100 * sum(answer in ("3", "4") for answer in stood) / len(stood)


def index(people: list[Row], questions: tuple[str, ...]) -> float:
    """Mean of five-step questions on 0-100."""
    answers = [row[each] for row in people for each in questions]
    steps = [int(answer) for answer in answers if answer in ("1", "2", "3", "4", "5")]
    return 25 * (sum(steps) / len(steps) - 1)


def gap(name: str, question: str, chosen: Condition, others: Condition) -> float:
    people = rows(name)
    return positive([row for row in people if chosen(row)], question) - positive(
        [row for row in people if others(row)], question
    )


def gap_to_rest(name: str, question: str, chosen: Condition) -> float:
    return gap(name, question, chosen, lambda row: not chosen(row))


def sex_gap(name: str, question: str) -> float:
    return gap(name, question, lambda row: row["kon"] == WOMEN, lambda row: row["kon"] == MEN)


def change(question: str, names: tuple[str, str] = WAVES) -> float:
    return positive(rows(names[1]), question) - positive(rows(names[0]), question)


def age(row: Row, year: int = 2026) -> int:
    return year - int(row["fodelsear"])


def in_column(column: str, code: str) -> Condition:
    return lambda row: row[column] == code


@pytest.fixture(scope="module")
def surveys() -> dict[str, SurveyInput]:
    kommun = read_kommun(DATA, "exempelkommun")
    found = read_surveys(FOLDER, kommun, quarter=parse_period("2026K3"), today=date(2026, 10, 15))
    return {each.codebook.key: each for each in found}


@pytest.fixture(scope="module")
def truths() -> list[Row]:
    with (DATA / "sanningar.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file, delimiter=";"))
    return [row for row in every if row["indikator"].partition(":")[0] in KEYS]


def test_the_generator_makes_the_survey_files_again(tmp_path: Path) -> None:
    script = [sys.executable, "-B", str(DATA / "skapa_exempel.py"), "--ut", str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True)
    again = tmp_path / "kommuner" / "exempelkommun" / "enkater"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in FOLDER.iterdir()
    }


def test_the_survey_files_stay_under_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


@pytest.mark.parametrize("key", KEYS)
def test_every_codebook_says_that_it_is_synthetic(key: str) -> None:
    first = (FOLDER / f"{key}.toml").read_text("utf-8").splitlines()[0]
    assert first.startswith("# Syntetiska data")
    assert "syntetiska data" in book(key)["enkat"]["kalla"]


@pytest.mark.parametrize("key", KEYS)
def test_the_codebook_names_every_column(key: str) -> None:
    codebook = book(key)
    parts = [*codebook["bakgrund"], *codebook["fraga"]]
    named = {part["kolumn"] for part in parts} | set(codebook["kolumner"].values())
    assert [
        column
        for wave in codebook["omgang"]
        for column in rows(wave["fil"])[0]
        if column not in named
    ] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_reader_takes_both_waves_with_nothing_left_out(
    key: str, surveys: dict[str, SurveyInput]
) -> None:
    waves = surveys[key].waves
    assert [len(rows(wave.wave.file)) for wave in waves] == [len(wave.codes) for wave in waves]
    assert [wave.excluded for wave in waves] == [(), ()]


def test_every_namnd_owns_a_question_to_the_citizens(surveys: dict[str, SurveyInput]) -> None:
    owners = {namnd for item in surveys[CITIZENS].codebook.items for namnd in item.namnder}
    assert owners == {namnd.nyckel for namnd in read_kommun(DATA, "exempelkommun").namnder}


def test_the_surveys_have_the_planned_number_of_questions() -> None:
    assert [len(book(key)["fraga"]) for key in KEYS] == [45, 9, 14]


def test_the_citizens_survey_has_one_grade_and_ten_drivers() -> None:
    roles = Counter(question.get("roll", "") for question in book(CITIZENS)["fraga"])
    assert roles == {"helhet": 1, "drivande": 10, "": 34}


def test_the_staff_survey_has_three_statements_of_each_part_in_order() -> None:
    parts = [question["hme"] for question in book("hme")["fraga"]]
    assert parts == ["motivation"] * 3 + ["ledarskap"] * 3 + ["styrning"] * 3


@pytest.mark.parametrize("wave", book(CITIZENS)["omgang"], ids=lambda wave: wave["period"])
def test_strata_and_margins_hold_the_same_people(wave: dict[str, Any]) -> None:
    people = sum(stratum["folkmangd"] for stratum in wave["stratum"])
    assert people == sum(wave["marginal"][0]["antal"].values())
    assert sum(stratum["utsanda"] for stratum in wave["stratum"]) == wave["utsanda"] == 3200


@pytest.mark.parametrize("name", WAVES)
def test_about_four_in_ten_citizens_answer(name: str) -> None:
    assert 0.36 <= len(rows(name)) / 3200 <= 0.42


@pytest.mark.parametrize("wave", book(CITIZENS)["omgang"], ids=lambda wave: wave["period"])
def test_one_area_answers_least(wave: dict[str, Any]) -> None:
    answered = Counter(row["omrade"] for row in rows(wave["fil"]))
    rates = {each["kod"]: answered[each["kod"]] / each["utsanda"] for each in wave["stratum"]}
    assert min(rates, key=lambda code: rates[code]) == BEHIND


def test_young_men_in_that_area_hardly_answer_at_all() -> None:
    young = [row for row in rows(WAVES[1]) if age(row) < 30 and row["omrade"] == BEHIND]
    assert sum(row["kon"] == MEN for row in young) < 0.6 * sum(row["kon"] == WOMEN for row in young)


@pytest.mark.parametrize("name", WAVES)
def test_those_of_another_sex_are_fewer_than_the_smallest_group(name: str) -> None:
    assert sum(row["kon"] == OTHER for row in rows(name)) == 3


def test_strata_are_sampled_so_unequally_that_weights_matter() -> None:
    shares = [
        each["utsanda"] / each["folkmangd"] for each in book(CITIZENS)["omgang"][1]["stratum"]
    ]
    assert max(shares) > 5 * min(shares)


@pytest.mark.parametrize("name", WAVES)
def test_between_one_and_seven_percent_leave_a_question_blank(name: str) -> None:
    people = rows(name)
    closed = [f"f{number:02}" for number in range(1, 43) if f"f{number:02}" in people[0]]
    blank = [sum(row[each] in ("", "9") for row in people) / len(people) for each in closed]
    assert 0.003 <= min(blank) < max(blank) <= 0.075


def test_four_in_ten_have_no_opinion_of_what_few_use() -> None:
    people = rows(WAVES[1])
    assert 0.34 <= sum(row["f42"] == "8" for row in people) / len(people) <= 0.44
    assert sum(row["f01"] == "8" for row in people) / len(people) <= 0.04


def test_a_question_can_be_new() -> None:
    assert [("f10" in rows(name)[0]) for name in WAVES] == [False, True]


def test_answers_to_two_questions_hang_together() -> None:
    people = [row for row in rows(WAVES[1]) if row["f12"] in ("3", "4")]
    rest = [row for row in rows(WAVES[1]) if row["f12"] in ("1", "2")]
    assert positive(people, "f14") - positive(rest, "f14") > 10


def test_what_is_written_is_from_the_list_of_harmless_texts() -> None:
    planted = tomllib.loads((DATA / "exempel" / "texter" / "enkatsvar.toml").read_text("utf-8"))
    written = {row["f45"] for name in WAVES for row in rows(name)} - {""}
    assert written == set(planted[CITIZENS]["fritext"]["texter"])


@pytest.mark.parametrize("name", WAVES)
def test_women_are_less_safe_in_the_evening(name: str) -> None:
    assert -19 <= sex_gap(name, "f01") <= -9


@pytest.mark.parametrize("question", ["f01", "f03"])
def test_one_area_is_less_safe(question: str) -> None:
    assert -26 <= gap_to_rest(WAVES[1], question, in_column("omrade", BEHIND)) <= -10


def test_one_area_is_happier_with_its_parks() -> None:
    assert 9 <= gap_to_rest(WAVES[1], "f26", in_column("omrade", GREEN)) <= 23


def test_one_area_is_less_happy_with_the_snow() -> None:
    assert -28 <= gap_to_rest(WAVES[1], "f13", in_column("omrade", LAKE)) <= -10


def test_the_young_feel_that_they_have_less_influence() -> None:
    assert -25 <= gap_to_rest(WAVES[1], "f08", lambda row: age(row) < 30) <= -7


def test_the_oldest_are_less_happy_with_travel() -> None:
    assert -30 <= gap_to_rest(WAVES[1], "f16", lambda row: age(row) >= 80) <= -10


def test_women_have_caught_up_in_sports() -> None:
    assert sex_gap(WAVES[0], "f24") <= -9
    assert abs(sex_gap(WAVES[1], "f24")) <= 7


def test_women_have_fallen_behind_in_knowing_of_support() -> None:
    assert sex_gap(WAVES[0], "f40") >= -7
    assert -25 <= sex_gap(WAVES[1], "f40") <= -11


def test_women_are_happier_with_the_music_school() -> None:
    assert 8 <= sex_gap(WAVES[1], "f29") <= 23


@pytest.mark.parametrize(
    ("question", "lowest", "highest"), [("f36", -13, -3), ("f23", 4, 14), ("f32", 5, 15)]
)
def test_what_should_move_moves(question: str, lowest: float, highest: float) -> None:
    assert lowest <= change(question) <= highest


@pytest.mark.parametrize("question", ["f02", "f06", "f19", "f25", "f31", "f37", "f42"])
def test_what_should_stand_still_does(question: str) -> None:
    assert abs(change(question)) <= 7


@pytest.mark.parametrize("question", ["f08", "f12", "f25"])
def test_important_drivers_go_with_the_grade(question: str) -> None:
    assert grade_difference(question) > 1.0


def test_a_driver_that_means_nothing_does_not() -> None:
    assert abs(grade_difference("f30")) < 0.3


def grade_difference(question: str) -> float:
    """Mean grade of those who are positive minus that of those who are not."""
    graded = [row for row in rows(WAVES[1]) if row["f43"]]
    pair = [
        [int(row["f43"]) for row in graded if row[question] in codes]
        for codes in (("3", "4"), ("1", "2"))
    ]
    return sum(pair[0]) / len(pair[0]) - sum(pair[1]) / len(pair[1])


def test_leadership_falls_in_care_alone() -> None:
    led = ("h04", "h05", "h06")
    before, after = rows("hme_2025.csv"), rows("hme_2026.csv")
    care = [[row for row in wave if row["verksamhet"] == CARE] for wave in (before, after)]
    rest = [[row for row in wave if row["verksamhet"] != CARE] for wave in (before, after)]
    assert -22 <= index(care[1], led) - index(care[0], led) <= -10
    assert abs(index(rest[1], led) - index(rest[0], led)) <= 5


@pytest.mark.parametrize("name", ["hme_2025.csv", "hme_2026.csv"])
def test_steering_is_weaker_among_those_who_support_families(name: str) -> None:
    wave = rows(name)
    family = [row for row in wave if row["verksamhet"] == FAMILY]
    rest = [row for row in wave if row["verksamhet"] != FAMILY]
    steering = ("h07", "h08", "h09")
    assert -27 <= index(family, steering) - index(rest, steering) <= -13


def test_about_four_hundred_and_twenty_of_the_staff_answer() -> None:
    assert [len(rows(f"hme_{year}.csv")) for year in (2025, 2026)] == [402, 420]


def test_one_verksamhet_has_fewer_than_ten_answers() -> None:
    counts = Counter(row["verksamhet"] for row in rows("hme_2026.csv"))
    assert [code for code, n in counts.items() if n < 10] == [GUARDIANS]


@pytest.mark.parametrize("name", ["skolenkaten_2025.csv", "skolenkaten_2026.csv"])
def test_about_seven_hundred_pupils_answer(name: str) -> None:
    assert 650 <= len(rows(name)) <= 750


@pytest.mark.parametrize("question", ["s01", "s04"])
def test_girls_in_year_eight_are_less_safe(question: str) -> None:
    found = gap(
        "skolenkaten_2026.csv",
        question,
        lambda row: row["kon"] == WOMEN and row["arskurs"] == GRADE_8,
        lambda row: row["kon"] == MEN and row["arskurs"] == GRADE_8,
    )
    assert -32 <= found <= -12


@pytest.mark.parametrize("question", ["s05", "s06"])
def test_it_has_become_easier_to_work_in_class(question: str) -> None:
    assert 4 <= change(question, ("skolenkaten_2025.csv", "skolenkaten_2026.csv")) <= 16


@pytest.mark.parametrize("question", ["s08", "s09", "s10", "s11"])
def test_one_school_gives_less_support(question: str) -> None:
    found = gap_to_rest("skolenkaten_2026.csv", question, in_column("skola", LOW_SCHOOL))
    assert -30 <= found <= -8


def test_every_truth_names_a_question_that_its_namnd_owns(
    truths: list[Row], surveys: dict[str, SurveyInput]
) -> None:
    kommun = read_kommun(DATA, "exempelkommun")
    followed = {
        (f"{key}:{item.id}", namnd.nyckel)
        for key, survey in surveys.items()
        for namnd in kommun.namnder
        for item in survey.codebook.items
        if namnd.nyckel in item.namnder or (not item.namnder and key in namnd.surveys)
    }
    assert [row for row in truths if (row["indikator"], row["namnd"]) not in followed] == []


def test_there_are_at_least_fourteen_truths_in_the_citizens_survey(truths: list[Row]) -> None:
    found = {
        (row["indikator"], row["kon"], row["alder"], row["omrade"], row["sanning"])
        for row in truths
        if row["indikator"].startswith(CITIZENS) and row["sanning"] != "ingenting"
    }
    assert len(found) >= 14


@pytest.mark.parametrize("key", KEYS)
def test_some_questions_hold_nothing_at_all(key: str, truths: list[Row]) -> None:
    nothing = {
        row["indikator"]
        for row in truths
        if row["indikator"].startswith(key) and row["sanning"] == "ingenting"
    }
    assert len(nothing) >= 3
    assert not nothing & {row["indikator"] for row in truths if row["sanning"] != "ingenting"}


def test_every_closed_question_with_a_level_has_a_truth(truths: list[Row]) -> None:
    planted = tomllib.loads((DATA / "exempel" / "texter" / "enkatsvar.toml").read_text("utf-8"))
    asked = {f"{key}:{id}" for key in KEYS for id in planted[key]["niva"]}
    assert asked == {row["indikator"] for row in truths}
