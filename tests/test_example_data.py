"""The made-up municipality: it can be made again, is complete, whole and not about anyone."""

import csv
import gzip
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvalitetslib.catalogue import catalogue
from kvalitetslib.contracts import ATGARDER, TABLES, VALUES
from kvalitetslib.period import parse_period
from kvalitetslib.sources.inputs import Inputs, read_inputs

DATA = Path(__file__).parents[1] / "data"
KOMMUN = DATA / "kommuner" / "exempelkommun"
SNAPSHOTS = sorted((DATA / "kallor" / "exempel-kolada").iterdir())
REGISTERS = (
    "synpunkter", "mal", "atgarder", "loften", "lardomar", "egenkontroll", "ideer", "omvarld",
    "ekonomi",
)  # fmt: skip
TRUTHS = {
    "stark", "svag", "stigande", "fallande", "ojämlik", "växande gap", "minskande gap", "i nivå",
    "ingenting", "effekt", "prioritera", "vårda", "lägre prioritet",
    "växande behov", "minskande behov", "behov som riket",
    "lägre kostnad", "högre kostnad", "samvarierar",
    "ingen effekt", "återgång", "återkommande fel", "brutet löfte", "sent nått mål",
}  # fmt: skip


def made_files(folder: Path) -> dict[str, Path]:
    """What the generator makes, by path below the data folder."""
    parts = [folder / "kommuner" / "exempelkommun", folder / "kallor"]
    found = [path for part in parts for path in part.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path for path in [*found, folder / "sanningar.csv"]
    }


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked, as zlib's versions may pack in different ways.

    The checksums of packed files differ with them, so their lines are left out.
    """
    raw = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(raw)
    return b"\n".join(line for line in raw.splitlines() if not line.startswith(b"sha256"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def envelopes(snapshot: Path, pattern: str) -> Iterator[dict[str, Any]]:
    """The records of a snapshot's files, in order."""
    for path in sorted(snapshot.glob(pattern)):
        yield from json.loads(gzip.decompress(path.read_bytes()))["values"]


def own_cells(snapshot: Path) -> dict[tuple[str, int, str], float | None]:
    return {
        (record["kpi"], record["period"], cell["gender"]): cell["value"]
        for record in envelopes(snapshot, "data-*.json.gz")
        if record["municipality"] == "9901"
        for cell in record["values"]
    }


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    quarter = parse_period("2026K3")
    return read_inputs(DATA, "exempelkommun", quarter=quarter, today=date(2026, 10, 15))


@pytest.fixture(scope="module")
def truths() -> list[dict[str, str]]:
    return rows(DATA / "sanningar.csv")


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    script = [sys.executable, "-B", str(DATA / "skapa_exempel.py"), "--ut", str(folder)]
    subprocess.run(script, check=True, capture_output=True)
    return folder


def test_the_generator_makes_exactly_the_committed_files(made_again: Path) -> None:
    assert sorted(made_files(made_again)) == sorted(made_files(DATA))


def test_the_generator_makes_the_committed_content_again(made_again: Path) -> None:
    again, committed = made_files(made_again), made_files(DATA)
    assert [name for name in committed if content(again[name]) != content(committed[name])] == []


def test_the_packed_files_carry_no_time_and_no_name() -> None:
    headers = {path.read_bytes()[3:8] for path in made_files(DATA).values() if path.suffix == ".gz"}
    assert headers == {b"\0\0\0\0\0"}


def test_the_snapshots_stay_small() -> None:
    size = sum(path.stat().st_size for snapshot in SNAPSHOTS for path in snapshot.iterdir())
    assert size < 1_500_000


def test_the_readers_take_every_file_without_a_fault(inputs: Inputs) -> None:
    assert inputs.kommun.synthetic
    assert len(inputs.kommun.namnder) == 8


def test_every_source_says_that_it_is_made_up(inputs: Inputs) -> None:
    assert {source.synthetic for source in inputs.sources} == {True}


def test_every_indicator_with_values_is_known(inputs: Inputs) -> None:
    known = {each.id for each in inputs.kommun.indicators}
    margins = {each.margin_indicator for each in inputs.kommun.indicators}
    published = {each["kpi"] for each in envelopes(SNAPSHOTS[-1], "data-*.json.gz")}
    assert published | {row["indikator"] for row in rows(KOMMUN / "indikatorer.csv")} <= (
        known | margins
    )


def test_every_namnd_has_values_for_all_its_indicators(inputs: Inputs) -> None:
    with_values = set(inputs.values.loc[inputs.values["kommun"] == "9901", "indicator"])
    followed = {id for namnd in inputs.kommun.namnder for id in namnd.indicators}
    assert followed <= with_values


def test_planted_numbers_agree_with_the_catalogue() -> None:
    with (DATA / "exempel" / "matt.csv").open(encoding="utf-8", newline="") as file:
        planted = {row["indikator"]: row for row in csv.DictReader(file)}
    known = {id: catalogue().indicators[id] for id in planted}
    signs = {"hög": "1", "låg": "-1", "neutral": "0"}
    assert {id: (float(row["skillnad"]), row["kon"] == "1", row["riktning"])
            for id, row in planted.items()} == {
        id: (each.delta, each.by_gender, signs[each.direction]) for id, each in known.items()
    }  # fmt: skip


