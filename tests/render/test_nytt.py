"""The chapter of news: a line for each thing, plain words, and links that lead somewhere."""

import re
from dataclasses import replace

import pytest
from example_evidence import SMALL
from example_report import empty_report, example_report
from reading import passages, readability, running_text

from kvalitetslib.analysis.news import with_news
from kvalitetslib.context import NewsAbout, NewsItem, NewsKind, NewsReason
from kvalitetslib.model import Group, Quadrant
from kvalitetslib.render import CHAPTERS, page
from kvalitetslib.render.chapters import nytt
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences.news import remark
from kvalitetslib.report import Report

NOW = example_report()
LOOK = Lookup(NOW)
SHOWN = next(each for each in NOW.findings if each.shown and each.rule == "W1")


def eventful() -> Report:
    """The example's report held against one that lacks a finding and has other things."""
    before = replace(
        NOW,
        quarter="2026K2",
        findings=tuple(each for each in NOW.findings if each is not SHOWN),
        goals=(replace(NOW.goals[0], id="M-gammalt", title="Ett gammalt mål"), *NOW.goals),
    )
    fewer = tuple(each for each in NOW.findings if each.rule != "O4")
    return with_news(replace(NOW, findings=fewer), before)


def text_of(report: Report) -> str:
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", nytt(report).html))


def item(kind: NewsKind, about: NewsAbout = NewsAbout.FINDING, **words: object) -> NewsItem:
    return replace(NewsItem(kind, about, "B-1", "Trygga elever"), **words)


def test_without_an_earlier_report_the_chapter_says_so():
    assert "Det finns ingen tidigare rapport att jämföra med." in text_of(NOW)


def test_an_earlier_report_that_cannot_be_read_is_told_of():
    assert "Förra rapporten kunde inte läsas." in text_of(replace(NOW, earlier_unread=True))


def test_the_news_begin_with_how_many_they_are():
    text = text_of(eventful())
    assert "Jämfört med rapporten för kvartal\u00a02 2026." in text
    assert "Ett fynd är nytt och ett är borta eller väger mindre." in text


def test_a_new_finding_is_told_by_its_own_claim_and_leads_to_its_card():
    html = nytt(eventful()).html
    line = re.search(rf'<a href="#fynd-{SHOWN.id.lower()}">.*?</a>', html)
    assert line is not None
    assert f'data-belagg="{SHOWN.evidence[0]}"' in line[0]


def test_what_is_gone_says_why():
    assert "Barn i förskola . Var möjlighet. Ett annat fynd gäller samma sak." in text_of(
        eventful()
    )


def test_a_goal_that_is_gone_is_told():
    assert "Mål: Ett gammalt mål. Står inte kvar i kommunens lista." in text_of(eventful())


def test_what_is_unchanged_is_counted_and_folded():
    html = nytt(eventful()).html
    assert "Inget nytt har publicerats sedan dess." in html
    assert "<details><summary>Visa vad som är oförändrat</summary>" in html


def test_the_page_with_news_keeps_the_promise_of_every_claim():
    made = eventful()
    assert 'id="nytt"' in page([each(made) for each in CHAPTERS], title="Prov")


def test_an_empty_report_held_against_a_full_one_still_is_a_chapter():
    gone = with_news(empty_report(), replace(NOW, quarter="2026K2"))
    text = text_of(gone)
    assert "Nämnden följer den inte längre." in text
    assert "är borta eller väger mindre" in text


def test_a_withheld_value_is_never_told():
    result = NOW.indicators[0]
    first, *others = result.series
    was = first.points[-2]
    points = tuple(replace(each, cell=SMALL) if each is was else each for each in first.points)
    hidden = replace(result, series=(replace(first, points=points), *others))
    now = replace(NOW, indicators=(hidden, *NOW.indicators[1:]))
    text = text_of(with_news(now, replace(NOW, quarter="2026K2")))
    assert "Ett värde visas inte längre: för få i gruppen." in text
    assert "70,0" not in text


LINES = {
    "Svaghet. Stod tidigare bland beläggen.": item(
        NewsKind.NEW, quadrant=Quadrant.WEAKNESS, reason=NewsReason.BEYOND
    ),
    "Hot. Uppgiften ska kontrolleras först.": item(
        NewsKind.NEW, quadrant=Quadrant.THREAT, reason=NewsReason.DOUBTED
    ),
    "Hot. Stod tidigare under ”Kontrollera uppgiften först”.": item(
        NewsKind.NEW, quadrant=Quadrant.THREAT, was=Quadrant.THREAT, reason=NewsReason.DOUBTED
    ),
    "Var svaghet, är nu styrka.": item(
        NewsKind.TURNED, was=Quadrant.WEAKNESS, quadrant=Quadrant.STRENGTH
    ),
    "Var svaghet. Siffrorna pekar nu åt andra hållet.": item(
        NewsKind.TURNED, was=Quadrant.WEAKNESS
    ),
    "Bedömningen var ”sämre” och är nu ”i nivå”.": item(
        NewsKind.TURNED, NewsAbout.INDICATOR, state_before="sämre", state="i nivå"
    ),
    "Statusen var ”pågår” och är nu ”klar”.": item(
        NewsKind.TURNED, NewsAbout.ATGARD, state_before="Pågår", state="klar"
    ),
    "Var styrka. Det går inte längre att avgöra.": item(
        NewsKind.GONE, was=Quadrant.STRENGTH, reason=NewsReason.UNDECIDED
    ),
    "Tre värden visas inte längre: för få i gruppen.": item(
        NewsKind.GONE, NewsAbout.INDICATOR, reason=NewsReason.WITHHELD, count=3
    ),
    "Visas inte längre: för få i gruppen.": item(NewsKind.GONE, reason=NewsReason.WITHHELD),
    "Värdet för 2024 var 70,4\u00a0% och är nu 70,0\u00a0%. Två värden till är ändrade.": item(
        NewsKind.REVISED,
        NewsAbout.INDICATOR,
        indicator="N15428",
        period="2024",
        before=70.4,
        now=70.0,
        count=3,
    ),
    "Två värden är inte längre publicerade.": item(
        NewsKind.REVISED, NewsAbout.INDICATOR, reason=NewsReason.REMOVED, count=2
    ),
    "Nytt värde för september 2026. I förra rapporten var det senaste juni 2026.": item(
        NewsKind.VALUES, NewsAbout.INDICATOR, period_before="2026M06", period="2026M09"
    ),
    "Har fått sitt första värde: 2025.": item(NewsKind.VALUES, period="2025"),
    "Nästa publicering 1\u00a0april 2027.": item(
        NewsKind.UNCHANGED, NewsAbout.INDICATOR, next_publication="2027-04-01"
    ),
    "Nästa publicering är inte känd.": item(NewsKind.UNCHANGED, NewsAbout.INDICATOR),
}


@pytest.mark.parametrize("line", LINES)
def test_each_kind_of_news_has_its_words(line: str):
    assert remark(LINES[line], LOOK) == line


@pytest.mark.parametrize("reason", [each for each in NewsReason if each is not NewsReason.NONE])
@pytest.mark.parametrize("about", NewsAbout)
def test_every_reason_can_be_told_of_everything_that_is_gone(about, reason):
    kind = NewsKind.REVISED if reason is NewsReason.REMOVED else NewsKind.GONE
    told = remark(item(kind, about, reason=reason, group=Group("K")), LOOK)
    assert told.endswith(".")


def test_the_lines_are_easy_to_read():
    told = readability(running_text(passages(nytt(eventful()).html)))
    assert told.median <= 15
