"""On paper: the first page is one sheet, and no chart and no row of a table is cut in two."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from checked_pages import bad_pages, good_pages, real_page
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

A4 = (595, 842)
CUT = f"""<!doctype html><title>x</title><style>@page {{ size: A4 }}</style><table>
<tr><th>x</th><td>{"a<br>" * 90}</td></tr><tr><th>y</th><td>b</td></tr></table>"""


NEXT = "document.querySelectorAll('.kapitel h2')[1].innerText"


@pytest.fixture
def printed(opened: Callable[..., Page]) -> Callable[[str], PdfReader]:
    """The tagged PDF that Chromium prints from HTML."""

    def _printed(html: str) -> PdfReader:
        return PdfReader(BytesIO(opened(html).pdf(prefer_css_page_size=True, tagged=True)))

    return _printed


def html(name: str) -> str:
    return {**good_pages(), **bad_pages()}.get(name) or real_page(name)


def elements(pdf: PdfReader) -> list[tuple[str, set[int]]]:
    """Kind and sheets of every chart and every row of a table that holds values."""
    found: list[tuple[str, set[int]]] = []
    numbers = {page.indirect_reference.idnum: page.page_number for page in pdf.pages}
    _sheets(pdf.trailer["/Root"]["/StructTreeRoot"], None, numbers, found)
    return found


def _sheets(
    tag: PdfObject, sheet: int | None, numbers: dict[int, int], found: list[tuple[str, set[int]]]
) -> set[int]:
    """The sheets that a tag's content stands on; its charts and rows are added to ``found``."""
    if not isinstance(tag, DictionaryObject):
        return set() if sheet is None else {sheet}
    sheet = numbers[tag.raw_get("/Pg").idnum] if "/Pg" in tag else sheet
    if tag.get("/Type") in ("/MCR", "/OBJR"):
        return set() if sheet is None else {sheet}
    kids = list(_kids(tag))
    sheets = set().union(*(_sheets(each, sheet, numbers, found) for each in kids))
    # The head of a table stands again on each sheet, and should.
    is_row = tag.get("/S") == "/TR" and any(_kind(each) == "/TD" for each in kids)
    if is_row or tag.get("/S") == "/Figure":
        found.append((f"{tag['/S']} {tag.get('/Alt', '')}", sheets))
    return sheets


def _kids(tag: DictionaryObject) -> Iterator[PdfObject]:
    kids = tag.get("/K", [])
    for each in kids if isinstance(kids, list) else [kids]:
        yield each.get_object()


def _kind(tag: PdfObject) -> object:
    return tag.get("/S") if isinstance(tag, DictionaryObject) else None


@pytest.mark.parametrize(
    "name", ["rik", "tom", "långt-namn", "långt-ord", "miljo", "barn-och-utbildning"]
)
def test_the_first_page_is_exactly_one_a4_sheet(
    opened: Callable[..., Page], printed: Callable[[str], PdfReader], name: str
) -> None:
    pdf = printed(html(name))
    next_chapter = opened(html(name)).evaluate(NEXT)
    first, second = (pdf.pages[i].extract_text() for i in (0, 1))
    assert tuple(round(float(each)) for each in pdf.pages[0].mediabox[2:]) == A4
    assert "Läget på en sida" in first
    assert "Kvinnor och män" in first
    assert "Barn\n" in first
    assert f"\n{next_chapter}\n" in second
    assert "Läget på en sida" not in second


@pytest.mark.parametrize("name", ["rik", "många-fynd", "miljo"])
def test_no_chart_and_no_row_is_cut(printed: Callable[[str], PdfReader], name: str) -> None:
    found = elements(printed(html(name)))
    assert len(found) > 20
    assert [each for each in found if len(each[1]) > 1] == []


def test_the_measure_sees_a_row_that_is_cut(printed: Callable[[str], PdfReader]) -> None:
    assert elements(printed(CUT)) == [("/TR ", {0, 1}), ("/TR ", {1})]


def test_sheets_are_numbered_and_named(printed: Callable[[str], PdfReader]) -> None:
    pdf = printed(html("rik"))
    texts = [each.extract_text() for each in pdf.pages]
    assert all(f"{i} ({len(texts)})" in text for i, text in enumerate(texts, start=1))
    assert all("Barn- och utbildningsnämnden, kvartal 3 2026" in each for each in texts[1:])
    assert "Barn- och utbildningsnämnden, kvartal" not in texts[0]
