"""Kept Assessments: used while files and code are as they were, and never when they are not."""

import os
import pickle
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner
from tiny_kommun import KEY, QUARTER, TODAY, TinyKommun

from kvalitetslib.batch import kept
from kvalitetslib.batch.fingerprint import sha256
from kvalitetslib.batch.kept import DAYS, SETTING, Shelf, forget
from kvalitetslib.batch.opening import open_assessment
from kvalitetslib.batch.reading import Ready, read_all
from kvalitetslib.cli import kvalitet
from kvalitetslib.errors import KvalitetError, SourceError
from kvalitetslib.report_json import to_json


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Assessments are kept in this test."""
    folder = tmp_path / "sparat"
    monkeypatch.setenv(SETTING, str(folder))
    return folder


@pytest.fixture
def data(kommun_folder: TinyKommun, place: Path) -> Path:
    """A data folder whose Assessment has been kept."""
    ready(kommun_folder.data).assessment()
    return kommun_folder.data


def ready(data: Path, today: date = TODAY) -> Ready:
    (found,) = read_all(data, (KEY,), quarter=QUARTER, today=today)
    return found


def is_known(data: Path) -> bool:
    return Shelf(data, KEY, QUARTER).known() is not None


def _never(*_: object, **__: object) -> NoReturn:
    raise AssertionError("worked out again")


def test_the_same_files_are_neither_read_nor_assessed_again(data: Path, monkeypatch):
    first = [to_json(each) for each in ready(data).assessment(anew=True).reports()]
    monkeypatch.setattr(kept, "read_inputs", _never)
    monkeypatch.setattr(kept, "assess", _never)
    again = ready(data)
    assert [to_json(each) for each in again.assessment().reports()] == first
    assert again.checksums


def test_one_who_wants_it_anew_gets_it_anew(data: Path, monkeypatch):
    monkeypatch.setattr(kept, "assess", _never)
    with pytest.raises(AssertionError, match="worked out again"):
        ready(data).assessment(anew=True)


def _change(data: Path) -> None:
    with (data / "kommuner" / KEY / "kommun.toml").open("a", encoding="utf-8") as file:
        file.write("# en rad till\n")


def _add(data: Path) -> None:
    (data / "kommuner" / KEY / "enkater").mkdir(exist_ok=True)
    (data / "kommuner" / KEY / "enkater" / "ny.toml").touch()


def _take_away(data: Path) -> None:
    next((data / "kommuner" / KEY).glob("*.csv")).unlink()


def _fetch(data: Path) -> None:
    source = next((data / "kallor").iterdir())
    (source / "2026-12-01").mkdir()


def _change_fetch(data: Path) -> None:
    max((data / "kallor").rglob("*.gz")).write_bytes(b"annat")


@pytest.mark.parametrize("change", [_change, _add, _take_away, _fetch, _change_fetch])
def test_other_files_are_read_anew(data: Path, change):
    assert is_known(data)
    change(data)
    assert not is_known(data)


def test_other_code_makes_it_anew(data: Path, monkeypatch):
    monkeypatch.setattr(kept, "code_and_versions", lambda: "0" * 64)
    assert not is_known(data)


def _at(place: int) -> Callable[[bytes], bytes]:
    """One bit turned, so far into the file."""
    return lambda raw: raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


DAMAGED = {
    "empty": lambda raw: b"",
    "cut": lambda raw: raw[:-1],
    "first line": _at(70),
    "head": _at(300),
    "body": _at(-1000),
    "no numbers": lambda raw: raw.replace(b" ", b"\n"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_one_is_made_anew(data: Path, place: Path, damage: str):
    (file,) = place.iterdir()
    file.write_bytes(DAMAGED[damage](file.read_bytes()))
    assert not is_known(data)
    assert ready(data).assessment().reports()
    assert is_known(data)
    assert ready(data).kept is not None


def test_bytes_that_other_code_wrote_are_never_unpickled(data: Path, place: Path, tmp_path: Path):
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "sprang",)

    (file,) = place.iterdir()
    bomb = pickle.dumps(Bomb())
    first = f"{'0' * 64} {sha256(bomb)} {len(bomb)}\n"
    file.write_bytes(first.encode() + bomb)
    assert not is_known(data)
    assert not (tmp_path / "sprang").exists()


def test_one_that_is_replaced_meanwhile_is_made_anew(data: Path, place: Path):
    looked_at = ready(data)
    (file,) = place.iterdir()
    file.unlink()
    assert looked_at.assessment().reports()


def test_files_that_change_meanwhile_are_told_of(data: Path):
    looked_at = ready(data)
    forget()
    _change(data)
    with pytest.raises(SourceError, match="har ändrats sedan de lästes"):
        looked_at.assessment()


def test_a_fault_is_told_of_though_there_is_one_from_before(data: Path):
    (data / "kommuner" / KEY / "kommun.toml").write_text("[kommun]\n", "utf-8")
    with pytest.raises(KvalitetError):
        ready(data)


def test_two_data_folders_keep_one_each(data: Path, place: Path, tmp_path: Path):
    data.rename(tmp_path / "annan")
    assert not is_known(tmp_path / "annan")
    ready(tmp_path / "annan").assessment()
    assert len(list(place.iterdir())) == 2


def test_nothing_is_kept_where_the_setting_is_empty(kommun_folder, tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, "")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert ready(kommun_folder.data).assessment().reports()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_place_that_cannot_be_written_stops_nothing(kommun_folder, tmp_path, monkeypatch):
    (tmp_path / "fil").touch()
    monkeypatch.setenv(SETTING, str(tmp_path / "fil" / "sparat"))
    assert ready(kommun_folder.data).assessment().reports()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its users apart by other means")
def test_no_one_else_may_read_it(data: Path, place: Path):
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_an_analyst_gets_the_kept_one(kommun_folder: TinyKommun, place: Path, monkeypatch):
    first = open_assessment(KEY, QUARTER.text, data=str(kommun_folder.data))
    monkeypatch.setattr(kept, "assess", _never)
    again = open_assessment(KEY, QUARTER.text, data=str(kommun_folder.data))
    assert again.evidence == first.evidence


def test_old_ones_are_forgotten_and_new_ones_stay(data: Path, place: Path):
    (file,) = place.iterdir()
    assert forget(days=DAYS) == 0
    old = file.stat().st_mtime - (DAYS + 1) * 86_400
    os.utime(file, (old, old))
    assert forget(days=DAYS) == 1
    assert not is_known(data)


def test_the_command_forgets_all(data: Path):
    told = CliRunner().invoke(kvalitet, ["rensa"])
    assert told.output == "1 sparad nulägesanalys är borttagen.\n"
    assert CliRunner().invoke(kvalitet, ["rensa"]).output == "Ingen nulägesanalys var sparad.\n"
    assert not is_known(data)
