"""Stored fetches: raw bytes and a source.toml that says what they are, verified, then read."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from kvalitetslib.errors import Fault, SourceError, accepted_words
from kvalitetslib.model import Source
from kvalitetslib.sources.kolada import (
    Envelope,
    check_pages,
    parse_envelope,
    parse_kpis,
    parse_municipalities,
    parse_values,
)
from kvalitetslib.tomlfile import Section, parse_toml

_CONTENTS = ("data", "kpi", "municipality")
_FETCHED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CHECKSUM = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEPT = 8
"""Parsed fetches that are kept: a batch uses the newest and the one before, of few sources."""


@dataclass(frozen=True)
class StoredFile:
    """One file of a fetch, its bytes not yet read."""

    name: str
    content: str
    checksum: str


@dataclass(frozen=True)
class Fetch:
    """One fetch as its source.toml describes it, its files verified."""

    folder: Path
    label: str
    source: Source
    files: tuple[StoredFile, ...]

    @property
    def checksums(self) -> tuple[tuple[str, str], ...]:
        """Path under the data folder and sha256 of every file, source.toml first."""
        listed = ((f"{self.label}/{each.name}", each.checksum) for each in self.files)
        return ((f"{self.label}/source.toml", self.source.checksum), *listed)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a fetch holds: see ``kolada.parse_values`` and ``kolada.parse_kpis``."""

    values: pd.DataFrame
    kpis: pd.DataFrame
    names: Mapping[str, str]


def fetch_folders(data: Path, pinned: str) -> tuple[Path, ...]:
    """The fetch to use and, when there is one, the fetch before it.

    Parameters
    ----------
    pinned : a name under ``data/kallor`` for its newest fetch, or ``name/2026-10-05``.

    Raises
    ------
    SourceError : if there is no such source or fetch.
    """
    name, _, day = pinned.partition("/")
    sources = data / "kallor"
    known = (
        sorted(path.name for path in sources.iterdir() if path.is_dir()) if sources.is_dir() else []
    )
    if name not in known:
        accepted = accepted_words(name, known) if known else "en mapp under kallor"
        raise SourceError(Fault("kallor", 0, "", "källans mapp finns inte", name, accepted))
    fetched = sorted(path.name for path in (sources / name).iterdir() if _is_fetch(path))
    label = f"kallor/{name}"
    if not fetched:
        rule = "källan har ingen hämtning"
        raise SourceError(Fault(label, 0, "", rule, "", "en mapp som heter som 2026-10-05"))
    if day and day not in fetched:
        raise SourceError(
            Fault(label, 0, "", "hämtningen finns inte", day, accepted_words(day, fetched))
        )
    chosen = fetched.index(day) if day else len(fetched) - 1
    return tuple(
        sources / name / each for each in reversed(fetched[max(chosen - 1, 0) : chosen + 1])
    )


def _is_fetch(path: Path) -> bool:
    if not (path.is_dir() and _FETCHED.fullmatch(path.name)):
        return False
    try:
        date.fromisoformat(path.name)
    except ValueError:
        return False
    return True


def verify_fetch(folder: Path, contents: Collection[str] = _CONTENTS) -> Fetch:
    """The fetch in the folder, after its files have been held against their checksums.

    Parameters
    ----------
    contents : what a file of this source may hold, as source.toml's ``innehall`` says it.

    Raises
    ------
    SourceError : with every file that is missing or changed, and every fault of source.toml.
    """
    label = f"kallor/{folder.parent.name}/{folder.name}"
    path = folder / "source.toml"
    if not path.is_file():
        raise SourceError(
            Fault(f"{label}/source.toml", 0, "", "filen saknas", "", "en source.toml")
        )
    raw = path.read_bytes()
    faults: list[Fault] = []
    top = Section(parse_toml(raw, f"{label}/source.toml", faults), faults)
    if faults:
        raise SourceError(faults)
    name, _ = top.text("kalla"), top.text("adress")
    fetched, terms = top.day("hamtad"), top.text("villkor", "")
    synthetic = top.flag("syntetisk", False)
    files = tuple(_stored_file(section, contents) for section in top.tables("fil"))
    if fetched is None or fetched.isoformat() != folder.name:
        found = str(fetched) if fetched else ""
        top.fault("hamtad", "datumet är inte mappens", found, folder.name)
    top.close()
    faults += [fault for each in files for fault in _file_faults(folder, label, each)]
    if faults:
        raise SourceError(faults)
    checksum = hashlib.sha256(raw).hexdigest()
    return Fetch(folder, label, Source(name, folder.name, checksum, terms, synthetic), files)


def _stored_file(section: Section, contents: Collection[str]) -> StoredFile:
    name, content = section.text("namn"), section.text("innehall")
    checksum = section.text("sha256")
    section.close()
    if content and content not in contents:
        accepted = accepted_words(content, contents)
        section.fault("innehall", "värdet är okänt", content, accepted)
    if checksum and not _CHECKSUM.fullmatch(checksum):
        section.fault("sha256", "kontrollsumman har fel form", checksum, "64 tecken 0-9 och a-f")
    if "/" in name or "\\" in name:
        section.fault("namn", "filen ligger utanför mappen", name, "ett filnamn utan mapp")
    return StoredFile(name, content, checksum)


def _file_faults(folder: Path, label: str, file: StoredFile) -> list[Fault]:
    path = folder / file.name
    if not file.name or path.parent != folder or not _CHECKSUM.fullmatch(file.checksum):
        return []
    if not path.is_file():
        accepted = "filen som source.toml räknar upp"
        return [Fault(f"{label}/{file.name}", 0, "", "filen saknas", "", accepted)]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found == file.checksum:
        return []
    rule = "filen har ändrats sedan den hämtades"
    accepted = f"kontrollsumman {file.checksum[:12]}… som i source.toml"
    return [Fault(f"{label}/{file.name}", 0, "", rule, f"{found[:12]}…", accepted)]


@lru_cache(maxsize=_KEPT)
def open_fetch(fetch: Fetch) -> Snapshot:
    """What a verified fetch holds; the same object again for the same folder and checksums.

    Raises
    ------
    SourceError : if a file cannot be read as Kolada's v3 writes it.
    """
    pages = {
        content: [_page(fetch, each) for each in fetch.files if each.content == content]
        for content in _CONTENTS
    }
    for each in pages.values():
        check_pages(each)
    return Snapshot(
        parse_values(pages["data"]),
        parse_kpis(pages["kpi"]),
        parse_municipalities(pages["municipality"]),
    )


def _page(fetch: Fetch, file: StoredFile) -> Envelope:
    return parse_envelope(unpacked(fetch, file), f"{fetch.label}/{file.name}")


def unpacked(fetch: Fetch, file: StoredFile) -> bytes:
    """The bytes of one file of a verified fetch, as the source sent them.

    Raises
    ------
    SourceError : if a packed file is damaged.
    """
    label = f"{fetch.label}/{file.name}"
    raw = (fetch.folder / file.name).read_bytes()
    if file.name.endswith(".gz"):
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            rule = "den komprimerade filen är skadad eller avhuggen"
            raise SourceError(Fault(label, 0, "", rule, "", "en hel gzip-fil")) from error
    return raw
