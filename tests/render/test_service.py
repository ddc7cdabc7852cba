"""Promises, synpunkter, staff and money in words: what is known, what is withheld, and no blame."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from example_report import empty_report, example_report
from example_service import CATEGORIES, ECONOMY, FEEDBACK, PROMISES, SMALL, STAFF_INDEXES, number
from test_kostnad_kvalitet import pair

from kvalitetslib.batch.opening import open_assessment
from kvalitetslib.render.chapters import loften_synpunkter, medarbetare_ekonomi
from kvalitetslib.render.sentences import feedback, promises, resources
from kvalitetslib.report_json import to_json
from kvalitetslib.resources import Whose
from kvalitetslib.service import Kept, Trendword

DATA = Path(__file__).parents[2] / "data"
REPORT = example_report()
NBSP = "\u00a0"


def text_of(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub("<[^>]*>", " ", html))


def standing(*words: Kept) -> str:
    latest = PROMISES[0].periods[-1]
    return promises.headline(
        [replace(PROMISES[0], periods=(replace(latest, kept=each),)) for each in words]
    )


# --- promises -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((Kept.BROKEN, Kept.KEPT, Kept.KEPT), "Ett av tre löften hölls inte"),
        ((Kept.KEPT, Kept.KEPT), "Alla två löften hölls"),
        (
            (Kept.UNDECIDED, Kept.KEPT, Kept.UNKNOWN),
            "Inget löfte är säkert brutet, men två av tre kan inte avgöras",
        ),
        ((Kept.UNDECIDED, Kept.UNDECIDED), "Det kan inte avgöras om löftena hölls"),
        ((Kept.KEPT,), "Löftet hölls"),
        ((Kept.BROKEN,), "Löftet hölls inte"),
        ((Kept.UNDECIDED,), "Det kan inte avgöras om löftet hölls"),
    ],
)
def test_the_heading_counts_the_latest_period_of_each(words: tuple[Kept, ...], told: str) -> None:
    assert standing(*words) == told


def test_a_limit_is_the_least_or_the_most() -> None:
    assert [promises.limit(each) for each in PROMISES[:2]] == [
        f"minst 80{NBSP}%",
        f"högst 10{NBSP}dagar",
    ]


def test_a_breach_without_a_note_is_flagged_and_steps_have_dates() -> None:
    text = text_of(loften_synpunkter(REPORT).html)
    assert "kv\u00a03 2026 ! Ej utrett inte än inte än inte än åtgärd saknas" in text
    assert f"kv{NBSP}2 2026 ✓ Rättat 6{NBSP}juli 2026 20{NBSP}juli 2026" in text
    assert "Ny svarsrutin" in text


def test_a_withheld_share_is_told_in_words() -> None:
    assert promises.share(SMALL) == "visas inte: för få"


def test_the_periods_are_counted() -> None:
    assert promises.history(PROMISES[0].periods) == "1 hållet, 2 brutna"


# --- synpunkter -----------------------------------------------------------------------------------


def test_the_category_that_grows_is_the_heading() -> None:
    assert feedback.headline(FEEDBACK) == "Fler synpunkter än vanligt om ”Trygghet i skolan”"


def test_no_growth_is_told() -> None:
    same = tuple(replace(each, trend=Trendword.SAME) for each in CATEGORIES)
    told = feedback.headline(replace(FEEDBACK, categories=same))
    assert told == "Ingen kategori har fler synpunkter än vanligt"


def test_too_few_quarters_to_know_the_usual_is_told() -> None:
    new = tuple(replace(each, trend=Trendword.UNDECIDED, usual_of=()) for each in CATEGORIES)
    told = feedback.headline(replace(FEEDBACK, categories=new))
    assert told == "Det går ännu inte att säga vad som är ett vanligt kvartal"


def test_a_category_that_follows_the_season_is_named() -> None:
    assert feedback.facts(FEEDBACK)[1].startswith("”Skollokaler”: antalet skiljer sig från")


def test_a_rounded_number_says_so() -> None:
    assert feedback.count(number(20, 18, 22)) == "cirka 20"


def test_how_long_answers_took_and_who_waits() -> None:
    assert feedback.waiting(FEEDBACK) == (
        f"Hälften fick svar inom 9{NBSP}dagar och nio av tio inom 16{NBSP}dagar. "
        f"Sju har väntat längre än 30{NBSP}dagar."
    )


def test_what_was_done_names_the_measures_and_never_a_text() -> None:
    text = text_of(loften_synpunkter(REPORT).html)
    assert (
        "Trygghet i skolan 55 kvartal med få är inte med 50 cirka 20 Ny svarsrutin (pågår)" in text
    )


@pytest.fixture(scope="module")
def written() -> list[str]:
    """Every free text of the example municipality's synpunkter."""
    path = DATA / "kommuner" / "exempelkommun" / "synpunkter.csv"
    with path.open(encoding="utf-8") as file:
        return sorted({row["text"] for row in csv.DictReader(file, delimiter=";") if row["text"]})


