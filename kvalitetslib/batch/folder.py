"""Files that are there whole or not at all: made beside their place, then moved into it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORK = ".pagar"


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


def publish(staged: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Move finished files into place, in order. A reader sees the old file or the new one."""
    for name in names:
        os.replace(staged / name, folder / name)


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step, as UTF-8 with line feeds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, "utf-8", newline="\n")
    os.replace(temporary, path)
