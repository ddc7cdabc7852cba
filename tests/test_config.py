"""kommun.toml becomes a Kommun, and all its faults are told at once."""

from datetime import date

import pytest
from tiny_kommun import KEY, KOMMUN

from kvalitetslib.catalogue import catalogue
from kvalitetslib.config import DEFAULT_POLICY, parse_kommun
from kvalitetslib.errors import ConfigError
from kvalitetslib.model import Break, Direction, Kommun, ReferenceKind


def _kommun(text: str = KOMMUN) -> Kommun:
    return parse_kommun(text.encode(), KEY, label="kommun.toml")


def _faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        _kommun(text)
    return [str(fault) for fault in caught.value.faults]


def test_the_settings_stand_as_they_are_written() -> None:
    kommun = _kommun()

    assert (kommun.nyckel, kommun.namn, kommun.kod, kommun.synthetic) == (
        "testby",
        "Testby",
        "9901",
        True,
    )
    assert kommun.snapshots == (("kolada", "prov-kolada"),)
    assert kommun.age_groups == ("0–5 år", "6–15 år")
    assert kommun.areas[0].nyckel == "centrum"
    assert kommun.namnd("skola").meeting == date(2026, 11, 12)
    assert kommun.namnd("skola").feedback_categories == ("Lokaler", "Mat")


def test_policy_left_out_is_the_stated_default() -> None:
    assert _kommun(KOMMUN.replace("[policy]\nminsta_grupp = 5\n", "")).policy == DEFAULT_POLICY


@pytest.mark.parametrize("quarters", ["0", "13"])
def test_a_watch_that_is_too_short_or_too_long_is_refused(quarters: str) -> None:
    text = KOMMUN.replace("[policy]\n", f"[policy]\nbevakning_kvartal = {quarters}\n")
    with pytest.raises(ConfigError, match="1 till 12"):
        _kommun(text)


def test_a_kommun_decides_how_long_a_fault_is_watched() -> None:
    text = KOMMUN.replace("[policy]\n", "[policy]\nbevakning_kvartal = 6\n")
    assert _kommun(text).policy.watch_quarters == 6


def test_the_key_of_a_peer_group_tells_its_kind() -> None:
    text = KOMMUN + '\n[jamforelse.lan]\nnamn = "länet"\nkommuner = ["9904"]\n'

    kinds = {group.nyckel: group.kind for group in _kommun(text).peer_groups}

    assert kinds == {
        "liknande": ReferenceKind.PEERS,
        "riket": ReferenceKind.COUNTRY,
        "lan": ReferenceKind.COUNTY,
    }


def test_a_namnd_has_its_own_indicators_first_then_those_of_its_areas_that_have_not_ended() -> None:
    extra = 'verksamhet = ["miljo"]\nutom = ["{}"]\n'
    area = [each for each in catalogue().indicators.values() if each.area == "miljo"]
    left_out = area[0].id
    current = [each.id for each in area if each.ended is None and each.id != left_out]
    text = KOMMUN.replace('namn = "Miljönämnden"\n', 'namn = "M"\n' + extra.format(left_out))

    assert list(_kommun(text).namnd("miljo").indicators) == ["X-DAGAR", *current]


def test_a_key_may_end_as_an_edition_when_no_page_has_the_name() -> None:
    kommun = _kommun(KOMMUN.replace('nyckel = "miljo"', 'nyckel = "natur-invanare"'))
    assert [each.nyckel for each in kommun.namnder] == ["skola", "natur-invanare"]


def test_an_override_changes_only_the_keys_it_names() -> None:
    text = KOMMUN + '\n[[indikator]]\nid = "N15428"\nrelevant_skillnad = 3\n'
    base = catalogue().indicators["N15428"]

    changed = _kommun(text).indicator("N15428")

    assert changed.delta == 3.0
    assert (changed.title, changed.area, changed.direction) == (
        base.title,
        base.area,
        base.direction,
    )


def test_an_interval_needs_both_its_ends_in_order() -> None:
    text = KOMMUN.replace('riktning = "låg"', 'riktning = "intervall"\nmal_fran = 9\nmal_till = 5')

    assert len(_faults(text)) == 1
    assert "intervallet är bakvänt" in _faults(text)[0]
    assert _kommun(text.replace("mal_fran = 9", "mal_fran = 1")).indicator("X-DAGAR").interval == (
        1.0,
        5.0,
    )


def test_a_break_is_a_year_and_a_cause() -> None:
    text = KOMMUN.replace(
        "decimaler = 1", 'brott = [{ar = 2024, orsak = "Ny fråga"}]\ndecimaler = 1'
    )

    assert _kommun(text).indicator("X-SVAR").breaks[0].period == "2024"
    assert "året är orimligt" in _faults(text.replace("2024", "24"))[0]