def test_no_free_text_is_in_any_report_or_on_the_page(written: list[str]) -> None:
    assessment = open_assessment("exempelkommun", "2026K3", data=str(DATA))
    reports = assessment.reports()
    saved = "".join(to_json(each) for each in reports)
    shown = "".join(loften_synpunkter(each).html for each in reports)
    assert len(written) > 20
    assert [each for each in written if each in saved or each in shown] == []


# --- staff ----------------------------------------------------------------------------------------


def test_the_own_index_is_the_heading_and_its_change_is_told() -> None:
    assert resources.staff_title(STAFF_INDEXES[0]) == "HME är 68 av 100 i nämndens verksamhet"
    told = resources.staff_change(STAFF_INDEXES[0])
    assert told == "Det är 6 enheter lägre än i mätningen i mars 2025."


def test_a_change_within_its_margin_is_no_change() -> None:
    told = resources.staff_change(STAFF_INDEXES[1])
    assert told == "Skillnaden mot mätningen i mars 2025 ryms i felmarginalen."


def test_an_index_of_few_is_not_shown() -> None:
    few = replace(STAFF_INDEXES[0], cell=SMALL, whose=Whose.OWN)
    assert resources.staff_title(few) == "HME visas inte i nämndens verksamhet: för få svar"


# --- money ----------------------------------------------------------------------------------------


def test_the_forecast_is_held_against_the_years_budget() -> None:
    over = f"Prognosen är 2,1{NBSP}miljoner kronor över årets budget"
    assert resources.forecast_title(ECONOMY[-1]) == over
    under = f"Prognosen är 4,7{NBSP}miljoner kronor under årets budget"
    assert resources.forecast_title(ECONOMY[1]) == under


def test_a_missing_forecast_is_told() -> None:
    told = resources.forecast_title(replace(ECONOMY[0], forecast=None))
    assert told == "Prognos saknas för hela nämnden"


def test_money_is_never_good_or_bad_by_its_look() -> None:
    html = medarbetare_ekonomi(REPORT).html
    economy = html[html.index("miljoner kronor") :]
    assert 'class="bed' not in economy
    assert "Pengarna säger inget om kvaliteten." in text_of(economy)


def test_quality_stands_beside_the_money() -> None:
    text = text_of(medarbetare_ekonomi(REPORT).html)
    assert re.search(r"Av nämndens \d+ mått på kvalitet är \w+ bättre, \w+ sämre", text)


def test_the_four_field_is_told_and_led_to_when_there_is_one() -> None:
    without, made = (
        medarbetare_ekonomi(replace(REPORT, costs=costs)).html for costs in ((), (pair(),))
    )
    told = "Biblioteken: högre eller bibehållen kvalitet till lägre kostnad."
    assert told in text_of(made)
    assert 'href="#kostnad-kvalitet"' in made
    assert 'href="#kostnad-kvalitet"' not in without


def test_a_namnd_without_any_of_it_says_so() -> None:
    text = text_of(loften_synpunkter(empty_report()).html)
    text += text_of(medarbetare_ekonomi(empty_report()).html)
    assert text.count("Data saknas:") == 4
