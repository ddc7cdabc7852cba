"""An executed notebook as the text of its file: what nbformat writes, in two thirds of the time.

nbformat asks Python's own encoder for indented JSON, which takes a page line by line. Here a list
of lines is given whole to the encoder written in C, with the indentation as what stands between.
"""

from collections.abc import Iterable, Iterator
from json import JSONEncoder
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4.nbjson import BytesEncoder
from nbformat.v4.rwbase import split_lines, strip_transient


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write the same file as ``nbformat.write`` does, for a notebook of version 4."""
    own = strip_transient(split_lines(from_dict(notebook)))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_indented(own, "\n"))
        file.write("\n")


def _indented(value: Any, line: str) -> Iterator[str]:
    """The value as JSON in pieces; ``line`` begins each new line of what stands around it."""
    if isinstance(value, dict) and value:
        items = sorted(value.items())
        told = ((f"{_plain(key)}: ", *_indented(each, f"{line} ")) for key, each in items)
        yield from _joined("{}", told, line)
    elif isinstance(value, list) and value:
        yield from _joined("[]", _items(value, f"{line} "), line)
    else:
        yield _plain(value)


def _items(values: list[Any], line: str) -> Iterator[Iterable[str]]:
    if all(isinstance(each, str) for each in values):
        between = JSONEncoder(ensure_ascii=False, separators=(f",{line}", ": "))
        yield (between.encode(values)[1:-1],)
    else:
        yield from (_indented(each, line) for each in values)


def _joined(ends: str, items: Iterable[Iterable[str]], line: str) -> Iterator[str]:
    for at, item in enumerate(items):
        yield f"{',' if at else ends[0]}{line} "
        yield from item
    yield f"{line}{ends[1]}"


_plain = BytesEncoder(ensure_ascii=False).encode
