"""What can happen to a run: killed, full, hung, crashed. No report is lost, no file is half."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from apart import Apart, Disk, command, disks_can_be_made, is_gone, start, until
from made_notebook import SHOW_NAME, write_notebook
from tiny_kommun import KEY, QUARTER, TODAY, write_tiny_kommun

from kvalitetslib.batch.folder import LOCK, publish, write_whole
from kvalitetslib.batch.job import Motor
from kvalitetslib.batch.journal import NAME as JOURNAL
from kvalitetslib.batch.journal import journal
from kvalitetslib.batch.manifest import ENDINGS, Entry, Result, read_manifest
from kvalitetslib.batch.order import Order
from kvalitetslib.batch.reading import read_all
from kvalitetslib.batch.runner import run

pytestmark = pytest.mark.long

LOG = "korning.logg"
"""Told by the command alone, a line at a time."""
NAMNDER = ("skola", "miljo")
MADE, UNCHANGED, FAILED = Result.MADE, Result.UNCHANGED, Result.FAILED
WAITS = """\
import os, pathlib, time
place = pathlib.Path({place!r})
with (place / 'pid').open('a') as told: told.write(f"{{namnd}} {{os.getpid()}}\\n")
while namnd == 'miljo' and not (place / 'fritt').exists(): time.sleep(0.02)"""
"""The second nämnd waits until the file ``fritt`` is there, and says who it is meanwhile."""


@dataclass(frozen=True)
class Ground:
    """A folder where the command is run: data, a notebook, and a place for the reports."""

    place: Path
    out: str = "reports"

    @property
    def quarter(self) -> Path:
        return self.place / self.out / QUARTER.text

    @property
    def folder(self) -> Path:
        return self.quarter / KEY

    @property
    def notebook(self) -> Path:
        return self.place / "notebooks" / "namndrapport.ipynb"

    def write(self, *sources: str) -> None:
        self.notebook.parent.mkdir(exist_ok=True)
        write_notebook(self.notebook, *(each.replace("PLATS", str(self.place)) for each in sources))

    def start(self, *options: str) -> Apart:
        """Run ``kvalitet rapport`` in a process of its own."""
        asked = ("rapport", "--kvartal", QUARTER.text, "--ut", self.out, *options)
        return start(command(*asked), self.place)

    def finish(self, **changes: object) -> dict[str, Entry]:
        """Run all of it here, to the end."""
        inputs = read_all(self.place / "data", (KEY,), quarter=QUARTER, today=TODAY)
        told = {"workers": 1, **changes}
        order = Order(self.notebook, self.place / self.out, QUARTER, **told)
        return {each.namnd: each for each in run(order, inputs, lambda *_: None)}

    def results(self, **changes: object) -> dict[str, Result]:
        return {namnd: each.resultat for namnd, each in self.finish(**changes).items()}

    def let_go(self) -> None:
        (self.place / "fritt").touch()

    def pids(self, namnd: str) -> list[int]:
        path = self.place / "pid"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [int(line.split()[1]) for line in lines if line.split()[0] == namnd]

    def noted(self) -> str:
        path = self.quarter / JOURNAL
        return path.read_text("utf-8") if path.exists() else ""

    def wait_for_the_second(self) -> int:
        """Wait until one report is done and the other is at work; the process of that one."""
        until(lambda: '"skola"' in self.noted() and bool(self.pids("miljo")))
        return self.pids("miljo")[-1]

    def pages(self) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in self.folder.glob("skola*")}


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    write_tiny_kommun(tmp_path / "data")
    made = Ground(tmp_path)
    made.write(WAITS.format(place="PLATS"), SHOW_NAME)
    return made


def unfinished(ground: Ground) -> list[str]:
    """Half-written files, and all else that a finished run does not leave."""
    wanted = {"index.html", "kommun.html", *(f"{n}{end}" for n in NAMNDER for end in ENDINGS)}
    every = [each for each in ground.quarter.rglob("*") if each.is_file() and each.name != LOG]
    names = {each.relative_to(ground.quarter).as_posix() for each in every}
    known = {f"{KEY}/{each}" for each in wanted} | {"index.html", "korning.json", LOCK}
    half = [each.name for each in every if each.suffix == ".html" and not _is_whole(each)]
    left = [str(each) for each in ground.quarter.rglob(".*") if each.name != LOCK]
    return sorted(names ^ known) + half + left


def _is_whole(page: Path) -> bool:
    return page.read_text("utf-8").rstrip().endswith("</html>")


def lost(ground: Ground) -> list[str]:
    """Reports that are not there as korning.json says."""
    manifest = read_manifest(ground.quarter)
    known = {each.namnd: each for each in manifest.entries}
    standing = [n for n in NAMNDER if n in known and _stands(ground, known[n])]
    return sorted(set(NAMNDER) - set(standing))


def _stands(ground: Ground, entry: Entry) -> bool:
    return entry.stands(ground.folder, entry.kontrollsumma) and len(entry.filer) == len(ENDINGS)


def test_a_killed_run_is_finished_by_the_next_which_makes_nothing_twice(ground: Ground):
    first = ground.start("--arbetare", "1")
    child = ground.wait_for_the_second()
    before = ground.pages()
    first.kill(signal.SIGKILL)
    assert first.code() == -signal.SIGKILL
    until(lambda: is_gone(child))
    ground.let_go()
    assert ground.results() == {"skola": UNCHANGED, "miljo": MADE}
    assert len(ground.pids("skola")) == 1
    assert ground.pages() == before
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_a_terminated_run_ends_its_children_and_keeps_what_is_done(ground: Ground):
    first = ground.start("--arbetare", "1")
    child = ground.wait_for_the_second()
    first.kill(signal.SIGTERM)
    assert first.code() == 130, first.text()
    assert "Avbrutet." in first.text()
    assert is_gone(child)
    assert not list(ground.folder.glob(".*"))
    ground.let_go()
    assert ground.results() == {"skola": UNCHANGED, "miljo": MADE}
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_a_child_killed_from_outside_is_tried_again(ground: Ground):
    first = ground.start("--arbetare", "2")
    child = ground.wait_for_the_second()
    os.kill(child, signal.SIGKILL)
    until(lambda: len(ground.pids("miljo")) == 2)
    ground.let_go()
    assert first.code() == 0, first.text()
    assert (lost(ground), unfinished(ground)) == ([], [])


@pytest.fixture
def troubled(ground: Ground) -> Iterator[Ground]:
    """A ground whose second nämnd meets trouble; when it is over the next run makes the rest."""
    yield ground
    ground.write(SHOW_NAME)
    ground.let_go()
    assert set(ground.results().values()) == {MADE}
    assert (lost(ground), unfinished(ground)) == ([], [])


TROUBLE = {
    "killed": ("os.kill(os.getpid(), 9)", "Pythonprocessen kraschade eller avbröts utifrån", 2),
    "segfault": ("import ctypes; ctypes.string_at(0)", "Pythonprocessen kraschade", 1),
    "exits": ("os._exit(3)", "Pythonprocessen avslutades mitt i körningen (kod 3)", 1),
    "greedy": ("much = bytearray(30 * 1024**3)", "MemoryError", 1),
    "endless": ("while True: time.sleep(0.1)", "en cell tog mer än 2 sekunder", 1),
    "awaits": ("import asyncio; await asyncio.sleep(900)", "en cell tog mer än 2 sekunder", 1),
    "bare": ("raise BaseException('grund')", "BaseException: grund", 1),
    "deaf": ("os.closerange(3, 256)\ntime.sleep(900)", "Pythonprocessen slutade svara", 1),
}
TELLS = """\
import os, time
with open('PLATS/pid', 'a') as told: told.write(f"{namnd} {os.getpid()}\\n")"""


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_report_in_trouble_is_told_of_and_the_other_is_made(troubled: Ground, trouble: str):
    source, message, tries = TROUBLE[trouble]
    lines = source.replace("\n", "\n    ")
    troubled.write(TELLS, f"if namnd == 'miljo':\n    {lines}", SHOW_NAME)
    entries = troubled.finish(workers=2, cell_timeout=2)
    assert (entries["skola"].resultat, entries["miljo"].resultat) == (MADE, FAILED)
    assert entries["miljo"].meddelande.startswith(message)
    assert len(troubled.pids("miljo")) == tries
    assert not list(troubled.quarter.rglob(".pagar"))


CLINGS = """\
def cling():
    while True:
        try:
            time.sleep(900)
        except BaseException:
            pass
