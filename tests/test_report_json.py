"""A report survives its JSON exactly, with stable bytes; a spoilt file is told of in Swedish."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

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


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(report(float("nan")))


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
