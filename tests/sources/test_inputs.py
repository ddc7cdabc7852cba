"""A whole folder as inputs: own values, snapshot, earlier snapshot and registers together."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from tiny_kommun import KEY, QUARTER, TODAY, TinyKommun, cell, envelope, packed, record

from kvalitetslib.errors import DataError, SourceError
from kvalitetslib.model import Group
from kvalitetslib.period import Period, parse_period
from kvalitetslib.sources.indicators import COLUMNS
from kvalitetslib.sources.inputs import Inputs, kommun_keys, read_inputs


def _inputs(tiny: TinyKommun, quarter: Period = QUARTER, today: date = TODAY) -> Inputs:
    return read_inputs(tiny.data, KEY, quarter=quarter, today=today)


def _cell(values: pd.DataFrame, **where: str) -> pd.Series:
    found = values.loc[np.logical_and.reduce([values[key] == each for key, each in where.items()])]
    assert len(found) == 1
    return found.iloc[0]


def test_values_are_those_of_the_snapshot_and_the_own_file(kommun_folder: TinyKommun) -> None:
    values = _inputs(kommun_folder).values

    assert tuple(values.columns) == COLUMNS
    # 4 in the newest fetch: a deleted one, a future one and one of no interest are left out.
    printed = "Syntetiska data (Kolada-likt)"
    assert values["source"].value_counts().to_dict() == {printed: 4, "egen": 4}
    own = _cell(values, indicator="X-SVAR", period="2025", gender="T")
    assert (own["kommun"], own["value"], own["numerator"], own["at"]) == ("9901", 84.0, 168, 2025)


def test_a_missing_value_is_nan_with_its_status_never_zero(kommun_folder: TinyKommun) -> None:
    cell = _cell(_inputs(kommun_folder).values, indicator="N15428", gender="K")

    assert np.isnan(cell["value"])
    assert cell["status"] == "Missing"


def test_earlier_holds_the_own_values_of_the_fetch_before(kommun_folder: TinyKommun) -> None:
    earlier = _inputs(kommun_folder).earlier

    assert set(earlier["kommun"]) == {"9901"}
    assert _cell(earlier, gender="T")["value"] == 80.0


def test_a_changed_title_is_reported(kommun_folder: TinyKommun) -> None:
    row = _inputs(kommun_folder).publications.iloc[0]

    assert row["title"] == "Elever med kriterierna, andel (%)"
    assert row["earlier_title"] == "Elever med kunskapskraven, andel (%)"
    assert row["next_publication"] == "2027-04-01"


def test_a_pinned_fetch_has_no_later_one(kommun_folder: TinyKommun) -> None:
    kommun_folder.swap("kommun.toml", "prov-kolada", "prov-kolada/2026-07-01")

    inputs = _inputs(kommun_folder)

    assert _cell(inputs.values, indicator="N15428", gender="T")["value"] == 80.0
    assert inputs.earlier.empty
    assert inputs.publications["earlier_title"].tolist() == [""]


def test_an_old_quarter_leaves_out_what_came_after_it(kommun_folder: TinyKommun) -> None:
    inputs = _inputs(kommun_folder, parse_period("2025K1"))

    assert set(inputs.values["period"]) == {"2024"}
    assert inputs.feedback.empty
    assert inputs.economy == ()


def test_an_own_number_fills_a_cell_that_the_source_has_not_published(
    kommun_folder: TinyKommun,
) -> None:
    kommun_folder.add("indikatorer.csv", "N15428;2024;83,0;K;;;;;;")

    cell = _cell(_inputs(kommun_folder).values, indicator="N15428", gender="K")

    assert (cell["value"], cell["source"]) == (83.0, "egen")


def test_registers_become_nouns(kommun_folder: TinyKommun) -> None:
    inputs = _inputs(kommun_folder)

    assert [goal.id for goal in inputs.goals] == ["M1", "M2"]
    assert (inputs.goals[0].target, inputs.goals[0].due) == (90.0, date(2027, 12, 31))
    assert inputs.goals[1].group == Group("K")
    assert inputs.atgarder[0].group == Group("K", "0–5 år")
    assert inputs.outlooks[0].dated == date(2026, 4, 1)
    assert inputs.names["9902"] == "Granby"


def test_a_kommun_without_tables_and_snapshot_has_empty_ones(kommun_folder: TinyKommun) -> None:
    for path in kommun_folder.folder.glob("*.csv"):
        path.unlink()
    kommun_folder.swap("kommun.toml", '[kallor]\nkolada = "prov-kolada"\n', "")

    inputs = _inputs(kommun_folder)

    assert tuple(inputs.values.columns) == tuple(inputs.earlier.columns) == COLUMNS
    assert (len(inputs.values), len(inputs.feedback), inputs.goals, inputs.sources) == (
        0,
        0,
        (),
        (),
    )
    assert [name for name, _ in inputs.checksums] == ["kommuner/testby/kommun.toml"]


def test_every_file_read_has_a_checksum(kommun_folder: TinyKommun) -> None:
    names = [name for name, _ in _inputs(kommun_folder).checksums]
    files = [each for each in kommun_folder.data.rglob("*") if each.is_file()]

    assert names == sorted(each.relative_to(kommun_folder.data).as_posix() for each in files)


def test_two_readings_share_the_snapshot_and_agree(kommun_folder: TinyKommun) -> None:
    first, second = _inputs(kommun_folder), _inputs(kommun_folder)

    assert first.checksums == second.checksums
    assert first.sources == second.sources
    pd.testing.assert_frame_equal(first.values, second.values)
    assert first.names is second.names


def test_faults_of_all_files_come_in_one_error_in_order(kommun_folder: TinyKommun) -> None:
    kommun_folder.swap("mal.csv", "miljo", "mijlo")
    kommun_folder.swap("indikatorer.csv", "84,0", "140")
    (kommun_folder.folder / "loften.csv").write_bytes(b"")
    (kommun_folder.fetch / "data.json.gz").unlink()

    with pytest.raises(DataError) as caught:
        _inputs(kommun_folder)

    assert [fault.file.rpartition("/")[2] for fault in caught.value.faults] == [
        "data.json.gz",
        "indikatorer.csv",
        "loften.csv",
        "mal.csv",
    ]


def test_lessons_are_not_blamed_for_a_file_that_cannot_be_read(kommun_folder: TinyKommun) -> None:
    (kommun_folder.folder / "atgarder.csv").write_bytes(b"\xff\xfei\x00d\x00")

    with pytest.raises(SourceError, match="UTF-16") as caught:
        _inputs(kommun_folder)

    assert len(caught.value.faults) == 1


def test_kommuner_are_the_folders_with_a_kommun_toml(kommun_folder: TinyKommun) -> None:
    (kommun_folder.data / "kommuner" / "tom").mkdir()

    assert kommun_keys(kommun_folder.data) == ("testby",)


def test_a_file_changed_after_it_was_read_is_noticed(kommun_folder: TinyKommun) -> None:
    _inputs(kommun_folder)
    (kommun_folder.fetch / "kpi.json.gz").write_bytes(b"annat")

    with pytest.raises(SourceError, match="har ändrats"):
        _inputs(kommun_folder)


def test_new_bytes_with_a_new_checksum_are_read_anew(kommun_folder: TinyKommun) -> None:
    before = _inputs(kommun_folder)
    page = envelope([record("N15428", "9901", 2024, cell("T", 55.0))])
    kommun_folder.refetch("data.json.gz", packed(page))

    after = _inputs(kommun_folder)

    assert _cell(before.values, indicator="N15428", kommun="9901", gender="T")["value"] == 80.5
    assert _cell(after.values, indicator="N15428", kommun="9901", gender="T")["value"] == 55.0
