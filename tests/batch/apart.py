"""The command in a fork of the test's own process: warm at once, and free to be killed."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from kvalitetslib.cli import main

PATIENCE = 120.0
"""Seconds before a condition that never comes true fails a test."""
_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE, _REMOUNT, _READ_ONLY = (1 << 14) | (1 << 18), 1 << 5, 1


@dataclass(frozen=True)
class Apart:
    """A command at work; what it says is in a file."""

    process: BaseProcess
    told: Path

    def kill(self, number: int) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def code(self) -> int:
        """The exit code, when it has ended; negative when a signal ended it."""
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, self.text()
        return self.process.exitcode

    def text(self) -> str:
        return self.told.read_text("utf-8", errors="replace")


def start(work: Callable[[], None], folder: Path) -> Apart:
    """Start the work in ``folder``, its output to a file there that no other has."""
    told = folder / f"sagt-{time.monotonic_ns()}.txt"
    process = multiprocessing.get_context("fork").Process(target=_work, args=(work, folder, told))
    process.start()
    return Apart(process, told)


def _work(work: Callable[[], None], folder: Path, told: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    with told.open("w", encoding="utf-8", buffering=1) as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
        sys.stdout = sys.stderr = out
        code = 1
        try:
            work()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}")
        out.flush()
    os._exit(code)


def command(*args: str) -> Callable[[], None]:
    """The work of the command ``kvalitet`` with those arguments."""
    return lambda: main(args)


def until(is_so: Callable[[], bool]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "the condition never came true"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """True when no such process runs; one that nobody has taken leave of does not run."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    return True


class Disk:
    """A small disk of its own, seen by this process and its children alone; root is not needed."""

    def __init__(self, place: Path, size_kb: int) -> None:
        self._place, self._libc = os.fsencode(place), ctypes.CDLL(None, use_errno=True)
        user, group = os.getuid(), os.getgid()
        self._call("unshare", _NEW_MOUNTS if user == 0 else _NEW_MOUNTS | _NEW_USER)
        if user != 0:
            Path("/proc/self/setgroups").write_text("deny", "utf-8")
            Path("/proc/self/uid_map").write_text(f"0 {user} 1", "utf-8")
            Path("/proc/self/gid_map").write_text(f"0 {group} 1", "utf-8")
        self._call("mount", None, b"/", None, _PRIVATE, None)
        self._call("mount", b"prov", self._place, b"tmpfs", 0, _size(size_kb))

    def resize(self, size_kb: int) -> None:
        self._call("mount", b"prov", self._place, b"tmpfs", _REMOUNT, _size(size_kb))

    def lock(self) -> None:
        """Let nothing more be written."""
        self._call("mount", b"prov", self._place, b"tmpfs", _REMOUNT | _READ_ONLY, None)

    def unlock(self) -> None:
        self._call("mount", b"prov", self._place, b"tmpfs", _REMOUNT, None)

    def _call(self, name: str, *args: object) -> None:
        if getattr(self._libc, name)(*args) != 0:
            raise OSError(ctypes.get_errno(), name)


def _size(size_kb: int) -> bytes:
    return f"size={size_kb}k".encode()


def disks_can_be_made(place: Path) -> bool:
    """True when this system lets a process make a disk of its own."""
    place.mkdir()

    def work() -> None:
        Disk(place, 64)

    return start(work, place.parent).code() == 0
