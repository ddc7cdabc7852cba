"""PDF: a browser is found, a page is printed whole, and only what is new is printed."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from made_browser import TAGGED, fake, log, printer

from kvalitetslib.batch.fingerprint import sha256
from kvalitetslib.batch.manifest import Entry, Overview, Result
from kvalitetslib.batch.pdf import find_browser, print_page, printed, printed_overview
from kvalitetslib.errors import BuildError, ConfigError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the made-up browser is a script")
PAGE = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Nämnden</title></head>'
    "<h1>Läget</h1></html>"
)


def page(folder: Path, name: str = "miljo") -> Path:
    path = folder / f"{name}.html"
    path.write_text(PAGE, "utf-8")
    return path


def entry(folder: Path, **changes: object) -> Entry:
    path = page(folder)
    made = Entry("k", "K", "miljo", "Miljönämnden", False, Result.MADE, "x")
    return replace(made, filer={path.name: sha256(path.read_bytes()), "miljo.json": "y"}, **changes)


def test_a_browser_is_found_by_name_first(tmp_path: Path) -> None:
    known = {"google-chrome": "/opt/chrome"}
    assert find_browser(known.get, [page(tmp_path)]) == Path("/opt/chrome")


def test_a_browser_is_found_where_it_is_installed(tmp_path: Path) -> None:
    installed = page(tmp_path)
    assert find_browser({}.get, [tmp_path / "saknas.exe", installed]) == installed


def test_without_a_browser_it_is_said_what_to_install() -> None:
    with pytest.raises(
        ConfigError, match="Installera Chromium, Google Chrome eller Microsoft Edge"
    ):
        find_browser({}.get, [])


def test_the_pdf_stands_beside_its_page_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    print_page(printer(tmp_path), page(tmp_path / "ut"))
    assert sorted(each.name for each in (tmp_path / "ut").iterdir()) == ["miljo.html", "miljo.pdf"]


def test_the_dates_and_the_count_of_tags_are_taken_out(tmp_path: Path) -> None:
    told = f"{TAGGED} /CreationDate (D:20261121081413+00'00') /A node00000204 /B node00000007 end"
    made = print_page(fake(tmp_path, f"target.write_text({told!r})"), page(tmp_path)).read_text()
    assert len(made) == len(told)
    assert made.split()[-5:] == ["/A", "node00000002", "/B", "node00000001", "end"]
    assert "D:2026" not in made


def test_a_pdf_without_tags_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "miljo.pdf").write_text("gammal", "utf-8")
    with pytest.raises(BuildError, match=r"gjorde ingen taggad PDF av miljo\.html"):
        print_page(fake(tmp_path, "target.write_text('%PDF-1.4')"), page(tmp_path))
    assert (tmp_path / "miljo.pdf").read_text("utf-8") == "gammal"


def test_a_browser_that_cannot_start_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="saknas gick inte att starta"):
        print_page(tmp_path / "saknas", page(tmp_path))


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    body = (
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "log.write_text(f'{os.getpid()} {child.pid}')\ntime.sleep(60)"
    )
    with pytest.raises(BuildError, match=r"miljo\.html blev ingen PDF inom 2 sekunder"):
        print_page(fake(tmp_path, body), page(tmp_path), timeout=2)
    parent, child = log(tmp_path)
    assert [each for each in (int(parent), int(child)) if not has_ended(each)] == []


def has_ended(pid: int) -> bool:
    """Is the process gone? One that has been told to end may take a moment to do so."""
    patience = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < patience:
        time.sleep(0.01)
    return not is_running(pid)


def is_running(pid: int) -> bool:
    """True for a process that lives; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_each_page_is_printed_and_accounted_for(tmp_path: Path) -> None:
    made = entry(tmp_path)
    (done,) = printed([made], [], folder=tmp_path, browser=printer(tmp_path))
    assert done.pdf == {"miljo.pdf": sha256((tmp_path / "miljo.pdf").read_bytes())}
    assert done.pdf_av == {"miljo.pdf": made.filer["miljo.html"]}


def test_an_unchanged_page_is_not_printed_again(tmp_path: Path) -> None:
    browser = printer(tmp_path)
    first = printed([entry(tmp_path)], [], folder=tmp_path, browser=browser)
    again = printed([entry(tmp_path)], first, folder=tmp_path, browser=browser)
    assert again == first
    assert log(tmp_path) == ["miljo.html"]


