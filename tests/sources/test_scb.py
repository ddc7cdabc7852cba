"""SCB's tables as people: codes, years, what is left out and what is refused."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from kvalitetslib.age_span import OPEN
from kvalitetslib.config import DEFAULT_POLICY
from kvalitetslib.errors import SourceError
from kvalitetslib.model import Kommun, Namnd
from kvalitetslib.sources.jsonstat import parse_jsonstat
from kvalitetslib.sources.population import Population, read_population
from kvalitetslib.sources.scb import COLUMNS, no_people, people_of
from kvalitetslib.sources.scb_csv import parse_csv

COUNTED = """\
Region,Alder,Kon,FOLK 2024,FOLK 2025
00,0,1+2,100,101
00,1,1+2,110,111
00,2+,1+2,1000,1010
9901,0,1+2,10,11
9901,1,1+2,..,12
9901,2+,1+2,100,102
"""
AHEAD = """\
Region,Alder,Kon,FRAM 2030
9901,0,1,5
9901,0,2,6
9901,1,1,7
9901,1,2,8
9901,2+,1,60
9901,2+,2,61
"""


def people(text: str):
    return people_of(parse_csv(text.encode(), "fil.csv"), is_forecast=False, source="SCB")


def kommun(*ages: str, scb: str = "prov-scb") -> Kommun:
    namnd = Namnd("skola", "Skolnämnden", (), demand_ages=ages)
    pinned = (("scb", scb),) if scb else ()
    return Kommun(
        "testby", "Testby", "9901", True, DEFAULT_POLICY, (namnd,), (), (), (), (), pinned
    )


@dataclass(frozen=True)
class Stored:
    """A fetch in a data folder of its own."""

    data: Path

    @property
    def folder(self) -> Path:
        return self.data / "kallor" / "prov-scb" / "2026-10-05"

    def write(self, files: Mapping[str, tuple[str, str]]) -> None:
        """Files by name: what they hold and their text; source.toml agrees with them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = ['kalla = "SCB"', 'adress = "påhittad"', "hamtad = 2026-10-05"]
        for name, (content, text) in files.items():
            (self.folder / name).write_text(text, encoding="utf-8", newline="")
            sha = hashlib.sha256(text.encode()).hexdigest()
            lines += ["[[fil]]", f'namn = "{name}"', f'innehall = "{content}"', f'sha256 = "{sha}"']
        (self.folder / "source.toml").write_text("\n".join(lines), encoding="utf-8")


BOTH = {"folk.csv": ("folkmängd", COUNTED), "fram.csv": ("framskrivning", AHEAD)}


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    made = Stored(tmp_path / "data")
    made.write(BOTH)
    return made


