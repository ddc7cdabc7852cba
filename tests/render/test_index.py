"""The indexes: counts and links of every nämnd, kommun and quarter, in Swedish order."""

import re
from dataclasses import replace

import pytest

from kvalitetslib.render import IndexRow, QuarterRows, index_page, quarters_page
from kvalitetslib.render.matrix import Line
from kvalitetslib.report import Verdict

COUNTS = ((Verdict.BETTER, 6), (Verdict.WORSE, 4), (Verdict.LEVEL, 3), (Verdict.UNDECIDED, 2))


def row(**words: object) -> IndexRow:
    base = IndexRow("exempel", "Exempelkommun", "bun", "Barnnämnden", "exempel/bun.html", COUNTS)
    return replace(base, **words)


def numbers(html: str) -> list[str]:
    return re.findall(r"<td>(\d+)</td>", html)


def links(html: str) -> list[str]:
    return re.findall(r'<a (?:class="utgava" )?href="([^"#]+)"', html)


def test_the_index_counts_verdicts_decisions_and_doubts_and_links_to_reports() -> None:
    html = index_page([row(decisions=2, doubts=1)], "2026K3")
    assert '<a href="exempel/bun.html">Barnnämnden</a>' in html
    assert numbers(html) == ["6", "3", "4", "2", "0", "2", "1"]


def test_a_bar_is_as_wide_as_its_counts() -> None:
    assert Line("x", counts=(1, 1, 2, 0, 0)).bar == (("b", 0, 25), ("n", 25, 25), ("s", 50, 50))


def test_a_namnd_without_indicators_has_no_bar() -> None:
    assert Line("x", counts=(0, 0, 0, 0, 0)).bar == ()


def test_a_row_can_be_chosen_by_what_it_has() -> None:
    html = index_page([row(decisions=1), row(counts=(), failed="Cell 4.")], "2026K3")
    assert re.findall(r'<tr class="([^"]*)"', html) == ["d s", "f"]


def test_the_index_tells_in_words_what_failed() -> None:
    failed = row(href="", counts=(), failed="Cell 4: Filen saknas.")
    html = index_page([row(), failed], "2026K3")
    assert "1 av 2 rapporter är gjorda" in html
    assert "rapporten kunde inte göras" in html
    assert "Cell 4: Filen saknas." in html


def test_the_index_sorts_kommuner_in_swedish_order() -> None:
    rows = [row(kommun=each.lower(), kommun_namn=each) for each in ("Åmål", "Örebro", "Ale")]
    html = index_page(rows, "2026K3")
    assert re.findall("<h2[^>]*>(.*?)</h2>", html) == ["Ale", "Åmål", "Örebro"]


def test_several_kommuner_have_an_overview_with_their_sums() -> None:
    rows = [row(), row(namnd="miljo"), row(kommun="ale", kommun_namn="Ale")]
    over = index_page(rows, "2026K3").split('class="kv kapitel oversikt"')[1].split("</table>")[0]
    assert re.findall('href="#([^"]+)"', over) == ["kommun-ale", "kommun-exempel"]
    assert numbers(over) == ["6", "3", "4", "2", "0", "0", "0", "12", "6", "8", "4", "0", "0", "0"]


def test_one_kommun_needs_no_overview() -> None:
    assert "oversikt" not in index_page([row()], "2026K3").split("</head>")[1]


def test_other_editions_are_linked_with_the_name_of_their_namnd() -> None:
    html = index_page([row(editions=(("PDF", "exempel/bun.pdf"),))], "2026K3")
    assert links(html) == ["exempel/bun.html", "exempel/bun.pdf"]
    assert 'PDF<span class="dold">, Barnnämnden</span>' in html


def test_the_page_of_the_whole_kommun_is_linked_beside_its_name() -> None:
    whole = {"exempel": (("Hela kommunen", "exempel/kommun.html"), ("PDF", "exempel/kommun.pdf"))}
    html = index_page([row()], "2026K3", whole=whole)
    assert links(html)[:2] == ["exempel/kommun.html", "exempel/kommun.pdf"]
    assert 'Hela kommunen<span class="dold">, Exempelkommun</span>' in html


def test_the_index_over_quarters_names_the_newest() -> None:
    html = quarters_page([quarter("2026K2", row()), quarter("2026K3", row())])
    told = re.search('<p class="rubrik">(.*?)</p>', html)
    assert told is not None
    assert told[1].replace("\xa0", " ") == "Två kvartal. Det senaste är kvartal 3 2026."


def test_the_index_over_no_quarters_says_so() -> None:
    assert "Det finns inga rapporter ännu." in quarters_page([])


@pytest.mark.parametrize("href", ["javascript:x", "https://x", "//x", "/x", "../../x y", "../../x"])
def test_the_index_refuses_links_that_leave_the_folder(href: str) -> None:
    html = index_page([row(href=href, editions=(("PDF", href),))], "2026K3")
    assert links(html) == []


def test_the_index_of_made_up_data_says_so() -> None:
    assert "Syntetiska data." in index_page([row(synthetic=True)], "2026K3")


def test_an_empty_index_says_so() -> None:
    assert "Det finns inga rapporter för perioden." in index_page([], "2026K3")


def test_hostile_names_are_inert() -> None:
    html = index_page([row(kommun_namn="<b>K</b>", namnd_namn="<i>N</i>")], "2026K3")
    assert "<b>K" not in html
    assert "<i>N" not in html


def test_an_index_of_all_kommuner_is_light() -> None:
    rows = [
        row(kommun=f"kommun-{i}", kommun_namn=f"Kommun {i}", namnd=f"n{j}", namnd_namn="N" * 30)
        for i in range(290)
        for j in range(10)
    ]
    html = index_page(rows, "2026K3")
    assert len(numbers(html)) == 7 * (2900 + 290)
    assert len(html.encode()) < 1_500_000


def quarter(text: str, *rows: IndexRow) -> QuarterRows:
    return QuarterRows(text, f"{text}/index.html", rows)


def test_the_quarters_stand_with_the_newest_first_and_their_sums() -> None:
    html = quarters_page([quarter("2026K2", row()), quarter("2026K3", row(), row(namnd="x"))])
    table = html.split("<table")[1]
    assert links(table) == ["2026K3/index.html", "2026K2/index.html"]
    assert numbers(table)[:3] == ["12", "6", "8"]


def test_the_course_of_a_namnd_leads_to_its_page_of_each_quarter() -> None:
    older = quarter("2026K2", row(href="2026K2/exempel/bun.html"))
    newer = quarter("2026K3", row(href="2026K3/exempel/bun.html"), row(namnd="x", href="x.html"))
    course = quarters_page([older, newer]).split('class="gang"')[1]
    assert links(course) == ["2026K3/exempel/bun.html", "2026K2/exempel/bun.html", "x.html"]
    assert "4 sämre, 6 bättre" in course
    assert course.count("<td>–</td>") == 1


def test_with_several_kommuner_the_course_is_that_of_each_kommun() -> None:
    rows = row(), row(kommun="ale", kommun_namn="Ale"), row(kommun="ale", kommun_namn="Ale")
    course = quarters_page([quarter("2026K3", *rows)]).split('class="gang"')[1]
    assert links(course) == ["2026K3/ale/index.html", "2026K3/exempel/index.html"]
    assert "8 sämre, 12 bättre" in course
