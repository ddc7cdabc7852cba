"""All faults of the kommun's lists come in one message; what is not a fault is taken."""

import pytest
from faulty_registers import ATGARD, FAULTY_REGISTERS, GOAL
from tiny_kommun import KEY, QUARTER, TODAY, TinyKommun

from kvalitetslib.errors import DataError
from kvalitetslib.register import Status
from kvalitetslib.sources.inputs import Inputs, read_inputs


def read(tiny: TinyKommun) -> Inputs:
    return read_inputs(tiny.data, KEY, quarter=QUARTER, today=TODAY)


def write(tiny: TinyKommun, table: str, *lines: str) -> None:
    (tiny.folder / f"{table}.csv").write_text("\n".join((*lines, "")), encoding="utf-8")


def test_all_faults_of_all_lists_come_in_one_error(kommun_folder: TinyKommun) -> None:
    chosen = {each.table: each for each in FAULTY_REGISTERS if each.table != "lardomar"}
    for each in chosen.values():
        write(kommun_folder, each.table, each.text.rstrip("\n"))

    with pytest.raises(DataError) as caught:
        read(kommun_folder)

    assert {(fault.file, fault.row > 1, fault.column != "") for fault in caught.value.faults} == {
        (f"kommuner/testby/{table}.csv", True, True) for table in chosen
    }
    assert len(chosen) == 6


def test_all_goals_of_a_ring_are_told_with_the_way_round(kommun_folder: TinyKommun) -> None:
    rows = (
        "M1;skola;kkf;Fler svar;X-SVAR;90;;;;M2",
        "M2;skola;kkf;Fler får svar;X-SVAR;90;;;;M3",
        "M3;skola;kkf;Alla får svar;X-SVAR;90;;;;M1",
        "M4;skola;kkf;Flest får svar;X-SVAR;90;;;;M1",
    )
    write(kommun_folder, "mal", GOAL, *rows)

    with pytest.raises(DataError) as caught:
        read(kommun_folder)

    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "del_av"),
        (3, "del_av"),
        (4, "del_av"),
    ]
    assert "M1 → M2 → M3 → M1" in str(caught.value)


def test_one_atgard_may_have_several_faults_and_all_are_told(kommun_folder: TinyKommun) -> None:
    row = "A1;skola;Ny rutin;klar;X-SVAR;;;;standardisera;;;"
    write(kommun_folder, "atgarder", ATGARD, row)

    with pytest.raises(DataError) as caught:
        read(kommun_folder)

    assert {fault.column for fault in caught.value.faults} == {
        "start",
        "klar",
        "verdikt_belagg",
        "rivaliserande_forklaring",
    }


def test_a_decision_not_to_act_with_its_reference_is_taken(kommun_folder: TinyKommun) -> None:
    row = "A1;skola;Ingen åtgärd i år;avstår;X-SVAR;;;SN 2026-01-28 § 9;;;;"
    write(kommun_folder, "atgarder", ATGARD, row)

    assert [each.status for each in read(kommun_folder).atgarder] == [Status.REFUSED]


def test_an_unclear_verdict_needs_no_evidence(kommun_folder: TinyKommun) -> None:
    row = "A1;skola;Ny rutin;klar;X-SVAR;2026-01-12;2026-06-12;;oklart;;Färre ärenden;"
    write(kommun_folder, "atgarder", ATGARD, row)

    assert len(read(kommun_folder).atgarder) == 1
