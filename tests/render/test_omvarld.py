"""The chapter of the outside world: dated facts, and people now and in the forecast."""

import re
from dataclasses import replace

import pytest
from example_report import empty_report, example_report

from kvalitetslib.context import DemandSignal
from kvalitetslib.render.chapters import omvarld
from kvalitetslib.render.chapters.omvarld import NOISE
from kvalitetslib.report import Report

REPORT = example_report()
SOURCE = "Syntetiska data (SCB-likt); egen bearbetning"


def text_of(report: Report) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", omvarld(report).html)).replace("\u00a0", " ")


def with_signal(**changes: object) -> Report:
    """The example with one signal of eleven years and ten ahead."""
    history = tuple((year, 2000.0 + 30 * (year - 2015)) for year in range(2015, 2026))
    signal: DemandSignal = replace(
        REPORT.demand[0],
        ages="80+",
        persons=2300.0,
        ahead_persons=2800.0,
        change=0.217,
        country_change=0.104,
        history=history,
        forecast=tuple((year, 2300.0 + 100 * (year - 2025)) for year in range(2026, 2036)),
        source=SOURCE,
        country=tuple((year, 2300.0 + 20 * (year - 2025)) for year in range(2015, 2036)),
    )
    return replace(REPORT, demand=(replace(signal, **changes),))  # type: ignore[arg-type]


def test_outside_factors_stand_with_direction_source_and_date_newest_first() -> None:
    days = [each.dated for each in REPORT.outlooks]
    text = text_of(REPORT)
    places = {each.dated: text.index(each.title) for each in REPORT.outlooks}

    assert len(set(days)) > 1
    assert sorted(places, key=lambda day: places[day]) == sorted(days, reverse=True)
    assert [each.source for each in REPORT.outlooks if each.source not in text] == []
    assert ("Möjlighet" in text, "Hot" in text) == (True, True)


def test_the_title_says_what_is_expected_and_how_riket_does() -> None:
    (heading,) = re.findall("<h3[^>]*>(.*?)</h3>", omvarld(with_signal()).html)

    words = re.sub("<[^>]*>", "", heading)
    assert words == (
        "Antalet invånare 80 år och äldre väntas öka med 22 procent till 2030, "
        "mer än i riket (10 procent)"
    )
    assert f'data-belagg="{REPORT.demand[0].evidence}"' in heading


def test_the_forecast_is_a_dashed_line_from_the_last_counted_year() -> None:
    html = omvarld(with_signal()).html
    own, ahead, country = (
        re.findall(rf'class="line {role}" d="M([^"]+)"', html)
        for role in ("own", "forecast", "country")
    )

    assert [len(each) for each in (own, ahead, country)] == [1, 1, 1]
    assert own[0].split("L")[-1] == ahead[0].split("L")[0]
    assert len(country[0].split("L")) == 21


def test_the_line_of_riket_is_left_out_when_it_is_not_known() -> None:
    html = omvarld(with_signal(country=(), country_change=None)).html

    assert "line country" not in html
    assert "i riket" not in text_of(with_signal(country=(), country_change=None))


def test_the_numbers_stand_in_a_table_that_says_what_is_forecast() -> None:
    rows = re.findall("<tr>(.*?)</tr>", omvarld(with_signal()).html, re.S)
    cells = [
        re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", row)).replace("\u00a0", " ").strip()
        for row in rows
    ]

    assert "2025 2 300 2 300" in cells
    assert "2026 framskrivning 2 400 2 320" in cells
    assert sum("framskrivning" in each for each in cells) == 10


def test_the_source_says_own_processing_and_the_noise_is_told_once() -> None:
    text = text_of(with_signal())

    assert f"Källa: {SOURCE}." in text
    assert text.count(NOISE) == 1


def test_before_2025_there_is_no_noise_to_tell_of() -> None:
    assert NOISE not in text_of(with_signal(year=2024))


def test_the_picture_tells_its_numbers_in_words() -> None:
    (told,) = re.findall("<desc[^>]*>(.*?)</desc>", omvarld(with_signal()).html)

    assert told.replace("\u00a0", " ") == (
        "Invånare 80 år och äldre: 2 000 personer år 2015, 2 300 år 2025 och 2 800 i "
        "framskrivningen för år 2030."
    )


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (empty_report(), "Data saknas: nämnden har varken"),
        (replace(REPORT, demand=()), "Befolkningen visas inte"),
        (replace(REPORT, outlooks=()), "Inga omvärldsfaktorer finns i omvarld.csv."),
    ],
)
def test_what_is_missing_is_said_in_one_line(report: Report, said: str) -> None:
    html = omvarld(report).html

    assert html.count('class="tom"') == 1
    assert said in text_of(report)


def test_nothing_in_an_outside_factor_becomes_markup() -> None:
    hostile = replace(REPORT.outlooks[0], title="<script>x</script>", source="<b>y</b>")
    html = omvarld(replace(REPORT, outlooks=(hostile,))).html

    assert "<script" not in html
    assert "<b>y" not in html
