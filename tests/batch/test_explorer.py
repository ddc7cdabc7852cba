"""The explorer: each list follows the choices before it, and the view says what the report says."""

from pathlib import Path

import pytest

import kvalitetslib as kv
from kvalitetslib.batch.explorer import IndicatorExplorer as Explorer
from kvalitetslib.errors import ConfigError
from kvalitetslib.render.explore import View, comparisons, group_names

DATA = str(Path(__file__).parents[2] / "data")
CHOICE = ("exempelkommun", "barn-och-utbildning", "2026K3")


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return kv.explore.indicators(*CHOICE, data=DATA)


def chosen(explorer: Explorer) -> dict[str, object]:
    *lists, _ = explorer.choose().children
    return {each.description: each.value for each in lists}


def choose(explorer: Explorer, name: str, value: object) -> None:
    *lists, _ = explorer.choose().children
    next(each for each in lists if each.description == name).value = value


def shown(explorer: Explorer) -> str:
    return str(explorer.choose().children[-1].value)


def test_the_lists_start_with_the_given_kommun_and_namnd(explorer):
    assert chosen(explorer)["Nämnd"] == "barn-och-utbildning"


def test_another_namnd_fills_the_lists_below(explorer):
    choose(explorer, "Nämnd", "miljo")
    report = kv.open_report("exempelkommun", "miljo", "2026K3", data=DATA)
    assert explorer.view().report == report
    assert chosen(explorer)["Indikator"] == report.indicators[0].indicator.id
    choose(explorer, "Nämnd", "barn-och-utbildning")


def test_the_view_follows_the_choice(explorer):
    before = shown(explorer)
    second = explorer.view().report.indicators[1].indicator
    choose(explorer, "Indikator", second.id)
    assert shown(explorer) != before
    assert second.title in shown(explorer)


def test_a_comparison_is_drawn(explorer):
    choose(explorer, "Jämförelse", "ingen")
    without = explorer.view().chart().svg
    choose(explorer, "Jämförelse", comparisons(*about(explorer))[0])
    assert explorer.view().chart().svg != without


def about(explorer: Explorer) -> tuple[kv.Report, str]:
    return explorer.view().report, explorer.view().indicator


def test_the_same_choice_gives_the_same_bytes(explorer):
    assert explorer.view().chart() == explorer.view().chart()


def test_numbers_in_the_chart_are_swedish_and_years_are_plain(explorer):
    svg = explorer.view().chart().svg
    assert ">2020<" in svg
    assert "2\u00a0020" not in svg


def test_a_chart_says_in_words_what_it_shows(explorer):
    drawing = explorer.view().chart()
    assert drawing.description.startswith("Linjediagram. ")
    assert f'aria-label="{drawing.description}"' in drawing.svg


def test_the_verdict_and_its_evidence_are_the_reports_own(explorer):
    view = explorer.view()
    ids = {each.id for each in view.claims}
    assert ids <= {each.id for each in view.report.all_evidence}
    assert len(view.verdict().sentences) == len(view.evidence().rows) == len(view.claims)


def test_a_group_without_tests_says_so():
    report = kv.open_report(*CHOICE, data=DATA)
    indicator = report.indicators[0].indicator.id
    group = next(iter(group_names(report, indicator).values()))
    empty = View(report, indicator, type(group)(gender="X"), "ingen")
    assert empty.verdict().sentences == ("Inget har kunnat prövas för gruppen.",)
    assert empty.chart().description.endswith("inga värden att visa.")


@pytest.mark.parametrize(
    ("kommun", "namnd", "told"),
    [
        ("exempelby", "miljo", "Kommunen exempelby finns inte"),
        ("exempelkommun", "parker", "Nämnden parker finns inte"),
    ],
)
def test_an_unknown_name_is_told_of(kommun, namnd, told):
    with pytest.raises(ConfigError, match=told):
        kv.explore.indicators(kommun, namnd, "2026K3", data=DATA)
