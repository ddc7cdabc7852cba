"""What is told of a run: to one who watches, to a machine, and in the operator's log."""

import io
import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kvalitetslib.batch import progress
from kvalitetslib.batch.events import Ended, Started, Step
from kvalitetslib.batch.manifest import Entry, Result
from kvalitetslib.batch.progress import LOG, Progress, failure

SKOLA = Entry("testby", "Testby", "skola", "Skolnämnden", True, Result.MADE, "abc")
MILJO = replace(
    SKOLA,
    namnd="miljo",
    namnd_namn="Miljönämnden",
    resultat=Result.FAILED,
    cell=3,
    meddelande="ValueError: bullret\ngick inte att räkna",
)
FAILED_LINE = "testby/miljo, cell 3: ValueError: bullret gick inte att räkna\n"
EVENTS = (
    Started(2),
    Step(MILJO, 1, 2, 0.25),
    Step(SKOLA, 2, 2, 0.5),
    Ended((SKOLA, MILJO)),
)


class Terminal(io.StringIO):
    """A stream that someone watches."""

    def isatty(self) -> bool:
        return True


def told(
    folder: Path, *events: object, err: io.StringIO | None = None, **options: bool
) -> tuple[str, str]:
    """What stands on stdout and stderr after those events."""
    out, seen = io.StringIO(), err or io.StringIO()
    with Progress(folder, out=out, err=seen, **options) as watched:
        for each in events:
            watched.tell(each)
    return out.getvalue(), seen.getvalue()


def log(folder: Path) -> list[str]:
    return (folder / LOG).read_text("utf-8").splitlines()


def test_without_anyone_watching_only_failures_and_the_last_line_are_told(tmp_path: Path):
    out, err = told(tmp_path, *EVENTS)
    assert err == FAILED_LINE
    assert out == f"1 gjorda, 0 oförändrade, 1 misslyckade. Öppna {tmp_path / 'index.html'}\n"


def test_a_failure_is_told_before_the_next_report_is_done(tmp_path: Path):
    assert told(tmp_path, *EVENTS[:2])[1] == FAILED_LINE


def test_one_who_watches_sees_a_bar_with_how_many_are_done(tmp_path: Path):
    _, err = told(tmp_path, *EVENTS, err=Terminal())
    bars = re.findall(r"\r([█░]{24}) (\d/\d) (\S+)", err)
    assert bars == [
        ("█" * 12 + "░" * 12, "1/2", "testby/miljo"),
        ("█" * 24, "2/2", "testby/skola"),
    ]


def test_a_failure_has_a_line_of_its_own_among_the_bars(tmp_path: Path):
    _, err = told(tmp_path, *EVENTS, err=Terminal())
    first = "░" * 24 + " 0/2"
    assert err.startswith(f"\r{first:<79}\r{'':<79}\r{FAILED_LINE}\r█")


def test_quiet_shows_no_bar(tmp_path: Path):
    out, err = told(tmp_path, *EVENTS, err=Terminal(), is_quiet=True)
    assert err == FAILED_LINE
    assert out.startswith("1 gjorda")


def test_a_machine_gets_one_object_a_line_and_nothing_else(tmp_path: Path):
    out, _ = told(tmp_path, *EVENTS, err=Terminal(), is_json=True)
    start, failed, made, end = map(json.loads, out.splitlines())
    whole = {"handelse": "rapport", "kommun": "testby", "av": 2}
    assert start == {"handelse": "start", "rapporter": 2}
    assert failed == whole | {
        "namnd": "miljo",
        "resultat": "misslyckad",
        "sekunder": 0.25,
        "klara": 1,
        "cell": 3,
        "meddelande": MILJO.meddelande,
    }
    assert made == whole | {"namnd": "skola", "resultat": "gjord", "sekunder": 0.5, "klara": 2}
    assert end.pop("sekunder") >= 0
    assert end == {
        "handelse": "slut",
        "gjorda": 1,
        "oforandrade": 0,
        "historik": 0,
        "misslyckade": 1,
        "utan_pdf": 0,
        "index": (tmp_path / "index.html").as_posix(),
    }


def test_the_log_has_a_line_with_its_time_for_each_event(tmp_path: Path):
    told(tmp_path, *EVENTS)
    lines = log(tmp_path)
    assert [line for line in lines if not re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", line)] == []
    assert [line[20:] for line in lines[:3]] == [
        "start: 2 rapporter",
        "1/2 testby/miljo misslyckad 0.25 s: cell 3: ValueError: bullret gick inte att räkna",
        "2/2 testby/skola gjord 0.50 s",
    ]
    assert re.fullmatch(r"slut: 1 gjorda, 0 oförändrade, 1 misslyckade, \d+\.\d s", lines[3][20:])


def test_the_log_of_the_next_run_follows_that_of_the_last(tmp_path: Path):
    told(tmp_path, *EVENTS)
    told(tmp_path, *EVENTS)
    assert [line[20:25] for line in log(tmp_path)].count("start") == 2


def test_a_run_cut_short_is_told_of_in_the_log_and_to_the_machine(tmp_path: Path):
    out = io.StringIO()
    watched = Progress(tmp_path, is_json=True, out=out)
    with suppress(RuntimeError), watched:
        watched.tell(Started(2))
        raise RuntimeError("disken är full")
    assert log(tmp_path)[-1].endswith("avbruten: disken är full")
    last = json.loads(out.getvalue().splitlines()[-1])
    assert last == {"handelse": "avbruten", "meddelande": "disken är full"}


def test_a_run_that_never_starts_leaves_no_log(tmp_path: Path):
    with pytest.raises(RuntimeError), Progress(tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_was_not_printed_is_told_of_last(tmp_path: Path):
    unprinted = replace(SKOLA, pdf_fel="skola.html blev ingen PDF inom 120 sekunder.")
    out, err = told(tmp_path, Started(1), Step(SKOLA, 1, 1), Ended((unprinted,)), is_json=True)
    assert err == "testby/skola: skola.html blev ingen PDF inom 120 sekunder.\n"
    assert json.loads(out.splitlines()[-1])["utan_pdf"] == 1


@pytest.mark.parametrize(
    ("made", "seconds", "words"),
    [
        (2, 60, ""),
        (3, 3, ", under 1 min kvar,"),
        (3, 60, ", ungefär 3 min kvar,"),
        (10, 10_000, ", ungefär 2 tim 30 min kvar,"),
    ],
)
def test_how_long_the_rest_takes_is_told_after_a_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: int, seconds: float, words: str
):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    watched = Progress(tmp_path, out=io.StringIO(), err=io.StringIO())
    for done in range(made):
        watched.tell(Step(SKOLA, done + 1, made + 9))
    now[0] = seconds
    assert watched.left(9) == words


def test_unchanged_reports_do_not_make_the_rest_look_quick(tmp_path: Path):
    watched = Progress(tmp_path, out=io.StringIO(), err=io.StringIO())
    same = replace(SKOLA, resultat=Result.UNCHANGED)
    for done in range(5):
        watched.tell(Step(same, done + 1, 20))
    assert watched.left(15) == ""


def test_a_failure_without_a_cell_names_the_report_alone():
    assert failure(replace(MILJO, cell=0, meddelande="minnet tog slut")) == (
        "testby/miljo: minnet tog slut"
    )
