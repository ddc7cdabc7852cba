"""Work in forks: all that is said comes through, and a fork in trouble costs its own task alone."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from apart import is_gone, until

from kvalitetslib.batch.parallel import Branches, Cut, Over, Raised, Say, Silent
from kvalitetslib.errors import DataError, Fault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has safe forks")
FAULT = Fault("tal.csv", 3, "varde", "inte ett tal", "x", "ett tal")


def told(
    work: Callable[[str, Say], object], *tasks: str, **given: object
) -> dict[str, list[object]]:
    """What each task said."""
    found: dict[str, list[object]] = {each: [] for each in tasks}
    for task, each in Branches(work, 2, **given).told(tasks):
        found[task].append(each)
    return found


def count(task: str, say: Say) -> str:
    for each in range(3):
        say((task, each))
    return task.upper()


def test_all_that_is_said_comes_in_its_order_and_last_that_it_is_over():
    found = told(count, "a", "b", "c")
    assert found == {each: [(each, 0), (each, 1), (each, 2), Over(each.upper())] for each in "abc"}


def test_no_more_are_at_work_than_there_are_workers(tmp_path: Path):
    def work(task: str, say: Say) -> None:
        (tmp_path / task).touch()
        time.sleep(0.05)
        say(len(list(tmp_path.iterdir())))
        (tmp_path / task).unlink()

    found = told(work, *"abcdef")
    assert max(each for said in found.values() for each in said[:-1]) == 2


def test_tasks_are_taken_when_hands_are_free():
    taken: list[str] = []

    def tasks():
        for each in "abcd":
            taken.append(each)
            yield each

    work = Branches(count, 2).told(tasks())
    next(work)
    assert taken == ["a", "b"]
    assert len(list(work)) == 4 * 4 - 1


def test_an_error_comes_home_as_it_was():
    def work(task: str, say: Say) -> None:
        say("början")
        raise DataError([FAULT])

    said, raised = told(work, "a")["a"]
    assert said == "början"
    assert isinstance(raised, Raised)
    assert raised.error.faults == (FAULT,)


def test_an_error_that_cannot_be_sent_comes_home_in_words():
    class Own(Exception):
        def __reduce__(self) -> str:
            raise TypeError

    def work(task: str, say: Say) -> None:
        raise Own("egen")

    (raised,) = told(work, "a")["a"]
    assert repr(raised.error) == "RuntimeError('Own: egen')"


def test_one_that_leaves_is_told_of_with_its_code_and_the_others_go_on():
    def work(task: str, say: Say) -> None:
        if task == "b":
            os._exit(3)
        say("klar")

    found = told(work, *"abc")
    assert found["b"] == [Cut(3)]
    assert Cut(3).reason == "Pythonprocessen avslutades mitt i körningen (kod 3)"
    assert found["a"] == found["c"] == ["klar", Over()]


def test_one_that_is_killed_is_tried_once_more(tmp_path: Path):
    def work(task: str, say: Say) -> None:
        tries = tmp_path / task
        tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
        say(len(tries.read_text()))
        if len(tries.read_text()) <= len(task):
            os.kill(os.getpid(), signal.SIGKILL)

    found = told(work, "a", "aa")
    assert found["a"] == [1, 2, Over()]
    assert found["aa"] == [1, 2, Cut(-signal.SIGKILL)]
    assert "SIGKILL" in Cut(-signal.SIGKILL).reason


def test_one_that_is_silent_too_long_is_ended(tmp_path: Path):
    def work(task: str, say: Say) -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))
        time.sleep(900)

    assert told(work, "a", patience=lambda _: 0.2) == {"a": [Silent(is_deaf=False)]}
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_one_that_closes_its_end_is_ended():
    def work(task: str, say: Say) -> None:
        os.closerange(3, 256)
        time.sleep(900)

    assert told(work, "a") == {"a": [Silent(is_deaf=True)]}


def test_those_at_work_are_ended_when_no_one_listens_any_more():
    def work(task: str, say: Say) -> None:
        say(os.getpid())
        time.sleep(900)

    branches = Branches(work, 2).told("ab")
    pids = [next(branches)[1], next(branches)[1]]
    branches.close()
    until(lambda: all(map(is_gone, pids)))
