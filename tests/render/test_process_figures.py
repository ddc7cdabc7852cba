"""The control chart of an own series on the page: signs, title, words, numbers and drawing."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from charts_reading import outside, overlaps, text_boxes, with_class, written
from example_report import ANSWER, empty_report, example_report

from kvalitetslib.context import AssuranceSign, ChartKind, ProcessChart, VariationSign
from kvalitetslib.model import Break, Direction
from kvalitetslib.render.chapters import folja_upp
from kvalitetslib.render.charts import Chart
from kvalitetslib.render.lookup import Lookup
from kvalitetslib.render.process_drawings import control, heading, method, process_table, signs
from kvalitetslib.report import Certainty, IndicatorResult, Question, Report, Verdict

REPORT = example_report()
PERIODS = tuple(f"{year}M{month:02}" for year in (2025, 2026) for month in range(1, 13))[:21]
DAYS = (14.2, 15.1, 13.8, 14.6, 15.9, 13.1, 14.8, 15.4, 12.9, 14.3, 15.2, 14.0, 14.9, 14.2)
DAYS += (11.2, 10.1, 9.4, 9.9, 8.7, 9.2, 8.9)
WITHOUT = ProcessChart(
    kind=ChartKind.XMR,
    periods=PERIODS,
    values=DAYS,
    centre=(12.8,) * 21,
    lower=(9.8,) * 21,
    upper=(15.8,) * 21,
    signals=(0,) * 4 + (1,) + (0,) * 11 + (-1,) * 5,
    variation=VariationSign.IMPROVEMENT,
    assurance=AssuranceSign.SOMETIMES,
    target=10.0,
    restarts=(),
    preliminary=False,
)
NAMED = replace(
    WITHOUT,
    centre=(14.5,) * 14 + (9.6,) * 7,
    lower=(11.5,) * 14 + (7.9,) * 7,
    upper=(17.5,) * 14 + (11.3,) * 7,
    signals=(0,) * 21,
    variation=VariationSign.COMMON,
    restarts=(Break("2026M03", "Samlad mottagning i kontaktcenter"),),
    preliminary=True,
)


def with_process(process: ProcessChart) -> tuple[IndicatorResult, Report]:
    result = replace(Lookup(REPORT).results["X-SVARSTID"], process=process)
    others = tuple(each for each in REPORT.indicators if each.indicator.id != "X-SVARSTID")
    return result, replace(REPORT, indicators=(*others, result))


def drawn(process: ProcessChart) -> Chart:
    result, report = with_process(process)
    return control(result, process, Lookup(report), id="f1", title="Svarstid")


def figure(process: ProcessChart) -> str:
    html = folja_upp(with_process(process)[1]).html
    return re.search('<figure class="figur[^>]*id="ind-x-svarstid".*?</figure>', html, re.S)[0]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", html)).replace("\u00a0", " ")


@pytest.mark.parametrize("process", [WITHOUT, NAMED], ids=["one phase", "two phases"])
def test_no_name_in_the_drawing_covers_another(process: ProcessChart) -> None:
    chart = drawn(process)
    assert (overlaps(text_boxes(chart)), outside(chart)) == ([], [])


def test_limits_and_goal_and_latest_value_are_named() -> None:
    wanted = {"medel 12,8", "nedre gräns 9,8", "övre gräns 15,8", "mål 10,0 dagar", "8,9"}
    assert wanted - {each.replace("\u00a0", " ") for each in written(drawn(WITHOUT))} == set()


def test_good_signals_point_down_where_low_is_good() -> None:
    marks = [each.get("class") for each in with_class(drawn(WITHOUT), "signal")]
    assert marks == ["signal bad"] + ["signal good"] * 5


def test_signals_have_no_tone_where_nobody_has_said_what_is_good() -> None:
    result, report = with_process(WITHOUT)
    neutral = replace(result, indicator=replace(ANSWER, direction=Direction.NEUTRAL))
    chart = control(neutral, WITHOUT, Lookup(report), id="f1", title="Svarstid")
    assert {each.get("class") for each in with_class(chart, "signal")} == {"signal"}


def test_a_named_change_is_a_line_with_its_name_between_two_months() -> None:
    chart = drawn(NAMED)
    assert len(with_class(chart, "event")) == 1
    assert any(each.startswith("Samlad mottagning") for each in written(chart))
    assert len(with_class(chart, "mean-line")) == 2
    at = float(with_class(chart, "event")[0].get("x1", ""))
    dots = sorted(float(each.get("cx", "")) for each in with_class(chart, "mark"))
    assert dots[13] < at < dots[14]


def test_the_drawing_is_described_with_its_mean_limits_and_signals() -> None:
    told = ElementTree.fromstring(drawn(WITHOUT).svg)[1].text or ""
    assert told.replace("\u00a0", " ") == (
        "Svarstid på synpunkter: 8,9 dagar i september 2026. "
        "Medelvärdet är 12,8 dagar, gränserna 9,8–15,8 dagar. Sex värden är signaler."
    )


@pytest.mark.parametrize(
    ("signals", "said"),
    [((0,) * 21, "Inget värde är en signal."), ((0,) * 20 + (1,), "Ett värde är en signal.")],
)
def test_none_and_one_signal_are_said_as_such(signals: tuple[int, ...], said: str) -> None:
    assert said in drawn(replace(WITHOUT, signals=signals)).svg


@pytest.mark.parametrize(
    ("variation", "words", "tone"),
    [
        (VariationSign.IMPROVEMENT, "Signal: förbättring", "better"),
        (VariationSign.CONCERN, "Signal: försämring", "worse"),
        (VariationSign.CHANGE, "Signal: förändring", "undecided"),
        (VariationSign.COMMON, "Vanlig variation", "level"),
    ],
)
def test_the_first_sign_is_of_the_latest_value(
    variation: VariationSign, words: str, tone: str
) -> None:
    first = signs(replace(WITHOUT, variation=variation))[0]
    assert (first.text, first.tone, bool(first.sign)) == (words, tone, True)


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        (AssuranceSign.ALWAYS, ["Når alltid målet"]),
        (AssuranceSign.SOMETIMES, ["Når ibland målet"]),
        (AssuranceSign.NEVER, ["Når aldrig målet"]),
        (AssuranceSign.UNKNOWN, []),
    ],
)
def test_the_second_sign_is_of_the_goal(assurance: AssuranceSign, words: list[str]) -> None:
    assert [each.text for each in signs(replace(WITHOUT, assurance=assurance))[1:]] == words


def test_the_method_is_told_with_preliminary_limits_and_named_changes() -> None:
    told = method(NAMED).replace("\u00a0", " ")
    assert told.startswith("Styrdiagram (XmR): ")
    assert "Preliminära gränser: färre än 13 värden." in told
    assert told.endswith("Nya gränser från mars 2026: samlad mottagning i kontaktcenter.")
    assert "Preliminära" not in method(WITHOUT)


@pytest.mark.parametrize("kind", ChartKind)
def test_every_kind_of_chart_has_its_words(kind: ChartKind) -> None:
    assert f"Styrdiagram ({kind}): gränserna" in method(replace(WITHOUT, kind=kind))


def test_a_quiet_chart_says_what_is_usual_and_carries_its_evidence() -> None:
    result, report = with_process(NAMED)
    said = heading(result, NAMED, Lookup(report))
    assert said.text.replace("\u00a0", " ") == (
        "Svarstiden på synpunkter ligger just nu inom sin vanliga variation kring 9,6 dagar"
    )
    assert [report.evidence(each).indicator for each in said.evidence] == ["X-SVARSTID"]


def test_a_loud_chart_says_so() -> None:
    result, report = with_process(WITHOUT)
    said = heading(result, WITHOUT, Lookup(report))
    assert said.text == "Svarstiden på synpunkter avviker från sin vanliga variation"


def with_weak_signal() -> Report:
    _, report = with_process(WITHOUT)
    weak = tuple(
        replace(each, verdict=Verdict.UNDECIDED, certainty=Certainty.UNDECIDED, p=0.03, q=0.2)
        if (each.indicator, each.question) == ("X-SVARSTID", Question.CHANGE)
        else each
        for each in report.all_evidence
    )
    return replace(report, all_evidence=weak, findings=())


def test_a_signal_that_may_be_chance_is_said_to_be_neither_good_nor_bad() -> None:
    first = signs(WITHOUT, is_weak=True)[0]
    wanted = ("Signal i diagrammet, men den kan vara slump", "undecided")
    assert (first.text, first.tone) == wanted
    told = text_of(folja_upp(with_weak_signal()).html)
    assert ("den kan vara slump" in told, "Signal: förbättring" in told) == (True, False)


def test_the_heading_of_a_weak_signal_says_that_it_may_be_chance() -> None:
    report = with_weak_signal()
    look = Lookup(report)
    said = heading(look.results["X-SVARSTID"], WITHOUT, look)
    assert said.text == (
        "Svarstiden på synpunkter ger en signal i diagrammet, men den kan vara slump"
    )


def test_the_numbers_of_the_chart_stand_in_a_table() -> None:
    result, _ = with_process(WITHOUT)
    table = process_table(result, WITHOUT)
    assert table.head == ("Månad", "Värde", "Medel", "Nedre gräns", "Övre gräns", "Signal")
    assert len(table.rows) == 21
    assert table.rows[-1][-1] == "▼ nedåt"


def test_a_missing_month_is_a_dash_in_the_table_and_a_gap_in_the_line() -> None:
    missing = replace(WITHOUT, values=(*DAYS[:9], None, *DAYS[10:]))
    result, _ = with_process(missing)
    assert process_table(result, missing).rows[9][1] == "–"
    assert len(with_class(drawn(missing), "line")) == 2


def test_the_chart_takes_the_place_of_the_line_over_time() -> None:
    made = figure(WITHOUT)
    assert "diagram-control" in made
    assert "diagram-timeline" not in made
    assert "Visa som tabell" in made


def test_the_figure_has_signs_and_verdict_in_words() -> None:
    told = text_of(figure(WITHOUT))
    wanted = ("Mot målet: ", "Signal: förbättring", "Når ibland målet", "Styrdiagram (XmR)")
    assert [each for each in wanted if each not in told] == []


def test_an_own_series_has_its_chart_although_nothing_is_found_and_there_is_no_goal() -> None:
    result, _ = with_process(NAMED)
    alone = replace(empty_report(), indicators=(replace(result, goal=None),))
    made = folja_upp(alone).html
    assert "diagram-control" in made
    assert "Mot målet" not in made
