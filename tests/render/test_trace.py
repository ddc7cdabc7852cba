"""Every claim of a page leads to its evidence, or there is no page."""

import re
from dataclasses import replace

import pytest
from example_report import empty_report, example_report

from kvalitetslib.errors import BuildError
from kvalitetslib.render import CHAPTERS, page
from kvalitetslib.render.anchors import evidence_anchor
from kvalitetslib.render.chapters import evidence, swot
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.parts import Cell, Chapter, Table
from kvalitetslib.render.said import Said, plain
from kvalitetslib.render.sentences.claims import claim, title

REPORT = example_report()
LOOK = Lookup(REPORT)
TITLE = "Barn- och utbildningsnämnden, kvartal 3 2026"
SENTENCE = "Svarstiden är lägre än ”målet”."


def saying(said):
    return Chapter("prov", "Prov", Table("Prov", ("Sagt",), ((Cell(said),),)).__html__())


def whole(report):
    return page([each(report) for each in CHAPTERS], title=TITLE)


def test_a_claim_carries_its_evidence():
    each = REPORT.all_evidence[0]
    assert (claim(each, LOOK).evidence, title(each, LOOK).evidence) == ((each.id,), (each.id,))


def test_a_claim_shows_its_evidence_on_a_page_and_its_text_is_inert():
    html = Said("1 < 2", ("B-1", "B-2")).__html__()
    assert html == '<span data-belagg="B-1 B-2">1 &lt; 2</span>'


def test_a_claim_is_never_printed_as_plain_text_by_mistake():
    with pytest.raises(TypeError):
        str(Said("a", ("B-1",)))


def test_a_claim_is_never_put_into_another_text_by_mistake():
    with pytest.raises(TypeError):
        f"{Said('a', ('B-1',))}"


def test_the_words_alone_are_asked_for():
    assert (plain(Said("a", ("B-1",))), plain("b")) == ("a", "b")


@pytest.mark.parametrize("report", [REPORT, empty_report()])
def test_a_page_whose_claims_lead_to_evidence_is_made(report):
    assert whole(report).startswith("<!doctype html>")


def test_every_claim_of_the_page_has_its_anchor():
    html = whole(REPORT)
    said = {id for ids in re.findall('data-belagg="([^"]+)"', html) for id in ids.split()}
    anchors = set(re.findall('id="(belagg-[^"]+)"', html))
    assert len(said) > 20
    assert {evidence_anchor(each) for each in said} <= anchors


def test_every_finding_on_the_page_links_to_its_evidence():
    cards = swot(REPORT).html.split("<article")[1:]
    ids = [re.findall('data-belagg="([^"]+)"', each)[0] for each in cards]
    assert all(
        f'href="#{evidence_anchor(id)}"' in card for id, card in zip(ids, cards, strict=True)
    )


def test_a_claim_without_anchor_stops_the_page():
    said = [evidence(REPORT), saying(Said(SENTENCE, ("B-saknas",)))]
    with pytest.raises(BuildError) as error:
        page(said, title=TITLE)
    assert str(error.value) == (
        f"{TITLE}: sidan kan inte byggas.\n"
        f"Kapitlet Prov, meningen ”{SENTENCE}”: belägget B-saknas finns inte i kapitlet Belägg."
    )


def test_a_claim_without_evidence_stops_the_page():
    with pytest.raises(BuildError, match=r"Kapitlet Prov, meningen .*: belägg saknas\."):
        page([evidence(REPORT), saying(Said(SENTENCE, ()))], title=TITLE)


def test_a_page_with_claims_but_without_the_evidence_chapter_says_so():
    with pytest.raises(BuildError, match="Sidan saknar kapitlet Belägg"):
        page([swot(REPORT)], title=TITLE)


def test_an_anchor_in_another_chapter_is_no_evidence():
    fake = Chapter("prov", "Prov", '<p id="belagg-b-1"></p>' + Said("a", ("B-1",)).__html__())
    with pytest.raises(BuildError, match="belägget B-1 finns inte"):
        page([fake], title=TITLE)


@pytest.mark.parametrize(
    ("ids", "told"), [((), "belägg saknas"), (("B-x",), "belägget B-x finns inte i rapporten")]
)
def test_a_finding_without_evidence_stops_the_chapter(ids, told):
    first = replace(REPORT.findings[0], evidence=ids, shown=False)
    broken = replace(REPORT, findings=(first, *REPORT.findings[1:]))
    with pytest.raises(BuildError, match=f"fyndet {first.id} .styrka. kan inte visas: {told}"):
        swot(broken)