cling() if namnd == 'miljo' else None"""


def test_a_cell_that_lets_nothing_stop_it_is_ended_with_all_it_has_started(troubled: Ground):
    begins = "import subprocess\nbeside = subprocess.Popen(['sleep', '900'])\n"
    note = "open('PLATS/pid', 'a').write(f'{namnd} {beside.pid}\\n')"
    troubled.write(TELLS, begins + note, CLINGS)
    entries = troubled.finish(workers=2, cell_timeout=1)
    assert entries["miljo"].meddelande == "en cell tog mer än 1 sekunder"
    until(lambda: all(map(is_gone, troubled.pids("miljo"))))
    assert len(troubled.pids("miljo")) == 2


@pytest.fixture
def disk_ground(ground: Ground) -> Ground:
    if not disks_can_be_made(ground.place / "disk"):
        pytest.skip("this system lets no process make a small disk of its own")
    ground.write(SHOW_NAME)
    return Ground(ground.place, out="disk")


def _on_disk(ground: Ground, sizes: tuple[int, ...]) -> None:
    """Fill a small disk, run, enlarge it, run again, and copy all of it off the disk."""
    disk = Disk(ground.place / "disk", sizes[0])
    told = [_told(ground)]
    for size in sizes[1:]:
        disk.resize(size)
        told.append(_told(ground))
    _bring_home(ground, told)


def _on_locked_disk(ground: Ground) -> None:
    disk = Disk(ground.place / "disk", 20_000)
    first = _told(ground)
    disk.lock()
    told = [first, _told(ground, again=True)]
    disk.unlock()
    _bring_home(ground, [*told, _told(ground)])


def _told(ground: Ground, **changes: object) -> object:
    """The results of a run, or the error that ended it."""
    try:
        return {namnd: str(each) for namnd, each in ground.results(**changes).items()}
    except Exception as error:
        return str(error)


def _bring_home(ground: Ground, told: list[object]) -> None:

    shutil.copytree(ground.place / "disk", ground.place / "hem", symlinks=True)
    (ground.place / "told.json").write_text(json.dumps(told), "utf-8")


def test_a_full_disk_is_told_of_and_the_rest_is_made_when_there_is_room(disk_ground: Ground):
    work = start(lambda: _on_disk(disk_ground, (100, 250, 400, 20_000)), disk_ground.place)
    assert work.code() == 0, work.text()
    home = Ground(disk_ground.place, out="hem")
    *full, last = json.loads((disk_ground.place / "told.json").read_text("utf-8"))
    assert "går inte att skriva i" in full[0]
    assert set(last) == set(NAMNDER)
    assert (lost(home), unfinished(home)) == ([], [])


def test_a_disk_that_cannot_be_written_is_told_of_and_what_is_there_stays(disk_ground: Ground):
    work = start(lambda: _on_locked_disk(disk_ground), disk_ground.place)
    assert work.code() == 0, work.text()
    home = Ground(disk_ground.place, out="hem")
    first, locked, last = json.loads((disk_ground.place / "told.json").read_text("utf-8"))
    assert first == dict.fromkeys(NAMNDER, MADE.value)
    assert "går inte att skriva i: Read-only file system." in locked
    assert last == dict.fromkeys(NAMNDER, UNCHANGED.value)
    assert (lost(home), unfinished(home)) == ([], [])


def test_inputs_that_vanish_in_the_middle_cost_only_the_reports_that_need_them(ground: Ground):
    first = ground.start("--arbetare", "1")
    ground.wait_for_the_second()
    kept = ground.notebook.read_bytes()
    (ground.place / "data").rename(ground.place / "borta")
    ground.notebook.unlink()
    ground.let_go()
    code, told = first.code(), first.text()
    (ground.place / "borta").rename(ground.place / "data")
    ground.notebook.write_bytes(kept)
    results = ground.results()
    assert code == 0, told
    assert results == {"skola": UNCHANGED, "miljo": UNCHANGED}
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_a_notebook_that_vanishes_before_a_report_is_told_of(ground: Ground):
    gone = "import pathlib\npathlib.Path('PLATS/notebooks/namndrapport.ipynb').unlink()"
    ground.write(SHOW_NAME, gone)
    entries = ground.finish()
    ground.write(SHOW_NAME)
    assert (entries["skola"].resultat, entries["miljo"].resultat) == (MADE, FAILED)
    assert "namndrapport.ipynb" in entries["miljo"].meddelande
    assert set(ground.results().values()) == {MADE}
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_a_clock_that_jumps_changes_nothing(ground: Ground, monkeypatch: pytest.MonkeyPatch):
    ground.write(SHOW_NAME)
    straight = ground.results()
    before = ground.pages()
    real, jumps = time.time, iter(range(10**9))
    monkeypatch.setattr(time, "time", lambda: real() + 86_400 * 365 * (-1) ** next(jumps))
    results = ground.results(again=True, workers=2, cell_timeout=60)
    assert set(straight.values()) == set(results.values()) == {MADE}
    assert ground.pages() == before


def test_a_long_path_with_letters_of_all_kinds_is_nothing_special(ground: Ground):
    place = ground.place / "rapporter åäö – 第三季 'citat' %s {x} $HOME"
    while len(str(place)) < 240:
        place /= "långt " + "å" * 20
    place.mkdir(parents=True)
    write_tiny_kommun(place / "data")
    there = Ground(place)
    there.write(SHOW_NAME)
    assert set(there.results(workers=2).values()) == {MADE}
    assert (lost(there), unfinished(there)) == ([], [])


def test_a_second_run_in_the_same_folder_is_refused_and_harms_nothing(ground: Ground):
    first = ground.start("--arbetare", "2")
    ground.wait_for_the_second()
    second = ground.start()
    refused = second.code()
    ground.let_go()
    assert refused == 2
    wanted = "En annan körning skriver i reports/2026K3. Vänta tills den är klar."
    assert wanted in second.text()
    assert first.code() == 0, first.text()
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_a_line_of_the_journal_that_was_cut_short_harms_no_other(ground: Ground):
    ground.write(SHOW_NAME)
    ground.finish(namnder=("skola",))
    entry = read_manifest(ground.quarter).entry(KEY, "skola")
    assert entry is not None
    (ground.quarter / "korning.json").unlink()
    (ground.quarter / JOURNAL).write_text('{"rapport": {"kommun": "te', "utf-8")
    with journal(ground.quarter) as log:
        log.note(entry)
    assert ground.results() == {"skola": UNCHANGED, "miljo": MADE}
    assert (lost(ground), unfinished(ground)) == ([], [])


def test_files_are_on_the_disk_before_they_get_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda number: (told.append("disk"), fsync(number)))
    monkeypatch.setattr(os, "replace", lambda *paths: (told.append("name"), replace(*paths)))
    write_whole(tmp_path / "a" / "skola.html", "<html>å")
    publish(tmp_path / "a", tmp_path, ("skola.html",))
    assert told == ["disk", "name", "disk", "name"]
    assert (tmp_path / "skola.html").read_text("utf-8") == "<html>å"


def test_what_a_killed_run_had_begun_is_taken_away_though_nothing_is_left_to_make(ground: Ground):
    ground.write(SHOW_NAME)
    ground.finish()
    (ground.folder / ".pagar").mkdir()
    (ground.folder / ".pagar" / "miljo.html").write_text("<html>", "utf-8")
    (ground.folder / ".kommun.html.tmp").write_text("<html>", "utf-8")
    (ground.quarter / ".korning.json.tmp").write_text("{", "utf-8")
    assert set(ground.results().values()) == {UNCHANGED}
    assert (lost(ground), unfinished(ground)) == ([], [])


RICH = """\
import os, pathlib, sys
from IPython.display import HTML, display
kill = pathlib.Path('PLATS/kill')
if kill.exists():
    kill.unlink()
    os.kill(os.getppid(), 9)
    import time
    time.sleep(900)
display(HTML('<b>å</b>'), display_id='a')
print('fel', file=sys.stderr)
{'a': 1}"""
"""Kills the process that runs the kernel, once, when that is asked for."""


def test_one_worker_or_two_or_kernels_of_which_one_is_killed_give_the_same_bytes(ground: Ground):
    ground.write(SHOW_NAME, RICH)
    one, two = _bytes(ground, workers=1), _bytes(ground, workers=2)
    (ground.place / "kill").touch()
    standard = _bytes(ground, workers=1, motor=Motor.STANDARD, namnder=("miljo",))
    assert not (ground.place / "kill").exists()
    assert len(one) == len(NAMNDER) * len(ENDINGS) + 2
    assert one == two == standard


def _bytes(ground: Ground, **changes: object) -> dict[str, bytes]:
    """All files of the kommun after a run that makes them anew."""
    assert set(ground.results(again=True, **changes).values()) == {MADE}
    return {each.name: each.read_bytes() for each in ground.folder.iterdir()}
