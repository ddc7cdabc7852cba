"""A report survives its JSON exactly, with stable bytes; a spoilt file is told of in Swedish."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_report import report

from kvalitetslib.errors import SourceError
from kvalitetslib.report import Estimate, Withheld
from kvalitetslib.report_json import from_json, to_json


def test_a_report_comes_back_equal() -> None:
    assert from_json(to_json(report())) == report()


def test_the_same_report_gives_the_same_text() -> None:
    assert to_json(from_json(to_json(report()))) == to_json(report())


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_comes_back_to_the_last_digit(value: float) -> None:
    again = from_json(to_json(report(value)))
    latest = again.indicators[0].latest
    assert latest is not None
    assert isinstance(latest.cell, Estimate)
    assert repr(latest.cell.value) == repr(value)


def test_a_withheld_cell_stays_withheld() -> None:
    again = from_json(to_json(report()))
    assert isinstance(again.indicators[0].series[0].points[1].cell, Withheld)


def test_swedish_letters_stand_as_they_are() -> None:
    assert "Provnämnden" in to_json(report())


def test_any_text_comes_back() -> None:
    made = replace(report(), namnd_namn='"Skola"\\ och\nfritid \u2028 \x07 🙂')
    assert from_json(to_json(made)) == made


def test_the_keys_of_every_part_are_sorted() -> None:
    keys: list[list[str]] = []
    json.loads(to_json(report()), object_pairs_hook=lambda each: keys.append([k for k, _ in each]))
    assert len(keys) > 20
    assert keys == [sorted(each) for each in keys]


def test_a_part_is_written_as_the_standard_library_writes_it() -> None:
    lines = to_json(report()).splitlines()
    parts = [line.rstrip(",") for line in lines if line.startswith('{"')]
    assert len(parts) > 5
    assert parts == [json.dumps(json.loads(each), ensure_ascii=False) for each in parts]


def test_a_number_of_numpy_is_written_as_a_number() -> None:
    assert to_json(report(np.float64(0.1))) == to_json(report(0.1))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_cannot_be_written(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(report(value))


def test_what_is_no_part_of_a_report_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="dataclass"):
        to_json(replace(report(), namnd_namn={"Skola"}))  # type: ignore[arg-type]


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda plain: plain.pop(key)


def _with(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda plain: plain.update({key: value})


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_without("quarter"), "quarter"),
        (_with("ny_uppgift", 1), "skrivet av en annan version"),
        (_with("kommun", 5), "kommun"),
        (_with("synthetic", "ja"), "synthetic"),
        (_with("data_through", "i fjol"), "data_through"),
        (_with("policy", {"smallest_group": 5}), "policy"),
    ],
)
def test_a_file_of_another_version_is_refused(
    spoil: Callable[[dict[str, Any]], None], named: str
) -> None:
    plain = json.loads(to_json(report()))
    spoil(plain)
    with pytest.raises(SourceError, match=named):
        from_json(json.dumps(plain))


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '"text"', "null"])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"Gör om rapporten med kvalitet rapport --om\."):
        from_json(text, "skola.json")


def test_the_message_names_the_file() -> None:
    with pytest.raises(SourceError, match=r"skola\.json är inte JSON \(rad 1, tecken 2\)"):
        from_json("{", "skola.json")


def test_a_change_in_one_field_is_seen_in_the_text() -> None:
    assert to_json(replace(report(), namnd="annan")) != to_json(report())
