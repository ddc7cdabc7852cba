import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from statistics import median

from example_report import empty_report, example_report

from kvalitetslib.render import CHAPTERS, page
from kvalitetslib.render.parts import Chapter, style

TITLE = "Barn- och utbildningsnämnden, kvartal 3 2026"
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Checks that tags close in order and keeps what the tests ask for."""

    def __init__(self, html):
        super().__init__()
        self.open, self.wrong, self.headings = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        """A tag such as <line/> opens nothing."""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def whole(report):
    return page([each(report) for each in CHAPTERS], title=TITLE)


PAGE = whole(example_report())


def test_the_page_is_swedish_and_titled():
    assert '<html lang="sv">' in PAGE
    assert f"<title>{TITLE}</title>" in PAGE


def test_every_tag_is_closed_in_order():
    reader = Reader(PAGE)
    assert (reader.wrong, reader.open) == ([], [])


def test_there_is_one_h1():
    assert Reader(PAGE).headings.count(1) == 1


def test_a_page_without_cover_still_has_one_h1():
    html = page([Chapter("a", "A", "<section id='a'><h2>A</h2></section>")], title="T")
    assert Reader(html).headings == [1, 2]


def test_headings_never_skip_a_level():
    levels = Reader(PAGE).headings
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_every_chart_with_a_role_has_a_name_and_a_description():
    charts = re.findall(r"<svg[^>]*>.*?</svg>", PAGE, flags=re.S)
    named = [each for each in charts if 'aria-hidden="true"' not in each.split(">")[0]]
    assert len(named) > 8
    assert all("<title " in each and "<desc " in each for each in named)


def test_every_table_has_a_caption():
    assert PAGE.count("<table") == PAGE.count("<caption") > 8


def test_the_style_stands_once_and_in_the_head():
    assert PAGE.count(style()) == 1
    assert PAGE.index(style()) < PAGE.index("<body")


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"(?:src|href|url|action|@import)\s*[=(]?\s*[\"']?(?:https?:)?//", PAGE)
    assert "default-src 'none'" in PAGE


def test_the_page_has_one_small_script_of_its_own():
    script = re.findall("<script[^>]*>(.*?)</script>", PAGE, flags=re.S)
    assert [len(each.encode()) < 8_000 for each in script] == [True]


def test_two_runs_give_the_same_bytes():
    assert whole(example_report()) == PAGE


def test_deep_links_stand_when_the_next_quarter_comes_in_another_order():
    report = example_report()
    later = replace(report, quarter="2026K4", indicators=report.indicators[::-1])
    anchors = [set(re.findall(r'<[a-z]+[^>]* id="([^"]+)"', each)) for each in (PAGE, whole(later))]
    assert anchors[0] == anchors[1]


def test_ids_are_unique():
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))


def test_the_contents_list_follows_the_chapters():
    contents = PAGE[PAGE.index('<nav class="kv toc"') : PAGE.index("<main")]
    assert re.findall('href="#([^"]+)"', contents) == [
        "topp",
        *(each(example_report()).id for each in CHAPTERS[1:]),
    ]


def test_the_page_has_skip_link_and_landmarks():
    assert 'href="#innehall"' in PAGE
    assert all(PAGE.count(f"<{tag}") >= 1 for tag in ("header", "main", "nav", "footer"))


def test_a_page_of_a_namnd_without_anything_is_whole():
    reader = Reader(whole(empty_report()))
    assert (reader.wrong, reader.open, reader.headings[0]) == ([], [], 1)


def test_sentences_are_short():
    text = re.sub(
        "<style>.*?</style>|<svg.*?</svg>|<table.*?</table>|<dl.*?</dl>", "", PAGE, flags=re.S
    )
    paragraphs = re.findall("<(?:p|li|h4|summary)[ >].*?</(?:p|li|h4|summary)>", text, flags=re.S)
    plain = [re.sub("<[^>]*>", " ", each).split(">", 1)[-1] for each in paragraphs]
    sentences = [each for part in plain for each in re.split(r"[.?!](?:\s|$)", part)]
    lengths = [len(each.split()) for each in sentences if len(each.split()) > 2]
    assert median(lengths) <= 15


def test_a_hostile_title_is_inert():
    html = page([], title="<script>x</script>{{ 7*7 }}")
    assert "<script>x" not in html
    assert "{{ 7*7 }}" in html
