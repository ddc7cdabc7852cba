"""The draft of the next plan: read by the reader that reads atgarder.csv, without a fault."""

import csv
import io
from dataclasses import replace
from datetime import date

from example_report import empty_report, example_report
from tiny_kommun import QUARTER, TODAY, write_tiny_kommun

from kvalitetslib.analysis.wheel import with_wheel
from kvalitetslib.contracts import ATGARDER
from kvalitetslib.model import Group
from kvalitetslib.period import parse_period
from kvalitetslib.register import Atgard, Outcome, Status
from kvalitetslib.render.plan_draft import group_text, next_quarter, plan_csv, plan_file
from kvalitetslib.report import Report
from kvalitetslib.sources.inputs import Inputs, read_inputs
from kvalitetslib.wheel import PlanKind, PlanReason, PlanRow

REPORT = example_report()
FULL = Atgard(
    "A9",
    "skola",
    "Ny rutin; med semikolon",
    Status.RUNNING,
    indicator="X-SVAR",
    category="Lokaler",
    group=Group("K", "0–5 år", "centrum"),
    start=date(2026, 1, 10),
    role="Rektor",
    goals=("M1",),
    decision="§ 7",
    decided=date(2025, 12, 1),
    planned_done=date(2027, 1, 31),
    proposed_by="Elevråd",
    hypothesis="Fler hinner",
    practice="Svar samma dag",
    outcome=Outcome.RUNNING,
    rival="Färre frågor",
    cost=12_500.5,
)


def rows(report: Report) -> list[dict[str, str]]:
    text = plan_csv(report).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def read_back(report: Report, tmp_path) -> Inputs:
    """The draft put in place of atgarder.csv, read as any list of the kommun."""
    tiny = write_tiny_kommun(tmp_path / "data")
    (tiny.folder / "lardomar.csv").unlink()
    (tiny.folder / "atgarder.csv").write_bytes(plan_csv(report).encode("utf-8"))
    return read_inputs(tiny.data, "testby", quarter=QUARTER, today=TODAY)


def tiny_report(*plan: PlanRow, atgarder: tuple[Atgard, ...] = ()) -> Report:
    return replace(REPORT, namnd="skola", quarter="2026K3", plan=plan, atgarder=atgarder)


NEW = PlanRow(
    PlanKind.WEAKNESS,
    "Svar i tid",
    PlanReason.NO_ATGARD,
    "W-1",
    indicator="X-SVAR",
    group=Group("K"),
    goal="M1",
    due=date(2027, 6, 30),
    evidence="B-1",
)
GOING = PlanRow(PlanKind.ATGARD, FULL.title, PlanReason.RUNNING, "A9", atgard="A9")


def test_the_columns_are_those_of_the_list_of_atgarder():
    heading = plan_csv(REPORT).splitlines()[0].removeprefix("\ufeff")
    assert heading.split(";") == [each.name for each in ATGARDER.columns]
    assert heading.endswith(";varfor;belagg")


def test_the_file_begins_as_swedish_excel_wants_it():
    assert plan_csv(REPORT).encode("utf-8").startswith(b"\xef\xbb\xbfid;namnd;")


def test_a_new_row_is_read_back_as_a_planned_atgard(tmp_path):
    (found,) = read_back(tiny_report(NEW), tmp_path).atgarder
    assert found == Atgard(
        "skola-2026K4-01",
        "skola",
        "Svar i tid (kvinnor)",
        Status.PLANNED,
        indicator="X-SVAR",
        group=Group("K"),
        goals=("M1",),
        planned_done=date(2027, 6, 30),
    )


def test_an_atgard_that_goes_on_is_read_back_as_it_was(tmp_path):
    assert read_back(tiny_report(GOING, atgarder=(FULL,)), tmp_path).atgarder == (FULL,)


def test_both_kinds_of_rows_are_read_back_from_one_file(tmp_path):
    found = read_back(tiny_report(GOING, NEW, NEW, atgarder=(FULL,)), tmp_path).atgarder
    assert [each.id for each in found] == ["A9", "skola-2026K4-01", "skola-2026K4-02"]


def test_a_row_says_why_it_is_there_and_on_what_it_rests():
    (row,) = rows(tiny_report(NEW))
    assert (row["varfor"], row["belagg"]) == ("åtgärd saknas", "B-1")


def test_the_group_stands_in_the_heading_too():
    assert rows(tiny_report(NEW))[0]["rubrik"] == "Svar i tid (kvinnor)"


def test_a_text_that_a_spreadsheet_would_run_is_inert():
    hostile = replace(NEW, name="=1+1", group=Group())
    assert rows(tiny_report(hostile))[0]["rubrik"] == "'=1+1"


def test_a_group_is_written_as_the_reader_reads_it():
    assert group_text(Group("K", "0–5 år", "centrum")) == "K · 0–5 år · centrum"
    assert group_text(Group(other="skola: Torgskolan")) == ""


def test_the_new_rows_are_numbered_by_the_next_quarter():
    assert next_quarter(parse_period("2026K3")).text == "2026K4"
    assert next_quarter(parse_period("2026K4")).text == "2027K1"


def test_a_namnd_with_nothing_to_carry_over_has_a_heading_alone():
    assert rows(with_wheel(empty_report())) == []


def test_the_file_lies_beside_the_page_of_its_namnd():
    assert plan_file(REPORT) == "barn-och-utbildning-nasta-period.csv"


def test_every_row_on_the_page_is_in_the_file():
    titles = [row["rubrik"] for row in rows(REPORT)]
    assert [each.name for each in REPORT.plan if not any(each.name in t for t in titles)] == []


def test_a_group_that_only_a_survey_has_stands_in_the_heading_alone():
    asked = REPORT.surveys[0].items[0].indicator.id
    young = replace(NEW, indicator=asked, group=Group("K", "18–29 år", "ingenstans"))
    (row,) = rows(tiny_report(young))
    assert row["grupp"] == "K"
    assert "18–29 år" in row["rubrik"]


def test_an_index_of_a_survey_is_named_in_the_heading_alone():
    survey = REPORT.surveys[0]
    index = replace(survey.items[0], item=replace(survey.items[0].item, column=""))
    made = tiny_report(replace(NEW, indicator=index.indicator.id))
    (row,) = rows(replace(made, surveys=(replace(survey, items=(index,)),)))
    assert row["indikator"] == ""
