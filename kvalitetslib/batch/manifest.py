"""korning.json: what ran for a quarter, with which code and inputs, and how each report went.

It holds no times, so two runs over the same files give the same bytes.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from kvalitetslib.batch.fingerprint import code_checksum, sha256, versions
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.render import plan_draft
from kvalitetslib.render.editions import EDITIONS
from kvalitetslib.version import __version__

NAME = "korning.json"
ENDINGS = (*(f"{each.suffix}.html" for each in EDITIONS), ".ipynb", ".json", plan_draft.SUFFIX)


class Result(StrEnum):
    MADE = "gjord"
    FAILED = "misslyckad"
    UNCHANGED = "oförändrad"
    HISTORY = "historik"
    """A later quarter has a report that builds on it, so it is left as it is."""


@dataclass(frozen=True)
class Entry:
    """How one nämnd's report went. ``kontrollsumma`` covers inputs, code and notebook.

    ``pdf`` are the checksums of printed pages, and ``pdf_av`` of the pages they were printed from.
    """

    kommun: str
    kommun_namn: str
    namnd: str
    namnd_namn: str
    syntetisk: bool
    resultat: Result
    kontrollsumma: str
    filer: dict[str, str] = field(default_factory=dict)
    bedomningar: dict[str, int] = field(default_factory=dict)
    beslut: int = 0
    att_kontrollera: int = 0
    cell: int = 0
    meddelande: str = ""
    pdf: dict[str, str] = field(default_factory=dict)
    pdf_av: dict[str, str] = field(default_factory=dict)
    pdf_fel: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kommun, self.namnd

    def stands(self, folder: Path, checksum: str) -> bool:
        """True when the report was made from the same things, and its files are still there."""
        return (
            self.resultat is not Result.FAILED
            and self.kontrollsumma == checksum
            and self.filer == file_checksums(folder, self.namnd)
        )

    def unchanged(self) -> "Entry":
        return replace(self, resultat=Result.UNCHANGED)

    def kept(self, message: str) -> "Entry":
        """The entry of a report that is history."""
        return replace(self, resultat=Result.HISTORY, meddelande=message)


def file_checksums(folder: Path, namnd: str) -> dict[str, str]:
    """The checksums of a report's finished files; a missing file is left out."""
    files = [folder / f"{namnd}{ending}" for ending in ENDINGS]
    return {each.name: sha256(each.read_bytes()) for each in files if each.is_file()}


@dataclass(frozen=True)
class Overview:
    """The kommun's page: its checksum, and ``av``, the checksum of what it was made from.

    ``pdf`` is the checksum of the printed page, and ``pdf_av`` of the page it was printed from.
    """

    av: str
    kontrollsumma: str
    pdf: str = ""
    pdf_av: str = ""
    pdf_fel: str = ""

    def stands(self, path: Path) -> bool:
        """True when the page is there as it was made."""
        return path.is_file() and sha256(path.read_bytes()) == self.kontrollsumma


@dataclass(frozen=True)
class Manifest:
    """All that is known of a quarter, over one or more runs."""

    entries: tuple[Entry, ...] = ()
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)
    overviews: dict[str, Overview] = field(default_factory=dict)

    def entry(self, kommun: str, namnd: str) -> Entry | None:
        """What is known of that report, if it was ever tried."""
        return self._by_key.get((kommun, namnd))

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Entry]:
        return {each.key: each for each in self.entries}

    def of(self, kommun: str) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.kommun == kommun)

    def updated(self, kommun: str, entries: Iterable[Entry], inputs: dict[str, str]) -> "Manifest":
        """The manifest with one kommun's entries put in place of those with the same name."""
        named = {each.key: each for each in (*self.entries, *entries)}
        ordered = tuple(named[key] for key in sorted(named))
        return replace(self, entries=ordered, inputs=self.inputs | {kommun: inputs})

    def with_overview(self, kommun: str, overview: Overview | None) -> "Manifest":
        """The manifest with what is known of the kommun's own page; None when there is none."""
        others = {key: each for key, each in self.overviews.items() if key != kommun}
        known = {} if overview is None else {kommun: overview}
        return replace(self, overviews=others | known)

    def without(self, kommun: str, known: Iterable[str]) -> "Manifest":
        """The manifest without nämnder that the kommun no longer has."""
        kept = set(known)
        entries = (each for each in self.entries if each.kommun != kommun or each.namnd in kept)
        return replace(self, entries=tuple(entries))


def read_manifest(folder: Path) -> Manifest:
    """The quarter's manifest; an empty one when there is none that this version can read."""
    try:
        plain = json.loads((folder / NAME).read_text("utf-8"))
        pages = {key: Overview(**each) for key, each in plain.get("kommunsidor", {}).items()}
        entries = tuple(entry_of(each) for each in plain["rapporter"])
        return Manifest(entries, dict(plain["indata"]), pages)
    except (OSError, ValueError, KeyError, TypeError):
        # Without it every report is made again, which is always right.
        return Manifest()


def write_manifest(folder: Path, kvartal: str, manifest: Manifest) -> None:
    """Write korning.json whole or not at all."""
    plain = {
        "kvartal": kvartal,
        "kvalitetslib": __version__,
        "kod": code_checksum(),
        "versioner": versions(),
        "indata": manifest.inputs,
        "kommunsidor": {key: asdict(each) for key, each in manifest.overviews.items()},
        "rapporter": [asdict(each) for each in manifest.entries],
    }
    text = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(folder / NAME, text + "\n")


def entry_of(plain: dict[str, Any]) -> Entry:
    """The entry that ``asdict`` made plain."""
    return Entry(**{**plain, "resultat": Result(plain["resultat"])})
