"""Reports made by a scheduler and two workers on loopback, each a process of its own."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import pytest
from made_notebook import SHOW_NAME, write_notebook
from tiny_kommun import KEY, QUARTER, TODAY, write_tiny_kommun

from kvalitetslib.batch import cluster, parcel
from kvalitetslib.batch import hand as hands
from kvalitetslib.batch.cluster import Cluster, check_cluster
from kvalitetslib.batch.hand import Hand, make_by_hand
from kvalitetslib.batch.job import Job, Motor, Outcome
from kvalitetslib.batch.manifest import ENDINGS, Entry, Result
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.parcel import OTHER_CODE, packed
from kvalitetslib.batch.reading import read_all
from kvalitetslib.batch.runner import run
from kvalitetslib.errors import BuildError, ConfigError
from kvalitetslib.report_json import from_json

pytestmark = pytest.mark.long

LOST_WORKER = """\
import pathlib
import psutil

mark = pathlib.Path({mark!r})
if not mark.exists():
    mark.touch()
    fork = psutil.Process()
    worker = fork.parents()[1]
    assert "dask_worker" in " ".join(worker.cmdline())
    worker.kill()
"""
FAILS_FOR_MILJO = "assert namnd != 'miljo', 'bullret gick inte att räkna'"


@contextmanager
def _started(place: Path, *workers: str) -> Iterator[tuple[str, Popen[str]]]:
    """A scheduler's address and process, with those workers; all are ended with the block."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    started = [Popen([*command, "--port", "0", "--no-dashboard"], stderr=PIPE, text=True)]
    try:
        told = iter(started[0].stderr or ())
        address = next(line.split()[-1] for line in told if "Scheduler at:" in line)
        started += [_worker(address, place / each) for each in workers]
        yield address, started[0]
    finally:
        for each in reversed(started):
            each.kill()
            each.communicate()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with _started(tmp_path_factory.mktemp("dask"), "ett", "två") as (address, _):
        check_cluster(address, answer_s=60)
        yield address


