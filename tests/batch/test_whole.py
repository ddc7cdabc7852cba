"""The example municipality to finished pages, as a reader and an operator meet them."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from example_run import EDITIONS, NAMNDER, PAGES, ROOT, Run, kvalitet

OUTSIDE = re.compile(
    r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?!data:)|@import"""
)


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.without_text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self.ids += [str(given["id"])] if "id" in given else []
        is_told = given.get("alt") or given.get("aria-label") or given.get("aria-labelledby")
        is_hidden = given.get("aria-hidden") == "true"
        if tag in ("img", "svg") and not (is_told or is_hidden):
            self.without_text.append(self.get_starttag_text() or tag)


@pytest.fixture
def whole(example_run: Run) -> Run:
    return example_run


def test_every_namnd_gets_its_page(whole: Run) -> None:
    made = sorted(each.stem for each in (whole.folder / "exempelkommun").glob("*.html"))
    editions = [f"{each}{suffix}" for each in NAMNDER for suffix in EDITIONS]
    assert made == sorted((*NAMNDER, *editions, "index", "kommun"))
    assert whole.told.startswith("8 gjorda, 0 oförändrade, 0 misslyckade.")


def test_the_pages_that_are_tested_in_the_browser_are_all_there_are(whole: Run) -> None:
    made = [each.relative_to(whole.root).as_posix() for each in whole.root.rglob("*.html")]
    assert sorted(made) == sorted(PAGES)


def test_the_index_over_quarters_leads_to_the_quarter_and_its_pages(whole: Run) -> None:
    index = (whole.folder.parent / "index.html").read_text("utf-8")
    wanted = ["2026K3/index.html", *(f"2026K3/exempelkommun/{each}.html" for each in NAMNDER)]
    assert [each for each in wanted if f'href="{each}"' not in index] == []


def test_every_page_can_be_reached_from_the_index(whole: Run) -> None:
    index = (whole.folder / "index.html").read_text("utf-8")
    assert [each for each in NAMNDER if f'href="exempelkommun/{each}.html"' not in index] == []


@pytest.mark.parametrize("namnd", NAMNDER)
def test_a_page_needs_nothing_from_elsewhere(whole: Run, namnd: str) -> None:
    assert OUTSIDE.findall(whole.page(namnd)) == []


@pytest.mark.parametrize("namnd", NAMNDER)
def test_a_page_has_one_heading_of_its_own_and_no_level_is_skipped(whole: Run, namnd: str) -> None:
    levels = [int(each[1]) for each in Page(whole.page(namnd)).headings]
    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("namnd", NAMNDER)
def test_every_picture_has_a_text(whole: Run, namnd: str) -> None:
    assert Page(whole.page(namnd)).without_text == []


@pytest.mark.parametrize("namnd", NAMNDER)
def test_every_link_in_a_page_has_a_place_to_go(whole: Run, namnd: str) -> None:
    page = whole.page(namnd)
    ids = Page(page).ids
    assert sorted(set(re.findall(r'href="#([^"]+)"', page)) - set(ids)) == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("namnd", NAMNDER)
def test_a_page_says_that_its_data_are_made_up(whole: Run, namnd: str) -> None:
    assert "Syntetiska data" in whole.page(namnd)


@pytest.mark.parametrize("namnd", NAMNDER)
def test_a_page_loads_no_script_and_is_light(whole: Run, namnd: str) -> None:
    page = whole.page(namnd)
    assert re.findall("<script[^>]*>", page.lower()) == ['<script type="module">']
    assert len(page.encode()) <= 1_500_000


def test_no_file_tells_where_on_the_machine_it_was_made(whole: Run) -> None:
    told = (str(ROOT), str(whole.folder), str(Path.home()))
    files = [each for each in whole.folder.rglob("*") if each.is_file()]
    texts = {each.name: each.read_text("utf-8") for each in files}
    assert [name for name, text in texts.items() if any(each in text for each in told)] == []


def test_the_manifest_accounts_for_every_report(whole: Run) -> None:
    plain = json.loads((whole.folder / "korning.json").read_text("utf-8"))
    assert {each["namnd"]: each["resultat"] for each in plain["rapporter"]} == dict.fromkeys(
        NAMNDER, "gjord"
    )


def test_another_run_with_another_number_of_workers_gives_the_same_bytes(
    whole: Run, tmp_path: Path
) -> None:
    again = kvalitet(tmp_path, "--namnd", "miljo", "--namnd", "overformyndare", "--arbetare", "1")
    names = [f"{each}{end}" for each in NAMNDER[3:5] for end in (".html", ".ipynb", ".json")]
    one, other = whole.folder / "exempelkommun", again.folder / "exempelkommun"
    assert [n for n in names if (one / n).read_bytes() != (other / n).read_bytes()] == []


def test_a_run_with_nothing_new_makes_nothing(whole: Run) -> None:
    again = kvalitet(whole.folder.parent)
    assert again.told.startswith("0 gjorda, 8 oförändrade, 0 misslyckade.")
