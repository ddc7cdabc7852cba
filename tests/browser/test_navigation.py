"""Finding the way: contents that follow, links that open folds, tables that leave the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from checked_pages import good_pages, real_page
from playwright.sync_api import Page

from kvalitetslib.render import Chapter, page
from kvalitetslib.render.own import own_chapter, picture
from kvalitetslib.render.parts import Cell, Figure, Table

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<style>rect { fill: #c00 }</style><rect width="20" height="20"/></svg>'
)
TABLE = Table(
    "Värden för Åre",
    ("Mått", "Värde", "Ändring", "Text"),
    (
        (Cell("Trygga elever", note="årskurs 8"), "1\u00a0234,5", "−3,2\u00a0%", '=HYPERLINK("x")'),
        ("Gymnasie\u00adexamen", Cell("–"), "+4", Cell("sämre; mycket", sign="▼", tone="worse")),
        ("Ingen; alls", "-0,5", "+fel", "@SUM(A1)"),
    ),
    numeric=frozenset({1, 2}),
)
CSV = (
    "\ufeffMått;Mått, anmärkning;Värde;Ändring;Text\r\n"
    'Trygga elever;årskurs 8;1234,5;-3,2%;"\'=HYPERLINK(""x"")"\r\n'
    'Gymnasieexamen;;–;4;"sämre; mycket"\r\n'
    "\"Ingen; alls\";;-0,5;'+fel;'@SUM(A1)\r\n"
    "Källa: Kolada\r\n"
)
LEAVE = """async () => {
    const stopped = [];
    addEventListener('securitypolicyviolation', each => stopped.push(each.effectiveDirective));
    const add = (tag, words) => document.body.append(
        Object.assign(document.createElement(tag), words));
    const outside = 'http://127.0.0.1:9/x';
    add('img', {src: outside});
    add('script', {src: outside});
    add('script', {textContent: 'window.entered = true'});
    add('style', {textContent: 'body { display: none }'});
    add('iframe', {src: outside});
    document.querySelector('h1').setAttribute('style', 'color: red');
    await fetch(outside).catch(() => {});
    await new Promise(done => setTimeout(done, 50));
    return [[...new Set(stopped)].sort(), window.entered === undefined,
        getComputedStyle(document.body).display];
}"""


def table_page() -> str:
    figure = Figure("fig", "Rubrik", "", (), "Källa: Kolada", (TABLE,))
    html = f"<section id='a'><h2>A</h2>{figure.__html__()}{TABLE.__html__()}</section>"
    return page([Chapter("a", "A", html)], title="Nämnden")


def test_the_contents_list_follows_the_reader(opened: Callable[..., Page]) -> None:
    page = opened(good_pages()["rik"], 1280, reduced_motion="reduce")
    seen = []
    for chapter in ("folja-upp", "barn", "laget"):
        page.evaluate(f"document.getElementById('{chapter}').scrollIntoView()")
        page.wait_for_selector(f'.toc a[href="#{chapter}"][aria-current="location"]')
        seen += [page.locator(".toc a[aria-current]").count()]
    assert seen == [1, 1, 1]


def test_a_link_into_a_fold_opens_it_and_it_can_be_closed(opened: Callable[..., Page]) -> None:
    page = opened(real_page("miljo"), 1280, reduced_motion="reduce")
    fold = page.locator("details details.belagg").nth(2)
    id = fold.get_attribute("id")
    page.evaluate(f"location.hash = '{id}'")
    page.locator(f"details#{id}[open]").wait_for()
    assert fold.locator(".varfor").is_visible()
    fold.locator("summary").first.click()
    assert not fold.locator(".varfor").is_visible()


def test_the_way_up_is_one_key_from_each_chapter(opened: Callable[..., Page]) -> None:
    page = opened(good_pages()["rik"], 390, reduced_motion="reduce")
    page.locator(".tillbaka a").nth(3).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehallslista"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.toc') !== null")


def test_a_table_is_saved_as_a_swedish_spreadsheet_reads_it(opened: Callable[..., Page]) -> None:
    page = opened(table_page(), 1280)
    page.locator("main summary").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner CSV: Värden för Åre").first.click()
    page.get_by_text("Filen är sparad.").wait_for()
    assert download.value.suggested_filename == "varden-for-are.csv"
    assert Path(download.value.path()).read_bytes().decode() == CSV.replace("Kolada;;;;", "Kolada")


def test_a_table_outside_a_figure_names_its_page_as_source(opened: Callable[..., Page]) -> None:
    page = opened(table_page(), 1280, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera: Värden för Åre").last.click()
    page.get_by_text("Tabellen är kopierad.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[1].split("\t")[:3] == ["Trygga elever", "årskurs 8", "1234,5"]
    assert copied[-1] == "Källa: Nämnden, A"


def test_every_table_can_leave_the_page_and_its_button_has_a_name(
    opened: Callable[..., Page],
) -> None:
    page = opened(real_page("miljo"), 1280)
    tables = page.locator(".tabell table").count()
    names = page.eval_on_selector_all(
        ".verktyg button", "all => all.map(each => each.getAttribute('aria-label'))"
    )
    assert len(names) == 2 * tables > 20
    assert [each for each in names if len(each) < len("Kopiera: x")] == []


def test_every_chart_has_its_numbers_in_a_table(opened: Callable[..., Page]) -> None:
    page = opened(real_page("miljo"), 1280)
    figures = page.locator("figure.figur")
    folded = figures.locator("> details > summary", has_text="Visa som tabell:").count()
    # The chart of what matters most has its table open below it.
    beside = page.locator("figure.figur:not(:has(table)) ~ .tabell").count()
    assert folded + beside == figures.count() > 10


def test_without_scripts_all_stands_there_and_nothing_is_promised(
    opened: Callable[..., Page],
) -> None:
    page = opened(good_pages()["index"], 1280, java_script_enabled=False)
    assert page.locator("button").count() == 0
    assert page.locator(".sok").is_hidden()
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count() > 2


@pytest.mark.parametrize("name", ["rik", "index"])
def test_the_page_lets_nothing_in_and_nothing_out(opened: Callable[..., Page], name: str) -> None:
    page = opened(good_pages()[name], 1280)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: asked.append(request.url))
    stopped, is_whole, display = page.evaluate(LEAVE)
    assert {"connect-src", "frame-src", "img-src", "script-src-elem"} <= set(stopped)
    assert {"style-src-attr", "style-src-elem"} <= set(stopped)
    assert (is_whole, display) == (True, "block")
    assert [each for each in asked if not each.startswith("http://127.0.0.1:9")] == []


def test_the_page_itself_is_not_stopped_by_its_policy(opened: Callable[..., Page]) -> None:
    picture_page = page([own_chapter(1, [picture("image/svg+xml", SVG, "Röd")])], title="Egen")
    told: list[str] = []
    shown = opened(picture_page, 1280)
    shown.on("console", lambda message: told.append(message.text))
    shown.reload()
    assert shown.locator("img").evaluate("each => each.naturalWidth") == 20
    assert told == []
