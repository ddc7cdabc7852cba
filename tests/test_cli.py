"""The commands as a person meets them: exit codes, Swedish, and no traceback."""

import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from faulty_inputs import FAULTY_INPUTS, FaultyInput
from made_notebook import SHOW_NAME, write_notebook
from tiny_kommun import KEY, TinyKommun

from kvalitetslib.cli import fault_table, main
from kvalitetslib.errors import DataError, Fault
from kvalitetslib.period import quarter_before, quarter_of

ENGLISH = ("Usage", "Options", "Commands", "Show this", "Error", "Missing", "Invalid", "No such")
ENGLISH_TOO = ("Try ", "default", "Got unexpected", "requires", "Traceback")


@pytest.fixture
def place(kommun_folder: TinyKommun, monkeypatch: pytest.MonkeyPatch) -> TinyKommun:
    """The working folder of a project with one small kommun and a report since before."""
    project = kommun_folder.data.parent
    (project / "notebooks").mkdir()
    write_notebook(project / "notebooks" / "namndrapport.ipynb", SHOW_NAME)
    earlier = project / "reports" / "2026K3" / KEY
    earlier.mkdir(parents=True)
    (earlier / "skola.html").write_text("<p>förra</p>", "utf-8")
    monkeypatch.chdir(project)
    return kommun_folder


def code(*args: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(args))
    return int(left.value.code)


def reports() -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in Path("reports").rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    "args",
    [
        ["--hjalp"],
        ["--help"],
        [],
        ["rapport", "--hjalp"],
        ["kontrollera", "--help"],
        ["rappport"],
        ["rapport", "--komun", "x"],
        ["rapport", "--kommun"],
        ["rapport", "--om=ja"],
        ["rapport", "extra"],
        ["rapport", "--arbetare", "många"],
        ["rapport", "--arbetare", "0"],
        ["--fel"],
    ],
    ids=" ".join,
)
def test_not_a_word_of_english_comes_from_the_command_line(args, capsys):
    code(*args)
    told = "".join(capsys.readouterr())
    assert [each for each in (*ENGLISH, *ENGLISH_TOO) if each in told] == []
    assert told


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["rappport"],
            "Kommandot rappport finns inte. Godtas: kodbok, kontrollera, rapport, rensa.",
        ),
        (["rapport", "--komun", "x"], "Valet --komun finns inte. Godtas: --kommun, --kvartal"),
        (["rapport", "--kommun"], "Valet --kommun används fel"),
        (["rapport", "extra"], "extra hör inte hit."),
        (["rapport", "--arbetare", "0"], "0 är inget antal. Godtas: ett heltal, 1 eller större."),
        (["rapport", "--kvartal", "2026"], "Kvartalet '2026' går inte att läsa."),
        (["rapport", "--kvartal", "i höst"], "Godtas: till exempel 2026K3."),
        (["rapport", "--kommun", "testbi"], "Kommunen testbi finns inte."),
        (["rapport", "--kommun", "testbi"], "Menade du testby?"),
        (["rapport", "--namnd", "parker"], "Nämnden parker finns inte. Godtas: miljo, skola."),
        (["rapport", "--data", "borta"], "Ingen kommun finns i borta/kommuner."),
        (["kontrollera", "--kvartal", "9"], "Kvartalet '9' går inte att läsa."),
    ],
)
def test_a_command_that_is_wrong_says_how_and_ends_with_2(place, capsys, args, told):
    assert code(*args) == 2
    assert told in "".join(capsys.readouterr())


def test_help_ends_with_0(capsys):
    assert code("rapport", "--hjalp") == 0
    assert "Användning: kvalitet rapport [VAL]" in capsys.readouterr().out


def test_the_version_is_told(capsys):
    assert code("--version") == 0
    assert capsys.readouterr().out.startswith("kvalitetslib 0.")


@pytest.mark.parametrize("faulty", FAULTY_INPUTS, ids=lambda each: each.name)
def test_bad_input_ends_with_2_and_touches_no_report(
    place: TinyKommun, faulty: FaultyInput, capsys: pytest.CaptureFixture[str]
) -> None:
    before = reports()
    faulty.change(place)

    left = code("rapport", "--kommun", faulty.nyckel, "--kvartal", "2026K3")

    told = "".join(capsys.readouterr())
    assert (left, reports()) == (2, before)
    assert "Traceback" not in told
    assert told.endswith("Ingenting har skrivits.\n")


def test_an_unknown_kommun_in_upper_case_is_suggested(place, capsys):
    code("rapport", "--kommun", "TESTBY")
    assert "Menade du testby?" in capsys.readouterr().err


def test_the_check_finds_nothing_wrong(place, capsys):
    assert code("kontrollera", "--kvartal", "2026K3") == 0
    assert re.fullmatch(r"Inga fel i \d\d filer: testby\.\n", capsys.readouterr().out)


def test_the_check_shows_every_fault_of_every_file(place: TinyKommun, capsys):
    place.swap("indikatorer.csv", "84,0", "åttio")
    place.swap("mal.csv", "M2;miljo", "M2;parker")
    assert code("kontrollera", "--kvartal", "2026K3") == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["fil", "rad", "kolumn", "regel", "hittade", "godtas"]
    assert lines[-1] == "2 fel."
    assert [line.split()[:3] for line in lines[1:3]] == [
        ["kommuner/testby/indikatorer.csv", "3", "varde"],
        ["kommuner/testby/mal.csv", "3", "namnd"],
    ]


def test_faults_of_all_kommuner_come_at_once(place: TinyKommun, capsys):
    other = place.data / "kommuner" / "grannby"
    other.mkdir()
    (other / "kommun.toml").write_text("[kommun]\nnamn = 1\n", "utf-8")
    place.swap("mal.csv", "M2;miljo", "M2;parker")
    assert code("kontrollera", "--kvartal", "2026K3") == 2
    told = capsys.readouterr().out
    assert "grannby/kommun.toml" in told
    assert "testby/mal.csv" in told


