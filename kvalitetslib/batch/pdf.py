"""A tagged PDF of each page, printed by a Chromium that is installed on the machine.

The browser runs without a window and with a profile of its own, so one that a person has open is
left alone. The page forbids itself to load anything, and the browser is told to find no host.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from kvalitetslib.batch.fingerprint import sha256
from kvalitetslib.batch.manifest import Entry, Overview, Result
from kvalitetslib.errors import BuildError, ConfigError

TIMEOUT = 120.0
"""Longest time of one page, in seconds. The heaviest pages take some five."""
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:\d{14}[^)]*\)")
_TAG_NAMES = re.compile(rb"node\d{8}")
_TAGGED = (b"/StructTreeRoot", b"/Lang", b"/Marked true")


def find_browser(
    which: Callable[[str], str | None] = shutil.which, places: Sequence[Path] | None = None
) -> Path:
    """Chromium, Chrome or Edge: by name where commands are found, then where it is installed.

    Raises
    ------
    ConfigError : when there is none.
    """
    named = (Path(path) for name in NAMES if (path := which(name)))
    installed = (each for each in (_places() if places is None else places) if each.is_file())
    found = next(named, None) or next(installed, None)
    if found is None:
        raise ConfigError(
            "Ingen webbläsare som kan skriva PDF hittades. Installera Chromium, Google Chrome "
            "eller Microsoft Edge på vanlig plats och försök igen. I Debian och Ubuntu: apt "
            "install chromium. Utan --pdf görs sidorna som vanligt."
        )
    return found


def print_page(
    browser: Path, page: Path, *, options: Sequence[str] = (), timeout: float = TIMEOUT
) -> Path:
    """Print a page to the PDF beside it, which is there whole or not at all.

    Raises
    ------
    BuildError : when the browser fails, takes too long or makes something else than a tagged PDF.
    """
    target = page.with_suffix(".pdf")
    # Beside the page, not in the system's own place: some browsers may only write at home.
    with tempfile.TemporaryDirectory(
        dir=page.parent, prefix=".pdf-", ignore_cleanup_errors=True
    ) as folder:
        made = Path(folder).resolve() / target.name
        told = (f"--user-data-dir={made.parent / 'profil'}", f"--print-to-pdf={made}")
        address = page.resolve().as_uri()
        _run([str(browser), *_OPTIONS, *_sandbox(), *options, *told, address], timeout, page.name)
        content = made.read_bytes() if made.is_file() else b""
        if not content.startswith(b"%PDF") or any(each not in content for each in _TAGGED):
            raise BuildError(f"{browser.name} gjorde ingen taggad PDF av {page.name}.")
        made.write_bytes(_repeatable(content))
        os.replace(made, target)
    return target


def _repeatable(content: bytes) -> bytes:
    """The PDF without the dates of its making, and its tags numbered from one.

    It stays as long as it was, as its parts are found by place. The numbers keep their order.
    """
    dateless = _DATES.sub(lambda found: b" " * len(found[0]), content, count=2)
    ranks = {name: i for i, name in enumerate(sorted(set(_TAG_NAMES.findall(dateless))), start=1)}
    return _TAG_NAMES.sub(lambda found: b"node%08d" % ranks[found[0]], dateless)


def printed(
    entries: Sequence[Entry],
    earlier: Sequence[Entry],
    *,
    folder: Path,
    browser: Path | None,
    workers: int = 1,
) -> list[Entry]:
    """The entries of a kommun with their PDFs, printed where the page is new.

    Without a browser nothing is printed, and a PDF of a page that is no longer the same is removed.
    One that cannot be printed is told of in its entry and never stops the rest.
    """
    known = {each.key: each for each in earlier}
    act = partial(_printed, folder=folder, browser=browser)
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        return list(pool.map(act, entries, [known.get(each.key, each) for each in entries]))


def _printed(entry: Entry, known: Entry, *, folder: Path, browser: Path | None) -> Entry:
    if entry.resultat is Result.FAILED:
        return replace(entry, pdf=known.pdf, pdf_av=known.pdf_av)
    made: dict[str, str] = {}
    pages = {Path(name).with_suffix(".pdf").name: name for name in _pages(entry)}
    wrong = []
    for name, page in pages.items():
        before = (known.pdf.get(name, ""), known.pdf_av.get(name, ""))
        try:
            made[name] = _pdf(folder / page, entry.filer[page], before, browser)
        except BuildError as error:
            wrong.append(str(error))
    made = {name: checksum for name, checksum in made.items() if checksum}
    source = {name: entry.filer[pages[name]] for name in made}
    return replace(entry, pdf=made, pdf_av=source, pdf_fel=" ".join(wrong))


def printed_overview(
    made: Overview, earlier: Overview | None, *, page: Path, browser: Path | None
) -> Overview:
    """What is known of the kommun's page with its PDF, by the same rules as those of a report."""
    known = earlier or made
    try:
        pdf = _pdf(page, made.kontrollsumma, (known.pdf, known.pdf_av), browser)
    except BuildError as error:
        return replace(made, pdf="", pdf_av="", pdf_fel=str(error))
    return replace(made, pdf=pdf, pdf_av=made.kontrollsumma if pdf else "", pdf_fel="")


def _pdf(page: Path, checksum: str, known: tuple[str, str], browser: Path | None) -> str:
    """The checksum of the PDF of a page; "" when there is none. ``known`` is it and its source."""
    path = page.with_suffix(".pdf")
    pdf, source = known
    if pdf and source == checksum and _is_same(path, pdf):
        return pdf
    if pdf:
        path.unlink(missing_ok=True)
    return "" if browser is None else sha256(print_page(browser, page).read_bytes())


def _pages(entry: Entry) -> Iterator[str]:
    return (name for name in sorted(entry.filer) if name.endswith(".html"))


def _is_same(path: Path, checksum: str) -> bool:
    return path.is_file() and sha256(path.read_bytes()) == checksum


def _places() -> list[Path]:
    """Where browsers are installed when they are not found by name."""
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        return [folder / each for folder in folders for each in _MAC]
    named = (os.environ.get(variable) for variable in _WINDOWS_FOLDERS)
    return [Path(folder) / each for folder in named if folder for each in _WINDOWS]


def _sandbox() -> tuple[str, ...]:
    """Chromium refuses to start as root with its sandbox, as in a container."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return ("--no-sandbox",)
    return ()


def _run(command: list[str], timeout: float, name: str) -> None:
    """Run a browser in a group of its own; when it takes too long that group is ended."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise BuildError(f"{command[0]} gick inte att starta: {error.strerror}.") from error
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{name} blev ingen PDF inom {timeout:g} sekunder.") from error
    finally:
        if process.returncode is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that we started and all that it has started in turn."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
