"""The runner, with small notebooks: what fails is told of, what is made stays, nothing is half."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from made_browser import printer
from made_notebook import PARAMETERS, SHOW_NAME, write_notebook
from tiny_kommun import KEY, QUARTER, TODAY, TinyKommun, write_tiny_kommun

from kvalitetslib.batch.events import Ended, Event, Started, Step
from kvalitetslib.batch.manifest import ENDINGS, Entry, Result, read_manifest
from kvalitetslib.batch.order import Order, check_namnder
from kvalitetslib.batch.reading import read_all
from kvalitetslib.batch.runner import run
from kvalitetslib.errors import BuildError, ConfigError, KvalitetError
from kvalitetslib.period import parse_period

OLD = "<p>förra kvartalets sida</p>"
FAILS_FOR_MILJO = "assert namnd != 'miljo', 'bullret gick inte att räkna'"
DIES_OR_HANGS = """\
import os
os._exit(1) if namnd == "skola" else None
while True: pass
"""


@dataclass(frozen=True)
class Ground:
    """A data folder, a notebook and a place for the reports."""

    tiny: TinyKommun
    order: Order

    @property
    def folder(self) -> Path:
        return self.order.folder / KEY

    def run(self, **changes: object) -> dict[str, Entry]:
        inputs = read_all(self.tiny.data, (KEY,), quarter=QUARTER, today=TODAY)
        order = replace(self.order, **changes)
        return {each.namnd: each for each in run(order, inputs, lambda *_: None)}

    def results(self, **changes: object) -> dict[str, Result]:
        return {namnd: entry.resultat for namnd, entry in self.run(**changes).items()}

    def pages(self) -> dict[str, bytes]:
        every = self.order.folder.rglob("*")
        return {each.name: each.read_bytes() for each in every if each.is_file()}


def files(namnd: str) -> list[str]:
    """What is made for a nämnd."""
    return [f"{namnd}{ending}" for ending in ENDINGS]


def ground(folder: Path, *sources: str) -> Ground:
    notebook = write_notebook(folder / "prov.ipynb", *sources)
    tiny = write_tiny_kommun(folder / "data")
    return Ground(tiny, Order(notebook, folder / "ut", QUARTER, workers=2))


@pytest.fixture(scope="module")
def halted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ground, dict[str, Entry]]:
    """A run where one nämnd fails, and had a page since before."""
    place = ground(tmp_path_factory.mktemp("halted"), SHOW_NAME, FAILS_FOR_MILJO)
    place.folder.mkdir(parents=True)
    (place.folder / "miljo.html").write_text(OLD, "utf-8")
    return place, place.run()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ground, dict[str, Entry]]:
    """A run where all goes well. Tests leave it as it is."""
    place = ground(tmp_path_factory.mktemp("made"), SHOW_NAME)
    return place, place.run()


def test_a_failing_namnd_is_told_of_with_its_cell_and_message(halted):
    entry = halted[1]["miljo"]
    assert (entry.resultat, entry.cell) == (Result.FAILED, 3)
    assert entry.meddelande == "AssertionError: bullret gick inte att räkna"


def test_the_other_namnd_is_made(halted):
    place, entries = halted
    assert entries["skola"].resultat is Result.MADE
    assert "Skolnämnden" in (place.folder / "skola.html").read_text("utf-8")


def test_the_page_of_a_failing_namnd_stays_as_it_was(halted):
    assert (halted[0].folder / "miljo.html").read_text("utf-8") == OLD


def test_nothing_unfinished_is_left(halted):
    names = sorted(each.name for each in halted[0].folder.iterdir())
    assert names == sorted(["index.html", "kommun.html", "miljo.html", *files("skola")])


def test_the_manifest_tells_what_went_wrong(halted):
    kept = read_manifest(halted[0].order.folder).entry(KEY, "miljo")
    assert kept == halted[1]["miljo"]


def test_the_index_says_where_it_stopped_but_not_what_the_cell_said(halted):
    index = (halted[0].order.folder / "index.html").read_text("utf-8")
    assert "Cell 3 i anteckningsboken stoppade" in index
    assert "bullret" not in index


def test_progress_is_told_at_the_start_after_each_report_and_at_the_end(made):
    place, _ = made
    inputs = read_all(place.tiny.data, (KEY,), quarter=QUARTER, today=TODAY)
    told: list[Event] = []
    entries = run(place.order, inputs, told.append)
    first, second = entries
    assert told == [Started(2), Step(first, 1, 2), Step(second, 2, 2), Ended(entries)]


def test_the_time_of_each_report_is_told(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    inputs = read_all(place.tiny.data, (KEY,), quarter=QUARTER, today=TODAY)
    told: list[Event] = []
    run(place.order, inputs, told.append)
    assert [each.seconds > 0 for each in told if isinstance(each, Step)] == [True, True]


def test_every_report_has_a_page_a_notebook_and_its_figures(made):
    assert sorted(made[1]["skola"].filer) == sorted(files("skola"))


def test_the_manifest_names_every_file_that_was_read(made):
    place, _ = made
    plain = json.loads((place.order.folder / "korning.json").read_text("utf-8"))
    assert f"kommuner/{KEY}/kommun.toml" in plain["indata"][KEY]


def test_no_file_tells_where_on_the_machine_it_was_made(made):
    place, _ = made
    told = str(place.tiny.data.parent).encode()
    assert [name for name, content in place.pages().items() if told in content] == []


def test_the_executed_notebook_can_be_opened_where_it_lies(made):
    place, _ = made
    plain = json.loads((place.folder / "skola.ipynb").read_text("utf-8"))
    told = plain["metadata"]["papermill"]["parameters"]
    assert (place.folder / told["underlag"]).is_file()


def test_an_unchanged_report_is_not_made_again(made):
    assert set(made[0].results().values()) == {Result.UNCHANGED}


def test_a_second_run_gives_the_same_bytes(made):
    place, _ = made
    before = place.pages()
    results = place.results(again=True, workers=1)
    after = place.pages()
    assert set(results.values()) == {Result.MADE}
    assert {name for name in before if before[name] != after[name]} <= {"korning.json"}


def test_a_report_is_made_again_when_a_file_or_page_has_changed(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    place.run()
    (place.folder / "skola.html").write_text("avhuggen", "utf-8")
    first = place.results()
    place.tiny.swap("indikatorer.csv", "2025;84,0", "2025;85,0")
    assert first == {"skola": Result.MADE, "miljo": Result.UNCHANGED}
    assert set(place.results(namnder=("skola",)).values()) == {Result.MADE}


def test_one_namnd_alone_leaves_the_other_in_the_index(made):
    place, _ = made
    place.run(namnder=("miljo",))
    index = (place.order.folder / "index.html").read_text("utf-8")
    assert f'href="{KEY}/skola.html"' in index
    assert 'href="skola.html"' in (place.folder / "index.html").read_text("utf-8")


def test_a_kernel_that_dies_or_never_ends_is_told_of(tmp_path: Path):
    entries = ground(tmp_path, DIES_OR_HANGS).run(cell_timeout=2)
    assert entries["skola"].meddelande == "Pythonprocessen avslutades mitt i körningen (kod 1)"
    assert entries["miljo"].meddelande == "en cell tog mer än 2 sekunder"


def test_a_parameter_that_the_notebook_does_not_declare_is_refused(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    told = PARAMETERS.replace("underlag", "undrlag")
    write_notebook(place.order.notebook, SHOW_NAME, parameters=told)
    with pytest.raises(ConfigError, match=r"ingen parameter underlag\. Godtas: .*undrlag\?"):
        place.run()
    assert not place.order.out.exists()


def test_a_missing_notebook_is_told_of(tmp_path: Path):
    place = ground(tmp_path)
    with pytest.raises(BuildError, match=r"borta\.ipynb finns inte"):
        place.run(notebook=tmp_path / "borta.ipynb")


@pytest.mark.parametrize("text", ["", "{", '{"cells": 5}'])
def test_a_file_that_is_no_notebook_is_told_of(tmp_path: Path, text: str):
    place = ground(tmp_path)
    place.order.notebook.write_text(text, "utf-8")
    with pytest.raises(BuildError, match="är ingen anteckningsbok"):
        place.run()


def test_a_place_that_cannot_be_written_is_told_of(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    place.order.out.write_text("en fil, ingen mapp", "utf-8")
    with pytest.raises(BuildError, match="går inte att skriva i"):
        place.run()


def test_a_namnd_that_no_kommun_has_is_refused(kommun_folder: TinyKommun):
    inputs = read_all(kommun_folder.data, (KEY,), quarter=QUARTER, today=TODAY)
    with pytest.raises(KvalitetError, match=r"Nämnden parker finns inte\. Godtas: miljo, skola\."):
        check_namnder(inputs, ("parker",))


def test_a_manifest_that_cannot_be_read_is_as_none(tmp_path: Path):
    (tmp_path / "korning.json").write_text('{"rapporter": [{}]}', "utf-8")
    assert read_manifest(tmp_path).entries == ()


def test_the_overview_of_the_kommun_tells_of_a_report_that_could_not_be_made(halted):
    page = (halted[0].folder / "kommun.html").read_text("utf-8")
    assert "rapporten kunde inte göras" in page
    assert 'href="skola.html"' in page


def test_the_manifest_holds_the_overview_and_the_editions(made):
    place, entries = made
    manifest = read_manifest(place.order.folder)
    assert manifest.overviews[KEY].stands(place.folder / "kommun.html")
    assert {"skola-invanare.html", "skola-medarbetare.html"} <= set(entries["skola"].filer)


def test_the_index_leads_to_the_editions_and_the_overview(made):
    place, _ = made
    every = (place.order.folder / "index.html").read_text("utf-8")
    own = (place.folder / "index.html").read_text("utf-8")
    assert f'href="{KEY}/skola-invanare.html"' in every
    assert f'href="{KEY}/kommun.html"' in every
    assert 'href="kommun.html"' in own


@pytest.mark.skipif(os.name == "nt", reason="the made-up browser is a script")
def test_every_page_is_printed_and_the_index_leads_to_them(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    place.run(browser=printer(tmp_path))
    printed = {each for each in place.pages() if each.endswith(".pdf")}
    own = (place.folder / "index.html").read_text("utf-8")
    every = (place.order.folder / "index.html").read_text("utf-8")
    assert {"kommun.pdf", "skola.pdf", "skola-invanare.pdf"} <= printed
    assert [each for each in printed if f'href="{each}"' not in own] == []
    assert f'href="{KEY}/kommun.pdf"' in every


def test_the_pages_of_a_report_lead_to_each_other(made):
    place, _ = made
    nav = (place.folder / "skola.html").read_text("utf-8")
    staff = (place.folder / "skola-medarbetare.html").read_text("utf-8")
    wanted = ("skola-invanare.html", "kommun.html")
    assert [each for each in wanted if f'href="{each}"' not in nav] == []
    assert [each for each in (*wanted, "skola.html") if f'href="{each}"' not in staff] == []


def test_an_edition_or_overview_that_has_been_changed_is_made_again(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    place.run()
    (place.folder / "kommun.html").write_text("avhuggen", "utf-8")
    (place.folder / "skola-invanare.html").unlink()
    results = place.results()
    assert results == {"skola": Result.MADE, "miljo": Result.UNCHANGED}
    assert "Kommunöversikt" in (place.folder / "kommun.html").read_text("utf-8")
    assert (place.folder / "skola-invanare.html").is_file()


def test_a_report_is_compared_with_the_newest_earlier_quarter(made, tmp_path: Path):
    place, _ = made
    out = tmp_path / "ut"
    first = replace(place.order, out=out, quarter=parse_period("2026K2"), namnder=("miljo",))
    run(first, read_all(place.tiny.data, (KEY,), quarter=first.quarter, today=TODAY), quiet)
    later = Ground(place.tiny, replace(place.order, out=out, namnder=("miljo",)))
    alone = later.run()["miljo"]
    json_of = out / "2026K2" / KEY / "miljo.json"
    told = json.loads((later.folder / "miljo.json").read_text("utf-8"))
    unchanged = later.run()["miljo"].resultat
    json_of.write_text("{}", "utf-8")
    again = later.run()["miljo"]
    unread = json.loads((later.folder / "miljo.json").read_text("utf-8"))
    assert (told["earlier"], told["earlier_unread"]) == ("2026K2", False)
    assert [each["key"] for each in told["news"]] == ["X-DAGAR"]
    assert (alone.resultat, unchanged, again.resultat) == (
        Result.MADE,
        Result.UNCHANGED,
        Result.MADE,
    )
    assert (unread["earlier"], unread["earlier_unread"]) == ("", True)


def test_a_report_that_a_later_one_builds_on_is_left_as_it_is(tmp_path: Path):
    place = ground(tmp_path, SHOW_NAME)
    place.run(namnder=("miljo",))
    saved = place.folder / "miljo.json"
    later = place.order.out / "2026K4" / KEY
    later.mkdir(parents=True)
    (later / "miljo.json").write_bytes(saved.read_bytes())
    (place.folder / "miljo.html").write_text(OLD, "utf-8")
    kept = place.run(namnder=("miljo",))["miljo"]
    page = (place.folder / "miljo.html").read_text("utf-8")
    known = read_manifest(place.order.folder).entry(KEY, "miljo")
    (place.order.folder / "korning.json").unlink()
    lost = place.run(namnder=("miljo",))["miljo"].resultat
    again = place.run(namnder=("miljo",), again=True)["miljo"].resultat
    assert (kept.resultat, page, lost, again) == (Result.HISTORY, OLD, Result.HISTORY, Result.MADE)
    assert "En senare rapport bygger på den" in known.meddelande


def quiet(*_: object) -> None:
    """Tell nobody."""
