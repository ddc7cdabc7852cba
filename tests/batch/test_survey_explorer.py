"""The survey explorer shows the report's own numbers, in every cut and wave."""

from pathlib import Path

import pytest

import kvalitetslib as kv
from kvalitetslib.batch.explorer import SurveyExplorer
from kvalitetslib.errors import ConfigError
from kvalitetslib.estimate import Estimate
from kvalitetslib.render.explore_survey import SurveyView, cuts, waves

DATA = str(Path(__file__).parents[2] / "data")
SAFETY = ("medborgarundersokningen", "f01")


@pytest.fixture(scope="module")
def explorer() -> SurveyExplorer:
    return kv.explore.surveys("exempelkommun", "kommunstyrelsen", "2026K3", data=DATA)


def view(explorer: SurveyExplorer, cut: str, wave: str = "2026K2") -> SurveyView:
    return SurveyView(explorer.view().report, *SAFETY, cut, wave)


def test_the_estimates_are_the_reports(explorer: SurveyExplorer) -> None:
    shown = view(explorer, "kon")
    women = next(each for each in shown.question.groups if each.slice.parts == (("kon", "K"),))
    assert isinstance(women.cell, Estimate)
    row = next(each for each in shown.estimates().rows if each[0] == "kvinnor")
    assert str(row[1]) == f"{women.cell.value:.0f}\u00a0%"


def test_a_small_group_is_said_to_be_hidden(explorer: SurveyExplorer) -> None:
    row = next(each for each in view(explorer, "kon").estimates().rows if each[0] == "annat")
    assert str(row[1]) == "visas inte, för få svar"


def test_the_earlier_wave_has_other_values(explorer: SurveyExplorer) -> None:
    now, then = (view(explorer, "kon", wave).estimates() for wave in ("2026K2", "2024K2"))
    assert [row[0] for row in now.rows] == [row[0] for row in then.rows]
    assert [row[1] for row in now.rows] != [row[1] for row in then.rows]


def test_crossings_can_be_chosen(explorer: SurveyExplorer) -> None:
    named = cuts(view(explorer, "alla").question)
    assert named["Kön × Ålder"] == "kon×alder"
    assert len(view(explorer, "kon×alder").estimates().rows) > 5


def test_women_are_tested_against_men(explorer: SurveyExplorer) -> None:
    rows = {str(row[0]): row for row in view(explorer, "kon").tests().rows}
    assert str(rows["kvinnor"][1]).startswith("\u2212")


def test_the_verdict_says_what_the_report_says(explorer: SurveyExplorer) -> None:
    assert any("kvinnor" in each for each in view(explorer, "kon").verdict().sentences)


def test_drivers_are_listed_by_importance(explorer: SurveyExplorer) -> None:
    table = view(explorer, "alla").drivers()._repr_html_()
    assert "prioritera" in table


def test_both_waves_can_be_chosen(explorer: SurveyExplorer) -> None:
    assert list(waves(view(explorer, "alla").result).values()) == ["2026K2", "2024K2"]


def test_the_whole_view_has_a_named_chart(explorer: SurveyExplorer) -> None:
    html = explorer.view()._repr_html_()
    assert 'role="img"' in html


def test_a_namnd_without_surveys_says_so(tmp_path: Path) -> None:
    explorer = kv.explore.surveys("exempelkommun", "kommunstyrelsen", "2023K3", data=DATA)
    with pytest.raises(ConfigError, match="har ingen enkät"):
        explorer.view()