def error(stored: Stored, *ages: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_population(stored.data, kommun(*ages))
    assert len(caught.value.faults) == 1, str(caught.value)
    return str(caught.value)


def test_codes_become_kommuner_ages_and_years() -> None:
    frame = people(COUNTED)

    assert tuple(frame.columns) == COLUMNS
    assert frame.loc[0, ["kommun", "age_from", "age_to", "year", "gender"]].tolist() == [
        "0000", 0, 0, 2024, "T",
    ]  # fmt: skip
    assert frame.loc[2, ["age_from", "age_to"]].tolist() == [2, OPEN]
    assert not frame["is_forecast"].any()


def test_a_number_that_is_not_published_is_nan() -> None:
    persons = people(COUNTED)["persons"]

    assert int(persons.isna().sum()) == 1
    assert math.isnan(persons[4])


def test_one_is_men_and_two_is_women() -> None:
    assert people(AHEAD)["gender"].tolist() == ["M", "K"] * 3


def test_a_table_without_sex_is_about_all() -> None:
    assert people("Region,Alder,2024\n9901,tot,10\n")["gender"].tolist() == ["T"]


def test_counties_are_left_out() -> None:
    assert people("Region,Alder,2024\n20,tot,9\n2080,tot,7\n00,tot,8\n")["kommun"].tolist() == [
        "2080", "0000",
    ]  # fmt: skip


def test_only_december_of_a_monthly_table_is_a_year() -> None:
    frame = people("Region,Alder,2024M11,2024M12,2025M01\n9901,0,8,9,1\n")

    assert frame[["year", "persons"]].to_numpy().tolist() == [[2024, 9]]


def test_a_total_dimension_may_stand_in_the_table() -> None:
    assert len(people("Region,InrikesUtrikes,Alder,2030\n9901,83,0,8\n")) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Region,Civilstand,Alder,2024\n9901,OG,0,1\n",
            ("kolumn Civilstand", "dimensionen är okänd"),
        ),
        (
            "Region,InrikesUtrikes,Alder,2030\n9901,13,0,1\n9901,23,0,1\n",
            ("delar upp folkmängden", "13, 23", "83"),
        ),
        ("Region,Kon,2024\n9901,1,1\n", ("kolumn Alder", "dimensionen saknas")),
        ("Region,Alder,A 2024,B 2024\n9901,0,1,2\n", ("flera tabellinnehåll", "A, B")),
        ("Region,Alder,2024\n9901A0010,0,1\n", ("ingen kommun", "9901A0010 (1 i allt)")),
        ("Region,Alder,2024\n9901,vuxna,1\n", ("åldern kan inte tolkas", "vuxna")),
        ("Region,Alder,2024\n9901,9-5,1\n", ("åldern kan inte tolkas", "9-5")),
        ("Region,Alder,Kon,2024\n9901,0,3,1\n", ("könet är okänt", "3")),
        ("Region,Alder,2026M03,2026M04\n9901,0,1,1\n", ("saknar december", "2026M04")),
        ("Region,Alder,2024\n9901,0,-4\n", ("negativt", "-4")),
    ],
)
def test_a_table_that_is_not_of_people_is_refused(text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        people(text)

    assert len(caught.value.faults) == 1
    assert [part for part in ("fil.csv", *parts) if part not in str(caught.value)] == []


def test_the_recorded_monthly_table_has_no_year(realdata: Path) -> None:
    raw = (realdata / "scb/pxwebapi2_recorded/TAB6471_data.json").read_bytes()

    with pytest.raises(SourceError, match="saknar december"):
        people_of(parse_jsonstat(raw, "TAB6471"), is_forecast=False, source="SCB")


def test_the_recorded_ages_are_read_when_its_last_month_is_december(realdata: Path) -> None:
    raw = (realdata / "scb/pxwebapi2_recorded/TAB6471_data.json").read_text("utf-8")
    moved = raw.replace("2026M04", "2025M12").replace('"20": 15', '"2080": 15')
    frame = people_of(parse_jsonstat(moved.encode(), "TAB6471"), is_forecast=False, source="SCB")
    value = json.loads(raw)["value"]

    # Eleven ages x three sexes; the file's cell of region 15, ages 0-9, all, the fourth month.
    assert (len(frame), set(frame["kommun"])) == (33, {"2080"})
    assert frame["persons"][0] == value[15 * 11 * 3 * 4 + 3]
    assert frame.loc[32, ["age_from", "age_to", "gender"]].tolist() == [100, OPEN, "K"]


def test_a_kommun_without_a_source_has_no_people(tmp_path: Path) -> None:
    population = read_population(tmp_path, kommun(scb=""))

    assert population.frame.empty
    assert population.frame.dtypes.equals(no_people().dtypes)
    assert (population.sources, population.checksums) == ((), ())


def test_both_files_are_read_with_their_source(stored: Stored) -> None:
    population: Population = read_population(stored.data, kommun("0–1", "2+"))
    frame = population.frame

    assert (len(frame), int(frame["is_forecast"].sum())) == (18, 6)
    assert set(frame["source"]) == {"SCB"}
    assert [each.name for each in population.sources] == ["SCB"]
    assert [name for name, _ in population.checksums] == [
        f"kallor/prov-scb/2026-10-05/{name}" for name in ("source.toml", "folk.csv", "fram.csv")
    ]


def test_notes_that_must_follow_the_figures_stand_with_the_source(stored: Stored) -> None:
    codes = {"Region": ["9901"], "Alder": ["tot"], "Tid": ["2026"]}
    answer = {
        "class": "dataset",
        "id": list(codes),
        "size": [1, 1, 1],
        "dimension": {name: {"category": {"index": each}} for name, each in codes.items()},
        "value": [120],
        "note": ["En liten osäkerhet är införd."],
        "extension": {"noteMandatory": {"0": True}},
    }
    stored.write({**BOTH, "ny.json": ("folkmängd", json.dumps(answer))})

    assert read_population(stored.data, kommun()).sources[0].note == "En liten osäkerhet är införd."


def test_a_changed_file_is_told(stored: Stored) -> None:
    (stored.folder / "folk.csv").write_text(COUNTED.replace("101", "999"), encoding="utf-8")

    assert "folk.csv: filen har ändrats sedan den hämtades" in error(stored)


def test_a_forecast_that_is_missing_is_told(stored: Stored) -> None:
    stored.write({"folk.csv": BOTH["folk.csv"]})

    assert "source.toml: framskrivning saknas. Godtas: en [[fil]] med innehall" in error(stored)


def test_a_content_of_another_kind_is_told(stored: Stored) -> None:
    stored.write({**BOTH, "fram.csv": ("framskrivningar", AHEAD)})

    assert "Menade du framskrivning?" in error(stored)


def test_a_file_without_the_own_kommun_is_told(stored: Stored) -> None:
    stored.write({**BOTH, "fram.csv": ("framskrivning", AHEAD.replace("9901", "9902"))})

    told = error(stored)
    assert "fram.csv: kommunens kod saknas" in told
    assert "9901" in told


def test_ages_that_cannot_be_made_are_told_for_each_file(stored: Stored) -> None:
    with pytest.raises(SourceError) as caught:
        read_population(stored.data, kommun("1–5"))

    told = [str(each) for each in caught.value.faults]
    assert len(told) == 2
    assert "folk.csv: åldrarna 1–5 går inte att räkna fram. Hittade: 2 av 2 år" in told[0]
    assert "fram.csv: åldrarna 1–5 går inte att räkna fram. Hittade: 1 av 1 år" in told[1]


def test_the_same_number_in_two_files_is_told(stored: Stored) -> None:
    stored.write({**BOTH, "igen.csv": ("folkmängd", COUNTED)})

    told = error(stored)
    assert "igen.csv: samma uppgift finns två gånger" in told
    assert "0000, 0, 2024, T (12 i allt)" in told


def test_a_file_of_another_kind_is_told(stored: Stored) -> None:
    stored.write({**BOTH, "folk.px": ("folkmängd", "CHARSET")})

    assert "folk.px: filens ändelse är okänd" in error(stored)


def test_shared_tables_are_read_once(stored: Stored) -> None:
    first, again = (read_population(stored.data, kommun()).frame for _ in range(2))

    assert first is again
    np.testing.assert_array_equal(first["persons"].to_numpy()[:3], [100, 110, 1000])
