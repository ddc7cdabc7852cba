"""A report to be made on another machine, and what comes back: bytes, so no disk is shared."""

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kvalitetslib.batch.crew import crew
from kvalitetslib.batch.fingerprint import code_and_versions
from kvalitetslib.batch.job import Job, Motor, Outcome
from kvalitetslib.batch.manifest import ENDINGS

OTHER_CODE = "arbetaren har en annan version av kvalitetslib, Python eller ett bibliotek"


@dataclass(frozen=True)
class Parcel:
    """All that is needed to make a report. ``code`` says what it was packed with.

    The report is packed by itself, so that it is opened only by the same code.
    """

    code: str
    report: bytes = field(repr=False)
    notebook: bytes = field(repr=False)
    cell_timeout: int
    motor: Motor


@dataclass(frozen=True)
class Made:
    """How it went, and the finished files by name; none when it failed."""

    outcome: Outcome
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


def packed(job: Job, motor: Motor) -> Parcel:
    """The job without its places on this machine."""
    return Parcel(
        code=code_and_versions(),
        report=pickle.dumps(job.report),
        notebook=job.notebook.read_bytes(),
        cell_timeout=job.cell_timeout,
        motor=motor,
    )


def make_parcel(parcel: Parcel) -> Made:
    """Make the report in a temporary folder. Call it where a process may be forked."""
    if parcel.code != code_and_versions():
        return Made(Outcome(message=OTHER_CODE))
    try:
        with TemporaryDirectory(prefix="kvalitet-") as name:
            return _made(parcel, Path(name).resolve())
    except OSError as error:
        told = error.strerror or str(error)
        return Made(Outcome(message=f"filerna går inte att skriva hos arbetaren: {told}"))


def _made(parcel: Parcel, place: Path) -> Made:
    notebook, folder = place / "bok.ipynb", place / "rapport"
    notebook.write_bytes(parcel.notebook)
    folder.mkdir()
    job = Job(pickle.loads(parcel.report), folder, notebook, parcel.cell_timeout)
    ((_, outcome),) = crew(1, parcel.motor).outcomes([job])
    return Made(outcome, {} if outcome.message else _files(job))


def _files(job: Job) -> dict[str, bytes]:
    names = (f"{job.namnd}{ending}" for ending in ENDINGS)
    return {name: (job.folder / name).read_bytes() for name in names}