@pytest.fixture(scope="module")
def deserted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without workers."""
    with _started(tmp_path_factory.mktemp("dask")) as (address, _):
        yield address


def _worker(address: str, place: Path) -> Popen[str]:
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
    options = ["--no-nanny", "--no-dashboard", "--local-directory", str(place)]
    return Popen([*command, *options], stdout=DEVNULL, stderr=DEVNULL, text=True)


def _run(folder: Path, scheduler: str, *sources: str) -> tuple[Order, dict[str, Entry]]:
    notebook = write_notebook(folder / "prov.ipynb", *sources)
    tiny = folder / "data"
    if not tiny.exists():
        write_tiny_kommun(tiny)
    out = folder / ("kluster" if scheduler else "har")
    order = Order(notebook, out, QUARTER, workers=1, scheduler=scheduler)
    inputs = read_all(tiny, (KEY,), quarter=QUARTER, today=TODAY)
    return order, {each.namnd: each for each in run(order, inputs, lambda _: None)}


def _files(order: Order) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (order.folder / KEY).iterdir()}


def test_every_report_is_made_although_a_worker_is_killed(scheduler: str, tmp_path: Path):
    mark = tmp_path / "dog"
    source = LOST_WORKER.format(mark=str(mark))
    order, entries = _run(tmp_path, scheduler, SHOW_NAME, source)
    assert mark.exists()
    assert {each.resultat for each in entries.values()} == {Result.MADE}
    assert {f"skola{end}" for end in ENDINGS} <= set(_files(order))


def test_a_cluster_gives_the_same_bytes_as_this_machine(scheduler: str, tmp_path: Path):
    there, _ = _run(tmp_path, scheduler, SHOW_NAME)
    here, _ = _run(tmp_path, "", SHOW_NAME)
    assert there.folder != here.folder
    assert _files(there) == _files(here)


def test_a_report_that_fails_in_a_cluster_is_told_of_with_its_cell(scheduler: str, tmp_path: Path):
    order, entries = _run(tmp_path, scheduler, SHOW_NAME, FAILS_FOR_MILJO)
    miljo = entries["miljo"]
    assert (miljo.resultat, miljo.cell) == (Result.FAILED, 3)
    assert miljo.meddelande == "AssertionError: bullret gick inte att räkna"
    assert entries["skola"].resultat is Result.MADE
    assert not (order.folder / KEY / "miljo.html").exists()


def test_an_address_where_nothing_answers_is_told_of():
    with pytest.raises(ConfigError, match=r"Ingen schemaläggare för dask svarar på tcp://127"):
        check_cluster("tcp://127.0.0.1:9", answer_s=0.2)


def test_a_cluster_without_workers_is_told_of(deserted: str):
    with pytest.raises(ConfigError, match=r"har ingen arbetare\. Starta en: dask worker tcp://"):
        check_cluster(deserted, answer_s=0.2)


def test_the_run_stops_when_the_scheduler_is_lost(job: Job, tmp_path: Path):
    with _started(tmp_path / "dask") as (address, scheduler):

        def jobs() -> Iterator[Job]:
            yield job
            scheduler.kill()

        with pytest.raises(BuildError, match="Kontakten med klustret bröts"):
            list(Cluster(address).outcomes(jobs()))


def test_the_run_stops_when_the_scheduler_is_gone_before_the_next_kommun(
    job: Job, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cluster, "ANSWER_S", 0.2)
    with pytest.raises(BuildError, match="Ingen schemaläggare"):
        list(Cluster("tcp://127.0.0.1:9").outcomes([job]))


def test_what_is_left_is_given_up_when_no_worker_comes_back(
    deserted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cluster, "ALONE_S", 0.5)
    with pytest.raises(BuildError, match="Klustret har ingen arbetare kvar"):
        _run(tmp_path, deserted, SHOW_NAME)


def test_an_address_that_is_none_is_told_of():
    with pytest.raises(ConfigError, match=r"Ingen schemaläggare .* Godtas: adressen"):
        check_cluster("klustret")


def test_that_dask_is_not_installed_is_told_of(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match=r'pip install "kvalitetslib\[dask\]"'):
        check_cluster("tcp://127.0.0.1:8786")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """One report of the small kommun, as it would be made here."""
    order, _ = _run(tmp_path, "", SHOW_NAME)
    text = (order.folder / KEY / "skola.json").read_text("utf-8")
    return Job(from_json(text, "skola.json"), tmp_path, order.notebook, 60)


def test_a_worker_with_other_code_makes_nothing(job: Job, monkeypatch: pytest.MonkeyPatch):
    other = replace(packed(job, Motor.QUICK), code="en annan", report=b"inte ens en rapport")
    assert parcel.make_parcel(other).outcome.message == OTHER_CODE


@pytest.fixture
def hand() -> Iterator[Hand]:
    """A hand that is ended with the test, if it has not ended by itself."""
    hand = Hand()
    with hand._process:
        yield hand
        hand._process.kill()


def test_a_hand_makes_one_report_after_another_and_ends_when_no_more_can_come(job: Job, hand: Hand):
    sent = packed(job, Motor.QUICK)
    first, second = hand.make(sent), hand.make(sent)
    assert sorted(first.files) == sorted(f"skola{end}" for end in ENDINGS)
    assert first == second
    hand._process.stdin.close()
    assert hand._process.wait(60) == 0


def test_a_hand_that_has_died_is_replaced(job: Job, hand: Hand, monkeypatch: pytest.MonkeyPatch):
    dead = Hand()
    dead._process.kill()
    monkeypatch.setattr(hands._OWN, "hand", dead, raising=False)
    monkeypatch.setattr(hands, "Hand", lambda: hand)
    assert make_by_hand(packed(job, Motor.QUICK)).outcome == Outcome()
    assert dead._process.returncode is not None


def test_a_hand_that_dies_again_and_again_is_told_of(job: Job, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hands, "_COMMAND", ("-c", "pass"))
    monkeypatch.setattr(hands._OWN, "hand", None, raising=False)
    made = make_by_hand(packed(job, Motor.QUICK))
    assert made.outcome.message == "arbetarens process avslutades mitt i körningen"


def test_a_worker_whose_disk_is_full_tells_of_it(job: Job, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parcel, "_made", full)
    made = parcel.make_parcel(packed(job, Motor.QUICK))
    assert made.outcome.message.startswith("filerna går inte att skriva hos arbetaren: No space")
