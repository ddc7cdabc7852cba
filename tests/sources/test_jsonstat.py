"""SCB's two forms of answer: made-up ones for the rules, and real recorded ones read back."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kvalitetslib.errors import SourceError
from kvalitetslib.sources.jsonstat import PxTable, parse_jsonstat
from kvalitetslib.sources.scb_csv import parse_csv

RECORDED = "scb/pxwebapi2_recorded/TAB6471_data.json"


def _answer(**changes: Any) -> dict[str, Any]:
    """Two regions, two years: 2 x 2 cells."""
    made: dict[str, Any] = {
        "class": "dataset",
        "id": ["Region", "Tid"],
        "size": [2, 2],
        "dimension": {
            "Region": {"category": {"index": {"0114": 1, "00": 0}}},
            "Tid": {"category": {"index": ["2024", "2025"]}},
        },
        "value": [1, 2, 3, None],
    }
    return {**made, **changes}


def _parsed(**changes: Any) -> PxTable:
    return parse_jsonstat(json.dumps(_answer(**changes)).encode(), "svar.json")


def test_cells_follow_the_order_of_the_index_and_null_is_nan() -> None:
    frame = _parsed(status={"3": ".."}).frame

    assert frame["Region"].tolist() == ["00", "00", "0114", "0114"]
    assert frame["Tid"].tolist() == ["2024", "2025", "2024", "2025"]
    np.testing.assert_array_equal(frame["value"], [1, 2, 3, np.nan])
    assert frame["status"].tolist() == ["", "", "", ".."]


def test_values_by_place_leave_the_others_missing() -> None:
    np.testing.assert_array_equal(
        _parsed(value={"1": 7}).frame["value"], [np.nan, 7, np.nan, np.nan]
    )


def test_only_mandatory_notes_are_kept() -> None:
    table = _parsed(note=["Viktigt \r\n om talen.", "Annat."],
                    extension={"noteMandatory": {"0": True}})  # fmt: skip

    assert table.notes == ("Viktigt om talen.",)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"value": [1, 2, 3]}, ("inte helt", "3 värden", "4 celler")),
        ({"value": {"4": 1}}, ("utanför tabellen", "plats 4")),
        ({"value": [1, 2, 3, "4"]}, ("inget tal", "4")),
        ({"size": [3, 2]}, ("dimensionen Region", "2 koder", "3")),
        ({"size": [2]}, ("stämmer de inte överens", "size [2]")),
        ({"class": "collection"}, ("json-stat2", "class")),
        ({"dimension": {}}, ("dimensionen Region", "0 koder")),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(
    changes: dict[str, Any], parts: tuple[str, ...]
) -> None:
    with pytest.raises(SourceError) as caught:
        _parsed(**changes)

    assert [part for part in ("svar.json", *parts) if part not in str(caught.value)] == []


def test_a_file_that_is_no_json_is_refused() -> None:
    with pytest.raises(SourceError, match="inte giltig JSON"):
        parse_jsonstat(b'{"class": ', "svar.json")


def test_the_recorded_answer_has_all_its_cells(realdata: Path) -> None:
    table = parse_jsonstat((realdata / RECORDED).read_bytes(), "TAB6471")

    assert {name: len(codes) for name, codes in table.codes.items()} == {
        "Region": 21, "Alder": 11, "Kon": 3, "ContentsCode": 1, "Tid": 4,
    }  # fmt: skip
    assert (len(table.frame), int(table.frame["value"].isna().sum())) == (2772, 0)
    assert len(table.notes) == 5


def test_the_recorded_answer_keeps_its_figures(realdata: Path) -> None:
    table = parse_jsonstat((realdata / RECORDED).read_bytes(), "TAB6471")

    # The file's first twelve values: Stockholm, 0-9 years, total, men and women, four months.
    assert table.frame["value"].tolist()[:12] == [
        245284, 247245, 249358, 251635, 125373, 126402, 127502, 128675,
        119906, 120845, 121860, 122965,
    ]  # fmt: skip
    last = table.frame.iloc[-1]
    assert (last["Region"], last["Alder"], last["Kon"], last["Tid"]) == (
        "25", "100+10", "2", "2026M04",
    )  # fmt: skip


def test_recorded_totals_are_not_the_sums_of_their_parts(realdata: Path) -> None:
    frame = parse_jsonstat((realdata / RECORDED).read_bytes(), "TAB6471").frame
    by_sex = frame.pivot(index=["Region", "Alder", "Tid"], columns="Kon", values="value")
    differs = by_sex["1"] + by_sex["2"] != by_sex["TotSa"]

    assert (int(differs.sum()), len(by_sex)) == (776, 924)


def test_the_old_api_s_answer_is_read_too(realdata: Path) -> None:
    raw = (realdata / "scb/pxwebapi1_recorded/response_se.json").read_bytes()
    frame = parse_jsonstat(raw, "svar.json").frame

    assert frame["Kon"].tolist() == ["1"] * 3 + ["2"] * 3 + ["1+2"] * 3
    assert frame["value"].tolist() == [332.8, 343.9, 359.9, 254.6, 263, 277.3, 291.9, 301.5, 316.6]


def test_csv_has_a_row_a_cell_and_missing_signs_are_nan() -> None:
    raw = b'"Region","Kon","FOLK 2024","FOLK 2025M12"\n"00","1",10,..\n"0114","1",3,4\n'
    table = parse_csv(raw, "svar.csv")

    assert table.codes["ContentsCode"] == ("FOLK",)
    assert table.frame["Tid"].tolist() == ["2024", "2024", "2025M12", "2025M12"]
    np.testing.assert_array_equal(table.frame["value"], [10, 3, np.nan, 4])
    assert table.frame["status"].tolist() == ["", "", "..", ""]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Region;2024\n00;1;2\n", ("rad 2", "fel antal celler", "3 celler")),
        ("Region,2024\n00,många\n", ("inget tal", "många")),
        ("Region,2024\n00,-\n", ("inget tal", "-")),
        ("Region,2024\n00,NaN\n", ("inget tal", "NaN")),
        ("Region,2024,Kon\n00,1,1\n", ("rad 1", "rubrikraden är inte SCB:s")),
        ("2024,2025\n1,2\n", ("rubrikraden är inte SCB:s",)),
        ("Region,2024\n", ("filen är tom",)),
    ],
)
def test_a_csv_of_another_form_is_refused(text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        parse_csv(text.encode(), "svar.csv")

    assert [part for part in ("svar.csv", *parts) if part not in str(caught.value)] == []


def test_a_csv_in_another_encoding_is_refused() -> None:
    with pytest.raises(SourceError, match="UTF-8"):
        parse_csv("Region,Ålder,2024\n00,1,1\n".encode("cp1252"), "svar.csv")


def test_the_real_csv_of_dalarna_has_its_figures(realdata: Path) -> None:
    raw = (realdata / "scb/deso_dalarna_2024/folkmangd_deso_2024_raw.csv").read_bytes()
    frame = parse_csv(raw, "folkmangd.csv").frame

    # The file's first two rows.
    assert frame.loc[0, ["Region", "Alder", "Kon", "Tid", "value"]].tolist() == [
        "2021A0010_DeSO2025", "totalt", "1+2", "2024", 1402,
    ]  # fmt: skip
    assert (len(frame), frame.loc[1, "value"]) == (875, 87)


def test_a_real_csv_that_is_not_scb_s_own_is_refused(realdata: Path) -> None:
    raw = (realdata / "scb/population_municipality_1950-2019/folkmangd.csv").read_bytes()

    with pytest.raises(SourceError, match="rubrikraden är inte SCB:s"):
        parse_csv(raw, "folkmangd.csv")
