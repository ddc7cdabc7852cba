"""The small parts of a page: how a cell looks wherever it stands, and how a table is built."""

import pytest

from kvalitetslib.render.parts import Cell, Table
from kvalitetslib.render.said import Said

HOSTILE = "<b>&'\""
INERT = "&lt;b&gt;&amp;&#39;&#34;"


def test_a_cell_is_its_text():
    assert Cell("a").__html__() == "a"


def test_a_cell_with_a_tone_is_a_mark_with_its_sign():
    assert Cell("sämre", sign="▼", tone="worse").__html__() == (
        '<span class="bed worse"><span class="tecken" aria-hidden="true">▼</span> sämre</span>'
    )


def test_a_mark_may_have_no_sign():
    assert Cell("sämre", tone="worse").__html__() == '<span class="bed worse">sämre</span>'


def test_a_sign_without_tone_is_not_shown():
    assert Cell("utrett", sign="=").__html__() == "utrett"


def test_a_note_stands_after_the_link_of_a_cell():
    assert Cell("a", href="#b", note="c").__html__() == '<a href="#b">a</a> <small>c</small>'


def test_a_note_stands_after_a_mark():
    assert Cell("a", tone="level", note="c").__html__() == (
        '<span class="bed level">a</span> <small>c</small>'
    )


def test_a_claim_in_a_cell_carries_its_evidence():
    assert Cell(Said("a", ("B-1",)), href="#b").__html__() == (
        '<a href="#b"><span data-belagg="B-1">a</span></a>'
    )


@pytest.mark.parametrize("tone", ["", HOSTILE])
def test_every_text_of_a_cell_is_inert(tone):
    html = Cell(HOSTILE, href=HOSTILE, sign=HOSTILE, note=HOSTILE, tone=tone).__html__()
    assert HOSTILE not in html
    assert html.count(INERT) == (4 if tone else 3)


def test_every_text_of_a_table_is_inert():
    table = Table(HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),), as_cards=True, note=HOSTILE)
    html = table.__html__()
    assert HOSTILE not in html
    # The caption twice, two headings, two cells, the second heading again at its cell, the note.
    assert html.count(INERT) == 8


def test_a_table_has_each_row_and_cell_on_a_line_of_its_own():
    table = Table("M", ("A", "B"), (("a", Cell("1", note="n")),), frozenset({1}), note="Not.")
    assert table.__html__() == (
        '<div class="tabell" role="group" aria-label="M" tabindex="0">\n'
        '<table class="siffror"><caption>M</caption>\n'
        "<thead><tr>\n"
        '<th scope="col">A</th>\n'
        '<th scope="col">B</th>\n'
        "</tr></thead>\n"
        "<tbody>\n"
        "<tr>\n"
        '<th scope="row">a</th>\n'
        "<td>1 <small>n</small></td>\n"
        "</tr>\n"
        '</tbody></table><p class="not">Not.</p></div>'
    )


def test_a_table_of_cards_says_its_roles_and_the_name_of_each_cell():
    table = Table("M", ("A", "B"), (("a", "1"),), as_cards=True, is_caption_shown=False)
    assert table.__html__() == (
        '<div class="tabell kort" role="group" aria-label="M" tabindex="0">\n'
        '<table role="table"><caption class="dold">M</caption>\n'
        '<thead role="rowgroup"><tr role="row">\n'
        '<th scope="col" role="columnheader">A</th>\n'
        '<th scope="col" role="columnheader">B</th>\n'
        "</tr></thead>\n"
        '<tbody role="rowgroup">\n'
        '<tr role="row">\n'
        '<th scope="row" role="rowheader">a</th>\n'
        '<td role="cell" data-namn="B">1</td>\n'
        "</tr>\n"
        "</tbody></table></div>"
    )


@pytest.mark.parametrize("row", [("a",), ("a", "1", "2")])
def test_a_row_that_is_not_as_wide_as_its_head_is_an_error(row):
    with pytest.raises(ValueError, match="zip"):
        Table("M", ("A", "B"), (row,)).__html__()
