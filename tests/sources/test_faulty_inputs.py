"""Each way to break a folder gives one clear Swedish fault, of the right kind and in its place."""

import pytest
from faulty_inputs import FAULTY_INPUTS, FaultyInput
from tiny_kommun import QUARTER, TODAY, TinyKommun

from kvalitetslib.errors import KvalitetError
from kvalitetslib.sources.inputs import read_inputs


def _error(tiny: TinyKommun, faulty: FaultyInput) -> KvalitetError:
    faulty.change(tiny)
    with pytest.raises(KvalitetError) as caught:
        read_inputs(tiny.data, faulty.nyckel, quarter=QUARTER, today=TODAY)
    return caught.value


@pytest.mark.parametrize("faulty", FAULTY_INPUTS, ids=lambda each: each.name)
def test_a_broken_input_gives_exactly_one_fault_of_its_kind(
    kommun_folder: TinyKommun, faulty: FaultyInput
) -> None:
    error = _error(kommun_folder, faulty)

    assert len(error.faults) == 1, str(error)
    assert type(error) is faulty.error


@pytest.mark.parametrize("faulty", FAULTY_INPUTS, ids=lambda each: each.name)
def test_the_message_names_file_place_rule_and_what_is_accepted(
    kommun_folder: TinyKommun, faulty: FaultyInput
) -> None:
    message = str(_error(kommun_folder, faulty))

    assert [part for part in faulty.parts if part not in message] == [], message
    assert "Godtas: " in message


def test_the_cases_have_names_of_their_own() -> None:
    names = [each.name for each in FAULTY_INPUTS]

    assert len(set(names)) == len(names) >= 45
