"""The example municipality to finished pages, by the command that a person runs."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMNDER = (
    "barn-och-utbildning",
    "kommunstyrelsen",
    "kultur-och-fritid",
    "miljo",
    "overformyndare",
    "samhallsbyggnad",
    "socialnamnden",
    "vard-och-omsorg",
)
EDITIONS = ("-invanare", "-medarbetare")
QUARTER = "2026K3"
PAGES = (
    "index.html",
    f"{QUARTER}/index.html",
    *(f"{QUARTER}/exempelkommun/{each}.html" for each in ("index", "kommun")),
    *(f"{QUARTER}/exempelkommun/{namnd}{end}.html" for namnd in NAMNDER for end in ("", *EDITIONS)),
)


@dataclass(frozen=True)
class Run:
    folder: Path
    told: str

    @property
    def root(self) -> Path:
        return self.folder.parent

    def page(self, namnd: str) -> str:
        return (self.folder / "exempelkommun" / f"{namnd}.html").read_text("utf-8")


def kvalitet(out: Path, *options: str) -> Run:
    """Run the command as a person does."""
    command = [sys.executable, "-c", "from kvalitetslib.cli import main; main()", "rapport"]
    asked = ["--kommun", "exempelkommun", "--kvartal", QUARTER, "--ut", str(out)]
    ran = subprocess.run(
        [*command, *asked, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout + ran.stderr
    return Run(out / QUARTER, ran.stdout)


def made_once(folder: Path) -> Run:
    """All pages in a folder that several test processes share; the first to come makes them."""
    told, being_made = folder / "exempel.txt", folder / "exempel.pagar"
    while not told.exists():
        try:
            being_made.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not told.exists():
                run = kvalitet(folder / "exempel", "--arbetare", "2")
                told.with_suffix(".ny").write_text(run.told, "utf-8")
                told.with_suffix(".ny").replace(told)
        finally:
            being_made.rmdir()
    return Run(folder / "exempel" / QUARTER, told.read_text("utf-8"))