def test_columns_of_the_fault_table_are_aligned():
    faults = [
        Fault("mal.csv", 3, "namnd", "okänd nämnd", "parker", "miljo"),
        Fault("en-lang-fil.csv", 0, "", "filen är tom", "", "minst en rad"),
    ]
    head, *rows = fault_table(DataError(faults)).splitlines()
    places = [line.index(word) for line, word in zip(rows, ("filen", "okänd"), strict=False)]
    assert places == [head.index("regel")] * 2


def test_all_made_ends_with_0_and_some_failed_with_1(place: TinyKommun, capsys):
    made = code("rapport", "--kvartal", "2026K3", "--namnd", "skola", "--arbetare", "1")
    told = capsys.readouterr()
    write_notebook(Path("notebooks/namndrapport.ipynb"), "assert namnd == 'skola', 'nej'")
    failed = code("rapport", "--kvartal", "2026K3", "--arbetare", "2")

    assert (made, failed) == (0, 1)
    assert told.out.startswith("1 gjorda, 0 oförändrade, 0 misslyckade. Öppna reports")
    assert told.err == ""
    assert "testby/miljo, cell 2: AssertionError: nej" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere browsers are found without PATH")
def test_a_pdf_without_a_browser_ends_with_2_and_says_what_to_install(
    place: TinyKommun, capsys, monkeypatch
):
    monkeypatch.setenv("PATH", "")
    before = reports()
    assert code("rapport", "--kvartal", "2026K3", "--pdf") == 2
    told = capsys.readouterr().err
    assert "Installera Chromium, Google Chrome eller Microsoft Edge" in told
    assert "Ingenting har skrivits." in told
    assert reports() == before


@pytest.mark.skipif(sys.platform == "win32", reason="the made-up browser is a script")
def test_a_page_of_the_kommun_that_cannot_be_printed_ends_with_1(
    place: TinyKommun, capsys, monkeypatch
):
    program = Path("bin/chromium")
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'for each; do case "$each" in --print-to-pdf=*) out="${each#*=}";; esac; done\n'
        'case "$each" in */kommun.html) exit;; esac\n'
        'echo "%PDF-1.4 /StructTreeRoot /Lang (sv) /Marked true" > "$out"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent.resolve()}:/usr/bin:/bin")
    ended = code("rapport", "--kvartal", "2026K3", "--namnd", "skola", "--arbetare", "1", "--pdf")
    assert ended == 1
    assert "chromium gjorde ingen taggad PDF av kommun.html." in capsys.readouterr().err


def test_a_machine_reads_one_object_a_line_and_the_log_has_the_rest(place: TinyKommun, capsys):
    left = code("rapport", "--kvartal", "2026K3", "--namnd", "skola", "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert left == 0
    assert [each["handelse"] for each in told] == ["start", "rapport", "slut"]
    assert (told[1]["kommun"], told[1]["namnd"], told[1]["resultat"]) == (KEY, "skola", "gjord")
    assert told[1]["sekunder"] > 0
    assert "1/1 testby/skola gjord" in Path("reports/2026K3/korning.logg").read_text("utf-8")


def test_quiet_tells_only_of_failures_and_the_sum(place: TinyKommun, capsys):
    write_notebook(
        Path("notebooks/namndrapport.ipynb"), SHOW_NAME, "assert namnd == 'skola', 'nej'"
    )
    left = code("rapport", "--kvartal", "2026K3", "--tyst", "--arbetare", "1")
    told = capsys.readouterr()
    assert left == 1
    assert told.err == "testby/miljo, cell 3: AssertionError: nej\n"
    assert told.out.startswith("1 gjorda, 0 oförändrade, 1 misslyckade. Öppna reports")


def test_a_cluster_that_does_not_answer_ends_with_2_before_anything_is_written(place, capsys):
    before = reports()
    left = code("rapport", "--kvartal", "2026K3", "--dask", "klustret")
    told = capsys.readouterr().err
    assert (left, reports()) == (2, before)
    assert "Ingen schemaläggare för dask svarar på klustret." in told
    assert told.endswith("Ingenting har skrivits.\n")


def test_the_quarter_is_the_last_one_that_has_ended(place: TinyKommun, capsys):
    ended = quarter_before(quarter_of(date.today())).text
    assert code("rapport", "--namnd", "skola") == 0
    assert (Path("reports") / ended / KEY / "skola.html").is_file()


def test_a_draft_codebook_is_written_beside_the_answers(tmp_path, capsys):
    answers = tmp_path / "trivsel.csv"
    answers.write_text("lopnr;kon;f1\n1;K;3\n2;M;4\n", "utf-8")
    assert code("kodbok", str(answers)) == 0
    assert 'kolumn = "f1"' in (tmp_path / "trivsel.toml").read_text("utf-8")
    assert "utkast" in capsys.readouterr().out


def test_a_codebook_that_is_there_is_never_written_over(tmp_path, capsys):
    answers = tmp_path / "trivsel.csv"
    answers.write_text("lopnr;kon;f1\n1;K;3\n", "utf-8")
    (tmp_path / "trivsel.toml").write_text("min kodbok", "utf-8")
    assert code("kodbok", str(answers)) == 2
    assert (tmp_path / "trivsel.toml").read_text("utf-8") == "min kodbok"
    assert "kodboken finns redan" in capsys.readouterr().err


def test_a_codebook_of_no_file_is_one_clear_message(tmp_path, capsys):
    assert code("kodbok", str(tmp_path / "saknas.csv")) == 2
    assert "filen saknas" in capsys.readouterr().err
