"""Programs that stand in for a browser: they are told to print as one is."""

import sys
from pathlib import Path

TAGGED = "%PDF-1.4 /StructTreeRoot /Lang (sv) /Marked true"


def fake(folder: Path, body: str) -> Path:
    """A program that stands in for a browser; ``target`` is where it was told to print."""
    program = folder / "webblasare"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, subprocess, sys, time\n"
        "from pathlib import Path\n"
        "told = dict(each.split('=', 1) for each in sys.argv if each.startswith('--') "
        "and '=' in each)\n"
        "target = Path(told['--print-to-pdf'])\n"
        f"log = Path({str(folder / 'log')!r})\n{body}\n",
        "utf-8",
    )
    program.chmod(0o755)
    return program


def printer(folder: Path) -> Path:
    """One that prints, and keeps account of the pages."""
    body = f"target.write_text({TAGGED!r})\nlog.open('a').write(sys.argv[-1].rsplit('/')[-1] + ' ')"
    return fake(folder, body)


def log(folder: Path) -> list[str]:
    """The pages that have been printed, in order."""
    path = folder / "log"
    return path.read_text("utf-8").split() if path.is_file() else []