def test_a_restart_is_a_period_and_a_cause() -> None:
    text = KOMMUN.replace(
        "decimaler = 1", 'omstart = [{period = "2025M03", orsak = "Ny rutin"}]\ndecimaler = 1'
    )

    assert _kommun(text).indicator("X-SVAR").restarts == (Break("2025M03", "Ny rutin"),)


def test_events_are_told_from_people_who_are_counted_again() -> None:
    text = KOMMUN.replace("decimaler = 1", "handelser = true\ndecimaler = 1")

    assert _kommun(text).indicator("X-SVAR").counts_events
    assert not _kommun(KOMMUN).indicator("X-SVAR").counts_events


TWO_AREAS = """[[omrade]]
nyckel = "centrum"
namn = "Centrum"
ruta = [1, 2]

[[omrade]]
nyckel = "norr"
namn = "Norr"
ruta = [1, 1]
"""


def _two_areas(tile: str) -> str:
    first = '[[omrade]]\nnyckel = "centrum"\nnamn = "Centrum"\n'
    return KOMMUN.replace(first, TWO_AREAS.replace("ruta = [1, 1]\n", tile))


def test_an_area_may_have_a_place_on_a_map_of_tiles() -> None:
    areas = _kommun(_two_areas("ruta = [1, 1]\n")).areas

    assert [each.tile for each in areas] == [(1, 2), (1, 1)]
    assert _kommun().areas[0].tile is None


@pytest.mark.parametrize(
    ("tile", "told"),
    [
        ("ruta = [1, 2]\n", "två områden har samma ruta"),
        ("", "nyckeln ruta saknas"),
        ("ruta = [0, 1]\n", "rutan finns inte på kartan"),
        ("ruta = [1, 13]\n", "rutan finns inte på kartan"),
        ("ruta = [1, 2, 3]\n", "rutan finns inte på kartan"),
        ('ruta = "1, 2"\n', "värdet har fel slag"),
        ("ruta = [1.5, 2]\n", "värdet har fel slag"),
        ("ruta = [true, 2]\n", "värdet har fel slag"),
        ("ruta = []\n", "värdet har fel slag"),
    ],
)
def test_a_place_that_cannot_be_drawn_is_a_fault(tile: str, told: str) -> None:
    (fault,) = _faults(_two_areas(tile))

    assert told in fault


def test_all_faults_of_the_file_are_told_at_once_in_the_order_of_the_lines() -> None:
    text = KOMMUN.replace('"9901"', '"99"').replace("minsta_grupp = 5", "minsta_grup = 5")
    text = text.replace('"X-DAGAR"]', '"X-DAGER"]')

    faults = _faults(text)

    assert len(faults) == 3
    assert [each.split(", ")[1] for each in faults] == ["rad 3", "rad 7", "rad 37"]


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    raw = b"\xef\xbb\xbf" + KOMMUN.replace("\n", "\r\n").encode()

    assert parse_kommun(raw, KEY, label="kommun.toml") == _kommun()


def test_the_catalogue_has_whole_indicators() -> None:
    shown = catalogue().indicators["N15428"]

    assert shown.direction is Direction.HIGH
    assert shown.area in catalogue().areas
    assert catalogue() is catalogue()


def test_the_pairs_of_cost_and_quality_come_with_the_package() -> None:
    pairs = {each.namn: each for each in _kommun().cost_pairs}

    assert len(pairs) >= 8
    assert (pairs["Äldreomsorgen"].cost, "U21468" in pairs["Äldreomsorgen"].quality) == (
        "N20900",
        True,
    )


def test_a_pair_of_the_same_name_is_changed_and_another_is_added() -> None:
    own = '[[kostnad]]\nnamn = "{}"\nkostnad = "N15008"\nkvalitet = ["X-SVAR"]\n'
    before = [each.namn for each in _kommun().cost_pairs]
    pairs = _kommun(KOMMUN + own.format("Grundskolan") + own.format("Skolhälsan")).cost_pairs

    assert [each.namn for each in pairs] == [*before, "Skolhälsan"]
    changed = pairs[before.index("Grundskolan")]
    assert (changed.cost, changed.quality) == ("N15008", ("X-SVAR",))


def test_the_days_of_an_answer_are_set_and_have_defaults() -> None:
    text = KOMMUN.replace("[policy]\n", "[policy]\nsvarstid_dagar = 7\noppen_dagar = 21\n")
    policies = (_kommun().policy, _kommun(text).policy)

    assert [(each.answer_days, each.open_days) for each in policies] == [(10, 30), (7, 21)]


@pytest.mark.parametrize("key", ["svarstid_dagar", "oppen_dagar"])
def test_days_out_of_range_are_a_fault(key: str) -> None:
    text = KOMMUN.replace("[policy]\n", f"[policy]\n{key} = 0\n")

    with pytest.raises(ConfigError, match="1 till 365"):
        _kommun(text)
