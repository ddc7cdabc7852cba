"""Several kommuner at once, each in a process of its own: nothing lost, and the same bytes."""

import json
import os
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from apart import is_gone, start, until
from made_notebook import SHOW_NAME, write_notebook
from tiny_kommun import KEY, QUARTER, TODAY, write_tiny_kommun

from kvalitetslib.batch import reading, task
from kvalitetslib.batch.events import Ended, Event, Started, Step
from kvalitetslib.batch.kept import Shelf
from kvalitetslib.batch.manifest import Entry, Result, read_manifest
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.reading import read_all
from kvalitetslib.batch.runner import run
from kvalitetslib.errors import BuildError, DataError

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has safe forks"),
]
KEYS = ("granby", "lunda", KEY)
NAMNDER = ("miljo", "skola")
MADE, UNCHANGED, FAILED = Result.MADE, Result.UNCHANGED, Result.FAILED


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """Three kommuner of two nämnder each, and two workers."""
    tiny = write_tiny_kommun(tmp_path / "data")
    for key in KEYS[:2]:
        shutil.copytree(tiny.folder, tiny.folder.with_name(key))
    notebook = write_notebook(tmp_path / "prov.ipynb", SHOW_NAME)
    return Order(notebook, tmp_path / "ut", QUARTER, workers=2)


def made(order: Order, told: list[Event] | None = None) -> dict[tuple[str, str], Entry]:
    data = order.notebook.parent / "data"
    ready = read_all(data, KEYS, quarter=QUARTER, today=TODAY, workers=order.workers)
    tell = (lambda _: None) if told is None else told.append
    return {each.key: each for each in run(order, ready, tell)}


def files(order: Order) -> dict[str, bytes]:
    every = (each for each in order.out.rglob("*") if each.is_file() and each.name != ".las")
    return {each.relative_to(order.out).as_posix(): each.read_bytes() for each in every}


def test_all_reports_are_made_and_told_of_once(order: Order):
    told: list[Event] = []
    entries = made(order, told)
    wanted = {(kommun, namnd) for kommun in KEYS for namnd in NAMNDER}
    assert set(entries) == wanted
    assert {each.resultat for each in entries.values()} == {MADE}
    steps = [each for each in told if isinstance(each, Step)]
    assert [each.done for each in steps] == [1, 2, 3, 4, 5, 6]
    assert {each.entry.key for each in steps} == wanted
    assert (told[0], told[-1]) == (Started(6), Ended(tuple(entries.values())))
    assert not list(order.folder.rglob(".pagar"))


def test_one_worker_and_two_give_the_same_bytes(order: Order):
    alone = replace(order, out=order.out.with_name("en"), workers=1)
    made(order)
    made(alone)
    assert files(order) == files(alone)


def test_a_second_run_finds_all_as_it_was(order: Order):
    made(order)
    before = files(order)
    assert {each.resultat for each in made(order).values()} == {UNCHANGED}
    kept = {name: raw for name, raw in files(order).items() if not name.endswith("korning.json")}
    assert kept == {name: before[name] for name in kept}


def test_every_kommun_has_its_own_pages_and_all_are_in_the_index(order: Order):
    made(order)
    index = (order.folder / "index.html").read_text("utf-8")
    for key in KEYS:
        assert {"index.html", "kommun.html"} <= {
            each.name for each in (order.folder / key).iterdir()
        }
        assert f'href="{key}/skola.html"' in index
    assert set(read_manifest(order.folder).overviews) == set(KEYS)


def test_faults_of_all_kommuner_are_told_of_before_anything_is_written(order: Order):
    data = order.notebook.parent / "data" / "kommuner"
    for key in KEYS[1:]:
        with (data / key / "indikatorer.csv").open("a", encoding="utf-8") as file:
            file.write("finns-inte;2026M01;1;T;;;;;;\n")
    with pytest.raises(DataError) as raised:
        made(order)
    assert {each.file.split("/")[1] for each in raised.value.faults} == set(KEYS[1:])
    assert not order.out.exists()


def test_a_reader_that_is_lost_is_made_up_for(order: Order, monkeypatch):
    whole, first = reading._looked_at, os.getpid()

    def killed(shelf: Shelf, today: object) -> object:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(shelf, today)

    monkeypatch.setattr(reading, "_looked_at", killed)
    assert len(made(order)) == 6