def test_every_truth_names_an_indicator_that_its_namnd_follows(
    inputs: Inputs, truths: list[dict[str, str]]
) -> None:
    followed = {namnd.nyckel: set(namnd.indicators) for namnd in inputs.kommun.namnder}
    indicators = [row for row in truths if ":" not in row["indikator"]]  # the rest are questions
    assert [row for row in indicators if row["indikator"] not in followed[row["namnd"]]] == []


def test_truths_of_every_kind_stand_in_every_namnd(truths: list[dict[str, str]]) -> None:
    assert {row["sanning"] for row in truths} == TRUTHS
    assert len({row["namnd"] for row in truths if row["sanning"] != "ingenting"}) == 8


def test_there_is_enough_truth_and_enough_noise(truths: list[dict[str, str]]) -> None:
    noise = [row for row in truths if row["sanning"] == "ingenting"]
    assert len(noise) >= 20
    assert len(truths) - len(noise) >= 24


def test_some_weaknesses_have_no_measure(truths: list[dict[str, str]]) -> None:
    weak = {row["indikator"] for row in truths if row["sanning"] == "svag"}
    treated = {row["indikator"] for row in rows(KOMMUN / f"{ATGARDER.name}.csv")}
    assert len(weak - treated) >= 2
    assert len(weak & treated) >= 5


def test_a_sex_is_hidden_where_the_total_is_shown() -> None:
    cells = own_cells(SNAPSHOTS[-1])
    assert cells[("U23401", 2025, "K")] is None
    assert cells[("U23401", 2025, "M")] is None
    assert cells[("U23401", 2025, "T")] is not None


def test_one_value_is_marked_as_deleted() -> None:
    deleted = [
        (record["kpi"], record["municipality"], record["period"])
        for record in envelopes(SNAPSHOTS[-1], "data-*.json.gz")
        if any(cell["isdeleted"] for cell in record["values"])
    ]
    assert ("N09811", "9901", 2016) in deleted


def test_the_newer_snapshot_brings_values_and_changes_old_ones() -> None:
    before, after = own_cells(SNAPSHOTS[0]), own_cells(SNAPSHOTS[1])
    assert ("N15418", 2025, "T") in after.keys() - before.keys()
    assert {key[:2] for key in before if before[key] != after[key]} == {
        ("N00090", 2024), ("U07414", 2024), ("N15504", 2024), ("N20580", 2023), ("N09805", 2024),
    }  # fmt: skip


def test_most_publications_are_still_to_come() -> None:
    coming = [each["publication_date"] for each in envelopes(SNAPSHOTS[-1], "kpi.json.gz")]
    assert sum(day is not None and day > "2026-10-05" for day in coming) > 0.75 * len(coming)


def test_exactly_one_area_is_too_small_in_some_period() -> None:
    falls = [row for row in rows(KOMMUN / "indikatorer.csv") if row["indikator"] == "X-FALL"]
    small = [row["period"] for row in falls if row["omrade"] and int(row["namnare"]) < 5]
    assert len(small) >= 10
    assert len(small) == len(set(small))


def test_own_totals_are_the_sums_of_their_areas() -> None:
    falls = [row for row in rows(KOMMUN / "indikatorer.csv") if row["indikator"] == "X-FALL"]
    total = sum(int(row["namnare"]) for row in falls if not row["omrade"])
    assert total == sum(int(row["namnare"]) for row in falls if row["omrade"])


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_has_rows_for_at_least_six_namnder(register: str) -> None:
    assert len({row["namnd"] for row in rows(KOMMUN / f"{register}.csv")}) >= 6


@pytest.mark.parametrize("register", [VALUES.name, *REGISTERS, "loftesbrott"])
def test_every_register_has_all_columns_of_its_contract(register: str) -> None:
    table = next(each for each in TABLES if each.name == register)
    header = (KOMMUN / f"{register}.csv").read_text("utf-8").splitlines()[0]
    assert header.split(";") == [column.name for column in table.columns]


def test_the_kommun_has_complaints_from_all_months_of_four_years() -> None:
    received = [row["inkom"][:7] for row in rows(KOMMUN / "synpunkter.csv")]
    assert 2000 <= len(received) <= 2600
    assert len(set(received)) == 45


def test_no_kommun_in_the_example_is_real(realdata: Path) -> None:
    path = realdata / "kolada" / "rkolada_2026-03" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        real = {row["title"] for row in csv.DictReader(file)} | {"Gotland"}
    made_up = {each["title"] for each in envelopes(SNAPSHOTS[-1], "municipality.json.gz")}
    assert len(made_up) == 42
    assert made_up & real == {"Riket"}


def test_kommun_toml_names_the_made_up_county() -> None:
    groups = tomllib.loads((KOMMUN / "kommun.toml").read_text("utf-8"))["jamforelse"]
    assert [len(groups[key]["kommuner"]) for key in ("liknande", "lan")] == [7, 12]
    assert groups["lan"]["namn"] == "Exempellän"
