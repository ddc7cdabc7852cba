"""Files that are there whole or not at all: made beside their place, then moved into it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kvalitetslib.errors import BuildError

WORK = ".pagar"
LOCK = ".las"
_UNFINISHED = ".*.tmp"


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A fresh folder beside the finished files, on the same disk; gone when the block ends."""
    place = folder / WORK
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def reserved(folder: Path) -> Iterator[None]:
    """Keep the folder for this run alone; the system lets go of it however the run ends.

    What a killed run had begun is taken away first, and last what this one has not finished.

    Raises
    ------
    BuildError : if another run writes there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            message = f"En annan körning skriver i {folder}. Vänta tills den är klar."
            raise BuildError(message) from error
        _tidy(folder)
        try:
            yield
        finally:
            _tidy(folder)


def _tidy(folder: Path) -> None:
    """Take away what was never finished, in the folder and in those of its kommuner."""
    for each in [*folder.glob(_UNFINISHED), *folder.glob(f"*/{_UNFINISHED}")]:
        each.unlink(missing_ok=True)
    for each in folder.glob(f"*/{WORK}"):
        shutil.rmtree(each, ignore_errors=True)


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def publish(staged: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Move finished files into place, in order. A reader sees the old file or the new one.

    They are on the disk before they get their names, so that this holds when the power goes too.
    """
    for name in names:
        with (staged / name).open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(staged / name, folder / name)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step; text as UTF-8 with line feeds as they are."""
    raw = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
