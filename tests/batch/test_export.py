"""The exporter: chapters come out as they are, everything else is made inert."""

import base64
from copy import deepcopy

import pytest
from made_notebook import chapter_cell, executed, failed, printed, shown, text_cell
from nbconvert.exporters import get_exporter

from kvalitetslib.batch.export import NamndrapportExporter, chapters_of
from kvalitetslib.errors import BuildError

SUMMARY = '<section class="kv kapitel" id="kort"><h2>I korthet</h2></section>'
PIXEL = "iVBORw0KGgo="


def own(*cells):
    """The html of the chapter that is made of added cells."""
    (chapter,) = chapters_of(executed(*cells))
    return chapter.html


def page(*cells):
    return NamndrapportExporter().from_notebook_node(executed(*cells))[0]


def test_the_exporter_is_found_by_its_name():
    assert get_exporter("namndrapport") is NamndrapportExporter


def test_a_chapter_comes_out_as_it_is():
    assert SUMMARY in page(chapter_cell("kort", "I korthet", SUMMARY))


def test_the_page_is_named_by_the_cover():
    cover = chapter_cell("forsatt", "Försättsblad", "<h1>Provnämnden</h1>", "Provnämnden, 2026")
    assert "<title>Provnämnden, 2026</title>" in page(cover)


def test_a_page_without_a_cover_has_a_heading():
    assert "<h1>Nämndrapport</h1>" in page(chapter_cell("kort", "I korthet", SUMMARY))


def test_a_claim_without_evidence_stops_the_page():
    said = '<section id="kort"><h2>I korthet</h2><span data-belagg="B-1">Nivån är lägre.</span>'
    with pytest.raises(BuildError, match=r"lägre.*belägget B-1 finns inte"):
        page(chapter_cell("kort", "I korthet", said))


def test_code_is_left_out():
    assert "…" not in page(chapter_cell("kort", "I korthet", SUMMARY))


def test_the_resources_name_an_html_file():
    cell = chapter_cell("kort", "I korthet", SUMMARY)
    _, resources = NamndrapportExporter().from_notebook_node(executed(cell))
    assert resources["output_extension"] == ".html"


def test_chapters_and_added_cells_keep_their_order():
    kept = chapters_of(
        executed(
            text_cell("## Inledning\nHej"),
            chapter_cell("kort", "I korthet", SUMMARY),
            printed("efteråt"),
        )
    )
    assert [each.title for each in kept] == ["Inledning", "I korthet", "Egen analys"]


def test_added_chapters_have_anchors_of_their_own():
    kept = chapters_of(executed(text_cell("## Ett\na"), text_cell("## Två\nb")))
    assert [each.id for each in kept] == ["egen-analys-1", "egen-analys-2"]


def test_what_follows_a_heading_belongs_to_it():
    kept = chapters_of(executed(text_cell("## Lokaler\nVi ser"), printed("42")))
    assert [(each.title, "42" in each.html) for each in kept] == [("Lokaler", True)]


def test_headings_in_a_text_cell_stand_below_the_chapters():
    assert "<h3>Bakgrund</h3>" in own(text_cell("Text\n\n# Bakgrund"))


def test_html_in_a_text_cell_is_shown_as_text():
    assert "<script" not in own(text_cell("<script>alert(1)</script>"))


def test_a_script_link_in_a_text_cell_is_dropped():
    assert "javascript:" not in own(text_cell("[tryck](javascript:alert)"))


def test_a_picture_in_a_text_cell_is_told_of_but_not_fetched():
    html = own(text_cell("![en karta](https://example.org/karta.png)"))
    assert ("en karta" in html, "example.org" in html) == (True, False)


def test_printed_text_is_escaped():
    assert "<pre>1 &lt; 2 &amp; 3</pre>" in own(printed("1 < 2 & 3"))


def test_a_plain_value_is_escaped():
    assert "&lt;Report&gt;" in own(shown({"text/plain": "<Report>"}))


def test_warnings_stay_in_the_notebook():
    chapter = chapter_cell("kort", "I korthet", SUMMARY)
    assert len(chapters_of(executed(chapter, printed("varning", name="stderr")))) == 1


def test_a_table_keeps_its_rows():
    assert "<td>12</td>" in own(shown({"text/html": '<table class="x"><tr><td>12</td></table>'}))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>stjal()</script>",
        "<SCRIPT src=x></SCRIPT >",
        "<style>body{display:none}</style>",
        '<b onclick="stjal()">x</b>',
        '<a href="javascript:stjal()">x</a>',
        '<img src="https://example.org/stjal()">',
        '<iframe src="stjal()"></iframe>',
        "<scr<script></script>ipt>stjal()</script>",
        '<form action="stjal()"><input></form>',
    ],
)
def test_html_that_an_analyst_adds_cannot_act(hostile):
    html = own(shown({"text/html": f"<p>före</p>{hostile}<p>efter</p>"})).lower()
    active = ("<script", "<style", "onclick", "javascript:", "<img", "<iframe", "<form")
    assert [each for each in active if each in html] == []
    assert "efter" in html


def test_a_picture_lies_in_the_page_with_its_text():
    html = own(shown({"image/png": PIXEL + "\n", "text/plain": "<Figure>"}, alt='Karta "A"'))
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="Karta &#34;A&#34;">' in html


def test_a_picture_without_a_text_gets_what_python_calls_it():
    assert 'alt="&lt;Figure&gt;"' in own(shown({"image/png": PIXEL, "text/plain": "<Figure>"}))


def test_a_drawing_is_embedded_as_a_picture_so_that_it_cannot_act():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>stjal()</script></svg>'
    html = own(shown({"image/svg+xml": svg}, **{"image/svg+xml": {"alt": "Kurva"}}))
    coded = base64.b64encode(svg.encode()).decode()
    assert f'<img src="data:image/svg+xml;base64,{coded}" alt="Kurva">' in html


def test_shown_markdown_is_a_text_cell():
    assert "<strong>fet</strong>" in own(shown({"text/markdown": "**fet**"}))


def test_a_failed_cell_stops_the_export_and_is_named():
    with pytest.raises(BuildError, match="Cell 2 misslyckades: KeyError: 'x'"):
        page(chapter_cell("kort", "I korthet", SUMMARY), failed("KeyError", "'x'"))


def test_a_notebook_that_was_never_run_is_refused():
    with pytest.raises(BuildError, match="visar ingenting"):
        page()


def test_the_notebook_itself_is_not_changed():
    notebook = executed(text_cell("## Rubrik\nText"), printed("42"))
    before = deepcopy(notebook)
    NamndrapportExporter().from_notebook_node(notebook)
    assert notebook == before


def test_what_an_analyst_lets_nbconvert_do_first_is_done():
    def without_text(notebook, resources):
        return executed(*(each for each in notebook.cells if each.cell_type == "code")), resources

    notebook = executed(text_cell("Utkast"), printed("42"))
    made, _ = NamndrapportExporter(preprocessors=[without_text]).from_notebook_node(notebook)
    assert ("42" in made, "Utkast" in made) == (True, False)
