"""What has been done so far in a run, a line at a time, so that a killed run loses nothing.

A line is on the disk before the next report is told of. When the run ends all of it is in
korning.json and the file is gone; the next run reads what a killed one has left.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path

from kvalitetslib.batch.manifest import Entry, Manifest, Overview, entry_of

NAME = ".korning.jsonl"


class Journal:
    """An open journal."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._file = file

    def note(self, entry: Entry) -> None:
        """How a report went."""
        self._write({"rapport": asdict(entry)})

    def note_kommun(self, kommun: str, inputs: dict[str, str], page: Overview | None) -> None:
        """What a kommun's reports were made from, and its own page."""
        told = None if page is None else asdict(page)
        self._write({"kommun": kommun, "indata": inputs, "kommunsida": told})

    def _write(self, plain: dict[str, object]) -> None:
        self._file.write(json.dumps(plain, ensure_ascii=False, sort_keys=True) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """A journal to write in, after what is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    is_cut = path.is_file() and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="\n") as file:
        # A line that was cut short by a crash must not swallow the first one of this run.
        file.write("\n" if is_cut else "")
        yield Journal(file)


def with_journal(manifest: Manifest, folder: Path) -> Manifest:
    """The manifest with what a killed run has left behind; a line cut short is left out."""
    try:
        lines = (folder / NAME).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return manifest
    for line in lines:
        try:
            manifest = _with_line(manifest, json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue
    return manifest


def _with_line(manifest: Manifest, plain: dict[str, object]) -> Manifest:
    report, kommun, page = plain.get("rapport"), plain.get("kommun"), plain.get("kommunsida")
    if isinstance(report, dict):
        entry = entry_of(report)
        return manifest.updated(entry.kommun, [entry], manifest.inputs.get(entry.kommun, {}))
    inputs = plain["indata"]
    if not isinstance(kommun, str) or not isinstance(inputs, dict):
        raise TypeError("neither a report nor a kommun")
    known = Overview(**page) if isinstance(page, dict) else None
    return manifest.updated(kommun, (), inputs).with_overview(kommun, known)


def close_journal(folder: Path) -> None:
    """Take the journal away, when all of it is in korning.json."""
    (folder / NAME).unlink(missing_ok=True)
