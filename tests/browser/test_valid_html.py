"""Each page is valid HTML: no parse error, one h1, headings in order, links that lead somewhere."""

from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from checked_pages import BAD, GOOD, bad_pages, good_pages, real_page
from html5lib.html5parser import ParseError

NAMES = (*GOOD, *BAD, "overformyndare", "barn-och-utbildning")
REFERENCES = ("aria-labelledby", "aria-describedby", "for", "headers")


def tree(name: str) -> Element:
    text = {**good_pages(), **bad_pages()}.get(name) or real_page(name)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    return root


def svg(name: str) -> str:
    return f"{{http://www.w3.org/2000/svg}}{name}"


def test_the_parser_refuses_what_is_wrong() -> None:
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p>")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_valid_and_its_parts_in_order(name: str) -> None:
    root = tree(name)
    levels = [int(each.tag[1]) for each in root.iter() if str(each.tag) in "h1h2h3h4h5h6"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_every_reference_leads_to_one(name: str) -> None:
    root = tree(name)
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    led = [id for each in root.iter() for key in REFERENCES for id in each.get(key, "").split()]
    led += [href[1:] for each in root.iter() if (href := each.get("href", "")).startswith("#")]
    assert [id for id, count in ids.items() if count > 1] == []
    assert [id for id in led if id not in ids] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_a_role_a_name_and_a_description(name: str) -> None:
    charts = [each for each in tree(name).iter(svg("svg")) if each.get("aria-hidden") != "true"]
    told = [
        [(each.find(svg(part)).text or "").strip() for part in ("title", "desc")] for each in charts
    ]
    assert [each for each in charts if each.get("role") not in ("img", "group")] == []
    assert [each for each in told if not all(each)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_a_table_or_a_link_to_one(name: str) -> None:
    root = tree(name)
    led = {
        chart.get("aria-labelledby")
        for box in root.iter()
        if _leads_to_table(box)
        for chart in box.iter(svg("svg"))
    }
    charts = [each for each in root.iter(svg("svg")) if each.get("aria-hidden") != "true"]
    alone = [name for each in charts if (name := each.get("aria-labelledby")) not in led]
    assert alone == []


def _leads_to_table(box: Element) -> bool:
    """A figure or a survey with a table in it, or a card, a wheel or a summary with a link."""
    if box.tag == "figure" or "enkat" in box.get("class", "").split():
        return box.find(".//table") is not None
    if box.tag in ("article", "nav") or "ruta" in box.get("class", "").split():
        return any(each.get("href") for each in box.iter())
    return False
