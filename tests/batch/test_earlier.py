"""The earlier report: the newest quarter before, and what is wrong with it told in plain words."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_report import report

from kvalitetslib.batch.earlier import compared, earlier_file, has_later
from kvalitetslib.batch.opening import open_report
from kvalitetslib.case import FaultKey, FaultSign, Sign
from kvalitetslib.errors import SourceError
from kvalitetslib.period import parse_period
from kvalitetslib.report import Report
from kvalitetslib.report_json import to_json

NOW = report()
BEFORE = replace(report(70.0), quarter="2026K2")
NAMES = (NOW.kommun, NOW.namnd, NOW.quarter)


def saved(out: Path, each: Report, folder: str = "") -> Path:
    path = out / (folder or each.quarter) / each.kommun / f"{each.namnd}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(each), "utf-8")
    return path


def found(out: Path) -> Path | None:
    return earlier_file(out, parse_period("2026K3"), NOW.kommun, NOW.namnd)


def test_the_newest_earlier_quarter_is_found(tmp_path: Path):
    for quarter in ("2025K4", "2026K1", "2026K3", "2026K4"):
        saved(tmp_path, replace(NOW, quarter=quarter))
    assert found(tmp_path) == tmp_path / "2026K1" / NOW.kommun / f"{NOW.namnd}.json"


def test_a_quarter_without_the_namnd_is_passed_over(tmp_path: Path):
    (tmp_path / "2026K2" / NOW.kommun).mkdir(parents=True)
    assert found(tmp_path) is None
    older = saved(tmp_path, replace(NOW, quarter="2025K4"))
    assert found(tmp_path) == older


@pytest.mark.parametrize("name", ["2026", "2026M05", "gammalt", "2026K2 kopia"])
def test_folders_that_are_no_quarters_are_left_alone(tmp_path: Path, name: str):
    saved(tmp_path, BEFORE, folder=name)
    assert found(tmp_path) is None


def test_without_a_folder_of_reports_there_is_no_earlier_one(tmp_path: Path):
    assert found(tmp_path / "borta") is None


def test_the_report_is_compared_with_the_earlier_one(tmp_path: Path):
    made = compared(NOW, saved(tmp_path, BEFORE))
    assert made.earlier == "2026K2"
    assert [(each.before, each.now) for each in made.news if each.now is not None] == [(70.0, 71.3)]


@pytest.mark.parametrize("text", ["", "{", '{"kommun": "prov"}', "[]"])
def test_a_file_that_cannot_be_read_gives_a_note_and_no_failure(tmp_path: Path, text: str):
    path = tmp_path / "gammal.json"
    path.write_text(text, "utf-8")
    made = compared(NOW, path)
    assert (made.earlier, made.news, made.earlier_unread) == ("", (), True)


def test_an_earlier_report_of_another_namnd_is_refused(tmp_path: Path):
    other = saved(tmp_path, replace(BEFORE, namnd="annan"))
    with pytest.raises(SourceError, match=r"gäller prov, annan, 2026K2, inte prov, provnamnden"):
        compared(NOW, other)


def test_a_missing_file_is_told_of(tmp_path: Path):
    with pytest.raises(SourceError, match=r"tidigare rapporten borta\.json kan inte läsas"):
        compared(NOW, tmp_path / "borta.json")


def test_an_analyst_can_name_the_earlier_report(tmp_path: Path):
    now, before = saved(tmp_path, NOW), saved(tmp_path, BEFORE)
    made = open_report(*NAMES, underlag=str(now), tidigare=str(before))
    assert made.earlier == "2026K2"


def test_what_the_file_says_of_the_earlier_report_is_kept(tmp_path: Path):
    known = compared(NOW, saved(tmp_path, BEFORE))
    assert open_report(*NAMES, underlag=str(saved(tmp_path, known))) == known


@pytest.mark.parametrize(("quarter", "is_history"), [("2026K2", True), ("2026K3", False)])
def test_a_report_with_a_later_one_beside_it_is_history(tmp_path: Path, quarter, is_history):
    saved(tmp_path, NOW)
    assert has_later(tmp_path, parse_period(quarter), NOW.kommun, NOW.namnd) is is_history
    assert not has_later(tmp_path, parse_period(quarter), NOW.kommun, "annan")


def test_cases_go_on_from_the_newest_report_that_can_be_read(tmp_path: Path):
    fault = FaultSign(FaultKey("X1"), "Nöjda elever", Sign.PRESENT, True, "2025", None)
    oldest = compared(replace(NOW, quarter="2025K4", signs=(fault,)), None)
    saved(tmp_path, oldest)
    unread = saved(tmp_path, BEFORE)
    unread.write_text("{", "utf-8")
    made = compared(NOW, unread)
    assert made.earlier_unread
    assert made.cases == oldest.cases
    assert made.missing_quarters == ("2026K1", "2026K2")


def test_quarters_without_a_report_are_told(tmp_path: Path):
    made = compared(NOW, saved(tmp_path, replace(BEFORE, quarter="2025K4")))
    assert made.missing_quarters == ("2026K1", "2026K2")
