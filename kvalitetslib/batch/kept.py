"""Assessments that have been worked out, kept until the files or the code are others.

They hold what the data folder holds, so they lie in the user's own cache, where nobody else reads
or writes, and not among the reports. Python's own format is used, which must never be read from a
place where others write.
"""

import os
import pickle
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from platformdirs import user_cache_path

from kvalitetslib.analysis.assemble import Assessment, assess
from kvalitetslib.batch.fingerprint import checksum_of, code_and_versions, combined, sha256
from kvalitetslib.batch.folder import write_whole
from kvalitetslib.model import Kommun
from kvalitetslib.period import Period
from kvalitetslib.sources.inputs import Inputs, read_inputs

SETTING = "KVALITET_SPARAT"
"""The environment's name for another folder to keep them in; empty keeps none."""
DAYS = 100
"""How long one that nobody asks for is kept: a quarter and some days."""
_DAY_S = 86_400
_QUICK = 1
"""How hard zlib tries. The first level takes nine tenths away, in the time of writing them."""


@dataclass(frozen=True)
class Kept:
    """What is known of a kept Assessment before it is opened: whose it is and what it was made of.

    ``checksums`` are as in Inputs; ``listing`` is a checksum of which files there are.
    """

    kommun: Kommun
    checksums: tuple[tuple[str, str], ...]
    listing: str


@dataclass(frozen=True)
class Shelf:
    """Where the Assessment of a kommun and quarter is kept."""

    data: Path
    nyckel: str
    quarter: Period

    def known(self) -> Kept | None:
        """What is kept, when it was made by this code from the files as they are now."""
        opened = self._opened()
        return opened[0] if opened and self._stands(opened[0]) else None

    def assessment(self, kept: Kept) -> Assessment | None:
        """The Assessment that was known; None when another has taken its place."""
        opened = self._opened()
        if opened is None or opened[0] != kept:
            return None
        assessment: Assessment = pickle.loads(zlib.decompress(opened[1]))
        with suppress(OSError):
            os.utime(self._path)
        return assessment

    def inputs(self, today: date) -> Inputs:
        """The files, read and checked (KvalitetError when any is wrong)."""
        return read_inputs(self.data, self.nyckel, quarter=self.quarter, today=today)

    def worked_out(self, inputs: Inputs) -> Assessment:
        """The Assessment of the inputs, kept from now on."""
        # Before the work: a file that comes meanwhile is not among those that were read.
        listing = self._listing()
        assessment = assess(inputs, quarter=self.quarter)
        self._keep(assessment, listing)
        return assessment

    def _keep(self, assessment: Assessment, listing: str) -> None:
        """Keep it in the place of an older one. Where nothing can be written nothing is kept."""
        folder = _folder()
        if folder is None:
            return
        inputs = assessment.inputs
        head = pickle.dumps(Kept(inputs.kommun, inputs.checksums, listing))
        content = head + zlib.compress(pickle.dumps(assessment), _QUICK)
        first = f"{code_and_versions()} {sha256(content)} {len(head)}\n"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path, first.encode() + content)

    def _opened(self) -> tuple[Kept, bytes] | None:
        """Head and body of the file. Nothing is unpickled but what this code wrote, and whole."""
        folder = _folder()
        if folder is None:
            return None
        try:
            first, content = self._path.read_bytes().split(b"\n", 1)
            code, checksum, size = first.decode().split()
        except (OSError, ValueError):
            return None
        if (code, checksum) != (code_and_versions(), sha256(content)):
            return None
        kept: Kept = pickle.loads(content[: int(size)])
        return kept, content[int(size) :]

    def _stands(self, kept: Kept) -> bool:
        is_same = kept.listing == self._listing()
        return is_same and all(
            checksum_of(self.data / name) == known for name, known in kept.checksums
        )

    def _listing(self) -> str:
        """A checksum of the names of the kommun's files and of all fetches."""
        own = (self.data / "kommuner" / self.nyckel).rglob("*")
        fetches = (self.data / "kallor").glob("*/*")
        return combined(sorted(each.relative_to(self.data).as_posix() for each in (*own, *fetches)))

    @property
    def _path(self) -> Path:
        folder = _folder() or Path()
        whose = combined([str(self.data.resolve()), self.nyckel, self.quarter.text])
        return folder / f"{self.nyckel}-{self.quarter.text}-{whose[:16]}.nulage"


def forget(*, days: int = 0) -> int:
    """Take away what has not been asked for in so many days; how many there were."""
    folder, latest = _folder(), time.time() - days * _DAY_S
    gone = 0
    for each in folder.glob("*.nulage*") if folder else ():
        with suppress(OSError):
            if each.stat().st_mtime <= latest:
                each.unlink()
                gone += 1
    return gone


def _folder() -> Path | None:
    told = os.environ.get(SETTING)
    if told is None:
        return user_cache_path("kvalitetslib", appauthor=False) / "nulagen"
    return Path(told) if told else None
