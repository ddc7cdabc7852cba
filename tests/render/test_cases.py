"""The faults on the page: the wheel, the tables and the sentences of each kind of case."""

import re
from dataclasses import replace

import pytest
from charts_reading import tags, tree
from example_cases import case
from example_report import empty_report, example_report

from kvalitetslib.case import CaseEvent, Stage
from kvalitetslib.render.case_drawings import PLACES, wheel_figure
from kvalitetslib.render.chapters import kvalitetssakra, nytt
from kvalitetslib.render.charts import CaseMark, Standing, case_wheel
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.sentences import cases, leaps

REPORT = example_report()
LOOK = Lookup(REPORT)
NBSP = "\u00a0"
BACK, WATCHED, SECURED, *_ = REPORT.cases


def text_of(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", html))


def page(**changes: object) -> str:
    return text_of(kvalitetssakra(replace(REPORT, **changes)).html)


def test_every_stage_has_its_place_on_the_wheel_or_beside_it():
    assert set(Stage) - set(PLACES) == {Stage.LEFT}


def test_no_case_is_missing_from_the_table_of_the_wheel():
    (table,) = wheel_figure(LOOK).tables
    assert len(table.rows) == len(REPORT.cases)


def test_what_comes_back_stands_first():
    text = page()
    order = ("Återkommande fel", "Fel som bevakas", "Säkrade fel", "Förbättringssprång")
    places = [text.index(f" {each} ") for each in order]
    assert places == sorted(places)


def test_a_fault_that_is_back_is_told_with_its_days_and_how_sure_it_is():
    told = f"Felet är tillbaka för första gången, 181{NBSP}dagar efter att det stängdes"
    assert f"{told} (p-värde 0,003)." in page()


def test_a_watched_fault_tells_how_much_is_left_and_what_is_missing():
    told = cases.waiting(WATCHED, REPORT.policy.watch_quarters)
    assert told == "Två kvartal kvar. Inget arbetssätt har blivit standard än."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"atgarder": ()}, "Bevakningen är klar. Felet försvann utan åtgärd."),
        ({}, "Bevakningen är klar. Inget arbetssätt har blivit standard än."),
        (
            {"standardised": ("Å-02",)},
            "Bevakningen är klar. En åtgärd har mätts som sämre än före.",
        ),
    ],
)
def test_a_watch_that_is_over_tells_what_still_hinders(changes, told):
    over = replace(WATCHED, watched=4, **changes)
    assert cases.waiting(over, REPORT.policy.watch_quarters) == told


def test_the_whole_history_of_a_case_is_told():
    assert cases.history(SECURED) == (
        f"Öppnat kvartal{NBSP}4 2024. Stängt kvartal{NBSP}2 2025. Säkrat kvartal{NBSP}2 2026."
    )


def test_skipped_and_unread_quarters_are_told():
    text = page(earlier="2025K4", earlier_unread=True)
    assert f"Rapport saknas för kvartal{NBSP}1 2026." in text
    assert f"går vidare från kvartal{NBSP}4 2025." in text
    assert cases.UNREAD in text


def test_each_part_without_anything_says_so():
    opened = case("X", "Svar", ("2026K3", CaseEvent.OPENED, Stage.UNMET))
    text = page(cases=(opened,), leaps=(), atgarder=())
    wanted = (cases.NONE_RECURRING, cases.NONE_WATCHED, cases.NONE_SECURED)
    wanted += (leaps.NONE, cases.NOT_STANDARD)
    assert [each for each in wanted if each not in text] == []


def test_a_namnd_without_faults_says_so():
    assert cases.NO_CASES in text_of(kvalitetssakra(empty_report()).html)


def test_a_leap_is_told_with_the_change_that_it_falls_in_with():
    text = page()
    assert "Sammanfaller med: Ny svarsrutin." in text
    assert "Ingen daterad orsak. Gränserna ligger kvar." in text


def test_a_leap_at_a_named_restart_tells_of_its_limits():
    moved = replace(REPORT.leaps[0], is_rebased=True)
    assert "Gränserna är nya därifrån." in page(leaps=(moved,))


def test_what_happens_to_faults_is_news():
    from kvalitetslib.analysis.news import with_news

    before = tuple(replace(each, steps=each.steps[:1]) for each in REPORT.cases)
    made = with_news(REPORT, replace(REPORT, quarter="2025K4", cases=before))
    text = text_of(nytt(made).html)
    wanted = (
        "Fel som har öppnats, stängts eller säkrats",
        f"Är öppnat igen, 181{NBSP}dagar efter att det stängdes.",
        "Är säkrat.",
        "Är stängt och bevakas.",
        "Nämnden följer det inte längre.",
    )
    assert [each for each in wanted if each not in text] == []


def standings(*marks: CaseMark) -> list[Standing]:
    """All marks at the first step."""
    return [Standing(marks), *(Standing(()) for _ in range(4))]


def test_the_wheel_counts_every_case_also_those_it_has_no_room_for():
    chart = case_wheel(standings(*[CaseMark.OPEN] * 30), id="h", title="Hjul", description="Allt.")
    assert [
        "".join(each.itertext()) for each in tags(chart, "text") if "count" in each.get("class", "")
    ] == ["30", "0", "0", "0", "0"]
    assert len(tags(chart, "circle")) < 30


def test_a_fault_that_is_back_has_a_shape_of_its_own():
    chart = case_wheel(
        standings(CaseMark.BACK, CaseMark.OPEN), id="h", title="Hjul", description="Allt."
    )
    shapes = [
        each.tag.rpartition("}")[2]
        for each in tree(chart).iter()
        if "case" in each.get("class", "").split()
    ]
    assert sorted(shapes) == ["circle", "path"]


def test_a_wheel_needs_a_standing_for_each_step():
    with pytest.raises(ValueError, match="1 standings of a wheel with 5"):
        case_wheel([Standing(())], id="h", title="Hjul", description="Allt.")