def _lunda_meets(monkeypatch: pytest.MonkeyPatch, trouble: object) -> None:
    """What happens before the second report of Lunda."""
    whole = task.compared

    def compared(report: object, earlier: object) -> object:
        if (report.kommun, report.namnd) == ("lunda", "miljo"):
            trouble()
        return whole(report, earlier)

    monkeypatch.setattr(task, "compared", compared)


def test_a_kommun_whose_process_is_killed_is_tried_again(order: Order, tmp_path, monkeypatch):
    def once() -> None:
        if not (tmp_path / "dog").exists():
            (tmp_path / "dog").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    _lunda_meets(monkeypatch, once)
    told: list[Event] = []
    entries = made(order, told)
    assert FAILED not in {each.resultat for each in entries.values()}
    steps = [each.entry.key for each in told if isinstance(each, Step)]
    assert len(steps) == len(set(steps)) == 6


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "avbröts utifrån (SIGKILL)"),
        (lambda: os._exit(4), "avslutades mitt i körningen (kod 4)"),
        (lambda: {}["saknas"], "KeyError: 'saknas'"),
    ],
    ids=["killed", "exits", "raises"],
)
def test_a_kommun_that_is_lost_costs_only_its_own(order: Order, monkeypatch, trouble, message):
    with monkeypatch.context() as patched:
        _lunda_meets(patched, trouble)
        entries = made(order)
    failed = {key for key, each in entries.items() if each.resultat is FAILED}
    assert ("lunda", "miljo") in failed <= {("lunda", "miljo"), ("lunda", "skola")}
    assert message in entries["lunda", "miljo"].meddelande
    plain = json.loads((order.folder / "korning.json").read_text("utf-8"))
    assert len(plain["rapporter"]) == 6
    again = made(order)
    assert {key for key, each in again.items() if each.resultat is MADE} == failed
    assert not list(order.folder.rglob(".pagar"))


def test_an_assessment_that_cannot_be_made_costs_only_its_own_kommun(order: Order, monkeypatch):
    whole = Shelf.worked_out

    def worked_out(shelf: Shelf, inputs: object) -> object:
        if shelf.nyckel == "lunda":
            raise ZeroDivisionError("noll")
        return whole(shelf, inputs)

    monkeypatch.setattr(Shelf, "worked_out", worked_out)
    entries = made(order)
    failed = {key: each.meddelande for key, each in entries.items() if each.resultat is FAILED}
    assert set(failed) == {("lunda", "miljo"), ("lunda", "skola")}
    assert "nulägesanalysen: ZeroDivisionError('noll')" in failed["lunda", "miljo"]


def test_a_disk_that_is_full_stops_the_run(order: Order, monkeypatch):
    def full() -> None:
        raise OSError(28, "No space left on device")

    _lunda_meets(monkeypatch, full)
    with pytest.raises(BuildError, match="går inte att skriva i: No space left"):
        made(order)


WAITS = """\
import os, pathlib, time
place = pathlib.Path({place!r})
(place / f'{{kommun}}-{{namnd}}.pid').write_text(str(os.getpid()))
is_last = kommun != 'granby' and namnd == 'miljo'
while is_last and not (place / 'fritt').exists(): time.sleep(0.02)"""
"""The second nämnd of the last two kommuner waits until the file ``fritt`` is there."""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_ended_takes_all_with_it_and_the_next_makes_the_rest(
    order: Order, tmp_path: Path, number: int
):
    write_notebook(order.notebook, WAITS.format(place=str(tmp_path)), SHOW_NAME)

    def work() -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        made(order)

    first = start(work, tmp_path)
    waiting = [tmp_path / f"{key}-miljo.pid" for key in KEYS[1:]]
    until(lambda: all(each.exists() and each.read_text() for each in waiting))
    first.kill(number)
    assert first.code() != 0
    until(lambda: all(is_gone(int(each.read_text())) for each in tmp_path.glob("*.pid")))
    assert number == signal.SIGKILL or not list(order.folder.rglob(".pagar"))
    (tmp_path / "fritt").touch()
    again = {key: each.resultat for key, each in made(order).items()}
    assert set(again.values()) == {MADE, UNCHANGED}
    assert {again["granby", namnd] for namnd in NAMNDER} == {UNCHANGED}
    assert not [each for each in order.folder.rglob(".*") if each.name != ".las"]