def test_a_pdf_that_someone_has_changed_is_printed_again(tmp_path: Path) -> None:
    browser = printer(tmp_path)
    first = printed([entry(tmp_path)], [], folder=tmp_path, browser=browser)
    (tmp_path / "miljo.pdf").write_text("annan", "utf-8")
    printed([entry(tmp_path)], first, folder=tmp_path, browser=browser)
    assert log(tmp_path) == ["miljo.html", "miljo.html"]


def test_a_pdf_of_an_older_page_does_not_stay(tmp_path: Path) -> None:
    first = printed([entry(tmp_path)], [], folder=tmp_path, browser=printer(tmp_path))
    newer = replace(entry(tmp_path), filer={"miljo.html": "annan"})
    (done,) = printed([newer], first, folder=tmp_path, browser=None)
    assert (done.pdf, (tmp_path / "miljo.pdf").exists()) == ({}, False)


def test_a_pdf_that_we_did_not_make_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "miljo.pdf").write_text("någon annans", "utf-8")
    printed([entry(tmp_path)], [], folder=tmp_path, browser=None)
    assert (tmp_path / "miljo.pdf").read_text("utf-8") == "någon annans"


def test_the_pdf_of_a_page_that_failed_stays_with_its_old_page(tmp_path: Path) -> None:
    first = printed([entry(tmp_path)], [], folder=tmp_path, browser=printer(tmp_path))
    failed = entry(tmp_path, resultat=Result.FAILED)
    (done,) = printed([failed], first, folder=tmp_path, browser=printer(tmp_path))
    assert (done.pdf, log(tmp_path)) == (first[0].pdf, ["miljo.html"])


def test_one_that_cannot_be_printed_is_told_of_and_the_rest_are_printed(tmp_path: Path) -> None:
    page(tmp_path, "skola")
    body = f"'miljo' in sys.argv[-1] or target.write_text({TAGGED!r})"
    made = entry(tmp_path)
    both = replace(made, filer=made.filer | {"skola.html": "z"})
    (done,) = printed([both], [], folder=tmp_path, browser=fake(tmp_path, body), workers=2)
    assert list(done.pdf) == ["skola.pdf"]
    assert "ingen taggad PDF av miljo.html" in done.pdf_fel


def overview(folder: Path) -> tuple[Path, Overview]:
    """The kommun's page and what is known of it."""
    path = page(folder, "kommun")
    return path, Overview(av="x", kontrollsumma=sha256(path.read_bytes()))


def test_the_page_of_the_kommun_is_printed_and_accounted_for(tmp_path: Path) -> None:
    path, known = overview(tmp_path)
    made = printed_overview(known, None, page=path, browser=printer(tmp_path))
    assert made.pdf == sha256((tmp_path / "kommun.pdf").read_bytes())
    assert made.pdf_av == known.kontrollsumma


def test_the_page_of_the_kommun_is_not_printed_again_when_it_is_the_same(tmp_path: Path) -> None:
    path, known = overview(tmp_path)
    first = printed_overview(known, None, page=path, browser=printer(tmp_path))
    assert printed_overview(known, first, page=path, browser=printer(tmp_path)) == first
    assert log(tmp_path) == ["kommun.html"]


def test_a_pdf_of_an_older_page_of_the_kommun_does_not_stay(tmp_path: Path) -> None:
    path, known = overview(tmp_path)
    first = printed_overview(known, None, page=path, browser=printer(tmp_path))
    newer = replace(known, kontrollsumma="annan")
    assert printed_overview(newer, first, page=path, browser=None) == newer
    assert not (tmp_path / "kommun.pdf").exists()


def test_when_the_page_of_the_kommun_cannot_be_printed_it_is_told(tmp_path: Path) -> None:
    path, known = overview(tmp_path)
    made = printed_overview(known, None, page=path, browser=fake(tmp_path, "pass"))
    assert made.pdf_fel == "webblasare gjorde ingen taggad PDF av kommun.html."
    assert made.pdf == ""


@pytest.fixture(scope="module")
def browser() -> Path:
    try:
        return find_browser()
    except ConfigError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def test_the_pdf_is_tagged_and_knows_its_language_and_title(browser: Path, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(print_page(browser, page(tmp_path)))
    root = read.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"].value is True
    assert (root["/Lang"], read.metadata.title) == ("sv", "Nämnden")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_two_pdfs_of_a_page_have_the_same_bytes(browser: Path, tmp_path: Path) -> None:
    one = print_page(browser, page(tmp_path)).read_bytes()
    assert print_page(browser, page(tmp_path)).read_bytes() == one
